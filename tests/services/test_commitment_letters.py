"""The papers of commitments from the desk: the pair to sign, the slip of refusal, what the office writes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.committing import MATERIAL, begun, chosen, offer_of, renamed, signed, taken_in
from tests.services.offices import District, Place

from window_app.domain.commitment_drafts import OTHER, Signer
from window_app.domain.commitments import fold_commitments
from window_app.domain.papers import PaperRecord, Verdict
from window_app.errors import WindowAppError
from window_app.services.commitment_letters import CommitmentLetters, LetterKind, NoLetter
from window_app.services.commitment_rulings import CommitmentRulings, Finding, Ruling
from window_app.services.desk import Desk
from window_app.services.issuing import PaperForbidden
from window_app.services.practice import SampleClock

FALSE = Finding("false", "online", "社会保险系统缴费记录", "承诺之日仍由原单位缴费")


def words(record: PaperRecord) -> str:
    return str(record.content["blocks"])


# -- at the counter


def test_the_pair_is_issued_once_for_what_it_says_and_its_number_is_what_is_signed(desk: Desk) -> None:
    draft = desk.reception.save(chosen(desk))
    first = desk.commitments.issuing.pair(draft, "m1", MATERIAL)
    assert desk.commitments.issuing.pair(draft, "m1", MATERIAL) == first
    assert first.number.startswith("ZY-")
    assert first.content["values"]["digest"] == offer_of(desk, draft).wording
    again = desk.reception.save(renamed(draft, name="柳依一"))
    other = desk.commitments.issuing.pair(again, "m1", MATERIAL)
    assert other.number != first.number
    assert "柳依一" in words(other)
    signed_on_paper = desk.commitments.drafts.sign_on_paper(draft, "m1", MATERIAL, first.number)
    assert offer_of(desk, signed_on_paper).counts
    assert not offer_of(desk, replace(signed_on_paper, answers=again.answers)).counts
    with pytest.raises(WindowAppError):
        desk.commitments.drafts.sign_on_paper(again, "m1", MATERIAL, first.number)


def test_the_pair_is_a_paper_of_ours_with_both_texts_of_the_definition_set(desk: Desk) -> None:
    draft = desk.reception.save(chosen(desk))
    pair = desk.commitments.issuing.pair(draft, "m1", MATERIAL)
    assert desk.papers.verify_pdf(desk.papers.pdf(pair.paper_id)).verdict is Verdict.AUTHENTIC
    definition = offer_of(desk, draft).definition
    assert definition.proves["zh"] in words(pair)
    assert definition.conditions["zh"] in words(pair)
    assert definition.published.text["zh"] in words(pair)
    assert [one["block"] for one in pair.content["blocks"]].count("page") == 1


def test_both_texts_and_the_ink_are_frozen_into_the_event(desk: Desk) -> None:
    draft = signed(desk)
    offer = offer_of(desk, draft)
    number = taken_in(desk, draft)
    file = desk.cases.get(number)
    (made,) = [event for event in file.events if event.type == "CommitmentMade"]
    assert offer.pair is not None
    assert made.body is not None
    assert made.body["notice"] == list(offer.pair.notice)
    assert made.body["letter"] == list(offer.pair.letter)
    assert made.body["ink"]
    (pair,) = [one.record for one in desk.papers.of_case(file.case_id) if one.record.kind == "commitment_pair"]
    assert pair.content["values"]["ink"] == made.body["ink"]
    assert pair.number == number


def test_what_was_printed_before_receiving_does_not_change_what_a_repeat_of_it_returns(desk: Desk) -> None:
    draft = desk.reception.save(chosen(desk))
    pair = desk.commitments.issuing.pair(draft, "m1", MATERIAL)
    draft = desk.reception.save(desk.commitments.drafts.sign_on_paper(draft, "m1", MATERIAL, pair.number))
    first = desk.receiving.receive(draft)
    assert desk.receiving.receive(draft) == first
    (commitment,) = fold_commitments(desk.cases.get(first.cases[0].number).events)
    assert commitment.paper == pair.number


def test_who_may_not_commit_gets_a_slip_with_reason_article_and_way_out(desk: Desk) -> None:
    draft = desk.commitments.drafts.sign_as(chosen(desk), "m1", MATERIAL, Signer(OTHER))
    draft = desk.reception.save(draft)
    offer = offer_of(desk, draft)
    slip = desk.commitments.issuing.refusal(draft, "m1", MATERIAL)
    assert desk.commitments.issuing.refusal(draft, "m1", MATERIAL).number == slip.number
    (told,) = offer.exclusions
    (row,) = next(one["rows"] for one in slip.content["blocks"] if one["block"] == "table")
    assert row[1] == told.reason["zh"]
    assert row[2].startswith("《")
    assert row[3] == told.repair["zh"]
    with pytest.raises(WindowAppError) as caught:
        desk.commitments.issuing.pair(draft, "m1", MATERIAL)
    assert caught.value.code == "commitments.excluded"


def test_without_a_reason_there_is_no_slip_and_without_a_name_no_pair(desk: Desk) -> None:
    draft = desk.reception.save(chosen(desk))
    with pytest.raises(WindowAppError) as caught:
        desk.commitments.issuing.refusal(draft, "m1", MATERIAL)
    assert caught.value.code == "commitments.nothing_against"
    nameless = desk.reception.save(renamed(begun(desk), name=""))
    with pytest.raises(WindowAppError) as caught:
        desk.commitments.issuing.pair(nameless, "m1", MATERIAL)
    assert caught.value.code == "commitments.name_needed"
    assert {one.record.kind for one in desk.papers.of_visit(draft.visit_id)} == set()


def test_a_visit_that_is_not_stored_prints_nothing(desk: Desk) -> None:
    with pytest.raises(WindowAppError) as caught:
        desk.commitments.issuing.pair(chosen(desk), "m1", MATERIAL)
    assert caught.value.code == "commitment.no_draft"


# -- at the office


@pytest.fixture
def offices(district: District) -> tuple[Place, Place]:
    return district.open("J1C1", "employment_service", "j7"), district.open("J1C2", "employment_service", "j8")


def letters(place: Place) -> CommitmentLetters:
    assert place.desk.commitment_letters is not None
    return place.desk.commitment_letters


def rulings(place: Place) -> CommitmentRulings:
    assert place.desk.commitment_rulings is not None
    return place.desk.commitment_rulings


def kinds(place: Place, number: str) -> list[str]:
    return [kind for _, kind in letters(place).missing(number)]


def test_each_paper_of_the_office_comes_with_its_record_and_not_before(
    district: District, offices: tuple[Place, Place], clock: SampleClock
) -> None:
    verifier, reviewer = offices
    number = taken_in(district.open("A1C1").desk)
    district.carry()
    for place in offices:
        place.opened(number)
    assert kinds(verifier, number) == []
    rulings(verifier).verify(number, MATERIAL, FALSE)
    assert kinds(verifier, number) == []
    rulings(verifier).give_notice(number, MATERIAL, "revoked", clock.today() + timedelta(days=5))
    assert kinds(verifier, number) == [LetterKind.HEARING]
    (notice,) = letters(verifier).issue_missing(number)
    assert "承诺之日仍由原单位缴费" in words(notice)
    assert "2026年11月25日" in words(notice)
    assert "撤销依据该承诺作出的行政决定" in words(notice)
    assert verifier.desk.papers.pdf(notice.paper_id).startswith(b"%PDF")
    rulings(verifier).hear(number, MATERIAL, "heard", "单位没有告诉我")
    assert kinds(verifier, number) == []
    district.carry()
    reviewer.opened(number)
    ruling = Ruling("revoked", "意见不能成立", recover="3000")
    decided = rulings(reviewer).decide(number, MATERIAL, ruling)
    (_, decision) = letters(reviewer).issue_missing(number)
    said = words(decision)
    assert decided.commitment.decision_number in said
    for part in ("单位没有告诉我", "意见不能成立", "应当退回人民币3000.00元", "撤销依据该承诺作出的行政决定"):
        assert part in said
    rulings(reviewer).repair(number, MATERIAL, "已经全额退回")
    (repair,) = letters(reviewer).issue_missing(number)
    assert repair.kind == LetterKind.REPAIR
    assert "已经全额退回" in words(repair)
    assert letters(reviewer).issue(number, MATERIAL, LetterKind.REPAIR) == repair
    assert kinds(reviewer, number) == []


def test_a_paper_that_is_not_on_record_is_refused_and_nothing_is_written(
    district: District, offices: tuple[Place, Place]
) -> None:
    verifier, _ = offices
    number = taken_in(district.open("A1C1").desk)
    district.carry()
    verifier.opened(number)
    before = verifier.records.count_outbox()
    for kind, code in (
        (LetterKind.DECISION, "commitment_letter.not_yet"),
        (LetterKind.REPAIR, "commitment_letter.not_yet"),
        ("receipt", "commitment_letter.unknown"),
    ):
        with pytest.raises(NoLetter) as caught:
            letters(verifier).issue(number, MATERIAL, kind)
        assert caught.value.code == code
    with pytest.raises(NoLetter):
        letters(verifier).issue(number, "photo", LetterKind.DECISION)
    assert verifier.records.count_outbox() == before


def test_the_law_is_asked_again_when_a_paper_of_the_office_is_printed(
    district: District, offices: tuple[Place, Place], clock: SampleClock
) -> None:
    verifier, _ = offices
    number = taken_in(district.open("A1C1").desk)
    district.carry()
    verifier.opened(number)
    rulings(verifier).verify(number, MATERIAL, FALSE)
    rulings(verifier).give_notice(number, MATERIAL, "ended", clock.today() + timedelta(days=5))
    (notice,) = letters(verifier).issue_missing(number)
    with pytest.raises(PaperForbidden):
        verifier.desk.papers.preview(replace(notice, kind=LetterKind.DECISION))
    assert verifier.desk.papers.preview(notice).startswith(b"%PDF")


def test_a_counter_has_no_papers_of_an_office(desk: Desk) -> None:
    assert desk.commitment_letters is None
