"""The colours of the desk: light, dark and high contrast, as plain values that tests can measure."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette; every value is `#RRGGBB`.

    A name ending in `_soft` is the ground on which the colour of the same name is read.
    """

    background: str
    card: str
    line: str
    text: str
    secondary: str
    faint: str
    primary: str
    on_primary: str
    primary_soft: str
    rail: str
    rail_active: str
    rail_text: str
    inspection: str
    inspection_soft: str
    arbitration: str
    arbitration_soft: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    error: str
    error_soft: str
    field: str


LIGHT = Colours(
    background="#F3F5F7",
    card="#FFFFFF",
    line="#DDE2E8",
    text="#1B2430",
    secondary="#5B6776",
    faint="#66717E",
    primary="#0F5E9C",
    on_primary="#FFFFFF",
    primary_soft="#E7F1F9",
    rail="#17324A",
    rail_active="#2C4A66",
    rail_text="#FFFFFF",
    inspection="#9A4B00",
    inspection_soft="#FFF4E5",
    arbitration="#3F3D9E",
    arbitration_soft="#EEEDFB",
    good="#1C7A43",
    good_soft="#EAF6EF",
    caution="#8A5A00",
    caution_soft="#FFF6DB",
    error="#B3261E",
    error_soft="#FDECEA",
    field="#FFFFFF",
)

DARK = Colours(
    background="#12171D",
    card="#1B222B",
    line="#2E3843",
    text="#E8EDF2",
    secondary="#A3AFBD",
    faint="#8D9AA8",
    primary="#5CB0EE",
    on_primary="#0B1722",
    primary_soft="#17324A",
    rail="#0B1117",
    rail_active="#1D2731",
    rail_text="#E8EDF2",
    inspection="#F0B36A",
    inspection_soft="#33260F",
    arbitration="#B3B0FF",
    arbitration_soft="#25244A",
    good="#7FD49B",
    good_soft="#14301F",
    caution="#EBC76B",
    caution_soft="#332A0E",
    error="#FF8A80",
    error_soft="#3A1A18",
    field="#171D25",
)

CONTRAST = Colours(
    background="#000000",
    card="#000000",
    line="#FFFFFF",
    text="#FFFFFF",
    secondary="#FFFFFF",
    faint="#E6E6E6",
    primary="#FFE14D",
    on_primary="#000000",
    primary_soft="#2B2600",
    rail="#000000",
    rail_active="#3A3A3A",
    rail_text="#FFFFFF",
    inspection="#FFC27A",
    inspection_soft="#1E1200",
    arbitration="#D0CEFF",
    arbitration_soft="#12112B",
    good="#8CF2AF",
    good_soft="#00210D",
    caution="#FFE08A",
    caution_soft="#211A00",
    error="#FFB3AB",
    error_soft="#2B0502",
    field="#000000",
)

PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
"""Palettes by the name the settings keep."""

GROUNDS: dict[str, tuple[str, ...]] = {
    "text": ("background", "card", "field", "primary_soft", "inspection_soft", "arbitration_soft", "caution_soft"),
    "secondary": ("background", "card", "inspection_soft", "arbitration_soft"),
    "faint": ("background", "card"),
    "primary": ("background", "card", "primary_soft", "inspection_soft", "arbitration_soft"),
    "on_primary": ("primary",),
    "rail_text": ("rail", "rail_active"),
    "inspection": ("card", "inspection_soft"),
    "arbitration": ("card", "arbitration_soft"),
    "good": ("card", "good_soft", "background"),
    "caution": ("card", "caution_soft"),
    "error": ("card", "error_soft", "background"),
}
"""Which colour is read on which grounds; the contrast test measures these pairs."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB` as WCAG defines it."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def named(colours: Colours) -> dict[str, str]:
    """Return a palette as name to value."""
    return {field.name: getattr(colours, field.name) for field in fields(colours)}
