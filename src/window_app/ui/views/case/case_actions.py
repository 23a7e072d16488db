"""What may be done with the case on the page: the buttons, their keys, and what they start."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from window_app.domain.cases import STATUS_FIELD
from window_app.domain.due import DueItem
from window_app.domain.events import Stream, StreamKind
from window_app.errors import WindowAppError
from window_app.ui.views.case.case_issuing import CaseIssuing
from window_app.ui.views.case.case_panels import CompletionPanel, CorrectionPanel, FetchPanel
from window_app.ui.views.case.case_view import CaseView, ConflictView
from window_app.ui.views.case.conflict_card import KEPT, SettlePanel
from window_app.ui.views.due.noting import note_panel
from window_app.ui.views.office.office_actions import OfficeActions
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.texts import Button, polish
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.case.case_page import CasePage

Result = TypeVar("Result")


class CaseActions(QObject):
    """Starts what a clerk does with a case; what comes of it is read from the store again."""

    def __init__(self, page: "CasePage", place: Workplace) -> None:
        super().__init__(page)
        self._page = page
        self._place = place
        self._desk = place.desk
        self.is_office = place.desk.office is not None
        self.office = OfficeActions(self, page, place)
        self.issuing = CaseIssuing(self, page, place)
        self.buttons: dict[str, Button] = {
            "acknowledge": Button(self.tr("Take over  F5"), "primary"),
            "decide": Button(self.tr("Decide  Ctrl+D")),
            "return": Button(self.tr("Return to be completed  Ctrl+R")),
            "claim": Button(self.tr("Claim  Ctrl+K")),
            "complete": Button(self.tr("Papers completed  Ctrl+M")),
            "correct": Button(self.tr("Correct an entry  Ctrl+E")),
            "fetch": Button(self.tr("Fetch the content  Ctrl+G")),
            "issue": Button(self.tr("Issue a paper  Alt+I")),
            "application": Button(self.tr("Application  Alt+A")),
            "sets": Button(self.tr("A set of the papers  Alt+S")),
            "due": Button(self.tr("Note something due  Ctrl+W")),
        }
        self.keys = {
            "decide": "Ctrl+D",
            "return": "Ctrl+R",
            "claim": "Ctrl+K",
            "complete": "Ctrl+M",
            "correct": "Ctrl+E",
            "fetch": "Ctrl+G",
            "settle": "Ctrl+T",
            "issue": "Alt+I",
            "application": "Alt+A",
            "sets": "Alt+S",
            "due": "Ctrl+W",
        }
        started = self._started()
        for name, button in self.buttons.items():
            button.hide()
            button.clicked.connect(started[name])

    def fit(self, view: CaseView) -> None:
        """Show what may be done with a case as it stands."""
        for name, button in self.buttons.items():
            button.setVisible(name in view.verbs)
        claim = self.tr("Release  Ctrl+K") if view.mine else self.tr("Claim  Ctrl+K")
        self.buttons["claim"].setText(claim)
        self.buttons["claim"].setAccessibleName(claim)
        polish(self.buttons["decide"], kind="primary" if "acknowledge" not in view.verbs else "")

    def press(self, name: str) -> None:
        """Do what a key stands for, where it may be done."""
        if name == "settle":
            card = next((card for card in self._page.conflicts if not card.settle.isHidden()), None)
            if card is not None:
                card.settle.click()
        elif not self.buttons[name].isHidden():
            self.buttons[name].click()

    def entered(self, view: CaseView) -> None:
        """Begin what opening a case begins at this station."""
        if self.is_office and view.ours:
            self.office.open(view)

    def may_settle(self, view: CaseView, conflict: ConflictView) -> bool:
        """Answer whether somebody here may say what holds."""
        if view.read_only:
            return False
        return self.is_office or conflict.conflict.field != STATUS_FIELD

    # -- what both kinds of station do

    def claim(self) -> None:
        """Claim the case, or release it."""
        view = self._page.view
        if view is None:
            return
        claims, number = self._desk.claims, view.case.number
        work = (lambda: claims.release(number)) if view.mine else (lambda: claims.claim(number))
        said = self.tr("Released.") if view.mine else self.tr("You have claimed this case; others see it.")
        self.do(work, lambda _: said)

    def settle(self, conflict: ConflictView) -> None:
        """Ask which value holds; a masked one is shown in full, and that is put on record first."""
        view = self._page.view
        if view is None:
            return
        visit_id = view.case.visit_id
        if not conflict.masked or visit_id is None:
            self._ask_settle(conflict)
            return
        field = conflict.conflict.field.rpartition(".")[2]
        reception = self._desk.reception
        self._place.tasks.run(
            lambda: reception.reveal(visit_id, field), lambda _: self._ask_settle(conflict), self.failed
        )

    def ask_correction(self) -> None:
        """Ask which entry is wrong and what is right."""
        view = self._page.view
        if view is None:
            return
        number, corrections = view.case.number, self._desk.corrections

        def done(panel: CorrectionPanel, values: Mapping[str, str]) -> None:
            changes = {values["field"]: panel.value_for(values)}
            self.do(
                lambda: corrections.correct(number, changes, values["reason"]),
                lambda _: self.tr("Corrected; both the old and the new value stay on record."),
            )

        panel = CorrectionPanel(view, self._page)
        panel.confirmed.connect(lambda values: done(panel, values))
        self._page.open_panel(panel)

    def ask_completion(self) -> None:
        """Ask to confirm that everything missing was handed in."""
        view = self._page.view
        if view is None:
            return
        number, completion = view.case.number, self._desk.completion
        materials = tuple(code for code, _ in view.missing)
        panel = CompletionPanel(view.missing, self._page)

        def done(values: Mapping[str, str]) -> None:
            self.do(
                lambda: completion.complete(number, materials, values["remark"]),
                lambda _: self.tr("On record; the limit of the answer runs from today."),
            )

        panel.confirmed.connect(done)
        self._page.open_panel(panel)

    def ask_fetch(self) -> None:
        """Ask why the content is to be fetched from the centre."""
        view = self._page.view
        if view is None:
            return
        panel = FetchPanel(self._place.texts, self._page)
        panel.confirmed.connect(lambda values: self._fetch(view, values["reason"]))
        self._page.open_panel(panel)

    def ask_due(self) -> None:
        """Ask what is due about the case."""
        view = self._page.view
        if view is None:
            return

        def done(_: DueItem) -> None:
            self._page.close_panel()
            self._page.say("✓ " + self.tr("Noted; it stands in your list of what is due."), "note-good")
            self._page.show_number(self._page.number)
            self._page.stored_changed.emit()

        about = Stream(StreamKind.CASE, view.case.case_id)
        self._page.open_panel(note_panel(self._place, about, done, self._page))

    def _started(self) -> Mapping[str, Callable[[], None]]:
        return {
            "acknowledge": self.office.acknowledge,
            "decide": self.office.ask_decision,
            "return": self.office.ask_return,
            "claim": self.claim,
            "complete": self.ask_completion,
            "correct": self.ask_correction,
            "fetch": self.ask_fetch,
            "issue": self.issuing.ask,
            "application": self.issuing.put_application_on_record,
            "sets": self.issuing.ask_sets,
            "due": self.ask_due,
        }

    # -- shared with what an office does

    def do(self, work: Callable[[], Result], said: Callable[[Result], str]) -> None:
        """Put something on record, say so, and show the case as it is now."""

        def done(result: Result) -> None:
            self._page.close_panel()
            self._page.say("✓ " + said(result), "note-good")
            self._page.show_number(self._page.number)
            self._page.stored_changed.emit()

        self._place.tasks.run(work, done, self.failed)

    def failed(self, error: WindowAppError) -> None:
        """Say at its place why something could not be done; everything typed stays."""
        text = self._place.texts.message(error)
        panel: ActionPanel | None = self._page.panel
        if panel is not None:
            panel.show_problem(text)
        else:
            self._page.say("✕ " + text)

    def _ask_settle(self, conflict: ConflictView) -> None:
        panel = SettlePanel(conflict, self._page)
        corrections, number = self._desk.corrections, self._page.number
        disputed = conflict.conflict

        def done(values: Mapping[str, str]) -> None:
            keep, drop = disputed.kept_event, disputed.other_event
            if values["which"] != KEPT:
                keep, drop = drop, keep
            self.do(
                lambda: corrections.settle(number, disputed.field, keep, drop, values["reason"]),
                lambda _: self.tr("Settled."),
            )

        panel.confirmed.connect(done)
        self._page.open_panel(panel)

    def _fetch(self, view: CaseView, reason: str) -> None:
        if self.is_office:
            self._page.close_panel()
            self.office.open(view, reason)
            return
        line, case_id, clerk = self._desk.line, view.case.case_id, self._desk.session.clerk

        def done(count: int) -> None:
            self._page.close_panel()
            got = self.tr("✓ Fetched; the reading is on record at the centre.")
            nothing = self.tr("The centre has no content of this case that may be read here.")
            self._page.say(got if count else nothing, "note-good" if count else "note-caution")
            self._page.show_number(self._page.number)

        self._place.tasks.run_free(lambda: line.fetch_bodies(case_id, clerk, reason), done, self.failed)
