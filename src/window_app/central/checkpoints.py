"""Where a new installation begins a feed: one consistent look at it, signed by the root key."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from window_app.central.connecting import CentreFailed, Connection, one
from window_app.domain.events import canonical_bytes
from window_app.domain.line import Checkpoint

_ENDED = ["closed", "voided"]
_LINK = (
    "SELECT e.event_id, substr(b.links, ((e.lseq - b.first_lseq) * 32 + 1)::integer, 32)"
    " FROM centre.event e JOIN centre.batch b ON b.station_id = e.station_id AND b.last_lseq = e.batch_last"
    " WHERE e.feed_id = %s AND e.fseq = %s"
)


def make_checkpoint(connection: Connection, root: Ed25519PrivateKey, feed: str, at: datetime) -> Checkpoint:
    """Sign and keep the present state of a feed; the connection's transaction must see one state.

    Raises:
        CentreFailed: `central.no_feed`.
    """
    found = one(connection, "SELECT head FROM centre.feed WHERE feed_id = %s", feed)
    if found is None:
        raise CentreFailed("central.no_feed", feed=feed)
    head = int(found[0])
    last = one(connection, _LINK, feed, head) if head else None
    counts = connection.execute(
        "SELECT station_id, events, last_lseq, last_link, places FROM centre.feed_count"
        " WHERE feed_id = %s ORDER BY station_id",
        (feed,),
    )
    cases = connection.execute(
        "SELECT case_id FROM centre.case_current WHERE feed_id = %s AND state <> ALL (%s) ORDER BY case_id",
        (feed, _ENDED),
    )
    content = canonical_bytes(
        {
            "feed": feed,
            "fseq": head,
            "link": "" if last is None else last[1].hex(),
            "event_id": None if last is None else str(last[0]),
            "at": at.isoformat(),
            "counts": [[str(station), many, lseq, link.hex(), places] for station, many, lseq, link, places in counts],
            "open_cases": [str(case_id) for (case_id,) in cases],
        }
    )
    made = Checkpoint(content, root.sign(content).hex())
    connection.execute(
        "INSERT INTO centre.checkpoint (feed_id, fseq, content, signature) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (feed_id, fseq) DO UPDATE SET content = excluded.content, signature = excluded.signature",
        (feed, head, made.content, made.signature),
    )
    return made
