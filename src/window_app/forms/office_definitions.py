"""Offices, the grounds on which they decide, and localities, as their files tell of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.forms.definitions import read_basis


@dataclass(frozen=True, slots=True)
class OfficeDefinition:
    """An office that decides, or to which a visitor is shown the way.

    Attributes:
        series: how its decisions are numbered, by state, with {year}, {station} and {serial}; "commitment"
            numbers what it decides of commitments and of the list.
    """

    code: str
    title: Text
    kind: str
    district: str | None
    address: str
    phone: str
    hours: str
    serves: tuple[str, ...]
    series: Mapping[str, str] = field(default_factory=dict)
    seal: str = ""


@dataclass(frozen=True, slots=True)
class DecisionGround:
    """A lawful ground of a kind of office to give a case a state.

    Attributes:
        state: the state it gives; `after`: the states it may follow. Of commitments: what is decided, after nothing.
        to: kinds of offices that a transfer on this ground may go to.
        resumes: it goes on with what a suspension stopped.
        limit: the office's own limit that runs from then on.
        routes, not_routes: the routes whose cases it is for, or not for; neither: any that the office has.
    """

    code: str
    state: str
    title: Text
    after: frozenset[str]
    to: tuple[str, ...]
    resumes: bool
    limit: str | None
    basis: tuple[Citation, ...]
    routes: tuple[str, ...] = ()
    not_routes: tuple[str, ...] = ()

    def is_for(self, route: str) -> bool:
        """Answer whether cases of a route are decided on this ground."""
        return route not in self.not_routes and (not self.routes or route in self.routes)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a place lists of the values of a choice; another one is answered with the message, and stops nothing."""

    values: frozenset[str]
    message: Text
    basis: tuple[Citation, ...]


Lists = Mapping[tuple[str, str], Listed]
"""What places list, by section and field."""


@dataclass(frozen=True, slots=True)
class LocalityDefinition:
    """A province or city: what of it the engine does not read itself."""

    code: str
    title: Text
    parent: str | None
    districts: tuple[str, ...]
    listed: Lists = field(default_factory=dict)


def read_office(mapping: Mapping[str, Any]) -> OfficeDefinition:
    """Return an office from its parsed YAML."""
    return OfficeDefinition(
        code=mapping["office"],
        title=mapping["title"],
        kind=mapping["kind"],
        district=mapping.get("district"),
        address=_chinese(mapping.get("address", "")),
        phone=mapping.get("phone", ""),
        hours=_chinese(mapping.get("hours", "")),
        serves=tuple(mapping["serves"]),
        series=mapping.get("series", {}),
        seal=_chinese(mapping.get("seal", "")),
    )


def read_decisions(mapping: Mapping[str, Any]) -> tuple[DecisionGround, ...]:
    """Return the grounds of a kind of office from its parsed YAML, in order."""
    return tuple(
        DecisionGround(
            code=each["ground"],
            state=each["state"],
            title=each["title"],
            after=frozenset(each.get("after", ())),
            to=tuple(each.get("to", ())),
            resumes=each.get("resumes", False),
            limit=each.get("limit"),
            basis=read_basis(each),
            routes=tuple(each.get("routes", ())),
            not_routes=tuple(each.get("not_routes", ())),
        )
        for each in mapping["grounds"]
    )


def _chinese(text: str | Mapping[str, str]) -> str:
    return text if isinstance(text, str) else text["zh"]


def read_locality(mapping: Mapping[str, Any]) -> LocalityDefinition:
    """Return a locality from its parsed YAML."""
    districts: Sequence[str] = mapping.get("districts", ())
    listed = {
        (each["section"], each["field"]): Listed(frozenset(each["values"]), each["message"], read_basis(each))
        for each in mapping.get("listed", ())
    }
    return LocalityDefinition(mapping["locality"], mapping["title"], mapping.get("parent"), tuple(districts), listed)


def lists_in(localities: Mapping[str, LocalityDefinition], chain: Sequence[str]) -> Lists:
    """Return what is listed in a place and those it follows, nearest first; the nearest speaks."""
    return {key: listed for place in reversed(chain) for key, listed in localities[place].listed.items()}
