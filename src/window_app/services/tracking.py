"""Looking at cases: the list, one case, its history, and what the centre has not confirmed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from window_app.domain.attachments import AttachmentRecords
from window_app.domain.events import Event
from window_app.domain.line import LineControl, SetApart
from window_app.domain.ports import CaseRow, OutboxRow, Records
from window_app.services.informants import without_informant

MOST_FILES = 1000


class Tracking:
    """Shows what became of the cases; changes nothing of them."""

    def __init__(
        self, records: Records, line: LineControl | None = None, kept: AttachmentRecords | None = None
    ) -> None:
        """Take the store and the line, which alone knows what travels at this moment."""
        self._records = records
        self._kept = kept
        self._line = line

    def case(self, number: str) -> CaseRow | None:
        """Return the case with a receipt number, however it is written."""
        found = self._records.find_case(number)
        return None if found is None else without_informant(found)

    def window(self, after: str | None = None, limit: int = 100) -> tuple[CaseRow, ...]:
        """Return a window of the list, newest first; `after` is the number of the last row seen."""
        return tuple(map(without_informant, self._records.cases(after, limit)))

    def window_at(self, offset: int, limit: int) -> tuple[CaseRow, ...]:
        """Return a window of the list, newest first, from a row counted from 0: a jump costs no scan."""
        return tuple(map(without_informant, self._records.cases_at(offset, limit)))

    def count(self) -> int:
        """Return how many cases the list holds."""
        return self._records.count_cases()

    def unsent(self, limit: int = 200) -> tuple[OutboxRow, ...]:
        """Return what the centre has not confirmed, oldest first, with state, age and reason."""
        rows = self._records.outbox(limit)
        sending = self._line.status().sending if self._line is not None else None
        if sending is None:
            return rows
        first, last = sending
        return tuple(replace(row, state="sending") if first <= row.lseq <= last else row for row in rows)

    def last_contact(self) -> tuple[datetime, int] | None:
        """Return when the centre was last reached and how far its clock was ahead, in milliseconds; None for never."""
        return self._records.last_contact()

    def set_apart(self, limit: int = 200) -> tuple[SetApart, ...]:
        """Return what came from the centre and could not be taken for an event, the oldest first."""
        return self._records.set_apart(limit)

    def count_set_apart(self, *, new: bool = False) -> int:
        """Return how many of these there are; with `new` those alone that no person has noted as seen."""
        return self._records.count_set_apart(new=new)

    def see_set_apart(self) -> None:
        """Note that a person has seen what was set apart; it stays in the list, and only what is new is counted."""
        self._records.see_set_apart()

    def count_events(self) -> int:
        """Return how many events the centre has not confirmed."""
        return self._records.count_outbox()

    def count_unsent(self) -> int:
        """Return how many events the centre has not confirmed, and files that it does not hold whole."""
        files = self._kept.unsent_attachments(MOST_FILES) if self._kept is not None else ()
        return self._records.count_outbox() + len(files)

    def history(self, case_id: UUID) -> tuple[Event, ...]:
        """Return the events of a case in the order the fold takes them."""
        return self._records.events(case_id)
