"""The guard rails of papers: what the law does not allow in a state leaves by no door, and the article is named."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from tests.services.offices import District, Place

from window_app.cli.cases import _event_as_json, case_as_json
from window_app.clock import SystemClock
from window_app.domain.events import Actor, ActorKind, Confidentiality, EventType
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord
from window_app.i18n import Catalogue
from window_app.services.deciding import Decision, DecisionRefused
from window_app.services.issuing import Issuing, PaperForbidden
from window_app.services.papers import Papers

COMPLAINT, APPLICATION, INCOMPLETE = "01", "02", "08"


def stored(place: Place, number: str, kind: str) -> PaperRecord:
    """Put a paper of a kind into the store, as a foreign program or a later version might have."""
    case = place.file(number)
    record = place.desk.papers.of_case(case.case_id)[0].record
    made = replace(record, paper_id=new_id(SystemClock().now()), kind=kind)
    with place.records.unit_of_work() as work:
        work.add_paper(made)
    return made


def closed_at_every_door(place: Place, record: PaperRecord) -> PaperForbidden:
    """Try every door of the papers service; return the refusal."""
    found: list[PaperForbidden] = []
    for papers in (place.desk.papers, place.desk.papers_on("front")):
        for door in doors(papers, record.paper_id):
            with pytest.raises(PaperForbidden) as caught:
                door()
            found.append(caught.value)
        with pytest.raises(PaperForbidden) as caught:
            papers.preview(record)
        found.append(caught.value)
    assert place.desk.papers.get(record.paper_id).reprints == 0
    assert place.records.find_pdf(record.paper_id) is None
    return found[0]


def doors(papers: Papers, paper_id: UUID):
    reason = ("lost",)
    names = {"pdf": (), "print": (), "to_print": (), "reprint": reason, "to_reprint": reason, "print_reprint": reason}
    return [lambda name=name, said=said: getattr(papers, name)(paper_id, *said) for name, said in names.items()]


def allowed(place: Place, record: PaperRecord) -> bool:
    desk = place.desk
    try:
        Issuing(place.records, desk.definitions, desk.station, desk.clock).check(record)
    except PaperForbidden:
        return False
    return True


def told(error: PaperForbidden, language: str) -> str:
    return Catalogue(language).message(error)


DECISION_PAPERS = {
    "acceptance_notice": ("受理通知书", "第三十条"),
    "refusal_notice": ("不予受理通知书", "第三十一条"),
    "no_jurisdiction_notice": ("无管辖权告知书", "第三十一条"),
    "deferral_notice": ("暂缓受理告知书", "第六十九条"),
    "suspension_notice": ("中止审理通知书", "第四十七条"),
    "transfer_letter": ("移送函", "第九条"),
}


@pytest.mark.parametrize("kind", DECISION_PAPERS)
def test_a_decisions_paper_needs_the_office_s_recorded_decision(kind: str, counter: Place) -> None:
    record = stored(counter, counter.receive(APPLICATION), kind)
    refusal = closed_at_every_door(counter, record)
    title, article = DECISION_PAPERS[kind]
    assert title in told(refusal, "zh_CN")
    assert article in told(refusal, "zh_CN")
    assert "article" in told(refusal, "en")
    assert "《劳动人事争议仲裁办案规则》" in told(refusal, "en")


@pytest.mark.parametrize("kind", ["inspection_acceptance", "inspection_refusal"])
def test_a_decisions_paper_of_inspection_needs_its_recorded_decision(kind: str, counter: Place) -> None:
    refusal = closed_at_every_door(counter, stored(counter, counter.receive(COMPLAINT), kind))
    assert "《关于实施劳动保障监察条例若干规定》第十八条" in told(refusal, "zh_CN")


def test_the_acceptance_paper_comes_out_once_the_decision_is_recorded(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    record = stored(counter, number, "acceptance_notice")
    refusal = stored(counter, number, "refusal_notice")
    assert not allowed(counter, record)
    district.carry()
    arbitration.office.decide(number, Decision("accepted", ground="qualified"))
    district.carry()
    assert allowed(counter, record)
    closed_at_every_door(counter, refusal)


def test_a_decision_without_its_number_opens_no_paper(district: District, counter: Place, arbitration: Place) -> None:
    number = counter.receive(APPLICATION)
    record = stored(counter, number, "acceptance_notice")
    district.carry()
    file = arbitration.file(number)
    event = file.about(
        EventType.STATUS_CHANGED,
        facts={"state": "accepted", "ground": "qualified"},
        base={"status": str(file.state.status_event)},
        confidentiality=Confidentiality.RESTRICTED,
    )
    actor = Actor(ActorKind.OFFICE, "arbitration/z3")
    with arbitration.records.unit_of_work() as work:
        work.append(actor, [event])
    district.carry()
    assert counter.file(number).state.status == "accepted"
    closed_at_every_door(counter, record)


def test_lack_of_competence_and_limitation_are_no_ground_of_a_refusal(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    record = stored(counter, number, "refusal_notice")
    district.carry()
    for ground in ("limitation", "told_elsewhere", "no_jurisdiction"):
        with pytest.raises(DecisionRefused):
            arbitration.office.decide(number, Decision("refused", ground=ground))
    arbitration.office.decide(number, Decision("closed", ground="told_elsewhere"))
    district.carry()
    assert "第三十一条" in told(closed_at_every_door(counter, record), "zh_CN")
    assert allowed(counter, replace(record, kind="no_jurisdiction_notice"))


def test_missing_papers_are_no_ground_of_a_refusal_unless_they_stay_uncorrected(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    record = stored(counter, number, "refusal_notice")
    district.carry()
    uncorrected = Decision("refused", ground="respondent_uncorrected")
    with pytest.raises(DecisionRefused):
        arbitration.office.decide(number, uncorrected)
    arbitration.office.decide(number, Decision("returned", ground="incomplete", reason="被申请人名称与登记不符"))
    district.carry()
    closed_at_every_door(counter, record)
    made = arbitration.office.decide(number, uncorrected)
    assert made.decision_number
    district.carry()
    assert allowed(counter, record)


def test_the_one_time_notice_is_not_printed_after_the_decision(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    record = stored(counter, number, "notice_once")
    assert allowed(counter, record)
    district.carry()
    arbitration.office.decide(number, Decision("accepted", ground="qualified"))
    district.carry()
    assert "第二十九条第四款" in told(closed_at_every_door(counter, record), "zh_CN")


def test_a_paper_unknown_to_the_law_is_not_printed(counter: Place) -> None:
    record = stored(counter, counter.receive(APPLICATION), "decree")
    assert "decree" in told(closed_at_every_door(counter, record), "zh_CN")


def test_a_receipt_is_printed_and_reprinted_whatever_was_decided(
    district: District, counter: Place, arbitration: Place
) -> None:
    number = counter.receive(APPLICATION)
    (receipt, *_) = counter.desk.papers.of_case(counter.file(number).case_id)
    assert counter.desk.papers.pdf(receipt.record.paper_id).startswith(b"%PDF")
    district.carry()
    arbitration.office.decide(number, Decision("refused", ground="not_in_scope"))
    district.carry()
    assert counter.desk.papers.reprint(receipt.record.paper_id, "lost").startswith(b"%PDF")


def test_nothing_forbidden_is_made_at_the_receiving(counter: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the law says no, the receiving stops as a whole and no paper is left behind."""
    told_of: list[str] = []

    def forbid(self: Issuing, kind: str, route: str | None, facts: object) -> None:
        del self, route, facts
        told_of.append(kind)
        raise PaperForbidden(paper=kind, reason="", articles="")

    monkeypatch.setattr(Issuing, "check_new", forbid)
    before = counter.records.count_outbox()
    with pytest.raises(PaperForbidden):
        counter.receive(APPLICATION)
    assert told_of == ["receipt"]
    assert counter.records.count_outbox() == before
    assert counter.desk.papers.unsettled() == ()


