"""SIGKILL of another process while it receives and prints: nothing lost, nothing doubled."""

import time
from pathlib import Path

import pytest
from benchmarks.soak_kill import soak
from tests.forking import ForkedWithPipes

from window_app.app import Entrance

pytestmark = [pytest.mark.kill, pytest.mark.journey]


def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    found = soak(tmp_path / "data", kills=20, seed=20, start=ForkedWithPipes)
    for moment in ("after_the_last_kill", "after_going_on"):
        assert found[moment]["faults"] == []
    whole = found["after_going_on"]
    assert whole["drafts"] == 0
    assert whole.get("not_received", 0) == 0
    assert whole["cases"] >= 1  # how many get through before a kill is the speed of the machine
    assert found["printed"] >= whole["papers"]


@pytest.mark.parametrize("patience", [0.05, 0.15, 0.3, 0.6, 1.0])
def test_setting_up_a_practice_hall_can_be_killed_and_is_completed(tmp_path: Path, patience: float) -> None:
    data = tmp_path / "data"
    child = ForkedWithPipes(["window_app.cli", "--data", str(data), "practice"])
    time.sleep(patience)
    child.kill()
    child.stdout.close()
    entrance = Entrance(data)
    entrance.create_practice()
    desk = entrance.sign_in()
    try:
        assert desk.tracking.count() == 14
        assert len(desk.reception.drafts()) == 2
    finally:
        desk.close()
