"""Papers from record to reprint, and drafts written through."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.storage import halls

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind, digest
from window_app.domain.papers import PaperState
from window_app.domain.visits import MaterialState, MaterialTick, MatterDraft, VisitDraft


def test_a_paper_is_kept_as_issued_and_listed_in_order(records):
    taken = halls.take_in(records)
    first, second = halls.paper(taken), halls.paper(taken, "notice_once")
    with records.unit_of_work() as work:
        work.add_paper(first)
        work.add_paper(second)
    assert [paper.record for paper in records.papers(case_id=taken.case_id)] == [first, second]
    assert [paper.record for paper in records.papers(visit_id=taken.visit_id)] == [first, second]
    assert records.papers(case_id=uuid4()) == ()


def issue(records, taken, record, *, said=None):
    """Issue a paper as receiving does: its event and its record in one transaction."""
    event = NewEvent(
        Stream(StreamKind.CASE, taken.case_id),
        EventType.PAPER_ISSUED,
        facts={"paper_id": str(record.paper_id)},
        body={"content": record.content if said is None else said, "content_salt": record.content_salt},
    )
    with records.unit_of_work() as work:
        work.append(halls.AT_COUNTER, [event])
        work.add_paper(record)


def kept_twice(records, record) -> bool:
    found = records._database._connection.execute(
        "SELECT content FROM paper WHERE paper_id = ?", (record.paper_id.bytes,)
    )
    return found.fetchone()[0] is not None


def test_what_a_paper_says_stands_once_in_the_store(records):
    taken = halls.take_in(records)
    record = halls.paper(taken)
    issue(records, taken, record)
    assert records.get_paper(record.paper_id).record == record
    assert [paper.record for paper in records.unsettled_papers()] == [record]
    assert not kept_twice(records, record)
    assert records.integrity() == ()


def test_a_paper_that_its_event_tells_otherwise_keeps_its_own_content(records):
    taken = halls.take_in(records)
    record = halls.paper(taken)
    issue(records, taken, record, said={"title": "another"})
    assert records.get_paper(record.paper_id).record == record
    assert kept_twice(records, record)


def test_erasing_the_body_of_an_event_erases_what_its_paper_says(records):
    taken = halls.take_in(records)
    record = halls.paper(taken)
    issue(records, taken, record)
    records._database._connection.execute(
        "DELETE FROM body WHERE position = (SELECT issued FROM paper WHERE paper_id = ?)", (record.paper_id.bytes,)
    )
    assert records.get_paper(record.paper_id).record == replace(record, content={})
    assert records.integrity() == ()


def test_the_first_pdf_of_a_paper_stays(records):
    record = halls.paper(halls.take_in(records))
    with records.unit_of_work() as work:
        work.add_paper(record)
        assert work.store_pdf(record.paper_id, b"%PDF one") == digest(b"%PDF one")
        assert work.store_pdf(record.paper_id, b"%PDF two") == digest(b"%PDF one")
    assert records.find_pdf(record.paper_id) == b"%PDF one"
    assert records.get_paper(record.paper_id).pdf_digest == digest(b"%PDF one")
    assert records.find_pdf(uuid4()) is None


def test_papers_are_unsettled_until_confirmed(records):
    record = halls.paper(halls.take_in(records))
    with records.unit_of_work() as work:
        work.add_paper(record)
    for state in (PaperState.RENDERED, PaperState.PRINTED, PaperState.NOT_OUT):
        with records.unit_of_work() as work:
            work.set_paper_state(record.paper_id, state)
        assert [paper.state for paper in records.unsettled_papers()] == [state]
    with records.unit_of_work() as work:
        work.set_paper_state(record.paper_id, PaperState.CONFIRMED)
    assert records.unsettled_papers() == ()


def test_reprints_are_counted(records):
    record = halls.paper(halls.take_in(records))
    with records.unit_of_work() as work:
        work.add_paper(record)
        assert [work.count_reprint(record.paper_id) for _ in range(3)] == [1, 2, 3]
    assert records.get_paper(record.paper_id).reprints == 3


def test_a_paper_nobody_issued_is_unknown(records):
    with pytest.raises(KeyError):
        records.get_paper(uuid4())
    with pytest.raises(KeyError), records.unit_of_work() as work:
        work.set_paper_state(uuid4(), PaperState.PRINTED)
    with pytest.raises(KeyError), records.unit_of_work() as work:
        work.store_pdf(uuid4(), b"%PDF")
    with pytest.raises(KeyError), records.unit_of_work() as work:
        work.count_reprint(uuid4())


def draft(**more: Any) -> VisitDraft:
    return VisitDraft(
        visit_id=more.pop("visit_id", uuid4()),
        opened_at=halls.NOW,
        facts={"employed": True},
        answers={"applicant": {"name": "曾𬭚", "phone": "1"}, "respondents": [{"name": "甲"}]},
        materials={"identity": MaterialTick(MaterialState.ORIGINAL_SEEN, 1, "看过")},
        matters=(MatterDraft("m1", {"matter_kind": "wages_unpaid"}, "inspection", "", {"claims": [{"a": "1.50"}]}),),
        definition_set="ab" * 32,
        note="𠮷",
        **more,
    )


def test_a_draft_comes_back_as_it_was_typed(hall, records):
    typed = draft()
    with records.unit_of_work() as work:
        work.save_draft(typed, halls.NOW)
    records.close()
    again = halls.enter(hall)
    assert again.find_draft(typed.visit_id) == typed
    (summary,) = again.drafts()
    assert (summary.visitor, summary.matters, summary.changed_at) == ("曾𬭚", ("wages_unpaid",), halls.NOW)
    again.close()


def test_the_draft_changed_last_stands_first_and_a_dropped_one_is_gone(records):
    one, two = draft(), draft()
    for place, typed in enumerate((one, two, one)):
        with records.unit_of_work() as work:
            work.save_draft(typed, halls.NOW + timedelta(seconds=place))
    assert [summary.visit_id for summary in records.drafts()] == [one.visit_id, two.visit_id]
    with records.unit_of_work() as work:
        work.drop_draft(one.visit_id)
        work.drop_draft(uuid4())
    assert [summary.visit_id for summary in records.drafts()] == [two.visit_id]
    assert records.find_draft(one.visit_id) is None
