"""Handing a draft to a colleague: to whom, and a remark."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from window_app.domain.stores import ClerkEntry
from window_app.errors import WindowAppError
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.workplace import Workplace

HandOver = Callable[[str, str], object]


class HandOverPanel(ActionPanel):
    """Asks for a colleague of this machine and a remark; it holds nothing up.

    Signals:
        handed: the draft is the colleague's; carries her name.
        left: the panel was closed, whatever came of it.
    """

    handed = Signal(str)
    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._place = place
        self._work: HandOver | None = None
        self._colleagues: Mapping[str, str] = {}
        self.set_words(self.tr("Hand this visit to a colleague"), self.tr("Hand over"))
        self.add_choice("to", self.tr("Colleague"), [], required=self.tr("Choose who goes on with the visit."))
        self.add_line("remark", self.tr("Remark"), hint=self.tr("what she should know; may stay empty"))
        self.confirmed.connect(self._hand_over)
        self.cancelled.connect(self.close_panel)
        self.hide()

    def ask(self, work: HandOver) -> None:
        """Ask; `work` hands over to the clerk of a code with a remark, where the store lives."""
        self._work = work
        self._place.tasks.run(self._place.desk.drafting.colleagues, self._show, self._failed)

    def close_panel(self) -> None:
        """Close the panel."""
        self.hide()
        self.left.emit()

    def _show(self, colleagues: tuple[ClerkEntry, ...]) -> None:
        self._colleagues = {one.code: one.name or one.code for one in colleagues}
        self.set_options("to", [(code, f"{name}  {code}") for code, name in self._colleagues.items()])
        nobody = self.tr("Nobody else may sign in on this machine. An administrator admits colleagues in the settings.")
        self.show_problem("" if colleagues else nobody)
        self.confirm.setDisabled(not colleagues)
        self.show()
        self.take_focus()

    def _hand_over(self, said: Mapping[str, str]) -> None:
        work, name = self._work, self._colleagues.get(said["to"], said["to"])
        if work is None:
            return

        def done(_: object) -> None:
            self.hide()
            self.handed.emit(name)

        self._place.tasks.run(lambda: work(said["to"], said["remark"]), done, self._failed)

    def _failed(self, error: WindowAppError) -> None:
        self.show()
        self.show_problem(self._place.texts.message(error))
