"""Names of clerks in the directory: each station speaks of its own clerks alone, and a forged entry shows no name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors
from tests.central.pen import Ends, Pen
from tests.postgres import CentreDatabase

from window_app.central.directory import check_directory, read_directory
from window_app.central.schema import own_root
from window_app.domain.clerk_names import ClerkName, read_name
from window_app.domain.events import canonical_bytes
from window_app.domain.line import DirectoryEntry, StationRefused, directory_bytes
from window_app.sync.postgres import PostgresCentre


@dataclass
class Named:
    """A station that says what its clerks are called."""

    pen: Pen
    end: PostgresCentre

    def entry(self, code: str = "0012", name: str = "王小花") -> ClerkName:
        return ClerkName(self.pen.station_id, code, name, self.pen.key_id)

    def directory(self) -> tuple[DirectoryEntry, ...]:
        return self.end.pull_directory(0, "", 1000)

    def append(self, content: bytes, key: Pen | None = None) -> bool:
        last = self.directory()[-1]
        signature = (key or self.pen).key.sign(directory_bytes(last.dseq + 1, last.link, content)).hex()
        return self.end.append_clerk(last.dseq + 1, last.link, content, signature)


StationNamed = Callable[[str], Named]


@pytest.fixture
def at(ends: Ends) -> StationNamed:
    return lambda name: Named(ends.pen(name), ends[name])


def refused(station: Named, content: bytes, code: str) -> None:
    before = station.directory()
    with pytest.raises(StationRefused) as told:
        station.append(content)
    assert told.value.code == code
    assert station.directory() == before


def faults(centre: CentreDatabase) -> dict[int, str]:
    with psycopg.connect(centre.dsn_admin) as connection:
        entries = read_directory(connection)
    return dict(check_directory(entries, centre.keys.root_key).without_force)


def test_a_counter_and_an_office_name_their_clerks_once_and_anew_where_a_name_changed(
    at: StationNamed, centre: CentreDatabase
) -> None:
    east, office = at("east"), at("arbitration")
    before = east.directory()
    assert east.append(east.entry().content())
    assert east.append(east.entry().content()), "handed in again after a lost answer"
    assert office.append(office.entry("0031", "李大伟").content())
    assert east.append(east.entry(name="王花").content())
    said = [read_name(entry.content) for entry in east.directory()[len(before) :]]
    assert [one.name for one in said if one is not None] == ["王小花", "李大伟", "王花"]
    assert faults(centre) == {}
    centre.enrol("north")
    assert centre.administration.audit()["ok"], "the root key goes on behind a station's entry"


def test_whoever_signed_for_another_end_of_the_directory_reads_on_and_signs_anew(
    at: StationNamed, centre: CentreDatabase
) -> None:
    east = at("east")
    last, content = east.directory()[-1], east.entry().content()
    centre.enrol("north")
    signature = east.pen.key.sign(directory_bytes(last.dseq + 1, last.link, content)).hex()
    assert not east.end.append_clerk(last.dseq + 1, last.link, content, signature)
    assert east.append(content)


def test_nobody_names_a_clerk_of_another_station(at: StationNamed) -> None:
    east, west = at("east"), at("west")
    refused(west, east.entry().content(), "clerks.foreign")
    refused(west, replace(east.entry(), station_id=uuid4()).content(), "clerks.foreign")


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "13800000000"},
        {"name": ""},
        {"name": "王" * 81},
        {"name": "王\n花"},
        {"code": "arbitration/0031"},
        {"code": None},
        {"key": None},
    ],
)
def test_an_entry_says_a_code_and_a_name_and_nothing_else(at: StationNamed, changes: dict[str, Any]) -> None:
    east = at("east")
    said: dict[str, Any] = {
        "entry": "clerk", "station": str(east.pen.station_id), "code": "0012", "name": "王小花",
        "key": east.pen.key_id, **changes,
    }  # fmt: skip
    content = canonical_bytes({name: value for name, value in said.items() if value is not None})
    assert read_name(content) is None, "the reader refuses it by itself"
    refused(east, content, "line.malformed")


def test_a_revoked_station_names_nobody(at: StationNamed, centre: CentreDatabase) -> None:
    east = at("east")
    content = east.entry().content()
    centre.administration.revoke(east.pen.station_id)
    east.end.hello()
    with pytest.raises(StationRefused) as told:
        east.end.append_clerk(1, "", content, "0" * 128)
    assert told.value.code == "line.revoked"


def test_a_forged_signature_has_no_force_and_is_named_by_the_audit(at: StationNamed, centre: CentreDatabase) -> None:
    east, west = at("east"), at("west")
    assert east.append(east.entry().content(), key=west.pen), "PostgreSQL cannot check it"
    place = east.directory()[-1].dseq
    assert faults(centre) == {place: "signature"}
    said = centre.administration.audit()
    assert (said["ok"], said["first_faults"][0]["dseq"]) == (False, place)
    assert west.append(west.entry().content()), "the directory goes on"
    assert faults(centre) == {place: "signature"}


def test_another_station_s_key_has_no_force_though_its_signature_holds(
    at: StationNamed, centre: CentreDatabase
) -> None:
    east, west = at("east"), at("west")
    assert east.append(replace(east.entry(), key_id=west.pen.key_id).content(), key=west.pen)
    assert list(faults(centre).values()) == ["other_station"]


def test_without_the_function_s_own_checks_the_policy_still_refuses(at: StationNamed, centre: CentreDatabase) -> None:
    east, west = at("east"), at("west")
    source = (own_root() / "functions" / "v1" / "clerks.sql").read_text("utf-8")
    for check in ("NOT me.active", "said ->> 'station' IS DISTINCT FROM me.station_id::text"):
        assert source.count(check) == 1
        source = source.replace(check, "false")
    centre.execute("SET ROLE window_app_service; " + source)
    before = west.directory()
    last = before[-1]
    foreign = east.entry().content()
    for content in (foreign, foreign.replace(b'"clerk"', b'"station"', 1)):
        given = (west.end._token, last.dseq + 1, last.link, content, "0" * 128)
        with centre.stations["west"].psql() as psql:
            if content == foreign:
                with pytest.raises(errors.InsufficientPrivilege):
                    psql.execute("SELECT sync_v1.append_clerk(%s, %s, %s, %s, %s)", given)
            else:
                assert psql.execute("SELECT sync_v1.append_clerk(%s, %s, %s, %s, %s)", given).fetchone() == (
                    "MALFORMED",
                )
    assert west.directory() == before
    assert west.append(west.entry().content()), "and what the function is for still works"


def test_a_station_names_so_many_and_no_more(at: StationNamed, centre: CentreDatabase) -> None:
    east = at("east")
    assert east.append(east.entry().content())
    centre.execute(
        "ALTER TABLE centre.clerk_entry DROP CONSTRAINT clerk_entry_pkey;"
        " INSERT INTO centre.clerk_entry (dseq, station_id, enrolment_id, code, name)"
        " SELECT dseq, station_id, enrolment_id, 'x' || n, 'x' FROM centre.clerk_entry, generate_series(1, 500) n"
    )
    refused(east, east.entry("0099").content(), "clerks.too_many")
