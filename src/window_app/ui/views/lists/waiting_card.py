"""A card of lines under the list of what waits."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from window_app.ui.widgets.texts import clear, label


class WaitingCard(QFrame):
    """A heading and lines, begun anew each time; hidden while nothing stands in it.

    Attributes:
        texts: the lines on show, without the heading.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.setProperty("card", True)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(18, 12, 18, 12)
        self._lines.setSpacing(4)
        self.hide()

    def begin(self, heading: str, number: int) -> None:
        """Take everything out and put the heading of so many things; hides where there are none."""
        clear(self._lines)
        self.texts = []
        self.setVisible(number > 0)
        self._lines.addWidget(label(heading, "strong"))

    def add(self, text: str, kind: str = "") -> None:
        """Add a line."""
        self.texts.append(text)
        self._lines.addWidget(label(text, kind, wrap=True))
