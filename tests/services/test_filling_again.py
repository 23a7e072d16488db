"""A form read again after each key says just what it says when it is read for the first time."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sheets.people import number_of

from window_app.domain.visits import VisitDraft
from window_app.forms import FormFilling
from window_app.services.desk import Desk

KEY = "m1"
FIELDS = (
    ("workers", "name", ("张三", "", "长" * 300)),
    ("workers", "id_number", (number_of(1), number_of(2), "1")),
    ("workers", "birth_date", ("1961-02-02", "2030-01-01")),
    ("workers", "owed_from", ("2026-01-01", "")),
    ("workers", "owed_to", ("2025-01-01", "2026-02-01")),
    ("workers", "owed", ("5", "x")),
    ("claims", "kind", ("wages", "relation", "other_claim")),
    ("claims", "amount", ("100", "")),
    ("claims", "content", ("…", "")),
    ("respondents", "name", ("某公司", "")),
    ("evidence", "title", ("工资条", "")),
)
PLACES = st.sampled_from(FIELDS).flatmap(
    lambda field: st.tuples(st.just(field[:2]), st.integers(0, 12), st.sampled_from(field[2]))
)
KEYS = st.lists(st.one_of(PLACES, st.tuples(st.just("remove"), st.integers(0, 12), st.just(""))), max_size=25)


def says(filling: FormFilling) -> tuple[object, ...]:
    return filling.visible_sections(), filling.problems(), filling.normalised(), filling.facts(), filling.materials()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(KEYS, st.sampled_from(["arbitration", "inspection"]), st.sampled_from(["workers", "worker"]))
def test_a_form_read_again_is_the_form_read_anew(
    desk: Desk, draft_of: Callable[[str], VisitDraft], keys: list[tuple[object, int, str]], route: str, visitor: str
) -> None:
    draft = draft_of("05")
    draft = replace(
        draft.with_matter(replace(draft.matter(KEY), route=route)), facts={**draft.facts, "visitor": visitor}
    )
    for what, index, value in keys:
        section = what[0] if isinstance(what, tuple) else "workers"
        known = desk.intake.filling(draft, KEY)
        assert known is not None
        if section not in (one.code for one in known.matter.sections):
            continue
        if isinstance(what, tuple):
            draft = desk.intake.set_field(draft, KEY, section, index, what[1], value)
        else:
            draft = desk.intake.remove_record(draft, KEY, section, index)
        again = desk.intake.filling(draft, KEY)
        assert again is not None
        station = {"district": desk.station.district}
        if desk.station.locality is not None:
            station["locality"] = desk.station.locality
        anew = FormFilling(again.matter, desk.definitions, draft, KEY, again.on, station)
        assert says(again) == says(anew)
