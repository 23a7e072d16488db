"""Multi-valued decision diagrams: an outcome as a function of the facts not yet known.

Diagrams are reduced and shared, also between evaluations, so a variable stands in a diagram exactly
when the outcome depends on it, and two diagrams are the same object exactly when they say the same.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class Unknown(Protocol):
    """Something unknown, by whose classes of values a diagram chooses."""

    @property
    def order(self) -> int:
        """A number of its own, that grows with its place in the order of asking."""
        ...

    def bearing(self, children: "Sequence[Diagram]") -> int:
        """Return the facts, as a set of bits, whose answers lead to one child or another; the children differ."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An outcome that no unknown fact can change any more."""

    label: Hashable
    facts: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A choice by the class of a variable's value; children are not all the same.

    Attributes:
        facts: the facts on which the outcome depends, as a set of bits.
    """

    variable: Unknown
    children: "tuple[Diagram, ...]"
    facts: int


Diagram = Leaf | Node


class Diagrams:
    """Keeps equal diagrams as one object; two threads at once get the same one."""

    def __init__(self) -> None:
        self._leaves: dict[Hashable, Leaf] = {}
        self._nodes: dict[tuple[int, ...], Node] = {}

    def __len__(self) -> int:
        """Return how many choices are kept."""
        return len(self._nodes)

    def leaf(self, label: Hashable) -> Leaf:
        """Return the outcome with this label."""
        found = self._leaves.get(label)
        return self._leaves.setdefault(label, Leaf(label)) if found is None else found

    def node(self, variable: Unknown, children: Sequence[Diagram]) -> Diagram:
        """Return the choice between children, or the child where they are all the same."""
        first = children[0]
        if all(child is first for child in children):
            return first
        key = (variable.order, *map(id, children))
        found = self._nodes.get(key)
        if found is None:
            facts = variable.bearing(children)
            for child in children:
                facts |= child.facts
            found = self._nodes.setdefault(key, Node(variable, tuple(children), facts))
        return found

    def relabel(self, diagram: Diagram, label: Callable[[Hashable], Hashable]) -> Diagram:
        """Return the diagram with other outcomes at its ends."""
        done: dict[int, Diagram] = {}

        def visit(part: Diagram) -> Diagram:
            found = done.get(id(part))
            if found is None:
                if isinstance(part, Leaf):
                    found = self.leaf(label(part.label))
                else:
                    found = self.node(part.variable, [visit(child) for child in part.children])
                done[id(part)] = found
            return found

        return visit(diagram)

    def bind(self, chooser: Diagram, choices: Mapping[Hashable, Diagram]) -> Diagram:
        """Return the diagram that follows, for each outcome of the chooser, the choice of that label."""
        done: dict[tuple[int, ...], Diagram] = {}
        labels = tuple(choices)

        def visit(part: Diagram, parts: tuple[Diagram, ...]) -> Diagram:
            if isinstance(part, Leaf):
                return parts[labels.index(part.label)]
            key = (id(part), *map(id, parts))
            found = done.get(key)
            if found is None:
                variable = min((each.variable for each in (part, *parts) if isinstance(each, Node)), key=_order)
                width = max(_width(each, variable) for each in (part, *parts))
                children = [
                    visit(_child(part, variable, index), tuple(_child(each, variable, index) for each in parts))
                    for index in range(width)
                ]
                found = done[key] = self.node(variable, children)
            return found

        return visit(chooser, tuple(choices.values()))


def _order(variable: Unknown) -> int:
    return variable.order


def _width(diagram: Diagram, variable: Unknown) -> int:
    return len(diagram.children) if isinstance(diagram, Node) and diagram.variable is variable else 0


def _child(diagram: Diagram, variable: Unknown, index: int) -> Diagram:
    if isinstance(diagram, Node) and diagram.variable is variable:
        return diagram.children[index]
    return diagram


def labels(diagram: Diagram) -> list[Hashable]:
    """Return every outcome that can be reached, each once, in the order of the first way to it."""
    found: dict[Hashable, None] = {}
    seen: set[int] = set()

    def visit(part: Diagram) -> None:
        if id(part) in seen:
            return
        seen.add(id(part))
        if isinstance(part, Leaf):
            found[part.label] = None
        else:
            for child in part.children:
                visit(child)

    visit(diagram)
    return list(found)


def way_to(diagram: Diagram, wanted: Callable[[Hashable], bool]) -> dict[int, int] | None:
    """Return one choice of classes by the order of variables that leads to a wanted outcome, None where none does."""
    dead: set[int] = set()

    def visit(part: Diagram) -> dict[int, int] | None:
        if isinstance(part, Leaf):
            return {} if wanted(part.label) else None
        if id(part) in dead:
            return None
        for index, child in enumerate(part.children):
            found = visit(child)
            if found is not None:
                return {part.variable.order: index, **found}
        dead.add(id(part))
        return None

    return visit(diagram)
