"""Notice and commitment to be read on the screen, in the words that will be printed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from window_app.ui.views.visit.commitment_reading import TextLine
from window_app.ui.widgets.texts import clear, label

_KINDS = {"title": "step-title", "heading": "strong", "note": "faint"}


class CommitmentTexts(QWidget):
    """Both texts, one under the other; what stands before a line stands in a column of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[TextLine, ...], ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)

    def show_pages(self, pages: tuple[tuple[TextLine, ...], ...]) -> None:
        """Show the pages; the same ones stay as they are."""
        if pages == self._shown:
            return
        self._shown = pages
        clear(self._lines)
        for page in pages:
            self._lines.addWidget(_page(page))

    def words(self) -> str:
        """Return all that stands there, for those who hear it read."""
        return "\n".join(f"{line.label} {line.text}".strip() for page in self._shown for line in page)


def _page(lines: Sequence[TextLine]) -> QWidget:
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(0, 6, 0, 6)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, line in enumerate(lines):
        numbered = f"{line.label} {line.text}" if line.kind == "numbered" else line.text
        shown = label(numbered, _KINDS.get(line.kind, ""), wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if line.label and line.kind != "numbered":
            grid.addWidget(label(line.label, "faint"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, place, 1)
        else:
            grid.addWidget(shown, place, 0, 1, 2)
    sheet.setAccessibleName(lines[0].text if lines else "")
    return sheet
