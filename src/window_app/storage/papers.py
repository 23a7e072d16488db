"""Papers: their records, how far each has come, and their PDFs by content."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_keep

from window_app.domain.events import canonical_bytes, digest
from window_app.domain.papers import PaperRecord, PaperState, StoredPaper
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.envelopes import read_body
from window_app.storage.schema import body_table, case_table, paper_table, pdf_table

_P, _B = paper_table.c, body_table.c
_COLUMNS = (_P.heading, _P.content, _B.content, _P.state, _P.pdf_digest, _P.reprints)
_WITH_CONTENT = paper_table.outerjoin(body_table, _P.issued == _B.position)
_WRITTEN = ("paper_id", "visit_id", "case_id", "number", "state", "heading", "issued", "content")
_INSERT = Statement(insert(paper_table).values({name: bindparam(name) for name in _WRITTEN}))
_SET_STATE = Statement(update(paper_table).where(_P.paper_id == bindparam("paper")).values(state=bindparam("now")))
_SET_PDF = Statement(
    update(paper_table)
    .where(_P.paper_id == bindparam("paper"), _P.pdf_digest.is_(None))
    .values(pdf_digest=bindparam("found"))
)
_COUNT_REPRINT = Statement(
    update(paper_table).where(_P.paper_id == bindparam("paper")).values(reprints=_P.reprints + 1)
)
_KEEP_PDF = Statement(
    insert_or_keep(pdf_table).values(digest=bindparam("digest"), content=bindparam("content")).on_conflict_do_nothing()
)
_ONE = Statement(select(*_COLUMNS).select_from(_WITH_CONTENT).where(_P.paper_id == bindparam("paper")))
_OF_VISIT = Statement(
    select(*_COLUMNS).select_from(_WITH_CONTENT).where(_P.visit_id == bindparam("visit")).order_by(_P.position)
)
_OF_CASE = Statement(
    select(*_COLUMNS)
    .select_from(_WITH_CONTENT)
    .where(
        _P.visit_id == select(case_table.c.visit_id).where(case_table.c.case_id == bindparam("case")).scalar_subquery(),
        _P.case_id == bindparam("case"),
    )
    .order_by(_P.position)
)
_OF_NO_CASE = Statement(
    select(*_COLUMNS)
    .select_from(_WITH_CONTENT)
    .where(_P.case_id.is_(None), _P.number == bindparam("number"))
    .order_by(_P.position)
)
_UNSETTLED = Statement(
    select(*_COLUMNS).select_from(_WITH_CONTENT).where(_P.state != "confirmed").order_by(_P.position)
)
_NEWEST = Statement(
    select(*_COLUMNS, _P.position)
    .select_from(_WITH_CONTENT)
    .where(_P.position < bindparam("before"))
    .order_by(_P.position.desc())
    .limit(bindparam("most"))
)
_PAGE = 200
_PAST_ALL = 2**62
_PDF = Statement(
    select(pdf_table.c.content)
    .select_from(paper_table.join(pdf_table, _P.pdf_digest == pdf_table.c.digest))
    .where(_P.paper_id == bindparam("paper"))
)


def add_paper(database: Database, record: PaperRecord, issued: int | None) -> None:
    """Keep a paper's record in state ISSUED; `issued` is the place of the event whose body holds its content."""
    database.run(
        _INSERT,
        {
            "paper_id": record.paper_id.bytes,
            "visit_id": record.visit_id.bytes,
            "case_id": None if record.case_id is None else record.case_id.bytes,
            "number": record.number,
            "state": PaperState.ISSUED,
            "heading": _heading(record),
            "issued": issued,
            "content": canonical_bytes(record.content) if issued is None else None,
        },
    )


def set_state(database: Database, paper_id: UUID, state: PaperState) -> None:
    """Move a paper on.

    Raises:
        KeyError: where this store does not know it.
    """
    if not database.run(_SET_STATE, {"paper": paper_id.bytes, "now": state}):
        raise KeyError(paper_id)


def store_pdf(database: Database, paper_id: UUID, pdf: bytes) -> str:
    """Keep a paper's PDF once and return the digest of the one that is kept.

    Raises:
        KeyError: where this store does not know the paper.
    """
    kept = get_paper(database, paper_id).pdf_digest
    if kept is not None:
        return kept
    found = digest(pdf)
    database.run(_KEEP_PDF, {"digest": bytes.fromhex(found), "content": pdf})
    database.run(_SET_PDF, {"paper": paper_id.bytes, "found": bytes.fromhex(found)})
    return found


