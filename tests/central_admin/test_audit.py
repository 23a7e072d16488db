"""The audit finds whatever was changed behind the program's back, and erasing by law is not such a change."""

import json
from uuid import uuid4

import pytest
from tests.central.pen import Pen
from tests.central.test_piece_attacks import attach, sealed
from tests.postgres import HOME, CentreDatabase

from window_app.domain.attachments import PieceAnswer
from window_app.domain.line import Centre, Cursor
from window_app.errors import WindowAppError


@pytest.fixture
def worked(centre: CentreDatabase, pen: Pen) -> CentreDatabase:
    """A centre on which two counters have worked, with batches that overlap."""
    west = Pen.of(centre.stations["west"])
    for hand, name in ((pen, "east"), (west, "west")):
        end = centre.stations[name].centre()
        end.hello()
        for _ in range(4):
            hand.receive()
        hand.push(end, 1, 3)
        hand.push(end, 2)
        end.close()
    return centre


def faults(centre: CentreDatabase) -> set[str]:
    said = centre.administration.audit()
    assert said["ok"] == (said["faults"] == 0)
    return {one["fault"] for one in said["first_faults"]}


def test_what_came_as_it_was_signed_passes(worked: CentreDatabase) -> None:
    said = worked.administration.audit()
    assert said["ok"], said
    assert (said["stations"], said["events"]) == (2, 8)
    assert said["batches"] >= 4


# (table, change behind the program's back, what the audit must call it)
CHANGES = (
    ("event", "UPDATE centre.event SET envelope = envelope || ' ' WHERE fseq = 2", "link"),
    ("body", "UPDATE centre.body SET content = content || ' ' WHERE fseq = 3", "body"),
    ("batch", "UPDATE centre.batch SET signature = repeat('0', 128)", "signature"),
    (
        "batch",
        "UPDATE centre.batch SET links = overlay(links placing '\\x00' from 1) WHERE first_lseq = 1",
        "signature",
    ),
    ("batch", "UPDATE centre.batch SET previous = sha256('') WHERE first_lseq = 2", "chain"),
    ("batch", "DELETE FROM centre.batch WHERE first_lseq = 2", "end"),
    ("event", "UPDATE centre.event SET lseq = 9 WHERE fseq = 8", "link"),
    ("event", "DELETE FROM centre.event WHERE fseq = 4", "dense"),
    ("event", "DELETE FROM centre.event WHERE fseq = 8", "heads"),
    ("feed_count", "UPDATE centre.feed_count SET events = events - 1", "count"),
    ("feed_count", "UPDATE centre.feed_count SET places = places # 1", "count"),
    ("feed", "UPDATE centre.feed SET head = head + 1 WHERE NOT confidential", "heads"),
    ("station", "UPDATE centre.station SET last_lseq = 3 WHERE last_lseq = 4", "end"),
    ("directory_entry", "UPDATE centre.directory_entry SET content = content || ' ' WHERE dseq = 2", "directory"),
    ("directory_entry", "DELETE FROM centre.directory_entry WHERE dseq = 3", "directory"),
)


def test_what_was_changed_is_found_and_nothing_else_is(worked: CentreDatabase) -> None:
    unnoticed = []
    for table, change, fault in CHANGES:
        worked.execute(f"CREATE TABLE kept AS TABLE centre.{table}")
        worked.execute("SET session_replication_role = replica; " + change)
        if fault not in faults(worked):
            unnoticed.append(change)
        worked.execute(
            f"SET session_replication_role = replica; DELETE FROM centre.{table};"  # noqa: S608 - a name of CHANGES
            f"INSERT INTO centre.{table} SELECT * FROM kept; DROP TABLE kept"
        )
        assert faults(worked) == set()
    assert unnoticed == []


