"""Each limit of FACTS section 1 the day before its border, on it and after it; the days are typed, not computed.

`STATED` says in the words of FACTS where each limit stands; beside a checkout that has FACTS the words are looked up.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.definitions.test_borders import BORDERS
from tests.definitions.test_every_limit import BACKWARDS, LIMITS, limit

from window_app.domain.assessment import Deadline
from window_app.forms import DefinitionSet
from window_app.rules.cells import compile_cell
from window_app.rules.source import Source
from window_app.rules.unary import NoReferences, parse_cell

FACTS = Path(__file__).resolve().parents[3] / "shared/law/FACTS.md"

# Limit: section of FACTS and words of its line. What FACTS section 1 does not have says so with "".
STATED: dict[str, tuple[str, str]] = {
    "service_by_notice": ("1.1", "公告送达: 自发出公告之日起 30 日"),
    "arbitration_limitation": ("1.2", "申请时效 | 1年, 自知道或应当知道权利被侵害之日 | 年"),
    "arbitration_limitation_pay": ("1.2", "劳动关系存续期间不受1年限制; 终止的自终止之日起1年 | 年"),
    "arbitration_limitation_ended": ("1.2", "申请时效 | 1年, 自知道或应当知道权利被侵害之日 | 年"),
    "civil_contract_limitation": ("1.2", "聘任制公务员 | 争议发生之日起 **60日** | 自然日"),
    "personnel_limitation": ("1.2", "事业单位人事争议 | 1年 | 年"),
    "receipt_at_once": ("1.2", "收件回执 | 收取材料即出具 | 当场"),
    "notice_once": ("1.2", "一次性告知补正 | 当场或 5日内, **一次性**、全部材料 | 工作日"),
    "arbitration_answer": ("1.2", "受理/不予受理决定 | 5日内出受理通知书或不予受理通知书 | 工作日"),
    "no_jurisdiction_answer": ("1.2", "5日内**书面说明并告知有管辖权的仲裁委**(不是不予受理通知书) | 工作日"),
    "arbitration_service": ("1.2", "申请书副本送达被申请人 | 受理后5日 | 工作日"),
    "arbitration_defence": ("1.2", "答辩 | 收到副本后10日 | 工作日"),
    "defence_service": ("1.2", "答辩书副本送达申请人 | 收到后5日 | 工作日"),
    "arbitration_tribunal": ("1.2", "组庭通知 | 受理之日起5日 | 工作日"),
    "counterclaim": ("1.2", "反申请 | 答辩期内提; 5日内决定 | 工作日"),
    "counterclaim_answer": ("1.2", "反申请 | 答辩期内提; 5日内决定 | 工作日"),
    "jurisdiction_objection": ("1.2", "管辖异议 | 答辩期满前书面提"),
    "challenge_decision": ("1.2", "回避决定 | 提出后3日 | 工作日"),
    "hearing_notice": ("1.2", "开庭通知 | 开庭5日前; 延期请求开庭3日前 | 工作日"),
    "postponement_request": ("1.2", "开庭通知 | 开庭5日前; 延期请求开庭3日前 | 工作日"),
    "claims_amendment": ("1.2", "增变请求 | 举证期限届满前"),
    "arbitration_award": ("1.2", "裁决 | 受理之日起45日, 可延15日(书面批准+书面通知) | **自然日**"),
    "arbitration_award_extended": ("1.2", "裁决 | 受理之日起45日, 可延15日(书面批准+书面通知) | **自然日**"),
    "entrusted_mediation": ("1.2", "委托调解 | 双方同意之日起10日未成即开庭 | 工作日"),
    "revocation_notice": ("1.2", "撤销案件通知 | 决定后5日, 决定书 | 工作日"),
    "collective_answer": ("1.2", "受理/不予受理决定 | 5日内出受理通知书或不予受理通知书 | 工作日"),
    "collective_notices": ("1.2", "组庭通知 | 受理之日起5日 | 工作日"),
    "service_by_posting": ("1.2", "留置/张贴送达 | 满3日视为送达"),
    "mediation_review_application": ("1.2", "调解协议生效之日起15日, 双方**共同**申请 | 自然日"),
    "mediation_review": ("1.2", "仲裁审查 | 5日, 可延5日 | 工作日"),
    "mediation_review_extended": ("1.2", "仲裁审查 | 5日, 可延5日 | 工作日"),
    "award_suit": ("1.2", "不服非终局裁决起诉 | 收到裁决书起15日, 双方 | 自然日"),
    "award_annulment": ("1.2", "终局裁决: 用人单位申请撤销 | 30日"),
    "annulled_suit": ("1.2", "撤销后起诉 | 收到裁定书起15日 | 自然日"),
    "enforcement_limit": ("1.2", "申请执行 | 2年 | 年"),
    "award_file_kept": ("1.2", "案卷保存 | 裁决≥10年; 调解及其他≥5年 | 年"),
    "other_file_kept": ("1.2", "案卷保存 | 裁决≥10年; 调解及其他≥5年 | 年"),
    "negotiation_response": ("1.3", "协商回应 | 5日内不回应视为不愿协商"),
    "enterprise_mediation_acceptance": ("1.3", "双方同意的, 3个工作日内受理"),
    "mediation_end": ("1.3", "收到申请之日起15日未达成→可仲裁"),
    "enterprise_mediation_end": ("1.3", "企业调解委: **受理**之日起15日"),
    "inspection_limit": ("1.4", "查处时限 | 违法行为发生之日起2年; 连续/继续状态自行为终了之日起 | 年"),
    "inspection_answer": ("1.4", "接到投诉之日起5个工作日内受理并**于受理之日立案** | 工作日"),
    "inspection_refusal": ("1.4", "超2年不予受理 | 5个工作日内决定并**书面**通知 | 工作日"),
    "inspection_redirection": ("1.4", "非监察事项/无管辖 | 告知/告知向有关部门提出"),
    "inspection_investigation": ("1.4", "调查 | 立案之日起60个工作日, 复杂延30 | 工作日"),
    "inspection_extension": ("1.4", "调查 | 立案之日起60个工作日, 复杂延30 | 工作日"),
    "inspection_decision": ("1.4", "调查完成后处理 | 15个工作日(可延) | 工作日"),
    "injury_application_employer": ("1.5", "工伤认定申请 | 单位30日; 职工/近亲属/工会1年"),
    "injury_application_worker": ("1.5", "工伤认定申请 | 单位30日; 职工/近亲属/工会1年"),
    "injury_decision": ("1.5", "工伤认定决定 | 60日; 事实清楚15日"),
    "injury_decision_clear": ("1.5", "工伤认定决定 | 60日; 事实清楚15日"),
    "ability_grading": ("1.5", "劳动能力鉴定 | 60日, 可延30日; 不服15日内申请省级再次鉴定"),
    "ability_grading_extended": ("1.5", "劳动能力鉴定 | 60日, 可延30日; 不服15日内申请省级再次鉴定"),
    "ability_review_application": ("1.5", "劳动能力鉴定 | 60日, 可延30日; 不服15日内申请省级再次鉴定"),
    "administrative_review_application": ("1.5", "复议60日; 直接诉讼6个月"),
    "administrative_suit": ("1.5", "复议60日; 直接诉讼6个月"),
    "leaving_certificate": ("1.5", "离职证明 | 解除终止时出具; 15日内办档案社保转移"),
    "transfer_after_leaving": ("1.5", "离职证明 | 解除终止时出具; 15日内办档案社保转移"),
    "unemployment_report": ("1.5", "失业名单备案 | 单位自终止解除之日起15日内告知经办机构"),
    "legal_aid_review": ("1.5", "法援审查 | 收到申请7日; 决定后3日指派"),
    "legal_aid_assignment": ("1.5", "法援审查 | 收到申请7日; 决定后3日指派"),
    "petition_reply": ("1.5", "能当场答复的**当场书面告知**, 否则15日"),
    "petition_objection": ("1.5", "转办不属职权5个工作日异议"),
    "petition_handling": ("1.5", "办理60日+30日; 复查30日; 复核30日"),
    "petition_handling_extended": ("1.5", "办理60日+30日; 复查30日; 复核30日"),
    "petition_review_request": ("1.5", "办理60日+30日; 复查30日; 复核30日"),
    "petition_review": ("1.5", "办理60日+30日; 复查30日; 复核30日"),
    "petition_recheck_request": ("1.5", "办理60日+30日; 复查30日; 复核30日"),
    "petition_recheck": ("1.5", "办理60日+30日; 复查30日; 复核30日"),
    "civil_review_application": ("1.5", "30日复核; 复核后15日申诉; 或30日直接申诉"),
    "civil_appeal_after_review": ("1.5", "30日复核; 复核后15日申诉; 或30日直接申诉"),
    "arrears_list_objection": ("1.5", "告知后异议5工作日, 核实5工作日"),
    "arrears_list_verification": ("1.5", "告知后异议5工作日, 核实5工作日"),
    "arrears_list_decision": ("1.5", "列入决定20+20工作日; 期3年"),
    "arrears_list_decision_extended": ("1.5", "列入决定20+20工作日; 期3年"),
    "arrears_list_term": ("1.5", "列入决定20+20工作日; 期3年"),
    "arrears_list_removal_decision": ("1.5", "提前移出申请15工作日; 移出10工作日"),
    "arrears_list_removal": ("1.5", "提前移出申请15工作日; 移出10工作日"),
    # 民法典188: not one of the counter's own limits, so no line of section 1.
    "civil_limitation": ("", ""),
    # The ticket's own last day, and the same 15 days of mediation seen from the counter's receipt.
    "hotline_reply": ("", ""),
    # 社会保险经办条例 24: the agency's own time for a benefit, which section 1 does not list.
    "unemployment_benefit_answer": ("", ""),
    "mediation_result": ("1.3", "收到申请之日起15日未达成→可仲裁"),
}

# FACTS 1.1: the last day of a natural period rolls; these do not, and why.
NEVER_ROLLED = {
    "service_by_notice": "a length after which service is taken to have happened",
    "inspection_limit": "bars the office from acting, and is no period for anybody's act (条例20)",
    "award_file_kept": "how long a file is kept",
    "other_file_kept": "how long a file is kept",
    "arrears_list_term": "how long an entry stands",
    "receipt_at_once": "at once",
    "leaving_certificate": "at once",
    "claims_amendment": "another limit's own last day",
    "hotline_reply": "the ticket's own last day",
    "mediation_result": "after it one may go on to arbitration; a roll would only hold the visitor up",
}

# Starts from which the last day is the last before the national holidays of 2026, the first of them (which rolls to
# 2026-10-08) and the first day after them. Working days: from the day before the eve of Labour Day 2026, the eve and
# the day itself; the first of each is FACTS 1.6's own where it has it (5, 10 and 60).
LAST_BEFORE, FIRST_OFF, FIRST_AFTER = "2026-09-30", "2026-10-01", "2026-10-08"
NATURAL: dict[tuple[int, str], tuple[str, str, str]] = {
    (0, "days"): ("2026-09-30", "2026-10-01", "2026-10-08"),
    (3, "days"): ("2026-09-27", "2026-09-28", "2026-10-05"),
    (5, "days"): ("2026-09-25", "2026-09-26", "2026-10-03"),
    (7, "days"): ("2026-09-23", "2026-09-24", "2026-10-01"),
    (15, "days"): ("2026-09-15", "2026-09-16", "2026-09-23"),
    (30, "days"): ("2026-08-31", "2026-09-01", "2026-09-08"),
    (45, "days"): ("2026-08-16", "2026-08-17", "2026-08-24"),
    (60, "days"): ("2026-08-01", "2026-08-02", "2026-08-09"),
    (90, "days"): ("2026-07-02", "2026-07-03", "2026-07-10"),
    (6, "months"): ("2026-03-30", "2026-04-01", "2026-04-08"),
    (1, "years"): ("2025-09-30", "2025-10-01", "2025-10-08"),
    (2, "years"): ("2024-09-30", "2024-10-01", "2024-10-08"),
    (3, "years"): ("2023-09-30", "2023-10-01", "2023-10-08"),
    (5, "years"): ("2021-09-30", "2021-10-01", "2021-10-08"),
    (10, "years"): ("2016-09-30", "2016-10-01", "2016-10-08"),
}
WORKED_STARTS = ("2026-04-29", "2026-04-30", "2026-05-01")
WORKED: dict[int, tuple[str, str, str]] = {
    3: ("2026-05-07", "2026-05-08", "2026-05-08"),
    5: ("2026-05-09", "2026-05-11", "2026-05-11"),
    10: ("2026-05-15", "2026-05-18", "2026-05-18"),
    15: ("2026-05-22", "2026-05-25", "2026-05-25"),
    20: ("2026-05-29", "2026-06-01", "2026-06-01"),
    40: ("2026-06-29", "2026-06-30", "2026-06-30"),
    60: ("2026-07-27", "2026-07-28", "2026-07-28"),
    90: ("2026-09-07", "2026-09-08", "2026-09-08"),
}
# The hearing: the last day for what has to happen so many working days before it.
BEFORE: dict[int, dict[str, str]] = {
    3: {"2026-09-30": "2026-09-24", "2026-10-08": "2026-09-28", "2026-10-09": "2026-09-29"},
    5: {"2026-09-30": "2026-09-22", "2026-10-08": "2026-09-23", "2026-10-09": "2026-09-24"},
}


def expected(code: str) -> list[tuple[str, str]]:
    """Return three starts of a limit with the typed last day of each."""
    amount, unit, _ = LIMITS[code]
    if code in BACKWARDS:
        return list(BEFORE[amount].items())
    if unit == "workdays":
        return list(zip(WORKED_STARTS, WORKED[amount], strict=True))
    rolled = FIRST_OFF if code in NEVER_ROLLED else FIRST_AFTER
    return list(zip(NATURAL[amount, unit], (LAST_BEFORE, rolled, FIRST_AFTER), strict=True))


def found(definitions: DefinitionSet, code: str, start: str) -> Deadline:
    """Return a limit of the published definitions from a start."""
    fact = LIMITS[code][2]
    employed = {"employed": False} if fact == "employment_ended_on" else {}
    answer = limit(definitions, code, **employed, **{fact: start})
    assert isinstance(answer, Deadline), answer
    return answer


@pytest.mark.parametrize("code", LIMITS)
def test_a_limit_ends_the_day_before_on_and_after_its_border_as_typed(definitions: DefinitionSet, code: str) -> None:
    days = expected(code)
    assert [found(definitions, code, start).due_on.isoformat() for start, _ in days] == [last for _, last in days]


@pytest.mark.parametrize("code", sorted(LIMITS.keys() - BACKWARDS - NEVER_ROLLED.keys()))
def test_a_limit_is_kept_the_day_before_and_on_its_last_day_and_missed_the_day_after(
    definitions: DefinitionSet, code: str
) -> None:
    for start, last in expected(code):
        day, raw = date.fromisoformat(last), found(definitions, code, start).raw_on
        kept = [definitions.calendars.in_time_from(day + timedelta(days=step)) <= raw for step in (-1, 0)]
        assert kept == [True, True]
        after = definitions.calendars.roll(day + timedelta(days=1)).on
        assert definitions.calendars.in_time_from(after + timedelta(days=1)) > raw


# Border of a table: its start, then filed the day before, on and after the border, and whether the cell passes.
# Years and days as FACTS 1.2, 1.4 and 1.5 say; 2026-10-08 is where FACTS 1.6 rolls the first week of October.
TURNS: dict[tuple[str, str], tuple[str, tuple[str, str, str], tuple[bool, bool, bool]]] = {
    ("since_end", "<= P1Y"): ("2025-10-03", ("2026-10-07", "2026-10-08", "2026-10-09"), (True, True, False)),
    ("since_end", "> P1Y"): ("2025-10-03", ("2026-10-07", "2026-10-08", "2026-10-09"), (False, False, True)),
    ("since_last_claim", "<= P1Y"): ("2024-02-29", ("2025-02-27", "2025-02-28", "2025-03-01"), (True, True, False)),
    ("since_last_claim", "> P1Y"): ("2024-02-29", ("2025-02-27", "2025-02-28", "2025-03-01"), (False, False, True)),
    ("since_known", "> P1Y"): ("2025-10-03", ("2026-10-07", "2026-10-08", "2026-10-09"), (False, False, True)),
    ("since_injured", "> P1Y"): ("2025-11-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_hired", "> P2Y"): ("2024-11-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_end", "> P2Y"): ("2024-11-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_end", "<= P2Y"): ("2024-11-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (True, True, False)),
    ("since_award_due", "> P2Y"): ("2024-11-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_end", "(P1Y..P2Y]"): ("2024-11-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (True, True, False)),
    ("since_end", "<= P9M"): ("2026-02-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (True, True, False)),
    ("since_end", "(P9M..P1Y]"): ("2026-02-19", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("days_since_known", "> P60D"): ("2026-09-20", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_accepted", "> P45D"): ("2026-04-29", ("2026-06-14", "2026-06-15", "2026-06-16"), (False, False, True)),
    ("since_accepted", "> P60D"): ("2026-09-20", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_agreement", "> P15D"): ("2026-09-18", ("2026-10-07", "2026-10-08", "2026-10-09"), (False, False, True)),
    ("since_document", "> P15D"): ("2026-09-30", ("2026-10-14", "2026-10-15", "2026-10-16"), (False, False, True)),
    ("since_document", "> P30D"): ("2026-10-20", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
    ("since_document", "> P60D"): ("2026-09-20", ("2026-11-18", "2026-11-19", "2026-11-20"), (False, False, True)),
}
# Between two dates that the visitor tells; nothing rolls between them.
BETWEEN: dict[tuple[str, str], tuple[str, tuple[str, str, str], tuple[bool, bool, bool]]] = {
    ("claim_delay", "<= P1Y"): ("2025-03-20", ("2026-03-19", "2026-03-20", "2026-03-21"), (True, True, False)),
    ("claim_delay", "not <= P1Y"): ("2025-03-20", ("2026-03-19", "2026-03-20", "2026-03-21"), (False, False, True)),
}
# A day of the law itself, a number, an amount: just under, on and above the border.
OUTRIGHT: dict[tuple[str, str], tuple[tuple[Any, Any, Any], tuple[bool, bool, bool]]] = {
    ("act_on", "(*..2025-08-31]"): (("2025-08-30", "2025-08-31", "2025-09-01"), (True, True, False)),
    ("act_on", "[2026-07-01..*)"): (("2026-06-30", "2026-07-01", "2026-07-02"), (False, True, True)),
    ("act_on", "not >= 2026-07-01"): (("2026-06-30", "2026-07-01", "2026-07-02"), (True, False, False)),
    ("applied_on", "[2025-09-01..*)"): (("2025-08-31", "2025-09-01", "2025-09-02"), (False, True, True)),
    ("workers_total", ">= 10"): ((9, 10, 11), (False, True, True)),
    ("owed_total", ">= 30000"): (("29999.99", "30000", "30000.01"), (False, True, True)),
}


def passes(definitions: DefinitionSet, fact: str, border: str, facts: dict[str, Any]) -> bool:
    """Tell whether a border's cell passes for facts as they are completed on the day of filing."""
    vocabulary = definitions.vocabulary
    text = f"not({border.removeprefix('not ')})" if border.startswith("not ") else border
    cell = parse_cell(Source(text), vocabulary.get(fact), NoReferences())
    assert cell is not None
    known = vocabulary.complete(facts)
    return compile_cell(cell)(known[fact], known)


