"""Pulling: the directory and each subscribed feed, page by page, checked before they are written."""

import json
from functools import partial
from threading import Event
from uuid import UUID

from window_app import log
from window_app.collecting import without_collecting
from window_app.domain.credit_list import is_credit
from window_app.domain.line import (
    BATCH_MOST,
    DIRECTORY,
    Applied,
    Cursor,
    DirectoryEntry,
    LineDown,
    Page,
    PageDamaged,
    PulledEvent,
    Rewound,
)
from window_app.sync.checking import AuthorUnknown, Checks
from window_app.sync.ends import Ends, Tally

_LOGGER = log.logger("line")
FIRST_PAGE = 250
MOST_PAGE = 1000
CASES_AT_ONCE = 50
NEAR_SECONDS = 0.5
"""How long the reading of a page waits at most for the writing of the one before."""


class Pulling:
    """Brings feeds over; remembers from round to round how large a page may be on this line.

    Attributes:
        without_force: entries of the list in the directory that came and have no force, with the reason.
    """

    def __init__(self, ends: Ends, root_key: bytes) -> None:
        self._ends = ends
        self._limit = FIRST_PAGE
        self._prepared: tuple[Page, object] | None = None
        self.without_force: dict[int, str] = {}
        self.checks = Checks(root_key, self._find_key)

    def directory(self) -> None:
        """Follow the directory to its end; where the centre was set back, take it anew from the beginning.

        Raises:
            PageDamaged: an entry is not the root key's; nothing of the page was written.
        """
        try:
            self._follow_directory()
        except Rewound:
            self._renew_directory()

    def feed(self, feed: str, tally: Tally) -> None:
        """Follow a feed to its end, beginning it where this replica does not follow it yet.

        Raises:
            PageDamaged: a page is not what its authors signed; nothing of it was written.
        """
        store, replica = self._ends.store, self._ends.replica
        if not store(partial(replica.has_feed, feed)):
            self._begin(feed, tally)
        # While the first page is fetched and read nothing is there to be written: a small one keeps that short.
        self._limit = min(self._limit, FIRST_PAGE)
        with without_collecting():
            page: Page | None = self._page(feed, store(partial(replica.cursor, feed)), tally)
            while page is not None and page.events:
                page = self._apply(page, tally)

    def cases(self, feed: str, cases: tuple[UUID, ...]) -> int:
        """Fetch cases that stand before the beginning of a feed; return how many events were new.

        Raises:
            PageDamaged, LineDown.
        """
        fresh = 0
        for at in range(0, len(cases), CASES_AT_ONCE):
            page = self._ends.centre.events_of_cases(feed, cases[at : at + CASES_AT_ONCE])
            self._checked(partial(self.checks.events, page))
            fresh += self._ends.store(partial(self._ends.replica.apply_cases, page)).fresh
            self._ends.pause()
        return fresh

    def _begin(self, feed: str, tally: Tally) -> None:
        """Begin a feed at its latest checkpoint, open cases first.

        The feed counts as begun only when they are here: a kill in between starts over.
        """
        checkpoint = self._ends.centre.checkpoint(feed)
        if checkpoint is not None:
            start = self.checks.checkpoint(feed, checkpoint)
            tally.pulled += self.cases(feed, start.open_cases)
        self._ends.store(partial(self._ends.replica.begin_feed, feed, checkpoint))

    def _apply(self, page: Page, tally: Tally) -> Page | None:
        """Write a page and return the one behind it, fetched meanwhile; None where the feed ends with it."""
        store, replica = self._ends.store, self._ends.replica
        prepared = self._prepared[1] if self._prepared is not None and self._prepared[0] is page else None
        near = Event()

        def write() -> Applied:
            try:
                return replica.apply(page, prepared, near.set)
            finally:
                near.set()

        applied = self._ends.begin(write)
        try:
            following = self._ahead(page, near)
        finally:
            tally.pulled += applied().fresh
            tally.moved.add(page.feed)
        if _is_last(page):
            return None
        self._ends.pause()
        return following or self._page(page.feed, store(partial(replica.cursor, page.feed)), tally)

    def _ahead(self, page: Page, near: Event) -> Page | None:
        """Return the checked page behind one that is just being written.

        It is fetched at once, but read only when `near` says that the page before is as good as written: both
        need the interpreter, and SQLite, which lets go of it for every statement, would wait for it each time.
        Beside each other they are slower, not wrong, so a busy store, or one that is being closed, is not waited for.

        None where there is none, or where it must be asked for from where the replica really stands.
        """
        witness = _id_of(page.events[-1])
        if _is_last(page) or witness is None:
            return None
        cursor = Cursor(page.events[-1].fseq, witness)
        try:
            following, limit = self._pulled(page.feed, cursor)
        except Rewound:
            return None
        near.wait(NEAR_SECONDS)
        self._take(following, page.feed, cursor, limit)
        return following

    def _pulled(self, feed: str, cursor: Cursor) -> tuple[Page, int]:
        """Return what the centre has behind a cursor, and how much was asked for; a line that breaks gets less."""
        limit = self._limit
        try:
            page = self._ends.centre.pull(feed, cursor, limit)
        except LineDown:
            self._limit = max(1, limit // 2)
            raise
        return page, limit

    def _take(self, page: Page, feed: str, cursor: Cursor, limit: int) -> None:
        """Check a page that came whole, and read it while the one before is being written; the next may be larger."""
        self._limit = min(limit * 2, MOST_PAGE, BATCH_MOST)
        self._checked(partial(self.checks.page, page, feed, cursor, limit))
        self._prepared = page, self._ends.replica.prepare(page)

    def _page(self, feed: str, cursor: Cursor, tally: Tally) -> Page:
        """Return the checked page behind a cursor, stepping back as far as the centre was set back.

        What was handed in again can stand at its old place behind others in a new order. So where a
        witness holds after a step back, one a page further back must hold as well.
        """
        steps, sure = 1, True
        while True:
            try:
                page, limit = self._pulled(feed, cursor)
            except Rewound as rewound:
                tally.rewound += 1
                sure = False
                earlier = self._ends.store(partial(self._ends.replica.step_back, feed, steps))
                if earlier.after >= cursor.after:
                    raise PageDamaged(feed=feed, fseq=cursor.after, part="rewound") from rewound
                cursor, steps = earlier, steps * 2
                continue
            if not sure and cursor.after > 0:
                cursor, sure = self._ends.store(partial(self._ends.replica.step_back, feed, MOST_PAGE)), True
                continue
            self._take(page, feed, cursor, limit)
            return page

    def _checked(self, check: "partial[None]") -> None:
        """Check a page; where the directory here does not know an author, ask the centre's once."""
        try:
            check()
        except AuthorUnknown:
            self.directory()
            self.checks.forget_keys()
            check()

    def _follow_directory(self) -> None:
        store, replica = self._ends.store, self._ends.replica
        while True:
            after, previous = store(replica.directory_end)
            entries = self._ends.centre.pull_directory(after, previous, MOST_PAGE)
            if not entries:
                return
            self.checks.directory(entries, after, previous)
            self._write_directory(entries)
            if len(entries) < MOST_PAGE:
                return
            self._ends.pause()

    def _renew_directory(self) -> None:
        found: list[DirectoryEntry] = []
        while True:
            previous = found[-1].link if found else ""
            entries = self._ends.centre.pull_directory(len(found), previous, MOST_PAGE)
            self.checks.directory(entries, len(found), previous)
            found.extend(entries)
            if len(entries) < MOST_PAGE:
                break
        if not found:
            raise PageDamaged(feed=DIRECTORY, fseq=0, part="dense")
        self._write_directory(tuple(found))

    def _write_directory(self, entries: tuple[DirectoryEntry, ...]) -> None:
        faults = self._ends.store(partial(self._ends.replica.apply_directory, entries))
        listed = {entry.dseq for entry in entries if is_credit(entry.content)}
        for dseq, part in faults.items():
            _LOGGER.warning("line.entry_without_force", extra={"fields": {"dseq": dseq, "part": part}})
            # A name without force is merely not shown; the list is what somebody relies on.
            if dseq in listed:
                self.without_force[dseq] = part
        self.checks.forget_keys()

    def _find_key(self, station_id: UUID, key_id: str) -> bytes | None:
        """Return a station's key as the directory names it.

        A station that went on under a new id after a fork signs with the key it had before; until
        the directory names the new id, any key of the directory speaks for it.
        """
        replica = self._ends.replica

        def find() -> bytes | None:
            named = replica.keys_of(station_id)
            return replica.public_key(key_id) if not named or key_id in named else None

        return self._ends.store(find)


def _is_last(page: Page) -> bool:
    return page.events[-1].fseq >= page.head


def _id_of(event: PulledEvent) -> UUID | None:
    """Return the id of an event, None where its envelope gives none; the replica knows what its witness is then."""
    try:
        return UUID(json.loads(event.envelope)["event"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
