"""Notice of acceptance by inspection, 劳动保障监察受理通知书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("inspection_acceptance", LETTER, scales=LETTER_PAGE),)
