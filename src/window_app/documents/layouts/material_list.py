"""List of materials, 材料清单."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("material_list", FORM),)
