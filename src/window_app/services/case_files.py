"""A case as it lies open: its line in the lists, its state and its events."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from window_app.domain.events import Confidentiality, Event, NewEvent, Stream, StreamKind
from window_app.domain.fold import CaseState, fold_case
from window_app.domain.form_fields import corrected
from window_app.domain.ports import CaseRow, Records
from window_app.errors import WindowAppError
from window_app.services.informants import without_informant

LONGEST_TEXT = 4000


class NoSuchCase(WindowAppError):
    """No case of this number is held here. Params: number."""

    code = "case.unknown"


def written(text: str) -> str:
    """Return what a person wrote, without the space around it.

    Raises:
        WindowAppError: `case.text_long`; `case.text_characters` for what no JSON reader takes back.
    """
    if len(text) > LONGEST_TEXT:
        raise WindowAppError("case.text_long", most=LONGEST_TEXT)
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise WindowAppError("case.text_characters")
    return text.strip()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that is held of it here, as it was when it was read."""

    row: CaseRow
    state: CaseState
    events: tuple[Event, ...]

    @property
    def case_id(self) -> UUID:
        """Return the identity of the case."""
        return self.state.case_id

    @property
    def receiving(self) -> Event:
        """Return the event of its receiving."""
        return next(event for event in self.events if event.event_id == self.state.received.event_id)

    @property
    def confidential(self) -> bool:
        """Return whether only inspection may know what it is about."""
        return self.receiving.confidentiality is Confidentiality.CONFIDENTIAL

    @property
    def held(self) -> bool:
        """Return whether what was written at the receiving is held here."""
        return bool(self.receiving.body)

    @property
    def answers(self) -> Mapping[str, Any]:
        """Return what the form says, with what was corrected since."""
        said = corrected(self.receiving.body or {}, self.state.visit_id, self.state.fields)
        answers: Mapping[str, Any] = said["answers"]
        return answers

    def about(self, kind: str, /, *, home: bool = False, **stated: Any) -> NewEvent:  # noqa: ANN401 - as NewEvent takes it
        """Return an event of this case that is no more open than the case.

        With `home` it goes to the home feed in any case, so that the counter learns of it; then it
        must say no more than a state.
        """
        confidentiality = Confidentiality.OPEN
        if self.confidential:
            confidentiality = Confidentiality.RESTRICTED if home else Confidentiality.CONFIDENTIAL
        stated.setdefault("confidentiality", confidentiality)
        readers = (self.state.office,) if self.state.office else ()
        stated.setdefault("readers", readers)
        return NewEvent(Stream(StreamKind.CASE, self.case_id), kind, **stated)


class CaseFiles:
    """Opens cases by their number."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def get(self, number: str) -> CaseFile:
        """Return the case with a receipt number, however it is written.

        Raises:
            NoSuchCase: where none is held here.
        """
        row = self._records.find_case(number)
        if row is None:
            raise NoSuchCase(number=number.strip()[:40])
        return self.read(row)

    def read(self, row: CaseRow) -> CaseFile:
        """Return the case of a row, with its present state.

        Raises:
            NoSuchCase: where its receiving is not held here.
        """
        events = self._records.events(row.case_id)
        state = fold_case(events)
        if state is None:
            raise NoSuchCase(number=row.number)
        return CaseFile(without_informant(row), state, events)

    def again(self, file: CaseFile) -> CaseFile:
        """Return a case as it stands now."""
        return self.read(self._records.get_case(file.case_id))