@pytest.mark.parametrize("kind", ["receipt", "notice_once", "service_record", "risk_notice", "address_confirmation"])
def test_no_paper_names_an_informant(kind: str, counter: Place) -> None:
    number = counter.report()
    case = counter.file(number)
    other = counter.receive(COMPLAINT)
    sample = counter.desk.papers.of_case(counter.file(other).case_id)[0].record
    record = replace(sample, paper_id=new_id(SystemClock().now()), case_id=case.case_id, kind=kind, number=number)
    with counter.records.unit_of_work() as work:
        work.add_paper(record)
    refusal = closed_at_every_door(counter, record)
    assert "《劳动保障监察条例》第九条第三款" in told(refusal, "zh_CN")
    assert "《劳动保障监察条例》 article 9" in told(refusal, "en")


INFORMANT = {"name": "余方", "phone": "13800000020", "id_number": "110101199003070011"}


@pytest.fixture
def reported(counter: Place) -> str:
    """A report taken in with its informant's particulars; return its number."""
    return counter.report(informant=INFORMANT)


def test_an_informant_is_not_found(counter: Place, reported: str) -> None:
    for words in ("余方", "余", "yf", "13800000020", "0020", "好味来"):
        assert counter.desk.search.find(words) == ()
    (row,) = counter.desk.search.find(reported)
    assert (row.number, row.applicant) == (reported, "")


def test_an_informant_is_in_no_list(counter: Place, reported: str) -> None:
    tracking = counter.desk.tracking
    case = tracking.case(reported)
    assert case is not None
    rows = (*tracking.window(), *tracking.window_at(0, 10), case, counter.file(reported).row)
    assert len(rows) == 4
    assert INFORMANT["name"] not in str(rows)


def test_an_informant_is_handed_over_to_inspection_alone(
    district: District, counter: Place, arbitration: Place, inspection: Place, reported: str
) -> None:
    second = district.open("A2C1")
    district.carry()
    assert counter.desk.tracking.case(reported) is not None
    assert second.desk.tracking.case(reported) is None
    assert arbitration.office.queue() == ()
    assert arbitration.desk.tracking.case(reported) is None
    (row,) = inspection.office.queue()
    assert (row.row.number, row.row.applicant) == (reported, "")
    event = inspection.file(reported).receiving
    assert event.confidentiality is Confidentiality.CONFIDENTIAL
    assert event.tokens == ()
    assert not inspection.file(reported).held  # until it is opened on record
    opened = inspection.opened(reported)
    assert opened.answers["informant"] == {"anonymous": False, **INFORMANT}
    assert opened.row.applicant == ""
    assert [one.row.applicant for one in inspection.office.queue()] == [""]
    for feed in district.post.feeds.values():
        assert not [one for one in feed if any(value.encode() in one.envelope for value in INFORMANT.values())]


def test_an_informant_is_in_no_export(counter: Place, reported: str) -> None:
    file, names = counter.file(reported), counter.desk.clerks.names()
    shown = json.dumps(
        [case_as_json(file, names), *(_event_as_json(event, names) for event in file.events)],
        ensure_ascii=False,
        default=str,
    )
    for value in INFORMANT.values():
        assert value not in shown
