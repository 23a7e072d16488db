"""An attached file as screens show it. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file as a line shows it. `standing` says where it is, "" where there is nothing to say."""

    digest: str
    name: str
    media_type: str
    pages: int
    size: int
    standing: str = ""
