"""Verbs about what is due, and about outage forms."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from window_app.cli.cases import desk_of
from window_app.cli.speech import Misunderstood, say, warn

if TYPE_CHECKING:
    from window_app.domain.due import DueItem
    from window_app.domain.outage import PrintedForm
    from window_app.services.due import DueRow


def due_list(chosen: argparse.Namespace) -> int:
    """List what is due, overdue first."""
    with desk_of(chosen, read_only=True) as desk:
        rows = desk.due.rows(mine=not chosen.all)
    if chosen.standing:
        rows = tuple(row for row in rows if row.standing in chosen.standing)
    say({"due": [_row(row) for row in rows]})
    return 0


def due_open(chosen: argparse.Namespace) -> int:
    """Note something due about a case."""
    from window_app.domain.events import Stream, StreamKind

    with desk_of(chosen) as desk:
        file = desk.cases.get(chosen.number)
        on = desk.due.read_day(chosen.on)
        item = desk.due.open(Stream(StreamKind.CASE, file.case_id), chosen.cause, on, chosen.text)
    say(_item(item))
    return 0


def due_move(chosen: argparse.Namespace) -> int:
    """Give something another date."""
    with desk_of(chosen) as desk:
        say(_item(desk.due.move(_id(chosen.due), desk.due.read_day(chosen.on), chosen.reason)))
    return 0


def due_settle(chosen: argparse.Namespace) -> int:
    """Settle something with what came of it."""
    with desk_of(chosen) as desk:
        say(_item(desk.due.settle(_id(chosen.due), chosen.result, chosen.text)))
    return 0


def reused(chosen: argparse.Namespace) -> int:
    """Say what visitors did not have to say or bring again."""
    with desk_of(chosen, read_only=True) as desk:
        last = chosen.until or desk.clock.today()
        first = chosen.since or date(last.year, 1, 1)
        totals = desk.reuse.totals(first, last)
    say(
        {
            "since": first,
            "until": last,
            "cases": totals.cases,
            "cases_with_reuse": totals.cases_with,
            "fields_prefilled": totals.fields,
            "materials_reused": totals.materials,
        }
    )
    return 0


def outage_print(chosen: argparse.Namespace) -> int:
    """Reserve numbers for blank forms and write their pages; with --print also send them to the printer."""
    with desk_of(chosen) as desk:
        printed = desk.outage.print(chosen.count)
        chosen.out.mkdir(parents=True, exist_ok=True)
        file = chosen.out / f"{printed.numbers[0]}-outage_form.pdf"
        file.write_bytes(printed.pdf)
        job = desk.outage.send(printed) if chosen.send else None
    warn(str(file.name))
    say({"batch": str(printed.batch), "numbers": list(printed.numbers), "file": file.name, "job": job})
    return 0


def outage_list(chosen: argparse.Namespace) -> int:
    """List the forms printed here, the last first."""
    with desk_of(chosen, read_only=True) as desk:
        forms = desk.outage.forms()
    if chosen.state:
        forms = tuple(form for form in forms if form.state == chosen.state)
    say({"forms": [_form(form) for form in forms]})
    return 0


def outage_void(chosen: argparse.Namespace) -> int:
    """Void a form that was not used."""
    with desk_of(chosen) as desk:
        say(_form(desk.outage.void(chosen.number, chosen.reason, chosen.text)))
    return 0


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Misunderstood("cli.no_event") from None


def _item(item: "DueItem") -> dict[str, Any]:
    return {
        "due": str(item.due_id),
        "cause": item.cause,
        "reason": item.reason,
        "due_on": item.due_on,
        "owner_kind": item.owner.kind.value,
        "owner": item.owner.code,
        "case": None if item.link.case_id is None else str(item.link.case_id),
        "visit": None if item.link.visit_id is None else str(item.link.visit_id),
        "opened_by": item.opened_by,
        "opened_at": item.opened_at.isoformat(),
        "result": item.result or None,
        "settled_by": item.settled_by or None,
    }


def _row(row: "DueRow") -> dict[str, Any]:
    number = None if row.case is None else row.case.number
    return {
        **_item(row.item),
        "owner_name": row.owner or None,
        "standing": row.standing.value,
        "number": number,
        "text": row.text,
        "mine": row.mine,
    }


def _form(form: "PrintedForm") -> dict[str, Any]:
    return {
        "number": form.number,
        "state": form.state.value,
        "printed_on": form.printed_on,
        "printed_by": form.printed_by,
        "batch": str(form.batch),
        "reason": form.reason or None,
        "visit": None if form.visit_id is None else str(form.visit_id),
        "true_on": form.true_on,
        "changed_on": form.changed_on,
    }