@pytest.mark.parametrize(("fact", "border"), [*TURNS, *BETWEEN])
def test_a_border_of_a_table_turns_on_its_day_and_not_before_or_after(
    definitions: DefinitionSet, fact: str, border: str
) -> None:
    start, days, answers = {**TURNS, **BETWEEN}[fact, border]
    derivation = definitions.vocabulary.get(fact).derivation
    assert derivation is not None
    first, second = derivation.sources
    for day, answer in zip(map(date.fromisoformat, days), answers, strict=True):
        filed = definitions.calendars.in_time_from(day) if (fact, border) in TURNS else day
        told = {first: date.fromisoformat(start), second: filed}
        assert passes(definitions, fact, border, told) is answer, day


@pytest.mark.parametrize(("fact", "border"), OUTRIGHT)
def test_a_border_of_a_day_a_number_or_an_amount_turns_where_the_law_says(
    definitions: DefinitionSet, fact: str, border: str
) -> None:
    values, answers = OUTRIGHT[fact, border]
    told: dict[str, Any]
    for value, answer in zip(values, answers, strict=True):
        if fact == "workers_total":
            told = {"workers": [{} for _ in range(value)]}
        elif fact == "owed_total":
            told = definitions.vocabulary.read_facts({"workers": [{"owed": value}]})
        else:
            told = {fact: date.fromisoformat(value)}
        assert passes(definitions, fact, border, told) is answer, value


def test_every_limit_and_every_border_of_a_table_is_typed_here() -> None:
    assert STATED.keys() == LIMITS.keys()
    assert {*TURNS, *BETWEEN, *OUTRIGHT} == set(BORDERS)


def test_the_words_that_state_each_limit_stand_in_the_fact_sheet() -> None:
    if not FACTS.is_file():
        pytest.skip("no FACTS beside this checkout")
    sections: dict[str, str] = {}
    for part in FACTS.read_text(encoding="utf-8").split("\n### ")[1:]:
        sections.setdefault(part.split(" ", 1)[0], part.split("\n## ", 1)[0])
    missing = [code for code, (section, words) in STATED.items() if words not in sections.get(section, "")]
    assert [code for code in missing if STATED[code] != ("", "")] == []
