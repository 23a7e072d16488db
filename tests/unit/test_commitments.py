"""The fold of commitments: what is believed, what is named as a fault, and that no listed person slips through."""

import random
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.fold_histories import CASE, CLERK, INSPECTOR, OTHER_CLERK, Author, History

from window_app.domain.commitments import (
    Commitment,
    CommitmentState,
    FaultCode,
    commitment_id_for,
    fold_commitments,
    stray_events,
)
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import Actor, ActorKind, Event, EventType
from window_app.domain.fold import fold_case

REVIEWER = Author(Actor(ActorKind.OFFICE, "inspection/8"), UUID(int=3))
MATERIAL = "ending_certificate"
ID = commitment_id_for(CASE, MATERIAL)
TOKEN = "ab" * 32
DAY = date(2026, 11, 21)

STEPS: dict[str, tuple[Author, str, dict[str, Any]]] = {
    "withdraw": (CLERK, EventType.COMMITMENT_WITHDRAWN, {"withdrawn_on": "2026-11-22"}),
    "true": (INSPECTOR, EventType.COMMITMENT_VERIFIED, {"result": "true"}),
    "false": (INSPECTOR, EventType.COMMITMENT_VERIFIED, {"result": "false"}),
    "unclear": (INSPECTOR, EventType.COMMITMENT_VERIFIED, {"result": "unclear"}),
    "notice": (INSPECTOR, EventType.COMMITMENT_HEARING, {"step": "notice"}),
    "heard": (INSPECTOR, EventType.COMMITMENT_HEARING, {"step": "heard"}),
    "end": (REVIEWER, EventType.COMMITMENT_DECIDED, {"outcome": "ended", "decision_number": "1"}),
    "uphold": (REVIEWER, EventType.COMMITMENT_DECIDED, {"outcome": "upheld", "decision_number": "2"}),
    "end_alone": (INSPECTOR, EventType.COMMITMENT_DECIDED, {"outcome": "ended", "decision_number": "3"}),
    "recover": (REVIEWER, EventType.RECOVERY_NOTED, {}),
    "object": (CLERK, EventType.COMMITMENT_OBJECTED, {}),
    "keep": (REVIEWER, EventType.OBJECTION_DECIDED, {"result": "kept", "decision_number": "4"}),
    "strike": (REVIEWER, EventType.OBJECTION_DECIDED, {"result": "struck", "decision_number": "5"}),
    "list": (REVIEWER, EventType.CREDIT_LISTED, {"since": "2026-11-25"}),
    "repair": (REVIEWER, EventType.CREDIT_REPAIRED, {"since": "2026-12-01"}),
    "foreign": (CLERK, EventType.COMMITMENT_VERIFIED, {"result": "false"}),
    "close": (INSPECTOR, EventType.STATUS_CHANGED, {"state": "closed"}),
}


def made(history: History, author: Author = CLERK, material: str = MATERIAL, **facts: Any) -> Event:
    told = {"commitment": str(commitment_id_for(CASE, material)), "material": material, "made_on": DAY.isoformat()}
    event = history.add(author, EventType.COMMITMENT_MADE, verification="after", **{**told, **facts})
    history.feed[-1] = replace(event, tokens=(TOKEN,))
    return history.feed[-1]


def story(*steps: str) -> tuple[Commitment, History, list[Event]]:
    """Return the commitment after steps, the history, and the events of the steps."""
    history = History()
    made(history)
    events = []
    for step in steps:
        author, kind, facts = STEPS[step]
        if kind == EventType.STATUS_CHANGED:
            events.append(history.decide(author, facts["state"]))
        else:
            events.append(history.add(author, kind, commitment=str(ID), **facts))
    (commitment,) = fold_commitments(history.feed)
    return commitment, history, events


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), CommitmentState.MADE),
        (("withdraw",), CommitmentState.WITHDRAWN),
        (("true",), CommitmentState.VERIFIED_TRUE),
        (("unclear",), CommitmentState.UNCLEAR),
        (("unclear", "withdraw"), CommitmentState.WITHDRAWN),
        (("unclear", "false"), CommitmentState.FOUND_FALSE),
        (("false", "notice"), CommitmentState.HEARING),
        (("false", "notice", "heard"), CommitmentState.HEARD),
        (("false", "notice", "heard", "end"), CommitmentState.DECIDED),
        (("false", "uphold"), CommitmentState.DECIDED),
    ],
)
def test_a_commitment_goes_through_its_life(steps, state):
    commitment, _, events = story(*steps)
    assert commitment.state is state
    assert commitment.faults == ()
    assert commitment.steps[1:] == tuple(event.event_id for event in events)


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (("withdraw", "false"), FaultCode.AFTER_WITHDRAWAL),
        (("withdraw", "withdraw"), FaultCode.TOO_LATE),
        (("true", "withdraw"), FaultCode.TOO_LATE),
        (("true", "false"), FaultCode.TOO_LATE),
        (("end",), FaultCode.NO_FINDING),
        (("false", "end"), FaultCode.NO_HEARING),
        (("false", "notice", "end"), FaultCode.NO_HEARING),
        (("false", "heard"), FaultCode.NO_NOTICE),
        (("heard",), FaultCode.NO_FINDING),
        (("false", "notice", "heard", "end_alone"), FaultCode.SAME_PERSON),
        (("false", "notice", "heard", "end", "end"), FaultCode.TOO_LATE),
        (("foreign",), FaultCode.NOT_OFFICE),
        (("list",), FaultCode.NO_DECISION),
        (("false", "uphold", "list"), FaultCode.NO_DECISION),
        (("repair",), FaultCode.NOT_LISTED),
        (("object",), FaultCode.NO_DECISION),
        (("false", "notice", "heard", "end", "keep"), FaultCode.NO_OBJECTION),
        (("false", "notice", "heard", "end", "object", "object"), FaultCode.TOO_LATE),
        (("recover",), FaultCode.NO_DECISION),
        (("close", "withdraw"), FaultCode.AFTER_COMPLETION),
    ],
)
def test_what_came_too_late_or_out_of_order_is_named_and_not_believed(steps, fault):
    before, _, _ = story(*steps[:-1])
    commitment, _, events = story(*steps)
    assert commitment.faults[-1].code is fault
    assert commitment.overtaken[-1] == events[-1].event_id
    assert replace(commitment, overtaken=before.overtaken, faults=before.faults) == before


