"""From the first picture to a desk at work: welcome, setting up, signing in, the lock, the way out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.tasks import TaskRunner
from window_app.ui import language, theme
from window_app.ui.main_window import MainWindow
from window_app.ui.qt_tasks import QtTasks
from window_app.ui.views.start.screens import SignInScreen, StartingScreen, WelcomeScreen

if TYPE_CHECKING:
    from uuid import UUID

    from window_app.domain.stores import StoreDescription
    from window_app.services.desk import Desk, Entrance
    from window_app.settings import Settings
    from window_app.ui.shell import DeskShell
    from window_app.ui.views.start.panels import FormPanel
    from window_app.ui.views.start.setting_up import EnrolmentScreen, HallScreen

IN_USE = "store.in_use"
# What to do where the store cannot be opened, by the code of the failure.
AT_THE_DOOR = {
    "store.damaged": "ui.door.damaged",
    "store.too_new": "ui.door.too_new",
    "store.disk_full": "ui.door.folder",
    "store.disk_failed": "ui.door.folder",
    IN_USE: "ui.door.folder",
}


class Opening(QObject):
    """Leads through the screens before the desk, and back to them when it is locked.

    Signals:
        opened: a desk is at work; carries its shell.
    """

    opened = Signal(object)

    def __init__(self, window: MainWindow, entrance: "Entrance", *, papers_folder: Path | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._entrance = entrance
        self.papers_folder = papers_folder
        self.texts = Catalogue(window.settings.language)
        self.tasks = QtTasks(TaskRunner(), self)
        self.tasks.unhandled.connect(self.tell)
        self.shell: DeskShell | None = None
        self.desk: Desk | None = None
        self._resume: tuple[str, UUID | None] = ("", None)
        self._warned = False
        window.may_close = self._may_close
        window.closing.connect(self._leave)

    def start(self) -> None:
        """Look what stands in the data directory; a window that is open on it already comes to the front instead."""
        if not hasattr(self, "_first") and self._raise_other():
            return
        self.tasks.run_free(theme.load_rare_font_file)
        self.tasks.run(self._entrance.describe, self._described, self._cannot_start)

    def close(self) -> None:
        """Give the store back and end the workers."""
        desk, self.desk = self.desk, None
        if desk is not None:
            self.tasks.run(desk.close)
        self.tasks.close()

    def lock(self) -> None:
        """Write everything through, close the store and ask who is there; what cannot be stored keeps it open."""
        self._leave_desk(self._lock)

    def apply(self, chosen: "Settings") -> None:
        """Put new settings on: the desk is opened anew in their look and language."""
        self._leave_desk(lambda: self._apply(chosen))

    def _leave_desk(self, leave: Callable[[], None]) -> None:
        shell = self.shell
        if shell is None:
            return
        shell.flush()

        def kept(_: None) -> None:
            if self.shell is shell:
                self._resume = (shell.clerk, shell.open_visit())
                leave()

        self.tasks.run(shell.keep, kept, self.tell)

    def _lock(self) -> None:
        shell, desk = self.shell, self.desk
        if shell is None or desk is None:
            return
        shell.put_away()
        self.shell, self.desk = None, None
        clerk = desk.session.clerk
        self.tasks.run(desk.close)
        self.tasks.run(self._entrance.describe, lambda hall: self._show_sign_in(hall, clerk), self._cannot_start)

    def _apply(self, chosen: "Settings") -> None:
        from window_app import settings

        self._window.settings = chosen
        directory = self._entrance.directory
        self.tasks.run_free(lambda: settings.save(chosen, directory))
        self.texts = Catalogue(chosen.language)
        self._window.theme = theme.theme_for(chosen.theme, chosen.text_scale)
        application = self._window.application()
        language.speak(application, chosen.language)
        theme.apply(application, self._window.theme)
        if self.shell is not None:
            self.shell.put_away()
        if self.desk is not None:
            self.desk.printing.apply(chosen)
            self._show_desk(self.desk)

    def _described(self, hall: "StoreDescription | None") -> None:
        if hall is None:
            self._show_welcome()
        elif hall.practice:
            self._sign_in(None, None)
        else:
            self._show_sign_in(hall)

    def _show_welcome(self) -> None:
        screen = WelcomeScreen(self._window.theme.px(560))
        screen.practice_asked.connect(lambda: self._practise(screen))
        screen.enrolment_asked.connect(self._show_enrolment)
        screen.hall_asked.connect(self._show_hall)
        self._window.show_screen(screen)
        screen.setFocus()

    def _practise(self, screen: WelcomeScreen) -> None:
        screen.show_busy(True)

        def failed(error: WindowAppError) -> None:
            screen.show_busy(False)
            screen.show_problem(self._told(error))

        self.tasks.run(self._entrance.create_practice, lambda _: self._sign_in(None, None), failed)

    def _show_enrolment(self) -> None:
        from window_app.ui.views.start.setting_up import EnrolmentScreen

        screen = EnrolmentScreen(self.texts, self._window.theme.px(620))
        screen.back_asked.connect(self._show_welcome)
        screen.done.connect(lambda: self._enrol(screen))
        self._window.show_screen(screen)
        screen.setFocus()

    def _enrol(self, screen: "EnrolmentScreen") -> None:
        entrance, values = self._entrance, screen.values()

        def work() -> None:
            content = screen.content()
            enrolment = entrance.read_enrolment(content or read_file(values["file"]), values["code"])
            entrance.enrol(enrolment, values["clerk"].strip(), values["name"].strip(), values["password"])

        self.tasks.run(work, lambda _: self._enter(screen), self._not_set_up(screen))
        screen.show_busy(True)

    def _show_hall(self) -> None:
        from window_app.ui.views.start.setting_up import HallScreen

        screen = HallScreen(self._window.theme.px(620))
        screen.back_asked.connect(self._show_welcome)
        screen.done.connect(lambda: self._make_hall(screen))
        self._window.show_screen(screen)
        screen.setFocus()

    def _make_hall(self, screen: "HallScreen") -> None:
        entrance, values, hall = self._entrance, screen.values(), screen.particulars()

        def work() -> None:
            entrance.create_hall(hall, values["clerk"].strip(), values["name"].strip(), values["password"])

        self.tasks.run_free(work, lambda _: self._enter(screen), self._not_set_up(screen))
        screen.show_busy(True, self.tr("Setting up the hall…"))

    def _not_set_up(self, screen: "FormPanel") -> Callable[[WindowAppError], None]:
        def failed(error: WindowAppError) -> None:
            screen.show_busy(False)
            screen.show_problem(self.texts.message(error))

        return failed

    def _enter(self, screen: "FormPanel") -> None:
        """Sign the first clerk in with what she has just set."""
        values = screen.values()
        self._sign_in(values["clerk"].strip(), values["password"], screen)

    def _show_sign_in(self, hall: "StoreDescription | None", locked_for: str = "") -> None:
        if hall is None:
            self._show_welcome()
            return
        screen = SignInScreen(hall, locked_for=locked_for, width=self._window.theme.px(460))
        screen.sign_in_asked.connect(
            lambda clerk, password: (
                self._sign_in(None, None, screen) if hall.practice else self._sign_in(clerk, password, screen)
            )
        )
        self._window.show_screen(screen)
        screen.take_focus()

    def _sign_in(
        self, clerk: str | None, password: str | None, screen: "SignInScreen | FormPanel | None" = None
    ) -> None:
        def failed(error: WindowAppError) -> None:
            if error.code == IN_USE and self._raise_other():
                return
            if screen is not None:
                screen.show_problem(self._told(error))
            else:
                self._cannot_start(error)

        entrance, runner = self._entrance, self.tasks.runner
        self.tasks.run(lambda: entrance.sign_in(clerk, password, runner=runner), self._show_desk, failed)

    def _show_desk(self, desk: "Desk") -> None:
        from window_app.ui.shell import DeskShell
        from window_app.ui.single import FirstWindow
        from window_app.ui.workplace import Workplace

        self.desk = desk
        theme.load_rare_font()
        if not hasattr(self, "_first"):
            self._first = FirstWindow(self._entrance.directory, self._window)
        place = Workplace(desk, self.tasks, self.texts, self._window.theme, self.papers_folder)
        shell = DeskShell(place, self._window.settings, self._entrance.directory)
        shell.lock_asked.connect(self.lock)
        shell.settings_applied.connect(self.apply)
        self.shell = shell
        self._window.show_screen(shell)
        (clerk, resume), self._resume = self._resume, ("", None)
        # What one clerk left open does not open before another; she finds it among those put aside.
        shell.start(resume if desk.session.clerk == clerk else None)
        self.tasks.run_free(self._entrance.demo, shell.demo.show_demo)
        self.tasks.run_free(desk.interview.prepare)
        self.opened.emit(shell)

    def _raise_other(self) -> bool:
        from window_app.ui.single import raise_first

        if raise_first(self._entrance.directory):
            self._window.close()
            return True
        return False

    def _cannot_start(self, error: WindowAppError) -> None:
        screen = StartingScreen(self._window.theme.px(560))
        screen.retry_asked.connect(self.start)
        self._window.show_screen(screen)
        screen.show_problem(self._told(error))

    def _told(self, error: WindowAppError) -> str:
        """Return what went wrong at the door, with the place and the next step where the store itself is the matter."""
        said = self.texts.message(error)
        step = AT_THE_DOOR.get(error.code)
        if step is None:
            return said
        return f"{said}\n\n{self.texts.text(step, folder=str(self._entrance.directory.resolve()))}"

    def tell(self, error: WindowAppError) -> None:
        """Say what nobody else says, where it is seen."""
        if self.shell is not None:
            self.shell.say(self.texts.message(error))
        else:
            self._cannot_start(error)

    def _may_close(self) -> bool:
        """Answer whether the window may go; says once what would be lost with it."""
        shell = self.shell
        if shell is None or self._warned or not shell.unsaved():
            return True
        self._warned = True
        shell.say(self.texts.text("ui.close_unsaved"))
        return False

    def _leave(self) -> None:
        if self.shell is not None:
            self.shell.put_away()


def read_file(name: str) -> bytes:
    """Return what a file holds.

    Raises:
        WindowAppError: `ui.file_unreadable`.
    """
    try:
        return Path(name).expanduser().read_bytes()
    except OSError:
        raise WindowAppError("ui.file_unreadable") from None
