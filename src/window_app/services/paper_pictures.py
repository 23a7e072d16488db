"""Pages of the real PDF as pictures for the screen, drawn in the process that also draws strangers' files."""

import re

from window_app.domain.attachments import FileReader, Picture

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PDF = "application/pdf"


class PaperPictures:
    """Draws pages of papers. Waits for another process, so for free workers alone."""

    def __init__(self, reader: FileReader) -> None:
        self._reader = reader

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF that this program made has."""
        return max(1, len(_PAGE.findall(pdf)))

    def page(self, pdf: bytes, number: int, width: int) -> Picture:
        """Return a page, from 0, as a picture of at most this width.

        Raises:
            FileRefused: it could not be drawn.
        """
        return self._reader.picture(pdf, _PDF, number, width)
