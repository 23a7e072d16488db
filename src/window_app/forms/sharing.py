"""Matters with the sections and lines of the checklist that they share written in: each stands in one file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from window_app.errors import DefinitionError
from window_app.forms.files import DefinitionFiles
from window_app.forms.kinds import KINDS
from window_app.rules.late import Late
from window_app.yamlio import YamlDocument, YamlPath

SECTIONS = "sections"
MATERIALS = "materials"
USE = "use"
_CHANGES_OF_FIELDS = frozenset({"use", "leave_out", "fields"})
_HERE = frozenset({"after", "without"})

Place = tuple[YamlDocument, YamlPath]


@dataclass(frozen=True)
class WholeMatter(YamlDocument):
    """A matter's file with what it uses written in; each value still knows the file that it came from.

    Attributes:
        origins: files and places of the parts that stand elsewhere than here, by their place here.
    """

    origins: Mapping[YamlPath, Place] = field(default_factory=dict)

    def where(self, path: Sequence[str | int] = ()) -> tuple[str, int]:
        """Return file and line of a place."""
        path = tuple(path)
        for length in range(len(path), -1, -1):
            found = self.origins.get(path[:length])
            if found is not None:
                document, start = found
                return document.where((*start, *path[length:]))
        return self.file, self.line(path)


def matter_files(files: DefinitionFiles) -> dict[str, YamlDocument]:
    """Return the files of a set's matters by code, as they are written."""
    return files.by_code("matters")


def whole_matters(files: DefinitionFiles, *, late: bool = False) -> Mapping[str, WholeMatter]:
    """Return the matters of a set by code, complete; with `late`, each is written when it is asked for.

    Raises:
        DefinitionError: `matter.use_unknown`, `matter.leave_out_unknown`, `matter.after_unknown`, or what is
            missing from a field that a matter adds to a section.
    """
    sections, materials = files.by_code(SECTIONS), files.by_code(MATERIALS)
    heads = matter_files(files)
    matters = Late(heads, lambda code: _Writer(heads[code], sections, materials).whole())
    return matters if late else dict(matters)


