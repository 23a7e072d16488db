"""Explanation of missing jurisdiction, 无管辖权告知书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("no_jurisdiction_notice", LETTER, scales=LETTER_PAGE),)
