"""Every limit of FACTS section 1: length, kind of days and roll as typed from there, and what moves it."""

from datetime import date, timedelta
from typing import Any

import pytest

from window_app.domain.assessment import Deadline
from window_app.forms import DefinitionSet
from window_app.rules.deadlines import OpenLimit, compute

WORK, DAYS, MONTHS, YEARS = "workdays", "days", "months", "years"

# Code of the limit: amount, unit, the date it runs from. FACTS 1.1 to 1.5, section by section.
LIMITS: dict[str, tuple[int, str, str]] = {
    "service_by_notice": (30, DAYS, "notice_published_on"),
    "arbitration_limitation": (1, YEARS, "rights_known_on"),
    "arbitration_limitation_pay": (1, YEARS, "employment_ended_on"),
    "arbitration_limitation_ended": (1, YEARS, "employment_ended_on"),
    "civil_contract_limitation": (60, DAYS, "rights_known_on"),
    "personnel_limitation": (1, YEARS, "rights_known_on"),
    "receipt_at_once": (0, DAYS, "received_on"),
    "notice_once": (5, WORK, "received_on"),
    "arbitration_answer": (5, WORK, "received_on"),
    "no_jurisdiction_answer": (5, WORK, "received_on"),
    "arbitration_service": (5, WORK, "accepted_on"),
    "arbitration_defence": (10, WORK, "application_served_on"),
    "defence_service": (5, WORK, "defence_received_on"),
    "arbitration_tribunal": (5, WORK, "accepted_on"),
    "counterclaim": (10, WORK, "application_served_on"),
    "counterclaim_answer": (5, WORK, "counterclaim_received_on"),
    "jurisdiction_objection": (10, WORK, "application_served_on"),
    "challenge_decision": (3, WORK, "challenged_on"),
    "hearing_notice": (5, WORK, "hearing_on"),
    "postponement_request": (3, WORK, "hearing_on"),
    "claims_amendment": (0, DAYS, "evidence_until"),
    "arbitration_award": (45, DAYS, "accepted_on"),
    "arbitration_award_extended": (60, DAYS, "accepted_on"),
    "entrusted_mediation": (10, WORK, "mediation_consented_on"),
    "revocation_notice": (5, WORK, "revoked_on"),
    "collective_answer": (5, WORK, "received_on"),
    "collective_notices": (5, WORK, "accepted_on"),
    "service_by_posting": (3, WORK, "posted_on"),
    "mediation_review_application": (15, DAYS, "agreement_effective_on"),
    "mediation_review": (5, WORK, "review_accepted_on"),
    "mediation_review_extended": (10, WORK, "review_accepted_on"),
    "award_suit": (15, DAYS, "document_received_on"),
    "award_annulment": (30, DAYS, "document_received_on"),
    "annulled_suit": (15, DAYS, "annulment_received_on"),
    "enforcement_limit": (2, YEARS, "award_due_on"),
    "award_file_kept": (10, YEARS, "closed_on"),
    "other_file_kept": (5, YEARS, "closed_on"),
    "negotiation_response": (5, DAYS, "negotiation_requested_on"),
    "enterprise_mediation_acceptance": (3, WORK, "mediation_applied_on"),
    "mediation_end": (15, DAYS, "mediation_applied_on"),
    "enterprise_mediation_end": (15, DAYS, "mediation_accepted_on"),
    "inspection_limit": (2, YEARS, "employment_ended_on"),
    "inspection_answer": (5, WORK, "received_on"),
    "inspection_refusal": (5, WORK, "received_on"),
    "inspection_redirection": (5, WORK, "received_on"),
    "inspection_investigation": (60, WORK, "accepted_on"),
    "inspection_extension": (90, WORK, "accepted_on"),
    "inspection_decision": (15, WORK, "investigated_on"),
    "injury_application_employer": (30, DAYS, "injured_on"),
    "injury_application_worker": (1, YEARS, "injured_on"),
    "injury_decision": (60, DAYS, "injury_accepted_on"),
    "injury_decision_clear": (15, DAYS, "injury_accepted_on"),
    "ability_grading": (60, DAYS, "ability_applied_on"),
    "ability_grading_extended": (90, DAYS, "ability_applied_on"),
    "ability_review_application": (15, DAYS, "document_received_on"),
    "administrative_review_application": (60, DAYS, "document_received_on"),
    "administrative_suit": (6, MONTHS, "document_received_on"),
    "leaving_certificate": (0, DAYS, "employment_ended_on"),
    "transfer_after_leaving": (15, DAYS, "employment_ended_on"),
    "unemployment_report": (15, DAYS, "employment_ended_on"),
    "unemployment_benefit_answer": (10, WORK, "received_on"),
    "legal_aid_review": (7, DAYS, "aid_applied_on"),
    "legal_aid_assignment": (3, DAYS, "aid_decided_on"),
    "petition_reply": (15, DAYS, "petition_received_on"),
    "petition_objection": (5, WORK, "petition_transferred_on"),
    "petition_handling": (60, DAYS, "petition_accepted_on"),
    "petition_handling_extended": (90, DAYS, "petition_accepted_on"),
    "petition_review_request": (30, DAYS, "document_received_on"),
    "petition_review": (30, DAYS, "petition_review_requested_on"),
    "petition_recheck_request": (30, DAYS, "document_received_on"),
    "petition_recheck": (30, DAYS, "petition_recheck_requested_on"),
    "civil_review_application": (30, DAYS, "rights_known_on"),
    "civil_appeal_after_review": (15, DAYS, "document_received_on"),
    "arrears_list_objection": (5, WORK, "list_notice_received_on"),
    "arrears_list_verification": (5, WORK, "list_objection_received_on"),
    "arrears_list_decision": (20, WORK, "payment_order_expired_on"),
    "arrears_list_decision_extended": (40, WORK, "payment_order_expired_on"),
    "arrears_list_term": (3, YEARS, "listed_on"),
    "arrears_list_removal_decision": (15, WORK, "removal_applied_on"),
    "arrears_list_removal": (10, WORK, "removal_due_on"),
    "civil_limitation": (3, YEARS, "rights_known_on"),
    # No article states a length: the ticket's own last day.
    "hotline_reply": (0, DAYS, "ticket_due_on"),
    "mediation_result": (15, DAYS, "received_on"),
}
BACKWARDS = {"hearing_notice", "postponement_request"}
# FACTS 1.6: start, +5, +10, +60 working days, +15 and +45 days after the roll.
COUNTED = [
    ("2025-01-24", "2025-02-07", "2025-02-13", "2025-04-25", "2025-02-08", "2025-03-10"),
    ("2025-09-26", "2025-10-10", "2025-10-16", "2025-12-25", "2025-10-11", "2025-11-10"),
    ("2025-12-30", "2026-01-07", "2026-01-14", "2026-03-31", "2026-01-14", "2026-02-13"),
    ("2026-02-13", "2026-02-27", "2026-03-05", "2026-05-19", "2026-02-28", "2026-03-30"),
    ("2026-04-29", "2026-05-09", "2026-05-15", "2026-07-27", "2026-05-14", "2026-06-15"),
    ("2026-09-18", "2026-09-24", "2026-10-09", "2026-12-17", "2026-10-08", "2026-11-02"),
    ("2026-09-30", "2026-10-13", "2026-10-20", "2026-12-29", "2026-10-15", "2026-11-16"),
]


