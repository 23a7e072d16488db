"""Administration: language, look, text size, printer, lock, attachments."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QSpinBox, QVBoxLayout, QWidget

from window_app.settings import ATTACHMENT_KEEP_DAYS, ATTACHMENT_MEGABYTES, IDLE_LOCK_MINUTES, Settings
from window_app.ui.fields.line import Line
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, bind, bind_here, label, row


class SettingsPage(QWidget):
    """Shows this machine's settings; nothing changes before "apply"."""

    applied = Signal(object)
    outage_asked = Signal()
    employers_asked = Signal()
    samples_asked = Signal()
    printers_asked = Signal()
    figures_asked = Signal()

    def __init__(self, settings: Settings, directory: Path, set_hash: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._settings = settings
        self.language = self._combo([("zh_CN", "中文"), ("en", "English")], settings.language)
        themes = [("light", self.tr("Light")), ("dark", self.tr("Dark")), ("contrast", self.tr("High contrast"))]
        self.theme = self._combo(themes, settings.theme)
        self.scale = self._spin(100, 200, settings.text_scale, " %", 25)
        drivers = [
            ("simulated", self.tr("Simulated: PDF files in a folder")),
            ("cups", self.tr("Printer of this system")),
            ("windows", self.tr("Printer of Windows")),
        ]
        self.driver = self._combo(drivers, settings.printer_driver)
        self.queue = Line(latin=True)
        self.queue.setText(settings.printer_queue)
        self.queue.setPlaceholderText(self.tr("empty: the system's default"))
        self.lock = self._spin(*IDLE_LOCK_MINUTES, settings.idle_lock_minutes, self.tr(" minutes"), 5)
        self.largest = self._spin(*ATTACHMENT_MEGABYTES, settings.attachment_megabytes, " MB", 1)
        self.kept = self._spin(*ATTACHMENT_KEEP_DAYS, settings.attachment_keep_days, self.tr(" days"), 10)
        self.outage = Button(self.tr("Outage forms: print, list, void  Alt+O"))
        bind_here(self, "Alt+O", self.outage.click)
        self.outage.clicked.connect(self.outage_asked)
        self.employers = Button(self.tr("Employer directory  Ctrl+F"))
        bind_here(self, "Ctrl+F", self.employers.click)
        self.employers.clicked.connect(self.employers_asked)
        self.figures = Button(self.tr("Commitments in figures  Ctrl+G"))
        bind_here(self, "Ctrl+G", self.figures.click)
        self.figures.clicked.connect(self.figures_asked)
        self.samples = Button(self.tr("Papers: check and try  Alt+P"))
        bind_here(self, "Alt+P", self.samples.click)
        self.samples.clicked.connect(self.samples_asked)
        self.printers = Button(self.tr("Printers and queue tickets  Alt+R"))
        bind_here(self, "Alt+R", self.printers.click)
        self.printers.clicked.connect(self.printers_asked)
        self._lay_out(directory, set_hash)

    def chosen(self) -> Settings:
        """Return the settings as they stand on the page."""
        return self._settings.with_(
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            text_scale=self.scale.value(),
            printer_driver=self.driver.currentData(),
            printer_queue=self.queue.text().strip()[:200],
            idle_lock_minutes=self.lock.value(),
            attachment_megabytes=self.largest.value(),
            attachment_keep_days=self.kept.value(),
        )

    def _lay_out(self, directory: Path, set_hash: str) -> None:
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(14)
        form = self._form()
        apply = Button(self.tr("Apply  Ctrl+Enter"), "primary")
        bind(self, "Ctrl+Return", apply)
        apply.clicked.connect(lambda: self.applied.emit(self.chosen()))
        inner.addLayout(form)
        inner.addLayout(row(apply, None))
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        lines.addWidget(label(self.tr("Administration"), "page-title"))
        lines.addWidget(card)
        further = QWidget()
        ways = FlowLayout(further)
        for button in (self.printers, self.outage, self.employers, self.figures, self.samples):
            ways.addWidget(button)
        lines.addWidget(further)
        facts = self.tr("Data: {folder}\nDefinition set: {hash}").format(folder=directory, hash=set_hash)
        lines.addWidget(label(facts, "faint", wrap=True))
        lines.addStretch(1)
        scroll = GrowingArea(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setFocusProxy(self.language)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        parts: list[tuple[str, QWidget]] = [
            (self.tr("Language"), self.language),
            (self.tr("Look"), self.theme),
            (self.tr("Text size"), self.scale),
            (self.tr("Printer"), self.driver),
            (self.tr("Printer queue"), self.queue),
            (self.tr("Lock after"), self.lock),
        ]
        for name, widget in parts:
            widget.setAccessibleName(name)
            widget.setMaximumWidth(640)
            form.addRow(label(name, "field-label"), widget)
        self._add_attachments(form)
        return form

    def _add_attachments(self, form: QFormLayout) -> None:
        """Ask how large a file may be and how long it stays, each with its limits at the place."""
        largest = self.tr("{least} to {most} MB. A larger file is refused; scan it at a lower resolution.")
        kept = self.tr(
            "{least} to {most} days after the centre holds the file; longer where the centre's backups reach back"
            " further. What the centre lacks is never removed. Counts from the next sign-in."
        )
        for name, widget, hint in (
            (self.tr("Largest attachment"), self.largest, largest),
            (self.tr("Keep attachments here"), self.kept, kept),
        ):
            widget.setAccessibleName(name)
            widget.setMaximumWidth(640)
            said = hint.format(least=widget.minimum(), most=widget.maximum())
            widget.setAccessibleDescription(said)
            form.addRow(label(name, "field-label"), widget)
            form.addRow("", label(said, "faint", wrap=True))

    def _combo(self, choices: list[tuple[str, str]], current: str) -> QComboBox:
        box = QComboBox()
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(current)))
        return box

    def _spin(self, low: int, high: int, value: int, suffix: str, step: int) -> QSpinBox:
        box = QSpinBox()
        box.lineEdit().setTextMargins(8, 0, 8, 0)
        box.setRange(low, high)
        box.setSingleStep(step)
        box.setSuffix(suffix)
        box.setValue(value)
        return box
