"""Streams of a PDF as PDF/A wants them."""

import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream


class Packed(PDFStream):  # type: ignore[misc] # reportlab carries no types
    """A deflated stream with a line end of its own before its end.

    WORKAROUND for reportlab 5.1, which writes `endstream` right behind the last byte; no archive takes that.
    """

    def __init__(self, content: bytes, dictionary: dict[str, Any] | None = None) -> None:
        """Pack the content; the dictionary is what it is to say besides."""
        super().__init__(PDFDictionary(dictionary or {}), zlib.compress(content))

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - reportlab's untyped document
        """Return dictionary and stream as they stand in the file."""
        said = {**self.dictionary.dict, "Filter": PDFName("FlateDecode"), "Length": len(self.content)}
        head: bytes = PDFDictionary(said).format(document)
        return b"".join([head, b"\nstream\n", self.content, b"\nendstream\n"])
