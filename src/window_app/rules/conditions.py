"""Conditions: facts with the cells that they must pass, answered true, false or not yet known.

The same syntax serves tables, visibility of fields, checks, materials and limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from window_app.errors import DefinitionError
from window_app.rules.cells import Cell, Predicate, compile_cell
from window_app.rules.source import Source, Where, nearest, nowhere
from window_app.rules.unary import FactKind, References, parse_cell
from window_app.rules.values import FactType, Value


class KnownFacts(References, Protocol):
    """Finds the facts that a condition may test, and what its cells may refer to."""

    def find(self, name: str) -> FactKind | None:
        """Return a fact's definition, None where there is none of the name."""
        ...


@dataclass(frozen=True, slots=True)
class Condition:
    """All of its cells must pass.

    Attributes:
        cells: by fact; a fact whose cell is "-" is left out.
    """

    cells: tuple[tuple[str, Cell, Predicate], ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts tested or referred to."""
        names: dict[str, None] = {}
        for name, cell, _ in self.cells:
            names.update(dict.fromkeys((name, *cell.references)))
        return tuple(names)

    def test(self, facts: Mapping[str, Value]) -> bool | None:
        """Return whether the facts pass; None where facts not yet known decide it.

        A fact is unknown where it is missing or None.
        """
        answer: bool | None = True
        for name, cell, holds in self.cells:
            value = facts.get(name)
            if value is None or any(facts.get(other) is None for other in cell.references):
                answer = None
            elif not holds(value, facts):
                return False
        return answer

    def unknown(self, facts: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the facts whose answer is still missing; none where they no longer matter."""
        if self.test(facts) is not None:
            return ()
        return tuple(name for name in self.facts if facts.get(name) is None)


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of a list's record or of a form, as a fact that conditions can test."""

    name: str
    type: FactType
    values: Mapping[str, Value]
    unclear: bool = False

    def accepts(self, value: Value) -> bool:
        """Return whether a value lies among the values of an enum; anything else does."""
        return self.type is not FactType.ENUM or value in self.values


@dataclass(frozen=True, slots=True)
class LocalFacts:
    """Facts of one place (a record's own fields) before those of the vocabulary."""

    own: Mapping[str, FactKind]
    outer: KnownFacts | None = None

    def find(self, name: str) -> FactKind | None:
        """Return the own fact of that name, else the vocabulary's."""
        if name in self.own:
            return self.own[name]
        return self.outer.find(name) if self.outer is not None else None

    def resolve(self, name: str) -> FactType | None:
        """Return the type of a fact or parameter."""
        if name in self.own:
            return self.own[name].type
        return self.outer.resolve(name) if self.outer is not None else None

    def names(self) -> tuple[str, ...]:
        """Return every name that can be tested."""
        return (*self.own, *(self.outer.names() if self.outer is not None else ()))


def build_condition(
    content: object, vocabulary: KnownFacts, where: Where = nowhere, path: tuple[str | int, ...] = ()
) -> Condition:
    """Return the condition of a mapping from fact to cell.

    Args:
        content: parsed YAML.
        vocabulary: the vocabulary, or `LocalFacts` where a record's own fields can be tested too.
        where: gives file and line of a path.
        path: where the mapping stands.

    Raises:
        DefinitionError: for a fact that does not exist or a cell that its type does not take.
    """
    return read_condition(Source(content, where, path), vocabulary)


def read_condition(source: Source, vocabulary: KnownFacts) -> Condition:
    """Return the condition that stands in a part of a definition file."""
    cells = []
    for name, part in source.entries():
        fact = vocabulary.find(name)
        if fact is None:
            raise unknown_fact(part, name, vocabulary)
        cell = parse_cell(part, fact, vocabulary)
        if cell is not None:
            cells.append((name, cell, compile_cell(cell)))
    return Condition(tuple(cells))


def unknown_fact(source: Source, name: str, vocabulary: References) -> DefinitionError:
    """Return the error for a fact that the vocabulary does not have."""
    return source.error("rules.unknown_fact", fact=name, near=nearest(name, vocabulary.names()))
