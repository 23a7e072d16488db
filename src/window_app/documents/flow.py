"""Boxes of a paper from top to bottom, parted into pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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
        fresh: begins a page, whatever room is left on the one before.
        mark: what the PDF's list of bookmarks calls this place; "" for none.
    """

    height: float
    paint: Paint
    keep: bool = False
    gap: bool = False
    again: "Box | None" = None
    fresh: bool = False
    mark: str = ""


def _nothing(_sheet: Sheet, _top: float) -> None:
    return


def space(height: float) -> Box:
    """Return white space between two boxes."""
    return Box(height, _nothing, gap=True)


def new_page() -> Box:
    """Return what has the following begin on a new page."""
    return Box(0.0, _nothing, gap=True, fresh=True)


def paginate(boxes: Sequence[Box], height: float) -> list[list[Box]]:
    """Part boxes into pages; what must stay together moves to the next page together."""
    pages: list[list[Box]] = [[]]
    used = 0.0
    for chain in _chains(boxes):
        size = sum(box.height for box in chain)
        if pages[-1] and (used + size > height or chain[0].fresh):
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


def held(boxes: Sequence[Box], closing: Sequence[Box], most: float) -> list[Box]:
    """Return boxes and what closes them, the last two lines kept with it, so that it never stands alone on a page.

    `most` is the height up to which boxes are held together.
    """
    kept, at, lines, height = list(boxes), len(boxes), 0, sum(box.height for box in closing)
    while at and lines < 2 and height + kept[at - 1].height <= most and not kept[at - 1].fresh:
        at -= 1
        height += kept[at].height
        lines += not kept[at].gap
        kept[at] = replace(kept[at], keep=True)
    return [*kept, *(replace(box, keep=True) for box in closing[:-1]), *closing[-1:]]