def test_a_body_erased_by_law_is_gone_for_all_and_breaks_nothing(worked: CentreDatabase, pen: Pen) -> None:
    event_id = json.loads(pen.written[1].envelope)["event"]
    said = worked.administration.erase(event_id, "court order 12")
    assert not said["already"]
    assert worked.administration.erase(event_id, "again")["already"]
    assert worked.execute("SELECT content, erased_for FROM centre.body WHERE event_id = %s", event_id) == [
        (None, "court order 12")
    ]
    assert faults(worked) == set()
    end: Centre = worked.stations["east"].centre()
    end.hello()
    erasures = [
        json.loads(entry.content)
        for entry in end.pull_directory(0, "", 100)
        if json.loads(entry.content)["entry"] == "erasure"
    ]
    assert [one["event_ids"] for one in erasures] == [[event_id]]
    page = end.pull(HOME, Cursor(), 100)
    pulled = {event.lseq: event.body for event in page.events if event.station_id == pen.station_id}
    assert pulled[2] is None
    assert pulled[1] is not None
    end.close()


def test_erasing_what_is_not_there_is_refused_and_names_what_lies_in_quarantine(
    centre: CentreDatabase, pen: Pen
) -> None:
    with pytest.raises(WindowAppError, match="no_event"):
        centre.administration.erase(uuid4(), "x")
    end = centre.stations["east"].centre()
    end.hello()
    pen.receive()
    pen.push(end)
    event_id = json.loads(pen.written[0].envelope)["event"]
    centre.execute(
        "INSERT INTO centre.quarantine (station_id, lseq, link, envelope, body, reason)"
        " SELECT station_id, 99, '\\x00', envelope, '\\x00', 'test' FROM centre.event"
    )
    found = centre.administration.erase(event_id, "x")["quarantined"]
    assert found == [one["id"] for one in centre.administration.quarantine()]
    end.close()


def test_who_settled_a_quarantined_event_is_kept(centre: CentreDatabase, pen: Pen) -> None:
    pen.add(b"no envelope at all", None)
    end = centre.stations["east"].centre()
    end.hello()
    assert pen.push(end).set_aside == (1,)
    end.close()
    waiting = centre.administration.quarantine()
    assert [one["reason"] for one in waiting] == ["unreadable"]
    with pytest.raises(WindowAppError, match="settled_by"):
        centre.administration.release(waiting[0]["id"], " ")
    centre.administration.release(waiting[0]["id"], "王主任")
    assert centre.administration.quarantine() == []
    with pytest.raises(WindowAppError, match="no_quarantine"):
        centre.administration.release(waiting[0]["id"], "王主任")
    with pytest.raises(WindowAppError, match="no_quarantine"):
        centre.administration.quarantined(99)
    assert centre.administration.audit()["ok"]


# (change behind the program's back, what the audit must call it)
PIECE_CHANGES = (
    ("UPDATE centre.piece SET content = content || ' ' WHERE number = 1", "piece"),
    ("UPDATE centre.piece SET size = size + 1 WHERE number = 0", "piece"),
    ("DELETE FROM centre.piece WHERE number = 1", "piece_lost"),
    ("UPDATE centre.piece SET digest = sha256('another') WHERE number = 2", "piece_orphan"),
    ("UPDATE centre.attachment SET erased = true", "piece_erased"),
    ("UPDATE centre.piece SET number = 7 WHERE number = 2", "piece"),
)


def test_pieces_are_what_their_events_name_and_nothing_else_is_said(centre: CentreDatabase, pen: Pen) -> None:
    end = centre.stations["east"].centre()
    end.hello()
    whole, begun = sealed(), sealed()
    case = pen.receive()
    for file in (whole, begun):
        attach(pen, case, file)
    pen.push(end)
    for file, count in ((whole, 3), (begun, 2)):
        for number in range(count):
            assert end.put_piece(file.digest, number, file.pieces[number]) is PieceAnswer.OK
    end.close()
    said = centre.administration.audit()
    assert said["ok"], said
    assert (said["files"], said["files_on_their_way"]) == (1, 1)
    unnoticed = []
    for change, fault in PIECE_CHANGES:
        for table in ("piece", "attachment"):
            centre.execute(f"CREATE TABLE kept_{table} AS TABLE centre.{table}")
        centre.execute("SET session_replication_role = replica; " + change)
        if faults(centre) != {fault}:
            unnoticed.append((change, faults(centre)))
        for table in ("piece", "attachment"):
            centre.execute(
                f"DELETE FROM centre.{table}; INSERT INTO centre.{table} SELECT * FROM kept_{table};"  # noqa: S608
                f" DROP TABLE kept_{table}"
            )
    assert unnoticed == []
    assert faults(centre) == set()
