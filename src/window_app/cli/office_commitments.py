"""Verbs of an office about commitments in place of certificates."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from window_app.cli.cases import desk_of
from window_app.cli.speech import say
from window_app.errors import WindowAppError

if TYPE_CHECKING:
    from window_app.domain.credit import Listing
    from window_app.services.clerk_names import ClerkNames
    from window_app.services.commitment_review import ReviewFile, ReviewRow
    from window_app.services.commitment_rulings import CommitmentRulings
    from window_app.services.desk import Desk


@contextmanager
def _rulings_of(chosen: argparse.Namespace, *, read_only: bool = False) -> "Iterator[tuple[Desk, CommitmentRulings]]":
    with desk_of(chosen, read_only=read_only) as desk:
        if desk.commitment_rulings is None:
            raise WindowAppError("office.counter_station")
        yield desk, desk.commitment_rulings


def listed(chosen: argparse.Namespace) -> int:
    """Say which commitments wait for this office, the nearest day first."""
    from window_app.services.commitment_review import ReviewView

    if chosen.view not in set(ReviewView):
        raise WindowAppError("commitment_review.view_unknown", known=", ".join(ReviewView))
    with _rulings_of(chosen, read_only=True) as (desk, _):
        rows = desk.commitment_review.rows(ReviewView(chosen.view), 1000)
        say({"office": desk.station.office, "commitments": [_row_as_json(one) for one in rows]})
    return 0


def show(chosen: argparse.Namespace) -> int:
    """Say where a case's commitments stand."""
    with desk_of(chosen, read_only=True) as desk:
        found, names = desk.commitment_review.about(chosen.number), desk.clerks.names()
    named = [one for one in found if chosen.material in ("", one.commitment.material, one.commitment.code)]
    say({"commitments": [review_as_json(one, names) for one in named]})
    return 0


def verify(chosen: argparse.Namespace) -> int:
    """Put on record what verifying found."""
    from window_app.services.commitment_rulings import Finding

    finding = Finding(chosen.result, chosen.method, chosen.looked_at, chosen.found)
    with _rulings_of(chosen) as (desk, rulings):
        made = rulings.verify(chosen.number, chosen.material, finding)
        say(review_as_json(made, desk.clerks.names()))
    return 0


def hear(chosen: argparse.Namespace) -> int:
    """Give notice, or put on record that the person was heard."""
    number, material = chosen.number, chosen.material
    with _rulings_of(chosen) as (desk, rulings):
        if chosen.notice is not None:
            made = rulings.give_notice(number, material, chosen.notice, chosen.until, chosen.text)
        elif chosen.statement is not None:
            made = rulings.hear(number, material, "heard", chosen.statement)
        else:
            made = rulings.hear(number, material, "waived" if chosen.waived else "absent")
        say(review_as_json(made, desk.clerks.names()))
    return 0


def papers(chosen: argparse.Namespace) -> int:
    """Issue the papers of what is on record, and write them where that is asked for."""
    from pathlib import Path

    from window_app.cli.counter import write_whole

    with desk_of(chosen) as desk:
        if desk.commitment_letters is None:
            raise WindowAppError("office.counter_station")
        made = desk.commitment_letters.issue_missing(chosen.number)
        written = []
        for record in made:
            told = {"paper": record.kind, "number": record.number, "paper_id": str(record.paper_id)}
            if chosen.out:
                path = Path(chosen.out) / f"{record.number}-{record.kind}.pdf"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, desk.papers.pdf(record.paper_id))
                told["file"] = str(path)
            written.append(told)
    say({"papers": written})
    return 0


def decide(chosen: argparse.Namespace) -> int:
    """Decide."""
    from window_app.services.commitment_rulings import Ruling

    ruling = Ruling(chosen.outcome, chosen.reason, chosen.correct_by, chosen.recover, not chosen.not_listed)
    with _rulings_of(chosen) as (desk, rulings):
        made = rulings.decide(chosen.number, chosen.material, ruling)
        say(review_as_json(made, desk.clerks.names()))
    return 0


def objection(chosen: argparse.Namespace) -> int:
    """Put an objection on record, or decide on it."""
    with _rulings_of(chosen) as (desk, rulings):
        if chosen.text is not None:
            made = rulings.object(chosen.number, chosen.material, chosen.text)
        else:
            made = rulings.decide_objection(chosen.number, chosen.material, chosen.decide, chosen.reason)
        say(review_as_json(made, desk.clerks.names()))
    return 0


def repair(chosen: argparse.Namespace) -> int:
    """Put on record that it was put right."""
    with _rulings_of(chosen) as (desk, rulings):
        made = rulings.repair(chosen.number, chosen.material, chosen.how)
        say(review_as_json(made, desk.clerks.names()))
    return 0


def review_as_json(one: "ReviewFile", names: "ClerkNames") -> dict[str, Any]:
    """Return a commitment as it lies open."""
    said = one.commitment
    return {
        "number": one.file.row.number,
        "commitment": str(said.commitment_id),
        "code": said.code,
        "material": said.material,
        "title": dict(one.title),
        "state": said.state.value,
        "stage": one.stage.value,
        "verification": said.verification.value,
        "made_on": said.made_on,
        "due_on": said.due_on,
        "signer": said.signer.value,
        "outcome": said.outcome,
        "decision_number": said.decision_number or None,
        "decided_on": said.decided_on,
        "articles": [dict(each) for each in said.articles],
        "recovery_on": said.recovery_on,
        "objection": said.objection.value or None,
        "objection_number": said.objection_number or None,
        "list": said.list_standing,
        "speak_until": one.speak_until,
        "grounds": [ground.state for ground in one.grounds],
        "steps": [
            {
                "type": each.type,
                "on": each.on,
                "by": each.by,
                "name": names.known(each.by, each.station_id),
                "facts": {name: value for name, value in each.facts.items() if name != "commitment"},
                "said": _without_texts(each.said),
                "fault": each.fault or None,
            }
            for each in one.steps
        ],
        "made_while_listed": [_listing_as_json(each) for each in one.doubts],
        "listings": [_listing_as_json(each) for each in one.listings],
    }


def _without_texts(said: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return what was said without the frozen texts and the ink, which the paper shows."""
    return {name: value for name, value in said.items() if name not in ("notice", "letter", "ink")}


def _listing_as_json(one: "Listing") -> dict[str, Any]:
    return {
        "since": one.since,
        "until": one.until,
        "standing": one.standing.value,
        "decision_number": one.decision_number,
        "office": one.office,
        "articles": [dict(each) for each in one.articles],
    }


def _row_as_json(one: "ReviewRow") -> dict[str, Any]:
    said = one.commitment
    return {
        "number": one.row.number,
        "matter": one.row.matter,
        "applicant": one.row.applicant or None,
        "code": said.code,
        "material": said.material,
        "verification": said.verification.value,
        "made_on": said.made_on,
        "due_on": said.due_on,
        "days_left": one.days_left,
        "limit": one.limit,
        "state": said.state.value,
        "stage": one.stage.value,
        "made_while_listed": [_listing_as_json(each) for each in one.doubts],
    }
