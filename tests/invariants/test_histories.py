"""Invariants 1 to 9 and 13 over random histories on real stores and a real centre."""

import os
import random
from collections import Counter

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.invariants.machine import Histories
from tests.invariants.world import Ground

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
HISTORIES = int(os.environ.get("WINDOW_APP_HISTORIES", "400" if LONG else "6"))
STEPS = 60 if LONG else 30
SEEDS = (1, 2)
# A history takes seconds: making a failing one shorter takes minutes and is asked for by hand.
PHASES = (Phase.generate, Phase.shrink) if os.environ.get("WINDOW_APP_SHRINK") else (Phase.generate,)


@pytest.mark.hypothesis
@pytest.mark.xdist_group("invariants")
@pytest.mark.timeout(0 if LONG else 300)
@pytest.mark.parametrize("at", SEEDS)
def test_no_history_of_faults_loses_doubles_or_skips_anything(ground: Ground, at: int) -> None:
    chosen = int(os.environ.get("WINDOW_APP_SEED") or (random.SystemRandom().randrange(10**9) if LONG else at))
    print(f"seed {chosen} (repeat: WINDOW_APP_SEED={chosen})")
    Histories.ground = ground
    Histories.played = Counter()
    run_state_machine_as_test(
        seed(chosen)(Histories),
        settings=settings(
            max_examples=HISTORIES, stateful_step_count=STEPS, derandomize=False, database=None, phases=PHASES
        ),
    )
    print(dict(sorted(Histories.played.items())))


@pytest.mark.xdist_group("invariants")
def test_a_slow_line_a_beginning_at_a_checkpoint_and_a_revocation_lose_nothing(ground: Ground) -> None:
    """Rules that chance plays seldom, in one history."""
    Histories.ground = ground
    history = Histories()
    try:
        history.sync_on_a_slow_line(name="north")
        history.begin_at_a_checkpoint()
        history.work_late(pick=1, value="2")
        history.revoke(name="east")
        history.sync(name="east")
    finally:
        history.teardown()
