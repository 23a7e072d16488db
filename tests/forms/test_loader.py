"""A definition set: strict, named by its content, quick the second time."""

import json
import os
from pathlib import Path

import pytest
from tests.forms.small_set import CALENDAR, DEADLINES, FACTS, FILES, LOCALITY, MATTER, OFFICE, write_set

from window_app.errors import DefinitionError
from window_app.forms import find_errors, load_definitions, unpack
from window_app.forms.files import read_files
from window_app.forms.office_definitions import Listed, LocalityDefinition, lists_in
from window_app.rules.late import Late

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "forms")


def error_of(folder: Path) -> tuple[str, str, int]:
    with pytest.raises(DefinitionError) as caught:
        load_definitions(folder)
    return caught.value.code, caught.value.file, caught.value.line


def test_the_definition_set_of_the_program_loads():
    definitions = load_definitions(PROJECT / "forms")
    assert {"arbitration_application", "inspection_complaint"} <= set(definitions.matters)
    assert definitions.calendars.years == (2025, 2026)
    assert find_errors(PROJECT / "forms") == ()


def test_all_parts_of_a_set_are_there(folder):
    definitions = load_definitions(folder)
    assert definitions.matter_for_route == {"arbitration": "application"}
    assert definitions.offices["arbitration"].serves == ("arbitration",)
    assert definitions.calendars.years == (2026,)
    assert definitions.localities["320500"].districts == ("3205",)
    rule = definitions.rules.deadline("answer", "320500")
    assert rule is not None
    assert rule.amount == 3


def test_the_name_is_the_content_and_not_its_layout(folder):
    first = load_definitions(folder).content_hash
    path = folder / "facts.yaml"
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_definitions(folder).content_hash == first
    path.write_text(path.read_text(encoding="utf-8").replace("什么事？", "什么事呢？"), encoding="utf-8")
    assert load_definitions(folder).content_hash != first


def test_a_packed_set_is_the_same_set(folder):
    definitions = load_definitions(folder)
    again = unpack(definitions.pack())
    assert again.content_hash == definitions.content_hash
    assert again.pack() == definitions.pack()
    assert again.matters == definitions.matters


def test_the_program_s_own_set_survives_packing():
    definitions = load_definitions(PROJECT / "forms")
    assert unpack(definitions.pack()).content_hash == definitions.content_hash


def test_the_order_of_asking_survives_cache_and_packing(folder, tmp_path):
    fresh = load_definitions(folder, cache=tmp_path / "cache")
    cached = load_definitions(folder, cache=tmp_path / "cache")
    order = [fact.name for fact in fresh.vocabulary.questions()]
    assert order == ["matter_kind", "visitor", "employed", "workers_total"]
    for other in (cached, unpack(fresh.pack())):
        assert [fact.name for fact in other.vocabulary.questions()] == order
        assert list(other.vocabulary.get("visitor").values) == ["worker", "employer"]
        assert list(other.matters["application"].section("claims").field("kind").values) == ["wages", "relation"]


