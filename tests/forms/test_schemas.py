"""JSON Schema for editors and for the command line's inputs."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.forms.small_set import write_set

from window_app.forms import load_definitions
from window_app.forms.kinds import KINDS
from window_app.forms.schemas import editor_schemas, facts_schema, intake_schema, write_editor_schemas

PROJECT = Path(__file__).resolve().parents[2]
VALIDATOR = jsonschema.Draft202012Validator


@pytest.fixture(scope="module")
def real():
    return load_definitions(PROJECT / "forms")


@pytest.fixture
def small(tmp_path: Path):
    return load_definitions(write_set(tmp_path / "forms"))


def test_the_schemas_for_editors_are_current():
    kept = {path.name: path.read_bytes() for path in (PROJECT / "forms/schema").iterdir()}
    assert kept == editor_schemas(), "run: python -m window_app.forms.schemas forms/schema"


def test_the_schemas_for_editors_are_written(tmp_path):
    write_editor_schemas(tmp_path / "schema")
    assert len(list((tmp_path / "schema").iterdir())) == len(KINDS)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_file_of_the_program_fits_its_schema(real, kind):
    schema = json.loads(editor_schemas()[f"{kind}.schema.json"])
    VALIDATOR.check_schema(schema)
    for document in real.files.of_kind(kind):
        VALIDATOR(schema).validate(document.value)


def test_a_wrong_key_fits_no_schema(small):
    schema = json.loads(editor_schemas()["matters.schema.json"])
    matter = next(small.files.of_kind("matters")).value
    assert list(VALIDATOR(schema).iter_errors({**matter, "rout": "x"}))


def test_both_inputs_have_a_valid_schema(real):
    VALIDATOR.check_schema(facts_schema(real))
    VALIDATOR.check_schema(intake_schema(real))


INTAKE = {
    "on": "2026-11-21",
    "facts": {"visitor": "worker", "workers_total": 2},
    "answers": {"applicant": {"name": "张𬭚", "has_agent": False}, "respondents": [{"name": "某厂"}]},
    "materials": {"identity": {"state": "original_seen", "copies": 1}},
    "matters": [
        {
            "facts": {"matter_kind": "wages", "employed": "unclear"},
            "route": "arbitration",
            "answers": {"claims": [{"kind": "wages", "amount": "12000.50"}], "statement": {"text": "欠薪"}},
        }
    ],
}


def test_an_intake_fits(small):
    VALIDATOR(intake_schema(small)).validate(INTAKE)


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"matter_kind": "wages"}},
        {"facts": {"visitor": "nobody"}},
        {"matters": []},
        {"materials": {"identity": {"state": "lost"}}},
        {"answers": {"applicants": {}}},
        {"answers": {"applicant": {"nome": "张三"}}},
        {"matters": [{"facts": {}, "route": "somewhere"}]},
        {"visit": 1},
    ],
)
def test_an_intake_with_a_mistake_does_not_fit(small, change):
    assert list(VALIDATOR(intake_schema(small)).iter_errors({**INTAKE, **change}))


def test_facts_fit(small):
    schema = VALIDATOR(facts_schema(small))
    schema.validate({"matter_kind": "wages", "employed": "unclear", "workers": [{"name": "甲", "owed": "1.50"}]})
    schema.validate({"visitor": "worker", "matters": [{"matter_kind": "wages"}, {"matter_kind": "other"}]})
    assert list(schema.iter_errors({"employed": "maybe"}))
    assert list(schema.iter_errors({"unknown": 1}))
    assert list(schema.iter_errors({"matters": [{"visitor": "worker"}]}))
