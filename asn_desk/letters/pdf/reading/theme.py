"""The theme part: which font "minor" and "major" mean and what the named colours are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Color
from asn_desk.letters.pdf.reading.ooxml import child, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ALIASES = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip


@dataclass
class Theme:
    """Latin fonts ("major", "minor") and colours of the document's theme; empty when the file has none."""

    fonts: dict[str, str] = field(default_factory=dict)
    colors: dict[str, Color] = field(default_factory=dict)

    def font(self, name: str | None) -> str | None:
        """Return the font for e.g. "minorHAnsi", None when the theme does not name one."""
        if not name:
            return None
        return self.fonts.get("major" if name.startswith("major") else "minor")

    def color(self, name: str | None) -> Color | None:
        """Return the colour for e.g. "accent1"."""
        return self.colors.get(_ALIASES.get(name, name)) if name else None


def read_theme(root: Element | None) -> Theme:
    """Read `word/theme/theme1.xml`."""
    from asn_desk.letters.pdf.reading.props import color

    theme = Theme()
    elements = child(root, "a:themeElements")
    for key in ("major", "minor"):
        latin = child(child(child(elements, "a:fontScheme"), f"a:{key}Font"), "a:latin")
        face = latin.get("typeface") if latin is not None else None
        if face:
            theme.fonts[key] = face
    scheme = child(elements, "a:clrScheme")
    for item in scheme if scheme is not None else ():
        found = next((color(sub.get("lastClr") or sub.get("val")) for sub in item), None)
        if found:
            theme.colors[local(item)] = found
    return theme
