"""Verbs about received cases, for every station."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from window_app.cli.counter import sign_in
from window_app.cli.speech import Misunderstood, read_object, say

if TYPE_CHECKING:
    from window_app.domain.cases import Claim, SetValue
    from window_app.domain.events import Event
    from window_app.services.case_files import CaseFile
    from window_app.services.clerk_names import ClerkNames
    from window_app.services.corrections import ShownConflict
    from window_app.services.desk import Desk


@contextmanager
def desk_of(chosen: argparse.Namespace, *, read_only: bool = False) -> "Iterator[Desk]":
    """Open the desk of the chosen folder for one verb."""
    desk = sign_in(chosen, clerk=chosen.clerk, read_only=read_only)
    try:
        yield desk
    finally:
        desk.close()


def show(chosen: argparse.Namespace) -> int:
    """Say where a case stands, with its history."""
    with desk_of(chosen, read_only=True) as desk:
        file, names = desk.cases.get(chosen.number), desk.clerks.names()
    say({**case_as_json(file, names), "history": [_event_as_json(event, names) for event in file.events]})
    return 0


def correct(chosen: argparse.Namespace) -> int:
    """Correct fields of a case's form."""
    changes = read_object(chosen.changes)
    with desk_of(chosen) as desk:
        file = desk.corrections.correct(chosen.number, changes, chosen.reason)
        say(case_as_json(file, desk.clerks.names()))
    return 0


def complete(chosen: argparse.Namespace) -> int:
    """Put on record that what was missing was handed in."""
    with desk_of(chosen) as desk:
        file = desk.completion.complete(chosen.number, tuple(chosen.materials), chosen.remark)
        say(case_as_json(file, desk.clerks.names()))
    return 0


def claim(chosen: argparse.Namespace) -> int:
    """Claim a case."""
    with desk_of(chosen) as desk:
        file = desk.claims.claim(chosen.number)
        say(case_as_json(file, desk.clerks.names()))
    return 0


def release(chosen: argparse.Namespace) -> int:
    """Give a claimed case back."""
    with desk_of(chosen) as desk:
        file = desk.claims.release(chosen.number, chosen.claimant)
        say(case_as_json(file, desk.clerks.names()))
    return 0


def conflicts(chosen: argparse.Namespace) -> int:
    """Say which values wait for a person, of one case or of all."""
    with desk_of(chosen, read_only=True) as desk:
        if chosen.number is None:
            numbers = [row.number for row in desk.corrections.disputed()]
        else:
            numbers = [desk.cases.get(chosen.number).row.number]
        found, names = {number: desk.corrections.conflicts(number) for number in numbers}, desk.clerks.names()
    say({"cases": {number: [_conflict_as_json(one, names) for one in shown] for number, shown in found.items()}})
    return 0


def settle(chosen: argparse.Namespace) -> int:
    """End a conflict by a choice."""
    keep = _event_id(chosen.keep)
    drop = None if chosen.drop is None else _event_id(chosen.drop)
    with desk_of(chosen) as desk:
        if drop is None:
            drop = _other(desk.corrections.conflicts(chosen.number), chosen.field, keep)
        file = desk.corrections.settle(chosen.number, chosen.field, keep, drop, chosen.reason)
        say(case_as_json(file, desk.clerks.names()))
    return 0


def _other(shown: "tuple[ShownConflict, ...]", field: str, keep: UUID) -> UUID:
    """Return the value that stands against the one to keep; where there is none, the choice will be refused."""
    pairs = [(one.kept.event_id, one.other.event_id) for one in shown if one.field == field]
    against = [pair[1] if pair[0] == keep else pair[0] for pair in pairs if keep in pair]
    return against[0] if against else keep


def _event_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Misunderstood("cli.no_event") from None


def case_as_json(file: "CaseFile", names: "ClerkNames") -> dict[str, Any]:
    """Return a case as the verbs answer it: codes of clerks as the events say them, and names where they are known."""
    state = file.state
    return {
        "number": state.number,
        "matter": state.matter,
        "route": state.route,
        "received_on": state.received_on,
        "state": state.status.value,
        "office": state.office,
        "acknowledged": state.acknowledged,
        "decision_number": state.decision_number or None,
        "decided_on": state.decided_on,
        "due_on": state.due_on,
        "completed_on": state.completed_on,
        "articles": list(_listed(state.status_set.value, "articles")),
        "reason": _reason(file),
        "claims": [_claim_as_json(one, names) for one in state.claims],
        "conflicts": len(state.conflicts),
        "corrected": {name: _value_as_json(one, names) for name, one in state.fields.items()},
        "held": file.held,
        "sent": not file.row.unsent,
        "out_of_place": len(state.out_of_place),
        "read_only": state.read_only,
    }


def _claim_as_json(claim: "Claim", names: "ClerkNames") -> dict[str, Any]:
    return {
        "claimant": claim.claimant,
        "name": names.known(claim.claimant, claim.station_id),
        "station": str(claim.station_id),
        "at": claim.at.isoformat(),
    }


def _listed(value: object, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _reason(file: "CaseFile") -> str | None:
    """Return what the last decision says beside its ground; None where it is not held here."""
    wanted = file.state.status_set.origin
    said = (event.body for event in file.events if event.event_id == wanted or event.facts.get("status") == str(wanted))
    reasons = [body["reason"] for body in said if body and isinstance(body.get("reason"), str)]
    return reasons[-1] if reasons else None


def _value_as_json(value: "SetValue", names: "ClerkNames") -> dict[str, Any]:
    return {
        "event": str(value.event_id),
        "value": value.value,
        "known": value.known,
        "by": value.by,
        "name": names.known(value.by, value.station_id),
        "station": str(value.station_id),
        "at": value.at.isoformat(),
    }


def _conflict_as_json(one: "ShownConflict", names: "ClerkNames") -> dict[str, Any]:
    return {
        "field": one.field,
        "label": dict(one.label),
        "kept": _value_as_json(one.kept, names),
        "other": _value_as_json(one.other, names),
    }


def _event_as_json(event: "Event", names: "ClerkNames") -> dict[str, Any]:
    return {
        "event": str(event.event_id),
        "type": event.type,
        "by": event.actor.id,
        "name": names.known(event.actor.id, event.station_id),
        "kind": event.actor.kind.value,
        "station": str(event.station_id),
        "at": event.occurred_at.isoformat(),
        "facts": dict(event.facts),
        "confirmed": event.fseq is not None,
    }
