"""The limits of the office's answer: what the law gives and what was promised, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from window_app.domain.assessment import Deadline
from window_app.domain.cases import CaseStatus
from window_app.domain.ports import Station
from window_app.forms import DefinitionSet
from window_app.forms.definitions import MatterDefinition
from window_app.rules.deadlines import DeadlineRule, compute

if TYPE_CHECKING:
    from window_app.services.case_files import CaseFile

_UNANSWERED = (CaseStatus.RECEIVED, CaseStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class AnswerLimit:
    """The legal limit of an answer and the promised one; None where there is no date. The promise is never later."""

    legal: Deadline | None
    promised: Deadline | None

    @property
    def promised_earlier(self) -> bool:
        """Return whether the promise ends before the law's limit."""
        legal, promised = self.legal, self.promised
        return promised is not None and (legal is None or promised.due_on < legal.due_on)


class AnswerLimits:
    """Counts the limits of answers at one station."""

    def __init__(self, definitions: DefinitionSet, station: Station) -> None:
        self._definitions = definitions
        self._locality = station.locality

    def of_matter(self, definition: MatterDefinition, facts: Mapping[str, Any], on: date) -> AnswerLimit:
        """Return the limits of a matter whose papers are taken in on a day."""
        rules = self._definitions.rules
        code = definition.answer_deadline
        legal = None if code is None else rules.deadline(code, self._locality)
        told = {"received_on": on, **facts}
        promised = self._definitions.promises.rule(definition.code, legal, rules.chain(self._locality))
        return AnswerLimit(self._last_day(legal, told, on), self._last_day(promised, told, on))

    def of_case(self, file: "CaseFile") -> AnswerLimit:
        """Return the limits of a case that waits for its answer; none once it was answered, or where none ran."""
        state = file.state
        definition = self._definitions.matters.get(state.matter)
        limited = state.due_on is not None or file.receiving.facts.get("promised_on") is not None
        if definition is None or state.received_on is None or not limited or state.status not in _UNANSWERED:
            return AnswerLimit(None, None)
        told = {"received_on": state.received_on}
        if state.completed_on is not None:
            told["materials_completed_on"] = state.completed_on
        return self.of_matter(definition, told, state.completed_on or state.received_on)

    def correction_day(self, file: "CaseFile", on: date) -> date | None:
        """Return the day by which the locality wants a correction asked for on a day; None where it says nothing."""
        definition, rules = self._definitions.matters.get(file.state.matter), self._definitions.rules
        codes = ("correction",) if definition is None else (f"correction_{definition.office_kind}", "correction")
        rule = next((one for one in (rules.deadline(code, self._locality) for code in codes) if one is not None), None)
        limit = self._last_day(rule, {"received_on": on}, on)
        return None if limit is None else limit.due_on

    def _last_day(self, rule: DeadlineRule | None, told: Mapping[str, Any], on: date) -> Deadline | None:
        if rule is None:
            return None
        facts = self._definitions.vocabulary.complete(told)
        calendars = self._definitions.calendars
        limit = compute(rule, facts, self._definitions.rules.parameters, calendars, on, self._locality)
        return limit if isinstance(limit, Deadline) else None
