"""A short list of things to tick: the arrow keys move, Space or the number on a line ticks it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget


class CheckList(QWidget):
    """Lines to tick, by code."""

    def __init__(self, options: Sequence[tuple[str, str]], *, ticked: bool = False) -> None:
        """Take codes with their texts; `ticked` is how all of them begin."""
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        self.boxes: dict[str, QCheckBox] = {}
        for number, (code, text) in enumerate(options, start=1):
            box = QCheckBox(f"{number}  {text}" if number < 10 else text)
            box.setChecked(ticked)
            self.boxes[code] = box
            lines.addWidget(box)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def chosen(self) -> tuple[str, ...]:
        """Return the codes that are ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by number, move by the arrow keys."""
        boxes = list(self.boxes.values())
        at = next((place for place, box in enumerate(boxes) if box.hasFocus()), 0)
        if event.text().isdigit() and 0 < int(event.text()) <= len(boxes):
            boxes[int(event.text()) - 1].toggle()
        elif event.key() == Qt.Key.Key_Down and at + 1 < len(boxes):
            boxes[at + 1].setFocus()
        elif event.key() == Qt.Key.Key_Up and at > 0:
            boxes[at - 1].setFocus()
        else:
            super().keyPressEvent(event)
