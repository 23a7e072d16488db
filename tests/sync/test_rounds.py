"""Rounds between real stores and a real PostgreSQL: what each end holds afterwards."""

from pathlib import Path

from tests.storage import halls
from tests.sync.centres import DISTRICT, Centre, Station

from window_app.domain.events import Actor, ActorKind
from window_app.domain.receipt_numbers import draw


def both_hold_the_same(centre: Centre, *stations: Station) -> None:
    held = centre.events()
    assert len(held) == len(set(held))
    for station in stations:
        assert station.feed() == held
        assert station.store.count_outbox() == 0


def test_what_a_counter_took_in_is_at_the_centre_once(centre: Centre, east: Station) -> None:
    taken = east.take_in(3)
    report = east.round()
    assert (report.outcome, report.reason, report.pushed) == ("done", "", 12)
    assert report.compared
    assert report.differing == ()
    both_hold_the_same(centre, east)
    assert {row[2] for row in centre.events()} >= {event.event_id for one in taken for event in one.events}


def test_a_second_round_changes_nothing(centre: Centre, east: Station) -> None:
    east.take_in()
    east.round()
    before = centre.events()
    report = east.round()
    assert (report.outcome, report.pushed, report.pulled) == ("done", 0, 0)
    assert centre.events() == before


def test_two_counters_come_to_hold_the_same(centre: Centre, east: Station, west: Station) -> None:
    east.take_in(2)
    west.take_in(3)
    for station in (east, west, east):
        assert station.round().outcome == "done"
    both_hold_the_same(centre, east, west)
    assert west.store.count_cases() == 5


def test_rounds_in_one_session_go_on_from_each_other(centre: Centre, east: Station, west: Station) -> None:
    with east.line() as line:
        assert line.run().outcome == "done"
        west.take_in()
        west.round()
        east.take_in()
        report = line.run()
        assert (report.pushed, report.pulled) == (4, 4)
    both_hold_the_same(centre, east)


def test_large_amounts_go_in_several_batches_and_pages(centre: Centre, east: Station, west: Station) -> None:
    east.take_in(200)
    assert east.round().pushed == 800
    assert west.round().pulled == 800
    both_hold_the_same(centre, east, west)
    assert centre.execute("SELECT count(*) FROM centre.batch")[0][0] > 1


def test_two_rounds_at_once_are_harmless(centre: Centre, east: Station) -> None:
    east.take_in(2)
    with east.line() as desktop, east.line() as command:
        assert desktop.run().outcome == "done"
        east.take_in(2)
        assert command.run().outcome == "done"
        east.take_in(1)
        assert desktop.run().outcome == "done"
        assert command.run().outcome == "done"
    both_hold_the_same(centre, east)


def test_a_round_that_another_overtakes_in_the_middle_is_harmless(centre: Centre, east: Station) -> None:
    east.take_in(3)
    with east.line() as slow, east.line() as quick:
        slow._greet()
        assert quick.run().pushed == 12
        east.take_in(1)
        report = slow.run()
    assert report.outcome == "done"
    both_hold_the_same(centre, east)


def test_a_centre_set_back_gets_again_what_it_lost(centre: Centre, east: Station, west: Station) -> None:
    east.take_in(1)
    west.take_in(1)
    for station in (east, west):
        station.round()
    kept = centre.copy()
    east.take_in(2)
    west.take_in(2)
    for station in (east, west, east):
        station.round()
    lost = set(centre.events())
    centre.restore(kept)
    report = west.round()
    assert report.rewound > 0
    for station in (east, west, east):
        assert station.round().outcome == "done"
    assert set(centre.events()) == lost
    both_hold_the_same(centre, east, west)


def test_a_counter_that_never_writes_again_gives_back_what_a_centre_set_back_lost(
    centre: Centre, east: Station, west: Station
) -> None:
    kept = centre.copy()
    east.take_in(2)
    east.round()
    lost = centre.events()
    centre.restore(kept)
    assert east.round().pushed == 8
    assert centre.events() == lost
    assert west.round().pulled == 8
    both_hold_the_same(centre, east, west)


def test_a_rolled_back_disk_goes_on_as_a_new_station_before_it_writes(
    centre: Centre, east: Station, tmp_path: Path
) -> None:
    east.take_in(1)
    east.round()
    earlier = east.copy_disk(tmp_path / "earlier")
    east.take_in(2)
    east.round()
    held = centre.events()
    east.set_back(earlier)
    was = east.station_id
    report = east.round()
    assert (report.outcome, report.reason) == ("renewed", "line.renewed")
    assert east.station_id != was
    assert east.round().outcome == "done"
    assert centre.events()[: len(held)] == held
    both_hold_the_same(centre, east)


def test_a_clone_never_overwrites_and_keeps_its_papers(
    centre: Centre, east: Station, west: Station, tmp_path: Path
) -> None:
    east.take_in(1)
    east.round()
    clone = Station(east.copy_disk(tmp_path / "clone"), east.clock)
    try:
        mine, theirs = east.take_in(2), clone.take_in(2)
        assert east.round().outcome == "done"
        report = clone.round()
        assert report.outcome == "renewed"
        assert report.renewed >= 8
        assert clone.round().outcome == "done"
        for station in (east, west, clone):
            assert station.round().outcome == "done"
        numbers = {row.number for row in west.store.cases(None, 99)}
        assert numbers >= {one.number for one in (*mine, *theirs)}
        assert {row[2] for row in centre.events()} >= {e.event_id for one in (*mine, *theirs) for e in one.events}
        both_hold_the_same(centre, east, west, clone)
    finally:
        clone.close()


