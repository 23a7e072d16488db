"""A workbook's package, looked through before anything unpacks or reads it: bombs and traps are refused."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

from window_app.forms.tabular_rows import Limits, TableFault

_PIECE = 1_000_000
_WANTS_PASSWORD = 1
_OVERLAP = 4_000
_UNSUSPICIOUS = 20_000_000
_OTHER_PART = 40_000_000
_STRINGS = "sharedStrings.xml"
_WORKBOOK = "xl/workbook.xml"
_TRAP = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_MARK = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)"'
    rb'|<(?:\w+:)?row\s[^>]*?(hidden="(?:1|true)")'
)
_ENCODING = re.compile(rb'^<\?xml[^>]*?encoding\s*=\s*["\']([^"\']+)["\']')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class SheetMarks:
    """What a sheet's own part says beside its cells: merged ranges, and whether rows are hidden."""

    merged: set[str] = field(default_factory=set)
    hidden_rows: bool = False


def check_package(path: Path, limits: Limits) -> None:
    """Look through a package before it is read.

    Raises:
        TableFault: where it is no workbook, larger unpacked than allowed, or has what XML bombs need.
    """
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & _WANTS_PASSWORD for part in parts):
                raise TableFault("tabular.password")
            _check_sizes(parts, limits)
            if _WORKBOOK not in archive.namelist():
                raise TableFault(_what_else(archive.namelist()))
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, part)
    except (BadZipFile, EOFError, OSError, zlib.error, ValueError, RuntimeError):
        raise TableFault("tabular.damaged") from None


def sheet_marks(path: Path, title: str) -> SheetMarks:
    """Return what a checked workbook's sheet says beside its cells; nothing where it cannot be found."""
    with ZipFile(path) as archive:
        part = _sheet_part(archive, title)
        marks = SheetMarks()
        if part is None:
            return marks
        for piece in _pieces(archive, archive.getinfo(part)):
            _note_marks(piece, marks)
    return marks


def _check_sizes(parts: list[ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise TableFault("tabular.parts", parts=len(parts), limit=limits.parts)
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > limits.unpacked or (unpacked > _UNSUSPICIOUS and unpacked > packed * limits.ratio):
        raise TableFault("tabular.bomb", megabytes=unpacked // 1_000_000)
    for part in parts:
        name = part.filename
        if name.endswith(_STRINGS) and part.file_size > limits.strings:
            raise TableFault("tabular.bomb", megabytes=part.file_size // 1_000_000)
        beside = not name.startswith(("xl/worksheets/", "xl/media/")) and not name.endswith(_STRINGS)
        if beside and part.file_size > _OTHER_PART:
            raise TableFault("tabular.bomb", megabytes=part.file_size // 1_000_000)


def _what_else(names: list[str]) -> str:
    """Return the code for a package that is no workbook."""
    if "xl/workbook.bin" in names:
        return "tabular.binary_workbook"
    if "content.xml" in names and "mimetype" in names:
        return "tabular.open_document"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "tabular.other_document"
    return "tabular.no_workbook"


def _check_xml(archive: ZipFile, part: ZipInfo) -> None:
    """Refuse entities and the encodings in which they could hide; nothing that Excel or WPS writes has them."""
    first = True
    for piece in _pieces(archive, part):
        if first:
            start = piece.removeprefix(b"\xef\xbb\xbf").lstrip()
            said = _ENCODING.match(start)
            if not start.startswith(b"<") or (said and said[1].lower() not in (b"utf-8", b"us-ascii")):
                raise TableFault("tabular.trap")
            first = False
        if _TRAP.search(piece):
            raise TableFault("tabular.trap")


def _pieces(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """Return a part piece by piece; each begins with the end of the one before."""
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield before + piece
            before = (before + piece)[-_OVERLAP:] if len(piece) == _PIECE else b""


def _note_marks(piece: bytes, marks: SheetMarks) -> None:
    for found in _MARK.finditer(piece):
        if found[1] is None:
            marks.hidden_rows = True
        else:
            marks.merged.add(found[1].decode())


def _sheet_part(archive: ZipFile, title: str) -> str | None:
    """Return the name of the part in which a sheet stands."""
    with archive.open(_WORKBOOK) as stream:
        wanted = next((key for name, key in _sheets(stream) if name == title), None)
    links = "xl/_rels/workbook.xml.rels"
    if wanted is None or links not in archive.namelist():
        return None
    with archive.open(links) as stream:
        for relation in ElementTree.parse(stream).iter():  # noqa: S314 # check_package refused what makes it unsafe
            if relation.get("Id") == wanted:
                return _known_part(archive, relation.get("Target") or "")
    return None


def _sheets(stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    for element in ElementTree.parse(stream).iter():  # noqa: S314 # as above
        if element.tag.rpartition("}")[2] == "sheet":
            yield element.get("name") or "", element.get(_RELATION) or ""


def _known_part(archive: ZipFile, target: str) -> str | None:
    name = target.removeprefix("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
    return name if name in archive.namelist() else None
