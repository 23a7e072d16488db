"""Files that no honest spreadsheet program writes, and those that honest people bring by mistake."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.sheets.people import table_of, write_csv, write_xlsx

Make = Callable[[Path], Path]

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def repacked(path: Path, change: Mapping[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a workbook anew with some of its parts changed or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", level) as archive:
        for name, content in {**parts, **change}.items():
            archive.writestr(name, content)
    return path


def _book(folder: Path, name: str = "名单.xlsx") -> Path:
    return write_xlsx(folder / name, table_of(5))


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def bomb(folder: Path) -> Path:
    """A sheet of 60 MB in 60 KB."""
    return repacked(_book(folder), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"})


def many_parts(folder: Path) -> Path:
    return repacked(_book(folder), {f"xl/media/{at}.png": b"" for at in range(2_500)})


def shared_texts(folder: Path) -> Path:
    return repacked(_book(folder), {"xl/sharedStrings.xml": b"<sst>" + b"x" * 90_000_000 + b"</sst>"})


def laughs(folder: Path) -> Path:
    """Entities that multiply."""
    path = _book(folder)
    entities = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = _part(path, "xl/sharedStrings.xml")
    head, _, rest = content.partition(b"?>")
    return repacked(path, {"xl/sharedStrings.xml": head + b"?>" + entities + rest})


def outside(folder: Path) -> Path:
    """An entity that would read a file."""
    path = _book(folder)
    head, _, rest = _part(path, "xl/workbook.xml").partition(b"?>")
    trap = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return repacked(path, {"xl/workbook.xml": head + b"?>" + trap + rest})


def hidden_encoding(folder: Path) -> Path:
    """The same in an encoding in which a plain search does not see it."""
    path = _book(folder)
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE r [<!ENTITY x "y">]><sst/>'
    return repacked(path, {"xl/sharedStrings.xml": text.encode("utf-16")})


def cut(folder: Path) -> Path:
    path = _book(folder)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def broken_parts(folder: Path) -> Path:
    return repacked(_book(folder), {"xl/workbook.xml": b"<workbook><sheets></workbook>"})


def document(folder: Path) -> Path:
    path = folder / "材料.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", "<w/>")
    return path


def archive_only(folder: Path) -> Path:
    path = folder / "名单.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("名单.csv", "姓名\n张三\n")
    return path


def open_document(folder: Path) -> Path:
    path = folder / "名单.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    return path


def binary_workbook(folder: Path) -> Path:
    path = folder / "名单.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01")
    return path


def _bytes(name: str, content: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def too_large(folder: Path) -> Path:
    """A file of 100 MB that takes no place on the disk."""
    path = folder / "名单.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(100_000_000)
    return path


def one_endless_line(folder: Path) -> Path:
    return _bytes("名单.csv", ("姓名,电话\n" + "张" * 2_000_000).encode())(folder)


def no_headings(folder: Path) -> Path:
    return write_csv(folder / "名单.csv", [["a", "b"], ["1", "2"]])


def other_encoding(folder: Path) -> Path:
    return write_csv(folder / "名单.csv", [["姓名", "電話號碼"], ["張三", "123"]], "big5")


def _sealed() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)


def _zip_with_password() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    content = bytearray(packed.getvalue())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


REFUSED: Mapping[str, tuple[Make, str]] = {
    "zip bomb": (bomb, "tabular.bomb"),
    "thousands of parts": (many_parts, "tabular.parts"),
    "90 MB of shared texts": (shared_texts, "tabular.bomb"),
    "entities that multiply": (laughs, "tabular.trap"),
    "an entity that reads a file": (outside, "tabular.trap"),
    "entities in another encoding": (hidden_encoding, "tabular.trap"),
    "cut off": (cut, "tabular.damaged"),
    "broken XML": (broken_parts, "tabular.damaged"),
    "100 MB": (too_large, "tabular.file_large"),
    "a Word document": (document, "tabular.other_document"),
    "a zip with a csv": (archive_only, "tabular.no_workbook"),
    "ods": (open_document, "tabular.open_document"),
    "xlsb": (binary_workbook, "tabular.binary_workbook"),
    "the old xls": (_bytes("名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "tabular.old_workbook"),
    "xlsx with a password": (_bytes("名单.xlsx", _sealed()), "tabular.password"),
    "a part with a password": (_bytes("名单.xlsx", _zip_with_password()), "tabular.password"),
    "a web page named xls": (_bytes("名单.xls", b"<html><table><tr><td>1</td></tr></table></html>"), "tabular.markup"),
    "a PDF named csv": (_bytes("名单.csv", b"%PDF-1.7\n"), "tabular.other_document"),
    "a picture named xlsx": (_bytes("名单.xlsx", b"\xff\xd8\xff\xe0JFIF"), "tabular.other_document"),
    "a program": (_bytes("名单.csv", b"MZ\x90\x00"), "tabular.other_document"),
    "bytes that are no text": (_bytes("名单.csv", b"abc\x00\x01\x02"), "tabular.not_text"),
    "nothing": (_bytes("名单.csv", b""), "tabular.empty"),
    "blank lines": (_bytes("名单.csv", b"\n\n,,\n"), "tabular.empty"),
    "no headings": (no_headings, "tabular.no_headings"),
}
"""By name: how it is made and the code of what is said."""
