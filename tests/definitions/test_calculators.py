"""The calculators as written: examples typed from the law, borders, and what must hold for all inputs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.forms import DefinitionSet
from window_app.forms.calculating import Calculation, Law, calculate
from window_app.forms.calculator_examples import check_calculator_examples
from window_app.rules.parameters import Parameters, ParameterValue
from window_app.rules.source import Source

TODAY = date(2026, 11, 21)
CENT = Decimal("0.01")
PAY = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 21))


def law_with(definitions: DefinitionSet, **local: Decimal | list[tuple[date | None, Decimal]]) -> Law:
    """The law as published, with local values of this test."""
    known = definitions.rules.parameters
    told = dict(known.national)
    for name, value in local.items():
        dated = value if isinstance(value, list) else [(None, value)]
        told[name] = replace(told[name], values=tuple(ParameterValue(one, day, None) for day, one in dated))
    return Law(Parameters(told, known.local, known.chains), definitions.calendars)


@pytest.fixture(scope="module")
def law(definitions: DefinitionSet) -> Law:
    return law_with(definitions, minimum_wage=Decimal(2500), local_average_wage=Decimal(10000))


def run(definitions: DefinitionSet, law: Law, code: str, **typed: Any) -> Calculation:
    return calculate(definitions.calculators[code], {name: _typed(value) for name, value in typed.items()}, law, TODAY)


def _typed(value: Any) -> Any:
    return value if isinstance(value, bool | int) else str(value)


def amount(definitions: DefinitionSet, law: Law, code: str, **typed: Any) -> Decimal:
    made = run(definitions, law, code, **typed)
    assert made.problems == ()
    assert made.missing == ()
    assert made.result is not None
    return made.result


def test_every_example_gives_what_the_law_says(definitions: DefinitionSet) -> None:
    assert check_calculator_examples(definitions) == []


def test_an_example_that_expects_something_else_is_found_with_its_place(definitions: DefinitionSet) -> None:
    for code, calculator in definitions.calculators.items():
        content = calculator.source.content
        wrong = [{**one, "expect": {**one["expect"], "result": "0.01"}} for one in content["examples"]]
        changed = replace(calculator, source=Source({**content, "examples": wrong}, calculator.source.where))
        found = check_calculator_examples(replace(definitions, calculators={code: changed}))
        assert len({finding.line for finding in found}) == len(wrong)
        assert {finding.file for finding in found} == {f"calculators/{code}.yaml"}


def test_the_kinds_of_claims_that_the_issue_names_have_a_calculator(definitions: DefinitionSet) -> None:
    fitting = {kind for each in definitions.calculators.values() for kind in each.claims}
    assert {"overtime", "double_wages", "severance", "damages", "annual_leave", "minimum_difference"} <= fitting


def test_every_step_shown_cites_an_article_and_every_text_is_in_both_languages(definitions: DefinitionSet) -> None:
    for calculator in definitions.calculators.values():
        assert all(step.basis for step in calculator.steps if not step.hidden), calculator.code
        assert all(note.basis for note in calculator.notes), calculator.code
        for step in calculator.steps:
            assert step.title.keys() == {"zh", "en"}


def test_rates_caps_and_limits_stand_in_parameters_not_in_formulas(definitions: DefinitionSet) -> None:
    """The only numbers in formulas are hours of a day, months of a year and nought."""
    numbers = {
        int(word)
        for calculator in definitions.calculators.values()
        for step in calculator.steps
        for word in step.formula.text.replace("(", " ").replace(")", " ").replace(",", " ").split()
        if word.isdecimal()
    }
    assert numbers <= {0, 12, 24}


def test_without_local_values_there_is_no_figure_and_each_missing_one_is_named(definitions: DefinitionSet) -> None:
    for locality in (None, *definitions.localities):
        place = replace(Law(definitions.rules.parameters, definitions.calendars), locality=locality)
        made = run(definitions, place, "severance", hired_on="2024-01-01", ended_on="2026-09-30", average_pay=8000)
        assert made.result is None
        assert made.fills == {}
        assert {each.name for each in made.missing} == {"local_average_wage", "minimum_wage"}
        for each in made.missing:
            assert each.params["on"] == "2026-09-30"
            expected = f"localities/{locality}.yaml" if locality else "parameters/wages.yaml"
            assert each.params["file"] == expected
        assert made.step("service") is not None
        difference = run(
            definitions, place, "minimum_difference", starts_on="2026-01-01", ends_on="2026-02-28", monthly_pay=1
        )
        assert difference.result is None
        assert {each.name for each in difference.missing} == {"minimum_wage"}


def test_one_missing_value_among_several_leaves_no_part_sum(definitions: DefinitionSet, law: Law) -> None:
    known = dict(law.parameters.national)
    known["overtime_rate_holiday"] = replace(known["overtime_rate_holiday"], values=())
    without = replace(law, parameters=Parameters(known, law.parameters.local, law.parameters.chains))
    typed = {"starts_on": "2026-03-01", "ends_on": "2026-03-31", "monthly_pay": 8700, "extended_hours": 20}
    assert run(definitions, without, "overtime", **typed).result == 1500
    made = run(definitions, without, "overtime", **typed, holiday_hours=4)
    assert made.result is None
    assert {each.name for each in made.missing} == {"overtime_rate_holiday"}


# --- overtime --------------------------------------------------------------------------------------------------


@given(pay=PAY, hours=st.tuples(*[st.integers(0, 700)] * 3), paid=st.integers(0, 10**6))
def test_overtime_is_what_the_three_rates_give(
    definitions: DefinitionSet, law: Law, pay: Decimal, hours: tuple[int, int, int], paid: int
) -> None:
    if not any(hours):
        hours = (1, 0, 0)
    found = amount(
        definitions,
        law,
        "overtime",
        starts_on="2026-03-01",
        ends_on="2026-03-31",
        monthly_pay=pay,
        extended_hours=hours[0],
        rest_hours=hours[1],
        holiday_hours=hours[2],
        paid=paid,
    )
    rates = (Decimal("1.5"), Decimal(2), Decimal(3))
    by_rate = [
        (pay * 4 / 87 / 8 * rate * count).quantize(CENT, ROUND_HALF_UP)  # 21.75 is 87/4
        for rate, count in zip(rates, hours, strict=True)
    ]
    owed = sum(by_rate, Decimal(0))
    assert found == max(Decimal(0), owed - paid)


# --- double wages ----------------------------------------------------------------------------------------------


@given(hired=DAYS, length=st.integers(0, 600), pay=PAY)
def test_double_wages_are_at_most_eleven_months_and_never_of_the_first(
    definitions: DefinitionSet, law: Law, hired: date, length: int, pay: Decimal
) -> None:
    ended = min(hired + timedelta(days=length), TODAY)
    made = run(definitions, law, "double_wages", hired_on=hired, ended_on=ended, monthly_pay=pay)
    assert made.result is not None
    assert 0 <= made.result <= pay * 11
    if (ended - hired).days < 27:
        assert made.result == 0
    if (ended - hired).days >= 366:
        assert made.result == pay * 11


@given(hired=DAYS, lengths=st.tuples(st.integers(0, 500), st.integers(0, 500)))
def test_a_later_end_never_gives_less(
    definitions: DefinitionSet, law: Law, hired: date, lengths: tuple[int, int]
) -> None:
    results = [
        run(
            definitions,
            law,
            "double_wages",
            hired_on=hired,
            ended_on=min(hired + timedelta(days=length), TODAY),
            monthly_pay=6000,
        ).result
        for length in sorted(lengths)
    ]
    assert results[0] is not None
    assert results[1] is not None
    assert results[0] <= results[1]


def test_months_out_of_time_are_told_apart_and_stay_in_the_claim(definitions: DefinitionSet, law: Law) -> None:
    made = run(definitions, law, "double_wages", hired_on="2025-03-01", monthly_pay=6000)
    assert made.result == 66000
    assert "42000.00" in made.notes[0]["zh"]  # April to October 2025 ended more than a year ago
    assert "24000.00" in made.notes[0]["zh"]
    claimed = run(definitions, law, "double_wages", hired_on="2025-03-01", monthly_pay=6000, claimed_on="2026-03-01")
    assert claimed.result == 66000
    assert claimed.notes == ()


def test_a_contract_signed_within_the_first_month_leaves_nothing(definitions: DefinitionSet, law: Law) -> None:
    for signed, expected in (("2026-01-31", 0), ("2026-02-01", 0), ("2026-03-01", 6000)):
        found = amount(definitions, law, "double_wages", hired_on="2026-01-01", signed_on=signed, monthly_pay=6000)
        assert found == expected, signed


# --- severance -------------------------------------------------------------------------------------------------


LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def eve_of(start: date, months: int) -> date:
    """The last day of a number of months that begin with a day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, month + 1, min(start.day, LENGTHS[month] + leap)) - timedelta(days=1)


