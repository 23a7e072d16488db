"""Commitments on received cases: made later, withdrawn, by person; and in every matter of the catalogue."""

from dataclasses import replace

import pytest
from tests.services.committing import (
    GUARDIAN_NUMBER,
    MATERIAL,
    STROKES,
    begun,
    history,
    prepared,
    taken_in,
)
from tests.services.visits import visit

from window_app.domain.commitment_drafts import COMMIT, OTHER, PROVE, Signer
from window_app.domain.commitments import CommitmentState, fold_commitments
from window_app.domain.due_causes import CORRECTION
from window_app.errors import WindowAppError

# -- a received case


def test_a_commitment_made_later_completes_the_case(desk):
    number = taken_in(desk, begun(desk))
    assert history(desk, number)[0].facts["complete"] is False
    file = desk.commitments.cases.take(number, MATERIAL, prepared(desk, number))
    assert file.state.completed_on == desk.clock.today()
    assert fold_commitments(file.events)[0].stands
    waiting = [row for row in desk.due.about(file.case_id) if row.item.cause == CORRECTION]
    assert [row.item.settled for row in waiting] == [True]


def test_no_certificate_is_committed_to_twice(desk):
    number = taken_in(desk, begun(desk))
    made = prepared(desk, number)
    desk.commitments.cases.take(number, MATERIAL, made)
    before = len(history(desk, number))
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.take(number, MATERIAL, made)
    assert refused.value.code == "commitments.twice"
    assert len(history(desk, number)) == before


def test_nothing_is_committed_after_completion(desk):
    number = taken_in(desk, begun(desk))
    made = prepared(desk, number)
    desk.completion.complete(number)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.take(number, MATERIAL, made)
    assert refused.value.code == "commitments.after_completion"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda made: replace(made, signature=None), "commitments.unsigned"),
        (lambda made: replace(made, wording="0" * 64), "commitments.changed"),
        (lambda made: replace(made, code="repealed"), "commitments.repealed"),
        (lambda made: replace(made, choice=PROVE), "commitments.not_chosen"),
        (lambda made: replace(made, signer=Signer(OTHER)), "commitments.excluded"),
    ],
)
def test_what_is_refused_in_a_draft_is_refused_on_a_case(desk, change, code):
    number = taken_in(desk, begun(desk))
    made = prepared(desk, number, change=change)
    before = len(history(desk, number))
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.take(number, MATERIAL, made)
    assert refused.value.code == code
    assert len(history(desk, number)) == before


def test_a_withdrawal_makes_the_certificate_due_again_and_says_so_on_paper(desk):
    number = taken_in(desk)
    gone = desk.commitments.cases.withdraw(number, MATERIAL, "找到了原单位的证明")
    assert gone.commitment.state is CommitmentState.WITHDRAWN
    assert gone.commitment.owed
    notice = desk.papers.get(gone.notice).record
    assert notice.kind == "notice_once"
    assert "终止或者解除劳动关系的证明" in str(notice.content)
    (waiting,) = [row.item for row in desk.due.about(gone.file.case_id) if row.item.cause == CORRECTION]
    assert waiting.reason == "commitment_withdrawn"
    file = desk.completion.complete(number)
    assert not fold_commitments(file.events)[0].owed
    assert all(row.item.settled for row in desk.due.about(file.case_id))


def test_a_withdrawal_needs_a_reason_and_happens_once(desk):
    number = taken_in(desk)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.withdraw(number, MATERIAL, " ")
    assert refused.value.code == "commitments.reason_needed"
    desk.commitments.cases.withdraw(number, MATERIAL, "改为提交证明")
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.withdraw(number, MATERIAL, "改为提交证明")
    assert refused.value.code == "commitments.withdrawn_already"
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.take(number, MATERIAL, prepared_again(desk, number))
    assert refused.value.code == "commitments.twice"


def prepared_again(desk, number):
    return prepared(desk, number)


