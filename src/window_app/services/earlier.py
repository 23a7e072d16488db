"""The same person again: who a record is, what was here before, what is elsewhere, and what is too much alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from window_app.domain.cases import CaseStatus
from window_app.domain.events import EventType
from window_app.domain.fold import fold_case
from window_app.domain.parties import NUMBER_FIELDS, PartyKind
from window_app.domain.party_records import Elsewhere, PartyRow
from window_app.domain.ports import CaseRow
from window_app.domain.visits import VisitDraft
from window_app.services.case_files import written
from window_app.services.register import RegisterRecords, RegisterRefused
from window_app.services.registering import Registering, kept, kind_of

MOST_VISITS = 20
PERSON_SECTIONS = ("applicant", "workers")


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """A visit of this counter that named somebody.

    Attributes:
        roles: the sections of the form in which it did.
        cases: what was taken in; empty where the visit ended with guidance.
        kinds: the kinds of its matters that were not taken in.
    """

    visit_id: UUID
    on: date
    roles: tuple[str, ...]
    cases: tuple[CaseRow, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownParty:
    """What is known of whoever a record names.

    Attributes:
        party: the person or employer in the register; None where only cases elsewhere are known.
        details: what the register holds of it.
        linked: the record is linked to it already.
    """

    party: PartyRow | None
    details: Mapping[str, str]
    visits: tuple[EarlierVisit, ...]
    elsewhere: tuple[Elsewhere, ...]
    linked: bool = False

    @property
    def last_case(self) -> CaseRow | None:
        """Return the case that was taken in last."""
        return next((case for visit in self.visits for case in visit.cases), None)


@dataclass(frozen=True, slots=True)
class Alike:
    """A case of the same worker against the same employer for a time that overlaps.

    Attributes:
        number: receipt number; of a case elsewhere too, since it says nothing of a person.
        here: taken in at this counter, so that its time could be compared.
        began, ended: its time; None where it is not known, or not over.
    """

    number: str
    matter: str
    received_on: date | None
    place: str
    here: bool
    began: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who stands against whom in a form, and for what time."""

    workers: frozenset[str]
    employers: frozenset[str]
    names: frozenset[str]
    began: date | None
    ended: date | None


class Earlier:
    """Knows again who was here before.

    Attributes:
        registering: says who is in the register.
    """

    def __init__(self, records: RegisterRecords, registering: Registering) -> None:
        self._records = records
        self.registering = registering

    def known(self, draft: VisitDraft, place: str) -> KnownParty | None:
        """Return what is known of whoever stands at a place ("applicant", "workers/3"); None where nothing is."""
        section, record = record_at(draft, place)
        kind = kind_of(section, record)
        token = self.registering.token_of(kind, str(record.get(NUMBER_FIELDS[kind]) or ""))
        party, linked = self._party(draft, place, kind, record, token)
        seen = self._records.cases_by_token(token) if token else ()
        elsewhere = self._records.elsewhere(seen) if seen else ()
        visits = () if party is None else self._visits(party, draft.visit_id)
        if not visits and not elsewhere and (party is None or not linked):
            return None
        group = None if party is None else self._records.party(party.party_id)
        return KnownParty(party, {} if group is None else group.state.values(), visits, elsewhere, linked)

    def visits(self, party_id: UUID) -> tuple[EarlierVisit, ...]:
        """Return the visits of this counter that name a party or one of those it is one with, newest first."""
        row = self._records.party_row(party_id)
        return () if row is None else self._visits(row, None)

    def alike(self, draft: VisitDraft, key: str) -> tuple[Alike, ...]:
        """Return cases of the same worker against the same employer for a time that overlaps that of a matter."""
        ours = self._sides({**draft.answers, **draft.matter(key).answers})
        if not ours.workers or not (ours.employers or ours.names):
            return ()
        by_worker = dict.fromkeys(case for token in ours.workers for case in self._records.cases_by_token(token))
        by_employer = {case for token in ours.employers for case in self._records.cases_by_token(token)}
        away = {one.case_id: one for one in self._records.elsewhere(by_worker)}
        found = [self._here(case_id, ours) for case_id in by_worker if case_id not in away]
        found.extend(_away(one, self._records) for case_id, one in away.items() if case_id in by_employer)
        return tuple(one for one in found if one is not None)

    def unexplained(self, draft: VisitDraft, keys: Iterable[str]) -> bool:
        """Answer whether a matter is like an earlier case and nobody said why it goes on all the same."""
        return any(one.number not in draft.repeats for key in keys for one in self.alike(draft, key))

    def _party(
        self, draft: VisitDraft, place: str, kind: PartyKind, record: Mapping[str, Any], token: str
    ) -> tuple[PartyRow | None, bool]:
        linked = self.registering.linked(draft, place, kind, record)
        if linked is not None:
            return linked, True
        details = kept(kind, record)
        found: Iterable[UUID] = self._records.parties_by_token(token, kind) if token else ()
        if not token:
            found = self._records.parties_by_name(kind, details.get("name", ""), details.get("phone", ""))
        first = next(iter(found), None)
        return (None if first is None else self._records.party_row(first)), False

    def _visits(self, party: PartyRow, without: UUID | None) -> tuple[EarlierVisit, ...]:
        roles: dict[UUID, dict[str, None]] = {}
        days: dict[UUID, date] = {}
        for link in self._records.visits_of(party.party_id):
            if link.visit_id != without:
                roles.setdefault(link.visit_id, {})[link.role] = None
                days[link.visit_id] = link.on
        shown = list(roles)[:MOST_VISITS]
        return tuple(self._visit(visit, days[visit], tuple(roles[visit])) for visit in shown)

    def _visit(self, visit_id: UUID, on: date, roles: tuple[str, ...]) -> EarlierVisit:
        cases = self._records.cases_of_visit(visit_id)
        guided = (one.facts for one in self._records.events(visit_id) if one.type == EventType.MATTER_GUIDED)
        kinds = tuple(str(facts.get("matter_kind") or "") for facts in guided)
        return EarlierVisit(visit_id, on, roles, cases, kinds)

    def _here(self, case_id: UUID, ours: _Sides) -> Alike | None:
        state = fold_case(self._records.events(case_id))
        if state is None or state.status is CaseStatus.VOIDED or not state.answers:
            return None
        theirs = self._sides(state.answers)
        same = ours.employers & theirs.employers or (ours.names & theirs.names)
        if not same or not ours.workers & theirs.workers or not _overlap(ours, theirs):
            return None
        return Alike(state.number, state.matter, state.received_on, "", True, theirs.began, theirs.ended)

    def _sides(self, answers: Mapping[str, Any]) -> _Sides:
        workers, employers, names = set(), set(), set()
        for section in (*PERSON_SECTIONS, "respondents"):
            for record in records_in(answers.get(section)):
                kind = kind_of(section, record)
                token = self.registering.token_of(kind, str(record.get(NUMBER_FIELDS[kind]) or ""))
                if kind is PartyKind.EMPLOYER:
                    names.add(plain_name(str(record.get("name") or "")))
                    employers.add(token)
                else:
                    workers.add(token)
        began, ended = _time_of(answers)
        return _Sides(frozenset(workers - {""}), frozenset(employers - {""}), frozenset(names - {""}), began, ended)


