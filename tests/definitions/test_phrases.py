"""The phrases as written: enough of them for each subject, every place with a source, in both languages."""

import re

import pytest

from window_app.errors import DefinitionError
from window_app.forms import DefinitionSet
from window_app.forms.claim_shapes import EMPTY
from window_app.forms.phrases import Phrase, read_phrases
from window_app.yamlio import parse_yaml

SUBJECTS = {
    "wages": {"wages_unpaid", "wages_below_minimum"},
    "overtime": {"overtime_pay"},
    "contract": {"contract_unsigned"},
    "dismissal": {"employment_ended"},
    "injury": {"work_injury"},
    "insurance": {"social_insurance"},
    "leave": {"annual_leave"},
    "deposit": {"unlawful_practice"},
    "collective": {"collective_contract"},
}


@pytest.fixture(scope="module")
def entries(definitions: DefinitionSet) -> list[Phrase]:
    return [phrase for group in definitions.phrases.values() for phrase in group.entries]


def test_there_are_phrases_for_every_subject(entries: list[Phrase]) -> None:
    assert len(entries) >= 25
    assert sum(phrase.template for phrase in entries) >= 6
    for subject, kinds in SUBJECTS.items():
        fitting = [
            phrase
            for phrase in entries
            if phrase.when is not None
            and "matter_kind" in phrase.when.facts
            and any(phrase.when.test({"matter_kind": kind}) is not False for kind in kinds)
        ]
        assert fitting, subject


def test_no_phrase_leaves_a_mark_and_an_unknown_place_becomes_a_line(entries: list[Phrase]) -> None:
    for phrase in entries:
        for language in ("zh", "en"):
            empty = phrase.filled(lambda _: "", language)
            assert not re.search(r"[{}]", empty), phrase.code
            assert EMPTY in empty or not any("{" + name + "}" in phrase.text[language] for name in phrase.places)
            full = phrase.filled(lambda name: f"<{name}>", language)
            assert all(f"<{name}>" in full for name in phrase.places if "{" + name + "}" in phrase.text[language])


def test_no_phrase_decides_anything(entries: list[Phrase]) -> None:
    """The counter receives; acceptance and findings are the office's."""
    for phrase in entries:
        assert not re.search(r"不予受理|已受理|予以受理|经查明|本委认为", phrase.text["zh"]), phrase.code


WRONG = """
phrases: wrong
title: {zh: 错, en: Wrong}
values: {name: {from: [applicant.name]}}
entries:
  - {phrase: one, title: {zh: 一, en: One}, text: {zh: "{name}和{nobody}", en: "{name}"}}
"""


def test_a_place_without_source_is_told_with_its_line(definitions: DefinitionSet) -> None:
    document = parse_yaml(WRONG.encode(), file="phrases/wrong.yaml")
    with pytest.raises(DefinitionError) as refused:
        read_phrases({"labour": document}, definitions.vocabulary)
    assert refused.value.code == "phrase.place_unknown"
    assert (refused.value.file, refused.value.line) == ("phrases/wrong.yaml", 6)
