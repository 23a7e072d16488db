"""That a false commitment no longer counts against a person, 信用修复确认书."""

from window_app.documents.registry import Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import Look

LAYOUTS = (
    Layout("commitment_repair", revision=1, look=Look(), scales=(1.0, 0.95, 0.9, 0.85, 0.82), draw=set_signed, pages=1),
)
