"""The same person again: who was here before, what is copied, what is too much alike."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from window_app.domain.events import EventType
from window_app.domain.ids import new_id
from window_app.domain.visits import Received, VisitDraft
from window_app.services.desk import Desk
from window_app.services.earlier import go_on
from window_app.services.register import RegisterRefused
from window_app.storage.store import Store

Drafts = Callable[[str], VisitDraft]


def store_of(desk: Desk) -> Store:
    assert isinstance(desk.upkeep, Store)
    return desk.upkeep


def take_in(desk: Desk, draft: VisitDraft) -> Received:
    return desk.receiving.receive(replace(draft, visit_id=new_id(desk.clock.now())))


def begun_by(desk: Desk, **typed: str) -> VisitDraft:
    return replace(desk.reception.begin(), answers={"applicant": typed})


def test_a_number_typed_again_shows_the_earlier_visit_and_its_case(desk: Desk, draft_of: Drafts) -> None:
    received = take_in(desk, draft_of("02"))
    fresh = begun_by(desk, id_number="330106199109030248")
    known = desk.parties.earlier.known(fresh, "applicant")
    assert known is not None
    assert known.party is not None
    assert known.party.name == "李秀英"
    assert [case.number for visit in known.visits for case in visit.cases] == [received.cases[0].number]
    assert known.elsewhere == ()
    assert desk.parties.earlier.known(begun_by(desk, id_number="11010519491231002X"), "applicant") is None


def test_the_same_number_is_one_person_and_only_what_changed_is_stated(desk: Desk, draft_of: Drafts) -> None:
    store, draft = store_of(desk), draft_of("02")
    take_in(desk, draft)
    applicant = {**draft.answers["applicant"], "phone": "13900000001", "occupation": ""}
    take_in(desk, replace(draft, answers={**draft.answers, "applicant": applicant}))
    (row,) = desk.parties.register.find("李秀英")
    assert row.visits == 2
    group = desk.parties.register.get(row.party_id)
    assert group.state.value("phone") == "13900000001"
    assert [one.value for one in group.state.former["phone"]] == [draft.answers["applicant"]["phone"]]
    assert group.state.value("occupation") == draft.answers["applicant"]["occupation"]
    stated = [(event.type, (event.body or {})["details"]) for event in store.events(row.party_id)]
    assert stated[1:] == [(EventType.PARTY_DETAILS_SET, {"phone": "13900000001"})]


@pytest.mark.parametrize("text", ["李秀", "lxy", "330106199109030248", "030248", "0248", "李秀英"])
def test_a_person_is_found_by_name_initials_number_and_its_end(desk: Desk, draft_of: Drafts, text: str) -> None:
    take_in(desk, draft_of("02"))
    assert [row.name for row in desk.parties.register.find(text)] == ["李秀英"]


def test_an_employer_is_registered_and_found_again_by_its_code(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    take_in(desk, draft)
    respondent = draft.answers["respondents"][0]
    (row,) = desk.parties.register.find(respondent["name"][:4])
    assert row.kind == "employer"
    fresh = replace(desk.reception.begin(), answers={"respondents": [{"name": respondent["name"], **respondent}]})
    known = desk.parties.earlier.known(fresh, "respondents/0")
    assert known is not None
    assert known.party == row


def test_one_key_copies_a_party_and_links_it_and_typed_things_stay(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    take_in(desk, draft)
    fresh = replace(
        begun_by(desk, id_number="330106199109030248", phone="13911112222"),
        matters=(replace(desk.reception.begin().matters[0], route="arbitration"),),
    )
    known = desk.parties.earlier.known(fresh, "applicant")
    assert known is not None
    assert known.party is not None
    copied = desk.parties.copying.party(fresh, "m1", "applicant", known.party.party_id)
    applicant = copied.answers["applicant"]
    assert applicant["name"] == "李秀英"
    assert applicant["phone"] == "13911112222"
    assert applicant["residence"] == draft.answers["applicant"]["residence"]
    assert copied.links == {"applicant": str(known.party.party_id)}
    assert copied.reused["copy"] >= 5


def test_the_whole_last_case_is_copied_but_not_what_is_done_today(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    case = take_in(desk, draft).cases[0]
    copied = desk.parties.copying.case(desk.reception.begin(), "m1", case.case_id)
    assert copied.matter("m1").route == case.route
    assert copied.answers["respondents"][0]["name"] == draft.answers["respondents"][0]["name"]
    assert copied.matter("m1").facts["matter_kind"] == draft.matter("m1").facts["matter_kind"]
    assert "application" not in copied.matter("m1").answers
    again = desk.receiving.receive(copied)
    assert again.cases[0].route == case.route


def test_a_link_is_given_up_where_another_number_was_typed(desk: Desk, draft_of: Drafts) -> None:
    take_in(desk, draft_of("02"))
    (row,) = desk.parties.register.find("李秀英")
    draft = draft_of("02")
    applicant = {
        **draft.answers["applicant"],
        "id_number": "11010519491231002X",
        "birth_date": "1949-12-31",
        "name": "李秀英",
    }
    applicant["sex"] = "female"
    other = replace(draft, answers={**draft.answers, "applicant": applicant}, links={"applicant": str(row.party_id)})
    take_in(desk, other)
    assert len(desk.parties.register.find("李秀英")) == 2


def test_a_case_of_the_same_worker_employer_and_time_is_told_and_never_blocks(desk: Desk, draft_of: Drafts) -> None:
    first = take_in(desk, draft_of("02")).cases[0]
    again = replace(draft_of("02"), visit_id=new_id(desk.clock.now()))
    (alike,) = desk.parties.earlier.alike(again, "m1")
    assert (alike.number, alike.here) == (first.number, True)
    assert desk.receiving.ready(again) == ()
    with pytest.raises(RegisterRefused):
        go_on(again, [alike], "   ")
    received = desk.receiving.receive(go_on(again, [alike], "补充另一段期间的请求"))
    recorded = [event for event in store_of(desk).events(received.visit_id) if event.type == EventType.VISIT_OPENED]
    assert (recorded[0].body or {})["repeats"] == {first.number: "补充另一段期间的请求"}
    assert recorded[0].facts["repeats"] == 1


def test_a_case_received_without_a_word_on_its_twin_says_so_afterwards(desk: Desk, draft_of: Drafts) -> None:
    take_in(desk, draft_of("02"))
    assert "receiving.warning.alike" in take_in(desk, draft_of("02")).warnings
    assert "receiving.warning.alike" not in take_in(desk, draft_of("01")).warnings


def test_another_time_or_another_employer_is_not_alike(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    take_in(desk, draft)
    elsewhere = [{**draft.answers["respondents"][0], "name": "别的示范有限公司", "uscc": ""}]
    other = replace(draft, answers={**draft.answers, "respondents": elsewhere})
    assert desk.parties.earlier.alike(other, "m1") == ()


def test_another_time_of_the_same_work_is_not_alike_and_an_open_one_is(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    take_in(desk, draft)
    matter = draft.matter("m1")

    def about(first: str, last: str) -> VisitDraft:
        claims = [{"kind": "wages", "from": first, "to": last, "amount": "100.00"}]
        employment = {"worked_from": first, "worked_to": last}
        answers = {**draft.answers, "employment": employment}
        return replace(draft, answers=answers).with_matter(
            replace(matter, answers={**matter.answers, "claims": claims})
        )

    assert desk.parties.earlier.alike(about("2019-01-01", "2019-12-31"), "m1") == ()
    assert desk.parties.earlier.alike(about("2019-01-01", ""), "m1") != ()


def test_nobody_of_a_report_is_registered_or_known_again(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    matter = replace(draft.matter("m1"), route="report", override_reason="来访人要求保密")
    desk.receiving.receive(replace(draft, visit_id=new_id(desk.clock.now()), matters=(matter,)))
    assert desk.parties.register.find("李秀英") == ()
    assert desk.parties.earlier.known(begun_by(desk, id_number="330106199109030248"), "applicant") is None
    assert desk.parties.earlier.alike(draft, "m1") == ()
