"""The dated text of each paper: read from `forms/wording/*.yaml` and composed into blocks.

What `compose` needs is declared by each wording file itself (`values`, `optional`); the values are
JSON: text, numbers, ISO dates and instants, lists of mappings. The result is frozen into the paper's record
and is all that a layout ever draws.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from window_app.errors import DefinitionError, WindowAppError
from window_app.forms.wording_texts import Scope, fill, json_values, placeholders
from window_app.rules.late import Late
from window_app.yamlio import YamlDocument

Where = Callable[[Sequence[str | int]], tuple[str, int]]
"""Tells file and line of a place in a parsed definition file."""

BLOCK_KEYS: Mapping[str, frozenset[str]] = {
    "title": frozenset({"text", "issuer"}),
    "reference": frozenset({"text"}),
    "tear": frozenset({"text"}),
    "heading": frozenset({"text"}),
    "paragraph": frozenset({"text", "indent"}),
    "fields": frozenset({"items", "columns"}),
    "table": frozenset({"heading", "each", "columns", "empty", "room"}),
    "list": frozenset({"heading", "items", "each", "text", "strong"}),
    "note": frozenset({"text"}),
    "signature": frozenset({"items", "issuer", "seal", "date"}),
    "signing": frozenset({"items"}),
    "qr": frozenset({"text"}),
    "page": frozenset(),
    "group": frozenset({"each", "blocks"}),
}
CONDITIONS = frozenset({"if", "unless", "when"})
ITEM_KEYS = frozenset({"id", "label", "text", "wide", "strong", "ink", "room"}) | CONDITIONS
COLUMN_KEYS = frozenset({"id", "head", "text", "width", "align"})
COPY_KEYS = frozenset({"zh", "en", "holder", "each"})
HOLDERS = ("visitor", "file", "respondent", "office")
"""For whom a copy is: the sets that a counter hands out and keeps."""
FILE_KEYS = frozenset({"paper", "title", "issued", "values", "optional", "versions", "copies", "required"})
VERSION_KEYS = frozenset({"from", "until", "layout", "blocks"})


@dataclass(frozen=True, slots=True)
class RequiredElement:
    """An element that law or trade demands on the paper: a block, or one item of it."""

    block: str
    item: str | None
    basis: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """The blocks in force from a day on. `layout` is the revision of the layout that draws them."""

    valid_from: date
    valid_until: date | None
    layout: int
    blocks: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class WordingDefinition:
    """The wording of one kind of paper with its versions, oldest first.

    Attributes:
        copies: who gets one: text, `holder`, and `each` where every record of a list gets one.
        issued: "case" where a clerk issues it for a case that was taken in; "" where it comes about by itself.
    """

    paper: str
    title: Mapping[str, str]
    values: frozenset[str]
    optional: frozenset[str]
    versions: tuple[WordingVersion, ...]
    copies: tuple[Mapping[str, str], ...]
    required: tuple[RequiredElement, ...]
    issued: str = ""

    def version_on(self, on: date) -> WordingVersion:
        """Return the version in force on a day.

        Raises:
            WindowAppError: `wording.no_version` where the paper had no wording that day.
        """
        for version in reversed(self.versions):
            if version.valid_from <= on and (version.valid_until is None or on <= version.valid_until):
                return version
        raise WindowAppError("wording.no_version", paper=self.paper, on=on.isoformat())


def compose(wording: WordingDefinition, values: Mapping[str, Any], on: date) -> list[dict[str, Any]]:
    """Return the blocks of a paper with every placeholder filled in.

    Raises:
        WindowAppError: `wording.value_missing` where a value that the wording needs is not given,
            `wording.no_version` where no version is in force.
    """
    scope = Scope(wording.paper, json_values(values))
    for name in sorted(wording.values):
        scope.require(name)
    return _compose_blocks(wording.version_on(on).blocks, scope)


def paper_content(wording: WordingDefinition, values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the whole content of a paper's record: title, layout revision, blocks, copies, values."""
    scope = Scope(wording.paper, json_values(values))
    copies = list(_copies(wording, scope))
    content = {
        "paper": wording.paper,
        "layout": wording.version_on(on).layout,
        "title": dict(wording.title),
        "blocks": compose(wording, values, on),
        "copies": [text for text, _ in copies],
        "values": json_values(values),
    }
    if any(holder for _, holder in copies):
        content["holders"] = [holder for _, holder in copies]
    return content


def _copies(wording: WordingDefinition, scope: Scope) -> Iterator[tuple[str, str]]:
    for copy in wording.copies:
        for inner in scope.each(copy["each"]) if "each" in copy else (scope,):
            yield fill(copy["zh"], inner), copy.get("holder", "")


