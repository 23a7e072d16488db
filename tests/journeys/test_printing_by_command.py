"""Printing by command: what waits, reprints with a reason, choices of printers, queue numbers."""

from pathlib import Path

import pytest
from tests.devices.escpos_reader import read
from tests.journeys.commands import Commands

pytestmark = pytest.mark.journey


@pytest.fixture
def practised(window_app: Commands) -> Commands:
    assert window_app("practice").code == 0
    return window_app


def test_papers_wait_are_sent_confirmed_and_printed_again_with_a_reason(practised: Commands, tmp_path: Path) -> None:
    waiting = practised("printing", "list").json["papers"]
    assert waiting
    paper = waiting[0]["paper"]
    saved = practised("printing", "save", paper, "--out", tmp_path).json["files"]
    assert [Path(name).read_bytes()[:4] for name in saved] == [b"%PDF"]
    sent = practised("printing", "send", paper).json
    assert (len(sent["sent"]), sent["problem"]) == (1, None)
    assert practised("printing", "confirm", paper, "yes").json["state"] == "confirmed"
    assert paper not in [one["paper"] for one in practised("printing", "list").json["papers"]]
    assert practised("printing", "again", paper).code == 2
    refused = practised("printing", "again", paper, "--reason", "other")
    assert (refused.code, refused.out) == (1, "")
    again = practised("printing", "again", paper, "--reason", "lost", "--out", tmp_path).json
    assert again["reprints"] == 1
    assert Path(again["file"]).name.endswith("reprint-1.pdf")
    assert practised("printing", "confirm", "nonsense", "yes").code == 2


def test_printers_are_chosen_and_what_is_not_offered_is_refused(practised: Commands) -> None:
    assert practised("printers", "choose", "--kind", "receipt", "--sides", "long_edge", "--copies", "2").code == 0
    told = practised("printers", "list").json
    assert told["choices"] == {"receipt": {"sides": "long_edge", "copies": 2}}
    assert practised("printers", "choose", "--tray", "InputSlot=Tray9").code == 1
    assert practised("printers", "choose", "--copies", "0").code == 1
    assert practised("printers", "list").json["choices"] == told["choices"]


def test_numbers_are_drawn_called_and_survive_a_printer_that_is_not_there(practised: Commands) -> None:
    first = practised("ticket", "draw").json
    assert (first["number"], first["simulated"]) == ("A001", True)
    paper = read((practised.data / "printed" / first["job"]).read_bytes())
    assert any(line == "A001" for line, _, _ in paper.lines)
    assert practised("printers", "tickets", "device", "/dev/usb/no-printer").json["status"]["ready"] is False
    failed = practised("ticket", "draw")
    assert (failed.code, failed.json["number"], failed.json["paper"]) == (1, "A002", "failed")
    listed = practised("ticket", "list").json
    assert (len(listed["waiting"]), listed["unprinted"]) == (2, ["A002"])
    assert practised("ticket", "call").json["called"]["number"] == "A001"
    assert practised("printers", "tickets", "simulated").code == 0
    assert practised("ticket", "again", "A002").json["paper"] == "out"
    assert practised("printers", "tickets", "off").json["status"] is None
    assert practised("ticket", "draw").code == 1
