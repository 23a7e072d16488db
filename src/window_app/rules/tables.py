"""Decision tables as the definitions state them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from window_app.domain.assessment import Citation, RouteStanding, Text
from window_app.rules.cells import Cell, Interval
from window_app.rules.conditions import RecordField, unknown_fact
from window_app.rules.source import Source, nearest
from window_app.rules.unary import FactKind
from window_app.rules.values import FactType, Value
from window_app.rules.vocabulary import FactDefinition, Vocabulary

_TABLE_KEYS = (
    "decision",
    "title",
    "apart",
    "hit_policy",
    "date_fact",
    "each",
    "inputs",
    "outputs",
    "rows",
    "examples",
    "note",
)
_OUTPUT_KEYS = ("type", "of", "optional")
_NO_PLACE = Source(None)
FREE_KINDS = ("paper", "deadline", "office", "text", "standing")
"""What the codes of an output may stand for, besides the values of an enum fact."""


class HitPolicy(StrEnum):
    """Which of the rows that fit speak: the first, the only one, or all in order."""

    FIRST = "FIRST"
    UNIQUE = "UNIQUE"
    COLLECT = "COLLECT"


@dataclass(frozen=True, slots=True)
class Output:
    """What a table answers.

    Attributes:
        of: the enum fact or the kind (paper, deadline, office, …) that its codes stand for.
        codes: the codes allowed; None where any is.
    """

    name: str
    type: FactType
    of: str | None = None
    codes: frozenset[str] | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is shown to people and nothing else."""
        return self.of == "text" or (self.of is None and self.type is FactType.TEXT)


@dataclass(frozen=True, slots=True)
class Each:
    """The list to whose items a table is applied, and the name of the item."""

    list: str
    alias: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        when: cells by fact in the order written; a fact may stand twice where dates bound the row.
        reason, basis: what is told with it.
        locality: who stated it, None for the national law.
        source: where it stands.
    """

    id: str
    when: tuple[tuple[str, Cell], ...]
    then: Mapping[str, Value]
    reason: Text
    basis: tuple[Citation, ...]
    date_fact: str
    valid_from: date | None = None
    valid_until: date | None = None
    locality: str | None = None
    facts_row: Value = None
    source: Source = field(compare=False, default=_NO_PLACE)

    @property
    def place(self) -> tuple[str, int]:
        """Its file and line."""
        return self.source.where(self.source.path)

    @property
    def tests(self) -> tuple[tuple[str, Cell], ...]:
        """The cells, and the period in which the row applies as one more of them."""
        if self.valid_from is None and self.valid_until is None:
            return self.when
        period = Interval(self.valid_from, self.valid_from is not None, self.valid_until, self.valid_until is not None)
        cell = Cell((period,), negated=False, text=f"[{self.valid_from or '*'}..{self.valid_until or '*'}]")
        return (*self.when, (self.date_fact, cell))

    def says_same(self, other: "Row") -> bool:
        """Return whether both rows tell the visitor the same."""
        return (self.then, self.reason, self.basis) == (other.then, other.reason, other.basis)


@dataclass(frozen=True)
class Table:
    """A decision table of one decision, national or as a locality changed it.

    Attributes:
        apart: asked for by itself (may this paper be printed?), never part of an interview.
        scope: the facts, outputs and parameters that its cells may speak of.
        source: where it stands; `examples` are read from it.
    """

    decision: str
    title: Text
    hit_policy: HitPolicy
    date_fact: str
    each: Each | None
    inputs: tuple[str, ...]
    outputs: Mapping[str, Output]
    rows: tuple[Row, ...]
    scope: "Scope"
    source: Source = field(compare=False, default_factory=lambda: Source(None))
    apart: bool = False

    @property
    def stands_apart(self) -> bool:
        """Whether it is no part of the chain that an interview goes through."""
        return self.apart or self.over_records

    @property
    def over_records(self) -> bool:
        """Whether it is applied to the records of a list that is itself a fact."""
        return self.each is not None and self.each.list in self.scope.vocabulary


class ParameterTypes(Protocol):
    """Knows the parameters by name."""

    def type_of(self, name: str) -> FactType | None:
        """Return the type of a parameter, None where there is none of the name."""
        ...

    def names(self) -> tuple[str, ...]:
        """Return the names of all parameters."""
        ...


@dataclass(frozen=True)
class Scope:
    """What the cells of a table may speak of; finds facts for the parser of cells."""

    vocabulary: Vocabulary
    outputs: Mapping[str, FactKind] = field(default_factory=dict)
    items: Mapping[str, FactKind] = field(default_factory=dict)
    parameters: ParameterTypes | None = None

    def find(self, name: str) -> FactKind | None:
        """Return the fact, item or decision's output of that name."""
        return self.items.get(name) or self.outputs.get(name) or self.vocabulary.find(name)

    def fact(self, name: str) -> FactDefinition | None:
        """Return the fact of the vocabulary of that name; items and outputs are none."""
        return None if name in self.items or name in self.outputs else self.vocabulary.find(name)

    def resolve(self, name: str) -> FactType | None:
        """Return the type of a fact or parameter that a cell may compare with; outputs are none."""
        if name.startswith("parameter("):
            inner = name.removeprefix("parameter(").removesuffix(")")
            return self.parameters.type_of(inner) if self.parameters is not None else None
        return None if name in self.outputs else self._type_of(name)

    def _type_of(self, name: str) -> FactType | None:
        found = self.find(name)
        return None if found is None else found.type

    def names(self) -> tuple[str, ...]:
        """Return every name that a cell may test or refer to."""
        parameters = self.parameters.names() if self.parameters is not None else ()
        names = (*self.vocabulary.names(), *self.items, *self.outputs)
        return (*names, *(f"parameter({name})" for name in parameters))


