"""Measures of the line: to the centre and from it, many events, one case, nothing at all."""

from collections.abc import Iterator
from functools import partial
from time import perf_counter

from window_app.central.yardstick import BareCentre
from window_app.cli.bench.centres import FEED, MeasuredCentre, MeasuredCounter
from window_app.cli.bench.desks import Halls, visits
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.cli.bench.restating import take_in
from window_app.domain.line import BATCH_MOST, OwnBatch
from window_app.storage.yardstick import BareFeed
from window_app.sync.pulling import MOST_PAGE
from window_app.tasks import TaskRunner

PUSHED_CASES = 1000
PULLED_CASES = 500
PULLED_TURNS = 5
SINGLE_CASES = 200
WARM_UP = 40
ASKED = 500
PAGE = 500


def push(halls: Halls) -> Measure:
    """Measure handing events in, projections on, against COPY of the same rows, batch by batch in turn."""
    del halls
    with MeasuredCentre() as centre, centre.counter("east") as counter:
        counter.centre.hello()
        bare = BareCentre(centre.dsn)
        take_in(counter.desk, PUSHED_CASES)
        ours, floor, rows, bytes_sent = 0.0, 0.0, 0, 0
        for at, batch in enumerate(batches(counter)):
            taken, bared = handed_in(counter, batch), bare.copy(batch, FEED)
            # The first batch makes the centre plan its statements and open its files.
            if at:
                ours, floor, rows = ours + taken, floor + bared, rows + len(batch.events)
                bytes_sent += sum(len(event.envelope) + len(event.body or b"") for event in batch.events)
        bare.close()
    detail = {"rows": rows, "batch": BATCH_MOST, "bytes_a_row": round(bytes_sent / rows)}
    return Measure("1/s", rows / ours, rows / floor, 0.35, at_least=True, detail=detail)


def pull(halls: Halls) -> Measure:
    """Measure rounds that bring another counter's events, checked and with projections, against bare rows in turn.

    Both write at most a page of rows to a transaction.
    """
    del halls
    with (
        TaskRunner() as runner,
        MeasuredCentre() as centre,
        centre.counter("east") as east,
        centre.counter("west") as west,
    ):
        theirs, line = east.line(), west.line(runner)
        line.run()
        bare = BareFeed(centre.folder)
        ours, floor, rows, whole = 0.0, 0.0, 0, True
        for turn in range(PULLED_TURNS):
            take_in(east.desk, PULLED_CASES)
            theirs.run()
            start = perf_counter()
            report = line.run()
            taken, bared = perf_counter() - start, bare.insert_new(west.store, MOST_PAGE)
            # The first turn lets every statement be prepared and every file be opened.
            if turn:
                ours, floor, rows = ours + taken, floor + bared, rows + report.pulled
                whole = whole and report.outcome == "done" and report.compared and not report.differing
        bare.close()
    detail = {"rows": rows, "rounds": PULLED_TURNS - 1, "alike": whole}
    return Measure("1/s", rows / ours, rows / floor, 0.4, at_least=True, detail=detail, also_met=whole)


def push_one(halls: Halls) -> Measure:
    """Measure handing in one case against one row of as many bytes in a transaction of its own, each first in turn."""
    del halls
    ours: list[float] = []
    floor: list[float] = []
    events = 0
    with MeasuredCentre() as centre, centre.counter("east") as counter:
        counter.centre.hello()
        bare = BareCentre(centre.dsn)
        for at, draft in enumerate(visits(counter.desk, WARM_UP + SINGLE_CASES)):
            after = counter.store.acked()
            counter.desk.receiving.receive(draft)
            batch = counter.store.own_batch(after, BATCH_MOST)
            if batch is None:
                raise ValueError(draft.visit_id)
            turns = [(ours, partial(handed_in, counter, batch)), (floor, partial(bare.insert_one, batch, FEED))]
            # Whoever comes first finds the machine as the receiving left it, and takes longer.
            for kept, write in turns if at % 2 else reversed(turns):
                kept.append(write())
            events += len(batch.events)
        bare.close()
    detail = {"events_a_case": round(events / len(ours), 2)}
    value, single = (milliseconds(percentile(kept[WARM_UP:], 0.5)) for kept in (ours, floor))
    return Measure("ms", value, single, 4.0, detail=detail)


def pull_empty(halls: Halls) -> Measure:
    """Measure asking where there is nothing new against `select 1`, turn by turn."""
    del halls
    ours, floor = [], []
    with MeasuredCentre() as centre, centre.counter("east") as counter:
        take_in(counter.desk, WARM_UP)
        counter.line().run()
        counter.centre.hello()
        bare = BareCentre(centre.dsn)
        cursor = counter.store.cursor(FEED)
        for at in range(WARM_UP + ASKED):
            start = perf_counter()
            page = counter.centre.pull(FEED, cursor, PAGE)
            taken = perf_counter() - start
            bared = bare.select_one()
            if page.events:
                raise ValueError(page.head)
            if at >= WARM_UP:
                ours.append(taken)
                floor.append(bared)
        bare.close()
    return Measure("ms", milliseconds(percentile(ours, 0.5)), milliseconds(percentile(floor, 0.5)), 2.5)


def batches(counter: MeasuredCounter) -> Iterator[OwnBatch]:
    """Yield a counter's unsent events, as many at once as may travel together."""
    after = counter.store.acked()
    while (batch := counter.store.own_batch(after, BATCH_MOST)) is not None:
        yield batch
        after = batch.events[-1].lseq


def handed_in(counter: MeasuredCounter, batch: OwnBatch) -> float:
    """Hand a batch in, note that it arrived, and return the seconds that the centre's answer took.

    Raises:
        ValueError: where the centre did not take all of it, so that nothing was measured.
    """
    key_id, signature = counter.signer.key_id(), counter.signer.sign(batch.signed_bytes)
    start = perf_counter()
    answer = counter.centre.push(batch, key_id, signature)
    taken = perf_counter() - start
    if answer.acked != batch.events[-1].lseq or answer.set_aside:
        raise ValueError(answer)
    counter.store.note_acked(answer.acked, answer.epoch)
    return taken
