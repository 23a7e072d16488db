"""Day-end closing sheet, 日终结账单."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("day_end", FORM),)
