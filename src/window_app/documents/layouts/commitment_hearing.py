"""What the office means to decide and what can be said against it, 陈述申辩（听证）权利告知书."""

from window_app.documents.registry import ONE_PAGE, Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import FORM

LAYOUTS = (Layout("commitment_hearing", revision=1, look=FORM, scales=ONE_PAGE, draw=set_signed, pages=1),)
