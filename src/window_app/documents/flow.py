"""Boxes of a paper from top to bottom, parted into pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from window_app.documents.sheet import Sheet

Paint = Callable[[Sheet, float], None]
"""Draws a box whose upper edge is at the given height."""


@dataclass(frozen=True, slots=True)
class Box:
    """A piece that is never torn.

    Attributes:
        keep: stays on one page with the box that follows.
        gap: white space, dropped where a page begins.
        again: drawn before this box where it begins a page (the head of a table).
    """

    height: float
    paint: Paint
    keep: bool = False
    gap: bool = False
    again: "Box | None" = None


def _nothing(_sheet: Sheet, _top: float) -> None:
    return


def space(height: float) -> Box:
    """Return white space between two boxes."""
    return Box(height, _nothing, gap=True)


def paginate(boxes: Sequence[Box], height: float) -> list[list[Box]]:
    """Part boxes into pages; what must stay together moves to the next page together."""
    pages: list[list[Box]] = [[]]
    used = 0.0
    for chain in _chains(boxes):
        size = sum(box.height for box in chain)
        if used + size > height and pages[-1]:
            pages.append([])
            used = 0.0
        page = pages[-1]
        for box in chain:
            if box.gap and not page:
                continue
            if not page and box.again is not None:
                page.append(box.again)
                used += box.again.height
            page.append(box)
            used += box.height
    return [page for page in pages if any(not box.gap for box in page)] or [[]]


def _chains(boxes: Sequence[Box]) -> list[list[Box]]:
    chains: list[list[Box]] = []
    open_chain = False
    for box in boxes:
        if open_chain:
            chains[-1].append(box)
        else:
            chains.append([box])
        open_chain = box.keep
    return chains
