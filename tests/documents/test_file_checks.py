"""Strangers' files: what is harmless is taken, everything else is refused with a reason and nothing is run."""

import io
import json
import os
import subprocess
import sys

import pytest
from PIL import Image
from tests.documents.hostile_files import REFUSED, jpeg, pdf, png

from window_app.documents import file_checks
from window_app.documents.file_reader import SeparateFileReader
from window_app.domain.attachments import CheckedFile, FileRefused
from window_app.i18n import Catalogue


@pytest.mark.parametrize(("name", "content", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_with_its_reason(name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as told:
        file_checks.check(content, name)
    assert told.value.code == code
    for language in ("zh_CN", "en"):
        text = Catalogue(language).message(told.value)
        assert "attachment." not in text
        assert "{" not in text


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.JPG", jpeg(), CheckedFile("image/jpeg", 1)),
        ("", png(), CheckedFile("image/png", 1)),
        ("a.png", png(1, 1), CheckedFile("image/png", 1)),
        ("a.pdf", pdf(pages=3), CheckedFile("application/pdf", 3)),
        # What phones put behind a photo is part of it: a second picture, a film of a moment.
        ("a.jpg", jpeg() + b"\x00\x00\x00\x18ftypmp42" + bytes(300), CheckedFile("image/jpeg", 1)),
        ("a.pdf", pdf() + b"\r\n\r\n", CheckedFile("application/pdf", 1)),
    ],
)
def test_what_is_harmless_is_taken(name: str, content: bytes, expected: CheckedFile) -> None:
    assert file_checks.check(content, name) == expected


def test_any_cut_of_a_good_file_is_refused_or_whole() -> None:
    for content, name in ((jpeg(), "a.jpg"), (png(), "a.png"), (pdf(pages=2), "a.pdf")):
        for end in range(1, len(content) - 12, max(1, len(content) // 60)):
            with pytest.raises(FileRefused):
                file_checks.check(content[:end], name)


def test_a_photo_stands_upright() -> None:
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(kept, "JPEG", exif=exif)
    made = file_checks.picture(kept.getvalue(), "image/jpeg", 0, 400)
    assert (made.width, made.height) == (20, 40)
    assert len(made.pixels) == 20 * 40 * 4


def test_pages_are_drawn_as_wide_as_asked() -> None:
    for page in range(2):
        made = file_checks.picture(pdf(pages=2), "application/pdf", page, 150)
        assert (made.width, made.height) == (150, 200)
    with pytest.raises(FileRefused):
        file_checks.picture(pdf(pages=2), "application/pdf", 2, 150)


def test_the_other_process_answers_as_this_one_would() -> None:
    reader = SeparateFileReader()
    assert reader.check(pdf(pages=2), "a.pdf") == CheckedFile("application/pdf", 2)
    assert reader.picture(png(), "image/png", 0, 32).width == 32
    with pytest.raises(FileRefused) as told:
        reader.check(jpeg(), "a.pdf")
    assert (told.value.code, told.value.params) == ("attachment.other_kind", {"claimed": "PDF", "found": "JPEG"})


def test_a_file_that_breaks_its_reader_breaks_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import os, sys; sys.stdin.buffer.readline(); os.kill(os.getpid(), 11)"
    real = subprocess.run

    def broken(_: object, **others: object) -> object:
        return real([sys.executable, "-c", script], **others)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(FileRefused):
        SeparateFileReader().check(pdf(), "a.pdf")


def test_the_other_process_may_not_write_and_has_bounded_memory() -> None:
    program = (
        "import json, resource, sys; from window_app.documents import file_process as p; p._bound();"
        "print(json.dumps([resource.getrlimit(resource.RLIMIT_FSIZE)[0], resource.getrlimit(resource.RLIMIT_AS)[0]]))"
    )
    if os.name == "nt":
        pytest.skip("bounds are the system's")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert json.loads(done.stdout) == [0, 1536 * 1024 * 1024]
