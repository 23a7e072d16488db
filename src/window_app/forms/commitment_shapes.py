"""Shapes of commitments: a file of the catalogue, and what a locality's file may say instead."""

from collections.abc import Mapping

from window_app.domain.commitment_words import Verification
from window_app.forms.commitment_definitions import (
    ANY_MATTER,
    SAID,
    Committer,
    LiabilityKind,
    Proxy,
    VerificationMethod,
)
from window_app.forms.shapes import CODE, Bool, Choice, Either, Int, ListOf, Record, Shape, Str

UNITS = ("workdays", "days", "months", "years")

_CODE = Str(CODE, "code (a-z, 0-9, _)")
_CLASS = Choice(tuple(Verification))
_METHOD = ListOf(Choice(tuple(VerificationMethod)))


def commitment_shape(text: Shape, basis: Shape) -> Shape:
    """Return the shape of a file of `commitments/`, made of what texts and citations look like everywhere."""
    return Record(
        {
            "commitment": _CODE,
            "number": Int(1, 1000),
            "title": text,
            "certificate": text,
            "authority": text,
            "proves": text,
            "conditions": text,
            "basis": basis,
            "replaces?": ListOf(_CODE, minimum=1),
            "matters?": Either((Choice((ANY_MATTER,)), ListOf(_CODE, minimum=1))),
            "elsewhere?": Record({"matter": text, "material": text, "route": _CODE}),
            "who": Choice(tuple(Committer)),
            "proxy": Choice(tuple(Proxy)),
            "area?": _CODE,
            "examination?": Bool(),
            "notice": _CODE,
            "letter": _CODE,
            "liabilities?": ListOf(
                Record({"kind": Choice(tuple(LiabilityKind)), "text": text, "basis": basis}), minimum=1
            ),
            "verified": Record({f"{name}?": Bool() for name in SAID}),
            **_changing(text, basis, needed=True),
        }
    )


def local_commitment(text: Shape, basis: Shape) -> Shape:
    """Return the shape of what a locality says of one commitment, or of all of them."""
    return Record({**_changing(text, basis, needed=False), "offered?": Bool(), "basis?": basis})


def _changing(text: Shape, basis: Shape, *, needed: bool) -> Mapping[str, Shape]:
    """Return what a locality may replace."""
    mark = "" if needed else "?"
    return {
        f"verification{mark}": _CLASS,
        f"method{mark}": _METHOD,
        "verify_within?": Record({"number": Int(1, 1000), "unit": Choice(UNITS), "basis?": basis}),
        f"published{mark}": Record({"public": Bool(), "text": text, "basis?": basis}),
    }
