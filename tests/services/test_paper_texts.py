"""What the papers of a visit say, read from the printed PDF as a visitor reads it."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.services.visits import visit

from window_app.documents.signature import qr_text
from window_app.domain.events import EventType
from window_app.domain.papers import PaperRecord, Verdict
from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.services.desk import Desk

Drafts = Callable[[str], VisitDraft]
BEYOND_FONTS = "\U00031350"


@pytest.fixture
def printed(desk: Desk, tmp_path: Path) -> Callable[[UUID], str]:
    """Return the text of a paper's PDF without white space; it must be one page."""

    def text_of(paper_id: UUID) -> str:
        file = tmp_path / f"{paper_id}.pdf"
        file.write_bytes(desk.papers.pdf(paper_id))
        said = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode("utf-8")
        assert "第1页共1页" in "".join(said.split())
        return "".join(said.split())

    return text_of


def receipt_of(desk: Desk, draft: VisitDraft) -> PaperRecord:
    case = desk.receiving.receive(draft).cases[0]
    return desk.papers.of_case(case.case_id)[0].record


def slip_of(desk: Desk, draft: VisitDraft) -> PaperRecord:
    return desk.papers.get(desk.receiving.receive(draft).paper_ids[0]).record


def test_a_risk_of_limitation_stands_on_the_receipt(desk: Desk, draft_of: Drafts, printed: Any) -> None:
    text = printed(receipt_of(desk, draft_of("04")).paper_id)
    assert "风险提示" in text
    assert "对方提出时效抗辩的，请求可能得不到支持。" in text


def test_a_receipt_without_risks_has_no_such_part(desk: Desk, draft_of: Drafts, printed: Any) -> None:
    assert "风险提示" not in printed(receipt_of(desk, draft_of("01")).paper_id)


def test_what_only_the_clerk_must_know_is_not_printed(desk: Desk, draft_of: Drafts, printed: Any) -> None:
    draft = draft_of("05")
    (matter,) = desk.interview.assess(draft).matters
    assert any("值班人员" in warning["zh"] for warning in matter.warnings)
    text = printed(receipt_of(desk, draft).paper_id)
    assert "值班人员" not in text
    assert "投诉人何志强等12人" in text


@pytest.mark.parametrize(
    ("material", "tick", "kind", "kept"),
    [
        ("application", MaterialTick(MaterialState.ORIGINAL_SEEN), "原件（收取）", 1),
        ("application", MaterialTick(MaterialState.ORIGINAL_SEEN, 2), "原件（收取），副本 2 份", 3),
        ("identity", MaterialTick(MaterialState.ORIGINAL_SEEN), "原件（已核对，退回）", "—"),
        ("identity", MaterialTick(MaterialState.ORIGINAL_SEEN, 1), "原件已核对，收复印件 1 份", 1),
        ("identity", MaterialTick(MaterialState.COPY_TAKEN, 2), "复印件", 2),
        ("evidence", MaterialTick(MaterialState.ELECTRONIC), "电子件", "—"),
    ],
)
def test_the_receipt_says_what_stays_here_and_what_was_given_back(
    desk: Desk, draft_of: Drafts, material: str, tick: MaterialTick, kind: str, kept: object
) -> None:
    draft = replace(draft_of("02"), materials={material: tick})
    (line,) = receipt_of(desk, draft).content["values"]["materials"]
    assert (line["kind"], line["copies"]) == (kind, kept)


def test_the_notice_says_how_each_missing_material_is_to_be_handed_in(desk: Desk, draft_of: Drafts) -> None:
    ticks = {"evidence": MaterialTick(MaterialState.ORIGINAL_SEEN, 1)}
    draft = draft_of("02")
    two = [*draft.answers["respondents"], *draft.answers["respondents"]]
    draft = replace(draft, materials=ticks, answers={**draft.answers, "respondents": two})
    case = desk.receiving.receive(draft).cases[0]
    notice = desk.papers.of_case(case.case_id)[1].record.content["values"]
    wanted = {line["title"]: line["requirement"] for line in notice["missing"]}
    assert wanted["仲裁申请书（正本）"] == "请提交原件 1 份、副本 2 份"
    assert wanted["本人身份证件"] == "请提供原件核对，并交复印件 1 份"
    assert wanted["证据清单和证据"] == "请补交复印件或者副本 1 份"


