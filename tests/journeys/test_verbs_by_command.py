"""The verbs besides receiving, as processes of their own: JSON out, exit codes 0, 1 and 2."""

import json
from pathlib import Path

import pytest
from tests.journeys.commands import Commands

pytestmark = pytest.mark.journey
FACTS = {
    "visitor": "worker",
    "capacity": "ordinary",
    "employed": True,
    "employer_known": "registered",
    "workplace": "here",
    "registered": "here",
    "matter_kind": "wages_unpaid",
    "employer_position": "denies",
    "earlier_procedure": "none",
}


def facts_file(tmp_path: Path, facts: object) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), "utf-8")
    return path


def test_triage_answers_with_routes_and_articles(window_app: Commands, tmp_path: Path) -> None:
    answer = window_app("triage", facts_file(tmp_path, FACTS), "--on", "2026-11-20").json
    routes = {route["route"]: route for route in answer["matters"][0]["routes"]}
    assert set(routes) == {"inspection", "arbitration"}
    assert [route for route in routes if routes[route]["recommended"]] == ["arbitration"]
    assert all(route["basis"] and route["tell"] and route["reason"] for route in routes.values())
    assert answer["next"] == []
    assert answer["trace"]
    assert not window_app.data.exists()


def test_triage_says_what_to_ask_next(window_app: Commands, tmp_path: Path) -> None:
    answer = window_app("triage", facts_file(tmp_path, {"facts": {}, "matters": [{"facts": {}}]})).json
    assert answer["next"][0] == "matter_kind"
    assert answer["matters"][0]["decided"] is False


@pytest.mark.parametrize("facts", [{"colour": 1}, {"employed": "perhaps"}, {"matters": []}, {"facts": []}])
def test_triage_refuses_facts_that_are_none(window_app: Commands, tmp_path: Path, facts: object) -> None:
    done = window_app("triage", facts_file(tmp_path, facts))
    assert (done.code, done.out) == (1, "")
    assert done.err.strip()
    assert "意外" not in done.err


def test_triage_of_an_unknown_locality_is_refused(window_app: Commands, tmp_path: Path) -> None:
    done = window_app("triage", facts_file(tmp_path, FACTS), "--locality", "999999")
    assert done.code == 1
    assert "999999" in done.err


def test_a_limit_is_computed_with_its_steps(window_app: Commands) -> None:
    answer = window_app("deadline", "2026-09-28", "arbitration_answer").json
    assert answer["due_on"] == "2026-10-10"  # a Saturday that the notice makes a workday
    assert any(step["code"] == "deadline.skipped_holiday" for step in answer["steps"])
    late = window_app("deadline", "2027-01-04", "arbitration_answer").json
    assert late["provisional"] is True
    unlimited = window_app("deadline", "2026-01-05", "arbitration_limitation_pay", "--fact", "employed=true").json
    assert unlimited["open"] == "unlimited"
    done = window_app("deadline", "2026-01-05", "nothing")
    assert done.code == 1
    assert "arbitration_answer" in done.err
    assert window_app("deadline", "2026-02-30", "arbitration_answer").code == 2


def test_statutes_are_imported_found_and_shown(window_app: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "某某条例.md").write_text(
        "# 某某条例\n\n第一条 为了测试，制定本条例。\n\n第二条 本条例自公布之日起施行。\n", "utf-8"
    )
    assert window_app("statutes", "import", folder).json["imported"][0]["articles"] == 2
    assert window_app("statutes", "find", "测试").json["articles"][0]["article"] == "1"
    assert window_app("statutes", "show", "某某条例", "2").code == 0
    assert window_app("statutes", "show", "某某条例", "99").code == 1
    assert window_app("statutes", "find", "查无此文").code == 1
    assert window_app("statutes", "import", tmp_path / "nowhere").code == 2


def test_the_definition_set_passes_its_own_check(window_app: Commands) -> None:
    done = window_app("rules", "check")
    assert done.json["findings"] == []
    assert done.code == 0


def test_tables_are_exported_as_dmn(window_app: Commands, tmp_path: Path) -> None:
    files = window_app("rules", "export-dmn", tmp_path / "dmn").json["files"]
    assert "candidates.dmn" in files


def test_check_covers_everything_that_the_program_stands_on(window_app: Commands) -> None:
    done = window_app("check")
    assert done.code == 0, done.out
    names = [check["name"] for check in done.json["checks"]]
    assert names == ["definitions", "rules", "citations", "fonts", "store", "line", "printer"]


