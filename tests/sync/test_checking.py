"""Whatever the centre hands out that its author did not sign is stopped before it is written."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.sync.signed import FEED, ROOT_KEY, Author, altered, checkpoint, entries, page

from window_app.domain.events import chain_hash
from window_app.domain.line import Cursor, PageDamaged, PulledEvent, SignedBatch
from window_app.sync.checking import AuthorUnknown, Checks, Start

BEGINNING = Cursor()


@pytest.fixture
def counter() -> Author:
    return Author(3)


@pytest.fixture
def other() -> Author:
    return Author(4)


@pytest.fixture
def asked() -> list[str]:
    """Key ids that the directory was asked for."""
    return []


@pytest.fixture
def checks(counter: Author, other: Author, asked: list[str]) -> Checks:
    known = {(one.station_id, one.key_id): one.public for one in (counter, other)}

    def find(station_id: UUID, key_id: str) -> bytes | None:
        asked.append(key_id)
        return known.get((station_id, key_id))

    return Checks(ROOT_KEY, find)


def stretch(author: Author, count: int = 3) -> tuple[tuple[PulledEvent, ...], SignedBatch]:
    events = tuple(author.seal(fseq) for fseq in range(1, count + 1))
    return events, author.batch(*events)


def stopped(checks: Checks, given, cursor: Cursor = BEGINNING, limit: int = 100) -> str:
    with pytest.raises(PageDamaged) as raised:
        checks.page(given, FEED, cursor, limit)
    return str(raised.value.params["part"])


def test_a_page_that_its_author_signed_passes(checks, counter):
    events, batch = stretch(counter)
    checks.page(page(*events, batches=(batch,)), FEED, BEGINNING, 100)


def test_an_empty_page_at_the_head_passes(checks):
    checks.page(page(batches=(), after=9), FEED, Cursor(9, UUID(int=1)), 100)


def test_a_reader_of_some_events_of_a_batch_can_check_these(checks, counter):
    events, batch = stretch(counter, 5)
    alone = altered(events[3], fseq=1)
    checks.page(page(alone, batches=(batch,)), FEED, BEGINNING, 100)


def test_events_of_two_authors_may_stand_in_any_order(checks, counter, other):
    mine, theirs = counter.seal(2), other.seal(1)
    checks.page(page(theirs, mine, batches=(counter.batch(mine), other.batch(theirs))), FEED, BEGINNING, 100)


def test_an_event_without_a_body_passes(checks, counter):
    events, batch = stretch(counter, 1)
    checks.page(page(altered(events[0], body=None), batches=(batch,)), FEED, BEGINNING, 100)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"envelope": b"{}"}, "chain"),
        ({"previous": "0" * 64}, "chain"),
        ({"link": "0" * 64}, "chain"),
        ({"body": b'{"body":{},"salt":"00"}'}, "body"),
        ({"previous": "é"}, "chain"),
        ({"station_id": UUID(int=4)}, "batch"),
        ({"lseq": 2}, "batch"),
    ],
)
def test_an_altered_event_is_stopped(checks, counter, change, part):
    events, batch = stretch(counter, 1)
    assert stopped(checks, page(altered(events[0], **change), batches=(batch,))) == part


def test_an_envelope_that_nobody_can_read_passes_as_its_author_signed_it(checks, counter):
    for envelope in (b"\x00\xff", b"[]", b'{"lseq":7}', b"[" * 100_000):
        odd = replace(counter.seal(1), envelope=envelope)
        odd = replace(odd, link=chain_hash(odd.previous, envelope))
        checks.page(page(odd, batches=(counter.batch(odd),)), FEED, BEGINNING, 100)


def test_an_event_that_stands_in_no_batch_is_stopped(checks, counter):
    events, batch = stretch(counter, 2)
    assert stopped(checks, page(*events, batches=(counter.batch(events[0]),))) == "batch"
    assert stopped(checks, page(*events, batches=())) == "batch"
    assert batch.links[1] == events[1].link


def test_a_forged_signature_is_stopped(checks, counter):
    events, batch = stretch(counter)
    forged = replace(batch, signature=("0" if batch.signature[0] != "0" else "1") + batch.signature[1:])
    assert stopped(checks, page(*events, batches=(forged,))) == "signature"
    assert stopped(checks, page(*events, batches=(replace(batch, signature="none"),))) == "signature"


def test_a_batch_signed_by_another_station_is_stopped(checks, counter, other):
    events, _ = stretch(counter)
    by_other = replace(other.batch(*events), station_id=counter.station_id)
    assert stopped(checks, page(*events, batches=(by_other,))) == "author"


def test_a_signature_that_held_before_does_not_carry_other_links(checks, counter):
    events, batch = stretch(counter, 2)
    checks.page(page(*events, batches=(batch,)), FEED, BEGINNING, 100)
    foreign = counter.seal(3)
    widened = replace(batch, links=(*batch.links, foreign.link))
    assert stopped(checks, page(*events, foreign, batches=(widened,))) in ("batch", "signature")


@pytest.mark.parametrize(
    ("after", "cut", "head"), [(0, slice(1, 3), None), (1, slice(0, 3), None), (0, slice(0, 2), 1)]
)
def test_a_page_with_a_hole_is_stopped(checks, counter, after, cut, head):
    events, batch = stretch(counter)
    given = page(*events[cut], batches=(batch,), after=after, head=head)
    assert stopped(checks, given, Cursor(after, None)) == "dense"


def test_an_empty_page_below_the_head_is_a_hole(checks):
    assert stopped(checks, page(batches=(), after=3, head=4), Cursor(3, UUID(int=1))) == "dense"


def test_a_page_of_another_feed_or_place_is_stopped(checks, counter):
    events, batch = stretch(counter)
    assert stopped(checks, replace(page(*events, batches=(batch,)), feed="310102")) == "dense"
    assert stopped(checks, page(*events, batches=(batch,)), limit=2) == "dense"


def test_an_author_whom_the_directory_does_not_name_is_told_apart(checks):
    stranger = Author(9)
    events, batch = stretch(stranger)
    with pytest.raises(AuthorUnknown):
        checks.page(page(*events, batches=(batch,)), FEED, BEGINNING, 100)


def test_a_key_is_looked_up_once_until_the_directory_changes(checks, counter, asked):
    events, batch = stretch(counter)
    for _ in range(3):
        checks.page(page(*events, batches=(batch,)), FEED, BEGINNING, 100)
    assert asked == [counter.key_id]
    checks.forget_keys()
    checks.page(page(*events, batches=(batch,)), FEED, BEGINNING, 100)
    assert asked == [counter.key_id] * 2


def test_the_directory_passes_as_the_root_key_signed_it(checks):
    made = entries(b"{}", b'{"kind":"key"}', b"{}")
    checks.directory(made, 0, "")
    checks.directory(made[1:], 1, made[0].link)


@pytest.mark.parametrize(
    "change", [{"content": b"[]"}, {"previous": "0" * 64}, {"dseq": 5}, {"signature": "00" * 64}, {"signature": "x"}]
)
def test_an_altered_directory_is_stopped(checks, change):
    made = entries(b"{}", b"{}", b"{}")
    with pytest.raises(PageDamaged):
        checks.directory((made[0], replace(made[1], **change), made[2]), 0, "")


def test_a_directory_entry_left_out_is_noticed(checks):
    made = entries(b"{}", b"{}", b"{}")
    with pytest.raises(PageDamaged):
        checks.directory((made[0], made[2]), 0, "")


def test_a_checkpoint_says_where_to_begin(checks):
    assert checks.checkpoint(FEED, checkpoint()) == Start(7, (UUID(int=5),))


def test_a_checkpoint_of_another_feed_or_hand_is_stopped(checks):
    made = checkpoint()
    for given in (checkpoint("310102"), replace(made, content=made.content + b" "), checkpoint(open_cases=3)):
        with pytest.raises(PageDamaged):
            checks.checkpoint(FEED, given)
