"""Verbs of the jurist about papers: nothing is stored, no desk is opened."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from window_app import paths
from window_app.cli.speech import Misunderstood, say
from window_app.clock import SystemClock
from window_app.forms import DefinitionSet, load_definitions

if TYPE_CHECKING:
    from window_app.services.paper_samples import PaperSamples


def listed(chosen: argparse.Namespace) -> int:
    """Say which papers can be shown."""
    say({"documents": [{"code": code, "title": title["zh"]} for code, title in _samples(chosen).kinds()]})
    return 0


def preview(chosen: argparse.Namespace) -> int:
    """Write a paper with made-up values, marked as not valid."""
    from window_app.services.paper_samples import NoSample

    samples = _samples(chosen)
    try:
        record = samples.record(chosen.code, on=chosen.on, longest=chosen.longest)
    except NoSample as error:
        raise Misunderstood(error.code, **error.params) from None
    pdf = samples.pdf(chosen.code, on=chosen.on, longest=chosen.longest)
    target = chosen.out or Path(f"{chosen.code}.pdf")
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise Misunderstood("cli.not_written", file=target.name, reason=error.strerror or "") from None
    say(
        {
            "code": chosen.code,
            "title": record.content["title"]["zh"],
            "layout": record.content["layout"],
            "copies": list(record.content["copies"]),
            "file": str(target),
        }
    )
    return 0


def _samples(chosen: argparse.Namespace) -> "PaperSamples":
    from window_app.app import paper_samples

    return paper_samples(_definitions(chosen), SystemClock())


def _definitions(chosen: argparse.Namespace) -> DefinitionSet:
    if chosen.forms is None:
        return load_definitions(paths.definitions_dir())
    if not chosen.forms.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.forms.name)
    return load_definitions(chosen.forms)
