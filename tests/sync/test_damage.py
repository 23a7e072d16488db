"""Rows altered at the centre by whoever has every right there: readers notice, and write nothing of it."""

import pytest
from tests.sync.centres import Centre, Station
from tests.sync.test_rounds import both_hold_the_same

from window_app.domain.events import chain_hash

FEED = "310101"


@pytest.fixture
def filled(centre: Centre, east: Station) -> Centre:
    """A centre that holds three visits of a counter."""
    east.take_in(3)
    assert east.round().outcome == "done"
    # What an owner of the tables could do, whatever rules stand for everybody else.
    centre.execute("ALTER TABLE centre.event DISABLE TRIGGER USER")
    return centre


def damaged(station: Station) -> dict[str, object]:
    """Go through a round that must be stopped, and return what it said."""
    report = station.round()
    assert (report.outcome, report.reason) == ("damaged", "line.page_damaged")
    assert report.pulled == 0
    assert station.feed() == []
    assert station.store.count_cases() == 0
    assert station.store.cursor(FEED).after == 0
    return dict(report.params)


def test_an_altered_envelope_stops_the_page(filled: Centre, west: Station) -> None:
    filled.execute(
        "UPDATE centre.event SET envelope = convert_to(replace(convert_from(envelope, 'UTF8'), 'inspection',"
        " 'arbitration'), 'UTF8') WHERE feed_id = %s AND fseq = 2",
        FEED,
    )
    assert damaged(west)["fseq"] == 2


def test_an_envelope_altered_together_with_its_chain_stops_the_page(filled: Centre, west: Station) -> None:
    """Links recomputed as the centre would: only the signature of the author can tell."""
    rows = filled.execute(
        "SELECT fseq, station_id, lseq, envelope FROM centre.event WHERE feed_id = %s ORDER BY fseq", FEED
    )
    link, links = "", []
    for fseq, _, _, envelope in rows:
        altered = bytes(envelope).replace(b"inspection", b"arbitration")
        link = chain_hash(link, altered)
        links.append(bytes.fromhex(link))
        filled.execute("UPDATE centre.event SET envelope = %s WHERE feed_id = %s AND fseq = %s", altered, FEED, fseq)
    filled.execute("UPDATE centre.batch SET links = %s", b"".join(links))
    assert damaged(west)["part"] == "signature"


def test_an_altered_body_stops_the_page(filled: Centre, west: Station) -> None:
    filled.execute('UPDATE centre.body SET content = convert_to(\'{"body":{},"salt":"00"}\', \'UTF8\')')
    report = west.round()
    # Bodies of the other counter's cases do not travel unasked: without one there is nothing to notice.
    assert report.outcome in ("done", "damaged")
    held = [event.body for row in west.store.cases(None, 9) for event in west.store.events(row.case_id)]
    assert all(body != {} for body in held)


def test_events_put_in_another_order_stop_the_page(filled: Centre, west: Station) -> None:
    filled.execute("UPDATE centre.event SET fseq = -fseq WHERE feed_id = %s AND fseq IN (2, 3)", FEED)
    assert damaged(west)


def test_a_forged_signature_stops_the_page(filled: Centre, west: Station) -> None:
    filled.execute("UPDATE centre.batch SET signature = repeat('0', 128)")
    assert damaged(west)["part"] == "signature"


def test_a_key_put_into_the_directory_by_another_hand_is_not_believed(filled: Centre, west: Station) -> None:
    filled.execute(
        "INSERT INTO centre.directory_entry (dseq, previous, content, signature)"
        " SELECT max(dseq) + 1, '', '\\x7b7d', repeat('0', 128) FROM centre.directory_entry"
    )
    west.take_in(1)
    report = west.round()
    assert (report.outcome, dict(report.params)["feed"]) == ("damaged", "directory")
    assert report.pushed == 4
    assert west.store.count_outbox() == 0


def test_own_events_go_out_though_the_feed_is_damaged(filled: Centre, west: Station) -> None:
    filled.execute("UPDATE centre.batch SET signature = repeat('0', 128)")
    west.take_in(1)
    report = west.round()
    assert report.outcome == "damaged"
    assert report.pushed == 4
    assert west.store.count_outbox() == 0


def test_a_page_put_right_again_is_taken(filled: Centre, east: Station, west: Station) -> None:
    kept = filled.execute("SELECT fseq, envelope FROM centre.event WHERE feed_id = %s AND fseq = 1", FEED)
    filled.execute("UPDATE centre.event SET envelope = '\\x7b7d' WHERE feed_id = %s AND fseq = 1", FEED)
    damaged(west)
    filled.execute("UPDATE centre.event SET envelope = %s WHERE feed_id = %s AND fseq = 1", kept[0][1], FEED)
    assert west.round().outcome == "done"
    both_hold_the_same(filled, east, west)


def test_a_damaged_feed_keeps_no_other_feed_from_coming(filled: Centre, east: Station, station) -> None:
    secret = east.take_in(1, confidential=True)[0]
    east.round()
    filled.execute("UPDATE centre.event SET envelope = '\\x7b7d' WHERE feed_id = %s AND fseq = 1", FEED)
    office = station("inspection")
    report = office.round()
    assert (report.outcome, dict(report.params)["feed"]) == ("damaged", FEED)
    assert [row.number for row in office.store.cases(None, 9)] == [secret.number]
