"""Notice of suspension, 中止审理通知书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("suspension_notice", LETTER, scales=LETTER_PAGE),)
