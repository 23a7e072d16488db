"""The checklist and its files by keyboard, by drag and drop, by the clipboard."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.ui.counter_window import CounterWindow

from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.materials_view import MaterialLine
from window_app.ui.views.visit.visit_steps import Step


def photo(folder: Path, name: str = "身份证正面.jpg", kind: str = "JPEG") -> Path:
    """Make a photo."""
    path = folder / name
    with thread_guard.elsewhere():
        Image.frombytes("RGB", (320, 200), os.urandom(320 * 200 * 3)).save(path, kind)
    return path


def scan(folder: Path, name: str = "劳动合同.pdf", pages: int = 3) -> Path:
    """Make a scanned document."""
    path = folder / name
    with thread_guard.elsewhere():
        first, *rest = [Image.new("RGB", (600, 800), (250, 250, 240 - 9 * at)) for at in range(pages)]
        first.save(path, "PDF", save_all=True, append_images=rest)
    return path


@pytest.fixture
def at_materials(counter: CounterWindow, collected: Callable[[str], dict[str, Any]]) -> CounterWindow:
    """A visit before which only the materials are left."""
    intake = {**collected("02"), "materials": {}}
    draft = counter.ask(lambda desk: desk.reception.save(desk.intake.from_json(intake)))
    counter.shell.visits.resume(draft.visit_id)
    counter.keys.wait_until(lambda: counter.shell.visit is not None and counter.shell.visit.state is not None)
    counter.keys.settle()  # what stands below the form comes in the turns that follow
    counter.page.steps.open(Step.MATERIALS)
    counter.keys.settle()
    return counter


def stand_on(counter: CounterWindow, material: str) -> MaterialLine:
    line = counter.page.materials.line_of(material)
    assert line is not None
    counter.driver._stand_on(line)
    assert line.hasFocus()
    return line


def drop(line: MaterialLine, mime: QMimeData) -> bool:
    """Drop something on a line as the mouse does; tell whether it was let."""
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Held.NoModifier)
    QApplication.sendEvent(line, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(
        line, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Held.NoModifier)
    )
    return True


def files_of(paths: list[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_file_is_chosen_by_a_key_looked_at_and_taken_away(
    at_materials: CounterWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter, keys = at_materials, at_materials.keys
    path = scan(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    line = stand_on(counter, "identity")
    keys.press(Key.Key_A)
    assert [one.view.name for one in line.files] == ["劳动合同.pdf"]
    assert (line.view.state, line.files[0].view.pages) == ("electronic", 3)
    keys.press(Key.Key_Down)
    assert line.files[0].hasFocus()
    keys.press(Key.Key_Return)
    preview = counter.page.attaching.preview
    assert preview.isVisible()
    assert not preview.sheet.pixmap().isNull()
    keys.press(Key.Key_PageDown)
    keys.press(Key.Key_PageDown)
    keys.press(Key.Key_PageDown)
    width = preview.sheet.pixmap().width()
    keys.press(Key.Key_Plus)
    assert (preview.page, preview.zoom) == (2, 150)
    assert preview.sheet.pixmap().width() > width
    keys.press(Key.Key_Escape)
    assert not preview.isVisible()
    assert counter.page.isVisible()
    assert line.files[0].hasFocus()
    keys.press(Key.Key_Delete)
    assert (line.files, line.view.state) == ([], "")
    assert line.hasFocus()


def test_files_are_dropped_and_the_bad_one_stays_out_with_its_reason(
    at_materials: CounterWindow, tmp_path: Path
) -> None:
    counter = at_materials
    line = stand_on(counter, "identity")
    wrong = photo(tmp_path, "其实是图片.pdf")
    assert drop(line, files_of([photo(tmp_path), wrong, scan(tmp_path)]))
    counter.keys.settle()
    assert [one.view.name for one in line.files] == ["身份证正面.jpg", "劳动合同.pdf"]
    assert "其实是图片.pdf" in line.note.text()
    assert "JPEG" in line.note.text()
    assert not drop(line, QMimeData())
    assert counter.page.working()


def test_a_picture_and_a_file_are_pasted(at_materials: CounterWindow, tmp_path: Path) -> None:
    counter = at_materials
    line = stand_on(counter, "identity")
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    counter.keys.press(Key.Key_V, Held.ControlModifier)
    assert [one.view.media_type for one in line.files] == ["image/png"]
    assert line.files[0].view.name.startswith("粘贴的图片")
    QGuiApplication.clipboard().setMimeData(files_of([photo(tmp_path)]))
    counter.keys.press(Key.Key_V, Held.ControlModifier)
    assert [one.view.name for one in line.files][1:] == ["身份证正面.jpg"]
    counter.keys.press(Key.Key_V, Held.ControlModifier)
    assert "已经附" in line.note.text()
    QGuiApplication.clipboard().setText("只有文字")
    counter.keys.press(Key.Key_V, Held.ControlModifier)
    assert "剪贴板" in line.note.text()
    assert len(line.files) == 2


def test_a_waiver_asks_for_its_reason(at_materials: CounterWindow) -> None:
    counter, keys = at_materials, at_materials.keys
    line = stand_on(counter, "identity")
    keys.press(Key.Key_5)
    assert line.reason.hasFocus()
    keys.press(Key.Key_Return)
    assert line.note.isVisible()
    assert line.view.state == ""
    keys.type("已通过数据共享核验")
    keys.press(Key.Key_Return)
    assert (line.view.state, line.view.remark) == ("waived", "已通过数据共享核验")
    assert line.hasFocus()
    keys.press(Key.Key_6)
    assert line.reason.text() == "已通过数据共享核验"
    keys.press(Key.Key_Escape)
    assert (line.view.state, counter.page.isVisible(), line.hasFocus()) == ("waived", True, True)


def test_received_files_are_in_the_case_and_survive_the_window(
    at_materials: CounterWindow, tmp_path: Path, open_window: Callable[..., CounterWindow]
) -> None:
    counter = at_materials
    drop(stand_on(counter, "identity"), files_of([photo(tmp_path)]))
    counter.keys.settle()
    counter.keys.press(Key.Key_F5)
    assert counter.page.state is not None
    assert counter.page.state.received is not None
    (number, _), *_ = counter.page.state.received.numbers
    again = open_window(directory=counter.directory)
    (one,) = again.ask(lambda desk: desk.attachments.of_case(number))
    assert one.attached is not None
    assert (one.material, one.attached.name) == ("identity", "身份证正面.jpg")
    attached = one.attached
    content = again.ask(lambda desk: desk.attachments.content(attached))
    assert content == (tmp_path / "身份证正面.jpg").read_bytes()


def test_a_draft_keeps_its_files_and_gives_them_up_when_discarded(
    at_materials: CounterWindow, tmp_path: Path, open_window: Callable[..., CounterWindow]
) -> None:
    counter = at_materials
    drop(stand_on(counter, "identity"), files_of([photo(tmp_path)]))
    counter.keys.settle()
    visit = counter.page.presenter.draft.visit_id
    kept = counter.directory / "attachments"
    assert [path for path in kept.glob("*/*")]
    again = open_window(directory=counter.directory)
    draft = again.ask(lambda desk: desk.reception.resume(visit))
    (one,) = draft.attachments
    assert again.ask(lambda desk: desk.attachments.content(one))
    again.ask(lambda desk: desk.reception.discard(visit, "clerk"))
    assert [path for path in kept.glob("*/*")] == []


def test_files_of_a_material_that_is_not_called_for_any_more_stay_in_sight(
    at_materials: CounterWindow, tmp_path: Path
) -> None:
    counter = at_materials
    first = stand_on(counter, "respondent_registration")
    drop(first, files_of([photo(tmp_path)]))
    counter.keys.settle()
    assert first.hasFocus(), (QApplication.focusWidget(), counter.page.steps.current)
    drop(stand_on(counter, "evidence"), files_of([scan(tmp_path)]))
    counter.keys.settle()
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    assert counter.page.state is not None
    kept = {view.material: [one.name for one in view.files] for view in counter.page.state.materials if view.files}
    assert sorted(name for names in kept.values() for name in names) == ["劳动合同.pdf", "身份证正面.jpg"]
    assert all(counter.page.materials.line_of(material) is not None for material in kept)
