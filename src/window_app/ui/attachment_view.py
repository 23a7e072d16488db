"""An attached file as screens show it. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file as a line shows it.

    Attributes:
        standing: where it is, "" where there is nothing to say.
        withdrawn: that it was taken back, when and why; "" where it was not.
    """

    digest: str
    name: str
    media_type: str
    pages: int
    size: int
    standing: str = ""
    withdrawn: str = ""
