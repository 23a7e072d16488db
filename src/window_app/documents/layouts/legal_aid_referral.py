"""Referral to legal aid, 法律援助转介单."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("legal_aid_referral", FORM),)
