"""What came from the centre and was set apart, in the list under the status bar: whose, since when, why, what to do."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.postgres import CentreDatabase
from tests.ui.conftest import Sit
from tests.ui.stations import CHOSEN, StationWindow

from window_app.clock import SystemClock
from window_app.domain.line import PulledEvent
from window_app.services.desk import Desk
from window_app.storage import setting_apart
from window_app.storage.store import Store
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.lists.apart_lines import LEAST_HEIGHT

Collected = Callable[[str], dict[str, Any]]
REASONS = (
    setting_apart.UNREADABLE,
    setting_apart.UNREADABLE,
    setting_apart.OTHER_CONTENT,
    setting_apart.BODY,
    setting_apart.NO_PLACE,
    setting_apart.FOLD,
)


def set_apart(station: StationWindow, author: UUID, reasons: tuple[str, ...]) -> None:
    """Have the store keep what a page brought and could not be taken, two hours ago."""

    def keep(desk: Desk) -> None:
        held = desk.upkeep
        assert isinstance(held, Store)
        with held._database.transaction():
            for at, reason in enumerate(reasons, 1):
                event = PulledEvent(at, author, 40 + at, "", f"{at:064x}", b"{}", None)
                setting_apart.keep(held._database, event, reason, None)
            setting_apart.date(held._database, SystemClock().now() - timedelta(hours=2))

    station.ask(keep)


def test_what_was_set_apart_is_told_by_reason_with_whose_since_when_and_what_to_do(
    sit: Sit, centre: CentreDatabase, collected: Collected
) -> None:
    east = sit("east")
    east.until_sent()
    east.window.resize(1366, 768)
    set_apart(east, centre.stations["west"].enrolment.station.station_id, REASONS)
    screen, bar = east.shell.unsent, east.shell.status.unsent
    east.shell.refresh_status()
    east.keys.wait_until(bar.isVisible)
    assert bar.text().startswith(f"搁置 {len(REASONS)} 条"), "nothing is unsent, yet something lies in the list"
    east.keys.press(Key.Key_L, Held.ControlModifier)
    east.keys.wait_until(lambda: bool(screen.apart.texts))
    east.keys.settle()
    shot(east, "apart_alone")
    told = screen.apart.texts
    assert len(told) == 2 * len(set(REASONS))
    assert "读不出" in told[0]
    assert "west 第 41, 42 号，2 小时前" in told[0]
    assert told[1].startswith("怎么办"), "once under all of one reason"
    assert screen.apart.isVisible()

    east.cut()
    east.receive(collected("02"))
    set_apart(east, UUID(int=7), REASONS * 3)
    east.keys.press(Key.Key_F2)
    east.keys.press(Key.Key_L, Held.ControlModifier)
    east.keys.wait_until(lambda: bool(screen.table.records.rows))
    east.keys.settle()
    shot(east, "apart_and_unsent")
    waiting, apart = east.ask(lambda desk: desk.tracking.count_unsent()), 4 * len(REASONS)
    east.keys.wait_until(lambda: bar.text().startswith(f"待传 {waiting} 条 · 搁置 {apart} 条"))
    assert screen.seen.isVisible()
    east.keys.press(Key.Key_K, Held.ControlModifier)
    east.keys.wait_until(lambda: not screen.seen.isVisible())
    east.keys.wait_until(lambda: bar.text().startswith(f"待传 {waiting} 条  "))
    east.keys.settle()
    shot(east, "apart_seen")
    assert "00000000 第 41, 42, 47" in screen.apart.texts[0], "a station that nobody names"
    assert screen.apart.height() >= LEAST_HEIGHT
    assert screen.table.height() >= 3 * screen.table.rowHeight(0), "the list keeps its room"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_at_twice_the_size_the_list_and_what_stands_below_it_share_the_page(
    sit: Sit, collected: Collected, language: str
) -> None:
    east = sit("east", chosen=replace(CHOSEN, text_scale=200, language=language))
    east.window.resize(1366, 768)
    east.until_sent()
    east.cut()
    east.receive(collected("02"))
    set_apart(east, UUID(int=7), REASONS)
    screen = east.shell.unsent
    east.keys.press(Key.Key_L, Held.ControlModifier)
    east.keys.wait_until(lambda: bool(screen.apart.texts) and bool(screen.table.records.rows))
    east.keys.settle()
    shot(east, f"apart_large_{language}")
    parts = [screen.title, screen.try_now, screen.reason, screen.table, screen._card, screen.apart]
    for reason in ("line.reason.cut", "line.reason.unreachable", "line.refused"):
        screen.show_status(replace(screen.status, reason=reason))
        east.keys.settle()
        tops = [part.mapTo(screen, part.rect().topLeft()).y() for part in parts]
        bottoms = [part.mapTo(screen, part.rect().bottomLeft()).y() for part in parts]
        assert all(below > above for above, below in zip(bottoms, tops[1:], strict=False)), (reason, tops, bottoms)
        assert bottoms[-1] < screen.height()
    shot(east, f"apart_longest_{language}")
    assert screen.table.height() >= 2 * screen.table.rowHeight(0), "the heading and a row at least"
    assert screen.seen.isVisible()


def shot(at: StationWindow, name: str) -> None:
    if os.environ.get("PULL_SHOTS"):
        at.window.grab().save(str(Path(os.environ["PULL_SHOTS"]) / f"{name}.png"))