def severance_by_hand(hired: date, ended: date, pay: Decimal, average: Decimal, minimum: Decimal) -> Decimal:
    """N as article 47 says it, half-year by half-year."""
    start = max(hired, date(2008, 1, 1))
    full = 0  # half-years that are complete by the last day
    while eve_of(start, (full + 1) * 6) <= ended:
        full += 1
    years = Decimal((full + 1) // 2)  # six months and more count as a year
    if full % 2 == 0 and (full == 0 or eve_of(start, full * 6) < ended):
        years += Decimal("0.5")
    if pay > average * 3:
        return average * 3 * min(years, Decimal(12))
    return max(pay, minimum) * years


@given(
    hired=st.dates(date(1995, 1, 1), TODAY),
    length=st.integers(0, 12000),
    pay=st.integers(100, 60000).map(Decimal),
)
def test_severance_is_what_article_47_gives(
    definitions: DefinitionSet, law: Law, hired: date, length: int, pay: Decimal
) -> None:
    ended = max(min(hired + timedelta(days=length), TODAY), date(2008, 1, 1))
    hired = min(hired, ended)
    found = amount(definitions, law, "severance", hired_on=hired, ended_on=ended, average_pay=pay)
    assert found == severance_by_hand(hired, ended, pay, Decimal(10000), Decimal(2500))


@given(hired=st.dates(date(2008, 1, 1), TODAY), length=st.integers(0, 7000), pay=st.integers(100, 60000))
def test_damages_are_twice_the_severance_where_no_year_lies_before_2008(
    definitions: DefinitionSet, law: Law, hired: date, length: int, pay: int
) -> None:
    ended = min(hired + timedelta(days=length), TODAY)
    typed = {"hired_on": hired, "ended_on": ended, "average_pay": pay}
    assert amount(definitions, law, "damages", **typed) == 2 * amount(definitions, law, "severance", **typed)


def test_years_before_2008_are_said_to_be_left_out_of_severance_and_count_for_damages(
    definitions: DefinitionSet, law: Law
) -> None:
    typed = {"hired_on": "2005-01-01", "ended_on": "2026-06-30", "average_pay": 6000}
    made = run(definitions, law, "severance", **typed)
    assert made.result == Decimal(6000) * 19
    assert "2008年1月1日以前" in made.notes[0]["zh"]
    assert amount(definitions, law, "damages", **typed) == Decimal(6000) * 22 * 2


# --- leave -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("years", "days"), [(1, 5), (9, 5), (10, 10), (19, 10), (20, 15), (40, 15)])
def test_days_of_leave_go_by_years_of_work(definitions: DefinitionSet, law: Law, years: int, days: int) -> None:
    found = amount(
        definitions, law, "annual_leave", year=2025, worked_years=years, hired_on="2020-01-01", average_pay=8700
    )
    assert found == days * 400 * 2


@given(
    hired=st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    ended=st.dates(date(2025, 1, 1), TODAY),
    years=st.integers(1, 40),
    taken=st.integers(0, 20),
)
def test_unused_leave_is_in_proportion_and_never_negative(
    definitions: DefinitionSet, law: Law, hired: date, ended: date, years: int, taken: int
) -> None:
    if ended < hired:
        hired, ended = ended, max(hired, ended)
    made = run(
        definitions,
        law,
        "annual_leave",
        year=2025,
        worked_years=years,
        hired_on=hired,
        ended_on=ended,
        taken_days=taken,
        average_pay=8700,
    )
    whole = 15 if years >= 20 else 10 if years >= 10 else 5
    there = (min(ended, date(2025, 12, 31)) - max(hired, date(2025, 1, 1))).days + 1
    days = max(0, there * whole // 365 - taken)
    assert made.problems == ()
    assert made.result == days * 800


# --- minimum wage ----------------------------------------------------------------------------------------------


@given(first=st.dates(date(2025, 1, 1), date(2026, 6, 1)), lengths=st.tuples(st.integers(0, 200), st.integers(1, 200)))
def test_the_difference_adds_up_over_whole_months(
    definitions: DefinitionSet, first: date, lengths: tuple[int, int]
) -> None:
    changing = law_with(
        definitions,
        minimum_wage=[
            (date(2024, 7, 1), Decimal(2300)),
            (date(2025, 7, 1), Decimal(2500)),
            (date(2026, 3, 16), Decimal(2720)),
        ],
    )
    first = first.replace(day=1)
    middle = (first + timedelta(days=lengths[0])).replace(day=1)
    last = min(middle + timedelta(days=lengths[1]), TODAY)
    if not first < middle <= last:
        return

    def difference(one: date, other: date) -> Decimal:
        return amount(definitions, changing, "minimum_difference", starts_on=one, ends_on=other, monthly_pay="2345.67")

    parts = difference(first, middle - timedelta(days=1)) + difference(middle, last)
    assert difference(first, last) == parts


@given(pay=st.tuples(PAY, PAY), length=st.integers(0, 300))
def test_who_was_paid_more_is_owed_no_more(
    definitions: DefinitionSet, law: Law, pay: tuple[Decimal, Decimal], length: int
) -> None:
    end = date(2026, 1, 1) + timedelta(days=length)
    less, more = sorted(pay)
    owed = [
        amount(definitions, law, "minimum_difference", starts_on="2026-01-01", ends_on=end, monthly_pay=one)
        for one in (less, more)
    ]
    assert owed[0] >= owed[1] >= 0
