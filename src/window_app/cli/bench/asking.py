"""The measures of the law at the counter: reading the definition set, and the next question of an interview."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from window_app import paths
from window_app.cli.bench.desks import Halls, practice_desk
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.forms import DefinitionSet, load_definitions
from window_app.services.practice import dated, samples
from window_app.services.triage_report import Triage

ROUNDS = 7
LOAD_GATE = 150.0
QUESTION_GATE = 5.0


def load_set(halls: Halls) -> Measure:
    """Measure reading the definition set from its cache, in processor time; there is no floor.

    The detail says what reading every part costs that waits until somebody asks for it.
    """
    del halls
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        load_definitions(paths.definitions_dir(), cache=cache)
        taken = []
        for _ in range(ROUNDS):
            start = process_time()
            law = load_definitions(paths.definitions_dir(), cache=cache)
            taken.append(process_time() - start)
        start = process_time()
        _read_rest(law)
        rest = process_time() - start
    detail = {"read_later": round(milliseconds(rest), 1)}
    return Measure("ms", milliseconds(percentile(taken, 0.5)), None, LOAD_GATE, detail=detail)


def _read_rest(law: DefinitionSet) -> None:
    """Read every part that waits until somebody asks for it: tables, limits, papers, matters and the rest."""
    parts: tuple[Mapping[str, object], ...] = (
        law.rules.tables,
        law.rules.localities,
        law.rules.deadlines.national,
        law.wording,
        law.choices,
        law.matters,
        law.conditions,
        law.calculators,
        law.phrases,
        law.commitments,
        law.decisions,
    )
    for part in parts:
        dict(part)


def next_question(halls: Halls) -> Measure:
    """Measure an answer to the next question, each asked for the first time, in processor time."""
    del halls
    with practice_desk() as (desk, _):
        desk.interview.prepare()
        today, law = desk.clock.today(), desk.definitions
        judge = Triage(law)
        taken = [
            seconds
            for sample in samples()
            for seconds in _interview(judge, law, _content(dated(sample.intake, today)), today)
        ]
    detail = {"questions": len(taken), "slowest": round(milliseconds(max(taken)), 2)}
    return Measure("ms", milliseconds(percentile(taken)), None, QUESTION_GATE, detail=detail)


def _content(intake: object) -> Mapping[str, Any]:
    return intake if isinstance(intake, Mapping) else {}


def _interview(judge: Triage, law: DefinitionSet, intake: Mapping[str, Any], on: date) -> Iterator[float]:
    """Yield how long each next question of a visit's matters took, as its answers come one by one."""
    for matter in intake["matters"]:
        told = {**intake["facts"], **matter["facts"]}
        given: dict[str, Any] = {}
        while True:
            start = process_time()
            found = judge.assess({"facts": given}, on, None)
            yield process_time() - start
            asked = next((question.fact for question in found.next), None)
            if asked is None or asked not in told or asked in given or law.vocabulary.find(asked) is None:
                break
            given[asked] = told[asked]
