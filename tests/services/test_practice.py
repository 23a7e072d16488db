"""The practice hall: realistic cases and drafts, made through the real services, completed after a kill."""

from datetime import UTC, datetime
from pathlib import Path

from window_app.app import SAMPLES_WANTED, Entrance
from window_app.clock import FixedClock
from window_app.services import practice

NOW = FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


def test_a_practice_hall_opens_with_a_dozen_cases_and_two_drafts(tmp_path: Path) -> None:
    entrance = Entrance(tmp_path / "data", NOW)
    entrance.create_practice()
    hall = entrance.describe()
    assert hall is not None
    assert hall.practice
    desk = entrance.sign_in()
    try:
        assert desk.tracking.count() >= 12
        assert len(desk.reception.drafts()) == 2
        rows = desk.tracking.window(None, 50)
        assert len({row.number for row in rows}) == len(rows)
        assert all(row.number.startswith("000000-") for row in rows)
        assert all(row.received_on <= NOW.today() for row in rows)
        assert desk.papers.unsettled()
    finally:
        desk.close()


def test_filling_twice_doubles_nothing(tmp_path: Path) -> None:
    entrance = Entrance(tmp_path / "data", NOW)
    entrance.create_practice()
    (tmp_path / "data" / SAMPLES_WANTED).touch()
    entrance.create_practice()
    desk = entrance.sign_in()
    try:
        assert desk.tracking.count() == sum(
            len([m for m in one.intake["matters"] if m["route"]]) for one in practice.samples() if not one.draft
        )
        assert len(desk.reception.drafts()) == 2
    finally:
        desk.close()


def test_an_empty_practice_hall_is_not_filled_behind_the_back(tmp_path: Path) -> None:
    entrance = Entrance(tmp_path / "data", NOW)
    entrance.practise().close()
    entrance.create_practice()
    desk = entrance.sign_in()
    try:
        assert desk.tracking.count() == 0
    finally:
        desk.close()
