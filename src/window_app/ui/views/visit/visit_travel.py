"""Back and forth through what was done to a visit, over to a colleague, on to a newer definition set."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from window_app.ui.views.visit.state import DifferenceView, FieldAddress, VisitState
from window_app.ui.views.visit.visit_steps import Step

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

STEPS = {"what": Step.WHAT, "materials": Step.MATERIALS}


class VisitTravel(QObject):
    """Takes steps back, does them again, shows what they were; hands the visit over; moves it on."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        page.undo_button.clicked.connect(self.undo)
        page.redo_button.clicked.connect(self.redo)
        page.hand_button.clicked.connect(self.hand_over)
        page.moving.accepted.connect(self.accept)
        page.moving.put_off.connect(page.put_aside)
        page.handing.handed.connect(lambda _: self._handed())
        page.handing.left.connect(page.steps.focus)

    def show(self, state: VisitState) -> None:
        """Show what can be taken back, what is to be accepted, what is kept, what was just done."""
        page = self._page
        page.undo_button.setEnabled(state.can_undo)
        page.redo_button.setEnabled(state.can_redo)
        page.hand_button.setEnabled(page.working() and page.presenter.touched)
        for button in (page.undo_button, page.redo_button, page.hand_button):
            button.setVisible(page.working())
        page.moving.show_moving(state.moving)
        page.kept.show_kept(() if state.moving is not None else state.kept)
        said = state.step.text if state.step is not None else state.told
        if said:
            page.passing.say(said)

    def undo(self) -> None:
        """Take the last step back; what stands in a line that is no field of the form is that line's own."""
        if not self._own_line("undo") and self._may():
            self._page.run(self._page.presenter.undo, self._lead, renew=True)

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self._own_line("redo") and self._may():
            self._page.run(self._page.presenter.redo, self._lead, renew=True)

    def after_removal(self, _: VisitState) -> None:
        """Say how to bring back what was removed."""
        self._page.steps.focus()
        self._page.passing.say(self.tr("Removed. Ctrl+Z brings it back."))

    def hand_over(self) -> None:
        """Ask to which colleague the visit goes."""
        page = self._page
        if page.working() and page.touched():
            page.flush()
            page.passing.say("")
            page.scroller.verticalScrollBar().setValue(0)
            page.handing.ask(page.presenter.hand_over)

    def accept(self) -> None:
        """Move the visit to the definition set in force."""
        self._page.run(self._page.presenter.accept, self._page.steps.go_on)

    def _handed(self) -> None:
        self._page.stored_changed.emit()
        self._page.closed.emit()

    def _may(self) -> bool:
        page = self._page
        return page.working() and not any(box.composing() for box in page.boxes())

    def _own_line(self, what: str) -> bool:
        """Let a line outside the form undo by itself; answer whether it did."""
        focus = QApplication.focusWidget()
        if any(focus in box.editor.targets() for box in self._page.boxes()):
            return False
        if isinstance(focus, QLineEdit):
            able = focus.isUndoAvailable() if what == "undo" else focus.isRedoAvailable()
        elif isinstance(focus, QPlainTextEdit):
            document = focus.document()
            able = document.isUndoAvailable() if what == "undo" else document.isRedoAvailable()
        else:
            return False
        if able:
            getattr(focus, what)()
        return able

    def _lead(self, state: VisitState) -> None:
        if state.step is not None:
            self._lead_to(state.step)

    def _lead_to(self, found: DifferenceView) -> None:
        steps = self._page.steps
        if found.address is not None:
            self._lead_to_field(found.address)
        elif found.step in STEPS and self._page.state is not None:
            steps.current = STEPS[found.step]
            steps.show(self._page.state)
            line = self._page.materials.line_of(found.material)
            if line is not None and not line.isHidden():
                line.setFocus()
            else:
                steps.focus()

    def _lead_to_field(self, address: FieldAddress) -> None:
        page = self._page
        if address in page.who.boxes:
            page.steps.open(Step.WHO)
            page.who.boxes[address].editor.target().setFocus()
            return
        if page.form.unfold(address.section, address.index) is None:
            page.steps.focus()  # the form is gone with its route
            return
        page.steps.open(Step.FORM)
        box = page.form.find_box(address)
        if box is not None:
            box.editor.target().setFocus()
            page.scroller.ensureWidgetVisible(box, 0, 90)
