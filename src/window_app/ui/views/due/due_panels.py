"""The panels of what is due: note something, settle it, move it, hand it on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from window_app.ui.widgets.action_panel import ActionPanel

Options = Sequence[tuple[str, str]]


class OpenPanel(ActionPanel):
    """Asks what is due and when."""

    def __init__(self, causes: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Note something due"), self.tr("Note it"))
        self.explain(
            self.tr("It stands in your list until it is settled. Other counters see what and when, not these words.")
        )
        cause = self.add_choice("cause", self.tr("What"), causes, required=self.tr("Choose what is due."))
        cause.setCurrentIndex(1)
        self.add_line(
            "day", self.tr("By when"), hint=self.tr("2026-12-01, or +5 for the fifth working day"), latin=True
        )
        self.add_line("text", self.tr("In a sentence"))

    def take_focus(self) -> None:
        """Begin at the date; the commonest cause is chosen already."""
        self._entries["day"].setFocus()


class DueSettlePanel(ActionPanel):
    """Asks what came of it."""

    def __init__(self, about: str, results: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Settle"), self.tr("Settled"))
        self.explain(about)
        result = self.add_choice("result", self.tr("Result"), results, required=self.tr("Choose the result."))
        result.setCurrentIndex(1)
        self.add_line("text", self.tr("Remark"))


class MovePanel(ActionPanel):
    """Asks for another date and why."""

    def __init__(self, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Another date"), self.tr("Move it"))
        self.explain(about)
        self.add_line(
            "day", self.tr("By when"), hint=self.tr("2026-12-01, or +5 for the fifth working day"), latin=True
        )
        self.add_line("reason", self.tr("Reason"), required=self.tr("Say in a sentence why the date moves."))


class HandPanel(ActionPanel):
    """Asks who is to see to it."""

    def __init__(self, about: str, owners: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Hand it on"), self.tr("Hand it on"))
        self.explain(about)
        self.add_choice("owner", self.tr("To"), owners, required=self.tr("Choose to whom."))
        self.add_line("reason", self.tr("Remark"))
