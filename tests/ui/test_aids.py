"""Aids: what stands at a section reads the visit and changes it, and the page shows what came of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.ui.counter_window import CounterWindow
from tests.ui.test_typing import at_the_form, stored

from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.ui import visiting
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.aids import WHO, AidPanel, AidPlace
from window_app.ui.widgets.texts import Button, bind, row

Collected = Callable[[str], dict[str, Any]]


class NamePanel(AidPanel):
    """Shows how often it was refreshed and of which record, and sets the applicant's name."""

    def __init__(self, place: AidPlace) -> None:
        super().__init__()
        self.at = place
        self.seen: list[tuple[str, int, object]] = []
        self.button = Button("name")
        self.button.clicked.connect(lambda: place.change(named))
        self.setLayout(row(self.button))
        bind(self, "Ctrl+Alt+X", self.button)

    def refresh(self) -> None:
        name = dict(self.at.draft().answers.get("applicant", {})).get("name")
        self.seen.append((self.at.section, self.at.record(), name))


class NameAid:
    sections = frozenset({WHO, "applicant", "claims"})

    def __init__(self) -> None:
        self.panels: list[NamePanel] = []

    def panel(self, place: AidPlace) -> AidPanel:
        self.panels.append(NamePanel(place))
        return self.panels[-1]


def named(draft: VisitDraft) -> VisitDraft:
    return replace(draft, answers={**draft.answers, "applicant": {"name": "何小满"}})


def refused(_: VisitDraft) -> VisitDraft:
    raise WindowAppError("intake.no_form")


@pytest.fixture
def aid(monkeypatch: pytest.MonkeyPatch) -> NameAid:
    made = NameAid()
    monkeypatch.setattr(visiting, "section_aids", lambda: (made,))
    return made


def test_a_change_of_an_aid_is_shown_in_the_field_with_the_focus_and_stored(
    aid: NameAid, counter: CounterWindow
) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("Li")
    assert [panel.at.section for panel in aid.panels] == [WHO]
    counter.keys.press(Key.Key_X, Held.ControlModifier | Held.AltModifier)
    box = counter.page.who.ordered()[0]
    assert box.has_focus()
    assert box.value() == "何小满"
    draft = stored(counter)
    assert draft is not None
    assert draft.answers["applicant"]["name"] == "何小满"
    assert aid.panels[0].seen[-1] == (WHO, 0, "何小满")


def test_an_aid_opens_with_its_section_once_and_follows_it(
    aid: NameAid, counter: CounterWindow, collected: Collected
) -> None:
    at_the_form(counter, collected("01"))
    assert counter.page.form.unfold("claims") is not None
    counter.keys.settle()
    panel = next(one for one in aid.panels if one.at.section == "claims")
    assert panel.isVisible()
    assert panel.at.matter_key == "m1"
    before = len(panel.seen)
    counter.page.add_record_to("claims")
    counter.keys.settle()
    assert len(panel.seen) > before
    assert panel.seen[-1][:2] == ("claims", panel.at.record())
    first = counter.page.form.panels[0].section
    counter.page.form.unfold(first)
    counter.keys.settle()
    assert not panel.isVisible()
    counter.page.form.unfold("claims")
    assert sum(one.at.section == "claims" for one in aid.panels) == 1


def test_what_an_aid_cannot_do_is_said_and_changes_nothing(aid: NameAid, counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("Li")
    aid.panels[0].at.change(refused)
    counter.keys.settle()
    assert counter.page.note.isVisible()
    assert counter.page.who.ordered()[0].value() == "Li"
