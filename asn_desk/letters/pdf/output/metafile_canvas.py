"""What drawings of Windows are drawn on: pens, brushes, fonts and a fine grid that becomes a PNG."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from asn_desk.paths import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
Rgb = tuple[int, int, int]
_LONGEST, _FINER = 1_400, 2
"""Pixels of the longer side, and how much finer everything is drawn before it is made smaller and smooth."""
MAX_RECORDS, MAX_POINTS, MAX_FILE = 200_000, 2_000_000, 32 * 1024 * 1024
_FONTS = {"times": "LiberationSerif", "courier": "LiberationMono", "roman": "LiberationSerif"}
_CURVE_STEPS = 12


@dataclass(frozen=True)
class Pen:
    """How lines are drawn; `width` in the units of the drawing, None as colour for no line."""

    color: Rgb | None = (0, 0, 0)
    width: float = 0.0


@dataclass(frozen=True)
class Brush:
    """How areas are filled; None for no filling."""

    color: Rgb | None = (255, 255, 255)


@dataclass(frozen=True)
class Font:
    """How letters look; `height` in the units of the drawing."""

    name: str = "Arial"
    height: float = 12.0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Pencil:
    """What drawing commands go by, saved and restored together."""

    pen: Pen = Pen()
    brush: Brush = Brush()
    font: Font = Font()
    text_color: Rgb = (0, 0, 0)
    align: int = 0
    at: Point = (0.0, 0.0)
    window: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    viewport: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    world: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    scaled: bool = True
    """Whether window and viewport count (not in pixels)."""

    def device(self, point: Point) -> Point:
        """Return where a point of the drawing lies on its device."""
        a, b, c, d, e, f = self.world
        x, y = point[0] * a + point[1] * c + e, point[0] * b + point[1] * d + f
        if not self.scaled:
            return x, y
        left, top, width, height = self.window
        to_left, to_top, to_width, to_height = self.viewport
        return (x - left) * to_width / width + to_left, (y - top) * to_height / height + to_top


def color_of(number: int) -> Rgb:
    """Return the colour of Windows' 0x00BBGGRR."""
    return number & 255, number >> 8 & 255, number >> 16 & 255


