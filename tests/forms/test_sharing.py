"""Sections and lines of the checklist that several matters use: one place, small changes, errors where they stand."""

from pathlib import Path

import pytest
from tests.forms.small_set import MATTER, write_set

from window_app.errors import DefinitionError
from window_app.forms import load_definitions, unpack

PLACE = """
section: workplace
title: {zh: 工作地点, en: Place}
shared: true
fields:
  - {field: address, type: address, label: {zh: 地址, en: Address}, due: true, max_length: 200}
  - {field: since, type: date, label: {zh: 自, en: From}}
  - {field: until, type: date, label: {zh: 至, en: To}}
checks:
  - check: order_of_days
    problem_if: {until: < since}
    field: until
    severity: error
    message: {zh: 止日早于起日。, en: Ends before it begins.}
"""
PAYSLIP = """
material: payslip
title: {zh: 工资条, en: Payslip}
original: seen
copies: 1
"""
USES = "  - use: workplace\n"


def written(folder: Path, section: str = USES, material: str = "", place: str = PLACE) -> Path:
    """Return a set whose one matter uses the shared section, and perhaps the shared material."""
    matter = MATTER.replace("checks:\n", f"{section}checks:\n", 1)
    matter = matter.replace("papers: []", f"{material}papers: []")
    write_set(folder, application=matter)
    for name, text in (("sections/workplace", place), ("materials/payslip", PAYSLIP)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def error_of(folder: Path) -> tuple[str, str, int]:
    with pytest.raises(DefinitionError) as caught:
        load_definitions(folder)
    return caught.value.code, caught.value.file, caught.value.line


def test_a_matter_has_the_sections_checks_and_materials_that_it_uses(tmp_path):
    matter = load_definitions(written(tmp_path, material="  - use: payslip\n")).matters["application"]
    section = matter.section("workplace")
    assert [field.code for field in section.fields] == ["address", "since", "until"]
    assert section.shared
    assert matter.sections[-1] is section
    assert [(check.code, check.section) for check in matter.checks][-1] == ("order_of_days", "workplace")
    assert matter.materials[-1].title["zh"] == "工资条"


def test_a_change_of_the_shared_file_reaches_every_matter_that_uses_it(tmp_path):
    folder = written(tmp_path)
    text = (folder / "matters/application.yaml").read_text(encoding="utf-8")
    other = text.replace("matter: application", "matter: other").replace("route: arbitration", "route: court")
    (folder / "matters/other.yaml").write_text(other, encoding="utf-8")
    path = folder / "sections/workplace.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("zh: 地址", "zh: 详细地址"), encoding="utf-8")
    matters = load_definitions(folder).matters.values()
    assert {each.section("workplace").field("address").label["zh"] for each in matters} == {"详细地址"}
    assert len(matters) == 2


def test_a_matter_changes_what_is_its_own(tmp_path):
    section = """  - use: workplace
    title: {zh: 上班的地方, en: Where}
    leave_out: [until, order_of_days]
    fields:
      - {field: address, without: [max_length], label: {zh: 上班地址, en: Address}}
      - {field: floor, after: address, type: integer, label: {zh: 楼层, en: Floor}}
      - {field: remark, type: text, label: {zh: 备注, en: Remark}}
"""
    material = "  - {use: payslip, original: none, optional: true}\n"
    matter = load_definitions(written(tmp_path, section, material)).matters["application"]
    changed = matter.section("workplace")
    assert changed.title["zh"] == "上班的地方"
    assert [field.code for field in changed.fields] == ["address", "floor", "since", "remark"]
    assert changed.field("address").label["zh"] == "上班地址"
    assert changed.field("address").due
    assert changed.field("address").max_length is None
    assert all(check.section != "workplace" for check in matter.checks)
    payslip = matter.materials[-1]
    assert (payslip.code, payslip.original, payslip.optional, payslip.copies) == ("payslip", "none", True, 1)


def test_a_packed_set_keeps_what_is_shared(tmp_path):
    definitions = load_definitions(written(tmp_path))
    again = unpack(definitions.pack())
    assert again.matters == definitions.matters
    assert again.content_hash == definitions.content_hash


WRONG = {
    "no such section": ("  - use: workplaces\n", "matter.use_unknown"),
    "nothing to leave out": ("  - {use: workplace, leave_out: [floor]}\n", "matter.leave_out_unknown"),
    "nothing to drop": (
        "  - {use: workplace, fields: [{field: since, without: [due]}]}\n",
        "matter.without_unknown",
    ),
    "no place to stand": (
        "  - {use: workplace, fields: [{field: x, after: y, type: text, label: {zh: 楼, en: F}}]}\n",
        "matter.after_unknown",
    ),
    "a new field without type": (
        "  - {use: workplace, fields: [{field: floor, label: {zh: 楼, en: F}}]}\n",
        "definition.missing_key",
    ),
    "a check of a field left out": ("  - {use: workplace, leave_out: [until]}\n", "matter.field_unknown"),
    "an unknown key": ("  - {use: workplace, titel: {zh: 楼, en: F}}\n", "definition.unknown_key"),
    "neither own nor used": ("  - {title: {zh: 楼, en: F}}\n", "definition.expected"),
}


@pytest.mark.parametrize(("section", "code"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_using_is_named(tmp_path, section, code):
    found, file, line = error_of(written(tmp_path, section))
    assert (found, file) in {(code, "matters/application.yaml"), (code, "sections/workplace.yaml")}
    if file.startswith("matters/"):
        lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
        assert "use: workplace" in lines[line - 1] or "title" in lines[line - 1]


def test_a_mistake_in_the_shared_file_is_named_there(tmp_path):
    place = PLACE.replace("until: < since", "until: < begun")
    assert error_of(written(tmp_path, place=place)) == ("rules.cell_literal", "sections/workplace.yaml", 11)


def test_a_mistake_in_what_the_matter_changes_is_named_in_the_matter(tmp_path):
    section = "  - use: workplace\n    fields:\n      - field: since\n        show_if: {nobody: true}\n"
    code, file, line = error_of(written(tmp_path, section))
    assert (code, file) == ("rules.unknown_fact", "matters/application.yaml")
    assert "show_if" in (tmp_path / file).read_text(encoding="utf-8").splitlines()[line - 1]
