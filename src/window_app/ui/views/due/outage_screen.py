"""Outage forms of this counter: print some in advance, see what became of each, void what is spoilt."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from window_app.domain.outage import MOST_FORMS, VOID_REASONS, FormState, PrintedForm
from window_app.errors import WindowAppError
from window_app.services.outage import PrintedBatch
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.lists.list_screen import ListScreen
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.table import RowsModel
from window_app.ui.widgets.texts import Button, bind_here, clear, column, label, polish
from window_app.ui.workplace import Workplace

SHARES = (38, 15, 14, 12, 15, 14)
SPARE = (2, 5)


class PrintPanel(ActionPanel):
    """Asks how many forms to print."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Print blank outage forms"), self.tr("Print"))
        self.explain(self.tr("Each form takes a number of this counter's series for good; print what you may need."))
        count = self.add_line("count", self.tr("How many"), required=self.tr("Say how many."), latin=True)
        count.setText("10")
        count.selectAll()


class VoidPanel(ActionPanel):
    """Asks why a form is voided."""

    def __init__(self, number: str, reasons: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Void the form {number}").format(number=number), self.tr("Void it"))
        self.explain(self.tr("A paper with this number is refused from then on; keep the spoilt form with the files."))
        self.add_choice("reason", self.tr("Reason"), reasons, required=self.tr("Choose the reason."))
        self.add_line("text", self.tr("Remark"))


class OutageScreen(ListScreen):
    """Lists the forms and does what is to be done with them.

    Signals:
        case_asked: the case that was taken in under a form's number.
        entry_asked: a form is to be typed in.
    """

    case_asked = Signal(str)
    entry_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        texts, words = place.texts, CaseWords(place.desk, place.texts)
        self._titles = {state: texts.text(f"outage.state.{state.value}") for state in FormState}
        columns: list[tuple[str, Callable[[Any], str]]] = [
            (self.tr("Number"), lambda form: form.number),
            (self.tr("Printed on"), lambda form: form.printed_on.isoformat()),
            (self.tr("Printed by"), lambda form: words.clerk(form.printed_by)),
            (self.tr("State"), lambda form: self._titles[form.state]),
            (self.tr("Day of the visit"), lambda form: form.true_on.isoformat() if form.true_on else "—"),
            (self.tr("Reason"), self._reason),
        ]
        super().__init__(place, self.tr("Outage forms"), RowsModel(columns), SHARES, SPARE)
        self._forms: tuple[PrintedForm, ...] = ()
        self._shown: FormState | None = None
        self.panel: ActionPanel | None = None
        self.print_button = Button(self.tr("Print forms  Ctrl+P"), "primary")
        self.again = Button(self.tr("Print this one again  F6"))
        self.void = Button(self.tr("Void  Delete"))
        self.enter = Button(self.tr("Type one in  Shift+F2"))
        self.filters: dict[FormState | None, Button] = {None: Button(""), **{one: Button("") for one in FormState}}
        for state, button in self.filters.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self.narrow, state))
        self.said = label("", "note-good", wrap=True)
        self.said.hide()
        self._panel_lines = column()
        self.lines.insertLayout(1, self._panel_lines)
        self.lines.insertWidget(1, flowing(*self.filters.values()))
        self.lines.insertWidget(1, self.said)
        self.lines.insertWidget(1, flowing(self.print_button, self.again, self.void, self.enter))
        hint = self.tr("Print some before they are needed; fill one in by hand when nothing else works.")
        self.lines.insertWidget(1, label(hint, "secondary", wrap=True))
        self._join()

    def refresh(self) -> None:
        """Read the forms again."""
        self.place.tasks.run(self.place.desk.outage.forms, self.show_forms, self.show_failure)

    def show_forms(self, forms: tuple[PrintedForm, ...]) -> None:
        """Show these forms, narrowed as before."""
        self._forms = forms
        shown = [form for form in forms if self._shown in (None, form.state)]
        self.table.records.show_rows(shown)
        self.table.select_first()
        for at, (state, button) in enumerate(self.filters.items(), start=1):
            title = self.tr("All") if state is None else self._titles[state]
            button.setText(f"{at}  {title} {sum(state in (None, form.state) for form in forms)}")
            button.setAccessibleName(button.text())
            button.setChecked(state is self._shown)
        self.show_empty("" if shown else self.tr("No forms here. Ctrl+P prints some."))

    def narrow(self, state: FormState | None) -> None:
        """Show only forms in a state; None shows all."""
        self._shown = state
        self.show_forms(self._forms)
        self.table.setFocus()

    def escape(self) -> bool:
        """Drop the panel that is open; answers whether there was one."""
        if self.panel is None:
            return False
        self._close_panel()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Narrow the list by the number on a button."""
        states = list(self.filters)
        if event.text().isdigit() and 0 < int(event.text()) <= len(states):
            self.narrow(states[int(event.text()) - 1])
            return
        super().keyPressEvent(event)

    def print_again(self) -> None:
        """Print the selected form once more; only one that was not used."""
        form = self._current()
        if form is not None:
            outage = self.place.desk.outage
            self._print(lambda: outage.pages(form.batch, (form.number,)))

    def _join(self) -> None:
        self.print_button.clicked.connect(self._ask_print)
        self.again.clicked.connect(self.print_again)
        self.void.clicked.connect(self._ask_void)
        self.enter.clicked.connect(self.entry_asked)
        self.table.opened.connect(self._open)
        bind_here(self, "Ctrl+P", self.print_button.click)
        bind_here(self.table, "Delete", self.void.click)

    def _current(self) -> PrintedForm | None:
        found: Any = self.table.current()
        return found if isinstance(found, PrintedForm) else None

    def _reason(self, form: PrintedForm) -> str:
        code = f"outage.{'void' if form.state is FormState.VOID else 'reason'}.{form.reason}"
        return self.place.texts.text(code) if code in self.place.texts else form.reason or "—"

    def _open(self, form: PrintedForm) -> None:
        if form.state is FormState.USED:
            self.case_asked.emit(form.number)

    def _ask_print(self) -> None:
        panel = PrintPanel(self)
        outage = self.place.desk.outage

        def confirmed(values: dict[str, str]) -> None:
            if not values["count"].isdecimal() or not 1 <= int(values["count"]) <= MOST_FORMS:
                panel.show_problem(self.place.texts.text("outage.count", most=MOST_FORMS), "count")
                return
            self._print(lambda: outage.print(int(values["count"])))

        panel.confirmed.connect(confirmed)
        self._open_panel(panel)

    def _ask_void(self) -> None:
        form = self._current()
        if form is None or form.state is not FormState.OPEN:
            return
        texts, outage = self.place.texts, self.place.desk.outage
        panel = VoidPanel(form.number, [(code, texts.text(f"outage.void.{code}")) for code in VOID_REASONS], self)

        def confirmed(values: dict[str, str]) -> None:
            self.place.tasks.run(
                lambda: outage.void(form.number, values["reason"], values["text"]),
                lambda _: self._done(self.tr("Voided.")),
                self._failed,
            )

        panel.confirmed.connect(confirmed)
        self._open_panel(panel)

    def _print(self, work: Callable[[], PrintedBatch]) -> None:
        """Make the pages where the store lives, then send them away from it: a slow printer holds nothing up."""
        outage = self.place.desk.outage

        def made(printed: PrintedBatch) -> None:
            count = len(printed.numbers)
            text = self.tr("{n} sent to the printer; the numbers are theirs for good.").format(n=count)
            self.place.tasks.run_free(lambda: outage.send(printed), lambda _: self._done(text), self._failed)

        self.place.tasks.run(work, made, self._failed)

    def _done(self, text: str) -> None:
        self._close_panel()
        self._say("✓ " + text, "note-good")
        self.refresh()

    def _failed(self, error: WindowAppError) -> None:
        text = self.place.texts.message(error)
        if self.panel is not None:
            self.panel.show_problem(text)
        else:
            self._say("✕ " + text, "note-error")
        self.refresh()

    def _say(self, text: str, kind: str) -> None:
        self.said.setText(text)
        polish(self.said, kind=kind)
        self.said.show()

    def _open_panel(self, panel: ActionPanel) -> None:
        self._close_panel()
        self.said.hide()
        self.panel = panel
        panel.cancelled.connect(self._close_panel)
        self._panel_lines.addWidget(panel)
        panel.show()
        panel.take_focus()

    def _close_panel(self) -> None:
        self.panel = None
        clear(self._panel_lines)
        self.table.setFocus()
