"""Papers at the window: issued for a case, looked at page by page, checked by a scanner, tried with made-up values."""

from collections.abc import Callable
from typing import Any

from tests.ui.counter_window import CounterWindow

from window_app.documents.signature import qr_text
from window_app.ui.journey.keys import Held, Key


def asking(counter: CounterWindow) -> bool:
    return counter.shell.case.panel is not None


def test_a_paper_is_issued_for_a_case_looked_at_and_printed_by_keys(
    counter: CounterWindow, collected: Callable[[str], dict[str, Any]]
) -> None:
    keys = counter.keys
    received = counter.ask(lambda desk: desk.receiving.receive(desk.intake.from_json(collected("02"))))
    page = counter.shell.case
    counter.shell.show_case(received.cases[0].number)
    keys.settle()
    keys.press(Key.Key_I, Held.AltModifier)
    assert asking(counter)
    offered = [one.kind for one in counter.ask(lambda desk: desk.case_papers.offers(page.number)) if one.allowed]
    for _ in range(offered.index("arbitration_form") + 1):
        keys.press(Key.Key_Down)
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert not asking(counter)
    card = next(card for card in page.papers.cards if card.paper.kind == "arbitration_form")
    assert not card.marked  # its original is still to come out
    card.print_button.setFocus()
    keys.press(Key.Key_V, Held.AltModifier)
    preview = page.doing.preview()
    assert preview.isVisible()
    assert not preview.sheet.pixmap().isNull()
    before = preview.sheet.pixmap().width()
    keys.press(Key.Key_Plus)
    assert preview.sheet.pixmap().width() > before
    keys.press(Key.Key_Escape)
    assert not preview.isVisible()
    assert counter.shell.current == "case"
    card.print_button.setFocus()
    keys.press(Key.Key_F6)
    card = next(card for card in page.papers.cards if card.paper.kind == "arbitration_form")
    assert card.ask is not None
    assert card.paper.state == "printed"


def test_a_scanner_says_whether_a_paper_is_ours_and_papers_are_tried_with_made_up_values(
    counter: CounterWindow, collected: Callable[[str], dict[str, Any]]
) -> None:
    keys = counter.keys
    received = counter.ask(lambda desk: desk.receiving.receive(desk.intake.from_json(collected("02"))))
    text = counter.ask(lambda desk: qr_text(desk.papers.get(received.cases[0].paper_ids[0]).record))
    counter.shell.show_screen("administration")
    keys.settle()
    keys.press(Key.Key_P, Held.AltModifier)
    assert counter.shell.current == "samples"
    screen = counter.shell.register.samples
    assert screen.scanned.hasFocus()
    keys.type(text)
    keys.press(Key.Key_Return)
    assert screen.answer.text().startswith("✓")
    assert received.cases[0].number in screen.answer.text()
    keys.type(text.replace(":RECEIPT:", ":GUIDANCE:"))
    keys.press(Key.Key_Return)
    assert screen.answer.text().startswith("✕")
    screen.kinds.setFocus()
    keys.press(Key.Key_Return)
    assert screen.preview.isVisible()
    assert not screen.preview.sheet.pixmap().isNull()
    keys.press(Key.Key_PageDown)
    keys.press(Key.Key_Escape)
    assert counter.shell.current == "samples"
    keys.press(Key.Key_Escape)
    assert counter.shell.current == "administration"
