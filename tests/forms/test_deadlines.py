"""Limits, against the values of FACTS 1.6 and 0.5 item 17, typed from there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain.assessment import Citation, Deadline
from window_app.domain.working_days import CalendarYear, PeriodUnit, WorkingDays
from window_app.errors import DefinitionError
from window_app.forms.loader import read_calendars
from window_app.rules.conditions import build_condition
from window_app.rules.deadlines import DeadlineRule, OpenLimit, OpenReason, compute
from window_app.rules.limits import build_deadlines
from window_app.rules.parameters import Parameters
from window_app.rules.source import Source
from window_app.rules.vocabulary import build_vocabulary
from window_app.yamlio import parse_yaml, read_yaml

PROJECT = Path(__file__).resolve().parents[2]
NOTICE_2025, NOTICE_2026 = "国办发明电〔2024〕12号", "国办发明电〔2025〕7号"


def published() -> WorkingDays:
    return WorkingDays(read_calendars(read_yaml(PROJECT / f"forms/calendar/{year}.yaml") for year in (2025, 2026)))


CALENDAR = published()
BASIS = (Citation("劳动争议调解仲裁法", "27"),)
VOCABULARY = build_vocabulary(
    parse_yaml(
        """
facts:
  started_on: {type: date}
  completed_on: {type: date}
  claimed_on: {type: date}
  put_off: {type: bool}
  suspended_days: {type: integer}
  employed: {type: bool}
