"""Writing several files of a definition folder: all beside the old ones first, then each in its place."""

import os
from collections.abc import Mapping
from pathlib import Path


def write_texts(directory: Path, texts: Mapping[str, str]) -> None:
    """Write files by name in the order given; a full disk leaves all as it was.

    Raises:
        OSError: where the folder takes no further file; nothing was changed.
    """
    parts = {directory / file: directory / f"{file}.part" for file in texts}
    try:
        for file, text in texts.items():
            part = directory / f"{file}.part"
            part.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
