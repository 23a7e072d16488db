"""What the published law amounts to, as JSON: `python -m tests.definitions.figures [TEXTS]`; takes a minute.

Rows, facts, examples, citations by class (held against a folder of statutes where one is given), the changes of
tables that no example notices with the reason of each, and the guard rails with the examples that hold them.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.definitions.conftest import PROJECT
from tests.definitions.mutants import (
    Examples,
    LocalExamples,
    with_moved_bound,
    with_other_outcome,
    without_cell,
    without_period,
    without_row,
)
from tests.definitions.test_borders import TYPED, borders
from tests.definitions.test_mutations import DECISIONS, SAME_ANSWER, WORDS, with_other_code

from window_app.forms import (
    DefinitionSet,
    StatuteLibrary,
    cited_places,
    classify,
    count_classes,
    load_definitions,
)
from window_app.rules.tables import Row

TEXTS = PROJECT.parent / "shared" / "law" / "statutes"
GUARDS = ("printing", "forbidden")


def figures(law: DefinitionSet, texts: Path) -> dict[str, Any]:
    """Return all figures of a definition set."""
    rules = law.rules
    examples = {name: len(table.source.content.get("examples", ())) for name, table in rules.tables.items()}
    local = {code: [change.id for change in place.changes] for code, place in rules.localities.items()}
    return {
        "rows": {name: len(table.rows) for name, table in rules.tables.items()},
        "rows_of_localities": local,
        "examples": examples,
        "facts": len(law.vocabulary.facts),
        "questions": len(law.vocabulary.questions()),
        "limits": len(rules.deadlines.national),
        "matters": len(law.matters),
        "citations": _citations(law, texts),
        "mutations": {decision: _mutations(law, decision) for decision in DECISIONS},
        "rows_of_localities_unnoticed": {
            code: sorted(LocalExamples(rules, code).unnoticed()) for code in rules.localities
        },
        "guard_rails": {
            decision: [_guard(law, decision, row) for row in rules.tables[decision].rows] for decision in GUARDS
        },
    }


def _citations(law: DefinitionSet, texts: Path) -> Mapping[str, int]:
    documents = (each for each in law.files.documents.values() if not each.file.startswith("calendar/"))
    with tempfile.TemporaryDirectory() as folder:
        library = StatuteLibrary(Path(folder), law.statute_titles)
        if texts.is_dir():
            library.import_folder(texts)
        return count_classes(classify(library, cited_places(documents)))


def _mutations(law: DefinitionSet, decision: str) -> dict[str, Any]:
    """Return how many changes of a table were tried, and which of them nothing notices, each with its reason."""
    beside = Examples(law.rules, decision)
    made, survivors = 0, {}
    for mutants in (without_row, without_cell, without_period, with_other_code):
        for mutant in mutants(beside.table):
            made += 1
            if not beside.notice(mutant):
                survivors[mutant.name] = SAME_ANSWER.get(mutant.name, "")
    moved = list(with_moved_bound(beside.table))
    survivors |= {mutant.name: "" for mutant in moved if set(borders(mutant.table)) <= TYPED}
    words = sum(1 for _ in with_other_outcome(beside.table)) - sum(1 for _ in with_other_code(beside.table))
    return {"tried": made + len(moved), "survivors": survivors, "not_tried": {WORDS: words} if words else {}}


def _guard(law: DefinitionSet, decision: str, row: Row) -> dict[str, Any]:
    content = law.rules.tables[decision].source.content
    held = [each["name"] for each in content["examples"] if row.id in _rows(each["expect"])]
    return {
        "row": row.id,
        "when": {fact: cell.text for fact, cell in row.when},
        "then": {name: value for name, value in row.then.items() if name in ("allowed", "paper")},
        "articles": [f"{each.law} {each.article}" for each in row.basis],
        "examples": held,
    }


def _rows(expected: Mapping[str, Any]) -> list[str]:
    return [expected["row"]] if "row" in expected else list(expected.get("rows", ()))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    json.dump(figures(load_definitions(PROJECT / "forms"), folder), sys.stdout, ensure_ascii=False, indent=1)
