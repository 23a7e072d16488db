"""What a person set at this machine: language, look, printers. Never law, never personal data."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE_NAME = "settings.json"
LANGUAGES = ("zh_CN", "en")
THEMES = ("light", "dark", "contrast")
PRINTER_DRIVERS = ("simulated", "cups", "windows")
TICKET_DRIVERS = ("off", "simulated", "cups", "network", "device", "windows")
TICKET_CHARACTERS = ("printer", "dots")
SIDES = ("", "one", "long_edge", "short_edge")
MOST_COPIES = 20
MOST_BUSINESSES = 9


def _one_of(choices: tuple[str, ...]) -> Callable[[object], bool]:
    return lambda value: value in choices


def _whole_number(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 200


def _is_text_by_text(value: object) -> bool:
    return isinstance(value, dict) and all(_is_text(key) and _is_text(item) for key, item in value.items())


def _is_print_choice(value: object) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"sides", "tray", "copies"}:
        return False
    copies = _whole_number(1, MOST_COPIES)
    return value.get("sides", "") in SIDES and _is_text(value.get("tray", "")) and copies(value.get("copies", 1))


def _is_print_choice_by_text(value: object) -> bool:
    return isinstance(value, dict) and all(_is_text(key) and _is_print_choice(item) for key, item in value.items())


def _is_business_by_letter(value: object) -> bool:
    if not _is_text_by_text(value) or not isinstance(value, dict) or not 1 <= len(value) <= MOST_BUSINESSES:
        return False
    return all(len(key) == 1 and "A" <= key <= "Z" and item.strip() for key, item in value.items())


ATTACHMENT_MEGABYTES = (1, 50)
ATTACHMENT_KEEP_DAYS = (0, 3650)
IDLE_LOCK_MINUTES = (1, 240)
"""Least and most of what a person types; the page says them at the place."""

_LAWFUL: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "language": _one_of(LANGUAGES),
        "theme": _one_of(THEMES),
        "text_scale": _whole_number(100, 200),
        "printer_driver": _one_of(PRINTER_DRIVERS),
        "printer_queue": _is_text,
        "printers": _is_text_by_text,
        "print_choices": _is_print_choice_by_text,
        "ticket_driver": _one_of(TICKET_DRIVERS),
        "ticket_target": _is_text,
        "ticket_characters": _one_of(TICKET_CHARACTERS),
        "ticket_businesses": _is_business_by_letter,
        "ticket_note": _is_text,
        "idle_lock_minutes": _whole_number(*IDLE_LOCK_MINUTES),
        "line_poll_seconds": _whole_number(1, 3600),
        "line_spread_seconds": _whole_number(0, 3600),
        "line_deadline_seconds": _whole_number(2, 300),
        "attachment_megabytes": _whole_number(*ATTACHMENT_MEGABYTES),
        "attachment_keep_days": _whole_number(*ATTACHMENT_KEEP_DAYS),
    }
)


@dataclass(frozen=True, slots=True)
class Settings:
    """One machine's choices; a value that is not lawful falls back to its default, alone.

    Attributes:
        language: language of the screens, one of LANGUAGES.
        theme: one of THEMES.
        text_scale: size of all text, in per cent, 100 to 200.
        printer_driver: "simulated" (PDF files in a folder), "cups" or "windows".
        printer_queue: the queue for papers that have none of their own; empty means the system's default.
        printers: queue by kind of paper ("receipt", "notice_once", …).
        print_choices: by kind of paper, "" for all others: `sides`, `tray` (the queue's own name), `copies` at least.
        ticket_driver: what queue tickets are printed by; "off" where the hall gives them out by other means.
        ticket_target: its queue, address ("10.0.0.5:9100") or device file.
        ticket_characters: "printer" where it has Chinese characters of its own, else "dots".
        ticket_businesses: what tickets are drawn for, by the letter that their numbers begin with.
        ticket_note: what else stands on a ticket.
        idle_lock_minutes: the desk locks itself after so many minutes without a key or click.
        line_poll_seconds: the centre is asked for news about this often.
        line_spread_seconds: after an outage the stations come back spread over this time; 0 for at once.
        line_deadline_seconds: a call to the centre is given up after this long.
        attachment_megabytes: the largest file that is attached.
        attachment_keep_days: files stay on this machine so long after the centre holds them, longer where its
            backups reach back further.
        unknown: keys of a newer program, kept so that going back and forth loses nothing.
    """

    language: str = "zh_CN"
    theme: str = "light"
    text_scale: int = 100
    printer_driver: str = "simulated"
    printer_queue: str = ""
    printers: Mapping[str, str] = field(default_factory=dict)
    print_choices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ticket_driver: str = "simulated"
    ticket_target: str = ""
    ticket_characters: str = "printer"
    ticket_businesses: Mapping[str, str] = field(default_factory=lambda: {"A": "综合受理"})
    ticket_note: str = ""
    idle_lock_minutes: int = 10
    line_poll_seconds: int = 15
    line_spread_seconds: int = 300
    line_deadline_seconds: int = 20
    attachment_megabytes: int = 20
    attachment_keep_days: int = 30
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def queue_for(self, paper: str) -> str:
        """Return the printer queue of a kind of paper."""
        return self.printers.get(paper, self.printer_queue)

    def choices_for(self, paper: str) -> Mapping[str, Any]:
        """Return sides, tray and copies of a kind of paper; what it has none of is as for all others."""
        return {**self.print_choices.get("", {}), **self.print_choices.get(paper, {})}

    def with_(self, **changes: object) -> "Settings":
        """Return a copy with some choices changed.

        Raises:
            ValueError: when a value is not lawful or there is no such choice.
        """
        for name, value in changes.items():
            if name not in _LAWFUL or not _LAWFUL[name](value):
                raise ValueError(name)
        return replace(self, **changes)  # type: ignore[arg-type] # each value was checked above


def _read(path: Path) -> Mapping[str, Any]:
    """Return what the file holds; a file that is no JSON object is set aside, not overwritten."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:  # no JSON, or no UTF-8
        content = None
    if isinstance(content, dict):
        return content
    path.replace(path.with_suffix(".json.damaged"))
    return {}


def load(directory: Path) -> Settings:
    """Return the settings kept in a data directory, defaults where there are none."""
    content = _read(directory / FILE_NAME)
    lawful = {name: value for name, value in content.items() if name in _LAWFUL and _LAWFUL[name](value)}
    unknown = {name: value for name, value in content.items() if name not in _LAWFUL}
    return Settings(**lawful, unknown=unknown)


def save(settings: Settings, directory: Path) -> None:
    """Keep the settings in a data directory; afterwards the file is whole, old or new."""
    content = dict(settings.unknown)
    content.update({item.name: getattr(settings, item.name) for item in fields(settings) if item.name in _LAWFUL})
    content = {name: dict(value) if isinstance(value, Mapping) else value for name, value in content.items()}
    directory.mkdir(parents=True, exist_ok=True)
    fresh = directory / (FILE_NAME + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(directory / FILE_NAME)
