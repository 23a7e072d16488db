"""An office verifies commitments and decides on false ones: two persons, nobody unheard, nobody asked for papers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from tests.services.offices import District, Place

from window_app.cli.office_commitments import review_as_json
from window_app.domain.commitment_words import CommitmentState, Objection
from window_app.domain.commitments import Commitment, commitment_id_for, fold_commitments
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import Actor, ActorKind, Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.i18n import Catalogue
from window_app.services.commitment_review import CommitmentReview, ReviewView, Stage
from window_app.services.commitment_rulings import CommitmentRulings, Finding, Ruling
from window_app.services.practice import SampleClock
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.office.commitment_reading import CommitmentReader

TOKEN = "ab" * 32
MATERIAL = "dismissal_notice"
TRUE = Finding("true", "online", "社会保险系统缴费记录")
FALSE = Finding("false", "online", "社会保险系统缴费记录", "承诺日仍由甲公司缴费")
ENDED = Ruling("ended", "陈述的理由不成立")


@pytest.fixture
def verifier(district: District) -> Place:
    return district.open("J1C1", "inspection", "j7")


@pytest.fixture
def reviewer(district: District) -> Place:
    return district.open("J1C2", "inspection", "j8")


def rulings(place: Place) -> CommitmentRulings:
    assert place.desk.commitment_rulings is not None
    return place.desk.commitment_rulings


def commit(
    counter: Place, material: str = MATERIAL, number: str = "", tokens: tuple[str, ...] = (TOKEN,), **facts: Any
):
    """Take a matter in with a commitment, as its event says it, and return its number."""
    number = number or counter.receive("01")
    case_id = counter.file(number).case_id
    said = {
        "commitment": str(commitment_id_for(case_id, material)), "code": "unemployment_ending", "material": material,
        "verification": "after", "made_on": counter.desk.clock.today().isoformat(), "signer": "applicant",
        "signature": "ink", "list_seen": 0, **facts,
    }  # fmt: skip
    event = NewEvent(
        Stream(StreamKind.CASE, case_id), EventType.COMMITMENT_MADE, facts=said, tokens=tokens,
        body={"applicant": {"name": "周小满"}}, readers=("inspection",), confidentiality=Confidentiality.RESTRICTED,
    )  # fmt: skip
    with counter.records.unit_of_work() as work:
        work.append(Actor(ActorKind.CLERK, "c1"), [event])
    return number


@pytest.fixture
def case(district: District, counter: Place, verifier: Place, reviewer: Place) -> str:  # noqa: ARG001 - they are there
    """A case with one commitment, known at the office."""
    number: str = commit(counter)
    district.carry()
    return number


def refused(code: str, place: Place, step: Callable[[], object]) -> None:
    """Do what must not be done: the code says why and nothing is written."""
    before = place.records.count_outbox()
    with pytest.raises(WindowAppError) as caught:
        step()
    assert caught.value.code == code
    assert place.records.count_outbox() == before


def heard(district: District, verifier: Place, case: str, clock: SampleClock) -> None:
    """Find it false, give notice and hear the person."""
    rulings(verifier).verify(case, MATERIAL, FALSE)
    rulings(verifier).give_notice(case, MATERIAL, "ended", clock.today() + timedelta(days=5))
    rulings(verifier).hear(case, MATERIAL, "heard", "公司没有通知我")
    district.carry()


def commitment_at(place: Place, number: str) -> Commitment:
    (found,) = fold_commitments(place.file(number).events)
    return found


def test_what_is_to_be_verified_waits_with_its_day_in_the_office_s_list(district, counter, verifier, clock):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    near = commit(counter, due_on=tomorrow)
    commit(counter, "photo", near, verification="exempt")
    late = commit(counter, due_on=(clock.today() - timedelta(days=1)).isoformat())
    free = commit(counter)
    assert verifier.desk.commitment_review.rows() == ()
    district.carry()
    rows = verifier.desk.commitment_review.rows()
    assert [(one.row.number, one.limit, one.days_left) for one in rows] == [
        (late, "overdue", -1),
        (near, "near", 1),
        (free, "none", None),
    ]
    assert {one.stage for one in rows} == {Stage.VERIFY}
    assert len(verifier.desk.commitment_review.rows(ReviewView.ALL)) == 4
    assert counter.desk.commitment_review.rows() == (), "the list of an office"
    other = district.open("Z1C1", "arbitration", "z3")
    district.carry()
    assert other.desk.commitment_review.rows(ReviewView.ALL) == ()
    refused("office.not_ours", other, lambda: rulings(other).verify(near, MATERIAL, TRUE))


def test_verified_as_true_is_the_end_and_asks_for_nothing(verifier, case):
    done = rulings(verifier).verify(case, MATERIAL, TRUE)
    assert (done.stage, done.commitment.state) == (Stage.DONE, CommitmentState.VERIFIED_TRUE)
    assert done.steps[-1].said == {"looked_at": "社会保险系统缴费记录"}
    assert verifier.desk.commitment_review.rows() == ()
    refused("commitment_review.standing.verified_true", verifier, lambda: rulings(verifier).verify(case, "", FALSE))
    events = {event.type for event in verifier.file(case).events}
    assert EventType.STATUS_CHANGED not in events


def test_unclear_stays_to_be_verified(verifier, case):
    rulings(verifier).verify(case, MATERIAL, Finding("unclear", "written", "原单位没有答复"))
    (row,) = verifier.desk.commitment_review.rows()
    assert row.stage is Stage.VERIFY
    assert rulings(verifier).verify(case, MATERIAL, TRUE).stage is Stage.DONE


def test_a_finding_says_what_was_looked_at(verifier, case):
    for code, finding in (
        ("result_unknown", Finding("likely", "online", "x")),
        ("method_unknown", Finding("true", "asking", "x")),
        ("looked_at_needed", Finding("true", "online", " ")),
        ("found_needed", Finding("false", "online", "x")),
    ):
        refused(f"commitment_review.{code}", verifier, partial(rulings(verifier).verify, case, MATERIAL, finding))


def test_a_false_commitment_from_finding_to_list_and_repair(district, counter, verifier, reviewer, case, clock):
    heard(district, verifier, case, clock)
    (row,) = reviewer.desk.commitment_review.rows(ReviewView.OPEN)
    assert row.stage is Stage.DECIDE
    made = rulings(reviewer).decide(case, MATERIAL, Ruling("revoked", "理由不成立", recover="3,200.5"))
    said = made.commitment
    assert (said.outcome, said.is_false, said.list_standing) == ("revoked", True, CreditStanding.LISTED)
    assert said.decision_number.startswith("示范人社监诺字〔2026〕J1C2-")
    assert {one["law"] for one in said.articles} == {"上海市优化营商环境条例", "安阳市政务服务条例"}
    recovery = next(one for one in made.steps if one.type == EventType.RECOVERY_NOTED)
    assert recovery.said == {"amount": "3200.50"}
    assert recovery.facts["articles"] == [{"law": "社会保险法", "article": "88"}]
    listed = next(one for one in reviewer.file(case).events if one.type == EventType.CREDIT_LISTED)
    assert listed.tokens == (TOKEN,)
    assert [one.standing for one in made.listings] == [CreditStanding.LISTED]

    district.carry()
    assert commitment_at(counter, case).is_false, "the counter's replica folds the same"
    repaired = rulings(verifier).repair(case, MATERIAL, "已补交证明并退款")
    assert (repaired.stage, repaired.commitment.list_standing) == (Stage.DONE, CreditStanding.REPAIRED)
    refused("commitment_review.not_listed", verifier, lambda: rulings(verifier).repair(case, MATERIAL, "再次"))
    (mine,) = counter.desk.commitment_review.of_person((TOKEN,))
    assert [one.type for one in mine.steps][-3:] == [
        EventType.COMMITMENT_DECIDED,
        EventType.RECOVERY_NOTED,
        EventType.CREDIT_LISTED,
    ]


def test_each_step_says_who_took_it_by_name_and_nobody_stands_for_a_namesake_of_her_code(
    district, counter, verifier, case
):
    rulings(verifier).verify(case, MATERIAL, FALSE)
    namesake = district.open("J9C9", "inspection", "c1")
    district.carry()

    def who(place):
        reader = CommitmentReader(place.desk, Catalogue("zh_CN"))
        (view,) = reader.views(place.desk.commitment_review.about(case))
        return [by for _, _, by in view.lines]

    office = CaseWords(counter.desk, Catalogue("zh_CN")).office("inspection")
    code = verifier.desk.session.clerk
    assert who(counter) == ["经办人", f"{office} {code}"]
    assert who(verifier) == ["c1", f"{office} 经办人"]
    assert who(namesake) == ["c1", f"{office} {code}"]
    said = review_as_json(verifier.desk.commitment_review.about(case)[0], verifier.desk.clerks.names())
    assert [(one["by"], one["name"]) for one in said["steps"]] == [("c1", None), (f"inspection/{code}", "经办人")]


def test_nothing_is_decided_against_a_person_who_was_not_heard(district, verifier, reviewer, case, clock):
    refused("commitment_review.standing.made", reviewer, lambda: rulings(reviewer).decide(case, MATERIAL, ENDED))
    rulings(verifier).verify(case, MATERIAL, FALSE)
    district.carry()
    refused("commitment_review.not_heard", reviewer, lambda: rulings(reviewer).decide(case, MATERIAL, ENDED))
    for step in ("heard", "waived", "absent"):
        hear = partial(rulings(verifier).hear, case, MATERIAL, step, "x")
        refused("commitment_review.standing.found_false", verifier, hear)
    until = clock.today() + timedelta(days=3)
    rulings(verifier).give_notice(case, MATERIAL, "ended", until)
    district.carry()
    refused("commitment_review.not_heard", reviewer, lambda: rulings(reviewer).decide(case, MATERIAL, ENDED))
    refused("commitment_review.time_left", reviewer, lambda: rulings(reviewer).hear(case, MATERIAL, "absent"))
    refused("commitment_review.statement_needed", reviewer, lambda: rulings(reviewer).hear(case, MATERIAL, "heard"))
    clock.instant += timedelta(days=4)
    rulings(verifier).hear(case, MATERIAL, "absent")
    district.carry()
    assert rulings(reviewer).decide(case, MATERIAL, ENDED).commitment.outcome == "ended"


def test_whoever_verified_does_not_decide(district, verifier, case, clock):
    heard(district, verifier, case, clock)
    refused("commitment_review.same_person", verifier, lambda: rulings(verifier).decide(case, MATERIAL, ENDED))


def test_the_fold_does_not_believe_one_person_either(district, verifier, case, clock):
    """Without the service's check: the event stands, and nothing follows of it."""
    heard(district, verifier, case, clock)
    service = rulings(verifier)
    commitment = commitment_at(verifier, case)
    event = service._about(
        verifier.file(case), commitment, EventType.COMMITMENT_DECIDED,
        {"outcome": "ended", "decision_number": "示范〔2026〕9号"}, {},
    )  # fmt: skip
    with verifier.records.unit_of_work() as work:
        work.append(service._actor, [event])
    said = commitment_at(verifier, case)
    assert (said.state, said.outcome, [one.code for one in said.faults]) == (
        CommitmentState.HEARD,
        None,
        ["same_person"],
    )
    (shown,) = verifier.desk.commitment_review.about(case)
    assert [one.fault for one in shown.steps if one.fault] == ["same_person"]


