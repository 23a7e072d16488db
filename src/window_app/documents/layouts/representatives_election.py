"""Election of representatives, 集体代表推选书."""

from window_app.documents.registry import plain
from window_app.documents.typesetting import FORM

LAYOUTS = (plain("representatives_election", FORM),)
