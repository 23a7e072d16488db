"""Papers issued for a case: only what the law lets out, with the office's number, in the sets that are handed out."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from tests.services.offices import District, Place
from tests.services.visits import visit

from window_app.domain.events import EventType
from window_app.domain.papers import PaperState, Verdict
from window_app.services.case_papers import NotIssued
from window_app.services.deciding import Decision
from window_app.services.issuing import PaperForbidden
from window_app.services.practice import SampleClock

COMPLAINT, APPLICATION, GROUP, ORAL, REVIEW = "01", "02", "42", "46", "44"
MEDIATION, REGISTRATION = "45", "71"
DECIDED = {
    "acceptance_notice",
    "refusal_notice",
    "no_jurisdiction_notice",
    "deferral_notice",
    "suspension_notice",
    "transfer_letter",
    "inspection_acceptance",
    "inspection_refusal",
}


def allowed(place: Place, number: str) -> set[str]:
    return {one.kind for one in place.desk.case_papers.offers(number) if one.allowed}


def said(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def decide(district: District, office: Place, number: str, decision: Decision) -> str:
    """Let an office open a case and decide it; return the number of the decision."""
    district.carry()
    office.opened(number)
    decided = office.office.decide(number, decision)
    district.carry()
    return decided.decision_number


@pytest.mark.parametrize(
    ("name", "own", "not_own"),
    [
        (APPLICATION, {"arbitration_form", "mediation_suggestion"}, {"inspection_form", "representatives_election"}),
        (COMPLAINT, {"inspection_form", "redirection_notice"}, {"arbitration_form", "mediation_suggestion"}),
        (GROUP, {"arbitration_form", "representatives_election"}, {"inspection_form"}),
    ],
)
def test_a_counter_issues_what_the_law_lets_out_before_a_decision(
    counter: Place, name: str, own: set[str], not_own: set[str]
) -> None:
    number = counter.receive(name)
    found = allowed(counter, number)
    common = {"address_confirmation", "case_cover", "material_list", "service_record", "legal_aid_referral"}
    assert own | common <= found
    assert not found & (not_own | DECIDED)
    desk = counter.desk
    for offer in desk.case_papers.offers(number):
        given = dict.fromkeys(offer.needs, "court")
        if not offer.allowed:
            with pytest.raises(PaperForbidden):
                desk.case_papers.issue(number, offer.kind, given)
            continue
        record = desk.case_papers.issue(number, offer.kind, given)
        pdf = desk.papers.pdf(record.paper_id)
        assert desk.papers.verify_pdf(pdf).verdict is Verdict.AUTHENTIC
    issued = [one.record.kind for one in desk.papers.of_case(counter.file(number).case_id)]
    assert set(issued) >= found
    told = [e.facts["paper"] for e in counter.file(number).events if e.type == EventType.PAPER_ISSUED]
    assert sorted(told) == sorted(issued)
    assert counter.file(number).state.papers == tuple(
        str(one.record.paper_id) for one in desk.papers.of_case(counter.file(number).case_id)
    )


def test_what_the_form_says_stands_in_the_application_and_each_respondent_has_a_copy(counter: Place) -> None:
    number = counter.receive(APPLICATION)
    desk = counter.desk
    record = desk.case_papers.issue(number, "arbitration_form")
    text = said(desk.papers.pdf(record.paper_id))
    person = ("李秀英", "330106199109030248", "1991年9月3日", "35岁", "示范区悦来餐饮管理有限公司", "陈悦")
    claim = ("11,600.00元", "2026年2月1日至2026年3月20日", "双方对金额有争议", "工资条照片", "孙玉兰")
    for part in (*person, *claim):
        assert part in text
    assert list(record.content["copies"]).count("副本：被申请人示范区悦来餐饮管理有限公司") == 1


def test_an_application_is_printed_from_the_form_before_anything_is_taken_in(counter: Place) -> None:
    desk = counter.desk
    draft = desk.intake.from_json(visit(APPLICATION))
    kind, pdf = desk.case_papers.application(draft, draft.matters[0].key)
    assert kind == "arbitration_form"
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 3  # for the commission, the one respondent, the applicant
    assert "李秀英" in said(pdf)
    draft = desk.intake.from_json(visit(REGISTRATION))
    with pytest.raises(NotIssued, match=r"case_papers\.no_application"):
        desk.case_papers.application(draft, draft.matters[0].key)


@pytest.mark.parametrize(
    ("name", "own", "words"),
    [
        (MEDIATION, "mediation_form", ("劳动人事争议调解申请书", "争议事项和调解请求", "十五日内没有达成调解协议")),
        (REVIEW, "review_form", ("调解协议仲裁审查申请书", "申请人另一方（签名或者盖章）", "双方共同申请仲裁审查")),
    ],
)
def test_mediation_and_review_have_applications_of_their_own(
    counter: Place, name: str, own: str, words: tuple[str, ...]
) -> None:
    number = counter.receive(name)
    assert {kind for kind in allowed(counter, number) if kind.endswith("_form")} == {own}
    desk = counter.desk
    record = desk.case_papers.issue(number, own)
    text = said(desk.papers.pdf(record.paper_id))
    assert [one for one in words if one not in text] == []
    assert [one["text"] for block in record.content["blocks"] for one in block.get("items", ()) if one.get("text")]
    assert record.content["holders"] == ["office", "respondent", "visitor"]


def test_an_election_lists_everybody_with_room_to_sign(counter: Place) -> None:
    number = counter.receive(GROUP)
    record = counter.desk.case_papers.issue(number, "representatives_election")
    tables = {block["id"]: block for block in record.content["blocks"] if block["block"] == "table"}
    assert len(tables["people"]["rows"]) == 12
    assert [row[1] for row in tables["representatives"]["rows"]]
    assert tables["people"]["room"] >= 8


def test_an_acceptance_carries_the_number_the_office_gave_and_no_refusal_leaves(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    with pytest.raises(PaperForbidden):
        counter.desk.case_papers.issue(number, "acceptance_notice")
    given = decide(district, arbitration, number, Decision("accepted", "qualified"))
    assert "acceptance_notice" in allowed(counter, number)
    assert not allowed(counter, number) & (DECIDED - {"acceptance_notice"})
    record = counter.desk.case_papers.issue(number, "acceptance_notice")
    text = said(counter.desk.papers.pdf(record.paper_id))
    assert given in text
    assert "《劳动争议调解仲裁法》第二十九条" in text
    assert "四十五日内结束" in text
    served = counter.desk.case_papers.issue(number, "service_record")
    assert given in said(counter.desk.papers.pdf(served.paper_id))
    with pytest.raises(NotIssued, match=r"case_papers\.office_station"):
        arbitration.desk.case_papers.issue(number, "acceptance_notice")


def test_a_refusal_says_ground_articles_and_the_court(district: District, counter: Place, arbitration: Place) -> None:
    number = counter.receive(APPLICATION)
    decision = Decision("refused", "not_in_scope", "双方是承揽关系")
    given = decide(district, arbitration, number, decision)
    counter.records.keep_bodies(tuple(district.post.bodies[counter.file(number).case_id].items()))
    text = said(counter.desk.papers.pdf(counter.desk.case_papers.issue(number, "refusal_notice").paper_id))
    assert given in text
    assert "不属于劳动人事争议仲裁的受理范围" in text
    assert "双方是承揽关系" in text
    assert "向人民法院提起诉讼" in text
    assert "十五日" not in text


def test_a_transfer_goes_to_the_office_that_was_named_with_a_slip_to_send_back(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    decide(district, arbitration, number, Decision("accepted", "qualified"))
    options = [one for one in arbitration.office.options(number) if one.state == "transferred"]
    target = options[0].to[0]
    given = arbitration.office.decide(number, Decision("transferred", options[0].ground, to=target))
    district.carry()
    record = counter.desk.case_papers.issue(number, "transfer_letter")
    values = record.content["values"]
    assert values["competent"]["name"] == counter.desk.definitions.offices[target].title["zh"]
    assert values["decision"]["issuer"] == counter.desk.definitions.offices["arbitration"].title["zh"]
    text = said(counter.desk.papers.pdf(record.paper_id))
    assert "移送函回执" in text
    assert given is not None


def test_an_inspection_accepts_by_a_notice_of_its_own(district: District, counter: Place, inspection: Place) -> None:
    number = counter.receive(COMPLAINT)
    given = decide(district, inspection, number, Decision("accepted"))
    found = allowed(counter, number)
    assert "inspection_acceptance" in found
    assert not found & {"acceptance_notice", "refusal_notice", "inspection_refusal"}
    text = said(counter.desk.papers.pdf(counter.desk.case_papers.issue(number, "inspection_acceptance").paper_id))
    assert given in text
    assert "六十个工作日" in text


def test_a_report_has_no_paper_that_could_name_anybody(counter: Place) -> None:
    number = counter.report()
    assert allowed(counter, number) == set()


def test_what_is_needed_is_named_and_an_office_is_found_by_its_code(counter: Place) -> None:
    number = counter.receive(COMPLAINT)
    papers = counter.desk.case_papers
    offer = next(one for one in papers.offers(number) if one.kind == "redirection_notice")
    assert offer.needs == ("elsewhere",)
    assert "court" in dict(offer.offices)
    with pytest.raises(NotIssued) as caught:
        papers.issue(number, "redirection_notice")
    assert caught.value.params["needs"] == "elsewhere"
    record = papers.issue(number, "redirection_notice", {"elsewhere": "court", "reason": "属于民事争议"})
    assert record.content["values"]["elsewhere"]["name"] == counter.desk.definitions.offices["court"].title["zh"]
    by_hand = papers.issue(number, "redirection_notice", {"elsewhere": "某街道办；某路1号；000-1"})
    assert by_hand.content["values"]["elsewhere"] == {"name": "某街道办", "address": "某路1号", "phone": "000-1"}
    with pytest.raises(NotIssued, match=r"case_papers\.unknown"):
        papers.issue(number, "receipt")


def test_the_sets_hold_what_each_holder_gets(counter: Place) -> None:
    number = counter.receive(APPLICATION)
    papers = counter.desk.case_papers
    for kind in ("arbitration_form", "mediation_suggestion", "material_list"):
        papers.issue(number, kind)
    pages = {
        holder: len(PdfReader(io.BytesIO(papers.bundle(number, holder))).pages)
        for holder in ("visitor", "file", "respondent")
    }
    assert pages == {"visitor": 4, "file": 3, "respondent": 2}  # the receipt, the forms, the letter, the list
    with pytest.raises(NotIssued, match=r"case_papers\.holder"):
        papers.bundle(number, "stranger")


def test_a_preview_of_a_case_paper_is_on_no_record(counter: Place) -> None:
    number = counter.receive(APPLICATION)
    before = len(counter.file(number).events)
    pdf = counter.desk.case_papers.preview(number, "risk_notice")
    assert "预览·无效" in said(pdf)
    assert len(counter.file(number).events) == before
    with pytest.raises(PaperForbidden):
        counter.desk.case_papers.preview(number, "refusal_notice")


def test_the_counts_of_the_closing_sheet_agree_with_what_became_of_the_papers(
    counter: Place, clock: SampleClock
) -> None:
    desk = counter.desk
    first, second = counter.receive(APPLICATION), counter.receive(COMPLAINT)
    extra = desk.case_papers.issue(first, "material_list")
    receipt = desk.papers.of_case(counter.file(second).case_id)[0].record
    for paper_id in (extra.paper_id, receipt.paper_id):
        desk.papers.print(paper_id)
        desk.papers.confirm(paper_id, came_out=True)
    desk.papers.reprint(receipt.paper_id, "another")
    sheet = desk.day_end.close()
    everything = [one for number in (first, second) for one in desk.papers.of_case(counter.file(number).case_id)]
    assert sheet.counts["cases"] == 2
    assert sheet.counts["papers"] == len(everything)
    assert sheet.counts["confirmed"] == sum(one.state is PaperState.CONFIRMED for one in everything) == 2
    assert sheet.counts["open"] == len(desk.papers.unsettled()) == sheet.counts["papers"] - 2
    assert sheet.counts["reprints"] == 1
    assert sheet.counts["unsent"] == counter.records.count_outbox()
    text = said(sheet.pdf)
    assert first in text
    assert second in text
    assert desk.papers.verify_pdf(sheet.pdf).verdict is Verdict.AUTHENTIC_UNKNOWN
    yesterday = desk.day_end.close(clock.today() - timedelta(days=1))
    assert yesterday.counts["cases"] == yesterday.counts["papers"] == 0
