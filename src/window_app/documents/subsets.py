"""What one document embeds of a font: its outlines alone, numbered as they were first used, and the map back to text.

A subset is a composite font: two bytes a glyph, one font a document however many characters it uses. The
tables that only a system's font needs (names, character map, hints) are left out.
"""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from struct import calcsize, pack, unpack_from
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfbase.ttfonts import TTFontFace

from window_app.documents.streams import Packed

MAPPINGS_A_BLOCK = 100
EM = 1000
NO_BREAK_SPACE, SPACE = "\u00a0", " "
LAST_OF_ONE = 0xFFFF
"""The last character of one UTF-16 unit."""
SYMBOLIC = 4
MARK_LETTERS = 6
CHECKSUM_AT = 8
CHECKSUM_OF_ALL = 0xB1B0AFBA
LONG_OFFSETS_FROM = 2 * 0xFFFF
WORDS, SCALE, SCALES, MATRIX, MORE = 0x0001, 0x0008, 0x0040, 0x0080, 0x0020
"""Flags of the parts that an outline may be put together from."""


class Subset:
    """The characters of one font that one document uses."""

    def __init__(self, face: TTFontFace, internal: str) -> None:
        """Begin without characters; `internal` is the name by which pages call the font."""
        self.internal = internal
        self._face = face
        self._codes: dict[str, int] = {}

    def codes(self, text: str) -> bytes:
        """Return what a page shows for a text: two bytes a character."""
        known = self._codes
        for character in text:
            if character not in known:
                shown = SPACE if character == NO_BREAK_SPACE else character
                known[character] = known.setdefault(shown, len(known) + 1 - (NO_BREAK_SPACE in known))
        return pack(f">{len(text)}H", *map(known.__getitem__, text))

    def add_to(self, document: Any) -> None:  # noqa: ANN401 - reportlab's untyped document
        """Add the font to a document whose pages show these characters."""
        points = _in_order(self._codes)
        name = f"{_mark(points)}+{self._face.name.decode('ascii')}"
        file = font_file(self._face, points)
        outlines = Packed(file, {"Length1": len(file)})
        drawn = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(name),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "CIDToGIDMap": PDFName("Identity"),
                "DW": EM,
                "W": _widths(self._face, points),
                "FontDescriptor": document.Reference(self._descriptor(name, document, outlines)),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(drawn)]),
                "ToUnicode": document.Reference(Packed(unicode_map(points).encode("ascii"))),
            }
        )
        document.idToObject["BasicFonts"].dict[self.internal] = document.Reference(font, f"font-{self.internal}")

    def _descriptor(self, name: str, document: Any, outlines: Packed) -> PDFDictionary:  # noqa: ANN401
        face = self._face
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(name),
                "Flags": SYMBOLIC,
                "FontBBox": "[{} {} {} {}]".format(*map(round, face.bbox)),
                "ItalicAngle": face.italicAngle,
                "Ascent": round(face.ascent),
                "Descent": round(face.descent),
                "CapHeight": round(face.capHeight),
                "StemV": face.stemV,
                "FontFile2": document.Reference(outlines),
            }
        )


def unicode_map(points: Sequence[int]) -> str:
    """Return the ToUnicode map of glyphs numbered from 1: to UTF-16BE, surrogate pairs included.

    Blocks hold at most 100 ranges and no range crosses a number of 256, as the CMap format demands.
    """
    ranges = [_range(start, points) for start in _starts(len(points))]
    blocks = [ranges[at : at + MAPPINGS_A_BLOCK] for at in range(0, len(ranges), MAPPINGS_A_BLOCK)]
    body = [f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    )
    tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return "\n".join([head, *body, tail])


def _starts(count: int) -> Iterator[int]:
    yield 1
    yield from range(256, count + 1, 256)


def _range(start: int, points: Sequence[int]) -> str:
    last = min(start | 0xFF, len(points))
    texts = [f"<{point:04X}>" if point <= LAST_OF_ONE else _pair(point) for point in points[start - 1 : last]]
    return f"<{start:04X}> <{last:04X}> [{''.join(texts)}]"


def _pair(point: int) -> str:
    return f"<{chr(point).encode('utf-16-be').hex().upper()}>"


def _in_order(codes: dict[str, int]) -> list[int]:
    shown = {number: ord(character) for character, number in codes.items() if character != NO_BREAK_SPACE}
    return [shown[number] for number in range(1, len(shown) + 1)]