""",
        file="facts.yaml",
    ).value
)


def rule(amount: int, unit: str, **more) -> DeadlineRule:
    title = {"zh": "期限", "en": "limit"}
    return DeadlineRule("limit", title, PeriodUnit(unit), "started_on", amount, basis=BASIS, **more)


def limit(of: DeadlineRule, **facts) -> Deadline | OpenLimit:
    dates = {name: date.fromisoformat(value) if isinstance(value, str) else value for name, value in facts.items()}
    return compute(of, dates, Parameters(), CALENDAR, date(2026, 11, 21))


def last_day(of: DeadlineRule, **facts) -> tuple[str, str]:
    found = limit(of, **facts)
    assert isinstance(found, Deadline)
    return found.raw_on.isoformat(), found.due_on.isoformat()


TABLE = [
    ("2025-01-24", "2025-02-07", "2025-02-13", "2025-04-25", "2025-02-08", "2025-03-10"),
    ("2025-09-26", "2025-10-10", "2025-10-16", "2025-12-25", "2025-10-11", "2025-11-10"),
    ("2025-12-30", "2026-01-07", "2026-01-14", "2026-03-31", "2026-01-14", "2026-02-13"),
    ("2026-02-13", "2026-02-27", "2026-03-05", "2026-05-19", "2026-02-28", "2026-03-30"),
    ("2026-04-29", "2026-05-09", "2026-05-15", "2026-07-27", "2026-05-14", "2026-06-15"),
    ("2026-09-18", "2026-09-24", "2026-10-09", "2026-12-17", "2026-10-08", "2026-11-02"),
    ("2026-09-30", "2026-10-13", "2026-10-20", "2026-12-29", "2026-10-15", "2026-11-16"),
]
CASES = [
    (start, amount, unit, due)
    for start, *ends in TABLE
    for (amount, unit), due in zip(
        ((5, "workdays"), (10, "workdays"), (60, "workdays"), (15, "days"), (45, "days")), ends, strict=True
    )
]


@pytest.mark.parametrize(("start", "amount", "unit", "due"), CASES)
def test_the_dates_of_the_fact_sheet(start, amount, unit, due):
    assert last_day(rule(amount, unit), started_on=start)[1] == due


@pytest.mark.parametrize(
    ("start", "amount", "raw", "due"),
    [
        ("2026-04-29", 45, "2026-06-13", "2026-06-15"),
        ("2026-09-18", 15, "2026-10-03", "2026-10-08"),
        ("2026-09-30", 45, "2026-11-14", "2026-11-16"),
        ("2025-01-24", 15, "2025-02-08", "2025-02-08"),
    ],
)
def test_raw_and_rolled_date_are_both_kept(start, amount, raw, due):
    assert last_day(rule(amount, "days"), started_on=start) == (raw, due)


def test_a_year_that_ends_on_the_national_holiday_rolls_behind_it():
    assert last_day(rule(1, "years"), started_on="2025-10-03") == ("2026-10-03", "2026-10-08")


def test_a_year_from_a_leap_day_ends_on_the_last_of_february():
    found = limit(rule(1, "years"), started_on="2024-02-29")
    assert isinstance(found, Deadline)
    assert (found.raw_on, found.due_on) == (date(2025, 2, 28), date(2025, 2, 28))
    assert "deadline.clamped" in [step.code for step in found.steps]


@pytest.mark.parametrize(
    ("start", "amount", "raw"),
    [("2025-01-31", 1, "2025-02-28"), ("2025-08-31", 6, "2026-02-28"), ("2025-12-15", 1, "2026-01-15")],
)
def test_months_end_on_the_same_day_or_the_months_last(start, amount, raw):
    assert last_day(rule(amount, "months"), started_on=start)[0] == raw


def test_a_limit_that_does_not_roll_ends_on_its_raw_day():
    assert last_day(rule(15, "days", roll=False), started_on="2026-09-18") == ("2026-10-03", "2026-10-03")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "provisional"),
    [
        ("2026-12-28", 3, "workdays", False),
        ("2026-12-28", 4, "workdays", True),
        ("2026-12-20", 11, "days", False),
        ("2026-12-20", 15, "days", True),
        ("2025-11-21", 1, "years", False),
        ("2026-03-02", 1, "years", True),
    ],
)
def test_a_year_without_a_published_calendar_makes_the_date_provisional(start, amount, unit, provisional):
    found = limit(rule(amount, unit), started_on=start)
    assert isinstance(found, Deadline)
    assert found.provisional is provisional
    assert ("deadline.provisional" in [step.code for step in found.steps]) is provisional


def test_without_a_notice_weekends_and_the_holidays_fixed_by_law_are_off():
    assert CALENDAR.is_working_day(date(2027, 1, 1)) == (False, True)
    assert CALENDAR.is_working_day(date(2027, 10, 1)) == (False, True)
    assert CALENDAR.is_working_day(date(2027, 5, 2)) == (False, True)
    assert CALENDAR.is_working_day(date(2027, 1, 9)) == (False, True)
    assert CALENDAR.is_working_day(date(2027, 1, 4)) == (True, True)
    assert CALENDAR.is_working_day(date(2023, 5, 2)) == (True, True)


def test_a_notice_may_name_days_of_the_december_before():
    days = WorkingDays([CalendarYear(2027, "n", frozenset({date(2026, 12, 31)}), frozenset())])
    assert days.is_working_day(date(2026, 12, 31)) == (False, False)
    assert days.notice_of(date(2026, 12, 31)) == "n"


def test_each_limit_opens_to_its_steps():
    found = limit(rule(5, "workdays"), started_on="2026-04-29")
    assert isinstance(found, Deadline)
    steps = {step.code: step for step in found.steps}
    assert [step.code for step in found.steps] == [
        "deadline.start",
        "deadline.skipped_holiday",
        "deadline.made_up",
        "deadline.counted_workdays",
    ]
    assert steps["deadline.start"].on == date(2026, 4, 29)
    assert steps["deadline.skipped_holiday"].params == {
        "on": "2026-05-01", "first": "2026-05-01", "last": "2026-05-05", "days": 5, "notice": NOTICE_2026
    }  # fmt: skip
    assert steps["deadline.made_up"].params["notice"] == NOTICE_2026
    assert steps["deadline.counted_workdays"].on == date(2026, 5, 9)
    assert steps["deadline.counted_workdays"].basis == BASIS[0]


def test_holidays_of_two_notices_are_named_apart():
    found = limit(rule(60, "workdays"), started_on="2025-09-26")
    assert isinstance(found, Deadline)
    assert {step.params["notice"] for step in found.steps if "notice" in step.params} == {NOTICE_2025}
    over = limit(rule(10, "workdays"), started_on="2025-12-30")
    assert isinstance(over, Deadline)
    assert {step.params["notice"] for step in over.steps if "notice" in step.params} == {NOTICE_2026}


def test_completion_of_the_papers_restarts_the_limit():
    answer = rule(5, "workdays", restarts=("completed_on",))
    assert last_day(answer, started_on="2026-11-16")[1] == "2026-11-23"
    assert last_day(answer, started_on="2026-11-16", completed_on="2026-11-25")[1] == "2026-12-02"
    assert last_day(answer, completed_on="2026-11-25")[1] == "2026-12-02"
    assert last_day(answer, started_on="2026-11-16", completed_on="2026-11-10")[1] == "2026-11-23"


def test_an_interruption_inside_the_period_makes_it_run_anew():
    limitation = rule(1, "years", interrupts=("claimed_on",))
    assert last_day(limitation, started_on="2024-09-21", claimed_on="2025-05-21")[1] == "2026-05-21"


def test_an_interruption_on_the_last_day_still_counts_and_a_day_later_no_longer():
    limitation = rule(1, "years", interrupts=("claimed_on",))
    inside = limit(limitation, started_on="2024-10-03", claimed_on="2025-10-09")
    late = limit(limitation, started_on="2024-10-03", claimed_on="2025-10-10")
    assert isinstance(inside, Deadline)
    assert isinstance(late, Deadline)
    assert inside.start_on == date(2025, 10, 9)
    assert late.start_on == date(2024, 10, 3)
    assert "deadline.interrupt_too_late" in [step.code for step in late.steps]


def test_several_interruptions_carry_the_period_on():
    limitation = rule(1, "years", interrupts=("claimed_on",))
    claims = [date(2025, 12, 1), date(2025, 3, 1)]
    assert last_day(limitation, started_on="2024-06-03", claimed_on=claims)[0] == "2026-12-01"


def test_a_deferral_gives_no_date():
    found = limit(rule(5, "workdays", defers=("put_off",)), started_on="2026-11-16", put_off=True)
    assert isinstance(found, OpenLimit)
    assert found.reason is OpenReason.DEFERRED
    assert last_day(rule(5, "workdays", defers=("put_off",)), started_on="2026-11-16", put_off=False)


def test_excluded_days_are_not_counted():
    award = rule(45, "days", excludes=("suspended_days",))
    assert last_day(award, started_on="2026-04-29", suspended_days=10) == ("2026-06-23", "2026-06-23")


def test_no_limit_runs_while_the_condition_holds():
    pay = rule(1, "years", unlimited_while=build_condition({"employed": True}, VOCABULARY))
    employed = limit(pay, started_on="2026-01-05", employed=True)
    unknown = limit(pay, started_on="2026-01-05")
    assert isinstance(employed, OpenLimit)
    assert isinstance(unknown, OpenLimit)
    assert employed.reason is OpenReason.UNLIMITED
    assert (unknown.reason, unknown.facts) == (OpenReason.CONDITION_UNKNOWN, ("employed",))
    assert last_day(pay, started_on="2025-10-03", employed=False)[1] == "2026-10-08"


def test_what_is_missing_for_a_date_is_named():
    found = limit(rule(5, "workdays"))
    assert isinstance(found, OpenLimit)
    assert (found.reason, found.facts) == (OpenReason.START_UNKNOWN, ("started_on",))


def test_an_amount_without_a_value_stays_unknown():
    found = limit(replace(rule(0, "days"), amount=None, parameter="correction_days"), started_on="2026-11-16")
    assert isinstance(found, OpenLimit)
    assert found.reason is OpenReason.AMOUNT_UNKNOWN
    assert found.steps[0].params["parameter"] == "correction_days"


def test_a_rule_not_in_force_gives_no_date():
    found = limit(rule(5, "days", in_force_until=date(2026, 6, 30)), started_on="2026-11-16")
    assert isinstance(found, OpenLimit)
    assert found.reason is OpenReason.NOT_IN_FORCE


def test_an_interruption_before_the_start_changes_nothing():
    limitation = rule(1, "years", interrupts=("claimed_on",))
    assert last_day(limitation, started_on="2025-01-06", claimed_on="2024-12-01")[0] == "2026-01-06"


def test_counting_backwards_or_beyond_the_calendar_is_refused():
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add(date(2026, 1, 5), -1, "days")
    with pytest.raises(ValueError, match="weeks"):
        CALENDAR.add(date(2026, 1, 5), 1, "weeks")
    with pytest.raises(OverflowError):
        CALENDAR.add(date(2026, 1, 5), 8000, "years")


@given(st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.integers(0, 80))
def test_counting_workdays_passes_exactly_that_many(start, amount):
    counted = CALENDAR.add(start, amount, "workdays")
    passed = [start.fromordinal(day) for day in range(start.toordinal() + 1, counted.on.toordinal() + 1)]
    assert sum(CALENDAR.is_working_day(day)[0] for day in passed) == amount
    assert [skipped.day for skipped in counted.skipped] == [
        day for day in passed if not CALENDAR.is_working_day(day)[0]
    ]


DEADLINES = """
deadlines:
  investigation:
    title: {zh: 调查期限, en: Investigation}
    amount: 60
    unit: workdays
    start: started_on
    basis: [{law: 劳动保障监察条例, article: 17}]
