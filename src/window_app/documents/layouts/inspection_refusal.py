"""Refusal by inspection, 劳动保障监察不予受理决定书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("inspection_refusal", LETTER, scales=LETTER_PAGE),)
