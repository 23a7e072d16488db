"""The rule set: tables of the nation, what localities change in them, parameters and limits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from window_app.errors import WindowAppError
from window_app.rules.chain import DecisionChain
from window_app.rules.conditions import RecordField
from window_app.rules.deadlines import DeadlineRule, DeadlineRules
from window_app.rules.late import Late, LateWhole
from window_app.rules.parameters import Parameters, read_parameters
from window_app.rules.rows import read_row, read_rows, read_table
from window_app.rules.source import Source, nearest
from window_app.rules.tables import (
    Each,
    Output,
    Row,
    Scope,
    Table,
    output_fact,
    read_head,
    read_outputs,
    reads,
    with_rows,
)
from window_app.rules.unary import FactKind
from window_app.rules.values import FactType
from window_app.rules.vocabulary import Vocabulary


@dataclass(frozen=True)
class LocalChange:
    """One entry of a locality's `rules`: a row put in, put in the place of another, or removed."""

    decision: str
    id: str
    row: Row | None
    before: str | None
    after: str | None
    source: Source


@dataclass(frozen=True)
class Locality:
    """A locality: who it follows and what it changes. Its examples are by decision."""

    code: str
    parent: str | None
    changes: tuple[LocalChange, ...]
    examples: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleSet:
    """All decision tables with what they need; immutable.

    Attributes:
        tables: national tables in an order in which each comes after those it reads.
        exclusive: tables that are no decisions, only kept to prove that their rows exclude each other, by name.
    """

    vocabulary: Vocabulary
    tables: Mapping[str, Table]
    parameters: Parameters
    deadlines: DeadlineRules
    localities: Mapping[str, Locality]
    exclusive: Mapping[str, Table] = field(default_factory=dict)

    @cached_property
    def _local_tables(self) -> dict[str, Mapping[str, Table]]:
        return {}

    @cached_property
    def _chains(self) -> dict[str | None, DecisionChain]:
        return {}

    @cached_property
    def _alone(self) -> dict[tuple[str, str | None], DecisionChain]:
        return {}

    def chain(self, locality: str | None) -> tuple[str, ...]:
        """Return a locality and those it follows, nearest first.

        Raises:
            WindowAppError: `rules.unknown_locality`.
        """
        if locality is None:
            return ()
        places = self.parameters.chains.get(locality)
        if places is None:
            raise WindowAppError("rules.unknown_locality", locality=locality)
        return tuple(places)

    def tables_for(self, locality: str | None) -> Mapping[str, Table]:
        """Return the tables as they stand in a locality.

        Raises:
            WindowAppError: `rules.unknown_locality`.
        """
        if locality is None:
            return self.tables
        if locality not in self._local_tables:
            places = [self.localities[place] for place in reversed(self.chain(locality))]
            changes = [change for place in places for change in place.changes]
            self._local_tables[locality] = Late(self.tables, partial(self._local_table, changes))
        return self._local_tables[locality]

    def _local_table(self, changes: Sequence[LocalChange], decision: str) -> Table:
        table = self.tables[decision]
        for change in changes:
            if change.decision == decision:
                table = _changed(table, change)
        return table

    def decisions(self, locality: str | None) -> DecisionChain:
        """Return the tables of a locality compiled together; made once.

        Tables that go over the records of a list, and those that say so, stand apart: see `outcomes`.

        Raises:
            WindowAppError: `rules.unknown_locality`.
        """
        if locality not in self._chains:
            tables = [table for table in self.tables_for(locality).values() if not table.stands_apart]
            self._chains[locality] = DecisionChain(tables, self.vocabulary, self.parameters, locality)
        return self._chains[locality]

    def alone(self, decision: str, locality: str | None = None) -> DecisionChain:
        """Return one table of a locality compiled by itself; made once.

        Raises:
            KeyError: where there is no such table.
            WindowAppError: `rules.unknown_locality`.
        """
        key = (decision, locality)
        if key not in self._alone:
            table = self.tables_for(locality)[decision]
            self._alone[key] = DecisionChain([table], self.vocabulary, self.parameters, locality)
        return self._alone[key]

    def deadline(self, code: str, locality: str | None = None) -> DeadlineRule | None:
        """Return the rule of a limit as it stands in a locality, None where there is none."""
        return self.deadlines.find(code, self.chain(locality))


