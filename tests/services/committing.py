"""A visit to register as unemployed without the certificate that employment ended: the applicant may commit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.services.visits import visit

from window_app.domain.commitment_drafts import COMMIT, GUARDIAN, DraftCommitment, InkSignature, Signer
from window_app.domain.credit_list import CreditStanding, ListEntry, entry_id_for
from window_app.domain.events import Event, canonical_bytes
from window_app.domain.ink import Stroke
from window_app.domain.line import DirectoryEntry, directory_bytes
from window_app.domain.tokens import lookup_token
from window_app.domain.visits import VisitDraft
from window_app.forms.identity import with_check_character
from window_app.services.commitment_offers import Offer
from window_app.services.desk import Desk
from window_app.storage.store import Store

MATERIAL = "ending_certificate"
STROKES: tuple[Stroke, ...] = (((0.1, 0.5, 0), (0.5, 0.2, 80), (0.9, 0.6, 160)),)
APPLICANT = "210102199503172823"
GUARDIAN_NUMBER = with_check_character("21010219600101901")
CHILD_NUMBER = with_check_character("21010220150101901")


def begun(desk: Desk) -> VisitDraft:
    """Return the visit with everything but the certificate."""
    said = visit("71")
    said["materials"] = {"identity": said["materials"]["identity"]}
    return desk.intake.from_json(said)


def offer_of(desk: Desk, draft: VisitDraft) -> Offer:
    """Return what is offered in place of the certificate."""
    (offer,) = desk.commitments.drafts.offers(draft, "m1")
    return offer


def chosen(desk: Desk, draft: VisitDraft | None = None) -> VisitDraft:
    """Return the visit whose applicant chose to commit."""
    return desk.commitments.drafts.choose(draft or begun(desk), "m1", MATERIAL, COMMIT)


def signed(desk: Desk, draft: VisitDraft | None = None) -> VisitDraft:
    """Return the visit with the commitment signed on the screen."""
    return desk.commitments.drafts.sign_in_ink(chosen(desk, draft), "m1", MATERIAL, STROKES)


def by_guardian(desk: Desk, **said: str) -> VisitDraft:
    """Return the visit in which a guardian is to sign; not signed yet."""
    told = {"name": "柳母", "id_number": GUARDIAN_NUMBER, "relation": "母亲", "capacity": "incapable", **said}
    return desk.commitments.drafts.sign_as(chosen(desk), "m1", MATERIAL, Signer(GUARDIAN, **told))


def taken_in(desk: Desk, draft: VisitDraft | None = None) -> str:
    """Take a visit in, with a commitment signed on the screen unless another draft is given; return the number."""
    draft = draft or signed(desk)
    desk.reception.save(draft)
    return desk.receiving.receive(draft).cases[0].number


def history(desk: Desk, number: str) -> tuple[Event, ...]:
    """Return the events of a case."""
    row = desk.tracking.case(number)
    assert row is not None
    return desk.tracking.history(row.case_id)


def prepared(
    desk: Desk, number: str, *, change: Callable[[DraftCommitment], DraftCommitment] | None = None
) -> DraftCommitment:
    """Return a commitment signed on the screen for a received case."""
    (offer,) = desk.commitments.cases.offers_of(number)
    made = DraftCommitment(
        offer.definition.code,
        COMMIT,
        desk.clock.now(),
        Signer(),
        InkSignature(STROKES, desk.clock.now()),
        offer.wording,
    )
    return made if change is None else change(made)


def renamed(draft: VisitDraft, **fields: str) -> VisitDraft:
    """Return the visit with other particulars of the applicant."""
    applicant = {**draft.answers["applicant"], **fields}
    return replace(draft, answers={**draft.answers, "applicant": applicant})


class Directory:
    """A directory with an office that signs entries of the list, as it comes to this hall."""

    def __init__(self, store: Store) -> None:
        """Begin with the office's station and its key; the root key has signed both."""
        self._store, self._key = store, Ed25519PrivateKey.generate()
        self._link, self._dseq = "", 0
        self.station = uuid4()
        station = {"entry": "station", "station_id": str(self.station), "kind": "office", "office": "employment"}
        public = self._key.public_key().public_bytes_raw().hex()
        key = {"entry": "key", "key_id": "office-1", "public": public, "station_id": str(self.station)}
        self._bring(canonical_bytes({**station, "status": "active", "name": "x"}))
        self._bring(canonical_bytes({**key, "revoked": False}))

    def say(self, standing: CreditStanding, since: date, about: UUID | None = None) -> UUID:
        """Bring an entry about the applicant, for a false commitment elsewhere."""
        about, event_id = about or uuid4(), uuid4()
        token = lookup_token(self._store.secrets().district_key, "person", APPLICANT)
        article = {"law": "优化营商环境条例", "article": "44"}
        told = (standing, token, about, event_id, since, "示范〔2026〕1号", "employment", "office-1", (article,))
        self._bring(ListEntry(entry_id_for(event_id), *told).content())
        return about

    def _bring(self, content: bytes) -> None:
        self._dseq += 1
        signature = self._key.sign(directory_bytes(self._dseq, self._link, content)).hex()
        entry = DirectoryEntry(self._dseq, self._link, content, signature)
        assert not self._store.apply_directory([entry])
        self._link = entry.link
