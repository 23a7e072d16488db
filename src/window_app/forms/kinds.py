"""The kinds of definition files: where each lies and what it may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from window_app.forms.claim_shapes import calculator_shape, phrases_shape
from window_app.forms.commitment_shapes import commitment_shape, local_commitment
from window_app.forms.matter_shapes import matter_shapes
from window_app.forms.shapes import (
    CODE,
    FACT,
    Anything,
    Bool,
    Choice,
    Day,
    Either,
    Int,
    ListOf,
    MapOf,
    Record,
    Shape,
    Str,
)

FACT_TYPES = ("enum", "bool", "integer", "money", "date", "duration", "text", "list")
DECIDED = ("accepted", "refused", "transferred", "suspended", "returned", "closed")
UNDECIDED = ("received", *DECIDED)
RULINGS = ("upheld", "ended", "corrected", "revoked", "recovered", "kept", "struck", "repaired")
"""What an office decides of a commitment and of the list; `domain.commitment_words` and `credit_list` name them."""
OF_COMMITMENTS = "commitments"
"""Stands for a kind of office: these grounds are any office's that has to verify a commitment."""
COMMITMENT_SERIES = "commitment"
DERIVED_FUNCTIONS = ("count", "sum", "min", "max", "any", "all", "overlap", "age", "time_between")

_CODE = Str(CODE, "code (a-z, 0-9, _)")
_FACT = Str(FACT, "name of a fact")
_FILE_CODE = Str(r"[a-z0-9][a-z0-9_]*", "code (a-z, 0-9, _)")
_TEXT = Record({"zh": Str(), "en": Str()})
_TEXT_ZH = Record({"zh": Str(), "en?": Str()})
_SCALAR = Either((Str(), Int(-(10**12)), Bool()))
_CELL = Either((_SCALAR, ListOf(_SCALAR, minimum=1)))
_CONDITION = MapOf(_CELL, key=FACT)
_ARTICLE = Either((Str(), Int(1, 2000)))
_CITATION = Record(
    {
        "law": Str(),
        "article": _ARTICLE,
        "paragraph?": Int(1, 100),
        "item?": Either((Str(), Int(1, 100))),
        "gist?": _TEXT,
        "quote?": Str(),
        "verified?": Bool(),
    }
)
_BASIS = ListOf(_CITATION)
_DATED: Mapping[str, Shape] = {"from?": Day(), "until?": Day()}

_FACT_RECORD = Record(
    {
        "scope?": Choice(("visit", "matter")),
        "type": Choice(FACT_TYPES),
        "values?": MapOf(_TEXT, key=r"[a-z0-9][a-z0-9_]*"),
        "groups?": ListOf(Record({"title": _TEXT, "values": ListOf(Str(r"[a-z0-9][a-z0-9_]*", "code"), minimum=1)})),
        "domain?": Str(),
        "unclear?": Bool(),
        "ask?": _TEXT,
        "help?": _TEXT,
        "why?": _TEXT,
        "label?": _TEXT,
        "supplied_by?": Choice(("form", "program")),
        "fields?": MapOf(Choice(tuple(kind for kind in FACT_TYPES if kind != "list"))),
    }
)
_DERIVED_RECORD = Record(
    {
        "scope?": Choice(("visit", "matter")),
        "type": Choice(FACT_TYPES),
        "function": Choice(DERIVED_FUNCTIONS),
        "list?": _CODE,
        "field?": _CODE,
        "by?": Either((_CODE, ListOf(_CODE, minimum=1))),
        "from?": _CODE,
        "to?": _CODE,
        "where?": _CONDITION,
        "domain?": Str(),
        "ask?": _TEXT,
        "help?": _TEXT,
        "why?": _TEXT,
        "label?": _TEXT,
    }
)
_CONTRADICTION = Record({"problem_if": _CONDITION, "message": _TEXT})
_FACTS = Record(
    {
        "facts": MapOf(_FACT_RECORD),
        "derived?": MapOf(_DERIVED_RECORD),
        "contradictions?": MapOf(_CONTRADICTION),
    }
)

