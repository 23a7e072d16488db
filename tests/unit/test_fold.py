"""State is a fold: order, ownership, and what a reader does with what it does not know."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain.events import Actor, ActorKind, Confidentiality, Event, EventType, Stream, StreamKind
from window_app.domain.fold import (
    OFFICE_STEPS,
    CaseStatus,
    Party,
    fold_case,
    fold_visit,
    in_order,
    parties_in,
)

CASE, VISIT, STATION = uuid4(), uuid4(), uuid4()
CLERK = Actor(ActorKind.CLERK, "0012")
OFFICE = Actor(ActorKind.OFFICE, "inspection")
NUMBER = "440305-A1C2-261121-0012-CBE"


def event(
    lseq: int,
    kind: str,
    actor: Actor = CLERK,
    *,
    fseq: int | None = None,
    stream: Stream | None = None,
    body: Mapping[str, Any] | None = None,
    version: int = 1,
    critical: bool = False,
    base: Mapping[str, UUID] | None = None,
    **facts: object,
) -> Event:
    return Event(
        event_id=UUID(int=lseq + (fseq or 0) * 1000),
        stream=stream or Stream(StreamKind.CASE, CASE),
        type=kind,
        version=version,
        critical=critical,
        actor=actor,
        station_id=STATION,
        lseq=lseq,
        occurred_at=datetime(2026, 11, 21, tzinfo=UTC),
        clock_offset_ms=None,
        confidentiality=Confidentiality.OPEN,
        readers=(),
        facts=facts,
        tokens=(),
        base=base or {},
        body_digest="",
        body=body,
        envelope_bytes=b"",
        chain_hash="",
        fseq=fseq,
        author_kind="office" if actor.kind is ActorKind.OFFICE else "counter",
        author_office=actor.id.partition("/")[0] if actor.kind is ActorKind.OFFICE else None,
    )


def received(lseq: int = 1, **more: Any) -> Event:
    return event(
        lseq,
        EventType.MATTER_RECEIVED,
        body={"applicant": {"name": "王小明", "phone": "1380"}, "respondents": [{"name": "宏发", "shop_sign": "老张"}]},
        visit_id=str(VISIT),
        matter_key="m1",
        number=NUMBER,
        matter="inspection_complaint",
        route="inspection",
        received_on="2026-11-21",
        due_on="2026-11-27",
        **more,
    )


def decided(lseq: int, state: str, actor: Actor = OFFICE, *, after: Event | None = None, **more: Any) -> Event:
    base = {} if after is None else {"status": after.event_id}
    return event(lseq, EventType.STATUS_CHANGED, actor, base=base, state=state, **more)


def test_receiving_makes_the_case():
    state = fold_case([received()])
    assert state is not None
    assert (state.case_id, state.visit_id, state.number, state.status) == (CASE, VISIT, NUMBER, CaseStatus.RECEIVED)
    assert (state.received_on, state.due_on) == (date(2026, 11, 21), date(2026, 11, 27))
    assert state.parties == (
        Party("applicant", "王小明", "1380"),
        Party("respondent", "宏发"),
        Party("respondent", "老张"),
    )
    assert (state.name_of("applicant"), state.name_of("mediator")) == ("王小明", "")


def test_without_its_receiving_there_is_no_case():
    assert fold_case([]) is None
    assert fold_case([decided(1, "accepted")]) is None


@pytest.mark.parametrize("status", sorted(OFFICE_STEPS[CaseStatus.RECEIVED]))
def test_an_office_decides_a_received_case(status):
    state = fold_case([received(), decided(2, status, decision_number="1号", due_on="2027-01-20")])
    assert state is not None
    assert (state.status, state.decision_number, state.due_on) == (status, "1号", date(2027, 1, 20))
    assert state.out_of_place == ()


@pytest.mark.parametrize(("first", "then"), [(a, b) for a in CaseStatus for b in CaseStatus])
def test_the_state_diagram_holds_for_every_pair(first, then):
    earlier = decided(2, first)
    events = [received(), earlier, decided(3, then, after=earlier)]
    if first not in OFFICE_STEPS[CaseStatus.RECEIVED]:
        return
    state = fold_case(events)
    assert state is not None
    assert (state.status is then) == (then in OFFICE_STEPS[first] or then is first)
    assert bool(state.out_of_place) == (then not in OFFICE_STEPS[first])
    assert state.conflicts == ()


def test_what_a_counter_decides_changes_nothing_and_is_shown():
    state = fold_case([received(), decided(2, "accepted", CLERK), decided(3, "nonsense"), decided(4, "received")])
    assert state is not None
    assert state.status is CaseStatus.RECEIVED
    assert len(state.out_of_place) == 3


def test_what_an_office_receives_or_voids_changes_nothing():
    office = replace(received(), actor=OFFICE)
    assert fold_case([office]) is None
    state = fold_case([received(), event(2, EventType.NUMBER_VOIDED, OFFICE)])
    assert state is not None
    assert state.status is CaseStatus.RECEIVED
    assert len(state.out_of_place) == 1


def test_a_counter_voids_its_number_before_any_decision_alone():
    voided = fold_case([received(), event(2, EventType.NUMBER_VOIDED)])
    late = fold_case([received(), decided(2, "accepted"), event(3, EventType.NUMBER_VOIDED)])
    assert voided is not None
    assert late is not None
    assert voided.status is CaseStatus.VOIDED
    assert late.status is CaseStatus.ACCEPTED


def test_a_second_receiving_never_replaces_the_first():
    second = received(2, fseq=None)
    state = fold_case([received(1, fseq=7), second])
    assert state is not None
    assert state.out_of_place == (second.event_id,)


def test_confirmed_events_come_first_then_own_ones_by_sequence():
    own_late, own_early = decided(9, "closed"), decided(8, "suspended")
    first, second = received(50, fseq=1), decided(3, "accepted", fseq=2)
    assert in_order([own_late, second, own_early, first]) == (first, second, own_early, own_late)


def test_unknown_events_are_kept_aside_and_only_critical_ones_stop_us():
    newer = event(2, "SomethingNew", x=1)
    state = fold_case([received(), newer, event(3, EventType.STATUS_CHANGED, OFFICE, version=2, state="accepted")])
    assert state is not None
    assert state.status is CaseStatus.RECEIVED
    assert (len(state.unknown), state.read_only) == (2, False)
    critical = fold_case([received(), event(2, "SomethingNew", critical=True)])
    assert critical is not None
    assert critical.read_only


def test_papers_and_completed_materials_are_seen():
    state = fold_case(
        [
            received(),
            event(2, EventType.PAPER_ISSUED, paper_id="p1"),
            event(3, EventType.PAPER_ISSUED, paper_id="p1"),
            event(4, EventType.PAPER_CONFIRMED, paper_id="p1"),
            event(5, EventType.MATERIALS_COMPLETED, completed_on="2026-11-25", due_on="2026-12-02"),
            event(6, EventType.MATERIALS_COMPLETED, OFFICE, completed_on="2026-11-30"),
        ]
    )
    assert state is not None
    assert (state.papers, state.completed_on, state.due_on) == (("p1",), date(2026, 11, 25), date(2026, 12, 2))
    assert len(state.out_of_place) == 1


def test_an_erased_body_leaves_the_case_without_names():
    state = fold_case([replace(received(), body=None)])
    assert state is not None
    assert (state.number, state.parties) == (NUMBER, ())


def test_broken_dates_and_ids_stop_nobody():
    broken = event(1, EventType.MATTER_RECEIVED, received_on="2026-13-40", visit_id="x", due_on=5)
    state = fold_case([broken])
    assert state is not None
    assert (state.received_on, state.due_on, state.visit_id) == (None, None, None)


@given(st.permutations(range(6)))
def test_the_fold_does_not_care_in_which_order_events_arrive(order):
    accepted = decided(2, "accepted", fseq=2)
    suspended = decided(3, "suspended", fseq=3, after=accepted)
    events = [
        received(1, fseq=1),
        accepted,
        suspended,
        decided(4, "accepted", fseq=4, after=suspended),
        event(5, EventType.PAPER_ISSUED, paper_id="p1"),
        decided(6, "closed", after=accepted),
    ]
    state = fold_case(events)
    assert state is not None
    assert (state.status, len(state.conflicts)) == (CaseStatus.ACCEPTED, 1)
    assert fold_case([events[place] for place in order]) == fold_case(events)


def test_a_visit_tells_what_became_of_its_matters():
    of_visit = Stream(StreamKind.VISIT, VISIT)
    state = fold_visit(
        VISIT,
        [
            event(1, EventType.VISIT_OPENED, stream=of_visit),
            event(2, EventType.ROUTE_OVERRIDDEN, stream=of_visit, matter_key="m1"),
            event(3, EventType.MATTER_RECEIVED, stream=of_visit, matter_key="m1"),
            event(4, EventType.MATTER_GUIDED, stream=of_visit, matter_key="m2"),
            event(5, EventType.MATTER_GUIDED, stream=of_visit, matter_key="m2"),
            event(6, EventType.PAPER_ISSUED, stream=of_visit, paper_id="p9"),
            event(8, EventType.VISIT_CLOSED, OFFICE, stream=of_visit),
            event(9, "Unheard", stream=of_visit, critical=True),
            event(10, EventType.VISIT_CLOSED, stream=of_visit),
        ],
    )
    assert (state.opened, state.closed, state.discarded) == (True, True, False)
    assert (state.received, state.guided, state.overridden, state.papers) == (("m1",), ("m2",), ("m1",), ("p9",))
    assert (len(state.out_of_place), len(state.unknown), state.read_only) == (1, 1, True)


def test_everybody_named_is_a_party_once():
    body = {
        "applicants": [{"name": "甲"}, {"name": "甲"}, {"name": ""}, "nobody"],
        "workers": {"name": "乙", "phone": "1"},
        "parties": [{"role": "agent", "name": "丙"}, {"name": "丁"}],
        "respondents": "not a list",
        "answers": {"applicant": [{"name": "甲"}, {"name": "戊", "phone": "2"}]},
    }
    assert parties_in(body) == (
        Party("applicant", "甲"),
        Party("worker", "乙", "1"),
        Party("agent", "丙"),
        Party("party", "丁"),
        Party("applicant", "戊", "2"),
    )
