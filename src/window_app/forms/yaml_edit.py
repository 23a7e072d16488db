"""Changes of YAML text in place: what is not changed keeps its words, its order and its comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from window_app.forms.sheet_cells import flow
from window_app.rules.values import Value
from window_app.yamlio import YamlPath

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Edit:
    """A stretch of a text and what comes in its place."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with all edits made, none of which lies within another."""
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class YamlText:
    """A file's text with the place of each of its values."""

    def __init__(self, text: str) -> None:
        """Compose the text, which must be valid."""
        self.text = text
        root = yaml.compose(text, Loader=_LOADER)
        assert root is not None  # noqa: S101 - a definition file that was loaded is not empty
        self._root: yaml.Node = root

    def node(self, path: YamlPath) -> yaml.Node:
        """Return the node of a place."""
        node: yaml.Node = self._root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next(value for key, value in node.value if key.value == str(step))
            else:
                node = node.value[int(step)]
        return node

    def end(self, node: yaml.Node) -> int:
        """Return where the words of a node end; a block's own mark lies behind the comments that follow."""
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return len(self.text[: node.end_mark.index].rstrip())
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def line_end(self, place: int) -> int:
        """Return the place behind the line in which a place lies."""
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1

    def changes(self, path: YamlPath, old: Value, new: Value) -> list[Edit]:
        """Return the edits that turn the value of a place into another."""
        return self._changes(self.node(path), old, new)

    def _changes(self, node: yaml.Node, old: Value, new: Value) -> list[Edit]:
        if old == new and repr(old) == repr(new):
            return []
        if not isinstance(node, yaml.MappingNode) or not isinstance(new, Mapping) or not new:
            return [self._replaced(node, new)]
        if node.flow_style:
            if list(old) != list(new):
                return [self._replaced(node, new)]
            return [edit for key, value in node.value for edit in self._changes(value, old[key.value], new[key.value])]
        return self._block_changes(node, old, new)

    def _replaced(self, node: yaml.Node, new: Value) -> Edit:
        return Edit(node.start_mark.index, max(self.end(node), node.start_mark.index), flow(new))

    def _block_changes(self, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Edit]:
        edits = []
        for place, (key, value) in enumerate(node.value):
            if key.value in new:
                edits += self._changes(value, old[key.value], new[key.value])
            elif place:
                line = self.text.rindex("\n", 0, key.start_mark.index) + 1
                edits.append(Edit(line, self.line_end(self.end(value)), ""))
        added = [name for name in new if name not in old]
        if added:
            indent = "\n" + " " * node.start_mark.column
            end = self.line_end(self.end(node))
            end -= self.text[:end].endswith("\n")
            edits.append(Edit(end, end, "".join(f"{indent}{flow(name)}: {flow(new[name])}" for name in added)))
        return edits

    def rows(self, path: YamlPath, ordered: Sequence[int | Mapping[str, Any]], edits: Sequence[Edit]) -> Edit:
        """Return the edit that puts a list's rows in an order: old ones by number, new ones by value.

        Comments above a row go with it; those above a row left out stay.
        """
        node = self.node(path)
        first = self._line_start(node.start_mark.index)
        borders = [first, *(self.line_end(self.end(row)) for row in node.value)]
        pieces = {}
        for number in range(len(node.value)):
            inside = [edit for edit in edits if borders[number] <= edit.start < borders[number + 1]]
            moved = [Edit(e.start - borders[number], e.end - borders[number], e.text) for e in inside]
            pieces[number] = apply(self.text[borders[number] : borders[number + 1]], moved)
        indent = " " * node.start_mark.column
        parts = []
        left_out = set(pieces) - {one for one in ordered if isinstance(one, int)}
        for one in ordered:
            if isinstance(one, int):
                parts += [self._comments(pieces[number]) for number in sorted(left_out) if number < one]
                left_out = {number for number in left_out if number > one}
                parts.append(pieces[one])
            else:
                parts.append(_new_row(one, indent))
        parts += [self._comments(pieces[number]) for number in sorted(left_out)]
        return Edit(borders[0], borders[-1], "".join(_ended(part) for part in parts if part))

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _comments(self, piece: str) -> str:
        lines = piece.splitlines(keepends=True)
        kept = next((place for place, line in enumerate(lines) if line.lstrip().startswith("- ")), len(lines))
        return "".join(lines[:kept])


def _ended(piece: str) -> str:
    return piece if piece.endswith("\n") else piece + "\n"


def _new_row(row: Mapping[str, Any], indent: str) -> str:
    lines = [f"{flow(key)}: {flow(value)}" for key, value in row.items()]
    return indent + "- " + f"\n{indent}  ".join(lines) + "\n"
