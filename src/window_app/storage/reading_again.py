"""What was set apart, looked at again: a newer release may read it, a rebuild may fold it."""

from collections.abc import Collection
from uuid import UUID

from window_app.domain.fold import case_of
from window_app.domain.line import PulledEvent
from window_app.storage import incoming, setting_apart
from window_app.storage.applying import PageWriter
from window_app.storage.authors import Authors, Own
from window_app.storage.engine import Database


def read_again(database: Database, own: Own) -> int:
    """Take in what an earlier release could not read and this one can, at its place; return how many events.

    The caller holds the transaction. What lost its place, since the centre was set back, comes in a page.
    """
    found: dict[str, list[PulledEvent]] = {}
    for feed, pulled in setting_apart.kept(database, setting_apart.UNREADABLE):
        if feed is not None and incoming.read(pulled) is not None:
            found.setdefault(feed, []).append(pulled)
    for feed, events in found.items():
        setting_apart.mended(database, setting_apart.UNREADABLE, map(_place, events))
        PageWriter(database, own, feed).write(events, incoming.Understood.of(events))
    return sum(map(len, found.values()))


def fold_again(database: Database, own: Own, unfolded: Collection[UUID]) -> None:
    """Take away what was set apart for cases that fold by now; the caller holds the transaction."""
    authors = Authors(database, own)
    folded = []
    for _, pulled in setting_apart.kept(database, setting_apart.FOLD):
        read = incoming.read(pulled)
        if read is not None and case_of(read.event(None, authors)) not in unfolded:
            folded.append(_place(pulled))
    setting_apart.mended(database, setting_apart.FOLD, folded)


def _place(pulled: PulledEvent) -> tuple[bytes, int, bytes]:
    return pulled.station_id.bytes, pulled.lseq, bytes.fromhex(pulled.link)
