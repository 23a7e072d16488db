"""An office's work on real stores: queue, opening on record, decisions with their numbers and limits."""

from datetime import timedelta

import pytest
from tests.services.conftest import MORNING
from tests.services.offices import HOME, REPORTS, Place

from window_app.domain.events import EventType
from window_app.errors import WindowAppError
from window_app.services.deciding import Decision
from window_app.services.office import QueueView

COMPLAINT, APPLICATION = "01", "02"


def refused(code: str, place: Place, number: str, decision: Decision) -> None:
    """Decide what must not be decided: the code says why and nothing is written."""
    before = place.records.count_outbox()
    with pytest.raises(WindowAppError) as caught:
        place.office.decide(number, decision)
    assert caught.value.code == code
    assert place.records.count_outbox() == before


def test_a_received_case_waits_in_the_queue_of_its_office_alone(district, counter, inspection, arbitration):
    number = counter.receive(COMPLAINT)
    assert inspection.office.queue() == ()
    district.carry()
    (row,) = inspection.office.queue()
    assert (row.row.number, row.row.state, row.row.acknowledged, row.limit) == (number, "received", False, "running")
    assert row.days_left == (row.row.due_on - counter.desk.clock.today()).days
    assert arbitration.office.queue() == ()


def test_opening_fetches_what_was_written_and_is_recorded_once_a_day(district, counter, inspection):
    number = counter.receive(COMPLAINT)
    district.carry()
    assert not inspection.file(number).held
    file = inspection.opened(number)
    assert file.held
    assert file.answers["applicant"]["name"]
    assert district.post.readings == [(file.case_id, "j7", "decide")]
    inspection.opened(number)
    openings = [event for event in inspection.file(number).events if event.type == EventType.CASE_OPENED]
    assert [(event.actor.id, event.facts) for event in openings] == [("inspection/j7", {"reason": "decide"})]
    district.carry()
    assert counter.file(number).state.opened_by == ("inspection/j7",)


def test_without_a_line_opening_shows_what_is_there_and_says_so(district, counter, inspection):
    number = counter.receive(COMPLAINT)
    district.carry()
    inspection.line.cut = True
    fetched = inspection.office.fetch(inspection.file(number).case_id)
    opened = inspection.office.open(number, fetched=fetched)
    assert (fetched.code, opened.file.held, opened.file.state.number) == ("line.reason.unreachable", False, number)
    assert opened.options


def test_a_decision_has_a_number_of_its_own_and_comes_back_to_the_counter(district, counter, inspection, clock):
    number = counter.receive(COMPLAINT)
    district.carry()
    clock.instant = MORNING + timedelta(days=3)
    inspection.office.acknowledge(number)
    made = inspection.office.decide(number, Decision("accepted"))
    assert made.decision_number == "示范人社监立字〔2026〕J1C1-1号"
    assert (made.decided_on.isoformat(), made.due_on.isoformat(), made.warnings) == (
        "2026-11-23",
        "2027-02-16",
        ("office.warning.provisional",),
    )
    district.carry()
    seen = counter.file(number).state
    assert (seen.status, seen.decision_number, seen.decided_on) == ("accepted", made.decision_number, made.decided_on)
    assert (seen.due_on, seen.acknowledged, seen.acknowledged_by) == (made.due_on, True, "inspection/j7")
    assert counter.file(number).row.decision_number == made.decision_number


def test_an_arbitration_award_is_due_45_days_after_acceptance_without_the_suspended_ones(
    district, counter, arbitration, clock
):
    number = counter.receive(APPLICATION)
    district.carry()
    assert arbitration.office.decide(number, Decision("accepted", "qualified")).due_on.isoformat() == "2027-01-04"
    clock.instant = MORNING + timedelta(days=10)
    arbitration.office.decide(number, Decision("suspended", "certification"))
    (row,) = arbitration.office.queue()
    assert (row.limit, row.days_left) == ("stopped", None)
    clock.instant = MORNING + timedelta(days=40)
    resumed = arbitration.office.decide(number, Decision("accepted"))
    assert resumed.due_on.isoformat() == "2027-02-03"
    assert resumed.decision_number.endswith("-2号")


def test_a_deferred_case_is_accepted_and_not_resumed(district, counter, arbitration):
    number = counter.receive(APPLICATION)
    district.carry()
    arbitration.office.decide(number, Decision("suspended", "mediation_first"))
    offered = {(one.state, one.ground) for one in arbitration.office.options(number)}
    assert ("accepted", "qualified") in offered
    assert ("accepted", "resumed") not in offered


