"""The QR code of a paper: level M, alphanumeric where the text allows it.

The tables and the writing of the text are reportlab's. Sums and placing are done here, with whole numbers and a
frame kept for each size: reportlab's take as long as the rest of a page.
"""

from collections.abc import Sequence
from functools import cache
from itertools import zip_longest

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel, QRMath, QRRSBlock, QRUtil

# Every mask decodes; the search for the best of eight is left out.
MASK = 3
QUIET_ZONE = 4
END_BITS = 4
FILLING = (0xEC, 0x11)


class _Bits:
    """Bits put one behind the other, as reportlab's parts of a code write them."""

    def __init__(self) -> None:
        self.number = 0
        self.length = 0

    def put(self, number: int, length: int) -> None:
        self.number = self.number << length | number
        self.length += length


def qr_rows(text: str) -> Sequence[Sequence[bool]]:
    """Return the modules of the QR code of a text, top row first, without the quiet zone."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    words = _code_words(code)
    frame, places = _frame(code.version)
    modules = bytearray(frame)
    for place, bit in zip(places, f"{int.from_bytes(words, 'big'):0{8 * len(words)}b}", strict=False):
        if bit == "1":
            modules[place] ^= 1
    side = code.version * 4 + 17
    return [[bool(module) for module in modules[at : at + side]] for at in range(0, side * side, side)]


def _code_words(code: QRCode) -> bytes:
    blocks = QRRSBlock.getRSBlocks(code.version, QRErrorCorrectLevel.M)
    rest = _text_words(code, sum(block.dataCount for block in blocks))
    told, checks = [], []
    for block in blocks:
        told.append(rest[: block.dataCount])
        rest = rest[block.dataCount :]
        checks.append(_check_words(told[-1], block.totalCount - block.dataCount))
    woven = (word for part in (told, checks) for words in zip_longest(*part) for word in words if word is not None)
    return bytes(woven)


def _text_words(code: QRCode, room: int) -> bytes:
    bits = _Bits()
    for part in code.dataList:
        part.write(bits, code.version)
    bits.put(0, min(END_BITS, room * 8 - bits.length))
    bits.put(0, -bits.length % 8)
    for at in range(room - bits.length // 8):
        bits.put(FILLING[at % 2], 8)
    return bits.number.to_bytes(room, "big")


def _check_words(words: bytes, count: int) -> bytes:
    """Return the Reed-Solomon words of a block: what is left when it is divided by the generator."""
    multiples, shift, kept = _multiples(count), 8 * (count - 1), (1 << 8 * count) - 1
    left = 0
    for word in words:
        left = (left << 8 & kept) ^ multiples[word ^ left >> shift]
    return left.to_bytes(count, "big")


@cache
def _multiples(count: int) -> Sequence[int]:
    """Return the generator of so many check words, times each number of the field, without its first term."""
    terms = QRUtil.getErrorCorrectPolynomial(count).num[1:]
    return [int.from_bytes(bytes(_times(term, factor) for term in terms), "big") for factor in range(256)]


def _times(one: int, other: int) -> int:
    return int(QRMath.gexp(QRMath.glog(one) + QRMath.glog(other))) if one and other else 0


@cache
def _frame(version: int) -> tuple[bytes, Sequence[int]]:
    """Return the modules of a size with every bit 0, masked, and the place of each bit."""
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.dataCache = []
    code.makeImpl(False, MASK)
    side = code.moduleCount
    places = [row * side + column for column, row in code.dataPosIterator()]
    return bytes(int(module) for row in code.modules for module in row), places