_ROW_KEYS: Mapping[str, Shape] = {
    "id": Str(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "row id"),
    "facts_row?": Either((Int(1, 1000), ListOf(Int(1, 1000)), Str())),
    "when?": _CONDITION,
    "then?": MapOf(Anything()),
    "reason?": _TEXT,
    "basis?": _BASIS,
    "date_fact?": _FACT,
    "note?": _TEXT,
    **_DATED,
}
_EXAMPLE = Record(
    {
        "name": Str(),
        "on?": Day(),
        "locality?": Str(),
        "facts": MapOf(Anything(), key=FACT),
        "expect": Record(
            {
                "row?": Str(),
                "rows?": ListOf(Str()),
                "then?": MapOf(Anything()),
                "needs?": ListOf(_FACT),
                "none?": Bool(),
                "says?": ListOf(Str(), minimum=1),
            }
        ),
    }
)
_RULES = Record(
    {
        "decision": _CODE,
        "title": _TEXT,
        "apart?": Bool(),
        "hit_policy": Choice(("FIRST", "UNIQUE", "COLLECT")),
        "date_fact?": _FACT,
        "each?": Record({"list": _FACT, "as": _CODE}),
        "inputs": ListOf(_FACT),
        "outputs": MapOf(Record({"type": Choice(FACT_TYPES), "of?": _CODE, "optional?": Bool()})),
        "rows": ListOf(Record(_ROW_KEYS)),
        "examples?": ListOf(_EXAMPLE),
    }
)

_PARAMETER = Record(
    {
        "title": _TEXT,
        "unit": Str(),
        "values": ListOf(Record({**_DATED, "value": Anything(), "basis?": _BASIS, "note?": _TEXT})),
    }
)
_DEADLINE_KEYS: Mapping[str, Shape] = {
    "title": _TEXT,
    "amount": Either((Int(0, 100_000), Record({"parameter": _CODE}))),
    "unit": Choice(("workdays", "days", "months", "years")),
    "start": _FACT,
    "restarts?": ListOf(_FACT),
    "interrupts?": ListOf(_FACT),
    "defers?": ListOf(_FACT),
    "excludes?": ListOf(_FACT),
    "unlimited_while?": _CONDITION,
    "roll?": Bool(),
    "backwards?": Bool(),
    "note?": _TEXT,
    "basis": _BASIS,
    **_DATED,
}
_LOCAL_DEADLINE = Record({name.rstrip("?") + "?": shape for name, shape in _DEADLINE_KEYS.items()})
_PROMISE = Record({"amount": Int(0, 1000), "unit": Choice(("workdays", "days", "months", "years")), "basis?": _BASIS})
_LOCAL_ROW = Record({**_ROW_KEYS, "before?": Str(), "after?": Str(), "remove?": Bool()})
_PARAMETERS = Record({"parameters?": MapOf(_PARAMETER), "deadlines?": MapOf(Record(_DEADLINE_KEYS))})
_LISTED = Record({"section": _CODE, "field": _CODE, "values": ListOf(_CODE), "message": _TEXT, "basis": _BASIS})
_LOCALITY = Record(
    {
        "locality": _FILE_CODE,
        "title": _TEXT,
        "parent?": _FILE_CODE,
        "districts?": ListOf(Str(r"[0-9]{2,6}", "prefix of a district code")),
        "parameters?": MapOf(_PARAMETER),
        "deadlines?": MapOf(_LOCAL_DEADLINE),
        "promised?": MapOf(_PROMISE),
        "commitments?": MapOf(local_commitment(_TEXT, _BASIS), key=rf"\*|{CODE}"),
        "listed?": ListOf(_LISTED),
        "rules?": MapOf(ListOf(_LOCAL_ROW)),
        "examples?": MapOf(ListOf(_EXAMPLE)),
        "basis?": _BASIS,
        "note?": _TEXT,
    }
)
_OFFICE = Record(
    {
        "office": _FILE_CODE,
        "title": _TEXT,
        "kind": _CODE,
        "district?": Str(r"[0-9]{6}", "six-digit district code"),
        "address?": Either((_TEXT_ZH, Str())),
        "phone?": Str(),
        "hours?": _TEXT_ZH,
        "serves": ListOf(_CODE),
        "practice?": Bool(),
        "note?": _TEXT,
        "series?": MapOf(Str(), key=CODE),
        "seal?": _TEXT_ZH,
    }
)
_DECISIONS = Record(
    {
        "decisions": _FILE_CODE,
        "title": _TEXT,
        "grounds": ListOf(
            Record(
                {
                    "ground": _CODE,
                    "state": Choice((*DECIDED, *RULINGS)),
                    "title": _TEXT,
                    "after?": ListOf(Choice(UNDECIDED), minimum=1),
                    "routes?": ListOf(_CODE, minimum=1),
                    "not_routes?": ListOf(_CODE, minimum=1),
                    "to?": ListOf(_CODE, minimum=1),
                    "resumes?": Bool(),
                    "limit?": _CODE,
                    "basis": ListOf(_CITATION, minimum=1),
                    "note?": _TEXT,
                }
            ),
            minimum=1,
        ),
    }
)
_CALENDAR = Record(
    {"year": Int(1949, 2200), "notice": Str(), "basis?": _BASIS, "holidays": ListOf(Day()), "workdays": ListOf(Day())}
)
# What stands inside a block is judged by `forms.wording`, which knows what each block can draw.
_WORDING = Record(
    {
        "paper": _CODE,
        "title": _TEXT_ZH,
        "issued?": Str(),
        "values": Anything(),
        "optional?": Anything(),
        "versions": ListOf(Record({**_DATED, "layout": Int(1), "blocks": ListOf(MapOf(Anything()))}), minimum=1),
        "copies?": ListOf(Anything()),
        "required": ListOf(Record({"block": Str(), "item?": Str(), "basis": Anything()})),
    }
)