@dataclass
class Canvas:
    """The picture being drawn; `frame` (left, top, width, height) is the part of the device it shows."""

    frame: tuple[float, float, float, float]
    pencil: Pencil = field(default_factory=Pencil)
    drawn: bool = False
    _saved: list[Pencil] = field(default_factory=list)
    _points: int = 0

    def __post_init__(self) -> None:
        from PIL import Image, ImageDraw

        _, _, width, height = self.frame
        if width == 0 or height == 0:
            raise ValueError("a drawing without extent")
        scale = _LONGEST * _FINER / max(abs(width), abs(height))
        self.size = max(_FINER, round(abs(width) * scale)), max(_FINER, round(abs(height) * scale))
        self.image: Any = Image.new("RGBA", self.size, (255, 255, 255, 0))
        self._draw: Any = ImageDraw.Draw(self.image)

    def set(self, **changes: Any) -> None:
        """Change what following commands go by."""
        self.pencil = replace(self.pencil, **changes)

    def save(self) -> None:
        """Keep what commands go by."""
        self._saved.append(self.pencil)

    def restore(self, level: int) -> None:
        """Go back to what was kept: the last one for -1."""
        index = level if level < 0 else level - 1
        if self._saved and -len(self._saved) <= index < len(self._saved):
            self.pencil = self._saved[index]
            del self._saved[index:]

    def pixel(self, point: Point) -> Point:
        """Return where a point of the drawing lies in the picture."""
        x, y = self.pencil.device(point)
        left, top, width, height = self.frame
        return (
            max(-1e5, min(1e5, (x - left) / width * self.size[0])),
            max(-1e5, min(1e5, (y - top) / height * self.size[1])),
        )

    def length(self, measure: float) -> float:
        """Return how many pixels a distance of the drawing covers."""
        (x1, y1), (x2, y2) = self.pixel((0.0, 0.0)), self.pixel((measure, measure))
        return max(abs(x2 - x1), abs(y2 - y1))

    def shapes(self, parts: Sequence[Sequence[Point]], *, fill: bool, stroke: bool, closed: bool) -> None:
        """Fill and outline figures; where they lie over each other, every second one is a hole."""
        self._points += sum(len(part) for part in parts)
        if self._points > MAX_POINTS:
            raise ValueError("a drawing with too many points")
        figures = [[self.pixel(point) for point in part] for part in parts if len(part) > 1]
        if fill and self.pencil.brush.color is not None:
            self._fill([figure for figure in figures if len(figure) > 2], self.pencil.brush.color)
        if stroke and self.pencil.pen.color is not None:
            width = max(_FINER, round(self.length(self.pencil.pen.width)))
            for figure in figures:
                ends = [*figure, figure[0]] if closed else figure
                self._draw.line(ends, fill=self.pencil.pen.color, width=width, joint="curve")
                self.drawn = True

    def _fill(self, figures: list[list[Point]], color: Rgb) -> None:
        from PIL import Image, ImageChops, ImageDraw

        if len(figures) == 1:
            self._draw.polygon(figures[0], fill=color)
        elif figures:
            whole: Any = Image.new("1", self.size)
            for figure in figures:
                mask: Any = Image.new("1", self.size)
                ImageDraw.Draw(mask).polygon(figure, fill=1)
                whole = ImageChops.logical_xor(whole, mask)
            self.image.paste((*color, 255), (0, 0), whole)
        self.drawn = self.drawn or bool(figures)

    def bitmap(self, dib: bytes, corner: Point, size: Point) -> None:
        """Draw a bitmap (a DIB without the header of its file) into a rectangle."""
        from PIL import Image

        picture: Any = Image.open(io.BytesIO(_bmp(dib)), formats=("BMP",)).convert("RGB")
        (x1, y1), (x2, y2) = self.pixel(corner), self.pixel((corner[0] + size[0], corner[1] + size[1]))
        if x2 < x1:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if y2 < y1:
            picture = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        extent = max(1, round(abs(x2 - x1))), max(1, round(abs(y2 - y1)))
        if max(extent) > 4 * _LONGEST * _FINER:
            raise ValueError("a bitmap far larger than its drawing")
        self.image.paste(picture.resize(extent), (round(min(x1, x2)), round(min(y1, y2))))
        self.drawn = True

    def text(self, text: str, point: Point) -> None:
        """Write a line of text at a point, as its alignment says."""
        font, align = self.pencil.font, self.pencil.align
        size = round(self.length(abs(font.height)))
        if not text.strip() or not 1 <= size <= 2 * _LONGEST:
            return
        across = {2: "r", 6: "m"}.get(align & 6, "l")
        down = {24: "s", 8: "d"}.get(align & 24, "a")
        spot = self.pixel(self.pencil.at if align & 1 else point)
        self._draw.text(spot, text, fill=self.pencil.text_color, font=_letters(font, size), anchor=across + down)
        self.drawn = True

    def png(self) -> bytes:
        """Return the finished picture."""
        from PIL import Image

        target = io.BytesIO()
        size = max(1, self.size[0] // _FINER), max(1, self.size[1] // _FINER)
        self.image.resize(size, Image.Resampling.BOX).save(target, "PNG", compress_level=6)
        return target.getvalue()


def _letters(font: Font, size: int) -> Any:
    from PIL import ImageFont

    family = next((stem for word, stem in _FONTS.items() if word in font.name.lower()), "LiberationSans")
    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}
    name = style.get((font.bold, font.italic), "BoldItalic")
    return ImageFont.truetype(str(resource("fonts", f"{family}-{name}.ttf")), size)


def _bmp(dib: bytes) -> bytes:
    """Put the header of a BMP file before a bitmap."""
    head, bits, packing, used = (
        struct.unpack_from("<I", dib)[0],
        struct.unpack_from("<H", dib, 14)[0],
        struct.unpack_from("<I", dib, 16)[0],
        struct.unpack_from("<I", dib, 32)[0],
    )
    colors = (used or 1 << bits) * 4 if bits <= 8 else 0
    masks = 12 if packing == 3 and head == 40 else 0
    return b"BM" + struct.pack("<IHHI", 14 + len(dib), 0, 0, 14 + head + colors + masks) + dib


def curve(start: Point, points: Sequence[Point]) -> list[Point]:
    """Return Bezier curves, three points each after the start, as short straight lines."""
    found: list[Point] = []
    for index in range(0, len(points) - 2, 3):
        one, two, end = points[index : index + 3]
        for step in range(1, _CURVE_STEPS + 1):
            t = step / _CURVE_STEPS
            s = 1.0 - t
            weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
            four = (start, one, two, end)
            found.append(
                (
                    sum(w * p[0] for w, p in zip(weights, four, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, four, strict=True)),
                )
            )
        start = end
    return found


def ellipse(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """Return an ellipse in a rectangle as short straight lines."""
    from math import cos, pi, sin

    middle, half = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
    turns = [index * pi / 24 for index in range(48)]
    return [(middle[0] + half[0] * cos(turn), middle[1] + half[1] * sin(turn)) for turn in turns]
