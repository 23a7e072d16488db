"""Fields side by side in rows of twelve columns; one a row where the text is large or the page narrow."""

from collections.abc import Collection
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from window_app.ui.fields.field_box import FieldBox
from window_app.ui.views.visit.state import FieldAddress, FieldView
from window_app.ui.widgets.texts import laid_out_once

COLUMNS = 12
SPANS = {
    "person_name": 4,
    "resident_id": 5,
    "phone": 3,
    "date": 3,
    "date_range": 5,
    "money": 3,
    "integer": 3,
    "choice": 4,
    "bool": 4,
    "uscc": 5,
    "region": 5,
    "address": 8,
    "long_text": 12,
    "text": 6,
}
NARROW = 560


def rows_of(kinds: list[str], *, single: bool) -> list[list[int]]:
    """Return the spans of the fields row by row; the last field of a row takes what is left.

    >>> rows_of(["person_name", "resident_id", "phone", "long_text"], single=False)
    [[4, 5, 3], [12]]
    """
    if single:
        return [[COLUMNS] for _ in kinds]
    made: list[list[int]] = []
    for kind in kinds:
        span = SPANS.get(kind, 6)
        if made and sum(made[-1]) + span <= COLUMNS:
            made[-1].append(span)
        else:
            made.append([span])
    return [[*spans[:-1], min(spans[-1] + COLUMNS - sum(spans), max(spans[-1], 8))] for spans in made]


class FieldGrid(QWidget):
    """Keeps one box per field; boxes live on while their field is shown, so that focus and cursor stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[FieldAddress, FieldBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(10)
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1)
        self._order: list[FieldAddress] = []
        self._single = False

    def show_fields(
        self, views: tuple[FieldView, ...], typed: Collection[FieldAddress] | None = None
    ) -> list[FieldBox]:
        """Show these fields in this order and return the boxes that are new.

        `typed` are the fields whose text is newer than the views and stays; None: the one with the focus.
        """
        fresh = []
        wanted = {view.address for view in views}
        for address in [known for known in self.boxes if known not in wanted]:
            self._drop(address)
        for view in views:
            box = self.boxes.get(view.address)
            if box is None or box.kind != view.kind:
                if box is not None:
                    self._drop(view.address)
                box = FieldBox(view, self)
                self.boxes[view.address] = box
                fresh.append(box)
            else:
                box.update_view(view, keep_value=box.has_focus() if typed is None else view.address in typed)
        order = [view.address for view in views]
        if order != self._order or fresh:
            self._order = order
            self._arrange()
        return fresh

    def ordered(self) -> list[FieldBox]:
        """Return the boxes in the order of the form."""
        return [self.boxes[address] for address in self._order]

    def set_single(self, single: bool) -> None:
        """Put one field in a row, or several."""
        if single != self._single:
            self._single = single
            self._arrange()

    def _drop(self, address: FieldAddress) -> None:
        box = self.boxes.pop(address)
        self._grid.removeWidget(box)
        box.hide()
        box.deleteLater()

    def _arrange(self) -> None:
        boxes = self.ordered()
        with laid_out_once(self._grid):
            for box in boxes:
                self._grid.removeWidget(box)
            waiting = iter(boxes)
            for line, spans in enumerate(rows_of([box.kind for box in boxes], single=self._single)):
                at = 0
                for span in spans:
                    box = next(waiting)
                    self._grid.addWidget(box, line, at, 1, span, Qt.AlignmentFlag.AlignTop)
                    box.show()
                    at += span
        for before, after in pairwise(boxes):
            QWidget.setTabOrder(before.editor.targets()[-1], after.editor.target())
