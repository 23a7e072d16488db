"""Calculators as the definitions describe them: inputs, checks, steps with formulas, notes, examples."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.forms.definitions import TODAY, FieldDefinition, FieldType, MatterDefinition, read_basis
from window_app.rules import Condition, LocalFacts, RecordField, Source, build_condition
from window_app.rules.formulas import PLAIN, Formula, read_formula
from window_app.rules.late import Late
from window_app.rules.values import FactType
from window_app.rules.vocabulary import Vocabulary
from window_app.yamlio import YamlDocument

CLAIM = "claim"
FACT = "fact"
CLAIM_SECTIONS = ("claims", "requests", "mediation_requests")
"""Sections of forms whose records are claims: each has what is claimed and `amount`, most have `from` and `to`."""
KIND_FIELDS = ("kind", "subject")
"""Fields of such a record that say what is claimed."""

_FIELD_TYPES: Mapping[str, FieldType] = {"number": FieldType.MONEY}
_INPUT_FACTS: Mapping[FieldType, FactType] = {
    FieldType.DATE: FactType.DATE,
    FieldType.MONEY: FactType.MONEY,
    FieldType.INTEGER: FactType.MONEY,
    FieldType.BOOL: FactType.BOOL,
    FieldType.CHOICE: FactType.ENUM,
}
_STEP_FACTS: Mapping[str, FactType] = {"money": FactType.MONEY, "number": FactType.MONEY, "date": FactType.DATE}


@dataclass(frozen=True, slots=True)
class CalculatorInput:
    """Something that a calculator asks.

    Attributes:
        field: type, label, hint and bounds; `due` says that there is no figure without it.
        is_money: it is an amount of yuan, not a mere number.
        default: what holds where nothing is typed, as typed; None for unknown.
        prefill: where a first value comes from, in order: `section.field`, `claim.field`, `fact.name`.
    """

    field: FieldDefinition
    is_money: bool
    default: object = None
    prefill: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the name of the input."""
        return self.field.code


