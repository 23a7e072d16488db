"""What every screen of a signed-in counter is handed."""

from dataclasses import dataclass
from pathlib import Path

from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.ui.qt_tasks import QtTasks
from window_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Workplace:
    """The desk, the door to work off the interface thread, the texts, the look.

    Attributes:
        folder: where saved papers go; None for this user's own folder.
    """

    desk: Desk
    tasks: QtTasks
    texts: Catalogue
    theme: Theme
    folder: Path | None = None
