"""The links among parties as the tables hold them: everything that hangs together."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from window_app.storage.engine import Database, Statement
from window_app.storage.event_log import as_list, listed
from window_app.storage.party_schema import party_merge_table

_M = party_merge_table.c
_AT = Statement(
    select(_M.event_id, _M.one, _M.other, _M.undone).where(
        _M.one.is_not(None), or_(_M.one.in_(listed("parties")), _M.other.in_(listed("parties")))
    )
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two parties."""

    event_id: UUID
    one: UUID
    other: UUID
    undone: bool


def links_among(database: Database, parties: Iterable[UUID]) -> tuple[Link, ...]:
    """Return all links of parties, of those they lead to, and so on; also those taken away."""
    found: dict[UUID, Link] = {}
    wanted, seen = set(parties), set[UUID]()
    while wanted:
        seen |= wanted
        rows = database.rows(_AT, {"parties": as_list(party.bytes for party in wanted)})
        wanted = set()
        for event_id, one, other, undone in rows:
            link = Link(UUID(bytes=event_id), UUID(bytes=one), UUID(bytes=other), bool(undone))
            found[link.event_id] = link
            wanted.update({link.one, link.other} - seen)
    return tuple(sorted(found.values(), key=lambda link: link.event_id.int))