"""


def built(text: str, local: str = ""):
    national = parse_yaml(text, file="parameters/deadlines.yaml")
    changed = parse_yaml(local or "{}", file="localities/gd.yaml")
    places = {"gd": Source(changed.value, changed.where).at("deadlines")} if local else {}
    return build_deadlines([Source(national.value, national.where).at("deadlines")], places, VOCABULARY)


def test_a_locality_states_only_what_it_changes():
    rules = built(DEADLINES, "deadlines:\n  investigation: {amount: 45}\n")
    own = rules.find("investigation", ["gd"])
    assert own is not None
    assert (own.amount, own.unit, own.start, own.locality) == (45, "workdays", "started_on", "gd")
    nation = rules.find("investigation")
    assert nation is not None
    assert (nation.amount, nation.locality) == (60, None)
    assert rules.find("nothing") is None


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("amount: 60", "amount: some", "deadline.amount", 5),
        ("unit: workdays", "unit: fortnights", "rules.not_one_of", 6),
        ("start: started_on", "start: begun_on", "rules.unknown_fact", 7),
        ("start: started_on", "start: employed", "deadline.fact_type", 7),
        ("unit: workdays", "unit: workdays\n    rolls: true", "rules.unknown_key", 7),
    ],
)
def test_a_mistake_in_a_rule_is_named_by_file_and_line(old, new, code, line):
    with pytest.raises(DefinitionError) as caught:
        built(DEADLINES.replace(old, new))
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, "parameters/deadlines.yaml", line)
