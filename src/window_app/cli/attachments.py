"""Verbs about files of materials: attach them, list them, save them."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app.cli.cases import desk_of
from window_app.cli.speech import Misunderstood, say

SHORTEST = 8
"""Of a digest, to be taken for the whole."""

if TYPE_CHECKING:
    from window_app.domain.attachments import CaseAttachment
    from window_app.domain.visits import VisitDraft
    from window_app.services.desk import Desk


def attach(chosen: argparse.Namespace) -> int:
    """Attach files to a material of a received case."""
    from window_app.services.attachments import from_path

    with desk_of(chosen) as desk:
        listed = desk.attachments.of_case(chosen.number)
        known = [one.attached for one in listed if one.attached is not None and one.withdrawn is None]
        for name in chosen.files:
            attached = desk.attachments.bring(chosen.material, from_path(Path(name)), known)
            desk.attachments.add(chosen.number, attached)
            known.append(attached)
        say({"attachments": [_as_json(desk, one) for one in desk.attachments.of_case(chosen.number)]})
    return 0


def withdraw(chosen: argparse.Namespace) -> int:
    """Put on record that a file was attached to a case by mistake."""
    with desk_of(chosen) as desk:
        files = {one.file.digest for one in desk.attachments.of_case(chosen.number)}
        begun = chosen.file.lower()
        meant = [digest for digest in files if len(begun) >= SHORTEST and digest.startswith(begun)]
        digest = meant[0] if len(meant) == 1 else chosen.file
        desk.attachments.withdraw(chosen.number, digest, chosen.reason, chosen.remark)
        say({"attachments": [_as_json(desk, one) for one in desk.attachments.of_case(chosen.number)]})
    return 0


def listed(chosen: argparse.Namespace) -> int:
    """Say which files a case has; with a folder, fetch what is not here and save all that may be read."""
    with desk_of(chosen) as desk:
        say({"attachments": saved(desk, chosen.number, chosen.save, chosen.reason)})
    return 0


def saved(desk: "Desk", number: str, folder: Path | None, reason: str) -> list[dict[str, Any]]:
    """Return the files of a case as JSON, each with where it was saved where a folder was given.

    Withdrawn files are listed and neither fetched nor saved.
    """
    told = []
    for at, one in enumerate(desk.attachments.of_case(number), start=1):
        answer = _as_json(desk, one)
        if folder is not None and one.attached is not None and one.withdrawn is None:
            desk.attachments.fetch(one, reason)
            content = desk.attachments.content(one.attached)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{number}-{at}-{one.attached.name}"
            from window_app.cli.counter import write_whole

            write_whole(path, content)
            answer.update(file=str(path), pieces_here=len(one.file.pieces))
        told.append(answer)
    return told


def with_files(desk: "Desk", draft: "VisitDraft", wanted: object, beside: Path) -> "VisitDraft":
    """Return the draft with the files that an intake names: [{"material": CODE, "file": PATH}].

    Raises:
        Misunderstood: it is no such list.
        FileRefused: one of them is not taken; nothing was received.
    """
    from window_app.services.attachments import from_path

    for entry in wanted if isinstance(wanted, list) else [wanted] if wanted else []:
        if not isinstance(entry, Mapping) or not all(isinstance(entry.get(key), str) for key in ("material", "file")):
            raise Misunderstood("cli.attachments")
        attached = desk.attachments.bring(entry["material"], from_path(beside / entry["file"]), draft.attachments)
        draft = desk.attachments.attach(draft, attached)
    return replace(draft)


def _as_json(desk: "Desk", one: "CaseAttachment") -> dict[str, Any]:
    pieces = len(one.file.pieces)
    return {
        "digest": one.file.digest,
        "material": one.material,
        "name": one.attached.name if one.attached is not None else None,
        "media_type": one.file.media_type,
        "size": one.attached.size if one.attached is not None else one.file.size,
        "pages": one.attached.pages if one.attached is not None else None,
        "pieces": pieces,
        "pieces_here": pieces - desk.attachments.lacking(one),
        "withdrawn": _withdrawn(one),
    }


def _withdrawn(one: "CaseAttachment") -> dict[str, str] | None:
    gone = one.withdrawn
    return None if gone is None else {"at": gone.at.isoformat(), "reason": gone.reason, "remark": gone.remark}