def limit(definitions: DefinitionSet, code: str, **facts: Any) -> Deadline | OpenLimit:
    """Return a limit of the published definitions on 2026-11-20."""
    rule = definitions.rules.deadline(code)
    assert rule is not None, code
    known = definitions.vocabulary.read_facts(facts)
    return compute(rule, known, definitions.rules.parameters, definitions.calendars, date(2026, 11, 20))


def last(definitions: DefinitionSet, code: str, **facts: Any) -> str:
    """Return the last day after the roll."""
    found = limit(definitions, code, **facts)
    assert isinstance(found, Deadline), found
    return found.due_on.isoformat()


def test_every_limit_is_here(definitions: DefinitionSet) -> None:
    assert set(definitions.rules.deadlines.national) == set(LIMITS)


@pytest.mark.parametrize("code", LIMITS)
def test_a_limit_has_the_length_the_unit_and_the_start_of_the_fact_sheet(definitions: DefinitionSet, code: str) -> None:
    amount, unit, start = LIMITS[code]
    employed = {"employed": False} if start == "employment_ended_on" else {}
    found = limit(definitions, code, **employed, **{start: "2026-03-02"})
    assert isinstance(found, Deadline), found
    assert (found.amount, found.unit, found.start_on) == (amount, unit, date(2026, 3, 2))
    assert found.basis
    assert found.steps


