"""Notice and commitment, 告知书 and 承诺书: one record of two pages."""

from window_app.documents.registry import Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import Look

LAYOUTS = (
    Layout("commitment_pair", revision=1, look=Look(), scales=(1.0, 0.95, 0.9, 0.85, 0.82), draw=set_signed, pages=2),
)
