"""The law on a visit: routes with reasons and limits, and the questions that still matter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from window_app.domain.assessment import (
    Assessment,
    Citation,
    Deadline,
    Fired,
    MatterAssessment,
    Question,
    RouteOption,
    RouteStanding,
    Text,
)
from window_app.domain.working_days import WorkingDays
from window_app.rules import deadlines
from window_app.rules.chain import DecisionChain
from window_app.rules.deadlines import OpenLimit
from window_app.rules.evaluation import Decisions, Verdict
from window_app.rules.outcomes import askable, asked_for, gathered, tested_facts
from window_app.rules.ruleset import RuleSet
from window_app.rules.tables import Row
from window_app.rules.values import Value

MatterOf = Callable[[str, Mapping[str, Value]], str | None]
"""Gives the code of the matter definition that a route is taken in as, by completed facts."""
MatterFacts = tuple[str, Mapping[str, Value], str | None]
"""A matter's key, its own facts, and the route that the visitor chose, None before."""


def assess(
    ruleset: RuleSet,
    visit_facts: Mapping[str, Value],
    matters: Sequence[MatterFacts],
    on: date,
    *,
    locality: str | None,
    working_days: WorkingDays,
    matter_of: MatterOf,
    definition_set: str,
) -> Assessment:
    """Return the law on a visit as far as the facts decide it.

    Args:
        ruleset: the law.
        visit_facts: facts of the whole visit, as `Vocabulary.read_facts` gives them.
        matters: each matter with its own facts and the route chosen.
        on: the legal date of the visit.
        locality: whose changes hold; None for the national law alone.
        working_days: the calendars.
        matter_of: code of the matter definition whose form a route takes, by what is known.
        definition_set: hash of the set that `ruleset` came from.

    Raises:
        WindowAppError: `rules.unknown_locality`.
    """
    day = visit_facts.get("applied_on", on)
    told = {"in_time_from": working_days.in_time_from(day), **visit_facts}
    assessed = tuple(
        _Matter(ruleset, key, {**told, **facts}, chosen, on, locality, working_days, matter_of).assessed()
        for key, facts, chosen in matters
    )
    asked = dict.fromkeys(question for matter in assessed for question in matter.next)
    ordered = tuple(sorted(asked, key=lambda question: ruleset.vocabulary.places[question.fact]))
    return Assessment(assessed, ordered, definition_set, locality, on)


@dataclass(frozen=True, slots=True)
class _Limits:
    """The limits of a route: those with a last day, and why the others have none."""

    running: tuple[Deadline, ...]
    open: tuple[OpenLimit, ...]


