"""What enrolment set: the station, its secrets and the hall's particulars, in the encrypted store alone."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.events import canonical_bytes
from window_app.domain.ports import Station
from window_app.domain.stores import LineAddress, SigningKey, StationSecrets
from window_app.storage.engine import Database, Statement
from window_app.storage.failures import StoreDamaged
from window_app.storage.schema import meta_table
from window_app.storage.station_state import ISSUE_CODE, read_value

_M = meta_table.c
_READ = Statement(select(_M.value).where(_M.name == bindparam("name")))
_insert = insert(meta_table).values(name=bindparam("name"), value=bindparam("value"))
_WRITE = Statement(_insert.on_conflict_do_update(index_elements=["name"], set_={"value": _insert.excluded.value}))


def write_station(database: Database, station: Station) -> None:
    """Write who this installation is."""
    said = {**asdict(station), "station_id": str(station.station_id)}
    _write(database, "station", said)


def read_station(database: Database) -> Station:
    """Return who this installation is, with the issue code in use: a reserve code after a disk was set back."""
    said = _read(database, "station")
    station = Station(
        **{
            **said,
            "station_id": UUID(said["station_id"]),
            "reserve_codes": tuple(said["reserve_codes"]),
        }
    )
    in_use = read_value(database, ISSUE_CODE)
    return station if in_use is None else replace(station, issue_code=in_use)


def write_secrets(database: Database, held: StationSecrets) -> None:
    """Write the station's secrets."""
    _write(
        database,
        "secrets",
        {
            "station_secret": held.station_secret.hex(),
            "district_key": held.district_key.hex(),
            "root_key": held.root_key.hex(),
            "signing_keys": [
                [key.key_id, key.seed.hex(), _text(key.valid_from), _text(key.valid_until)] for key in held.signing_keys
            ],
            "line": None if held.line is None else asdict(held.line),
        },
    )


def read_secrets(database: Database) -> StationSecrets:
    """Return the station's secrets."""
    said = _read(database, "secrets")
    return StationSecrets(
        station_secret=bytes.fromhex(said["station_secret"]),
        district_key=bytes.fromhex(said["district_key"]),
        root_key=bytes.fromhex(said["root_key"]),
        signing_keys=tuple(
            SigningKey(key_id, bytes.fromhex(seed), _moment(start), _moment(end))
            for key_id, seed, start, end in said["signing_keys"]
        ),
        line=LineAddress(**said["line"]) if said.get("line") else None,
    )


def add_former(database: Database, station_id: UUID, secret: bytes) -> None:
    """Keep the secret of an id that this installation gives up: a centre set back may know no later one."""
    kept = [[str(one), held.hex()] for one, held in (*former(database), (station_id, secret))]
    _write(database, "former", {"stations": kept})


def former(database: Database) -> tuple[tuple[UUID, bytes], ...]:
    """Return ids that this installation had before, oldest first, each with its secret."""
    row = database.one(_READ, {"name": "former"})
    kept = [] if row is None else json.loads(row[0])["stations"]
    return tuple((UUID(one), bytes.fromhex(secret)) for one, secret in kept)


def write_particulars(database: Database, said: Mapping[str, str]) -> None:
    """Write what papers say of the hall (phone, address, …)."""
    _write(database, "particulars", dict(said))


def read_particulars(database: Database) -> Mapping[str, str]:
    """Return what papers say of the hall."""
    said: Mapping[str, str] = _read(database, "particulars")
    return said


def write_note(database: Database, name: str, content: bytes) -> None:
    """Keep something under a name, inside the open transaction."""
    database.run(_WRITE, {"name": name, "value": content})


def read_note(database: Database, name: str) -> bytes | None:
    """Return what is kept under a name; None where nothing is."""
    row = database.one(_READ, {"name": name})
    return None if row is None else bytes(row[0])


def _write(database: Database, name: str, value: Mapping[str, Any]) -> None:
    database.run(_WRITE, {"name": name, "value": canonical_bytes(value)})


def _read(database: Database, name: str) -> dict[str, Any]:
    row = database.one(_READ, {"name": name})
    if row is None:
        raise StoreDamaged(part=name)
    said: dict[str, Any] = json.loads(row[0])
    return said


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
