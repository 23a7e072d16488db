"""Reads a case with its papers, conflicts and history for its page; runs where the store lives. No Qt."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from window_app.domain.cases import CaseStatus, Conflict, SetValue
from window_app.domain.events import Event, EventType
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.case_files import CaseFile
from window_app.services.case_values import APPLICATIONS
from window_app.services.clerk_names import ClerkNames
from window_app.services.deciding import DecisionOption
from window_app.services.desk import Desk
from window_app.services.informants import hidden_sections
from window_app.ui.masking import is_masked_kind, masked
from window_app.ui.views.case.case_view import CaseView, ConflictView, DecisionView, OptionView, SideView
from window_app.ui.views.case.field_words import FieldWords
from window_app.ui.views.due.due_words import DueWords
from window_app.ui.views.lists.case_words import CaseWords, cited
from window_app.ui.views.lists.screens import clock_time, event_words
from window_app.ui.views.papers.reading import PaperReader
from window_app.ui.views.visit.law_reading import LawReader

UNKNOWN_CASE = "case.unknown"
FINISHED = (CaseStatus.CLOSED, CaseStatus.VOIDED)
TO_COMPLETE = (CaseStatus.RECEIVED, CaseStatus.RETURNED)
Options = tuple[tuple[str, str], ...]


class CaseReader:
    """Reads the cases of one desk."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._papers = PaperReader(desk, texts)
        self._words = CaseWords(desk, texts)
        self._fields = FieldWords(desk, texts, self._words)
        self._due = DueWords(desk, texts)
        self._law = LawReader(desk, texts)
        self._known: ClerkNames | None = None

    def read(self, number: str) -> CaseView | None:
        """Return a case by its number, None where this store does not know it."""
        try:
            file = self._desk.cases.get(number)
        except WindowAppError as error:
            if error.code == UNKNOWN_CASE:
                return None
            raise
        self._known = self._desk.clerks.names()
        state, case = file.state, file.row
        options = self._decisions(file)
        materials, missing = self._materials(file)
        return CaseView(
            case=case,
            state=self._words.state(state.status.value),
            mark=state.status.value,
            office=self._words.office(state.office),
            acknowledged=clock_time(state.acknowledged_at) if state.acknowledged_at else "",
            claimed="、".join(dict.fromkeys(self._who(claim.claimant, claim.station_id) for claim in state.claims)),
            mine=any(map(self._desk.claims.is_own, state.claims)),
            here=file.held,
            whole=_is_whole(file),
            ours=self._ours(file),
            read_only=state.read_only,
            decision=self._decision(file),
            decisions=tuple(one for one in options if one.state != CaseStatus.RETURNED),
            verbs=self._verbs(file, options),
            conflicts=tuple(self._conflict(file, one) for one in state.conflicts),
            answers=self._fields.answers(case.matter, state, self._hidden(file)) if file.held else (),
            materials=materials,
            missing=missing,
            papers=self._papers.views(self._desk.papers.of_case(case.case_id)),
            history=tuple(self._line(file, event) for event in file.events),
            due=tuple((self._due.line(one), one.item.settled) for one in self._desk.due.about(case.case_id)),
            limits=self._law.limits(self._desk.answer_limits.of_case(file)),
        )

    def _hidden(self, file: CaseFile) -> frozenset[str]:
        return hidden_sections(file.row, self._desk.station)

    def _ours(self, file: CaseFile) -> bool:
        office = self._desk.office
        return office is not None and file.state.office == office.code and file.state.status not in FINISHED

    def _verbs(self, file: CaseFile, options: tuple[OptionView, ...]) -> frozenset[str]:
        state, verbs = file.state, set[str]()
        if not _is_whole(file):
            verbs.add("fetch")
        if state.status is CaseStatus.VOIDED or state.read_only:
            return frozenset(verbs)
        if self._desk.office is None:
            verbs |= {"claim"} if state.status not in FINISHED else set()
            verbs |= {"complete"} if _is_incomplete(file) else set()
            verbs |= {"issue"} if file.held and not file.confidential else set()
            verbs |= {"application"} if "issue" in verbs and state.route in APPLICATIONS else set()
            verbs |= {"sets"} if file.held else set()
        elif self._ours(file):
            verbs |= {"claim"} | ({"acknowledge"} if not state.acknowledged else set())
        verbs |= {"return" if one.state == CaseStatus.RETURNED else "decide" for one in options}
        return frozenset(verbs | {"due"} | ({"correct"} if file.held else set()))

    def _decisions(self, file: CaseFile) -> tuple[OptionView, ...]:
        office = self._desk.office
        if office is None or file.state.read_only or file.state.office != office.code:
            return ()
        try:
            return tuple(self._option(one) for one in office.options(file.row.number))
        except WindowAppError:
            return ()  # what stands in the way is told when the verb is tried

    def _option(self, option: DecisionOption) -> OptionView:
        return OptionView(
            state=option.state,
            state_title=self._words.decision(option.state),
            ground=option.ground,
            title=self._texts.of(option.title),
            basis="、".join(cited(one.law, one.article, one.paragraph, one.item) for one in option.basis),
            to=tuple((code, self._words.office(code)) for code in option.to),
        )

    def _materials(self, file: CaseFile) -> tuple[Options, Options]:
        definition = self._desk.definitions.matters.get(file.row.matter)
        titles = {one.code: self._texts.of(one.title) for one in definition.materials} if definition else {}
        wanted = _wanted(file)
        return tuple(titles.items()), tuple((code, titles.get(code, code)) for code in wanted)

    def _decision(self, file: CaseFile) -> DecisionView | None:
        state = file.state
        said = next((one for one in file.events if one.event_id == state.status_set.origin), None)
        if said is None or said.type != EventType.STATUS_CHANGED:
            return None
        details = next((one for one in file.events if _details(one, said)), said)
        return DecisionView(
            state=self._words.state(state.status.value),
            number=state.decision_number,
            decided_on=state.decided_on.isoformat() if state.decided_on else "",
            office=self._who(said.actor.id, said.station_id),
            articles="、".join(_cited(one) for one in _articles(details)),
            reason=str((details.body or {}).get("reason") or ""),
        )

    def _conflict(self, file: CaseFile, conflict: Conflict) -> ConflictView:
        kind = self._kind(file, conflict.field)
        return ConflictView(
            conflict=conflict,
            title=self._fields.title(file.row.matter, conflict.field),
            kept=self._side(file, conflict.kept, conflict.field),
            other=self._side(file, conflict.other, conflict.field),
            masked=is_masked_kind(kind),
            known=conflict.kept.known and conflict.other.known,
        )

    def _kind(self, file: CaseFile, name: str) -> str:
        field = self._fields.find(file.row.matter, name)
        return field.type.value if field is not None else ""

    def _side(self, file: CaseFile, value: SetValue, name: str) -> SideView:
        author = next((event.station_id for event in file.events if event.event_id == value.event_id), None)
        who, when = self._who(value.by, author), clock_time(value.at)
        if not value.known:
            unknown = self._texts.text("ui.case.unknown_value")
            return SideView(unknown, unknown, who, when)
        full = self._fields.said(value.value, self._fields.find(file.row.matter, name))
        return SideView(masked(self._kind(file, name), full), full, who, when)

    def _line(self, file: CaseFile, event: Event) -> tuple[str, str, str]:
        what = event_words(self._texts, event.type)
        detail = self._detail(file, event)
        if detail:
            what = self._texts.text("ui.case.history.to", what=what, detail=detail)
        return clock_time(event.occurred_at), what, self._who(event.actor.id, event.station_id)

    def _detail(self, file: CaseFile, event: Event) -> str:
        facts, body = event.facts, event.body or {}
        matter = file.row.matter
        if event.type == EventType.STATUS_CHANGED:
            parts = [self._words.state(str(facts.get("state"))), str(facts.get("decision_number") or "")]
        elif event.type == EventType.FIELDS_SET:
            parts = [*(self._fields.title(matter, name) for name in event.base), str(body.get("reason") or "")]
        elif event.type == EventType.CONFLICT_RESOLVED:
            parts = [self._fields.title(matter, str(facts.get("field") or "")), str(body.get("reason") or "")]
        elif event.type == EventType.MATERIALS_COMPLETED:
            parts = [str(facts.get("completed_on") or "")]
        else:
            parts = []
        if event.event_id in file.state.out_of_place:
            parts.append(self._texts.text("ui.case.out_of_place"))
        return " · ".join(part for part in parts if part)

    def _who(self, code: str, station_id: UUID | None) -> str:
        """Return the name of who did it at a station; a code of whom nobody says a name stays a code."""
        office, _, clerk = code.rpartition("/")
        name = clerk if self._known is None or station_id is None else self._known.of(code, station_id)
        return f"{self._words.office(office)} {name}" if office else name


def _is_whole(file: CaseFile) -> bool:
    return file.held and all(side.known for one in file.state.conflicts for side in (one.kept, one.other))


def _is_incomplete(file: CaseFile) -> bool:
    state = file.state
    if state.completed_on is not None or state.status not in TO_COMPLETE:
        return False
    return state.status is CaseStatus.RETURNED or file.receiving.facts.get("complete") is False


def _cited(said: Mapping[str, Any]) -> str:
    return cited(said.get("law", ""), said.get("article", ""), said.get("paragraph"), said.get("item"))


def _articles(event: Event) -> list[Mapping[str, Any]]:
    found = event.facts.get("articles") or event.facts.get("basis")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []


def _details(event: Event, said: Event) -> bool:
    return event.type == EventType.STATUS_DETAILED and event.facts.get("status") == str(said.event_id)


def _wanted(file: CaseFile) -> tuple[str, ...]:
    """Return the papers that the last return asked for, else those missing when it was taken in."""
    for event in reversed(file.events):
        named = event.facts.get("materials" if event.type == EventType.STATUS_CHANGED else "missing_materials")
        if isinstance(named, list | tuple):
            return tuple(str(code) for code in named)
    return ()
