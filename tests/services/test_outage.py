"""Outage paper, on real stores: numbers reserved once, forms typed in once, on their own day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
from tests.services.offices import District
from tests.services.visits import visit

from window_app.domain.line import NewIdentity
from window_app.domain.outage import FormState, OutageForm
from window_app.domain.receipt_numbers import draw, parse
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.services.desk import Desk
from window_app.services.outage import OutageRefused
from window_app.services.practice import SampleClock
from window_app.services.receiving import NotReady

Drafts = Callable[[str], VisitDraft]
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def later(clock: SampleClock) -> Callable[[int], date]:
    """Let days pass and return the day of now."""

    def pass_days(days: int) -> date:
        clock.instant += timedelta(days=days)
        return clock.today()

    return pass_days


def of_form(draft: VisitDraft, number: str, day: date = FRIDAY, reason: str = "power") -> VisitDraft:
    return replace(draft, outage=OutageForm(number, day.isoformat(), reason))


def problems(desk: Desk, draft: VisitDraft) -> dict[str, str]:
    return {one.field: one.code for one in desk.receiving.ready(draft) if one.section == "outage"}


def test_forms_have_numbers_of_the_counter_s_own_series_and_no_number_comes_twice(desk: Desk, draft_of: Drafts) -> None:
    first = desk.receiving.receive(draft_of("01")).cases[0].number
    _, numbers = desk.outage.reserve(5)
    after = desk.receiving.receive(draft_of("02")).cases[0].number
    serials = [parse(number).serial for number in (first, *numbers, after)]
    assert serials == list(range(1, 8))
    assert [form.state for form in desk.outage.forms()] == [FormState.OPEN] * 5
    assert [form.number for form in desk.outage.forms()] == list(reversed(numbers))


def test_pages_hold_each_number_twice_and_a_code_and_can_be_made_again(desk: Desk) -> None:
    printed = desk.outage.print(3)
    again = desk.outage.pages(printed.batch)
    assert again.numbers == printed.numbers
    for pdf in (printed.pdf, again.pdf):
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
        assert len(pages) == 3
        for number, text in zip(printed.numbers, pages, strict=True):
            assert text.count(number) == 3  # form, stub, foot
            assert "收件不等于受理" in text


def test_a_form_typed_in_later_is_judged_and_counted_from_its_own_day(
    desk: Desk, draft_of: Drafts, later: Callable[[int], date]
) -> None:
    same_day = desk.receiving.receive(draft_of("01"))
    expected = desk.cases.get(same_day.cases[0].number).state.due_on
    _, (number,) = desk.outage.reserve(1)
    today = later(4)
    draft = of_form(draft_of("01"), number.replace("-", " ").lower())
    assert problems(desk, draft) == {}
    received = desk.receiving.receive(draft)
    assert (received.cases[0].number, received.received_on) == (number, FRIDAY)
    file = desk.cases.get(number)
    assert (file.state.received_on, file.state.due_on) == (FRIDAY, expected)
    assert file.receiving.facts["entered_on"] == today.isoformat()
    assert file.receiving.facts["outage"] == "power"
    (form,) = desk.outage.forms()
    assert (form.state, form.visit_id, form.true_on, form.changed_on) == (
        FormState.USED,
        draft.visit_id,
        FRIDAY,
        today,
    )
    text = pypdfium2.PdfDocument(desk.papers.pdf(received.cases[0].paper_ids[0]))[0].get_textpage().get_text_bounded()
    assert f"应急收件单（编号{number}）" in text.replace("\r\n", "")


def test_a_second_matter_of_a_form_gets_a_number_of_its_own_and_the_same_day(
    desk: Desk, draft_of: Drafts, later: Callable[[int], date]
) -> None:
    _, (number,) = desk.outage.reserve(1)
    later(1)
    received = desk.receiving.receive(of_form(draft_of("12"), number))
    first, second = (case.number for case in received.cases)
    assert first == number
    assert second != number
    assert {desk.cases.get(one).state.received_on for one in (first, second)} == {FRIDAY}


def test_a_form_is_typed_in_once_and_the_second_is_led_to_the_first(
    desk: Desk, open_desk: Callable[[], Desk], draft_of: Drafts
) -> None:
    _, (number,) = desk.outage.reserve(1)
    desk.receiving.receive(of_form(draft_of("01"), number))
    before = desk.tracking.count_unsent()
    twice = of_form(draft_of("02"), number)
    assert problems(desk, twice) == {"number": "outage.entered_already"}
    with pytest.raises(NotReady):
        desk.receiving.receive(twice)
    assert desk.tracking.count_unsent() == before
    again = open_desk()
    (found,) = [one for one in again.receiving.ready(twice) if one.section == "outage"]
    assert (found.params["number"], found.params["on"]) == (number, FRIDAY)
    assert again.outage.earlier(number) is not None


def test_a_form_whose_visit_was_only_guided_is_used_up_all_the_same(desk: Desk, draft_of: Drafts) -> None:
    _, (number,) = desk.outage.reserve(1)
    received = desk.receiving.receive(of_form(draft_of("15"), number))
    if received.cases:
        pytest.skip("the collected visit is taken in")
    assert problems(desk, of_form(draft_of("01"), number)) == {"number": "outage.entered_already"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "outage.number_missing"),
        ("1234", "number.length"),
        ("another counter", "outage.other_counter"),
        ("never printed", "outage.never_printed"),
        ("mistyped", "number.check"),
        ("voided", "outage.voided"),
    ],
)
def test_a_number_that_cannot_be_says_why_at_its_field(desk: Desk, draft_of: Drafts, typed: str, code: str) -> None:
    _, (number, spoilt) = desk.outage.reserve(2)
    desk.outage.void(spoilt, "spoilt")
    own = parse(number)
    wrong = "0" if number[-1] != "0" else "1"
    known = {
        "another counter": str(draw(own.district, "B7C3", own.drawn_on, 3)),
        "never printed": str(draw(own.district, own.issue_code, own.drawn_on, 4711)),
        "mistyped": number[:-1] + wrong,
        "voided": spoilt,
    }
    assert problems(desk, of_form(draft_of("01"), known.get(typed, typed))) == {"number": code}


def test_the_day_is_neither_in_the_future_nor_before_the_printing(
    desk: Desk, draft_of: Drafts, later: Callable[[int], date]
) -> None:
    later(2)
    _, (number,) = desk.outage.reserve(1)
    today = later(2)
    for day, code in (
        (today + timedelta(days=1), "outage.day_future"),
        (today - timedelta(days=3), "outage.day_before_print"),
    ):
        assert problems(desk, of_form(draft_of("01"), number, day)) == {"day": code}
    assert problems(desk, of_form(draft_of("01"), number, today - timedelta(days=2))) == {}
    no_day = replace(draft_of("01"), outage=OutageForm(number, "soon", "other"))
    assert problems(desk, no_day) == {"day": "outage.day_missing", "remark": "outage.words_needed"}


def test_a_voided_form_stays_void_and_a_used_one_cannot_be_voided(desk: Desk, draft_of: Drafts) -> None:
    batch, (kept, spoilt) = desk.outage.reserve(2)
    assert desk.outage.void(spoilt, "other", "洒了水").state is FormState.VOID
    desk.receiving.receive(of_form(draft_of("01"), kept))
    attempts = {
        "outage.voided": lambda: desk.outage.void(spoilt, "lost"),
        "outage.entered_already": lambda: desk.outage.void(kept, "lost"),
        "outage.void_reason": lambda: desk.outage.void(kept, "because"),
        "outage.words_needed": lambda: desk.outage.void(kept, "other"),
        "outage.none_open": lambda: desk.outage.pages(batch),
        "outage.count": lambda: desk.outage.reserve(0),
    }
    for code, attempt in attempts.items():
        with pytest.raises(OutageRefused) as caught:
            attempt()
        assert caught.value.code == code


def test_a_draft_with_its_form_survives_a_kill(open_desk: Callable[[], Desk], draft_of: Drafts) -> None:
    desk = open_desk()
    draft = of_form(draft_of("01"), "whatever was typed")
    desk.reception.save(draft)
    assert open_desk().reception.resume(draft.visit_id).outage == draft.outage


def test_the_intake_file_says_it_too(desk: Desk) -> None:
    _, (number,) = desk.outage.reserve(1)
    told = {"number": number, "day": FRIDAY.isoformat(), "reason": "line"}
    draft = desk.intake.from_json({**visit("01"), "outage": told})
    assert draft.outage == OutageForm(number, FRIDAY.isoformat(), "line")
    assert desk.intake.from_json(desk.intake.to_json(draft)).outage == draft.outage
    for wrong in ({**told, "colour": "red"}, "yes"):
        with pytest.raises(WindowAppError):
            desk.intake.from_json({**visit("01"), "outage": wrong})


def test_after_going_on_as_a_new_station_forms_printed_before_are_still_this_counter_s(
    tmp_path: Path, law: DefinitionSet, clock: SampleClock
) -> None:
    district = District(tmp_path, law, clock)
    try:
        place = district.open("A1C1")
        _, (number, spare) = place.desk.outage.reserve(2)
        district.post.take(place)
        place.records.renew(NewIdentity(uuid4(), "A1C9", b"n" * 32))
        _, (fresh,) = place.desk.outage.reserve(1)
        assert parse(fresh).issue_code == "A1C9"
        assert {form.number for form in place.desk.outage.forms()} == {number, spare, fresh}
        draft = place.desk.intake.from_json(visit("01"))
        assert place.desk.receiving.receive(of_form(draft, number)).cases[0].number == number
        form = place.desk.outage.find(number)
        assert form is not None
        assert form.state is FormState.USED
    finally:
        district.close()


def test_a_form_of_one_counter_typed_in_at_another_is_refused_and_after_a_round_points_to_the_case(
    tmp_path: Path, law: DefinitionSet, clock: SampleClock
) -> None:
    district = District(tmp_path, law, clock)
    try:
        first, second = district.open("A1C1"), district.open("B2B2", clerk="b1")
        _, (number,) = first.desk.outage.reserve(1)
        draft = of_form(second.desk.intake.from_json(visit("01")), number)
        assert problems(second.desk, draft) == {"number": "outage.other_counter"}
        first.desk.receiving.receive(of_form(first.desk.intake.from_json(visit("01")), number))
        district.carry()
        assert problems(second.desk, draft) == {"number": "outage.entered_already"}
    finally:
        district.close()


def test_a_disk_set_back_behind_a_printing_draws_other_numbers(tmp_path: Path, open_desk: Callable[[], Desk]) -> None:
    import shutil

    desk = open_desk()
    desk.close()
    shutil.copy(tmp_path / "data" / "store.db", tmp_path / "copy.db")
    desk = open_desk()
    _, numbers = desk.outage.reserve(4)
    desk.close()
    shutil.copy(tmp_path / "copy.db", tmp_path / "data" / "store.db")
    _, after = open_desk().outage.reserve(4)
    assert not {parse(one).serial for one in numbers} & {parse(one).serial for one in after}
