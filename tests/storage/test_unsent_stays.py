"""What the centre has not confirmed stays, byte for byte, whatever tends the store or takes a right away."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import DISTRICT, Feed
from tests.sync.signed import entries

from window_app.domain.line import OwnBatch
from window_app.storage import store
from window_app.storage.opened import Store


def revoke_its_station(records: Store) -> None:
    """Say in the directory that this station is revoked, and its keys with it."""
    own = records.station()
    said = {"entry": "station", "station_id": str(own.station_id), "kind": own.kind, "name": own.name, "hall": "",
            "office": None, "issue_code": own.issue_code, "status": "revoked"}  # fmt: skip
    records.apply_directory(entries(json.dumps(said).encode()))


def revoke_who_received(records: Store) -> None:
    """Take the slot of the clerk who received away; the data key changes."""
    records.admit_clerk("0013", "李娜", password="another good one", profile=store.CHEAP)
    records.revoke_clerk(halls.CLERK.code)


def refuse_all(records: Store) -> None:
    """Note that the centre would have none of it."""
    records.note_outcome(1, 1000, "refused", "line.quarantined")


def forget_what_may_be(records: Store) -> None:
    """Forget what an office holds, long after every backup."""
    records.forget_confidential(0, halls.NOW + timedelta(days=4000))


def follow_and_lose_the_feed(records: Store) -> None:
    """Step a feed back behind its beginning and believe nothing that the centre said."""
    records.begin_feed(DISTRICT, None)
    records.doubt(records.station().station_id, 0)
    records.step_back(DISTRICT, 1000)
    records.note_acked(0, "another epoch")


def discard_a_draft(records: Store) -> None:
    """Discard what was only begun."""
    with records.unit_of_work() as work:
        work.drop_draft(records.station().station_id)


TENDED: tuple[Callable[[Store], object], ...] = (
    Store.rebuild, Store.tidy, Store.integrity, Store.see_set_apart, revoke_its_station, revoke_who_received,
    refuse_all, forget_what_may_be, follow_and_lose_the_feed, discard_a_draft,
)  # fmt: skip


def unsent(records: Store) -> OwnBatch | None:
    """What would be handed in now, with its bodies."""
    return records.own_batch(records.acked(), 1000)


@pytest.mark.parametrize("tend", TENDED, ids=lambda one: one.__name__)
@pytest.mark.parametrize("confidential", [False, True], ids=["open", "confidential"])
def test_unsent_work_stays_whatever_is_done_with_the_store(
    records: Store, hall: Path, tend: Callable[[Store], object], confidential: bool
) -> None:
    taken = [halls.take_in(records, confidential=confidential) for _ in range(2)]
    before = unsent(records)
    assert before is not None
    assert (len(before.events), all(event.body for event in before.events)) == (8, True)
    tend(records)
    assert unsent(records) == before
    assert records.count_outbox() == len(records.outbox(100)) == 8
    assert records.get_case(taken[0].case_id).number == taken[0].number
    clerk = ("0013", "another good one") if tend is revoke_who_received else (halls.CLERK.code, halls.CLERK.password)
    records.close()
    again = store.open(hall, *clerk, clock=halls.CLOCK)
    assert unsent(again) == before
    again.close()


def test_a_page_that_says_otherwise_at_its_place_takes_no_unsent_event_away(ours: Store, other: Store) -> None:
    halls.take_in(ours)
    before = unsent(ours)
    assert before is not None
    feed = Feed()
    halls.take_in(other)
    feed.take(other)
    own = ours.station().station_id
    for at, event in enumerate(feed.events):
        feed.events[at] = replace(event, station_id=own)
    feed.bring(ours, bodies=feeds.everything)
    assert unsent(ours) == before
    assert ours.count_outbox() == 4
