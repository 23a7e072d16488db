"""Verbs of the counter about commitments in place of certificates."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app.cli.cases import desk_of
from window_app.cli.counter import sign_in, write_whole
from window_app.cli.speech import read_day, read_object, say

if TYPE_CHECKING:
    from uuid import UUID

    from window_app.domain.commitments import Commitment
    from window_app.domain.credit import Listing
    from window_app.domain.visits import VisitDraft
    from window_app.services.commitment_files import FileEntry
    from window_app.services.commitment_offers import Offer
    from window_app.services.desk import Desk


def offer(chosen: argparse.Namespace) -> int:
    """Say what a visit or a received case may commit to; with a folder, issue the pairs, and slips that say why not."""
    if chosen.case is not None:
        with desk_of(chosen, read_only=chosen.papers is None) as desk:
            say({"case": chosen.case, "offers": _case_offers(desk, chosen.case, chosen.papers)})
        return 0
    intake = read_object(chosen.intake)
    intake.pop("attachments", None)
    desk = sign_in(chosen, clerk=intake.get("clerk"), on=read_day(intake.get("on")), may_begin=True)
    try:
        draft = desk.intake.from_json(intake)
        if chosen.papers is not None:
            desk.reception.save(draft)
        offers = [
            {"matter": matter.key, **_offer(one), **_paper(desk, draft, one, chosen.papers)}
            for matter in draft.matters
            for one in desk.commitments.drafts.offers(draft, matter.key)
        ]
        say({"visit": str(draft.visit_id), "offers": offers})
    finally:
        desk.close()
    return 0


def take(chosen: argparse.Namespace) -> int:
    """Put a signed commitment on record for what is missing of a received case."""
    from window_app.services.commitment_json import read_entry

    said = read_object(chosen.signed)
    with desk_of(chosen) as desk:
        made = read_entry(said, chosen.material, desk.clock.now(), desk.session.clerk)
        file = desk.commitments.cases.take(chosen.number, chosen.material, made)
        found = [one for one in desk.commitments.files.of_case(file) if one.material == chosen.material]
        say({"case": file.state.number, "complete_on": file.state.completed_on, "commitments": _all(found)})
    return 0


def withdraw(chosen: argparse.Namespace) -> int:
    """Withdraw a commitment before the case has ended, and write the notice of what is missing."""
    with desk_of(chosen) as desk:
        gone = desk.commitments.cases.withdraw(chosen.number, chosen.material, chosen.reason)
        written = [] if gone.notice is None else [_written(desk, gone.notice, chosen.out)]
        say({"case": gone.file.state.number, "commitment": as_json(gone.commitment), "documents": written})
    return 0


def file(chosen: argparse.Namespace) -> int:
    """Say what a person committed to in whatever case, and her standing on the list."""
    with desk_of(chosen, read_only=True) as desk:
        found = desk.commitments.files.of_number(chosen.number)
    say(
        {
            "refused": bool(found.refusing),
            "listings": [_listing(one) for one in found.listings],
            "commitments": [_entry(one) for one in found.entries],
        }
    )
    return 0


def listed(chosen: argparse.Namespace) -> int:
    """Say which commitments this store knows."""
    with desk_of(chosen, read_only=True) as desk:
        rows = desk.commitments.files.rows(to_verify=chosen.to_verify)
        cases = {row.case_id: desk.commitments.files.case(row) for row in rows}
    say(
        {
            "commitments": [
                {
                    "commitment": str(row.commitment_id),
                    "case": None if (case := cases[row.case_id]) is None else case.number,
                    "code": row.code,
                    "material": row.material,
                    "state": row.state,
                    "made_on": row.made_on,
                    "due_on": row.due_on,
                    "to_verify": row.to_verify,
                    "own": row.own,
                    "faults": row.faults,
                }
                for row in rows
            ]
        }
    )
    return 0


def as_json(one: "Commitment") -> dict[str, Any]:
    """Return a commitment as JSON says it."""
    return {
        "commitment": str(one.commitment_id),
        "code": one.code,
        "material": one.material,
        "state": one.state.value,
        "made_on": one.made_on,
        "verification": one.verification.value,
        "due_on": one.due_on,
        "signer": one.signer.value,
        "signature": one.signature.value,
        "paper": one.paper or None,
        "wording": one.wording,
        "stands": one.stands,
        "withdrawn_on": one.withdrawn_on,
        "outcome": None if one.outcome is None else one.outcome.value,
        "decision_number": one.decision_number or None,
        "articles": [dict(each) for each in one.articles],
        "objection": one.objection.value or None,
        "list": None if one.list_standing is None else one.list_standing.value,
        "faults": [{"event": str(fault.event_id), "reason": fault.code.value} for fault in one.faults],
    }


def _case_offers(desk: "Desk", number: str, out: Path | None) -> list[dict[str, Any]]:
    told = []
    for one in desk.commitments.cases.offers_of(number):
        said = _offer(one)
        if out is not None and one.open:
            said["paper"] = _written(desk, desk.commitments.cases.issue(number, one.material).paper_id, out)
        told.append(said)
    return told


def _paper(desk: "Desk", draft: "VisitDraft", one: "Offer", out: Path | None) -> dict[str, Any]:
    """Issue the pair of an open offer, or the slip that says why it is not open."""
    if out is None or one.pair is None:
        return {}
    told = [each for each in one.exclusions if not each.missing]
    if one.open:
        record = desk.commitments.issuing.pair(draft, one.matter_key, one.material)
    elif told:
        record = desk.commitments.issuing.refusal(draft, one.matter_key, one.material)
    else:
        return {}
    return {"paper": _written(desk, record.paper_id, out)}


def _written(desk: "Desk", paper_id: "UUID", out: Path | None) -> dict[str, Any]:
    record = desk.papers.get(paper_id).record
    said: dict[str, Any] = {"kind": record.kind, "number": record.number}
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{record.number}-{record.kind}.pdf"
        write_whole(path, desk.papers.pdf(paper_id))
        said["file"] = str(path)
    return said


def _offer(one: "Offer") -> dict[str, Any]:
    definition = one.definition
    return {
        "material": one.material,
        "title": dict(one.title),
        "code": definition.code,
        "certificate": dict(definition.certificate),
        "verification": definition.verification.value,
        "open": one.open,
        "choice": None if one.chosen is None else one.chosen.choice,
        "counts": one.counts,
        "wording": one.wording,
        "exclusions": [
            {"code": each.code, "reason": dict(each.reason), "repair": dict(each.repair), "row": each.row}
            for each in one.exclusions
        ],
    }


def _entry(entry: "FileEntry") -> dict[str, Any]:
    case = entry.case
    return {
        "case": None if case is None else case.number,
        "certificate": dict(entry.title),
        **as_json(entry.commitment),
        "made_while_listed": [_listing(one) for one in entry.while_listed],
    }


def _all(found: "list[Commitment]") -> list[dict[str, Any]]:
    return [as_json(one) for one in found]


def _listing(one: "Listing") -> dict[str, Any]:
    return {
        "since": one.since,
        "until": one.until,
        "standing": one.standing.value,
        "decision_number": one.decision_number,
        "office": one.office,
        "articles": [dict(each) for each in one.articles],
    }
