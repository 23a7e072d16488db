"""SIGKILL while outage forms are reserved: no number is given twice, and none that was printed is forgotten."""

import os
import random

import pytest
from tests.storage import halls
from tests.storage.test_kills import run_and_kill

from window_app.domain.events import EventType
from window_app.domain.outage import fold_forms
from window_app.domain.receipt_numbers import parse

pytestmark = [pytest.mark.kill, pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")]
KILLS = int(os.environ.get("WINDOW_APP_KILLS", "4"))

PRINTER = """
import sys
from pathlib import Path
from tests.storage import halls
from window_app.services.outage import OutagePaper
from window_app.services.session import Session
records = halls.enter(Path(sys.argv[1]))
# Law, paper and printer come after the numbers are on record.
outage = OutagePaper(records, Session("0012", "x"), halls.CLOCK, None, None, None, None, None)
print("ready", flush=True)
while True:
    print(*outage.reserve(7)[1], flush=True)
    print(halls.take_in(records).number, flush=True)
"""


def test_no_number_is_given_twice_and_every_one_that_may_have_been_printed_is_on_record(hall):
    halls.make(hall).close()
    chance = random.Random()
    told: list[str] = []
    for _ in range(KILLS):
        told += " ".join(run_and_kill(PRINTER, hall, chance.uniform(0.0, 0.15))).split()
    records = halls.enter(hall)
    events = records.events(halls.STATION.station_id)
    printed = [event for event in events if event.type == EventType.OUTAGE_FORMS_PRINTED]
    reserved = [number for event in printed for number in event.facts["numbers"]]
    taken = [row.number for row in records.cases(None, 1_000_000)]
    assert records.integrity() == ()
    records.close()
    assert set(fold_forms(events)) == set(reserved)
    serials = [parse(number).serial for number in (*reserved, *taken)]
    assert len(set(serials)) == len(serials)
    assert sorted(serials) == list(range(1, len(serials) + 1))
    assert set(told) <= {*reserved, *taken}