@pytest.mark.parametrize("code", sorted(LIMITS.keys() - BACKWARDS))
def test_the_first_day_does_not_count_and_each_step_says_what_was_done(definitions: DefinitionSet, code: str) -> None:
    amount, unit, start = LIMITS[code]
    employed = {"employed": False} if start == "employment_ended_on" else {}
    found = limit(definitions, code, **employed, **{start: "2026-09-30"})
    assert isinstance(found, Deadline)
    codes = [step.code for step in found.steps]
    assert codes[0] == "deadline.start"
    if unit == WORK and amount:
        named = [step.params["notice"] for step in found.steps if step.code == "deadline.skipped_holiday"]
        assert set(named) == {"国办发明电〔2025〕7号"}
    if unit == DAYS:
        assert found.raw_on == date(2026, 9, 30) + timedelta(days=amount)


@pytest.mark.parametrize(("start", "five", "ten", "sixty", "fifteen", "forty_five"), COUNTED)
def test_the_values_of_the_fact_sheet_come_out(
    definitions: DefinitionSet, start: str, five: str, ten: str, sixty: str, fifteen: str, forty_five: str
) -> None:
    assert last(definitions, "arbitration_service", accepted_on=start) == five
    assert last(definitions, "arbitration_defence", application_served_on=start) == ten
    assert last(definitions, "inspection_investigation", accepted_on=start) == sixty
    assert last(definitions, "award_suit", document_received_on=start) == fifteen
    assert last(definitions, "arbitration_award", accepted_on=start) == forty_five


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("arbitration_limitation", "rights_known_on"),
        ("injury_application_worker", "injured_on"),
        ("personnel_limitation", "rights_known_on"),
    ],
)
def test_a_year_ends_on_the_same_day_or_the_last_of_february_and_rolls(
    definitions: DefinitionSet, code: str, fact: str
) -> None:
    assert last(definitions, code, **{fact: "2024-02-29"}) == "2025-02-28"
    assert last(definitions, code, **{fact: "2025-10-03"}) == "2026-10-08"


def test_the_award_keeps_the_day_before_the_roll_for_warnings(definitions: DefinitionSet) -> None:
    found = limit(definitions, "arbitration_award", accepted_on="2026-04-29")
    assert isinstance(found, Deadline)
    assert (found.raw_on, found.due_on) == (date(2026, 6, 13), date(2026, 6, 15))


# --- the four mechanisms, each by itself ---


@pytest.mark.parametrize(
    "fact", ["party_added_on", "claims_amended_on", "counterclaim_joined_on", "transfer_received_on"]
)
def test_what_changes_the_case_makes_the_award_run_anew(definitions: DefinitionSet, fact: str) -> None:
    found = limit(definitions, "arbitration_award", accepted_on="2026-03-02", **{fact: "2026-04-01"})
    assert isinstance(found, Deadline)
    assert found.start_on == date(2026, 4, 1)
    assert "deadline.restarted" in [step.code for step in found.steps]


@pytest.mark.parametrize("code", ["arbitration_answer", "no_jurisdiction_answer", "collective_answer"])
def test_papers_completed_begin_the_answer_anew(definitions: DefinitionSet, code: str) -> None:
    begun = last(definitions, code, received_on="2026-04-20")
    again = last(definitions, code, received_on="2026-04-20", materials_completed_on="2026-04-29")
    assert (begun, again) == ("2026-04-27", "2026-05-09")