def test_a_refusal_names_its_ground_and_carries_the_articles(district, counter, arbitration):
    number = counter.receive(APPLICATION)
    district.carry()
    refused("office.ground_needed", arbitration, number, Decision("refused"))
    refused("office.ground_unknown", arbitration, number, Decision("refused", "over_one_year"))
    arbitration.office.decide(number, Decision("refused", "no_party", "没有直接利害关系，来人不明确"))
    district.carry()
    facts = counter.file(number).state.status_set.value
    assert facts["articles"] == [
        {"law": "劳动人事争议仲裁办案规则", "article": "30", "item": "三"},
        {"law": "劳动人事争议仲裁办案规则", "article": "31"},
    ]
    status = next(event for event in counter.file(number).events if event.type == EventType.STATUS_CHANGED)
    assert status.body is None
    assert "不明确" not in status.envelope_bytes.decode()


def test_a_return_says_what_is_missing_and_completion_begins_the_limit_anew(district, counter, inspection, clock):
    number = counter.receive(COMPLAINT)
    district.carry()
    refused("office.reason_needed", inspection, number, Decision("returned", reason="  "))
    inspection.office.give_back(number, "补交工资条和劳动合同", ("contract",))
    (row,) = inspection.office.queue()
    assert row.limit == "stopped"
    district.carry()
    returned = counter.file(number)
    assert (returned.state.status, returned.state.completed_on) == ("returned", None)
    clock.instant = MORNING + timedelta(days=6)
    completed = counter.desk.completion.complete(number, remark="工资条三张")
    assert str(completed.state.completed_on) == "2026-11-26"
    assert str(completed.state.due_on) == "2026-12-03"
    with pytest.raises(WindowAppError, match=r"completion\.already"):
        counter.desk.completion.complete(number)
    district.carry()
    (row,) = inspection.office.queue()
    assert (row.limit, str(row.row.due_on)) == ("running", "2026-12-03")
    inspection.office.decide(number, Decision("accepted"))


def test_a_transfer_leaves_one_queue_and_stands_in_the_other(district, counter, inspection, arbitration):
    neighbour = district.open("J2C2", "inspection_neighbour", "n1")
    number = counter.receive(COMPLAINT)
    district.carry()
    refused("office.transfer_to", inspection, number, Decision("transferred", "other_place"))
    refused("office.transfer_self", inspection, number, Decision("transferred", "other_place", to="inspection"))
    refused("office.transfer_unknown", inspection, number, Decision("transferred", "other_place", to="nowhere"))
    refused("office.transfer_kind", inspection, number, Decision("transferred", "other_place", to="arbitration"))
    refused("office.to_without_transfer", inspection, number, Decision("accepted", to="arbitration"))
    inspection.office.decide(number, Decision("transferred", "other_place", to="inspection_neighbour"))
    district.carry()
    assert inspection.office.queue() == ()
    assert arbitration.office.queue() == ()
    (row,) = neighbour.office.queue()
    assert (row.row.number, row.row.acknowledged) == (number, False)
    refused("office.not_ours", inspection, number, Decision("accepted"))
    made = neighbour.office.decide(number, Decision("accepted"))
    assert made.decision_number.startswith("邻区人社监立字")
    district.carry()
    assert counter.file(number).state.office == "inspection_neighbour"


def test_arbitration_transfers_only_what_it_accepted(district, counter, arbitration):
    number = counter.receive(APPLICATION)
    district.carry()
    wanted = Decision("transferred", "no_jurisdiction", to="arbitration_neighbour")
    refused("office.no_ground", arbitration, number, wanted)
    arbitration.office.decide(number, Decision("accepted"))
    assert arbitration.office.decide(number, wanted).state == "transferred"


def test_what_cannot_be_decided_says_why_and_changes_nothing(district, counter, inspection, arbitration):
    number = counter.receive(COMPLAINT)
    district.carry()
    refused("case.unknown", inspection, "000000-ZZZZ-261120-0001-000", Decision("accepted"))
    refused("office.not_ours", arbitration, number, Decision("accepted"))
    refused("office.state_unknown", inspection, number, Decision("believed"))
    refused("office.no_ground", inspection, number, Decision("suspended", "certification"))
    inspection.office.decide(number, Decision("accepted"))
    refused("office.already.accepted", inspection, number, Decision("accepted"))
    refused("office.step.accepted", inspection, number, Decision("refused", "over_two_years"))
    assert counter.desk.office is None


