"""The documents say what is so."""

import argparse
import re
from collections.abc import Iterator

import pytest
from tests.architecture.sources import PROJECT

from window_app.cli.parser import build_parser
from window_app.domain.fold import OFFICE_STEPS, CaseStatus

DOCUMENTS = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").rglob("*.md"))]
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")


def verbs(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """All verbs of the command line, `rules check` among them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, deeper in action.choices.items():
                further = list(verbs(deeper, f"{before}{name} "))
                yield from further or [f"{before}{name}"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_link_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("decision", DECISIONS[1:], ids=lambda path: path.stem)
def test_each_decision_says_why_and_what_follows(decision):
    text = decision.read_text(encoding="utf-8")
    places = [text.find(f"**{part}.**") for part in ("Summary", "Context", "Decision", "Consequences")]
    assert -1 not in places
    assert places == sorted(places)
    assert text.startswith(f"# {decision.name[:4]} ")


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(len(DECISIONS)))


def test_the_drawn_life_of_a_case_is_the_one_the_fold_allows():
    drawn = set(re.findall(r"^ {4}(\w+) --> (\w+)", ARCHITECTURE, re.MULTILINE))
    allowed = {(str(before), str(after)) for before, steps in OFFICE_STEPS.items() for after in steps}
    assert drawn == allowed | {(str(CaseStatus.RECEIVED), str(CaseStatus.VOIDED))}


def test_each_verb_is_documented():
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert [verb for verb in verbs(build_parser()) if f"window-app {verb}" not in told] == []


def test_each_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    told = {
        name for path in DOCUMENTS for name in re.findall(r"(?:`|^    )make ([a-z-]+)", path.read_text("utf-8"), re.M)
    }
    assert told - targets == set()


def test_each_folder_of_tests_is_described():
    told = (PROJECT / "docs" / "testing.md").read_text(encoding="utf-8")
    folders = {path.parent.relative_to(PROJECT / "tests").parts[0] for path in (PROJECT / "tests").rglob("test_*.py")}
    assert [name for name in sorted(folders) if f"`tests/{name}`" not in told] == []