def _compose_blocks(blocks: Sequence[Mapping[str, Any]], scope: Scope) -> list[dict[str, Any]]:
    composed: list[dict[str, Any]] = []
    for block in blocks:
        if not scope.holds(block):
            continue
        if block["block"] == "group":
            for inner in scope.each(block["each"]):
                composed.extend(_compose_blocks(block["blocks"], inner))
        else:
            composed.append(_compose_block(block, scope))
    return composed


def _compose_block(block: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    composed: dict[str, Any] = {"block": block["block"], "id": block["id"]}
    for key in ("text", "heading", "issuer", "seal", "date", "empty"):
        if key in block and not (key == "text" and "each" in block):
            composed[key] = fill(_chinese(block[key]), scope)
    for key in ("indent", "columns", "room"):
        if key in block and not (key == "columns" and block["block"] == "table"):
            composed[key] = block[key]
    if block["block"] == "table":
        composed["columns"] = [
            {"id": c["id"], "head": _chinese(c["head"]), "width": c["width"], "align": c.get("align", "left")}
            for c in block["columns"]
        ]
        composed["rows"] = [
            [fill(_chinese(column["text"]), inner) for column in block["columns"]]
            for inner in scope.each(block["each"])
        ]
    elif "each" in block:
        item = {"id": block["id"], "text": block["text"], "strong": block.get("strong", False)}
        composed["items"] = [_compose_item(item, inner) for inner in scope.each(block["each"])]
    elif "items" in block:
        composed["items"] = [_compose_item(item, scope) for item in block["items"] if scope.holds(item)]
    return composed


def _compose_item(item: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    composed = {"id": item["id"]}
    for key in ("label", "text"):
        if key in item:
            composed[key] = fill(_chinese(item[key]), scope)
    composed.update({key: True for key in ("wide", "strong") if item.get(key)})
    if "room" in item:
        composed["room"] = item["room"]
    if "ink" in item and scope.find(item["ink"]):
        # The strokes stand once, among the record's values: here is only their name.
        composed["ink"] = item["ink"]
    return composed


def _chinese(text: Mapping[str, str]) -> str:
    return text["zh"]


def read_wordings(documents: Mapping[str, YamlDocument], *, late: bool = False) -> Mapping[str, WordingDefinition]:
    """Return the wording of each paper by its code; with `late`, each is read when it is asked for.

    Raises:
        DefinitionError: as `build_wording` says.
    """
    wordings = Late(documents, lambda paper: build_wording(documents[paper].value, documents[paper].where))
    return wordings if late else dict(wordings)


def build_wording(content: Mapping[str, Any], where: Where) -> WordingDefinition:
    """Return the definition that a parsed wording file holds.

    Raises:
        DefinitionError: for an unknown key, a block without id, a placeholder that is not declared,
            overlapping versions, or a required element that a version does not hold.
    """
    reader = _Reader(where)
    reader.keys(content, FILE_KEYS, (), needed=FILE_KEYS - {"optional", "copies", "issued"})
    declared = frozenset(content["values"]) | frozenset(content.get("optional", ()))
    versions = tuple(
        reader.version(version, ("versions", index), declared) for index, version in enumerate(content["versions"])
    )
    for index, (earlier, later) in enumerate(pairwise(versions)):
        if earlier.valid_from >= later.valid_from:
            raise reader.error("wording.versions_unordered", ("versions", index + 1, "from"))
    for index, copy in enumerate(content.get("copies", ())):
        reader.copy(copy, ("copies", index), declared)
    required = tuple(
        reader.required(entry, ("required", index), versions) for index, entry in enumerate(content["required"])
    )
    return WordingDefinition(
        paper=content["paper"],
        title=content["title"],
        values=frozenset(content["values"]),
        optional=frozenset(content.get("optional", ())),
        versions=versions,
        copies=tuple(content.get("copies", ())),
        required=required,
        issued=content.get("issued", ""),
    )


class _Reader:
    """Checks a parsed wording file place by place."""

    def __init__(self, where: Where) -> None:
        self._where = where

    def error(self, code: str, path: Sequence[str | int], **params: object) -> DefinitionError:
        file, line = self._where(path)
        return DefinitionError(code, file=file, line=line, **params)

    def keys(
        self,
        entry: Mapping[str, Any],
        allowed: frozenset[str],
        path: Sequence[str | int],
        needed: frozenset[str] = frozenset(),
    ) -> None:
        for key in entry:
            if key not in allowed:
                raise self.error("wording.key_unknown", (*path, key), key=key)
        for key in sorted(needed):
            if key not in entry:
                raise self.error("wording.key_missing", path, key=key)

    def version(self, entry: Mapping[str, Any], path: Sequence[str | int], declared: frozenset[str]) -> WordingVersion:
        self.keys(entry, VERSION_KEYS, path, needed=frozenset({"from", "layout", "blocks"}))
        seen: set[str] = set()
        for index, block in enumerate(entry["blocks"]):
            self.block(block, (*path, "blocks", index), declared, seen)
        return WordingVersion(
            valid_from=self.day(entry["from"], (*path, "from")),
            valid_until=self.day(entry["until"], (*path, "until")) if "until" in entry else None,
            layout=int(entry["layout"]),
            blocks=tuple(entry["blocks"]),
        )

    def copy(self, entry: Mapping[str, Any], path: Sequence[str | int], declared: frozenset[str]) -> None:
        self.keys(entry, COPY_KEYS, path, needed=frozenset({"zh"}))
        if entry.get("holder", HOLDERS[0]) not in HOLDERS:
            raise self.error("wording.holder_unknown", path, holder=str(entry["holder"]), known=", ".join(HOLDERS))
        if "each" in entry and entry["each"] not in declared:
            raise self.error("wording.value_undeclared", path, name=entry["each"])
        self._text(entry, path, declared | {"*"} if "each" in entry else declared)

    def day(self, value: object, path: Sequence[str | int]) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self.error("wording.date_invalid", path, value=str(value)) from None

    def block(
        self, entry: Mapping[str, Any], path: Sequence[str | int], declared: frozenset[str], seen: set[str]
    ) -> None:
        kind = str(entry.get("block"))
        if kind not in BLOCK_KEYS:
            raise self.error("wording.block_unknown", path, block=kind)
        self.keys(entry, BLOCK_KEYS[kind] | CONDITIONS | {"block", "id"}, path, needed=frozenset({"id"}))
        if entry["id"] in seen:
            raise self.error("wording.id_twice", path, id=entry["id"])
        seen.add(entry["id"])
        inner = declared | {"*"} if "each" in entry else declared
        if "each" in entry and entry["each"].split(".")[0] not in declared and "*" not in declared:
            raise self.error("wording.value_undeclared", path, name=entry["each"])
        for index, nested in enumerate(entry.get("blocks", ())):
            self.block(nested, (*path, "blocks", index), inner, seen)
        if kind == "list" and not ("each" in entry) == ("text" in entry) != ("items" in entry):
            raise self.error("wording.list_form", path)
        self._parts(entry, path, inner if kind in ("table", "list") else declared)

    def _parts(self, entry: Mapping[str, Any], path: Sequence[str | int], declared: frozenset[str]) -> None:
        for key in ("text", "heading", "issuer", "seal", "date", "empty", "label"):
            if key in entry:
                self._text(entry[key], (*path, key), declared)
        for index, item in enumerate(entry.get("items", ())):
            self.keys(item, ITEM_KEYS, (*path, "items", index), needed=frozenset({"id"}))
            self._parts(item, (*path, "items", index), declared)
        if entry.get("block") == "table":
            for index, column in enumerate(entry["columns"]):
                here = (*path, "columns", index)
                self.keys(column, COLUMN_KEYS, here, needed=frozenset({"id", "head", "text", "width"}))
                self._text(column["text"], (*here, "text"), declared)

    def _text(self, text: object, path: Sequence[str | int], declared: frozenset[str]) -> None:
        chinese: object = text.get("zh") if isinstance(text, Mapping) else None
        if not isinstance(chinese, str):
            raise self.error("wording.text_invalid", path)
        try:
            names = placeholders(chinese)
        except ValueError as cause:
            raise self.error("wording.placeholder_invalid", path, text=str(cause)) from None
        for name in names:
            if "*" not in declared and name.split(".")[0] not in declared:
                raise self.error("wording.value_undeclared", path, name=name)

    def required(
        self, entry: Mapping[str, Any], path: Sequence[str | int], versions: Sequence[WordingVersion]
    ) -> RequiredElement:
        self.keys(entry, frozenset({"block", "item", "basis"}), path, needed=frozenset({"block", "basis"}))
        element = RequiredElement(entry["block"], entry.get("item"), tuple(entry["basis"]))
        for version in versions:
            if not _holds(version.blocks, element):
                name = element.block if element.item is None else f"{element.block}.{element.item}"
                raise self.error("wording.required_missing", path, element=name, version=version.valid_from.isoformat())
        return element


def _holds(blocks: Sequence[Mapping[str, Any]], element: RequiredElement) -> bool:
    for block in blocks:
        if block["id"] == element.block:
            parts = (*block.get("items", ()), *(block["columns"] if block["block"] == "table" else ()))
            return element.item is None or any(part["id"] == element.item for part in parts)
        if _holds(block.get("blocks", ()), element):
            return True
    return False
