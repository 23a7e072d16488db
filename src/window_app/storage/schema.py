"""The tables of the local store. Events are what is true; `PROJECTIONS` can be made anew from them."""

from sqlalchemy import DDL, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, event, text

metadata = MetaData()

# One row per event, in the order in which this store learnt of it. A station's own events have
# no place in a feed until the centre confirms them. `lseq` is empty where another event stands at
# that place of its station already: one of the two came of a cloned disk.
event_table = Table(
    "event",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("event_id", LargeBinary, nullable=False),
    Column("stream_kind", Text, nullable=False),
    Column("stream_id", LargeBinary, nullable=False),
    Column("type", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("station_id", LargeBinary, nullable=False),
    Column("lseq", Integer),
    Column("feed", Text),
    Column("fseq", Integer),
    Column("occurred_at", Integer, nullable=False),
    Column("chain_hash", LargeBinary, nullable=False),
    Column("body_digest", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
)
Index("event_by_station", event_table.c.station_id, event_table.c.lseq, unique=True)
# An event belongs to one stream for good, so this index also keeps one from being written twice.
Index("event_by_stream", event_table.c.stream_id, event_table.c.event_id, unique=True)
Index(
    "event_by_feed",
    event_table.c.feed,
    event_table.c.fseq,
    unique=True,
    sqlite_where=event_table.c.fseq.is_not(None),
)

# Bodies and erasures come with nothing but the id. Own events stay out until they are confirmed, so
# that receiving does not pay for it.
Index("event_by_id", event_table.c.event_id, sqlite_where=event_table.c.fseq.is_not(None))

# An event that was sealed twice, since its station went on under a new identity: the seal that the
# feed does not hold. A chain must stay whole, to be handed in again to a centre that was set back.
other_seal_table = Table(
    "other_seal",
    metadata,
    Column("station_id", LargeBinary, primary_key=True),
    Column("lseq", Integer, primary_key=True),
    Column("chain_hash", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("position", Integer, ForeignKey("event.position"), nullable=False),
)
Index("other_seal_by_position", other_seal_table.c.position)

# What came in a page and could not be taken for an event, byte for byte, for a person or a newer
# program. `fseq` is set where it holds a place of the feed.
set_apart_table = Table(
    "set_apart",
    metadata,
    Column("station_id", LargeBinary, primary_key=True),
    Column("lseq", Integer, primary_key=True),
    Column("chain_hash", LargeBinary, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("feed", Text),
    Column("fseq", Integer),
    Column("envelope", LargeBinary, nullable=False),
    Column("body", LargeBinary),
    Column("noticed_at", Text, nullable=False, server_default=text("''")),
    Column("seen_at", Text, nullable=False, server_default=text("''")),
)

# The salted bytes authored, apart from the envelope, so that they can be erased by law.
body_table = Table(
    "body",
    metadata,
    Column("position", Integer, ForeignKey("event.position"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# Own events beyond the last one that the centre confirmed are the outbox: none can be forgotten.
# A row stands here only for what was tried and did not end well; without one an event is waiting.
outbox_table = Table(
    "outbox",
    metadata,
    Column("lseq", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

# How far a feed is followed, and where this replica began it: 0 or a checkpoint.
feed_table = Table(
    "feed",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("after", Integer, nullable=False),
    Column("witness", LargeBinary),
    Column("base", Integer, nullable=False),
    Column("base_witness", LargeBinary),
    sqlite_with_rowid=False,
)

# What this replica counted of a feed, by station, and the XOR of the marks of their places; `base_…` is what the
# checkpoint said.
feed_count_table = Table(
    "feed_count",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("station_id", LargeBinary, primary_key=True),
    Column("events", Integer, nullable=False),
    Column("last_lseq", Integer, nullable=False),
    Column("last_link", Text, nullable=False),
    Column("places", Integer, nullable=False),
    Column("base_events", Integer, nullable=False, server_default=text("0")),
    Column("base_lseq", Integer, nullable=False, server_default=text("0")),
    Column("base_link", Text, nullable=False, server_default=text("''")),
    Column("base_places", Integer, nullable=False, server_default=text("0")),
    sqlite_with_rowid=False,
)

# The directory as signed, and what is looked up in it all the time.
directory_table = Table(
    "directory_entry",
    metadata,
    Column("dseq", Integer, primary_key=True),
    Column("previous", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("signature", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
)
Index("directory_by_subject", directory_table.c.kind, directory_table.c.subject, directory_table.c.dseq)

known_station_table = Table(
    "known_station",
    metadata,
    Column("station_id", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("status", Text, nullable=False),
)

known_key_table = Table(
    "known_key",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("public", LargeBinary, nullable=False),
    Column("station_id", LargeBinary),
    Column("revoked", Integer, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_until", Text, nullable=False),
)
Index("known_key_by_station", known_key_table.c.station_id)

# Events whose bodies were erased by law: none of them is kept again, whoever sends it.
erased_table = Table(
    "erased",
    metadata,
    Column("event_id", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)

# Small things that change with every transaction: head of the chain, serials, cursors, epoch.
station_state_table = Table(
    "station_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What is set at enrolment: the station, its secrets, particulars of the hall.
meta_table = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# `position` is dense, so that the list of cases can be counted and jumped into without a scan.
case_table = Table(
    "case_current",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("case_id", LargeBinary, nullable=False),
    Column("visit_id", LargeBinary),
    Column("matter_key", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("respondent", Text, nullable=False),
    Column("parties", Text, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("due_on", Text),
    Column("state", Text, nullable=False),
    Column("own", Integer, nullable=False),
    Column("last_lseq", Integer, nullable=False),
    Column("office", Text, nullable=False),
    Column("acknowledged", Integer, nullable=False),
    Column("claimed_by", Text, nullable=False),
    Column("decision_number", Text, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("confidential", Integer, nullable=False),
    Column("fields_prefilled", Integer, nullable=False),
    Column("materials_reused", Integer, nullable=False),
)
Index("case_by_id", case_table.c.case_id, unique=True)
Index("case_by_number", case_table.c.number_key)
# A matter of a visit is taken in once, which the unit of work sees to. It can stand here twice all
# the same, where a cloned disk took it in as well.
Index("case_by_visit", case_table.c.visit_id, case_table.c.matter_key, sqlite_where=case_table.c.own == text("1"))
# An office works on what others received; a receiving of one's own pays nothing for these.
Index(
    "case_by_office",
    case_table.c.office,
    case_table.c.due_on,
    sqlite_where=text("own = 0 AND state NOT IN ('closed', 'voided')"),
)
Index("case_conflicting", case_table.c.position, sqlite_where=case_table.c.conflicts > text("0"))
Index(
    "case_to_forget",
    case_table.c.case_id,
    sqlite_where=text("confidential = 1 AND own = 1 AND opened = 1 AND acknowledged = 1"),
)

# What a paper says stands once in this store: in the body of the event that issued it, and in
# `content` only where no event of this store issued it.
paper_table = Table(
    "paper",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("paper_id", LargeBinary, nullable=False),
    Column("visit_id", LargeBinary, nullable=False),
    Column("case_id", LargeBinary),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reprints", Integer, nullable=False, server_default=text("0")),
    Column("pdf_digest", LargeBinary, ForeignKey("pdf.digest")),
    Column("heading", LargeBinary, nullable=False),
    Column("issued", Integer, ForeignKey("event.position")),
    Column("content", LargeBinary),
)
Index("paper_by_id", paper_table.c.paper_id, unique=True)
Index("paper_by_visit", paper_table.c.visit_id)
Index("paper_of_no_case", paper_table.c.number, sqlite_where=paper_table.c.case_id.is_(None))
Index("paper_unsettled", paper_table.c.position, sqlite_where=paper_table.c.state != text("'confirmed'"))

pdf_table = Table(
    "pdf",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

draft_table = Table(
    "draft",
    metadata,
    Column("visit_id", LargeBinary, primary_key=True),
    Column("opened_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Attachments whose sealed pieces lie beside this file: own ones (`own` 1) until the centre has held them whole for a
# while, others' (`own` 0) for a while after they were fetched. `pieces` are digests of 32 bytes each.
attachment_table = Table(
    "attachment",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("pieces", LargeBinary, nullable=False),
    Column("own", Integer, nullable=False),
    Column("sent", Integer, nullable=False, server_default=text("0")),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("whole_at", Text),
    Column("dropped", Integer, nullable=False, server_default=text("0")),
)
Index("attachment_open", attachment_table.c.digest, sqlite_where=text("own = 1 AND whole_at IS NULL AND dropped = 0"))

# The own events that state an attachment: one for each case of a visit that calls for the material.
attachment_event_table = Table(
    "attachment_event",
    metadata,
    Column("digest", LargeBinary, ForeignKey("attachment.digest"), primary_key=True),
    Column("position", Integer, ForeignKey("event.position"), primary_key=True),
    sqlite_with_rowid=False,
)

definition_set_table = Table(
    "definition_set",
    metadata,
    Column("content_hash", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sent", Integer, nullable=False, server_default=text("0")),
)

# Sets that events of others name and that this store does not hold yet.
unknown_set_table = Table(
    "unknown_set",
    metadata,
    Column("content_hash", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# What is due and what was; the texts stay in the bodies of the events, `said_by` names which.
due_table = Table(
    "due_item",
    metadata,
    Column("due_id", LargeBinary, primary_key=True),
    Column("stream_kind", Text, nullable=False),
    Column("stream_id", LargeBinary, nullable=False),
    Column("case_id", LargeBinary),
    Column("visit_id", LargeBinary),
    Column("cause", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("owner_kind", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("owner_station", LargeBinary),
    Column("here", Integer, nullable=False),
    Column("own", Integer, nullable=False),
    Column("due_on", Text),
    Column("opened_at", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("station_id", LargeBinary, nullable=False),
    Column("last_event", LargeBinary, nullable=False),
    Column("said_by", LargeBinary, nullable=False),
    Column("result", Text, nullable=False),
    Column("settled_at", Text),
    Column("settled_by", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("due_by_stream", due_table.c.stream_id)
Index("due_by_case", due_table.c.case_id)
Index("due_open", due_table.c.due_on, sqlite_where=due_table.c.result == text("''"))

PROJECTIONS = (case_table, due_table)

SEARCH_TABLE = "case_search"
# The ascii tokenizer splits at spaces alone and keeps every character beyond ASCII; unicode61
# drops those that Unicode 6.1 did not know, among them the rare characters of names.
CREATE_SEARCH = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5(terms, content='', contentless_delete=1, tokenize='ascii')"
)
event.listen(metadata, "after_create", DDL(CREATE_SEARCH))  # type: ignore[no-untyped-call]  # as SQLAlchemy has it
