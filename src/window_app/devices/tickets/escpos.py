"""A ticket as ESC/POS: text in the two-byte part of GB18030, dots where the printer may lack a character.

Few printers hold more than the 21,003 hanzi of two bytes, whatever their sheet says of GB18030: a character of four
bytes comes out as a blank or as two others. So a line with one of them goes as dots, as every line does where the
printer has no Chinese at all.
"""

from window_app.domain.tickets import PAPER_DOTS, DotDrawer, Dots, TicketCode, TicketLine, TicketPage, TicketRule

ESC, GS, FS = b"\x1b", b"\x1d", b"\x1c"
INITIALISE = ESC + b"@"
CHINESE_ON = FS + b"&"
LINE_FEED = b"\n"
FEED_AND_CUT = ESC + b"d\x03" + GS + b"VB\x00"
MOST_SIZE = 4
COLUMNS = 48
"""Half-width characters on a line of size 1: 12 dots each."""
MOST_ROWS = 255
_BOLD = 8
_DOUBLE_WIDE, _DOUBLE_HIGH = 4, 8
_FUNCTION_180 = b"\x31"
_MODULE_DOTS = 6
MOST_CODE = 700


class EscPos:
    """Writes tickets in the printer's own language."""

    def __init__(self, drawer: DotDrawer, *, text: bool = True, codes: bool = True, width: int = PAPER_DOTS) -> None:
        """Keep what draws dots.

        Args:
            drawer: draws lines and codes.
            text: the printer has Chinese characters of its own.
            codes: the printer draws QR codes by itself.
            width: dots across the paper.
        """
        self._drawer = drawer
        self._text = text
        self._codes = codes
        self._width = width

    def ticket(self, page: TicketPage) -> bytes:
        """Return the bytes of a ticket, the cut at its end included."""
        parts = [INITIALISE, CHINESE_ON]
        for part in page.parts:
            if isinstance(part, TicketLine):
                parts.append(self._line(part))
            elif isinstance(part, TicketCode):
                parts.append(self._code(part))
            elif isinstance(part, TicketRule):
                parts.append(_plain() + b"-" * (self._width * COLUMNS // PAPER_DOTS) + LINE_FEED)
        return b"".join([*parts, FEED_AND_CUT])

    def _line(self, line: TicketLine) -> bytes:
        encoded = self._encoded(line)
        if encoded is None:
            return _raster(self._drawer.line(line, self._width))
        size = min(max(line.size, 1), MOST_SIZE)
        scaled = GS + b"!" + bytes([(size - 1) << 4 | (size - 1)])
        # Older printers magnify Chinese by FS ! alone, and only twice.
        chinese = FS + b"!" + bytes([_DOUBLE_WIDE | _DOUBLE_HIGH if size > 1 else 0])
        bold = ESC + b"E" + bytes([line.bold])
        aligned = ESC + b"a" + bytes([line.centred])
        return aligned + bold + chinese + scaled + encoded + LINE_FEED

    def _encoded(self, line: TicketLine) -> bytes | None:
        """Return the line in GB18030 where each of its characters takes one byte or two, else None."""
        if not self._text:
            return None
        try:
            encoded = line.text.encode("gbk")
        except UnicodeEncodeError:
            return None
        return None if any(byte < ord(" ") for byte in encoded) else encoded

    def _code(self, code: TicketCode) -> bytes:
        content = code.text.encode("utf-8")
        if not self._codes or len(content) > MOST_CODE:
            return _raster(self._drawer.code(code.text, self._width))
        stored = len(content) + 3
        return b"".join(
            (
                _plain(),
                ESC + b"a\x01",
                _qr(b"\x04\x00", b"A\x32\x00"),  # model 2
                _qr(b"\x03\x00", b"C" + bytes([_MODULE_DOTS])),
                _qr(b"\x03\x00", b"E\x31"),  # level M
                _qr(bytes([stored & 255, stored >> 8]), b"P0" + content),
                _qr(b"\x03\x00", b"Q0"),
                LINE_FEED,
            )
        )


def _plain() -> bytes:
    return ESC + b"a\x00" + ESC + b"E\x00" + FS + b"!\x00" + GS + b"!\x00"


def _qr(length: bytes, function: bytes) -> bytes:
    return GS + b"(k" + length + _FUNCTION_180 + function


def _raster(dots: Dots) -> bytes:
    """Return dots as raster images of at most so many rows as every printer takes at once."""
    across = -(-dots.width // 8)
    images = []
    for top in range(0, dots.height, MOST_ROWS):
        rows = min(MOST_ROWS, dots.height - top)
        head = GS + b"v0\x00" + bytes([across & 255, across >> 8, rows & 255, rows >> 8])
        images.append(head + dots.rows[top * across : (top + rows) * across])
    return _plain() + b"".join(images)
