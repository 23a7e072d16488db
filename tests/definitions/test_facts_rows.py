"""Rows of FACTS section 3 come out as the fact sheet says; expected values are typed from there."""

import pytest
from tests.definitions.conftest import Assess
from tests.definitions.facts import EMPLOYED, HERE, left, of, only, option, wages
from tests.definitions.rows import Row, check_row

CHOICE = ["inspection", "arbitration"]

ROWS = [
    Row(1, EMPLOYED, wages(), CHOICE, "inspection", "只能先走一条", cited=("劳动争议调解仲裁法", "9")),
    Row(2, left("2026-03-20"), wages("denies"), CHOICE, "arbitration", "满一年", cited=("劳动争议调解仲裁法", "27")),
    Row(
        3,
        left("2025-09-20"),
        wages("denies", claim_proof=True, claim_kind="complaint", last_claim_on="2026-05-20"),
        ["arbitration"],
        "arbitration",
        "投诉回执",
        {"arbitration": "open"},
        ("劳动人事争议仲裁办案规则", "27"),
    ),
    Row(
        4,
        left("2025-09-20"),
        wages("denies", claim_proof=False),
        CHOICE,
        "inspection",
        "未满二年",
        {"inspection": "open", "arbitration": "warn"},
        ("劳动保障监察条例", "20"),
    ),
    Row(
        5, EMPLOYED, of("wages_below_minimum"), CHOICE, "inspection", "百分之五十以上", cited=("劳动保障监察条例", "26")
    ),
    Row(6, EMPLOYED, wages("iou"), ["court", *CHOICE], "court", "直接向人民法院起诉", cited=("民法典", "188")),
    Row(7, EMPLOYED, of("overtime_pay"), CHOICE, "arbitration", "单位承担不利后果", cited=("劳动合同法", "85")),
    Row(
        8,
        EMPLOYED,
        of("unlawful_practice", practice="overtime_excess", confidential=False),
        ["inspection", "report"],
        "inspection",
        "一百元以上五百元以下",
        cited=("劳动法", "41"),
    ),
    Row(
        9,
        EMPLOYED,
        of("contract_unsigned", contract_claim="sign"),
        ["inspection"],
        "inspection",
        "责令单位改正",
        cited=("劳动保障监察条例", "24"),
    ),
    Row(
        10,
        {**EMPLOYED, "hired_on": "2025-12-15"},
        of("contract_unsigned", contract_claim="double_wages"),
        ["arbitration"],
        "arbitration",
        "按月计算",
        cited=("劳动合同法", "82"),
    ),
    Row(
        11,
        left("2026-10-20"),
        of("employment_ended", ending_claim="damages"),
        ["arbitration"],
        "arbitration",
        "由单位举证",
        cited=("劳动合同法", "87"),
    ),
    Row(
        12,
        left("2026-10-20"),
        of("employment_ended", ending_claim="reinstatement"),
        ["arbitration"],
        "arbitration",
        "不能继续履行",
        cited=("最高法审理劳动争议案件解释二", "16"),
    ),
    Row(
        13,
        left("2026-08-20"),
        of("employment_ended", ending_claim="agreed_compensation"),
        CHOICE,
        "inspection",
        "只能先走一条",
        cited=("劳动合同法", "85"),
    ),
    Row(
        14,
        left("2026-10-20"),
        of("employment_ended", ending_claim="ending_disputed"),
        ["arbitration"],
        "arbitration",
        "监察难以处理",
        cited=("劳动人事争议仲裁办案规则", "2"),
    ),
    Row(
        15,
        EMPLOYED,
        of("social_insurance", insurance_problem="not_registered"),
        ["inspection", "tax_collector"],
        "inspection",
        "仲裁不处理补缴，以当地规定为准",
        cited=("社会保险法", "84"),
    ),
    Row(
        16,
        {},
        {"matter_kind": "social_insurance", "insurance_problem": "base_too_low"},
        ["tax_collector"],
        "tax_collector",
        "税务",
        cited=("社会保险法", "63"),
    ),
    Row(
        37,
        {**EMPLOYED, "employer_known": "contractor"},
        wages("unclear"),
        CHOICE,
        "inspection",
        "告示牌照片",
        {"inspection": "correct", "arbitration": "correct"},
        ("劳动人事争议仲裁办案规则", "7"),
    ),
    Row(
        49,
        {**EMPLOYED, "workplace": "neighbour", "registered": "here"},
        wages(),
        ["arbitration", "inspection"],
        "arbitration",
        "都可以选",
        {"arbitration": "open", "inspection": "elsewhere"},
        ("劳动人事争议仲裁办案规则", "8"),
    ),
    Row(
        50,
        {**EMPLOYED, "workplace": "neighbour", "registered": "neighbour"},
        wages("denies"),
        CHOICE,
        "arbitration",
        "书面说明并告知有管辖权的仲裁委",
        {"arbitration": "elsewhere", "inspection": "elsewhere"},
        ("劳动人事争议仲裁办案规则", "31"),
    ),
    Row(
        51,
        {**EMPLOYED, "visitor": "workers", "workers_total": 12},
        wages("denies"),
        CHOICE,
        "inspection",
        "推荐代表",
        cited=("劳动人事争议仲裁办案规则", "63"),
    ),
    Row(
        54,
        {},
        {"matter_kind": "award_unperformed", "award_due_on": "2026-09-30"},
        ["court_enforcement"],
        "court_enforcement",
        "生效证明",
        cited=("民事诉讼法", "250"),
    ),
    Row(
        55,
        left("2026-05-31"),
        of("employment_ended", "absent", ending_claim="damages"),
        ["court", "arbitration"],
        "court",
        "不予受理通知书",
        {"arbitration": "refused"},
        ("劳动人事争议仲裁办案规则", "39"),
    ),
    Row(
        56,
        left("2026-04-30"),
        wages("denies", "withdrawn"),
        CHOICE,
        "arbitration",
        "应当受理",
        {"arbitration": "open"},
        ("劳动人事争议仲裁办案规则", "35"),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row{row.number}")
def test_a_row_of_the_fact_sheet_comes_out_as_written(law: Assess, row: Row) -> None:
    check_row(law, row)


def test_the_day_a_year_after_leaving_is_inside_the_limit_and_the_next_day_is_not(law: Assess) -> None:
    inside = option(only(law, left("2025-11-20"), wages("denies")), "arbitration")
    outside = option(only(law, left("2025-11-19"), wages("denies", claim_proof=False)), "arbitration")
    assert (inside.standing, outside.standing) == ("open", "warn")


def test_an_application_over_a_year_late_is_received_and_the_risk_told_never_refused(law: Assess) -> None:
    facts = wages("denies", claim_proof=False, reported_within_two_years=False)
    matter = only(law, left("2020-01-01"), facts)
    arbitration = option(matter, "arbitration")
    assert arbitration.standing == "warn"
    assert arbitration.papers == ("receipt",)
    assert any("时效抗辩" in text["zh"] for text in matter.warnings)
    forbidden = [str(entry["text"]) for entry in matter.forbidden if entry["paper"] == "refusal_notice"]
    assert any("仲裁时效" in text for text in forbidden)


@pytest.mark.parametrize(("reported", "standing"), [(False, "refused"), (True, "warn"), ("unclear", "warn")])
def test_inspection_declines_only_what_nobody_found_or_reported_within_two_years(
    law: Assess, reported: object, standing: str
) -> None:
    facts = wages("denies", claim_proof=False, reported_within_two_years=reported)
    assert option(only(law, left("2024-11-19"), facts), "inspection").standing == standing


def test_the_last_day_of_two_years_is_still_open_for_inspection(law: Assess) -> None:
    facts = wages("denies", claim_proof=False)
    assert option(only(law, left("2024-11-20"), facts), "inspection").standing == "open"


def test_a_claim_made_after_the_year_was_over_interrupts_nothing(law: Assess) -> None:
    late = wages("denies", claim_proof=True, last_claim_on="2026-10-20")
    assert option(only(law, left("2025-09-20"), late), "arbitration").standing == "warn"


def test_what_is_in_arbitration_already_goes_on_there(law: Assess) -> None:
    matter = only(law, left("2026-08-31"), wages("denies", "pending"))
    assert {each.route: each.standing.value for each in matter.routes} == {
        "ongoing_procedure": "open",
        "inspection": "refused",
        "arbitration": "refused",
    }
    assert ("劳动保障监察条例", "21") in {(each.law, each.article) for each in option(matter, "inspection").basis}


def test_lack_of_competence_forbids_a_notice_of_non_acceptance_and_names_the_competent_office(law: Assess) -> None:
    visit = {**EMPLOYED, "workplace": "neighbour", "registered": "neighbour"}
    matter = only(law, visit, wages())
    assert option(matter, "arbitration").office == "arbitration_neighbour"
    assert option(matter, "inspection").office == "inspection_neighbour"
    assert option(matter, "arbitration").papers == ("receipt",)
    assert any("没有管辖权" in str(entry["text"]) for entry in matter.forbidden)


def test_inspection_goes_by_the_place_of_work_alone(law: Assess) -> None:
    visit = {**EMPLOYED, "workplace": "elsewhere", "registered": "here"}
    assert option(only(law, visit, wages()), "inspection").standing == "elsewhere"


def test_a_shop_sign_is_corrected_and_never_refused(law: Assess) -> None:
    matter = only(law, {**EMPLOYED, "employer_known": "shop_sign"}, wages())
    assert {each.standing.value for each in matter.routes} == {"correct"}


def test_nine_workers_are_told_of_no_representatives_and_ten_may_elect_them(law: Assess) -> None:
    def told(number: int) -> str:
        matter = only(law, {**EMPLOYED, "visitor": "workers", "workers_total": number}, wages())
        return "".join(text["zh"] for text in option(matter, "arbitration").tell)

    assert "三至五名代表" not in told(9)
    assert "三至五名代表" in told(10)
    assert "不推举也照样收件" in told(10)


def test_matters_of_one_visit_are_routed_on_their_own(law: Assess) -> None:
    assessment = law(left("2026-10-31"), wages(), of("employment_ended", ending_claim="damages"))
    first, second = assessment.matters
    assert [each.route for each in first.routes if each.recommended] == ["inspection"]
    assert [each.route for each in second.routes] == ["arbitration"]
    assert assessment.next == ()


def test_somebody_not_concerned_reports_and_an_employer_arbitrates(law: Assess) -> None:
    report = only(law, {**HERE, "visitor": "bystander"}, wages())
    assert [each.route for each in report.routes] == ["report"]
    employer = only(law, {"visitor": "employer", "workplace": "here"}, of("other", rights_known_on="2026-09-01"))
    assert [each.route for each in employer.routes] == ["arbitration"]


@pytest.mark.parametrize(
    ("wish", "routes"), [("advice", set()), ("arbitration", {"arbitration"}), ("complaint", {"inspection"})]
)
def test_a_matter_not_listed_is_guided_and_papers_insisted_on_have_a_way_in(
    law: Assess, wish: str, routes: set[str]
) -> None:
    matter = only(law, EMPLOYED, of("other", other_wish=wish))
    assert [each.route for each in matter.routes if each.recommended] == ["guidance"]
    assert {each.route for each in matter.routes} == {"guidance"} | routes
    assert {each.papers for each in matter.routes if each.route in routes} <= {("receipt",)}


def test_zhejiang_declines_in_writing_what_is_in_arbitration(law: Assess) -> None:
    matter = only(law, left("2026-08-31"), wages("denies", "pending"), locality="330000")
    assert "浙江省劳动保障监察条例" in {each.law for each in option(matter, "inspection").basis}


def test_arrears_of_contributions_may_be_arbitrated_in_zhejiang_only(law: Assess) -> None:
    facts = of("social_insurance", insurance_problem="not_registered", rights_known_on="2026-09-01")
    assert [each.route for each in only(law, EMPLOYED, facts).routes] == ["inspection", "tax_collector"]
    local = only(law, EMPLOYED, facts, locality="330000")
    assert [each.route for each in local.routes] == ["inspection", "tax_collector", "arbitration"]
    assert {fired.locality for fired in local.trace if fired.row == "C15"} == {"330000"}
