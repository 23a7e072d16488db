"""The measure of deciding where a matter belongs."""

from time import process_time

from window_app.cli.bench.desks import Halls, practice_desk
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.services.practice import dated, samples
from window_app.services.triage_report import Triage

ROUNDS = 20


def triage(halls: Halls) -> Measure:
    """Measure a decision with its trace over the full tables, in processor time; there is no floor."""
    del halls
    with practice_desk() as (desk, _):
        today = desk.clock.today()
        facts = [
            {"facts": intake["facts"], "matters": [{"facts": matter["facts"]} for matter in intake["matters"]]}
            for intake in (dated(sample.intake, today) for sample in samples())
        ]
        judge = Triage(desk.definitions)
        for one in facts:
            judge.assess(one, today, None)
        taken = []
        for one in facts * ROUNDS:
            start = process_time()
            judge.assess(one, today, None)
            taken.append((process_time() - start) / len(one["matters"]))
    return Measure("ms", milliseconds(percentile(taken)), None, 2.0)
