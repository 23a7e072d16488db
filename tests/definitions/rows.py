"""A row of FACTS section 3 as a test, and how its answer is compared."""

from dataclasses import dataclass, field
from typing import Any

from tests.definitions.conftest import Assess
from tests.definitions.facts import only, option


@dataclass(frozen=True)
class Row:
    """A row of FACTS section 3 as a visit on 2026-11-20: routes, the one advised, what must be told of it.

    `told` is looked for in what is told of the advised route, `limit` in its limit as text, `limits`
    are the codes of its limits, `warned` is looked for in the warnings of the matter.
    """

    number: int
    visit: dict[str, Any]
    matter: dict[str, Any]
    routes: list[str]
    advised: str
    told: str = ""
    standing: dict[str, str] = field(default_factory=dict)
    cited: tuple[str, str] | None = None
    limit: str = ""
    limits: tuple[str, ...] | None = None
    warned: str = ""
    name: str = ""


def check_row(law: Assess, row: Row) -> None:
    """Compare what the law says of a row's facts with what the row says."""
    matter = only(law, row.visit, row.matter)
    assert matter.next == ()
    assert matter.decided
    assert [each.route for each in matter.routes] == row.routes
    assert [each.route for each in matter.routes if each.recommended] == [row.advised]
    standings = {each.route: each.standing.value for each in matter.routes}
    assert standings == {**dict.fromkeys(row.routes, "open"), **row.standing}
    advised = option(matter, row.advised)
    assert row.told in "".join(text["zh"] for text in advised.tell)
    assert row.limit in dict(advised.limit_text).get("zh", "")
    if row.limits is not None:
        assert (*(each.rule for each in advised.limits), *advised.open_limits) == row.limits
    assert row.warned in "".join(text["zh"] for text in matter.warnings)
    if row.cited is not None:
        assert row.cited in {(each.law, each.article) for each in advised.basis}
