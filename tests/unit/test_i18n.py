import string

import pytest
import yaml

from window_app import i18n, paths
from window_app.errors import DefinitionError, WindowAppError

LANGUAGES = ("zh_CN", "en")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def installed(language: str):
    return i18n.read_messages(paths.resources_dir() / "locale" / language)


def test_a_code_becomes_text_with_its_parameters():
    catalogue = i18n.Catalogue("en", {"printer.gone": "Printer {queue} does not exist"})
    assert catalogue.text("printer.gone", queue="A5") == "Printer A5 does not exist"


def test_a_parameter_may_be_a_text_of_the_definition_set():
    message = {"field.missing": "{field}!"}
    name = {"zh": "姓名", "en": "Name"}
    assert i18n.Catalogue("zh_CN", message).text("field.missing", field=name) == "姓名!"
    assert i18n.Catalogue("en", message).text("field.missing", field=name) == "Name!"


def test_a_code_without_text_is_shown_rather_than_hidden():
    assert i18n.Catalogue("en", {}).text("some.code", count=3) == "some.code count=3"


def test_a_missing_parameter_stays_visible():
    assert i18n.Catalogue("en", {"a": "{x} of {y}"}).text("a", x=1) == "1 of {y}"


def test_a_format_that_does_not_fit_the_value_does_not_fail():
    assert i18n.Catalogue("en", {"a": "{x:.2f}"}).text("a", x="much") == "much"


def test_a_text_cannot_reach_into_its_parameters():
    assert "__class__" in i18n.Catalogue("en", {"a": "{x.__class__}"}).text("a", x=1)


def test_a_definition_text_falls_back_to_chinese():
    assert i18n.Catalogue("en", {}).of({"zh": "仲裁"}) == "仲裁"
    assert i18n.Catalogue("en", {}).of({"zh": "仲裁", "en": ""}) == "仲裁"
    assert i18n.Catalogue("en", {}).of({}) == ""


def test_an_error_tells_its_message_in_both_languages():
    error = WindowAppError("paths.missing", folder="forms")
    assert "forms" in i18n.message(error)
    assert i18n.message(error, "en") != i18n.message(error)


def test_words_that_yaml_would_turn_into_values_stay_words(tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages.yaml").write_text("a: no\nb: 010\n", encoding="utf-8")
    (tmp_path / "messages" / "part.yaml").write_text("c: 2026-01-01\n", encoding="utf-8")
    assert i18n.read_messages(tmp_path) == {"a": "no", "b": "010", "c": "2026-01-01"}


@pytest.mark.parametrize("content", ["a: one\na: two\n", "- a\n", "a: {b: c}\n", "a: [x]\n"])
def test_a_file_of_another_form_is_named_with_its_line(tmp_path, content):
    (tmp_path / "messages.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        i18n.read_messages(tmp_path)
    assert raised.value.file == "messages.yaml"


def test_a_code_has_one_text_over_all_parts(tmp_path):
    (tmp_path / "messages").mkdir()
    for name in ("one", "two"):
        (tmp_path / "messages" / f"{name}.yaml").write_text("a: b\n", encoding="utf-8")
    with pytest.raises(DefinitionError):
        i18n.read_messages(tmp_path)


def test_an_empty_file_is_no_mistake(tmp_path):
    (tmp_path / "messages.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert i18n.read_messages(tmp_path) == {}


def test_both_languages_have_the_same_codes():
    chinese, english = (set(installed(language)) for language in LANGUAGES)
    assert chinese == english


def test_both_languages_use_the_same_parameters():
    chinese, english = (installed(language) for language in LANGUAGES)
    different = {
        code for code in chinese.keys() & english.keys() if placeholders(chinese[code]) != placeholders(english[code])
    }
    assert different == set()


def test_each_part_has_its_files_in_both_languages():
    locale = paths.resources_dir() / "locale"
    chinese, english = ({p.name for p in (locale / name / "messages").glob("*.yaml")} for name in LANGUAGES)
    assert chinese == english


def test_chinese_messages_are_chinese():
    words = {
        code: "".join(literal for literal, *_ in string.Formatter().parse(text))
        for code, text in installed("zh_CN").items()
    }
    without = [code for code, text in words.items() if not any("\u4e00" <= c <= "\u9fff" for c in text)]
    assert [code for code in without if any(c.isalpha() for c in words[code])] == []


def test_message_files_are_what_an_ordinary_yaml_reader_takes():
    for path in sorted((paths.resources_dir() / "locale").glob("*/messages/*.yaml")):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