def test_mediation_first_puts_acceptance_off_and_gives_no_day(definitions: DefinitionSet) -> None:
    found = limit(definitions, "arbitration_answer", received_on="2026-04-20", mediation_agreed=True)
    assert isinstance(found, OpenLimit)
    assert found.reason == "deferred"


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("arbitration_limitation", "rights_known_on"),
        ("arbitration_limitation_pay", "employment_ended_on"),
        ("arbitration_limitation_ended", "employment_ended_on"),
        ("personnel_limitation", "rights_known_on"),
        ("civil_limitation", "rights_known_on"),
    ],
)
def test_a_claim_inside_the_limitation_begins_it_anew_and_a_later_one_does_not(
    definitions: DefinitionSet, code: str, fact: str
) -> None:
    facts = {fact: "2025-03-20", "employed": False}
    years = LIMITS[code][0]
    found = limit(definitions, code, **facts, last_claim_on="2025-12-01")
    assert isinstance(found, Deadline)
    assert (found.start_on, found.raw_on.year) == (date(2025, 12, 1), 2025 + years)
    late = limit(definitions, code, **facts, last_claim_on="2029-01-01")
    assert isinstance(late, Deadline)
    assert late.start_on == date(2025, 3, 20)
    assert "deadline.interrupt_too_late" in [step.code for step in late.steps]


@pytest.mark.parametrize(
    ("code", "start", "days"),
    [
        ("arbitration_award", "accepted_on", "suspended_days"),
        ("arbitration_award", "accepted_on", "public_notice_days"),
        ("arbitration_limitation", "rights_known_on", "limitation_paused_days"),
        ("injury_application_worker", "injured_on", "injury_excluded_days"),
        ("injury_decision", "injury_accepted_on", "suspended_days"),
        ("administrative_review_application", "document_received_on", "excused_days"),
        ("petition_recheck", "petition_recheck_requested_on", "petition_hearing_days"),
    ],
)
def test_days_that_do_not_count_are_added_to_the_end_and_named(
    definitions: DefinitionSet, code: str, start: str, days: str
) -> None:
    plain = limit(definitions, code, **{start: "2026-03-02"})
    longer = limit(definitions, code, **{start: "2026-03-02", days: 30})
    assert isinstance(plain, Deadline)
    assert isinstance(longer, Deadline)
    assert longer.raw_on - plain.raw_on == timedelta(days=30)
    assert longer.start_on == plain.start_on
    assert "deadline.excluded" in [step.code for step in longer.steps]


def test_the_end_of_a_continuing_act_begins_the_two_years_of_inspection(definitions: DefinitionSet) -> None:
    found = limit(
        definitions, "inspection_limit", employed=False, employment_ended_on="2025-03-20", act_ended_on="2025-09-01"
    )
    assert isinstance(found, Deadline)
    assert found.raw_on == date(2027, 9, 1)
    assert isinstance(limit(definitions, "inspection_limit", employed=True), OpenLimit)


@pytest.mark.parametrize(
    ("hearing", "notice", "postponed"),
    [("2026-11-20", "2026-11-13", "2026-11-17"), ("2026-10-12", "2026-09-29", "2026-10-08")],
)
def test_a_hearing_is_notified_five_working_days_before_and_put_off_three_before(
    definitions: DefinitionSet, hearing: str, notice: str, postponed: str
) -> None:
    assert last(definitions, "hearing_notice", hearing_on=hearing) == notice
    assert last(definitions, "postponement_request", hearing_on=hearing) == postponed


def test_a_year_without_calendar_gives_a_provisional_day(definitions: DefinitionSet) -> None:
    found = limit(definitions, "arbitration_service", accepted_on="2026-12-30")
    assert isinstance(found, Deadline)
    assert found.provisional
    assert found.steps[-1].code == "deadline.provisional"
