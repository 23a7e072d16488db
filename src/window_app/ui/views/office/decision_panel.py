"""The panels in which an office decides, or returns a case to be completed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from window_app.ui.views.case.case_view import OptionView
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.texts import label


class DecisionPanel(ActionPanel):
    """Asks first what is decided, then only on which ground of the law, and to whom it goes."""

    def __init__(self, options: Sequence[OptionView], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._options = tuple(options)
        self.set_words(self.tr("Decide"), self.tr("Decide"))
        states = list(dict.fromkeys((option.state, option.state_title) for option in self._options))
        self.state = self.add_choice("state", self.tr("Decision"), states, required=self.tr("Choose what is decided."))
        self.ground = self.add_choice(
            "ground", self.tr("Ground"), (), required=self.tr("Choose the ground in the law.")
        )
        self.basis = label("", "secondary", wrap=True)
        self.add_below(self.basis)
        self.add_choice("to", self.tr("To which office"), (), required=self.tr("Choose the office that it goes to."))
        self.add_line("reason", self.tr("Reason and remarks"))
        self.state.currentIndexChanged.connect(lambda _: self._fit_state())
        self.ground.currentIndexChanged.connect(lambda _: self._fit_ground())
        self._fit_state()

    def chosen(self) -> OptionView:
        """Return the option that was chosen.

        Raises:
            LookupError: none was.
        """
        option = self._find()
        if option is None:
            raise LookupError("no option was chosen")
        return option

    def _find(self) -> OptionView | None:
        state, ground = self.value("state"), self.value("ground")
        return next((one for one in self._options if (one.state, one.ground) == (state, ground)), None)

    def _fit_state(self) -> None:
        state = self.value("state")
        grounds = [(one.ground, one.title) for one in self._options if one.state == state]
        self.set_options("ground", grounds)
        self.show_entry("ground", bool(grounds))
        self._fit_ground()

    def _fit_ground(self) -> None:
        option = self._find()
        to = option.to if option is not None else ()
        self.set_options("to", to)
        self.show_entry("to", bool(to))
        self.basis.setText(option.basis if option is not None else "")
        self.basis.setVisible(bool(self.basis.text()))


class ReturnPanel(ActionPanel):
    """Asks what must be completed."""

    def __init__(self, materials: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Return to be completed"), self.tr("Return"))
        self.explain(self.tr("The counter sees at once what is missing and tells the applicant, all at one time."))
        required = self.tr("Say what must be completed.")
        self.add_line("reason", self.tr("What is to be completed"), required=required)
        self._checks = self.add_checks("materials", self.tr("Papers to be handed in"), materials) if materials else None

    def chosen_materials(self) -> tuple[str, ...]:
        """Return the codes of the papers that are to be handed in."""
        return self._checks.chosen() if self._checks is not None else ()
