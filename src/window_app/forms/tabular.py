"""The one reader of tables that others made: xlsx, csv, pasted text. It says what it cannot take, and goes on.

What a file is, its content tells and not its name. Nothing is computed and nothing executed; limits
hold before anything is unpacked.
"""

from pathlib import Path

from window_app.errors import WindowAppError
from window_app.forms.tabular_rows import (
    DIRECTORY,
    Headed,
    Limits,
    Row,
    Table,
    TableFault,
    column_letters,
    plain_heading,
)
from window_app.forms.tabular_text import SeparatedText
from window_app.forms.tabular_workbook import Workbook

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEALED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"BM")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_BOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xltm")


def read_table(source: Path | str, *, limits: Limits | None = None, headed: Headed | None = None) -> Table:
    """Open a file, or a pasted text, as a table; to be used with `with`.

    Args:
        source: a file's path, or the pasted text itself.
        limits: what the file may at most be; those of a sheet of some thousand rows where none are given.
        headed: answers whether a heading (see `plain_heading`) is one that is looked for; the
            headings are then the row, and the sheet, that has most of them. Without it they are
            the first row that is not empty.

    Raises:
        TableFault: where nothing can be read. What can be read in part says the rest in its rows
            and `notes`.
    """
    limits = limits or Limits()
    if isinstance(source, str):
        return Table(SeparatedText.pasted(source, limits), limits, headed)
    opened = _opened(source, limits, headed)
    usual = _BOOK_NAMES if isinstance(opened, Workbook) else _TEXT_NAMES
    if source.suffix.lower() not in usual:
        opened.notes.append(TableFault("tabular.named_otherwise"))
    try:
        return Table(opened, limits, headed)
    except WindowAppError:
        opened.close()
        raise


def _opened(path: Path, limits: Limits, headed: Headed | None) -> Workbook | SeparatedText:
    start = _start(path, limits)
    if start.startswith(_ZIP):
        return Workbook(path, limits, headed)
    _refuse_others(path, start)
    return SeparatedText.of_file(path, limits)


def _start(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.size:
            raise TableFault("tabular.file_large", megabytes=size // 1_000_000, limit=limits.size // 1_000_000)
        with path.open("rb") as stream:
            return stream.read(512)
    except OSError:
        raise TableFault("tabular.cannot_open") from None


def _refuse_others(path: Path, start: bytes) -> None:
    """Refuse what is known to be no table, by what it is."""
    if start.startswith(_COMPOUND):
        with path.open("rb") as stream:
            sealed = any(_SEALED in piece for piece in iter(lambda: stream.read(4_000_000), b""))
        raise TableFault("tabular.password" if sealed else "tabular.old_workbook")
    if start.startswith(_OTHERS):
        raise TableFault("tabular.other_document")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise TableFault("tabular.markup")


__all__ = [
    "DIRECTORY",
    "Headed",
    "Limits",
    "Row",
    "Table",
    "TableFault",
    "column_letters",
    "plain_heading",
    "read_table",
]
