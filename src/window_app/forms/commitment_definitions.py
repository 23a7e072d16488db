"""Commitments in place of certificates: what the catalogue says of each, and what a locality says instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.domain.commitment_words import Verification
from window_app.forms.definitions import read_basis

ANY_MATTER = "*"
"""Stands for every matter that asks for the material."""
NO_AREA = "none"
"""A certificate of no area in which commitments are excluded."""
SAID = ("certificate", "authority", "proves", "replaces", "verification", "method", "published", "who", "proxy")
"""What the catalogue says of a commitment, each verified or only recalled."""


class VerificationMethod(StrEnum):
    """How a commitment is verified."""

    WRITTEN = "written"
    ONLINE = "online"
    ON_SITE = "on_site"
    PUBLIC = "public"


class Committer(StrEnum):
    """Whose commitment it is."""

    NATURAL_PERSON = "natural_person"
    EMPLOYER = "employer"
    BOTH = "both"


class Proxy(StrEnum):
    """Who else may commit for the person: the guardian alone, or nobody."""

    GUARDIAN_ONLY = "guardian_only"
    NONE = "none"


class LiabilityKind(StrEnum):
    """The kinds of liability of which the notice tells."""

    CIVIL = "civil"
    ADMINISTRATIVE = "administrative"
    CRIMINAL = "criminal"


@dataclass(frozen=True, slots=True)
class VerifyWithin:
    """The period for verifying; it runs from the day of the commitment, which does not count."""

    number: int
    unit: str
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether the written commitment is public, and in words: where and how long."""

    public: bool
    text: Text
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Liability:
    """What a false commitment costs beside what the wording tells of every commitment."""

    kind: LiabilityKind
    text: Text
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The matter and the certificate of a commitment that other counters offer, by name, and where that is."""

    matter: Text
    material: Text
    route: str


@dataclass(frozen=True, slots=True)
class CommitmentDefinition:
    """A certificate for which a written commitment may stand.

    Attributes:
        number: its number among the typical certificates of the fact sheet.
        replaces: materials, by code; `matters`: in which matters, `ANY_MATTER` for all that ask for them.
        elsewhere: instead of both: the matter is not taken in here.
        conditions: what the applicant must meet, as the commitment says it.
        verify_within: None where the locality has to set it.
        area: of a certificate in an area where commitments are excluded, which one.
        examination: an examination: nobody commits for another, and who withdrew does not commit again that year.
        notice, commitment: the papers with their wording.
        verified: by name in `SAID`, whether it was held against the source.
        offered: False where the locality's list does not have it.
        locality: who replaced something last; None for the national catalogue.
    """

    code: str
    number: int
    title: Text
    certificate: Text
    authority: Text
    proves: Text
    conditions: Text
    basis: tuple[Citation, ...]
    verification: Verification
    method: tuple[VerificationMethod, ...]
    verify_within: VerifyWithin | None
    published: Publication
    who: Committer
    proxy: Proxy
    notice: str
    commitment: str
    replaces: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    elsewhere: Elsewhere | None = None
    liabilities: tuple[Liability, ...] = ()
    area: str = NO_AREA
    examination: bool = False
    verified: Mapping[str, bool] = field(default_factory=dict)
    offered: bool = True
    locality: str | None = None

    def is_for(self, matter: str, material: str) -> bool:
        """Answer whether it may stand for a material of a matter."""
        return material in self.replaces and (ANY_MATTER in self.matters or matter in self.matters)

    def is_open_to(self, *, employer: bool) -> bool:
        """Answer whether an employer, or a natural person, may make it."""
        return self.who is Committer.BOTH or (self.who is Committer.EMPLOYER) is employer

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts of the exclusion table that the catalogue itself gives."""
        return {
            "commitment_area": self.area,
            "commitment_examination": self.examination,
            "commitment_by": self.who.value,
        }


def read_commitment(mapping: Mapping[str, Any]) -> CommitmentDefinition:
    """Return a commitment from its parsed YAML."""
    matters = mapping.get("matters", ())
    return CommitmentDefinition(
        code=mapping["commitment"],
        number=mapping["number"],
        title=mapping["title"],
        certificate=mapping["certificate"],
        authority=mapping["authority"],
        proves=mapping["proves"],
        conditions=mapping["conditions"],
        basis=read_basis(mapping),
        verification=Verification(mapping["verification"]),
        method=tuple(VerificationMethod(each) for each in mapping["method"]),
        verify_within=_within(mapping.get("verify_within")),
        published=_publication(mapping["published"]),
        who=Committer(mapping["who"]),
        proxy=Proxy(mapping["proxy"]),
        notice=mapping["notice"],
        commitment=mapping["letter"],
        replaces=tuple(mapping.get("replaces", ())),
        matters=(matters,) if isinstance(matters, str) else tuple(matters),
        elsewhere=_elsewhere(mapping.get("elsewhere")),
        liabilities=tuple(
            Liability(LiabilityKind(each["kind"]), each["text"], read_basis(each))
            for each in mapping.get("liabilities", ())
        ),
        area=mapping.get("area", NO_AREA),
        examination=mapping.get("examination", False),
        verified={name: mapping.get("verified", {}).get(name, False) for name in SAID},
    )


def as_in(definition: CommitmentDefinition, change: Mapping[str, Any], locality: str) -> CommitmentDefinition:
    """Return a commitment as a locality has it, by what the locality's file says of it."""
    changes: dict[str, Any] = {"locality": locality}
    if "verification" in change:
        changes["verification"] = Verification(change["verification"])
    if "method" in change:
        changes["method"] = tuple(VerificationMethod(each) for each in change["method"])
    if "verify_within" in change:
        changes["verify_within"] = _within(change["verify_within"])
    if "published" in change:
        changes["published"] = _publication(change["published"])
    if "offered" in change:
        changes["offered"] = change["offered"]
    return replace(definition, **changes)


def _within(mapping: Mapping[str, Any] | None) -> VerifyWithin | None:
    return None if mapping is None else VerifyWithin(mapping["number"], mapping["unit"], read_basis(mapping))


def _publication(mapping: Mapping[str, Any]) -> Publication:
    return Publication(mapping["public"], mapping["text"], read_basis(mapping))


def _elsewhere(mapping: Mapping[str, Any] | None) -> Elsewhere | None:
    return None if mapping is None else Elsewhere(mapping["matter"], mapping["material"], mapping["route"])
