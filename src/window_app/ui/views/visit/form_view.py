"""Step three: the form of the route, section by section, generated from the matter's definition."""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from window_app.ui.fields.field_box import FieldBox
from window_app.ui.views.visit.aids import AidPanel, AidStrip
from window_app.ui.views.visit.state import FieldAddress, FieldView, SectionView
from window_app.ui.widgets.field_grid import FieldGrid
from window_app.ui.widgets.record_list import RecordList
from window_app.ui.widgets.texts import Button, label, row

LONG_LIST = 30
NOTHING = SectionView("", "", ())
AHEAD = 12
"""As many sections as the largest forms have."""


class SectionBody(QWidget):
    """The fields of a section with all that stands round them; made when the section is opened first."""

    def __init__(self, single: bool, make_aids: Callable[[], Sequence[AidPanel]]) -> None:
        super().__init__()
        self.aids = AidStrip()
        self.aids.provide(make_aids)
        self.grid = FieldGrid()
        self.grid.set_single(single)
        self.add = Button(self.tr("Add one more  Ctrl+N"), "link")
        self.remove = Button(self.tr("Remove this one  Ctrl+D"), "link")
        self.records_opened: Callable[[int], object] = lambda _: None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        for part in (self.aids, self.grid):
            self._lines.addWidget(part)
        self._lines.addLayout(row(self.add, self.remove, None, spacing=16))

    @cached_property
    def hint(self) -> QLabel:
        """Return where it is said what the section is for."""
        made = label("", "faint", wrap=True)
        self._lines.insertWidget(0, made)
        return made

    @cached_property
    def wrong(self) -> QLabel:
        """Return where it is said what is wrong with the section as a whole."""
        made = label("", "error", wrap=True)
        self._lines.insertWidget(self._lines.indexOf(self.aids), made)
        return made

    @cached_property
    def records(self) -> RecordList:
        """Return the list of records."""
        made = RecordList()
        made.opened.connect(lambda record: self.records_opened(record))
        self._lines.insertWidget(self._lines.indexOf(self.grid), made)
        return made

    def show_record(
        self, view: SectionView, record: int, typed: Collection[FieldAddress] | None = None
    ) -> list[FieldBox]:
        """Show a record of the section's present state and return the boxes that are new."""
        if view.problem or "wrong" in self.__dict__:
            self.wrong.setText("✕ " + view.problem if view.problem else "")
            self.wrong.setVisible(bool(view.problem))
        if view.hint or "hint" in self.__dict__:
            self.hint.setText(view.hint)
            self.hint.setVisible(bool(view.hint))
        self.add.setVisible(view.can_add)
        self.remove.setVisible(view.can_remove)
        listed = view.repeats and len(view.records) > 1
        if listed or "records" in self.__dict__:
            self.records.setVisible(listed)
        if listed:
            self.records.show_records(
                len(view.records), lambda at: f"{at + 1}.  {summary(view.records[at])}", record, view.title
            )
        return self.grid.show_fields(view.records[record] if view.records else (), typed)


