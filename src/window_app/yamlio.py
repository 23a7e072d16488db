"""Strict YAML for files that jurists write: what is typed is what is read, with its line.

Scalars follow YAML 1.2 core, and less: a plain `true` or `false` is a bool, plain decimal digits
are an int, `null`, `~` and nothing are None. Everything else is text: dates, `no`, `on`, `010`,
`1.50`. Duplicate keys, aliases and tags are errors, since a reader would not see what they do.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from window_app.errors import DefinitionError

YamlPath = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top."""

YamlValue = Any
"""What a file says: mappings with text keys, lists, str, int, bool, None."""

MarkTree = int | list[Any]
"""Lines by place: a scalar's line, or [line, {key: tree}] or [line, [tree, …]]. JSON values only."""

Marks = MarkTree | Callable[[], MarkTree]
"""Lines by place, or what reads them when a place is first asked for."""

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
# A plain > begins a block of text in YAML, so that a cell ">= 3" without quotes ends in an error here.
_UNQUOTED_GREATER = re.compile(r"[:,\[-][ ]+>\Z")
_CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEFAULT_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_BASE_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class YamlDocument:
    """A file's values and the line of each.

    Attributes:
        file: the name that errors show.
        content: its values, or what reads them when they are first asked for.
        marks: lines by place.
    """

    file: str
    content: YamlValue
    marks: Marks

    @cached_property
    def value(self) -> YamlValue:
        """The values of the file."""
        return self.content() if callable(self.content) else self.content

    def line(self, path: Sequence[str | int] = ()) -> int:
        """Return the 1-based line of a place, or of the nearest place above that exists."""
        tree = self.marks() if callable(self.marks) else self.marks
        line = tree if isinstance(tree, int) else int(tree[0])
        for step in path:
            child = _child(tree, step)
            if child is None:
                return line
            tree = child
            line = tree if isinstance(tree, int) else int(tree[0])
        return line

    def where(self, path: Sequence[str | int] = ()) -> tuple[str, int]:
        """Return file and line of a place."""
        return self.file, self.line(path)


def _child(tree: MarkTree, step: str | int) -> MarkTree | None:
    if isinstance(tree, int):
        return None
    children: Any = tree[1]
    if isinstance(children, dict):
        return children.get(str(step))
    if isinstance(step, int) and 0 <= step < len(children):
        found: MarkTree = children[step]
        return found
    return None


def read_yaml(path: Path, *, file: str | None = None) -> YamlDocument:
    """Read a file; `file` is the name that errors show (its own name where none is given).

    Raises:
        DefinitionError: where the file is not UTF-8 or not YAML of this strict kind.
        OSError: where it cannot be read.
    """
    return parse_yaml(path.read_bytes(), file=file or path.name)


def parse_yaml(content: bytes | str, *, file: str) -> YamlDocument:
    """Read YAML text.

    Raises:
        DefinitionError: `yaml.encoding`, `yaml.syntax`, `yaml.greater_unquoted`, `yaml.duplicate_key`, `yaml.key`,
            `yaml.alias`, `yaml.tag`.
    """
    if isinstance(content, bytes):
        content = _decoded(content, file)
    loader = _BASE_LOADER(content)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise _syntax_error(error, content, file) from None
    finally:
        loader.dispose()
    if node is None:
        return YamlDocument(file, None, 1)
    try:
        value, marks = _Converter(content, file).convert(node)
    except RecursionError:
        raise DefinitionError("yaml.syntax", file=file, line=1, problem="nested too deeply") from None
    return YamlDocument(file, value, marks)


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DefinitionError("yaml.encoding", file=file, line=line) from None


def _syntax_error(error: yaml.YAMLError, content: str, file: str) -> DefinitionError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    ends = (mark.index, mark.index + 1) if mark is not None else ()
    if any(_UNQUOTED_GREATER.search(content, 0, end) for end in ends):
        return DefinitionError("yaml.greater_unquoted", file=file, line=line)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or ""
    return DefinitionError("yaml.syntax", file=file, line=line, problem=str(problem))


class _Converter:
    """Turns composed nodes into values and marks, refusing what a reader would not see."""

    def __init__(self, content: str, file: str) -> None:
        self._content = content
        self._file = file
        self._seen: set[int] = set()

    def convert(self, node: yaml.Node) -> tuple[Any, MarkTree]:
        line = node.start_mark.line + 1
        # A node's mark stands at its anchor or tag, where it has one.
        first = self._content[node.start_mark.index : node.start_mark.index + 1]
        if id(node) in self._seen or first == "&":
            raise DefinitionError("yaml.alias", file=self._file, line=line)
        self._seen.add(id(node))
        if node.tag != _DEFAULT_TAGS[type(node)] or first == "!":
            raise DefinitionError("yaml.tag", file=self._file, line=line, tag=node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, line)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, line)
        return _scalar(node.value, plain=not getattr(node, "style", None)), line

    def _mapping(self, node: yaml.MappingNode, line: int) -> tuple[Any, MarkTree]:
        values: dict[str, Any] = {}
        marks: dict[str, MarkTree] = {}
        for key, (value, mark), key_line in self._pairs(node):
            if key in values:
                raise DefinitionError("yaml.duplicate_key", file=self._file, line=key_line, key=key)
            values[key] = value
            marks[key] = key_line if isinstance(mark, int) else [key_line, mark[1]]
        return values, [line, marks]

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, tuple[Any, MarkTree], int]]:
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.value:
                raise DefinitionError("yaml.key", file=self._file, line=key_line)
            yield key_node.value, self.convert(value_node), key_line

    def _sequence(self, node: yaml.SequenceNode, line: int) -> tuple[Any, MarkTree]:
        pairs = [self.convert(child) for child in node.value]
        return [value for value, _ in pairs], [line, [mark for _, mark in pairs]]


def _scalar(text: str, *, plain: bool) -> str | int | bool | None:
    if not plain:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    # int() refuses more than 4,300 digits; so long a number is text to everyone.
    if len(text) <= 32 and _INTEGER.match(text):
        return int(text)
    return text
