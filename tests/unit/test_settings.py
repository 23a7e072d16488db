import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app import settings
from window_app.settings import Settings


def test_a_new_machine_has_the_defaults(tmp_path):
    assert settings.load(tmp_path) == Settings()


def test_what_was_saved_is_loaded_again(tmp_path):
    chosen = Settings().with_(language="en", theme="contrast", text_scale=150, printers={"receipt": "左边打印机"})
    settings.save(chosen, tmp_path / "new" / "folder")
    assert settings.load(tmp_path / "new" / "folder") == chosen


def test_keys_of_a_newer_program_survive_a_save(tmp_path):
    (tmp_path / "settings.json").write_text('{"theme": "dark", "second_screen": {"name": "B"}}', encoding="utf-8")
    settings.save(settings.load(tmp_path).with_(theme="light"), tmp_path)
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert kept["second_screen"] == {"name": "B"}
    assert kept["theme"] == "light"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", 3),
        ("text_scale", 99),
        ("text_scale", True),
        ("text_scale", "150"),
        ("printer_driver", "telegraph"),
        ("printers", {"receipt": 1}),
        ("idle_lock_minutes", 0),
        ("line_poll_seconds", 0),
        ("line_spread_seconds", -1),
        ("line_deadline_seconds", 1),
    ],
)
def test_one_bad_value_falls_back_alone(tmp_path, name, value):
    content = {"theme": "dark", "language": "en", name: value}
    (tmp_path / "settings.json").write_text(json.dumps(content), encoding="utf-8")
    loaded = settings.load(tmp_path)
    assert getattr(loaded, name) == getattr(Settings(), name)
    assert loaded.theme == "dark" or name == "theme"
    with pytest.raises(ValueError, match=name):
        Settings().with_(**{name: value})


def test_there_is_no_choice_of_another_name():
    with pytest.raises(ValueError, match="colour"):
        Settings().with_(colour="red")


@pytest.mark.parametrize("content", [b"{", b"[1, 2]", b"\xff\xfe\x00", b""])
def test_a_damaged_file_is_set_aside_and_the_program_starts(tmp_path, content):
    (tmp_path / "settings.json").write_bytes(content)
    assert settings.load(tmp_path) == Settings()
    assert (tmp_path / "settings.json.damaged").read_bytes() == content


def test_a_paper_without_a_queue_of_its_own_goes_to_the_common_one():
    chosen = Settings(printer_queue="hall", printers={"receipt": "a5"})
    assert (chosen.queue_for("receipt"), chosen.queue_for("notice_once")) == ("a5", "hall")


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=5))
def test_any_queue_name_comes_back_unchanged(tmp_path_factory, queues):
    directory = tmp_path_factory.mktemp("settings")
    settings.save(Settings(printers=queues), directory)
    assert settings.load(directory).printers == queues
