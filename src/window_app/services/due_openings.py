"""What the program itself opens as due: a correction awaited, an answer promised. Each origin opens once."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from window_app.domain import due
from window_app.domain.due import DueItem, DueLink, DueOwner, OwnerKind
from window_app.domain.due_causes import CORRECTION, PROMISE
from window_app.domain.events import Actor, ActorKind, Confidentiality, Event, NewEvent, Stream, StreamKind
from window_app.services.case_files import CaseFile

BY_HAND = "by_hand"
NOTICE = "notice_once"
RETURNED = "returned"
PROMISED = "promised"


def stream_class(events: Iterable[Event]) -> Confidentiality:
    """Return the class of what is said about a stream: confidential where anything on it is, else restricted."""
    secret = any(event.confidentiality is Confidentiality.CONFIDENTIAL for event in events)
    return Confidentiality.CONFIDENTIAL if secret else Confidentiality.RESTRICTED


def of_receiving(
    case_id: UUID,
    visit_id: UUID,
    actor: Actor,
    station: UUID,
    *,
    office: str | None,
    confidential: bool,
    incomplete: bool,
    correction_by: date | None,
    promised_on: date | None,
) -> tuple[NewEvent, ...]:
    """Return what taking a case in makes due, for the clerk who took it in.

    `incomplete` says that a one-time notice was given, `correction_by` which day it names, if any;
    `promised_on` is the day by which the visitor was promised an answer, if anything was promised.
    """
    stream = Stream(StreamKind.CASE, case_id)
    link = DueLink(stream, case_id, visit_id)
    owner = DueOwner(OwnerKind.CLERK, actor.id, station)
    kind = Confidentiality.CONFIDENTIAL if confidential else Confidentiality.RESTRICTED
    wanted = [(CORRECTION, NOTICE, correction_by)] if incomplete else []
    wanted += [(PROMISE, PROMISED, promised_on)] if promised_on is not None else []
    return tuple(
        due.opened(
            link,
            due.due_id_for(stream, reason, "received"),
            cause,
            reason,
            owner,
            due_on,
            confidentiality=kind,
            readers=(office,) if office else (),
        )
        for cause, reason, due_on in wanted
    )


def promise_moved(items: Iterable[DueItem], events: Iterable[Event], day: date | None) -> tuple[NewEvent, ...]:
    """Return what gives the open promise of a case its new day; nothing where none is open or the day stays."""
    openings = {event.event_id: event for event in events}
    return tuple(
        due.moved(item, day, "", like=openings[item.said_by])
        for item in items
        if item.cause == PROMISE and not item.settled and day not in (None, item.due_on) and item.said_by in openings
    )


def of_return(file: CaseFile, status: Event, due_on: date | None) -> NewEvent:
    """Return what an office's return makes due at the counter that received the case.

    It goes to the home feed also where the case is confidential, since the counter must learn of it; it
    says no more than the return itself does.
    """
    stream = Stream(StreamKind.CASE, file.case_id)
    receiver = file.receiving.actor
    kind = OwnerKind.CLERK if receiver.kind is ActorKind.CLERK else OwnerKind.COUNTER
    owner = DueOwner(kind, receiver.id if kind is OwnerKind.CLERK else "", file.state.received_by)
    return due.opened(
        DueLink(stream, file.case_id, file.state.visit_id),
        due.due_id_for(stream, RETURNED, str(status.event_id)),
        CORRECTION,
        RETURNED,
        owner,
        due_on,
        confidentiality=Confidentiality.RESTRICTED,
        readers=status.readers,
    )
