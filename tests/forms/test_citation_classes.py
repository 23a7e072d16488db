"""Citations are counted by class: verified, recalled, or nothing there to compare."""

import json
from pathlib import Path

import pytest

from window_app.cli import main
from window_app.forms import CitationClass, StatuteLibrary, StatuteTitles, cited_places, classify, count_classes
from window_app.yamlio import parse_yaml

LAW = "# 某法\n\n第一条 甲。\n\n第二条 乙。\n"
CITED = """basis:
  - {law: 某法, article: 1}
  - {law: 某法, article: 2, verified: false}
  - {law: 某法, article: 9}
  - {law: 别法, article: 1}
"""


def test_each_citation_has_one_class(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "某法.md").write_text(LAW, "utf-8")
    library = StatuteLibrary(tmp_path / "library", StatuteTitles({}))
    library.import_folder(tmp_path / "texts")
    classed = classify(library, cited_places([parse_yaml(CITED, file="rules/a.yaml")]))
    assert [(place.line, kind) for place, kind in classed] == [
        (2, CitationClass.VERIFIED),
        (3, CitationClass.UNVERIFIED),
        (4, CitationClass.CONTRADICTED),
        (5, CitationClass.TEXT_NOT_INSTALLED),
    ]
    assert count_classes(classed) == {"verified": 1, "unverified": 1, "text_not_installed": 1, "contradicted": 1}


def test_the_check_counts_them_and_lists_those_that_are_not_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "rules", "check", "--unverified"]) == 0
    answer = json.loads(capsys.readouterr().out)
    counted = answer["citations"]
    assert counted["verified"] == counted["contradicted"] == 0
    assert len(answer["unverified"]) == sum(counted.values())
    assert all(one["file"] and one["line"] > 0 and one["law"] for one in answer["unverified"])
