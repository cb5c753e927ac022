"""The theme part: which font "minor" and "major" mean and what the named colours are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Color
from asn_desk.letters.pdf.reading.ooxml import child, color, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ALIASES = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip


_ARABIC = {"majorBidi": "Times New Roman", "minorBidi": "Arial"}
"""What Word offers as "Headings CS" and "Body CS": popular names for Times New Roman and Arial in its list of fonts."""


@dataclass
class Theme:
    """Fonts ("major" and "minor" for Latin letters, "majorBidi", "minorEastAsia" ...) and colours of the document's theme."""

    fonts: dict[str, str] = field(default_factory=dict)
    colors: dict[str, Color] = field(default_factory=dict)

    def font(self, name: str | None) -> str | None:
        """Return the font for e.g. "minorHAnsi", None when the theme does not name one."""
        if not name:
            return None
        return self.fonts.get(name) or self.fonts.get("major" if name.startswith("major") else "minor")

    def color(self, name: str | None) -> Color | None:
        """Return the colour for e.g. "accent1"."""
        return self.colors.get(_ALIASES.get(name, name)) if name else None


def read_theme(root: Element | None) -> Theme:
    """Read `word/theme/theme1.xml`."""
    theme = Theme()
    elements = child(root, "a:themeElements")
    for key in ("major", "minor"):
        _read_fonts(child(child(elements, "a:fontScheme"), f"a:{key}Font"), key, theme.fonts)
    scheme = child(elements, "a:clrScheme")
    for item in scheme if scheme is not None else ():
        found = next((color(sub.get("lastClr") or sub.get("val")) for sub in item), None)
        if found:
            theme.colors[local(item)] = found
    return theme


def _read_fonts(scheme: Element | None, key: str, fonts: dict[str, str]) -> None:
    """Read what the theme gives Latin, Asian and right-to-left letters; one that names no font for the last has Word's own."""
    if scheme is None:
        return
    for name, kind in ((key, "latin"), (f"{key}EastAsia", "ea"), (f"{key}Bidi", "cs")):
        element = child(scheme, f"a:{kind}")
        face = element.get("typeface") if element is not None else None
        if face:
            fonts[name] = face
    arabic = next((item.get("typeface") for item in scheme if item.get("script") == "Arab"), None)
    fonts.setdefault(f"{key}Bidi", arabic or _ARABIC[f"{key}Bidi"])
