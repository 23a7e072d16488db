"""How the code looks: small, named, described, free of this machine."""

import ast
import re

import pytest
from tests.architecture.sources import Source, functions, kept_texts, read

pytestmark = pytest.mark.xdist_group("sources")  # one worker parses them all
PROGRAM = read("src/window_app")
TOOLS = read("installer") + read("benchmarks")
TESTS = read("tests")
LONGEST_FUNCTION = 45
LONGEST_FILE = 400
# Words that say nothing about what a thing is for.
EMPTY_WORDS = re.compile(r"(Manager|Helper|Utils?|Data|Info)(?=[A-Z]|$)")

# Written in two pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("/" + r"(work|root|Users|home/[a-z]+|opt/[a-z]+)/")
REGISTRIES = re.compile(
    "|".join(
        (
            r"py" + r"pi\.(org|python)", r"python" + r"hosted", r"deb\." + r"debian\.org", r"registry\." + r"npmjs",
            r"(?<!emit-)index" + r"-url", r"(?<!emit-)find" + r"-links", r"trusted" + r"-host", r"PIP_(INDEX|FIND)",
        )
    )
)  # fmt: skip


def too_long(source: Source, limit: int = LONGEST_FUNCTION) -> list[str]:
    """Functions that nobody can take in at a glance, without their decorators."""
    lengths = ((node, (node.end_lineno or 0) - node.lineno + 1) for node in functions(source))
    return [f"{source.name}:{node.lineno} {node.name}: {length} lines" for node, length in lengths if length > limit]


def undescribed(source: Source) -> list[str]:
    """Public classes without a docstring, and the module itself."""
    found = [] if ast.get_docstring(source.tree) else [f"{source.name}: the module"]
    return found + [
        f"{source.name}:{node.lineno} {node.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]


def badly_named(source: Source) -> list[str]:
    """Classes whose name says nothing."""
    return [
        f"{source.name}:{node.lineno} {node.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and EMPTY_WORDS.search(node.name)
    ]


def unfinished(source: Source) -> list[str]:
    """Places where somebody meant to come back."""
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error")))
    return [f"{source.name}:{n}" for n, line in enumerate(source.text.splitlines(), 1) if words.search(line)]


def swallowed(source: Source) -> list[str]:
    """Handlers that catch everything and say nothing."""
    return [
        f"{source.name}:{node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    ]


@pytest.mark.parametrize("rule", [too_long, undescribed, badly_named, unfinished, swallowed])
def test_the_code_keeps_the_rule(rule):
    assert [found for source in PROGRAM + TOOLS for found in rule(source)] == []


def test_no_file_is_longer_than_a_person_reads_at_once():
    lengths = {source.name: source.text.count("\n") for source in PROGRAM + TOOLS + TESTS}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short_in_the_middle_too():
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for source in PROGRAM for node in functions(source))
    assert lengths[len(lengths) // 2] <= 12


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES], ids=["paths_of_one_machine", "registries"])
def test_what_is_kept_knows_nothing_of(pattern):
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in kept_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (too_long, "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
        (undescribed, '"""A module."""\nclass A:\n    pass'),
        (undescribed, "class A:\n    'described'"),
        (badly_named, "class CaseManager: pass"),
        (badly_named, "class VisitInfo: pass"),
        (unfinished, "# TO" + "DO: later"),
        (swallowed, "try:\n    f()\nexcept Exception:\n    pass"),
    ],
)
def test_each_rule_can_be_broken(rule, text):
    assert rule(Source("src/window_app/a.py", text))


@pytest.mark.parametrize("name", ["Database", "Information", "DatabaseLock", "Utility"])
def test_longer_words_are_no_empty_words(name):
    assert not badly_named(Source("a.py", f"class {name}: pass"))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATHS, "open('/wo" + "rk/x')"),
        (MACHINE_PATHS, "cd /ho" + "me/somebody/x"),
        (REGISTRIES, "--index" + "-url https://example"),
        (REGISTRIES, "https://files.python" + "hosted.org/x"),
    ],
)
def test_each_pattern_finds_what_it_looks_for(pattern, line):
    assert pattern.search(line)