def test_a_decision_that_fails_takes_no_number(district, counter, inspection):
    number = counter.receive(COMPLAINT)
    district.carry()
    refused("case.text_characters", inspection, number, Decision("accepted", reason="\ud800"))
    refused("case.text_long", inspection, number, Decision("accepted", reason="长" * 5000))
    with pytest.raises(AttributeError), inspection.records.unit_of_work() as work:
        work.append(inspection.desk.session.actor, [object()] * work.next_in_series("accepted 2026 J1C1"))
    assert inspection.office.decide(number, Decision("accepted")).decision_number.endswith("J1C1-1号")


def test_numbers_of_two_stations_of_one_office_stay_apart(district, counter, inspection):
    second = district.open("J1C2", "inspection", "j8")
    numbers = [counter.receive(name) for name in (COMPLAINT, "05", "06")]
    district.carry()
    made = [
        inspection.office.decide(numbers[0], Decision("accepted")).decision_number,
        second.office.decide(numbers[1], Decision("accepted")).decision_number,
        inspection.office.decide(numbers[2], Decision("accepted")).decision_number,
    ]
    assert made == [f"示范人社监立字〔2026〕{part}号" for part in ("J1C1-1", "J1C2-1", "J1C1-2")]


def test_two_stations_that_decide_offline_are_a_conflict_that_the_office_settles(district, counter, inspection):
    second = district.open("J1C2", "inspection", "j8")
    number = counter.receive(COMPLAINT)
    district.carry()
    first = inspection.office.decide(number, Decision("accepted"))
    other = second.office.decide(number, Decision("closed", "told_elsewhere"))
    district.carry()
    (conflict,) = counter.desk.corrections.conflicts(number)
    assert (conflict.field, conflict.kept.by, conflict.other.by) == ("status", "inspection/j7", "inspection/j8")
    assert (conflict.kept.value["decision_number"], conflict.other.value["decision_number"]) == (
        first.decision_number,
        other.decision_number,
    )
    assert [row.number for row in counter.desk.corrections.disputed()] == [number]
    refused("office.status_disputed", inspection, number, Decision("closed", "ordered"))
    choice = (number, "status", conflict.other.event_id, conflict.kept.event_id, "以告知为准")
    with pytest.raises(WindowAppError, match=r"correction\.office_only"):
        counter.desk.corrections.settle(*choice)
    inspection.desk.corrections.settle(*choice)
    district.carry()
    settled = [place.file(number).state for place in district.places]
    assert {(one.status, one.decision_number, len(one.conflicts)) for one in settled} == {
        ("closed", other.decision_number, 0)
    }


def test_claims_hold_nobody_up_and_are_seen_everywhere(district, counter, inspection):
    second = district.open("J1C2", "inspection", "j8")
    number = counter.receive(COMPLAINT)
    district.carry()
    inspection.desk.claims.claim(number)
    inspection.desk.claims.claim(number)
    second.desk.claims.claim(number)
    assert [one.row.number for one in inspection.office.queue(QueueView("mine"))] == [number]
    district.carry()
    for place in district.places:
        assert [claim.claimant for claim in place.file(number).state.claims] == ["inspection/j7", "inspection/j8"]
        assert place.file(number).row.claimed_by == "inspection/j7"
    assert second.office.queue(QueueView("mine")) == second.office.queue(QueueView("unclaimed")) == ()
    second.office.decide(number, Decision("accepted"))
    inspection.desk.claims.release(number)
    inspection.desk.claims.release(number)
    district.carry()
    assert counter.file(number).row.claimed_by == "inspection/j8"


def test_a_clerk_of_the_same_code_at_another_station_is_somebody_else(district, counter, inspection):
    second = district.open("J1C2", "inspection", "j7")
    number, other = counter.receive(COMPLAINT), counter.receive("05")
    district.carry()
    inspection.desk.claims.claim(number)
    district.carry()
    (held,) = [one for one in second.office.queue() if one.row.claimed_by]
    assert (held.mine, held.holder) == (False, inspection.station_id)
    names = second.desk.clerks.names()
    assert names.known(held.row.claimed_by, held.holder) is None, "her own code, but not her own name"
    assert names.known(held.row.claimed_by, second.station_id) == "经办人"

    second.desk.claims.release(number)
    second.desk.claims.claim(number)
    second.opened(number)
    inspection.desk.claims.claim(other)
    district.carry()
    file = counter.file(number)
    assert [claim.station_id for claim in file.state.claims] == [inspection.station_id, second.station_id]
    queue = {one.row.number: one for one in inspection.office.queue()}
    assert queue[number].mine, "the first in the feed holds it, of two of one code"
    assert queue[number].holder == queue[other].holder == inspection.station_id
    inspection.opened(number)
    openings = [one.station_id for one in inspection.file(number).events if one.type == EventType.CASE_OPENED]
    assert set(openings) == {inspection.station_id, second.station_id}, "each of the two is on record"
    inspection.desk.claims.release(number)
    district.carry()
    assert [one.mine for one in second.office.queue(QueueView("mine"))] == [True]


