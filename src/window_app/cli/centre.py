"""The verbs of the centre's administrator."""

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from window_app.cli.speech import Misunderstood, read_bytes, read_secrets, say
from window_app.domain.line import CONFIDENTIAL
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT

if TYPE_CHECKING:
    from window_app.central.administration import CentreAdministration, LinePlace
    from window_app.central.enrolment import StationParticulars


def init(chosen: argparse.Namespace) -> int:
    """Set a database up as the centre of a district."""
    from window_app.central.keys import ROOT, KeyFolder

    if not (chosen.keys / ROOT).exists():
        KeyFolder.create(chosen.keys)
    with _centre(chosen) as (centre, _):
        say(centre.initialise(chosen.district, backup_days=chosen.backup_days))
    return 0


def upgrade(chosen: argparse.Namespace) -> int:
    """Bring the centre up to this release."""
    with _centre(chosen) as (centre, _):
        say({"applied": list(centre.upgrade())})
    return 0


def enrol(chosen: argparse.Namespace) -> int:
    """Enrol a station, write its file and say the one-time code, which must travel another way."""
    if chosen.out.exists():
        raise Misunderstood("cli.file_exists", file=chosen.out.name)
    if not chosen.out.absolute().parent.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.out.absolute().parent.name)
    district = chosen.district
    feeds = [district, *chosen.feeds, *([district + CONFIDENTIAL] if chosen.confidential else [])]
    with _centre(chosen) as (centre, dsn):
        place = _place(chosen, dsn)
        enrolled = centre.enrol(_particulars(chosen), place, feeds=feeds, valid_for=timedelta(days=chosen.days))
    _write_private(chosen.out, enrolled.file)
    pictures = [] if chosen.qr is None else _draw(enrolled.pieces, chosen.qr)
    say(
        {
            "file": str(chosen.out),
            "code": enrolled.code,
            "station": enrolled.station_id,
            "login": enrolled.login,
            "root": centre.fingerprint,
            "line": {"host": place.host, "port": place.port, "database": place.database},
            "feeds": feeds,
            "qr": pictures,
        }
    )
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """Revoke a station."""
    with _centre(chosen) as (centre, _):
        centre.revoke(_uuid(chosen.station), key_lost=chosen.key_lost)
    say({"station": chosen.station, "status": "revoked", "key_lost": chosen.key_lost})
    return 0


def reinstate(chosen: argparse.Namespace) -> int:
    """Let a revoked station go on."""
    with _centre(chosen) as (centre, _):
        centre.reinstate(_uuid(chosen.station))
    say({"station": chosen.station, "status": "active"})
    return 0


def status(chosen: argparse.Namespace) -> int:
    """Say how the centre stands; exit code 1 where the directory is not whole."""
    with _centre(chosen) as (centre, _):
        said = centre.status()
    say(said)
    return 0 if said["directory"]["first_fault"] is None else 1


def checkpoint(chosen: argparse.Namespace) -> int:
    """Sign where new installations begin."""
    with _centre(chosen) as (centre, _):
        feeds = chosen.feed or [feed["feed"] for feed in centre.status()["feeds"]]
        said = [json.loads(centre.checkpoint(feed).content) for feed in feeds]
    say(
        {
            "checkpoints": [
                {"feed": one["feed"], "fseq": one["fseq"], "open_cases": len(one["open_cases"])} for one in said
            ]
        }
    )
    return 0


def audit(chosen: argparse.Namespace) -> int:
    """Recompute everything; exit code 1 where something does not fit."""
    with _centre(chosen) as (centre, _):
        said = centre.audit()
    say(said)
    return 0 if said["ok"] else 1


def erase(chosen: argparse.Namespace) -> int:
    """Erase what an event says."""
    with _centre(chosen) as (centre, _):
        say(centre.erase(_uuid(chosen.event), chosen.reason))
    return 0


