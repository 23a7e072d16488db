"""The list of a million cases fetches what is looked at and nothing else."""

from typing import Any

from pytestqt.qtbot import QtBot

from window_app.ui.widgets.table import KEPT_PAGES, PAGE, Table, WindowedModel

MILLION = 1_000_000


def million(qtbot: QtBot) -> tuple[WindowedModel, Table, list[int]]:
    model = WindowedModel([("n", str), ("double", lambda number: str(2 * number))])
    asked: list[int] = []

    def answer(page: int) -> None:
        asked.append(page)
        model.take(page, range(page * PAGE, min(MILLION, (page + 1) * PAGE)))

    model.wanted.connect(answer)
    table = Table(model, "numbers", 24, (1, 1))
    qtbot.addWidget(table)
    table.resize(600, 400)
    model.restart(MILLION)
    table.show()
    qtbot.waitExposed(table)
    qtbot.waitUntil(lambda: bool(asked))
    return model, table, asked


def test_opening_fetches_the_first_page_only(qtbot: QtBot) -> None:
    _, _, asked = million(qtbot)
    assert asked == [0]


def test_jumping_to_the_end_fetches_the_last_page_only(qtbot: QtBot) -> None:
    model, table, asked = million(qtbot)
    table.selectRow(MILLION - 1)
    qtbot.waitUntil(lambda: model.record(MILLION - 1) == MILLION - 1)
    assert set(asked) <= {0, MILLION // PAGE - 1}
    assert table.current() == MILLION - 1


def test_pages_looked_at_long_ago_are_let_go(qtbot: QtBot) -> None:
    model, _, asked = million(qtbot)
    for page in range(KEPT_PAGES + 5):
        model.record(page * PAGE)
    before = len(asked)
    model.record(0)
    assert len(asked) == before + 1


def test_enter_opens_the_selected_row(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    _, table, _ = million(qtbot)
    opened: list[Any] = []
    table.opened.connect(opened.append)
    table.selectRow(3)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [3]
