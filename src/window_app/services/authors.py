"""Who authors an event: a clerk of a counter, or an office by the hand of its clerk."""

from window_app.domain.events import Actor, ActorKind
from window_app.domain.ports import Station
from window_app.services.session import Session

OFFICE = "office"


def is_office(station: Station) -> bool:
    """Answer whether a station works for an office that decides."""
    return station.kind == OFFICE and bool(station.office)


def author_of(station: Station, session: Session) -> Actor:
    """Return the author of what a session does with a received case."""
    if is_office(station):
        return Actor(ActorKind.OFFICE, f"{station.office}/{session.clerk}")
    return session.actor
