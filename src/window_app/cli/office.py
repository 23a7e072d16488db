"""Verbs of an office: its queue and its decisions."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from window_app.cli.attachments import saved
from window_app.cli.cases import case_as_json, desk_of
from window_app.cli.speech import say, warn
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue

if TYPE_CHECKING:
    from window_app.services.clerk_names import ClerkNames
    from window_app.services.deciding import DecisionOption
    from window_app.services.desk import Desk
    from window_app.services.office import DecisionMade, OfficeWork, QueueRow


@contextmanager
def _office_of(chosen: argparse.Namespace, *, read_only: bool = False) -> "Iterator[tuple[Desk, OfficeWork]]":
    with desk_of(chosen, read_only=read_only) as desk:
        if desk.office is None:
            raise WindowAppError("office.counter_station")
        yield desk, desk.office


def listed(chosen: argparse.Namespace) -> int:
    """Say what is in the queue, nearest limit first."""
    from window_app.services.office import QueueView

    with _office_of(chosen, read_only=True) as (desk, office):
        view, names = QueueView(chosen.claims, frozenset(chosen.states), chosen.near), desk.clerks.names()
        say({"office": office.code, "cases": [_row_as_json(one, names) for one in office.queue(view, 1000)]})
    return 0


def opened(chosen: argparse.Namespace) -> int:
    """Fetch what was written of a case and show it, on record."""
    with _office_of(chosen) as (desk, office):
        if desk.search.find(chosen.number, 1) == ():
            office.fetch_older(chosen.number)
        file = desk.cases.get(chosen.number)
        fetched = office.fetch(file.case_id, chosen.reason)
        found = office.open(chosen.number, chosen.reason, fetched)
        say(
            {
                **case_as_json(found.file, desk.clerks.names()),
                "answers": found.file.answers if found.file.held else None,
                "facts": (found.file.receiving.body or {}).get("facts"),
                "fetched": fetched.bodies,
                "options": [_option_as_json(one) for one in found.options],
                "attachments": saved(desk, chosen.number, chosen.attachments, chosen.reason),
            }
        )
        if fetched.code:
            catalogue = Catalogue(desk.settings.language)
            warn(catalogue.text(fetched.code, **dict(fetched.params)))
        if not found.file.held:
            warn(Catalogue(desk.settings.language).text("office.not_held"))
    return 0


def acknowledge(chosen: argparse.Namespace) -> int:
    """Take a case over from the counter."""
    with _office_of(chosen) as (desk, office):
        file = office.acknowledge(chosen.number)
        say(case_as_json(file, desk.clerks.names()))
    return 0


def options(chosen: argparse.Namespace) -> int:
    """Say what the law offers to decide now."""
    with _office_of(chosen, read_only=True) as (_, office):
        say({"options": [_option_as_json(one) for one in office.options(chosen.number)]})
    return 0


def give_back(chosen: argparse.Namespace) -> int:
    """Return a case for completion."""
    with _office_of(chosen) as (desk, office):
        return _tell(desk, office.give_back(chosen.number, chosen.reason, tuple(chosen.materials)))


def decide(chosen: argparse.Namespace) -> int:
    """Decide a case."""
    from window_app.services.deciding import Decision

    with _office_of(chosen) as (desk, office):
        decision = Decision(chosen.state, chosen.ground, chosen.reason, chosen.to)
        return _tell(desk, office.decide(chosen.number, decision))


def _tell(desk: "Desk", made: "DecisionMade") -> int:
    from window_app.services.office import as_facts

    say({**case_as_json(made.file, desk.clerks.names()), **as_facts(made)})
    catalogue = Catalogue(desk.settings.language)
    for code in made.warnings:
        warn(catalogue.text(code))
    return 0


def _row_as_json(one: "QueueRow", names: "ClerkNames") -> dict[str, Any]:
    row = one.row
    return {
        "number": row.number,
        "matter": row.matter,
        "route": row.route,
        "received_on": row.received_on,
        "due_on": row.due_on,
        "days_left": one.days_left,
        "limit": one.limit,
        "state": row.state,
        "acknowledged": row.acknowledged,
        "claimed_by": row.claimed_by,
        "claimed_by_name": names.known(row.claimed_by, one.holder),
        "mine": one.mine,
        "decision_number": row.decision_number or None,
        "conflicts": row.conflicts,
        "opened": row.opened,
    }


def _option_as_json(one: "DecisionOption") -> dict[str, Any]:
    return {
        "state": one.state,
        "ground": one.ground,
        "title": dict(one.title),
        "articles": [
            {"law": each.law, "article": each.article, "paragraph": each.paragraph, "item": each.item}
            for each in one.basis
        ],
        "to": list(one.to),
        "limit": one.limit,
    }
