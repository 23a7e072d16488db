"""`window-app --headless`: tests/smoke goes through it; here is what it says where no window can be."""

import sys

import pytest

from window_app.ui import main


def test_without_a_display_the_program_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not main.has_display()
    assert "HEADLESS=1" in main.no_display_text()
