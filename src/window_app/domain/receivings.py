"""What the receiving of a matter says of its case."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from window_app.domain.conflicts import day


class Receiving(NamedTuple):
    """What a receiving says; "" and None where it says nothing of it."""

    matter_key: str
    number: str
    matter: str
    route: str
    received_on: date | None
    due_on: date | None
    office: str


def read_receiving(said: Mapping[str, Any]) -> Receiving:
    """Return what the facts of a receiving say, with those of its body where that is held."""
    office = said.get("office")
    return Receiving(
        matter_key=str(said.get("matter_key") or ""),
        number=str(said.get("number") or ""),
        matter=str(said.get("matter") or ""),
        route=str(said.get("route") or ""),
        received_on=day(said.get("received_on")),
        due_on=day(said.get("due_on")),
        office=office if isinstance(office, str) else "",
    )
