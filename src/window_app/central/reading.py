"""What the entries of a directory say."""

import json
from collections.abc import Iterable
from typing import Any

from window_app.domain.line import DirectoryEntry


def entries_of(entries: Iterable[DirectoryEntry], kind: str, subject: str) -> dict[str, dict[str, Any]]:
    """Return the newest entry of a kind about each subject."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        said = json.loads(entry.content)
        if said.get("entry") == kind:
            found[str(said[subject])] = said
    return found
