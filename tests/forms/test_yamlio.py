"""YAML as jurists mean it: what is typed is what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.errors import DefinitionError
from window_app.yamlio import parse_yaml


def value_of(text: str):
    return parse_yaml(text, file="x.yaml").value


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "off", "y", "n", "True", "NO", "010", "0x1F", "0o17", "1_000", "+5", "1.50", "1e3", ".inf",
     "2026-07-01", "2026-07-01T10:00:00Z", "12:30:45", "P1Y", "< 3", "-0", "007", "=", "<<"],
)  # fmt: skip
def test_anything_but_plain_ints_and_true_and_false_stays_the_text_it_is(written):
    assert value_of(f"key: {written}") == {"key": written}


@pytest.mark.parametrize(
    ("written", "read"),
    [("true", True), ("false", False), ("0", 0), ("42", 42), ("-7", -7), ("null", None), ("~", None), ("", None)],
)
def test_core_scalars_are_read(written, read):
    found = value_of(f"key: {written}")["key"]
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize("quoted", ["'true'", '"42"', "'null'", '""'])
def test_quoted_scalars_are_text(quoted):
    assert value_of(f"key: {quoted}") == {"key": quoted[1:-1]}


def test_a_number_too_long_to_be_one_is_text():
    assert value_of(f"key: {'9' * 5000}") == {"key": "9" * 5000}


def test_rare_characters_and_emoji_come_through_whole():
    assert value_of("name: 𬭚㛃䶮𠅤🙂") == {"name": "𬭚㛃䶮𠅤🙂"}


def test_each_value_knows_its_line():
    document = parse_yaml("a:\n  b:\n    - x\n    - c: 1\n\n      d: 2\n", file="x.yaml")
    assert document.line(("a",)) == 1
    assert document.line(("a", "b")) == 2
    assert document.line(("a", "b", 1)) == 4
    assert document.line(("a", "b", 1, "d")) == 6
    assert document.where(("a", "b", 1, "d")) == ("x.yaml", 6)


def test_a_place_that_is_not_there_takes_the_line_of_the_nearest_above():
    document = parse_yaml("a:\n  b: 1\n", file="x.yaml")
    assert document.line(("a", "missing", "deeper")) == 1
    assert document.line(("a", "b", "deeper")) == 2


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "yaml.duplicate_key", 3),
        ("a:\n  - {x: 1, x: 2}\n", "yaml.duplicate_key", 2),
        ("a: &anchor 1\nb: *anchor\n", "yaml.alias", 1),
        ("a: 1\nb: !!python/name:os.system x\n", "yaml.tag", 2),
        ("a: !!str 1\n", "yaml.tag", 1),
        ("a: 1\n? [x, y]\n: 2\n", "yaml.key", 2),
        ("a: 1\nb: [1, 2\nc: 3\n", "yaml.syntax", 3),
        ("a: 1\n\tb: 2\n", "yaml.syntax", 2),
        ("a: \x07\n", "yaml.syntax", 1),
        ("a: 1\n---\nb: 2\n", "yaml.syntax", 2),
        ("a: 1\nb: >= 3\n", "yaml.greater_unquoted", 2),
        ("a: {b: 1, c: > P1Y}\n", "yaml.greater_unquoted", 1),
    ],
)
def test_what_a_reader_would_not_see_is_refused_with_its_line(text, code, line):
    with pytest.raises(DefinitionError) as caught:
        parse_yaml(text, file="x.yaml")
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, "x.yaml", line)


def test_bytes_that_are_not_utf8_are_refused_with_their_line():
    with pytest.raises(DefinitionError) as caught:
        parse_yaml("a: 1\nb: 工资\n".encode("gb18030"), file="x.yaml")
    assert (caught.value.code, caught.value.line) == ("yaml.encoding", 2)


def test_a_byte_order_mark_of_windows_editors_is_taken():
    assert parse_yaml(b"\xef\xbb\xbfa: 1\n", file="x.yaml").value == {"a": 1}


def test_an_empty_file_is_none():
    assert value_of("# nothing yet\n") is None


def test_a_file_nested_beyond_reason_is_refused_and_not_a_crash():
    with pytest.raises(DefinitionError) as caught:
        parse_yaml("[" * 2000 + "]" * 2000, file="x.yaml")
    assert caught.value.code == "yaml.syntax"


@given(st.text(alphabet=st.sampled_from("ab01: -[]{},&*!|>'\"#\n\t%@`?~𬭚"), max_size=60))
def test_any_text_is_read_or_refused_with_a_line(text):
    try:
        document = parse_yaml(text, file="x.yaml")
    except DefinitionError as error:
        assert 1 <= error.line <= text.count("\n") + 2  # noqa: PT017 - both ends are right
    else:
        assert document.line(("nothing",)) >= 1
