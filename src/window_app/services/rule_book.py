"""The rule book: decision tables to be read with their sources, and facts to be tried against them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.citations import CitedPlace, check_citations
from window_app.forms.statutes import StatuteLibrary
from window_app.rules.cells import Cell, compile_cell
from window_app.rules.chain import DecisionChain
from window_app.rules.outcomes import Outcome, evaluate_in
from window_app.rules.tables import HitPolicy, Row, Table, reads
from window_app.rules.values import UNCLEAR, FactType, Value, read_value
from window_app.services.answers import AnswerInvalid, read_answer

_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2100, 12, 31)


class CitationStanding(StrEnum):
    """How far a citation is confirmed: by the installed text, only recalled, without a text, or contradicted by it."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    TEXT_MISSING = "text_missing"
    CONTRADICTED = "contradicted"


class RowState(StrEnum):
    """What facts make of a row: it speaks, cannot speak, may still speak, or fits behind one that spoke before it."""

    FIRES = "fires"
    RULED_OUT = "ruled_out"
    OPEN = "open"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Source:
    """A citation with its standing."""

    citation: Citation
    standing: CitationStanding


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of a table with its sources."""

    row: Row
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A table as it stands in a locality; `columns` are the facts that some row tests, in order of the head."""

    table: Table
    columns: tuple[str, ...]
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table in the list of tables."""

    decision: str
    title: Text
    hit_policy: HitPolicy
    rows: int
    local_rows: int
    examples: int
    standings: Mapping[CitationStanding, int]


@dataclass(frozen=True, slots=True)
class TrialFact:
    """A fact that can be told to a table. `text` is its question, empty where the program itself supplies it."""

    name: str
    text: Text
    help: Text
    kind: str
    options: tuple[tuple[str, Text], ...]
    unclear: bool


@dataclass(frozen=True, slots=True)
class CellTrial:
    """A cell under trial: whether it passes, None where its fact is not known."""

    fact: str
    cell: Cell
    passed: bool | None


@dataclass(frozen=True, slots=True)
class RowTrial:
    """A row under trial with its cells in order."""

    id: str
    state: RowState
    cells: tuple[CellTrial, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a table answers to facts.

    Attributes:
        needs: facts on which the answer still depends, in order of asking; outputs of other tables
            are resolved to what those depend on.
        values: everything known, derived facts and the answers of other tables among them.
        on, locality: the day and the place whose law was asked; None for the nation.
    """

    decided: bool
    rows: tuple[RowTrial, ...]
    needs: tuple[str, ...]
    values: Mapping[str, Value]
    on: date
    locality: str | None


