"""Who of a visit is a person or an employer known already, and what is put on record of the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.parties import KEPT_FIELDS, NUMBER_FIELDS, REGISTERED, PartyKind
from window_app.domain.party_records import PartyRecords, PartyRow
from window_app.domain.tokens import lookup_token, normalised_number
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms.identity import read_resident_number, read_social_credit_code

EMPLOYER_SECTIONS = frozenset({"respondents"})
PARTY_SECTIONS = ("applicant", "workers", "representatives", "respondents", "agents", "guardians")
ALWAYS_REGISTERED = frozenset({"applicant", "respondents", "agents", "guardians"})
"""Sections whose parties are registered also without a number: they are few, and they come again."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a visit does to the register.

    Attributes:
        parties: the person or employer that a record of the form is, by its place ("workers/3").
        events: what is put on record of them, in order.
        unexplained: a case is like an earlier one and nobody said why it goes on all the same.
    """

    parties: Mapping[str, UUID] = field(default_factory=dict)
    events: tuple[NewEvent, ...] = ()
    unexplained: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A record of a form as somebody: its place, kind, kept fields, and the token of its number, "" without one."""

    place: str
    kind: PartyKind
    details: Mapping[str, str]
    token: str
    always: bool


class Registering:
    """Finds the parties of a visit in the register and says what is to be put on record."""

    def __init__(self, records: PartyRecords, district_key: bytes) -> None:
        self._records = records
        self._district_key = district_key

    def plan(self, draft: VisitDraft, answers: Mapping[str, Any], now: datetime) -> Registration:
        """Return who the parties of a visit are; the caller appends the events.

        The same number is the same party. Without one, a party is what the clerk linked it to, or
        who goes by exactly this name and phone number. `answers` are those of the form by section.
        """
        parties: dict[str, UUID] = {}
        events: list[NewEvent] = []
        fresh: dict[tuple[PartyKind, str], UUID] = {}
        for found in self._found(answers):
            key = (found.kind, found.token or _called(found))
            known = fresh.get(key) or self._known(found, draft)
            if known is None and not found.token and not found.always:
                continue
            if known is None:
                known = new_id(now)
                events.append(self._registered(known, found))
            elif key not in fresh:
                events.extend(self._changed(known, found))
            fresh[key] = parties[found.place] = known
        return Registration(parties, tuple(events))

    def token_of(self, kind: PartyKind, number: str) -> str:
        """Return the lookup token of an identity number or credit code; "" where it cannot be one."""
        try:
            whole = read_resident_number(number) if kind is PartyKind.PERSON else read_social_credit_code(number)
        except WindowAppError:
            return ""
        return lookup_token(self._district_key, kind.value, whole if isinstance(whole, str) else whole.number)

    def linked(self, draft: VisitDraft, place: str, kind: PartyKind, record: Mapping[str, Any]) -> PartyRow | None:
        """Return the party that the clerk chose for a record, unless another number was typed since."""
        try:
            link = draft.links.get(place, "")
            row = self._records.party_row(UUID(link)) if link else None
        except ValueError:
            return None
        if row is None or row.kind is not kind:
            return None
        number = normalised_number(str(record.get(NUMBER_FIELDS[kind]) or ""))
        return None if number and row.number and number != row.number else row

    def _found(self, answers: Mapping[str, Any]) -> Iterator[_Found]:
        for section in PARTY_SECTIONS:
            content = answers.get(section)
            repeats = isinstance(content, list | tuple)
            records = content if isinstance(content, list | tuple) else [content]
            for index, record in enumerate(records):
                if isinstance(record, Mapping):
                    kind = kind_of(section, record)
                    details = kept(kind, record)
                    if details.get("name") or details.get("shop_sign"):
                        place = f"{section}/{index}" if repeats else section
                        token = self.token_of(kind, details.get(NUMBER_FIELDS[kind], ""))
                        yield _Found(place, kind, details, token, section in ALWAYS_REGISTERED)

    def _known(self, found: _Found, draft: VisitDraft) -> UUID | None:
        linked = self.linked(draft, found.place, found.kind, found.details)
        if linked is not None:
            return linked.party_id
        if found.token:
            known: Iterable[UUID] = self._records.parties_by_token(found.token, found.kind)
        else:
            known = self._records.parties_by_name(
                found.kind, found.details.get("name", ""), found.details.get("phone", "")
            )
        first = next(iter(known), None)
        row = None if first is None else self._records.party_row(first)
        return first if row is None else row.party_id

    def _registered(self, party: UUID, found: _Found) -> NewEvent:
        return _statement(REGISTERED[found.kind], party, found, found.details)

    def _changed(self, party: UUID, found: _Found) -> Iterator[NewEvent]:
        group = self._records.party(party)
        standing = {} if group is None else group.state.values()
        fresh = {name: value for name, value in found.details.items() if standing.get(name) != value}
        if fresh:
            yield _statement(EventType.PARTY_DETAILS_SET, party, found, fresh)


def kind_of(section: str, record: Mapping[str, Any]) -> PartyKind:
    """Return what a record of a section is: respondents are employers, and an applicant with a credit code."""
    return PartyKind.EMPLOYER if section in EMPLOYER_SECTIONS or record.get("uscc") else PartyKind.PERSON


def kept(kind: PartyKind, record: Mapping[str, Any]) -> dict[str, str]:
    """Return what of a record belongs to the party itself; blank is left out, for it erases nothing."""
    values = {name: str(record.get(name) or "").strip() for name in KEPT_FIELDS[kind]}
    return {name: value for name, value in values.items() if value}


def _called(found: _Found) -> str:
    name = found.details.get("name") or found.details.get("shop_sign") or ""
    return f"{name}\n{found.details.get('phone', '')}"


def _statement(kind: str, party: UUID, found: _Found, details: Mapping[str, str]) -> NewEvent:
    return NewEvent(
        Stream(StreamKind(found.kind.value), party),
        kind,
        body={"details": dict(details)},
        tokens=(found.token,) if found.token else (),
        confidentiality=Confidentiality.RESTRICTED,
    )
