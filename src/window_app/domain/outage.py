"""Outage paper: blank forms numbered in advance, and what is typed in later from one of them.

A form's number is a receipt number of the counter that printed it, drawn from the counter's own series
at the printing; no number is drawn twice. What became of a form is a fold of the events that name it:
printed, then entered or voided, whichever is first in order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from window_app.domain.conflicts import day, identity
from window_app.domain.events import Event, EventType

REASONS = ("power", "computer", "program", "line", "other")
"""Why a visit was taken down on paper. Only `other` needs words."""
VOID_REASONS = ("spoilt", "lost", "not_used", "other")
MOST_FORMS = 100


@dataclass(frozen=True, slots=True)
class OutageForm:
    """What a draft holds of its outage form, as typed.

    Attributes:
        number: of the form.
        day: the true day of the visit, ISO where it was understood.
        reason: a code of `REASONS`.
    """

    number: str = ""
    day: str = ""
    reason: str = ""
    remark: str = ""

    @property
    def on(self) -> date | None:
        """Return the true day, None where none was typed that is one."""
        return day(self.day)


class FormState(StrEnum):
    """What became of a form."""

    OPEN = "open"
    USED = "used"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form that was printed here.

    Attributes:
        number: as on the paper.
        batch: the event of its printing.
        visit_id: the visit it was entered as.
        true_on, changed_on: the day on the paper; the day it was entered or voided.
        reason: why it was filled in or voided.
    """

    number: str
    batch: UUID
    station_id: UUID
    printed_on: date
    printed_by: str
    state: FormState = FormState.OPEN
    reason: str = ""
    visit_id: UUID | None = None
    true_on: date | None = None
    changed_on: date | None = None


def fold_forms(events: Iterable[Event]) -> dict[str, PrintedForm]:
    """Return the forms of one station by number, in the order of printing; `events` in the order of the fold."""
    ordered = tuple(events)
    forms: dict[str, PrintedForm] = {}
    for event in ordered:
        if event.type == EventType.OUTAGE_FORMS_PRINTED:
            for number in _listed(event.facts, "numbers"):
                printed_on = day(event.facts.get("printed_on")) or event.occurred_at.date()
                form = PrintedForm(number, event.event_id, event.station_id, printed_on, event.actor.id)
                forms.setdefault(number, form)
    for event in ordered:
        for number in _named(event):
            if number in forms and forms[number].state is FormState.OPEN:
                forms[number] = _changed(forms[number], event)
    return forms


def _named(event: Event) -> tuple[str, ...]:
    if event.type not in (EventType.OUTAGE_FORM_ENTERED, EventType.OUTAGE_FORM_VOIDED):
        return ()
    return _listed(event.facts, "numbers")


def _changed(form: PrintedForm, event: Event) -> PrintedForm:
    facts = event.facts
    used = event.type == EventType.OUTAGE_FORM_ENTERED
    return replace(
        form,
        state=FormState.USED if used else FormState.VOID,
        reason=str(facts.get("reason") or ""),
        visit_id=identity(facts.get("visit_id")),
        true_on=day(facts.get("true_on")),
        changed_on=day(facts.get("entered_on" if used else "voided_on")) or event.occurred_at.date(),
    )


def _listed(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = facts.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()
