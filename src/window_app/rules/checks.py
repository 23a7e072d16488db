"""Static checks of decision tables: gaps, overlaps, dead rows; and the examples beside them.

The space of all answers is divided fact by fact into the classes that no cell can tell apart, and
from each part the rows that do not fit are taken away, until what is left is decided; equal parts
are looked at once. A table is judged with the decisions it reads, so a combination that they never
let through is no gap. Each period between two dates of validity is judged by itself, and so is each
locality.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from window_app.rules.chain import DecisionChain
from window_app.rules.compiled import NO_ROW, CompiledTable, bits
from window_app.rules.diagrams import Diagram, Leaf, labels, way_to
from window_app.rules.evaluation import Evaluation
from window_app.rules.examples import run_examples
from window_app.rules.findings import Finding, Proof, weakest
from window_app.rules.ruleset import RuleSet
from window_app.rules.tables import HitPolicy, Row, Table
from window_app.rules.values import Value, write_value

_LATEST = date(2026, 1, 1)
"""The day looked at where no row has a date."""

_NOT_OFFERED = ("not offered",)


def check(ruleset: RuleSet) -> list[Finding]:
    """Return everything wrong with the tables of a rule set, in order of file and line."""
    found = [finding for proof in prove(ruleset) for finding in proof.findings]
    found += run_examples(ruleset)
    unique = {(one.file, one.line, one.code, str(one.params)): one for one in reversed(found)}
    return sorted(unique.values(), key=lambda one: (one.file, one.line, one.code))


def prove(ruleset: RuleSet) -> Iterator[Proof]:
    """Yield the answer to each question about each table, national first, then by locality.

    For a locality only the tables are judged that it changes, and those that read them.
    """
    for locality in (None, *ruleset.localities):
        chain = ruleset.decisions(locality)
        touched = set(chain.number) if locality is None else _touched(ruleset, locality, chain)
        yield from _prove_chain(chain, touched, locality)
        for table in ruleset.tables_for(locality).values():
            if table.stands_apart and (locality is None or table is not ruleset.tables[table.decision]):
                alone = DecisionChain([table], ruleset.vocabulary, ruleset.parameters, locality)
                yield from _prove_chain(alone, {table.decision}, locality)
    for table in ruleset.exclusive.values():
        alone = DecisionChain([table], ruleset.vocabulary, ruleset.parameters, None)
        yield from _prove_chain(alone, {table.decision}, None, gaps=False)


def _touched(ruleset: RuleSet, locality: str, chain: DecisionChain) -> set[str]:
    """Return the tables that differ from the nation's, and all that read them."""
    found: set[str] = set()
    local = ruleset.tables_for(locality)
    for compiled in chain.tables:
        decision = compiled.table.decision
        gate = chain.gate(compiled)
        upstream = {*chain.upstream[chain.number[decision]], *((gate,) if gate else ())}
        if local[decision] is not ruleset.tables[decision] or upstream & found:
            found.add(decision)
    return found


def _prove_chain(
    chain: DecisionChain, decisions: set[str], locality: str | None, *, gaps: bool = True
) -> Iterator[Proof]:
    views = {first: _View(chain, first) for first in _periods(chain)}
    for compiled in chain.tables:
        if compiled.table.decision not in decisions:
            continue
        reached = 0
        for first, view in views.items():
            if not view.in_force(compiled):
                continue
            if gaps and compiled.table.hit_policy is not HitPolicy.COLLECT:
                yield _proof(compiled, locality, first, "gaps", view, view.gaps(compiled))
            if compiled.table.hit_policy is HitPolicy.UNIQUE:
                yield _proof(compiled, locality, first, "overlaps", view, view.overlaps(compiled))
            reached |= view.reached(compiled)
        last = list(views.values())[-1]
        yield _proof(compiled, locality, max(views), "dead_rows", last, _dead(compiled, reached, locality, last))


def _proof(
    compiled: CompiledTable, locality: str | None, first: date, check: str, view: "_View", findings: Iterable[Finding]
) -> Proof:
    table = compiled.table
    return Proof(table.decision, locality, first.isoformat(), check, view.method(compiled), tuple(findings))


def _periods(chain: DecisionChain) -> list[date]:
    """Return a day of each period in which the same rows are in force, by the date of application."""
    rows = [row for compiled in chain.tables for row in compiled.rows if row.date_fact == "applied_on"]
    starts = {row.valid_from for row in rows if row.valid_from is not None}
    starts |= {row.valid_until + timedelta(days=1) for row in rows if row.valid_until is not None}
    borders = sorted(starts)
    if not borders:
        return [_LATEST]
    return [borders[0] - timedelta(days=1), *borders]


def _dead(compiled: CompiledTable, reached: int, locality: str | None, view: "_View") -> Iterator[Finding]:
    for index in bits(compiled.full & ~reached):
        row = compiled.rows[index]
        if locality is None or row.locality is not None:
            yield _finding(row.place, "check.dead_row", compiled.table, locality, view.method(compiled), {}, row=row.id)


def _finding(
    place: tuple[str, int],
    code: str,
    table: Table,
    locality: str | None,
    method: str,
    counterexample: Mapping[str, Value],
    **params: Value,
) -> Finding:
    told = {"decision": table.decision, "locality": locality or "", **params}
    return Finding(place[0], place[1], code, told, counterexample, method)


