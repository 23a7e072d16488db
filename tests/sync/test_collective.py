"""A case of a thousand people goes to the centre and to who follows it, in batches that a line can carry."""

from dataclasses import replace

import pytest
from tests.services.visits import visit
from tests.sheets.people import pasted, row_of, table_of
from tests.storage import halls
from tests.sync.centres import PASSWORD, Centre

from window_app.app import Entrance, sync_once
from window_app.domain.line import BATCH_MOST
from window_app.services.desk import Desk
from window_app.storage import outbox
from window_app.storage.opened import Store


def take_in(desk: Desk, count: int) -> str:
    """Take a case of so many people in and return its number."""
    draft = desk.intake.from_json(visit("05"))
    draft = replace(draft, answers={name: kept for name, kept in draft.answers.items() if name != "workers"})
    reading = desk.sheets.read(draft, "m1", "workers", pasted(table_of(count)))
    assert len(reading.good) == count
    received = desk.receiving.receive(desk.sheets.add(draft, "m1", reading), clock_confirmed=True)
    return str(received.cases[0].number)


def test_a_case_of_a_thousand_is_at_the_centre_and_at_another_counter_with_every_token(centre: Centre) -> None:
    east = centre.disk("east")
    desk = Entrance(east).sign_in(halls.CLERK.code, PASSWORD)
    number = take_in(desk, 1000)
    desk.close()
    assert sync_once(east, halls.CLERK.code, PASSWORD).outcome == "done"
    west = centre.disk("west")
    assert sync_once(west, halls.CLERK.code, PASSWORD).outcome == "done"
    other = Entrance(west).sign_in(halls.CLERK.code, PASSWORD, runner=None)
    try:
        case = other.tracking.case(number)
        assert case is not None
        assert isinstance(other.upkeep, Store)
        received = next(event for event in other.upkeep.events(case.case_id) if event.type == "MatterReceived")
        assert len(received.tokens) >= 1000
        assert received.body is None
    finally:
        other.close()


def test_a_batch_of_large_cases_is_cut_by_its_bytes_and_never_empty(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH_BYTES", 50_000)
    desk = Entrance(centre.disk("east")).sign_in(halls.CLERK.code, PASSWORD)
    try:
        store = desk.upkeep
        assert isinstance(store, Store)
        before = store.acked()
        number = take_in(desk, 300)
        sizes, after = [], before
        while batch := store.own_batch(after, BATCH_MOST):
            sizes.append([len(event.envelope) + len(event.body or b"") for event in batch.events])
            after += len(batch.events)
        assert all(len(batch) == 1 or sum(batch) <= 50_000 for batch in sizes)
        assert max(map(sum, sizes)) > 50_000
        assert desk.search.find(row_of(299)[1])[0].number == number
    finally:
        desk.close()
