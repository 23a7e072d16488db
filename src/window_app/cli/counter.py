"""Verbs of the counter: they open the local store."""

import argparse
import os
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app.cli.speech import Misunderstood, read_bytes, read_day, read_object, read_secrets, say, warn
from window_app.clock import CHINA, FixedClock
from window_app.domain.papers import Verdict
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue

if TYPE_CHECKING:
    from uuid import UUID

    from window_app.domain.visits import Received
    from window_app.forms import Problem
    from window_app.services.desk import Desk


def sign_in(
    chosen: argparse.Namespace,
    clerk: str | None = None,
    on: date | None = None,
    *,
    read_only: bool = False,
    may_begin: bool = False,
) -> "Desk":
    """Open the store of the chosen folder and return the desk.

    A practice store takes no password. Any other is opened for WINDOW_APP_CLERK with the password
    from WINDOW_APP_PASSWORD_FILE or standard input. With `may_begin` an empty folder becomes a
    practice hall.
    """
    from window_app.app import Entrance
    from window_app.services.session import NoHall

    entrance = Entrance(chosen.data)
    hall = entrance.describe()
    if hall is None and not may_begin:
        raise NoHall()
    if hall is None or hall.practice:
        clock = None if on is None else FixedClock(datetime.combine(on, time(10, 0), CHINA))
        return entrance.practise(clerk, clock=clock, read_only=read_only)
    if on is not None:
        raise WindowAppError("cli.on_is_practice_only")
    code = os.environ.get("WINDOW_APP_CLERK")
    if not code:
        raise Misunderstood("cli.no_clerk")
    return entrance.sign_in(code, read_secrets(1)[0], read_only=read_only)


def receive(chosen: argparse.Namespace) -> int:
    """Take one visit in and write its papers."""
    from window_app.cli.attachments import with_files
    from window_app.cli.sheets import with_sheets

    intake = read_object(chosen.intake)
    files = intake.pop("attachments", None)
    desk = sign_in(chosen, clerk=intake.get("clerk"), on=read_day(intake.get("on")), may_begin=True)
    try:
        draft = desk.intake.from_json(intake)
        received = desk.receiving.find_received(draft.visit_id)
        if received is None:
            filled = with_sheets(desk, draft, chosen.sheet, keep_good=chosen.keep_good)
            if filled is None:
                return 1
            draft = with_files(desk, filled, files, Path(chosen.intake).parent)
            problems = desk.receiving.ready(draft)
            if problems:
                return _refuse(desk, problems)
            desk.reception.save(draft)
            received = desk.receiving.receive(draft, clock_confirmed=chosen.confirm_clock)
        chosen.out.mkdir(parents=True, exist_ok=True)
        say(_answer(desk, received, chosen.out))
        catalogue = Catalogue(desk.settings.language)
        for code in received.warnings:
            warn(catalogue.text(code, characters="、".join(received.unprintable)))
        if chosen.print_papers or chosen.printer:
            _print(desk, received, chosen.printer)
    finally:
        desk.close()
    return 0


def _answer(desk: "Desk", received: "Received", out: Path) -> dict[str, Any]:
    return {
        "visit": str(received.visit_id),
        "received_on": received.received_on.isoformat(),
        "cases": [
            {
                "number": case.number,
                "matter": case.matter_key,
                "route": case.route,
                "documents": [_write_paper(desk, paper_id, out) for paper_id in case.paper_ids],
            }
            for case in received.cases
        ],
        "documents": [_write_paper(desk, paper_id, out) for paper_id in received.paper_ids],
        "warnings": [*received.warnings, *received.unprintable],
        "reused": dict(received.reused),
        "practice": desk.station.practice,
    }


def _write_paper(desk: "Desk", paper_id: "UUID", out: Path) -> dict[str, str]:
    pdf = desk.papers.pdf(paper_id)
    record = desk.papers.get(paper_id).record
    path = out / f"{record.number}-{record.kind}.pdf"
    write_whole(path, pdf)
    return {"kind": record.kind, "file": str(path)}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _refuse(desk: "Desk", problems: "tuple[Problem, ...]") -> int:
    catalogue = Catalogue(desk.settings.language)
    for problem in problems:
        text = catalogue.of(problem.message) if problem.message else catalogue.text(problem.code, **problem.params)
        place = f"{problem.section}[{problem.index}].{problem.field}: " if problem.section else ""
        warn(place + text)
    return 1


def _print(desk: "Desk", received: "Received", queue: str | None) -> None:
    papers = desk.papers if queue is None else desk.papers_on(queue)
    for paper_id in (*(one for case in received.cases for one in case.paper_ids), *received.paper_ids):
        papers.print(paper_id)


def verify(chosen: argparse.Namespace) -> int:
    """Say whether a paper is one of ours; 0 authentic, 1 not, 2 no such file."""
    if (chosen.file is None) == (chosen.qr is None):
        raise Misunderstood("cli.verify_what")
    content = read_bytes(chosen.file) if chosen.file is not None else b""
    desk = sign_in(chosen, read_only=True)
    try:
        found = desk.papers.verify_qr(chosen.qr) if chosen.qr is not None else desk.papers.verify_pdf(content)
    finally:
        desk.close()
    say(
        {
            "verdict": found.verdict.value,
            "number": found.number,
            "kind": found.kind,
            "issued_on": found.issued_on,
            "key_id": found.key_id,
            "detail": dict(found.detail),
        }
    )
    return 0 if found.verdict in (Verdict.AUTHENTIC, Verdict.AUTHENTIC_UNKNOWN) else 1


def find(chosen: argparse.Namespace) -> int:
    """Say which cases a text means."""
    desk = sign_in(chosen, read_only=True)
    try:
        rows = desk.search.find(chosen.text)
    finally:
        desk.close()
    say(
        {
            "cases": [
                {name: str(value) if value is not None else None for name, value in asdict(row).items()} for row in rows
            ]
        }
    )
    return 0 if rows else 1


def practice(chosen: argparse.Namespace) -> int:
    """Set up a practice hall with sample cases."""
    from window_app.app import Entrance

    entrance = Entrance(chosen.data)
    entrance.create_practice()
    desk = entrance.practise()
    try:
        say({"cases": desk.tracking.count(), "drafts": len(desk.reception.drafts())})
    finally:
        desk.close()
    return 0


def enrol(chosen: argparse.Namespace) -> int:
    """Set this machine up from an enrolment file; first line the one-time code, second the password."""
    from window_app.app import Entrance

    content = _whole(read_bytes(chosen.file))
    code, password = read_secrets(2)
    entrance = Entrance(chosen.data)
    enrolment = entrance.read_enrolment(content, code)
    entrance.enrol(enrolment, chosen.clerk, chosen.name, password)
    station = enrolment.station
    say(
        {
            "hall": station.hall,
            "counter": station.name,
            "district": station.district,
            "issue_code": station.issue_code,
            "root": enrolment.fingerprint,
        }
    )
    return 0


def _whole(content: bytes) -> bytes:
    """Return the enrolment file, also where its QR codes were scanned into a text, one a line."""
    from window_app.domain.enrolment_pieces import MARK
    from window_app.services.enrolment_pieces import EnrolmentPieces

    if not content.lstrip().upper().startswith(MARK.encode()):
        return content
    pieces = EnrolmentPieces()
    for line in content.decode("ascii", errors="replace").splitlines():
        if line.strip():
            pieces.add(line)
    return pieces.content()