def used_files(matter: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the files whose sections and materials a matter uses, as its own file says it."""
    return tuple(
        f"{folder}/{entry[USE]}.yaml" for folder in (SECTIONS, MATERIALS) for entry in matter[folder] if USE in entry
    )


class _Writer:
    """Writes one matter in full."""

    def __init__(
        self, document: YamlDocument, sections: Mapping[str, YamlDocument], materials: Mapping[str, YamlDocument]
    ) -> None:
        self._document = document
        self._shared = {SECTIONS: sections, MATERIALS: materials}
        self._origins: dict[YamlPath, Place] = {}

    def whole(self) -> WholeMatter:
        content = self._document.value
        checks = list(content.get("checks", ()))
        sections = []
        for index, entry in enumerate(content[SECTIONS]):
            section, own = self._section(index, entry)
            sections.append(section)
            for place, check in own:
                self._origins["checks", len(checks)] = place
                checks.append({**check, "section": section["section"]})
        value = {
            **content,
            SECTIONS: sections,
            "checks": checks,
            MATERIALS: [self._material(index, entry) for index, entry in enumerate(content[MATERIALS])],
        }
        return WholeMatter(self._document.file, value, self._document.marks, self._origins)

    def _used(self, folder: str, index: int, entry: Mapping[str, Any]) -> YamlDocument:
        found = self._shared[folder].get(entry[USE])
        if found is None:
            raise self._error("matter.use_unknown", (folder, index, USE), name=entry[USE], folder=folder)
        return found

    def _material(self, index: int, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        if USE not in entry:
            return entry
        shared = self._used(MATERIALS, index, entry)
        path: YamlPath = (MATERIALS, index)
        self._origins[path] = (shared, ())
        self._said_here(path, path, entry)
        return self._changed(shared.value, _without(entry, {USE}), path)

    def _section(
        self, index: int, entry: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], list[tuple[Place, Mapping[str, Any]]]]:
        if USE not in entry:
            return entry, []
        shared = self._used(SECTIONS, index, entry)
        path: YamlPath = (SECTIONS, index)
        left_out = self._left_out(shared, entry, path)
        said = _without(entry, _CHANGES_OF_FIELDS)
        self._origins[path] = (shared, ())
        self._said_here(path, path, said)
        section = {**_without(shared.value, {"checks", "note"}), **said}
        section["fields"] = self._fields(path, shared, entry, left_out)
        if len(entry) > 1:  # taken as it stands, it was looked at with its own file
            self._check_form(path, section)
        checks: list[tuple[Place, Mapping[str, Any]]] = [
            ((shared, ("checks", at)), check)
            for at, check in enumerate(shared.value.get("checks", ()))
            if check["check"] not in left_out
        ]
        return section, checks

    def _left_out(self, shared: YamlDocument, entry: Mapping[str, Any], path: YamlPath) -> frozenset[str]:
        known = {each["field"] for each in shared.value["fields"]}
        known |= {each["check"] for each in shared.value.get("checks", ())}
        for index, code in enumerate(entry.get("leave_out", ())):
            if code not in known:
                here = (*path, "leave_out", index)
                raise self._error("matter.leave_out_unknown", here, name=code, section=entry[USE])
        return frozenset(entry.get("leave_out", ()))

    def _fields(
        self, path: YamlPath, shared: YamlDocument, entry: Mapping[str, Any], left_out: frozenset[str]
    ) -> list[Mapping[str, Any]]:
        """Return the fields that stay, changed where the matter says so, with those that it adds."""
        fields: list[tuple[Mapping[str, Any], YamlDocument, YamlPath]] = [
            (each, shared, ("fields", at))
            for at, each in enumerate(shared.value["fields"])
            if each["field"] not in left_out
        ]
        changed: dict[str, tuple[YamlPath, Iterable[str]]] = {}
        for at, change in enumerate(entry.get("fields", ())):
            here = (*path, "fields", at)
            codes = [each["field"] for each, _, _ in fields]
            if change["field"] in codes and "after" not in change:
                place = codes.index(change["field"])
                fields[place] = (self._changed(fields[place][0], change, here), *fields[place][1:])
                changed[change["field"]] = here, change
            else:
                place = self._place(codes, change, here)
                fields.insert(place, (_without(change, _HERE), self._document, here))
        for at, (each, document, origin) in enumerate(fields):
            self._origins[*path, "fields", at] = (document, origin)
            if each["field"] in changed:
                own, keys = changed[each["field"]]
                self._said_here((*path, "fields", at), own, keys)
        return [each for each, _, _ in fields]

    def _changed(self, known: Mapping[str, Any], change: Mapping[str, Any], here: YamlPath) -> Mapping[str, Any]:
        """Return a field or material as the matter changes it: without some of its words, and with the matter's."""
        for at, key in enumerate(change.get("without", ())):
            if key not in known:
                path = (*here, "without", at)
                raise self._error("matter.without_unknown", path, name=key, field=str(change.get("field", "")))
        return {**_without(known, frozenset(change.get("without", ()))), **_without(change, _HERE)}

    def _place(self, codes: list[str], change: Mapping[str, Any], here: YamlPath) -> int:
        """Return where a field that the matter adds comes to stand."""
        before = change.get("after")
        if before is None:
            return len(codes)
        if before not in codes or change["field"] in codes:
            raise self._error("matter.after_unknown", (*here, "after"), name=before, field=change["field"])
        return codes.index(before) + 1

    def _said_here(self, path: YamlPath, own: YamlPath, keys: Iterable[str]) -> None:
        """Keep that these keys of a shared part are the matter's own words."""
        for key in keys:
            self._origins[*path, key] = (self._document, (*own, key))

    def _check_form(self, path: YamlPath, section: Mapping[str, Any]) -> None:
        shape = next(kind.shape for kind in KINDS if kind.name == SECTIONS)
        whole = WholeMatter(self._document.file, self._document.value, self._document.marks, self._origins)
        for fault in shape.faults(section, path):
            file, line = whole.where(fault.path)
            raise DefinitionError(fault.code, file=file, line=line, **fault.params)

    def _error(self, code: str, path: YamlPath, /, **params: object) -> DefinitionError:
        file, line = self._document.where(path)
        return DefinitionError(code, file=file, line=line, **params)


def _without(mapping: Mapping[str, Any], keys: frozenset[str] | set[str]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in keys}
