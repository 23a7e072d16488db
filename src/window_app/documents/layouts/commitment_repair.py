"""That a false commitment no longer counts against a person, 信用修复确认书."""

from window_app.documents.registry import ONE_PAGE, Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import FORM

LAYOUTS = (Layout("commitment_repair", revision=1, look=FORM, scales=ONE_PAGE, draw=set_signed, pages=1),)