def build_ruleset(
    vocabulary: Vocabulary,
    tables: Sequence[Source],
    *,
    parameters: Sequence[Source] = (),
    localities: Sequence[Source] = (),
    deadlines: DeadlineRules | None = None,
    codes: Mapping[str, Collection[str]] | None = None,
    exclusive: Mapping[str, Source] | None = None,
    late: bool = False,
) -> RuleSet:
    """Return the rule set of parsed files.

    Args:
        vocabulary: the facts.
        tables: one source for each file of rules/.
        parameters: one for each file of parameters/; their `deadlines` are left to the caller.
        localities: one for each file of localities/; likewise.
        deadlines: the limits, as `limits.read_deadline` gives them.
        codes: the codes that exist, by kind (paper, deadline, office); a kind left out is not checked.
        exclusive: tables of which nothing but the exclusion of their rows is wanted, by name; they read no others.
        late: the rows of each table are read when it is asked for, of a set that was found sound before.

    Raises:
        DefinitionError: for a mistake, with file, line and what to do.
    """
    national = {}
    for source in parameters:
        national.update(read_parameters(source.at("parameters")))
    parents = {source.at("locality").string(): source for source in localities}
    chains = {code: _parents(code, parents) for code in parents}
    local = {code: read_parameters(source.at("parameters"), code) for code, source in parents.items()}
    known = Parameters(national, local, chains)
    heads = {source.at("decision").code(): source for source in tables}
    allowed = _allowed(codes or {}, deadlines)
    outputs = {code: read_outputs(source, vocabulary, allowed) for code, source in heads.items()}
    ordered = _in_order({code: _read_head(source, heads, outputs, vocabulary, known) for code, source in heads.items()})
    places = Late(parents, lambda code: _read_locality(code, parents[code], ordered))
    built = Late(ordered, lambda code: read_rows(ordered[code]))
    apart = LateWhole(lambda: _read_apart(exclusive or {}, Scope(vocabulary, {}, {}, known), allowed))
    ruleset = RuleSet(vocabulary, built, known, deadlines or DeadlineRules(), places, apart)
    return ruleset if late else _read_whole(ruleset)


def _read_apart(
    exclusive: Mapping[str, Source], scope: Scope, allowed: Mapping[str, Collection[str]]
) -> dict[str, Table]:
    return {
        name: read_table(part, read_outputs(part, scope.vocabulary, allowed), scope, None)
        for name, part in exclusive.items()
    }


def _read_whole(ruleset: RuleSet) -> RuleSet:
    """Return a rule set of which every row was read, so that no mistake waits."""
    whole = replace(
        ruleset,
        tables=dict(ruleset.tables),
        localities=dict(ruleset.localities),
        exclusive=dict(ruleset.exclusive),
    )
    for code in whole.localities:
        dict(whole.tables_for(code))
    return whole


def _allowed(codes: Mapping[str, Collection[str]], deadlines: DeadlineRules | None) -> dict[str, Collection[str]]:
    """Return the codes that outputs may name, by kind."""
    if deadlines is None:
        return dict(codes)
    known = {*deadlines.national, *(code for each in deadlines.local.values() for code in each)}
    return {"deadline": known, **codes}


