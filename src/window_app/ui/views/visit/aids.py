"""Aids: what stands beside the fields of a section and helps to fill them in.

An aid says at which sections it stands and makes a panel for each; the panel reads the visit and
changes it through its `AidPlace`. How to add one: `aid_list.py`.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.domain.visits import VisitDraft
from window_app.ui.views.visit.state import VisitState
from window_app.ui.widgets.texts import clear
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

WHO = "who"
"""Stands for step one, "who is here", among the codes of sections."""

Change = Callable[[VisitDraft], VisitDraft]


class AidPlace(Protocol):
    """What an aid may know and do; calls come from the interface thread."""

    @property
    def place(self) -> Workplace:
        """Return the desk, the door to work off the interface thread, the texts, the look."""
        ...

    @property
    def matter_key(self) -> str:
        """Return the matter that is worked on now; a shared section serves several."""
        ...

    @property
    def section(self) -> str:
        """Return the section the aid stands at, `WHO` for step one."""
        ...

    def draft(self) -> VisitDraft:
        """Return the visit as it is on show; what is being typed this moment may still be missing."""
        ...

    def record(self) -> int:
        """Return the record on show, from 0."""
        ...

    def show_record(self, record: int) -> None:
        """Open the section at a record and put the focus into it."""
        ...

    def change(self, work: Change, then: Callable[[], object] | None = None) -> None:
        """Change the visit.

        `work` runs where the store lives, on the newest state, after what was typed before; what it returns
        is written through, one step of undo, and on show when `then` is called. An error it raises is said
        on the page, and nothing changes.
        """
        ...

    def say(self, text: str) -> None:
        """Say something at the top of the page; "" takes it away."""
        ...


class AidPanel(QWidget):
    """The widget of an aid at one section; it lives as long as the section stands on the page."""

    def refresh(self) -> None:
        """Show the present state; called when the section opens or turns to another record, and after each change."""


class SectionAid(Protocol):
    """Something that helps at certain sections."""

    @property
    def sections(self) -> frozenset[str]:
        """Return the codes of the sections it stands at."""
        ...

    def panel(self, place: AidPlace) -> AidPanel:
        """Return a new panel; called once for each section of a page, when that opens first."""
        ...


class PagePlace:
    """A section of a visit page as its aids see it."""

    def __init__(self, page: "VisitPage", section: str) -> None:
        self._page = page
        self._section = section

    @property
    def place(self) -> Workplace:
        """Return what the page was handed."""
        return self._page.place

    @property
    def matter_key(self) -> str:
        """Return the matter that is worked on."""
        return self._state().current

    @property
    def section(self) -> str:
        """Return the section of the aid."""
        return self._section

    def draft(self) -> VisitDraft:
        """Return the visit on show."""
        return self._state().draft

    def record(self) -> int:
        """Return the record on show."""
        return next((one.record for one in self._page.form.panels if one.section == self._section), 0)

    def show_record(self, record: int) -> None:
        """Open the section at a record."""
        self._page.form.unfold(self._section, record)
        self._page.steps.focus()

    def change(self, work: Change, then: Callable[[], object] | None = None) -> None:
        """Change the visit and show it."""
        self._page.run(
            lambda: self._page.presenter.change_draft(work), lambda _: then() if then is not None else None, renew=True
        )

    def say(self, text: str) -> None:
        """Say something on the page."""
        self._page.asks.say(text)

    def _state(self) -> VisitState:
        state = self._page.state
        if state is None:
            raise RuntimeError("an aid is made only once the visit is on show")
        return state


class AidStrip(QWidget):
    """The panels of the aids of one section, made when the section opens first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels: list[AidPanel] = []
        self._make: Callable[[], Sequence[AidPanel]] | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.hide()

    def provide(self, make: Callable[[], Sequence[AidPanel]]) -> None:
        """Take what makes the panels; it is called when they are first shown."""
        self._make = make
        clear(self._lines)
        self.panels = []

    def refresh(self, *, shown: bool) -> None:
        """Show the panels with the present state, or hide them."""
        if shown and self._make is not None:
            self.panels = list(self._make())
            self._make = None
            for panel in self.panels:
                self._lines.addWidget(panel)
        self.setVisible(shown and bool(self.panels))
        if shown:
            for panel in self.panels:
                panel.refresh()


def panels_of(page: "VisitPage", aids: Sequence[SectionAid], section: str) -> list[AidPanel]:
    """Return new panels of the aids that stand at a section."""
    place = PagePlace(page, section)
    return [aid.panel(place) for aid in aids if section in aid.sections]