_MATTERS = matter_shapes(_TEXT, _BASIS, _CONDITION, _PROMISE)
_STATUTES = Record(
    {
        "statutes": MapOf(
            Record(
                {
                    "titles": ListOf(Str(), minimum=1),
                    "aliases?": ListOf(Str()),
                    # Where it binds, for a local statute; elsewhere it is named for comparison alone.
                    "place?": Str(r"\d{6}", "six digits"),
                }
            ),
            key=r"\S+",
        )
    }
)
_GISTS = Record({"gists": MapOf(MapOf(_TEXT, key=r"\S+"), key=r"\S+")})
# The two kinds that later issues fill are taken as free mappings, so that a set made then is readable now.
_LATER = MapOf(Anything())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of definition file.

    Attributes:
        folder: where its files lie; "" for a single file at the top.
        code_key: the key that must repeat the file's name; None where the name says nothing.
    """

    name: str
    folder: str
    shape: Shape
    code_key: str | None = None


KINDS: tuple[Kind, ...] = (
    Kind("facts", "", _FACTS),
    Kind("statutes", "", _STATUTES),
    Kind("gists", "", _GISTS),
    Kind("rules", "rules", _RULES, "decision"),
    Kind("parameters", "parameters", _PARAMETERS),
    Kind("calendar", "calendar", _CALENDAR, "year"),
    Kind("localities", "localities", _LOCALITY, "locality"),
    Kind("offices", "offices", _OFFICE, "office"),
    Kind("decisions", "decisions", _DECISIONS, "decisions"),
    Kind("wording", "wording", _WORDING, "paper"),
    Kind("sections", "sections", _MATTERS.section, "section"),
    Kind("materials", "materials", _MATTERS.material, "material"),
    Kind("matters", "matters", _MATTERS.matter, "matter"),
    Kind("calculators", "calculators", calculator_shape(_TEXT, _BASIS, _CONDITION), "calculator"),
    Kind("phrases", "phrases", phrases_shape(_TEXT, _CONDITION), "phrases"),
    Kind("commitments", "commitments", commitment_shape(_TEXT, _BASIS), "commitment"),
    Kind("policies", "policies", _LATER),
    Kind("bundles", "bundles", _LATER),
)


@lru_cache(maxsize=1024)
def kind_of(name: str) -> Kind | None:
    """Return the kind of a file by its name relative to the definition set, None where it has none."""
    path = PurePosixPath(name)
    for kind in KINDS:
        at_top = not kind.folder and name == f"{kind.name}.yaml"
        inside = bool(kind.folder) and path.suffix == ".yaml" and str(path.parent) == kind.folder
        if at_top or inside:
            return kind
    return None
