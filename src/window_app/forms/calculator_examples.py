"""The examples of calculators: amounts typed from the law, against what the calculators answer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from window_app.forms.calculating import Calculation, Law, calculate
from window_app.forms.calculators import Calculator
from window_app.rules.findings import EXAMPLE, Finding
from window_app.rules.parameters import Parameter, Parameters, ParameterValue
from window_app.rules.source import Source

if TYPE_CHECKING:
    from window_app.forms.loader import DefinitionSet


def check_calculator_examples(definitions: "DefinitionSet") -> list[Finding]:
    """Return every example that does not give what it says, in order of file and line."""
    found = [
        finding
        for calculator in definitions.calculators.values()
        for source in calculator.source.at("examples").items()
        for finding in _run(source, calculator, definitions)
    ]
    return sorted(found, key=lambda one: (one.file, one.line))


def example_law(definitions: "DefinitionSet", source: Source) -> Law:
    """Return the law with what an example supposes of local values."""
    known = definitions.rules.parameters
    supposed = {name: _supposed(name, part, known) for name, part in source.at("parameters").entries()}
    parameters = Parameters({**known.national, **supposed}, known.local, known.chains)
    return Law(parameters, definitions.calendars, source.at("locality").content)


def _supposed(name: str, source: Source, known: Parameters) -> Parameter:
    declared = known.national.get(name)
    if declared is None:
        raise source.error("formula.unknown_parameter", name=name, near=", ".join(known.national))
    if isinstance(source.content, list):
        values = tuple(
            ParameterValue(Decimal(str(part.at("value").content)), part.at("from").optional_day(), None)
            for part in source.items()
        )
    else:
        values = (ParameterValue(Decimal(str(source.content)), None, None),)
    return replace(declared, values=values)


def _run(source: Source, calculator: Calculator, definitions: "DefinitionSet") -> Iterator[Finding]:
    on = date.fromisoformat(source.at("on").content)
    typed: Mapping[str, Any] = source.at("inputs").content
    made = calculate(calculator, typed, example_law(definitions, source), on)
    expected = source.at("expect").content
    for name, wanted, found in _differences(expected, made):
        file, line = source.where(source.path)
        params = {"example": str(source.at("name").content), "name": name, "expected": wanted, "found": found}
        yield Finding(file, line, "check.calculator_example", params, {}, EXAMPLE)


def _differences(expected: Mapping[str, Any], made: Calculation) -> Iterator[tuple[str, str, str]]:
    found = {
        "result": "" if made.result is None else f"{made.result:.2f}",
        "missing": ", ".join(sorted(one.name for one in made.missing)),
        "problems": ", ".join(sorted(one.field for one in made.problems)),
    }
    for name, shown in found.items():
        value = expected.get(name, "")
        wanted = ", ".join(sorted(value)) if isinstance(value, list) else str(value)
        if wanted != shown:
            yield name, wanted or "—", shown or "—"
    for code, value in expected.get("steps", {}).items():
        step = made.step(code)
        if step is None or step.value != str(value):
            yield code, str(value), "—" if step is None else step.value
