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
        scales: sizes tried in turn until the paper fits its pages; where none does, the first is taken.
        pages: how many pages it is to have.
    """

    kind: str
    revision: int
    look: Look
    scales: Sequence[float]
    draw: Draw
    pages: int = 1


ONE_PAGE = (1.0, 0.95, 0.9, 0.85, 0.82)
"""The sizes in which a form is tried on one page."""
LETTER_PAGE = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
"""The same for a letter: from size three to small size four, never smaller."""


def plain(kind: str, look: Look, *, revision: int = 1, scales: Sequence[float] = ONE_PAGE) -> Layout:
    """Return the layout of a paper whose blocks stand one below the other as its wording has them."""
    return Layout(kind, revision, look, scales, _blocks_in_order)


def _blocks_in_order(setter: BlockSetter, content: Mapping[str, Any]) -> list[Box]:
    return setter.set_all(content["blocks"])


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
