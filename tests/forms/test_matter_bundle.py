"""A whole matter as one file: out of a set and into another one, byte for byte; all or nothing."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forms.small_set import MATTER, write_set
from tests.forms.test_sharing import PAYSLIP, PLACE

from window_app.errors import DefinitionError, WindowAppError
from window_app.forms import load_definitions
from window_app.forms.matter_bundle import MatterBundle, Part, WholeFile, read_bundle, write_bundle
from window_app.forms.matter_export import export_matter, gather_matter
from window_app.forms.matter_import import import_matter
from window_app.forms.yaml_parts import PartMisplaced, put_part, take_part

PROJECT = Path(__file__).resolve().parents[2]
FORMS = PROJECT / "forms"
MATTERS = sorted(path.stem for path in (FORMS / "matters").glob("*.yaml"))


@pytest.fixture(scope="module")
def law():
    return load_definitions(FORMS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small set whose matter uses a shared section and a shared material, and whose locality changes its limit."""
    matter = MATTER.replace("checks:\n", "  - use: workplace\nchecks:\n", 1)
    matter = matter.replace("papers: []", "  - {use: payslip, optional: true}\npapers: []")
    made = write_set(tmp_path / "forms", application=matter)
    for name, text in (("sections/workplace", PLACE), ("materials/payslip", PAYSLIP)):
        (made / name).parent.mkdir(exist_ok=True)
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("matter", MATTERS)
def test_every_matter_comes_back_byte_for_byte_from_an_empty_folder(law, tmp_path, matter):
    text = write_bundle(gather_matter(matter, law, FORMS))
    bundle = read_bundle(text.encode(), "matter.yaml")
    found = import_matter(bundle, tmp_path)
    assert [*found.differences, *found.findings, *found.same] == []
    assert set(found.written) == set(contents(tmp_path))
    alone = load_definitions(tmp_path)
    assert write_bundle(gather_matter(matter, alone, tmp_path)) == text
    assert alone.matters[matter] == law.matters[matter]


def test_what_is_there_already_is_left_alone(law, tmp_path):
    forms = shutil.copytree(FORMS, tmp_path / "forms")
    before = contents(forms)
    found = import_matter(gather_matter("arbitration_collective", law, FORMS), forms)
    assert [*found.added, *found.differences, *found.written] == []
    assert contents(forms) == before


def test_a_bundle_holds_what_the_matter_is_made_of(folder):
    bundle = export_matter("application", folder)
    assert [each.file for each in bundle.files] == [
        "matters/application.yaml",
        "materials/payslip.yaml",
        "sections/workplace.yaml",
    ]
    assert {(each.file, each.name) for each in bundle.parts} == {
        ("facts.yaml", "facts.route.scope"),
        ("facts.yaml", "facts.route.type"),
        ("facts.yaml", "facts.route.values.arbitration"),
        ("facts.yaml", "facts.visitor"),
        ("facts.yaml", "facts.has_agent"),
        ("facts.yaml", "facts.employed"),
        ("facts.yaml", "facts.left_on"),
        ("facts.yaml", "facts.received_on"),
        ("facts.yaml", "facts.workers"),
        ("facts.yaml", "derived.owed_total"),
        ("parameters/deadlines.yaml", "deadlines.answer"),
        ("localities/320500.yaml", "deadlines.answer"),
        ("localities/320500.yaml", "locality"),
        ("localities/320500.yaml", "title"),
        ("localities/320500.yaml", "districts"),
    }


def test_another_set_takes_a_matter_in(folder, tmp_path):
    other = write_set(tmp_path / "other")
    (other / "matters/application.yaml").unlink()
    (other / "localities/320500.yaml").unlink()
    bundle = export_matter("application", folder)
    found = import_matter(bundle, other)
    assert found.differences == ()
    assert set(found.written) == {
        "localities/320500.yaml",
        "sections/workplace.yaml",
        "materials/payslip.yaml",
        "matters/application.yaml",
    }
    assert found.written[-1] == "matters/application.yaml"
    assert export_matter("application", other) == bundle


