"""What a definition file may look like: one description that checks it and makes its JSON Schema."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

Path = tuple[str | int, ...]
JsonSchema = dict[str, Any]

CODE = r"[a-z][a-z0-9_]*"
FACT = rf"{CODE}(?:\.{CODE})?"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a file says that it may not, where, and the parameters of the message."""

    path: Path
    code: str
    params: Mapping[str, object]


class Shape(Protocol):
    """Checks a parsed value and describes itself to editors."""

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield what is wrong, in the order of the file."""
        ...

    def schema(self) -> JsonSchema:
        """Return the JSON Schema of the same rule."""
        ...


def _wrong(path: Path, expected: str, value: object) -> Fault:
    return Fault(path, "definition.expected", {"expected": expected, "found": _shown(value)})


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "mapping"
    if isinstance(value, list):
        return "list"
    return "nothing" if value is None else str(value)[:60]


@dataclass(frozen=True, slots=True)
class Str:
    """Non-empty text, whole by a pattern where one is given."""

    pattern: str | None = None
    expected: str = "text"

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield a fault for anything but such text."""
        if not isinstance(value, str) or not value.strip() or (self.pattern and not re.fullmatch(self.pattern, value)):
            yield _wrong(path, self.expected, value)

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"type": "string", "minLength": 1} | ({"pattern": f"^{self.pattern}$"} if self.pattern else {})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield a fault for any other word."""
        if not isinstance(value, str) or value not in self.words:
            yield Fault(path, "definition.choice", {"found": _shown(value), "words": ", ".join(self.words)})

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number within bounds."""

    minimum: int = 0
    maximum: int = 10**12

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield a fault for anything else; true and false are not numbers."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.minimum <= value <= self.maximum:
            yield _wrong(path, f"integer {self.minimum}..{self.maximum}", value)

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false, written out."""

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield a fault for anything else."""
        if not isinstance(value, bool):
            yield _wrong(path, "true or false", value)

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date that exists, as 2026-07-01; further words where the place knows them."""

    words: tuple[str, ...] = ()

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield a fault for anything else."""
        if isinstance(value, str) and (value in self.words or _is_date(value)):
            return
        yield _wrong(path, " / ".join(("date YYYY-MM-DD", *self.words)), value)

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        day: JsonSchema = {"type": "string", "format": "date"}
        return {"anyOf": [day, {"enum": list(self.words)}]} if self.words else day


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-07-01")


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, plain or quoted."""

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield a fault for anything else."""
        if isinstance(value, bool) or not isinstance(value, int | str) or not _is_decimal(str(value)):
            yield _wrong(path, "number", value)

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


@dataclass(frozen=True, slots=True)
class Anything:
    """Whatever the part that reads it takes."""

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield nothing."""
        del value, path
        yield from ()

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of thing."""

    item: Shape
    minimum: int = 0

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield the faults of its items."""
        if not isinstance(value, list):
            yield _wrong(path, "list", value)
            return
        if len(value) < self.minimum:
            yield Fault(path, "definition.too_few", {"minimum": self.minimum})
        for index, item in enumerate(value):
            yield from self.item.faults(item, (*path, index))

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        schema: JsonSchema = {"type": "array", "items": self.item.schema()}
        return schema | ({"minItems": self.minimum} if self.minimum else {})


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping with free keys of one form."""

    item: Shape
    key: str = CODE

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield the faults of its keys and values."""
        if not isinstance(value, dict):
            yield _wrong(path, "mapping", value)
            return
        # In {a: not(x, y)} YAML ends the value at the comma, which leaves a key like "y)" and more besides.
        split = [key for key in value if key.endswith((")", "]"))]
        for key in split:
            yield Fault((*path, key), "definition.comma_unquoted", {"key": key})
        if split:
            return
        for key, item in value.items():
            if not re.fullmatch(self.key, key):
                yield Fault((*path, key), "definition.key_form", {"key": key})
            yield from self.item.faults(item, (*path, key))

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {
            "type": "object",
            "additionalProperties": self.item.schema(),
            "propertyNames": {"pattern": f"^{self.key}$"},
        }


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with these keys and no others; a key named with `?` may be absent."""

    keys: Mapping[str, Shape]

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield unknown keys, missing keys and the faults of the values."""
        if not isinstance(value, dict):
            yield _wrong(path, "mapping", value)
            return
        known = {name.rstrip("?"): shape for name, shape in self.keys.items()}
        for key, item in value.items():
            if key not in known:
                params = {"key": key, "known": ", ".join(sorted(known))}
                yield Fault((*path, key), "definition.unknown_key", params)
            else:
                yield from known[key].faults(item, (*path, key))
        for name in self.keys:
            if not name.endswith("?") and name not in value:
                yield Fault(path, "definition.missing_key", {"key": name})

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {
            "type": "object",
            "properties": {name.rstrip("?"): shape.schema() for name, shape in self.keys.items()},
            "required": [name for name in self.keys if not name.endswith("?")],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes; a value of the right basic type gets that shape's own faults."""

    shapes: Sequence[Shape]

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield the fewest, deepest faults among the shapes; nothing where one of them fits."""
        attempts = [list(shape.faults(value, path)) for shape in self.shapes]
        if all(attempts):
            # The shape that was meant complains deepest inside the value; the others at its top.
            yield from max(attempts, key=lambda faults: (len(faults[0].path), -len(faults)))

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"anyOf": [shape.schema() for shape in self.shapes]}


@dataclass(frozen=True, slots=True)
class Named:
    """One of several mappings, told apart by the key that only one of them has."""

    shapes: Mapping[str, Record]

    def faults(self, value: object, path: Path) -> Iterator[Fault]:
        """Yield the faults of the mapping that is meant, by its key."""
        meant = [shape for key, shape in self.shapes.items() if isinstance(value, dict) and key in value]
        if meant:
            yield from meant[0].faults(value, path)
        else:
            yield _wrong(path, " / ".join(f"{key}: …" for key in self.shapes), value)

    def schema(self) -> JsonSchema:
        """Return the JSON Schema."""
        return {"anyOf": [shape.schema() for shape in self.shapes.values()]}
