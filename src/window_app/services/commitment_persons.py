"""Who commits: the applicant of a form and a guardian, with what their numbers tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from window_app.domain.commitment_drafts import GUARDIAN, SIGNERS, Signer
from window_app.domain.parties import PartyKind
from window_app.domain.tokens import lookup_token, normalised_number
from window_app.errors import WindowAppError
from window_app.forms.identity import read_resident_number, read_social_credit_code
from window_app.services.registering import kind_of

ADULT_YEARS = 18


class CommitmentRefused(WindowAppError):
    """A commitment cannot be taken, withdrawn or signed so; the code says why, and nothing was changed."""

    code = "commitments.not_offered"


@dataclass(frozen=True, slots=True)
class Committing:
    """Somebody whose commitment it is.

    Attributes:
        token: lookup token of the number; "" where no right number is known.
    """

    employer: bool
    name: str
    number: str
    token: str


def applicant_of(answers: Mapping[str, Any], district_key: bytes) -> Committing:
    """Return the applicant of a form as typed so far."""
    record = answers.get("applicant")
    said: Mapping[str, Any] = record if isinstance(record, Mapping) else {}
    kind = kind_of("applicant", said)
    employer = kind is PartyKind.EMPLOYER
    typed = str(said.get("uscc" if employer else "id_number") or "")
    number = _right(typed, employer=employer)
    if not number and not employer:
        number = normalised_number(str(said.get("other_number") or ""))
    name = str(said.get("name") or said.get("shop_sign") or "").strip()
    return Committing(employer, name, number, lookup_token(district_key, kind.value, number) if number else "")


def token_of(signer: Signer, district_key: bytes) -> str:
    """Return the lookup token of a guardian; "" for an applicant who signs, or a number that cannot be right."""
    number = _right(signer.id_number, employer=False) if signer.kind == GUARDIAN else ""
    return lookup_token(district_key, PartyKind.PERSON.value, number) if number else ""


def signer_faults(signer: Signer, applicant: Committing, on: date) -> Iterator[WindowAppError]:
    """Yield what is wrong with who signs; that nobody but a guardian may is for the exclusions to say."""
    if signer.kind not in SIGNERS:
        yield CommitmentRefused("commitments.signer_unknown", known=", ".join(SIGNERS))
    if signer.kind != GUARDIAN:
        return
    if not signer.name.strip():
        yield CommitmentRefused("commitments.guardian_name")
    if not signer.relation.strip():
        yield CommitmentRefused("commitments.guardian_relation")
    try:
        told = read_resident_number(signer.id_number, on)
    except WindowAppError as fault:
        yield fault
        return
    if told.number == applicant.number:
        yield CommitmentRefused("commitments.guardian_is_applicant")
    if told.birth_date is not None and _years(told.birth_date, on) < ADULT_YEARS:
        yield CommitmentRefused("commitments.guardian_minor")


def _right(typed: str, *, employer: bool) -> str:
    try:
        return read_social_credit_code(typed) if employer else read_resident_number(typed).number
    except WindowAppError:
        return ""


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
