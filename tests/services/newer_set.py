"""A newer definition set beside the one of the program: the same files, changed in a few places."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from window_app import paths

FOLDERS = ("matters", "sections", "materials")
Change = Callable[[dict[str, Any]], None]


def newer(folder: Path, *changes: Change) -> Path:
    """Copy the definitions into a folder, put the changes to every file of a form, and return the folder."""
    copied = folder / "forms"
    shutil.copytree(paths.definitions_dir(), copied)
    for path in sorted(path for name in FOLDERS for path in (copied / name).glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        before = yaml.safe_dump(content)
        for change in changes:
            change(content)
        if yaml.safe_dump(content) != before:
            path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    return copied


def without_field(section: str, field: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        for one in _sections(document, section):
            one["fields"] = [each for each in one["fields"] if each["field"] != field]
        for one in document.get("sections", ()):
            if one.get("use") == section and field in one.get("leave_out", ()):
                one["leave_out"].remove(field)
                if not one["leave_out"]:
                    del one["leave_out"]

    return change


def with_field(section: str, field: dict[str, Any]) -> Change:
    def change(document: dict[str, Any]) -> None:
        for one in _sections(document, section):
            one["fields"].append(field)

    return change


def renamed(section: str, field: str, label: dict[str, str]) -> Change:
    def change(document: dict[str, Any]) -> None:
        for each in _fields(document, section, field):
            each["label"] = label

    return change


def without_value(section: str, field: str, value: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        for each in _fields(document, section, field):
            each["values"].pop(value, None)

    return change


def without_material(code: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        if "materials" in document:
            document["materials"] = [
                one for one in document["materials"] if code not in (one.get("material"), one.get("use"))
            ]

    return change


def _sections(document: dict[str, Any], code: str) -> Iterator[dict[str, Any]]:
    """Yield a section where it is written out: in a file of its own or in a matter's."""
    for one in (document, *document.get("sections", ())):
        if one.get("section") == code and "fields" in one:
            yield one


def _fields(document: dict[str, Any], section: str, field: str) -> Iterator[dict[str, Any]]:
    for one in _sections(document, section):
        yield from (each for each in one["fields"] if each["field"] == field)
