"""What the law says of a draft today: the facts gathered from interview and form, put to the tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from window_app.clock import Clock, legal_date
from window_app.domain.assessment import Assessment, Deadline, MatterAssessment, RouteOption, RouteStanding, Text
from window_app.domain.ports import Station
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.forms import DefinitionSet, FormFilling, Problem
from window_app.forms.definitions import MatterDefinition
from window_app.forms.told import told_facts
from window_app.rules.commitment_exclusions import Exclusion, commitment_exclusions
from window_app.rules.deadlines import compute
from window_app.rules.triage import assess
from window_app.services.answer_limits import AnswerLimits

CANDIDATES = "candidates"
"""The decision that says which routes there are."""
WARNINGS = "warnings"
"""The decision that says which risks there are, whatever the route."""
_CHOOSING_ROUNDS = 3
_AHEAD = timedelta(minutes=30)
"""How long before midnight the next day is made ready."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A warning of the law; `papers` are the kinds of paper that say it, None for all."""

    text: Text
    papers: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class JudgedMatter:
    """A matter with what the law says of it.

    Attributes:
        option: the route chosen, as the law sees it; None where none was chosen or its standing is not known.
        offered: the routes that the law offers, whatever was chosen.
        definition: the form's matter, where the route chosen has a form here.
        filling: the form as filled in so far.
        problems: what is wrong with or missing from the form.
        facts: all that was told of the matter and of the visit, as the rules read it.
        risks: the warnings of the matter, with the papers that say them.
        office: who answers to papers taken in: the competent office, or the one of this district where
            papers are handed in here although another office is competent; None where it is not known.
    """

    draft: MatterDraft
    assessment: MatterAssessment
    option: RouteOption | None
    offered: tuple[str, ...]
    definition: MatterDefinition | None
    filling: FormFilling | None
    problems: tuple[Problem, ...]
    facts: Mapping[str, Any]
    risks: tuple[Risk, ...]
    office: str | None

    @property
    def is_taken_in(self) -> bool:
        """Whether it becomes a case; otherwise it ends with a slip, with a form or without."""
        return self.definition is not None and self.definition.is_taken_in

    def risks_on(self, paper: str) -> tuple[Text, ...]:
        """Return the warnings that a kind of paper says, each once."""
        shown = (risk.text for risk in self.risks if risk.papers is None or paper in risk.papers)
        return tuple({text["zh"]: text for text in shown}.values())


@dataclass(frozen=True, slots=True)
class _Judged:
    draft: VisitDraft
    on: date
    assessment: Assessment
    matters: tuple[JudgedMatter, ...]


@dataclass(frozen=True, slots=True)
class _Filled:
    draft: VisitDraft
    on: date
    forms: dict[str, FormFilling | None]


