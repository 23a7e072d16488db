"""Risk notice, 风险提示书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("risk_notice", FORM),)
