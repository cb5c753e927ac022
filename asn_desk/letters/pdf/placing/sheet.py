"""A page as a list of simple marks (fillings, texts, lines, pictures), measured in points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from asn_desk.letters.pdf.model import Border, Color
from asn_desk.letters.pdf.output.fonts import Face
from asn_desk.letters.pdf.output.images import Image

if TYPE_CHECKING:
    from asn_desk.letters.pdf.placing.slabs import Slab


class Ink(NamedTuple):
    """How a stretch of text is drawn and measured; `ascent` and `descent` are what it asks of its line, in points."""

    face: Face
    size: float
    color: Color
    ascent: float
    descent: float
    rise: float = 0.0
    spacing: float = 0.0
    scale: float = 1.0
    underline: str = "none"
    underline_color: Color | None = None
    strike: int = 0
    shade: Color | None = None

    def width(self, text: str) -> float:
        """Return the width of a text in points."""
        plain = self.face.width(text) * self.size
        if self.spacing or self.scale != 1.0:
            return plain * self.scale + self.spacing * len(text)
        return plain


class TextMark(NamedTuple):
    """Text at a baseline; `word_space` is added to every ordinary space (justified lines)."""

    x: float
    y: float
    text: str
    ink: Ink
    word_space: float = 0.0


class Fill(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    color: Color


class Rule(NamedTuple):
    """A straight line; `dash` is a pattern of lengths, empty for a solid line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    color: Color
    dash: tuple[float, ...] = ()


class PictureMark(NamedTuple):
    """A picture stretched to a rectangle."""

    x: float
    y: float
    width: float
    height: float
    image: Image


@dataclass(slots=True)
class Stamp:
    """A slab where it stands on a page; `closing` when nothing of the same table follows there."""

    slab: Slab
    x: float
    y: float
    closing: bool = True


@dataclass
class Sheet:
    """One page under construction: the slabs that stand on it, or the marks of one slab. Margins are kept for anchored objects.

    `bound_to_page` is set by marks whose place depends on the page and not on the slab that draws them.
    """

    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    behind: list[PictureMark] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    texts: list[TextMark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[PictureMark] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    bound_to_page: bool = False

    def blank(self) -> Sheet:
        """Return an empty sheet of the same paper and margins."""
        return Sheet(self.width, self.height, self.left, self.top, self.right, self.bottom)

    def line(self, start: tuple[float, float], end: tuple[float, float], border: Border, *, outward: int = 1) -> None:
        """Draw a border line along its inner edge; its stripes follow each other outward (+1 right or down, -1 left or up)."""
        (x1, y1), (x2, y2) = start, end
        if border.style == "single":
            half = outward * border.width / 2
            dx, dy = (0.0, half) if abs(y2 - y1) <= abs(x2 - x1) else (half, 0.0)
            self.rules.append(Rule(x1 + dx, y1 + dy, x2 + dx, y2 + dy, border.width, border.color))
            return
        level = abs(y2 - y1) <= abs(x2 - x1)
        for offset, width in stripes(border):
            shift = outward * (offset + width / 2)
            dx, dy = (0.0, shift) if level else (shift, 0.0)
            self.rules.append(Rule(x1 + dx, y1 + dy, x2 + dx, y2 + dy, width, border.color, _dash(border)))


_THIN = 0.75
_DASHES = {
    "dotted": (1.0, 1.0), "dashed": (4.0, 4.0), "dashSmallGap": (4.0, 1.5), "dotDash": (4.0, 2.0, 1.0, 2.0),
    "dotDotDash": (4.0, 2.0, 1.0, 2.0, 1.0, 2.0), "dashDotStroked": (4.0, 2.0, 1.0, 2.0), "dash": (4.0, 4.0),
}  # fmt: skip


def _dash(border: Border) -> tuple[float, ...]:
    pattern = _DASHES.get(border.style, ())
    return tuple(length * max(border.width, 0.5) for length in pattern)


def stripes(border: Border) -> list[tuple[float, float]]:
    """Return (offset, thickness) of the parallel lines a border is made of, from the text outward.

    Word's "thin-thick" means thin inside, thick outside (ECMA-376, ST_Border).
    """
    width, style = border.width, border.style
    if style in ("double", "doubleWave"):
        return [(0.0, width), (2 * width, width)]
    if style == "triple":
        return [(0.0, width), (2 * width, width), (4 * width, width)]
    if style.startswith(("thinThick", "thickThin")):
        thin, gap = _thin_and_gap(style, width)
        first, second = (thin, width) if style.startswith("thinThick") else (width, thin)
        found = [(0.0, first), (first + gap, second)]
        if style.startswith("thinThickThin"):
            found.append((first + gap + second + gap, thin))
        return found
    return [(0.0, width)]


def _thin_and_gap(style: str, width: float) -> tuple[float, float]:
    if "Medium" in style:
        return width / 2, width / 2
    return (_THIN, width) if "Large" in style else (_THIN, _THIN)


def thickness(border: Border | None) -> float:
    """Return the whole breadth of a border's stripes."""
    if border is None:
        return 0.0
    if border.style == "single":
        return border.width
    offset, width = stripes(border)[-1]
    return offset + width
