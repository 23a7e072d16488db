"""Looks into strangers' files from a safe distance: another process does it, bounded in time and memory."""

import json
import subprocess
import sys
from typing import Any

from window_app import log
from window_app.domain.attachments import CheckedFile, FileRefused, Picture

_SECONDS = 30.0
_MODULE = "window_app.documents.file_process"
_LOGGER = log.logger("documents")


class SeparateFileReader:
    """Implements `domain.attachments.FileReader`; waits for the other process, so for free workers alone."""

    def check(self, content: bytes, name: str) -> CheckedFile:
        """Return what a file is; `name` may be "" where it has none.

        Raises:
            FileRefused: with the reason as its code.
        """
        said, _ = _asked({"what": "check", "name": name}, content)
        return CheckedFile(str(said["media_type"]), int(said["pages"]))

    def picture(self, content: bytes, media_type: str, page: int, width: int) -> Picture:
        """Return a page, from 0, as a picture of at most this width.

        Raises:
            FileRefused.
        """
        said, pixels = _asked({"what": "picture", "media_type": media_type, "page": page, "width": width}, content)
        return Picture(int(said["width"]), int(said["height"]), pixels)


def _asked(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(  # noqa: S603 - our own module; what the visitor brought goes to its standard input
            [sys.executable, "-I", "-m", _MODULE],
            input=json.dumps(request).encode() + b"\n" + content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("attachment.too_slow") from None
    heading, _, pixels = done.stdout.partition(b"\n")
    if done.returncode != 0 or not heading:
        # Codes alone: what a decoder says can hold what the file says.
        _LOGGER.warning("documents.file_process_ended", extra={"fields": {"code": done.returncode}})
        raise FileRefused()
    said: dict[str, Any] = json.loads(heading)
    if "refused" in said:
        raise FileRefused(said["refused"], **said["params"])
    return said, pixels
