"""Pages of a PDF as grey pixels, for printers that take pictures only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PagePixels:
    """A page, top row first, one byte of grey a pixel; rows are `stride` bytes long, a multiple of four."""

    width: int
    height: int
    stride: int
    grey: bytes


class PageDrawer(Protocol):
    """Draws the pages of finished PDFs."""

    def pages(self, pdf: bytes, dots_per_inch: int) -> Iterator[PagePixels]:
        """Yield the pages in order; one is drawn when it is asked for."""
        ...
