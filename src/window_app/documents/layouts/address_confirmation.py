"""Confirmation of the address for service, 送达地址确认书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("address_confirmation", FORM),)
