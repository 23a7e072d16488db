"""Entries of YAML files as texts: taken out word by word, put in, put in the place of another."""

from collections.abc import Sequence

import yaml

from window_app.errors import WindowAppError
from window_app.forms.yaml_edit import Edit, YamlText, apply

_STEP = "  "


class PartMisplaced(WindowAppError):
    """A file is written in a way that takes no further entry; the code says where."""

    code = "bundle.no_place"


def take_part(text: str, path: Sequence[str], key: str) -> str | None:
    """Return the lines of an entry, without the indentation of its place; None where there is no such entry.

    Comments above an entry are not part of it.
    """
    if not text.strip():
        return None
    found = _entry(YamlText(text), path, key)
    if found is None:
        return None
    whole, start, end, column = found
    return "".join(_less_indented(line, column) for line in whole[start:end].splitlines(keepends=True))


def put_part(text: str, path: Sequence[str], key: str, part: str) -> str:
    """Return a file's text with an entry put in the place of the one that is there, or behind the last of its mapping.

    Raises:
        PartMisplaced: where the mapping that it belongs to is not written line by line.
    """
    if not text.strip():
        return text + _nested(list(path), part, 0)
    read = YamlText(text)
    found = _entry(read, path, key)
    if found is not None:
        _, start, end, column = found
        return apply(text, [Edit(start, end, _indented(part, column))])
    for known in range(len(path), -1, -1):
        node = _mapping(read, path[:known])
        if node is not None:
            return _appended(read, node, list(path[known:]), part, key)
    raise PartMisplaced(key=key)


def _appended(read: YamlText, node: yaml.MappingNode, missing: list[str], part: str, key: str) -> str:
    if node.flow_style or not node.value:
        raise PartMisplaced(key=key)
    end = read.line_end(read.end(node))
    before = "" if read.text[:end].endswith("\n") else "\n"
    return apply(read.text, [Edit(end, end, before + _nested(missing, part, node.start_mark.column))])


def _nested(path: list[str], part: str, column: int) -> str:
    heads = "".join(f"{' ' * column}{_STEP * depth}{step}:\n" for depth, step in enumerate(path))
    return heads + _indented(part, column + len(_STEP) * len(path))


def _entry(read: YamlText, path: Sequence[str], key: str) -> tuple[str, int, int, int] | None:
    node = _mapping(read, path)
    if node is None or node.flow_style:
        return None
    for name, value in node.value:
        if name.value == key:
            start = read.text.rfind("\n", 0, name.start_mark.index) + 1
            end = read.line_end(max(read.end(value), name.end_mark.index))
            return read.text, start, end, name.start_mark.column
    return None


def _mapping(read: YamlText, path: Sequence[str]) -> yaml.MappingNode | None:
    """Return the mapping of a place, None where the place does not exist or holds something else."""
    try:
        node = read.node(tuple(path))
    except (StopIteration, IndexError, ValueError, TypeError):
        return None
    return node if isinstance(node, yaml.MappingNode) else None


def _less_indented(line: str, column: int) -> str:
    return line[column:] if not line[:column].strip() and len(line) > column else line.lstrip(" ")


def _indented(part: str, column: int) -> str:
    text = part if part.endswith("\n") else part + "\n"
    lines = text.splitlines(keepends=True)
    return "".join(" " * column + line if line.strip() else line for line in lines)