def go_on(draft: VisitDraft, alike: Iterable[Alike], reason: str) -> VisitDraft:
    """Return the visit with the reason why it goes on although these cases are like it.

    Raises:
        RegisterRefused: no reason was given.
    """
    said = written(reason)
    if not said:
        raise RegisterRefused("register.reason_needed")
    return replace(draft, repeats={**draft.repeats, **{one.number: said for one in alike}})


def record_at(draft: VisitDraft, place: str) -> tuple[str, Mapping[str, Any]]:
    """Return section and record of a place; an empty record where nothing was typed."""
    section, _, index = place.partition("/")
    records = records_in(draft.answers.get(section))
    at = int(index) if index.isdigit() else 0
    return section, records[at] if at < len(records) else {}


def records_in(content: object) -> list[Mapping[str, Any]]:
    """Return the records of a section, repeated or not."""
    if isinstance(content, Mapping):
        return [content]
    return [one for one in content if isinstance(one, Mapping)] if isinstance(content, list | tuple) else []


def plain_name(name: str) -> str:
    """Return an employer's name as it is compared: without spaces and brackets, which people set as they like."""
    return "".join(sign for sign in name if sign.isalnum()).casefold()


def _away(one: Elsewhere, records: RegisterRecords) -> Alike | None:
    row = records.get_case(one.case_id)
    if row.state == CaseStatus.VOIDED:
        return None
    return Alike(row.number, one.matter, one.received_on, one.place, False)


def _overlap(ours: _Sides, theirs: _Sides) -> bool:
    """Answer whether two times overlap; what is not known might."""
    after = ours.began is not None and theirs.ended is not None and ours.began > theirs.ended
    before = ours.ended is not None and theirs.began is not None and ours.ended < theirs.began
    return not (after or before)


def _time_of(answers: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the time that a form is about: that of its claims, else that of the employment."""
    claims = records_in(answers.get("claims"))
    if claims and all(_day(one.get("from")) and _day(one.get("to")) for one in claims):
        first = [day for one in claims if (day := _day(one.get("from")))]
        last = [day for one in claims if (day := _day(one.get("to")))]
        return min(first), max(last)
    employment = next(_employment(answers), {})
    return _day(employment.get("worked_from")), _day(employment.get("worked_to"))


def _employment(answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from records_in(answers.get("employment"))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