@dataclass(frozen=True, slots=True)
class InputCheck:
    """A contradiction among inputs, told at one of them."""

    input: str
    problem_if: Condition
    message: Text
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CalculatorStep:
    """A step of a calculation.

    Attributes:
        type: money (yuan, rounded to the cent), number, or date.
        each: the parts over which the formula is summed up; `alias` names the part in it, `row` describes one.
        how: the formula in words, with placeholders; without it the formula itself is shown with its numbers.
        show_if: where it does not hold, the step is left out and its value unknown.
        hidden: an aid to others, not shown.
    """

    code: str
    title: Text
    type: str
    formula: Formula
    each: Formula | None
    alias: str
    row: Text
    how: Text | None
    unit: Text
    show_if: Condition | None
    hidden: bool
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CalculatorNote:
    """Something to be told beside the result."""

    text: Text
    show_if: Condition | None
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculator.

    Attributes:
        claims: the kinds of claims that it fits.
        result: the step whose value is the amount.
        fills: fields of the claim that follow from the calculation, by the input or step that gives them.
        rounding: how it rounds, in words.
        source: the file, for its examples.
    """

    code: str
    title: Text
    hint: Text
    claims: tuple[str, ...]
    inputs: tuple[CalculatorInput, ...]
    checks: tuple[InputCheck, ...]
    steps: tuple[CalculatorStep, ...]
    result: str
    fills: Mapping[str, str]
    notes: tuple[CalculatorNote, ...]
    rounding: Text
    source: Source

    def input(self, code: str) -> CalculatorInput:
        """Return an input.

        Raises:
            KeyError: where there is none of the name.
        """
        for each in self.inputs:
            if each.code == code:
                return each
        raise KeyError(code)


def read_calculators(
    documents: Mapping[str, YamlDocument], parameters: Iterable[str], *, late: bool = False
) -> Mapping[str, Calculator]:
    """Return the calculators of parsed files by code; with `late`, each is read when it is asked for.

    Raises:
        DefinitionError: for a name, formula or cell that cannot be, with its place.
    """
    known = tuple(parameters)
    calculators = Late(documents, lambda code: _Reader(documents[code], known).read())
    return calculators if late else dict(calculators)


def check_calculators(
    calculators: Mapping[str, Calculator],
    matters: Mapping[str, MatterDefinition],
    vocabulary: Vocabulary,
) -> None:
    """Check that claims and sources of first values exist in some matter.

    Raises:
        DefinitionError: `calculator.claim_unknown`, `calculator.prefill_unknown`.
    """
    kinds = {code for field in _claim_fields(matters) if field.code in KIND_FIELDS for code in field.values}
    places = set(_places(matters)) | {f"{FACT}.{name}" for name in vocabulary.facts}
    for calculator in calculators.values():
        for index, kind in enumerate(calculator.claims):
            if kind not in kinds:
                raise calculator.source.at("claims").at(index).error("calculator.claim_unknown", kind=kind)
        for place, asked in enumerate(calculator.inputs):
            for index, source in enumerate(asked.prefill):
                if source not in places:
                    part = calculator.source.at("inputs").at(place).at("prefill").at(index)
                    raise part.error("calculator.prefill_unknown", name=source)


def _claim_fields(matters: Mapping[str, MatterDefinition]) -> Iterator[FieldDefinition]:
    for matter in matters.values():
        for section in matter.sections:
            if section.code in CLAIM_SECTIONS:
                yield from section.fields


def _places(matters: Mapping[str, MatterDefinition]) -> Iterator[str]:
    for matter in matters.values():
        for section in matter.sections:
            for field in section.fields:
                yield f"{section.code}.{field.code}"
    for field in _claim_fields(matters):
        yield f"{CLAIM}.{field.code}"


class _Reader:
    """Reads one file; a step may use inputs and the steps before it."""

    def __init__(self, document: YamlDocument, parameters: tuple[str, ...]) -> None:
        self._content: Mapping[str, Any] = document.value
        self._source = Source(document.value, document.where)
        self._parameters = parameters
        self._facts: dict[str, RecordField] = {TODAY: RecordField(TODAY, FactType.DATE, {})}

    def read(self) -> Calculator:
        content = self._content
        inputs = tuple(self._input(each, at) for at, each in enumerate(content["inputs"]))
        steps = tuple(self._step(each, at) for at, each in enumerate(content["steps"]))
        checks = tuple(self._check(each, at) for at, each in enumerate(content.get("checks", ())))
        notes = tuple(self._note(each, at) for at, each in enumerate(content.get("notes", ())))
        result = next((step for step in steps if step.code == content["result"]), None)
        if result is None or result.type != "money" or result.hidden:
            raise self._source.at("result").error("calculator.result", name=content["result"])
        for target, name in content.get("fills", {}).items():
            self._require(name, self._source.at("fills").at(target))
        return Calculator(
            code=content["calculator"],
            title=content["title"],
            hint=content.get("hint", {}),
            claims=tuple(content["claims"]),
            inputs=inputs,
            checks=checks,
            steps=steps,
            result=content["result"],
            fills=content.get("fills", {}),
            notes=notes,
            rounding=content["rounding"],
            source=self._source,
        )

    def _input(self, content: Mapping[str, Any], at: int) -> CalculatorInput:
        code = content["input"]
        kind = _FIELD_TYPES.get(content["type"]) or FieldType(content["type"])
        source = self._source.at("inputs").at(at)
        self._add(RecordField(code, _INPUT_FACTS[kind], content.get("values", {})), source)
        default = content.get("default")
        field = FieldDefinition(
            code=code,
            type=kind,
            label=content["label"],
            hint=content.get("hint", {}),
            due=not content.get("optional", False) and default is None,
            values=content.get("values", {}),
            minimum=_bound(kind, content.get("min")),
            maximum=_bound(kind, content.get("max")),
            basis=read_basis(content),
        )
        if kind is FieldType.CHOICE and not field.values:
            raise source.error("matter.choice_without_values", field=code)
        return CalculatorInput(field, content["type"] == "money", default, tuple(content.get("prefill", ())))

    def _check(self, content: Mapping[str, Any], at: int) -> InputCheck:
        source = self._source.at("checks").at(at)
        self._require(content["input"], source.at("input"))
        condition = build_condition(
            content["problem_if"], LocalFacts(self._facts), source.where, source.at("problem_if").path
        )
        return InputCheck(content["input"], condition, content["message"], read_basis(content))

    def _step(self, content: Mapping[str, Any], at: int) -> CalculatorStep:
        source = self._source.at("steps").at(at)
        show_if = self._condition(content, source)
        each, alias, row = None, "", {}
        names = [*self._facts]
        if "each" in content:
            part = source.at("each")
            each = read_formula(part.at("of"), names, self._parameters)
            alias, row = content["each"]["as"], content["each"]["label"]
            names = [*names, alias]
        formula = read_formula(source.at("formula"), names, self._parameters)
        hidden = content.get("hidden", False)
        if not hidden and "how" not in content and not formula.functions <= PLAIN:
            raise source.error("calculator.how_missing", name=content["step"])
        self._add(RecordField(content["step"], _STEP_FACTS[content["type"]], {}), source)
        return CalculatorStep(
            code=content["step"],
            title=content["title"],
            type=content["type"],
            formula=formula,
            each=each,
            alias=alias,
            row=row,
            how=content.get("how"),
            unit=content.get("unit", {}),
            show_if=show_if,
            hidden=hidden,
            basis=read_basis(content),
        )

    def _note(self, content: Mapping[str, Any], at: int) -> CalculatorNote:
        source = self._source.at("notes").at(at)
        return CalculatorNote(content["text"], self._condition(content, source), read_basis(content))

    def _condition(self, content: Mapping[str, Any], source: Source) -> Condition | None:
        if "show_if" not in content:
            return None
        return build_condition(content["show_if"], LocalFacts(self._facts), source.where, source.at("show_if").path)

    def _add(self, fact: RecordField, source: Source) -> None:
        if fact.name in self._facts:
            raise source.error("matter.code_twice", name=fact.name)
        self._facts[fact.name] = fact

    def _require(self, name: str, source: Source) -> None:
        if name not in self._facts:
            raise source.error("calculator.name_unknown", name=name, known=", ".join(self._facts))


def _bound(kind: FieldType, value: int | str | None) -> Decimal | date | str | None:
    if value is None or value == TODAY:
        return value
    return date.fromisoformat(str(value)) if kind is FieldType.DATE else Decimal(str(value))


def default_of(asked: CalculatorInput, today: str) -> object:
    """Return what holds for an input where nothing is typed."""
    return today if asked.default == TODAY else asked.default