def _mark(points: Sequence[int]) -> str:
    """Return six letters of a subset's own: printers keep fonts by name, and papers are bound into one job."""
    digest = b32encode(sha256(pack(f">{len(points)}I", *points)).digest()).decode("ascii")
    return "".join(letter for letter in digest if letter.isalpha())[:MARK_LETTERS].ljust(MARK_LETTERS, "A")


def _widths(face: TTFontFace, points: Sequence[int]) -> str:
    """Return the widths that are not an em, each stretch behind the number of its first glyph."""
    stretches: list[tuple[int, list[str]]] = []
    for number, point in enumerate(points, start=1):
        width = face.getCharWidth(point)
        if width == EM:
            continue
        if stretches and sum((stretches[-1][0], len(stretches[-1][1]))) == number:
            stretches[-1][1].append(f"{width:g}")
        else:
            stretches.append((number, [f"{width:g}"]))
    return f"[{' '.join(f'{first} [' + ' '.join(widths) + ']' for first, widths in stretches)}]"


def font_file(face: TTFontFace, points: Sequence[int]) -> bytes:
    """Return a TrueType file of these characters' outlines, in this order behind the one for none."""
    numbers = [0, *(face.charToGlyph.get(point, 0) for point in points)]
    outlines = _outlines(face, numbers)
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    long_offsets = offsets[-1] > LONG_OFFSETS_FROM
    advances = [face.defaultWidth, *map(face.getCharWidth, points)]
    advances += [face.defaultWidth] * (len(numbers) - len(advances))
    metrics = b"".join(
        pack(">HH", round(advance * face.unitsPerEm / EM), face.hmetrics[number][1])
        for advance, number in zip(advances, numbers, strict=True)
    )
    tables = {tag: face.get_table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in face.table}
    tables |= {
        "glyf": b"".join(outlines),
        "head": _changed(face.get_table("head"), {CHECKSUM_AT: (">I", 0), 50: (">h", int(long_offsets))}),
        "hhea": _changed(face.get_table("hhea"), {34: (">H", len(numbers))}),
        "hmtx": metrics,
        "loca": pack(f">{len(offsets)}I", *offsets) if long_offsets else pack(
            f">{len(offsets)}H", *(offset // 2 for offset in offsets)
        ),
        "maxp": _changed(face.get_table("maxp"), {4: (">H", len(numbers))}),
    }  # fmt: skip
    return _bound(tables)


def _outlines(face: TTFontFace, numbers: list[int]) -> list[bytes]:
    """Return outlines by number, each of even length; parts of composed ones are added to the numbers."""
    start, whole = face.get_table_pos("glyf")[0], face._ttf_data
    at = {number: place for place, number in reversed([*enumerate(numbers)])}
    outlines: list[bytes] = []
    for number in numbers:
        outline = whole[start + face.glyphPos[number] : start + face.glyphPos[number + 1]]
        if outline[:1] > b"\x7f":
            outline = _renumbered(outline, numbers, at)
        outlines.append(outline + b"\0" * (len(outline) % 2))
    return outlines


def _renumbered(outline: bytes, numbers: list[int], at: dict[int, int]) -> bytes:
    changed = bytearray(outline)
    place, flags = 10, MORE
    while flags & MORE:
        flags, part = unpack_from(">HH", outline, place)
        if part not in at:
            at[part] = len(numbers)
            numbers.append(part)
        changed[place + 2 : place + 4] = pack(">H", at[part])
        place += 8 if flags & WORDS else 6
        place += 2 * bool(flags & SCALE) + 4 * bool(flags & SCALES) + 8 * bool(flags & MATRIX)
    return bytes(changed)


def _changed(table: bytes, fields: dict[int, tuple[str, int]]) -> bytes:
    changed = bytearray(table)
    for at, (form, value) in fields.items():
        changed[at : at + calcsize(form)] = pack(form, value)
    return bytes(changed)


def _bound(tables: dict[str, bytes]) -> bytes:
    """Return tables as one file, with their sums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    entries, body, at = [], [], len(head) + 16 * count
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        entries.append(pack(">4sIII", tag.encode("ascii"), _sum(padded), at, len(table)))
        body.append(padded)
        at += len(padded)
    whole = head + b"".join(entries) + b"".join(body)
    place = next(unpack_from(">4sIII", entry)[2] for entry in entries if entry.startswith(b"head"))
    return _changed(whole, {place + CHECKSUM_AT: (">I", (CHECKSUM_OF_ALL - _sum(whole)) & 0xFFFFFFFF)})


def _sum(padded: bytes) -> int:
    whole: int = sum(unpack_from(f">{len(padded) // 4}I", padded))
    return whole & 0xFFFFFFFF
