import json
import logging
import uuid

import pytest

from window_app import log
from window_app.errors import WindowAppError

NAME, NUMBER, PHONE = "单田芳", "11010119900307721X", 13800138000


@pytest.fixture
def lines(tmp_path):
    """The log of a data directory, read back line by line."""
    handler = log.start(tmp_path)

    def read():
        handler.flush()
        return (tmp_path / "logs" / "window-app.log").read_text(encoding="utf-8").splitlines()

    yield read
    log.stop(handler)


def test_a_line_is_json_with_time_part_and_code(lines):
    log.logger("printing").warning("printer.timed_out", extra={"fields": {"attempt": 2, "driver": "cups"}})
    entry = json.loads(lines()[0])
    assert entry["code"] == "printer.timed_out"
    assert entry["part"] == "printing"
    assert entry["level"] == "warning"
    assert entry["at"].endswith("+00:00")
    assert entry["fields"] == {"attempt": 2, "driver": "cups"}


def test_a_sentence_in_place_of_a_code_is_withheld(lines):
    log.logger("a").info("visitor %s came", NAME)
    log.logger("a").info(f"visitor {NAME} came")
    log.logger("a").info(f"visitor.{NAME}")
    assert [json.loads(line)["code"] for line in lines()] == ["withheld"] * 3


def test_fields_that_could_name_a_person_are_withheld(lines):
    fields = {"name": NAME, "phone": PHONE, "number": NUMBER, "kind": NAME, "count": 3}
    log.logger("a").info("code", extra={"fields": fields})
    text = "\n".join(lines())
    assert json.loads(text)["fields"]["count"] == 3
    for secret in (NAME, NUMBER, str(PHONE)):
        assert secret not in text
        assert json.dumps(secret) not in text


def test_an_exception_leaves_its_type_and_place_but_not_its_words(lines):
    try:
        try:
            raise KeyError(NUMBER)
        except KeyError as cause:
            raise WindowAppError("person.unknown", name=NAME) from cause
    except WindowAppError:
        log.logger("a").exception("lookup.failed")
    text = "\n".join(lines())
    error = json.loads(text)["error"]
    assert error["type"] == "WindowAppError"
    assert error["code"] == "person.unknown"
    assert error["cause"] == "KeyError"
    assert error["where"][-1].startswith("test_log.py:")
    assert NUMBER not in text
    assert NAME not in text


def test_a_failed_file_leaves_its_number_but_not_its_name(lines):
    try:
        open(f"/nowhere/{NUMBER}")  # noqa: PTH123, SIM115 # the failure is the point
    except OSError:
        log.logger("a").exception("file.failed")
    assert json.loads(lines()[0])["error"]["errno"] == 2
    assert NUMBER not in lines()[0]


def test_ids_may_be_written(lines):
    event = uuid.UUID(int=7)
    log.logger("a").info("event.kept", extra={"fields": {"event_id": event}})
    assert json.loads(lines()[0])["fields"]["event_id"] == str(event)


def test_old_lines_are_rotated_away(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "_BYTES_PER_FILE", 2000)
    handler = log.start(tmp_path)
    for _ in range(200):
        log.logger("a").info("code")
    log.stop(handler)
    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert files == ["window-app.log", *(f"window-app.log.{n}" for n in range(1, 6))]


def test_a_stopped_log_is_written_no_more(tmp_path):
    handler = log.start(tmp_path)
    log.stop(handler)
    log.logger("a").info("code")
    assert not (tmp_path / "logs" / "window-app.log").exists()
    assert handler not in logging.getLogger("window_app").handlers


def test_the_folder_is_for_its_owner_alone(tmp_path):
    log.stop(log.start(tmp_path))
    assert (tmp_path / "logs").stat().st_mode & 0o077 == 0
