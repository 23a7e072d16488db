"""Everything about persons and employers that a screen works with."""

from dataclasses import dataclass

from window_app.services.code_lists import CodeLists
from window_app.services.copying import Copying
from window_app.services.earlier import Earlier
from window_app.services.register import Register


@dataclass(frozen=True, slots=True)
class PartyDesk:
    """The register, who was here before, copying from there, and the lists of regions and industries."""

    register: Register
    earlier: Earlier
    copying: Copying
    codes: CodeLists
