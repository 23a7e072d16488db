"""A visit: routes side by side, what follows for each, and what is still to be asked."""

from datetime import date
from typing import Any

import pytest
from tests.rules.halls import CANDIDATES, LAW, ON, hall, text
from tests.rules.small import row

from window_app.domain.assessment import Assessment, Question, RouteStanding
from window_app.domain.working_days import WorkingDays
from window_app.errors import WindowAppError
from window_app.rules import RuleSet
from window_app.rules.triage import assess

RULES = hall()
MATTERS = {"arbitration": "arbitration_application"}


def assessed(
    visit: dict[str, Any],
    *matters: dict[str, Any],
    chosen: str | None = None,
    rules: RuleSet = RULES,
    locality: str | None = None,
) -> Assessment:
    read = rules.vocabulary.read_facts
    return assess(
        rules,
        read(visit),
        [(f"m{place}", read(facts), chosen) for place, facts in enumerate(matters, 1)],
        ON,
        locality=locality,
        working_days=WorkingDays(),
        matter_of=lambda route, _facts: MATTERS.get(route),
        definition_set="hash",
    )


def asked(found: Assessment) -> list[tuple[str, str | None]]:
    return [(question.fact, question.matter_key) for question in found.next]


def test_at_first_everything_that_can_matter_is_asked_in_the_order_of_the_vocabulary():
    found = assessed({}, {})
    assert asked(found) == [
        ("matter_kind", "m1"),
        ("admitted", "m1"),
        ("employed", None),
        ("ended_on", None),
        ("earlier", "m1"),
        ("place", None),
    ]
    matter = found.matters[0]
    assert not matter.decided
    assert matter.routes == ()
    assert matter.pending_routes == ("inspection", "arbitration", "court")
    assert (found.definition_set, found.locality, found.on) == ("hash", None, ON)


def test_what_an_answer_makes_idle_is_asked_no_more():
    assert "earlier" not in [fact for fact, _ in asked(assessed({}, {"matter_kind": "wages"}))]
    assert "ended_on" not in [fact for fact, _ in asked(assessed({"employed": True}, {"matter_kind": "wages"}))]
    court = assessed({}, {"matter_kind": "dismissal", "earlier": "pending"})
    assert asked(court) == []
    assert court.matters[0].decided


def test_a_decided_matter_shows_its_routes_with_all_that_follows():
    found = assessed(
        {"employed": False, "ended_on": "2025-11-19", "place": "here"},
        {"matter_kind": "wages", "admitted": True, "known_on": "2025-12-01"},
    )
    matter = found.matters[0]
    assert matter.decided
    assert matter.matter_kind == "wages"
    assert found.next == ()
    inspection, arbitration = matter.routes
    assert (inspection.route, inspection.recommended, inspection.standing) == ("inspection", True, RouteStanding.OPEN)
    assert (inspection.matter, inspection.office, inspection.papers) == (None, "hall", ("receipt",))
    assert inspection.limit_text == text("两年")
    assert [limit.due_on for limit in inspection.limits] == [date(2028, 11, 20)]
    assert inspection.basis[0].law == "劳动合同法"
    assert (arbitration.recommended, arbitration.standing) == (False, RouteStanding.WARN)
    assert arbitration.matter == "arbitration_application"
    assert arbitration.reason["zh"] == "没有争议\n时效"
    assert arbitration.tell == (text("带证据"), text("可能败诉"))
    assert [limit.raw_on for limit in arbitration.limits] == [date(2026, 12, 1)]
    assert matter.papers == ("receipt",)
    assert [(entry["paper"], entry["route"], entry["text"]) for entry in matter.forbidden] == [
        ("refusal", "arbitration", text("不得拒收"))
    ]


def test_the_trace_holds_each_row_with_the_facts_that_made_it_fire():
    found = assessed(
        {"employed": False, "ended_on": "2025-11-19", "place": "here"}, {"matter_kind": "wages", "admitted": "unclear"}
    )
    fired = {(step.decision, step.item): step for step in found.matters[0].trace}
    assert fired["candidates", None].row == "C2"
    assert fired["candidates", None].facts == {"matter_kind": "wages"}
    assert fired["standing", "arbitration"].facts == {
        "route": "arbitration",
        "employed": False,
        "since_end": "P1Y1D",
    }
    assert fired["standing", "inspection"].row == "S9"
    assert [(step.decision, step.row, dict(step.facts)) for step in found.matters[0].trace if step.row == "T2"] == [
        ("tell", "T2", {"standing.standing": "warn"})
    ]


def test_the_start_of_a_limit_is_asked_where_the_limit_shows_and_never_where_none_runs():
    left = {"employed": False, "ended_on": "2026-06-01", "place": "here"}
    matter = {"matter_kind": "wages", "admitted": True}
    assert asked(assessed(left, matter)) == [("known_on", "m1")]
    assert asked(assessed(left, matter, chosen="inspection")) == []
    working = assessed({"employed": True, "place": "here"}, matter)
    assert working.next == ()
    assert working.matters[0].routes[1].open_limits == {"one_year": "unlimited"}


