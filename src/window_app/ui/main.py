"""Starts the window: the frame first, everything else from a worker behind it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from window_app import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from window_app.services.desk import Entrance
    from window_app.settings import Settings

OUT = Path("window-app-out")


def run(entrance: "Entrance", *, headless: bool = False, out: Path = OUT) -> int:
    """Open the desktop program and return its exit code.

    `headless` goes through one practice visit by keys on the real window, offscreen, and leaves
    screenshots and papers in `out`.
    """
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_display():
        print(no_display_text(), file=sys.stderr)
        return 2
    from window_app.ui.collector import InterfaceCollector

    chosen = settings.load(entrance.directory)
    application = dressed_application(chosen)
    collector = InterfaceCollector(application)
    try:
        if headless:
            from window_app.ui.journey.headless import go_through

            return go_through(application, entrance, chosen, out)
        return show(application, entrance, chosen)
    finally:
        collector.close()


def show(application: "QApplication", entrance: "Entrance", chosen: "Settings") -> int:
    """Show the window and return when it was closed."""
    from window_app.ui import faults
    from window_app.ui.main_window import MainWindow
    from window_app.ui.opening import Opening

    window = MainWindow(chosen)
    window.show()
    opening = Opening(window, entrance)
    window.painted.connect(opening.start)
    with faults.watched(opening.tell):
        try:
            return application.exec()
        finally:
            opening.close()


def dressed_application(chosen: "Settings") -> "QApplication":
    """Return the application in the look and the language of the settings."""
    from PySide6.QtWidgets import QApplication

    from window_app.ui import language, theme

    known = QApplication.instance()
    application = (
        known if isinstance(known, QApplication) else QApplication([sys.argv[0] if sys.argv else "window-app"])
    )
    application.setApplicationName("window-app")
    theme.load_main_font()
    language.speak(application, chosen.language)
    theme.apply(application, theme.theme_for(chosen.theme, chosen.text_scale))
    return application


def has_display() -> bool:
    """Answer whether a window can be shown on this machine."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def no_display_text() -> str:
    """Return what to do without a display, in both languages, since none was chosen yet."""
    return (
        "没有图形显示。可运行: make run HEADLESS=1 (不开窗口, 走完一次练习来访, 留下截图和文书)\n"
        "No display. Run: make run HEADLESS=1 (one practice visit without a window; leaves screenshots and papers)"
    )
