"""Commitments in place of certificates: held against matters, materials and the wording of their papers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.forms.small_set import FACTS, LOCALITY, MATTER, write_set

from window_app.errors import DefinitionError, WindowAppError
from window_app.forms import DefinitionSet, load_definitions
from window_app.forms.commitments import LETTER_ELEMENTS, NOTICE_ELEMENTS
from window_app.forms.matter_export import export_matter
from window_app.forms.matter_import import import_matter
from window_app.yamlio import parse_yaml

WORDING = Path(__file__).resolve().parents[2] / "forms" / "wording"
NOTICE, LETTER = "commitment_notice", "commitment_letter"
MORE_FACTS = """
  commitment_area:
    scope: matter
    type: enum
    values: {none: {zh: 无, en: None}, environment: {zh: 生态环境, en: Environment}}
  commitment_method:
    scope: matter
    type: enum
    values:
      written: {zh: 书面核查, en: On paper}
      online: {zh: 网络核验, en: Online}
      on_site: {zh: 实地调查, en: On site}
      public: {zh: 公示核查, en: By notice}
  workers:"""
WORD = """
commitment: word
number: 1
title: {zh: 工资证明, en: Wages}
certificate: {zh: 工资条, en: Payslip}
authority: {zh: 单位, en: Employer}
proves: {zh: 工资数额。, en: The wages.}
conditions: {zh: 所填工资属实。, en: The wages are as stated.}
basis: [{law: 劳动争议调解仲裁法, article: 6}]
replaces: [wages]
matters: [application]
verification: after
method: [online]
published: {public: false, text: {zh: 不公开。, en: Not public.}}
who: natural_person
proxy: guardian_only
notice: commitment_notice
letter: commitment_letter
verified: {certificate: true}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small set with one commitment and the real wording of notice and commitment."""
    made = write_set(tmp_path / "forms", facts=FACTS.replace("\n  workers:", MORE_FACTS, 1))
    (made / "wording").mkdir()
    for paper in (NOTICE, LETTER):
        (made / "wording" / f"{paper}.yaml").write_bytes((WORDING / f"{paper}.yaml").read_bytes())
    (made / "commitments").mkdir()
    (made / "commitments/word.yaml").write_text(WORD, encoding="utf-8")
    return made


def error_of(folder: Path) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        load_definitions(folder)
    return caught.value


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_commitment_stands_for_the_material_of_its_matter(folder: Path) -> None:
    law = load_definitions(folder)
    found = law.commitments_for("application", "wages")
    assert [each.code for each in found] == ["word"]
    assert found == (law.commitments["word"],)
    assert law.commitments_for("application", "identity") == ()
    assert found[0].verify_within is None
    assert found[0].verified["certificate"]
    assert not found[0].verified["authority"]
    assert found[0].is_open_to(employer=False)
    assert not found[0].is_open_to(employer=True)


def test_any_matter_that_asks_for_the_material_may_be_meant(folder: Path) -> None:
    change(folder, "commitments/word.yaml", "matters: [application]", 'matters: "*"')
    assert [each.code for each in load_definitions(folder).commitments_for("application", "wages")] == ["word"]


WRONG = [
    ("replaces: [wages]\nmatters: [application]\n", "", "catalogue.replaces_nothing", None),
    ("matters: [application]\n", "", "catalogue.replaces_nothing", None),
    ("replaces: [wages]", "replaces: [licence]", "catalogue.replaces_nothing", "matters"),
    ("replaces: [wages]", "replaces: [wages, licence]", "catalogue.material_unknown", "replaces"),
    ("matters: [application]", "matters: [complaint]", "catalogue.matter_unknown", "matters"),
    ("verification: after", "verification: exempt", "catalogue.method_missing", "method"),
    ("method: [online]", "method: []", "catalogue.method_missing", "method"),
    ("number: 1", "number: 1\narea: sea", "catalogue.area_unknown", "area"),
    ("number: 1", "number: 1\nexamination: true", "catalogue.proxy_examination", "proxy"),
    ("notice: commitment_notice", "notice: nothing", "catalogue.wording_unknown", "notice"),
    ("letter: commitment_letter", "letter: commitment_notice", "catalogue.element_missing", "letter"),
    ("verified: {certificate: true}", "verified: {colour: true}", "definition.unknown_key", None),
    ("who: natural_person", "who: agent", "definition.choice", "who"),
]
ELSEWHERE = "elsewhere: {matter: {zh: 别处, en: There}, material: {zh: 证明, en: Proof}, route: %s}\n"


@pytest.mark.parametrize(("old", "new", "code", "key"), WRONG)
def test_what_does_not_fit_is_named_where_it_stands(
    folder: Path, old: str, new: str, code: str, key: str | None
) -> None:
    change(folder, "commitments/word.yaml", old, new)
    error = error_of(folder)
    assert (error.code, error.params["file"]) == (code, "commitments/word.yaml")
    lines = (folder / "commitments/word.yaml").read_text("utf-8").splitlines()
    if key is not None:
        assert lines[int(str(error.params["line"])) - 1].startswith(f"{key}:")


def test_one_of_another_counter_names_matter_and_certificate_instead(folder: Path) -> None:
    change(folder, "commitments/word.yaml", "replaces: [wages]\nmatters: [application]\n", ELSEWHERE % "court")
    found = load_definitions(folder).commitments["word"].elsewhere
    assert found is not None
    assert (found.matter["zh"], found.route) == ("别处", "court")
    change(folder, "commitments/word.yaml", "route: court", "route: nowhere")
    assert error_of(folder).code == "catalogue.route_unknown"


def test_one_here_cannot_be_elsewhere_too(folder: Path) -> None:
    change(folder, "commitments/word.yaml", "who:", f"{ELSEWHERE % 'court'}who:")
    assert error_of(folder).code == "catalogue.replaces_nothing"


def test_a_certificate_has_one_commitment(folder: Path) -> None:
    (folder / "commitments/again.yaml").write_text(WORD.replace("commitment: word", "commitment: again"), "utf-8")
    error = error_of(folder)
    assert (error.code, error.params["other"], error.params["material"]) == ("catalogue.twice", "again", "wages")


def elements() -> Iterator[tuple[str, str]]:
    """Yield paper and item of everything that every notice and every commitment has to say."""
    for paper, said in ((NOTICE, NOTICE_ELEMENTS), (LETTER, LETTER_ELEMENTS)):
        yield from ((paper, item) for items in said.values() for item in items)


def edited(folder: Path, paper: str, edit: Mapping[str, Any] | None, item: str, *, required: bool) -> None:
    """Write a paper whose item is gone or changed, and with `required` not required any more either."""
    path = folder / f"wording/{paper}.yaml"
    content = parse_yaml(path.read_bytes(), file=path.name).value
    for version in content["versions"]:
        for block in version["blocks"]:
            if "items" in block:
                block["items"] = list(_items(block["items"], edit, item))
    if required:
        content["required"] = [each for each in content["required"] if each.get("item") != item]
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _items(
    items: Iterable[Mapping[str, Any]], edit: Mapping[str, Any] | None, item: str
) -> Iterator[Mapping[str, Any]]:
    for each in items:
        if each["id"] != item:
            yield each
        elif edit is not None:
            yield {**each, **edit}


@pytest.mark.parametrize(("paper", "item"), tuple(elements()))
def test_no_element_can_be_taken_out(folder: Path, paper: str, item: str) -> None:
    edited(folder, paper, None, item, required=False)
    assert error_of(folder).code == "wording.required_missing"


@pytest.mark.parametrize(("paper", "item"), tuple(elements()))
def test_no_element_can_be_taken_out_with_the_line_that_requires_it(folder: Path, paper: str, item: str) -> None:
    edited(folder, paper, None, item, required=True)
    error = error_of(folder)
    assert (error.code, error.params["paper"]) == ("catalogue.element_missing", paper)
    assert (error.params["file"], error.params["commitment"]) == ("commitments/word.yaml", "word")


@pytest.mark.parametrize(("paper", "item"), [(NOTICE, "criminal"), (NOTICE, "verification_after"), (LETTER, "genuine")])
def test_no_element_can_hang_on_what_the_catalogue_does_not_say(folder: Path, paper: str, item: str) -> None:
    edited(folder, paper, {"if": "phone" if paper == NOTICE else "employer"}, item, required=False)
    assert error_of(folder).code == "catalogue.element_conditional"


def local(folder: Path, text: str) -> DefinitionSet:
    (folder / "localities/320500.yaml").write_text(LOCALITY + text, encoding="utf-8")
    return load_definitions(folder)


def test_a_locality_says_within_which_time_and_how_it_verifies(folder: Path) -> None:
    law = local(
        folder,
        """
