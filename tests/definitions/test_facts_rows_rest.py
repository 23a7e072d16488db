"""Rows 17 to 48, 52 and 53 of FACTS section 3; expected values are typed from there."""

from typing import Any

import pytest
from tests.definitions.conftest import Assess
from tests.definitions.facts import EMPLOYED, HERE, left, of, wages
from tests.definitions.rows import Row, check_row

CHOICE = ["inspection", "arbitration"]
ARBITRATION = ["arbitration"]
LEFT = left("2026-10-20")
RETIRED = {**EMPLOYED, "capacity": "retired"}
HURT = "2026-08-10"


def hurt(problem: str, **more: Any) -> dict[str, Any]:
    """Return the facts of a work injury."""
    return of("work_injury", injury_problem=problem, rights_known_on="2026-09-01", **more)


def ended(claim: str, **more: Any) -> dict[str, Any]:
    """Return the facts of an ending."""
    return of("employment_ended", ending_claim=claim, **more)


def someone(capacity: str, visit: dict[str, Any] = EMPLOYED) -> dict[str, Any]:
    """Return the facts of a worker of another capacity."""
    return {**visit, "capacity": capacity}


ROWS = [
    Row(
        17,
        LEFT,
        of("social_insurance", insurance_problem="benefit_lost", rights_known_on="2026-09-01"),
        ARBITRATION,
        "arbitration",
        "不能补办、无法享受待遇的证明",
        cited=("最高法审理劳动争议案件解释一", "1"),
        limits=("arbitration_limitation",),
    ),
    Row(
        18,
        LEFT,
        of("social_insurance", insurance_problem="waiver_resigned", rights_known_on="2026-09-01"),
        ARBITRATION,
        "arbitration",
        "要求返还已经发给您的社保补贴",
        cited=("最高法审理劳动争议案件解释二", "19"),
        limits=("arbitration_limitation",),
    ),
    Row(
        19,
        {"visitor": "worker", "capacity": "ordinary"},
        {"matter_kind": "work_injury", "injury_problem": "not_certified", "injured_on": HURT},
        ["injury_certification"],
        "injury_certification",
        "劳动关系证明",
        cited=("工伤保险条例", "17"),
        limit="一年",
        limits=("injury_application_worker", "injury_application_employer"),
    ),
    Row(
        20,
        EMPLOYED,
        hurt("relation_denied", injured_on=HURT),
        ["arbitration", "injury_certification"],
        "arbitration",
        "不计入工伤认定一年的申请期，但仍建议现在就递交",
        cited=("最高法审理工伤保险行政案件规定", "7"),
        limit="不计入",
    ),
    Row(
        21,
        EMPLOYED,
        hurt("benefits_unpaid"),
        ARBITRATION,
        "arbitration",
        "由工伤保险基金支付的，找经办机构",
        cited=("工伤保险条例", "54"),
        limits=("arbitration_limitation",),
    ),
    Row(
        22,
        {},
        {"matter_kind": "work_injury", "injury_problem": "level_disputed", "document_received_on": "2026-11-10"},
        ["ability_committee"],
        "ability_committee",
        "最终结论",
        cited=("工伤保险条例", "26"),
        limits=("ability_review_application",),
    ),
    Row(
        23,
        {},
        {
            "matter_kind": "work_injury",
            "injury_problem": "certification_disputed",
            "document_received_on": "2026-11-10",
        },
        ["administrative_review"],
        "administrative_review",
        "复议六十日，直接诉讼六个月",
        cited=("工伤保险条例", "55"),
        limits=("administrative_review_application", "administrative_suit"),
    ),
    Row(
        24,
        EMPLOYED,
        hurt("uninsured"),
        ARBITRATION,
        "arbitration",
        "先取得工伤认定",
        cited=("工伤保险条例", "62"),
    ),
    Row(
        25,
        EMPLOYED,
        of("unlawful_practice", practice="papers_withheld", confidential=False),
        ["inspection", "report"],
        "inspection",
        "每人五百元以上二千元以下",
        cited=("劳动合同法", "84"),
        limits=("inspection_limit",),
    ),
    Row(
        26,
        {"visitor": "bystander", "workplace": "here"},
        {"matter_kind": "unlawful_practice", "practice": "child_labour"},
        ["report", "inspection"],
        "report",
        "为举报人保密",
        cited=("禁止使用童工规定", "5"),
        limit="立即",
        warned="立即报告当班负责人",
    ),
    Row(
        27,
        EMPLOYED,
        of("unlawful_practice", practice="women_minors", confidential=False),
        CHOICE,
        "inspection",
        "每人一千元以上五千元以下",
        cited=("女职工劳动保护特别规定", "14"),
    ),
    Row(
        28,
        LEFT,
        ended("pregnancy"),
        ARBITRATION,
        "arbitration",
        "可以要求继续履行",
        cited=("女职工劳动保护特别规定", "14"),
        limits=("arbitration_limitation_ended",),
    ),
    Row(
        29,
        EMPLOYED,
        of("annual_leave", rights_known_on="2026-09-01"),
        CHOICE,
        "inspection",
        "其中包含正常工作期间的工资，所以通常另付百分之二百",
        cited=("职工带薪年休假条例", "7"),
        limit="地方口径不一",
    ),
    Row(30, LEFT, ended("certificate"), CHOICE, "inspection", "造成损失的可以要求赔偿", cited=("劳动合同法", "50")),
    Row(
        31,
        LEFT,
        of("covenant", covenant_claim="penalty", rights_known_on="2026-09-01"),
        ARBITRATION,
        "arbitration",
        "单位也可以作申请人",
        cited=("劳动合同法", "23"),
    ),
    Row(
        32,
        {"visitor": "employer", "workplace": "here", "capacity": "ordinary"},
        of("covenant", covenant_claim="penalty", rights_known_on="2026-09-01"),
        ARBITRATION,
        "arbitration",
        "加盖公章的申请书、营业执照副本复印件和法定代表人身份证明",
        cited=("劳动人事争议仲裁办案规则", "30"),
        limits=("arbitration_limitation",),
    ),
    Row(
        33,
        someone("dispatched"),
        wages("denies"),
        ["arbitration", "inspection"],
        "arbitration",
        "共同被申请人，申请书副本两份",
        cited=("劳动争议调解仲裁法", "22"),
    ),
    Row(
        34,
        someone("platform"),
        of("employment_relation"),
        ARBITRATION,
        "arbitration",
        "根据用工事实认定",
        cited=("劳动人事争议仲裁办案规则", "2"),
    ),
    Row(
        35,
        someone("platform"),
        wages("denies"),
        ["mediation", "inspection", "court"],
        "mediation",
        "按书面协议和民事法律处理",
        cited=("关于维护新就业形态劳动者劳动保障权益的指导意见", "十九"),
    ),
    Row(
        36,
        {**EMPLOYED, "visitor": "workers", "workers_total": 35, "employer_known": "site"},
        wages("unclear"),
        ["inspection", "construction_authority", "arbitration"],
        "inspection",
        "由施工总承包单位先行清偿",
        cited=("保障农民工工资支付条例", "63"),
        limit="立即",
        warned="应急周转金线索",
    ),
    Row(
        38,
        left("2026-08-31", employer_known="deregistered"),
        wages("denies"),
        ARBITRATION,
        "arbitration",
        "注销登记信息",
        {"arbitration": "correct"},
        ("劳动人事争议仲裁办案规则", "6"),
        limits=("arbitration_limitation_pay",),
    ),
    Row(
        39,
        {**EMPLOYED, "employer_known": "unlicensed"},
        wages("denies"),
        CHOICE,
        "inspection",
        "老板（出资人）",
        cited=("劳动保障监察条例", "33"),
        warned="通报市场监管部门",
    ),
    Row(
        40,
        RETIRED,
        wages(act_on="2026-08-31"),
        CHOICE,
        "inspection",
        "不再一概按劳务处理",
        cited=("超龄劳动者基本权益保障暂行规定", "20"),
    ),
    Row(
        41,
        {**LEFT, "capacity": "retired"},
        ended("compensation_disputed", act_on="2026-08-31"),
        ["court"],
        "court",
        "报酬、休息休假、劳动安全卫生、工伤保障以外的争议走法院",
        cited=("超龄劳动者基本权益保障暂行规定", "19"),
        limit="三年",
    ),
    Row(
        42,
        RETIRED,
        hurt("not_certified", act_on="2026-08-10", injured_on="2026-08-10"),
        ["injury_certification", "arbitration"],
        "injury_certification",
        "享受工伤保障",
        cited=("超龄劳动者基本权益保障暂行规定", "15"),
        limits=("injury_application_worker", "injury_application_employer"),
    ),
    Row(
        43,
        {**LEFT, "capacity": "delayed"},
        ended("damages"),
        ARBITRATION,
        "arbitration",
        "仍适用劳动合同法",
        cited=("劳动合同法", "87"),
    ),
    Row(
        44,
        someone("household"),
        wages("denies"),
        ["court", "people_mediation"],
        "court",
        "家政公司、单位的员工，按劳动争议",
        cited=("最高法审理劳动争议案件解释一", "2"),
    ),
    Row(
        45,
        someone("establishment"),
        of("personnel", personnel_problem="decision"),
        ["personnel_review"],
        "personnel_review",
        "复核、提出申诉",
        cited=("事业单位人事管理条例", "38"),
    ),
    Row(
        46,
        someone("establishment"),
        of("personnel", personnel_problem="contract", rights_known_on="2026-09-01"),
        ARBITRATION,
        "arbitration",
        "聘用合同",
        cited=("事业单位人事管理条例", "37"),
        limit="一年",
    ),
    Row(
        47,
        someone("institution_contract"),
        of("overtime_pay"),
        CHOICE,
        "arbitration",
        "编外合同工按劳动关系",
        cited=("劳动合同法", "85"),
    ),
    Row(
        48,
        someone("civil_contract"),
        of("personnel", personnel_problem="contract", rights_known_on="2026-11-01"),
        ["civil_commission", "arbitration"],
        "civil_commission",
        "六十日内",
        cited=("公务员法", "105"),
        limit="六十日",
        limits=("civil_contract_limitation",),
    ),
    Row(
        52,
        HERE,
        {
            "matter_kind": "mediation_agreement",
            "agreement_subject": "pay",
            "agreement_confirmed": False,
            "agreement_effective_on": "2026-11-10",
            "earlier_procedure": "none",
            "rights_known_on": "2026-11-01",
        },
        ["payment_order", "arbitration", "arbitration_review"],
        "payment_order",
        "申请支付令",
        cited=("劳动争议调解仲裁法", "16"),
    ),
    Row(
        53,
        {},
        {
            "matter_kind": "arbitration_overdue",
            "overdue_kind": "no_award",
            "accepted_on": "2026-09-01",
            "award_extended": False,
            "award_paused": False,
        },
        ["court", "ongoing_procedure"],
        "court",
        "受理通知书",
        cited=("劳动争议调解仲裁法", "43"),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row{row.number}")
def test_a_row_of_the_fact_sheet_comes_out_as_written(law: Assess, row: Row) -> None:
    check_row(law, row)


def test_every_row_of_the_fact_sheet_has_a_test() -> None:
    from tests.definitions.test_facts_rows import ROWS as FIRST

    assert sorted(row.number for row in (*FIRST, *ROWS)) == list(range(1, 57))
