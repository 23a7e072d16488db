"""The layouts by kind of paper and revision; a new paper registers itself from its own file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from window_app.documents import layouts
from window_app.documents.blocks import BlockSetter
from window_app.documents.flow import Box
from window_app.documents.typesetting import Look
from window_app.errors import WindowAppError

Draw = Callable[[BlockSetter, Mapping[str, Any]], list[Box]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of paper is drawn.

    Attributes:
        revision: rises when the drawing changes; old revisions stay, so that papers issued with them
            can be made again and verified.
        scales: sizes tried in turn until the paper fits one page; where none does, the first is taken.
    """

    kind: str
    revision: int
    look: Look
    scales: Sequence[float]
    draw: Draw


class LayoutUnknown(WindowAppError):
    """This program has no layout of that kind and revision."""

    code = "paper.layout_unknown"


class Registry:
    """Layouts by kind and revision."""

    def __init__(self) -> None:
        """Begin without layouts."""
        self._layouts: dict[tuple[str, int], Layout] = {}

    def add(self, layout: Layout) -> None:
        """Add a layout; one kind and revision can be added once."""
        key = (layout.kind, layout.revision)
        if key in self._layouts:
            raise ValueError(key)
        self._layouts[key] = layout

    def get(self, kind: str, revision: int) -> Layout:
        """Return a layout.

        Raises:
            LayoutUnknown: where there is none.
        """
        try:
            return self._layouts[kind, revision]
        except KeyError:
            raise LayoutUnknown(kind=kind, revision=revision) from None

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of paper that can be drawn."""
        return tuple(sorted({kind for kind, _ in self._layouts}))


def load_layouts() -> Registry:
    """Return the registry of every layout file in `documents/layouts/`."""
    registry = Registry()
    for module in sorted(iter_modules(layouts.__path__), key=lambda found: found.name):
        for layout in import_module(f"{layouts.__name__}.{module.name}").LAYOUTS:
            registry.add(layout)
    return registry
