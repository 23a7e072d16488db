"""Commitments on the command line: offered, signed on paper or screen, taken, withdrawn, listed."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.services.committing import MATERIAL, STROKES, signed
from tests.services.visits import visit

from window_app.cli import main
from window_app.domain.commitment_drafts import InkSignature
from window_app.errors import WindowAppError


class Said:
    """The verbs of one hall, called one after the other."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.data = folder / "data"

    def __call__(self, *arguments: object, code: int = 0) -> Any:
        found = main(["--data", str(self.data), *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert found == code, err
        return json.loads(out) if out else err

    def intake(self, name: str, commitments: dict[str, Any] | None = None, **said: Any) -> Path:
        """Write an intake without the certificate."""
        whole = {**visit("71"), "materials": {"identity": {"state": "original_seen"}}, **said}
        whole.pop("on")
        whole["matters"][0]["commitments"] = commitments or {}
        path = self.folder / name
        path.write_text(json.dumps(whole), "utf-8")
        return path


@pytest.mark.usefixtures("shared_cache")
def test_a_commitment_from_the_offer_to_its_withdrawal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(tmp_path, capsys)
    visit_id, out = str(uuid4()), tmp_path / "papers"
    (offer,) = said("commitments", "offer", said.intake("first.json", visit=visit_id), "--papers", out)["offers"]
    assert (offer["material"], offer["open"], offer["choice"]) == (MATERIAL, True, None)
    assert Path(offer["paper"]["file"]).read_bytes().startswith(b"%PDF")

    # Signed on paper: the number of the pair and the digest of what it says.
    chosen = {"code": offer["code"], "choice": "commit", "wording": offer["wording"]}
    unsigned = said.intake("unsigned.json", {MATERIAL: chosen}, visit=visit_id)
    assert "还没有签名" in said("receive", unsigned, "--out", out, code=1)
    on_paper = {**chosen, "paper": offer["paper"]["number"]}
    received = said("receive", said.intake("signed.json", {MATERIAL: on_paper}, visit=visit_id), "--out", out)
    number = received["cases"][0]["number"]
    (made,) = said("commitments", "list")["commitments"]
    assert (made["case"], made["state"], made["to_verify"], made["faults"]) == (number, "made", True, 0)

    gone = said("commitments", "withdraw", number, MATERIAL, "--reason", "找到了证明", "--out", out)
    assert gone["commitment"]["state"] == "withdrawn"
    assert gone["documents"][0]["kind"] == "notice_once"

    # Later, on a received case, with a signature on the screen.
    number = said("receive", said.intake("second.json"), "--out", out)["cases"][0]["number"]
    (offer,) = said("commitments", "offer", "--case", number)["offers"]
    later = tmp_path / "later.json"
    later.write_text(json.dumps({**chosen, "wording": offer["wording"], "ink": STROKES}), "utf-8")
    taken = said("commitments", "take", number, MATERIAL, later)
    assert taken["complete_on"] is not None
    person = said("commitments", "file", number)
    assert [one["state"] for one in person["commitments"]] == ["withdrawn", "made"]
    assert (person["refused"], person["listings"]) == (False, [])


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"choice": "commit"},
        {"code": "x", "choice": "must"},
        {"code": "x", "choice": "commit", "ink": [[[0, 0]]]},
        {"code": "x", "choice": "commit", "ink": STROKES},
        {"code": "x", "choice": "commit", "paper": "", "wording": "0"},
        {"code": "x", "choice": "commit", "signer": {"kind": "boss"}},
        {"code": "x", "choice": "commit", "price": 1},
    ],
)
def test_what_is_not_of_the_form_is_named(desk, wrong):
    intake = {**visit("71"), "materials": {}}
    intake["matters"][0]["commitments"] = {MATERIAL: wrong}
    with pytest.raises(WindowAppError, match=r"commitments\.") as refused:
        desk.intake.from_json(intake)
    assert str(refused.value.params["place"]).startswith(f"matters[0].commitments.{MATERIAL}")


def test_an_intake_is_written_as_it_is_read(desk):
    draft = signed(desk)
    again = desk.intake.from_json(desk.intake.to_json(draft))
    mine, other = (one.matter("m1").commitments[MATERIAL] for one in (draft, again))
    assert (mine.code, mine.choice, mine.signer, mine.wording) == (
        other.code,
        other.choice,
        other.signer,
        other.wording,
    )
    assert isinstance(mine.signature, InkSignature)
    assert isinstance(other.signature, InkSignature)
    assert mine.signature.strokes == other.signature.strokes
