"""The bar of a demo: says that it is one, and cuts and mends its line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.desk import LineSwitch
from window_app.ui.qt_tasks import QtTasks
from window_app.ui.widgets.texts import Button, label


class DemoBar(QWidget):
    """Stands above the screens of a demo; F11 presses its switch."""

    def __init__(self, tasks: QtTasks, texts: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("demoBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self._texts = texts
        self._line: LineSwitch | None = None
        self._is_cut = False
        self.word = label("", wrap=True)
        self.switch = Button("", "choose")
        self.switch.clicked.connect(self.turn)
        parts = QHBoxLayout(self)
        parts.setContentsMargins(18, 4, 18, 4)
        parts.setSpacing(12)
        parts.addWidget(label(self.tr("Demo"), "practice"))
        parts.addWidget(self.word, 1)
        parts.addWidget(self.switch)
        self.hide()

    def show_demo(self, line: LineSwitch | None) -> None:
        """Show the bar with its switch; None takes it away."""
        self._line = line
        self.setVisible(line is not None)
        if line is not None:
            self._tasks.run_free(line.is_cut, self._show, self._failed)

    def turn(self) -> None:
        """Cut the line, or mend it."""
        line, cut = self._line, not self._is_cut
        if line is None or not self.switch.isEnabled():
            return
        self.switch.setDisabled(True)

        def turned() -> bool:
            (line.cut if cut else line.mend)()
            return line.is_cut()

        self._tasks.run_free(turned, self._show, self._failed)

    def _show(self, is_cut: bool) -> None:
        self._is_cut = is_cut
        self.switch.setDisabled(False)
        standing = self.tr("The line is cut: taking in goes on, nothing is lost; mend it and see it go out.")
        whole = self.tr("Made-up people and cases; centre, counters and offices all run on this machine.")
        self.word.setText(standing if is_cut else whole)
        self.switch.setText(self.tr("Mend the line  F11") if is_cut else self.tr("Cut the line  F11"))
        self.switch.setAccessibleName(self.switch.text())

    def _failed(self, error: WindowAppError) -> None:
        self.switch.setDisabled(False)
        self.word.setText(self._texts.message(error))