def test_a_clone_is_seen_though_it_parts_in_the_middle_of_a_session(
    centre: Centre, east: Station, tmp_path: Path
) -> None:
    east.take_in(1)
    east.round()
    clone = Station(east.copy_disk(tmp_path / "clone"), east.clock)
    try:
        with clone.line() as line:
            assert line.run().outcome == "done"
            mine = east.take_in(1)[0]
            east.round()
            theirs = clone.take_in(2)
            assert line.run().outcome == "renewed"
        assert clone.round().outcome == "done"
        wanted = {event.event_id for one in (mine, *theirs) for event in one.events}
        assert {row[2] for row in centre.events()} >= wanted
    finally:
        clone.close()


def test_a_new_installation_begins_at_the_checkpoint_with_its_open_cases(
    centre: Centre, east: Station, station
) -> None:
    taken = east.take_in(2)
    east.round()
    centre.administration.checkpoint("310101")
    east.take_in(1)
    east.round()
    late = station("west")
    report = late.round()
    assert report.outcome == "done"
    assert report.differing == ()
    assert {row.number for row in late.store.cases(None, 99)} >= {one.number for one in taken}
    assert late.store.cursor("310101").after == len(centre.events())
    assert len(late.feed()) < len(centre.events())


def test_an_older_case_is_fetched_by_its_number(centre: Centre, east: Station, station) -> None:
    taken = east.take_in(1)[0]
    east.round()
    centre.administration.checkpoint("310101")
    # As if it had been closed since: the checkpoint no longer names it among the open ones.
    late = station("west")
    with late.line() as line:
        assert line.fetch_case(taken.number) is True
        assert line.fetch_case(str(draw("310101", "E1A1", east.clock.today(), 77))) is False
        assert line.fetch_case("nothing of ours") is False
    assert late.store.find_case(taken.number) is not None


def test_bodies_of_another_counter_come_with_a_reason_and_are_recorded(
    centre: Centre, east: Station, west: Station
) -> None:
    taken = east.take_in(1)[0]
    east.round()
    west.round()
    before = [event for event in west.store.events(taken.case_id) if event.body is not None]
    with west.line() as line:
        fresh = line.fetch_bodies(taken.case_id, "0012", "来访人查询")
    held = [event for event in west.store.events(taken.case_id) if event.body is not None]
    assert len(held) - len(before) == fresh
    assert centre.execute("SELECT count(*) FROM centre.body_read")[0][0] == 1


def test_a_revoked_station_loses_nothing_and_pulls_nothing(centre: Centre, east: Station, west: Station) -> None:
    east.take_in(1)
    east.round()
    centre.administration.revoke(east.station_id)
    west.take_in(1)
    west.round()
    east.take_in(2)
    report = east.round()
    assert (report.outcome, report.reason) == ("revoked", "line.revoked")
    assert report.set_aside == 8
    assert report.pulled == 0
    assert {row.state for row in east.store.outbox(99)} == {"refused"}
    assert east.store.count_outbox() == 8
    assert len(centre.execute("SELECT * FROM centre.quarantine")) == 8
    assert east.round().outcome == "revoked"
    assert len(centre.execute("SELECT * FROM centre.quarantine")) == 8


def test_an_office_follows_all_its_feeds_and_answers_on_the_home_feed(east: Station, station) -> None:
    office = station("inspection")
    taken = east.take_in(1)[0]
    secret = east.take_in(1, confidential=True)[0]
    assert east.round().outcome == "done"
    report = office.round()
    assert (report.outcome, report.differing) == ("done", ())
    assert {row.number for row in office.store.queue("inspection", 9)} == {taken.number, secret.number}
    with office.line() as line:
        assert line.fetch_bodies(secret.case_id, "0012", "办理") > 0
    with office.store.unit_of_work() as work:
        work.append(
            Actor(ActorKind.OFFICE, "inspection/0012"),
            [
                halls.decide(
                    taken.case_id, "accepted", decision_number="沪浦人社监受〔2026〕1号", decided_on="2026-11-21"
                )
            ],
        )
    assert office.round().pushed == 1
    assert east.round().pulled == 1
    assert east.store.get_case(taken.case_id).state == "accepted"
    assert east.store.count_outbox() == office.store.count_outbox() == 0


def test_a_confidential_report_reaches_no_other_counter(centre: Centre, east: Station, west: Station) -> None:
    secret = east.take_in(1, confidential=True)[0]
    assert east.round().differing == ()
    report = west.round()
    assert (report.outcome, report.differing) == ("done", ())
    assert west.store.find_case(secret.number) is None
    with west.line() as line:
        assert line.fetch_case(secret.number) is False
    hidden = centre.execute("SELECT count(*) FROM centre.event WHERE feed_id = %s", f"{DISTRICT}:confidential")
    assert hidden[0][0] == 2
    assert b"".join(event.envelope_bytes for event in west.store.events(secret.visit_id)).count(b"confidential") == 0
