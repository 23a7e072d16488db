"""Figures of commitments, held against a count of its own over the raw events."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.services.offices import District, Place

from window_app.cli import main
from window_app.domain.commitments import commitment_id_for
from window_app.domain.events import Confidentiality, Event, EventType, NewEvent, Stream, StreamKind
from window_app.errors import WindowAppError
from window_app.services.authors import author_of
from window_app.services.session import Session

DAY = date(2026, 11, 20)
LIVES = ("made", "exempt", "withdrawn", "true", "unclear", "found", "noticed", "upheld", "ended", "revoked", "struck")
AGAINST = ("ended", "corrected", "revoked")


def say(place: Place, number: str, clerk: str, kind: str, **facts: object) -> None:
    """Put an event about a commitment on record as its author would."""
    author = author_of(place.records.station(), Session(clerk, "经办人"))
    about = Stream(StreamKind.CASE, place.file(number).case_id)
    event = NewEvent(about, kind, facts=facts, tokens=("ab" * 32,), confidentiality=Confidentiality.RESTRICTED)
    with place.records.unit_of_work() as work:
        work.append(author, [event])


def make(counter: Place, number: str, material: str, life: str, on: date) -> None:
    named = str(commitment_id_for(counter.file(number).case_id, material))
    verification = "exempt" if life == "exempt" else "after"
    said = {"code": "unemployment_ending", "material": material, "verification": verification, "signer": "applicant"}
    say(counter, number, "c1", EventType.COMMITMENT_MADE, commitment=named, made_on=on.isoformat(), **said)
    if life == "withdrawn":
        say(counter, number, "c1", EventType.COMMITMENT_WITHDRAWN, commitment=named, withdrawn_on=on.isoformat())


def go_on(office: Place, number: str, material: str, life: str) -> None:
    """Let the office go so far with a commitment."""
    named = {"commitment": str(commitment_id_for(office.file(number).case_id, material))}
    if life in ("made", "exempt", "withdrawn"):
        return
    result = {"true": "true", "unclear": "unclear"}.get(life, "false")
    say(office, number, "j7", EventType.COMMITMENT_VERIFIED, **named, result=result, method="online")
    if life in ("true", "unclear", "found"):
        return
    if life != "upheld":
        say(office, number, "j7", EventType.COMMITMENT_HEARING, **named, step="notice")
    if life in ("upheld", "noticed"):
        outcome = "upheld"
    else:
        outcome = "ended" if life == "struck" else life
        say(office, number, "j7", EventType.COMMITMENT_HEARING, **named, step="heard")
    if life == "noticed":
        return
    say(office, number, "j8", EventType.COMMITMENT_DECIDED, **named, outcome=outcome, decision_number=f"N-{material}")
    if life == "struck":
        say(office, number, "j8", EventType.COMMITMENT_OBJECTED, **named)
        say(office, number, "j9", EventType.OBJECTION_DECIDED, **named, result="struck", decision_number="N-9")


def counted_apart(events: Iterable[Event], first: date, last: date) -> dict[str, int]:
    """Count over raw events, without the fold and without the service."""
    held = list(events)
    visits = {e.stream.id: e.facts["visit_id"] for e in held if e.type == "MatterReceived"}
    made = {
        e.facts["commitment"]: e
        for e in held
        if e.type == "CommitmentMade" and first <= date.fromisoformat(e.facts["made_on"]) <= last
    }
    ids: dict[str, set[str]] = {}
    for event in held:
        for key in ("result", "outcome"):
            if event.type != "CommitmentMade" and key in event.facts:
                ids.setdefault(f"{event.type} {event.facts[key]}", set()).add(event.facts["commitment"])
        ids.setdefault(event.type, set()).add(str(event.facts.get("commitment")))
    none: set[str] = set()
    withdrawn = ids.get("CommitmentWithdrawn", none)
    struck = ids.get("ObjectionDecided struck", none)
    false = {one for word in AGAINST for one in ids.get(f"CommitmentDecided {word}", none)} - struck
    answered = ids.get("CommitmentVerified true", none) | ids.get("CommitmentVerified false", none)
    confirmed = ids.get("CommitmentVerified true", none) | ids.get("CommitmentDecided upheld", none) | struck
    exempt = {one for one, e in made.items() if e.facts["verification"] == "exempt"}
    standing = set(made) - withdrawn - false
    found = Counter(
        made=len(made),
        certificates=len(standing),
        trips=len({visits[made[one].stream.id] for one in standing}),
        withdrawn=len(withdrawn & set(made)),
        exempt=len(exempt - withdrawn),
        waiting=len(set(made) - withdrawn - answered - exempt),
        verified=len(answered & set(made)),
        confirmed=len(confirmed & set(made)),
        doubted=len((answered & set(made)) - confirmed - false),
        false=len(false & set(made)),
    )
    return dict(found)


def test_the_figures_are_those_of_the_raw_events_by_matter_and_month(district: District) -> None:
    counter, office = district.open("A1C1"), district.open("J1C1", "inspection", "j7")
    chance = Random(20261120)
    lives = [(name, life) for name in ("01", "02") for life in LIVES]
    numbers = {name: counter.receive(name) for name in ("01", "02")}
    days = {at: DAY - timedelta(days=chance.randrange(0, 70)) for at in range(len(lives))}
    for at, (name, life) in enumerate(lives):
        make(counter, numbers[name], f"material_{at}", life, days[at])
    district.carry()
    for at, (name, life) in enumerate(lives):
        go_on(office, numbers[name], f"material_{at}", life)
    district.carry()
    for place in (counter, office):
        figures = place.desk.commitments.figures
        cases = {name: place.records.events(place.file(number).case_id) for name, number in numbers.items()}
        everything = [event for events in cases.values() for event in events]
        for first, last in ((DAY - timedelta(days=90), DAY), (DAY - timedelta(days=30), DAY - timedelta(days=2))):
            made = figures.of(first, last)
            assert asdict(made.total) == counted_apart(everything, first, last)
            for code, _, counts in made.by_matter:
                of_matter = [e for events in cases.values() for e in events if _matter(events) == code]
                assert asdict(counts) == counted_apart(of_matter, first, last)
            for month, counts in made.by_month:
                begin = max(first, date.fromisoformat(f"{month}-01"))
                end = min(last, (begin.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))
                assert asdict(counts) == counted_apart(everything, begin, end)
            assert sum(counts.made for _, counts in made.by_month) == made.total.made
    assert figures.of(DAY - timedelta(days=90), DAY).total.made == len(lives)


def _matter(events: Iterable[Event]) -> str:
    return next(str(event.facts["matter"]) for event in events if event.type == "MatterReceived")


def test_a_period_that_ends_before_it_begins_is_refused(district: District) -> None:
    with pytest.raises(WindowAppError) as caught:
        district.open("A1C1").desk.commitments.figures.of(DAY, DAY - timedelta(days=1))
    assert caught.value.code == "commitments.period"


def test_the_command_says_the_figures_as_json(
    district: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counter = district.open("A1C1")
    number = counter.receive("01")
    make(counter, number, "material_1", "made", DAY)
    counter.desk.close()
    district.places.clear()
    figures = ["commitments", "figures", "--from", "2026-01-01", "--to", "2026-12-31"]
    assert main(["--data", str(tmp_path / "A1C1"), *figures]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["from"], said["to"], said["made"], said["certificates"], said["trips"]) == (
        *("2026-01-01", "2026-12-31"),
        *(1, 1, 1),
    )
    assert [one["month"] for one in said["by_month"]] == ["2026-11"]
