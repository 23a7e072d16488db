"""Proof of service, 送达回证."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("service_record", FORM),)
