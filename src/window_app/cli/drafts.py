"""Verbs about visits that were put aside: list them, look at one, discard it, hand it to a colleague."""

import argparse
from typing import TYPE_CHECKING, Any
from uuid import UUID

from window_app.cli.cases import desk_of
from window_app.cli.speech import say

if TYPE_CHECKING:
    from window_app.domain.visits import DraftSummary, VisitDraft
    from window_app.services.desk import Desk


def listed(chosen: argparse.Namespace) -> int:
    """Say which visits wait on this machine, last changed first."""
    with desk_of(chosen, read_only=True) as desk:
        current = desk.definitions.content_hash
        say({"drafts": [_line(one, current) for one in desk.reception.drafts()]})
    return 0


def show(chosen: argparse.Namespace) -> int:
    """Say what a draft holds, as an intake that `receive` takes, and what is still missing from it.

    What was said in confidence is not written out: neither answers nor names of a report.
    """
    with desk_of(chosen, read_only=True) as desk:
        draft = _draft(desk, chosen.visit)
        summary = next(one for one in desk.reception.drafts() if one.visit_id == draft.visit_id)
        told = _line(summary, desk.definitions.content_hash)
        if draft.reports:
            say({**told, "confidential": True, "intake": None, "problems": None})
            return 0
        problems = [
            {"section": one.section, "record": one.index, "field": one.field, "problem": one.code}
            for one in desk.receiving.ready(draft)
        ]
        say({**told, "confidential": False, "intake": desk.intake.to_json(draft), "problems": problems})
    return 0


def discard(chosen: argparse.Namespace) -> int:
    """Remove a draft, with the reason on record."""
    with desk_of(chosen) as desk:
        draft = _draft(desk, chosen.visit)
        desk.reception.discard(draft.visit_id, chosen.reason)
    say({"visit": str(draft.visit_id), "discarded": True})
    return 0


def hand_over(chosen: argparse.Namespace) -> int:
    """Store a draft for a colleague of this counter."""
    with desk_of(chosen) as desk:
        handed = desk.drafting.hand_over(_draft(desk, chosen.visit), chosen.to, chosen.remark)
        waiting = handed.handed_over
    say({"visit": str(handed.visit_id), "from": waiting.by if waiting else "", "to": chosen.to})
    return 0


def _draft(desk: "Desk", typed: str) -> "VisitDraft":
    """Return a draft by its id.

    Raises:
        NoSuchDraft: there is none of it, or it is no id.
    """
    from window_app.services.reception import NoSuchDraft

    try:
        return desk.reception.resume(UUID(typed))
    except ValueError:
        raise NoSuchDraft() from None


def _line(one: "DraftSummary", current: str) -> dict[str, Any]:
    waiting = one.handed_over
    handed = None if waiting is None else {"from": waiting.by, "to": waiting.to, "at": waiting.at.isoformat()}
    return {
        "visit": str(one.visit_id),
        "visitor": one.visitor,
        "matters": list(one.matters),
        "opened_at": one.opened_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "owner": one.owner,
        "handed_over": handed,
        "outdated": bool(one.definition_set) and one.definition_set != current,
    }
