"""Conflicts: nothing that somebody wrote is lost in silence, in whatever order events arrive."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.fold_histories import (
    CASE,
    CLERK,
    INSPECTOR,
    NEIGHBOUR,
    OTHER_CLERK,
    Author,
    History,
    histories,
    said,
)

from window_app.domain.events import ActorKind, Confidentiality, Event, EventType
from window_app.domain.fold import STATUS_FIELD, CaseState, CaseStatus, fold_case

PHONE = "applicant.phone"


def folded(events: list[Event]) -> CaseState:
    state = fold_case(events)
    assert state is not None
    return state


def test_a_field_set_from_the_present_value_is_set_and_the_list_shows_it():
    history = History()
    first = history.write(CLERK, "applicant.name", "王晓明")
    state = folded(history.feed)
    assert state.fields["applicant.name"].value == "王晓明"
    assert state.setter("applicant.name") == first.event_id
    assert state.setter(PHONE) == history.received.event_id
    assert state.name_of("applicant") == "王晓明"
    assert "王小明" not in {party.name for party in state.parties}


def test_two_values_from_one_base_are_a_conflict_in_which_the_first_stays():
    history = History()
    first = history.write(CLERK, PHONE, "139")
    second = history.write(OTHER_CLERK, PHONE, "138", base=history.received)
    (conflict,) = folded(history.feed).conflicts
    assert (conflict.field, conflict.kept_event, conflict.other_event) == (PHONE, first.event_id, second.event_id)
    assert (conflict.kept_value, conflict.other_value) == ("139", "138")
    assert (conflict.kept.by, conflict.other.by) == (CLERK.actor.id, OTHER_CLERK.actor.id)
    assert (conflict.kept.at, conflict.other.station_id) == (first.occurred_at, OTHER_CLERK.station)
    assert folded(history.feed).fields[PHONE].value == "139"


def test_one_value_written_twice_loses_nothing():
    history = History()
    history.write(CLERK, PHONE, "139")
    history.write(OTHER_CLERK, PHONE, "139", base=history.received)
    assert folded(history.feed).conflicts == ()


def test_equal_values_are_known_without_their_bodies():
    history = History()
    for author in (CLERK, OTHER_CLERK):
        event = history.write(author, PHONE, "139", base=history.received, marks={PHONE: "ab"})
        history.feed[-1] = replace(event, body=None)
    state = folded(history.feed)
    assert state.conflicts == ()
    assert (state.fields[PHONE].known, state.fields[PHONE].value) == (False, None)


def test_a_conflict_without_bodies_is_the_same_conflict_without_values():
    history = History()
    history.write(CLERK, PHONE, "139")
    history.write(OTHER_CLERK, PHONE, "138", base=history.received)
    (seen,) = folded(history.feed).conflicts
    (unseen,) = folded([replace(event, body=None) for event in history.feed]).conflicts
    assert (unseen.kept_event, unseen.other_event) == (seen.kept_event, seen.other_event)
    assert (unseen.kept_value, unseen.other_value) == (None, None)


@pytest.mark.parametrize(("keep_first", "value"), [(True, "139"), (False, "138")])
def test_a_person_ends_a_conflict_by_naming_both(keep_first, value):
    history = History()
    history.write(CLERK, PHONE, "139")
    history.write(OTHER_CLERK, PHONE, "138", base=history.received)
    settled = history.settle(CLERK, keep_first=keep_first)
    state = folded(history.feed)
    assert state.conflicts == ()
    assert (state.fields[PHONE].value, state.setter(PHONE)) == (value, settled.event_id)
    assert state.out_of_place == ()


def test_two_persons_who_choose_differently_are_a_conflict_again():
    history = History()
    history.write(CLERK, PHONE, "139")
    history.write(OTHER_CLERK, PHONE, "138", base=history.received)
    before = list(history.feed)
    history.settle(CLERK, keep_first=True)
    other = history.settle(OTHER_CLERK, keep_first=False, seen=before)
    (conflict,) = folded(history.feed).conflicts
    assert (conflict.kept_value, conflict.other_value, conflict.other_event) == ("139", "138", other.event_id)


def test_two_persons_who_choose_the_same_are_not():
    history = History()
    history.write(CLERK, PHONE, "139")
    history.write(OTHER_CLERK, PHONE, "138", base=history.received)
    before = list(history.feed)
    for author in (CLERK, OTHER_CLERK):
        history.settle(author, keep_first=False, seen=before)
    state = folded(history.feed)
    assert (state.conflicts, state.fields[PHONE].value) == ((), "138")


def test_who_writes_again_over_his_own_disputed_value_disputes_it_once():
    history = History()
    history.write(CLERK, PHONE, "139")
    first = history.write(OTHER_CLERK, PHONE, "138", base=history.received)
    history.write(OTHER_CLERK, PHONE, "137", base=first)
    (conflict,) = folded(history.feed).conflicts
    assert (conflict.kept_value, conflict.other_value) == ("139", "137")


def test_a_choice_that_names_no_two_disputed_values_changes_nothing_and_is_shown():
    history = History()
    history.write(CLERK, PHONE, "139")
    wrong = [
        history.choose(CLERK, PHONE, uuid4(), uuid4()),
        history.choose(CLERK, PHONE, folded(history.feed).setter(PHONE), history.received.event_id),
        history.choose(CLERK, "", uuid4(), uuid4()),
    ]
    state = folded(history.feed)
    assert state.out_of_place == tuple(event.event_id for event in wrong)
    assert state.fields[PHONE].value == "139"


def test_two_decisions_from_one_status_are_a_conflict_and_never_settled_by_the_program():
    history = History()
    accepted = history.decide(INSPECTOR, "accepted", decision_number="1号")
    closed = history.decide(INSPECTOR, "refused", base=history.received, decision_number="2号")
    state = folded(history.feed)
    (conflict,) = state.conflicts
    assert (state.status, state.decision_number) == (CaseStatus.ACCEPTED, "1号")
    assert (conflict.field, conflict.kept_event, conflict.other_event) == (
        STATUS_FIELD,
        accepted.event_id,
        closed.event_id,
    )
    history.settle(INSPECTOR, keep_first=False)
    settled = folded(history.feed)
    assert (settled.status, settled.decision_number, settled.conflicts) == (CaseStatus.REFUSED, "2号", ())


def test_a_counter_settles_no_conflict_between_decisions():
    history = History()
    history.decide(INSPECTOR, "accepted")
    history.decide(INSPECTOR, "refused", base=history.received)
    choice = history.settle(CLERK, keep_first=False)
    state = folded(history.feed)
    assert (len(state.conflicts), state.out_of_place) == (1, (choice.event_id,))


def test_a_decision_without_a_base_after_another_one_is_disputed():
    history = History()
    history.decide(INSPECTOR, "accepted")
    history.add(INSPECTOR, EventType.STATUS_CHANGED, state="closed")
    state = folded(history.feed)
    assert (state.status, len(state.conflicts)) == (CaseStatus.ACCEPTED, 1)


def test_a_transfer_moves_the_case_to_an_office_that_has_not_acknowledged_it():
    history = History()
    history.add(INSPECTOR, EventType.CASE_ACKNOWLEDGED)
    history.add(INSPECTOR, EventType.CASE_CLAIMED, claimant="inspection/7")
    taken = folded(history.feed)
    assert (taken.acknowledged, taken.acknowledged_by, taken.claimed_by) == (True, INSPECTOR.actor.id, "inspection/7")
    history.decide(INSPECTOR, "transferred", office="neighbour")
    moved = folded(history.feed)
    assert (moved.office, moved.offices) == ("neighbour", ("inspection", "neighbour"))
    assert (moved.acknowledged, moved.acknowledged_by, moved.acknowledged_at, moved.claims) == (False, "", None, ())
    history.decide(NEIGHBOUR, "accepted", decision_number="9号")
    assert folded(history.feed).status is CaseStatus.ACCEPTED


def test_an_office_that_gave_a_case_away_decides_nothing_more():
    history = History()
    history.decide(INSPECTOR, "transferred", office="neighbour")
    late = history.decide(INSPECTOR, "accepted")
    history.add(INSPECTOR, EventType.CASE_ACKNOWLEDGED)
    state = folded(history.feed)
    assert (state.status, state.out_of_place, state.acknowledged) == (CaseStatus.TRANSFERRED, (late.event_id,), False)


def test_what_an_office_without_the_case_does_is_out_of_place():
    history = History()
    foreign = [
        history.decide(NEIGHBOUR, "accepted"),
        history.add(NEIGHBOUR, EventType.CASE_ACKNOWLEDGED),
        history.write(NEIGHBOUR, PHONE, "1"),
        history.add(NEIGHBOUR, EventType.CASE_CLAIMED),
    ]
    state = folded(history.feed)
    assert state.out_of_place == tuple(event.event_id for event in foreign)
    assert (state.status, state.acknowledged, state.claims, state.fields) == (CaseStatus.RECEIVED, False, (), {})


@pytest.mark.parametrize("kind", [EventType.STATUS_CHANGED, EventType.CASE_ACKNOWLEDGED, EventType.CASE_CLAIMED])
@pytest.mark.parametrize("known_as", ["counter", None])
def test_an_office_event_of_a_station_the_directory_does_not_call_an_office_is_out_of_place(kind, known_as):
    history = History()
    forged = replace(history.add(INSPECTOR, kind, state="accepted"), author_kind=known_as)
    genuine = replace(forged, author_kind="office")
    assert folded([history.received, forged]).out_of_place == (forged.event_id,)
    assert folded([history.received, genuine]).out_of_place == ()


@pytest.mark.parametrize("kind", [EventType.STATUS_CHANGED, EventType.CASE_ACKNOWLEDGED, EventType.CASE_CLAIMED])
@pytest.mark.parametrize("office", ["neighbour", None])
def test_an_event_in_the_name_of_an_office_that_is_not_its_stations_is_out_of_place(kind, office):
    history = History()
    genuine = history.add(INSPECTOR, kind, state="accepted")
    forged = replace(genuine, author_office=office)
    assert folded([history.received, forged]).out_of_place == (forged.event_id,)
    assert folded([history.received, genuine]).out_of_place == ()


def test_the_first_claim_holds_and_a_second_is_shown():
    history = History()
    first = history.add(INSPECTOR, EventType.CASE_CLAIMED, claimant="inspection/7")
    history.add(INSPECTOR, EventType.CASE_CLAIMED, claimant="inspection/7")
    history.add(Author(INSPECTOR.actor, UUID(int=9)), EventType.CASE_CLAIMED, claimant="inspection/8")
    state = folded(history.feed)
    assert state.claimed_by == "inspection/7"
    assert [claim.claimant for claim in state.claims] == ["inspection/7", "inspection/8"]
    history.add(INSPECTOR, EventType.CASE_RELEASED, claim=str(first.event_id))
    assert folded(history.feed).claimed_by == "inspection/8"
    history.add(INSPECTOR, EventType.CASE_RELEASED, claimant="inspection/8")
    assert folded(history.feed).claimed_by == ""


def test_readings_are_listed_once():
    history = History()
    for _ in range(2):
        history.add(INSPECTOR, EventType.CASE_OPENED, reason="decide")
    assert folded(history.feed).opened_by == (INSPECTOR.actor.id,)


def test_a_return_waits_for_materials_and_their_completion_is_seen():
    history = History()
    history.add(CLERK, EventType.MATERIALS_COMPLETED, completed_on="2026-11-24")
    history.decide(INSPECTOR, "returned")
    assert folded(history.feed).completed_on is None
    history.add(CLERK, EventType.MATERIALS_COMPLETED, completed_on="2026-11-26", due_on="2026-12-03")
    state = folded(history.feed)
    assert (str(state.completed_on), str(state.due_on)) == ("2026-11-26", "2026-12-03")
    assert state.status is CaseStatus.RETURNED


def test_the_number_of_a_confidential_decision_comes_from_its_other_event():
    history = History()
    decision = history.decide(INSPECTOR, "accepted")
    number = history.add(
        INSPECTOR,
        EventType.STATUS_DETAILED,
        status=str(decision.event_id),
        decision_number="3号",
        decided_on="2026-11-25",
    )
    detailed = replace(number, confidentiality=Confidentiality.CONFIDENTIAL, fseq=1)
    state = folded([*history.feed[:-1], detailed])
    assert (state.decision_number, str(state.decided_on)) == ("3号", "2026-11-25")
    assert folded(history.feed[:-1]).decision_number == ""


@given(histories())
def test_no_write_is_lost_in_silence(history):
    state = folded(history.feed)
    for field in history.fields:
        held = {state.setter(field), *(one.other_event for one in state.conflicts_on(field))}
        for event in history.writes(field):
            overtaken = any(event.event_id in history.seen_by(later) for later in history.writes(field))
            value = history.value_of(event, field)
            others = (history.value_of(one, field) for one in history.writes(field) if one is not event)
            equal = value is not None and value in others
            assert event.event_id in held or overtaken or equal or event.event_id in state.out_of_place
    assert all(one.kept_event == state.setter(one.field) for one in state.conflicts)


@given(histories(), st.randoms(use_true_random=False))
def test_every_order_of_arrival_gives_the_same_state(history, random):
    arrived = list(history.feed)
    random.shuffle(arrived)
    assert fold_case(arrived) == fold_case(history.feed)


@given(histories())
def test_own_events_give_the_same_state_before_and_after_they_are_confirmed(history):
    last = history.feed[-1].station_id
    tail = next((n for n, one in enumerate(reversed(history.feed)) if one.station_id != last), len(history.feed))
    cut = len(history.feed) - tail
    unconfirmed = [replace(event, fseq=None) for event in history.feed[cut:]]
    assert fold_case([*history.feed[:cut], *unconfirmed]) == fold_case(history.feed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["accepted", "status", PHONE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
NAMES = ("state", "field", "kept", "dropped", "claim", "claimant", "office", "marks", "due_on", "paper_id", "status")
KINDS = sorted(value for name, value in vars(EventType).items() if name.isupper())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.sampled_from(ActorKind),
            st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4),
            st.none() | st.dictionaries(st.sampled_from(["fields", "answers", "parties"]), JSON, max_size=2),
            st.dictionaries(st.sampled_from([STATUS_FIELD, PHONE, "x[9].y", ""]), st.uuids(), max_size=2),
        ),
        max_size=6,
    )
)
def test_no_absurd_event_stops_the_fold(written: list[tuple[str, ActorKind, dict[str, Any], Any, dict[str, UUID]]]):
    history = History()
    for place, (kind, actor, facts, body, base) in enumerate(written, 2):
        event = said(
            place, Author(replace(CLERK.actor, kind=actor), CLERK.station), kind, body=body, base=base, **facts
        )
        history.feed.append(replace(event, fseq=place))
    state = folded(history.feed)
    assert state.case_id == CASE
