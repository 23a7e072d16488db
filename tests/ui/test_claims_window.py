"""Claims and statements through the real window, by keys: calculated, taken over, corrected, phrases put in."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from tests.services.visits import visit
from tests.ui.counter_window import MORNING, CounterWindow
from tests.ui.test_typing import at_the_form, stored

from window_app.app import Entrance
from window_app.domain.capitals import capitals
from window_app.domain.visits import VisitDraft
from window_app.services.practice import SampleClock
from window_app.settings import Settings
from window_app.ui import thread_guard
from window_app.ui.fields.editors import ChoiceEditor
from window_app.ui.fields.field_box import FieldBox
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.claim_aid import ClaimPanel
from window_app.ui.views.visit.form_view import SectionPanel
from window_app.ui.views.visit.phrase_aid import PhrasePanel

CONTROL = Held.ControlModifier

pytestmark = pytest.mark.xdist_group("claims_by_window")


def open_section(counter: CounterWindow, section: str, record: int = 0) -> SectionPanel:
    panel = counter.front().page.form.unfold(section, record)
    counter.page.steps.focus()
    counter.keys.settle()
    assert panel is not None
    return panel


def put(counter: CounterWindow, boxes: list[FieldBox], **values: str) -> None:
    """Fill fields by keys; a choice by the key of its value."""
    for box in boxes:
        name = box.address.field.rpartition(".")[2]
        if name not in values:
            continue
        box.editor.target().setFocus()
        if isinstance(box.editor, ChoiceEditor):
            counter.keys.type(str(box.editor.place_of(values[name])))
        else:
            counter.keys.press(Key.Key_A, CONTROL)
            counter.keys.type(values[name])
    counter.page.flush()
    counter.keys.settle()


def draft_of(counter: CounterWindow) -> VisitDraft:
    counter.page.flush()
    counter.keys.settle()
    draft = stored(counter)
    assert draft is not None
    return draft


def said(panel: ClaimPanel | PhrasePanel) -> str:
    """Everything that a panel shows as text."""
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


@pytest.fixture(scope="module")
def counter(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CounterWindow]:
    """One visit at its form, the employment told; each test takes a new claim of it."""
    del qapp
    directory = tmp_path_factory.mktemp("hall") / "data"
    with thread_guard.elsewhere():
        Entrance(directory, SampleClock(MORNING)).practise().close()
        opened = CounterWindow(directory)
        at_the_form(opened, visit("01"))
        panel = open_section(opened, "employment")
        put(opened, panel.boxes(), worked_from="2023-08-01", worked_to="2026-09-30", monthly_pay="8700")
    yield opened
    opened.close()


@pytest.fixture
def claims(counter: CounterWindow) -> ClaimPanel:
    """The claims, a new one for overtime on show."""
    panel = open_section(counter, "claims")
    if draft_of(counter).matters[0].answers.get("claims"):
        counter.keys.press(Key.Key_N, CONTROL)
    put(counter, panel.boxes(), kind="overtime")
    return next(one for one in panel.aids.panels if isinstance(one, ClaimPanel))


def claim(counter: CounterWindow) -> dict[str, Any]:
    """The claim on show, as it is stored."""
    at = counter.page.form.open_panel()
    assert at is not None
    return dict(draft_of(counter).matters[0].answers["claims"][at.record])


def kept(counter: CounterWindow) -> dict[str, Any] | None:
    """The calculation of the claim on show, as it is stored."""
    at = counter.page.form.open_panel()
    assert at is not None
    found = draft_of(counter).matters[0].calculations.get(f"claims/{at.record}")
    return None if found is None else dict(found)


def calculated(counter: CounterWindow, claims: ClaimPanel) -> None:
    """Wait until the calculator has answered what was typed last."""
    counter.keys.wait_until(lambda: not claims.calculator.waits())
    counter.keys.settle()


def test_an_amount_is_calculated_shown_with_its_steps_and_taken_over_by_keys(
    counter: CounterWindow, claims: ClaimPanel
) -> None:
    counter.keys.press(Key.Key_I, CONTROL)
    assert claims.calculator.isVisible()
    values = {box.address.field: box.value() for box in claims.calculator.grid.ordered()}
    assert values["overtime.starts_on"] == "2023-08-01"
    assert values["overtime.monthly_pay"] == "8700"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert claims.calculator.isAncestorOf(focus)
    put(counter, claims.calculator.grid.ordered(), extended_hours="20")
    calculated(counter, claims)
    told = said(claims)
    assert "8700.00 ÷ 21.75 ÷ 8 × 150% × 20 = 1500.00" in told
    assert "劳动法 第44条第(一)项" in told
    assert "人民币壹仟伍佰元整" in told
    counter.keys.press(Key.Key_I, CONTROL)
    assert not claims.calculator.isVisible()
    taken = claim(counter)
    assert taken["amount"] == "1500.00"
    assert (taken["from"], taken["to"]) == ("2023-08-01", "2026-09-30")
    assert "1,500.00 元" in said(claims)
    record = kept(counter)
    assert record is not None
    assert record["result"] == "1500.00"


def test_enter_goes_through_the_inputs_to_the_result_and_escape_leaves_everything(
    counter: CounterWindow, claims: ClaimPanel
) -> None:
    counter.keys.press(Key.Key_I, CONTROL)
    boxes = claims.calculator.grid.ordered()
    boxes[0].editor.target().setFocus()
    for box in boxes:
        assert box.has_focus()
        if box.address.field.endswith("rest_hours"):
            counter.keys.type("10")
        calculated(counter, claims)
        counter.keys.press(Key.Key_Return)
    assert claims.calculator.take_button.hasFocus()
    counter.keys.press(Key.Key_Escape)
    assert not claims.calculator.isVisible()
    assert "amount" not in claim(counter)
    assert kept(counter) is None


def test_a_corrected_amount_keeps_the_result_the_difference_and_the_reason(
    counter: CounterWindow, claims: ClaimPanel
) -> None:
    counter.keys.press(Key.Key_I, CONTROL)
    put(counter, claims.calculator.grid.ordered(), extended_hours="20")
    calculated(counter, claims)
    counter.keys.press(Key.Key_I, CONTROL)
    assert not claims.reason.isVisible()
    put(counter, counter.page.boxes(), amount="1200")
    assert "-300.00" in said(claims)
    assert claims.reason.isVisible()
    claims.reason.setFocus()
    counter.keys.type("已付三百元")
    counter.keys.press(Key.Key_Return)
    record = kept(counter)
    assert record is not None
    assert record["reason"] == "已付三百元"
    assert record["result"] == "1500.00"


def test_a_missing_value_gives_no_figure_and_says_which_and_where(counter: CounterWindow, claims: ClaimPanel) -> None:
    put(counter, counter.page.boxes(), kind="severance")
    counter.keys.press(Key.Key_I, CONTROL)
    calculated(counter, claims)
    told = said(claims)
    assert "上年度职工月平均工资" in told
    assert "月最低工资标准" in told
    assert "2026-09-30" in told
    assert "3.5" in told  # what can be said is said
    assert not claims.calculator.take_button.isEnabled()
    counter.keys.press(Key.Key_I, CONTROL)
    assert claims.calculator.isVisible()
    assert "amount" not in claim(counter)
    counter.keys.press(Key.Key_Escape)


def test_a_contradiction_is_said_at_the_input_and_what_was_typed_stays(
    counter: CounterWindow, claims: ClaimPanel
) -> None:
    counter.keys.press(Key.Key_I, CONTROL)
    boxes = claims.calculator.grid.ordered()
    calculated(counter, claims)
    assert not any(said_at(box) for box in boxes)  # what nobody typed yet is not wrong, it is still to be typed
    put(counter, boxes, ends_on="2020-01-01", monthly_pay="-5", extended_hours="20")
    calculated(counter, claims)
    told = {box.address.field: said_at(box) for box in boxes}
    assert "止日早于起日" in told["overtime.ends_on"]
    assert told["overtime.monthly_pay"]
    assert [box.value() for box in boxes if box.address.field.endswith("monthly_pay")] == ["-5"]
    assert not claims.calculator.take_button.isEnabled()
    counter.keys.press(Key.Key_Escape)


def said_at(box: FieldBox) -> str:
    return "".join(label.text() for label in box.findChildren(QLabel) if label.property("kind") == "error")


def test_claims_add_up_and_one_without_calculator_says_so(counter: CounterWindow, claims: ClaimPanel) -> None:
    before = counter.desk.calculators.total(draft_of(counter), "m1", "claims").figures
    put(counter, counter.page.boxes(), amount="1000.50")
    counter.keys.press(Key.Key_N, CONTROL)
    put(counter, counter.page.boxes(), kind="wages_since")
    put(counter, counter.page.boxes(), amount="2000")
    total = before + Decimal("3000.50")
    assert f"{total:,.2f} 元" in said(claims)
    assert f"人民币{capitals(total)}" in said(claims)
    counter.keys.press(Key.Key_I, CONTROL)
    assert not claims.calculator.isVisible()
    assert "没有计算器" in said(claims)


@pytest.fixture
def statement(counter: CounterWindow) -> PhrasePanel:
    """The statement, empty."""
    panel = open_section(counter, "statement")
    found = next(one for one in panel.aids.panels if isinstance(one, PhrasePanel))
    paper_of(found).setPlainText("")
    return found


def paper_of(panel: PhrasePanel) -> QPlainTextEdit:
    strip = panel.parentWidget()
    assert strip is not None
    section = strip.parentWidget()
    assert section is not None
    return section.findChildren(QPlainTextEdit)[0]


def test_a_phrase_is_found_by_initials_and_put_in_at_the_cursor(counter: CounterWindow, statement: PhrasePanel) -> None:
    paper = paper_of(statement)
    paper.setFocus()
    counter.keys.type("前文后文")
    for _ in range(2):
        counter.keys.press(Key.Key_Left)
    counter.keys.press(Key.Key_F, CONTROL)
    assert statement.search.hasFocus()
    everything = statement.list.count()
    counter.keys.type("xyzj")
    assert 0 < statement.list.count() < everything
    counter.keys.press(Key.Key_Return)
    assert not statement.box.isVisible()
    assert paper.hasFocus()
    text = paper.toPlainText()
    assert text.startswith("前文现有证据：")
    assert text.endswith("后文")
    assert draft_of(counter).matters[0].answers["statement"]["facts_and_reasons"] == text


def test_what_is_selected_is_not_overwritten(counter: CounterWindow, statement: PhrasePanel) -> None:
    paper = paper_of(statement)
    paper.setFocus()
    counter.keys.type("全部选中")
    counter.keys.press(Key.Key_A, CONTROL)
    counter.keys.press(Key.Key_F, CONTROL)
    counter.keys.type("欠薪")
    counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    assert paper.toPlainText().startswith("全部选中")
    assert len(paper.toPlainText()) > 10


def test_letters_that_fit_nothing_say_so_and_escape_changes_nothing(
    counter: CounterWindow, statement: PhrasePanel
) -> None:
    paper = paper_of(statement)
    paper.setFocus()
    counter.keys.press(Key.Key_F, CONTROL)
    counter.keys.type("zzzz")
    assert statement.list.count() == 0
    assert "没有相符" in said(statement)
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_Escape)
    assert not statement.box.isVisible()
    assert paper.toPlainText() == ""


def test_in_large_text_the_result_and_its_button_fit_the_page(open_window: Callable[..., CounterWindow]) -> None:
    counter = open_window(chosen=Settings(text_scale=200))
    counter.window.resize(1366, 768)
    at_the_form(counter, visit("01"))
    panel = open_section(counter, "claims")
    put(counter, panel.boxes(), kind="overtime")
    counter.keys.press(Key.Key_I, CONTROL)
    claims = next(one for one in panel.aids.panels if isinstance(one, ClaimPanel))
    calculated(counter, claims)
    inside = claims.calculator.rect()
    for button in (claims.calculator.take_button, claims.calculator.close_button):
        place = button.geometry()
        assert inside.contains(place), button.text()
    assert claims.width() <= counter.page.scroller.viewport().width()
