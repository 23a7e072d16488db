"""One decision table as a table: a column for each fact, a row for each rule, its sources below."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from window_app.services.rule_book import RuleRow, RuleTable
from window_app.ui.views.law.rule_words import RuleWords
from window_app.ui.views.law.source_links import SourceLinks
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.widgets.texts import Button, bind_here, label, row
from window_app.ui.workplace import Workplace

ROW = 32
HEAD = 58
LARGE = 1.3
ANY = "–"
WIDTHS = {"id": 84, "fact": 170, "answer": 240, "period": 190, "sources": 330, "place": 130}


class WideTable(Table):
    """A table wider than the window: columns keep their widths, and the arrow keys lead through them."""

    def __init__(self, model: RowsModel, name: str, row_height: int, widths: list[int], head: int) -> None:
        super().__init__(model, name, row_height, widths)
        self._widths = widths
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        header.setDefaultAlignment(Qt.AlignmentFlag(int(flags)))
        header.setFixedHeight(head)
        header.setStretchLastSection(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the columns as wide as they are."""
        super().resizeEvent(event)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width)


class RuleTablePage(QWidget):
    """Shows a table and, below it, what the selected row says and on which ground.

    Signals:
        closed: back to the list.
        trial_asked: facts are to be tried against this table.
        article_asked: carries law and article of a source.
    """

    closed = Signal()
    trial_asked = Signal()
    article_asked = Signal(str, str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.title = label("", "page-title", wrap=True)
        self.back = Button(self.tr("Back  Esc"))
        self.back.clicked.connect(self.closed)
        self.try_button = Button(self.tr("Try facts  Ctrl+T"), "primary")
        self.try_button.clicked.connect(self.trial_asked)
        bind_here(self, "Ctrl+T", self.try_button.click)
        self.detail = label("", wrap=True)
        self.reason = label("", "strong", wrap=True)
        self.sources = SourceLinks(self)
        self.sources.asked.connect(self.article_asked)
        body = QWidget()
        body.setObjectName("pageBody")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.setSpacing(6)
        for part in (self.reason, self.sources, self.detail):
            inner.addWidget(part)
        inner.addStretch(1)
        self.area = GrowingArea(body)
        self.grid: Table | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        head = row(self.back, self.title, self.try_button)
        head.setStretch(1, 1)
        self._lines.addLayout(head)
        self._lines.addWidget(self.area, 2)

    def show_table(self, table: RuleTable) -> None:
        """Show a table from its first row on."""
        texts, theme = self._place.texts, self._place.theme
        words = RuleWords(texts, table.table, self._place.desk.definitions)
        self.title.setText(f"{texts.of(table.table.title)}  {table.table.decision}")
        columns, widths = self._columns(table, words)
        model = RowsModel(columns)
        head = theme.px(HEAD if theme.scale <= LARGE else HEAD // 2)
        grid = WideTable(model, self.title.text(), theme.px(ROW), [theme.px(width) for width in widths], head)
        model.show_rows(table.rows)
        if self.grid is not None:
            self.grid.hide()
            self.grid.deleteLater()
        self.grid = grid
        self._lines.insertWidget(1, grid, 3)
        grid.selectionModel().currentRowChanged.connect(lambda *_: self._show_row(words, grid.current()))
        grid.select_first()
        grid.setFocus()

    def take_focus(self) -> None:
        """Put the focus on the table."""
        if self.grid is not None:
            self.grid.setFocus()

    def _columns(self, table: RuleTable, words: RuleWords) -> tuple[list[Column], list[int]]:
        columns: list[Column] = [
            (self.tr("Row"), lambda one: one.row.id),
            (self.tr("Answer"), lambda one: words.outputs(one.row)),
        ]
        widths = [WIDTHS["id"], WIDTHS["answer"]]
        for name in table.columns:
            columns.append((words.fact(name), _cell_of(name, words)))
            widths.append(WIDTHS["fact"])
        rest: list[tuple[str, Callable[[Any], str], str]] = [
            (self.tr("Sources"), lambda one: "  ".join(_sources(one, words)), "sources"),
            (self.tr("In force"), lambda one: words.period(one.row), "period"),
            (self.tr("Locality"), lambda one: self._locality(one), "place"),
        ]
        for title, shown, kind in rest:
            columns.append((title, shown))
            widths.append(WIDTHS[kind])
        return columns, widths

    def _locality(self, one: RuleRow) -> str:
        if one.row.locality is None:
            return self.tr("national")
        known = self._place.desk.definitions.localities.get(one.row.locality)
        return self._place.texts.of(known.title) if known is not None else one.row.locality

    def _show_row(self, words: RuleWords, one: RuleRow | None) -> None:
        if one is None:
            return
        reason = self._place.texts.of(one.row.reason) if one.row.reason else ""
        self.reason.setText(f"{one.row.id}  {reason or words.outputs(one.row)}")
        self.sources.show_sources(
            [(source.citation, words.source(source.citation, source.standing)) for source in one.sources]
        )
        lines = [f"{words.fact(name)}  {words.cell(name, cell)}" for name, cell in one.row.when]
        lines.append(self.tr("Answer: {answer}").format(answer=words.outputs(one.row)))
        lines.append(" · ".join(part for part in (self._locality(one), words.period(one.row)) if part))
        self.detail.setText("\n".join(lines))
        self.area.settle()
        self.area.verticalScrollBar().setValue(0)


def _cell_of(name: str, words: RuleWords) -> Callable[[Any], str]:
    def shown(one: RuleRow) -> str:
        return " · ".join(words.cell(name, cell) for fact, cell in one.row.when if fact == name) or ANY

    return shown


def _sources(one: RuleRow, words: RuleWords) -> list[str]:
    return [words.source(source.citation, source.standing) for source in one.sources]
