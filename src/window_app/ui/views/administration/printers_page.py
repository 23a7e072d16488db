"""Printers: the queue, sides, tray and copies of each kind of paper, and what queue tickets are printed by."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from window_app.domain.printing import PrinterOffers, Sides
from window_app.errors import WindowAppError
from window_app.services.printing_setup import ALL_OTHERS, QueueAnswer, with_choices, with_queue
from window_app.settings import MOST_COPIES, Settings
from window_app.ui.fields.line import Line
from window_app.ui.views.administration.ticket_form import TicketForm
from window_app.ui.views.papers.paper_cards import AT_RECEIVING
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, bind_here, label, polish, row
from window_app.ui.workplace import Workplace

KIND = Qt.ItemDataRole.UserRole
FAILED = "✕ "


class PrintersPage(QWidget):
    """Shows one kind of paper at a time; nothing changes before "apply". What a queue lacks is not offered.

    Signals:
        applied: carries the settings as they stand on the page.
        closed: the clerk leaves the page.
    """

    applied = Signal(object)
    closed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self._chosen = place.desk.printing.chosen
        self._answers: dict[tuple[str, str], QueueAnswer] = {}
        self._showing = False
        self.driver = QComboBox()
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(self.tr("Kinds of paper"))
        self.queue = Line(latin=True)
        self.sides, self.tray = QComboBox(), QComboBox()
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.lineEdit().setTextMargins(8, 0, 8, 0)
        self.said = label("", "secondary", wrap=True)
        self.tickets = TicketForm(place)
        self.ask_button = Button(self.tr("Ask the printer  Alt+A"))
        self.apply_button = Button(self.tr("Apply  Ctrl+Enter"), "primary")
        self._lay_out()
        self._join()

    def refresh(self) -> None:
        """Show the settings as they hold."""
        self._chosen = self._place.desk.printing.chosen
        self._answers = {}
        self._fill_drivers()
        self._fill_kinds()
        self.tickets.show_settings(self._chosen)
        self._show_kind()
        self.ask()

    def take_focus(self) -> None:
        """Put the focus on the kinds of paper."""
        self.kinds.setFocus()

    def chosen(self) -> Settings:
        """Return the settings as they stand on the page."""
        self._keep()
        return self.tickets.with_entered(self._chosen)

    def kind(self) -> str:
        """Return the kind of paper on show, "" for all others."""
        at = self.kinds.currentRow()
        return ALL_OTHERS if at < 0 else str(self.kinds.item(at).data(KIND))

    def ask(self) -> None:
        """Ask the queue of the kind on show, and the ticket printer, how they stand; nobody waits for them."""
        self._keep()
        driver, queue = self._chosen.printer_driver, self._chosen.queue_for(self.kind())
        setup = self._place.desk.printing
        self._say(self.tr("Asking the printer…"))

        def told(answer: QueueAnswer) -> None:
            if isValid(self):
                self._answers[driver, queue] = answer
                self._show_kind()

        self._place.tasks.run_free(lambda: setup.ask(driver, queue), told, self._failed)
        self.tickets.ask(self.tickets.with_entered(self._chosen))

    def _join(self) -> None:
        self.kinds.currentRowChanged.connect(lambda _: self._show_kind())
        self.driver.activated.connect(lambda _: self.ask())
        self.queue.editingFinished.connect(self._queue_changed)
        for box in (self.sides, self.tray):
            box.activated.connect(lambda _: self._keep())
        self.copies.valueChanged.connect(lambda _: self._keep())
        self.ask_button.clicked.connect(self.ask)
        self.apply_button.clicked.connect(self._apply)
        bind_here(self, "Alt+A", self.ask_button.click)
        bind_here(self, "Ctrl+Return", self.apply_button.click)

    def _apply(self) -> None:
        problem = self.tickets.problem()
        if problem:
            self.tickets.say(FAILED + problem)
            self.tickets.businesses.setFocus()
            return
        self.applied.emit(self.chosen())

    def _queue_changed(self) -> None:
        if not self._showing and self.queue.text().strip() != self._own_queue():
            self.ask()

    def _own_queue(self) -> str:
        kind = self.kind()
        return self._chosen.printer_queue if kind == ALL_OTHERS else self._chosen.printers.get(kind, "")

    def _keep(self) -> None:
        """Take what stands in the fields for the kind on show."""
        if self._showing:
            return
        kind = self.kind()
        chosen = self._chosen.with_(printer_driver=self.driver.currentData() or "simulated")
        chosen = with_queue(chosen, kind, self.queue.text().strip()[:200])
        offers = self._offers()
        sides = str(self.sides.currentData() or "") if offers.sides else None
        tray = str(self.tray.currentData() or "") if offers.trays else None
        self._chosen = with_choices(chosen, kind, sides=sides, tray=tray, copies=self.copies.value())
        self._mark_kinds()

    def _offers(self) -> PrinterOffers:
        answer = self._answers.get((self._chosen.printer_driver, self._chosen.queue_for(self.kind())))
        return PrinterOffers(known=False) if answer is None else answer.offers

    def _show_kind(self) -> None:
        self._showing = True
        kind, offers = self.kind(), self._offers()
        said = self._chosen.choices_for(kind)
        self.queue.setText(self._own_queue())
        usual = self.tr("empty: the system's default")
        as_others = self.tr("empty: as all others ({queue})").format(queue=self._chosen.printer_queue or "–")
        self.queue.setPlaceholderText(usual if kind == ALL_OTHERS else as_others)
        sides = {Sides.AS_IT_IS: self.tr("as the printer has it"), Sides.ONE: self.tr("one side")}
        sides |= {
            Sides.LONG_EDGE: self.tr("both sides, like a book"),
            Sides.SHORT_EDGE: self.tr("both sides, like a pad"),
        }
        kept = Sides(said.get("sides", ""))
        self._fill(self.sides, {one: sides[one] for one in (Sides.AS_IT_IS, *offers.sides)}, kept)
        trays = {
            "": self.tr("as the printer has it"),
            **{tray: self._tray(name) for tray, name in offers.trays.items()},
        }
        self._fill(self.tray, trays, str(said.get("tray", "")))
        self.sides.setEnabled(bool(offers.sides))
        self.tray.setEnabled(bool(offers.trays))
        self.copies.setValue(int(said.get("copies", 1)))
        self._showing = False
        self._tell()

    def _tell(self) -> None:
        """Say what the queue said of itself, and what it does not offer."""
        answer = self._answers.get((self._chosen.printer_driver, self._chosen.queue_for(self.kind())))
        if answer is None:
            return
        texts, status, lines = self._place.texts, answer.status, []
        name = status.name or "–"
        if status.detail:
            mark = "" if status.ready else FAILED
            lines.append(mark + texts.text(status.detail, printer=name, seconds=0))
        else:
            lines.append(self.tr("✓ {printer} is ready.").format(printer=name))
        lines.extend(texts.text(note, printer=name) for note in status.notes)
        if not answer.offers.sides:
            lines.append(self.tr("This queue offers no choice of sides."))
        if not answer.offers.trays:
            lines.append(self.tr("This queue offers no choice of trays."))
        self._say("\n".join(lines))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        polish(self.said, kind="note-error" if text.startswith(FAILED) else "secondary")

    def _failed(self, error: WindowAppError) -> None:
        if isValid(self):
            self._say(FAILED + self._place.texts.message(error))

    def _tray(self, name: str) -> str:
        """Return a tray's name in words where it is one of those that most printers share."""
        known: Mapping[str, str] = {
            "auto": self.tr("chosen by the printer"),
            "main": self.tr("main tray"),
            "manual": self.tr("fed by hand"),
            "bypasstray": self.tr("bypass tray"),
            "multipurpose": self.tr("bypass tray"),
        }
        told = known.get(name.lower())
        return name if told is None else f"{told} ({name})"

    def _fill(self, box: QComboBox, options: Mapping[str, str], kept: str) -> None:
        box.clear()
        for value, text in options.items():
            box.addItem(text, str(value))
        # What is set stays on show where the queue does not say what it offers: it may be off just now.
        if kept and box.findData(str(kept)) < 0:
            box.addItem(self.tr("{value} (not offered now)").format(value=kept), str(kept))
        box.setCurrentIndex(max(0, box.findData(str(kept))))

    def _fill_drivers(self) -> None:
        drivers = {
            "simulated": self.tr("Simulated: PDF files in a folder"),
            "cups": self.tr("Printers of this system (CUPS)"),
            "windows": self.tr("Printers of Windows"),
        }
        self._fill(self.driver, drivers, self._chosen.printer_driver)

    def _fill_kinds(self) -> None:
        at = self.kinds.currentRow()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        titles = {ALL_OTHERS: self.tr("All papers without a choice of their own")}
        known = self._place.desk.printing.titles
        ordered = sorted(known, key=lambda kind: kind not in AT_RECEIVING)
        titles |= {kind: self._place.texts.of(known[kind]) for kind in ordered}
        for kind, title in titles.items():
            item = QListWidgetItem(title, self.kinds)
            item.setData(KIND, kind)
        self.kinds.setCurrentRow(max(0, at))
        self.kinds.blockSignals(False)
        self._mark_kinds()

    def _mark_kinds(self) -> None:
        """Show by bold type which kinds have a choice of their own."""
        for at in range(1, self.kinds.count()):
            item = self.kinds.item(at)
            kind, font = str(item.data(KIND)), item.font()
            font.setBold(kind in self._chosen.printers or kind in self._chosen.print_choices)
            item.setFont(font)

    def _lay_out(self) -> None:
        back = Button(self.tr("Back  Esc"))
        back.clicked.connect(self.closed)
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        lines.addLayout(row(label(self.tr("Printers"), "page-title"), None, self.ask_button, back, self.apply_button))
        papers, inner = self._card(self.tr("Papers"))
        top = QFormLayout()
        top.setHorizontalSpacing(16)
        self._add(top, self.tr("Printers"), self.driver)
        inner.addLayout(top)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, widget in (
            (self.tr("Queue"), self.queue),
            (self.tr("Sides"), self.sides),
            (self.tr("Tray"), self.tray),
            (self.tr("Copies at least"), self.copies),
        ):
            self._add(form, name, widget)
        form.addRow("", self.said)
        side = row(self.kinds, spacing=20)
        side.addLayout(form, 3)
        side.setStretch(0, 2)
        self.kinds.setMinimumHeight(210)
        inner.addLayout(side)
        lines.addWidget(papers)
        tickets, inner = self._card(self.tr("Queue tickets"))
        inner.addWidget(self.tickets)
        lines.addWidget(tickets)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(GrowingArea(body))

    def _card(self, title: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(18, 14, 18, 14)
        inner.setSpacing(8)
        inner.addWidget(label(title, "step-title"))
        return card, inner

    def _add(self, form: QFormLayout, name: str, widget: QWidget) -> None:
        widget.setAccessibleName(name)
        widget.setMaximumWidth(520)
        form.addRow(label(name, "field-label"), widget)
