"""The files of a case: listed, looked at, fetched where they lie at the centre, added at the counter."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.clock import legal_date
from window_app.domain.attachments import CaseAttachment, DraftAttachment, WithdrawalReason
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.attachments import Source
from window_app.ui.attaching import Attaching
from window_app.ui.attachment_sources import can_be_taken
from window_app.ui.attachment_view import AttachmentView
from window_app.ui.views.case.case_view import CaseView
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.attachment_line import AttachmentLine
from window_app.ui.widgets.texts import Button, bind_here, clear, label, polish, row
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.case.case_page import CasePage

OVER = ("voided", "closed")
OFFICE_REASON, COUNTER_REASON = "decide", "inquiry"
Listed = tuple[CaseAttachment, int]
"""An attachment and how many of its pieces are not here."""


class AttachPanel(ActionPanel):
    """Asks to which material files belong."""

    def __init__(self, names: Sequence[str], materials: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Attach files to this case"), self.tr("Attach"))
        for name in names:
            self.explain("•  " + name, "")
        required = self.tr("Choose the material.")
        self.add_choice("material", self.tr("Material"), list(materials), required=required)


class WithdrawPanel(ActionPanel):
    """Asks why a file is taken back."""

    def __init__(self, view: AttachmentView, texts: Catalogue, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Withdraw a file attached by mistake"), self.tr("Withdraw"))
        self.explain("•  " + view.name, "")
        self.explain(self.tr("It stays here, struck out, and the office sees that it no longer counts."))
        reasons = [(code.value, texts.text(f"attachment.withdrawal.{code}")) for code in WithdrawalReason]
        self.add_choice("reason", self.tr("Reason"), reasons, required=self.tr("Choose the reason."))
        self.add_line("remark", self.tr("Remark"))


class CaseAttachments(QFrame):
    """A card of the case page. It hides where there is nothing to show and nothing to add."""

    def __init__(self, page: "CasePage", place: Workplace) -> None:
        super().__init__(page)
        self._page = page
        self._place = place
        self._is_office = place.desk.station.kind == "office"
        self._attaching = Attaching(page, place)
        self.preview = self._attaching.preview
        self.lines: list[AttachmentLine] = []
        self._listed: tuple[Listed, ...] = ()
        self._view: CaseView | None = None
        self._shown_from = ""
        self._insisted = ""
        self._led_back = False
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self.title = label(self.tr("Attachments"), "step-title")
        self.add = Button(self.tr("Attach a file  Ctrl+O"))
        self.add.clicked.connect(self.choose)
        self.note = label("", "note-error", wrap=True)
        self.note.hide()
        self._file_lines = QVBoxLayout()
        self._file_lines.setSpacing(0)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 12, 18, 12)
        lines.setSpacing(6)
        lines.addLayout(row(self.title, None, self.add))
        lines.addWidget(self.note)
        lines.addLayout(self._file_lines)
        bind_here(page, "Ctrl+O", self._pressed)
        bind_here(page, "Ctrl+V", self._paste)
        self.preview.closed.connect(self._back)
        self.hide()

    def show_case(self, view: CaseView) -> None:
        """Show the files of a case; they are read where the store lives."""
        if self._view is None or self._view.case.number != view.case.number:
            self.say("")
        self._view = view
        attachments, number = self._place.desk.attachments, view.case.number

        def work() -> tuple[Listed, ...]:
            return tuple((one, attachments.lacking(one)) for one in attachments.of_case(number))

        self._place.tasks.run(work, partial(self._take, number), self._failed)

    def choose(self) -> None:
        """Ask for files, then for the material they belong to."""
        self._ask(self._attaching.choose())

    def take(self, mime: QMimeData | None) -> None:
        """Take what was dropped or pasted."""
        if mime is not None and self._may_add():
            sources = self._attaching.sources(mime, self._place.desk.clock.now())
            if sources:
                self._ask(sources)

    def say(self, text: str, kind: str = "note-error") -> None:
        """Say at the files what went wrong or is being done; "" takes it away."""
        self.note.setText(text)
        polish(self.note, kind=kind)
        self.note.setVisible(bool(text))
        self._page.scroller.settle(self.note)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files and pictures be dropped here."""
        if self._may_add() and can_be_taken(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped; the original stays where it is."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take(event.mimeData())

    # -- inside

    def _pressed(self) -> None:
        if self._may_add():
            self.add.click()

    def _paste(self) -> None:
        self.take(QGuiApplication.clipboard().mimeData())

    def _may_add(self) -> bool:
        view = self._view
        return view is not None and not self._is_office and view.mark not in OVER and not view.read_only

    def _ask(self, sources: list[Source]) -> None:
        view = self._view
        if not sources or view is None:
            return
        panel = AttachPanel([source.name for source in sources], view.materials, self._page)
        panel.confirmed.connect(lambda values: self._bring(view.case.number, values, sources))
        self._page.open_panel(panel)

    def _bring(self, number: str, values: Mapping[str, str], sources: list[Source]) -> None:
        self._page.close_panel()
        attachments = self._place.desk.attachments

        def known() -> tuple[DraftAttachment, ...]:
            present = (one for one, _ in self._listed if one.withdrawn is None)
            return tuple(one.attached for one in present if one.attached is not None)

        def brought(attached: DraftAttachment) -> None:
            self._place.tasks.run(lambda: attachments.add(number, attached), lambda _: self._added(), self._failed)

        self._attaching.bring(values["material"], sources, known, brought, self.say)

    def _added(self) -> None:
        self._page.stored_changed.emit()
        if self._view is not None:
            self._page.show_number(self._view.case.number)
            self.show_case(self._view)

    def _take(self, number: str, listed: tuple[Listed, ...]) -> None:
        view = self._view
        if view is None or view.case.number != number:
            return
        self._listed, self._insisted = listed, ""
        titles = dict(view.materials)
        here = next((line.view.digest for line in self.lines if line.hasFocus()), "")
        if here:
            self._shown_from, self._led_back = here, True
        clear(self._file_lines)
        self.lines = []
        for one, lacking in listed:
            shown = self._shown(one, lacking, titles)
            removable = self._may_add() and not shown.withdrawn
            line = AttachmentLine(shown, removable=removable, received=True, parent=self)
            line.opened.connect(self._look)
            line.removed.connect(self._ask_withdrawal)
            line.left.connect(partial(self._move, len(self.lines)))
            self._file_lines.addWidget(line)
            self.lines.append(line)
        self.add.setVisible(self._may_add())
        self.setVisible(bool(listed) or self._may_add())
        self._page.scroller.settle(self)
        if self._led_back:
            self._led_back = False
            self._back()

    def _shown(self, one: CaseAttachment, lacking: int, titles: Mapping[str, str]) -> AttachmentView:
        material = titles.get(one.material, one.material)
        attached, gone = one.attached, self._gone(one)
        if attached is None:
            standing = self.tr("content not fetched")
            return AttachmentView(one.file.digest, material, one.file.media_type, 1, one.file.size, standing, gone)
        name = f"{material}：{attached.name}"
        standing = self.tr("at the centre") if lacking else ""
        return AttachmentView(one.file.digest, name, one.file.media_type, attached.pages, attached.size, standing, gone)

    def _gone(self, one: CaseAttachment) -> str:
        if one.withdrawn is None:
            return ""
        texts, known = self._place.texts, set(WithdrawalReason)
        reason = one.withdrawn.reason if one.withdrawn.reason in known else WithdrawalReason.OTHER
        said = one.withdrawn.remark or texts.text(f"attachment.withdrawal.{reason}")
        day = legal_date(one.withdrawn.at).isoformat()
        return texts.text("attachment.withdrawn", day=day, reason=said)

    def _ask_withdrawal(self, digest: str) -> None:
        """Ask why a file is taken back."""
        line = next((line for line in self.lines if line.view.digest == digest), None)
        case = self._view
        if line is None or case is None:
            return
        number, attachments = case.case.number, self._place.desk.attachments
        panel = WithdrawPanel(line.view, self._place.texts, self._page)

        def failed(error: WindowAppError) -> None:
            at = "remark" if error.code == "attachment.remark_missing" else ""
            panel.show_problem(self._place.texts.message(error), at)

        def confirmed(values: Mapping[str, str]) -> None:
            self._place.tasks.run(
                lambda: attachments.withdraw(number, digest, values["reason"], values["remark"]),
                lambda _: self._withdrawn(digest),
                failed,
            )

        panel.confirmed.connect(confirmed)
        self._page.open_panel(panel)

    def _withdrawn(self, digest: str) -> None:
        self._page.close_panel()
        self._shown_from = digest
        self._led_back = True  # from the panel; the card is made anew before it can be done
        self._added()

    def _look(self, digest: str) -> None:
        found = next((each for each in self._listed if each[0].file.digest == digest), None)
        if found is None:
            return
        one, lacking = found
        if one.attached is None:
            self.say(self.tr("✕ Fetch the content of this case first."))
            return
        if one.withdrawn is not None and self._insisted != digest:
            self._insisted = digest
            self.say(self.tr("This file was withdrawn and no longer counts. Enter once more shows it."), "note-caution")
            self._shown_from = digest
            self._back()
            return
        self._shown_from = digest
        if not lacking:
            self._attaching.look(one.attached)
            return
        self._fetch(one, one.attached)

    def _fetch(self, one: CaseAttachment, attached: DraftAttachment) -> None:
        attachments = self._place.desk.attachments
        reason = OFFICE_REASON if self._is_office else COUNTER_REASON
        progress = self._place.tasks.here(self._progress)

        def done(_: None) -> None:
            self.say("")
            if self._view is not None:
                self.show_case(self._view)
            self._attaching.look(attached)

        self._progress((0, len(one.file.pieces)))
        self._place.tasks.run_free(
            lambda: attachments.fetch(one, reason, lambda held, whole: progress((held, whole))), done, self._failed
        )

    def _progress(self, came: tuple[int, int]) -> None:
        held, whole = came
        if held < whole:
            self.say(
                self.tr("Fetching from the centre: {held} of {whole} …").format(held=held, whole=whole), "secondary"
            )

    def _back(self) -> None:
        line = next((one for one in self.lines if one.view.digest == self._shown_from), None)
        if line is not None:
            line.show()  # one just made is not on show yet, and would not take the focus
            line.setFocus()
            self._page.scroller.ensureWidgetVisible(line, 0, 80)

    def _move(self, at: int, step: int) -> None:
        if 0 <= at + step < len(self.lines):
            self.lines[at + step].setFocus()

    def _failed(self, error: WindowAppError) -> None:
        self.say("✕ " + self._place.texts.message(error))