class RuleBook:
    """Shows the tables of one definition set. Not for two threads at once."""

    def __init__(self, definitions: DefinitionSet, statutes: StatuteLibrary, locality: str | None) -> None:
        """Take the law, the texts to hold citations against, and the locality of this station."""
        self._law = definitions
        self._statutes = statutes
        self.locality = locality
        self._chains: dict[str, DecisionChain] = {}
        self._elsewhere: dict[str | None, RuleBook] = {}

    def places(self) -> tuple[tuple[str, Text], ...]:
        """Return the localities that state something of their own, with their titles; the nation is not among them."""
        return tuple((code, place.title) for code, place in self._law.localities.items())

    def at(self, locality: str | None) -> "RuleBook":
        """Return the book as it stands in another locality, for the nation where it is None.

        Raises:
            WindowAppError: `rules.unknown_locality`.
        """
        if locality == self.locality:
            return self
        if locality not in self._elsewhere:
            self._law.rules.chain(locality)
            self._elsewhere[locality] = RuleBook(self._law, self._statutes, locality)
        return self._elsewhere[locality]

    def lines(self) -> tuple[TableLine, ...]:
        """Return the tables in the order in which they read each other."""
        return tuple(self._line(table) for table in self._tables().values())

    def standings(self) -> Mapping[CitationStanding, int]:
        """Return how many citations of tables and limits, of the nation and all localities, stand how."""
        rules = self._law.rules
        bases = [row.basis for table in rules.tables.values() for row in table.rows]
        bases += [change.row.basis for place in rules.localities.values() for change in place.changes if change.row]
        limits = (rules.deadlines.national, *rules.deadlines.local.values())
        bases += [rule.basis for own in limits for rule in own.values()]
        return Counter(self.standing(citation) for basis in bases for citation in basis)

    def standing(self, citation: Citation) -> CitationStanding:
        """Return how far the installed texts confirm a citation."""
        problems = check_citations(self._statutes, (CitedPlace(citation, "", "", 1),))
        if any(problem.is_mistake for problem in problems):
            return CitationStanding.CONTRADICTED
        if not citation.verified:
            return CitationStanding.UNVERIFIED
        return CitationStanding.TEXT_MISSING if problems else CitationStanding.VERIFIED

    def table(self, decision: str) -> RuleTable:
        """Return a table as it stands in this station's locality.

        Raises:
            WindowAppError: `rules.no_such_table`.
        """
        table = self._table(decision)
        tested = {name for row in table.rows for name, _ in row.when}
        columns = tuple(name for name in table.inputs if name in tested)
        rows = tuple(RuleRow(row, tuple(self._sources(row.basis))) for row in table.rows)
        return RuleTable(table, columns, rows)

    def facts(self, decision: str) -> tuple[TrialFact, ...]:
        """Return what can be told to a table, what its cells test or what that is made of.

        Those with a question stand in the order of asking, those that the program supplies after them.

        Raises:
            WindowAppError: `rules.no_such_table`.
        """
        names = dict.fromkeys(self._told(self._table(decision)))
        order = {name: place for place, name in enumerate(self._law.vocabulary.names())}
        known = [
            self._trial_fact(decision, name) for name in sorted(names, key=lambda name: order.get(name, len(order)))
        ]
        return tuple(sorted(known, key=lambda fact: not fact.text))

    def read(self, fact: TrialFact, typed: Value) -> Value:
        """Return the JSON value of what was typed or chosen for a fact.

        Raises:
            AnswerInvalid: the text is no such value; the code says what is expected.
        """
        value = read_answer(fact.kind, typed, values=dict(fact.options), unclear=fact.unclear)
        known = self._law.vocabulary.find(fact.name)
        if known is not None:
            try:
                self._law.vocabulary.read_fact(fact.name, value)
            except WindowAppError:
                raise AnswerInvalid("answer.out_of_range") from None
        return value

    def day(self, typed: str) -> date:
        """Return the day that was typed for a trial.

        Raises:
            AnswerInvalid: `answer.date`, or `answer.out_of_range` for a day on which no law of the counter can stand.
        """
        day = date.fromisoformat(str(read_answer("date", typed)))
        if not _FIRST_DAY <= day <= _LAST_DAY:
            raise AnswerInvalid("answer.out_of_range")
        return day

    def try_facts(self, decision: str, facts: Mapping[str, Value], on: date) -> Trial:
        """Return what a table answers to JSON facts on a day in this book's locality, row by row.

        A limit that ends in days off is still kept on the next working day, as at the counter.

        Raises:
            WindowAppError: `rules.no_such_table`, `fact.unknown`, `fact.invalid`.
        """
        table = self._table(decision)
        read = {name: self._read(table, name, value) for name, value in facts.items() if value is not None}
        read.setdefault("in_time_from", self._law.calendars.in_time_from(on))
        outcome, values = self._answer(table, read, on)
        rows = tuple(_row_trial(row, outcome, values) for row in table.rows)
        return Trial(outcome.decided, rows, outcome.needs, values, on, self.locality)

    def _answer(self, table: Table, facts: Mapping[str, Value], on: date) -> tuple[Outcome, dict[str, Value]]:
        """Return a table's answer after those of the tables it reads, and all that was known to it."""
        known = dict(facts)
        pending: dict[str, tuple[str, ...]] = {}
        for other in self._read_by(table):
            answer, _ = self._answer(other, facts, on)
            for output in other.outputs:
                name = f"{other.decision}.{output}"
                if answer.decided:
                    known.setdefault(name, answer.outputs.get(output, ()))
                else:
                    pending[name] = answer.needs
        chain = self._chain(table)
        if table.each is not None and not table.over_records and table.each.alias not in known:
            # Without its item a table stands for all of them at once: nothing to read, and slow to think through.
            return Outcome(False, (), {}, (table.each.alias,)), chain.values(known, on)
        outcome = evaluate_in(chain, table, known, on)
        order = {name: place for place, name in enumerate(self._law.vocabulary.names())}
        asked = dict.fromkeys(part for name in outcome.needs for part in pending.get(name, (name,)))
        needs = tuple(sorted(asked, key=lambda name: order.get(name, len(order))))
        return Outcome(outcome.decided, outcome.rows, outcome.outputs, needs), chain.values(known, on)

    def _read_by(self, table: Table) -> Iterator[Table]:
        tested = {name for row in table.rows for name, cell in row.tests for name in (name, *cell.references)}
        for decision in reads(table):
            if any(name.startswith(f"{decision}.") for name in tested):
                yield self._table(decision)

    def _chain(self, table: Table) -> DecisionChain:
        if table.decision not in self._chains:
            rules = self._law.rules
            self._chains[table.decision] = DecisionChain([table], rules.vocabulary, rules.parameters, self.locality)
        return self._chains[table.decision]

    def _tables(self) -> Mapping[str, Table]:
        return self._law.rules.tables_for(self.locality)

    def _table(self, decision: str) -> Table:
        found = self._tables().get(decision)
        if found is None:
            raise WindowAppError("rules.no_such_table", decision=decision)
        return found

    def _line(self, table: Table) -> TableLine:
        standings = Counter(self.standing(citation) for row in table.rows for citation in row.basis)
        examples = sum(1 for _ in table.source.at("examples").items())
        local = sum(row.locality is not None for row in table.rows)
        return TableLine(table.decision, table.title, table.hit_policy, len(table.rows), local, examples, standings)

    def _sources(self, basis: Iterable[Citation]) -> Iterator[Source]:
        for citation in basis:
            yield Source(citation, self.standing(citation))

    def _told(self, table: Table) -> Iterator[str]:
        if table.each is not None and not table.over_records:
            yield table.each.alias
        for row in table.rows:
            for tested, cell in row.tests:
                for name in (tested, *cell.references):
                    yield from self._made_of(table, name)

    def _made_of(self, table: Table, name: str) -> Iterator[str]:
        if name.startswith("parameter(") or name in ("applied_on", "locality"):
            return
        if name in table.scope.outputs:
            yield from self._told(self._table(name.partition(".")[0]))
            return
        fact = table.scope.fact(name)
        if fact is not None and fact.ask is None and fact.derivation is not None:
            for source in fact.derivation.sources:
                yield from self._made_of(table, source)
        elif fact is None or fact.type is not FactType.LIST:
            yield name

    def _trial_fact(self, decision: str, name: str) -> TrialFact:
        fact = self._law.vocabulary.find(name)
        if fact is not None:
            options = tuple(fact.values.items())
            return TrialFact(name, fact.ask or {}, fact.help or {}, fact.type.value, options, fact.unclear)
        kind = self._table(decision).scope.find(name)
        return TrialFact(name, {}, {}, "text" if kind is None else kind.type.value, (), unclear=False)

    def _read(self, table: Table, name: str, value: Any) -> Value:  # noqa: ANN401 - JSON
        kind = table.scope.find(name)
        if kind is None or table.scope.fact(name) is not None or name in self._law.vocabulary:
            return self._law.vocabulary.read_fact(name, value)
        try:
            return value if value == UNCLEAR else read_value(kind.type, value)
        except ValueError:
            raise WindowAppError("fact.invalid", fact=name, type=kind.type.value) from None


def _row_trial(row: Row, outcome: Outcome, values: Mapping[str, Value]) -> RowTrial:
    cells = tuple(CellTrial(name, cell, _passes(name, cell, values)) for name, cell in row.tests)
    if any(fired.id == row.id for fired in outcome.rows):
        state = RowState.FIRES
    elif any(cell.passed is False for cell in cells):
        state = RowState.RULED_OUT
    elif outcome.decided:
        state = RowState.BEHIND
    else:
        state = RowState.OPEN
    return RowTrial(row.id, state, cells)


def _passes(name: str, cell: Cell, values: Mapping[str, Value]) -> bool | None:
    if values.get(name) is None or any(values.get(other) is None for other in cell.references):
        return None
    return compile_cell(cell)(values[name], values)
