"""Verbs about this machine's printers: what they say and offer, what is chosen of them."""

import argparse
from typing import TYPE_CHECKING, Any

from window_app import settings
from window_app.cli.cases import desk_of
from window_app.cli.speech import say, words_of

if TYPE_CHECKING:
    from window_app.domain.ports import PrinterStatus
    from window_app.i18n import Catalogue
    from window_app.services.printing_setup import QueueAnswer


def listed(chosen: argparse.Namespace) -> int:
    """Say what is chosen, and what each queue in use says and offers."""
    texts = words_of(chosen.data)
    with desk_of(chosen, read_only=True) as desk:
        now, setup = desk.settings, desk.printing
        queues = dict.fromkeys((now.printer_queue, *now.printers.values()))
        answers = {queue: _answer_as_json(setup.ask(now.printer_driver, queue), texts) for queue in queues}
        tickets = setup.ask_tickets(now)
    say(
        {
            "driver": now.printer_driver,
            "queue": now.printer_queue,
            "queues": dict(now.printers),
            "choices": {kind: dict(one) for kind, one in now.print_choices.items()},
            "printers": answers,
            "tickets": {
                "driver": now.ticket_driver,
                "target": now.ticket_target,
                "characters": now.ticket_characters,
                "businesses": dict(now.ticket_businesses),
                "status": None if tickets is None else _status_as_json(tickets, texts),
            },
        }
    )
    return 0


def choose(chosen: argparse.Namespace) -> int:
    """Choose queue, sides, tray and copies for a kind of paper; what the queue does not offer is refused."""
    with desk_of(chosen, read_only=True) as desk:
        setup = desk.printing
        if chosen.driver is not None:
            setup.chosen = setup.chosen.with_(printer_driver=chosen.driver)
        made = setup.changed(
            chosen.kind, queue=chosen.queue, sides=chosen.sides, tray=chosen.tray, copies=chosen.copies
        )
    settings.save(made, chosen.data)
    say(
        {
            "kind": chosen.kind,
            "driver": made.printer_driver,
            "queue": made.queue_for(chosen.kind),
            **made.choices_for(chosen.kind),
        }
    )
    return 0


def tickets(chosen: argparse.Namespace) -> int:
    """Choose what queue tickets are printed by, and say how it stands."""
    with desk_of(chosen, read_only=True) as desk:
        characters = "dots" if chosen.dots else "printer"
        made = desk.settings.with_(
            ticket_driver=chosen.driver, ticket_target=chosen.target, ticket_characters=characters
        )
        status = desk.printing.ask_tickets(made)
    settings.save(made, chosen.data)
    told = None if status is None else _status_as_json(status, words_of(chosen.data))
    say({"driver": made.ticket_driver, "target": made.ticket_target, "characters": characters, "status": told})
    return 0


def _answer_as_json(answer: "QueueAnswer", texts: "Catalogue") -> dict[str, Any]:
    offers = answer.offers
    told = {"known": offers.known, "sides": [str(one) for one in offers.sides], "trays": dict(offers.trays)}
    return {**_status_as_json(answer.status, texts), "offers": told}


def _status_as_json(status: "PrinterStatus", texts: "Catalogue") -> dict[str, Any]:
    said = texts.text(status.detail, printer=status.name, seconds=0) if status.detail else ""
    return {"ready": status.ready, "detail": status.detail, "text": said, "notes": list(status.notes)}
