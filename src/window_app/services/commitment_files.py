"""A person's commitments across cases, with articles, and her standing on the list; all of this store in a row.

API: `of_number(number)` takes an identity number, a credit code or a receipt number; `rows(...)` lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from window_app.domain.assessment import Text
from window_app.domain.commitment_ports import CommitmentRow
from window_app.domain.commitments import Commitment, fold_commitments
from window_app.domain.credit import Listing, made_while_listed, refusing
from window_app.domain.parties import PartyKind
from window_app.domain.ports import CaseRow
from window_app.domain.receipt_numbers import ReceiptNumberInvalid, find_in, parse
from window_app.domain.tokens import lookup_token, normalised_number
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.identity import read_resident_number, read_social_credit_code
from window_app.services.case_files import CaseFile
from window_app.services.commitment_offers import CommitmentOffers
from window_app.services.commitment_persons import CommitmentRefused
from window_app.services.commitments import Store
from window_app.services.informants import without_informant

MOST = 500


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A commitment of a person.

    Attributes:
        title: of the certificate it stands for; its code where the definitions do not know it any more.
        case: None where its receiving is not held here.
        while_listed: periods on the list in which it could not have been made.
    """

    commitment: Commitment
    title: Text
    case: CaseRow | None
    while_listed: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What is known here of a person's commitments.

    Attributes:
        entries: oldest first.
        listings: periods on the list, ended ones too; `refusing` those for which a new commitment is refused now.
    """

    entries: tuple[FileEntry, ...]
    listings: tuple[Listing, ...]
    refusing: tuple[Listing, ...]


class CommitmentFiles:
    """Reads commitments by person."""

    def __init__(
        self, records: Store, definitions: DefinitionSet, offers: CommitmentOffers, district_key: bytes
    ) -> None:
        """Keep the tools; `offers` knows what list and events tell together."""
        self._records = records
        self._definitions = definitions
        self._offers = offers
        self._district_key = district_key

    def of_number(self, number: str) -> PersonFile:
        """Return the file of whoever has an identity number or credit code, or made the commitments of a case.

        Raises:
            CommitmentRefused: it is none of these, or no such case is held here.
        """
        return self.of_tokens(self._tokens(number))

    def of_tokens(self, tokens: Iterable[str]) -> PersonFile:
        """Return the file of a person by lookup tokens; an empty one where nothing is known."""
        standing = self._offers.standing(tokens)
        ordered = sorted(standing.commitments, key=lambda one: (one.made_at, one.made_event.int))
        entries = tuple(self._entry(one, standing.listings) for one in ordered)
        return PersonFile(entries, standing.listings, refusing(standing.listings))

    def of_case(self, file: CaseFile) -> tuple[Commitment, ...]:
        """Return the commitments of a case that lies open."""
        return fold_commitments(file.events)

    def rows(self, *, to_verify: bool = False, limit: int = MOST) -> tuple[CommitmentRow, ...]:
        """Return the commitments of this store: those to verify, nearest date first, or all, newest first."""
        return self._records.commitment_rows(to_verify=to_verify, limit=limit)

    def title(self, code: str) -> Text:
        """Return what the certificate of a commitment is called."""
        known = self._definitions.commitments.get(code)
        return {"zh": code, "en": code} if known is None else known.certificate

    def case(self, commitment: Commitment | CommitmentRow) -> CaseRow | None:
        """Return the case of a commitment, without an informant; None where it is not held here."""
        try:
            return without_informant(self._records.get_case(commitment.case_id))
        except KeyError:
            return None

    def _entry(self, commitment: Commitment, listings: tuple[Listing, ...]) -> FileEntry:
        caught = made_while_listed(commitment, listings)
        return FileEntry(commitment, self.title(commitment.code), self.case(commitment), caught)

    def _tokens(self, number: str) -> tuple[str, ...]:
        row = self._records.find_case(number) if _is_receipt(number) else None
        if row is not None:
            held = self._records.commitments_in(row.case_id)
            return tuple(dict.fromkeys(one.tokens[0] for one in held if one.tokens))
        kinds = ((PartyKind.PERSON, read_resident_number), (PartyKind.EMPLOYER, read_social_credit_code))
        for kind, read in kinds:
            try:
                read(number)
            except WindowAppError:
                continue
            return (lookup_token(self._district_key, kind.value, normalised_number(number)),)
        raise CommitmentRefused("commitments.nobody")


def _is_receipt(number: str) -> bool:
    try:
        find_in(number) or parse(number)
    except ReceiptNumberInvalid:
        return False
    return True
