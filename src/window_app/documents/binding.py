"""Several PDFs bound into one, to go to the printer as one job."""

from collections.abc import Sequence
from io import BytesIO
from threading import Lock

import pypdfium2 as pdfium

TURN = Lock()
"""Held by whoever calls pdfium: it is not made for several threads."""


def bind(parts: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of all parts, in order; a single one stays as it is."""
    if len(parts) == 1:
        return parts[0]
    with TURN:
        return _bound(parts)


def _bound(parts: Sequence[bytes]) -> bytes:
    whole = pdfium.PdfDocument.new()
    try:
        for part in parts:
            source = pdfium.PdfDocument(part)
            try:
                whole.import_pages(source)
            finally:
                source.close()
        buffer = BytesIO()
        whole.save(buffer)
        return buffer.getvalue()
    finally:
        whole.close()
