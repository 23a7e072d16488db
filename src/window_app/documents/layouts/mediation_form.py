"""The application for mediation, filled in, 调解申请书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("mediation_form", FORM),)
