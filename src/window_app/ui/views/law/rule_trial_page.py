"""Facts tried against a table: what is told, which rows fire and why, what still matters."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.rules.values import UNCLEAR, Value
from window_app.services.rule_book import RowState, RowTrial, RuleTable, Trial, TrialFact
from window_app.ui.views.law.rule_words import STATES, RuleWords
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.widgets.texts import Button, bind_here, label, row
from window_app.ui.workplace import Workplace

ROW = 32
SIDE_BY_SIDE = 980
SEPARATOR = "  /  "
NATION = "nation"
ORDER = (RowState.FIRES, RowState.OPEN, RowState.BEHIND, RowState.RULED_OUT)


class RuleTrialPage(QWidget):
    """Takes facts one by one; every one is tried at once. `closed` leads back to the table."""

    closed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._words: RuleWords | None = None
        self._table: RuleTable | None = None
        self._told: dict[str, Value] = {}
        self._where: str | None = None
        self._on: date | None = None
        self.trial: Trial | None = None
        self.title = label("", "page-title", wrap=True)
        self.frame = label("", "secondary", wrap=True)
        self.answer = label("", "note-plain", wrap=True)
        self.why = label("", "secondary", wrap=True)
        self.back = Button(self.tr("Back  Esc"))
        self.back.clicked.connect(self._leave)
        self.clear_button = Button(self.tr("Begin again  Ctrl+D"))
        self.clear_button.clicked.connect(self._clear)
        bind_here(self, "Ctrl+D", self.clear_button.click)
        self.turn_button = Button(self.tr("Facts or rows  Ctrl+G"))
        self.turn_button.clicked.connect(self._turn)
        bind_here(self, "Ctrl+G", self.turn_button.click)
        self.place_button = Button(self.tr("Place and day  Ctrl+K"))
        self.place_button.clicked.connect(self._ask_place)
        bind_here(self, "Ctrl+K", self.place_button.click)
        self._on_rows = False
        self.panel: ActionPanel | None = None
        self.facts = self._facts_table()
        self.rows = self._rows_table()
        self.rows.selectionModel().currentRowChanged.connect(lambda *_: self._explain(self.rows.current()))
        self._lay_out()

    def begin(self, table: RuleTable) -> None:
        """Begin with nothing told, here and today."""
        book, decision = self._place.desk.law_books.rules, table.table.decision
        self._where, self._on, self._told = book.locality, None, {}
        title = self._place.texts.of(table.table.title)
        self.title.setText(self.tr("Try facts: {title}").format(title=title))
        self._show_table(table)
        self._place.tasks.run(lambda: book.facts(decision), self._show_facts)

    def take_focus(self) -> None:
        """Put the focus on what is to be filled in, else on the facts."""
        if self.panel is not None:
            self.panel.take_focus()
        else:
            self.facts.setFocus()

    def escape(self) -> bool:
        """Drop the fact that is being told; answers whether one was."""
        if self.panel is None:
            return False
        self._close_panel()
        self.facts.setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a fact back on Delete."""
        fact = self.facts.current()
        if event.key() == Qt.Key.Key_Delete and fact is not None and fact.name in self._told:
            self._try({name: value for name, value in self._told.items() if name != fact.name})
            return
        super().keyPressEvent(event)

    # -- place and day

    def _ask_place(self) -> None:
        """Lay a panel in for the place and the day whose law is asked."""
        self._close_panel()
        panel = ActionPanel(self.tr("Where and on which day?"), self.tr("Try it"), self)
        book, codes = self._place.desk.law_books.rules, [NATION]
        codes += [code for code, _ in book.places()]
        panel.add_choice("place", self.tr("Place"), [(code, self._place_name(code)) for code in codes]).setCurrentIndex(
            codes.index(self._where or NATION) + 1
        )
        day = panel.add_line("day", self.tr("Day"), hint=self._place.texts.text("ui.hint.date"))
        day.setText("" if self._on is None else self._on.isoformat())
        panel.explain(self.tr("Without a day: today. The facts told so far stay."))
        panel.confirmed.connect(self._take_place)
        self._lay_in(panel)

    def _take_place(self, values: Mapping[str, str]) -> None:
        table, book = self._table, self._place.desk.law_books.rules
        if table is None:
            return
        where = values["place"] if values["place"] not in ("", NATION) else None
        decision = table.table.decision

        def work() -> tuple[date | None, RuleTable, tuple[TrialFact, ...]]:
            there, day = book.at(where), values["day"]
            return book.day(day) if day else None, there.table(decision), there.facts(decision)

        def done(found: tuple[date | None, RuleTable, tuple[TrialFact, ...]]) -> None:
            self._where, self._on = where, found[0]
            self._show_table(found[1])
            known = {fact.name for fact in found[2]}
            self._told = {name: value for name, value in self._told.items() if name in known}
            self._show_facts(found[2])

        def failed(error: WindowAppError) -> None:
            if self.panel is not None:
                self.panel.show_problem(self._place.texts.message(error), "day")

        self._place.tasks.run(work, done, failed)

    def _place_name(self, code: str | None) -> str:
        titles = dict(self._place.desk.law_books.rules.places())
        return self._place.texts.of(titles[code]) if code in titles else self.tr("The nation")

    def _show_table(self, table: RuleTable) -> None:
        self._close_panel()
        self._table = table
        self._words = RuleWords(self._place.texts, table.table, self._place.desk.definitions)

    # -- telling

    def _ask(self, fact: TrialFact) -> None:
        """Lay a panel in for one fact."""
        self._close_panel()
        panel = ActionPanel(self._called(fact), self.tr("Try it"), self)
        if fact.help:
            panel.explain(self._place.texts.of(fact.help))
        options = self._options(fact)
        needed = self.tr("Choose or type a value.")
        if options:
            panel.add_choice("value", self.tr("Value"), options, required=needed)
        else:
            hint = self._place.texts.text("ui.hint.date") if fact.kind == "date" else ""
            panel.add_line("value", self.tr("Value"), required=needed, hint=hint)
        panel.confirmed.connect(lambda values: self._tell(fact, values["value"]))
        self._lay_in(panel)

    def _lay_in(self, panel: ActionPanel) -> None:
        panel.cancelled.connect(self.escape)
        self.panel = panel
        self._lines.insertWidget(3, panel)
        self._arrange()
        panel.take_focus()

    def _options(self, fact: TrialFact) -> list[tuple[str, str]]:
        texts = self._place.texts
        options = [(code, texts.of(text)) for code, text in fact.options]
        if fact.kind == "bool":
            options = [("true", texts.text("ui.yes")), ("false", texts.text("ui.no"))]
        return [*options, (UNCLEAR, texts.text("ui.unclear"))] if options and fact.unclear else options

    def _tell(self, fact: TrialFact, typed: str) -> None:
        book = self._place.desk.law_books.rules

        def failed(error: WindowAppError) -> None:
            if self.panel is not None:
                self.panel.show_problem(self._place.texts.message(error), "value")

        self._place.tasks.run(
            lambda: book.read(fact, typed), lambda value: self._try({**self._told, fact.name: value}), failed
        )

    def _try(self, told: Mapping[str, Value]) -> None:
        if self._table is None:
            return
        desk, decision = self._place.desk, self._table.table.decision
        facts, where, on = dict(told), self._where, self._on
        self._told = facts

        def work() -> Trial:
            return desk.law_books.rules.at(where).try_facts(decision, facts, on or desk.clock.today())

        self._place.tasks.run(work, self._show, self._failed)

    def _clear(self) -> None:
        self._close_panel()
        self._try({})

    def _leave(self) -> None:
        self._close_panel()
        self.closed.emit()

    def _close_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
            self._arrange()

    # -- showing

    def _show_facts(self, facts: tuple[TrialFact, ...]) -> None:
        self.facts.records.show_rows(facts)
        self.facts.select_first()
        self._try(self._told)

    def _show(self, trial: Trial) -> None:
        self.trial = trial
        self._close_panel()
        ordered = sorted(trial.rows, key=lambda one: ORDER.index(one.state))
        self.rows.records.show_rows(ordered)
        self.rows.select_first()
        self.frame.setText(self.tr("The law of: {frame}").format(frame=self._frame(trial)))
        self.answer.setText(self._answer(trial))
        self._select_next(trial)
        self.facts.viewport().update()
        self.facts.setFocus()

    def _select_next(self, trial: Trial) -> None:
        names = [fact.name for fact in self.facts.records.rows]
        following = next((name for name in trial.needs if name in names), None)
        if following is not None:
            self.facts.selectRow(names.index(following))

    def _answer(self, trial: Trial) -> str:
        if self._words is None or self._table is None:
            return ""
        fired = [one.id for one in trial.rows if one.state is RowState.FIRES]
        parts = []
        if fired:
            known = {each.row.id: each.row for each in self._table.rows}
            spoken = SEPARATOR.join(f"{name} → {self._words.outputs(known[name])}" for name in fired)
            parts.append(self.tr("Fires: {rows}").format(rows=spoken))
        elif trial.decided:
            parts.append(self.tr("No row fires: the table says nothing here."))
        if trial.needs:
            asked = SEPARATOR.join(self._words.fact(name) for name in trial.needs[:3])
            parts.append(self.tr("{n} facts still matter: {facts}").format(n=len(trial.needs), facts=asked))
        return "\n".join(parts)

    def _explain(self, one: RowTrial | None) -> None:
        if one is None or self.trial is None:
            self.why.clear()
            return
        told = [f"{one.id}  {self._reasons(one)}", self._frame(self.trial)]
        own = self._stated_by(one)
        self.why.setText(SEPARATOR.join([*told, *own]))

    def _frame(self, trial: Trial) -> str:
        """Return the place and the day whose law a trial asked."""
        return f"{self._place_name(trial.locality)} · {trial.on.isoformat()}"

    def _stated_by(self, one: RowTrial) -> list[str]:
        """Return which place put a row in, nothing for the nation's own."""
        rows = self._table.rows if self._table is not None else ()
        place = next((each.row.locality for each in rows if each.row.id == one.id), None)
        return [] if place is None else [self.tr("a row of {place}").format(place=self._place_name(place))]

    def _reasons(self, one: RowTrial) -> str:
        words, trial = self._words, self.trial
        if words is None or trial is None:
            return ""
        if one.state is RowState.RULED_OUT:
            wrong = [cell for cell in one.cells if cell.passed is False]
            told = [f"{words.fact(c.fact)} {self._known(c.fact)} ≠ {words.cell(c.fact, c.cell)}" for c in wrong]
            return self.tr("cannot fire: {facts}").format(facts=SEPARATOR.join(told))
        if one.state is RowState.OPEN:
            unknown = [words.fact(cell.fact) for cell in one.cells if cell.passed is None]
            if unknown:
                return self.tr("may fire, by: {facts}").format(facts=SEPARATOR.join(dict.fromkeys(unknown)))
            return self.tr("fits; a row above it may still speak first")
        met = [f"{words.fact(cell.fact)} {words.cell(cell.fact, cell.cell)}" for cell in one.cells if cell.passed]
        because = SEPARATOR.join(met) or self.tr("it asks for nothing")
        if one.state is RowState.FIRES:
            return self.tr("fires: {facts}").format(facts=because)
        return self.tr("would fit, but a row above it speaks: {facts}").format(facts=because)

    def _known(self, name: str) -> str:
        value = self.trial.values.get(name) if self.trial is not None else None
        return self._words.value(name, value) if self._words is not None and value is not None else "—"

    def _called(self, fact: TrialFact) -> str:
        return self._words.fact(fact.name) if self._words is not None else fact.name

    def _told_words(self, fact: TrialFact) -> str:
        if fact.name in self._told and self._words is not None:
            return self._words.value(fact.name, self._told[fact.name])
        return ""

    def _mark(self, fact: TrialFact) -> str:
        if fact.name in self._told:
            return "✓"
        return "?" if self.trial is not None and fact.name in self.trial.needs else ""

    def _state(self, one: RowTrial) -> str:
        said = {
            RowState.FIRES: self.tr("fires"),
            RowState.OPEN: self.tr("open"),
            RowState.BEHIND: self.tr("behind"),
            RowState.RULED_OUT: self.tr("out"),
        }
        return f"{STATES[one.state]} {said[one.state]}"

    def _failed(self, error: WindowAppError) -> None:
        self.answer.setText("✕ " + self._place.texts.message(error))

    # -- building

    def _facts_table(self) -> Table:
        columns: list[Column] = [
            ("", self._mark),
            (self.tr("Fact"), self._called),
            (self.tr("Told"), self._told_words),
        ]
        table = Table(RowsModel(columns), self.tr("Facts to tell"), self._place.theme.px(ROW), (8, 60, 32))
        table.opened.connect(self._ask)
        return table

    def _rows_table(self) -> Table:
        columns: list[Column] = [
            (self.tr("State"), self._state),
            (self.tr("Row"), lambda one: one.id),
            (self.tr("Why"), self._reasons),
        ]
        return Table(RowsModel(columns), self.tr("Rows of the table"), self._place.theme.px(ROW), (20, 14, 66))

    def _lay_out(self) -> None:
        self._both = QHBoxLayout()
        self._both.setSpacing(12)
        self._both.addWidget(self.facts, 1)
        self._both.addWidget(self.rows, 1)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        head = row(self.back, self.title, self.turn_button, self.clear_button)
        head.setStretch(1, 1)
        self._lines.addLayout(head)
        framed = row(self.place_button, self.frame)
        framed.setStretch(1, 1)
        self._lines.addLayout(framed)
        self._lines.addWidget(self.answer)
        self._lines.addLayout(self._both, 1)
        self._lines.addWidget(self.why)
        self._lines.addWidget(label(self.tr("Enter tells a fact · Delete takes it back"), "faint"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both tables where there is room, else one of them."""
        super().resizeEvent(event)
        self._arrange()

    def _wide(self) -> bool:
        return self.width() >= SIDE_BY_SIDE * self._place.theme.scale

    def _arrange(self) -> None:
        """Let the tables give way where the text is large: to each other, and to the fact that is being told."""
        wide = self._wide()
        asking = self.panel is not None and not wide
        self.turn_button.setVisible(not wide)
        self.facts.setVisible(wide or not (asking or self._on_rows))
        self.rows.setVisible(wide or (self._on_rows and not asking))
        self.why.setVisible(wide or self.rows.isVisibleTo(self))
        for part in (self.answer, self.frame, self.place_button):
            part.setVisible(not asking)

    def _turn(self) -> None:
        """Show the rows instead of the facts, or the facts again."""
        self._on_rows = not self._on_rows
        self._arrange()
        (self.rows if self._on_rows else self.facts).setFocus()