def test_papers_handed_in_where_another_office_is_competent_are_answered_by_the_office_here(
    desk: Desk, draft_of: Drafts, printed: Any
) -> None:
    record = receipt_of(desk, draft_of("09"))
    text = printed(record.paper_id)
    assert "是否受理，由示范区劳动人事争议仲裁委员会依法审查决定" in text
    assert "有管辖权的仲裁委员会（邻区劳动人事争议仲裁委员会）申请；这不是不予受理" in text
    assert record.case_id is not None
    received = desk.tracking.history(record.case_id)[0]
    assert received.facts["office"] == "arbitration"
    assert received.readers == ("arbitration",)


def test_who_agreed_to_mediation_first_reads_that_acceptance_is_put_off(
    desk: Desk, draft_of: Drafts, printed: Any
) -> None:
    draft = desk.intake.set_field(draft_of("02"), "m1", "application", 0, "mediation_agreed", True)
    text = printed(receipt_of(desk, draft).paper_id)
    assert "您同意先行调解，示范区劳动人事争议仲裁委员会暂缓受理" in text
    assert "最晚答复日" not in text


def test_each_thing_told_stands_once_and_on_a_line_of_its_own(desk: Desk, draft_of: Drafts, printed: Any) -> None:
    record = slip_of(desk, draft_of("08"))
    (told,) = (block for block in record.content["blocks"] if block["id"] == "tell")
    texts = [item["text"] for item in told["items"]]
    assert len(texts) == len(set(texts)) > 3
    assert not any("少跑一趟" in part for part in texts)
    text = printed(record.paper_id)
    assert f"{len(texts)}．" in text
    assert "少跑一趟" not in text
    assert "去哪里办邻区劳动人事争议仲裁委员会" in text


def test_the_slip_of_a_report_does_not_say_who_reports(desk: Desk) -> None:
    matter = {"facts": {"matter_kind": "unlawful_practice", "practice": "child_labour"}}
    told = {"facts": {"visitor": "bystander"}, "answers": {"applicant": {"name": "举报某甲"}}}
    intake = {**told, "matters": [{**matter, "route": "report"}]}
    record = receipt_of(desk, desk.intake.from_json(intake))
    assert record.kind == "report_receipt"
    assert "举报" not in str(record.content)
    undecided = slip_of(desk, desk.intake.from_json({**told, "matters": [{**matter, "route": None}]}))
    assert "举报某甲" not in str(undecided.content)
    assert "当班负责人" not in str(undecided.content)


def test_the_qr_code_of_a_slip_is_known_here(desk: Desk, draft_of: Drafts) -> None:
    record = slip_of(desk, draft_of("16"))
    assert desk.papers.verify_qr(qr_text(record)).verdict is Verdict.AUTHENTIC


def test_the_job_asks_for_as_many_copies_as_the_paper_says(desk: Desk, draft_of: Drafts) -> None:
    assert desk.papers.print(receipt_of(desk, draft_of("01")).paper_id).endswith("-receipt-x2.pdf")
    assert desk.papers.print(slip_of(desk, draft_of("16")).paper_id).endswith("-guidance.pdf")


def test_a_character_of_no_font_is_named_by_its_code_point_and_in_no_envelope(
    desk: Desk, draft_of: Drafts, printed: Any
) -> None:
    draft = desk.intake.set_field(draft_of("02"), "m1", "applicant", 0, "name", f"张{BEYOND_FONTS}三")
    received = desk.receiving.receive(draft)
    assert received.unprintable == ("U+31350",)
    assert "receiving.warning.characters" in received.warnings
    assert desk.receiving.receive(draft) == received
    assert "U+31350" in printed(received.cases[0].paper_ids[0])
    streams = (draft.visit_id, received.cases[0].case_id)
    envelopes = [event for stream in streams for event in desk.tracking.history(stream)]
    assert not any(b"31350" in event.envelope_bytes for event in envelopes)
    body = next(event.body for event in envelopes if event.type == EventType.MATTER_RECEIVED)
    assert body is not None
    assert body["applicant"]["name"] == f"张{BEYOND_FONTS}三"


def test_characters_of_the_fonts_bring_no_warning(desk: Desk, draft_of: Drafts) -> None:
    received = desk.receiving.receive(draft_of("10"))
    assert received.unprintable == ()
    assert "receiving.warning.characters" not in received.warnings


def test_no_paper_of_the_collected_visits_says_what_the_law_does_not(desk: Desk) -> None:
    for number in range(1, 23):
        draft = desk.intake.from_json(visit(f"{number:02d}"))
        desk.receiving.receive(draft, clock_confirmed=True)
        for paper in desk.papers.of_visit(draft.visit_id):
            said = str(paper.record.content["blocks"])
            assert "15日" not in said, number
            assert "十五日" not in said, number
            assert "补正期限" not in said, number
