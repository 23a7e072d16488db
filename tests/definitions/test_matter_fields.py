"""What the law asks of each application, held against the forms; a form that lacks one of it is found out.

The lists are written from FACTS section 4 and the articles it names, not from the definition files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from window_app.app import practice_station
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.forms import DefinitionSet, FormFilling, MatterDefinition
from window_app.services.judging import Judge
from window_app.services.practice import SampleClock

ON = date(2026, 11, 20)

# 规则29(一): 劳动者的姓名、性别、出生日期、身份证件号码、住所、通讯地址和联系电话
WORKER = {"name", "sex", "birth_date", "id_number", "residence", "postal_address", "phone"}
# 就业促进法43、经办条例31: 身份证件上的情况，和怎样找到本人
PERSON = {"name", "sex", "birth_date", "id_number", "residence", "phone"}
# 法28: 另有职业、工作单位
WORKER_APPLYING = {*WORKER, "occupation", "work_unit"}
# 规则29(一): 用人单位的名称、住所、通讯地址、联系电话和法定代表人或者主要负责人的姓名、职务
EMPLOYER = {"name", "residence", "postal_address", "phone", "representative", "representative_title"}
# 规则29(二): 仲裁请求和所根据的事实、理由; 签名、日期
REQUEST: Mapping[str, set[str]] = {"claims": {"kind"}, "statement": {"facts_and_reasons"}, "application": {"signed_on"}}
# 规则29-3: 记入笔录，经申请人签名、盖章或者捺印确认
RECORD: Mapping[str, set[str]] = {"oral_record": {"recorder", "confirmed_by"}}


@dataclass(frozen=True)
class Asked:
    """What a form must ask for of somebody who comes with these facts, by section."""

    matter: str
    facts: Mapping[str, Any]
    fields: Mapping[str, set[str]]
    materials: frozenset[str]


ASKED = {
    "worker": Asked(
        "arbitration_application",
        {"visitor": "worker"},
        {"applicant": WORKER_APPLYING, "respondents": EMPLOYER, **REQUEST},
        frozenset({"application", "identity", "evidence"}),
    ),
    "employer": Asked(
        "arbitration_by_employer",
        {"visitor": "employer", "matter_kind": "covenant"},
        {"applicant": EMPLOYER, "respondents": WORKER, **REQUEST},
        frozenset({"application", "licence", "representative_identity", "evidence"}),
    ),
    "institution": Asked(
        "arbitration_personnel",
        {"visitor": "worker", "capacity": "establishment", "matter_kind": "personnel"},
        {"applicant": WORKER_APPLYING, "respondents": EMPLOYER, **REQUEST},
        frozenset({"application", "identity", "evidence", "appointment_contract"}),
    ),
    "civil servant by contract": Asked(
        "arbitration_personnel",
        {"visitor": "worker", "capacity": "civil_contract", "matter_kind": "personnel"},
        # 公务员法105，自争议发生之日起六十日内
        {
            "applicant": WORKER_APPLYING,
            "respondents": EMPLOYER,
            "appointment": {"contract_kind", "arose_on"},
            **REQUEST,
        },
        frozenset({"application", "identity", "evidence", "appointment_contract"}),
    ),
    "ten and more": Asked(
        "arbitration_collective",
        {"visitor": "workers", "workers_total": 12, "has_representatives": True, "matter_kind": "wages_unpaid"},
        {"applicant": WORKER_APPLYING, "respondents": EMPLOYER, **REQUEST},
        # 规则63，代表推选书
        frozenset({"application", "applicants_list", "identity", "evidence", "representatives_election"}),
    ),
    "union": Asked(
        "arbitration_collective_contract",
        {"visitor": "union", "matter_kind": "collective_contract"},
        # 规则63-2: 经协商解决不成的，工会可以依法申请
        {
            "applicant": EMPLOYER,
            "respondents": EMPLOYER,
            "collective_contract": {"title", "clause", "negotiated_on", "negotiation"},
            **REQUEST,
        },
        frozenset({"application", "union_registration", "collective_contract", "negotiation_proof", "evidence"}),
    ),
    "representatives without a union": Asked(
        "arbitration_collective_contract",
        {"visitor": "workers", "matter_kind": "collective_contract"},
        # 规则63-2: 由上级工会指导劳动者推举产生的代表
        {"applicant": WORKER, "respondents": EMPLOYER, "collective_contract": {"union_above"}, **REQUEST},
        frozenset({"application", "identity", "election_guided", "collective_contract", "negotiation_proof"}),
    ),
    "oral application": Asked(
        "arbitration_oral",
        {"visitor": "worker", "capacity": "ordinary", "matter_kind": "wages_unpaid", "spoken": True},
        {"applicant": WORKER_APPLYING, "respondents": EMPLOYER, **REQUEST, **RECORD},
        frozenset({"oral_record", "identity", "evidence"}),
    ),
    "complaint": Asked(
        "inspection_complaint",
        {"visitor": "worker"},
        # 若干规定14
        {
            "applicant": {"name", "sex", "birth_date", "occupation", "work_unit", "residence", "phone"},
            "respondents": {"name", "residence", "representative", "representative_title"},
            "requests": {"kind"},
            "violation": {"happened"},
        },
        frozenset({"complaint", "identity"}),
    ),
    "oral complaint": Asked(
        "inspection_oral",
        {"visitor": "worker", "spoken": True},
        {
            "applicant": {"name", "sex", "birth_date", "occupation", "work_unit", "residence", "phone"},
            "respondents": {"name", "residence", "representative", "representative_title"},
            "requests": {"kind"},
            "violation": {"happened"},
            **RECORD,
        },
        frozenset({"oral_record", "identity"}),
    ),
    "review": Asked(
        "mediation_review",
        {"visitor": "worker", "agreement_subject": "pay"},
        # 规则74: 共同申请; 审查申请书、调解协议、身份证明、资格证明; 双方的送达地址、电话
        {
            "applicant": {"name", "postal_address", "phone"},
            "respondents": {"name", "postal_address", "phone"},
            "agreement": {"organisation", "effective_on", "subject", "confirmed", "content"},
            "joint_application": {"both_apply", "request", "signed_on"},
        },
        frozenset({"review_application", "mediation_agreement", "identity", "licence"}),
    ),
    "mediation in writing": Asked(
        "mediation_application",
        {"visitor": "worker", "spoken": False},
        # 规定21: 申请人基本情况、调解请求、事实与理由; 法12: 争议事项、理由和时间
        {
            "applicant": {"name", "phone"},
            "respondents": {"name"},
            "mediation_requests": {"subject", "content"},
            "statement": {"facts_and_reasons"},
            "mediation": {"applied_on"},
        },
        frozenset({"mediation_application"}),
    ),
    "mediation by word of mouth": Asked(
        "mediation_application",
        {"visitor": "worker", "spoken": True},
        {
            "applicant": {"name", "phone"},
            "respondents": {"name"},
            "mediation_requests": {"subject", "content"},
            "statement": {"facts_and_reasons"},
            "mediation": {"applied_on"},
            "oral_record": {"recorder"},
        },
        frozenset({"oral_record"}),
    ),
    "unemployed who worked before": Asked(
        "unemployment_registration",
        {"visitor": "worker", "worked_before": True, "employment_ended_on": "2026-10-31"},
        # 社保法50-2: 持终止或者解除劳动关系的证明; 45(三): 有求职要求
        {"applicant": PERSON, "former_work": {"worked_before", "reason"}, "job_wanted": {"wants_work"}},
        frozenset({"identity", "ending_certificate"}),
    ),
    "unemployed who never worked": Asked(
        "unemployment_registration",
        {"visitor": "worker", "worked_before": False},
        {"applicant": PERSON, "former_work": {"worked_before", "reason"}, "job_wanted": {"wants_work"}},
        frozenset({"identity", "jobless_status"}),
    ),
    "unemployment benefit": Asked(
        "unemployment_benefit",
        {"visitor": "worker"},
        # 社保法45: 缴费满一年、非因本人意愿、已登记并有求职要求; 50-3: 登记证明和身份证明; 51: 停领的情形
        {
            "applicant": PERSON,
            "former_work": {"last_employer", "ended_on", "reason", "insured"},
            "unemployed": {"registered_on", "wants_work"},
            "declaration": {"none_of_the_ends", "signed_on"},
        },
        frozenset({"identity", "registration_proof", "ending_certificate"}),
    ),
    "survivors": Asked(
        "funeral_benefit",
        {"visitor": "relative"},
        # 社保法17、49; 49-2: 只能选择领取其中的一项
        {
            "applicant": PERSON,
            "deceased_person": {"name", "id_number", "died_on", "scheme", "relation"},
            "declaration": {"only_once"},
        },
        frozenset({"identity", "death_certificate", "kinship_certificate"}),
    ),
    "transfer by the person": Asked(
        "insurance_transfer",
        {"visitor": "worker"},
        # 经办条例12: 跨统筹地区、机关事业单位与企业之间、城乡居民迁移户籍且未享受待遇
        {"applicant": PERSON, "transfer": {"direction", "kind", "other_place", "drawing"}},
        frozenset({"identity", "insurance_certificate"}),
    ),
    "transfer by the employer": Asked(
        "insurance_transfer",
        {"visitor": "employer"},
        # 经办条例16，用人单位和个人都可以办理
        {"applicant": {"name", "uscc"}, "insured_person": {"name", "id_number"}, "transfer": {"direction", "kind"}},
        frozenset({"licence", "insurance_certificate"}),
    ),
    "disabled and hard to employ": Asked(
        "hardship_recognition",
        {"visitor": "worker", "hardship_kind": "disabled"},
        # 就业促进法52
        {"applicant": PERSON, "hardship": {"kind", "explained", "registered", "unemployed_since"}},
        frozenset({"identity", "disability_certificate"}),
    ),
    "nobody in the family employed": Asked(
        "hardship_recognition",
        {"visitor": "worker", "hardship_kind": "zero_family"},
        # 就业促进法56-2
        {"applicant": PERSON, "hardship": {"kind"}, "help_wanted": {"wants_work"}},
        frozenset({"identity", "zero_employment_certificate"}),
    ),
    "start-up subsidy": Asked(
        "startup_subsidy",
        {"visitor": "worker"},
        # FACTS 6: 登记、吸纳人数、社保月数, 人员和主体只享一次; 5(7): 未享受同类补贴、持续经营证明
        {
            "applicant": PERSON,
            "business": {"name", "uscc", "registered_on", "employees", "insured_months"},
            "founder": {"group", "received_before"},
        },
        frozenset({"identity", "licence", "no_similar_subsidy", "operation_proof"}),
    ),
    "candidate": Asked(
        "skill_examination",
        {"visitor": "worker"},
        # FACTS 5(1): 学历、工作年限、社保证明
        {
            "applicant": PERSON,
            "examination": {"kind", "name", "year"},
            "qualification": {"education", "work_years", "insured_at"},
        },
        frozenset({"identity", "education_certificate", "work_years_certificate", "insurance_record"}),
    ),
}


def filled(matter: MatterDefinition, definitions: DefinitionSet, facts: Mapping[str, Any]) -> FormFilling:
    """Return the empty form of somebody who comes with these facts."""
    draft = VisitDraft(UUID(int=1), datetime(2026, 11, 20, 1, tzinfo=UTC), matters=(MatterDraft("m1", dict(facts)),))
    return FormFilling(matter, definitions, draft, "m1", ON)


def lacking(asked: Asked, matter: MatterDefinition, definitions: DefinitionSet) -> set[str]:
    """Return what the law asks for and the form does not."""
    filling = filled(matter, definitions, asked.facts)
    due = {(each.section, each.field) for each in filling.problems() if each.severity == "due"}
    wanted = {(section, field) for section, fields in asked.fields.items() for field in fields}
    papers = {line.code for line in filling.materials() if line.due}
    return {f"{section}.{field}" for section, field in wanted - due} | set(asked.materials - papers)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_form_asks_for_everything_that_the_law_names(definitions: DefinitionSet, asked: Asked) -> None:
    assert lacking(asked, definitions.matters[asked.matter], definitions) == set()


def mutants(asked: Asked, matter: MatterDefinition) -> Iterator[tuple[str, MatterDefinition]]:
    """Yield the matter without each thing asked for: its field gone, or no more due; its material gone."""
    for code, fields in asked.fields.items():
        place, section = next((at, each) for at, each in enumerate(matter.sections) if each.code == code)
        for name in sorted(fields):
            field = section.field(name)
            # A condition decides instead of `due`, so without one alone the field can be made not due.
            for changed in (None, *((replace(field, due=False),) if field.due_if is None else ())):
                left = [changed if each.code == name else each for each in section.fields]
                other = replace(section, fields=tuple(each for each in left if each is not None))
                sections = (*matter.sections[:place], other, *matter.sections[place + 1 :])
                yield f"{code}.{name}", replace(matter, sections=sections)
    for code in sorted(asked.materials):
        yield code, replace(matter, materials=tuple(each for each in matter.materials if each.code != code))


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_form_that_lacks_one_of_it_is_found_out(definitions: DefinitionSet, asked: Asked) -> None:
    tried = 0
    for missing, mutant in mutants(asked, definitions.matters[asked.matter]):
        tried += 1
        assert missing in lacking(asked, mutant, definitions)
    assert tried > sum(len(fields) for fields in asked.fields.values())


def test_every_matter_of_disputes_is_held_against_the_law(definitions: DefinitionSet) -> None:
    kinds = {"arbitration", "mediation"}
    of_disputes = {code for code, matter in definitions.matters.items() if matter.office_kind in kinds}
    received = {
        code
        for code in of_disputes
        if definitions.matters[code].route in ("arbitration", "arbitration_review", "mediation")
    }
    assert received <= {asked.matter for asked in ASKED.values()}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_the_facts_lead_to_the_form(definitions: DefinitionSet, asked: Asked) -> None:
    matter = definitions.matters[asked.matter]
    known = filled(matter, definitions, asked.facts).known_facts()
    assert definitions.matter_of(matter.route, known) == asked.matter


@pytest.mark.parametrize(
    ("matter", "limit", "amount", "unit"),
    [
        ("arbitration_application", "arbitration_answer", 5, "workdays"),  # 法29, 规则30
        ("arbitration_by_employer", "arbitration_answer", 5, "workdays"),
        ("arbitration_personnel", "arbitration_answer", 5, "workdays"),
        ("arbitration_oral", "arbitration_answer", 5, "workdays"),
        ("arbitration_collective", "collective_answer", 5, "workdays"),  # 规则64
        ("arbitration_collective_contract", "collective_answer", 5, "workdays"),  # 规则62, 64
        ("mediation_review", "mediation_review", 5, "workdays"),  # 规则76, from acceptance
        ("mediation_application", "mediation_result", 15, "days"),  # 法14-3
        ("inspection_complaint", "inspection_answer", 5, "workdays"),  # 若干规定18
        ("inspection_oral", "inspection_answer", 5, "workdays"),
    ],
)
def test_each_matter_has_the_limit_of_the_law(
    definitions: DefinitionSet, matter: str, limit: str, amount: int, unit: str
) -> None:
    assert definitions.matters[matter].answer_deadline == limit
    rule = definitions.rules.deadline(limit)
    assert rule is not None
    assert (rule.amount, rule.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("told", "listed", "matter"),
    [
        (12, 0, "arbitration_collective"),
        (12, 3, "arbitration_collective"),  # the list is still being typed
        (None, 10, "arbitration_collective"),
        (9, 12, "arbitration_collective"),
        (9, 3, "arbitration_application"),
    ],
)
def test_a_list_still_being_typed_does_not_change_the_form(
    definitions: DefinitionSet, told: int | None, listed: int, matter: str
) -> None:
    facts = {"visitor": "workers", "workers_total": told, "matter_kind": "wages_unpaid", "capacity": "ordinary"}
    draft = VisitDraft(
        UUID(int=1),
        datetime(2026, 11, 20, 1, tzinfo=UTC),
        answers={"workers": [{"name": f"工人{at}"} for at in range(listed)]} if listed else {},
        matters=(MatterDraft("m1", facts, "arbitration"),),
    )
    judge = Judge(definitions, practice_station(), SampleClock(datetime(2026, 11, 20, 1, tzinfo=UTC)))
    found = judge.matter_for(draft, "m1")
    assert found is not None
    assert found.code == matter
