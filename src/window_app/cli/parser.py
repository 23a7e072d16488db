"""The grammar of the command line; nothing heavy is imported before a verb is chosen."""

import argparse
from datetime import date
from pathlib import Path

from window_app import __version__
from window_app.cli.case_verbs import add_case_verbs, add_office_verbs
from window_app.cli.central_parser import add_central_verbs, add_demo_verbs
from window_app.cli.commitments_parser import add_counter_commitments
from window_app.cli.due_parser import add_due_verbs
from window_app.cli.paper_parser import add_paper_verbs
from window_app.cli.printing_parser import add_printing_verbs

_LAW = "window_app.cli.law"
_JURIST = "window_app.cli.jurist"
_COUNTER = "window_app.cli.counter"
_PROGRAM = "window_app.cli.program"
_CLERKS = "window_app.cli.clerks"
_LINE = "window_app.cli.line"
_SHEETS = "window_app.cli.sheets"
_EMPLOYERS = "window_app.cli.employers"
_DRAFTS = "window_app.cli.drafts"

_Verbs = argparse._SubParsersAction  # argparse has no public name for it


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs; without a verb the desktop program is meant."""
    parser = argparse.ArgumentParser(
        prog="window-app", description="The counter desk of a human-resources-and-social-security service hall."
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the local store (else WINDOW_APP_DATA)")
    parser.add_argument("--headless", action="store_true", help="one practice visit offscreen, screenshots to --out")
    parser.add_argument("--out", type=Path, default=Path("window-app-out"), metavar="DIR", help=argparse.SUPPRESS)
    parser.set_defaults(verb=(_PROGRAM, "desktop"))
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    _law_verbs(verbs)
    _counter_verbs(verbs)
    _draft_verbs(verbs)
    _sheet_verbs(verbs)
    add_case_verbs(verbs)
    add_office_verbs(verbs, _day)
    add_due_verbs(verbs, _day)
    add_paper_verbs(verbs, _day)
    add_printing_verbs(verbs)
    add_counter_commitments(verbs)
    _clerk_verbs(verbs)
    _program_verbs(verbs)
    add_central_verbs(verbs)
    add_demo_verbs(verbs)
    return parser


def _law_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    triage = verbs.add_parser("triage", help="where the matters of a visit belong")
    triage.add_argument("facts", metavar="FACTS.json")
    triage.add_argument("--on", type=_day, metavar="DATE", help="the legal date of the visit (else today)")
    triage.add_argument("--locality", metavar="CODE")
    triage.set_defaults(verb=(_LAW, "triage"))

    rules = verbs.add_parser("rules", help="the decision tables").add_subparsers(required=True, metavar="VERB")
    checking = rules.add_parser("check", help="prove the tables and run their examples")
    checking.add_argument("--forms", type=Path, metavar="DIR", help="another definition set, before it is published")
    checking.add_argument("--unverified", action="store_true", help="also list every citation that is not verified")
    checking.set_defaults(verb=(_LAW, "rules_check"))
    export = rules.add_parser("export-dmn", help="write the tables as DMN 1.3")
    export.add_argument("directory", type=Path, metavar="DIR")
    export.set_defaults(verb=(_LAW, "rules_export"))
    _jurist_verbs(rules)
    _matter_verbs(verbs.add_parser("forms", help="whole matters").add_subparsers(required=True, metavar="VERB"))

    _reckoning_verbs(verbs)
    _statute_verbs(verbs)

    schema = verbs.add_parser("schema", help="JSON Schema of an input")
    schema.add_argument("name", choices=("facts", "intake"))
    schema.set_defaults(verb=(_LAW, "schema"))


def _reckoning_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    deadline = verbs.add_parser("deadline", help="the last day of a limit, with its steps")
    deadline.add_argument("start", type=_day, metavar="START")
    deadline.add_argument("rule", metavar="RULE")
    deadline.add_argument("--locality", metavar="CODE")
    deadline.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE", help="a fact the limit looks at")
    deadline.set_defaults(verb=(_LAW, "deadline"))

    calculating = verbs.add_parser("calculate", help="the amount of a claim, with its steps and articles")
    calculating.add_argument("code", metavar="CODE", help="the calculator, such as overtime")
    calculating.add_argument("inputs", metavar="INPUT.json")
    calculating.add_argument("--on", type=_day, metavar="DATE", help="the legal date (else today)")
    calculating.add_argument("--locality", metavar="CODE", help="whose minimum and average wages hold")
    calculating.set_defaults(verb=("window_app.cli.calculating", "calculate"))


def _statute_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    statutes = verbs.add_parser("statutes", help="the library of statutes").add_subparsers(
        required=True, metavar="VERB"
    )
    importing = statutes.add_parser("import", help="read statutes, one a file")
    importing.add_argument("directory", type=Path, metavar="DIR")
    importing.set_defaults(verb=(_LAW, "statutes_import"))
    finding = statutes.add_parser("find", help="articles that hold a text")
    finding.add_argument("text", metavar="TEXT")
    finding.set_defaults(verb=(_LAW, "statutes_find"))
    showing = statutes.add_parser("show", help="one article")
    showing.add_argument("law", metavar="LAW")
    showing.add_argument("article", metavar="ARTICLE")
    showing.set_defaults(verb=(_LAW, "statutes_show"))


def _jurist_verbs(rules: "_Verbs[argparse.ArgumentParser]") -> None:
    writing = rules.add_parser("export-xlsx", help="write tables, parameters and limits as a spreadsheet")
    writing.add_argument("file", type=Path, metavar="FILE")
    writing.add_argument("--forms", type=Path, metavar="DIR", help="another definition set than the installed one")
    writing.set_defaults(verb=(_JURIST, "export_xlsx"))
    reading = rules.add_parser("import-xlsx", help="take an edited spreadsheet into a definition set: all or nothing")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--forms", type=Path, metavar="DIR", required=True, help="the definition set to change")
    reading.set_defaults(verb=(_JURIST, "import_xlsx"))
    trying = rules.add_parser("dry-run", help="which answers of stored cases a changed set would change")
    trying.add_argument("--forms", type=Path, metavar="DIR", required=True, help="the changed definition set")
    trying.set_defaults(verb=(_JURIST, "dry_run"))


def _sheet_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    sheet = verbs.add_parser("sheet", help="lists of people as sheets").add_subparsers(required=True, metavar="VERB")
    template = sheet.add_parser("template", help="write an empty sheet with the columns of a list")
    template.add_argument("matter", metavar="MATTER")
    template.add_argument("section", metavar="SECTION")
    template.add_argument("file", type=Path, metavar="FILE.xlsx")
    template.set_defaults(verb=(_SHEETS, "template"))
    checking = sheet.add_parser("check", help="which rows of a sheet can be taken; nothing is stored")
    checking.add_argument("intake", metavar="INTAKE.json")
    checking.add_argument("section", metavar="SECTION")
    checking.add_argument("file", type=Path, metavar="FILE")
    checking.add_argument("--bad", type=Path, metavar="OUT.xlsx", help="write the bad rows with their reasons")
    checking.set_defaults(verb=(_SHEETS, "check"))


def _matter_verbs(forms: "_Verbs[argparse.ArgumentParser]") -> None:
    writing = forms.add_parser("export", help="write a whole matter as one file")
    writing.add_argument("matter", metavar="MATTER")
    writing.add_argument("file", type=Path, metavar="FILE")
    writing.add_argument("--forms", type=Path, metavar="DIR", help="another definition set than the installed one")
    writing.set_defaults(verb=(_JURIST, "export_matter"))
    reading = forms.add_parser("import", help="take a whole matter into a definition set: all or nothing")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument(
        "--forms", type=Path, metavar="DIR", required=True, help="the set to change, or an empty folder"
    )
    reading.add_argument("--replace", action="store_true", help="also take what the set has in other words")
    reading.set_defaults(verb=(_JURIST, "import_matter"))


def _counter_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    receive = verbs.add_parser("receive", help="take one visit in; papers as PDF in DIR")
    receive.add_argument("intake", metavar="INTAKE.json")
    receive.add_argument("--out", type=Path, required=True, metavar="DIR")
    receive.add_argument(
        "--sheet", action="append", default=[], metavar="SECTION=FILE", help="a list of the form from xlsx or csv"
    )
    receive.add_argument("--keep-good", action="store_true", help="take a sheet's good rows though others are bad")
    receive.add_argument("--confirm-clock", action="store_true", help="the clock was checked and is right")
    receive.add_argument(
        "--print", action="store_true", dest="print_papers", help="also send the papers to the printer"
    )
    receive.add_argument("--printer", metavar="QUEUE", help="the CUPS queue to print to")
    receive.set_defaults(verb=(_COUNTER, "receive"))

    verify = verbs.add_parser("verify", help="whether a paper is one of ours, unaltered")
    verify.add_argument("file", nargs="?", metavar="FILE.pdf")
    verify.add_argument("--qr", metavar="TEXT", help="the text of the paper's QR code")
    verify.set_defaults(verb=(_COUNTER, "verify"))

    find = verbs.add_parser("find", help="cases by name part, initials, number, phone tail or QR text")
    find.add_argument("text", metavar="TEXT")
    find.set_defaults(verb=(_COUNTER, "find"))

    employers = verbs.add_parser("employers", help="the employer directory").add_subparsers(
        required=True, metavar="VERB"
    )
    importing = employers.add_parser("import", help="take a directory in from CSV or xlsx: as a whole or not at all")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--keep", action="store_true", help="add to the directory there is instead of replacing it")
    importing.set_defaults(verb=(_EMPLOYERS, "take_in"))
    seeking = employers.add_parser("find", help="employers by name part, pinyin initials or credit code")
    seeking.add_argument("text", metavar="TEXT")
    seeking.set_defaults(verb=(_EMPLOYERS, "find"))

    practice = verbs.add_parser("practice", help="set up a practice hall with sample cases")
    practice.set_defaults(verb=(_COUNTER, "practice"))

    enrol = verbs.add_parser("enrol", help="set this machine up from an enrolment file; code and password from stdin")
    enrol.add_argument("file", metavar="FILE")
    enrol.add_argument("--clerk", required=True, metavar="CODE", help="code of the first clerk")
    enrol.add_argument("--name", required=True, metavar="NAME", help="name of the first clerk")
    enrol.set_defaults(verb=(_COUNTER, "enrol"))


def _draft_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    drafts = verbs.add_parser("drafts", help="visits that were put aside").add_subparsers(required=True, metavar="VERB")
    _draft_verb(drafts, "list", "which visits wait, last changed first", "listed")
    showing = _draft_verb(drafts, "show", "a draft as an intake, and what is missing from it", "show")
    discarding = _draft_verb(drafts, "discard", "remove a draft, with the reason on record", "discard")
    handing = _draft_verb(drafts, "hand-over", "store a draft for a colleague of this counter", "hand_over")
    for parser in (showing, discarding, handing):
        parser.add_argument("visit", metavar="VISIT", help="its id, as `list` says")
    discarding.add_argument("--reason", required=True, metavar="TEXT")
    handing.add_argument("to", metavar="CLERK", help="code of the colleague")
    handing.add_argument("--remark", default="", metavar="TEXT")


def _draft_verb(verbs: "_Verbs[argparse.ArgumentParser]", name: str, told: str, verb: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    parser.set_defaults(verb=(_DRAFTS, verb))
    return parser


def _clerk_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    clerk = verbs.add_parser("clerk", help="who may sign in here").add_subparsers(required=True, metavar="VERB")
    clerk.add_parser("list", help="the clerks").set_defaults(verb=(_CLERKS, "listed"))
    admit = clerk.add_parser("admit", help="admit a clerk; answers with her one-time code")
    admit.add_argument("code", metavar="CODE")
    admit.add_argument("name", metavar="NAME")
    admit.add_argument("--administrator", action="store_true")
    admit.set_defaults(verb=(_CLERKS, "admit"))
    revoke = clerk.add_parser("revoke", help="revoke a clerk and change the data key")
    revoke.add_argument("code", metavar="CODE")
    revoke.set_defaults(verb=(_CLERKS, "revoke"))
    password = clerk.add_parser("password", help="first line the one-time code or old password, second the new one")
    password.add_argument("code", metavar="CODE")
    password.set_defaults(verb=(_CLERKS, "password"))


def _program_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    check = verbs.add_parser("check", help="definitions, examples, fonts, database, devices")
    check.set_defaults(verb=(_PROGRAM, "check"))

    bench = verbs.add_parser("bench", help="speed as ratios to floors measured in the same run")
    bench.add_argument("names", nargs="*", metavar="NAME")
    bench.set_defaults(verb=(_PROGRAM, "bench"))

    syncing = verbs.add_parser("sync", help="one round with the centre; report as JSON")
    syncing.add_argument("--address", metavar="HOST[:PORT]", help="the centre has moved: note its new address first")
    syncing.set_defaults(verb=(_LINE, "sync"))

    line = verbs.add_parser("line", help="how the line stands, without touching it").add_subparsers(required=True)
    standing = line.add_parser("status", help="last contact, what is unsent, what was set apart; with what to do")
    standing.add_argument("--clerk", metavar="CODE")
    standing.set_defaults(verb=(_LINE, "status"))
    seen = line.add_parser("seen", help="a person saw to what was set apart: it stays listed, and is no longer new")
    seen.add_argument("--clerk", metavar="CODE")
    seen.set_defaults(verb=(_LINE, "seen"))

    rebuild = verbs.add_parser("rebuild", help="make the projections anew from the events")
    rebuild.set_defaults(verb=(_PROGRAM, "rebuild"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-21") from None