def test_another_order_is_another_set(folder):
    first = load_definitions(folder).content_hash
    path = folder / "facts.yaml"
    worker, employer = (line for line in FACTS.splitlines() if line.lstrip().startswith(("worker:", "employer:")))
    swapped = FACTS.replace(f"{worker}\n{employer}", f"{employer}\n{worker}")
    path.write_text(swapped, encoding="utf-8")
    assert load_definitions(folder).content_hash != first


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"files": 3}', b'{"files": {"nothing.yaml": 1}}', b"\xff"])
def test_bytes_that_are_no_set_are_refused(content):
    with pytest.raises(DefinitionError):
        unpack(content)


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("application", "repeat: {min: 1, max: 2}", "repaet: {min: 1}", "definition.unknown_key"),
        ("application", "route: arbitration", "route: nowhere", "matter.route_unknown"),
        ("application", "answer_deadline: answer", "answer_deadline: soon", "matter.deadline_unknown"),
        ("application", "papers: []", "papers: [poem]", "matter.paper_unknown"),
        ("application", "problem_if: {to: <", "problem_if: {too: <", "rules.unknown_fact"),
        ("application", "field: to\n", "field: two\n", "matter.field_unknown"),
        ("application", "fills: {birth_date:", "fills: {born:", "matter.fills_unknown"),
        (
            "application",
            "sex: sex}\n      - {field: birth",
            "sex: gender}\n      - {field: birth",
            "matter.fills_unknown",
        ),
        ("application", "supplies: has_agent", "supplies: agents", "matter.supplies_unknown"),
        ("application", "supplies: left_on", "supplies: has_agent", "matter.supplies_type"),
        ("application", "section: claims\n    title", "section: agents\n    title", "matter.code_twice"),
        ("application", "matter: application", "matter: other", "definition.file_name"),
        ("application", "show_if: {has_agent: true}", "show_if: {has_agent: maybe}", "rules."),
        ("application", "repeat: {min: 1, max: 3}", "repeat: {min: 4, max: 3}", "matter.repeat_bounds"),
        ("application", "supplies: workers", "supplies: visitor", "matter.supplies_list"),
        ("application", "supplies: born_on", "supplies: born_in", "matter.supplies_unknown"),
        (
            "application",
            "{male: {zh: 男, en: Male}, female: {zh: 女, en: Female}}",
            "{}",
            "matter.choice_without_values",
        ),
        (
            "application",
            "label: {zh: 出生日期, en: Born}",
            "label: {zh: 日, en: B}, fills: {sex: sex}",
            "matter.fills_type",
        ),
        (
            "application",
            "label: {zh: 起, en: From}",
            "label: {zh: 起, en: F}, supplies: left_on",
            "matter.supplies_repeated",
        ),
        (
            "application",
            "section: claims\n    problem_if",
            "section: nothing\n    problem_if",
            "matter.section_unknown",
        ),
        ("application", "papers: []", "papers: {}", "definition.expected"),
        ("deadlines", "answer:", "Answer:", "definition.key_form"),
        ("arbitration", "[arbitration]", "[sorcery]", "office.route_unknown"),
        ("arbitration", "'000000'", "12", "definition.expected"),
        ("2026", "2026-10-10", "2026-10-09", "calendar.workday_not_weekend"),
        ("2026", "2026-10-10", "2026-02-30", "definition.expected"),
        ("2026", "2026-10-02", "2025-10-02", "calendar.other_year"),
        ("facts", "type: bool, unclear", "type: boolean, unclear", "definition.choice"),
        ("facts", "type: bool, unclear", "tpye: bool, unclear", "definition.unknown_key"),
        ("320500", "amount: 3", "amount: -3", "definition.expected"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path, part, old, new, code):
    texts = {Path(name).stem: text for name, text in FILES.items()}
    line = texts[part][: texts[part].index(old)].count("\n") + 1
    folder = write_set(tmp_path / "forms", **{part: texts[part].replace(old, new, 1)})
    found_code, file, found_line = error_of(folder)
    assert found_code.startswith(code)
    assert (Path(file).stem, found_line) == (part, line)


def test_every_mistake_of_form_is_listed(tmp_path):
    text = CALENDAR.replace("year:", "yaer:").replace("notice:", "notise:")
    errors = find_errors(write_set(tmp_path / "forms", **{"2026": text}))
    assert {(error.code, error.params["key"]) for error in errors} == {
        ("definition.missing_key", "year"),
        ("definition.missing_key", "notice"),
        ("definition.unknown_key", "yaer"),
        ("definition.unknown_key", "notise"),
    }
    assert [error.line for error in errors] == sorted(error.line for error in errors)


def test_a_condition_split_at_its_comma_says_what_to_do(tmp_path):
    folder = write_set(tmp_path / "forms", application=MATTER.replace("{visitor: employer}", "{visitor: not(a, b)}"))
    assert error_of(folder)[0] == "definition.comma_unquoted"


