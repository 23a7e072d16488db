"""Notice and commitment, 告知书 and 承诺书: one record of two pages."""

from window_app.documents.registry import ONE_PAGE, Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import FORM

LAYOUTS = (Layout("commitment_pair", revision=1, look=FORM, scales=ONE_PAGE, draw=set_signed, pages=2),)
