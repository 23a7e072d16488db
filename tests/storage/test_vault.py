"""The vault: sealed pieces come in any order, cut, doubled, spoilt, and end as the same bytes or not at all."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from window_app.domain.attachments import PIECE_BYTES, SEAL_BYTES, FileGone
from window_app.domain.events import digest
from window_app.storage.vault import Vault

SIZES = (0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 5 * PIECE_BYTES + 17)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_with_its_key_alone(tmp_path: Path, size: int) -> None:
    vault = Vault(tmp_path / "attachments")
    content = os.urandom(size)
    file, key = vault.seal(content, "image/png")
    assert vault.open(file, key) == content
    assert file.size == size + SEAL_BYTES * len(file.pieces)
    assert len(file.pieces) == max(1, -(-size // PIECE_BYTES))
    assert file.digest == digest(b"".join(vault.read(name) or b"" for name in file.pieces))
    with pytest.raises(FileGone):
        vault.open(file, "00" * 32)


def test_nothing_plain_is_written(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "attachments")
    vault.seal("王小明 110101199003070011".encode() * 9_000, "image/png")
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "王小明".encode() not in kept
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "attachments").rglob("*"))


def test_the_same_file_twice_is_two_under_two_keys(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "attachments")
    (one, _), (other, _) = vault.seal(b"same", "image/png"), vault.seal(b"same", "image/png")
    assert one.digest != other.digest


@settings(max_examples=40)
@given(st.data())
def test_any_order_of_arrivals_cuts_and_repeats_ends_with_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("v")
    author, reader = Vault(folder / "a"), Vault(folder / "b")
    content = bytes(range(256)) * 2100
    file, key = author.seal(content, "image/png")
    pieces = [author.read(name) for name in file.pieces]
    numbers = st.integers(0, len(pieces) - 1)
    for number in data.draw(st.lists(numbers, max_size=12)):
        piece = pieces[number]
        assert piece is not None
        spoilt = data.draw(st.sampled_from(["no", "cut", "swapped", "flipped"]))
        if spoilt == "no":
            assert reader.keep(file.pieces[number], piece)
        else:
            other = {
                "cut": piece[:-1],
                "swapped": pieces[number - 1] or b"",
                "flipped": bytes([piece[0] ^ 1]) + piece[1:],
            }[spoilt]
            assert reader.keep(file.pieces[number], other) is (other == piece)
        if reader.lacking(file):
            with pytest.raises(FileGone):
                reader.open(file, key)
        reader = Vault(folder / "b")
    for number in data.draw(st.permutations(reader.lacking(file))):
        assert reader.keep(file.pieces[number], pieces[number] or b"")
    assert reader.open(file, key) == content


def test_pieces_cannot_change_places_nor_be_cut_off(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "attachments")
    file, key = vault.seal(os.urandom(3 * PIECE_BYTES), "image/png")
    a, b, c = file.pieces
    for pieces in ((b, a, c), (a, b), (a, a, c), (a, b, c, c)):
        turned = type(file)(file.digest, file.size, file.media_type, pieces)
        with pytest.raises(FileGone):
            vault.open(turned, key)


def test_a_name_leads_nowhere_but_into_the_vault(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "attachments")
    (tmp_path / "secret").write_bytes(b"x")
    file, key = vault.seal(b"x", "image/png")
    for name in ("../secret", "/etc/passwd", "", "ab", file.pieces[0].upper() + "/.."):
        evil = type(file)(file.digest, file.size, file.media_type, (name,))
        with pytest.raises(FileGone):
            vault.open(evil, key)
        assert not vault.keep(name, b"x")


def test_a_sweep_leaves_what_is_wanted_and_what_is_just_being_attached(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "attachments")
    wanted, _ = vault.seal(b"a", "image/png")
    unwanted, _ = vault.seal(b"b", "image/png")
    fresh, _ = vault.seal(b"c", "image/png")
    vault.release([*wanted.pieces, *unwanted.pieces])
    torn = vault._path(wanted.pieces[0]).with_name(unwanted.pieces[0] + ".new7")
    torn.write_bytes(b"half")
    assert vault.sweep(set(wanted.pieces)) == 2
    assert (vault.lacking(wanted), vault.lacking(unwanted), vault.lacking(fresh)) == ((), (0,), ())
    assert not torn.exists()