def test_other_words_are_shown_and_nothing_is_written_until_they_are_meant(folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    for name, old, new in (
        ("sections/workplace.yaml", "zh: 地址", "zh: 上班地址"),
        ("parameters/deadlines.yaml", "amount: 5", "amount: 7"),
    ):
        path = other / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    before = contents(other)
    bundle = export_matter("application", folder)
    found = import_matter(bundle, other)
    assert [(each.file, each.entry) for each in found.differences] == [
        ("sections/workplace.yaml", ""),
        ("parameters/deadlines.yaml", "deadlines.answer"),
    ]
    shown = "\n".join(line for each in found.differences for line in each.lines)
    assert "-  - {field: address, type: address, label: {zh: 上班地址" in shown
    assert "+  amount: 5" in shown
    assert found.written == ()
    assert contents(other) == before
    replaced = import_matter(bundle, other, replace=True)
    assert set(replaced.written) == {"sections/workplace.yaml", "parameters/deadlines.yaml"}
    assert export_matter("application", other) == bundle


def test_a_difference_names_the_other_matters_that_use_it(folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    text = (folder / "matters/application.yaml").read_text(encoding="utf-8")
    second = text.replace("matter: application", "matter: second").replace("route: arbitration", "route: court")
    (other / "matters/second.yaml").write_text(second, encoding="utf-8")
    path = other / "sections/workplace.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("zh: 地址", "zh: 上班地址"), encoding="utf-8")
    (difference,) = import_matter(export_matter("application", folder), other).differences
    assert difference.others == ("second",)


def changed(bundle: MatterBundle, old: str, new: str) -> MatterBundle:
    """Return a bundle with other words in its own file."""
    files = tuple(WholeFile(each.file, each.text.replace(old, new)) for each in bundle.files)
    assert files != bundle.files
    return MatterBundle(bundle.matter, files, bundle.parts)


def test_a_matter_that_is_not_sound_leaves_the_set_as_it_was(folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    before = contents(other)
    wrong = changed(export_matter("application", folder), "employed: false", "nobody: false")
    with pytest.raises(DefinitionError) as caught:
        import_matter(wrong, other, replace=True)
    assert (caught.value.code, caught.value.file) == ("rules.unknown_fact", "matters/application.yaml")
    assert contents(other) == before


def test_a_matter_that_the_rule_checks_refuse_leaves_the_set_as_it_was(folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    text = (folder / "matters/application.yaml").read_text(encoding="utf-8")
    first = text.replace("matter: application", "matter: first\nwhen: {visitor: employer}")
    (other / "matters/first.yaml").write_text(first, encoding="utf-8")
    (folder / "matters/second.yaml").write_text(
        text.replace("matter: application", "matter: second\nwhen: {employed: true}"), encoding="utf-8"
    )
    before = contents(other)
    found = import_matter(export_matter("second", folder), other)
    assert [finding.code for finding in found.findings] == ["check.overlap"]
    assert found.written == ()
    assert contents(other) == before


def test_a_folder_that_takes_no_file_is_left_as_it_was(folder, tmp_path):
    other = write_set(tmp_path / "other")
    (other / "matters/application.yaml").unlink()
    (other / "sections").mkdir()
    (other / "sections/workplace.yaml.part").mkdir()
    before = contents(other)
    with pytest.raises(IsADirectoryError):
        import_matter(export_matter("application", folder), other)
    assert contents(other) == before


def test_a_matter_that_does_not_exist_is_named(folder):
    with pytest.raises(WindowAppError) as caught:
        export_matter("nothing", folder)
    assert (caught.value.code, caught.value.params["known"]) == ("bundle.no_matter", "application")


MISTAKES = {
    "cut off": (lambda text: text[: text.rindex("end:")], "bundle.cut_off"),
    "of a newer program": (lambda text: text.replace("format: 1", "format: 2"), "bundle.newer"),
    "a file outside": (
        lambda text: text.replace("sections/workplace.yaml", "../workplace.yaml"),
        "definition.expected",
    ),
    "a file of another kind": (
        lambda text: text.replace("file: sections/workplace.yaml", "file: offices/workplace.yaml"),
        "bundle.foreign_file",
    ),
    "a part of a whole file": (
        lambda text: text.replace("file: parameters/deadlines.yaml", "file: matters/application.yaml"),
        "bundle.foreign_file",
    ),
    "a file twice": (
        lambda text: text.replace("file: materials/payslip.yaml", "file: sections/workplace.yaml"),
        "bundle.twice",
    ),
    "another matter": (
        lambda text: text.replace("matter: application\nfiles", "matter: other\nfiles"),
        "bundle.one_matter",
    ),
    "no bundle at all": (lambda text: text[:0] + "matter: x\n", "definition.missing_key"),
    "not YAML": (lambda text: "{" + text, "yaml.syntax"),
}


@pytest.mark.parametrize(("damage", "code"), MISTAKES.values(), ids=MISTAKES)
def test_a_file_that_is_no_whole_bundle_is_refused(folder, damage, code):
    text = damage(write_bundle(export_matter("application", folder)))
    with pytest.raises(DefinitionError) as caught:
        read_bundle(text.encode(), "matter.yaml")
    assert caught.value.code == code


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \n\t:#'\"|-\r\x85\u2028\ufeff"))
).filter(lambda text: bool(text.strip()))


@given(TEXTS, TEXTS)
def test_any_text_comes_back_as_it_was(text, other):
    bundle = MatterBundle(
        "x", (WholeFile("matters/x.yaml", text),), (Part("facts.yaml", ("facts",), "visitor", other),)
    )
    assert read_bundle(write_bundle(bundle).encode(), "x.yaml") == bundle


ENTRIES = st.lists(
    st.sampled_from(
        ["type: bool", "ask: {zh: 问, en: Ask}", "values:\n  one: {zh: 一, en: One}", "# a remark", "domain: '[0..*]'"]
    ),
    min_size=1,
    max_size=4,
    unique=True,
).filter(lambda lines: any(not line.startswith("#") for line in lines) and not lines[-1].startswith("#"))
FILES = ["", "facts:\n  other: {type: bool}\n", "# head\nderived:\n  x: 1\n", "facts:\n    deep:\n        type: bool"]


@given(
    ENTRIES, st.sampled_from(FILES), st.lists(st.sampled_from(["facts", "more"]), min_size=0, max_size=2, unique=True)
)
def test_an_entry_put_in_is_the_entry_taken_out(lines, text, path):
    part = "visitor:\n" + "".join(f"  {line}\n" for entry in lines for line in entry.split("\n"))
    once = put_part(text, path, "visitor", part)
    assert take_part(once, path, "visitor") == part
    assert put_part(once, path, "visitor", part) == once
    again = put_part(once, path, "visitor", "visitor: {type: text}\n")
    assert take_part(again, path, "visitor") == "visitor: {type: text}\n"


def test_a_mapping_in_braces_takes_no_entry():
    with pytest.raises(PartMisplaced):
        put_part("facts: {a: {type: bool}}\n", ["facts"], "b", "b: {type: bool}\n")
    assert take_part("facts: {a: {type: bool}}\n", ["facts"], "a") is None
