"""Clue for a supported lawsuit, 支持起诉线索移送单."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("support_prosecution", FORM),)
