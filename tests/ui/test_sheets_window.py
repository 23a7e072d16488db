"""A list of workers comes as a sheet: by keys from the clipboard into the form, put right, taken in."""

import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QLabel
from tests.sheets.people import number_of, pasted, row_of, table_of, write_xlsx
from tests.ui.counter_window import CounterWindow

from window_app.services.desk import Desk
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.case.answer_list import AnswerList
from window_app.ui.views.case.case_panels import CorrectionPanel
from window_app.ui.views.visit.sheet_aid import SheetPanel
from window_app.ui.views.visit.visit_steps import Step

Collected = Callable[[str], dict[str, Any]]

PASTE = Held.ControlModifier | Held.ShiftModifier


def together(counter: CounterWindow, collected: Collected, *, whole: bool = False) -> None:
    """Go to the form of workers who complain together, their list still empty; `whole`: all the rest filled in."""
    visit = collected("05")
    del visit["answers"]["workers"]
    if whole:
        counter.driver.prepare(visit)
        return
    counter.keys.press(Key.Key_F2)
    counter.keys.wait_until(lambda: counter.shell.visit is not None and counter.page.state is not None)
    counter.driver.tell_who(visit["answers"])
    counter.driver.answer_questions({**visit["facts"], **visit["matters"][0]["facts"]})
    counter.driver.choose(visit["matters"][0]["route"])


def at_the_list(counter: CounterWindow) -> SheetPanel:
    """Open the list of workers and return what helps to fill it."""
    panel = counter.page.form.unfold("workers")
    assert panel is not None
    counter.page.steps.open(Step.FORM)
    counter.keys.settle()
    return next(one for one in panel.aids.panels if isinstance(one, SheetPanel))


def copy_text(text: str) -> None:
    QApplication.clipboard().setText(text)


def copy_file(path: Path) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path))])
    QApplication.clipboard().setMimeData(content)


def paste(counter: CounterWindow, panel: SheetPanel) -> None:
    counter.keys.press(Key.Key_V, PASTE)
    counter.keys.wait_until(lambda: not panel.busy)
    counter.keys.settle()


def _pdf(paper_id: UUID, desk: Desk) -> bytes:
    return desk.papers.pdf(paper_id)


def papers_text(counter: CounterWindow) -> str:
    """Return what the papers of the visit taken in say, read by another program."""
    received = counter.driver.state.received
    assert received is not None
    found = []
    for paper in received.papers:
        pdf = counter.ask(partial(_pdf, paper.paper_id))
        with thread_guard.elsewhere():
            done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        found.append(done.stdout.decode())
    return "\n".join(found)


@pytest.mark.parametrize("count", [50, 1000])
def test_a_sheet_of_workers_is_imported_checked_and_taken_in_in_one_sitting(
    counter: CounterWindow, collected: Collected, tmp_path: Path, count: int
) -> None:
    together(counter, collected, whole=count == 50)
    panel = at_the_list(counter)
    copy_file(write_xlsx(tmp_path / "名单.xlsx", table_of(count)))
    paste(counter, panel)
    assert panel.reading is not None
    assert not panel.reading.bad
    section = next(one for one in counter.driver.state.sections if one.section == "workers")
    assert (len(section.records), section.errors, section.missing) == (count, 0, 0)
    total = sum(10_000.5 + at for at in range(count))
    assert f"{total:,.2f}" in panel.totals.text()
    counter.driver.receive()
    text = papers_text(counter)
    assert f"何志强等{count}人" in text
    assert f"{count}人" in text.replace("\n", "")
    number = counter.driver.state.received.numbers[0][0]  # type: ignore[union-attr] # papers_text saw it
    found = counter.ask(lambda desk: desk.search.find(row_of(count - 1)[1]))
    assert [hit.number for hit in found] == [number]


