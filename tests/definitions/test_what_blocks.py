"""FACTS section 2.4, row by row: what blocks an application or a complaint, and what does not."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from tests.definitions.conftest import Assess
from tests.definitions.facts import HERE, left, of, only, option, wages

from window_app.domain.assessment import MatterAssessment
from window_app.forms import DefinitionSet
from window_app.rules.printing import may_print

CASE_RULES = "劳动人事争议仲裁办案规则"
INSPECTION = "劳动保障监察条例"
LEFT = left("2026-09-20")
ON = date(2026, 11, 20)


@dataclass(frozen=True)
class Row:
    """A situation: the standing of both ways ("" where the way is not offered), and the article of each."""

    name: str
    arbitration: str
    inspection: str
    articles: dict[str, tuple[str, str]] = field(default_factory=dict)
    visit: dict[str, Any] = field(default_factory=lambda: LEFT)
    matter: dict[str, Any] = field(default_factory=lambda: wages("denies"))
    locality: str | None = None


def _after(procedure: str) -> dict[str, Any]:
    return wages("denies", procedure)


ROWS = [
    Row(
        "refused before, the same facts and claims",
        "refused",
        "open",
        {"arbitration": (CASE_RULES, "34")},
        matter=_after("refusal_issued"),
    ),
    Row(
        "in arbitration or court",
        "refused",
        "refused",
        {"arbitration": (CASE_RULES, "34"), "inspection": (INSPECTION, "21")},
        matter=_after("pending"),
    ),
    Row(
        "an effective award or judgment",
        "refused",
        "refused",
        {"arbitration": (CASE_RULES, "34"), "inspection": (INSPECTION, "21")},
        matter=_after("effective"),
    ),
    Row("dismissed as a matter for the administration", "", "warn", matter=_after("sent_back")),
    Row("the same in Guangdong", "", "open", matter=_after("sent_back"), locality="440000"),
    Row("withdrawn by oneself", "open", "open", {"arbitration": (CASE_RULES, "35")}, matter=_after("withdrawn")),
    Row(
        "deemed withdrawn for absence", "refused", "open", {"arbitration": (CASE_RULES, "39")}, matter=_after("absent")
    ),
    Row(
        "over one year",
        "warn",
        "open",
        {"arbitration": (CASE_RULES, "30")},
        visit=left("2025-09-20"),
        matter=wages("denies", claim_proof=False),
    ),
    Row(
        "over two years, neither found nor reported",
        "warn",
        "refused",
        {"inspection": (INSPECTION, "20")},
        visit=left("2024-09-10"),
        matter=wages("denies", claim_proof=False, reported_within_two_years=False),
    ),
    Row("no clear respondent", "correct", "correct", visit={**LEFT, "employer_known": "shop_sign"}),
    Row("not directly concerned: a report instead", "", "", visit={**HERE, "visitor": "bystander"}),
    Row("a close relative of the deceased", "open", "open", visit={**LEFT, "visitor": "relative"}),
    Row("ten people and more", "open", "open", visit={**LEFT, "visitor": "workers", "workers_total": 10}),
    Row(
        "the employer applies",
        "open",
        "",
        visit={**LEFT, "visitor": "employer"},
        matter=of("covenant", covenant_claim="penalty", rights_known_on="2026-09-20"),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_situation_blocks_what_the_fact_sheet_says_and_nothing_else(law: Assess, row: Row) -> None:
    matter = only(law, row.visit, row.matter, locality=row.locality)
    assert {way: _standing(matter, way) for way in ("arbitration", "inspection")} == {
        "arbitration": row.arbitration,
        "inspection": row.inspection,
    }
    for way, article in row.articles.items():
        assert article in {(each.law, each.article) for each in option(matter, way).basis}


def _standing(matter: MatterAssessment, way: str) -> str:
    return next((each.standing.value for each in matter.routes if each.route == way), "")


def test_somebody_not_concerned_reports_and_ten_people_hear_of_three_to_five_representatives(law: Assess) -> None:
    reported = only(law, {**HERE, "visitor": "bystander"}, wages("denies"))
    assert [each.route for each in reported.routes if each.recommended] == ["report"]
    ten = option(only(law, {**LEFT, "visitor": "workers", "workers_total": 10}, wages("denies")), "arbitration")
    assert any("三至五" in text["zh"] or "3—5" in text["zh"] for text in ten.tell)


@pytest.mark.parametrize("procedure", ["arbitration", "inspection"])
def test_missing_papers_are_told_once_and_the_receipt_comes_first(definitions: DefinitionSet, procedure: str) -> None:
    facts = {"procedure": procedure, "case_status": "received", "decision_recorded": False, "decision_ground": "none"}
    for paper in ("receipt", "notice_once"):
        assert may_print(definitions.rules, paper, facts, ON).allowed
    assert not may_print(definitions.rules, "refusal_notice", facts, ON).allowed


@pytest.mark.parametrize(("route", "spoken"), [("arbitration", "arbitration_oral"), ("inspection", "inspection_oral")])
def test_who_can_hardly_write_is_put_down_by_word_of_mouth(definitions: DefinitionSet, route: str, spoken: str) -> None:
    told = definitions.vocabulary.complete(
        {"matter_kind": "wages_unpaid", "visitor": "worker", "capacity": "ordinary", "spoken": True}
    )
    assert definitions.matter_of(route, told) == spoken
