"""The QR code of a paper: level M, alphanumeric where the text allows it."""

from collections.abc import Sequence
from functools import cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel, QRUtil

# Every mask decodes; the search for the best of eight costs more than the rest of a page.
MASK = 3
QUIET_ZONE = 4


# WORKAROUND for reportlab 5.1, which works the generator polynomial out anew for every block of every code.
QRUtil.getErrorCorrectPolynomial = staticmethod(cache(QRUtil.getErrorCorrectPolynomial))


def qr_rows(text: str) -> Sequence[Sequence[bool]]:
    """Return the modules of the QR code of a text, top row first, without the quiet zone."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, MASK)
    return [[bool(module) for module in row] for row in code.modules]
