"""The limits as the definitions state them; dates are typed from FACTS 0.5 and 1.6."""

from datetime import date
from typing import Any

import pytest

from window_app.domain.assessment import Deadline
from window_app.forms import DefinitionSet
from window_app.rules.deadlines import OpenLimit, compute


def limit(
    definitions: DefinitionSet, code: str, facts: dict[str, Any], on: str = "2026-11-20", locality: str | None = None
) -> Deadline | OpenLimit:
    """Return a limit of the published definitions."""
    rule = definitions.rules.deadline(code, locality)
    assert rule is not None
    known = definitions.vocabulary.read_facts(facts)
    parameters = definitions.rules.parameters
    return compute(rule, known, parameters, definitions.calendars, date.fromisoformat(on), locality)


def due(definitions: DefinitionSet, code: str, facts: dict[str, Any], **more: Any) -> tuple[str, str]:
    """Return the raw and the rolled last day."""
    found = limit(definitions, code, facts, **more)
    assert isinstance(found, Deadline)
    return found.raw_on.isoformat(), found.due_on.isoformat()


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        ("2025-01-24", "2025-02-07"),
        ("2025-09-26", "2025-10-10"),
        ("2025-12-30", "2026-01-07"),
        ("2026-02-13", "2026-02-27"),
        ("2026-04-29", "2026-05-09"),
        ("2026-09-18", "2026-09-24"),
        ("2026-09-30", "2026-10-13"),
    ],
)
@pytest.mark.parametrize("code", ["arbitration_answer", "inspection_answer", "notice_once"])
def test_the_office_answers_within_five_working_days(
    definitions: DefinitionSet, code: str, received: str, answer: str
) -> None:
    assert due(definitions, code, {"received_on": received})[1] == answer


@pytest.mark.parametrize("code", ["arbitration_answer", "inspection_answer"])
def test_the_answer_runs_anew_from_the_day_the_papers_are_complete(definitions: DefinitionSet, code: str) -> None:
    facts = {"received_on": "2026-04-20", "materials_completed_on": "2026-04-29"}
    assert due(definitions, code, facts)[1] == "2026-05-09"


def test_mediation_agreed_defers_acceptance_so_no_day_is_given(definitions: DefinitionSet) -> None:
    found = limit(definitions, "arbitration_answer", {"received_on": "2026-04-29", "mediation_agreed": True})
    assert isinstance(found, OpenLimit)
    assert found.reason == "deferred"


def test_the_award_is_counted_in_natural_days_and_both_days_are_kept(definitions: DefinitionSet) -> None:
    assert due(definitions, "arbitration_award", {"accepted_on": "2026-04-29"}) == ("2026-06-13", "2026-06-15")
    assert due(definitions, "arbitration_award", {"accepted_on": "2025-01-24"})[1] == "2025-03-10"


def test_days_of_suspension_are_not_counted_in_the_award(definitions: DefinitionSet) -> None:
    facts = {"accepted_on": "2026-04-29", "suspended_days": 10}
    assert due(definitions, "arbitration_award", facts)[0] == "2026-06-23"


@pytest.mark.parametrize(
    ("left", "last"), [("2025-10-03", "2026-10-08"), ("2024-02-29", "2025-02-28"), ("2025-11-20", "2026-11-20")]
)
@pytest.mark.parametrize("code", ["arbitration_limitation_pay", "arbitration_limitation_ended"])
def test_limitation_is_a_year_and_rolls_over_holidays(
    definitions: DefinitionSet, code: str, left: str, last: str
) -> None:
    assert due(definitions, code, {"employed": False, "employment_ended_on": left})[1] == last


def test_no_limitation_of_pay_runs_while_employed(definitions: DefinitionSet) -> None:
    found = limit(definitions, "arbitration_limitation_pay", {"employed": True})
    assert isinstance(found, OpenLimit)
    assert found.reason == "unlimited"


def test_a_claim_after_the_year_does_not_revive_it(definitions: DefinitionSet) -> None:
    facts = {"employed": False, "employment_ended_on": "2025-03-20", "last_claim_on": "2026-05-20"}
    assert due(definitions, "arbitration_limitation_pay", facts)[0] == "2026-03-20"


@pytest.mark.parametrize(
    ("locality", "accepted", "last"),
    [
        (None, "2025-01-24", "2025-04-25"),
        (None, "2026-04-29", "2026-07-27"),
        (None, "2026-09-18", "2026-12-17"),
        (None, "2026-09-30", "2026-12-29"),
        ("310000", "2026-09-30", "2026-12-29"),
    ],
)
def test_an_investigation_takes_sixty_working_days(
    definitions: DefinitionSet, locality: str | None, accepted: str, last: str
) -> None:
    found = due(definitions, "inspection_investigation", {"accepted_on": accepted}, locality=locality)
    assert found[1] == last


def test_an_investigation_in_guangdong_takes_forty_five_and_at_most_seventy_five(definitions: DefinitionSet) -> None:
    def amount(code: str, locality: str | None) -> int:
        found = limit(definitions, code, {"accepted_on": "2026-04-29"}, locality=locality)
        assert isinstance(found, Deadline)
        return found.amount

    assert (amount("inspection_investigation", "440000"), amount("inspection_extension", "440000")) == (45, 75)
    assert (amount("inspection_investigation", None), amount("inspection_extension", None)) == (60, 90)


def test_before_the_regulations_were_in_force_no_day_is_given(definitions: DefinitionSet) -> None:
    found = limit(definitions, "inspection_investigation", {"accepted_on": "2004-06-01"}, on="2004-06-01")
    assert isinstance(found, OpenLimit)


def test_two_years_of_inspection_run_from_the_end_and_not_while_it_goes_on(definitions: DefinitionSet) -> None:
    facts = {"employed": False, "employment_ended_on": "2025-09-20"}
    assert due(definitions, "inspection_limit", facts)[0] == "2027-09-20"
    assert isinstance(limit(definitions, "inspection_limit", {"employed": True}), OpenLimit)