def test_once_a_route_is_chosen_only_what_matters_for_it_is_asked():
    matter = {"matter_kind": "wages", "admitted": True}
    assert asked(assessed({}, matter, chosen="inspection")) == [("place", None)]
    chosen = assessed({"place": "here"}, matter, chosen="inspection").matters[0]
    assert chosen.decided
    assert [option.route for option in chosen.routes] == ["inspection"]
    assert chosen.pending_routes == ("arbitration",)
    assert asked(assessed({}, matter, chosen="arbitration"))[:2] == [("employed", None), ("ended_on", None)]


def test_a_route_that_the_law_does_not_offer_is_judged_when_it_is_chosen_all_the_same():
    found = assessed({"place": "here"}, {"matter_kind": "dismissal", "earlier": "none"}, chosen="court")
    routes = {option.route: option for option in found.matters[0].routes}
    assert routes["court"].office == "court"
    assert not routes["court"].recommended
    assert found.matters[0].papers == ()


def test_a_form_s_facts_are_never_asked_and_hold_nothing_up():
    visit = {"employed": True, "place": "here"}
    matter = {"matter_kind": "wages", "admitted": True}
    assert assessed(visit, matter).matters[0].papers == ("receipt",)
    assert assessed({**visit, "agent": True}, matter).matters[0].papers == ("receipt", "mandate")
    many = {**visit, "workers": [{"name": str(place)} for place in range(10)]}
    assert assessed(many, matter).matters[0].warnings == (text("推举代表"),)


def test_matters_share_the_answers_of_the_visit_and_are_asked_once():
    found = assessed({"place": "here"}, {"matter_kind": "wages", "admitted": True}, {"matter_kind": "wages"})
    assert asked(found).count(("employed", None)) == 1
    assert ("admitted", "m2") in asked(found)
    assert ("admitted", "m1") not in asked(found)
    assert found.matters[0].next == (Question("employed", None), Question("ended_on", None))


LOCAL = {
    "locality": "440000",
    "title": text("广东"),
    "rules": {
        "candidates": [
            row(
                "C1",
                {"matter_kind": "wages", "admitted": True},
                {"routes": ["inspection"], "recommended": "inspection"},
            ),
            row("C0", {"earlier": "pending"}, {"routes": ["court"], "recommended": "court"}, before="C1"),
            {"id": "C3", "remove": True},
        ],
        "venue": [row("V4", {"route": "arbitration"}, {"office": "branch"}, after="V1")],
    },
}
CITY = {
    "locality": "440100",
    "title": text("广州"),
    "parent": "440000",
    "rules": {"venue": [row("V4", {"route": "arbitration"}, {"office": "city_branch"})]},
}


def test_a_locality_changes_rows_and_the_trace_says_which_locality_spoke():
    rules = hall(localities=[LOCAL, CITY])
    visit = {"employed": True, "place": "here"}
    matter = {"matter_kind": "wages", "admitted": True, "earlier": "none"}
    national = assessed(visit, matter, rules=rules).matters[0]
    assert [option.route for option in national.routes] == ["inspection", "arbitration"]
    assert {step.locality for step in national.trace} == {None}
    local = assessed(visit, matter, rules=rules, locality="440000").matters[0]
    assert [option.route for option in local.routes] == ["inspection"]
    assert [step.locality for step in local.trace if step.decision == "candidates"] == ["440000"]
    disputed = {"matter_kind": "dismissal", "earlier": "none"}
    assert assessed(visit, disputed, rules=rules, locality="440000").matters[0].routes[0].office == "branch"
    assert assessed(visit, disputed, rules=rules, locality="440100").matters[0].routes[0].office == "city_branch"
    assert assessed(visit, disputed, rules=rules).matters[0].routes[0].office == "hall"
    pending = assessed({}, {"earlier": "pending"}, rules=rules, locality="440100")
    assert [option.route for option in pending.matters[0].routes] == ["court"]


def test_a_locality_nobody_knows_is_an_error():
    with pytest.raises(WindowAppError) as caught:
        assessed({}, {}, locality="999999")
    assert caught.value.code == "rules.unknown_locality"


def test_rows_apply_by_their_date_fact():
    dated = {
        **CANDIDATES,
        "rows": [
            row("old", {}, {"routes": ["court"], "recommended": "court"}, until="2026-06-30", date_fact="ended_on"),
            row("new", {}, {"routes": ["arbitration"], "recommended": "arbitration"}),
        ],
        "inputs": ["matter_kind"],
    }
    rules = hall(dated)
    before = assessed({"ended_on": "2026-06-30"}, {}, rules=rules).matters[0]
    after = assessed({"ended_on": "2026-07-01"}, {}, rules=rules).matters[0]
    assert [option.route for option in before.routes] == ["court"]
    assert [step.facts for step in before.trace if step.row == "old"] == [{"ended_on": "2026-06-30"}]
    assert [option.route for option in after.routes] == ["arbitration"]
    assert ("ended_on", None) in asked(assessed({}, {}, rules=rules))


def test_citations_are_kept_as_written():
    cited = assessed({"employed": True, "place": "here"}, {"matter_kind": "wages", "admitted": True})
    citation = cited.matters[0].routes[0].basis[0]
    assert (citation.law, citation.article, citation.paragraph) == (LAW[0]["law"], "85", 1)
