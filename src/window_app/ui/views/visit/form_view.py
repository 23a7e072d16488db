"""Step three: the form of the route, section by section, generated from the matter's definition."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.ui.fields.field_box import FieldBox
from window_app.ui.views.visit.state import FieldAddress, FieldView, SectionView
from window_app.ui.widgets.field_grid import FieldGrid
from window_app.ui.widgets.texts import Button, clear, label, row

SHOWN_RECORDS = 30


class SectionPanel(QFrame):
    """One section: a line while others are worked on, its fields while it has the turn."""

    edited = Signal(object)
    left = Signal()
    reveal_asked = Signal(object)
    opened = Signal(str, int)
    record_added = Signal(str)
    record_removed = Signal(str, int)

    def __init__(self, view: SectionView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("record", True)
        self.section = view.section
        self.view = view
        self.record = 0
        self.is_open = False
        self.line = Button("", "quiet")
        self.line.clicked.connect(lambda: self.opened.emit(self.section, self.record))
        self._mark = label("", "faint")
        self._wrong = label("", "error", wrap=True)
        self._hint = label("", "faint", wrap=True)
        self._records = QVBoxLayout()
        self._records.setSpacing(2)
        self.grid = FieldGrid()
        self._add = Button(self.tr("Add one more  Ctrl+N"), "link")
        self._add.clicked.connect(lambda: self.record_added.emit(self.section))
        self._remove = Button(self.tr("Remove this one  Ctrl+D"), "link")
        self._remove.clicked.connect(lambda: self.record_removed.emit(self.section, self.record))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 8, 0, 4)
        lines.setSpacing(6)
        head = row(self.line, self._mark)
        head.setStretch(0, 1)
        lines.addLayout(head)
        lines.addWidget(self._hint)
        lines.addWidget(self._wrong)
        lines.addLayout(self._records)
        lines.addWidget(self.grid)
        lines.addLayout(row(self._add, self._remove, None, spacing=16))
        self.show_section(view)

    def show_section(self, view: SectionView) -> None:
        """Show the section's present state."""
        self.view = view
        self.record = min(self.record, max(0, len(view.records) - 1))
        self._title()
        self._wrong.setText("✕ " + view.problem if view.problem else "")
        self._wrong.setVisible(bool(view.problem) and self.is_open)
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint) and self.is_open)
        self._show_open()

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

    def _show_open(self) -> None:
        self.grid.setVisible(self.is_open)
        self._add.setVisible(self.is_open and self.view.can_add)
        self._remove.setVisible(self.is_open and self.view.can_remove)
        clear(self._records)
        if not self.is_open:
            return
        if self.view.repeats and len(self.view.records) > 1:
            self._list_records()
        fields = self.view.records[self.record] if self.view.records else ()
        for box in self.grid.show_fields(fields):
            box.edited.connect(self.edited)
            box.left.connect(self.left)
            box.reveal_asked.connect(self.reveal_asked)

    def _list_records(self) -> None:
        first = max(0, min(self.record - SHOWN_RECORDS // 2, len(self.view.records) - SHOWN_RECORDS))
        for index in range(first, min(first + SHOWN_RECORDS, len(self.view.records))):
            if index == self.record:
                continue
            button = Button(f"{index + 1}.  {summary(self.view.records[index])}", "quiet")
            button.clicked.connect(lambda _=False, index=index: self.opened.emit(self.section, index))
            self._records.addWidget(button)


def summary(fields: tuple[FieldView, ...]) -> str:
    """Return the first things typed in a record, without anything that is masked."""
    words = [shown_value(view) for view in fields if view.kind not in ("resident_id", "phone")]
    return " · ".join([word for word in words if word][:3]) or "—"


def shown_value(view: FieldView) -> str:
    """Return a value in one line."""
    if isinstance(view.value, dict):
        return f"{view.value.get('from') or ''} – {view.value.get('to') or ''}"
    for value, text in view.choices:
        if value == view.value and view.value is not None:
            return text
    text = "" if view.value is None else str(view.value).replace("\n", " ")
    return text if len(text) <= 24 else text[:23] + "…"


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
        self._single = False
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)

    def show_sections(self, sections: tuple[SectionView, ...]) -> None:
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
            panel = known.get(view.section) or self._panel(view)
            panel.show_section(view)
            if self._lines.indexOf(panel) != at:
                self._lines.insertWidget(at, panel)
            order.append(panel)
        self.panels = order

    def set_single(self, single: bool) -> None:
        """Put one field in a row, or several."""
        self._single = single
        for panel in self.panels:
            panel.grid.set_single(single)

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

    def find_box(self, address: FieldAddress) -> FieldBox | None:
        """Return the box of a field, opening its section."""
        panel = self.unfold(address.section, address.index)
        return panel.grid.boxes.get(address) if panel is not None else None

    def next_stop(self) -> tuple[str, int] | None:
        """Return section and record that follow the open ones, None after the last."""
        panel = self.open_panel()
        if panel is None:
            return (self.panels[0].section, 0) if self.panels else None
        if panel.view.repeats and panel.record + 1 < len(panel.view.records):
            return panel.section, panel.record + 1
        at = self.panels.index(panel) + 1
        return (self.panels[at].section, 0) if at < len(self.panels) else None

    def _panel(self, view: SectionView) -> SectionPanel:
        panel = SectionPanel(view, self)
        panel.grid.set_single(self._single)
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
