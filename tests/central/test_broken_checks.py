"""Where a function's own checks are broken, row-level security alone refuses: reading, and handing in."""

from collections import Counter
from typing import Any
from uuid import UUID

import psycopg
import pytest
from tests.central.attacker import token_of
from tests.central.pen import Ends, Pen, whole
from tests.postgres import HIDDEN, HOME, CentreDatabase

from window_app.central.schema import own_root
from window_app.domain.line import LineDown


def test_attack_broken(ends: Ends, centre: CentreDatabase, victim: Pen, attacker: psycopg.Connection[Any]) -> None:
    """The functions' own checks are taken out; what they read is then up to the policies alone."""
    (case, hidden) = (row[0] for row in centre.execute("SELECT case_id FROM centre.case_scope ORDER BY confidential"))
    break_checks(centre)
    token = token_of(ends, "west")
    pulled = "SELECT head, envelopes, bodies FROM sync_v1.pull(%s, %s, 0, NULL, 10)"
    assert attacker.execute(pulled, (token, HIDDEN)).fetchone() == (None, None, None)
    assert attacker.execute(pulled, (b"", HOME)).fetchone() == (None, None, None)
    assert attacker.execute(pulled, (token_of(ends, "east"), HOME)).fetchone() == (None, None, None)
    read = "SELECT contents FROM sync_v1.bodies(%s, %s, 'me', 'to know')"
    assert attacker.execute(read, (token, hidden)).fetchone() == (None,)
    cases = "SELECT envelopes FROM sync_v1.events_of_cases(%s, %s, ARRAY[%s::uuid])"
    assert attacker.execute(cases, (token, HIDDEN, hidden)).fetchone() == (None,)
    assert attacker.execute("SELECT case_id FROM sync_v1.find_case(%s, '3101012')", (token,)).fetchone() == (None,)
    assert attacker.execute("SELECT content FROM sync_v1.find_set(%s, 'x')", (b"",)).fetchone() == (None,)
    counted = "SELECT stations, events FROM sync_v1.counts(%s, %s, 1)"
    assert attacker.execute(counted, (b"", HOME)).fetchone() == (None, None)
    # Of a feed that it does not read a station is told its own counts alone, and this one has none there.
    assert attacker.execute(counted, (token, HIDDEN)).fetchone() == (None, None)
    for feed in (HOME, HIDDEN):
        centre.administration.checkpoint(feed)
    signed = "SELECT content FROM sync_v1.checkpoint(%s, %s)"
    assert attacker.execute(signed, (b"", HOME)).fetchone() == (None,)
    assert attacker.execute(signed, (token, HIDDEN)).fetchone() == (None,)
    assert attacker.execute("SELECT contents FROM sync_v1.pull_directory(%s, 0, '', 9)", (b"",)).fetchone() == (None,)
    # Without the record of the reading there is no body, even of a case that may be read.
    unread = attacker.execute("SELECT bodies FROM sync_v1.pull(%s, %s, 0, NULL, 10)", (token, HOME)).fetchone()
    assert unread == ([None],)
    # And what the functions are for still works.
    assert len(whole(ends["east"], HOME)) == 1
    assert len(ends["west"].bodies(case, "0012", "visitor asks here")) == 1
    assert victim.last == 2


def break_checks(centre: CentreDatabase) -> None:
    """Take every check of session, feed and scope out of the functions that read."""
    taken: Counter[str] = Counter()
    with psycopg.connect(centre.dsn_admin, autocommit=True) as connection:
        connection.execute("SET ROLE window_app_service")
        for name in ("pull", "cases", "sets", "feeds"):
            text = (own_root() / "functions" / "v1" / f"{name}.sql").read_text("utf-8")
            for check in (
                "me.token_hash IS NULL", "NOT coalesce(feed = ANY (me.feeds), false)", "NOT me.active",
                " AND r.feed_id = ANY (me.feeds)", " AND e.feed_id = ANY (me.feeds)",
                "AND (b.class = 'open' OR b.enrolment_id = me.enrolment_id OR b.owner_id = me.enrolment_id)",
            ):  # fmt: skip
                taken[check] += text.count(check)
                text = text.replace(check, "" if check.lstrip().startswith("AND") else "false")
            connection.execute(text.encode())
    assert len(taken) == 6, "the checks are named here as they stand in the functions"
    assert min(taken.values()) > 0, taken


@pytest.mark.parametrize("broken", ["feed", "author", "place", "kept"])
def test_attack_broken_writing(ends: Ends, centre: CentreDatabase, victim: Pen, broken: str) -> None:
    """What push checks before it writes is taken out; what it may write is then up to the policies alone."""
    centre.administration.initialise("310104")
    break_writing(centre, broken, victim.station_id)
    pen = ends.pen("west")
    pen.write("VisitOpened")
    with pytest.raises(LineDown):
        pen.push(ends["west"])
    held = centre.execute("SELECT feed_id, station_id FROM centre.event ORDER BY feed_id")
    assert held == [(HOME, victim.station_id), (HIDDEN, victim.station_id)]
    assert centre.execute("SELECT sum(head)::bigint FROM centre.feed") == [(2,)]
    ((link,),) = centre.execute("SELECT last_link FROM centre.station WHERE station_id = %s", victim.station_id)
    assert link.hex() == victim.written[-1].link


def break_writing(centre: CentreDatabase, broken: str, victim: UUID) -> None:
    """Have push write where or as whom it must not, with the gate's own check of the feed out of the way."""
    another = f"'{victim}'::uuid"
    judge = ("judge", "        me.home || CASE", "        '310104' || CASE")
    changed = {
        "feed": [judge, ("enter", "heads || gate.draw_numbers(entered.feed_id, entered.events, "
                         "given[entered.last].event_id)", "heads || 0::bigint")],
        "author": [("enter", "p.fseq, p.event_id, me.station_id,", f"p.fseq, p.event_id, {another},")],
        "place": [judge],
        "kept": [("push", "SELECT me.station_id, final, first_lseq", f"SELECT {another}, final, first_lseq")],
    }  # fmt: skip
    with psycopg.connect(centre.dsn_admin, autocommit=True) as connection:
        connection.execute("SET ROLE window_app_service")
        for name, said, instead in changed[broken]:
            text = (own_root() / "functions" / "v1" / f"{name}.sql").read_text("utf-8")
            assert text.count(said) == 1, name
            connection.execute(text.replace(said, instead).encode())
