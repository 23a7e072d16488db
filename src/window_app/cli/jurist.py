"""Verbs for the jurist: the law as a spreadsheet, and what a changed set would answer."""

import argparse
from dataclasses import asdict
from typing import Any

from window_app import paths
from window_app.cli.speech import Misunderstood, say, warn, words_of
from window_app.forms import load_definitions
from window_app.i18n import Catalogue


def export_xlsx(chosen: argparse.Namespace) -> int:
    """Write the decision tables, parameters and limits as a spreadsheet."""
    from window_app.forms.sheet_export import export_sheets

    if not chosen.file.absolute().parent.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.file.absolute().parent.name)
    law = load_definitions(chosen.forms or paths.definitions_dir())
    say({"file": chosen.file.name, "sheets": list(export_sheets(law.files, chosen.file))})
    return 0


def import_xlsx(chosen: argparse.Namespace) -> int:
    """Take an edited spreadsheet into a definition set; with one mistake nothing is written."""
    from window_app.forms.sheet_import import import_sheets

    if not chosen.file.is_file():
        raise Misunderstood("cli.no_such_file", file=chosen.file.name)
    if not chosen.forms.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.forms.name)
    found = import_sheets(chosen.file, chosen.forms)
    catalogue = words_of(chosen.data)
    mistakes: list[dict[str, Any]] = []
    for one in found.mistakes:
        place = {"sheet": one.sheet, "row": one.row, "column": one.column}
        mistakes.append({**place, "reason": catalogue.message(one.error)})
        warn(catalogue.text("sheet.mistake", **mistakes[-1]))
    if mistakes:
        warn(catalogue.text("sheet.nothing_written", count=len(mistakes)))
    say({"changes": [asdict(one) for one in found.changes], "mistakes": mistakes, "files": list(found.files)})
    return 1 if mistakes else 0


def export_matter(chosen: argparse.Namespace) -> int:
    """Write a whole matter as one file."""
    from window_app.forms.matter_bundle import write_bundle
    from window_app.forms.matter_export import export_matter as gather
    from window_app.forms.writing import write_texts

    folder = chosen.file.absolute().parent
    if not folder.is_dir():
        raise Misunderstood("cli.no_such_folder", file=folder.name)
    bundle = gather(chosen.matter, chosen.forms or paths.definitions_dir())
    write_texts(folder, {chosen.file.name: write_bundle(bundle)})
    say(
        {
            "matter": bundle.matter,
            "file": chosen.file.name,
            "files": [each.file for each in bundle.files],
            "parts": [f"{each.file}: {each.name}" for each in bundle.parts],
        }
    )
    return 0


def import_matter(chosen: argparse.Namespace) -> int:
    """Take a whole matter into a definition set; with a difference or a finding nothing is written."""
    from window_app.cli.law import in_words
    from window_app.forms.matter_bundle import read_bundle
    from window_app.forms.matter_import import import_matter as take

    if not chosen.file.is_file():
        raise Misunderstood("cli.no_such_file", file=chosen.file.name)
    if not chosen.forms.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.forms.name)
    found = take(read_bundle(chosen.file.read_bytes(), chosen.file.name), chosen.forms, replace=chosen.replace)
    catalogue = Catalogue()
    held_back = bool(found.differences) and not chosen.replace
    for finding in found.findings:
        warn(in_words(finding, catalogue))
    if held_back:
        warn(catalogue.text("bundle.differs", count=len(found.differences)))
    elif found.findings:
        warn(catalogue.text("bundle.findings", count=len(found.findings)))
    say(asdict(found))
    return 1 if held_back or found.findings else 0


def dry_run(chosen: argparse.Namespace) -> int:
    """Judge the stored cases under a changed set and say which answers would be others."""
    from window_app.cli.counter import sign_in
    from window_app.services.dry_run import DryRun

    if not chosen.forms.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.forms.name)
    changed = load_definitions(chosen.forms)
    desk = sign_in(chosen, read_only=True)
    try:
        found = DryRun(desk.tracking, desk.station, desk.clock).compare(desk.definitions, changed)
        catalogue = Catalogue(desk.settings.language)
    finally:
        desk.close()
    refused = {number: catalogue.message(error) for number, error in found.refused.items()}
    answers = [asdict(one) for one in found.changed]
    say(
        {
            "set": changed.content_hash,
            "judged": found.judged,
            "changed": answers,
            "closed": found.closed,
            "refused": refused,
        }
    )
    return 0
