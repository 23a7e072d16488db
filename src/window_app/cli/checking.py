"""Checking what the program stands on: definitions, their proofs, fonts, the store, the line, the printer."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app import paths, settings
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue

if TYPE_CHECKING:
    from window_app.storage.store import Store

FONTS = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf", "HanaMinB.ttf", "sRGB.icc")
Check = dict[str, Any]


class Note(str):
    """What a check says without finding anything wrong."""

    __slots__ = ()


def check_everything(data: Path) -> list[Check]:
    """Return every check with its outcome: name, ok, detail."""
    catalogue = Catalogue(settings.load(data).language if data.is_dir() else "zh_CN")
    opened: list[Store] = []
    steps: dict[str, Callable[[], Iterator[str]]] = {
        "definitions": _definition_faults,
        "rules": _rule_faults,
        "citations": lambda: _citation_faults(data, catalogue),
        "fonts": lambda: _font_faults(catalogue),
        "store": lambda: _store_faults(data, catalogue, opened),
        "line": lambda: _line_faults(data, catalogue, opened),
        "printer": lambda: _printer_faults(data),
    }
    try:
        return [_outcome(name, step, catalogue) for name, step in steps.items()]
    finally:
        for held in opened:
            held.close()


def _outcome(name: str, step: Callable[[], Iterator[str]], catalogue: Catalogue) -> Check:
    try:
        faults = list(step())
    except WindowAppError as error:
        faults = [catalogue.message(error)]
    return {"name": name, "ok": all(isinstance(fault, Note) for fault in faults), "detail": faults}


def _definition_faults() -> Iterator[str]:
    from window_app.forms import find_errors, load_definitions

    directory = paths.definitions_dir()
    for error in find_errors(directory):
        yield f"{error.file}:{error.line}: {error.code}"
    load_definitions(directory)


def _rule_faults() -> Iterator[str]:
    from window_app.app import load_set
    from window_app.forms.calculator_examples import check_calculator_examples
    from window_app.rules.checks import check

    law = load_set()
    for finding in (*check(law.rules), *check_calculator_examples(law)):
        yield f"{finding.file}:{finding.line}: {finding.code}"


def _citation_faults(data: Path, catalogue: Catalogue) -> Iterator[str]:
    from window_app.app import STATUTES_FOLDER, load_set
    from window_app.forms import StatuteLibrary, check_citations, cited_places, classify, count_classes

    law = load_set()
    library = StatuteLibrary(data / STATUTES_FOLDER, law.statute_titles)
    documents = [each for each in law.files.documents.values() if not each.file.startswith("calendar/")]
    yield Note(catalogue.text("check.citations", **count_classes(classify(library, cited_places(documents)))))
    if not library.laws():
        yield Note(catalogue.text("check.no_statutes"))
        return
    for problem in check_citations(library, cited_places(law.files.documents.values())):
        if problem.is_mistake:
            yield f"{problem.place.file}:{problem.place.line}: {problem.code}"


def _font_faults(catalogue: Catalogue) -> Iterator[str]:
    for name in FONTS:
        if not (paths.resources_dir() / "fonts" / name).is_file():
            yield catalogue.text("check.font_missing", file=name)


def _store_faults(data: Path, catalogue: Catalogue, opened: "list[Store]") -> Iterator[str]:
    """Check the store; one that could be opened is left open in `opened` for the checks after it."""
    from window_app.cli.speech import read_secrets
    from window_app.storage import store

    hall = store.describe(data)
    if hall is None:
        yield Note(catalogue.text("check.store_none"))
        return
    clerk = os.environ.get("WINDOW_APP_CLERK")
    if not hall.practice and clerk is None:
        yield Note(catalogue.text("check.store_locked"))
        return
    password = None if hall.practice else read_secrets(1)[0]
    opened.append(store.open(data, None if hall.practice else clerk, password, read_only=True))
    yield from opened[0].integrity()


def _line_faults(data: Path, catalogue: Catalogue, opened: "list[Store]") -> Iterator[str]:
    """Greet the centre once, within the deadline of a call. To be without a line is no fault, to be refused is one."""
    from window_app.clock import SystemClock
    from window_app.domain.line import LineDown
    from window_app.domain.line_status import CLOCK_TOLERANCE_MS
    from window_app.sync.opening import connect_to_centre

    if not opened:
        yield Note(catalogue.text("check.line_unknown"))
        return
    held = opened[0]
    if held.secrets().line is None:
        yield Note(catalogue.text("line.none"))
        return
    yield Note(catalogue.text("check.line_unsent", count=held.count_outbox()))
    clock, centre = SystemClock(), connect_to_centre(held, settings.load(data).line_deadline_seconds)
    try:
        greeting = centre.hello()
    except LineDown as down:
        yield Note(catalogue.message(down))
        return
    finally:
        centre.close()
    apart = abs((greeting.server_at - clock.now()).total_seconds())
    yield Note(catalogue.text("check.line", seconds=round(apart)))
    if apart * 1000 > CLOCK_TOLERANCE_MS:
        yield catalogue.text("line.clock_off", minutes=round(apart / 60))
    if not greeting.active:
        yield catalogue.text("line.revoked")


def _printer_faults(data: Path) -> Iterator[str]:
    from window_app.devices.printers import open_printer

    chosen = settings.load(data) if data.is_dir() else settings.Settings()
    status = open_printer(chosen.printer_driver, chosen.queue_for("receipt"), data).status()
    said = f"{status.name}: {status.detail}"
    yield Note(said) if status.ready else said
