"""The grammar of the verbs about printing: papers that wait, reprints, printers and their choices, queue tickets."""

import argparse
from pathlib import Path

from window_app.domain.papers import REPRINT_REASONS
from window_app.settings import PRINTER_DRIVERS, SIDES, TICKET_DRIVERS

_PRINTING = "window_app.cli.printing"
_PRINTERS = "window_app.cli.printers"
_TICKETS = "window_app.cli.tickets"

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_printing_verbs(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    """Add `printing …`, `printers …` and `ticket …`."""
    _add_printing(verbs.add_parser("printing", help="papers on their way to the visitor's hand"))
    _add_printers(verbs.add_parser("printers", help="this machine's printers and what is chosen of them"))
    _add_tickets(verbs.add_parser("ticket", help="queue numbers of this counter"))


def _add_printing(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _verb(verbs, "list", "papers of which nobody has said yet that they came out", (_PRINTING, "listed"))
    sending = _verb(verbs, "send", "print papers that wait, all of them where none is named", (_PRINTING, "send"))
    sending.add_argument("papers", nargs="*", metavar="PAPER")
    saving = _verb(verbs, "save", "write papers that wait as PDF", (_PRINTING, "save"))
    saving.add_argument("papers", nargs="*", metavar="PAPER")
    saving.add_argument("--out", type=Path, required=True, metavar="DIR")
    confirming = _verb(verbs, "confirm", "say whether a paper came out", (_PRINTING, "confirm"))
    confirming.add_argument("paper", metavar="PAPER")
    confirming.add_argument("answer", choices=("yes", "no"))
    again = _verb(verbs, "again", "a marked reprint, counted, with its reason", (_PRINTING, "again"))
    again.add_argument("paper", metavar="PAPER")
    again.add_argument("--reason", required=True, choices=REPRINT_REASONS)
    again.add_argument("--text", default="", metavar="TEXT", help="the reason in words, for `other`")
    again.add_argument("--out", type=Path, metavar="DIR", help="write it instead of printing it")
    sheets = _verb(verbs, "sheets", "a sheet for each person of a paper that all sign", (_PRINTING, "sheets"))
    sheets.add_argument("paper", metavar="PAPER")
    sheets.add_argument("--out", type=Path, metavar="FILE.pdf", help="write them instead of printing them")


def _add_printers(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _verb(verbs, "list", "what is chosen, and what each printer says and offers", (_PRINTERS, "listed"))
    choosing = _verb(verbs, "choose", "choose queue, sides, tray, copies for a kind of paper", (_PRINTERS, "choose"))
    choosing.add_argument("--kind", default="", metavar="KIND", help="the paper, such as receipt; left out: all others")
    choosing.add_argument("--driver", choices=PRINTER_DRIVERS)
    choosing.add_argument("--queue", metavar="QUEUE")
    choosing.add_argument("--sides", choices=SIDES)
    choosing.add_argument("--tray", metavar="TRAY", help="as `list` names it; empty: the printer's own choice")
    choosing.add_argument("--copies", type=int, metavar="COUNT")
    ticket = _verb(verbs, "tickets", "choose what queue tickets are printed by", (_PRINTERS, "tickets"))
    ticket.add_argument("driver", choices=TICKET_DRIVERS)
    ticket.add_argument("target", nargs="?", default="", metavar="TARGET", help="queue, host:port or device file")
    ticket.add_argument("--dots", action="store_true", help="the printer has no Chinese characters: send pictures")


def _add_tickets(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _verb(verbs, "list", "today's numbers that wait", (_TICKETS, "listed"))
    drawing = _verb(verbs, "draw", "draw a number and print its ticket", (_TICKETS, "draw"))
    drawing.add_argument("business", nargs="?", default="", metavar="LETTER", help="else the first business")
    again = _verb(verbs, "again", "print the ticket of a number once more, marked", (_TICKETS, "again"))
    again.add_argument("number", metavar="NUMBER")
    _verb(verbs, "call", "call who has waited longest", (_TICKETS, "call"))


def _verb(
    verbs: "Verbs[argparse.ArgumentParser]", name: str, told: str, verb: tuple[str, str]
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    parser.set_defaults(verb=verb)
    return parser
