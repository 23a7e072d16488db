"""What is due, on real stores: opened by hand and by the program, settled by people and by events, shared."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from tests.services.offices import District, Place
from tests.services.visits import visit

from window_app import paths
from window_app.domain.due import DueOwner, DueStanding, OwnerKind
from window_app.domain.due_causes import CALL_BACK, CORRECTION, FOLLOW_UP, PROMISE
from window_app.domain.events import Confidentiality, EventType, Stream, StreamKind
from window_app.errors import WindowAppError
from window_app.forms import load_definitions
from window_app.i18n import Catalogue
from window_app.services.deciding import Decision
from window_app.services.due import DueRefused, DueRow
from window_app.services.practice import SampleClock
from window_app.ui.views.due.due_words import DueWords

COMPLAINT, APPLICATION = "01", "02"
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def about(place: Place, number: str) -> Stream:
    return Stream(StreamKind.CASE, place.file(number).case_id)


def number_of(row: DueRow) -> str:
    assert row.case is not None
    return row.case.number


def of_case(place: Place, number: str) -> tuple[DueRow, ...]:
    return place.desk.due.about(place.file(number).case_id)


def test_what_is_noted_by_hand_stands_in_the_list_of_who_noted_it(counter: Place) -> None:
    number = counter.receive(COMPLAINT)
    before = counter.desk.due.count()[0]
    counter.desk.due.open(about(counter, number), FOLLOW_UP, MONDAY, "问清入职日期")
    assert counter.desk.due.count() == (before + 1, 0)
    row = next(row for row in counter.desk.due.rows() if row.item.cause == FOLLOW_UP)
    assert (row.text, number_of(row), row.mine, row.standing) == ("问清入职日期", number, True, DueStanding.SOON)
    assert row.item.owner == DueOwner(OwnerKind.CLERK, "c1", counter.station_id)


def test_overdue_stands_first_and_what_has_no_date_last(counter: Place, clock: SampleClock) -> None:
    number = counter.receive(COMPLAINT)
    stream = about(counter, number)
    for day, text in ((None, "d"), (date(2026, 12, 31), "c"), (MONDAY, "b"), (FRIDAY, "a")):
        counter.desk.due.open(stream, FOLLOW_UP, day, text)
    clock.instant += timedelta(days=3)
    rows = [row for row in counter.desk.due.rows() if row.item.cause == FOLLOW_UP]
    assert [row.text for row in rows] == ["a", "b", "c", "d"]
    standings = [row.standing for row in rows]
    assert standings == [DueStanding.OVERDUE, DueStanding.TODAY, DueStanding.LATER, DueStanding.OPEN]


def test_what_is_due_on_a_day_off_is_due_on_the_next_working_day(counter: Place, clock: SampleClock) -> None:
    number = counter.receive(COMPLAINT)
    counter.desk.due.open(about(counter, number), FOLLOW_UP, date(2026, 11, 21), "周六")
    for days, wanted in ((2, DueStanding.SOON), (3, DueStanding.TODAY), (4, DueStanding.OVERDUE)):
        clock.instant = clock.now().replace(day=20 + days)
        (row,) = [one for one in counter.desk.due.rows() if one.item.cause == FOLLOW_UP]
        assert row.standing is wanted, days


def test_a_day_is_typed_as_a_date_or_as_working_days_from_today(counter: Place) -> None:
    due = counter.desk.due
    assert due.read_day("") is None
    assert due.read_day("+1") == MONDAY
    assert due.read_day("2026/11/25") == date(2026, 11, 25)
    for typed, code in (("2026-11-19", "due.day_past"), ("2036-01-01", "due.day_far"), ("soon", "field.date_form")):
        with pytest.raises(WindowAppError) as caught:
            due.read_day(typed)
        assert caught.value.code == code


def test_a_one_time_notice_awaits_the_correction_and_completing_settles_it(counter: Place) -> None:
    draft = counter.desk.intake.from_json({**visit(APPLICATION), "materials": {}})
    number = counter.desk.receiving.receive(draft).cases[0].number
    assert counter.file(number).receiving.facts["complete"] is False
    (row,) = of_case(counter, number)
    assert (row.item.cause, row.item.reason, row.item.settled) == (CORRECTION, "notice_once", False)
    counter.desk.completion.complete(number)
    (row,) = of_case(counter, number)
    assert (row.item.result, counter.desk.due.count()) == ("by_event", (0, 0))


def test_a_return_by_the_office_reaches_the_clerk_who_received_and_her_completion_settles_it_everywhere(
    district: District, counter: Place, inspection: Place
) -> None:
    number = counter.receive(COMPLAINT)
    if counter.file(number).receiving.facts["complete"] is False:
        counter.desk.completion.complete(number)
    district.carry()
    inspection.office.give_back(number, "缺工资表")
    assert counter.desk.due.rows() == ()
    district.carry()
    (row,) = counter.desk.due.rows()
    assert (row.item.reason, row.mine, number_of(row)) == ("returned", True, number)
    assert [one.mine for one in inspection.desk.due.rows(mine=False)] == [False]
    assert inspection.desk.due.rows() == ()
    counter.desk.completion.complete(number)
    district.carry()
    assert counter.desk.due.rows() == inspection.desk.due.rows(mine=False) == ()


def test_a_second_return_awaits_a_second_correction(district: District, counter: Place, inspection: Place) -> None:
    number = counter.receive(COMPLAINT)
    district.carry()
    inspection.office.give_back(number, "缺工资表")
    district.carry()
    counter.desk.completion.complete(number)
    district.carry()
    inspection.office.decide(number, Decision("accepted", ground=inspection.office.options(number)[0].ground))
    items = [row.item for row in of_case(inspection, number) if row.item.reason == "returned"]
    assert [item.result for item in items] == ["by_event"]


def test_another_counter_sees_that_something_is_due_on_a_shared_case_but_not_the_words(
    district: District, counter: Place
) -> None:
    other = district.open("B2B2", clerk="b1")
    number = counter.receive(COMPLAINT)
    counter.desk.due.open(about(counter, number), FOLLOW_UP, MONDAY, "王某的电话是13800138000")
    district.carry()
    row = next(row for row in other.desk.due.rows(mine=False) if row.item.cause == FOLLOW_UP)
    assert (row.mine, row.text, number_of(row), row.item.due_on) == (False, "", number, MONDAY)
    assert other.desk.due.rows() == ()
    for event in counter.desk.tracking.history(about(counter, number).id):
        if event.type == EventType.DUE_OPENED:
            assert "1380013" not in event.envelope_bytes.decode()
            assert event.confidentiality is Confidentiality.RESTRICTED


def test_who_sees_to_it_is_named_where_she_works_and_not_after_a_namesake_of_her_code(
    district: District, counter: Place
) -> None:
    other = district.open("B2B2", clerk="c1")
    number = counter.receive(COMPLAINT)
    counter.desk.due.open(about(counter, number), FOLLOW_UP, MONDAY, "回访")
    district.carry()
    assert [row.owner for row in counter.desk.due.rows() if row.item.cause == FOLLOW_UP] == ["经办人"]
    row = next(row for row in other.desk.due.rows(mine=False) if row.item.cause == FOLLOW_UP)
    assert (row.item.owner.code, row.owner) == ("c1", "")
    words = DueWords(other.desk, Catalogue("zh_CN"))
    assert words.owner(row.item.owner, row.owner, here=row.item.here) == "c1 · 其他窗口"


def test_of_two_who_settle_without_having_seen_each_other_the_first_in_the_feed_stays(
    district: District, counter: Place
) -> None:
    other = district.open("B2B2", clerk="b1")
    number = counter.receive(COMPLAINT)
    item = counter.desk.due.open(about(counter, number), FOLLOW_UP, MONDAY, "x")
    district.carry()
    other.desk.due.settle(item.due_id, "not_reached")
    counter.desk.due.settle(item.due_id, "done")
    assert counter.desk.due.get(item.due_id).result == "done"
    district.carry([other])
    district.carry()
    results = {place.desk.due.get(item.due_id).result for place in (counter, other)}
    assert results == {"not_reached"}


def test_a_move_that_did_not_see_another_changes_nothing(district: District, counter: Place) -> None:
    other = district.open("B2B2", clerk="b1")
    number = counter.receive(COMPLAINT)
    item = counter.desk.due.open(about(counter, number), FOLLOW_UP, MONDAY, "x")
    district.carry()
    other.desk.due.move(item.due_id, date(2026, 12, 1), "那边忙")
    counter.desk.due.move(item.due_id, date(2026, 12, 2), "这边忙")
    district.carry([other])
    district.carry()
    assert {place.desk.due.get(item.due_id).due_on for place in (counter, other)} == {date(2026, 12, 1)}


def test_what_is_handed_to_the_office_stands_in_the_office_s_list(
    district: District, counter: Place, inspection: Place
) -> None:
    number = counter.receive(COMPLAINT)
    item = counter.desk.due.open(about(counter, number), CALL_BACK, MONDAY, "回电")
    office = next(owner for owner, _ in counter.desk.due.colleagues(item) if owner.kind is OwnerKind.OFFICE)
    counter.desk.due.hand(item.due_id, office, "请监察回电")
    district.carry()
    assert [row.item.due_id for row in inspection.desk.due.rows()] == [item.due_id]
    assert item.due_id not in {row.item.due_id for row in counter.desk.due.rows()}
    inspection.desk.due.settle(item.due_id, "done")
    district.carry()
    assert counter.desk.due.get(item.due_id).result == "done"


def test_a_visit_that_is_still_a_draft_can_have_something_due(counter: Place) -> None:
    draft = counter.desk.reception.begin()
    counter.desk.reception.save(draft)
    counter.desk.due.open(Stream(StreamKind.VISIT, draft.visit_id), CALL_BACK, MONDAY, "带材料再来")
    (row,) = counter.desk.due.rows()
    assert (row.item.link.visit_id, row.case, row.text) == (draft.visit_id, None, "带材料再来")


def test_what_cannot_be_done_says_why_and_writes_nothing(counter: Place) -> None:
    number = counter.receive(COMPLAINT)
    stream, due = about(counter, number), counter.desk.due
    item = due.open(stream, FOLLOW_UP, MONDAY, "x")
    due.settle(item.due_id, "done")
    before = counter.records.count_outbox()
    attempts = {
        "due.nothing_said": lambda: due.open(stream, FOLLOW_UP),
        "due.cause_unknown": lambda: due.open(stream, "birthday", MONDAY),
        "due.day_past": lambda: due.open(stream, FOLLOW_UP, date(2026, 11, 1), "x"),
        "due.settled": lambda: due.settle(item.due_id, "done"),
        "due.result_unknown": lambda: due.settle(item.due_id, "perhaps"),
        "due.reason_needed": lambda: due.move(item.due_id, MONDAY, " "),
        "due.unknown": lambda: due.settle(uuid4(), "done"),
        "due.case_unknown": lambda: due.open(Stream(StreamKind.CASE, uuid4()), FOLLOW_UP, MONDAY),
        "due.owner_unknown": lambda: due.hand(item.due_id, DueOwner(OwnerKind.OFFICE, "court")),
    }
    for code, attempt in attempts.items():
        with pytest.raises(WindowAppError) as caught:
            attempt()
        assert caught.value.code == code
    assert isinstance(caught.value, DueRefused)
    assert counter.records.count_outbox() == before


def test_a_list_made_anew_from_the_events_is_the_same(district: District, counter: Place, inspection: Place) -> None:
    number = counter.receive(COMPLAINT)
    stream = about(counter, number)
    items = [counter.desk.due.open(stream, FOLLOW_UP, MONDAY, str(at)) for at in range(4)]
    counter.desk.due.settle(items[0].due_id, "done")
    counter.desk.due.move(items[1].due_id, date(2026, 12, 1), "改期")
    district.carry()
    for place in (counter, inspection):
        before = [place.desk.due.rows(mine=False), place.desk.due.about(stream.id)]
        place.records.rebuild()
        assert [place.desk.due.rows(mine=False), place.desk.due.about(stream.id)] == before


def test_what_is_due_about_a_report_says_nothing_outside_inspection(counter: Place) -> None:
    number = counter.report({"name": "举报人"})
    counter.desk.due.open(about(counter, number), FOLLOW_UP, MONDAY, "回访")
    events = counter.desk.tracking.history(counter.file(number).case_id)
    assert {event.confidentiality for event in events} == {Confidentiality.CONFIDENTIAL}
    (row,) = counter.desk.due.rows()
    assert row.case is not None
    assert row.case.applicant == ""


def test_what_was_reused_is_counted_by_case_and_by_period(counter: Place) -> None:
    draft = counter.desk.intake.from_json(visit("12"))
    received = counter.desk.receiving.receive(draft)
    facts = [counter.file(case.number).receiving.facts for case in received.cases]
    assert facts[1]["fields_prefilled"] > 0
    assert received.reused["fields_prefilled"] == sum(one["fields_prefilled"] for one in facts)
    assert received.reused["materials_reused"] == sum(one["materials_reused"] for one in facts)
    totals = counter.desk.reuse.totals(FRIDAY, FRIDAY)
    assert (totals.cases, totals.fields) == (2, received.reused["fields_prefilled"])
    assert counter.desk.reuse.totals(MONDAY, MONDAY).cases == 0
    again = counter.desk.receiving.find_received(draft.visit_id)
    assert again is not None
    assert again.reused == received.reused


def test_a_promised_answer_is_due_moves_with_the_completion_and_is_kept_by_the_decision(
    tmp_path: Path, clock: SampleClock
) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(paths.definitions_dir(), forms)
    matter = forms / "matters" / "arbitration_application.yaml"
    matter.write_text(matter.read_text("utf-8") + "promised: {amount: 3, unit: workdays}\n", "utf-8")
    district = District(tmp_path / "halls", load_definitions(forms), clock)
    try:
        counter, office = district.open("A1C1"), district.open("Z1C1", "arbitration", "z3")
        draft = counter.desk.intake.from_json({**visit(APPLICATION), "materials": {}})
        received = counter.desk.receiving.receive(draft)
        number = received.cases[0].number
        limits = counter.desk.answer_limits.of_case(counter.file(number))
        assert limits.promised is not None
        assert limits.promised_earlier
        assert limits.promised.due_on == date(2026, 11, 25)
        promised = next(row.item for row in of_case(counter, number) if row.item.cause == PROMISE)
        assert promised.due_on == date(2026, 11, 25)
        clock.instant += timedelta(days=3)
        counter.desk.completion.complete(number)
        assert counter.desk.due.get(promised.due_id).due_on == date(2026, 11, 26)
        district.carry()
        office.office.decide(number, Decision("accepted", ground=office.office.options(number)[0].ground))
        district.carry()
        assert counter.desk.due.get(promised.due_id).result == "by_event"
        assert counter.desk.answer_limits.of_case(counter.file(number)).legal is None
    finally:
        district.close()
