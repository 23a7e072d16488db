"""Suggestion of mediation, 调解建议书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("mediation_suggestion", LETTER, scales=LETTER_PAGE),)
