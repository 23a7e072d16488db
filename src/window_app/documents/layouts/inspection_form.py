"""Complaint to labour inspection, 劳动保障监察投诉书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("inspection_form", FORM),)
