"""The application for the review of a mediation agreement, filled in, 仲裁审查申请书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("review_form", FORM),)
