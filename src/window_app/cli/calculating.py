"""The verb that calculates a claim; it needs no store."""

import argparse
from typing import Any

from window_app import paths
from window_app.cli.speech import read_object, say, warn, words_of
from window_app.clock import SystemClock
from window_app.domain.assessment import Citation
from window_app.forms import load_definitions
from window_app.forms.calculating import CalculatedStep, Calculation
from window_app.forms.calculators import Calculator
from window_app.i18n import Catalogue
from window_app.services.calculators import Calculators, in_capitals


def calculate(chosen: argparse.Namespace) -> int:
    """Say the amount of a claim with its steps; 1 where there is no figure, which is said on standard error."""
    texts = words_of(chosen.data)
    law = load_definitions(paths.definitions_dir(), cache=paths.default_cache_dir() / "definitions")
    calculators = Calculators(law, SystemClock())
    calculator = calculators.find(chosen.code)
    made = calculators.calculate(chosen.code, read_object(chosen.inputs), chosen.on, chosen.locality)
    for problem in made.problems:
        told = texts.of(problem.message) if problem.message else texts.text(problem.code, **problem.params)
        warn(f"{problem.field}: {told}")
    for missing in made.missing:
        warn(texts.text(missing.code, **missing.params))
    say(_told(calculator, made, texts))
    return 1 if made.result is None else 0


def _told(calculator: Calculator, made: Calculation, texts: Catalogue) -> dict[str, Any]:
    return {
        "calculator": calculator.code,
        "title": texts.of(calculator.title),
        "on": made.on,
        "inputs": made.inputs,
        "result": None if made.result is None else f"{made.result:.2f}",
        "capitals": None if made.result is None else in_capitals(made.result),
        "steps": [_step(step, texts) for step in made.steps],
        "notes": [texts.of(note) for note in made.notes],
        "rounding": texts.of(calculator.rounding),
        "problems": [{"input": each.field, "code": each.code} for each in made.problems],
        "missing": [{"name": each.name, **each.params, "code": each.code} for each in made.missing],
    }


def _step(step: CalculatedStep, texts: Catalogue) -> dict[str, Any]:
    told: dict[str, Any] = {
        "step": step.code,
        "title": texts.of(step.title),
        "formula": texts.of(step.formula) if step.formula else "",
        "value": step.value,
        "unit": texts.of(step.unit) if step.unit else "",
        "basis": [_cited(each) for each in step.basis],
    }
    if step.rows:
        told["rows"] = [
            {"part": texts.of(row.label), "formula": texts.of(row.formula), "value": row.value} for row in step.rows
        ]
    return told


def _cited(citation: Citation) -> dict[str, Any]:
    told = {"law": citation.law, "article": citation.article, "paragraph": citation.paragraph, "item": citation.item}
    return {name: value for name, value in told.items() if value is not None} | {"verified": citation.verified}
