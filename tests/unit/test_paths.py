import pytest

from window_app import paths


def test_a_checkout_finds_its_own_folders(project):
    assert paths.resources_dir() == project / "resources"


def test_an_installed_program_prefers_its_package_data(tmp_path, monkeypatch):
    package = tmp_path / "site" / "window_app"
    (package / "_data" / "forms").mkdir(parents=True)
    (tmp_path / "forms").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.definitions_dir() == package / "_data" / "forms"


def test_an_incomplete_installation_says_which_folder_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "src" / "window_app")
    with pytest.raises(paths.ProgramFilesMissing) as raised:
        paths.definitions_dir()
    assert raised.value.params == {"folder": "forms"}


def test_the_store_lies_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("WINDOW_APP_DATA", str(tmp_path / "elsewhere"))
    assert paths.default_data_dir() == tmp_path / "elsewhere"


def test_the_store_lies_in_this_users_data_folder_otherwise(own_folders):
    assert paths.default_data_dir() == own_folders / "data" / "window-app"


def test_the_cache_is_apart_from_the_store():
    assert paths.default_cache_dir() != paths.default_data_dir()
