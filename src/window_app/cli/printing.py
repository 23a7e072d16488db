"""Verbs about papers on their way to the visitor's hand."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from window_app.cli.cases import desk_of
from window_app.cli.counter import write_whole
from window_app.cli.speech import Misunderstood, say
from window_app.errors import WindowAppError

if TYPE_CHECKING:
    from window_app.domain.papers import StoredPaper
    from window_app.services.desk import Desk


def listed(chosen: argparse.Namespace) -> int:
    """Say which papers wait to be printed or confirmed."""
    with desk_of(chosen, read_only=True) as desk:
        papers = [_paper_as_json(one) for one in desk.papers.unsettled()]
    say({"papers": papers})
    return 0


def send(chosen: argparse.Namespace) -> int:
    """Print papers, one job each; the first that the printer does not take ends it, the others stay on the list."""
    jobs: list[dict[str, str]] = []
    failure: WindowAppError | None = None
    with desk_of(chosen) as desk:
        for one in _chosen(desk, chosen.papers):
            try:
                jobs.append({"paper": str(one.record.paper_id), "job": desk.papers.print(one.record.paper_id)})
            except WindowAppError as error:
                failure = error
                break
    say({"sent": jobs, "problem": None if failure is None else failure.code})
    if failure is not None:
        raise failure
    return 0


def save(chosen: argparse.Namespace) -> int:
    """Write papers as PDF; they stay on the list until somebody says that they came out."""
    chosen.out.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    with desk_of(chosen) as desk:
        for one in _chosen(desk, chosen.papers):
            pdf = desk.papers.pdf(one.record.paper_id)
            target = chosen.out / f"{one.record.number}-{one.record.kind}-{str(one.record.paper_id)[-8:]}.pdf"
            files.append(_written(target, pdf))
    say({"files": files})
    return 0


def confirm(chosen: argparse.Namespace) -> int:
    """Put on record whether a paper came out."""
    with desk_of(chosen) as desk:
        paper_id = _id(chosen.paper)
        desk.papers.get(paper_id)
        desk.papers.confirm(paper_id, came_out=chosen.answer == "yes")
        say(_paper_as_json(desk.papers.get(paper_id)))
    return 0


def again(chosen: argparse.Namespace) -> int:
    """Make a marked reprint, count it with its reason, and print or write it."""
    with desk_of(chosen) as desk:
        paper_id = _id(chosen.paper)
        if chosen.out is None:
            told = {"job": desk.papers.print_reprint(paper_id, chosen.reason, chosen.text)}
        else:
            chosen.out.mkdir(parents=True, exist_ok=True)
            pdf = desk.papers.reprint(paper_id, chosen.reason, chosen.text)
            record = desk.papers.get(paper_id)
            name = f"{record.record.number}-{record.record.kind}-reprint-{record.reprints}.pdf"
            told = {"file": _written(chosen.out / name, pdf)}
        say({**_paper_as_json(desk.papers.get(paper_id)), **told})
    return 0


def sheets(chosen: argparse.Namespace) -> int:
    """Print or write a sheet for each person of a paper."""
    with desk_of(chosen) as desk:
        run = desk.paper_runs.sheets(_id(chosen.paper))
        if chosen.out is not None:
            say({"sheets": len(run), "file": _written(chosen.out, desk.paper_runs.pdf(run))})
            return 0
        report = desk.paper_runs.print(run)
    say({"sheets": len(run), "sent": report.sent, "jobs": list(report.jobs)})
    if report.failure is not None:
        raise report.failure
    return 0


def _chosen(desk: "Desk", papers: Sequence[str]) -> "Sequence[StoredPaper]":
    if papers:
        return [desk.papers.get(_id(text)) for text in papers]
    return desk.papers.unsettled()


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Misunderstood("papers.no_such_paper") from None


def _written(target: Path, content: bytes) -> str:
    try:
        write_whole(target, content)
    except OSError as error:
        raise Misunderstood("cli.not_written", file=target.name, reason=error.strerror or "") from None
    return str(target)


def _paper_as_json(paper: "StoredPaper") -> dict[str, Any]:
    record = paper.record
    return {
        "paper": str(record.paper_id),
        "kind": record.kind,
        "title": record.content.get("title", {}).get("zh", record.kind),
        "number": record.number,
        "state": paper.state.value,
        "reprints": paper.reprints,
        "issued_at": record.issued_at.isoformat(),
    }
