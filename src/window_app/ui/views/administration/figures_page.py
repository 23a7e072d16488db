"""Commitments in figures: certificates and trips spared, what was true and what false, by matter and month."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.services.commitment_figures import Counts, Figures
from window_app.ui.fields.line import Line
from window_app.ui.widgets.table import RowsModel, Table
from window_app.ui.widgets.texts import ENTER, Button, bind_here, label, polish, row
from window_app.ui.workplace import Workplace

ROW = 34
Counted = tuple[str, Counts]


class FiguresPage(QWidget):
    """Counts the commitments of a period that is typed above the tables.

    Signals:
        closed: the clerk leaves the page.
    """

    closed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self.first, self.last = self._day(self.tr("From")), self._day(self.tr("To"))
        self.count = Button(self.tr("Count  Ctrl+Enter"), "primary")
        self.count.clicked.connect(self.refresh)
        bind_here(self, "Ctrl+Return", self.count.click)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.spared = label("", "route-title", wrap=True)
        self.checked = label("", "secondary", wrap=True)
        self.by_matter = self._table(self.tr("Matter"))
        self.by_month = self._table(self.tr("Month"))
        self._lay_out()

    def refresh(self) -> None:
        """Count the period; without one this year until today."""
        try:
            today = self._place.desk.clock.today()
            first = self._read(self.first, date(today.year, 1, 1))
            last = self._read(self.last, today)
        except ValueError:
            self._failed(WindowAppError("commitment_review.day"))
            return
        figures = self._place.desk.commitments.figures
        self._place.tasks.run(lambda: figures.of(first, last), self._show, self._failed)

    def take_focus(self) -> None:
        """Put the focus into the first day."""
        self.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter; from the last day on the figures are counted."""
        if event.key() in ENTER:
            if self.first.hasFocus():
                self.last.setFocus()
            else:
                self.refresh()
            return
        super().keyPressEvent(event)

    def _show(self, figures: Figures) -> None:
        total = figures.total
        self._say("")
        self.first.setText(figures.first.isoformat())
        self.last.setText(figures.last.isoformat())
        spared = self.tr("Certificates spared: {certificates}  ·  trips spared: {trips}  ·  commitments: {made}")
        self.spared.setText(
            spared.format(certificates=total.certificates, trips=total.trips, made=total.made)
            if total.made
            else self.tr("No commitment was made in this period.")
        )
        checked = self.tr("verified {verified}: true {confirmed}, false {false}, open {doubted}")
        waiting = self.tr("to be verified {waiting}, never to be verified {exempt}, withdrawn {withdrawn}")
        numbers = {name: getattr(total, name) for name in total.__dataclass_fields__}
        self.checked.setText(f"{checked}  ·  {waiting}".format(**numbers) if total.made else "")
        texts = self._place.texts
        self._fill(self.by_matter, [(texts.of(title), counts) for _, title, counts in figures.by_matter])
        self._fill(self.by_month, list(figures.by_month))

    @staticmethod
    def _fill(table: Table, rows: list[Counted]) -> None:
        model = table.model()
        if isinstance(model, RowsModel):
            model.show_rows(rows)

    def _failed(self, error: WindowAppError) -> None:
        self._say("✕ " + self._place.texts.message(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        for line in (self.first, self.last):
            polish(line, problem="error" if text else "")

    @staticmethod
    def _read(line: Line, otherwise: date) -> date:
        text = line.text().strip()
        return date.fromisoformat(text) if text else otherwise

    def _day(self, name: str) -> Line:
        line = Line(latin=True)
        line.setAccessibleName(name)
        line.setMaximumWidth(self._place.theme.px(150))
        line.setPlaceholderText("2026-01-01")
        return line

    def _table(self, name: str) -> Table:
        columns: list[tuple[str, Callable[[Counted], str]]] = [(name, lambda one: one[0])]
        columns += [(title, _number(count)) for title, count in self._counts()]
        return Table(RowsModel(columns), name, self._place.theme.px(ROW), (4, 1, 2, 1, 1, 1, 1, 1), (3, 4))

    def _counts(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Made"), "made"),
            (self.tr("Certificates spared"), "certificates"),
            (self.tr("Trips spared"), "trips"),
            (self.tr("Withdrawn"), "withdrawn"),
            (self.tr("Verified"), "verified"),
            (self.tr("True"), "confirmed"),
            (self.tr("False"), "false"),
        )

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 18, 24, 18)
        inner.setSpacing(12)
        first, last = label(self.tr("From"), "field-label"), label(self.tr("To"), "field-label")
        inner.addLayout(row(first, self.first, last, self.last, self.count, None))
        inner.addWidget(self.problem)
        inner.addWidget(self.spared)
        inner.addWidget(self.checked)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        leave = Button(self.tr("Back  Esc"))
        leave.clicked.connect(self.closed)
        lines.addLayout(row(label(self.tr("Commitments in figures"), "page-title"), None, leave))
        lines.addWidget(card)
        lines.addWidget(self.by_matter, 1)
        lines.addWidget(self.by_month, 1)


def _number(name: str) -> Callable[[Counted], str]:
    return lambda one: str(getattr(one[1], name))