class _View:
    """The tables on one day with nothing else known."""

    def __init__(self, chain: DecisionChain, day: date) -> None:
        self._chain = chain
        self._day = day
        self._locality = chain.values({}, day)["locality"] or None
        values: dict[str, Value] = {"applied_on": day, "in_time_from": day}
        self._evaluation = Evaluation(chain, values)
        self._items: dict[str, tuple[str, ...]] = {}

    def in_force(self, compiled: CompiledTable) -> bool:
        """Tell whether the table had begun to apply on the day; before that it has no gaps."""
        return any(_begun(row, self._day) for row in compiled.rows)

    def method(self, compiled: CompiledTable) -> str:
        """Return how the facts that bear on a table were divided, with those of the decisions it reads."""
        numbers = {self._chain.number[compiled.table.decision]}
        rest = list(numbers)
        while rest:
            number = rest.pop()
            gate = self._chain.gate(self._chain.tables[number])
            for other in (*self._chain.upstream[number], *((gate,) if gate else ())):
                if self._chain.number[other] not in numbers:
                    numbers.add(self._chain.number[other])
                    rest.append(self._chain.number[other])
        variables = self._evaluation.variables
        return weakest({each.method for each in variables for number in numbers if each.tested[number]})

    def gaps(self, compiled: CompiledTable) -> Iterator[Finding]:
        """Yield a combination of answers for which no row fires, for each item that has one."""
        table = compiled.table
        for item in self._items_of(compiled):
            diagram = self._reachable(compiled, item, self._evaluation.outcome((table.decision, item)))
            way = way_to(diagram, lambda label: label == NO_ROW)
            if way is not None:
                place = table.source.where((*table.source.path, "rows"))
                facts = self._facts(way, compiled, item)
                yield _finding(place, "check.gap", table, self._locality, self.method(compiled), facts, item=item or "")

    def overlaps(self, compiled: CompiledTable) -> Iterator[Finding]:
        """Yield a combination for which two rows fire, for each pair of rows that has one."""
        for item in self._items_of(compiled):
            start = self._evaluation.start(compiled, item)
            pairs = self._evaluation.composed(
                compiled, item, start, lambda alive: self._evaluation.every(compiled, alive)
            )
            diagram = self._reachable(compiled, item, pairs)
            for label in labels(diagram):
                if isinstance(label, tuple) and label != _NOT_OFFERED and len(label) > 1:
                    yield self._overlap(compiled, item, diagram, label)

    def _overlap(self, compiled: CompiledTable, item: str | None, diagram: Diagram, label: tuple[int, ...]) -> Finding:
        one, other = compiled.rows[label[0]], compiled.rows[label[1]]
        way = way_to(diagram, lambda found: found == label) or {}
        return _finding(
            other.place,
            "check.overlap",
            compiled.table,
            self._locality,
            self.method(compiled),
            self._facts(way, compiled, item),
            row=one.id,
            other=other.id,
        )

    def reached(self, compiled: CompiledTable) -> int:
        """Return the rows that some combination of answers makes fire."""
        reached = 0
        numbers = tuple(range(len(compiled.rows)))
        for item in self._items_of(compiled):
            start = self._evaluation.start(compiled, item)
            if compiled.collects:
                reached |= self._collected(compiled, item, start & ~reached)
                continue
            diagram = self._evaluation.composed(
                compiled,
                item,
                start,
                lambda alive: self._evaluation.first(compiled, alive, row_labels=numbers),
            )
            for label in labels(self._reachable(compiled, item, diagram)):
                reached |= 1 << label if isinstance(label, int) and label != NO_ROW else 0
        return reached

    def _collected(self, compiled: CompiledTable, item: str | None, candidates: int) -> int:
        reached = 0
        numbers = tuple(range(len(compiled.rows)))
        for index in bits(candidates):
            diagram = self._evaluation.composed(
                compiled,
                item,
                1 << index,
                lambda alive: self._evaluation.first(compiled, alive, row_labels=numbers),
            )
            if index in labels(self._reachable(compiled, item, diagram)):
                reached |= 1 << index
        return reached

    def _items_of(self, compiled: CompiledTable) -> Iterable[str | None]:
        return self._evaluation.items_of(compiled, self._items)

    def _reachable(self, compiled: CompiledTable, item: str | None, diagram: Diagram) -> Diagram:
        """Leave out what the decision that gives the items never lets through."""
        gate = self._chain.gate(compiled)
        if gate is None or item is None:
            return diagram
        offered = self._evaluation.offered(compiled, gate, item)
        nothing: Leaf = self._evaluation.diagrams.leaf(_NOT_OFFERED)
        return self._evaluation.diagrams.bind(offered, {False: nothing, True: diagram})

    def _facts(self, way: Mapping[int, int], compiled: CompiledTable, item: str | None) -> dict[str, Value]:
        facts: dict[str, Value] = {"applied_on": self._day.isoformat()}
        variables = {each.order: each for each in self._evaluation.variables}
        for order, number in way.items():
            sample = variables[order].samples[number]
            facts.update({name: write_value(value) for name, value in sample.items()})
        if item is not None and compiled.table.each is not None:
            facts[compiled.table.each.alias] = item
        return facts


def _begun(row: Row, day: date) -> bool:
    return row.date_fact != "applied_on" or row.valid_from is None or row.valid_from <= day
