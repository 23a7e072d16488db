"""Letter of transfer, 移送函."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("transfer_letter", LETTER, scales=LETTER_PAGE),)
