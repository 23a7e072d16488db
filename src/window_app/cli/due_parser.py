"""The grammar of the verbs about what is due, about outage forms, and about what was reused."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from window_app.domain.due import DueStanding
from window_app.domain.due_causes import CALL_BACK, CAUSES, CORRECTION, FOLLOW_UP
from window_app.domain.outage import VOID_REASONS, FormState

_DUE = "window_app.cli.due"

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_due_verbs(verbs: "Verbs[argparse.ArgumentParser]", day: Callable[[str], date]) -> None:
    """Add `due …`, `outage …` and `reused`; `day` reads a date."""
    due = verbs.add_parser("due", help="follow-ups, corrections awaited, call-backs").add_subparsers(
        required=True, metavar="VERB"
    )
    listing = _verb(due, "list", "what is due, overdue first", "due_list")
    listing.add_argument("--all", action="store_true", help="also what colleagues and other counters see to")
    listing.add_argument("--standing", action="append", default=[], choices=[one.value for one in DueStanding])
    opening = _verb(due, "open", "note something due about a case", "due_open")
    opening.add_argument("number", metavar="NUMBER")
    opening.add_argument("--cause", default=FOLLOW_UP, choices=(FOLLOW_UP, CALL_BACK, CORRECTION))
    opening.add_argument("--on", default="", metavar="DATE", help="a date, or +5 for the fifth working day")
    opening.add_argument("--text", default="", metavar="TEXT")
    moving = _verb(due, "move", "give it another date", "due_move")
    moving.add_argument("due", metavar="DUE")
    moving.add_argument("--on", default="", metavar="DATE", help="a date, or +5; left out: no date")
    moving.add_argument("--reason", default="", metavar="TEXT")
    settling = _verb(due, "settle", "end it with what came of it", "due_settle")
    settling.add_argument("due", metavar="DUE")
    results = sorted({result for cause in CAUSES.values() for result in cause.results})
    settling.add_argument("--result", required=True, choices=results)
    settling.add_argument("--text", default="", metavar="TEXT")

    outage = verbs.add_parser("outage", help="forms for when the system does not work").add_subparsers(
        required=True, metavar="VERB"
    )
    printing = _verb(outage, "print", "blank forms numbered in advance, as one PDF in DIR", "outage_print")
    printing.add_argument("count", type=int, metavar="COUNT")
    printing.add_argument("--out", type=Path, required=True, metavar="DIR")
    printing.add_argument("--print", action="store_true", dest="send", help="also send them to the printer")
    forms = _verb(outage, "list", "the forms printed here, the last first", "outage_list")
    forms.add_argument("--state", choices=[one.value for one in FormState])
    voiding = _verb(outage, "void", "void a form that was not used", "outage_void")
    voiding.add_argument("number", metavar="NUMBER")
    voiding.add_argument("--reason", required=True, choices=VOID_REASONS)
    voiding.add_argument("--text", default="", metavar="TEXT")

    reused = _verb(verbs, "reused", "what visitors did not have to say or bring again", "reused")
    reused.add_argument("--since", type=day, metavar="DATE", help="else the first of January")
    reused.add_argument("--until", type=day, metavar="DATE", help="else today")


def _verb(verbs: "Verbs[argparse.ArgumentParser]", name: str, told: str, verb: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    parser.set_defaults(verb=(_DUE, verb))
    return parser
