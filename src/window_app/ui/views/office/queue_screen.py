"""The queue of an office: what waits for it, nearest limit first, narrowed by keys."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from window_app.services.clerk_names import ClerkNames
from window_app.services.commitment_review import ReviewRow, ReviewView
from window_app.services.office import QueueRow
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.lists.list_screen import ListScreen
from window_app.ui.views.office.commitment_list import CommitmentTable, waits
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.table import Column, RowsModel
from window_app.ui.widgets.texts import Button, label
from window_app.ui.workplace import Workplace

SHARES = (32, 9, 13, 15, 10, 16, 9, 14)
SPARE = (2, 3, 6)
LARGE = 1.3
NEAR = ("near", "overdue")
MOST = 1000
COMMITMENTS = "commitments"


class QueueScreen(ListScreen):
    """Shows the cases of this office that are not closed.

    Signals:
        case_asked: carries the number of the case to open.
    """

    case_asked = Signal(str)

    def __init__(self, place: Workplace) -> None:
        self._words = CaseWords(place.desk, place.texts)
        self._names: ClerkNames | None = None
        super().__init__(place, self.tr("Queue"), RowsModel(self._columns()), SHARES, SPARE)
        office = self._words.office(place.desk.station.office or "")
        if place.theme.scale <= LARGE:
            self.title.setText(self.tr("Queue of {office}").format(office=office))
        self._rows: tuple[QueueRow, ...] = ()
        self._reviewed: tuple[ReviewRow, ...] = ()
        self._filter = "all"
        self._titles = {
            "all": self.tr("1  All"),
            "mine": self.tr("2  Mine"),
            "unclaimed": self.tr("3  Unclaimed"),
            "near": self.tr("4  Near limit"),
            "commitments": self.tr("5  Commitments"),
        }
        self.filters = {name: Button(title) for name, title in self._titles.items()}
        for name, button in self.filters.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.narrow(name))
        self.lines.insertWidget(1, flowing(*self.filters.values()))
        if place.theme.scale > LARGE:
            self.lines.insertWidget(1, label(office, "secondary", wrap=True))  # a title would be cut off
        self.commitments = CommitmentTable(place, self._titles["commitments"])
        self.commitments.hide()
        self.lines.insertWidget(self.lines.indexOf(self.table), self.commitments, 1)
        self.lines.addWidget(label(self.tr("Enter opens a case · reading its content goes on record"), "faint"))
        for table in (self.table, self.commitments):
            table.opened.connect(lambda one: self.case_asked.emit(one.row.number))

    def refresh(self) -> None:
        """Read the queue again."""
        office, review = self.place.desk.office, self.place.desk.commitment_review
        if office is not None:
            clerks = self.place.desk.clerks
            self.place.tasks.run(
                lambda: (office.queue(limit=MOST), clerks.names()), self._take_queue, self.show_failure
            )
            self.place.tasks.run(lambda: review.rows(ReviewView.ALL, MOST), self._take_reviewed, self.show_failure)

    def _take_queue(self, found: tuple[tuple[QueueRow, ...], ClerkNames]) -> None:
        rows, self._names = found
        self.show_rows(rows)

    def show_rows(self, rows: tuple[QueueRow, ...]) -> None:
        """Show these cases, narrowed as before; the one that was selected stays so."""
        self._rows = rows
        self.problem.hide()
        self._show()

    def narrow(self, name: str) -> None:
        """Show only a part: "all", "mine", "unclaimed", "near", or the "commitments" that wait."""
        self._filter = name
        self._show()
        (self.commitments if name == COMMITMENTS else self.table).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Narrow the queue by the number on a button."""
        names = list(self.filters)
        text = event.text()
        if text.isdigit() and 0 < int(text) <= len(names):
            self.narrow(names[int(text) - 1])
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        before = self.table.current()
        kept = {name: [one for one in self._rows if belongs(one)] for name, belongs in self._parts().items()}
        counts = {name: len(rows) for name, rows in kept.items()} | {COMMITMENTS: len(self._reviewed)}
        for name, button in self.filters.items():
            button.setText(f"{self._titles[name]} {counts[name]}")
            button.setAccessibleName(button.text())
            button.setChecked(name == self._filter)
        of_commitments = self._filter == COMMITMENTS
        self.commitments.setVisible(of_commitments and bool(self._reviewed))
        if of_commitments:
            self.commitments.show_rows(self._reviewed)
            self.show_empty("" if self._reviewed else self.tr("No commitment waits for this office."))
            self.table.hide()
            return
        rows = kept[self._filter]
        self.table.records.show_rows(rows)
        at = next((at for at, one in enumerate(rows) if before and one.row.case_id == before.row.case_id), 0)
        if rows:
            self.table.selectRow(at)
        nothing = self.tr("Nothing waits for this office.") if self._filter == "all" else self.tr("Nothing here.")
        self.show_empty("" if rows else nothing)

    def _take_reviewed(self, rows: tuple[ReviewRow, ...]) -> None:
        self._reviewed = tuple(one for one in rows if waits(one))
        self._show()

    def _parts(self) -> dict[str, Callable[[QueueRow], bool]]:
        return {
            "all": lambda _: True,
            "mine": lambda one: one.mine,
            "unclaimed": lambda one: not one.row.claimed_by,
            "near": lambda one: one.limit in NEAR,
        }

    def _columns(self) -> list[Column]:
        words = self._words
        return [
            (words.heading("number"), lambda one: one.row.number),
            (words.heading("applicant"), lambda one: one.row.applicant or "—"),
            (words.heading("respondent"), lambda one: one.row.respondent or "—"),
            (words.heading("matter"), lambda one: words.matter(one.row.matter)),
            (words.heading("state"), lambda one: words.state(one.row.state)),
            (words.heading("due"), self._due),
            (words.heading("claimed"), self._holder),
            (words.heading("mark"), self._mark),
        ]

    def _holder(self, one: QueueRow) -> str:
        author = one.row.claimed_by
        if not author or self._names is None or one.holder is None:
            return author.rpartition("/")[2] or "—"
        return self._names.of(author, one.holder)

    def _due(self, one: QueueRow) -> str:
        due_on = one.row.due_on
        if due_on is None:
            return "—"
        if one.days_left is None:
            return self.tr("stands still")
        left = self.tr("{n} days left") if one.days_left >= 0 else self.tr("{n} days over")
        return f"{due_on:%m-%d}  " + left.format(n=abs(one.days_left))

    def _mark(self, one: QueueRow) -> str:
        new = [] if one.row.acknowledged else [self.tr("new")]
        return " · ".join([*new, *(part for part in (self._words.marks(one.row),) if part)])
