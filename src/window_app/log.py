"""The log: JSON lines in the data directory, rotated, without personal data.

Personal data is kept out by form, not by care: a line holds the code given as the message, never a
formatted text; of `extra={"fields": {…}}` only names known to be harmless; and of an exception its
type, its code and where it was raised, never its text.
"""

import json
import logging
import traceback
import uuid
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from window_app.errors import WindowAppError

FOLDER = "logs"
FILE_NAME = "window-app.log"
_ROOT = "window_app"
_BYTES_PER_FILE = 2_000_000
_OLD_FILES = 5

# Names whose values say something about the program, never about a person.
HARMLESS = frozenset(
    {
        "count", "milliseconds", "size", "line", "exit_code", "errno", "attempt", "sequence", "version",
        "schema", "event_id", "station_id", "task_id", "content_hash", "stage", "state", "kind", "driver",
    }
)  # fmt: skip
_WITHHELD = "withheld"


def logger(part: str) -> logging.Logger:
    """Return the logger of a part of the program; its messages are codes (`printer.timed_out`)."""
    return logging.getLogger(f"{_ROOT}.{part}")


def _value(name: str, value: object) -> object:
    if name not in HARMLESS:
        return _WITHHELD
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, uuid.UUID):
        return str(value)
    return value if isinstance(value, str) and value.isascii() and len(value) <= 128 else _WITHHELD


def _is_code(message: object) -> bool:
    return isinstance(message, str) and message.isascii() and " " not in message


class JsonLines(logging.Formatter):
    """Writes one record as one line of JSON, leaving out whatever could name a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; arguments of the message are left out on purpose."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name.removeprefix(f"{_ROOT}."),
            "code": record.msg if _is_code(record.msg) else _WITHHELD,
            "thread": record.threadName,
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            entry["fields"] = {str(name): _value(str(name), value) for name, value in fields.items()}
        if record.exc_info and record.exc_info[1] is not None:
            entry["error"] = self._error(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def _error(cls, error: BaseException) -> dict[str, object]:
        told: dict[str, object] = {"type": type(error).__name__, "where": cls._where(error.__traceback__)}
        if isinstance(error, WindowAppError):
            told["code"] = error.code
        if isinstance(error, OSError):
            told["errno"] = error.errno
        cause = error.__cause__ or error.__context__
        if cause is not None:
            told["cause"] = type(cause).__name__
        return told

    @staticmethod
    def _where(trace: TracebackType | None) -> list[str]:
        """Name file, line and function of each frame; the lines of code and their values stay out."""
        frames = traceback.extract_tb(trace)
        return [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames]


def start(directory: Path) -> logging.Handler:
    """Begin to keep the log in a data directory; hand the result to `stop`."""
    folder = directory / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / FILE_NAME, maxBytes=_BYTES_PER_FILE, backupCount=_OLD_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLines())
    root = logging.getLogger(_ROOT)
    root.setLevel(logging.INFO)
    root.propagate = False
    root.addHandler(handler)
    return handler


def stop(handler: logging.Handler) -> None:
    """End the log that `start` began."""
    root = logging.getLogger(_ROOT)
    root.removeHandler(handler)
    root.propagate = not root.handlers
    handler.close()
