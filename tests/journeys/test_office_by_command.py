"""From the counter to the office and back, each station in processes of its own, on a real centre."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.journeys.stations import StationCommands, StationProcess, long_lived, set_up, single_commands
from tests.postgres import CentreDatabase, centre_template, fresh_centre, server  # noqa: F401 - fixtures

Open = Callable[[str, str], StationCommands]


@pytest.fixture
def commands(fresh_centre: CentreDatabase, tmp_path: Path, shared_home: Path) -> Open:  # noqa: F811 - the fixture
    """Set stations up whose every verb is a process."""

    def open_it(name: str, clerk: str) -> StationCommands:
        folder = tmp_path / name
        folder.mkdir()
        return single_commands(folder, shared_home, set_up(fresh_centre, name, folder, clerk))

    return open_it


@pytest.fixture
def station(fresh_centre: CentreDatabase, tmp_path: Path, shared_home: Path) -> Iterator[Open]:  # noqa: F811
    """Set stations up with one process each."""
    running: list[StationProcess] = []

    def open_it(name: str, clerk: str) -> StationCommands:
        folder = tmp_path / name
        folder.mkdir()
        made, process = long_lived(folder, shared_home, set_up(fresh_centre, name, folder, clerk))
        running.append(process)
        return made

    yield open_it
    for process in running:
        process.end()


def test_a_case_is_received_decided_and_seen_at_the_counter(commands: Open) -> None:
    counter, office = commands("east", "c1"), commands("inspection", "j7")
    number = counter.receive("01")
    counter.sync()
    office.sync()
    (row,) = office.done("office", "list")["cases"]
    assert (row["number"], row["state"], row["opened"], row["acknowledged"]) == (number, "received", False, False)
    opened = office.done("office", "open", number)
    assert opened["answers"]["applicant"]["name"]
    assert {one["ground"] for one in opened["options"] if one["state"] == "refused"} == {"over_two_years"}
    made = office.done("office", "decide", number, "accepted")
    assert made["decision_number"].startswith("示范人社监立字〔")
    assert made["due_on"] > made["decided_on"]
    office.sync()
    counter.sync()
    seen = counter.done("case", "show", number)
    assert [seen[name] for name in ("state", "decision_number", "decided_on", "due_on", "acknowledged")] == [
        "accepted",
        made["decision_number"],
        made["decided_on"],
        made["due_on"],
        True,
    ]
    assert [event["type"] for event in seen["history"]][-3:] == ["CaseOpened", "CaseAcknowledged", "StatusChanged"]
    assert all(event["confirmed"] for event in seen["history"])


def test_what_must_not_be_decided_is_refused_and_changes_nothing(station: Open) -> None:
    counter, office, other = station("west", "c1"), station("inspection", "j7"), station("arbitration", "z3")
    number = counter.receive("01")
    assert number not in office.says_no("office", "open", "310101-0000-261121-0001-000")
    for place in (counter, office, other):
        place.sync()
    before = office.done("case", "show", number)["history"]
    for wrong in (
        ("refused",),
        ("refused", "--ground", "over_one_year"),
        ("transferred", "--ground", "other_place"),
        ("transferred", "--ground", "other_place", "--to", "inspection"),
        ("transferred", "--ground", "other_place", "--to", "nowhere"),
        ("suspended", "--ground", "certification"),
        ("believed",),
        ("returned",),
    ):
        office.says_no("office", "decide", number, *wrong)
    assert "over_two_years" in office.says_no("office", "decide", number, "refused")
    other.says_no("office", "decide", number, "accepted")
    assert "窗口" in counter.says_no("office", "decide", number, "accepted")
    assert "窗口" in counter.says_no("office", "list")
    counter.says_no("case", "complete", number)
    assert office.done("case", "show", number)["history"] == before
    assert office.run("office", "decide", number).code == 2
    made = office.done("office", "decide", number, "accepted")
    assert made["decision_number"] in office.says_no("office", "decide", number, "accepted")


def test_a_case_is_returned_completed_and_refused(station: Open) -> None:
    counter, office = station("west", "c2"), station("arbitration", "z3")
    number = counter.receive("02")
    counter.sync()
    office.sync()
    returned = office.done("office", "return", number, "--reason", "补交解除通知书和工资流水")
    assert returned["state"] == "returned"
    office.sync()
    counter.sync()
    shown = counter.done("case", "show", number)
    assert (shown["state"], shown["completed_on"]) == ("returned", None)
    assert shown["reason"] == "补交解除通知书和工资流水"
    completed = counter.done("case", "complete", number, "--remark", "流水六页")
    assert completed["completed_on"] is not None
    counter.says_no("case", "complete", number)
    counter.sync()
    office.sync()
    (row,) = office.done("office", "list", "--state", "returned")["cases"]
    assert (row["limit"], row["due_on"]) == ("running", completed["due_on"])
    refused = office.done(
        "office", "decide", number, "refused", "--ground", "respondent_uncorrected", "--reason", "名称不明确"
    )
    office.sync()
    counter.sync()
    shown = counter.done("case", "show", number)
    assert (shown["state"], shown["decision_number"], shown["reason"]) == (
        "refused",
        refused["decision_number"],
        "名称不明确",
    )
    assert {(one["law"], one["article"]) for one in shown["articles"]} == {
        ("劳动人事争议仲裁办案规则", "30"),
        ("劳动人事争议仲裁办案规则", "31"),
    }


def test_a_transferred_case_is_found_in_the_other_office(station: Open) -> None:
    counter, first, second = station("east", "c1"), station("inspection", "j7"), station("arbitration", "z3")
    number = counter.receive("01")
    for office in (counter, first, second):
        office.sync()
    assert second.done("office", "list")["cases"] == []
    first.done("office", "decide", number, "transferred", "--ground", "other_matter", "--to", "arbitration")
    assert first.done("office", "list")["cases"] == []
    first.sync()
    second.sync()
    (row,) = second.done("office", "list", "--unclaimed")["cases"]
    assert (row["number"], row["state"], row["acknowledged"]) == (number, "transferred", False)
    first.says_no("office", "decide", number, "accepted")
    assert second.done("office", "open", number)["held"]
    accepted = second.done("office", "decide", number, "accepted")
    assert accepted["decision_number"].startswith("示范劳人仲受字〔")


def test_two_stations_correct_and_claim_offline_and_a_person_settles(station: Open) -> None:
    counter, office = station("east", "c1"), station("inspection", "j7")
    number = counter.receive("01")
    counter.sync()
    office.sync()
    office.done("office", "open", number)
    for place, phone in ((counter, "13912345678"), (office, "13700000000")):
        changes = place.file({"applicant.phone": phone})
        place.done("case", "correct", number, changes, "--reason", "来电更正")
        place.done("case", "claim", number)
        place.done("case", "claim", number)
    for place in (counter, office, counter):
        place.sync()
    office.done("office", "open", number, "--reason", "correct")
    (conflict,) = office.done("office", "conflicts")["cases"][number]
    values = [tuple(conflict[side][key] for key in ("value", "by", "name")) for side in ("kept", "other")]
    assert values == [("13912345678", "c1", "经办人"), ("13700000000", "inspection/j7", "经办人")]
    (held,) = office.done("office", "list")["cases"]
    assert (held["claimed_by"], held["claimed_by_name"], held["mine"]) == ("c1", "经办人", False)
    shown = counter.done("case", "show", number)
    assert [claim["claimant"] for claim in shown["claims"]] == ["c1", "inspection/j7"]
    assert {event["name"] for event in shown["history"]} == {"经办人"}
    assert shown["conflicts"] == 1

    chosen = ("settle", number, "applicant.phone", "--keep", conflict["other"]["event"])
    office.says_no("office", *chosen)
    assert office.run("office", *chosen[:3], "--keep", "not-an-event").code == 2
    office.done("office", *chosen, "--reason", "与本人核实")
    office.says_no("office", *chosen, "--reason", "与本人核实")
    office.done("office", "release", number)
    office.sync()
    counter.sync()
    settled = counter.done("case", "show", number)
    assert (settled["conflicts"], [claim["claimant"] for claim in settled["claims"]]) == (0, ["c1"])
