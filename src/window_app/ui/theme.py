"""Puts palette, font and style sheet of the chosen theme and text size on the application."""

from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from window_app import paths
from window_app.ui.palettes import LIGHT, PALETTES, Colours, named

MAIN_FAMILY = "Noto Sans SC"
RARE_FAMILY = "HanaMinB"
BODY = 14


@dataclass(frozen=True, slots=True)
class Theme:
    """What a widget needs to draw itself: the colours and the text scale (1.0 to 2.0)."""

    colours: Colours = LIGHT
    scale: float = 1.0

    def px(self, size: float) -> int:
        """Return a length of the 100 % drawing in pixels of this text size."""
        return max(1, round(size * self.scale))


@cache
def load_font(file: str) -> bool:
    """Load one of the program's fonts once; answers whether Qt took it."""
    return QFontDatabase.addApplicationFont(str(paths.resources_dir() / "fonts" / file)) >= 0


def load_main_font() -> bool:
    """Load the font that all common characters are drawn with."""
    return load_font("NotoSansSC-Regular.ttf")


def load_rare_font() -> bool:
    """Load the font for rare names; it is large, so this happens after the first paint."""
    return load_font("HanaMinB.ttf")


def load_rare_font_file() -> int:
    """Bring the large font's file into memory, away from the interface thread; returns its size."""
    return len((paths.resources_dir() / "fonts" / "HanaMinB.ttf").read_bytes())


def theme_for(name: str, text_percent: int) -> Theme:
    """Return the theme of the settings; an unknown name or size falls back to the plain one."""
    percent = min(200, max(100, text_percent))
    return Theme(PALETTES.get(name, LIGHT), percent / 100)


def apply(application: QApplication, theme: Theme) -> None:
    """Dress the application: Fusion, palette, font and style sheet; one that wears them already is left alone."""
    sheet = style_sheet(theme)
    if application.styleSheet() == sheet:
        return
    application.setStyle("Fusion")
    application.setPalette(palette(theme.colours))
    font = QFont()
    font.setFamilies([MAIN_FAMILY, RARE_FAMILY])
    font.setPixelSize(theme.px(BODY))
    application.setFont(font)
    application.setStyleSheet(sheet)


def palette(colours: Colours) -> QPalette:
    """Return Qt's palette for the parts that the style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.background,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.field,
        QPalette.ColorRole.AlternateBase: colours.background,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.Button: colours.card,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.primary,
        QPalette.ColorRole.HighlightedText: colours.on_primary,
        QPalette.ColorRole.ToolTipBase: colours.card,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Link: colours.primary,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(disabled, role, QColor(colours.faint))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the style sheet with the theme's colours and lengths filled in."""
    text = (paths.resources_dir() / "styles" / "desk.qss").read_text(encoding="utf-8")
    # A frame of two pixels takes one from the padding, so that nothing moves when the focus comes.
    lengths = {f"less{size}": f"{theme.px(size) - 1}px" for size in (6, 10, 14)}
    lengths |= {f"px{size}": f"{theme.px(size)}px" for size in (2, 4, 5, 6, 8, 10, 12, 13, 14, 15, 16, 17, 20, 24)}
    icons = (paths.resources_dir() / "icons").as_posix()
    return Template(text).substitute(named(theme.colours) | lengths | {"icons": icons})