class _Matter:
    """One matter while it is assessed."""

    def __init__(
        self,
        ruleset: RuleSet,
        key: str,
        facts: Mapping[str, Value],
        chosen: str | None,
        on: date,
        locality: str | None,
        working_days: WorkingDays,
        matter_of: MatterOf,
    ) -> None:
        self._ruleset = ruleset
        self._key = key
        self._chosen = chosen
        self._on = on
        self._locality = locality
        self._working_days = working_days
        self._matter_of = matter_of
        self._chain: DecisionChain = ruleset.decisions(locality)
        self._values = self._chain.values(facts, on)
        self._contradicted = ruleset.vocabulary.contradicted(self._values)
        self._decisions: Decisions = self._chain.decide(self._values, chosen)
        self._limits: dict[str, _Limits] = {}

    def assessed(self) -> MatterAssessment:
        """Return all that the law says of the matter; of facts that contradict each other nothing but that."""
        return self._reopened() if self._contradicted else self._judged()

    def _reopened(self) -> MatterAssessment:
        """Return no answer, what is wrong, and the questions whose answers contradict each other."""
        tested = [fact for each in self._contradicted for fact in each.condition.facts]
        roots = dict.fromkeys(root for fact in tested for root in self._ruleset.vocabulary.roots(fact))
        kind = self._values.get("matter_kind")
        return MatterAssessment(
            key=self._key,
            matter_kind=kind if isinstance(kind, str) else None,
            decided=False,
            routes=(),
            papers=(),
            forbidden=(),
            warnings=tuple(each.message for each in self._contradicted),
            next=self._asked(root for root in roots if self._values.get(root) is not None),
            trace=(),
        )

    def _judged(self) -> MatterAssessment:
        candidates = self._verdict("candidates")
        offered = self._items() if candidates.decided else ()
        shown = offered if self._chosen is None or self._chosen in offered else (*offered, self._chosen)
        known = [route for route in shown if self._verdict("standing", route).decided]
        for route in known:
            self._limits[route] = self._limits_of(route)
        questions = self._questions(known)
        routes = tuple(self._option(route, candidates) for route in known)
        kind = self._values.get("matter_kind")
        return MatterAssessment(
            key=self._key,
            matter_kind=kind if isinstance(kind, str) else None,
            decided=candidates.decided and not questions and set(self._wanted(shown)) <= set(known),
            routes=routes,
            papers=self._papers(routes),
            forbidden=tuple(entry for route in known for entry in self._forbidden(route)),
            warnings=tuple(self._texts(self._verdict("warnings"))),
            next=questions,
            trace=tuple(self._trace(known)),
            pending_routes=tuple(route for route in self._items() if route not in known),
        )

    def _verdict(self, decision: str, route: str | None = None) -> Verdict:
        found = self._decisions.verdicts.get((decision, route))
        return found or Verdict(decided=decision != "candidates", fired=())

    def _items(self) -> tuple[str, ...]:
        listed = self._decisions.items.get("candidates.routes")
        if listed is not None:
            return listed
        fired = self._verdict("candidates").fired
        return fired[0].then.get("routes", ()) if fired else ()

    def _questions(self, routes: Sequence[str]) -> tuple[Question, ...]:
        vocabulary = self._ruleset.vocabulary
        needed = asked_for(vocabulary, self._decisions.relevant, self._values)
        limits = [limit for route in self._wanted(routes) for limit in self._limits[route].open]
        missing = [name for limit in limits for name in limit.facts if self._values.get(name) is None]
        names = dict.fromkeys((*needed, *asked_for(vocabulary, missing, self._values)))
        return self._asked(names)

    def _asked(self, names: Iterable[str]) -> tuple[Question, ...]:
        vocabulary = self._ruleset.vocabulary
        asked = [vocabulary.get(name) for name in names if askable(vocabulary, name)]
        asked.sort(key=lambda fact: fact.order)
        return tuple(Question(fact.name, self._key if fact.scope == "matter" else None) for fact in asked)

    def _wanted(self, routes: Sequence[str]) -> tuple[str, ...]:
        """Return the routes that count: the chosen one, all while none is chosen."""
        return tuple(route for route in routes if self._chosen is None or route == self._chosen)

    def _limits_of(self, route: str) -> _Limits:
        running, still_open = [], []
        for row in self._verdict("limits", route).fired:
            for code in _codes(row, "deadline"):
                rule = self._ruleset.deadline(code, self._locality)
                if rule is None:
                    continue
                limit = deadlines.compute(
                    rule, self._values, self._ruleset.parameters, self._working_days, self._on, self._locality
                )
                if isinstance(limit, Deadline):
                    running.append(limit)
                else:
                    still_open.append(limit)
        return _Limits(tuple(running), tuple(still_open))

    def _option(self, route: str, candidates: Verdict) -> RouteOption:
        routed = candidates.fired[0] if candidates.fired else None
        judged = self._verdict("standing", route).fired
        standing = RouteStanding(judged[0].then.get("standing", RouteStanding.OPEN)) if judged else RouteStanding.OPEN
        rows = [row for row in (routed, *judged) if row is not None]
        venue = self._verdict("venue", route)
        limits = self._limits[route]
        return RouteOption(
            route=route,
            recommended=routed is not None and routed.then.get("recommended") == route,
            standing=standing,
            matter=self._matter_of(route, self._values),
            office=venue.fired[0].then.get("office") if venue.fired else None,
            reason=_joined(row.reason for row in rows),
            basis=_distinct(citation for row in rows for citation in row.basis),
            limits=limits.running,
            limit_text=routed.then.get("limit") or {} if routed is not None else {},
            tell=tuple(self._texts(self._verdict("tell", route))),
            papers=tuple(code for row in self._verdict("papers", route).fired for code in _codes(row, "paper")),
            open_limits={limit.rule: limit.reason.value for limit in limits.open},
        )

    def _papers(self, routes: Sequence[RouteOption]) -> tuple[str, ...]:
        wanted = self._wanted([option.route for option in routes])
        return tuple(dict.fromkeys(paper for option in routes if option.route in wanted for paper in option.papers))

    def _forbidden(self, route: str) -> Iterable[Mapping[str, object]]:
        for row in self._verdict("forbidden", route).fired:
            for paper in _codes(row, "paper"):
                text = row.then.get("text") or row.reason
                yield {"paper": paper, "route": route, "text": text, "basis": row.basis, "row": row.id}

    def _texts(self, verdict: Verdict) -> Iterable[Text]:
        for row in verdict.fired:
            text = row.then.get("text") or row.reason
            yield from text if isinstance(text, tuple) else (text,)

    def _trace(self, routes: Sequence[str]) -> Iterable[Fired]:
        values = {item: {**self._values, **self._told(item)} for item in (None, *routes)}
        for (decision, item), verdict in self._decisions.verdicts.items():
            if item in values:
                for row in verdict.fired:
                    facts = tested_facts(row, values[item])
                    yield Fired(decision, row.id, item, facts, row.basis, row.locality)

    def _told(self, item: str | None) -> dict[str, Value]:
        """Return what the decisions themselves supply to the cells of other decisions."""
        told: dict[str, Value] = {}
        for (decision, other), verdict in self._decisions.verdicts.items():
            if other in (None, item):
                outputs = gathered(self._chain.tables[self._chain.number[decision]].table, verdict)
                told.update({f"{decision}.{name}": value for name, value in outputs.items()})
        return told if item is None else {**told, "route": item}


def _codes(row: Row, name: str) -> tuple[str, ...]:
    value = row.then.get(name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for citation in citations:
        if citation not in found:
            found.append(citation)
    return tuple(found)


def _joined(reasons: Iterable[Text]) -> Text:
    """Return several reasons as one text, each on a line of its own."""
    told: dict[str, list[str]] = {}
    for reason in reasons:
        for language, text in reason.items():
            lines = told.setdefault(language, [])
            if text not in lines:
                lines.append(text)
    return {language: "\n".join(lines) for language, lines in told.items()}
