"""Completing materials at the counter: what was missing is handed in, and the answer's limit runs anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from window_app.clock import Clock
from window_app.domain.assessment import Deadline
from window_app.domain.cases import CaseStatus
from window_app.domain.commitments import fold_commitments
from window_app.domain.events import Confidentiality, EventType, NewEvent
from window_app.domain.ports import Records, Station
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules.deadlines import compute
from window_app.services.answer_limits import AnswerLimits
from window_app.services.authors import author_of, is_office
from window_app.services.case_files import CaseFile, CaseFiles, written
from window_app.services.due_openings import promise_moved
from window_app.services.session import Session


class CompletionRefused(WindowAppError):
    """Nothing can be completed here; the code says why, and nothing was changed."""

    code = "completion.nothing_missing"


class Completion:
    """Takes in what was missing when a case was received, or what an office asked for."""

    def __init__(
        self, records: Records, session: Session, clock: Clock, station: Station, definitions: DefinitionSet
    ) -> None:
        self._records = records
        self._clock = clock
        self._station = station
        self._definitions = definitions
        self._actor = author_of(station, session)
        self._files = CaseFiles(records)

    def complete(self, number: str, materials: Sequence[str] = (), remark: str = "") -> CaseFile:
        """Put on record that everything missing was handed in today.

        The day from which the office's answer is counted begins anew (办案规则 46 (二)).

        Raises:
            NoSuchCase, CompletionRefused: nothing was changed, and the code says why.
        """
        said = written(remark)
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            self._check(file, materials)
            work.append(self._actor, self.events(file, materials, said))
        return self._files.again(file)

    def events(self, file: CaseFile, materials: Sequence[str] = (), remark: str = "") -> list[NewEvent]:
        """Return what says that nothing is missing from today on, for a transaction that checked it."""
        today = self._clock.today()
        moved = promise_moved(self._records.due_about(file.case_id), file.events, self._promised(file, today))
        return [self._statement(file, materials, remark), *moved]

    def _check(self, file: CaseFile, materials: Sequence[str]) -> None:
        if is_office(self._station):
            raise CompletionRefused("completion.office_station")
        if file.state.read_only:
            raise CompletionRefused("office.newer_program")
        owed = owed_materials(file)
        if file.state.completed_on is not None and not owed:
            raise CompletionRefused("completion.already", on=file.state.completed_on)
        if not owed and not _is_incomplete(file):
            raise CompletionRefused()
        matter = self._definitions.matters.get(file.state.matter)
        known = set() if matter is None else {one.code for one in matter.materials}
        unknown = [code for code in materials if code not in known]
        if unknown:
            raise CompletionRefused("completion.material_unknown", known=", ".join(sorted(known)))

    def _statement(self, file: CaseFile, materials: Sequence[str], remark: str) -> NewEvent:
        today = self._clock.today()
        facts: dict[str, Any] = {"completed_on": today.isoformat()}
        limit = self._limit(file, today)
        if limit is not None:
            facts["due_on"] = limit.due_on.isoformat()
        promised_on = self._promised(file, today)
        if promised_on is not None:
            facts["promised_on"] = promised_on.isoformat()
        if file.confidential:
            return file.about(EventType.MATERIALS_COMPLETED, home=True, facts=facts)
        if limit is not None:
            facts.update(due_raw_on=limit.raw_on.isoformat(), due_rule=limit.rule, due_provisional=limit.provisional)
        if materials:
            facts["materials"] = list(materials)
        return file.about(
            EventType.MATERIALS_COMPLETED,
            facts=facts,
            body={"remark": remark} if remark else {},
            confidentiality=Confidentiality.RESTRICTED if remark else Confidentiality.OPEN,
        )

    def _promised(self, file: CaseFile, today: date) -> date | None:
        """Return the day promised anew: the promise runs from the completion as the law's limit does."""
        matter = self._definitions.matters.get(file.state.matter)
        if matter is None or file.receiving.facts.get("promised_on") is None:
            return None
        told = {"received_on": file.state.received_on, "materials_completed_on": today}
        promised = AnswerLimits(self._definitions, self._station).of_matter(matter, told, today).promised
        return None if promised is None else promised.due_on

    def _limit(self, file: CaseFile, today: date) -> Deadline | None:
        """Return the limit that runs from today; None where none ran from the receiving."""
        rules, locality = self._definitions.rules, self._station.locality
        matter = self._definitions.matters.get(file.state.matter)
        code = None if matter is None else matter.answer_deadline
        rule = None if code is None else rules.deadline(code, locality)
        if rule is None or file.receiving.facts.get("due_on") is None:
            return None
        told = {"received_on": file.state.received_on, "materials_completed_on": today}
        facts = self._definitions.vocabulary.complete(told)
        limit = compute(rule, facts, rules.parameters, self._definitions.calendars, today, locality)
        return limit if isinstance(limit, Deadline) else None


def owed_materials(file: CaseFile) -> tuple[str, ...]:
    """Return the materials whose commitments were withdrawn and that were not brought since."""
    return tuple(one.material for one in fold_commitments(file.events) if one.owed)


def _is_incomplete(file: CaseFile) -> bool:
    if file.state.status is CaseStatus.RETURNED:
        return True
    return file.state.status is CaseStatus.RECEIVED and file.receiving.facts.get("complete") is False
