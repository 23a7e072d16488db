"""Which matter a route is taken in as: one without `when` for all, and others for what their conditions say.

Conditions of one route's matters exclude each other; the rule checks prove it from `exclusive_table`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from window_app.errors import DefinitionError
from window_app.rules.conditions import Condition, build_condition
from window_app.rules.source import Source
from window_app.rules.values import Value
from window_app.rules.vocabulary import Vocabulary
from window_app.yamlio import YamlDocument, YamlPath

TABLE = "matters"
ROUTE = "route"
"""The enum fact whose values are the routes."""
_WHEN = "when"


@dataclass(frozen=True, slots=True)
class RouteMatters:
    """The matters of one route.

    Attributes:
        general: taken where no condition holds, and while what the conditions ask is not known; None in a set
            without decision tables, which sends nobody anywhere.
        special: the others with their conditions, of which one must hold.
    """

    general: str | None
    special: tuple[tuple[str, tuple[Condition, ...]], ...]

    def chosen(self, facts: Mapping[str, Value]) -> str | None:
        """Return the code of the matter that facts call for; None where there is none for them."""
        for code, conditions in self.special:
            if any(condition.test(facts) for condition in conditions):
                return code
        return self.general


def read_choices(
    documents: Mapping[str, YamlDocument], vocabulary: Vocabulary, *, complete: bool
) -> dict[str, RouteMatters]:
    """Return the matters of each route; where `complete` is asked for, each needs one without a condition.

    Raises:
        DefinitionError: `matter.route_twice`, `matter.route_general`, `matter.when_route`, or a condition that
            cannot be read.
    """
    general: dict[str, str] = {}
    special: dict[str, list[tuple[str, tuple[Condition, ...]]]] = {}
    for code, document in documents.items():
        route = document.value[ROUTE]
        if _WHEN in document.value:
            special.setdefault(route, []).append((code, _conditions(document, vocabulary)))
        elif route in general:
            raise _error(document, "matter.route_twice", (ROUTE,), route=route, other=general[route])
        else:
            general[route] = code
    for route, matters in special.items():
        if complete and route not in general:
            raise _error(documents[matters[0][0]], "matter.route_general", (ROUTE,), route=route)
    routes = dict.fromkeys((*general, *special))
    return {route: RouteMatters(general.get(route), tuple(special.get(route, ()))) for route in routes}


def _conditions(document: YamlDocument, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    conditions = []
    for path, cells in alternatives(document):
        if ROUTE in cells:
            raise _error(document, "matter.when_route", (*path, ROUTE))
        conditions.append(build_condition(cells, vocabulary, document.where, path))
    return tuple(conditions)


def alternatives(document: YamlDocument) -> Iterator[tuple[YamlPath, Mapping[str, Any]]]:
    """Yield the conditions of a matter with their places; any one of them is enough."""
    stated = document.value.get(_WHEN)
    if isinstance(stated, Mapping):
        yield (_WHEN,), stated
    for index, cells in enumerate(stated if isinstance(stated, list) else ()):
        yield (_WHEN, index), cells


def exclusive_table(documents: Mapping[str, YamlDocument]) -> Source | None:
    """Return the conditions of all matters as one table whose rows must exclude each other; None without any."""
    rows: list[dict[str, Any]] = []
    places: list[tuple[YamlDocument, YamlPath]] = []
    for code, document in documents.items():
        route = document.value[ROUTE]
        for path, cells in alternatives(document):
            name = code if path == (_WHEN,) else f"{code}.{int(path[-1]) + 1}"
            rows.append({"id": name, _WHEN: {ROUTE: route, **cells}, "then": {}})
            places.append((document, path))
    if not rows:
        return None
    inputs = dict.fromkeys(name for row in rows for name in row[_WHEN])
    content = {
        "decision": TABLE,
        "title": {"zh": "事项表单", "en": "Matters"},
        "apart": True,
        "hit_policy": "UNIQUE",
        "inputs": list(inputs),
        "outputs": {},
        "rows": rows,
    }
    return Source(content, _Places(places))


class _Places:
    """Gives file and line of a part of the table: its row's place in the matter's file."""

    def __init__(self, places: Sequence[tuple[YamlDocument, YamlPath]]) -> None:
        self._places = places

    def __call__(self, path: YamlPath) -> tuple[str, int]:
        if len(path) < 2 or path[0] != "rows":
            return self._places[0][0].where(())
        document, start = self._places[int(path[1])]
        return document.where((*start, *path[3:]))


def _error(document: YamlDocument, code: str, path: YamlPath, /, **params: object) -> DefinitionError:
    file, line = document.where(path)
    return DefinitionError(code, file=file, line=line, **params)