class SectionPanel(QFrame):
    """One section: a line while others are worked on, its fields while it has the turn."""

    edited = Signal(object)
    left = Signal()
    reveal_asked = Signal(object)
    opened = Signal(str, int)
    record_added = Signal(str)
    record_removed = Signal(str, int)

    def __init__(self, make_aids: Callable[[str], Sequence[AidPanel]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("record", True)
        self.view = NOTHING
        self.record = 0
        self.is_open = False
        self._single = False
        self._make_aids = make_aids
        self._body: SectionBody | None = None
        self.line = Button("", "quiet")
        self.line.clicked.connect(lambda: self.opened.emit(self.section, self.record))
        self._mark = label("", "faint")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 8, 0, 4)
        self._lines.setSpacing(6)
        head = row(self.line, self._mark)
        head.setStretch(0, 1)
        self._lines.addLayout(head)

    @property
    def section(self) -> str:
        """Return the code of the section on show."""
        return self.view.section

    @property
    def body(self) -> SectionBody:
        """Return what the section unfolds to."""
        if self._body is None:
            self._body = body = SectionBody(self._single, lambda: self._make_aids(self.section))
            body.records_opened = lambda record: self.opened.emit(self.section, record)
            body.add.clicked.connect(lambda: self.record_added.emit(self.section))
            body.remove.clicked.connect(lambda: self.record_removed.emit(self.section, self.record))
            self._lines.addWidget(body)
        return self._body

    @property
    def grid(self) -> FieldGrid:
        """Return the fields."""
        return self.body.grid

    @property
    def records(self) -> RecordList:
        """Return the list of records."""
        return self.body.records

    @property
    def aids(self) -> AidStrip:
        """Return what helps to fill the section in."""
        return self.body.aids

    def set_single(self, single: bool) -> None:
        """Put one field in a row, or several."""
        self._single = single
        if self._body is not None:
            self._body.grid.set_single(single)

    def show_section(self, view: SectionView, typed: Collection[FieldAddress] | None = None) -> None:
        """Show the section's present state; `typed` as `FieldGrid.show_fields` has it."""
        self.view = view
        self.record = min(self.record, max(0, len(view.records) - 1))
        self._title()
        if not self.is_open:
            if self._body is not None:
                _hide(self._body)
            return
        for box in self.body.show_record(view, self.record, typed):
            box.edited.connect(self.edited)
            box.left.connect(self.left)
            box.reveal_asked.connect(self.reveal_asked)
        self.body.aids.refresh(shown=True)
        self.body.show()

    def unfold(self, record: int) -> None:
        """Open the section at a record."""
        self.is_open = True
        self.record = min(record, max(0, len(self.view.records) - 1))
        self.show_section(self.view)

    def fold(self) -> None:
        """Shrink the section to its line."""
        self.is_open = False
        self.show_section(self.view)

    def boxes(self) -> list[FieldBox]:
        """Return the boxes on show, in order."""
        return self.grid.ordered() if self.is_open else []

    def following(self) -> int | None:
        """Return the record to go on with in this section, None for the next section."""
        records = self.view.records
        if not self.view.repeats or self.record + 1 >= len(records):
            return None
        if len(records) <= LONG_LIST:
            return self.record + 1
        wrong = (
            at for at in range(self.record + 1, len(records)) if any(one.severity == "error" for one in records[at])
        )
        return next(wrong, None)

    def _title(self) -> None:
        count = f"  {self.record + 1}/{len(self.view.records)}" if self.view.repeats and self.is_open else ""
        several = f"  × {len(self.view.records)}" if self.view.repeats and not self.is_open else ""
        self.line.setText(("▾ " if self.is_open else "▸ ") + self.view.title + count + several)
        self.line.setAccessibleName(self.view.title)
        parts = []
        if self.view.errors:
            parts.append(self.tr("✕ {n} to put right").format(n=self.view.errors))
        if self.view.missing:
            parts.append(self.tr("○ {n} still empty").format(n=self.view.missing))
        self._mark.setText("   ".join(parts) or self.tr("✓ complete"))


def summary(fields: tuple[FieldView, ...]) -> str:
    """Return the first things typed in a record and its first sum, without anything that is masked."""
    said = [view for view in fields if view.kind not in ("resident_id", "phone") and shown_value(view)]
    sums = [view for view in said[3:] if view.kind == "money"]
    return " · ".join(shown_value(view) for view in (*said[:3], *sums[:1])) or "—"


def shown_value(view: FieldView) -> str:
    """Return a value in one line."""
    if isinstance(view.value, dict):
        return f"{view.value.get('from') or ''} – {view.value.get('to') or ''}"
    for value, text in view.choices:
        if value == view.value and view.value is not None:
            return text
    text = "" if view.value is None else str(view.value).replace("\n", " ")
    return text if len(text) <= 24 else text[:23] + "…"


def _hide(body: QWidget) -> None:
    """Hide a section without Qt handing its focus on to whatever comes next, such as the materials."""
    focus = QApplication.focusWidget()
    if focus is not None and body.isAncestorOf(focus):
        focus.clearFocus()
    body.hide()


class FormView(QWidget):
    """All sections of the form, one of them open."""

    edited = Signal(object)
    left = Signal()
    reveal_asked = Signal(object)
    record_added = Signal(str)
    record_removed = Signal(str, int)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels: list[SectionPanel] = []
        self._spare: list[SectionPanel] = []
        self._single = False
        self._aids: Callable[[str], Sequence[AidPanel]] = lambda _: ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)

    def set_aids(self, make: Callable[[str], Sequence[AidPanel]]) -> None:
        """Take what makes the aids of a section, by its code."""
        self._aids = make

    def show_sections(self, sections: tuple[SectionView, ...], typed: Collection[FieldAddress] | None = None) -> None:
        """Show these sections; a section that stays keeps its panel and what is open in it."""
        known = {panel.section: panel for panel in self.panels}
        wanted = [view.section for view in sections]
        for name, panel in known.items():
            if name not in wanted:
                self._lines.removeWidget(panel)
                panel.hide()
                panel.deleteLater()
        order = []
        for at, view in enumerate(sections):
            panel = known.get(view.section) or self._fresh()
            panel.show_section(view, typed)
            if self._lines.indexOf(panel) != at:
                self._lines.insertWidget(at, panel)
            order.append(panel)
        self.panels = order

    def make_ahead(self) -> None:
        """Make a panel that the form will want, while nobody waits for it; the first with what it unfolds to."""
        if len(self._spare) + len(self.panels) < AHEAD:
            panel = self._panel()
            if not (self._spare or self.panels):
                panel.body.hide()
            self._spare.append(panel)

    def set_single(self, single: bool) -> None:
        """Put one field in a row, or several."""
        self._single = single
        for panel in (*self.panels, *self._spare):
            panel.set_single(single)

    def open_panel(self) -> SectionPanel | None:
        """Return the section that is open."""
        return next((panel for panel in self.panels if panel.is_open), None)

    def unfold(self, section: str, record: int = 0) -> SectionPanel | None:
        """Open one section and shrink the others."""
        found = None
        for panel in self.panels:
            if panel.section == section:
                panel.unfold(record)
                found = panel
            elif panel.is_open:
                panel.fold()
        self.turned.emit()
        return found

    def shown_box(self, address: FieldAddress) -> FieldBox | None:
        """Return the box of a field that is on show; None where its section or record is closed."""
        panel = self.open_panel()
        return None if panel is None else panel.grid.boxes.get(address)

    def find_box(self, address: FieldAddress) -> FieldBox | None:
        """Return the box of a field, opening its section."""
        panel = self.unfold(address.section, address.index)
        return panel.grid.boxes.get(address) if panel is not None else None

    def next_stop(self) -> tuple[str, int] | None:
        """Return section and record that follow the open ones, None after the last.

        A long list is not walked through record by record, only through those to be put right.
        """
        panel = self.open_panel()
        if panel is None:
            return (self.panels[0].section, 0) if self.panels else None
        record = panel.following()
        if record is not None:
            return panel.section, record
        at = self.panels.index(panel) + 1
        return (self.panels[at].section, 0) if at < len(self.panels) else None

    def _fresh(self) -> SectionPanel:
        """Return a panel for a section that was not shown yet."""
        panel = self._spare.pop(0) if self._spare else self._panel()
        panel.show()
        return panel

    def _panel(self) -> SectionPanel:
        panel = SectionPanel(lambda section: self._aids(section), self)
        panel.hide()
        panel.set_single(self._single)
        panel.edited.connect(self.edited)
        panel.left.connect(self.left)
        panel.reveal_asked.connect(self.reveal_asked)
        panel.record_added.connect(self.record_added)
        panel.record_removed.connect(self.record_removed)
        panel.opened.connect(self._turn_to)
        return panel

    def _turn_to(self, section: str, record: int) -> None:
        panel = self.unfold(section, record)
        boxes = panel.boxes() if panel is not None else []
        if boxes:
            boxes[0].editor.target().setFocus()
