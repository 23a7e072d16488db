"""Record of an oral application, 口头申请（投诉）笔录."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("oral_record", FORM),)
