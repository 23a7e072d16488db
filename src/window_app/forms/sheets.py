"""Decision tables, parameters and limits as sheets: a row a rule, a column a place in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from window_app.forms.files import DefinitionFiles
from window_app.rules.values import Value
from window_app.yamlio import YamlDocument, YamlPath

LANGUAGES = ("zh", "en")
PARAMETERS = "parameters"
DEADLINES = "deadlines"
_TAIL = ("reason.zh", "reason.en", "basis", "from", "until", "date_fact", "facts_row", "note")
_LOCAL_TAIL = ("before", "after", "remove")
_VALUE_COLUMNS = ("from", "until", "value", "basis", "note")
_DEADLINE_COLUMNS = ("title.zh", "title.en", "amount", "unit", "start")


@dataclass(frozen=True)
class SheetRow:
    """A row: the mapping in a file that it stands for.

    Attributes:
        file, path: where the mapping stands.
        key: what names the row on its sheet; cells of the first columns.
        known: what is shown for reading and not taken back, by column.
    """

    file: str
    path: YamlPath
    key: tuple[str, ...]
    value: Mapping[str, Any]
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes:
        keys: the columns that name a row.
        shown: columns that are there to be read.
        columns: the columns that are taken back, each a place in the row's mapping (`when.route`).
        rows: the rows by list or mapping in a file, in order.
        lists: file and path of the list to which rows can be added; empty where they cannot.
        listing: columns whose cell is a list of codes.
    """

    name: str
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    lists: tuple[str, YamlPath] | None = None
    listing: frozenset[str] = frozenset()

    @property
    def head(self) -> tuple[str, ...]:
        """All columns from left to right."""
        return (*self.keys, *self.shown, *self.columns)


def sheets_of(files: DefinitionFiles) -> Iterator[Sheet]:
    """Yield a sheet for each table, for each table's rows of a locality, for parameters and for limits."""
    tables = {document.value["decision"]: document for document in files.of_kind("rules")}
    for decision, document in tables.items():
        yield _table(decision, document, document, ("rows",))
    for document in files.of_kind("localities"):
        for decision in document.value.get("rules", {}):
            name = f"{decision}.{document.value['locality']}"
            yield _table(name, tables[decision], document, ("rules", decision))
    yield _parameters(files)
    yield _deadlines(files)


def _table(name: str, table: YamlDocument, document: YamlDocument, path: YamlPath) -> Sheet:
    outputs: Mapping[str, Any] = table.value["outputs"]
    rows = tuple(
        SheetRow(document.file, (*path, place), (str(row["id"]),), row)
        for place, row in enumerate(_at(document.value, path))
    )
    columns = [f"when.{fact}" for fact in table.value["inputs"]]
    for output, kind in outputs.items():
        texts = _in_languages(output, kind, [row.value for row in rows])
        columns += [f"then.{output}.{language}" for language in LANGUAGES] if texts else [f"then.{output}"]
    columns += [*_TAIL, *(_LOCAL_TAIL if table is not document else ())]
    listing = frozenset(f"then.{output}" for output, kind in outputs.items() if kind["type"] == "list")
    return Sheet(name, ("id",), (), tuple(columns), rows, (document.file, path), listing)


def _in_languages(output: str, kind: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
    values = [row["then"][output] for row in rows if output in row.get("then", {})]
    if values:
        return all(isinstance(value, Mapping) for value in values)
    return kind["type"] == "text" and kind.get("of", "text") == "text" and output not in ("paper", "deadline")


def _parameters(files: DefinitionFiles) -> Sheet:
    rows = []
    for document in (*files.of_kind("parameters"), *files.of_kind("localities")):
        for name, parameter in document.value.get("parameters", {}).items():
            known = {"title": parameter["title"]["zh"], "title.en": parameter["title"]["en"], "unit": parameter["unit"]}
            for place, value in enumerate(parameter["values"]):
                path = ("parameters", name, "values", place)
                rows.append(SheetRow(document.file, path, (document.file, name, str(place + 1)), value, known))
    return Sheet(PARAMETERS, ("file", "name", "nr"), ("title", "title.en", "unit"), _VALUE_COLUMNS, tuple(rows))


def _deadlines(files: DefinitionFiles) -> Sheet:
    rows = []
    columns = dict.fromkeys(_DEADLINE_COLUMNS)
    for document in (*files.of_kind("parameters"), *files.of_kind("localities")):
        for name, deadline in document.value.get("deadlines", {}).items():
            rows.append(SheetRow(document.file, ("deadlines", name), (document.file, name), deadline))
            columns.update(dict.fromkeys(key for key in deadline if key != "title"))
    return Sheet(DEADLINES, ("file", "name"), (), tuple(columns), tuple(rows))


def _at(value: Value, path: YamlPath) -> Value:
    for step in path:
        value = value[step]
    return value


def cell_of(row: Mapping[str, Any], column: str) -> Value:
    """Return the value of a column in a row's mapping, None where there is none."""
    value: Value = row
    for step in column.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def with_cell(row: Mapping[str, Any], column: str, value: Value) -> dict[str, Any]:
    """Return a row's mapping with another value in a column; None takes it out, with what it leaves empty."""
    step, _, rest = column.partition(".")
    changed = dict(row)
    if rest:
        inner = changed.get(step)
        value = with_cell(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    if value is None and step in ("when", "then"):
        value = {} if step in row else None
    if value is None:
        changed.pop(step, None)
    else:
        changed[step] = value
    return changed
