"""Drafts from clerk to clerk and from one definition set to the next: nothing lost, each step on record."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.services.newer_set import newer, renamed, with_field, without_field, without_material, without_value
from tests.services.visits import visit

from window_app import settings
from window_app.app import build_desk, practice_secrets, practice_station
from window_app.cli import main
from window_app.domain.events import EventType
from window_app.domain.stores import FirstClerk
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, load_definitions
from window_app.services.desk import Desk
from window_app.services.drafting import NoSuchColleague
from window_app.services.practice import SampleClock
from window_app.services.reception import NoSuchDraft
from window_app.services.session import Session
from window_app.storage import store

PASSWORDS = {"0012": "correct horse", "0013": "battery staple"}
NAMES = {"0012": "李窗口", "0013": "王柜台"}

SitDown = Callable[..., Desk]


@pytest.fixture
def sit_down(tmp_path: Path, law: DefinitionSet, clock: SampleClock) -> Iterator[SitDown]:
    """Let one of two clerks of one installation sit down, where the other got up."""
    directory = tmp_path / "data"
    station = replace(practice_station(), practice=False)
    store.create(
        directory,
        station,
        practice_secrets(),
        FirstClerk("0012", NAMES["0012"], PASSWORDS["0012"]),
        profile=store.CHEAP,
        clock=clock,
    ).close()
    first = store.open(directory, "0012", PASSWORDS["0012"], clock=clock)
    first.admit_clerk("0013", NAMES["0013"], password=PASSWORDS["0013"], profile=store.CHEAP)
    first.close()
    seated: list[Desk] = []

    def sit(clerk: str, definitions: DefinitionSet = law) -> Desk:
        if seated:
            seated.pop().close()
        records = store.open(directory, clerk, PASSWORDS[clerk], clock=clock)
        session = Session(clerk, NAMES[clerk])
        seated.append(build_desk(directory, records, session, settings.Settings(), clock, definitions))
        return seated[0]

    yield sit
    for desk in seated:
        desk.close()


def saved(desk: Desk, name: str) -> VisitDraft:
    return desk.reception.save(desk.intake.from_json(visit(name)))


def history(desk: Desk, draft: VisitDraft) -> list[tuple[str, str, dict[str, object]]]:
    return [(one.type, one.actor.id, dict(one.facts)) for one in desk.tracking.history(draft.visit_id)]


def test_a_draft_names_its_clerk(sit_down: SitDown) -> None:
    draft = saved(sit_down("0012"), "01")
    assert draft.owner == "0012"
    (listed,) = sit_down("0013").reception.drafts()
    assert (listed.owner, listed.handed_over) == ("0012", None)


def test_a_draft_handed_over_is_seen_by_the_colleague_with_from_whom_and_why(sit_down: SitDown) -> None:
    desk = sit_down("0012")
    draft = saved(desk, "01")
    assert [one.code for one in desk.drafting.colleagues()] == ["0013"]
    desk.drafting.hand_over(draft, "0013", "  来访人下午再来  ")
    colleague = sit_down("0013")
    (listed,) = colleague.reception.drafts()
    assert listed.handed_over is not None
    assert (listed.handed_over.by, listed.handed_over.to, listed.handed_over.remark) == (
        "0012",
        "0013",
        "来访人下午再来",
    )
    taken = colleague.drafting.take_up(draft.visit_id)
    assert (taken.owner, taken.handed_over) == ("0013", None)
    assert taken.answers == draft.answers
    assert colleague.reception.resume(draft.visit_id) == taken
    assert history(colleague, draft) == [
        (EventType.DRAFT_HANDED_OVER, "0012", {"from": "0012", "to": "0013"}),
        (EventType.DRAFT_TAKEN_UP, "0013", {"from": "0012", "to": "0013", "handed_over": True}),
    ]


def test_taking_up_somebody_elses_draft_is_recorded_ones_own_is_not(sit_down: SitDown) -> None:
    draft = saved(sit_down("0012"), "01")
    mine = sit_down("0012")
    assert mine.drafting.take_up(draft.visit_id) == draft
    assert history(mine, draft) == []
    other = sit_down("0013")
    assert other.drafting.take_up(draft.visit_id).owner == "0013"
    assert history(other, draft) == [
        (EventType.DRAFT_TAKEN_UP, "0013", {"from": "0012", "to": "0013", "handed_over": False})
    ]


def test_a_draft_is_handed_only_to_who_may_sign_in_here(sit_down: SitDown) -> None:
    desk = sit_down("0012")
    draft = saved(desk, "01")
    for nobody in ("0099", "", "0012"):
        with pytest.raises(NoSuchColleague):
            desk.drafting.hand_over(draft, nobody)
    with pytest.raises(WindowAppError):
        desk.drafting.hand_over(draft, "0013", "说明" * 3000)
    assert desk.reception.resume(draft.visit_id).handed_over is None
    assert history(desk, draft) == []
    with pytest.raises(NoSuchDraft):
        desk.drafting.take_up(desk.reception.begin().visit_id)


def test_a_remark_stands_in_the_body_and_in_no_envelope(sit_down: SitDown) -> None:
    desk = sit_down("0012")
    draft = saved(desk, "01")
    desk.drafting.hand_over(draft, "0013", "张建国下午来")
    (event,) = desk.tracking.history(draft.visit_id)
    assert event.body == {"remark": "张建国下午来"}
    assert "张建国".encode() not in event.envelope_bytes


@pytest.fixture(scope="module")
def newer_law(tmp_path_factory: pytest.TempPathFactory) -> DefinitionSet:
    folder = newer(
        tmp_path_factory.mktemp("newer"),
        without_field("respondents", "shop_sign"),
        renamed("applicant", "occupation", {"zh": "工种", "en": "Trade"}),
        with_field("applicant", {"field": "nickname", "type": "text", "label": {"zh": "曾用名", "en": "Former name"}}),
        without_value("applicant", "kind", "hk_macao_taiwan"),
        without_material("identity"),
    )
    return load_definitions(folder)


def old_draft(desk: Desk) -> VisitDraft:
    """A draft with a bit of everything that the newer set has no place for."""
    draft = desk.intake.from_json(visit("01"))
    matter = next(one.key for one in draft.matters if one.route is not None)
    draft = desk.intake.set_field(draft, matter, "applicant", 0, "kind", "hk_macao_taiwan")
    draft = desk.intake.set_field(draft, matter, "respondents", 0, "shop_sign", "宏远五金")
    return desk.reception.save(draft)


def test_an_old_draft_moves_to_a_newer_set_and_says_what_changed(sit_down: SitDown, newer_law: DefinitionSet) -> None:
    draft = old_draft(sit_down("0012"))
    desk = sit_down("0012", newer_law)
    assert desk.drafting.is_outdated(draft)
    change = desk.drafting.changes(draft)
    assert change.known
    told = {(one.kind, one.subject["zh"]) for one in change.changes}
    assert ("field_gone_filled", "招牌、店名或工地名称") in told
    assert ("value_unfit", "证件种类") in told
    assert ("field_new", "曾用名") in told
    assert any(
        one.kind == "field_renamed" and one.before["zh"] == "职业" and one.after["zh"] == "工种"
        for one in change.changes
    )
    assert any(one.kind == "material_gone_ticked" for one in change.changes)
    assert not any(one.kind == "routes" for one in change.changes)
    kept = {one.place: (one.value, one.shown.get("zh", "")) for one in change.kept}
    assert kept["respondents[0].shop_sign"] == ("宏远五金", "")
    assert kept["applicant.kind"] == ("hk_macao_taiwan", "港澳台居民居住证")
    assert desk.reception.resume(draft.visit_id) == draft  # nothing is moved before the clerk accepts


def test_a_moved_draft_keeps_what_does_not_fit_through_a_kill_and_into_the_record(
    sit_down: SitDown, newer_law: DefinitionSet
) -> None:
    draft = old_draft(sit_down("0012"))
    desk = sit_down("0012", newer_law)
    moved = desk.drafting.move(draft, desk.drafting.changes(draft))
    again = sit_down("0012", newer_law).reception.resume(draft.visit_id)
    assert again == moved
    assert not sit_down("0012", newer_law).drafting.is_outdated(moved)
    assert "shop_sign" not in moved.answers["respondents"][0]
    assert {one.place for one in moved.kept} >= {"respondents[0].shop_sign", "applicant.kind", "identity"}
    desk = sit_down("0012", newer_law)
    ((kind, _, facts),) = history(desk, draft)
    assert (kind, facts["from"], facts["to"]) == (EventType.DRAFT_MOVED, draft.definition_set, newer_law.content_hash)
    desk.receiving.receive(moved)
    (recorded,) = [one for one in desk.tracking.history(draft.visit_id) if one.type == EventType.VISIT_OPENED]
    assert recorded.body is not None
    assert "宏远五金" in str(recorded.body["kept"])


def test_answers_that_no_set_knows_do_not_keep_a_draft_from_opening(sit_down: SitDown) -> None:
    desk = sit_down("0012")
    draft = desk.intake.from_json(visit("01"))
    draft = replace(draft, definition_set="of a set that nobody kept", facts={**draft.facts, "moon": "full"})
    desk.reception.save(draft)
    change = desk.drafting.changes(draft)
    assert not change.known
    assert [(one.kind, one.place, one.value) for one in change.kept] == [("fact", "moon", "full")]
    assert "moon" not in change.moved.facts
    desk.interview.assess(change.moved)


def test_moving_to_an_equal_set_changes_nothing_but_its_name(sit_down: SitDown, law: DefinitionSet) -> None:
    desk = sit_down("0012")
    draft = replace(old_draft(desk), definition_set="")
    change = desk.drafting.changes(draft)
    assert (change.changes, change.kept) == ((), ())
    assert change.moved == replace(draft, definition_set=law.content_hash)


def test_drafts_are_listed_shown_handed_over_and_discarded_by_command(
    sit_down: SitDown, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = sit_down("0012")
    draft = saved(mine, "02")
    report = mine.reception.save(mine.intake.from_json(visit("61")))
    assert report.reports
    mine.close()
    password = tmp_path / "password"
    password.write_text(PASSWORDS["0012"], "utf-8")
    monkeypatch.setenv("WINDOW_APP_CLERK", "0012")
    monkeypatch.setenv("WINDOW_APP_PASSWORD_FILE", str(password))

    def said(*arguments: object, code: int = 0) -> Any:
        found = main(["--data", str(tmp_path / "data"), "drafts", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert found == code, err
        return json.loads(out) if out else err

    assert {one["visit"] for one in said("list")["drafts"]} == {str(draft.visit_id), str(report.visit_id)}
    shown = said("show", draft.visit_id)
    assert shown["intake"]["matters"]
    assert (shown["owner"], shown["outdated"], shown["handed_over"]) == ("0012", False, None)
    hidden = said("show", report.visit_id)
    assert (hidden["confidential"], hidden["intake"], hidden["problems"]) == (True, None, None)
    assert said("hand-over", draft.visit_id, "0099", code=1)
    assert said("hand-over", draft.visit_id, "0013", "--remark", "下午再来")["to"] == "0013"
    (handed,) = [one for one in said("list")["drafts"] if one["handed_over"]]
    assert handed["handed_over"]["to"] == "0013"
    assert said("discard", draft.visit_id, "--reason", "来访人不办了") == {
        "visit": str(draft.visit_id), "discarded": True,
    }  # fmt: skip
    for nothing in (draft.visit_id, "no-visit"):
        assert "意外" not in said("show", nothing, code=1)
    with pytest.raises(SystemExit):
        said("discard", draft.visit_id)
