"""Files of materials by command: taken in with a visit, added later, listed, saved; hostile ones refused."""

import json
from pathlib import Path

import pytest
from tests.documents.hostile_files import jpeg, pdf
from tests.journeys.commands import Commands
from tests.services.visits import visit


@pytest.mark.journey
def test_a_visit_with_files_is_received_and_they_come_out_as_they_went_in(window_app: Commands, tmp_path: Path) -> None:
    photo, contract = jpeg(400, 300), pdf(pages=3)
    (tmp_path / "身份证.jpg").write_bytes(photo)
    (tmp_path / "合同.pdf").write_bytes(contract)
    (tmp_path / "脚本.pdf").write_bytes(pdf(catalogue=b"/OpenAction << /S /JavaScript >>"))
    intake = tmp_path / "visit.json"
    wanted = [{"material": "identity", "file": "身份证.jpg"}]
    hostile = [*wanted, {"material": "evidence", "file": "脚本.pdf"}]
    intake.write_text(json.dumps({**visit("02"), "attachments": hostile}))
    refused = window_app("receive", intake, "--out", tmp_path / "papers")
    assert refused.code == 1
    assert "脚本" in refused.err
    intake.write_text(json.dumps({**visit("02"), "attachments": wanted}))
    number = window_app("receive", intake, "--out", tmp_path / "papers").json["cases"][0]["number"]
    assert number.split("-")[-2] == "0001", "what was refused has taken no number"
    added = window_app("case", "attach", number, "evidence", tmp_path / "合同.pdf").json["attachments"]
    assert [(one["material"], one["name"], one["pages"]) for one in added] == [
        ("identity", "身份证.jpg", 1),
        ("evidence", "合同.pdf", 3),
    ]
    saved = window_app("case", "attachments", number, "--save", tmp_path / "saved").json["attachments"]
    assert [Path(one["file"]).read_bytes() for one in saved] == [photo, contract]
    assert window_app("case", "attach", number, "evidence", tmp_path / "脚本.pdf").code == 1
    wrong = added[1]["digest"]
    assert window_app("case", "withdraw", number, wrong[:12], "--reason", "other").code == 1
    after = window_app("case", "withdraw", number, wrong[:12], "--reason", "wrong_file").json["attachments"]
    assert [one["withdrawn"] and one["withdrawn"]["reason"] for one in after] == [None, "wrong_file"]
    again = window_app("case", "attachments", number, "--save", tmp_path / "again").json["attachments"]
    assert ["file" in one for one in again] == [True, False]
