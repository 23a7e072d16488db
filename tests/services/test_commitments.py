"""Commitments at the counter: chosen freely, signed, taken with the visit or refused with a reason."""

from dataclasses import replace

import pytest
from tests.services.committing import (
    CHILD_NUMBER,
    GUARDIAN_NUMBER,
    MATERIAL,
    STROKES,
    Directory,
    begun,
    by_guardian,
    chosen,
    history,
    offer_of,
    prepared,
    renamed,
    signed,
    taken_in,
)

from window_app.app import build_desk
from window_app.domain.commitment_drafts import COMMIT, OTHER, PROVE, Signer
from window_app.domain.commitments import Verification, fold_commitments
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import EventType
from window_app.domain.visits import MaterialState, MaterialTick
from window_app.errors import WindowAppError
from window_app.services.receiving import NotReady


def codes_of(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


# -- choice and signature


def test_nothing_is_preset_and_what_is_offered_is_named_with_its_certificate(desk):
    draft = begun(desk)
    offer = offer_of(desk, draft)
    assert offer.open
    assert offer.chosen is None
    assert offer.material == MATERIAL
    assert offer.definition.code == "unemployment_ending"
    assert draft.matter("m1").commitments == {}
    assert "receiving.not_ready" not in {problem.code for problem in desk.receiving.ready(draft)}


def test_a_visitor_who_chooses_to_prove_is_asked_for_the_certificate(desk):
    draft = desk.commitments.drafts.choose(begun(desk), "m1", MATERIAL, PROVE)
    (line,) = [one for one in desk.intake.filling(draft, "m1").materials() if one.code == MATERIAL]
    assert line.missing
    number = taken_in(desk, draft)
    assert "CommitmentMade" not in {event.type for event in history(desk, number)}


def test_a_signed_commitment_stands_in_the_place_of_the_certificate(desk):
    draft = signed(desk)
    (line,) = [one for one in desk.intake.filling(draft, "m1").materials() if one.code == MATERIAL]
    assert (line.state, line.missing) == (MaterialState.COMMITTED, False)
    number = taken_in(desk, draft)
    events = history(desk, number)
    assert events[0].facts["complete"] is True
    assert events[0].facts["committed_materials"] == [MATERIAL]
    (made,) = fold_commitments(events)
    assert made.stands
    assert made.to_verify
    assert (made.verification, made.signature, made.signer) == (Verification.AFTER, "ink", "applicant")
    assert made.wording == draft.matter("m1").commitments[MATERIAL].wording


def told(error: WindowAppError, name: str) -> str:
    """What a refusal says of a thing, in Chinese."""
    said = error.params[name]
    assert isinstance(said, dict)
    return str(said["zh"])


def test_both_texts_and_the_ink_are_frozen_in_the_body_and_nothing_personal_in_the_envelope(desk):
    number = taken_in(desk)
    (made,) = [event for event in history(desk, number) if event.type == EventType.COMMITMENT_MADE]
    assert made.body is not None
    assert made.body["applicant"]["name"] == "柳依依"
    assert made.body["notice"]
    assert made.body["letter"]
    assert made.body["ink"] == [[list(point) for point in stroke] for stroke in STROKES]
    envelope = made.envelope_bytes.decode()
    assert "柳依依" not in envelope
    assert "210102199503172823" not in envelope
    assert len(made.tokens) == 1


def test_the_pair_signed_on_the_screen_is_issued_with_the_receipt(desk):
    number = taken_in(desk)
    case_id = desk.tracking.case(number).case_id
    papers = {paper.record.kind: paper.record for paper in desk.papers.of_case(case_id)}
    assert set(papers) == {"receipt", "commitment_pair"}
    assert "已书面承诺" in str(papers["receipt"].content)
    assert desk.papers.pdf(papers["commitment_pair"].paper_id).startswith(b"%PDF")


def test_a_pair_signed_on_paper_is_named_by_its_number(desk):
    draft = chosen(desk)
    desk.reception.save(draft)
    pair = desk.commitments.issuing.pair(draft, "m1", MATERIAL)
    draft = desk.commitments.drafts.sign_on_paper(draft, "m1", MATERIAL, pair.number)
    number = taken_in(desk, draft)
    (made,) = fold_commitments(history(desk, number))
    assert (made.signature, made.paper) == ("paper", pair.number)


def test_a_draft_keeps_choice_signer_and_signature(desk):
    draft = desk.commitments.drafts.sign_in_ink(by_guardian(desk), "m1", MATERIAL, STROKES)
    desk.reception.save(draft)
    assert desk.reception.resume(draft.visit_id).matters == draft.matters


def test_receiving_twice_makes_one_commitment(open_desk):
    desk = open_desk()
    draft = signed(desk)
    desk.reception.save(draft)
    first = desk.receiving.receive(draft)
    again = open_desk()
    assert again.receiving.receive(draft) == first
    assert len(fold_commitments(history(again, first.cases[0].number))) == 1
    assert len(again.commitments.files.rows()) == 1


# -- refused, and nothing changed


def test_a_commitment_without_a_signature_is_not_taken_in(desk):
    draft = chosen(desk)
    with pytest.raises(NotReady) as refused:
        desk.receiving.receive(draft)
    assert codes_of(refused) == ["commitments.unsigned"]
    assert desk.tracking.count() == 0


@pytest.mark.parametrize("field", ["name", "id_number"])
def test_a_signature_counts_no_more_once_name_or_number_changed(desk, field):
    value = {"name": "柳一一", "id_number": "210102199503172823"[:-4] + "2840"}[field]
    draft = renamed(signed(desk), **{field: value, "sex": "female"})
    offer = offer_of(desk, draft)
    assert not offer.counts
    assert [fault.code for fault in offer.faults][-1] in ("commitments.changed", "commitments.number_needed")


def test_another_wording_since_the_signature_is_noticed(desk):
    draft = signed(desk)
    matter = draft.matter("m1")
    other = replace(matter.commitments[MATERIAL], wording="0" * 64)
    draft = draft.with_matter(replace(matter, commitments={MATERIAL: other}))
    with pytest.raises(NotReady) as refused:
        desk.receiving.receive(draft)
    assert codes_of(refused) == ["commitments.changed"]


def test_a_commitment_that_the_definitions_have_no_more_is_not_taken_in(desk):
    draft = signed(desk)
    matter = draft.matter("m1")
    repealed = replace(matter.commitments[MATERIAL], code="repealed_long_ago")
    draft = draft.with_matter(replace(matter, commitments={MATERIAL: repealed}))
    with pytest.raises(NotReady) as refused:
        desk.receiving.receive(draft)
    assert codes_of(refused) == ["commitments.repealed"]


def test_no_commitment_takes_the_place_of_a_material_outside_of_the_catalogue(desk):
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.choose(begun(desk), "m1", "identity", COMMIT)
    assert refused.value.code == "commitments.not_offered"


def test_what_was_brought_is_not_committed_to(desk):
    draft = desk.intake.tick(signed(desk), MATERIAL, MaterialTick(MaterialState.ORIGINAL_SEEN, 1))
    with pytest.raises(NotReady) as refused:
        desk.receiving.receive(draft)
    assert codes_of(refused) == ["commitments.brought"]


def test_a_colleague_who_wants_to_sign_is_refused_with_the_reason(desk):
    draft = desk.commitments.drafts.sign_as(chosen(desk), "m1", MATERIAL, Signer(OTHER, name="同事"))
    assert [one.code for one in offer_of(desk, draft).exclusions] == ["proxy"]
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.sign_in_ink(draft, "m1", MATERIAL, STROKES)
    assert refused.value.code == "commitments.excluded"
    assert told(refused.value, "repair")


def test_a_guardian_signs_for_one_without_capacity(desk):
    draft = desk.commitments.drafts.sign_in_ink(by_guardian(desk), "m1", MATERIAL, STROKES)
    number = taken_in(desk, draft)
    (made,) = fold_commitments(history(desk, number))
    assert made.signer == "guardian"
    assert len(made.tokens) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"id_number": GUARDIAN_NUMBER[:-1] + ("0" if GUARDIAN_NUMBER[-1] != "0" else "1")}, "field.resident_id_check"),
        ({"id_number": "2101"}, "field.resident_id_length"),
        ({"id_number": "210102199503172823"}, "commitments.guardian_is_applicant"),
        ({"id_number": CHILD_NUMBER}, "commitments.guardian_minor"),
        ({"name": " "}, "commitments.guardian_name"),
        ({"relation": ""}, "commitments.guardian_relation"),
        ({"capacity": "capable"}, "commitments.excluded"),
    ],
)
def test_a_guardian_who_cannot_be_is_refused(desk, said, code):
    draft = by_guardian(desk, **said)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.sign_in_ink(draft, "m1", MATERIAL, STROKES)
    assert refused.value.code == code