commitments:
  "*": {verify_within: {number: 30, unit: days}, method: [written]}
  word: {verification: during}
""",
    )
    here = law.commitment("word", "320500")
    assert here.verify_within is not None
    assert (here.verify_within.number, here.verify_within.unit, here.locality) == (30, "days", "320500")
    assert (here.verification, here.method) == ("during", ("written",))
    assert law.commitment("word") == law.commitments["word"]
    assert law.commitments_for("application", "wages", "320500") == (here,)


def test_a_locality_may_not_offer_one(folder: Path) -> None:
    law = local(folder, "commitments: {word: {offered: false}}\n")
    assert law.commitments_for("application", "wages", "320500") == ()
    assert len(law.commitments_for("application", "wages")) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("commitments: {other: {offered: false}}\n", "catalogue.unknown"),
        ('commitments: {"*": {verification: exempt}}\n', "catalogue.method_missing"),
        ("commitments: {word: {colour: red}}\n", "definition.unknown_key"),
    ],
)
def test_a_locality_s_mistake_is_named_in_its_file(folder: Path, text: str, code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        local(folder, text)
    assert (caught.value.code, caught.value.params["file"]) == (code, "localities/320500.yaml")


def test_a_matter_takes_its_commitments_along(folder: Path, tmp_path: Path) -> None:
    local(folder, "commitments:\n  word: {verify_within: {number: 30, unit: days}}\n")
    bundle = export_matter("application", folder)
    files = {each.file for each in bundle.files}
    assert {"commitments/word.yaml", f"wording/{NOTICE}.yaml", f"wording/{LETTER}.yaml"} <= files
    assert ("localities/320500.yaml", "commitments.word") in {(each.file, each.name) for each in bundle.parts}
    (tmp_path / "other").mkdir()
    made = import_matter(bundle, tmp_path / "other")
    assert [*made.differences, *made.findings] == []
    law = load_definitions(tmp_path / "other")
    assert law.commitments == load_definitions(folder).commitments
    assert law.commitment("word", "320500").verify_within is not None


def test_one_of_several_matters_cannot_leave_with_one_of_them(folder: Path) -> None:
    second = MATTER.replace("matter: application", "matter: second").replace("route: arbitration", "route: court")
    (folder / "matters/second.yaml").write_text(second, encoding="utf-8")
    change(folder, "commitments/word.yaml", "matters: [application]", "matters: [application, second]")
    with pytest.raises(WindowAppError) as caught:
        export_matter("second", folder)
    assert (caught.value.code, caught.value.params["commitment"]) == ("bundle.commitment_shared", "word")
