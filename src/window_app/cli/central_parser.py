"""What the verbs of the centre and of the demonstration take."""

import argparse
from pathlib import Path

_CENTRAL = "window_app.cli.central"
_CENTRE = "window_app.cli.centre"
_DEMO = "window_app.cli.demo"

_Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_central_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    """Add `central …`."""
    central = verbs.add_parser("central", help="the centre").add_subparsers(required=True, metavar="VERB")
    _add_test_centre(central)
    init = _verb(central, "init", "set a database up as the centre of a district; again, nothing changes")
    init.add_argument("--district", required=True, help="six digits")
    init.add_argument("--backup-days", type=int, default=30, metavar="DAYS", help="how far back backups reach (30)")
    _verb(central, "upgrade", "bring tables and functions up to this release")
    _add_enrol(_verb(central, "enrol", "enrol a station; writes its file and answers with its one-time code"))
    revoke = _verb(central, "revoke", "revoke a station: it pulls nothing, what it still sends waits for a person")
    revoke.add_argument("station", metavar="STATION")
    revoke.add_argument("--key-lost", action="store_true", help="its signatures are no longer believed either")
    reinstate = _verb(central, "reinstate", "let a revoked station go on")
    reinstate.add_argument("station", metavar="STATION")
    _verb(central, "status", "feeds, stations, last contact, anomalies, quarantine, the directory's signatures")
    checkpoint = _verb(central, "checkpoint", "sign where new installations begin")
    checkpoint.add_argument("feed", nargs="*", metavar="FEED", help="all feeds where none is named")
    _verb(central, "audit", "recompute every chain, digest, count and signature; exit code 1 where one does not fit")
    erase = _verb(central, "erase", "erase what an event says, by law; its envelope stays")
    erase.add_argument("event", metavar="EVENT")
    erase.add_argument("--reason", required=True, help="kept at the centre; no personal data")
    _add_quarantine(_verb(central, "quarantine", "what waits for a person"))
    keep = _verb(central, "keep-set", "keep a definition set for the stations")
    keep.add_argument("file", metavar="FILE")
    pool = _verb(central, "pool-login", "make the login behind PgBouncer; its password is the next line of stdin")
    pool.add_argument("login", metavar="LOGIN")


def add_demo_verbs(verbs: "_Verbs[argparse.ArgumentParser]") -> None:
    """Add `demo …`."""
    demo = verbs.add_parser("demo", help="a centre, two counters and two offices on this machine, with a line to cut")
    demo.add_argument(
        "action",
        nargs="?",
        default="run",
        choices=("run", "cut", "mend", "status", "stop", "serve"),
        help="run (default): set it up and open its windows; cut, mend: the line; status; stop",
    )
    demo.add_argument("--data", type=Path, metavar="DIR", dest="folder", help="its folder (else one for this run)")
    demo.add_argument("--headless", action="store_true", dest="walk", help="go through it without a screen, say counts")
    demo.set_defaults(verb=(_DEMO, "demo"))


def _verb(central: "_Verbs[argparse.ArgumentParser]", name: str, told: str) -> argparse.ArgumentParser:
    """Return a verb that takes the centre and its keys."""
    made = central.add_parser(name, help=told)
    made.add_argument("--dsn", default="", help="connection string without password (else libpq's own variables)")
    made.add_argument("--embedded", type=Path, metavar="DIR", help="the program's own PostgreSQL in DIR instead")
    made.add_argument("--binaries", type=Path, metavar="DIR", help="PostgreSQL's programs for --embedded")
    made.add_argument("--password-stdin", action="store_true", help="the database password is the first line of stdin")
    made.add_argument("--keys", type=Path, required=True, metavar="DIR", help="the key folder of this centre")
    made.set_defaults(verb=(_CENTRE, name.replace("-", "_")))
    return made


def _add_enrol(enrol: argparse.ArgumentParser) -> None:
    enrol.add_argument("--kind", choices=("counter", "office"), default="counter")
    enrol.add_argument("--district", required=True, help="six digits; 000000 is for practice")
    enrol.add_argument("--hall", required=True)
    enrol.add_argument("--counter", "--name", required=True, dest="name", help="name of the counter or office")
    enrol.add_argument("--office", metavar="CODE", help="the office's code in the definitions")
    enrol.add_argument("--issue-code", required=True)
    enrol.add_argument("--reserve-code", action="append", default=[], dest="reserve_codes")
    enrol.add_argument("--confidential", action="store_true", help="an office that gets confidential reports")
    enrol.add_argument("--feed", action="append", default=[], dest="feeds", help="a further district's feed")
    enrol.add_argument("--locality")
    enrol.add_argument("--phone", default="12333")
    enrol.add_argument("--address", default="")
    enrol.add_argument("--host", help="where stations reach the centre (else as this command does)")
    enrol.add_argument("--port", type=int)
    enrol.add_argument("--database")
    enrol.add_argument("--certificate", type=Path, metavar="PEM", help="authority of the server's certificate")
    enrol.add_argument("--days", type=int, default=14, help="how long the file can be used (14)")
    enrol.add_argument("--out", type=Path, required=True, metavar="FILE")
    enrol.add_argument("--qr", type=Path, metavar="DIR", help="also as QR codes, for machines without a line")


def _add_quarantine(quarantine: argparse.ArgumentParser) -> None:
    quarantine.add_argument("action", nargs="?", default="list", choices=("list", "show", "release"))
    quarantine.add_argument("number", nargs="?", type=int, metavar="NUMBER")
    quarantine.add_argument("--by", default="", metavar="NAME", help="who settled it")


def _add_test_centre(central: "_Verbs[argparse.ArgumentParser]") -> None:
    making = central.add_parser("make-enrolment", help="a signed enrolment file and its one-time code (test centre)")
    making.add_argument("--root", type=Path, required=True, metavar="FILE", help="root key; made where it is missing")
    making.add_argument("--out", type=Path, required=True, metavar="FILE")
    making.add_argument("--hall", required=True)
    making.add_argument("--counter", required=True, help="name of the counter")
    making.add_argument("--district", required=True, type=_district, help="six digits")
    making.add_argument("--issue-code", required=True)
    making.add_argument("--reserve-code", action="append", default=[], dest="reserve_codes")
    making.add_argument("--locality")
    making.add_argument("--phone", default="12333")
    making.add_argument("--address", default="")
    making.set_defaults(verb=(_CENTRAL, "make_enrolment"))


def _district(text: str) -> str:
    if len(text) != 6 or not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError("a district has six digits")
    return text