def test_no_drawing_is_no_signature(desk):
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.sign_in_ink(chosen(desk), "m1", MATERIAL, ())
    assert refused.value.code == "ink.empty"


def test_a_paper_that_was_never_issued_for_the_visit_was_not_signed(desk):
    draft = chosen(desk)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.sign_on_paper(draft, "m1", MATERIAL, "ZY-261120-AAAAA-AAAAAA")
    assert refused.value.code == "commitments.paper_unknown"


def test_a_paper_issued_for_another_name_was_not_signed(desk):
    draft = chosen(desk)
    desk.reception.save(draft)
    pair = desk.commitments.issuing.pair(draft, "m1", MATERIAL)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.sign_on_paper(renamed(draft, name="柳一一"), "m1", MATERIAL, pair.number)
    assert refused.value.code == "commitments.changed"


def test_without_an_identity_number_nobody_can_be_checked(desk):
    draft = renamed(begun(desk), id_number="")
    offer = offer_of(desk, draft)
    assert not offer.open
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.choose(draft, "m1", MATERIAL, COMMIT)
    assert refused.value.code == "commitments.unchecked"


# -- who may not, asked without a line


def test_who_is_on_the_list_is_refused_with_reason_article_and_what_helps(desk):
    draft = begun(desk)
    Directory(desk.upkeep).say(CreditStanding.LISTED, desk.clock.today())
    offer = offer_of(desk, draft)
    assert not offer.open
    assert [one.code for one in offer.exclusions] == ["credit_listed"]
    with pytest.raises(WindowAppError) as refused:
        chosen(desk, draft)
    assert refused.value.code == "commitments.excluded"
    assert all(told(refused.value, name) for name in ("reason", "repair", "articles"))
    slip = desk.commitments.issuing.refusal(desk.reception.save(draft), "m1", MATERIAL)
    assert slip.kind == "commitment_refusal"


