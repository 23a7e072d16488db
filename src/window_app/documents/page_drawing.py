"""Draws the pages of our own PDFs as grey pixels, for printers that take pictures only."""

from collections.abc import Iterator

import pypdfium2 as pdfium

from window_app.documents.binding import TURN
from window_app.domain.page_pixels import PagePixels

POINTS_AN_INCH = 72
ROW_BYTES = 4


class PdfiumPages:
    """Draws pages with pdfium, which one thread at a time may use."""

    def pages(self, pdf: bytes, dots_per_inch: int) -> Iterator[PagePixels]:
        """Yield the pages in order; one is drawn when it is asked for."""
        with TURN:
            document = pdfium.PdfDocument(pdf)
            count = len(document)
        try:
            for number in range(count):
                yield self._page(document, number, dots_per_inch / POINTS_AN_INCH)
        finally:
            with TURN:
                document.close()

    def _page(self, document: pdfium.PdfDocument, number: int, scale: float) -> PagePixels:
        with TURN:
            page = document[number]
            try:
                drawn = page.render(scale=scale, grayscale=True)
                pixels = PagePixels(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
                drawn.close()
            finally:
                page.close()
        return pixels if pixels.stride % ROW_BYTES == 0 else _padded(pixels)


def _padded(page: PagePixels) -> PagePixels:
    stride = -(-page.width // ROW_BYTES) * ROW_BYTES
    rows = (page.grey[at * page.stride : at * page.stride + page.width] for at in range(page.height))
    return PagePixels(page.width, page.height, stride, b"".join(row.ljust(stride, b"\xff") for row in rows))
