"""A centre set back to before a station went on as another one: nothing lost or doubled, on the real PostgreSQL."""

from pathlib import Path

import pytest
from tests.storage import halls
from tests.sync.centres import Centre, Station

from window_app.domain.line import RoundReport

pytestmark = pytest.mark.xdist_group("incarnations")


def rounds(*stations: Station) -> list[RoundReport]:
    """Go through rounds until nothing moves any more."""
    reports: list[RoundReport] = []
    for _ in range(8):
        turn = [one.round() for one in stations]
        reports += turn
        if not any(one.pushed or one.pulled or one.rewound or one.renewed for one in turn):
            assert [one.outcome for one in turn] == ["done"] * len(turn), turn
            return reports
    raise AssertionError(reports)


def renewed(station: Station, folder: Path) -> list[halls.TakenIn]:
    """Set a station's disk back across what it had handed in, and let it go on: it becomes another one."""
    copy = station.copy_disk(folder / "copy")
    first = station.take_in()
    assert station.round().outcome == "done"
    station.set_back(copy)
    second = station.take_in(2)
    was = station.station_id
    assert "renewed" in {report.outcome for report in rounds(station)}
    assert station.station_id != was
    return [*first, *second]


def assert_once(centre: Centre, given: list[halls.TakenIn], *stations: Station) -> None:
    """Check that every event given stands at the centre once, and that replicas hold the same list."""
    held = centre.events()
    ids = [event_id for _, _, event_id in held]
    assert len(ids) == len(set(ids))
    assert {event.event_id for one in given for event in one.events} <= set(ids)
    for station in stations:
        assert station.feed() == held
        assert station.store.count_outbox() == 0
        assert station.store.integrity() == ()
        assert {row.case_id for row in station.store.cases(None, 99)} >= {one.case_id for one in given}


def test_a_centre_set_back_to_before_a_renewal_gets_everything_back(
    centre: Centre, east: Station, west: Station, tmp_path: Path
) -> None:
    given = east.take_in(2)
    rounds(east, west)
    kept = centre.copy()
    given += renewed(east, tmp_path)
    given += [*east.take_in(), *west.take_in()]
    rounds(east, west)
    second = east.station_id
    centre.restore(kept)
    reports = rounds(east, west)
    assert east.station_id != second
    assert [report.outcome for report in reports].count("renewed") == 1
    assert_once(centre, given, east, west)


def test_a_centre_set_back_to_before_the_tail_of_the_old_chain_gets_that_back_too(
    centre: Centre, east: Station, west: Station, tmp_path: Path
) -> None:
    given = east.take_in()
    rounds(east, west)
    kept = centre.copy()
    given += east.take_in(2)
    rounds(east, west)
    given += renewed(east, tmp_path)
    rounds(east, west)
    given += east.take_in()
    centre.restore(kept)
    rounds(west, east)
    assert_once(centre, given, east, west)


def test_the_tail_of_an_old_chain_comes_back_where_the_new_identity_is_known(
    centre: Centre, east: Station, west: Station, tmp_path: Path
) -> None:
    given = east.take_in()
    rounds(east)
    clone = Station(east.copy_disk(tmp_path / "clone"), east.clock)
    given += clone.take_in()
    rounds(clone)
    given += east.take_in()
    rounds(east)
    assert east.station_id != clone.station_id
    kept = centre.copy()
    given += clone.take_in(2)
    rounds(clone, east)
    # The other machine is never heard of again; this one alone holds what it handed in.
    clone.close()
    centre.restore(kept)
    second = east.station_id
    rounds(east, west)
    assert east.station_id == second
    assert_once(centre, given, east, west)


