"""A definition set small enough to read, with one of everything."""

from pathlib import Path

FACTS = """
facts:
  matter_kind:
    scope: matter
    type: enum
    values:
      wages: {zh: 工资, en: Wages}
      other: {zh: 其他, en: Other}
    ask: {zh: 什么事？, en: What?}
  visitor:
    type: enum
    values:
      worker: {zh: 劳动者, en: Worker}
      employer: {zh: 用人单位, en: Employer}
    ask: {zh: 谁来？, en: Who?}
  employed: {scope: matter, type: bool, unclear: true, ask: {zh: 在职吗？, en: Employed?}}
  has_agent: {type: bool, supplied_by: form}
  left_on: {scope: matter, type: date, supplied_by: form}
  received_on: {scope: matter, type: date}
  route:
    scope: matter
    type: enum
    values:
      arbitration: {zh: 仲裁, en: Arbitration}
      court: {zh: 法院, en: Court}
  workers:
    type: list
    supplied_by: form
    fields: {name: text, born_on: date, owed: money}
derived:
  workers_total: {type: integer, function: count, list: workers, ask: {zh: 几人？, en: How many?}}
  owed_total: {type: money, function: sum, list: workers, field: owed}
"""
DEADLINES = """
deadlines:
  answer:
    title: {zh: 答复, en: Answer}
    amount: 5
    unit: workdays
    start: received_on
    basis: [{law: 劳动争议调解仲裁法, article: 29}]
"""
CALENDAR = """
year: 2026
notice: 国办发明电〔2025〕7号
holidays: [2026-10-01, 2026-10-02]
workdays: [2026-10-10]
"""
CANDIDATES = """
decision: candidates
title: {zh: 渠道, en: Routes}
hit_policy: FIRST
date_fact: applied_on
inputs: [matter_kind]
outputs:
  routes: {type: list, of: route}
  recommended: {type: enum, of: route}
rows:
  - id: C01
    when: {matter_kind: wages}
    then: {routes: [arbitration], recommended: arbitration}
    reason: {zh: 可以仲裁, en: Arbitration}
    basis: [{law: 劳动争议调解仲裁法, article: 2}]
  - id: C99
    then: {routes: [court], recommended: court}
    reason: {zh: 起诉, en: Sue}
    basis: [{law: 劳动争议调解仲裁法, article: 2}]
"""
OFFICE = """
office: arbitration
title: {zh: 仲裁委, en: Commission}
kind: arbitration
district: '000000'
phone: '12333'
serves: [arbitration]
"""
LOCALITY = """
locality: '320500'
title: {zh: 苏州, en: Suzhou}
districts: ['3205']
deadlines:
  answer: {amount: 3}
"""
MATTER = """
matter: application
title: {zh: 仲裁申请, en: Application}
route: arbitration
office_kind: arbitration
sections:
  - section: applicant
    title: {zh: 申请人, en: Applicant}
    shared: true
    fields:
      - {field: name, type: person_name, label: {zh: 姓名, en: Name}, due: true}
      - field: id_number
        type: resident_id
        label: {zh: 身份证号码, en: Number}
        show_if: {visitor: worker}
        due: true
        fills: {birth_date: birth_date, sex: sex}
      - {field: birth_date, type: date, label: {zh: 出生日期, en: Born}, show_if: {visitor: worker}, max: today}
      - field: sex
        type: choice
        label: {zh: 性别, en: Sex}
        values: {male: {zh: 男, en: Male}, female: {zh: 女, en: Female}}
      - {field: uscc, type: uscc, label: {zh: 代码, en: Code}, show_if: {visitor: employer}}
      - {field: has_agent, type: bool, label: {zh: 有代理人, en: Agent}, supplies: has_agent}
  - section: agents
    title: {zh: 代理人, en: Agents}
    shared: true
    repeat: {min: 1, max: 2}
    show_if: {has_agent: true}
    fields:
      - {field: name, type: person_name, label: {zh: 姓名, en: Name}, due: true}
  - section: respondents
    title: {zh: 被申请人, en: Respondents}
    shared: true
    repeat: {min: 1, max: 3}
    fields:
      - {field: name, type: text, label: {zh: 名称, en: Name}, due: true}
  - section: workers
    title: {zh: 名单, en: List}
    shared: true
    repeat: {min: 0, max: 1000}
    supplies: workers
    fields:
      - {field: name, type: person_name, label: {zh: 姓名, en: Name}, due: true}
      - {field: birth_date, type: date, label: {zh: 出生, en: Born}, supplies: born_on}
      - {field: owed, type: money, label: {zh: 欠款, en: Owed}, min: '0.01'}
  - section: claims
    title: {zh: 请求, en: Claims}
    repeat: {min: 1, max: 50}
    fields:
      - field: kind
        type: choice
        label: {zh: 事项, en: Kind}
        due: true
        values: {wages: {zh: 工资, en: Wages}, relation: {zh: 确认劳动关系, en: Relation}}
      - {field: from, type: date, label: {zh: 起, en: From}}
      - {field: to, type: date, label: {zh: 止, en: To}}
      - field: amount
        type: money
        label: {zh: 金额, en: Sum}
        min: '0.01'
        show_if: {kind: wages}
        due_if: {kind: wages}
  - section: statement
    title: {zh: 事实和理由, en: Facts}
    fields:
      - {field: text, type: long_text, label: {zh: 事实和理由, en: Facts}, due: true, max_length: 10000}
      - field: left_on
        type: date
        label: {zh: 离职日期, en: Left}
        supplies: left_on
        due: true
        due_if: {employed: false}
      - {field: period, type: date_range, label: {zh: 期间, en: Period}}
checks:
  - check: period_order
    section: claims
    problem_if: {to: < from}
    field: to
    severity: error
    message: {zh: 止日早于起日。, en: Ends before it begins.}
  - check: many_owed
    section: statement
    problem_if: {owed_total: '>= 1000000'}
    severity: due
    message: {zh: 金额较大，请附明细。, en: Add details.}
materials:
  - {material: application, title: {zh: 申请书, en: Application}, original: taken, copies: per_respondent}
  - {material: identity, title: {zh: 身份证, en: Identity}, due_if: {visitor: worker}, original: seen, copies: 1}
  - {material: mandate, title: {zh: 委托书, en: Mandate}, due_if: {has_agent: true}, original: taken, copies: 0}
  - {material: wages, title: {zh: 工资条, en: Payslips}, optional: true, original: seen, copies: 1}
papers: []
answer_deadline: answer
"""
FILES = {
    "facts.yaml": FACTS,
    "parameters/deadlines.yaml": DEADLINES,
    "calendar/2026.yaml": CALENDAR,
    "rules/candidates.yaml": CANDIDATES,
    "offices/arbitration.yaml": OFFICE,
    "localities/320500.yaml": LOCALITY,
    "matters/application.yaml": MATTER,
}


def write_set(folder: Path, **changes: str) -> Path:
    """Write the set into a folder; `changes` replace files by the last part of their name."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changes.pop(path.stem, text), encoding="utf-8")
    assert not changes
    return folder
