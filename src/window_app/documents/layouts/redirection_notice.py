"""Redirection by inspection, 告知单（非监察事项、管辖）."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("redirection_notice", LETTER, scales=LETTER_PAGE),)
