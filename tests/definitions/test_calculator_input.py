"""What is typed into calculators: told at its input, never guessed, never a negative amount."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.definitions.test_calculators import PAY, TODAY, law, run

from window_app.forms import DefinitionSet
from window_app.forms.calculating import Law, calculate
from window_app.forms.calculators import Calculator

__all__ = ["law"]

WRONG: list[tuple[str, Mapping[str, Any], str]] = [
    (
        "overtime",
        {"starts_on": "2026-03-31", "ends_on": "2026-03-01", "monthly_pay": 1, "extended_hours": 1},
        "ends_on",
    ),
    ("overtime", {"starts_on": "2026-03-01", "monthly_pay": "-1", "extended_hours": 1}, "monthly_pay"),
    ("overtime", {"starts_on": "2026-03-01", "monthly_pay": "0", "extended_hours": 1}, "monthly_pay"),
    ("overtime", {"starts_on": "2026-02-30", "monthly_pay": 1, "extended_hours": 1}, "starts_on"),
    ("overtime", {"starts_on": "2026-03-01", "monthly_pay": 1, "extended_hours": "-2"}, "extended_hours"),
    ("overtime", {"starts_on": "2026-03-01", "monthly_pay": 1}, "extended_hours"),
    ("overtime", {"starts_on": "2027-03-01", "monthly_pay": 1, "extended_hours": 1}, "starts_on"),
    ("double_wages", {"hired_on": "1000-01-01", "monthly_pay": 1}, "hired_on"),
    ("double_wages", {"hired_on": "2026-01-01", "signed_on": "2025-12-31", "monthly_pay": 1}, "signed_on"),
    ("severance", {"hired_on": "2026-08-02", "ended_on": "2026-08-01", "average_pay": 1}, "ended_on"),
    ("severance", {"hired_on": "2026-08-02", "ended_on": "9999-12-31", "average_pay": 1}, "ended_on"),
    ("severance", {"hired_on": "2026-08-02", "ended_on": "2026-09-01", "average_pay": "1.234"}, "average_pay"),
    ("annual_leave", {"year": 99999, "worked_years": 3, "hired_on": "2020-01-01", "average_pay": 1}, "year"),
    ("annual_leave", {"year": 2027, "worked_years": 3, "hired_on": "2020-01-01", "average_pay": 1}, "year"),
    ("annual_leave", {"year": 2025, "worked_years": 0, "hired_on": "2020-01-01", "average_pay": 1}, "worked_years"),
    ("minimum_difference", {"starts_on": "2026-01-02", "ends_on": "2026-01-01", "monthly_pay": 1}, "ends_on"),
    ("wages", {"starts_on": "2026-01-01", "ends_on": "2026-01-31", "monthly_pay": 1, "bonus": 3}, "bonus"),
]


@pytest.mark.parametrize(("code", "typed", "field"), WRONG)
def test_what_cannot_be_is_said_at_its_input_and_gives_no_figure(
    definitions: DefinitionSet, law: Law, code: str, typed: Mapping[str, Any], field: str
) -> None:
    made = run(definitions, law, code, **typed)
    assert made.result is None
    assert made.steps == ()
    assert field in {problem.field for problem in made.problems}


@given(
    code=st.sampled_from(["overtime", "double_wages", "severance", "damages", "annual_leave", "wages"]), data=st.data()
)
def test_whatever_is_typed_there_is_an_answer_and_never_a_negative_amount(
    definitions: DefinitionSet, law: Law, code: str, data: st.DataObject
) -> None:
    calculator: Calculator = definitions.calculators[code]
    anything = st.one_of(
        st.none(), st.booleans(), st.integers(-(10**13), 10**13), st.text(max_size=8), st.dates().map(str), PAY.map(str)
    )
    typed = {asked.code: data.draw(anything) for asked in calculator.inputs}
    made = calculate(calculator, typed, law, TODAY)
    assert made.result is None or made.result >= 0
    assert made.result is None or not (made.problems or made.missing)


def test_full_width_digits_and_chinese_dates_are_read(definitions: DefinitionSet, law: Law) -> None:
    made = run(
        definitions, law, "severance", hired_on="２０２４年１月１日", ended_on="2026/9/30", average_pay="８，０００元"
    )
    assert made.result == 24000
    assert made.inputs == {"hired_on": "2024-01-01", "ended_on": "2026-09-30", "average_pay": "8000.00"}
