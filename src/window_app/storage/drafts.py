"""Drafts of visits, written through while typing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.attachments import DraftAttachment
from window_app.domain.commitment_drafts import commitment_json, read_commitment
from window_app.domain.drafts import HandOver, KeptAnswer
from window_app.domain.events import Attachment, canonical_bytes
from window_app.domain.fold import parties_in
from window_app.domain.outage import OutageForm
from window_app.domain.visits import DraftSummary, MaterialState, MaterialTick, MatterDraft, VisitDraft
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import draft_table

_D = draft_table.c
_insert = insert(draft_table).values({column.name: bindparam(column.name) for column in draft_table.columns})
_SAVE = Statement(
    _insert.on_conflict_do_update(
        index_elements=["visit_id"],
        set_={"changed_at": _insert.excluded.changed_at, "content": _insert.excluded.content},
    )
)
_DROP = Statement(delete(draft_table).where(_D.visit_id == bindparam("visit")))
_ONE = Statement(select(_D.content).where(_D.visit_id == bindparam("visit")))
_ALL = Statement(select(_D.content, _D.changed_at).order_by(_D.changed_at.desc(), _D.visit_id.desc()))


def save_draft(database: Database, draft: VisitDraft, at: datetime) -> None:
    """Write a draft inside the open transaction."""
    database.run(
        _SAVE,
        {
            "visit_id": draft.visit_id.bytes,
            "opened_at": draft.opened_at.isoformat(),
            "changed_at": at.isoformat(),
            "content": draft_bytes(draft),
        },
    )


def drop_draft(database: Database, visit_id: UUID) -> None:
    """Remove a draft inside the open transaction."""
    database.run(_DROP, {"visit": visit_id.bytes})


def find_draft(database: Database, visit_id: UUID) -> VisitDraft | None:
    """Return a draft."""
    row = database.one(_ONE, {"visit": visit_id.bytes})
    return None if row is None else read_draft(row[0])


def summaries(database: Database) -> tuple[DraftSummary, ...]:
    """Return the drafts, last changed first."""
    return tuple(_summary(read_draft(content), changed_at) for content, changed_at in database.rows(_ALL))


def draft_bytes(draft: VisitDraft) -> bytes:
    """Return a draft as the bytes that are kept."""
    return canonical_bytes(
        {
            "visit_id": str(draft.visit_id),
            "opened_at": draft.opened_at.isoformat(),
            "facts": draft.facts,
            "answers": draft.answers,
            "materials": {code: [tick.state, tick.copies, tick.remark] for code, tick in draft.materials.items()},
            "matters": [_matter(matter) for matter in draft.matters],
            "definition_set": draft.definition_set,
            "note": draft.note,
            "attachments": [_attached(one) for one in draft.attachments],
            "outage": None if draft.outage is None else asdict(draft.outage),
            "reused": draft.reused,
            "links": draft.links,
            "repeats": draft.repeats,
            "owner": draft.owner,
            "handed_over": _handed(draft.handed_over),
            "kept": [asdict(one) for one in draft.kept],
        }
    )


def read_draft(content: bytes) -> VisitDraft:
    """Return the draft of kept bytes."""
    said = json.loads(content)
    return VisitDraft(
        visit_id=UUID(said["visit_id"]),
        opened_at=datetime.fromisoformat(said["opened_at"]),
        facts=said["facts"],
        answers=said["answers"],
        materials={
            code: MaterialTick(MaterialState(state), copies, remark)
            for code, (state, copies, remark) in said["materials"].items()
        },
        matters=tuple(_read_matter(matter) for matter in said["matters"]),
        definition_set=said["definition_set"],
        note=said["note"],
        attachments=tuple(_read_attached(one) for one in said.get("attachments", ())),
        outage=OutageForm(**said["outage"]) if said.get("outage") else None,
        reused=said.get("reused", {}),
        links=said.get("links", {}),
        repeats=said.get("repeats", {}),
        owner=said.get("owner", ""),
        handed_over=_read_handed(said.get("handed_over")),
        kept=tuple(KeptAnswer(**one) for one in said.get("kept", ())),
    )


def every(database: Database) -> tuple[VisitDraft, ...]:
    """Return all drafts."""
    return tuple(read_draft(content) for content, _ in database.rows(_ALL))


def _matter(matter: MatterDraft) -> list[Any]:
    told = [matter.key, matter.facts, matter.route, matter.override_reason, matter.answers, matter.calculations]
    chosen = {material: commitment_json(one) for material, one in matter.commitments.items()}
    return [*told, chosen] if chosen else told


def _read_matter(said: list[Any]) -> MatterDraft:
    """Return a matter; drafts of an older program say less of it."""
    told, chosen = said[:6], said[6] if len(said) > 6 else {}
    commitments = {material: read_commitment(one) for material, one in chosen.items()}
    return replace(MatterDraft(*told), commitments=commitments)


def _attached(one: DraftAttachment) -> list[Any]:
    file = one.file
    told = [file.digest, file.size, file.media_type, file.pieces]
    return [one.material, told, one.key, one.name, one.size, one.pages, one.content]


def _read_attached(said: list[Any]) -> DraftAttachment:
    material, (digest, size, media_type, pieces), *rest = said
    return DraftAttachment(material, Attachment(digest, size, media_type, tuple(pieces)), *rest)


def _summary(draft: VisitDraft, changed_at: str) -> DraftSummary:
    return DraftSummary(
        visit_id=draft.visit_id,
        opened_at=draft.opened_at,
        changed_at=datetime.fromisoformat(changed_at),
        visitor="" if draft.reports else _applicant(draft),
        matters=tuple(_kind(matter.facts) for matter in draft.matters),
        owner=draft.owner,
        handed_over=draft.handed_over,
        definition_set=draft.definition_set,
    )


def _handed(handed: HandOver | None) -> dict[str, Any] | None:
    return None if handed is None else {**asdict(handed), "at": handed.at.isoformat()}


def _read_handed(said: dict[str, Any] | None) -> HandOver | None:
    return None if said is None else HandOver(**{**said, "at": datetime.fromisoformat(said["at"])})


def _applicant(draft: VisitDraft) -> str:
    return next((party.name for party in parties_in(draft.answers) if party.role == "applicant"), "")


def _kind(facts: Mapping[str, Any]) -> str:
    return str(facts.get("matter_kind") or "")
