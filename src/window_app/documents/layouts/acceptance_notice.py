"""Notice of acceptance, 受理通知书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("acceptance_notice", LETTER, scales=LETTER_PAGE),)
