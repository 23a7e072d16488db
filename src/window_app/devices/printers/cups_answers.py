"""What CUPS's commands say, in the C locale, read into codes."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from window_app.domain.printing import PrinterOffers, Sides

UNKNOWN = (
    "does not exist",
    "invalid destination",
    "no such",
    "unknown destination",
    "no default destination",
    "no destinations added",
)
STOPPED = ("not accepting", "is rejecting", "disabled")
UNREACHABLE = ("unable to connect", "scheduler is not running", "bad file descriptor", "connection refused")
NO_DEFAULT = "no system default destination"
JOB = re.compile(r"request id is (\S+)")
DEFAULT_QUEUE = re.compile(r"system default destination: (\S+)")

# What IPP calls the reasons of a printer's state. Which of -error and -warning follows says little: CUPS itself makes
# a warning of an empty tray while a job waits for it.
_SEVERITY = re.compile(r"-(error|warning|report)$")
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "media-jam": "printer.jam",
        "media-empty": "printer.media_empty",
        "media-needed": "printer.media_empty",
        "input-tray-missing": "printer.media_empty",
        "cover-open": "printer.door_open",
        "door-open": "printer.door_open",
        "interlock-open": "printer.door_open",
        "toner-empty": "printer.toner_empty",
        "marker-supply-empty": "printer.toner_empty",
        "offline": "printer.offline",
        "shutdown": "printer.offline",
        "timed-out": "printer.offline",
        "connecting-to-device": "printer.offline",
    }
)
_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "toner-low": "printer.toner_low",
        "marker-supply-low": "printer.toner_low",
        "media-low": "printer.media_low",
    }
)
_WORST = ("jam", "media_empty", "door_open", "toner_empty", "offline")
_SIDES: Mapping[str, Sides] = MappingProxyType(
    {
        "none": Sides.ONE,
        "one-sided": Sides.ONE,
        "duplexnotumble": Sides.LONG_EDGE,
        "two-sided-long-edge": Sides.LONG_EDGE,
        "duplextumble": Sides.SHORT_EDGE,
        "two-sided-short-edge": Sides.SHORT_EDGE,
    }
)
TRAY_OPTIONS = ("InputSlot", "media-source")


def code_of(said: str) -> str:
    """Return the code of what a command said when it failed."""
    lower = said.lower()
    for code, signs in (
        ("printer.no_system", UNREACHABLE),
        ("printer.stopped", STOPPED),
        ("printer.unknown", UNKNOWN),
    ):
        if any(sign in lower for sign in signs):
            return code
    return "printer.refused"


def faults_of(said: str) -> tuple[str, ...]:
    """Return the codes of what keeps a printer from printing, worst first, of what `lpstat -l -p` said."""
    found = {_REASONS[reason] for reason in _alerts(said) if reason in _REASONS}
    return tuple(f"printer.{name}" for name in _WORST if f"printer.{name}" in found)


def notes_of(said: str) -> tuple[str, ...]:
    """Return the codes of what will keep it from printing soon."""
    return tuple(sorted({_NOTES[reason] for reason in _alerts(said) if reason in _NOTES}))


def job_alerts(said: str, name: str) -> str | None:
    """Return the alerts of a job in what `lpstat -l -o` said, None where it is not listed."""
    listed = False
    for line in said.splitlines():
        if line and not line[0].isspace():
            listed = line.split()[0] == name
        elif listed and line.strip().startswith("Alerts:"):
            return line.partition(":")[2].strip()
    return None


def offers_of(said: str) -> PrinterOffers:
    """Return what `lpoptions -l` said can be chosen: `Keyword/Text: choice *default choice`."""
    sides: list[Sides] = []
    trays: dict[str, str] = {}
    for line in said.splitlines():
        keyword, _, choices = line.partition(":")
        keyword = keyword.partition("/")[0].strip()
        names = [name.lstrip("*") for name in choices.split()]
        if keyword in TRAY_OPTIONS and len(names) > 1:
            trays = {f"{keyword}={name}": name for name in names}
        elif keyword == "sides" or keyword.endswith("Duplex"):
            sides += [_SIDES[name.lower()] for name in names if name.lower() in _SIDES]
    offered = tuple(one for one in (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE) if one in sides)
    known = "unable to get" not in said.lower()
    return PrinterOffers(offered if len(offered) > 1 else (), MappingProxyType(trays), known)


def _alerts(said: str) -> Iterable[str]:
    for line in said.splitlines():
        name, _, listed = line.strip().partition(":")
        if name == "Alerts":
            yield from (_SEVERITY.sub("", reason) for reason in listed.replace(",", " ").split())
