"""The text of a cell of a sheet, and the value that an edited text stands for.

A text is written so that a person reads it and it comes back as it was: one citation a line, codes
with commas between them, everything else as in the YAML file.
"""

from collections.abc import Mapping
from functools import lru_cache

from window_app.errors import DefinitionError
from window_app.forms.sheets import Sheet
from window_app.rules.values import Value
from window_app.yamlio import parse_yaml

_SPOKEN = (".zh", ".en")


def cell_text(value: Value) -> str:
    """Return what stands in the cell for a value; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, list):
        mark = "\n" if any(isinstance(part, Mapping) for part in value) else ", "
        return mark.join(flow(part) for part in value)
    return flow(value) if isinstance(value, Mapping) else _plain(value)


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def flow(value: Value) -> str:
    """Return a value as YAML on one line, which reads back as the same value."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "null" if value is None else _scalar(value)


@lru_cache(maxsize=4096, typed=True)
def _scalar(value: Value) -> str:
    text = _plain(value)
    for written in (text, "'" + text.replace("'", "''") + "'"):
        if _reads_as(f"[{written}]", [value]) and _reads_as(f"{{k: {written}, l: 1}}", {"k": value, "l": 1}):
            return written
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _reads_as(text: str, value: Value) -> bool:
    try:
        read = parse_yaml(text, file="").value
    except DefinitionError:
        return False
    return bool(read == value) and repr(read) == repr(value)


def read_cell(sheet: Sheet, column: str, text: str, old: Value) -> Value:
    """Return the value that an edited text stands for.

    Raises:
        DefinitionError: where it is neither a text nor YAML.
    """
    if column.endswith(_SPOKEN):
        return text
    if column == "basis":
        return [_yaml(line) for line in text.splitlines() if line.strip()]
    if column in sheet.listing or isinstance(old, list):
        return _yaml(f"[{text}]")
    if text.startswith(("{", "[{")):
        return _yaml(text)
    if column.startswith("when.") and "," in text and not set(text) & set('()[]<>=!"'):
        return _yaml(f"[{text}]")
    return _simple(text)


def _yaml(text: str) -> Value:
    return parse_yaml(text, file="").value


def _simple(text: str) -> Value:
    """Return a number or a flag as what it is, everything else as text."""
    try:
        value = _yaml(text)
    except DefinitionError:
        return text
    return value if isinstance(value, bool | int) else text