def test_wrong_cells_are_listed_put_right_in_place_and_the_rest_is_there_already(
    counter: CounterWindow, collected: Collected
) -> None:
    together(counter, collected)
    panel = at_the_list(counter)
    table = table_of(12)
    table[3][2] = number_of(2)[:-1] + ("0" if number_of(2)[-1] != "0" else "1")
    table[5][7] = "一万元"
    copy_text(pasted(table))
    paste(counter, panel)
    assert panel.reading is not None
    assert [cell.address for cell in panel.reading.bad_cells] == ["C4", "H6"]
    assert len(next(one for one in counter.driver.state.sections if one.section == "workers").records) == 10
    assert panel.faults.isVisible()
    assert number_of(2)[6:14] not in str(panel.faults.table.records.data(panel.faults.table.records.index(0, 2)))
    panel.faults.table.setFocus()
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_A, Held.ControlModifier)
    counter.keys.type(number_of(2))
    counter.keys.press(Key.Key_Return)
    counter.keys.settle()
    assert [cell.address for cell in panel.reading.bad_cells] == ["H6"]
    counter.keys.press(Key.Key_Delete, Held.ControlModifier)
    assert not panel.faults.isVisible()
    workers = next(one for one in counter.driver.state.sections if one.section == "workers").records
    assert [record[0].value for record in workers][-1] == row_of(2)[1]
    paste(counter, panel)
    assert len(next(one for one in counter.driver.state.sections if one.section == "workers").records) == 11


def test_typing_into_a_list_of_a_thousand_makes_no_thousand_widgets(
    counter: CounterWindow, collected: Collected, tmp_path: Path
) -> None:
    together(counter, collected)
    panel = at_the_list(counter)
    copy_file(write_xlsx(tmp_path / "名单.xlsx", table_of(1000)))
    paste(counter, panel)
    shown = counter.page.form.unfold("workers", 700)
    assert shown is not None
    counter.keys.settle()
    assert len(shown.findChildren(type(shown.line))) < 60
    assert shown.records.texts()
    box = shown.boxes()[0]
    box.editor.target().setFocus()
    counter.keys.type("Li")
    counter.page.flush()
    counter.keys.settle()
    assert counter.driver.state.draft.answers["workers"][700]["name"].count("Li") == 1
    assert counter.driver.state.draft.answers["workers"][699]["name"] == row_of(699)[1]


def test_what_is_no_table_is_said_where_it_was_pasted_and_changes_nothing(
    counter: CounterWindow, collected: Collected, tmp_path: Path
) -> None:
    together(counter, collected)
    panel = at_the_list(counter)
    old = tmp_path / "名单.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    copy_file(old)
    paste(counter, panel)
    assert panel.said.text().startswith("✕")
    assert "xlsx" in panel.said.text()
    copy_text("随便写的一句话")
    paste(counter, panel)
    assert panel.said.text().startswith("✕")
    assert not counter.driver.state.draft.answers.get("workers")


def test_the_template_and_the_rows_to_put_right_are_saved_under_names_of_their_own(
    counter: CounterWindow, collected: Collected
) -> None:
    together(counter, collected)
    panel = at_the_list(counter)
    counter.keys.press(Key.Key_M, PASTE)
    counter.keys.press(Key.Key_M, PASTE)
    counter.keys.settle()
    assert len(list(counter.papers.glob("共同申请人名单*.xlsx"))) == 2
    table = table_of(3)
    table[1][7] = "=1+1"
    copy_text(pasted(table))
    paste(counter, panel)
    panel.faults.table.setFocus()
    counter.keys.press(Key.Key_E, PASTE)
    counter.keys.settle()
    assert len(list(counter.papers.glob("*.xlsx"))) == 3


def test_the_page_of_a_case_of_a_thousand_draws_what_is_on_show_and_finds_an_entry_by_name(
    counter: CounterWindow, collected: Collected
) -> None:
    visit = collected("05")
    del visit["answers"]["workers"]

    def receive(desk: Desk) -> str:
        draft = desk.intake.from_json(visit)
        reading = desk.sheets.read(draft, "m1", "workers", pasted(table_of(1000)))
        return str(desk.receiving.receive(desk.sheets.add(draft, "m1", reading)).cases[0].number)

    counter.shell.show_case(counter.ask(receive))
    counter.keys.settle()
    case = counter.shell.case
    assert len(case.findChildren(QLabel)) < 300
    lines = case.findChildren(AnswerList)[0].lists[0]
    assert row_of(0)[1] in lines.texts()[0]
    counter.keys.press(Key.Key_E, Held.ControlModifier)
    panel = case.panel
    assert isinstance(panel, CorrectionPanel)
    assert panel.field.count() < 400
    copy_text(row_of(876)[1])
    counter.keys.press(Key.Key_V, Held.ControlModifier)
    entries = [panel.field.itemText(at) for at in range(panel.field.count())]
    assert any(row_of(876)[1] in text for text in entries)
    assert len(entries) < 30
