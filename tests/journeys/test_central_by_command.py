"""The centre at the command line, each verb a process of its own: from an empty database to a case it holds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys.commands import Commands, Outcome

from window_app.central.embedded import EmbeddedServer
from window_app.clock import SystemClock
from window_app.services import practice

PASSWORD = {"WINDOW_APP_CLERK": "0001"}


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path / "a server", settings={"fsync": "off"}) as server:
        server.ensure_database()
        yield server


def test_from_an_empty_database_to_a_case_that_the_centre_holds(
    window_app: Commands, embedded: EmbeddedServer, tmp_path: Path
) -> None:
    end = embedded.endpoint
    way = ("--dsn", f"host=127.0.0.1 port={end.port} dbname=window_app user=postgres", "--keys", tmp_path / "keys")

    def centre(verb: str, *words: str | Path) -> Outcome:
        return window_app("central", verb, *way, *words, env={"PGPASSWORD": end.password})

    made = centre("init", "--district", "310101")
    assert made.code == 0, made.err
    assert centre("init", "--district", "310101").json["already"]

    enrolled = centre(
        *("enrol", "--district", "310101", "--hall", "大厅", "--counter", "1号窗口", "--issue-code", "A1C2"),
        *("--reserve-code", "A1C3", "--qr", tmp_path / "qr", "--out", tmp_path / "A1C2.json"),
    )
    assert enrolled.code == 0, enrolled.err
    said = enrolled.json
    assert said["line"]["host"] == "127.0.0.1"
    assert len(said["qr"]) == len(list((tmp_path / "qr").glob("*.svg"))) > 1
    assert said["code"] not in (tmp_path / "A1C2.json").read_text("utf-8")

    station = window_app(
        *("enrol", tmp_path / "A1C2.json", "--clerk", "0001", "--name", "李窗口"),
        stdin=f"{said['code']}\ncorrect horse\n",
    )
    assert station.code == 0, station.err
    assert station.json["root"].replace(" ", "") == said["root"] == made.json["root"]
    sample = next(one for one in practice.samples() if not one.draft)
    intake = practice.dated(sample.intake, SystemClock().today())
    (tmp_path / "visit.json").write_text(json.dumps(intake), "utf-8")
    received = window_app(
        *("receive", tmp_path / "visit.json", "--out", tmp_path / "papers"), env=PASSWORD, stdin="correct horse\n"
    )
    assert received.code == 0, received.err
    sent = window_app("sync", env=PASSWORD, stdin="correct horse\n")
    assert sent.code == 0, sent.err
    assert sent.json["pushed"] > 0

    status = centre("status")
    assert status.code == 0
    assert status.json["cases"] == {"310101": {"received": len(received.json["cases"])}}
    assert status.json["stations"][0]["last_contact"] is not None
    audit = centre("audit")
    assert (audit.code, audit.json["faults"], audit.json["events"]) == (0, 0, sent.json["pushed"])
    points = {one["feed"]: one["fseq"] for one in centre("checkpoint").json["checkpoints"]}
    assert points["310101"] == sent.json["pushed"]
    assert centre("checkpoint", "310101").json["checkpoints"][0]["open_cases"] == len(received.json["cases"])
