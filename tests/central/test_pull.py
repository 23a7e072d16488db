"""Reading feeds: dense, with a witness, each station what it may read and no more."""

import json
from uuid import UUID, uuid4

import pytest
from tests.central.pen import Ends, event_id, whole
from tests.postgres import DISTRICT, HIDDEN, HOME, CentreDatabase

from window_app.domain.line import Centre, Cursor, PushCode, Rewound, StationCount, StationRefused, place_mark


def envelopes(end: Centre, feed: str = HOME) -> list[bytes]:
    """Return all envelopes of a feed."""
    return [event.envelope for event in whole(end, feed)]


def test_pages_are_dense_and_end_at_the_head(ends: Ends) -> None:
    pen = ends.pen("east")
    for _ in range(25):
        pen.write("VisitOpened")
    pen.push(ends["east"])
    assert len(whole(ends["west"], HOME, limit=7)) == 25
    last = event_id(pen.written[-1].envelope)
    page = ends["west"].pull(HOME, Cursor(25, last), 7)
    assert (page.events, page.after, page.head) == ((), 25, 25)


@pytest.mark.parametrize(
    "hidden", [(), ("nestloop",), ("indexscan", "bitmapscan"), ("nestloop", "hashjoin", "indexscan", "seqscan")]
)
def test_a_page_is_in_order_whatever_plan_the_server_takes(
    ends: Ends, centre: CentreDatabase, hidden: tuple[str, ...]
) -> None:
    for plan in hidden:
        centre.execute(f'ALTER DATABASE "{centre.name}" SET enable_{plan} = off')
    east, west = ends.pen("east"), ends.pen("west")
    for number in range(30):
        for name, pen in (("east", east), ("west", west)):
            pen.write("VisitOpened", None, {"number": number}, **{"class": "open"})
            pen.push(ends[name], first=pen.last)
    events = whole(ends["west"], HOME, limit=50)
    turns = [event for pair in zip(east.written, west.written, strict=True) for event in pair]
    assert [(event.envelope, event.body) for event in events] == [(event.envelope, event.body) for event in turns]


@pytest.mark.parametrize("after", [3, 5, 6, -1])
def test_another_witness_or_a_number_behind_the_head_is_rewound(ends: Ends, after: int) -> None:
    pen = ends.pen("east")
    for _ in range(5):
        pen.write("VisitOpened")
    pen.push(ends["east"])
    with pytest.raises(Rewound):
        ends["west"].pull(HOME, Cursor(after, uuid4()), 10)
    with pytest.raises(Rewound):
        ends["west"].pull(HOME, Cursor(after, None), 10)


