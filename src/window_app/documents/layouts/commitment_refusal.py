"""Why a commitment cannot stand in place of a certificate, 不适用告知承诺告知单."""

from window_app.documents.registry import ONE_PAGE, Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import FORM

LAYOUTS = (Layout("commitment_refusal", revision=1, look=FORM, scales=ONE_PAGE, draw=set_signed, pages=1),)
