"""Verbs about queue numbers."""

import argparse
from typing import TYPE_CHECKING, Any

from window_app.cli.cases import desk_of
from window_app.cli.speech import say
from window_app.errors import WindowAppError

if TYPE_CHECKING:
    from window_app.domain.tickets import QueueTicket
    from window_app.services.desk import Desk
    from window_app.services.queue_tickets import TicketJob


def listed(chosen: argparse.Namespace) -> int:
    """Say who waits."""
    with desk_of(chosen, read_only=True) as desk:
        view = desk.tickets.view()
    say(
        {
            "called": None if view.called is None else _ticket_as_json(view.called),
            "waiting": [_ticket_as_json(one) for one in view.waiting],
            "unprinted": [one.number for one in view.unprinted],
        }
    )
    return 0


def draw(chosen: argparse.Namespace) -> int:
    """Draw a number and print its ticket."""
    with desk_of(chosen) as desk:
        return _print(desk, desk.tickets.draw(chosen.business.upper() or next(iter(desk.tickets.businesses))))


def again(chosen: argparse.Namespace) -> int:
    """Print the ticket of a number once more."""
    with desk_of(chosen) as desk:
        return _print(desk, desk.tickets.again(desk.tickets.find(chosen.number)))


def call(chosen: argparse.Namespace) -> int:
    """Call who has waited longest."""
    with desk_of(chosen) as desk:
        called = desk.tickets.call_next()
    say({"called": None if called is None else _ticket_as_json(called)})
    return 0


def _print(desk: "Desk", job: "TicketJob") -> int:
    """Print a ticket; the number stands also where it does not come out."""
    try:
        name = job.send()
    except WindowAppError as error:
        say({**_ticket_as_json(desk.tickets.not_sent(job, error)), "job": None})
        raise
    say({**_ticket_as_json(desk.tickets.sent(job)), "job": name, "simulated": job.printer.simulated})
    return 0


def _ticket_as_json(ticket: "QueueTicket") -> dict[str, Any]:
    return {
        "number": ticket.number,
        "day": ticket.day,
        "ahead": ticket.ahead,
        "state": ticket.state.value,
        "paper": ticket.paper.value,
        "prints": ticket.prints,
        "drawn_at": ticket.drawn_at.isoformat(),
    }