class Judge:
    """Puts drafts to the decision tables."""

    def __init__(self, definitions: DefinitionSet, station: Station, clock: Clock) -> None:
        self._definitions = definitions
        self._station = station
        self._clock = clock
        self._limits = AnswerLimits(definitions, station)
        self._last: _Judged | None = None
        self._forms: dict[tuple[str, str], FormFilling] = {}
        self._filled: _Filled | None = None
        self._prepared: frozenset[date] = frozenset()

    def matter_for(self, draft: VisitDraft, key: str) -> MatterDefinition | None:
        """Return what a draft's matter is taken in as, by its route and all that is known; None where it is not."""
        filling = self.filling(draft, key)
        return None if filling is None else filling.matter

    def filling(self, draft: VisitDraft, key: str, on: date | None = None) -> FormFilling | None:
        """Return the form of a matter by its chosen route and all that is known; None where no form belongs to it."""
        # Drafts are immutable: a form is filled in once for all who ask for it.
        day = on or draft.legal_day(self._clock.today())
        filled = self._filled
        if filled is None or filled.draft is not draft or filled.on != day:
            filled = self._filled = _Filled(draft, day, {})
        if key not in filled.forms:
            filled.forms[key] = self._filling(draft, key, day)
        return filled.forms[key]

    def _filling(self, draft: VisitDraft, key: str, on: date) -> FormFilling | None:
        """Fill in the form that the facts call for, and anew while what it tells calls for another."""
        vocabulary, route = self._definitions.vocabulary, draft.matter(key).route
        known = told = told_facts(vocabulary, draft, key, {"applied_on": on, **self.station_facts()})
        filling: FormFilling | None = None
        for _ in range(_CHOOSING_ROUNDS):
            code = self._definitions.matter_of(route, known)
            if code == self._definitions.matter_for_route.get(route or ""):
                # A list still being typed does not undo what was told at the interview.
                code = self._definitions.matter_of(route, told)
            if code is None or (filling is not None and filling.matter.code == code):
                break
            filling = self.filling_of(self._definitions.matters[code], draft, key, on)
            known = filling.known_facts()
        return filling

    def filling_of(
        self, definition: MatterDefinition, draft: VisitDraft, key: str, on: date | None = None
    ) -> FormFilling:
        """Return a form as a draft's matter fills it, whether its route was chosen or not."""
        day = on or draft.legal_day(self._clock.today())
        known = self._forms.get((definition.code, key))
        if known is not None and known.is_of(draft, day):
            return known
        filling = FormFilling(definition, self._definitions, draft, key, day, self.station_facts(), known)
        self._forms[definition.code, key] = filling
        return filling

    def assess(self, draft: VisitDraft) -> Assessment:
        """Return what the law says of the visit on its legal day."""
        return self._judged(draft, draft.legal_day(self._clock.today())).assessment

    def judge(self, draft: VisitDraft, on: date) -> tuple[JudgedMatter, ...]:
        """Return, matter by matter, what the law says on a day and what it means for the route chosen."""
        return self._judged(draft, on).matters

    def offered(self, draft: VisitDraft, key: str) -> tuple[str, ...]:
        """Return the routes that the law offers for a matter today, whatever was chosen."""
        matters = self._judged(draft, draft.legal_day(self._clock.today())).matters
        return next(matter.offered for matter in matters if matter.draft.key == key)

    def answer_limit(self, matter: JudgedMatter, on: date) -> Deadline | None:
        """Return the limit of the office's answer to papers taken in on a day; None where no date can be given."""
        rules = self._definitions.rules
        code = None if matter.definition is None else matter.definition.answer_deadline
        rule = None if code is None else rules.deadline(code, self._station.locality)
        if rule is None:
            return None
        facts = self._definitions.vocabulary.complete({**matter.facts, "received_on": on})
        limit = compute(rule, facts, rules.parameters, self._definitions.calendars, on, self._station.locality)
        return limit if isinstance(limit, Deadline) else None

    def correction_limit(self, matter: JudgedMatter, on: date) -> Deadline | None:
        """Return the locality's limit for putting right what a notice of this day names; None where it gives none.

        There is no national period, and none is made up: `correction_<kind of office>`, else `correction`.
        """
        rules, locality = self._definitions.rules, self._station.locality
        if matter.definition is None:
            return None
        codes = (f"correction_{matter.definition.office_kind}", "correction")
        rule = next((found for code in codes if (found := rules.deadline(code, locality)) is not None), None)
        if rule is None:
            return None
        facts = self._definitions.vocabulary.complete({**matter.facts, "received_on": on})
        limit = compute(rule, facts, rules.parameters, self._definitions.calendars, on, locality)
        return limit if isinstance(limit, Deadline) else None

    def promised_limit(self, matter: JudgedMatter, on: date) -> Deadline | None:
        """Return the limit promised for the answer to papers taken in on a day; None where nothing was promised."""
        if matter.definition is None:
            return None
        return self._limits.of_matter(matter.definition, {**matter.facts, "received_on": on}, on).promised

    def commitment_exclusions(self, facts: Mapping[str, Any], on: date | None = None) -> tuple[Exclusion, ...]:
        """Return why no commitment may be made, by the facts of the exclusion table; nothing where one may.

        What the catalogue itself tells comes from `CommitmentDefinition.facts`. A fact that was not looked up and
        could exclude gives the exclusion `UNCHECKED`, which names it: nothing passes unseen. Outside a practice hall
        only articles that bind in its locality are named.

        Raises:
            WindowAppError: `catalogue.no_table`, `fact.invalid`.
        """
        day = on or self._clock.today()
        found = commitment_exclusions(self._definitions.rules, facts, day, locality=self._station.locality)
        if self._station.practice:
            return found
        binding = partial(self._definitions.binding, locality=self._station.locality)
        return tuple(replace(one, citations=binding(one.citations)) for one in found)

    def prepare(self) -> tuple[date, ...]:
        """Put the first questions of a visit to the tables, so that the day's first visitor does not wait for it.

        What the tables make of facts that hang together depends on the day; made once for each, it is kept. Asked
        shortly before midnight it makes tomorrow ready too, so that a desk left open does not wait either.

        Returns:
            The days that were made ready now; none where they were before.
        """
        now = self._clock.now()
        days = dict.fromkeys((legal_date(now), legal_date(now + _AHEAD)))
        fresh = tuple(day for day in days if day not in self._prepared)
        for day in fresh:
            self._prepare(day)
        self._prepared = frozenset(days)
        return fresh

    def _prepare(self, on: date) -> None:
        kinds = self._definitions.vocabulary.find("matter_kind")
        begun = {"visitor": "worker", "capacity": "ordinary"}
        told: list[tuple[dict[str, Any], dict[str, Any]]] = [({}, {})]
        for kind in () if kinds is None else kinds.values:
            told += [(dict(list(begun.items())[:known]), {"matter_kind": kind}) for known in range(len(begun) + 1)]
        for visit, matter in told:
            assess(
                self._definitions.rules,
                {**self._definitions.vocabulary.read_facts(visit), "applied_on": on, **self.station_facts()},
                [("m1", self._definitions.vocabulary.read_facts(matter), None)],
                on,
                locality=self._station.locality,
                working_days=self._definitions.calendars,
                matter_of=self._definitions.matter_of,
                definition_set=self._definitions.content_hash,
            )

    def _judged(self, draft: VisitDraft, on: date) -> _Judged:
        # Drafts are immutable, so a screen's questions about the same one are answered once.
        last = self._last
        if last is None or last.draft is not draft or last.on != on:
            last = self._last = self._judge_anew(draft, on)
        return last

    def _judge_anew(self, draft: VisitDraft, on: date) -> _Judged:
        vocabulary = self._definitions.vocabulary
        visit_facts = {**vocabulary.read_facts(draft.facts), "applied_on": on, **self.station_facts()}
        fillings = [self.filling(draft, matter.key, on) for matter in draft.matters]
        facts = [
            {**vocabulary.read_facts(matter.facts), **({} if filling is None else filling.facts())}
            for matter, filling in zip(draft.matters, fillings, strict=True)
        ]
        assessment = assess(
            self._definitions.rules,
            visit_facts,
            [(matter.key, own, matter.route) for matter, own in zip(draft.matters, facts, strict=True)],
            on,
            locality=self._station.locality,
            working_days=self._definitions.calendars,
            matter_of=self._definitions.matter_of,
            definition_set=self._definitions.content_hash,
        )
        by_key = {matter.key: matter for matter in assessment.matters}
        matters = tuple(
            self._judged_matter(matter, by_key[matter.key], filling, {**visit_facts, **own})
            for matter, filling, own in zip(draft.matters, fillings, facts, strict=True)
        )
        return _Judged(draft, on, assessment, matters)

    def _judged_matter(
        self, matter: MatterDraft, assessment: MatterAssessment, filling: FormFilling | None, facts: Mapping[str, Any]
    ) -> JudgedMatter:
        option = next((one for one in assessment.routes if one.route == matter.route), None)
        return JudgedMatter(
            draft=matter,
            assessment=assessment,
            option=option,
            offered=self._offered(assessment),
            definition=None if filling is None else filling.matter,
            filling=filling,
            problems=() if filling is None else filling.problems(),
            facts=facts,
            risks=tuple(self._risks(assessment)),
            office=self._answering(option),
        )

    def _answering(self, option: RouteOption | None) -> str | None:
        if option is None or option.standing is not RouteStanding.ELSEWHERE:
            return None if option is None else option.office
        offices = self._definitions.offices.values()
        here = (one.code for one in offices if option.route in one.serves and one.district == self._station.district)
        return next(here, None)

    def _risks(self, matter: MatterAssessment) -> Iterator[Risk]:
        table = self._definitions.rules.tables_for(self._station.locality)[WARNINGS]
        fired = {each.row for each in matter.trace if each.decision == WARNINGS}
        for row in table.rows:
            if row.id in fired:
                yield Risk(row.then.get("text") or row.reason, row.then.get("printed"))

    def _offered(self, matter: MatterAssessment) -> tuple[str, ...]:
        """Return the routes of the row that decided; the assessment also lists a chosen route outside of them."""
        table = self._definitions.rules.tables_for(self._station.locality)[CANDIDATES]
        decided = {fired.row for fired in matter.trace if fired.decision == CANDIDATES}
        return tuple(route for row in table.rows if row.id in decided for route in row.then.get("routes", ()))

    def station_facts(self) -> Mapping[str, Any]:
        """Return the facts that the station gives: its district, and its locality where it has one."""
        facts = {"district": self._station.district}
        if self._station.locality is not None:
            facts["locality"] = self._station.locality
        return facts