def count_reprint(database: Database, paper_id: UUID) -> int:
    """Count one reprint and return its number, from 1.

    Raises:
        KeyError: where this store does not know the paper.
    """
    database.run(_COUNT_REPRINT, {"paper": paper_id.bytes})
    return get_paper(database, paper_id).reprints


def get_paper(database: Database, paper_id: UUID) -> StoredPaper:
    """Return a paper.

    Raises:
        KeyError: where this store does not know it.
    """
    row = database.one(_ONE, {"paper": paper_id.bytes})
    if row is None:
        raise KeyError(paper_id)
    return _paper(row)


def papers_of(database: Database, *, case_id: UUID | None, visit_id: UUID | None) -> tuple[StoredPaper, ...]:
    """Return the papers of a case or of a visit, in order of issue."""
    if case_id is not None:
        rows = database.rows(_OF_CASE, {"case": case_id.bytes})
    elif visit_id is not None:
        rows = database.rows(_OF_VISIT, {"visit": visit_id.bytes})
    else:
        raise ValueError("papers of a case or of a visit")
    return tuple(_paper(row) for row in rows)


def papers_of_no_case(database: Database, number: str) -> tuple[StoredPaper, ...]:
    """Return the papers that belong to no case and carry a number: the slip of a visit."""
    return tuple(_paper(row) for row in database.rows(_OF_NO_CASE, {"number": number}))


def unsettled(database: Database) -> tuple[StoredPaper, ...]:
    """Return papers nobody has yet said came out."""
    return tuple(_paper(row) for row in database.rows(_UNSETTLED))


def issued_between(database: Database, first: datetime, until: datetime) -> tuple[StoredPaper, ...]:
    """Return the papers issued from an instant on and before another, in order of issue."""
    found: list[StoredPaper] = []
    before = _PAST_ALL
    while rows := database.rows(_NEWEST, {"before": before, "most": _PAGE}):
        before = rows[-1][-1]
        papers = [_paper(row[:-1]) for row in rows]
        found += [paper for paper in papers if first <= paper.record.issued_at < until]
        if papers[-1].record.issued_at < first:
            break
    return tuple(reversed(found))


def find_pdf(database: Database, paper_id: UUID) -> bytes | None:
    """Return the stored PDF of a paper."""
    row = database.one(_PDF, {"paper": paper_id.bytes})
    return None if row is None else bytes(row[0])


def _heading(record: PaperRecord) -> bytes:
    """Return a record but for its content."""
    return canonical_bytes(
        {
            "paper_id": str(record.paper_id),
            "kind": record.kind,
            "number": record.number,
            "case_id": None if record.case_id is None else str(record.case_id),
            "visit_id": str(record.visit_id),
            "issued_at": record.issued_at.isoformat(),
            "content_salt": record.content_salt,
            "key_id": record.key_id,
            "signature": record.signature,
            "practice": record.practice,
        }
    )


def _record(heading: bytes, content: Mapping[str, Any]) -> PaperRecord:
    said: Mapping[str, Any] = json.loads(heading)
    return PaperRecord(
        paper_id=UUID(said["paper_id"]),
        kind=said["kind"],
        number=said["number"],
        case_id=None if said["case_id"] is None else UUID(said["case_id"]),
        visit_id=UUID(said["visit_id"]),
        issued_at=datetime.fromisoformat(said["issued_at"]),
        content=content,
        content_salt=said["content_salt"],
        key_id=said["key_id"],
        signature=said["signature"],
        practice=said["practice"],
    )


def _content(kept: bytes | None, body: bytes | None) -> Mapping[str, Any]:
    """Return what a paper says; nothing once the body of its event was erased by law."""
    if kept is not None:
        alone: Mapping[str, Any] = json.loads(kept)
        return alone
    if body is None:
        return {}
    said = read_body(body)["content"]
    return said if isinstance(said, Mapping) else {}


def _paper(row: Row) -> StoredPaper:
    heading, kept, body, state, pdf_digest, reprints = row
    record = _record(heading, _content(kept, body))
    return StoredPaper(record, PaperState(state), None if pdf_digest is None else pdf_digest.hex(), reprints)
