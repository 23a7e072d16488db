"""The key folder: made once, never replaced, refused where others may read it."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from window_app.central.keys import KeyFolder
from window_app.errors import WindowAppError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "keys"
    KeyFolder.create(place).make_district_key("310101")
    return place


def test_keys_are_for_their_owner_alone_and_stay(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    first = KeyFolder(folder)
    first.make_district_key("310101")
    again = KeyFolder(folder)
    assert again.root_key == first.root_key
    assert again.district_key("310101") == first.district_key("310101")
    assert len(again.district_key("310101")) == 32


def test_a_root_key_is_never_replaced(folder: Path) -> None:
    before = (folder / "root.key").read_bytes()
    with pytest.raises(WindowAppError, match="keys_exist"):
        KeyFolder.create(folder)
    assert (folder / "root.key").read_bytes() == before


def expose_root(folder: Path) -> None:
    (folder / "root.key").chmod(0o644)


def expose_folder(folder: Path) -> None:
    folder.chmod(0o750)


def expose_district(folder: Path) -> None:
    (folder / "district-310101.key").chmod(0o604)


def damage_root(folder: Path) -> None:
    (folder / "root.key").write_text("00ff")


def lose_root(folder: Path) -> None:
    (folder / "root.key").unlink()


def lose_district(folder: Path) -> None:
    (folder / "district-310101.key").unlink()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (expose_root, "central.keys_exposed"),
        (expose_folder, "central.keys_exposed"),
        (expose_district, "central.keys_exposed"),
        (damage_root, "central.keys_damaged"),
        (lose_root, "central.keys_missing"),
        (lose_district, "central.keys_no_district"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="modes are not what protects files there")
def test_a_folder_that_cannot_be_trusted_is_refused(folder: Path, change: Callable[[Path], None], code: str) -> None:
    change(folder)
    with pytest.raises(WindowAppError) as raised:
        KeyFolder(folder).district_key("310101")
    assert raised.value.code == code
    assert str(folder.parent) not in str(raised.value.params)


def test_a_making_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    place = tmp_path / "keys"
    place.mkdir(mode=0o700)
    (place / "root.key.new").write_text("half")
    assert len(KeyFolder.create(place).root_key) == 32


@pytest.mark.parametrize("district", ["", "31010", "3101011", "31010a", "../../x", "３１０１０１"])
def test_only_a_district_code_names_a_key(folder: Path, district: str) -> None:
    with pytest.raises(WindowAppError, match=r"central\.district"):
        KeyFolder(folder).make_district_key(district)
    assert len(list(folder.iterdir())) == 2