def test_a_centre_set_back_in_the_middle_of_a_session_is_noticed_in_it(
    centre: Centre, east: Station, tmp_path: Path
) -> None:
    given = east.take_in()
    rounds(east)
    kept = centre.copy()
    given += renewed(east, tmp_path)
    with east.line() as line:
        assert line.run().outcome == "done"
        centre.restore(kept)
        given += east.take_in()
        outcomes = [line.run().outcome for _ in range(2)]
    assert "renewed" in outcomes
    rounds(east)
    assert_once(centre, given, east)


def test_set_back_again_and_again_each_identity_is_given_up_once(
    centre: Centre, east: Station, west: Station, tmp_path: Path
) -> None:
    given = east.take_in()
    rounds(east, west)
    first = centre.copy()
    given += renewed(east, tmp_path)
    rounds(east, west)
    second = centre.copy()
    given += east.take_in()
    rounds(east, west)
    for kept in (first, second, first):
        centre.restore(kept)
        given += [*east.take_in(), *west.take_in()]
        rounds(west, east)
        assert_once(centre, given, east, west)
    assert len(east.store.incarnations()) == 5


def test_a_fork_after_a_set_back_loses_nothing_of_what_was_confirmed_before(
    centre: Centre, east: Station, tmp_path: Path
) -> None:
    """The other machine comes first after the restore: what this one had confirmed is no longer there."""
    given = east.take_in()
    rounds(east)
    kept = centre.copy()
    clone = Station(east.copy_disk(tmp_path / "clone"), east.clock)
    given += east.take_in(2)
    rounds(east)
    centre.restore(kept)
    given += clone.take_in(3)
    rounds(clone)
    rounds(east, clone)
    assert_once(centre, given, east, clone)
    clone.close()


def test_a_station_that_the_centre_knows_under_no_id_is_refused_as_before(centre: Centre, east: Station) -> None:
    east.take_in()
    rounds(east)
    centre.execute("UPDATE centre.station SET secret_hash = sha256('other')")
    report = east.round()
    assert (report.outcome, report.reason) == ("refused", "line.refused")


def test_what_came_back_in_a_new_order_behind_the_same_last_event_is_taken_over(
    centre: Centre, east: Station, west: Station
) -> None:
    rounds(east, west)
    kept = centre.copy()
    given: list[halls.TakenIn] = []
    for one in (east, west, east, west):
        given += one.take_in()
        one.round()
    rounds(east, west)
    before = centre.events()
    centre.restore(kept)
    for one in (east, west):
        one.round()
    after = centre.events()
    assert before != after
    assert (len(before), before[-1]) == (len(after), after[-1])
    rounds(west, east)
    assert_once(centre, given, east, west)


def test_one_who_lost_nothing_takes_over_a_new_order_behind_the_same_last_event(
    centre: Centre, east: Station, west: Station
) -> None:
    office = centre.station("inspection")
    rounds(east, west, office)
    kept = centre.copy()
    given: list[halls.TakenIn] = []
    for one in (east, west, east, west):
        given += one.take_in()
        one.round()
    rounds(east, west, office)
    before = centre.events()
    centre.restore(kept)
    for one in (east, west):
        one.round()
    after = centre.events()
    assert before != after
    assert (len(before), before[-1]) == (len(after), after[-1])
    assert office.feed() == before
    with office.line() as line:
        reports = [line.run() for _ in range(3)]
    assert [(report.outcome, report.reason, report.rewound) for report in reports] == [
        ("done", "", 1),
        ("done", "", 0),
        ("done", "", 0),
    ]
    assert office.feed() == after
    rounds(east, west, office)
    assert_once(centre, given, east, west, office)
    office.close()


def test_a_session_that_the_centre_ended_is_begun_anew_in_the_same_round_and_compared(
    centre: Centre, east: Station
) -> None:
    east.take_in()
    with east.line() as line:
        assert [line.run().compared for _ in range(2)] == [True, False]
        centre.execute("UPDATE centre.session SET expires_at = now() - interval '1 second'")
        report = line.run()
    assert (report.outcome, report.compared, report.differing) == ("done", True, ())
