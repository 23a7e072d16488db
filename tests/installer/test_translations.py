"""The tool that keeps the interface's texts in step with its code, on a small interface of its own."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from window_app import paths

PROJECT = Path(__file__).resolve().parents[2]
CODE = 'class Desk(QWidget):\n    def name(self):\n        return self.tr("Take in")\n'


@pytest.fixture
def tool(tmp_path, monkeypatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", PROJECT / "installer" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(module, "SOURCES", tmp_path / "ui")
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "desk.py").write_text(CODE, encoding="utf-8")
    return module


def translate(tool: ModuleType, text: str, chinese: str) -> None:
    """Do what a translator does."""
    file = tool.LOCALE / "zh_CN" / "window_app.ts"
    written = file.read_text(encoding="utf-8")
    empty = f'<source>{text}</source>\n        <translation type="unfinished"></translation>'
    assert empty in written
    full = f"<source>{text}</source>\n        <translation>{chinese}</translation>"
    file.write_text(written.replace(empty, full), encoding="utf-8")


def test_a_new_text_is_unfinished_until_somebody_translates_it(tool, capsys):
    assert tool.main(["update"]) == 1
    assert "no text for: Take in" in capsys.readouterr().err
    translate(tool, "Take in", "收件")
    assert tool.main(["update"]) == 0
    assert tool.main(["check"]) == 0


def test_a_text_that_changed_in_the_code_is_out_of_step(tool, tmp_path, capsys):
    tool.main(["update"])
    translate(tool, "Take in", "收件")
    tool.main(["update"])
    (tmp_path / "ui" / "desk.py").write_text(CODE.replace("Take in", "Take it in"), encoding="utf-8")
    assert tool.main(["check"]) == 1
    assert "zh_CN/window_app.ts is out of step" in capsys.readouterr().err


def test_a_translation_that_was_not_compiled_is_out_of_step(tool, capsys):
    tool.main(["update"])
    translate(tool, "Take in", "收件")
    assert tool.main(["check"]) == 1
    assert "zh_CN/window_app.qm is out of step" in capsys.readouterr().err


def test_qt_reads_what_was_compiled(tool):
    tool.main(["update"])
    translate(tool, "Take in", "收件")
    tool.main(["update"])
    translator = QTranslator()
    assert translator.load(str(tool.LOCALE / "zh_CN" / "window_app.qm"))
    assert translator.translate("Desk", "Take in") == "收件"


def test_english_holds_only_texts_with_a_number(tool, tmp_path):
    (tmp_path / "ui" / "list.py").write_text(
        'class L(QWidget):\n    def n(self, n):\n        self.tr("%n case(s)", "", n)\n'
    )
    tool.main(["update"])
    english = (tool.LOCALE / "en" / "window_app.ts").read_text(encoding="utf-8")
    assert "%n case(s)" in english
    assert "Take in" not in english


def test_the_command_line_is_explained(tool, capsys):
    assert tool.main([]) == 2
    assert "update" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_compiled_texts_lie_where_the_program_looks(language):
    assert (paths.resources_dir() / "locale" / language / "window_app.qm").is_file()
