"""Projections are a function of the events: made anew, they hold the same bytes."""

from typing import Any

from tests.storage import feeds, halls

from window_app.domain.fold import fold_case
from window_app.storage import search_index
from window_app.storage.engine import Statement
from window_app.storage.opened import Store
from window_app.storage.schema import PROJECTIONS


def projected(records: Store) -> list[Any]:
    """Every row of every projection, and every term of the index with its places."""
    rows = [
        records._database.rows(Statement(table.select().order_by(*table.primary_key.columns))) for table in PROJECTIONS
    ]
    cursor = records._database._connection.cursor()
    cursor.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'case_search', 'instance')")
    return [*rows, sorted(cursor.execute("SELECT term, doc, offset FROM temp.terms").fetchall())]


def test_rebuilding_gives_the_same_bytes(records, office, monkeypatch):
    monkeypatch.setattr(search_index, "BATCH", 1)
    taken = [halls.take_in(records, name=name) for name in ("王小明", "李四", "曾𬭚")]
    feeds.decided(records, office, taken[1].case_id, "accepted", due_on="2027-01-20")
    with records.unit_of_work() as work:
        work.append(halls.AT_COUNTER, [halls.decide(taken[0].case_id, "closed")])
    before = projected(records)
    assert len(before[0]) == 3
    assert before[-1]
    records.rebuild()
    assert projected(records) == before


def test_rebuilding_mends_a_projection_that_was_changed(records):
    taken = halls.take_in(records)
    before = projected(records)
    connection = records._database._connection
    connection.execute("UPDATE case_current SET state = 'closed', applicant = 'x'")
    assert projected(records) != before
    records.rebuild()
    assert projected(records)[0] == before[0]
    assert records.get_case(taken.case_id).state == "received"


def test_papers_and_drafts_outlive_a_rebuild(records):
    taken = halls.take_in(records)
    record = halls.paper(taken)
    with records.unit_of_work() as work:
        work.add_paper(record)
    records.rebuild()
    assert records.get_paper(record.paper_id).record == record


def test_a_row_is_the_fold_of_its_stream(records, office):
    taken = halls.take_in(records)
    feeds.decided(records, office, taken.case_id, "suspended")
    state = fold_case(records.events(taken.case_id))
    row = records.get_case(taken.case_id)
    assert state is not None
    assert (row.state, row.number, row.due_on) == (state.status, state.number, state.due_on)
