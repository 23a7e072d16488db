"""Notice that acceptance is put off, 暂缓受理告知书."""

from window_app.documents.registry import LETTER_PAGE, plain
from window_app.documents.typesetting import LETTER

LAYOUTS = (plain("deferral_notice", LETTER, scales=LETTER_PAGE),)
