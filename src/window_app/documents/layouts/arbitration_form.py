"""Application for arbitration, 劳动人事争议仲裁申请书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("arbitration_form", FORM),)
