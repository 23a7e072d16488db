"""Every border of a table stands here a second time: one moved by a day or by an "equal" is noticed.

The list was drawn from the tables once and then compared with FACTS, so far in part (see the report of issue 4).
Examples beside a table are cases of life, and few lie on the border itself; so the borders are kept twice.
"""

from collections.abc import Callable, Iterator

import pytest
from tests.definitions.mutants import Mutant, with_moved_bound, with_shifted_period

from window_app.forms import DefinitionSet
from window_app.rules.cells import Cell, Interval
from window_app.rules.tables import Table

DECISIONS = ("candidates", "standing", "venue", "limits", "tell", "papers", "forbidden", "warnings", "printing")
# (fact, border): rows. Where the border comes from is said above each, by article.
BORDERS = {
    # Over-age workers: explanation I art. 32 para. 1 until its repeal on 2025-09-01; decree 56 from 2026-07-01.
    ("act_on", "(*..2025-08-31]"): "C40c S17",
    ("act_on", "[2026-07-01..*)"): "C40 C40b C41 C42 T120 T121 T123",
    ("act_on", "not >= 2026-07-01"): "S18 T122",
    # Explanation II art. 19, in force on 2025-09-01.
    ("applied_on", "[2025-09-01..*)"): "T42",
    # Limitation of arbitration: one year (mediation and arbitration law art. 27; case rules art. 26 and 27).
    ("claim_delay", "<= P1Y"): "C03 S09 T12 W03",
    ("claim_delay", "not <= P1Y"): "W02",
    ("since_last_claim", "<= P1Y"): "C03 S09 T12",
    ("since_last_claim", "> P1Y"): "W03",
    ("since_end", "<= P1Y"): "T11",
    ("since_end", "> P1Y"): "C03 C04 F04 S09 S10 T12 T160 T161 T162 T163 T164 T165 W01 W02 W03",
    ("since_known", "> P1Y"): "S12 S13",
    # Double wages end with the first year, and one more year of limitation runs from there (art. 27).
    ("since_hired", "> P2Y"): "S11",
    # Inspection: two years (inspection regulations art. 20).
    ("since_end", "> P2Y"): "C13c C15b C27b C29b C30b C65 S32 S33 W05",
    ("since_end", "<= P2Y"): "C55b",
    ("since_end", "(P1Y..P2Y]"): "T13",
    # Not a limit of the law: nine months in, the hall warns that the year of limitation is running out.
    ("since_end", "(P9M..P1Y]"): "W04",
    ("since_end", "<= P9M"): "C02a",
    # Appointed civil servants: 60 days (civil servants law art. 105).
    ("days_since_known", "> P60D"): "S19",
    # Award overdue: 45 days, 60 with the extension (mediation and arbitration law art. 43).
    ("since_accepted", "> P45D"): "C53",
    ("since_accepted", "> P60D"): "C53b",
    # Review of a mediation agreement: 15 days (case rules art. 75).
    ("since_agreement", "> P15D"): "S23",
    # Enforcement: two years (civil procedure law art. 250).
    ("since_award_due", "> P2Y"): "S40",
    # Certification of an injury: one year for the worker (injury regulations art. 17).
    ("since_injured", "> P1Y"): "S42",
    # 15 days: suit after an award (art. 48), second assessment (injury regulations art. 26).
    ("since_document", "> P15D"): "S43 S45",
    # 30 days: annulment of a final award (art. 49). 60 days: administrative review (review law art. 20).
    ("since_document", "> P30D"): "S46",
    ("since_document", "> P60D"): "S44",
    # Representatives and the red channel: ten people and more (art. 7). Ten people and 30,000 yuan: explanation of 2013
    # on refusing to pay, art. 3, at its lowest figure.
    ("workers_total", ">= 10"): "C51 PR35 T55 T56 W11 W23",
    ("owed_total", ">= 30000"): "W23",
}
TYPED = {(row, *border) for border, rows in BORDERS.items() for row in rows.split()}


def written(cell: Cell) -> str:
    """Return the tests of a cell as they are now, not as they were read."""
    texts = [str(test) if isinstance(test, Interval) else f"{test.operator} {test.operand}" for test in cell.tests]
    return ("not " if cell.negated else "") + ", ".join(texts)


def borders(table: Table) -> Iterator[tuple[str, str, str]]:
    """Yield every border of a table: row, fact, border; words and flags have none."""
    for row in table.rows:
        for fact, cell in row.tests:
            if any(not isinstance(operand, str | bool) for operand in cell.operands()):
                yield row.id, fact, written(cell)


def test_the_borders_of_all_tables_are_those_of_the_law(definitions: DefinitionSet) -> None:
    rules = definitions.rules
    tables = [table for place in (None, *rules.localities) for table in rules.tables_for(place).values()]
    assert {border for table in tables for border in borders(table)} == TYPED


@pytest.mark.parametrize("mutants", [with_moved_bound, with_shifted_period])
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_moved_border_is_noticed(
    definitions: DefinitionSet, decision: str, mutants: Callable[[Table], Iterator[Mutant]]
) -> None:
    found = list(mutants(definitions.rules.tables[decision]))
    assert [mutant.name for mutant in found if set(borders(mutant.table)) <= TYPED] == []


def test_there_are_borders_to_move(definitions: DefinitionSet) -> None:
    tables = definitions.rules.tables.values()
    assert sum(len(list(with_moved_bound(table))) for table in tables) > 150
    assert sum(len(list(with_shifted_period(table))) for table in tables) >= 20