@pytest.mark.parametrize("name", ["facts", "intake"])
def test_the_schemas_are_json_schema(window_app: Commands, name: str) -> None:
    schema = window_app("schema", name).json
    assert schema["type"] == "object"
    assert schema["properties"]


def test_a_counter_is_set_up_from_an_enrolment_file(window_app: Commands, tmp_path: Path) -> None:
    made = window_app(
        *("central", "make-enrolment", "--root", tmp_path / "root.json", "--out", tmp_path / "enrolment.json"),
        *("--hall", "示范区人社服务大厅", "--counter", "3号窗口", "--district", "440305", "--issue-code", "A1C2"),
    ).json
    secrets = f"{made['code']}\ncorrect horse\n"
    arguments = ("enrol", tmp_path / "enrolment.json", "--clerk", "0012", "--name", "李窗口")
    assert window_app(*arguments, stdin="WRNG-WRNG-WRNG-WRNG-WRNG\ncorrect horse\n").code == 1
    done = window_app(*arguments, stdin=secrets)
    assert done.code == 0, done.err
    assert done.json["root"].replace(" ", "") == made["root"]
    visit = next((Path(__file__).resolve().parents[1] / "data" / "visits").glob("01*.json"))
    intake = json.loads(visit.read_text("utf-8"))
    del intake["on"]
    path = facts_file(tmp_path, intake)
    clerk = {"WINDOW_APP_CLERK": "0012", "WINDOW_APP_PRACTICE_NOW": "2020-01-01T10:00:00+08:00"}
    received = window_app("receive", path, "--out", tmp_path / "out", env=clerk, stdin="correct horse\n")
    assert received.code == 0, received.err
    assert received.json["cases"][0]["number"].startswith("440305-A1C2-")
    assert received.json["practice"] is False
    assert "-200101-" not in received.json["cases"][0]["number"]
    password = tmp_path / "password"
    password.write_text("correct horse\n", "utf-8")
    file = received.json["cases"][0]["documents"][0]["file"]
    clerk["WINDOW_APP_PASSWORD_FILE"] = str(password)
    assert window_app("verify", file, env=clerk).json["verdict"] == "authentic"
    assert window_app("verify", file, stdin="x\n").code == 2
    del clerk["WINDOW_APP_PASSWORD_FILE"]
    wrong = [window_app("verify", file, env=clerk, stdin="wrong password\n") for _ in range(4)]
    assert {done.code for done in wrong} == {1}
    assert "秒" in wrong[-1].err


def test_asking_an_empty_folder_sets_nothing_up(window_app: Commands, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4")
    for arguments in (("find", "王"), ("verify", tmp_path / "paper.pdf"), ("rebuild",)):
        done = window_app(*arguments)
        assert (done.code, done.out) == (1, "")
        assert "练习大厅" in done.err
    assert not window_app.data.exists()


def test_a_practice_moment_needs_its_zone(window_app: Commands) -> None:
    done = window_app("practice", env={"WINDOW_APP_PRACTICE_NOW": "2026-11-20 10:00"})
    assert done.code == 1
    assert "WINDOW_APP_PRACTICE_NOW" in done.err


def test_misuse_is_exit_code_two(window_app: Commands) -> None:
    assert window_app("nothing").code == 2
    assert window_app("verify").code == 2
    assert window_app("bench", "nothing").code == 2


def test_a_whole_matter_goes_out_and_in_as_one_file(window_app: Commands, tmp_path: Path) -> None:
    file, again, folder = tmp_path / "matter.yaml", tmp_path / "again.yaml", tmp_path / "forms"
    folder.mkdir()
    written = window_app("forms", "export", "mediation_application", file)
    assert written.code == 0, written.err
    assert "matters/mediation_application.yaml" in written.json["files"]
    assert window_app("forms", "import", file, "--forms", folder).code == 0
    assert window_app("forms", "export", "mediation_application", again, "--forms", folder).code == 0
    assert again.read_bytes() == file.read_bytes()
    own = folder / "matters" / "mediation_application.yaml"
    own.write_text(own.read_text("utf-8").replace("zh: 劳动人事争议调解申请", "zh: 调解申请"), "utf-8")
    refused = window_app("forms", "import", file, "--forms", folder)
    assert refused.code == 1
    assert [one["file"] for one in refused.json["differences"]] == ["matters/mediation_application.yaml"]
    assert "--replace" in refused.err
    assert window_app("forms", "import", file, "--forms", folder, "--replace").code == 0
    assert window_app("forms", "import", again, "--forms", tmp_path / "none").code == 2