def test_a_ruling_says_what_it_must(district, verifier, reviewer, case, clock):
    heard(district, verifier, case, clock)
    for code, ruling in (
        ("outcome_unknown", Ruling("punished", "x")),
        ("reason_needed", Ruling("ended", "")),
        ("correct_by", Ruling("corrected", "x")),
        ("correct_by", Ruling("corrected", "x", date(2020, 1, 1))),
        ("no_correct_by", Ruling("ended", "x", date(2030, 1, 1))),
        ("amount", Ruling("ended", "x", recover="1.234")),
        ("amount", Ruling("ended", "x", recover="-5")),
        ("amount", Ruling("ended", "x", recover="NaN")),
        ("amount", Ruling("ended", "x", recover="很多")),
        ("nothing_to_recover", Ruling("upheld", "x", recover="5")),
    ):
        refused(f"commitment_review.{code}", reviewer, partial(rulings(reviewer).decide, case, MATERIAL, ruling))


def test_to_be_put_right_names_its_day_and_upheld_lists_nobody(district, counter, verifier, reviewer, case, clock):
    heard(district, verifier, case, clock)
    for outcome in ("ended", "revoked"):
        unlisted = partial(rulings(reviewer).decide, case, MATERIAL, Ruling(outcome, "x", listed=False))
        refused("commitment_review.must_list", reviewer, unlisted)
    by = clock.today() + timedelta(days=15)
    made = rulings(reviewer).decide(case, MATERIAL, Ruling("corrected", "理由部分成立", by, listed=False))
    assert made.steps[-1].facts["correct_by"] == by.isoformat()
    assert (made.commitment.is_false, made.commitment.list_standing) == (True, None)
    second = commit(counter)
    district.carry()
    rulings(verifier).verify(second, MATERIAL, FALSE)
    district.carry()
    upheld = rulings(reviewer).decide(second, MATERIAL, Ruling("upheld", "补充核查后属实"))
    assert (upheld.commitment.is_false, upheld.stage, upheld.listings) == (False, Stage.DONE, made.listings)


