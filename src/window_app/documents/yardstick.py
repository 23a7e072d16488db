"""What a paper is measured against: a bare reportlab page with the same texts in the same fonts."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from window_app.domain.papers import PaperRecord

_FONTS = {"BareSerif": "NotoSerifSC-Regular.ttf", "BareSans": "NotoSansSC-Regular.ttf"}
_TOP = 800
_STEP = 15


class BarePage:
    """Draws the texts of a paper line under line, without layout, record, signature or code."""

    def __init__(self, fonts_dir: Path) -> None:
        """Open the fonts, as reportlab does it by itself."""
        for name, file in _FONTS.items():
            pdfmetrics.registerFont(TTFont(name, str(fonts_dir / file)))

    def draw(self, record: PaperRecord) -> bytes:
        """Return the page as PDF."""
        out = BytesIO()
        canvas = Canvas(out)
        for at, text in enumerate(_texts(record.content["blocks"])):
            canvas.setFont("BareSans" if at % 5 == 0 else "BareSerif", 10.5)
            canvas.drawString(50, _TOP - _STEP * at, text)
        canvas.showPage()
        canvas.save()
        return out.getvalue()


def _texts(content: Any) -> Iterator[str]:  # noqa: ANN401 # JSON of any depth
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key not in ("block", "id", "align"):
                yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
