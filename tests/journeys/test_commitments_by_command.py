"""The life of a commitment over counters, offices and the directory, each station in a process of its own."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.stations import StationCommands, StationProcess, long_lived, set_up
from tests.postgres import CentreDatabase, centre_template, fresh_centre, server  # noqa: F401 - fixtures
from tests.services.committing import GUARDIAN_NUMBER, MATERIAL, STROKES
from tests.services.visits import visit

from window_app.clock import SystemClock

Open = Callable[..., StationCommands]
OFFICE = "employment_service"
# Where a local statute names what a false commitment leads to; elsewhere nothing can be decided against anybody.
WHERE = "310000"
DECIDED = "示范就服诺字"
FALSE = ("--result", "false", "--method", "online", "--looked-at", "社保缴费记录", "--found", "承诺日仍在缴费")


@pytest.fixture
def station(fresh_centre: CentreDatabase, tmp_path: Path, shared_home: Path) -> Iterator[Open]:  # noqa: F811
    """Set stations up with one process each; those that the template has not are enrolled."""
    running: list[StationProcess] = []

    def open_it(name: str, clerk: str, office: str | None = None) -> StationCommands:
        if name not in fresh_centre.stations:
            fresh_centre.stations[name] = fresh_centre.enrol(name, office, locality=WHERE)
        folder = tmp_path / name
        folder.mkdir()
        made, process = long_lived(folder, shared_home, set_up(fresh_centre, name, folder, clerk))
        running.append(process)
        return made

    yield open_it
    for process in running:
        process.end()


def intake(counter: StationCommands, **signer: str) -> dict[str, Any]:
    """Return the visit without the certificate, its commitment signed on the screen."""
    said = {key: value for key, value in visit("71").items() if key not in ("on", "clerk")}
    said["materials"] = {"identity": said["materials"]["identity"]}
    chosen: dict[str, Any] = {
        "code": "unemployment_ending",
        "choice": "commit",
        **({"signer": signer} if signer else {}),
    }
    said["matters"][0]["commitments"] = {MATERIAL: chosen}
    (offer,) = counter.done("commitments", "offer", counter.file(said))["offers"]
    chosen |= {"wording": offer["wording"], "ink": STROKES}
    return said


def committed(counter: StationCommands, **signer: str) -> str:
    """Take the visit in with its commitment and return the number."""
    said = counter.done("receive", counter.file(intake(counter, **signer)), "--out", counter.folder / "papers")
    number: str = said["cases"][0]["number"]
    return number


def review(office: StationCommands, verb: str, *arguments: str) -> dict[str, Any]:
    """Run a verb about commitments that must succeed."""
    said: dict[str, Any] = office.done("office", "commitments", verb, *arguments)
    return said


def waiting(office: StationCommands, view: str = "to_verify") -> list[tuple[str, str]]:
    """Return what waits for an office: numbers with their next step."""
    return [(one["number"], one["stage"]) for one in review(office, "list", "--view", view)["commitments"]]


def test_a_false_commitment_is_refused_everywhere_after_the_sync_until_it_is_repaired(station: Open) -> None:
    first, second = station("east", "c1"), station("west", "c2")
    office, reviewer = station("job", "e1", OFFICE), station("job2", "e2", OFFICE)
    number = committed(first)
    first.sync()
    office.sync()
    assert waiting(office) == [(number, "verify")]

    # Nothing is decided unheard, and whoever verified does not decide.
    review(office, "verify", number, *FALSE)
    assert "听取" in office.says_no("office", "commitments", "decide", number, "ended", "--reason", "x")
    until = (SystemClock().today() + timedelta(days=5)).isoformat()
    review(office, "hear", number, "--notice", "ended", "--until", until)
    heard = review(office, "hear", number, "--statement", "公司没有办理减员")
    assert (heard["stage"], heard["speak_until"]) == ("decide", until)
    assert "同一个人" in office.says_no("office", "commitments", "decide", number, "ended", "--reason", "x")
    office.sync()
    reviewer.sync()
    made = review(reviewer, "decide", number, "ended", "--reason", "缴费记录为证", "--recover", "1200")
    assert (made["outcome"], made["list"]) == ("ended", "listed")
    assert made["decision_number"].startswith(DECIDED)
    reviewer.sync()

    # The other counter had no line meanwhile and could not know; now it does.
    late = committed(second)
    second.sync()
    (item,) = second.done("due", "list")["due"]
    assert (item["number"], item["cause"]) == (late, "commitment_by_listed")
    refused = second.says_no("receive", second.file(intake(second)), "--out", second.folder / "papers")
    assert "信用修复" in refused
    assert "国办发〔2020〕42号" in refused
    mine = second.done("commitments", "file", number)
    assert (mine["refused"], mine["commitments"][0]["decision_number"]) == (True, made["decision_number"])

    # The office sees what was made meanwhile, and repairs what was put right.
    office.sync()
    assert (late, "verify") in waiting(office, "open")
    assert review(office, "repair", number, "--how", "补交了证明")["list"] == "repaired"
    office.sync()
    second.sync()
    assert second.done("receive", second.file(intake(second)), "--out", second.folder / "papers")["cases"]


def test_a_guardian_commits_and_withdraws_before_anything_is_verified(station: Open) -> None:
    counter, office = station("east", "c1"), station("job", "e1", OFFICE)
    guardian = {"kind": "guardian", "capacity": "incapable", "name": "柳母", "relation": "母亲"}
    wrong = intake(counter)
    wrong["matters"][0]["commitments"][MATERIAL]["signer"] = {**guardian, "id_number": "210102196001019010"}
    counter.says_no("receive", counter.file(wrong), "--out", counter.folder / "papers")
    number = committed(counter, **guardian, id_number=GUARDIAN_NUMBER)
    counter.sync()
    office.sync()
    (shown,) = review(office, "show", number)["commitments"]
    assert (shown["signer"], shown["stage"]) == ("guardian", "verify")
    counter.done("commitments", "withdraw", number, MATERIAL, "--reason", "找到了证明", "--out", counter.folder / "out")
    # The office does not know yet, and verifies; what was withdrawn first holds.
    counter.sync()
    review(office, "verify", number, *FALSE)
    office.sync()
    (shown,) = review(office, "show", number)["commitments"]
    assert (shown["state"], shown["stage"]) == ("withdrawn", "done")
    assert [one["fault"] for one in shown["steps"] if one["fault"]] == ["after_withdrawal"]
    assert waiting(office, "all") == [(number, "done")]
    assert "撤回" in office.says_no("office", "commitments", "verify", number, *FALSE)