def test_the_queue_shows_what_was_asked_for(district, counter, inspection, clock):
    first, second = counter.receive(COMPLAINT), counter.receive("05")
    district.carry()
    inspection.office.decide(first, Decision("accepted"))
    shown = inspection.office.queue
    assert [one.row.number for one in shown(QueueView(states=frozenset({"received"})))] == [second]
    assert [one.row.number for one in shown(QueueView(near_days=7))] == [second]
    assert [one.row.number for one in shown()] == [second, first]
    clock.instant = MORNING + timedelta(days=20)
    assert shown()[0].limit == "overdue"
    late = inspection.office.decide(second, Decision("accepted"))
    assert "office.warning.late" in late.warnings


def test_a_confidential_case_tells_the_counter_no_more_than_its_state(district, counter, inspection):
    number = counter.report()
    district.carry()
    assert "好味来" not in "".join(event.envelope.decode() for event in district.post.feeds[REPORTS])
    made = inspection.office.decide(number, Decision("accepted", reason="立即检查"))
    assert made.decision_number
    assert inspection.file(number).state.decision_number == made.decision_number
    inspection.desk.claims.claim(number)
    district.carry()
    seen = counter.file(number)
    assert (seen.state.status, seen.state.acknowledged, seen.state.decision_number) == ("accepted", True, "")
    home = [event.envelope for event in district.post.feeds[HOME]]
    assert not any(made.decision_number.encode() in envelope for envelope in home)
    told = [event for event in seen.events if event.type == EventType.STATUS_CHANGED]
    assert [(event.facts, event.confidentiality.value) for event in told] == [({"state": "accepted"}, "restricted")]


def test_an_unnamed_respondent_is_told_first_and_refused_only_when_it_is_not_put_right(district, counter, arbitration):
    number = counter.receive(APPLICATION)
    district.carry()
    offered = {one.ground for one in arbitration.office.options(number)}
    assert "respondent_uncorrected" not in offered
    refused("office.ground_unknown", arbitration, number, Decision("refused", "respondent_uncorrected", "名称不明确"))
    arbitration.office.give_back(number, "被申请人名称不明确，请补登记信息", ("respondent_registration",))
    assert "respondent_uncorrected" in {one.ground for one in arbitration.office.options(number)}
    decided = arbitration.office.decide(number, Decision("refused", "respondent_uncorrected", "没有补正"))
    assert decided.state == "refused"


def test_a_review_is_decided_on_its_own_grounds_and_in_its_own_limit(district, counter, arbitration):
    number = counter.receive("44")
    district.carry()
    offered = {(one.state, one.ground) for one in arbitration.office.options(number)}
    assert {ground for state, ground in offered if state == "refused"} == {
        "review_scope",
        "review_jurisdiction",
        "review_late",
        "review_relation",
        "review_confirmed",
    }
    assert not offered & {("closed", "told_elsewhere"), ("accepted", "qualified"), ("suspended", "mediation_first")}
    refused("office.ground_unknown", arbitration, number, Decision("accepted", "qualified"))
    accepted = arbitration.office.decide(number, Decision("accepted", "review_qualified"))
    # 规则76: five working days from acceptance on Friday 20 November
    assert accepted.due_on.isoformat() == "2026-11-27"
    assert {one.ground for one in arbitration.office.options(number)} >= {"review_statement", "review_no_statement"}
    other = counter.receive(APPLICATION)
    district.carry()
    assert not any(one.ground.startswith("review") for one in arbitration.office.options(other))


def test_a_mediation_body_answers_as_mediation_is_voluntary(district, counter):
    body = district.open("M1C1", "mediation", "m1")
    number = counter.receive("45")
    district.carry()
    (row,) = body.office.queue()
    # 法14-3: fifteen days from the receipt of the application
    assert (row.row.number, row.row.due_on.isoformat()) == (number, "2026-12-05")
    assert ("refused", "side_unwilling") in {(one.state, one.ground) for one in body.office.options(number)}
    accepted = body.office.decide(number, Decision("accepted", "both_agree"))
    assert accepted.decision_number.startswith("示范调受字")
    assert accepted.due_on.isoformat() == "2026-12-07"  # 规定29: fifteen days, the last of which is a Saturday
    closed = body.office.decide(number, Decision("closed", "no_agreement"))
    assert closed.state == "closed"
