"""The process in which strangers' files are looked into: it reads one request from its input, answers and ends.

It opens no file and no connection, and where the system lets it, it may not: its memory and time are bounded, so a
file that is made to break its reader breaks this process alone.
"""

import json
import sys
from contextlib import suppress

MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 30
SENT = 0
FAILED = 1


def main() -> int:
    """Answer the request on standard input on standard output: a line of JSON, then bytes."""
    _bound()
    request = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    from window_app.documents import file_checks
    from window_app.domain.attachments import FileRefused

    pixels = b""
    try:
        if request["what"] == "check":
            checked = file_checks.check(content, request["name"])
            said = {"media_type": checked.media_type, "pages": checked.pages}
        else:
            made = file_checks.picture(content, request["media_type"], request["page"], request["width"])
            said, pixels = {"width": made.width, "height": made.height}, made.pixels
    except FileRefused as refused:
        said = {"refused": refused.code, "params": dict(refused.params)}
    except MemoryError:
        said = {"refused": "attachment.bomb", "params": {}}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + pixels)
    sys.stdout.buffer.flush()
    return SENT


def _bound() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
