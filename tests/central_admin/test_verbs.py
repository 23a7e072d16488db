"""The administrator's verbs, within this process: what each answers, and what was mistyped is said."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.journeys.commands import Outcome

from window_app.central.embedded import EmbeddedServer
from window_app.cli import main
from window_app.domain.enrolment_pieces import split

Run = Callable[..., Outcome]


@pytest.fixture
def window_app(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    def run(*words: str | Path, env: dict[str, str] | None = None, stdin: str = "") -> Outcome:
        capsys.readouterr()
        with monkeypatch.context() as changed:
            for name, value in (env or {}).items():
                changed.setenv(name, value)
            changed.setattr("sys.stdin", io.StringIO(stdin))
            code = main(["--data", str(tmp_path / "data"), *map(str, words)])
        return Outcome(code, *capsys.readouterr())

    return run


@dataclass
class Centre:
    """Runs the centre's verbs against a database of its own, as its owner with a password."""

    run: Run
    dsn: str
    password: str
    folder: Path

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def __call__(self, verb: str, *words: str | Path, stdin: str = "") -> Outcome:
        env = {"PGPASSWORD": self.password}
        return self.run("central", verb, "--dsn", self.dsn, "--keys", self.keys, *words, env=env, stdin=stdin)

    def enrol(self, code: str, *words: str | Path) -> Outcome:
        file = self.folder / f"{code}.json"
        place = ("--district", "310101", "--hall", "大厅", "--counter", "1号窗口", "--issue-code", code, "--out", file)
        return self("enrol", *place, *words)


@pytest.fixture
def centre(window_app: Run, server: EmbeddedServer, tmp_path: Path) -> Centre:
    name = f"verbs_{uuid4().hex[:8]}"
    server.ensure_database(name)
    end = server.endpoint
    dsn = f"host=127.0.0.1 port={end.port} dbname={name} user=postgres"
    return Centre(window_app, dsn, end.password, tmp_path)


def test_revoking_erasing_and_settling(centre: Centre, tmp_path: Path) -> None:
    assert centre("init", "--district", "310101").code == 0
    again = centre("init", "--district", "310101").json
    assert (again["already"], again["applied"]) == (True, [])
    assert centre("upgrade").json == {"applied": []}
    station = centre.enrol("A1C2").json["station"]
    office = ("--kind", "office", "--office", "inspection", "--confidential")
    assert centre.enrol("B1C2", *office).json["feeds"] == ["310101", "310101:confidential"]
    assert centre("revoke", station, "--key-lost").json["status"] == "revoked"
    assert [one["status"] for one in centre("status").json["stations"]] == ["revoked", "active"]
    assert centre("reinstate", station).json["status"] == "active"
    set_file = tmp_path / "set.bin"
    set_file.write_bytes(b"a set")
    assert len(centre("keep-set", set_file).json["hash"]) == 64
    with psycopg.connect(f"{centre.dsn} password={centre.password}", autocommit=True) as connection:
        connection.execute(
            "INSERT INTO centre.quarantine (station_id, lseq, link, envelope, body, reason)"
            " VALUES (%s, 1, '\\x00', 'no envelope', NULL, 'unreadable')",
            (station,),
        )
    number = str(centre("quarantine").json["quarantine"][0]["id"])
    assert centre("quarantine", "show", number).json["envelope"] == "no envelope"
    assert centre("quarantine", "release", number, "--by", "王主任").code == 0
    assert centre("quarantine").json == {"quarantine": []}
    gone = centre("erase", station, "--reason", "court order")
    assert (gone.code, gone.out) == (1, "")
    assert "没有这个事件" in gone.err
    pooled = centre("pool-login", f"pool_{station[:8]}", stdin="its password\n")
    assert pooled.code == 0, pooled.err


def test_the_database_password_may_come_from_standard_input_and_never_from_the_command(
    window_app: Run, centre: Centre
) -> None:
    words = ("central", "init", "--keys", centre.keys, "--district", "310101")
    made = window_app(*words, "--dsn", centre.dsn, "--password-stdin", stdin=centre.password + "\n")
    assert made.code == 0, made.err
    told = window_app(*words, "--dsn", f"{centre.dsn} password={centre.password}")
    assert (told.code, told.out) == (2, "")
    assert centre.password not in told.err


