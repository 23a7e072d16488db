"""The published definition set, once for all tests of this folder."""

from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

from window_app.domain.assessment import Assessment
from window_app.forms import DefinitionSet, load_definitions
from window_app.rules.triage import assess

PROJECT = Path(__file__).parents[2]


class Assess(Protocol):
    """Gives the law on a visit of one or more matters."""

    def __call__(
        self, visit: dict[str, Any], *matters: dict[str, Any], on: str = "2026-11-20", locality: str | None = None
    ) -> Assessment:
        """Assess facts as JSON values; the matters get the keys m1, m2, …."""
        ...


@pytest.fixture(scope="session")
def definitions() -> DefinitionSet:
    """Return the definition set of the project."""
    return load_definitions(PROJECT / "forms")


@pytest.fixture(scope="session")
def law(definitions: DefinitionSet) -> Assess:
    """Return a function that assesses facts by the published definition set."""

    def of(
        visit: dict[str, Any], *matters: dict[str, Any], on: str = "2026-11-20", locality: str | None = None
    ) -> Assessment:
        read = definitions.vocabulary.read_facts
        return assess(
            definitions.rules,
            read(visit),
            [(f"m{place}", read(facts), None) for place, facts in enumerate(matters, 1)],
            date.fromisoformat(on),
            locality=locality,
            working_days=definitions.calendars,
            matter_of=definitions.matter_of,
            definition_set=definitions.content_hash,
        )

    return of
