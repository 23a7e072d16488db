"""Names of clerks on their way: said by their own station in its round, known at every other one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.storage import halls
from tests.sync.centres import Centre, Station

from window_app.domain.clerk_names import ClerkName
from window_app.domain.line import LineDown, directory_bytes
from window_app.services.clerk_names import ClerkNames
from window_app.storage import store
from window_app.sync.round import Round

Stations = Callable[[str], Station]
CODE, NAME = halls.CLERK.code, halls.CLERK.name


def admit(at: Station, code: str, name: str) -> None:
    at.store.admit_clerk(code, name, password="a password of hers", profile=store.CHEAP)


def named(at: Station, of: Station) -> dict[str, str]:
    return {code: name for (station, code), name in at.store.clerk_names().items() if station == of.station_id}


def test_a_round_says_what_a_station_s_clerks_are_called_and_says_it_once(
    centre: Centre, east: Station, west: Station, station: Stations
) -> None:
    office = station("inspection")
    admit(office, "0031", "李大伟")
    for place in (east, office, west):
        assert place.round().outcome == "done"
    assert named(west, east) == {CODE: NAME}
    assert named(west, office) == {CODE: NAME, "0031": "李大伟"}
    for place in (east, office, west, east):
        place.round()
    assert len(centre.execute("SELECT 1 FROM centre.clerk_entry")) == 4
    assert centre.administration.audit()["ok"]


def test_one_who_left_keeps_her_name_in_what_she_did_and_one_called_otherwise_is_named_anew(
    east: Station, west: Station
) -> None:
    admit(east, "0031", "李大伟")
    east.round()
    east.store.revoke_clerk("0031")
    admit(east, "0032", "周敏")
    east.round()
    west.round()
    assert named(west, east) == {CODE: NAME, "0031": "李大伟", "0032": "周敏"}
    admit(east, "0031", "李伟")
    east.round()
    west.round()
    assert named(west, east)["0031"] == "李伟"


@pytest.mark.parametrize("restored", [False, True])
def test_what_the_centre_lost_or_never_answered_is_said_again_once(
    centre: Centre, east: Station, west: Station, monkeypatch: pytest.MonkeyPatch, restored: bool
) -> None:
    west.round()
    kept = centre.copy()
    if restored:
        east.round()
        centre.restore(kept)
    else:
        with east.line() as round_:
            lose_answer(round_, monkeypatch)
            assert round_.run().outcome == "down"
    assert east.round().outcome == "done"
    west.round()
    assert named(west, east) == {CODE: NAME}
    mine = [row[0] for row in centre.execute("SELECT station_id FROM centre.clerk_entry")]
    assert mine.count(east.station_id) == 1
    assert centre.administration.audit()["ok"]


def lose_answer(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    end = round_._ends.centre
    append = end.append_clerk

    def append_and_lose(*said: Any) -> bool:
        append(*said)
        raise LineDown("cut", sent=True)

    monkeypatch.setattr(end, "append_clerk", append_and_lose)


def test_a_forged_name_is_shown_nowhere_and_stops_nothing(
    centre: Centre, east: Station, west: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with east.line() as round_:
        end, append = round_._ends.centre, round_._ends.centre.append_clerk
        monkeypatch.setattr(end, "append_clerk", lambda at, before, content, _: append(at, before, content, "00" * 64))
        assert round_.run().outcome == "done"
    centre.database.enrol("north")
    told = west.round()
    assert (told.outcome, told.reason) == ("done", "")
    assert named(west, east) == {}
    assert "north" in {one["name"] for one in west.store.directory("station")}


def test_a_station_that_signs_for_another_one_s_clerk_is_believed_by_no_reader(
    centre: Centre, east: Station, west: Station
) -> None:
    """As a broken centre would let it through: the row stands in the directory behind the function's back."""
    east.round()
    with west.line() as round_:
        assert round_.run().outcome == "done"
        signer = round_._ends.signer
        last, link = west.store.directory_end()
        content = ClerkName(east.station_id, CODE, "另一个人", signer.key_id()).content()
        signature = signer.sign(directory_bytes(last + 1, link, content))
        centre.execute(
            "INSERT INTO centre.directory_entry (dseq, previous, content, signature) VALUES (%s, %s, %s, %s)",
            last + 1, link, content, signature,
        )  # fmt: skip
        assert round_.run().outcome == "done"
    assert named(west, east) == {CODE: NAME}
    assert not centre.administration.audit()["ok"]


def test_a_code_is_somebody_else_at_another_station() -> None:
    here, there, other, office = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
    said = {(here, "0012"): "旧名", (there, "0012"): "赵敏", (office, "0031"): "李大伟"}
    names = ClerkNames(here, {"0012": "王小花"}, said)
    assert names.of("0012", here) == "王小花"
    assert names.of("0012", there) == "赵敏"
    assert names.of("0012", other) == "0012"
    assert names.of("inspection/0031", office) == "李大伟"
    assert names.known("inspection/0031", office) == "李大伟"
    assert names.known("0012", other) is None, "only the code, though it is a clerk's of this station"
    assert names.known("0012", None) is None
    assert names.known("", here) is None