def _parents(code: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    places = [code]
    while sources[places[-1]].has("parent"):
        part = sources[places[-1]].at("parent")
        parent = part.string()
        if parent not in sources:
            raise part.error("rules.unknown_parent", locality=parent, near=nearest(parent, tuple(sources)))
        if parent in places:
            raise part.error("rules.parent_cycle", locality=parent)
        places.append(parent)
    return tuple(places)


def _read_head(
    source: Source,
    heads: Mapping[str, Source],
    outputs: Mapping[str, Mapping[str, Output]],
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Table:
    decision = source.at("decision").string()
    each, items = _read_each(source.at("each"), outputs, vocabulary)
    facts: dict[str, FactKind] = {}
    for other, its_outputs in outputs.items():
        if other == decision or heads[other].at("apart").flag() or not _readable(heads[other], each):
            continue
        for output in its_outputs.values():
            fact = output_fact(other, output)
            if fact is not None:
                facts[fact.name] = fact
    return read_head(source, outputs[decision], Scope(vocabulary, facts, items, parameters), each)


def _readable(other: Source, each: Each | None) -> bool:
    """Tell whether a table may read another: one for the whole matter, or for the same items."""
    theirs = other.at("each").content
    return theirs is None or (each is not None and theirs.get("list") == each.list)


def _read_each(
    source: Source, outputs: Mapping[str, Mapping[str, Output]], vocabulary: Vocabulary
) -> tuple[Each | None, dict[str, FactKind]]:
    if source.content is None:
        return None, {}
    source.check_keys(("list", "as"), ("list", "as"))
    name, alias = source.at("list").string(), source.at("as").code()
    fact = vocabulary.find(name)
    if fact is not None and fact.type is FactType.LIST:
        fields = {f"{alias}.{key}": RecordField(f"{alias}.{key}", kind, {}) for key, kind in fact.fields.items()}
        return Each(name, alias), {**fields}
    decision, _, output_name = name.partition(".")
    output = outputs.get(decision, {}).get(output_name)
    if output is None or output.type is not FactType.LIST or output.of == "text":
        raise source.at("list").error("rules.each_list", list=name)
    item = vocabulary.find(alias)
    if item is not None and output.codes is not None and output.codes <= frozenset(item.values):
        return Each(name, alias), {alias: item}
    return Each(name, alias), {alias: RecordField(alias, FactType.ENUM, dict.fromkeys(sorted(output.codes or ())))}


def _in_order(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables so that each comes after those it reads."""
    done: dict[str, Table] = {}
    path: list[str] = []

    def visit(decision: str) -> None:
        table = tables[decision]
        if decision in done:
            return
        if decision in path:
            cycle = " → ".join([*path[path.index(decision) :], decision])
            raise table.source.at("inputs").error("rules.decision_cycle", cycle=cycle)
        path.append(decision)
        for other in reads(table):
            visit(other)
        path.pop()
        done[decision] = table

    for decision in tables:
        visit(decision)
    return done


def _read_locality(code: str, source: Source, tables: Mapping[str, Table]) -> Locality:
    changes = []
    for decision, part in source.at("rules").entries():
        if decision not in tables:
            raise part.error("rules.unknown_decision", decision=decision, near=nearest(decision, tuple(tables)))
        changes += [_read_change(entry, tables[decision], code) for entry in part.items()]
    examples = dict(source.at("examples").entries())
    return Locality(code, source.at("parent").content, tuple(changes), examples)


def _read_change(source: Source, table: Table, locality: str) -> LocalChange:
    row = None if source.at("remove").flag() else read_row(source, table, locality)
    before, after = source.at("before").content, source.at("after").content
    return LocalChange(table.decision, str(source.at("id").content), row, before, after, source)


def _changed(table: Table, change: LocalChange) -> Table:
    rows = list(table.rows)
    places = {row.id: index for index, row in enumerate(rows)}
    anchor = change.before or change.after
    if anchor is not None and anchor not in places:
        raise change.source.error("rules.unknown_row", row=anchor, decision=table.decision)
    if change.row is None:
        if change.id not in places:
            raise change.source.error("rules.unknown_row", row=change.id, decision=table.decision)
        del rows[places[change.id]]
    elif change.id in places:
        rows[places[change.id]] = change.row
    elif anchor is None:
        rows.append(change.row)
    else:
        rows.insert(places[anchor] + (0 if change.before else 1), change.row)
    return with_rows(table, tuple(rows))
