"""One practice visit without a screen: keys on the real window, screenshots and papers in a folder."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from window_app.clock import SystemClock
from window_app.services import practice
from window_app.settings import Settings
from window_app.ui.journey.driver import VisitDriver
from window_app.ui.journey.keys import Key, Keys, NothingHappened
from window_app.ui.main_window import MainWindow
from window_app.ui.opening import Opening

if TYPE_CHECKING:
    from window_app.services.desk import Entrance


class Album:
    """Takes numbered pictures of a window."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self.pictures: list[Path] = []

    def take(self, name: str) -> None:
        """Keep a picture of the window as it stands."""
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self._window.grab().save(str(path))
        self.pictures.append(path)


def go_through(application: QApplication, entrance: "Entrance", chosen: Settings, out: Path) -> int:
    """Go through one practice visit and return the exit code: 0 when its papers lie in the folder."""
    del application
    out.mkdir(parents=True, exist_ok=True)
    window = MainWindow(chosen)
    opening = Opening(window, entrance, papers_folder=out)
    album = Album(window, out)
    keys = Keys(window, opening.tasks)
    window.painted.connect(opening.start)
    window.show()
    try:
        _come_to_the_desk(window, opening, keys, album)
        papers = _visit(opening, keys, album)
    except NothingHappened as error:
        print(f"{error}", file=sys.stderr)
        album.take("stopped")
        return 1
    finally:
        window.close()
        opening.close()
    print(_report(out, album.pictures, papers))
    return 0 if papers else 1


def _come_to_the_desk(window: MainWindow, opening: Opening, keys: Keys, album: Album) -> None:
    keys.wait_until(lambda: window.stack.currentWidget() is not window.starting)
    keys.settle()
    if opening.shell is None:
        album.take("welcome")
        keys.press(Key.Key_1)
    keys.wait_until(lambda: opening.shell is not None)
    keys.settle()
    album.take("reception")


def _visit(opening: Opening, keys: Keys, album: Album) -> list[Path]:
    shell = opening.shell
    if shell is None:
        raise NothingHappened("no desk")
    driver = VisitDriver(shell, keys, album.take)
    driver.take_in(sample_visit())
    driver.print_papers()
    driver.save_papers()
    received = driver.state.received
    if received is None:
        raise NothingHappened("nothing was taken in")
    if received.numbers:
        _find_again(keys, album, received.numbers[0][0])
    return sorted(opening.papers_folder.glob("*.pdf")) if opening.papers_folder is not None else []


def _find_again(keys: Keys, album: Album, number: str) -> None:
    keys.press(Key.Key_F3)
    keys.type(number)
    keys.press(Key.Key_Return)
    keys.settle()
    album.take("case")


def sample_visit() -> Mapping[str, Any]:
    """Return the practice hall's first sample visit, dated as of today."""
    first = next(iter(sample for sample in practice.samples() if not sample.draft))
    content: Any = practice.dated(first.intake, SystemClock().today())
    return content if isinstance(content, Mapping) else {}


def _report(out: Path, pictures: list[Path], papers: list[Path]) -> str:
    lines = [f"{out.resolve()}", *(f"  {path.name}" for path in (*pictures, *papers))]
    return "\n".join(lines)
