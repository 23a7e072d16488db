"""What the centre's codes mean."""

from collections.abc import Mapping
from types import MappingProxyType

from window_app.domain.line import StationRefused

_REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "REFUSED": "line.refused",
        "SESSION": "line.refused",
        "REVOKED": "line.revoked",
        "NO_FEED": "line.no_feed",
        "NO_REASON": "line.no_reason",
        "MALFORMED": "line.malformed",
        "TOO_OFTEN": "line.renewed_too_often",
        "CENTRE_TOO_OLD": "line.centre_too_old",
        "NO_RIGHT": "credit.no_right",
        "UNDECIDED": "credit.undecided",
        "FOREIGN": "clerks.foreign",
        "TOO_MANY": "clerks.too_many",
    }
)


ENDED = frozenset({"line.refused", "line.revoked"})
"""Refusals of the station itself, not of what it handed in."""


def check(code: str) -> None:
    """Raise what a code other than OK means.

    Raises:
        StationRefused: its own code says why.
    """
    if code != "OK":
        raise StationRefused(_REFUSALS.get(code, "line.refused"))
