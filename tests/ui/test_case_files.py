"""Files of a received case: added at the counter, listed as unsent, fetched and read at the office."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from tests.ui.conftest import Sit
from tests.ui.counter_window import CounterWindow
from tests.ui.test_materials import files_of, scan
from tests.ui.test_office_window import open_from_queue

from window_app.services.attachments import from_path
from window_app.services.desk import Desk
from window_app.ui.journey.keys import Held, Key


def asked(counter: CounterWindow) -> bool:
    return counter.shell.case.panel is not None


def test_a_file_is_added_to_a_received_case_by_keys(
    counter: CounterWindow, collected: Callable[[str], dict[str, Any]], tmp_path: Path
) -> None:
    keys = counter.keys
    intake = {**collected("02"), "materials": {}}
    received = counter.ask(lambda desk: desk.receiving.receive(desk.intake.from_json(intake)))
    number = received.cases[0].number
    counter.shell.show_case(number)
    keys.settle()
    card = counter.shell.case.attachments
    assert card.add.isVisibleTo(card)
    assert card.lines == []
    QGuiApplication.clipboard().setMimeData(files_of([scan(tmp_path, "工资流水.pdf", 2)]))
    keys.press(Key.Key_V, Held.ControlModifier)
    panel = counter.shell.case.panel
    assert panel is not None
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert counter.shell.case.panel is panel
    view = counter.shell.case.view
    assert view is not None
    for _ in range([code for code, _ in view.materials].index("evidence") + 1):
        keys.press(Key.Key_Down)
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert [line.view.pages for line in card.lines] == [2]
    assert "工资流水.pdf" in card.lines[0].view.name
    card.lines[0].setFocus()
    keys.press(Key.Key_Return)
    assert not card.preview.sheet.pixmap().isNull()
    keys.press(Key.Key_Escape)
    assert counter.shell.current == "case"
    assert card.lines[0].hasFocus()
    # It was the wrong one: withdrawn it stays, struck out, and opens only to who insists.
    keys.press(Key.Key_Delete)
    assert asked(counter)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert not asked(counter)
    line = card.lines[0]
    assert "附错了文件" in line.view.withdrawn
    assert line.name.font().strikeOut()
    assert line.take_away.isHidden()
    assert line.hasFocus()
    keys.press(Key.Key_Return)
    assert card.note.isVisible()
    assert not card.preview.isVisible()
    keys.press(Key.Key_Return)
    assert not card.preview.sheet.pixmap().isNull()
    keys.press(Key.Key_Escape)
    counter.shell.show_screen("unsent")
    keys.settle()
    assert [number in text and "已交 0%" in text for text in counter.shell.unsent.files.texts] == [True]


def test_an_office_fetches_a_file_and_reads_it(
    sit: Sit, collected: Callable[[str], dict[str, Any]], tmp_path: Path
) -> None:
    counter = sit("east")
    path = scan(tmp_path, "劳动合同.pdf", 3)

    def take_in(desk: Desk) -> str:
        draft = desk.intake.from_json(collected("02"))
        draft = desk.attachments.attach(draft, desk.attachments.bring("evidence", from_path(path)))
        return desk.receiving.receive(draft, clock_confirmed=True).cases[0].number

    number = counter.ask(take_in)
    counter.until_sent()
    office = sit("arbitration")
    open_from_queue(office, number)
    card = office.shell.case.attachments
    office.keys.wait_until(lambda: bool(card.lines))
    assert not card.add.isVisibleTo(card)
    assert "中心" in card.lines[0].view.standing
    office.cut()
    card.lines[0].setFocus()
    office.keys.press(Key.Key_Return)
    assert card.note.isVisible()
    assert not card.preview.isVisible()
    office.mend()
    office.keys.wait_until(lambda: bool(card.lines))
    card.lines[0].setFocus()
    office.keys.press(Key.Key_Return)
    office.keys.wait_until(lambda: not card.preview.sheet.pixmap().isNull())
    assert card.lines[0].view.standing == ""
    office.keys.press(Key.Key_Escape)
    content = office.ask(lambda desk: desk.attachments.content(desk.attachments.of_case(number)[0].attached))  # type: ignore[arg-type]
    assert content == path.read_bytes()
