"""What the office means to decide and what can be said against it, 陈述申辩（听证）权利告知书."""

from window_app.documents.registry import Layout
from window_app.documents.signing import set_signed
from window_app.documents.typesetting import Look

LAYOUTS = (
    Layout(
        "commitment_hearing", revision=1, look=Look(), scales=(1.0, 0.95, 0.9, 0.85, 0.82), draw=set_signed, pages=1
    ),
)
