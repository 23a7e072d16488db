"""A report in confidence, from the counter that took it to the inspection that works on it, over a real centre."""

from collections.abc import Callable

import pytest
from tests.services.visits import visit
from tests.sync.centres import DISTRICT, Centre, Station

from window_app import paths, settings
from window_app.app import build_desk
from window_app.domain.events import Confidentiality
from window_app.forms import DefinitionSet, load_definitions
from window_app.services.deciding import Decision
from window_app.services.desk import Desk
from window_app.services.session import Session
from window_app.sync.no_line import NoLine

NAMED = visit("61")
INFORMANT = NAMED["answers"]["applicant"]
SECRETS = [INFORMANT["name"], INFORMANT["id_number"], INFORMANT["phone"], "周日上午"]


@pytest.fixture(scope="session")
def law() -> DefinitionSet:
    return load_definitions(paths.definitions_dir())


@pytest.fixture
def desk_of(law: DefinitionSet) -> Callable[[Station], Desk]:
    def made(at: Station) -> Desk:
        line = NoLine()
        return build_desk(at.directory, at.store, Session("0012", "经办人"), settings.Settings(), at.clock, law, line)

    return made


def test_a_report_reaches_inspection_with_who_made_it_and_nobody_else(
    centre: Centre, east: Station, west: Station, station: Callable[[str], Station], desk_of: Callable[[Station], Desk]
) -> None:
    counter, inspection = desk_of(east), station("inspection")
    draft = counter.intake.from_json(NAMED)
    counter.reception.save(draft)
    assert [one.visitor for one in counter.reception.drafts()] == [""]
    received = counter.receiving.receive(draft)
    (case,) = received.cases
    assert [counter.papers.get(paper).record.kind for paper in case.paper_ids] == ["report_receipt"]
    for at in (east, west, inspection):
        assert at.round().differing == ()
    assert west.store.find_case(case.number) is None
    assert kept_in(centre, DISTRICT) == []
    envelopes = "".join(kept_in(centre, f"{DISTRICT}:confidential"))
    assert [secret for secret in SECRETS if secret in envelopes] == []
    assert case.number in envelopes

    office = desk_of(inspection)
    assert office.office is not None
    (row,) = office.office.queue()
    assert (row.row.number, row.row.matter, row.row.applicant) == (case.number, "report", "")
    with inspection.line() as line:
        assert line.fetch_bodies(case.case_id, "0012", "decide") > 0
    body = office.cases.get(case.number).receiving.body
    assert body is not None
    assert body["answers"]["informant"] == {
        "anonymous": False,
        "name": INFORMANT["name"],
        "id_number": INFORMANT["id_number"],
        "phone": INFORMANT["phone"],
        "way": "phone",
        "reward": False,
        "safe_hours": "周日上午",
    }
    office.office.decide(case.number, Decision("accepted", reason="立即检查"))
    assert inspection.round().outcome == "done"
    assert east.round().outcome == "done"
    seen = counter.tracking.case(case.number)
    assert seen is not None
    assert (seen.state, seen.applicant, seen.decision_number) == ("accepted", "", "")
    for words in (INFORMANT["name"], INFORMANT["name"][1:], INFORMANT["phone"][-4:], INFORMANT["id_number"]):
        assert counter.search.find(words) == office.search.find(words) == ()


def test_an_unnamed_report_holds_no_name_even_where_one_was_typed_before(
    east: Station, desk_of: Callable[[Station], Desk]
) -> None:
    counter = desk_of(east)
    unnamed = {**NAMED, "matters": [dict(NAMED["matters"][0])]}
    told = unnamed["matters"][0]["answers"]
    unnamed["matters"][0]["answers"] = {**told, "informant": {"anonymous": True, "way": "number"}}
    (case,) = counter.receiving.receive(counter.intake.from_json(unnamed)).cases
    (receiving, *_) = counter.tracking.history(case.case_id)
    assert receiving.confidentiality is Confidentiality.CONFIDENTIAL
    assert receiving.body is not None
    assert receiving.body["answers"]["informant"] == {"anonymous": True, "way": "number"}
    assert not any(secret in str(receiving.body) for secret in SECRETS)


def kept_in(centre: Centre, feed: str) -> list[str]:
    """Return the envelopes that the centre keeps in a feed."""
    rows = centre.execute("SELECT envelope FROM centre.event WHERE feed_id = %s ORDER BY fseq", feed)
    return [bytes(row[0]).decode() for row in rows]
