"""Running a calculator: what was typed becomes steps, or is told what is wrong with it; nothing is guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.domain.working_days import WorkingDays
from window_app.errors import WindowAppError
from window_app.forms.calculators import Calculator, CalculatorStep, default_of
from window_app.forms.fields import Problem, is_empty, parse_field
from window_app.rules.formulas import Amount, write_formula
from window_app.rules.parameters import Parameters
from window_app.rules.periods import CalendarMissing, Part

CENT = Decimal("0.01")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z]+))?\}")
_RATIO = "ratio"
_YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class CalculatedRow:
    """One part of a step that is summed up: what it is, its formula with the numbers, its value."""

    label: Text
    formula: Text
    value: str


@dataclass(frozen=True, slots=True)
class CalculatedStep:
    """A step with its numbers.

    Attributes:
        formula: with the numbers in it.
        value: as shown; "" where it is unknown.
        rows: the parts, where it is a sum over parts.
        basis: articles of the step and of the parameters it took.
    """

    code: str
    title: Text
    formula: Text
    value: str
    unit: Text
    basis: tuple[Citation, ...]
    rows: tuple[CalculatedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which there is no figure: the code and parameters of a message."""

    code: str
    name: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a calculator made of its inputs.

    Attributes:
        inputs: what was typed, as it is stored; empty inputs are left out.
        problems: what is wrong with inputs, or missing; `field` names the input.
        missing: what the law as written down lacks.
        result: the amount; None where there is no figure.
        fills: fields of the claim that follow, as they are stored.
    """

    calculator: str
    on: date
    inputs: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    missing: tuple[Missing, ...] = ()
    steps: tuple[CalculatedStep, ...] = ()
    notes: tuple[Text, ...] = ()
    result: Decimal | None = None
    fills: Mapping[str, str] = field(default_factory=dict)

    def step(self, code: str) -> CalculatedStep | None:
        """Return a step that is shown, None where it was left out."""
        return next((step for step in self.steps if step.code == code), None)


@dataclass(frozen=True, slots=True)
class Law:
    """What calculations take from the law and from where they are made.

    Attributes:
        place: how the locality is called.
    """

    parameters: Parameters
    working_days: WorkingDays
    locality: str | None = None
    place: Text = field(default_factory=dict)


def calculate(calculator: Calculator, typed: Mapping[str, Any], law: Law, on: date) -> Calculation:
    """Return what a calculator makes of what was typed; `on` is the legal date.

    Inputs that it does not know are told as problems too. There is a result only without any problem
    and with everything known; it is never negative.
    """
    known, inputs, problems = _read_inputs(calculator, typed, on)
    problems += _contradictions(calculator, known, inputs)
    if problems:
        return Calculation(calculator.code, on, inputs, tuple(problems))
    run = _Run(calculator, law, known)
    made = run.calculation(on, inputs)
    # Some contradictions show only in what follows from the inputs.
    problems += _contradictions(calculator, run.known, inputs)
    return Calculation(calculator.code, on, inputs, tuple(problems)) if problems else made


def _read_inputs(
    calculator: Calculator, typed: Mapping[str, Any], on: date
) -> tuple[dict[str, Amount], dict[str, Any], list[Problem]]:
    known: dict[str, Amount] = {"today": on}
    inputs: dict[str, Any] = {}
    problems = [
        _problem(name, WindowAppError("field.unknown", field=name))
        for name, value in typed.items()
        if not is_empty(value) and name not in {each.code for each in calculator.inputs}
    ]
    for asked in calculator.inputs:
        value = typed.get(asked.code)
        try:
            parsed = parse_field(asked.field, value, on)
            if parsed is not None:
                inputs[asked.code] = parsed.stored
            elif asked.default is not None:
                parsed = parse_field(asked.field, default_of(asked, on.isoformat()), on)
        except WindowAppError as fault:
            problems.append(_problem(asked.code, fault))
            continue
        if parsed is None and asked.field.due:
            problems.append(Problem("", 0, asked.code, "calculator.due", {"label": asked.field.label}, None, "due"))
        elif parsed is not None:
            known[asked.code] = Decimal(parsed.value) if type(parsed.value) is int else parsed.value
    return known, inputs, problems


def _problem(name: str, fault: WindowAppError) -> Problem:
    return Problem("", 0, name, fault.code, fault.params, None, "error")


def _contradictions(calculator: Calculator, known: Mapping[str, Amount], inputs: Mapping[str, Any]) -> list[Problem]:
    """Return what contradicts itself; of inputs none of which was typed it is only due."""
    asked = {each.code for each in calculator.inputs}
    found = []
    for check in calculator.checks:
        if check.problem_if.test(known):
            untyped = all(name in asked and name not in inputs for name in check.problem_if.facts)
            severity = "due" if untyped else "error"
            found.append(Problem("", 0, check.input, "calculator.contradiction", {}, check.message, severity))
    return found


class _World:
    """The surroundings of formulas: notes which parameters were taken and which are missing."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self.working_days = law.working_days
        self.missing: dict[tuple[str, object], Missing] = {}
        self.taken: list[Citation] = []
        self.units: dict[str, str] = {}
        self.values: dict[str, Amount] = {}

    def parameter(self, name: str, on: date) -> Amount:
        found = self._law.parameters.find(name, on, self._law.locality)
        if found is None:
            self._miss(name, on)
            return None
        parameter, value = found
        self.units[name] = parameter.unit
        self.taken.extend(one for one in value.basis if one not in self.taken)
        self.values[name] = Decimal(value.value) if type(value.value) is int else value.value
        return self.values[name]

    def changes(self, name: str) -> tuple[date, ...]:
        parameters = self._law.parameters
        locality = self._law.locality
        places = parameters.chains.get(locality, (locality,)) if locality is not None else ()
        known = [parameters.local.get(place, {}).get(name) for place in places]
        values = (
            value for parameter in (*known, parameters.national.get(name)) if parameter for value in parameter.values
        )
        return tuple(sorted({value.valid_from for value in values if value.valid_from is not None}))

    def no_calendar(self, year: int) -> None:
        self.missing[("calendar", year)] = Missing("calculator.missing_calendar", "calendar", {"year": year})

    def _miss(self, name: str, on: date) -> None:
        declared = self._law.parameters.national.get(name)
        params = {
            "title": declared.title if declared is not None else {"zh": name, "en": name},
            "name": name,
            "on": on.isoformat(),
            "place": self._law.place or _NOWHERE,
            "file": f"localities/{self._law.locality}.yaml" if self._law.locality else "parameters/wages.yaml",
        }
        self.missing[(name, on.year)] = Missing("calculator.missing_parameter", name, params)