def quarantine(chosen: argparse.Namespace) -> int:
    """List what waits for a person, show one with its content, or note who settled it."""
    if (chosen.number is None) != (chosen.action == "list"):
        raise Misunderstood("cli.quarantine_number")
    with _centre(chosen) as (centre, _):
        if chosen.action == "list":
            say({"quarantine": centre.quarantine()})
        elif chosen.action == "show":
            say(centre.quarantined(chosen.number))
        else:
            centre.release(chosen.number, chosen.by)
            say({"id": chosen.number, "settled_by": chosen.by})
    return 0


def keep_set(chosen: argparse.Namespace) -> int:
    """Keep a definition set for the stations."""
    content = read_bytes(chosen.file)
    with _centre(chosen) as (centre, _):
        say({"hash": centre.keep_definition_set(content)})
    return 0


def pool_login(chosen: argparse.Namespace) -> int:
    """Make the login behind PgBouncer."""
    with _centre(chosen, more_secrets=1) as (centre, _):
        centre.add_pool_login(chosen.login, chosen.secrets[-1])
    say({"login": chosen.login})
    return 0


@contextmanager
def _centre(chosen: argparse.Namespace, more_secrets: int = 0) -> "Iterator[tuple[CentreAdministration, str]]":
    """Open the centre that a verb names; the database's password never comes from the command line."""
    from psycopg.conninfo import make_conninfo

    from window_app.central.administration import CentreAdministration
    from window_app.central.connecting import says_password
    from window_app.central.keys import KeyFolder

    if says_password(chosen.dsn):
        raise Misunderstood("central.password_in_dsn")
    wanted = int(chosen.password_stdin) + more_secrets
    chosen.secrets = read_secrets(wanted) if wanted else []
    keys = KeyFolder(chosen.keys)
    with _database(chosen) as dsn:
        if chosen.password_stdin:
            dsn = make_conninfo(dsn, password=chosen.secrets[0])
        yield CentreAdministration(dsn, keys), dsn


@contextmanager
def _database(chosen: argparse.Namespace) -> Iterator[str]:
    if chosen.embedded is None:
        yield chosen.dsn
        return
    from window_app.central.embedded import EmbeddedServer

    with EmbeddedServer(chosen.embedded, binaries=chosen.binaries) as server:
        yield server.ensure_database()


def _place(chosen: argparse.Namespace, dsn: str) -> "LinePlace":
    from window_app.central.administration import LinePlace
    from window_app.central.connecting import place_of

    host, port, database = place_of(dsn)
    certificate = ""
    if chosen.certificate is not None:
        certificate = read_bytes(str(chosen.certificate)).decode("ascii", errors="replace")
        if "-----BEGIN CERTIFICATE-----" not in certificate:
            raise Misunderstood("central.certificate_invalid", file=chosen.certificate.name)
    return LinePlace(chosen.host or host, chosen.port or port, chosen.database or database, certificate)


def _particulars(chosen: argparse.Namespace) -> "StationParticulars":
    from window_app.central.enrolment import StationParticulars

    return StationParticulars(
        station_id=uuid4(),
        kind=chosen.kind,
        name=chosen.name,
        hall=chosen.hall,
        hall_phone=chosen.phone,
        hall_address=chosen.address,
        district=chosen.district,
        issue_code=chosen.issue_code,
        reserve_codes=tuple(chosen.reserve_codes),
        locality=chosen.locality,
        office=chosen.office,
        practice=chosen.district == PRACTICE_DISTRICT,
    )


def _draw(pieces: tuple[str, ...], folder: Path) -> list[str]:
    """Write each text as a picture of its QR code and return the files."""
    from window_app.cli.qr_pictures import picture

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, text in enumerate(pieces, start=1):
        file = folder / f"enrolment-{number}-of-{len(pieces)}.svg"
        file.write_text(picture(text), encoding="ascii")
        files.append(str(file))
    return files


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Misunderstood("cli.no_uuid", text=text) from None
