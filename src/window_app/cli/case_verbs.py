"""The grammar of the verbs about received cases, at the counter and in an office."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from window_app.cli.office_commitments_parser import add_commitment_verbs

_CASES = "window_app.cli.cases"
_OFFICE = "window_app.cli.office"
_FILES = "window_app.cli.attachments"

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_case_verbs(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    """Add `case …`: what every station does with a received case."""
    case = verbs.add_parser("case", help="received cases").add_subparsers(required=True, metavar="VERB")
    _numbered(case, "show", "where a case stands, with its history", (_CASES, "show"))
    correct = _numbered(case, "correct", "correct fields of the form", (_CASES, "correct"))
    correct.add_argument("changes", metavar="CHANGES.json", help='new values: {"applicant.phone": "…"}')
    correct.add_argument("--reason", default="", metavar="TEXT")
    complete = _numbered(case, "complete", "everything that was missing was handed in today", (_CASES, "complete"))
    complete.add_argument("--material", action="append", default=[], dest="materials", metavar="CODE")
    complete.add_argument("--remark", default="", metavar="TEXT")
    attach = _numbered(case, "attach", "attach files to a material", (_FILES, "attach"))
    attach.add_argument("material", metavar="MATERIAL")
    attach.add_argument("files", nargs="+", metavar="FILE", help="PDF, JPEG or PNG")
    withdraw = _numbered(case, "withdraw", "take back a file that was attached by mistake", (_FILES, "withdraw"))
    withdraw.add_argument("file", metavar="DIGEST", help="of the file, or the beginning of it, as `attachments` says")
    withdraw.add_argument("--reason", required=True, metavar="CODE", help="wrong_file, other_person, unreadable, other")
    withdraw.add_argument("--remark", default="", metavar="TEXT", help="needed for `other`")
    _shared_verbs(case)


def add_office_verbs(verbs: "Verbs[argparse.ArgumentParser]", read_day: Callable[[str], date]) -> None:
    """Add `office …`: the queue and the decisions of an office."""
    office = verbs.add_parser("office", help="the work of an office").add_subparsers(required=True, metavar="VERB")
    listing = office.add_parser("list", help="the queue, nearest limit first")
    whose = listing.add_mutually_exclusive_group()
    whose.add_argument("--mine", action="store_const", const="mine", dest="claims")
    whose.add_argument("--unclaimed", action="store_const", const="unclaimed", dest="claims")
    listing.add_argument("--state", action="append", default=[], dest="states", metavar="STATE")
    listing.add_argument("--near", type=int, metavar="DAYS", help="with a limit that ends within so many days")
    _for_practice(listing).set_defaults(verb=(_OFFICE, "listed"), claims="all")

    opening = _numbered(office, "open", "fetch and show what was written, on record", (_OFFICE, "opened"))
    opening.add_argument("--reason", default="decide", metavar="CODE", help="decide, inquiry or correct")
    opening.add_argument("--attachments", type=Path, metavar="FOLDER", help="save its files there")
    _numbered(office, "acknowledge", "take a case over from the counter", (_OFFICE, "acknowledge"))
    _numbered(office, "options", "what the law offers to decide now", (_OFFICE, "options"))

    giving_back = _numbered(office, "return", "return a case for completion", (_OFFICE, "give_back"))
    giving_back.add_argument("--reason", default="", metavar="TEXT", help="everything that must be completed")
    giving_back.add_argument("--material", action="append", default=[], dest="materials", metavar="CODE")

    deciding = _numbered(office, "decide", "decide, with a number of its own", (_OFFICE, "decide"))
    deciding.add_argument("state", metavar="STATE", help="accepted, refused, transferred, suspended, returned, closed")
    deciding.add_argument("--ground", default="", metavar="CODE", help="one of `options`; it names the articles")
    deciding.add_argument("--reason", default="", metavar="TEXT")
    deciding.add_argument("--to", metavar="OFFICE", help="the office a transfer goes to")
    _shared_verbs(office)
    add_commitment_verbs(office, read_day)


def _shared_verbs(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    files = _numbered(verbs, "attachments", "the files of a case", (_FILES, "listed"))
    files.add_argument("--save", type=Path, metavar="FOLDER", help="fetch them, on record, and save them there")
    files.add_argument("--reason", default="decide", metavar="CODE", help="decide, inquiry or correct")
    _numbered(verbs, "claim", "say that this clerk works on it", (_CASES, "claim"))
    release = _numbered(verbs, "release", "give a claimed case back", (_CASES, "release"))
    release.add_argument("--claimant", metavar="CODE", help="a colleague's claim")
    conflicts = verbs.add_parser("conflicts", help="values that a person must choose between")
    conflicts.add_argument("number", nargs="?", metavar="NUMBER", help="else all cases that have some")
    _for_practice(conflicts).set_defaults(verb=(_CASES, "conflicts"))
    settle = _numbered(verbs, "settle", "choose between two values", (_CASES, "settle"))
    settle.add_argument("field", metavar="FIELD")
    settle.add_argument("--keep", required=True, metavar="EVENT", help="the event that set the value to keep")
    settle.add_argument("--drop", metavar="EVENT", help="the other one, where there are several")
    settle.add_argument("--reason", default="", metavar="TEXT")


def _numbered(
    verbs: "Verbs[argparse.ArgumentParser]", name: str, told: str, verb: tuple[str, str]
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("number", metavar="NUMBER")
    _for_practice(parser).set_defaults(verb=verb)
    return parser


def _for_practice(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    return parser