def test_nothing_is_withdrawn_where_nothing_was_committed(desk):
    number = taken_in(desk, begun(desk))
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.withdraw(number, MATERIAL, "没有承诺过")
    assert refused.value.code == "commitments.none"


def test_the_file_of_a_person_goes_across_cases(desk):
    numbers = [taken_in(desk), taken_in(desk)]
    by_person = desk.commitments.files.of_number("210102 19950317 2823")
    assert [entry.case.number for entry in by_person.entries] == numbers
    assert desk.commitments.files.of_number(numbers[0]) == by_person
    assert by_person.refusing == ()
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.files.of_number("不是号码")
    assert refused.value.code == "commitments.nobody"


def test_the_tables_can_be_made_anew(desk):
    taken_in(desk)
    rows = desk.commitments.files.rows()
    desk.upkeep.rebuild()
    assert desk.commitments.files.rows() == rows


# -- the catalogue


def offers_in(desk, name):
    """Return a collected visit in which nothing was brought, and what its matter offers."""
    said = {**visit(name), "materials": {}}
    said["matters"][0]["commitments"] = {}
    draft = desk.intake.from_json(said)
    return draft, desk.commitments.drafts.offers(draft, "m1")


@pytest.mark.parametrize("name", ["71", "73", "75", "76", "77", "78", "79", "80"])
def test_each_matter_of_the_catalogue_is_taken_in_with_all_its_commitments(desk, name):
    draft, offers = offers_in(desk, name)
    for offer in offers:
        assert offer.open
        draft = desk.commitments.drafts.choose(draft, "m1", offer.material, COMMIT)
        draft = desk.commitments.drafts.sign_in_ink(draft, "m1", offer.material, STROKES)
    number = taken_in(desk, draft)
    made = fold_commitments(history(desk, number))
    assert [one.material for one in made] == [offer.material for offer in offers]
    assert all(one.stands for one in made)
    assert set(history(desk, number)[0].facts["missing_materials"]).isdisjoint(one.material for one in made)


def examination(desk, **said):
    draft, offers = offers_in(desk, "80")
    matter = draft.matter("m1")
    answers = {**matter.answers, "examination": {**matter.answers["examination"], **said}}
    draft = draft.with_matter(replace(matter, answers=answers))
    return draft, offers[0].material


def committed(desk, draft, material):
    draft = desk.commitments.drafts.choose(draft, "m1", material, COMMIT)
    return taken_in(desk, desk.commitments.drafts.sign_in_ink(draft, "m1", material, STROKES))


def test_who_withdraws_for_an_examination_does_not_commit_for_it_again_that_year(desk):
    draft, material = examination(desk)
    desk.commitments.cases.withdraw(committed(desk, draft, material), material, "改交证书")
    again, _ = examination(desk)
    codes = {one.code for offer in desk.commitments.drafts.offers(again, "m1") for one in offer.exclusions}
    assert codes == {"withdrawn_this_year"}
    other, _ = examination(desk, name="二级建造师执业资格考试")
    assert all(offer.open for offer in desk.commitments.drafts.offers(other, "m1"))


@pytest.mark.parametrize("closed", [{"fee_paid": True}, {"closes_on": "2026-11-19"}])
def test_nothing_is_withdrawn_once_the_registration_for_an_examination_closed(desk, closed):
    draft, material = examination(desk, **closed)
    number = committed(desk, draft, material)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.cases.withdraw(number, material, "太晚了")
    assert refused.value.code == "commitments.examination_closed"


def test_no_guardian_commits_in_an_examination(desk):
    draft, material = examination(desk)
    draft = desk.commitments.drafts.choose(draft, "m1", material, COMMIT)
    signer = Signer("guardian", "incapable", "简母", GUARDIAN_NUMBER, "母亲")
    draft = desk.commitments.drafts.sign_as(draft, "m1", material, signer)
    with pytest.raises(WindowAppError) as refused:
        desk.commitments.drafts.sign_in_ink(draft, "m1", material, STROKES)
    assert refused.value.code == "commitments.excluded"