def test_a_list_that_comes_between_signature_and_receiving_stops_the_commitment(desk):
    draft = signed(desk)
    Directory(desk.upkeep).say(CreditStanding.LISTED, desk.clock.today())
    with pytest.raises(NotReady) as refused:
        desk.receiving.receive(draft)
    assert codes_of(refused) == ["commitments.excluded"]
    assert desk.tracking.count() == 0


def test_a_list_that_comes_after_the_receiving_opens_something_due(desk):
    number = taken_in(desk)
    directory = Directory(desk.upkeep)
    about = directory.say(CreditStanding.LISTED, desk.clock.today())
    case_id = desk.tracking.case(number).case_id
    assert [row.item.cause for row in desk.due.about(case_id)] == ["commitment_by_listed"]
    (entry,) = desk.commitments.files.of_number(number).entries
    assert [one.commitment_id for one in entry.while_listed] == [about]


@pytest.mark.parametrize("standing", [CreditStanding.REPAIRED, CreditStanding.STRUCK])
def test_after_repair_or_a_just_objection_a_commitment_is_taken_again(desk, standing):
    directory = Directory(desk.upkeep)
    about = directory.say(CreditStanding.LISTED, desk.clock.today())
    directory.say(standing, desk.clock.today(), about)
    number = taken_in(desk)
    assert desk.due.about(desk.tracking.case(number).case_id) == ()
    assert desk.commitments.files.of_number(number).refusing == ()


def test_a_listed_person_is_refused_on_a_received_case_too(desk):
    number = taken_in(desk, begun(desk))
    made = prepared(desk, number)
    Directory(desk.upkeep).say(CreditStanding.LISTED, desk.clock.today())
    before = len(history(desk, number))
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.take(number, MATERIAL, made)
    assert refused.value.code == "commitments.excluded"
    assert len(history(desk, number)) == before


@pytest.mark.parametrize("area", ["public_security", "life_and_property"])
def test_an_excluded_area_offers_nothing(desk, law, tmp_path, area):
    code = "unemployment_ending"
    national = {**law.commitments, code: replace(law.commitments[code], area=area)}
    changed = replace(law, catalogue=replace(law.catalogue, national=national))
    other = build_desk(tmp_path, desk.upkeep, desk.session, desk.settings, desk.clock, changed)
    draft = begun(other)
    assert [one.code for one in offer_of(other, draft).exclusions] == ["area"]
    with pytest.raises(WindowAppError) as refused:
        chosen(other, draft)
    assert refused.value.code == "commitments.excluded"