def test_a_file_in_no_known_place_is_refused(folder):
    (folder / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    assert error_of(folder) == ("definition.unknown_file", "notes.yaml", 1)


def test_a_folder_without_definitions_says_so(tmp_path):
    assert error_of(tmp_path)[0] == "definition.no_files"


def test_without_the_vocabulary_nothing_is_read(folder):
    (folder / "facts.yaml").unlink()
    assert error_of(folder)[0] == "definition.no_facts"


def test_a_limit_is_stated_once(folder):
    text = (folder / "parameters/deadlines.yaml").read_text(encoding="utf-8")
    (folder / "parameters/more.yaml").write_text(text, encoding="utf-8")
    assert error_of(folder)[:2] == ("deadline.twice", "parameters/more.yaml")


def test_a_locality_may_state_a_limit_of_its_own(tmp_path):
    own = LOCALITY.split("deadlines:")[0] + DEADLINES.strip().replace("answer:", "correction:")
    definitions = load_definitions(write_set(tmp_path / "forms", **{"320500": own}))
    assert definitions.rules.deadline("correction") is None
    rule = definitions.rules.deadline("correction", "320500")
    assert rule is not None
    assert rule.locality == "320500"


def test_a_choice_may_take_the_values_of_a_fact(tmp_path):
    old = "values: {male: {zh: 男, en: Male}, female: {zh: 女, en: Female}}"
    for new in ("values: {fact: visitor}", "supplies: visitor"):
        folder = write_set(tmp_path / new[0], application=MATTER.replace(old, new))
        field = load_definitions(folder).matters["application"].section("applicant").field("sex")
        assert list(field.values) == ["worker", "employer"]


def test_an_unknown_section_of_a_matter_is_a_key_error(folder):
    matter = load_definitions(folder).matters["application"]
    with pytest.raises(KeyError):
        matter.section("nothing")


def test_later_kinds_are_known_from_the_start(folder):
    for kind in ("policies", "bundles"):
        (folder / kind).mkdir()
        (folder / kind / "one.yaml").write_text("title: {zh: 以后, en: later}\n", encoding="utf-8")
    assert len(load_definitions(folder).files.documents) == 9


def test_a_shared_section_means_the_same_in_all_matters(folder):
    second = MATTER.replace("matter: application", "matter: second").replace("route: arbitration", "route: court")
    second = second.replace("{field: name, type: text, label: {zh: 名称", "{field: name, type: date, label: {zh: 名称")
    (folder / "matters/second.yaml").write_text(second, encoding="utf-8")
    code, file, _ = error_of(folder)
    assert (code, file) == ("matter.shared_differs", "matters/second.yaml")


def test_one_route_has_one_matter(folder):
    (folder / "matters/second.yaml").write_text(
        MATTER.replace("matter: application", "matter: second"), encoding="utf-8"
    )
    assert error_of(folder)[0] == "matter.route_twice"


def places(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def test_a_set_found_sound_is_read_late_and_says_the_same(tmp_path):
    fresh = load_definitions(PROJECT / "forms", cache=tmp_path)
    sound = load_definitions(PROJECT / "forms", cache=tmp_path)
    assert not isinstance(fresh.matters, Late)
    assert isinstance(sound.matters, Late)
    assert dict(sound.matters) == dict(fresh.matters)
    assert list(sound.calculators) == list(fresh.calculators)
    assert [sound.calculators[code].steps[-1].basis for code in sound.calculators] == [
        fresh.calculators[code].steps[-1].basis for code in fresh.calculators
    ]
    assert sound.promises == fresh.promises
    assert {code: tuple(sound.conditions[code].fields) for code in sound.conditions} == {
        code: tuple(fresh.conditions[code].fields) for code in fresh.conditions
    }
    for name in ("wording", "matter_for_route", "decisions", "catalogue"):
        assert getattr(sound, name) == getattr(fresh, name), name
    assert [len(group.entries) for group in sound.phrases.values()] == [
        len(group.entries) for group in fresh.phrases.values()
    ]


def test_the_rules_of_a_set_found_sound_are_the_same_in_every_locality(tmp_path):
    fresh = load_definitions(PROJECT / "forms", cache=tmp_path).rules
    sound = load_definitions(PROJECT / "forms", cache=tmp_path).rules
    assert isinstance(sound.tables, Late)
    assert list(sound.localities) == list(fresh.localities)
    for place in (None, *fresh.localities):
        assert sound.chain(place) == fresh.chain(place)
        assert _rows(sound, place) == _rows(fresh, place)
    assert list(sound.exclusive) == list(fresh.exclusive)
    assert [dict(each) for each in _limits(sound)] == [dict(each) for each in _limits(fresh)]


def _rows(rules, place):
    return [(name, table.rows) for name, table in rules.tables_for(place).items()]


def _limits(rules):
    told = (rules.deadlines.national, *rules.deadlines.local.values())
    return [{code: (rule.amount, rule.start, rule.basis) for code, rule in each.items()} for each in told]


def test_a_set_with_a_mistake_is_never_noted_as_sound(folder, tmp_path):
    cache = tmp_path / "cache"
    path = folder / "matters/application.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("route: arbitration", "route: nowhere"), encoding="utf-8")
    codes = [raised_of(folder, cache) for _ in range(2)]
    assert codes[0] == codes[1]
    assert not list(cache.glob("*.sound"))


def raised_of(folder, cache):
    with pytest.raises(DefinitionError) as raised:
        load_definitions(folder, cache=cache)
    return raised.value.code


def test_the_cache_gives_the_same_set_with_the_same_lines(folder, tmp_path):
    cache = tmp_path / "cache"
    fresh, cached = read_files(folder, cache), read_files(folder, cache)
    assert cached.packed == fresh.packed
    assert list(cached.documents) == list(fresh.documents)
    for name, document in fresh.documents.items():
        again = cached.documents[name]
        assert again.value == document.value
        assert [again.line(path) for path in places(again.value)] == [
            document.line(path) for path in places(document.value)
        ]
    assert len(list(cache.iterdir())) == 1
    line = FILES["facts.yaml"].split("court:")[0].count("\n") + 1
    assert cached.documents["facts.yaml"].line(("facts", "route", "values", "court")) == line


@pytest.mark.parametrize("damage", [b"", b"garbage", b"0" * 64 + b"\n{}\n{}", None])
def test_a_damaged_cache_is_read_again_from_the_files(folder, tmp_path, damage):
    cache = tmp_path / "cache"
    first = load_definitions(folder, cache=cache).content_hash
    (kept,) = cache.glob("*.json")
    content = kept.read_bytes()
    kept.write_bytes(content[:-3] + b"xyz" if damage is None else damage)
    assert load_definitions(folder, cache=cache).content_hash == first
    assert kept.read_bytes() == content


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(folder, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert load_definitions(folder, cache=blocked / "cache").content_hash


def test_the_cache_does_not_grow_without_end(folder, tmp_path):
    cache = tmp_path / "cache"
    path = folder / "offices/arbitration.yaml"
    for number in range(7):
        path.write_text(OFFICE.replace("仲裁委", f"第{number}仲裁委"), encoding="utf-8")
        load_definitions(folder, cache=cache)
    assert len(list(cache.glob("*.json"))) == 4
    assert len(list(cache.glob("*.sound"))) == 1


def test_a_changed_file_is_not_served_from_the_cache(folder, tmp_path):
    cache = tmp_path / "cache"
    load_definitions(folder, cache=cache)
    path = folder / "offices/arbitration.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("仲裁委", "仲裁院"), encoding="utf-8")
    assert load_definitions(folder, cache=cache).offices["arbitration"].title["zh"] == "仲裁院"


def test_the_cache_holds_json_and_no_code(folder, tmp_path):
    cache = tmp_path / "cache"
    load_definitions(folder, cache=cache)
    (kept,) = cache.glob("*.json")
    _, packed, places_, marks = kept.read_bytes().split(b"\n")
    assert json.loads(packed)["format"] == 1
    assert "facts.yaml" in json.loads(marks)
    begin, end = json.loads(places_)["facts.yaml"]
    assert json.loads(packed[begin:end]) == json.loads(packed)["files"]["facts.yaml"]
    assert os.access(kept, os.R_OK)


LISTED = """
listed:
  - {section: %s, field: %s, values: [%s], message: {zh: 不在列举之内, en: Not listed}, basis: []}
"""


@pytest.mark.parametrize("place", [("nowhere", "kind", "one"), ("claims", "kind", "no_such_value")])
def test_what_a_locality_lists_are_values_of_a_choice_that_some_matter_has(folder, place):
    path = next((folder / "localities").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + LISTED % place, encoding="utf-8")
    assert error_of(folder)[0] == "locality.listed_unknown"


def test_a_place_lists_what_those_it_follows_do_and_the_nearest_speaks():
    kinds, claims = ("agents", "agent_kind"), ("claims", "kind")
    wide, near = (Listed(frozenset({value}), {}, ()) for value in ("lawyer", "staff"))
    province = LocalityDefinition("33", {}, None, (), {kinds: wide, claims: wide})
    city = LocalityDefinition("3301", {}, "33", (), {kinds: near})
    assert lists_in({"33": province, "3301": city}, ("3301", "33")) == {kinds: near, claims: wide}
    assert lists_in({"33": province, "3301": city}, ()) == {}