def test_the_programs_own_postgresql_can_be_the_centre(window_app: Run, tmp_path: Path) -> None:
    own = ("--embedded", tmp_path / "a centre", "--keys", tmp_path / "keys")
    assert window_app("central", "init", *own, "--district", "310101").code == 0
    assert window_app("central", "status", *own).json["feeds"][0]["feed"] == "310101"
    assert EmbeddedServer(tmp_path / "a centre").pid() is None


def test_what_was_mistyped_is_said_and_changes_nothing(window_app: Run, centre: Centre, tmp_path: Path) -> None:
    def says(outcome: Outcome, code: int, text: str) -> None:
        assert (outcome.code, outcome.out) == (code, ""), outcome
        assert text in outcome.err
        assert "Traceback" not in outcome.err

    says(centre("status"), 1, "没有中心的根密钥")
    says(centre("init", "--district", "3101"), 1, "六位数字")
    assert centre("init", "--district", "310101").code == 0
    centre.enrol("A1C2")
    says(centre.enrol("A1C2"), 2, "不会覆盖")
    says(centre.enrol("A1C4", "--reserve-code", "A1C2"), 1, "永不再用")
    says(centre.enrol("a1c4"), 1, "四位")
    says(centre.enrol("A1C4", "--kind", "office"), 1, "机构代码")
    says(centre.enrol("A1C4", "--confidential"), 1, "保密举报")
    says(centre.enrol("A1C4", "--feed", "310199"), 1, "310199")
    says(centre.enrol("A1C4", "--host", "centre.example"), 1, "--certificate")
    says(centre.enrol("A1C4", "--certificate", tmp_path / "A1C2.json"), 2, "PEM")
    says(centre("revoke", "nobody"), 2, "UUID")
    says(centre("quarantine", "show"), 2, "quarantine show")
    says(centre("quarantine", "show", "7"), 1, "7")
    keys = ("--keys", centre.keys)
    says(window_app("central", "status", "--dsn", "host=127.0.0.1 port=1 user=x", *keys), 1, "连不上")
    says(window_app("central", "status", "--dsn", "no dsn", *keys), 1, "连接串")
    says(window_app("central", "status", "--dsn", centre.dsn, *keys, env={"PGPASSWORD": "x"}), 1, "连不上")
    other = centre.dsn.replace(centre.dsn.split()[2], "dbname=postgres")
    says(window_app("central", "status", "--dsn", other, *keys, env={"PGPASSWORD": centre.password}), 1, "还没有初始化")
    says(window_app("central", "status", "--embedded", tmp_path, *keys), 1, "不是中心数据库的目录")
    says(window_app("central", "status", "--embedded", tmp_path / "x", "--binaries", tmp_path, *keys), 1, "PostgreSQL")
    assert not (tmp_path / "A1C4.json").exists()
    centre.keys.chmod(0o755)
    says(centre("status"), 1, "其他用户")


def test_scanned_qr_codes_enrol_as_the_file_does(centre: Centre, window_app: Run, tmp_path: Path) -> None:
    centre("init", "--district", "310101")
    said = centre.enrol("A1C2").json
    texts = split((tmp_path / "A1C2.json").read_bytes())
    scanned = tmp_path / "scanned.txt"
    enrol = ("enrol", scanned, "--clerk", "0001", "--name", "李窗口")
    scanned.write_text("\n".join(texts[1:]))
    missing = window_app(*enrol, stdin=f"{said['code']}\ncorrect horse\n")
    assert (missing.code, missing.out) == (1, "")
    assert "第 1 个" in missing.err
    scanned.write_text("\n\n".join(texts[::-1]).lower())
    made = window_app(*enrol, stdin=f"{said['code']}\ncorrect horse\n")
    assert made.code == 0, made.err
    assert made.json["issue_code"] == "A1C2"