@pytest.fixture
def standing_in(law: DefinitionSet, clock: SampleClock) -> Callable[[Place, str], CommitmentRulings]:
    """Return what an office does where it is no practice hall but stands in a locality."""

    def made(place: Place, locality: str) -> CommitmentRulings:
        station = replace(place.records.station(), practice=False, locality=locality)
        review = CommitmentReview(place.records, law, clock, station)
        office = law.offices[station.office or ""]
        return CommitmentRulings(place.records, place.desk.session, clock, station, office, review)

    return made


def test_nothing_is_decided_against_a_person_on_the_statute_of_another_place(verifier, case, clock, standing_in):
    here = standing_in(verifier, "330000")
    false = here.verify(case, MATERIAL, FALSE)
    assert {cited.law for ground in false.grounds for cited in ground.basis} == {"行政处罚法"}
    told = partial(here.give_notice, case, MATERIAL, "ended", clock.today() + timedelta(days=5))
    refused("commitment_review.no_local_basis", verifier, told)


def test_a_local_statute_is_a_ground_where_it_binds(verifier, case, clock, standing_in):
    here = standing_in(verifier, "310000")
    here.verify(case, MATERIAL, FALSE)
    made = here.give_notice(case, MATERIAL, "ended", clock.today() + timedelta(days=5))
    assert [one["law"] for one in made.steps[-1].facts["articles"]] == ["上海市优化营商环境条例"]


