"""The list of false commitments in the directory: who may write it, and what an entry without force does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from tests.central.pen import Ends, Pen
from tests.postgres import CentreDatabase

from window_app.central.directory import check_directory, first_fault, read_directory
from window_app.central.schema import own_root
from window_app.domain.credit_list import CreditStanding, ListEntry, entry_id_for
from window_app.domain.line import DirectoryEntry, StationRefused, directory_bytes
from window_app.sync.postgres import PostgresCentre

TOKEN = "ab" * 32
TYPES = {
    CreditStanding.LISTED: "CreditListed",
    CreditStanding.REPAIRED: "CreditRepaired",
    CreditStanding.STRUCK: "ObjectionDecided",
}


@dataclass
class Office:
    """An office with a case, its commitment found false, and its way to the directory."""

    pen: Pen
    end: PostgresCentre
    case_id: UUID
    commitment: UUID
    name: str

    def decide(self, standing: CreditStanding = CreditStanding.LISTED, **changes: Any) -> ListEntry:
        """Have the office decide, hand the event in and return the entry that it calls for."""
        facts = {
            "commitment": str(self.commitment),
            "decision_number": "示范人社失信〔2026〕1号",
            "since": "2026-11-21",
        }
        facts.update({"result": "struck"} if standing is CreditStanding.STRUCK else {})
        event = self.pen.write(TYPES[standing], self.case_id, facts=facts, tokens=[TOKEN])
        self.pen.push(self.end)
        made = ListEntry(
            entry_id_for(event), standing, TOKEN, self.commitment, event, date(2026, 11, 21),
            facts["decision_number"], self.name, self.pen.key_id,
        )  # fmt: skip
        return replace(made, **changes)

    def directory(self) -> tuple[DirectoryEntry, ...]:
        return self.end.pull_directory(0, "", 1000)

    def append(self, entry: ListEntry, key: Pen | None = None, through: PostgresCentre | None = None) -> bool:
        """Sign an entry for the end of the directory and hand it in."""
        last = self.directory()[-1]
        content = entry.content()
        signature = (key or self.pen).key.sign(directory_bytes(last.dseq + 1, last.link, content)).hex()
        return (through or self.end).append_credit(last.dseq + 1, last.link, content, signature)


OfficeNamed = Callable[[str], Office]


@pytest.fixture
def office(ends: Ends) -> OfficeNamed:
    """Offices of the centre, each with the one case of the eastern counter."""
    counter = ends.pen("east")
    case_id, commitment = counter.receive(), uuid4()
    counter.push(ends["east"])

    def of(name: str) -> Office:
        return Office(ends.pen(name), ends[name], case_id, commitment, name)

    return of


def faults(centre: CentreDatabase) -> dict[int, str]:
    with psycopg.connect(centre.dsn_admin) as connection:
        entries = read_directory(connection)
    return dict(check_directory(entries, centre.keys.root_key).without_force)


def refused(office: Office, entry: ListEntry, code: str, **others: Any) -> None:
    """Hold an entry to be refused, and the directory to stay as it was."""
    before = office.directory()
    with pytest.raises(StationRefused) as told:
        office.append(entry, **others)
    assert told.value.code == code
    assert office.directory() == before


def test_what_an_office_decided_stands_in_the_directory_once(office: OfficeNamed, centre: CentreDatabase) -> None:
    arbitration = office("arbitration")
    entry = arbitration.decide()
    before = arbitration.directory()
    assert arbitration.append(entry)
    assert arbitration.append(entry), "handed in again after a lost answer"
    assert arbitration.directory()[:-1] == before
    assert arbitration.directory()[-1].content == entry.content()
    assert arbitration.append(arbitration.decide(CreditStanding.REPAIRED))
    assert len(arbitration.directory()) == len(before) + 2
    assert faults(centre) == {}
    said = centre.administration.audit()
    assert (said["ok"], said["directory"]) == (True, len(before) + 2)
    centre.enrol("north")
    assert centre.administration.audit()["ok"], "the root key goes on behind an office's entry"


def test_whoever_signed_for_another_end_of_the_directory_reads_on_and_signs_anew(
    office: OfficeNamed, centre: CentreDatabase
) -> None:
    arbitration = office("arbitration")
    entry = arbitration.decide()
    last = arbitration.directory()[-1]
    centre.enrol("north")
    signature = arbitration.pen.key.sign(directory_bytes(last.dseq + 1, last.link, entry.content())).hex()
    assert not arbitration.end.append_credit(last.dseq + 1, last.link, entry.content(), signature)
    assert arbitration.append(entry)
    assert faults(centre) == {}


def test_a_counter_and_a_revoked_office_list_nobody(office: OfficeNamed, ends: Ends, centre: CentreDatabase) -> None:
    arbitration = office("arbitration")
    entry = arbitration.decide()
    refused(arbitration, entry, "credit.no_right", through=ends["west"], key=ends.pen("west"))
    centre.administration.revoke(arbitration.pen.station_id)
    last = DirectoryEntry(1, "", b"", "")
    with pytest.raises(StationRefused):
        arbitration.end.append_credit(last.dseq, last.previous, entry.content(), "0" * 128)
    arbitration.end.hello()
    with pytest.raises(StationRefused) as told:
        arbitration.end.append_credit(last.dseq, last.previous, entry.content(), "0" * 128)
    assert told.value.code == "line.revoked"


def test_an_office_speaks_for_itself_alone(office: OfficeNamed) -> None:
    arbitration, inspection = office("arbitration"), office("inspection")
    entry = arbitration.decide()
    refused(arbitration, replace(entry, office="inspection"), "credit.no_right")
    refused(inspection, entry, "credit.no_right")
    refused(inspection, replace(entry, office="inspection"), "credit.undecided")
    assert arbitration.append(entry)
    refused(inspection, inspection.decide(CreditStanding.REPAIRED), "credit.no_right")
    refused(inspection, inspection.decide(CreditStanding.STRUCK), "credit.no_right")


def test_a_person_whom_no_decision_names_is_not_listed(office: OfficeNamed) -> None:
    arbitration = office("arbitration")
    entry = arbitration.decide()
    for wrong in (
        {"token": "cd" * 32},
        {"event_id": uuid4()},
        {"commitment_id": uuid4()},
        {"decision_number": "另一号"},
        {"standing": CreditStanding.STRUCK},
    ):
        refused(arbitration, replace(entry, **wrong), "credit.undecided")
    repaired = arbitration.decide(CreditStanding.REPAIRED)
    refused(arbitration, repaired, "credit.no_right")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"entry":"credit"}', b"{}" + b" " * 5000])
def test_what_is_no_entry_is_refused(office: OfficeNamed, content: bytes) -> None:
    arbitration = office("arbitration")
    before = arbitration.directory()
    with pytest.raises(StationRefused):
        arbitration.end.append_credit(before[-1].dseq + 1, before[-1].link, content, "0" * 128)
    with pytest.raises(StationRefused):
        arbitration.end.append_credit(before[-1].dseq + 1, before[-1].link, arbitration.decide().content(), "short")
    assert arbitration.directory() == before


def test_a_forged_signature_has_no_force_and_is_named_by_the_audit(office: OfficeNamed, centre: CentreDatabase) -> None:
    """The centre cannot check it; every reader does, and the directory goes on behind it."""
    arbitration, inspection = office("arbitration"), office("inspection")
    assert arbitration.append(arbitration.decide(), key=inspection.pen)
    place = len(arbitration.directory())
    centre.enrol("north")
    assert faults(centre) == {place: "signature"}
    said = centre.administration.audit()
    assert (said["ok"], said["first_faults"]) == (False, [{"fault": "credit", "dseq": place, "part": "signature"}])
    with psycopg.connect(centre.dsn_admin) as connection:
        assert first_fault(read_directory(connection), centre.keys.root_key) == place


def test_entries_from_before_a_key_was_lost_keep_their_force_and_later_ones_have_none(
    office: OfficeNamed, centre: CentreDatabase
) -> None:
    arbitration = office("arbitration")
    assert arbitration.append(arbitration.decide())
    centre.administration.revoke(arbitration.pen.station_id, key_lost=True)
    centre.administration.reinstate(arbitration.pen.station_id)
    arbitration.end.hello()
    assert faults(centre) == {}
    assert arbitration.append(arbitration.decide(CreditStanding.REPAIRED))
    assert faults(centre) == {len(arbitration.directory()): "signer_revoked"}


def test_without_the_function_s_own_checks_the_policy_still_refuses(
    office: OfficeNamed, ends: Ends, centre: CentreDatabase
) -> None:
    arbitration = office("arbitration")
    entry = arbitration.decide()
    text = (own_root() / "functions" / "v1" / "credit.sql").read_text("utf-8")
    checks = (
        "me.token_hash IS NULL", "NOT me.active", "me.kind <> 'office'",
        "said ->> 'entry' IS DISTINCT FROM 'credit' OR said ->> 'office' IS DISTINCT FROM me.office",
        "NOT coalesce(sync_v1.is_decided(said), false)",
    )  # fmt: skip
    for check in checks:
        assert text.count(check) == 1
        text = text.replace(check, "false")
    centre.execute("SET ROLE window_app_service; " + text)
    before = arbitration.directory()
    last = before[-1]
    for name, content in (
        ("west", entry.content()),
        ("inspection", entry.content()),
        ("arbitration", replace(entry, office="inspection").content()),
        ("arbitration", entry.content().replace(b'"credit"', b'"station"')),
    ):
        ends[name].hello()
        given = (ends[name]._token, last.dseq + 1, last.link, content, "0" * 128)
        with centre.stations[name].psql() as psql, pytest.raises(errors.InsufficientPrivilege):
            psql.execute("SELECT sync_v1.append_credit(%s, %s, %s, %s, %s)", given)
    assert arbitration.directory() == before
    assert arbitration.append(entry), "and what the function is for still works"
