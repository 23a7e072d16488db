"""Rows of separated text: a csv file in UTF-8, UTF-16 or GB18030, or what was pasted from a spreadsheet."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

from window_app.errors import WindowAppError
from window_app.forms.tabular_rows import Limits, RawRow, Source, TableFault, refused_text

_PIECE = 1_000_000
_LONGEST_LINE = 1_000_000
_LINES_OF_A_ROW = 60
_LOOKED_AT = 30
_SEPARATORS = "\t,;"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?[Ee]\+\d{1,3}")
_CHOSEN = re.compile(r"sep=(.)\s*")


class SeparatedText(Source):
    """Rows of a csv file or of pasted text."""

    shifts = True

    def __init__(self, stream: TextIO, limits: Limits, size: int) -> None:
        """Take a text that is read from its beginning; `size` is how many bytes it has, 0 where unknown."""
        super().__init__()
        self._stream = stream
        self._limits = limits
        self._size = size
        self._lines = _Lines(stream)

    @classmethod
    def pasted(cls, text: str, limits: Limits) -> "SeparatedText":
        """Return the rows of a pasted text.

        Raises:
            TableFault: `tabular.file_large`.
        """
        if len(text) > limits.size:
            raise TableFault("tabular.file_large", megabytes=len(text) // 1_000_000, limit=limits.size // 1_000_000)
        return cls(StringIO(text.removeprefix("\ufeff"), newline=""), limits, 0)

    @classmethod
    def of_file(cls, path: Path, limits: Limits) -> "SeparatedText":
        """Return the rows of a file, in the encoding it turns out to have.

        Raises:
            TableFault: where it is no text.
        """
        encoding, broken = find_encoding(path)
        stream = path.open(encoding=encoding, errors="replace", newline="")
        source = cls(stream, limits, path.stat().st_size)
        if broken:
            source.notes.append(TableFault("tabular.encoding_lines", line=broken))
        return source

    def rows(self) -> Iterator[RawRow]:
        """Return every row from the top; where a quotation mark is left open, that row alone is refused."""
        separator = self._separator()
        reader = csv.reader(self._lines, delimiter=separator, strict=True)
        number = 0
        while True:
            number += 1
            self._lines.begin_row()
            try:
                cells = next(reader, None)
            except csv.Error:
                self._lines.go_back()
                yield RawRow(number, (), fault=TableFault("tabular.quotes"))
                continue
            except _LineTooLong:
                self.notes.append(TableFault("tabular.damaged_from", row=number))
                return
            if cells is None:
                return
            yield self._raw(number, cells)

    def share(self) -> float | None:
        """Return how much of the file has been read."""
        return min(1.0, self._stream.buffer.tell() / self._size) if self._size else None

    def close(self) -> None:
        """Give the file back."""
        self._stream.close()

    def _separator(self) -> str:
        """Return what separates the cells: what the file says itself, else what its lines have most alike."""
        top = [line for line in self._lines.peek(_LOOKED_AT) if line.strip()]
        chosen = _CHOSEN.fullmatch(top[0]) if top else None
        if chosen is not None:
            self._lines.skip_to(top[0])
            return chosen[1]
        return max(_SEPARATORS, key=lambda mark: _evenness(top, mark))

    def _raw(self, number: int, cells: list[str]) -> RawRow:
        texts, refused = [], {}
        for at, typed in enumerate(cells[: self._limits.columns]):
            text = typed.strip() if "\r" not in typed else typed.replace("\r\n", "\n").strip()
            fault = _fault(text)
            if fault is not None:
                refused[at] = fault
            texts.append("" if fault else text)
        return RawRow(number, texts, refused)


def _fault(text: str) -> WindowAppError | None:
    if text.startswith("="):
        return TableFault("tabular.formula")
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        return TableFault("tabular.digits_lost")
    return refused_text(text)


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """Return how many lines have the same number of a separator, and how many that is."""
    counts = Counter(count for line in lines if (count := re.sub(r'"[^"]*"', "", line).count(mark)))
    if not counts:
        return 0, 0
    count, lines_alike = counts.most_common(1)[0]
    return lines_alike, count


def find_encoding(path: Path) -> tuple[str, int]:
    """Return a text file's encoding and the first line that cannot be read in it, 0 where all can.

    Raises:
        TableFault: `tabular.not_text`.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding, _first_bad_line(path, encoding) if encoding == "utf-8-sig" else 0
    if _first_with(path, b"\0"):
        raise TableFault("tabular.not_text")
    broken = _first_bad_line(path, "utf-8")
    if not broken or _has_beyond_ascii(path, broken):
        return "utf-8", broken
    return "gb18030", _first_bad_line(path, "gb18030")


def _has_beyond_ascii(path: Path, before: int) -> bool:
    """Answer whether lines before one have other than ASCII; that it can be read as UTF-8 is then no accident."""
    with path.open("rb") as stream:
        return any(not line.isascii() for line in islice(iter(lambda: stream.readline(_PIECE), b""), before - 1))


def _first_with(path: Path, wanted: bytes) -> bool:
    with path.open("rb") as stream:
        return any(wanted in piece for piece in iter(lambda: stream.read(_PIECE), b""))


def _first_bad_line(path: Path, encoding: str) -> int:
    """Return the number of the first line that is not in an encoding, 0 where there is none."""
    line, decoder = 1, codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        for piece in iter(lambda: stream.read(_PIECE), b""):
            before = decoder.getstate()
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                decoder.setstate(before)
                return line + _lines_before_fault(decoder, piece)
            line += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


def _lines_before_fault(decoder: codecs.IncrementalDecoder, piece: bytes) -> int:
    done = 0
    for part in piece.splitlines(keepends=True):
        try:
            decoder.decode(part)
        except UnicodeDecodeError:
            return done
        done += part.endswith(b"\n")
    return done


class _LineTooLong(Exception):  # never leaves this module
    """A line longer than any row of a sheet."""


class _Lines:
    """Lines that can be read again from the one after the row's first."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead: list[str] = []
        self._row: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.pop(0) if self._ahead else self._stream.readline(_LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        if len(line) > _LONGEST_LINE:
            raise _LineTooLong
        self._row.append(line)
        if len(self._row) > _LINES_OF_A_ROW:
            raise csv.Error
        return line

    def begin_row(self) -> None:
        """Take the next line for the first of a row."""
        self._row = []

    def go_back(self) -> None:
        """Read again what follows the first line of the row."""
        self._ahead = self._row[1:] + self._ahead

    def peek(self, count: int) -> list[str]:
        """Return the next lines without passing them."""
        while len(self._ahead) < count and (line := self._stream.readline(_LONGEST_LINE + 1)):
            self._ahead.append(line)
        return self._ahead[:count]

    def skip_to(self, line: str) -> None:
        """Pass everything up to and with a line that was peeked at."""
        del self._ahead[: self._ahead.index(line) + 1]