def test_a_decision_in_force_says_that_it_is_false_until_an_objection_takes_it_away():
    decided, _, _ = story("false", "notice", "heard", "end", "recover", "list")
    assert decided.is_false
    assert not decided.stands
    assert decided.list_standing is CreditStanding.LISTED
    struck, _, _ = story("false", "notice", "heard", "end", "list", "object", "strike")
    assert not struck.is_false
    assert struck.list_standing is CreditStanding.STRUCK
    kept, _, _ = story("false", "notice", "heard", "end", "list", "object", "keep", "repair")
    assert kept.is_false
    assert kept.list_standing is CreditStanding.REPAIRED


def test_one_material_is_committed_to_once_and_the_second_is_named():
    history = History()
    first = made(history)
    second = made(history, OTHER_CLERK, commitment=str(UUID(int=77)))
    one, other = fold_commitments(history.feed)
    assert one.made_event == first.event_id
    assert (other.barred, other.stands, other.to_verify) == (True, False, False)
    assert [fault.code for fault in other.faults] == [FaultCode.TWICE]
    again = made(history)
    one, _ = fold_commitments(history.feed)
    assert one.overtaken == (again.event_id,)
    assert second.event_id == other.made_event


def test_a_commitment_that_comes_after_the_case_ended_is_kept_and_nothing_rests_on_it():
    history = History()
    history.decide(INSPECTOR, "closed")
    late = made(history)
    (commitment,) = fold_commitments(history.feed)
    assert commitment.faults[0].event_id == late.event_id
    assert commitment.faults[0].code is FaultCode.AFTER_COMPLETION
    assert commitment.barred


def test_what_was_withdrawn_is_owed_until_everything_missing_came():
    commitment, history, _ = story("withdraw")
    assert commitment.owed
    history.add(CLERK, EventType.MATERIALS_COMPLETED, completed_on="2026-11-30")
    (commitment,) = fold_commitments(history.feed)
    assert (commitment.owed, commitment.proven_on) == (False, date(2026, 11, 30))


def test_an_office_that_the_directory_does_not_know_decides_nothing():
    _, history, _ = story("false")
    unknown = [replace(event, author_kind=None) if event.actor == INSPECTOR.actor else event for event in history.feed]
    (commitment,) = fold_commitments(unknown)
    assert commitment.state is CommitmentState.MADE
    assert commitment.faults[0].code is FaultCode.NOT_OFFICE


def test_events_about_no_commitment_of_the_case_are_shown():
    _, history, _ = story()
    stray = history.add(INSPECTOR, EventType.COMMITMENT_VERIFIED, commitment=str(UUID(int=5)), result="true")
    assert stray_events(history.feed) == (stray.event_id,)


def test_the_case_itself_knows_these_events():
    _, history, _ = story("false", "notice", "heard", "end", "list")
    case = fold_case(history.feed)
    assert case is not None
    assert (case.unknown, case.out_of_place) == ((), ())


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing_and_no_event_is_lost(steps: list[str], chance: random.Random):
    commitment, history, events = story(*[step for step in steps if step != "close"])
    shuffled = list(history.feed)
    chance.shuffle(shuffled)
    assert fold_commitments(shuffled) == (commitment,)
    named = {*commitment.steps, *commitment.overtaken}
    assert {event.event_id for event in events} <= named
