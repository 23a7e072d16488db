"""The test centre's verbs."""

import argparse
import json
import os
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from window_app.cli.speech import Misunderstood, say
from window_app.clock import SystemClock


def make_enrolment(chosen: argparse.Namespace) -> int:
    """Write an enrolment file and say its one-time code, which must travel another way."""
    from window_app.central.enrolment import EnrolmentAuthority, StationParticulars
    from window_app.domain.events import digest
    from window_app.domain.receipt_numbers import PRACTICE_DISTRICT

    authority = EnrolmentAuthority(*_root(chosen.root))
    particulars = StationParticulars(
        station_id=uuid4(),
        kind="counter",
        name=chosen.counter,
        hall=chosen.hall,
        hall_phone=chosen.phone,
        hall_address=chosen.address,
        district=chosen.district,
        issue_code=chosen.issue_code,
        reserve_codes=tuple(chosen.reserve_codes),
        locality=chosen.locality,
        practice=chosen.district == PRACTICE_DISTRICT,
    )
    file, code = authority.enrol(particulars, SystemClock().now())
    chosen.out.write_bytes(file)
    say({"file": str(chosen.out), "code": code, "root": digest(authority.root_key)[:16].upper()})
    return 0


def _root(path: Path) -> tuple[Ed25519PrivateKey, bytes]:
    """Return the root key and the district's key of a file, made with new ones where it is missing."""
    if not path.exists():
        fresh = {"root": os.urandom(32).hex(), "district_key": os.urandom(32).hex()}
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(fresh, file)
    try:
        kept = json.loads(path.read_text("ascii"))
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["root"])), bytes.fromhex(kept["district_key"])
    except (ValueError, KeyError, TypeError):
        raise Misunderstood("cli.no_root_key", file=path.name) from None
