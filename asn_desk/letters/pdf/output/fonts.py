"""Fonts of the PDF writer: which bundled font stands in for the one a letter names, its metrics, and cached text widths."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from functools import lru_cache

from asn_desk.letters.pdf.placing import pairs
from asn_desk.paths import resource

FAMILIES = {
    "sans": "LiberationSans",
    "serif": "LiberationSerif",
    "mono": "LiberationMono",
    "calibri": "Carlito",
    "cambria": "Caladea",
    "bookman": "ASNDeskBookman",
    "symbols": "DejaVuSans",
}
_STYLES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
_SAME_WIDTHS = {
    "arial": "sans", "helvetica": "sans", "liberation sans": "sans", "arimo": "sans", "arialmt": "sans",
    "times new roman": "serif", "times": "serif", "liberation serif": "serif", "tinos": "serif", "timesnewromanpsmt": "serif",
    "courier new": "mono", "courier": "mono", "liberation mono": "mono", "cousine": "mono",
    "calibri": "calibri", "carlito": "calibri", "calibri light": "calibri",
    "cambria": "cambria", "caladea": "cambria",
    "bookman old style": "bookman", "bookman": "bookman", "tex gyre bonum": "bookman", "itc bookman": "bookman",
    "asn desk bookman": "bookman", "urw bookman": "bookman", "bookman uralic": "bookman",
    "dejavu sans": "symbols", "symbol": "symbols", "wingdings": "symbols", "wingdings 2": "symbols",
    "wingdings 3": "symbols", "webdings": "symbols", "segoe ui symbol": "symbols", "opensymbol": "symbols",
    "ms gothic": "symbols", "segoe ui emoji": "symbols",
}  # fmt: skip
_SIMILAR = {
    "verdana": "sans", "tahoma": "sans", "consolas": "mono", "lucida console": "mono",
    "georgia": "serif", "garamond": "serif", "palatino linotype": "serif", "book antiqua": "serif", "century": "serif",
    "constantia": "cambria", "candara": "calibri", "corbel": "calibri", "aptos": "calibri", "segoe ui": "calibri",
    "century schoolbook": "bookman",
}  # fmt: skip
_SERIF_HINTS = (
    "serif",
    "roman",
    "times",
    "roma",
    "book",
    "garamond",
    "palatino",
    "century",
    "georgia",
    "minion",
    "old style",
)
_MAX_CACHED = 40_000
_TWIPS = 20


@dataclass(frozen=True)
class Substitute:
    """The bundled family that stands in for a named font, and whether its characters are as wide."""

    family: str
    same_widths: bool


@lru_cache(maxsize=256)
def substitute(name: str) -> Substitute:
    """Return the bundled family for a font name of Word."""
    key = name.strip().lower()
    if key in _SAME_WIDTHS:
        return Substitute(_SAME_WIDTHS[key], same_widths=True)
    if key in _SIMILAR:
        return Substitute(_SIMILAR[key], same_widths=False)
    if "sans" not in key and any(hint in key for hint in _SERIF_HINTS):
        return Substitute("serif", same_widths=False)
    return Substitute("sans", same_widths=False)


@dataclass(eq=False)
class Face:
    """One font file ready for the PDF: vertical metrics per em and the widths of characters; `descent` is positive."""

    name: str
    ascent: float
    descent: float
    gap: float
    """Room between lines; Word and LibreOffice put it above the line."""
    underline_position: float
    underline_thickness: float
    _advances: dict[int, float]
    _default: float
    _glyphs: dict[int, int]
    _widths: dict[str, float] = field(default_factory=dict)
    boxed: bool = True
    """Whether a sign the font lacks is printed as a box; some fonts leave nothing there."""
    plain: dict[str, float] = field(default_factory=dict)
    """Widths of words that need no second look: ASCII, no line may end inside them, any line may start with them."""
    kerns: pairs.Kerns = field(default_factory=dict)
    """Pairs that are moved together; empty for text without kerning."""
    joined: pairs.Joined | None = None
    closer: bool = False
    """Whether letters may stand closer than their widths say."""

    def remember_plain(self, word: str) -> None:
        """Keep the width of such a word."""
        if len(self.plain) > _MAX_CACHED:
            self.plain.clear()
        self.plain[word] = self.width(word)

    def width(self, text: str) -> float:
        """Return the width of a text at one point size; the answers are kept, letters repeat their words."""
        found = self._widths.get(text)
        if found is None:
            advances, default = self._advances, self._default
            found = sum([advances.get(ord(character), default) for character in text]) / 1000.0
            if self.closer:
                found += sum(self.distances(text).values()) / 1000.0
            if len(self._widths) > _MAX_CACHED:
                self._widths.clear()
            self._widths[text] = found
        return found

    def extents(self, size: float) -> tuple[float, float]:
        """Return how far a line of text reaches above (with the gap) and below its baseline, in points.

        LibreOffice measures in sixths of a twip and rounds the text's height and the gap to whole twips: half a twip is
        nothing, but a page has fifty lines.
        """
        sixths = size * _TWIPS * 6
        ascent, descent, gap = (_rounded(part * sixths) for part in (self.ascent, self.descent, self.gap))
        above = _rounded(ascent / 6) + _rounded(gap / 6)
        height = _rounded((ascent + descent) / 6) + _rounded(gap / 6)
        return above / _TWIPS, (height - above) / _TWIPS

    def distances(self, text: str) -> dict[int, float]:
        """Return by how much the letter after each index of a text is moved, in thousandths of an em."""
        return pairs.distances(text, self.kerns, self.joined)

    def kern(self, left: str, right: str) -> float:
        """Return the distance between the last letter of a text and the first of the next, at one point size."""
        return self.kerns.get(left[-1:], {}).get(right[:1], 0.0) / 1000.0

    def covers(self, text: str) -> bool:
        """Return whether the font has a glyph for every character; every bundled font has all of ASCII."""
        if text.isascii():
            return True
        glyphs = self._glyphs
        return all(ord(character) in glyphs for character in text)


def face(family: str, *, bold: bool = False, italic: bool = False) -> Face:
    """Return the face of a bundled family (a key of `FAMILIES`)."""
    stem = FAMILIES[family]
    if family == "symbols":
        return _load("DejaVuSans-Bold" if bold else "DejaVuSans")
    return _load(f"{stem}-{_STYLES[bold, italic]}")


@lru_cache(maxsize=40)
def kerned(plain: Face) -> Face:
    """Return a face with its pairs moved together: the same font in the PDF, other widths."""
    found = pairs.kerns(plain.name)
    return replace(plain, kerns=found, closer=True, _widths={}, plain={}) if found else plain


@lru_cache(maxsize=40)
def _load(stem: str) -> Face:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = resource("fonts", f"{stem}.ttf")
    font = TTFont(stem, str(path))
    pdfmetrics.registerFont(font)
    data = path.read_bytes()
    ascent, descent, gap, position, thickness = _vertical_metrics(data)
    inner, joined = font.face, pairs.joined(stem)
    return Face(
        stem, ascent, descent, gap, position, thickness, inner.charWidths, float(inner.defaultWidth), inner.charToGlyph,
        boxed=_has_box(data), joined=joined, closer=joined is not None and joined.differ,
    )  # fmt: skip


def _rounded(measure: float) -> int:
    return int(measure + 0.5)


def _has_box(data: bytes) -> bool:
    """Return whether the glyph for missing signs (number 0) has an outline."""
    tables = _tables(data)
    long_offsets = struct.unpack_from(">h", data, tables[b"head"] + 50)[0]
    first, second = struct.unpack_from(">II" if long_offsets else ">HH", data, tables[b"loca"])
    return bool(second > first)


def _vertical_metrics(data: bytes) -> tuple[float, float, float, float, float]:
    """Read ascent, descent, line gap, underline position and thickness (per em) from `hhea`, `OS/2` and `post`.

    Word takes the Windows ascent and descent and the part of the line gap they do not cover already; for the bundled
    fonts `hhea` holds those same figures except Carlito and Caladea, where LibreOffice and Word both follow `hhea`.
    """
    tables = _tables(data)
    per_em: int = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    ascent, descent, gap = struct.unpack_from(">hhh", data, tables[b"hhea"] + 4)
    position, thickness = struct.unpack_from(">hh", data, tables[b"post"] + 8)
    return ascent / per_em, -descent / per_em, max(gap, 0) / per_em, -position / per_em, thickness / per_em


def _tables(data: bytes) -> dict[bytes, int]:
    count: int = struct.unpack_from(">H", data, 4)[0]
    found: dict[bytes, int] = {}
    for index in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        found[tag] = offset
    return found


def fallback_for(text: str, *, bold: bool) -> Face | None:
    """Return a bundled face that has all of `text`, for characters the letter's own font lacks; None when none has."""
    for candidate in (face("symbols", bold=bold), face("sans", bold=bold)):
        if candidate.covers(text):
            return candidate
    return None
