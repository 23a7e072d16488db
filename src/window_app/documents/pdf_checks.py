"""What makes a PDF harmful to whoever opens it later, found without running anything of it."""

import re
import zlib
from collections.abc import Iterator

from window_app.domain.attachments import FileRefused

MOST_UNPACKED = 32 * 1024 * 1024
_TAIL = 1024


def _name(word: str) -> bytes:
    """Return a pattern for a name of a PDF, in which any letter may be written as # and two hex digits."""
    letters = "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    return f"/{letters}(?![A-Za-z0-9#])".encode("ascii")


_SCRIPTS = re.compile(
    b"|".join(_name(word) for word in ("JavaScript", "Launch", "RichMedia", "ImportData", "Rendition"))
)
_EMBEDDED = re.compile(b"|".join(_name(word) for word in ("EmbeddedFile", "EmbeddedFiles", "FileAttachment", "XFA")))
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"\bobj\b")
_END = re.compile(rb"%%EOF")


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is cut off, locked, carries scripts or files, or has something else behind its end.

    Raises:
        FileRefused.
    """
    ends = [found.end() for found in _END.finditer(content)]
    if not ends:
        raise FileRefused("attachment.truncated")
    behind = content[ends[-1] :].strip(b"\r\n\t \x00")
    if behind:
        raise FileRefused(
            "attachment.truncated" if len(behind) > _TAIL and not _is_other(behind) else "attachment.two_in_one"
        )
    for part in (content, *_unpacked(content)):
        if _SCRIPTS.search(part):
            raise FileRefused("attachment.script")
        if _EMBEDDED.search(part):
            raise FileRefused("attachment.embedded")
    if _ENCRYPTED.search(content):
        raise FileRefused("attachment.password")


def _is_other(behind: bytes) -> bool:
    return behind.startswith((b"PK", b"<", b"MZ", b"\x7fELF", b"#!", b"Rar!", b"7z", b"\xff\xd8", b"\x89PNG"))


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the objects that a PDF keeps packed, up to a bound.

    Raises:
        FileRefused: where they are packed in a way that nothing but a trick needs, or without end.
    """
    left = MOST_UNPACKED
    for found in _PACKED.finditer(content):
        begun = _STREAM.search(content, found.end())
        if begun is None:
            raise FileRefused("attachment.unreadable")
        heading = content[max(0, content.rfind(b"obj", 0, found.start())) : begun.start()]
        if b"/FlateDecode" not in heading:
            if b"/Filter" in heading:
                raise FileRefused("attachment.unreadable")
            continue
        unpacking = zlib.decompressobj()
        try:
            part = unpacking.decompress(content[begun.end() :], left)
        except zlib.error:
            raise FileRefused("attachment.unreadable") from None
        left -= len(part)
        if left <= 0:
            raise FileRefused("attachment.bomb")
        yield part
