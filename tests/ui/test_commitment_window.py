"""Commitments at the counter by keys: the free choice, both ways to sign, the guardian, who may not, taking it back."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.services.committing import CHILD_NUMBER, GUARDIAN_NUMBER, MATERIAL, signed, taken_in
from tests.services.visits import visit
from tests.ui.counter_window import CounterWindow
from tests.ui.test_signature_pad import LINE, at

from window_app.domain.commitments import CommitmentState, fold_commitments
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.commitment_panel import CommitmentPanel
from window_app.ui.views.visit.visit_steps import Step
from window_app.ui.widgets.ink_field import InkField


@pytest.fixture
def at_material(counter: CounterWindow) -> CounterWindow:
    """A visit that lacks the certificate, with the panel unfolded under it."""
    said = visit("71")
    intake = {**said, "materials": {"identity": said["materials"]["identity"]}}
    draft = counter.ask(lambda desk: desk.reception.save(desk.intake.from_json(intake)))
    counter.front()
    counter.shell.visits.resume(draft.visit_id)
    counter.keys.wait_until(lambda: counter.shell.visit is not None and counter.shell.visit.state is not None)
    counter.keys.settle()  # what stands below the form comes in the turns that follow
    counter.page.steps.open(Step.MATERIALS)
    counter.keys.settle()
    line = counter.page.materials.line_of(MATERIAL)
    assert line is not None
    counter.driver._stand_on(line)
    counter.keys.press(Key.Key_C)
    return counter


def panel_of(counter: CounterWindow) -> CommitmentPanel:
    panel = counter.page.commitments.panel
    assert panel is not None
    return panel


def draw(field: InkField) -> None:
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(field, button, none, at(field, LINE[0]))
    for place in LINE[1:]:
        QTest.mouseMove(field, at(field, place))
    QTest.mouseRelease(field, button, none, at(field, LINE[-1]))


def view(counter: CounterWindow) -> Any:
    counter.keys.settle()
    return panel_of(counter).view


def test_the_choice_is_free_and_the_signature_on_the_screen_goes_with_the_case(at_material: CounterWindow) -> None:
    counter, keys = at_material, at_material.keys
    panel = panel_of(counter)
    assert panel.hasFocus()
    assert view(counter).choice == ""
    assert not panel.commit_button.isChecked()
    assert not panel.prove_button.isChecked()
    said = panel.texts.words()
    assert "民事责任" in said
    assert "以上承诺是本人的真实意思表示" in said
    assert "210102199503172823" not in said
    keys.press(Key.Key_2)
    assert view(counter).choice == "prove"
    keys.press(Key.Key_0)
    assert view(counter).choice == ""
    keys.press(Key.Key_1)
    keys.press(Key.Key_8)
    pad = panel.signing.pad
    assert pad is not None
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert pad.problem.isVisible()
    assert view(counter).signature == ""
    draw(pad.field)
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert view(counter).counts
    assert panel.signing.shown.isVisible()
    keys.press(Key.Key_Escape)
    line = counter.page.materials.line_of(MATERIAL)
    assert line is not None
    assert line.hasFocus()
    assert line.view.state == "committed"
    keys.press(Key.Key_F5)
    received = counter.page.state.received if counter.page.state is not None else None
    assert received is not None
    assert "commitment_pair" in {paper.kind for paper in received.papers}
    number = received.numbers[0][0]
    (made,) = counter.ask(lambda desk: fold_commitments(desk.cases.get(number).events))
    assert (made.material, made.signature, made.state) == (MATERIAL, "ink", CommitmentState.MADE)


def test_a_printed_pair_that_was_signed_counts_until_a_word_of_it_changes(at_material: CounterWindow) -> None:
    counter, keys = at_material, at_material.keys
    keys.press(Key.Key_1)
    keys.press(Key.Key_7)
    assert view(counter).signature == ""
    keys.press(Key.Key_6)
    assert view(counter).paper.state == "printed"
    keys.press(Key.Key_Y)
    keys.press(Key.Key_7)
    assert view(counter).counts
    assert panel_of(counter).hasFocus()
    applicant = {**visit("71")["answers"]["applicant"], "name": "柳依一"}
    presenter = counter.page.presenter

    def rename() -> Any:
        return presenter.change_draft(lambda draft: replace(draft, answers={**draft.answers, "applicant": applicant}))

    counter.page.run(rename)
    assert not view(counter).counts
    assert panel_of(counter).problem.isVisible()
    assert counter.page.materials.line_of(MATERIAL) is not None


def test_a_guardian_s_particulars_are_put_right_at_their_fields_and_nobody_else_may_sign(
    at_material: CounterWindow,
) -> None:
    counter, keys = at_material, at_material.keys
    keys.press(Key.Key_1)
    keys.press(Key.Key_4)
    panel = panel_of(counter)
    fields = panel.signer.fields
    counter.keys.settle()
    assert fields.ordered()[1].has_focus()
    keys.type("柳母")
    keys.press(Key.Key_Return)
    keys.type("母亲")
    keys.press(Key.Key_Return)
    keys.type(CHILD_NUMBER)
    keys.press(Key.Key_Return)
    assert [place for place, _ in view(counter).faults] == ["id_number"]
    number = fields.ordered()[3]
    assert "未满十八周岁" in number.editor.target().accessibleDescription()
    assert number.value() == CHILD_NUMBER
    number.editor.target().setFocus()
    keys.settle()
    keys.press(Key.Key_A, Held.ControlModifier)
    keys.type(GUARDIAN_NUMBER)
    keys.press(Key.Key_Return)
    assert view(counter).faults == ()
    keys.press(Key.Key_8)
    assert panel.signing.pad is not None
    assert "柳母" in panel.signing.pad.field.accessibleName()
    draw(panel.signing.pad.field)
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert view(counter).counts
    keys.press(Key.Key_5)
    refused = view(counter)
    assert not refused.open
    assert refused.signature == ""
    (reason,) = refused.reasons
    assert reason.articles
    assert reason.repair
    keys.press(Key.Key_6)
    assert view(counter).slip.kind == "commitment_refusal"
    assert view(counter).slip.state == "printed"


def test_a_commitment_is_taken_back_on_the_page_of_its_case_and_counted(counter: CounterWindow) -> None:
    number = counter.ask(lambda desk: taken_in(desk, signed(desk)))
    counter.front()
    counter.shell.show_case(number)
    counter.keys.settle()
    counter.keys.press(Key.Key_U, Held.ControlModifier)
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    counter.keys.press(Key.Key_Return)
    counter.keys.type("证明找到了")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    (made,) = counter.ask(lambda desk: fold_commitments(desk.cases.get(number).events))
    assert made.state is CommitmentState.WITHDRAWN
    counter.shell.show_screen("administration")
    counter.keys.settle()
    counter.keys.press(Key.Key_G, Held.ControlModifier)
    figures = counter.shell.register.figures
    model = figures.by_matter.model()
    assert model is not None
    assert [model.index(0, at).data() for at in range(5)] == ["失业登记", "1", "0", "0", "1"]
    figures.last.setText("heute")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert figures.problem.isVisible()
    counter.keys.press(Key.Key_Escape)
    assert counter.shell.current == "administration"
