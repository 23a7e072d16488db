"""A small hall: wages owed, two routes, what follows for each. For the tests of the whole chain."""

from datetime import date
from typing import Any

from tests.rules.small import enum, fact, flag, row, table, vocabulary

from window_app.domain.working_days import PeriodUnit
from window_app.rules import RuleSet, Source, Vocabulary, build_condition, build_ruleset
from window_app.rules.deadlines import DeadlineRule, DeadlineRules

FACTS: Vocabulary = vocabulary(
    {
        "matter_kind": enum("wages", "dismissal", scope="matter"),
        "admitted": flag(scope="matter", unclear=True),
        "employed": flag(),
        "ended_on": fact("date", unclear=True),
        "earlier": enum("none", "pending", scope="matter"),
        "place": enum("here", "elsewhere"),
        "known_on": fact("date", scope="matter"),
        "agent": {"type": "bool", "supplied_by": "form"},
        "route": enum("inspection", "arbitration", "court", scope="matter", ask=None),
        "workers": {"type": "list", "supplied_by": "form", "fields": {"name": "text"}},
    },
    {
        "since_end": {"type": "duration", "function": "time_between", "from": "ended_on", "to": "applied_on"},
        "workers_total": {"type": "integer", "function": "count", "list": "workers"},
    },
)
EACH = {"list": "candidates.routes", "as": "route"}
LAW: list[dict[str, Any]] = [{"law": "劳动合同法", "article": 85, "paragraph": 1}]


def text(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh.encode("unicode_escape").decode()}


CANDIDATES = table(
    "candidates",
    ["matter_kind", "admitted", "earlier"],
    {
        "routes": {"type": "list", "of": "route"},
        "recommended": {"type": "enum", "of": "route"},
        "limit": {"type": "text"},
    },
    [
        row(
            "C1",
            {"matter_kind": "wages", "admitted": True},
            {"routes": ["inspection", "arbitration"], "recommended": "inspection", "limit": text("两年")},
            reason=text("没有争议"),
            basis=LAW,
        ),
        row(
            "C2",
            {"matter_kind": "wages"},
            {"routes": ["inspection", "arbitration"], "recommended": "arbitration"},
            reason=text("有争议"),
        ),
        row("C3", {"earlier": "pending"}, {"routes": ["court"], "recommended": "court"}, reason=text("已在程序中")),
        row("C9", {}, {"routes": ["arbitration"], "recommended": "arbitration"}, reason=text("仲裁")),
    ],
)
STANDING = table(
    "standing",
    ["route", "employed", "since_end", "candidates.recommended"],
    {"standing": {"type": "enum", "of": "standing"}},
    [
        row("S0", {"candidates.recommended": "court"}, {"standing": "elsewhere"}),
        row(
            "S1",
            {"route": "arbitration", "employed": False, "since_end": "> P1Y"},
            {"standing": "warn"},
            reason=text("时效"),
        ),
        row("S9", {}, {"standing": "open"}),
    ],
    each=EACH,
)
VENUE = table(
    "venue",
    ["route", "place"],
    {"office": {"type": "text", "of": "office"}},
    [
        row("V1", {"route": "court"}, {"office": "court"}),
        row("V2", {"place": "here"}, {"office": "hall"}),
        row("V3", {}, {"office": "other_hall"}),
    ],
    each=EACH,
)
LIMITS = table(
    "limits",
    ["route"],
    {"deadline": {"type": "text", "of": "deadline"}},
    [
        row("L1", {"route": "arbitration"}, {"deadline": "one_year"}),
        row("L2", {"route": "inspection"}, {"deadline": "two_years"}),
    ],
    "COLLECT",
    each=EACH,
)
TELL = table(
    "tell",
    ["route", "standing.standing"],
    {"text": {"type": "text"}},
    [
        row("T1", {"route": "arbitration"}, {"text": text("带证据")}),
        row("T2", {"standing.standing": "warn"}, {"text": text("可能败诉")}),
    ],
    "COLLECT",
    each=EACH,
)
PAPERS = table(
    "papers",
    ["route", "agent"],
    {"paper": {"type": "text", "of": "paper"}},
    [
        row("P1", {"route": "not(court)"}, {"paper": "receipt"}),
        row("P2", {"agent": True}, {"paper": "mandate"}),
    ],
    "COLLECT",
    each=EACH,
)
FORBIDDEN = table(
    "forbidden",
    ["route"],
    {"paper": {"type": "text", "of": "paper"}, "text": {"type": "text"}},
    [row("F1", {"route": "arbitration"}, {"paper": "refusal", "text": text("不得拒收")}, basis=LAW)],
    "COLLECT",
    each=EACH,
)
WARNINGS = table(
    "warnings",
    ["workers_total"],
    {"text": {"type": "text"}},
    [row("W1", {"workers_total": ">= 10"}, {"text": text("推举代表")})],
    "COLLECT",
)
TABLES = [WARNINGS, FORBIDDEN, PAPERS, TELL, LIMITS, VENUE, STANDING, CANDIDATES]

DEADLINES = DeadlineRules(
    {
        "one_year": DeadlineRule(
            "one_year",
            text("一年"),
            PeriodUnit.YEARS,
            "known_on",
            amount=1,
            unlimited_while=build_condition({"employed": True}, FACTS),
        ),
        "two_years": DeadlineRule("two_years", text("两年"), PeriodUnit.YEARS, "applied_on", amount=2),
    }
)


def hall(*tables: dict[str, Any], localities: list[dict[str, Any]] | None = None, **more: Any) -> RuleSet:
    """The hall's rule set, with some tables in the place of their namesakes."""
    changed = {each["decision"]: each for each in (*TABLES, *tables)}
    places = [Source(each) for each in localities or []]
    sources = [Source(each) for each in changed.values()]
    return build_ruleset(FACTS, sources, localities=places, deadlines=DEADLINES, **more)


ON = date(2026, 11, 20)
