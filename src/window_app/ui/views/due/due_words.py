"""What is due, in the clerk's words. No Qt."""

from window_app.domain.due import DueOwner, DueStanding, OwnerKind
from window_app.domain.due_causes import CAUSES, FOLLOW_UP
from window_app.domain.events import StreamKind
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.services.due import DueRow
from window_app.ui.views.lists.case_words import CaseWords

Options = tuple[tuple[str, str], ...]


class DueWords:
    """Reads causes, owners and dates."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._words = CaseWords(desk, texts)

    def causes(self) -> Options:
        """Return the causes that a clerk may open."""
        return tuple((one.code, self._texts.text(f"due.cause.{one.code}")) for one in CAUSES.values() if one.by_hand)

    def results(self, cause: str) -> Options:
        """Return what may come of a cause; one of a newer program has those of a follow-up."""
        known = CAUSES.get(cause, CAUSES[FOLLOW_UP])
        return tuple((code, self._known(f"due.result.{code}", code)) for code in known.results)

    def cause(self, row: DueRow) -> str:
        """Return why it is due, with what opened it."""
        cause = self._known(f"due.cause.{row.item.cause}", row.item.cause)
        if row.item.reason in ("by_hand", ""):
            return cause
        return cause + " · " + self._known(f"due.reason.{row.item.reason}", row.item.reason)

    def when(self, row: DueRow) -> str:
        """Return the date with how near it is."""
        if row.item.due_on is None:
            return self._texts.text("due.standing.open")
        day = row.item.due_on.isoformat()
        if row.standing is DueStanding.LATER:
            return day
        return day + "  " + self._known(f"due.standing.{row.standing.value}", row.standing.value)

    def about(self, row: DueRow) -> str:
        """Return the case's number, or that it is a visit, a person or an employer."""
        if row.case is not None:
            return row.case.number
        kind = "visit" if row.item.link.visit_id is not None else "person"
        kind = "employer" if row.item.link.stream.kind is StreamKind.EMPLOYER else kind
        return self._texts.text(f"due.about.{kind}")

    def who(self, row: DueRow) -> str:
        """Return the applicant of the case, or whom it is about; "—" where there is none to be shown."""
        return (row.case.applicant if row.case is not None else row.party) or "—"

    def owner(self, owner: DueOwner, name: str = "", *, here: bool = True) -> str:
        """Return who sees to it; a name is shown where one is known."""
        if owner.kind is OwnerKind.OFFICE:
            return self._words.office(owner.code)
        if owner.kind is OwnerKind.COUNTER:
            return self._texts.text("due.owner.counter" if here else "due.owner.other_counter")
        shown = name or owner.code or "—"
        return shown if here else f"{shown} · {self._texts.text('due.owner.other_counter')}"

    def line(self, row: DueRow) -> str:
        """Return an item in one line: cause, date or result, owner, text."""
        result = row.item.result
        state = self._known(f"due.result.{result}", result) if result else self.when(row)
        owner = self.owner(row.item.owner, row.owner, here=row.item.here)
        return "  ·  ".join(part for part in (self.cause(row), state, owner, row.text) if part)

    def _known(self, text: str, code: str) -> str:
        return self._texts.text(text) if text in self._texts else code
