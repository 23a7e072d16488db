"""What files of calculators and of phrases may say."""

from window_app.forms.shapes import (
    CODE,
    Anything,
    Bool,
    Choice,
    Day,
    Either,
    Int,
    ListOf,
    MapOf,
    Number,
    Record,
    Shape,
    Str,
)

INPUT_TYPES = ("date", "money", "integer", "number", "bool", "choice")
STEP_TYPES = ("money", "number", "date")
EMPTY = "____"
"""What stands in a phrase for something that nobody has told."""

_CODE = Str(CODE, "code (a-z, 0-9, _)")
_FORMULA = Either((Str(), Int(0)))


def calculator_shape(text: Shape, basis: Shape, condition: Shape) -> Shape:
    """Return the shape of a calculator's file, made of shapes that all files share."""
    return Record(
        {
            "calculator": _CODE,
            "title": text,
            "claims": ListOf(_CODE, minimum=1),
            "hint?": text,
            "inputs": ListOf(_input(text, basis), minimum=1),
            "checks?": ListOf(Record({"input": _CODE, "problem_if": condition, "message": text, "basis?": basis})),
            "steps": ListOf(_step(text, basis, condition), minimum=1),
            "result": _CODE,
            "fills?": MapOf(_CODE),
            "notes?": ListOf(Record({"text": text, "show_if?": condition, "basis?": basis})),
            "rounding": text,
            "examples": ListOf(_example(), minimum=1),
        }
    )


def _input(text: Shape, basis: Shape) -> Shape:
    return Record(
        {
            "input": _CODE,
            "type": Choice(INPUT_TYPES),
            "label": text,
            "hint?": text,
            "optional?": Bool(),
            "default?": Either((Bool(), Str(), Int(0))),
            "min?": Either((Number(), Day(("today",)))),
            "max?": Either((Number(), Day(("today",)))),
            "values?": MapOf(text, key=r"[a-z0-9][a-z0-9_]*"),
            "prefill?": ListOf(Str(r"[a-z_]+\.[a-z0-9_]+", "section.field, claim.field or fact.name")),
            "basis?": basis,
        }
    )


def _step(text: Shape, basis: Shape, condition: Shape) -> Shape:
    return Record(
        {
            "step": _CODE,
            "title": text,
            "type": Choice(STEP_TYPES),
            "formula": _FORMULA,
            "each?": Record({"of": Str(), "as": _CODE, "label": text}),
            "how?": text,
            "unit?": text,
            "show_if?": condition,
            "hidden?": Bool(),
            "basis?": basis,
        }
    )


def _example() -> Shape:
    dated = ListOf(Record({"from?": Day(), "value": Number()}), minimum=1)
    return Record(
        {
            "name": Str(),
            "on": Day(),
            "locality?": Str(),
            "parameters?": MapOf(Either((Number(), dated))),
            "inputs": MapOf(Anything()),
            "expect": Record(
                {
                    "result?": Number(),
                    "steps?": MapOf(Either((Number(), Str()))),
                    "missing?": ListOf(Str(), minimum=1),
                    "problems?": ListOf(_CODE, minimum=1),
                }
            ),
        }
    )


def phrases_shape(text: Shape, condition: Shape) -> Shape:
    """Return the shape of a file of phrases."""
    values = MapOf(Record({"from": ListOf(Str(r"[a-z_]+\.[a-z0-9_]+", "section.field or fact.name"), minimum=1)}))
    return Record(
        {
            "phrases": _CODE,
            "title": text,
            "when?": condition,
            "values?": values,
            "entries": ListOf(
                Record({"phrase": _CODE, "title": text, "text": text, "when?": condition, "template?": Bool()}),
                minimum=1,
            ),
        }
    )
