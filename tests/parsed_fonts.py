"""The fonts of the papers, parsed once a process and not once a desk."""

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from window_app.documents import fonts
from window_app.documents.coverage import SANS, SERIF


def parsed_once() -> Callable[[str], Any]:
    """Return what opens a font as reportlab does; a file that did not change is read again from what was parsed."""
    known: dict[tuple[str, int], Any] = {}

    def opened(file: str) -> Any:
        path = Path(file)
        if not path.is_file():
            return TTFontFace(file)
        key = (file, path.stat().st_mtime_ns)
        if key not in known:
            known[key] = TTFontFace(file)
        # A copy: where a face reads its file next is its own, the tables are never written to.
        return copy(known[key])

    return opened


def keep_for_good(fonts_dir: Path) -> None:
    """Open fonts in this way until the process ends, the two of every paper now; for a process that is forked."""
    vars(fonts)["TTFontFace"] = parsed_once()
    for name in (SERIF, SANS):
        fonts.PaperFont(fonts_dir / f"{name}.ttf")
