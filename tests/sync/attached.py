"""Attachments for tests: a file of any size, sealed and stated by an event of a case."""

import os
from uuid import UUID

from tests.storage import halls

from window_app.domain.attachments import DraftAttachment, attachment_body, attachments_of
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind, digest
from window_app.storage.opened import Store


def seal(store: Store, size: int = 1_000_000, material: str = "identity") -> tuple[DraftAttachment, bytes]:
    """Seal a file of random bytes."""
    content = os.urandom(size)
    file, key = store.vault.seal(content, "image/jpeg")
    return DraftAttachment(material, file, key, "照片.jpg", size, 1, digest(content)), content


def state(attached: DraftAttachment, case_id: UUID, *, confidential: bool = False) -> NewEvent:
    """Return the event that states it."""
    return NewEvent(
        Stream(StreamKind.CASE, case_id),
        EventType.MATERIAL_ATTACHED,
        body=attachment_body(attached),
        facts={"material": attached.material},
        readers=("inspection",),
        confidentiality=Confidentiality.CONFIDENTIAL if confidential else Confidentiality.RESTRICTED,
        attachments=(attached.file,),
    )


def attach(
    store: Store, case_id: UUID, size: int = 1_000_000, *, confidential: bool = False
) -> tuple[DraftAttachment, bytes]:
    """Attach a file to a case."""
    attached, content = seal(store, size)
    with store.unit_of_work() as work:
        work.append(halls.AT_COUNTER, [state(attached, case_id, confidential=confidential)])
    return attached, content


def keys_held(store: Store, case_id: UUID) -> tuple[DraftAttachment, ...]:
    """Return the attachments of a case that can be opened here."""
    return tuple(one.attached for one in attachments_of(store.events(case_id)) if one.attached is not None)
