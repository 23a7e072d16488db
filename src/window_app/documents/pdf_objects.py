"""The objects of a PDF that we made, read strictly, so that two PDFs can be compared by what they show.

Only the plain form that this program writes is understood: header, numbered objects, one cross-reference
table, trailer. Anything between, behind or beside them is an alteration. How streams are deflated does not
matter, so that another zlib does not make a paper look altered.
"""

import re
import zlib

HEADER = re.compile(rb"%PDF-1\.\d\r?\n(?:%[^\r\n]*\r?\n)?")
OBJECT = re.compile(rb"(?:%[^\r\n]*\r?\n)*(\d+) 0 obj\r?\n")
STREAM_DICTIONARY = re.compile(rb"<<(?:(?!endobj|stream\r?\n).)*?>>\s*stream\r?\n", re.DOTALL)
LENGTH = re.compile(rb"/Length (\d+)")
END_STREAM = re.compile(rb"\s*endstream\s*endobj\r?\n")
TRAILER = re.compile(
    rb"xref\r?\n0 (\d+)\r?\n((?:\d{10} \d{5} [fn] ?\r?\n)+)trailer\r?\n(<<.*?>>)\r?\nstartxref\r?\n(\d+)\r?\n%%EOF\s*",
    re.DOTALL,
)


MOST_BYTES = 32 * 1024 * 1024


class NotPlain(ValueError):
    """The PDF is not in the form that this program writes."""


def shown_objects(pdf: bytes) -> dict[int, tuple[bytes, bytes]]:
    """Return every object by number: its dictionary without stream length, and its stream inflated.

    Raises:
        NotPlain: where a byte of the file is not accounted for.
    """
    header = HEADER.match(pdf)
    if header is None:
        raise NotPlain("header")
    at = header.end()
    objects: dict[int, tuple[bytes, bytes]] = {}
    places: dict[int, int] = {}
    while match := OBJECT.match(pdf, at):
        number = int(match[1])
        if number in objects:
            raise NotPlain("object twice")
        places[number] = match.start(1)
        objects[number], at = _object(pdf, match.end())
    _check_end(pdf, at, places)
    return objects


def _object(pdf: bytes, at: int) -> tuple[tuple[bytes, bytes], int]:
    end = pdf.find(b"endobj", at)
    stream = STREAM_DICTIONARY.match(pdf, at)
    if stream is None:
        if end < 0:
            raise NotPlain("object not closed")
        body = pdf[at:end]
        return (body.strip(), b""), _after_line(pdf, end + len(b"endobj"))
    length = LENGTH.search(stream[0])
    if length is None:
        raise NotPlain("stream without length")
    closing = END_STREAM.match(pdf, stream.end() + int(length[1]))
    if closing is None:
        raise NotPlain("stream not closed")
    content = pdf[stream.end() : stream.end() + int(length[1])]
    return (LENGTH.sub(b"", stream[0]), _inflated(content)), closing.end()


def _after_line(pdf: bytes, at: int) -> int:
    match = re.compile(rb"\r?\n").match(pdf, at)
    if match is None:
        raise NotPlain("object not closed")
    return match.end()


def _inflated(content: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(content, MOST_BYTES)
    except zlib.error as cause:
        raise NotPlain("stream") from cause
    if not inflater.eof or inflater.unused_data:
        raise NotPlain("stream")
    return plain


def _check_end(pdf: bytes, at: int, places: dict[int, int]) -> None:
    end = TRAILER.fullmatch(pdf, at)
    if end is None:
        raise NotPlain("trailer")
    entries = [line.split() for line in end[2].splitlines()]
    told = {number: int(entry[0]) for number, entry in enumerate(entries) if entry[2] == b"n"}
    if told != places or int(end[4]) != at or int(end[1]) != len(entries):
        raise NotPlain("cross-reference table")
    if b"/Encrypt" in end[3] or b"/Prev" in end[3]:
        raise NotPlain("trailer")


def shows_the_same(pdf: bytes, other: bytes) -> bool:
    """Tell whether two PDFs of ours hold the same objects, trailer roots included."""
    if pdf == other:
        return True
    try:
        return shown_objects(pdf) == shown_objects(other) and _roots(pdf) == _roots(other)
    except NotPlain:
        return False


def _roots(pdf: bytes) -> tuple[bytes, ...]:
    trailer = pdf[pdf.rfind(b"trailer") :]
    return tuple(re.findall(rb"/(?:Root|Info|Size) [^/\r\n]*", trailer))
