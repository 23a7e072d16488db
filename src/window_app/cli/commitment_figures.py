"""The verb that counts commitments."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from window_app.cli.cases import desk_of
from window_app.cli.speech import say

if TYPE_CHECKING:
    from window_app.services.commitment_figures import Counts

_HERE = "window_app.cli.commitment_figures"


def add_figures(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `commitments figures` to the verbs of commitments."""
    figures = verbs.add_parser("figures", help="certificates and trips spared, verified, false: by matter and month")
    figures.add_argument("--from", dest="first", type=_day, metavar="DATE", help="from this day; else 1 January")
    figures.add_argument("--to", dest="last", type=_day, metavar="DATE", help="to this day; else today")
    figures.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    figures.set_defaults(verb=(_HERE, "figures"))


def figures(chosen: argparse.Namespace) -> int:
    """Count the commitments made in a period."""
    with desk_of(chosen, read_only=True) as desk:
        last = chosen.last or desk.clock.today()
        first = chosen.first or date(last.year, 1, 1)
        found = desk.commitments.figures.of(first, last)
    say(
        {
            "from": found.first.isoformat(),
            "to": found.last.isoformat(),
            **_counts(found.total),
            "by_matter": [
                {"matter": code, "title": title.get("zh", code), **_counts(counts)}
                for code, title, counts in found.by_matter
            ],
            "by_month": [{"month": month, **_counts(counts)} for month, counts in found.by_month],
        }
    )
    return 0


def _counts(counts: "Counts") -> dict[str, int]:
    return asdict(counts)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-21") from None
