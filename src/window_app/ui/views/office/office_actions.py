"""What an office does with a case: open it on record, take it over, return it, decide."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from window_app.services.deciding import Decision
from window_app.services.office import DecisionMade, Fetched, OpenedCase
from window_app.ui.views.case.case_view import CaseView
from window_app.ui.views.office.decision_panel import DecisionPanel, ReturnPanel
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.case.case_actions import CaseActions
    from window_app.ui.views.case.case_page import CasePage

TO_DECIDE = "decide"


class OfficeActions(QObject):
    """Starts the verbs of an office; at a counter there are none."""

    def __init__(self, actions: "CaseActions", page: "CasePage", place: Workplace) -> None:
        super().__init__(actions)
        self._actions = actions
        self._page = page
        self._place = place
        self._office = place.desk.office

    def open(self, view: CaseView, reason: str = TO_DECIDE) -> None:
        """Fetch the content, put on record that it is read here, and show it; without a line show what is here."""
        office, tasks = self._office, self._place.tasks
        if office is None:
            return
        number, case_id = view.case.number, view.case.case_id

        def fetched(what: Fetched | None) -> None:
            tasks.run(lambda: office.open(number, reason, what), self._opened, self._actions.failed)

        if view.whole:
            fetched(None)
            return
        self._page.say(self.tr("Fetching the content from the centre…"), "note-plain")
        tasks.run_free(lambda: office.fetch(case_id, reason), fetched, self._actions.failed)

    def acknowledge(self) -> None:
        """Take the case over from the counter."""
        office, number = self._office, self._page.number
        if office is not None:
            self._actions.do(lambda: office.acknowledge(number), lambda _: self.tr("Taken over; the counter sees it."))

    def ask_decision(self) -> None:
        """Ask what is decided."""
        office, view = self._office, self._page.view
        if office is None or view is None:
            return
        number = view.case.number
        panel = DecisionPanel(view.decisions, self._page)

        def done(values: Mapping[str, str]) -> None:
            option = panel.chosen()
            decision = Decision(option.state, option.ground, values["reason"], values["to"] or None)
            self._actions.do(lambda: office.decide(number, decision), self._told)

        panel.confirmed.connect(done)
        self._page.open_panel(panel)

    def ask_return(self) -> None:
        """Ask what must be completed."""
        office, view = self._office, self._page.view
        if office is None or view is None:
            return
        number = view.case.number
        panel = ReturnPanel(view.materials, self._page)

        def done(values: Mapping[str, str]) -> None:
            materials = panel.chosen_materials()
            self._actions.do(lambda: office.give_back(number, values["reason"], materials), self._told)

        panel.confirmed.connect(done)
        self._page.open_panel(panel)

    def _opened(self, opened: OpenedCase) -> None:
        texts = self._place.texts
        recorded = self.tr("✓ That you read this case is on record.")
        fetched = opened.fetched
        if fetched is not None and fetched.code:
            why = texts.text(fetched.code, **dict(fetched.params))
            self._page.say(self.tr("The content is not here yet: {why}").format(why=why), "note-caution")
        else:
            self._page.say(recorded, "note-good")
        self._page.show_number(self._page.number)
        self._page.stored_changed.emit()

    def _told(self, made: DecisionMade) -> str:
        parts = [self.tr("Decided: {number}").format(number=made.decision_number or "—")]
        if made.due_on is not None:
            parts.append(self.tr("limit {day}").format(day=made.due_on.isoformat()))
        parts += [self._place.texts.text(code) for code in made.warnings]
        return " · ".join(parts)
