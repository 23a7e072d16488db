"""Drafts: written through while typing, resumed after a kill, discarded with a reason."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from window_app.domain.events import EventType
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.services.reception import NoSuchDraft

Drafts = Callable[[str], VisitDraft]


def test_a_saved_draft_is_there_after_the_program_was_killed(open_desk: Callable[[], Desk], draft_of: Drafts) -> None:
    draft = draft_of("05")
    open_desk().reception.save(draft)
    again = open_desk()
    assert again.reception.resume(draft.visit_id) == draft
    assert [one.visit_id for one in again.reception.drafts()] == [draft.visit_id]


def test_a_visit_just_begun_leaves_nothing_behind(open_desk: Callable[[], Desk]) -> None:
    open_desk().reception.begin()
    assert open_desk().reception.drafts() == ()


def test_a_discarded_draft_is_gone_and_the_reason_is_on_record(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("01")
    desk.reception.save(draft)
    desk.reception.discard(draft.visit_id, "来访人改日再来")
    assert desk.reception.drafts() == ()
    discarded = desk.tracking.history(draft.visit_id)
    assert [(event.type, event.body) for event in discarded] == [
        (EventType.DRAFT_DISCARDED, {"reason": "来访人改日再来"})
    ]
    with pytest.raises(NoSuchDraft):
        desk.reception.resume(draft.visit_id)
    with pytest.raises(NoSuchDraft):
        desk.reception.discard(uuid4(), "")


def test_finding_works_by_part_of_a_name_initials_number_and_phone_tail(desk: Desk, draft_of: Drafts) -> None:
    number = desk.receiving.receive(draft_of("12")).cases[0].number
    for text in ("思远", "csy", number, number[:20], "0012", number.lower().replace("-", " ")):
        assert number in {row.number for row in desk.search.find(text)}, text
    assert desk.search.find("   ") == ()
    assert desk.search.find("查无此人") == ()
