"""The practice quiz: cases of the definitions' own examples, answered by a clerk before the law answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from window_app.domain.assessment import Citation, Text
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules.chain import DecisionChain
from window_app.rules.outcomes import evaluate_in, tested_facts
from window_app.rules.ruleset import RuleSet
from window_app.rules.source import Source
from window_app.rules.tables import Table
from window_app.rules.values import Value

DECISION = "candidates"
ROUTE = "route"
MOST_OPTIONS = 6
WRONG_OPTIONS = 3


class QuizVerdict(StrEnum):
    """Of an answer: the route to suggest, one that is open too, or one that the law does not offer here."""

    RIGHT = "right"
    OPEN_TOO = "open_too"
    WRONG = "wrong"


class NoCases(WindowAppError):
    """The definitions hold no example that a quiz could be made of."""

    code = "quiz.no_cases"


@dataclass(frozen=True, slots=True)
class QuizCase:
    """A case to be judged.

    Attributes:
        name: what its author called it, in Chinese.
        facts: what the visitor said, as JSON values by fact, in order of asking.
        options: the routes to choose among, with their labels.
        routes, recommended: what the law offers, and what it suggests first.
        row: the row that says so, with its reason, its limit and its sources.
        trace: the facts that made that row speak, as JSON values.
    """

    name: str
    on: date
    locality: str | None
    facts: Mapping[str, Value]
    options: tuple[tuple[str, Text], ...]
    routes: tuple[str, ...]
    recommended: str
    row: str
    reason: Text
    limit: Text
    basis: tuple[Citation, ...]
    trace: Mapping[str, Value]


class Quiz:
    """Draws cases in an order of its own, each once before any comes again; remembers nothing of who answers."""

    def __init__(self, definitions: DefinitionSet, on: date, random: Random) -> None:
        """Take the law, the day for examples without one, and where chance comes from."""
        self._law = definitions
        self._on = on
        self._random = random
        self._waiting: list[QuizCase] = []
        self.right = 0
        self.wrong = 0

    def cases(self) -> tuple[QuizCase, ...]:
        """Return every case there is, in the order of the definitions."""
        return tuple(self._cases())

    def draw(self) -> QuizCase:
        """Return the next case.

        Raises:
            NoCases: there is none.
        """
        if not self._waiting:
            self._waiting = list(self._cases())
            self._random.shuffle(self._waiting)
        if not self._waiting:
            raise NoCases
        return self._waiting.pop()

    def judge(self, case: QuizCase, route: str) -> QuizVerdict:
        """Judge an answer and count it; a route that is open too counts as right, for the visitor may choose it."""
        if route not in case.routes:
            self.wrong += 1
            return QuizVerdict.WRONG
        self.right += 1
        return QuizVerdict.RIGHT if route == case.recommended else QuizVerdict.OPEN_TOO

    def start_over(self) -> None:
        """Begin a sitting: nothing counted yet."""
        self.right = self.wrong = 0

    def _cases(self) -> Iterator[QuizCase]:
        rules = self._law.rules
        chains: dict[str | None, DecisionChain] = {}
        for source, place in _examples(rules):
            locality = str(source.at("locality").content) if source.has("locality") else place
            if locality not in chains:
                table = rules.tables_for(locality)[DECISION]
                chains[locality] = DecisionChain([table], rules.vocabulary, rules.parameters, locality)
            case = self._case(source, chains[locality], locality)
            if case is not None:
                yield case

    def _case(self, source: Source, chain: DecisionChain, locality: str | None) -> QuizCase | None:
        """Return the case of an example; None where it leaves the route open or cannot be put to a visitor."""
        table: Table = chain.tables[0].table
        told = dict(source.at("facts").content or {})
        vocabulary = self._law.vocabulary
        if any(name not in vocabulary for name in told):
            return None
        facts = vocabulary.read_facts(told)
        given = facts.get("applied_on") or source.at("on").optional_day()
        on = given if isinstance(given, date) else self._on
        outcome = evaluate_in(chain, table, facts, on)
        row = outcome.rows[0] if outcome.decided and outcome.rows else None
        routes = row.then.get("routes", ()) if row is not None else ()
        if row is None or not routes:
            return None
        recommended = str(row.then.get("recommended") or routes[0])
        values = chain.values(facts, on)
        return QuizCase(
            name=str(source.at("name").content),
            on=on,
            locality=locality,
            facts={name: told[name] for name in vocabulary.names() if name in told and name != "applied_on"},
            options=self._options(routes, recommended),
            routes=tuple(routes),
            recommended=recommended,
            row=row.id,
            reason=row.reason,
            limit=row.then.get("limit") or {},
            basis=row.basis,
            trace=tested_facts(row, values),
        )

    def _options(self, routes: tuple[str, ...], recommended: str) -> tuple[tuple[str, Text], ...]:
        """Return the routes offered and some that are not, shuffled: the place tells nothing."""
        labels = self._law.vocabulary.get(ROUTE).values
        others = [route for route in labels if route not in routes]
        wrong = self._random.sample(others, min(WRONG_OPTIONS, len(others)))
        offered = [recommended, *(route for route in routes if route != recommended)]
        chosen = [*offered[: MOST_OPTIONS - len(wrong)], *wrong]
        self._random.shuffle(chosen)
        return tuple((route, labels[route]) for route in chosen)


def _examples(rules: RuleSet) -> Iterator[tuple[Source, str | None]]:
    """Yield the examples of the table of routes, national ones and those of localities."""
    for source in rules.tables[DECISION].source.at("examples").items() if DECISION in rules.tables else ():
        yield source, None
    for place in rules.localities.values():
        if DECISION in place.examples:
            for source in place.examples[DECISION].items():
                yield source, place.code
