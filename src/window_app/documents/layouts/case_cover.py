"""Case cover, 案卷封面."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("case_cover", FORM),)