_NOWHERE: Text = {"zh": "本地区", "en": "this place"}


class _Run:
    """One calculation, step by step."""

    def __init__(self, calculator: Calculator, law: Law, known: dict[str, Amount]) -> None:
        self._calculator = calculator
        self.known = known
        self._world = _World(law)
        self._types = {each.code: "money" if each.is_money else "" for each in calculator.inputs}
        self._types.update({step.code: step.type for step in calculator.steps})

    def calculation(self, on: date, inputs: Mapping[str, Any]) -> Calculation:
        steps = [made for step in self._calculator.steps for made in self._step(step)]
        result = self.known.get(self._calculator.result)
        if self._world.missing or (result is not None and result < 0):
            result = None
        return Calculation(
            calculator=self._calculator.code,
            on=on,
            inputs=inputs,
            missing=tuple(self._world.missing.values()),
            steps=tuple(steps),
            notes=tuple(self._notes()),
            result=result,
            fills={} if result is None else dict(self._fills()),
        )

    def _step(self, step: CalculatorStep) -> Iterator[CalculatedStep]:
        """Yield the step as shown; nothing where it does not apply, is hidden or what it needs was left out."""
        if step.show_if is not None and step.show_if.test(self.known) is not True:
            return
        self._world.taken = []
        before = len(self._world.missing)
        try:
            value, rows = self._value(step)
        except CalendarMissing as missing:
            self._world.no_calendar(missing.year)
            value, rows = None, ()
        if value is not None:
            self.known[step.code] = value
        if step.hidden or (value is None and len(self._world.missing) == before):
            return
        basis = (*step.basis, *(one for one in self._world.taken if one not in step.basis))
        formula = {} if value is None else self._formula(step, step.how if step.each is None else None)
        shown = "" if value is None else _shown(value, step.type)
        yield CalculatedStep(step.code, step.title, formula, shown, step.unit, basis, rows)

    def _value(self, step: CalculatorStep) -> tuple[Amount, tuple[CalculatedRow, ...]]:
        if step.each is None:
            return _rounded(step.formula.value(self.known, self._world), step.type), ()
        parts: Sequence[Part] | None = step.each.value(self.known, self._world)
        if parts is None:
            return None, ()
        total, rows = Decimal(0), []
        complete = True
        for part in parts:
            known = {**self.known, step.alias: part}
            value = _rounded(step.formula.value(known, self._world), step.type)
            if value is None:
                complete = False
                continue
            total += value
            rows.append(
                CalculatedRow(self._filled(step.row, known), self._written(step, known), _shown(value, step.type))
            )
        return (total if complete else None), tuple(rows)

    def _formula(self, step: CalculatorStep, how: Text | None) -> Text:
        if step.each is not None:
            return {}
        return self._filled(how, self.known) if how is not None else self._written(step, self.known)

    def _written(self, step: CalculatorStep, known: Mapping[str, Amount]) -> Text:
        if step.how is not None:
            return self._filled(step.how, known)
        text = write_formula(step.formula, self._named, known, self._world)
        return {"zh": text, "en": text}

    def _filled(self, text: Text, known: Mapping[str, Amount]) -> Text:
        def put(match: re.Match[str]) -> str:
            name, attribute = match.groups()
            value = known.get(name, self._world.values.get(name))
            if isinstance(value, Part) and attribute is not None:
                return _of_part(value, attribute)
            return "—" if value is None else self._named(name, value)

        return {language: _PLACE.sub(put, words) for language, words in text.items()}

    def _named(self, name: str, value: Amount) -> str:
        unit = self._world.units.get(name)
        if unit == _RATIO:
            return f"{_plain(value * 100)}%"
        return _shown(value, "money" if unit == _YUAN else self._types.get(name, ""))

    def _notes(self) -> Iterator[Text]:
        for note in self._calculator.notes:
            if note.show_if is None or note.show_if.test(self.known) is True:
                yield self._filled(note.text, self.known)

    def _fills(self) -> Iterator[tuple[str, str]]:
        for target, name in self._calculator.fills.items():
            value = self.known.get(name)
            if value is not None:
                yield target, _shown(value, self._types.get(name, ""))


def _of_part(part: Part, attribute: str) -> str:
    if attribute == "share":
        return "1" if part.whole else f"{part.days}/{part.of}"
    return str(getattr(part, attribute))


def _rounded(value: Amount, kind: str) -> Amount:
    return value.quantize(CENT, ROUND_HALF_UP) if kind == "money" and isinstance(value, Decimal) else value


def _shown(value: Amount, kind: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}" if kind == "money" else _plain(value)
    return str(value)


def _plain(value: Decimal) -> str:
    """Return a number without needless zeros, with four places at most."""
    text = f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
