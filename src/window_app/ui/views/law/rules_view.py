"""The rules on the screen: every decision table with its sources counted; one opens, and facts can be tried."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.rules.tables import HitPolicy
from window_app.services.rule_book import CitationStanding, RuleTable, TableLine
from window_app.ui.views.law.rule_table_page import RuleTablePage
from window_app.ui.views.law.rule_trial_page import RuleTrialPage
from window_app.ui.views.law.rule_words import MARKS
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.widgets.texts import label
from window_app.ui.workplace import Workplace

ROW = 36

Counted = tuple[tuple[TableLine, ...], Mapping[CitationStanding, int]]


class RulesView(QStackedWidget):
    """A list, a table, a trial. `article_asked` carries law and article of a source."""

    article_asked = Signal(str, str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.shown: RuleTable | None = None
        self.counts = label("", "secondary", wrap=True)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.list = self._make_list()
        self.table = RuleTablePage(place)
        self.trial = RuleTrialPage(place)
        listed = QWidget()
        lines = QVBoxLayout(listed)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        for part in (self.counts, self.problem):
            lines.addWidget(part)
        lines.addWidget(self.list, 1)
        lines.addWidget(label(self.tr("Enter shows a table with its sources"), "faint"))
        for page in (listed, self.table, self.trial):
            self.addWidget(page)
        self.list.opened.connect(self._open)
        self.table.closed.connect(self.escape)
        self.table.trial_asked.connect(self._try)
        self.table.article_asked.connect(self.article_asked)
        self.trial.closed.connect(self._back_to_table)

    def take_focus(self) -> None:
        """Put the focus into what is on show; the list is read at its first time."""
        if self.currentIndex() == 0:
            self.refresh()
            self.list.setFocus()
        elif self.currentWidget() is self.table:
            self.table.take_focus()
        else:
            self.trial.take_focus()

    def refresh(self) -> None:
        """Count again; texts may have been installed meanwhile."""
        book = self._place.desk.law_books.rules
        self._place.tasks.run(lambda: (book.lines(), book.standings()), self._show, self._failed)

    def escape(self) -> bool:
        """Go one step back; answers whether there was one."""
        if self.currentWidget() is self.trial:
            if not self.trial.escape():
                self._back_to_table()
            return True
        if self.currentWidget() is self.table:
            self.setCurrentIndex(0)
            self.list.setFocus()
            return True
        return False

    def _back_to_table(self) -> None:
        self.setCurrentWidget(self.table)
        self.table.take_focus()

    def _open(self, line: TableLine) -> None:
        book = self._place.desk.law_books.rules
        self._place.tasks.run(lambda: book.table(line.decision), self._show_table, self._failed)

    def _show_table(self, table: RuleTable) -> None:
        self.shown = table
        self.setCurrentWidget(self.table)
        self.table.show_table(table)

    def _try(self) -> None:
        if self.shown is not None:
            self.setCurrentWidget(self.trial)
            self.trial.begin(self.shown)

    def _show(self, counted: Counted) -> None:
        lines, standings = counted
        at = max(0, self.list.currentIndex().row())
        self.list.records.show_rows(lines)
        self.list.selectRow(min(at, len(lines) - 1))
        size = self.tr("{tables} tables, {rows} rows.").format(tables=len(lines), rows=sum(line.rows for line in lines))
        cited = self.tr("Citations: ✓ {a} verified · ? {b} not verified · ○ {c} text not installed · ✕ {d} against it")
        self.counts.setText(
            f"{size}  "
            + cited.format(
                a=standings.get(CitationStanding.VERIFIED, 0),
                b=standings.get(CitationStanding.UNVERIFIED, 0),
                c=standings.get(CitationStanding.TEXT_MISSING, 0),
                d=standings.get(CitationStanding.CONTRADICTED, 0),
            )
        )

    def _failed(self, error: WindowAppError) -> None:
        self.problem.setText("✕ " + self._place.texts.message(error))
        self.problem.show()

    def _policy(self, line: TableLine) -> str:
        return {
            HitPolicy.FIRST: self.tr("the first row that fits"),
            HitPolicy.UNIQUE: self.tr("the only row that fits"),
            HitPolicy.COLLECT: self.tr("all rows that fit"),
        }[line.hit_policy]

    def _make_list(self) -> Table:
        columns: list[Column] = [
            (self.tr("Table"), lambda line: f"{self._place.texts.of(line.title)}  {line.decision}"),
            (self.tr("What speaks"), self._policy),
            (self.tr("Rows"), _rows),
            (self.tr("Examples"), lambda line: str(line.examples)),
            (self.tr("Citations"), _citations),
        ]
        height = self._place.theme.px(ROW)
        return Table(RowsModel(columns), self.tr("Decision tables"), height, (34, 20, 10, 10, 26), (1, 3))


def _rows(line: TableLine) -> str:
    return f"{line.rows}" + (f" (+{line.local_rows})" if line.local_rows else "")


def _citations(line: TableLine) -> str:
    return "  ".join(f"{MARKS[kind]} {line.standings[kind]}" for kind in CitationStanding if line.standings.get(kind))
