"""What the centre has not confirmed: how the line stands, each item with its state and reason, and what to do."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.line import LineStatus, LinkState, SetApart
from window_app.domain.ports import OutboxRow
from window_app.ui.views.lists.apart_lines import ApartLines
from window_app.ui.views.lists.line_words import LineWords, clocks_differ
from window_app.ui.views.lists.list_screen import ROW, ListScreen
from window_app.ui.views.lists.screens import event_words
from window_app.ui.views.lists.unsent_files import UnsentFiles
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.table import Column, RowsModel
from window_app.ui.widgets.texts import Button, bind_here, label, polish, row
from window_app.ui.workplace import Workplace

SHARES = (30, 16, 17, 10, 40)
SPARE = (4,)
ASKING = ("refused", "unknown")
LARGE = 1.3
SHOWN_ROWS = 5
SHOWN_ROWS_LARGE = 2
MOST = 2000


class UnsentScreen(ListScreen):
    """Lists what waits; nothing in it can be deleted.

    Signals:
        try_asked: a round is wanted at once.
        case_asked: the case of an item is to be shown.
        noted: a person noted that what was set apart was seen to.
    """

    try_asked = Signal()
    case_asked = Signal(str)
    noted = Signal()

    def __init__(self, place: Workplace) -> None:
        self._words = LineWords(place.texts, place.desk.clock, office=place.desk.station.kind == "office")
        self.status = LineStatus(LinkState.NONE)
        super().__init__(place, self.tr("Unsent"), RowsModel(self._columns(place)), SHARES, SPARE)
        self._some = False
        self.line = label("", "pill-plain")
        self.contact = label("", "secondary")
        self.clock = label("", "secondary")
        self.next_try = label("", "secondary")
        self.reason = label("", "note-caution", wrap=True)
        self.try_now = Button(self.tr("Try now  F5"))
        self.try_now.clicked.connect(self.try_asked)
        self.chosen = label("", "strong", wrap=True)
        self.why = label("", "secondary", wrap=True)
        self.advice = label("", "note-caution", wrap=True)
        self._advised: UUID | None = None
        self.action = Button("")
        self.action.clicked.connect(self._act)
        self._card = QFrame()
        self.files = UnsentFiles(place)
        self.apart = ApartLines(self._words)
        self.seen = Button(self.tr("What was set apart was seen to  Ctrl+K"))
        self.seen.clicked.connect(self._see)
        self.seen.hide()
        bind_here(self, "Ctrl+K", self.seen.click)
        self._lay_out()
        self.table.opened.connect(lambda _: self._act())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.show_status(self.status)

    def refresh(self) -> None:
        """Read what is unsent."""
        tracking, tasks = self.place.desk.tracking, self.place.tasks
        tasks.run(
            lambda: (tracking.unsent(MOST), tracking.count_events()),
            lambda found: self.show_rows(*found),
            self.show_failure,
        )
        tasks.run(self.place.desk.attachments.unsent, self.files.show_files, self.show_failure)
        tasks.run(
            lambda: (tracking.set_apart(), tracking.count_set_apart(), tracking.count_set_apart(new=True)),
            lambda found: self.show_apart(*found),
            self.show_failure,
        )

    def show_apart(self, rows: tuple[SetApart, ...], count: int, new: int) -> None:
        """Show what came and was set apart, the first of so many, and ask about what nobody has seen yet."""
        self.apart.show_rows(rows, count)
        self.seen.setVisible(new > 0)

    def show_rows(self, rows: tuple[OutboxRow, ...], count: int) -> None:
        """Show these entries, the oldest of so many; the one that was selected stays so where it is still there."""
        before = self.table.current()
        self.table.records.show_rows(rows)
        at = next((at for at, one in enumerate(rows) if before and one.event_id == before.event_id), 0)
        if rows:
            self.table.selectRow(at)
        whole = str(count) if count == len(rows) else self.tr("{n} of {all}").format(n=len(rows), all=count)
        self.count.setText(whole if rows else "")
        self.show_empty("" if rows else self.tr("Nothing waits for the centre."))
        self._card.setVisible(bool(rows))
        self._some = bool(rows)
        self._show_calm()
        self._show_chosen()

    def show_status(self, status: LineStatus) -> None:
        """Show how the line stands."""
        self.status = status
        tone, text = self._words.bar(status)
        self.line.setText(text)
        polish(self.line, kind=tone)
        self.contact.setText(self._words.contact(status))
        self.clock.setText(self._words.clock(status))
        self.next_try.setText(self._words.next_try(status))
        reason = self._words.reason(status)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self._show_calm()
        has_line = status.state is not LinkState.NONE
        self.try_now.setVisible(has_line)
        self.clock.setVisible(has_line and (clocks_differ(status) or not self._crowded))
        self.table.viewport().update()
        self._show_chosen()

    def _lay_out(self) -> None:
        calm = self.tr("Everything here is stored safely on this machine and goes to the centre once there is a line.")
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(18, 12, 18, 12)
        inner.setSpacing(6)
        self._card.setProperty("card", True)
        head = row(self.chosen, self.action)
        head.setStretch(0, 1)
        inner.addLayout(head)
        inner.addWidget(self.why)
        inner.addWidget(self.advice)
        self._card.hide()
        standing = QWidget()
        flow = FlowLayout(standing, spacing=16, between=4)
        for part in (self.line, self.contact, self.clock, self.next_try):
            flow.addWidget(part)
        self.heading.addWidget(self.seen)
        top = row(standing, self.try_now)
        top.setStretch(0, 1)
        self.lines.insertLayout(1, top)
        self.lines.insertWidget(2, self.reason)
        self._calm = label(calm, "secondary", wrap=True)
        self.lines.insertWidget(3, self._calm)
        self.lines.addWidget(self._card)
        self.lines.addWidget(self.files)
        self.lines.addWidget(self.apart)
        # What stands below the list takes what the list leaves, not the other way about.
        shown = SHOWN_ROWS if self.place.theme.scale <= LARGE else SHOWN_ROWS_LARGE
        self.table.setMinimumHeight(shown * self.place.theme.px(ROW))

    def _show_chosen(self) -> None:
        chosen: OutboxRow | None = self.table.current()
        if chosen is None:
            return
        what = f"{chosen.number or '—'} · {event_words(self.place.texts, chosen.type)}"
        self.chosen.setText(f"{what} · {self._words.row_state(chosen)}")
        self.why.setText(self._words.row_reason(chosen, self.status))
        self.why.setVisible(chosen.state in ASKING or not self._crowded)
        self.advice.setText(self._words.row_advice(chosen))
        self.advice.setVisible(chosen.event_id == self._advised)
        ask = chosen.state in ASKING and not self.advice.isVisibleTo(self)
        self.action.setText(self.tr("What to do  Enter") if ask else self.tr("Try now  Enter"))
        self.action.setAccessibleName(self.action.text())
        self.action.setVisible(self.status.state is not LinkState.NONE)

    def _act(self) -> None:
        chosen: OutboxRow | None = self.table.current()
        if chosen is not None and chosen.state in ASKING and self._advised != chosen.event_id:
            self._advised = chosen.event_id
            self._show_chosen()
        elif self.status.state is not LinkState.NONE:
            self.try_asked.emit()

    @property
    def _crowded(self) -> bool:
        """Answer whether text is large and the line's reason shown, which calmer lines would only repeat."""
        return self.place.theme.scale > LARGE and not self.reason.isHidden()

    def _show_calm(self) -> None:
        """Say that all is safe here, where the reason of the line does not say so already and text is not large."""
        self._calm.setVisible(self._some and not self._crowded)

    def _see(self) -> None:
        if self.seen.isHidden():
            return

        def done(_: None) -> None:
            self.refresh()
            self.noted.emit()

        self.place.tasks.run(self.place.desk.tracking.see_set_apart, done, self.show_failure)

    def _columns(self, place: Workplace) -> list[Column]:
        texts = place.texts
        return [
            (place.texts.text("ui.column.number"), lambda row: row.number or "—"),
            (self.tr("What"), lambda row: event_words(texts, row.type)),
            (self.tr("State"), self._words.row_state),
            (self.tr("Age"), lambda row: self._words.age(row.occurred_at)),
            (self.tr("Reason"), lambda row: self._words.row_reason(row, self.status)),
        ]
