"""A commitment while the visit is taken down: the applicant's choice, who signs, the signature.

API: `MatterDraft.commitments` holds one `DraftCommitment` by the code of each material for which the
applicant chose. Nothing is preset: a material without an entry, or one with `choice` None, was not asked.
`wording` is the digest of the pair that was shown when it was signed; whether that still is what the pair
says today is for `services.commitments` to answer. `commitment_json` and `read_commitment` write and read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from window_app.domain import ink
from window_app.domain.commitment_words import SignatureKind

COMMIT = "commit"
PROVE = "prove"
CHOICES = (COMMIT, PROVE)

APPLICANT = "applicant"
GUARDIAN = "guardian"
OTHER = "other"
SIGNERS = (APPLICANT, GUARDIAN, OTHER)
"""Who may want to sign; `other` is anybody else, whose signature is never taken."""
CAPABLE = "capable"
CAPACITIES = (CAPABLE, "cannot_write", "incapable")
"""Whether the applicant can commit in person."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. Name, number and relation are of a guardian; the applicant stands in the form."""

    kind: str = APPLICANT
    capacity: str = CAPABLE
    name: str = ""
    id_number: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """The printed pair was signed: its number, and who of the counter saw it when."""

    number: str
    confirmed_at: datetime
    by: str

    kind = SignatureKind.PAPER


@dataclass(frozen=True, slots=True)
class InkSignature:
    """The signature was drawn on the screen."""

    strokes: tuple[ink.Stroke, ...]
    signed_at: datetime

    kind = SignatureKind.INK


Signature = PaperSignature | InkSignature


@dataclass(frozen=True, slots=True)
class DraftCommitment:
    """What was chosen for a material, and the commitment as far as it came.

    Attributes:
        code: of the commitment in the catalogue.
        choice: "commit", "prove", or None where nobody has chosen.
        wording: digest of the pair that was signed, "" before.
    """

    code: str
    choice: str | None = None
    chosen_at: datetime | None = None
    signer: Signer = Signer()
    signature: Signature | None = None
    wording: str = ""

    @property
    def committed(self) -> bool:
        """Whether the applicant chose to commit and signed."""
        return self.choice == COMMIT and self.signature is not None


def commitment_json(commitment: DraftCommitment) -> dict[str, Any]:
    """Return a commitment as JSON."""
    signer, signature = commitment.signer, commitment.signature
    said: dict[str, Any] = {
        "code": commitment.code,
        "choice": commitment.choice,
        "chosen_at": None if commitment.chosen_at is None else commitment.chosen_at.isoformat(),
        "signer": {
            "kind": signer.kind,
            "capacity": signer.capacity,
            "name": signer.name,
            "id_number": signer.id_number,
            "relation": signer.relation,
        },
        "wording": commitment.wording,
    }
    if isinstance(signature, PaperSignature):
        confirmed = signature.confirmed_at.isoformat()
        said["paper"] = {"number": signature.number, "confirmed_at": confirmed, "by": signature.by}
    elif isinstance(signature, InkSignature):
        said["ink"] = {"strokes": ink.to_json(signature.strokes), "signed_at": signature.signed_at.isoformat()}
    return said


def read_commitment(said: Mapping[str, Any]) -> DraftCommitment:
    """Return the commitment of JSON that `commitment_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    chosen_at = said.get("chosen_at")
    return DraftCommitment(
        code=said["code"],
        choice=said.get("choice"),
        chosen_at=None if chosen_at is None else datetime.fromisoformat(chosen_at),
        signer=Signer(**said.get("signer", {})),
        signature=_signature(said),
        wording=said.get("wording", ""),
    )


def _signature(said: Mapping[str, Any]) -> Signature | None:
    if said.get("paper"):
        paper = said["paper"]
        return PaperSignature(paper["number"], datetime.fromisoformat(paper["confirmed_at"]), paper["by"])
    if said.get("ink"):
        drawn = said["ink"]
        return InkSignature(ink.from_json(drawn["strokes"]), datetime.fromisoformat(drawn["signed_at"]))
    return None