def test_a_centre_set_back_and_filled_otherwise_is_seen_through_the_witness(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("east")
    pen.write("VisitOpened")
    pen.push(ends["east"])
    early = centre.dump()
    pen.write("VisitOpened")
    pen.push(ends.new("east"))
    held = event_id(pen.written[1].envelope)
    centre.restore_to(early)
    other = ends.pen("west")
    other.write("VisitOpened")
    other.push(ends["west"])
    with pytest.raises(Rewound):
        ends["west"].pull(HOME, Cursor(2, held), 10)
    page = ends["west"].pull(HOME, Cursor(1, event_id(pen.written[0].envelope)), 10)
    assert [event.envelope for event in page.events] == [other.written[0].envelope]


def test_bodies_come_to_their_author_to_the_owner_of_the_case_and_where_they_are_open(ends: Ends) -> None:
    east, west = ends.pen("east"), ends.pen("west")
    case = east.receive()
    east.push(ends["east"])
    west.write("PaperIssued", case, {"of": "west"})
    west.write("PaperIssued", uuid4(), {"of": "nobody else"})
    west.write("VisitOpened", None, {"of": "all"}, **{"class": "open"})
    west.push(ends["west"])
    assert [event.body is not None for event in whole(ends["east"], HOME)] == [True, True, False, True]
    assert [event.body is not None for event in whole(ends["west"], HOME)] == [False, True, True, True]
    assert [event.body is not None for event in whole(ends["arbitration"], HOME)] == [False, False, False, True]


def test_bodies_come_to_what_their_author_goes_on_as_after_a_fork(ends: Ends) -> None:
    pen = ends.pen("east")
    pen.write("VisitOpened", None, {"of": "east"})
    pen.push(ends["east"])
    identity = ends["east"].renew()
    again = ends["east"].as_station(identity.station_id, identity.station_secret)
    try:
        assert [event.body for event in whole(again, HOME)] == [pen.written[0].body]
    finally:
        again.close()


def test_a_confidential_report_is_seen_by_inspection_alone(ends: Ends) -> None:
    pen = ends.pen("east")
    case = pen.receive("310101-9", office="inspection", **{"class": "confidential"})
    pen.write("VisitOpened")
    pen.push(ends["east"])
    assert envelopes(ends["east"]) == envelopes(ends["arbitration"]) == [pen.written[1].envelope]
    assert envelopes(ends["inspection"], HIDDEN) == [pen.written[0].envelope]
    for name in ("east", "west", "arbitration"):
        with pytest.raises(StationRefused) as refused:
            ends[name].pull(HIDDEN, Cursor(), 10)
        assert refused.value.code == "line.no_feed"
        assert ends[name].find_case("3101019") is None
        assert ends[name].bodies(case, "0012", "核对") == ()
        assert ends[name].events_of_cases(HOME, [case]).events == ()
    assert ends["inspection"].find_case("3101019") == case
    ((found, body),) = ends["inspection"].bodies(case, "0031", "opened")
    assert (found, body) == (event_id(pen.written[0].envelope), pen.written[0].body)
    assert [event.body for event in whole(ends["inspection"], HIDDEN)] == [None], "only where the case is opened"


def test_inspection_reads_no_confidential_body_of_a_case_that_names_another_office(ends: Ends) -> None:
    pen = ends.pen("east")
    case = pen.receive(office="inspection-north", **{"class": "confidential"})
    pen.push(ends["east"])
    assert len(envelopes(ends["inspection"], HIDDEN)) == 1
    assert ends["inspection"].bodies(case, "0031", "opened") == ()


def test_an_office_reads_bodies_of_its_own_cases_when_it_opens_them_and_that_is_recorded(
    ends: Ends, centre: CentreDatabase
) -> None:
    pen = ends.pen("east")
    mine, other = pen.receive(office="arbitration"), pen.receive(office="inspection")
    pen.push(ends["east"])
    assert ends["arbitration"].bodies(mine, "0031", "opened") == (
        (event_id(pen.written[0].envelope), pen.written[0].body),
    )
    assert ends["arbitration"].bodies(other, "0031", "opened") == ()
    station = centre.stations["arbitration"].enrolment.station.station_id
    assert centre.execute("SELECT station_id, case_id, clerk, reason FROM centre.body_read ORDER BY body_read_id") == [
        (station, mine, "0031", "opened"),
        (station, other, "0031", "opened"),
    ]


def test_another_counter_of_the_district_reads_a_case_with_a_reason(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("east")
    case = pen.receive()
    pen.push(ends["east"])
    assert len(ends["west"].bodies(case, "0012", "visitor asks here")) == 1
    for clerk, reason in (("0012", " "), ("", "why")):
        with pytest.raises(StationRefused) as refused:
            ends["west"].bodies(case, clerk, reason)
        assert refused.value.code == "line.no_reason"
    assert centre.execute("SELECT count(*) FROM centre.body_read") == [(1,)]


def test_a_station_of_another_district_reads_nothing_here(ends: Ends, centre: CentreDatabase) -> None:
    centre.administration.initialise("310104")
    far = centre.enrol("far", district="310104")
    pen = ends.pen("east")
    case = pen.receive("310101-7")
    pen.push(ends["east"])
    end = far.centre()
    try:
        assert end.hello().feeds == ("310104",)
        assert (end.find_case("3101017"), end.bodies(case, "1", "x")) == (None, ())
        with pytest.raises(StationRefused):
            end.pull(HOME, Cursor(), 10)
        with pytest.raises(StationRefused):
            end.counts(HOME, 0)
        with pytest.raises(StationRefused):
            end.checkpoint(HOME)
    finally:
        end.close()


def test_an_office_over_two_districts_decides_into_the_feed_of_the_case(ends: Ends, centre: CentreDatabase) -> None:
    centre.administration.initialise("310104")
    city = centre.enrol("city", "city-arbitration", feeds=(DISTRICT, "310104"), district="310104")
    counter = ends.pen("east")
    case = counter.receive(office="city-arbitration")
    counter.push(ends["east"])
    end = city.centre()
    try:
        office = type(counter).of(city)
        office.write("StatusChanged", case, facts={"state": "accepted", "decision_number": "1"})
        office.write("VisitOpened")
        assert office.push(end).code is PushCode.OK
        assert end.hello().feeds == ("310104", DISTRICT)
        assert envelopes(ends["east"]) == [counter.written[0].envelope, office.written[0].envelope]
        assert envelopes(end, "310104") == [office.written[1].envelope]
    finally:
        end.close()


def test_events_of_cases_are_found_wherever_they_stand(ends: Ends) -> None:
    pen = ends.pen("east")
    first, second = pen.receive(), pen.receive()
    pen.write("VisitOpened")
    pen.write("PaperIssued", first)
    pen.push(ends["east"])
    page = ends["west"].events_of_cases(HOME, [first])
    assert [event.fseq for event in page.events] == [1, 4]
    assert [event.link for event in page.events] == [pen.written[0].link, pen.written[3].link]
    assert len(ends["west"].events_of_cases(HOME, [first, second]).events) == 3
    assert ends["west"].events_of_cases(HOME, [uuid4()]).events == ()


def test_counts_are_of_one_moment(ends: Ends) -> None:
    east, west = ends.pen("east"), ends.pen("west")
    for _ in range(3):
        east.write("VisitOpened")
    west.write("VisitOpened")
    east.receive(office="inspection", **{"class": "confidential"})
    east.push(ends["east"])
    west.push(ends["west"])
    stations = {east.station_id: (3, 3, east.written[2].link), west.station_id: (1, 1, west.written[0].link)}
    page = ends["west"].pull(HOME, Cursor(), 10)
    marks = dict.fromkeys(stations, 0)
    for event in page.events:
        marks[event.station_id] ^= place_mark(UUID(json.loads(event.envelope)["event"]).bytes, event.fseq)
    assert set(ends["west"].counts(HOME, 4) or ()) == {
        StationCount(station, *found, marks[station]) for station, found in stations.items()
    }
    assert ends["west"].counts(HOME, 3) is None
    assert [one.events for one in ends["inspection"].counts(HIDDEN, 1) or ()] == [1]


def test_the_directory_is_pulled_behind_what_is_held_and_tells_when_it_was_another(ends: Ends) -> None:
    entries = ends["east"].pull_directory(0, "", 500)
    assert [entry.dseq for entry in entries] == list(range(1, len(entries) + 1))
    assert ends["east"].pull_directory(3, entries[2].link, 500) == entries[3:]
    last = entries[-1]
    assert ends["east"].pull_directory(last.dseq, last.link, 500) == ()
    for after, previous in ((3, "ab" * 32), (last.dseq, "ab" * 32), (last.dseq + 1, last.link)):
        with pytest.raises(Rewound):
            ends["east"].pull_directory(after, previous, 500)


def test_a_checkpoint_and_a_definition_set_are_fetched(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("east")
    case = pen.receive()
    pen.push(ends["east"])
    made = centre.administration.checkpoint(HOME)
    assert ends["west"].checkpoint(HOME) == made
    assert str(case).encode() in made.content
    name = centre.administration.keep_definition_set(b"set")
    assert ends["west"].find_set(name) == b"set"
    assert ends["west"].find_set("00" * 32) is None
    with pytest.raises(StationRefused):
        ends["west"].keep_set("00" * 32, b"set")
    ends["west"].keep_set("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", b"foo")
    assert ends["east"].find_set("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae") == b"foo"


def test_find_case_takes_compact_numbers(ends: Ends) -> None:
    pen = ends.pen("east")
    case: UUID = pen.receive("310101-A1C2-261120-0012-7KX")
    pen.push(ends["east"])
    assert ends["arbitration"].find_case("310101A1C226112000127KX") == case
    assert ends["arbitration"].find_case("310101A1C226112000127KY") is None
