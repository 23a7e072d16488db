"""The draft of a visit as it is worked on: written through with every change, one step back, one forward. No Qt."""

from dataclasses import dataclass, replace

from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.services.desk import Desk

MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Moment:
    """A draft, and the matter that was worked on."""

    draft: VisitDraft
    current: str


class DraftKeeper:
    """Holds the draft that is on show; each change is stored before it is shown, and is one step of undo.

    Attributes:
        unsaved: why the last change is not stored yet; None where all is. It goes with the next change.
        touched: there is something to keep.
    """

    def __init__(self, desk: Desk, draft: VisitDraft) -> None:
        self._desk = desk
        self._now = Moment(draft, draft.matters[0].key)
        self._past: list[Moment] = []
        self._future: list[Moment] = []
        self.unsaved: WindowAppError | None = None
        self.touched = False

    @property
    def draft(self) -> VisitDraft:
        """Return the draft."""
        return self._now.draft

    @property
    def current(self) -> str:
        """Return the key of the matter that is worked on."""
        return self._now.current

    @property
    def can_undo(self) -> bool:
        """Answer whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Answer whether a step was taken back that can be done again."""
        return bool(self._future)

    def start(self, draft: VisitDraft, *, touched: bool) -> None:
        """Work on another draft; nothing is stored."""
        self._now = Moment(draft, draft.matters[0].key)
        self._past.clear()
        self._future.clear()
        self.unsaved = None
        self.touched = touched

    def turn_to(self, key: str) -> None:
        """Work on another matter, which is no change."""
        self._now = Moment(self.draft, self.draft.matter(key).key)

    def keep(self, draft: VisitDraft, current: str = "") -> None:
        """Take a changed draft up and store it; where the disk does not take it, it stays here all the same."""
        if draft != self.draft:
            self._past.append(self._now)
            del self._past[:-MOST_STEPS]
            self._future.clear()
        self._take(Moment(draft, current or self.current))

    def undo(self) -> tuple[Moment, Moment] | None:
        """Take the last step back and store what comes of it; return both states, None where there is no step."""
        return self._travel(self._past, self._future)

    def redo(self) -> tuple[Moment, Moment] | None:
        """Do again what was taken back last; return both states, None where there is nothing."""
        return self._travel(self._future, self._past)

    def store(self) -> None:
        """Store the draft.

        Raises:
            WindowAppError: the disk does not take it.
        """
        self._desk.reception.save(self.draft)
        self.unsaved = None

    def _travel(self, come_from: list[Moment], lay_on: list[Moment]) -> tuple[Moment, Moment] | None:
        if not come_from:
            return None
        before, there = self._now, come_from.pop()
        lay_on.append(before)
        # Files and outage numbers were laid down elsewhere too; a key on this page takes neither back.
        draft = replace(there.draft, attachments=before.draft.attachments, outage=before.draft.outage)
        self._take(Moment(draft, there.current))
        return before, self._now

    def _take(self, moment: Moment) -> None:
        self._now = moment
        self.touched = True
        try:
            self.store()
        except WindowAppError as error:
            self.unsaved = error
