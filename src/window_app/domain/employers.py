"""The directory of employers that a bureau hands its counters: looked up offline, replaced as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Employer:
    """An entry of the directory; "" for what it does not say.

    Attributes:
        uscc: the unified social credit code.
        status: how the register calls its state (in business, revoked, …).
    """

    name: str
    uscc: str = ""
    address: str = ""
    representative: str = ""
    phone: str = ""
    region: str = ""
    industry: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """What the directory is: how many entries, from which file, when taken in."""

    entries: int
    source: str
    imported_at: datetime


class DirectoryDraft(Protocol):
    """A directory being made, which nobody sees before it is adopted; left without that it is gone."""

    def add(self, employer: Employer) -> bool:
        """Add an entry; answers False where its credit code stands in this draft already.

        Of an entry that was kept from the directory before, the new one takes the place.
        """
        ...

    def adopt(self, source: str) -> DirectoryState:
        """Put the draft in the place of the directory, at once and as a whole."""
        ...

    def __enter__(self) -> "DirectoryDraft": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class EmployerDirectory(Protocol):
    """The directory of this machine."""

    def state(self) -> DirectoryState | None:
        """Return what the directory is; None before the first import."""
        ...

    def find(self, text: str, limit: int) -> Sequence[Employer]:
        """Return entries by part of a name, pinyin initials, beginning or end of the credit code, best first."""
        ...

    def by_code(self, uscc: str) -> Employer | None:
        """Return the entry with a credit code."""
        ...

    def draft(self, *, keep: bool) -> DirectoryDraft:
        """Begin another directory: empty, or with the entries there are."""
        ...
