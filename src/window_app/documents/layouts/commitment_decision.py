"""The office's decision on a commitment that was false, 处理决定书."""

from window_app.documents.registry import ONE_PAGE, Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import FORM

LAYOUTS = (Layout("commitment_decision", revision=1, look=FORM, scales=ONE_PAGE, draw=set_signed, pages=1),)
