"""The same person again, the register and the employer directory, by keys in the real window."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stdnum.iso7064 import mod_11_2
from tests.services.visits import visit
from tests.ui.counter_window import CounterWindow

from window_app.domain.ids import new_id
from window_app.domain.visits import Received, VisitDraft
from window_app.services.desk import Desk
from window_app.ui.fields.chooser import ChooserEditor
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.directory_aid import DirectoryPanel
from window_app.ui.views.visit.earlier_aid import EarlierPanel
from window_app.ui.views.visit.visit_steps import Step

NUMBER = "330106199109030248"
TWIN = "33010619910903026" + mod_11_2.calc_check_digit("33010619910903026")
CONTROL, SHIFT = Held.ControlModifier, Held.ShiftModifier
Collected = Callable[[str], dict[str, Any]]


def received_once(desk: Desk, number: str = NUMBER) -> Received:
    draft = desk.intake.from_json(visit("02"))
    applicant = {**draft.answers["applicant"], "id_number": number}
    answers = {**draft.answers, "applicant": applicant}
    return desk.receiving.receive(replace(draft, visit_id=new_id(desk.clock.now()), answers=answers))


@pytest.fixture
def known(counter: CounterWindow) -> Received:
    return counter.ask(received_once)


def panel_of(counter: CounterWindow, kind: type[Any]) -> Any:
    found = [one for one in counter.page.findChildren(kind) if one.isVisible()]
    assert found
    return found[0]


def typed(counter: CounterWindow) -> VisitDraft:
    assert counter.page.state is not None
    return counter.page.state.draft


def type_who(counter: CounterWindow, name: str = "李") -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type(name)
    counter.keys.press(Key.Key_Return)
    counter.keys.type(NUMBER)
    counter.keys.press(Key.Key_Return)
    counter.keys.settle()


def test_a_number_typed_shows_the_earlier_case_and_one_key_copies_it_whole(
    counter: CounterWindow, known: Received
) -> None:
    type_who(counter)
    panel = panel_of(counter, EarlierPanel)
    assert known.cases[0].number in " ".join(panel.who.texts)
    assert not panel.twin.isVisible()
    counter.keys.press(Key.Key_L, CONTROL | SHIFT)
    counter.keys.settle()
    draft = typed(counter)
    assert draft.answers["applicant"]["name"] == "李秀英"
    assert draft.matter("m1").route == "arbitration"
    assert panel.twin.isVisible()
    counter.keys.press(Key.Key_Z, CONTROL)
    counter.keys.settle()
    assert "respondents" not in typed(counter).answers


def test_a_twin_is_told_its_reason_kept_and_the_visit_taken_in(counter: CounterWindow, known: Received) -> None:
    type_who(counter)
    counter.keys.press(Key.Key_L, CONTROL | SHIFT)
    counter.keys.settle()
    counter.keys.press(Key.Key_G, CONTROL | SHIFT)
    counter.keys.type("另一段期间的请求")
    counter.keys.press(Key.Key_G, CONTROL | SHIFT)
    counter.keys.settle()
    assert typed(counter).repeats == {known.cases[0].number: "另一段期间的请求"}
    counter.keys.press(Key.Key_F5)
    counter.keys.settle()
    assert counter.page.steps.current is Step.RECEIVED
    assert counter.page.state is not None
    assert counter.page.state.received is not None
    assert not [text for text in counter.page.state.received.warnings if "同一劳动者" in text]


def test_a_person_copied_is_linked_and_what_was_typed_stays(counter: CounterWindow, known: Received) -> None:
    del known
    type_who(counter, "李秀英")
    counter.keys.type("13911112222")
    counter.keys.press(Key.Key_C, CONTROL | SHIFT)
    counter.keys.settle()
    draft = typed(counter)
    assert draft.answers["applicant"]["phone"] == "13911112222"
    assert draft.answers["applicant"]["residence"] == "示范区新村街道团结巷7号"
    assert set(draft.links) == {"applicant"}


def test_a_stranger_gets_no_panel(counter: CounterWindow) -> None:
    type_who(counter)
    assert not [one for one in counter.page.findChildren(EarlierPanel) if one.who.isVisible()]


def test_two_registrations_are_merged_and_taken_apart_again_by_keys(counter: CounterWindow, known: Received) -> None:
    again = counter.ask(lambda desk: received_once(desk, TWIN))
    numbers = {known.cases[0].number, again.cases[0].number}
    keys = counter.keys
    keys.press(Key.Key_F3)
    keys.press(Key.Key_P, CONTROL)
    keys.type("lxy")
    keys.press(Key.Key_Return)
    keys.settle()
    page = counter.shell.register.party
    assert counter.shell.current == "party"
    assert len(page.visits.records.rows) == 1
    keys.press(Key.Key_M, CONTROL)
    keys.press(Key.Key_Return, CONTROL)
    keys.settle()
    assert page.panel is not None
    assert page.panel.problem.isVisible()
    keys.type("证件号码登记错了")
    keys.press(Key.Key_Return, CONTROL)
    keys.settle()
    shown = {case.number for one in page.visits.records.rows for case in one.cases}
    assert shown == numbers
    keys.press(Key.Key_D, CONTROL)
    keys.press(Key.Key_Return)
    keys.type("核对后是两个人")
    keys.press(Key.Key_Return, CONTROL)
    keys.settle()
    assert len(page.visits.records.rows) == 1
    keys.press(Key.Key_Return)
    keys.settle()
    assert counter.shell.current == "case"
    for expected in ("party", "parties", "find"):
        keys.press(Key.Key_Escape)
        assert counter.shell.current == expected


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    rows = ["企业名称,统一社会信用代码,住所,行业门类", "杭州鑫盛餐饮管理有限公司,,示范路1号,H", ",,没有名字,"]
    path.write_text("\n".join([*rows, *(f"第{at}家示范厂,,," for at in range(40))]), "gb18030")
    return path


def test_a_directory_is_taken_in_and_says_which_row_it_left_out(counter: CounterWindow, directory: Path) -> None:
    page = counter.shell.register.employers
    counter.shell.show_screen("administration")
    counter.keys.press(Key.Key_F, CONTROL)
    assert counter.shell.current == "employers"
    counter.keys.press(Key.Key_Return, CONTROL)
    assert page.problem.isVisible()
    counter.keys.type(str(directory))
    counter.keys.press(Key.Key_Return, CONTROL)
    counter.keys.wait_until(lambda: page.report is not None)
    assert page.report is not None
    assert page.report.taken == 41
    assert [one.row for one in page.refusals.records.rows] == [3]
    assert "41" in page.state.text()
    counter.keys.press(Key.Key_Escape)
    assert counter.shell.current == "administration"


def test_a_file_that_is_no_directory_is_told_on_the_page(counter: CounterWindow, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x00\x01\x02")
    counter.shell.show_screen("employers")
    counter.keys.type(str(tmp_path / "a.csv"))
    counter.keys.press(Key.Key_Return, CONTROL)
    page = counter.shell.register.employers
    counter.keys.wait_until(lambda: page.progress is None)
    assert page.problem.isVisible()
    assert page.file.isEnabled()


def test_an_employer_of_the_directory_fills_the_respondent(
    counter: CounterWindow, directory: Path, collected: Collected
) -> None:
    counter.ask(lambda desk: desk.employers.take_in(directory))
    driver, said = counter.driver, collected("02")
    counter.keys.press(Key.Key_F2)
    counter.keys.settle()
    driver.tell_who(said["answers"])
    driver.answer_questions({**said["facts"], **said["matters"][0]["facts"]})
    driver.choose(said["matters"][0]["route"])
    counter.keys.settle()
    counter.page.form.unfold("respondents")
    counter.page.steps.focus()
    counter.keys.press(Key.Key_F, CONTROL)
    counter.keys.type("xscy")
    counter.keys.press(Key.Key_Return)
    counter.keys.settle()
    (respondent,) = typed(counter).answers["respondents"]
    assert respondent == {"name": "杭州鑫盛餐饮管理有限公司", "residence": "示范路1号", "industry": "H"}
    assert not panel_of(counter, DirectoryPanel).box.isVisible()
    box = next(one for one in counter.page.boxes() if one.kind == "industry")
    editor = box.editor
    assert isinstance(editor, ChooserEditor)
    assert editor.line.text() == "住宿和餐饮业"
    editor.target().setFocus()
    counter.keys.type("jz")
    counter.keys.press(Key.Key_Down)
    chosen = editor.found[1].code
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_Return)
    counter.keys.settle()
    assert typed(counter).answers["respondents"][0]["industry"] == chosen
    assert not box.has_focus()


@pytest.mark.usefixtures("known")
def test_something_due_is_noted_about_a_person_and_leads_back_to_her(counter: CounterWindow) -> None:
    party = counter.ask(lambda desk: desk.parties.register.find("李秀英", None, 1)[0])
    page = counter.shell.register.party
    counter.shell.register.parties.party_asked.emit(party.party_id)
    counter.keys.settle()
    counter.keys.press(Key.Key_W, CONTROL)
    counter.keys.type("+5")
    counter.keys.press(Key.Key_Return)
    counter.keys.type("回电告知培训班时间")
    counter.keys.press(Key.Key_Return, CONTROL)
    assert page.panel is None
    assert "回电告知培训班时间" in page.due.text()
    counter.shell.show_screen("due")
    counter.keys.settle()
    rows = counter.shell.due.table.records.rows
    counter.shell.due.table.selectRow([bool(row.party) for row in rows].index(True))
    counter.keys.press(Key.Key_Return)
    assert counter.shell.current == "party"
    assert page.title.text() == "李秀英"
