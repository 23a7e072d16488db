"""Notice of non-acceptance, 不予受理通知书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("refusal_notice", LETTER, scales=LETTER_PAGE),)