def read_outputs(source: Source, vocabulary: Vocabulary, codes: Mapping[str, Collection[str]]) -> dict[str, Output]:
    """Return the outputs of a table's head."""
    outputs = {}
    for name, part in source.at("outputs").entries():
        part.check_keys(_OUTPUT_KEYS, ("type",))
        kind = FactType(part.at("type").one_of(tuple(FactType)))
        of = (
            part.at("of").string()
            if part.has("of")
            else (name if kind is FactType.TEXT and name in FREE_KINDS else None)
        )
        if of is None and kind in (FactType.ENUM, FactType.LIST):
            raise part.error("rules.output_of", output=name)
        outputs[name] = Output(name, kind, of, _codes(part.at("of"), of, vocabulary, codes))
    return outputs


def _codes(
    source: Source, of: str | None, vocabulary: Vocabulary, codes: Mapping[str, Collection[str]]
) -> frozenset[str] | None:
    if of is None:
        return None
    fact = vocabulary.find(of)
    if fact is not None and fact.type is FactType.ENUM:
        return frozenset(fact.values)
    if of in codes:
        return frozenset(codes[of])
    if of not in FREE_KINDS:
        raise source.error("rules.unknown_kind", kind=of, near=nearest(of, (*vocabulary.names(), *FREE_KINDS, *codes)))
    return frozenset(RouteStanding) if of == "standing" else None


def output_fact(decision: str, output: Output) -> RecordField | None:
    """Return an output as a fact that other tables may test; None for texts, which nothing tests."""
    if output.is_text:
        return None
    codes = output.type in (FactType.LIST, FactType.ENUM, FactType.TEXT)
    kind = FactType.ENUM if codes else output.type
    values = dict.fromkeys(sorted(output.codes)) if output.codes is not None else _AnyCode()
    return RecordField(f"{decision}.{output.name}", kind, values)


class _AnyCode(dict[str, None]):
    """The values of an output whose codes are not known here: every code is one of them."""

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)


def read_head(source: Source, outputs: Mapping[str, Output], scope: Scope, each: Each | None) -> Table:
    """Return a table without its rows.

    Raises:
        DefinitionError: for a mistake outside the rows, with its place.
    """
    source.check_keys(_TABLE_KEYS, ("decision", "title", "hit_policy", "inputs", "outputs", "rows"))
    inputs = tuple(_read_input(part, scope) for part in source.at("inputs").items())
    return Table(
        decision=source.at("decision").code(),
        title=source.at("title").text(),
        hit_policy=HitPolicy(source.at("hit_policy").one_of(tuple(HitPolicy))),
        date_fact=read_date_fact(source, scope, "applied_on"),
        each=each,
        inputs=inputs,
        outputs=outputs,
        rows=(),
        scope=scope,
        source=source,
        apart=source.at("apart").flag(),
    )


def with_rows(table: Table, rows: tuple[Row, ...]) -> Table:
    """Return a table with other rows."""
    return replace(table, rows=rows)


def _read_input(source: Source, scope: Scope) -> str:
    name = source.string()
    if scope.find(name) is None:
        raise unknown_fact(source, name, scope)
    return name


def read_date_fact(source: Source, scope: Scope, default: str) -> str:
    """Return the date by which a table or a row applies."""
    if not source.has("date_fact"):
        return default
    part = source.at("date_fact")
    name = part.string()
    found = scope.find(name)
    if found is None:
        raise unknown_fact(part, name, scope)
    if found.type is not FactType.DATE:
        raise part.error("rules.date_fact", fact=name)
    return name


def reads(table: Table) -> tuple[str, ...]:
    """Return the decisions whose outputs a table reads, the list of its items among them.

    Its head tells them: cells compare with no output, and what they test stands among the inputs.
    """
    names = [*table.inputs] if table.each is None else [*table.inputs, table.each.list]
    decisions = [name.partition(".")[0] for name in names if "." in name and name not in table.scope.items]
    return tuple(dict.fromkeys(decisions))
