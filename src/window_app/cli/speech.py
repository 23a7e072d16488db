"""How a verb hears and speaks: JSON files in, JSON on standard output, secrets never from arguments."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from window_app import i18n, settings
from window_app.errors import WindowAppError


class Misunderstood(WindowAppError):
    """The command or its input could not be understood; exit code 2."""

    code = "cli.misunderstood"


def words_of(data: Path) -> i18n.Catalogue:
    """Return the texts in the language that this machine's screens have."""
    return i18n.Catalogue(settings.load(data).language if data.is_dir() else i18n.DEFAULT_LANGUAGE)


def say(value: object) -> None:
    """Write one JSON value to standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Write one line to standard error."""
    print(text, file=sys.stderr, flush=True)


def read_bytes(name: str) -> bytes:
    """Return a file's content, or standard input's for "-".

    Raises:
        Misunderstood: where there is no such file.
    """
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    if not path.is_file():
        raise Misunderstood("cli.no_such_file", file=path.name)
    return path.read_bytes()


def read_object(name: str) -> dict[str, Any]:
    """Return the JSON object that a file holds.

    Raises:
        Misunderstood: no such file, or no JSON object in UTF-8.
    """
    content = read_bytes(name)
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Misunderstood("cli.not_utf8", file=Path(name).name) from None
    except json.JSONDecodeError as error:
        raise Misunderstood("cli.not_json", file=Path(name).name, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):
        raise Misunderstood("cli.not_json", file=Path(name).name, line=1, column=1) from None
    if not isinstance(value, dict):
        raise Misunderstood("cli.no_object", file=Path(name).name)
    return value


def _no_number(name: str) -> float:
    raise ValueError(name)


def read_day(text: object) -> date | None:
    """Return a date of a JSON input, None where there is none.

    Raises:
        Misunderstood: where it is no date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Misunderstood("cli.no_date", text=str(text)) from None


def read_secrets(count: int) -> list[str]:
    """Return secrets, one a line: from WINDOW_APP_PASSWORD_FILE, else from standard input.

    Raises:
        Misunderstood: where fewer lines are there than needed.
    """
    file = os.environ.get("WINDOW_APP_PASSWORD_FILE")
    if file:
        text = read_bytes(file).decode("utf-8")
    elif sys.stdin is None or sys.stdin.isatty():
        text = "\n".join(_ask_hidden() for _ in range(count))
    else:
        text = sys.stdin.read()
    lines = text.splitlines()
    if len(lines) < count:
        raise Misunderstood("cli.secret_missing", count=count)
    return lines[:count]


def _ask_hidden() -> str:
    import getpass

    return getpass.getpass("")
