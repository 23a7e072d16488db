"""Every code has its text, every text its code, and translations are found where Qt looks for them."""

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from tests.architecture.sources import PROJECT, Source, called_name, read

from window_app import i18n

pytestmark = pytest.mark.xdist_group("sources")  # one worker parses them all
PROGRAM = read("src/window_app")
MESSAGES = {name: i18n.read_messages(PROJECT / "resources" / "locale" / name) for name in ("zh_CN", "en")}
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
# Chinese is written with its own commas, colons and question marks.
HALF_WIDTH = re.compile(r"[\u3400-\u9fff”）}][,;:?](\s|$)")
# They show what is to be typed into a file.
TYPED = {"cli.attachments", "deadline.amount", "rules.not_a_mapping"}
# What carries a code as its first argument.
CARRIERS = re.compile(r"(Error|Problem|Fault|Finding|Refused|Misunderstood)$")


def is_code(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CODE.fullmatch(node.value))


def codes_raised(source: Source) -> Iterator[str]:
    """Codes that a file hands to an error or problem, or makes an error's own."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and CARRIERS.search(called_name(node)):
            yield from (str(ast.literal_eval(argument)) for argument in node.args[:1] if is_code(argument))
        if isinstance(node, ast.ClassDef):
            for step in node.body:
                if isinstance(step, ast.Assign) and ast.unparse(step.targets[0]) == "code" and is_code(step.value):
                    yield ast.literal_eval(step.value)


def beginnings(source: Source) -> Iterator[str]:
    """Fixed beginnings of codes that are put together: `cups.` of f"cups.{reason}"."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            text = str(node.values[0].value)
            if re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z0-9_.]*", text):
                yield text


def unmatchable_translations(source: Source) -> list[str]:
    """Calls of tr() whose text lupdate cannot see, so that no translation will ever be found."""
    texts = {"tr": 1, "translate": 2}
    return [
        f"{source.name}:{call.lineno} {ast.unparse(call)[:60]}"
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) != "str.translate"
        and not all(isinstance(text, ast.Constant) for text in call.args[: texts.get(called_name(call), 0)])
    ]


@pytest.mark.parametrize("language", MESSAGES)
def test_each_code_that_is_raised_has_a_text(language):
    raised = {code: source.name for source in PROGRAM for code in codes_raised(source)}
    assert {code: name for code, name in raised.items() if code not in MESSAGES[language]} == {}


def test_each_text_has_a_code_that_the_program_uses():
    written = {
        node.value
        for source in PROGRAM
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    begun = tuple({text for source in PROGRAM for text in beginnings(source)})
    assert [code for code in MESSAGES["zh_CN"] if code not in written and not code.startswith(begun or ("\0",))] == []


def test_chinese_texts_have_chinese_punctuation():
    tree = ET.parse(PROJECT / "resources" / "locale" / "zh_CN" / "window_app.ts")  # noqa: S314 # our own file
    texts = {code: text for code, text in MESSAGES["zh_CN"].items() if code not in TYPED}
    texts |= {"".join(one.itertext()): "".join(one.itertext()) for one in tree.iter("translation")}
    assert {name: text for name, text in texts.items() if HALF_WIDTH.search(text)} == {}


def test_what_is_given_to_tr_can_be_found_by_lupdate():
    assert [found for source in PROGRAM if source.part == "ui" for found in unmatchable_translations(source)] == []


@pytest.mark.parametrize("call", ['self.tr(f"{n} cases")', 'self.tr("%d cases" % n)', 'tr("a".format(n))', "tr(text)"])
def test_a_text_that_lupdate_cannot_see_is_noticed(call):
    assert unmatchable_translations(Source("src/window_app/ui/a.py", call))


@pytest.mark.parametrize("call", ['self.tr("%n cases", "", n)', 'self.tr("Take in").upper()', 'translate("A", "Find")'])
def test_a_text_that_lupdate_sees_is_no_fault(call):
    assert not unmatchable_translations(Source("src/window_app/ui/a.py", call))


@pytest.mark.parametrize("text", ['raise WindowAppError("a.b")', 'class Gone(WindowAppError):\n    code = "a.b"'])
def test_a_raised_code_is_noticed(text):
    assert list(codes_raised(Source("src/window_app/a.py", text))) == ["a.b"]
