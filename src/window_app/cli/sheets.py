"""Sheets of people at the command line: a template, a check, and rows taken into a visit."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app.cli.counter import sign_in
from window_app.cli.speech import Misunderstood, read_day, read_object, say, warn
from window_app.i18n import Catalogue

if TYPE_CHECKING:
    from window_app.domain.visits import VisitDraft
    from window_app.services.desk import Desk
    from window_app.services.sheet_reading import BadCell, SheetReading


def template(chosen: argparse.Namespace) -> int:
    """Write an empty sheet with the columns of a section."""
    from window_app import paths
    from window_app.forms import load_definitions
    from window_app.forms.tabular_writing import write_template

    law = load_definitions(paths.definitions_dir(), cache=paths.default_cache_dir() / "definitions")
    matter = law.matters.get(chosen.matter)
    found = [] if matter is None else [one for one in matter.sections if one.code == chosen.section and one.repeat]
    if not found:
        raise Misunderstood("cli.no_list", matter=chosen.matter, section=chosen.section)
    if not chosen.file.absolute().parent.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.file.absolute().parent.name)
    write_template(found[0], chosen.file)
    say({"file": chosen.file.name, "columns": [field.label["zh"] for field in found[0].fields]})
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Read a sheet as the visit of an intake would; nothing is stored. 0 where every row can be taken, else 1."""
    intake = read_object(chosen.intake)
    desk = sign_in(chosen, clerk=intake.get("clerk"), on=read_day(intake.get("on")), may_begin=True)
    try:
        draft = desk.intake.from_json(intake)
        key = _matter_with(desk, draft, chosen.section)
        reading = desk.sheets.read(draft, key, chosen.section, _file(chosen.file))
        words = _Words(desk.settings.language)
        totals = desk.sheets.totals(desk.sheets.add(draft, key, reading), key, chosen.section)
        say({**words.answer(reading), "totals": asdict(totals)})
        words.warn(reading)
        if chosen.bad is not None and reading.bad:
            desk.sheets.save_bad(reading, chosen.bad, words.reason)
    finally:
        desk.close()
    return 1 if reading.bad else 0


def with_sheets(desk: "Desk", draft: "VisitDraft", given: Sequence[str], *, keep_good: bool) -> "VisitDraft | None":
    """Return the visit with the rows of sheets, `SECTION=FILE` each; None where a row is bad and must not be."""
    words = _Words(desk.settings.language)
    for each in given:
        section, _, file = each.partition("=")
        if not file:
            raise Misunderstood("cli.sheet_form", text=each)
        key = _matter_with(desk, draft, section)
        reading = desk.sheets.read(draft, key, section, _file(Path(file)))
        words.warn(reading)
        if reading.bad and not keep_good:
            return None
        draft = desk.sheets.add(draft, key, reading)
    return draft


def _file(path: Path) -> Path:
    if not path.is_file():
        raise Misunderstood("cli.no_such_file", file=path.name)
    return path


def _matter_with(desk: "Desk", draft: "VisitDraft", section: str) -> str:
    """Return the key of the first matter whose form has a list of this code."""
    for matter in draft.matters:
        filling = desk.intake.filling(draft, matter.key)
        sections = () if filling is None else filling.matter.sections
        if any(one.code == section and one.repeat is not None for one in sections):
            return matter.key
    raise Misunderstood("cli.no_list", matter=", ".join(one.key for one in draft.matters), section=section)


class _Words:
    """Says what was read, in the counter's language."""

    def __init__(self, language: str) -> None:
        self._texts = Catalogue(language)

    def reason(self, cell: "BadCell") -> str:
        return self._texts.of(cell.message) if cell.message is not None else self._texts.message(cell.error)

    def answer(self, reading: "SheetReading") -> dict[str, Any]:
        cells = [
            {"cell": cell.address, "row": cell.row, "column": cell.heading, "reason": self.reason(cell)}
            for cell in reading.bad_cells
        ]
        notes = [self._texts.message(note) for note in reading.notes]
        return {
            "good": len(reading.good),
            "bad": len(reading.bad),
            "joined": reading.joined,
            "same": reading.same,
            "cells": cells,
            "notes": notes,
        }

    def warn(self, reading: "SheetReading") -> None:
        for note in reading.notes:
            warn(self._texts.message(note))
        for cell in reading.bad_cells:
            warn(f"{cell.address} {cell.heading}: {self.reason(cell)}")