def test_nobody_is_listed_whom_no_number_tells(district, counter, verifier, reviewer, clock):
    number = commit(counter, tokens=())
    district.carry()
    heard(district, verifier, number, clock)
    refused("commitment_review.person_unknown", reviewer, lambda: rulings(reviewer).decide(number, MATERIAL, ENDED))
    unlisted = Ruling("ended", "理由不成立", listed=False)
    assert rulings(reviewer).decide(number, MATERIAL, unlisted).commitment.is_false


def test_an_objection_is_decided_by_another_person_and_can_strike_the_entry(district, verifier, reviewer, case, clock):
    heard(district, verifier, case, clock)
    refused("commitment_review.standing.heard", verifier, lambda: rulings(verifier).object(case, MATERIAL, "不服"))
    rulings(reviewer).decide(case, MATERIAL, ENDED)
    refused("commitment_review.objection_none", reviewer, lambda: object_decided(reviewer, case, "struck"))
    rulings(reviewer).object(case, MATERIAL, "不是我本人")
    refused("commitment_review.standing.objected", reviewer, lambda: rulings(reviewer).object(case, MATERIAL, "又"))
    refused("commitment_review.same_decider", reviewer, lambda: object_decided(reviewer, case, "struck"))
    district.carry()
    refused("commitment_review.objection_result", verifier, lambda: object_decided(verifier, case, "upheld"))
    struck = object_decided(verifier, case, "struck")
    said = struck.commitment
    assert (said.objection, said.is_false, said.list_standing) == (Objection.STRUCK, False, CreditStanding.STRUCK)
    assert said.objection_number != said.decision_number
    assert struck.steps[-1].facts["articles"][0]["law"] == "行政处罚法"
    refused("commitment_review.not_listed", verifier, lambda: rulings(verifier).repair(case, MATERIAL, "x"))


def object_decided(place: Place, case: str, result: str):
    return rulings(place).decide_objection(case, MATERIAL, result, "经复核")


def test_what_was_withdrawn_is_neither_verified_nor_decided(district, counter, verifier, case):
    commitment = commitment_at(counter, case)
    withdrawn = NewEvent(
        Stream(StreamKind.CASE, commitment.case_id), EventType.COMMITMENT_WITHDRAWN,
        facts={"commitment": str(commitment.commitment_id)},
    )  # fmt: skip
    with counter.records.unit_of_work() as work:
        work.append(Actor(ActorKind.CLERK, "c1"), [withdrawn])
    district.carry()
    assert verifier.desk.commitment_review.rows() == ()
    refused("commitment_review.standing.withdrawn", verifier, lambda: rulings(verifier).verify(case, MATERIAL, TRUE))


def test_which_commitment_is_meant_must_be_clear(district, counter, verifier, case):
    refused("commitment_review.unknown", verifier, lambda: rulings(verifier).verify(case, "photo", TRUE))
    commit(counter, "photo", case)
    district.carry()
    refused("commitment_review.several", verifier, lambda: rulings(verifier).verify(case, "", TRUE))
    assert rulings(verifier).verify(case, "photo", TRUE).commitment.material == "photo"
    empty = counter.receive("01")
    district.carry()
    refused("commitment_review.none", verifier, lambda: rulings(verifier).verify(empty, "", TRUE))


def test_a_commitment_made_while_listed_is_shown_in_the_open_list(district, counter, verifier, reviewer, case, clock):
    heard(district, verifier, case, clock)
    rulings(reviewer).decide(case, MATERIAL, ENDED)
    second = commit(counter)
    district.carry()
    (row,) = [one for one in verifier.desk.commitment_review.rows(ReviewView.OPEN) if one.row.number == second]
    assert [one.decision_number for one in row.doubts] == [commitment_at(verifier, case).decision_number]
