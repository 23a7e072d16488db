"""The collected visits through `window-app receive`, papers read back by pdftotext.

The visits themselves run in one process, as a counter's day does; each verb opens and closes the store. The other
verbs of this file are processes of their own.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.commands import Commands, paper_text
from tests.journeys.stations import StationProcess, long_lived

VISITS = sorted((Path(__file__).resolve().parents[1] / "data" / "visits").glob("*.json"))
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"),
]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, shared_home: Path) -> Iterator[StationProcess]:
    """One hall for all the visits of this file."""
    _, process = long_lived(tmp_path_factory.mktemp("hall"), shared_home, {})
    yield process
    process.end()


def applicant_of(visit: dict[str, Any]) -> str:
    return str(visit["answers"].get("applicant", {}).get("name", ""))


def test_there_are_at_least_twelve_visits() -> None:
    assert len(VISITS) >= 12


@pytest.mark.parametrize("path", VISITS, ids=lambda path: path.stem)
def test_a_visit_ends_in_its_cases_and_papers(hall: StationProcess, tmp_path: Path, path: Path) -> None:
    visit = json.loads(path.read_text("utf-8"))
    done = hall("receive", path, "--out", tmp_path, "--confirm-clock")
    assert done.code == 0, done.err
    answer = done.json
    cases = [(case["matter"], case["route"]) for case in answer["cases"]]
    assert cases == [(case["matter"], case["route"]) for case in visit["expect"]["cases"]]
    assert len({case["number"] for case in answer["cases"]}) == len(cases)
    for expected, case in zip(visit["expect"]["cases"], answer["cases"], strict=True):
        assert expected.get("as") in (None, hall("case", "show", case["number"]).json["matter"])
    papers = [paper for case in answer["cases"] for paper in case["documents"]] + answer["documents"]
    assert sorted(paper["kind"] for paper in papers) == sorted(visit["expect"]["papers"])
    for case in answer["cases"]:
        for paper in case["documents"]:
            check_case_paper(paper, case, visit)
    for paper in answer["documents"]:
        assert paper["kind"] == "guidance"
        text = paper_text(paper["file"])
        assert "本单是办事指引，不是收件凭证" in text
        assert "去哪里办" in text
    assert {Path(paper["file"]).name for paper in papers} == {file.name for file in tmp_path.iterdir()}


def check_case_paper(paper: dict[str, str], case: dict[str, Any], visit: dict[str, Any]) -> None:
    text = paper_text(paper["file"])
    assert case["number"] in text
    if paper["kind"] == "report_receipt":
        check_says_nothing_but_the_number(text, visit)
        return
    assert applicant_of(visit) in text
    if paper["kind"] == "receipt":
        assert "收件不等于受理" in text
        answer = visit["expect"].get("answer")
        assert answer or "最晚答复日" in text
        assert (answer or "2026年11月27日") in "".join(text.split())
    else:
        assert paper["kind"] == "notice_once"
        assert "一次性告知" in text
        assert "补正" in text


def check_says_nothing_but_the_number(text: str, visit: dict[str, Any]) -> None:
    told = texts_in([visit["answers"], *(matter["answers"] for matter in visit["matters"])])
    assert [each for each in told if len(each) > 1 and each in text] == []
    assert "举报" not in text


def texts_in(part: Any) -> set[str]:
    """Return every text within answers."""
    if isinstance(part, dict):
        return set().union(*(texts_in(value) for value in part.values()))
    if isinstance(part, list):
        return set().union(*map(texts_in, part))
    return {"".join(part.split())} if isinstance(part, str) else set()


def test_a_question_is_answered_on_its_slip_with_the_articles(window_app: Commands, tmp_path: Path) -> None:
    path = next(path for path in VISITS if path.stem.startswith("62_"))
    answer = window_app("receive", path, "--out", tmp_path).json
    assert answer["cases"] == []
    text = paper_text(answer["documents"][0]["file"])
    matter = json.loads(path.read_text("utf-8"))["matters"][0]["answers"]
    for wanted in (matter["question"]["question"], *(each["law"] for each in matter["articles"])):
        assert "".join(wanted.split()) in text
    assert "主题：工时、休息休假" in text


def test_a_receipt_verifies_here_and_a_changed_one_does_not(window_app: Commands, tmp_path: Path) -> None:
    received = window_app("receive", VISITS[0], "--out", tmp_path / "out").json
    file = Path(received["cases"][0]["documents"][0]["file"])
    assert window_app("verify", file).json["verdict"] == "authentic"
    altered = tmp_path / "altered.pdf"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    altered.write_bytes(content)
    done = window_app("verify", altered)
    assert done.code == 1
    assert done.json["verdict"] in ("altered", "not_ours")
    assert window_app("verify", tmp_path / "none.pdf").code == 2


def test_a_repeat_of_the_same_visit_doubles_nothing(window_app: Commands, tmp_path: Path) -> None:
    visit = json.loads(VISITS[0].read_text("utf-8")) | {"visit": "018f0000-0000-7000-8000-000000000001"}
    intake = tmp_path / "intake.json"
    intake.write_text(json.dumps(visit), "utf-8")
    first = window_app("receive", intake, "--out", tmp_path / "out").json
    again = window_app("receive", intake, "--out", tmp_path / "out").json
    assert first == again
    assert len(window_app("find", applicant_of(visit)).json["cases"]) == 1


def test_a_case_is_found_by_name_part_initials_number_and_phone_tail(window_app: Commands, tmp_path: Path) -> None:
    visit = json.loads(VISITS[0].read_text("utf-8"))
    number = window_app("receive", VISITS[0], "--out", tmp_path).json["cases"][0]["number"]
    applicant = visit["answers"]["applicant"]
    for text in (applicant["name"][:2], number, number.replace("-", "").lower(), applicant["phone"][-4:]):
        assert [row["number"] for row in window_app("find", text).json["cases"]] == [number], text
    assert window_app("find", "查无此人").code == 1


def test_projections_can_be_made_anew(window_app: Commands, tmp_path: Path) -> None:
    window_app("receive", VISITS[0], "--out", tmp_path)
    assert window_app("rebuild").json == {"cases": 1}
