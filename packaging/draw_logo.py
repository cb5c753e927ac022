"""Draws the invented emblem of the sample city: shield, rising sun in a gear, hills, waves.

Run it from the project folder: python packaging/draw_logo.py. Every shape is a polygon computed here; no region's emblem
served as a model. No SVG is made, because Qt's SVG renderer ignores the clipping that the shield needs.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "sample"
FONT = ROOT / "resources" / "fonts" / "LiberationSans-Bold.ttf"
WIDTH, HEIGHT, SCALE = 400, 480, 6

NAVY, TEAL, SKY, GOLD, AMBER = "#0d3b4a", "#0f6b7c", "#e9f5f3", "#e8b23a", "#c98a17"
HILL_FAR, HILL_NEAR, WATER, FOAM, PAPER = "#5fa37c", "#2f7d57", "#1c6fa8", "#dff0fa", "#ffffff"

Point = tuple[float, float]
Shape = tuple[str, list[Point]]
HORIZON, CENTRE = 300.0, 200.0


def curve(start: Point, pull: Point, end: Point, steps: int = 40) -> list[Point]:
    """Points of a quadratic Bezier curve, without its last point."""
    points = []
    for step in range(steps):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append((a * start[0] + b * pull[0] + c * end[0], a * start[1] + b * pull[1] + c * end[1]))
    return points


def shield(inset: float) -> list[Point]:
    """The shield's outline, `inset` pixels inside the largest one."""
    left, right, top, bottom = 22 + inset, 378 - inset, 16 + inset, 468 - inset * 1.25
    middle = 250.0
    return [
        *curve((left, top + 16), (CENTRE - 90, top + 22), (CENTRE, top)),
        *curve((CENTRE, top), (CENTRE + 90, top + 22), (right, top + 16)),
        *curve((right, top + 16), (right + 4, middle - 60), (right - 4, middle + 20)),
        *curve((right - 4, middle + 20), (right - 26, bottom - 70), (CENTRE, bottom)),
        *curve((CENTRE, bottom), (left + 26, bottom - 70), (left + 4, middle + 20)),
        *curve((left + 4, middle + 20), (left - 4, middle - 60), (left, top + 16)),
    ]


def circle(radius: float) -> list[Point]:
    """A circle round the point where the sun rises."""
    return [
        (CENTRE + radius * math.cos(turn * math.pi / 90), HORIZON - 46 + radius * math.sin(turn * math.pi / 90))
        for turn in range(180)
    ]


def gear(radius: float, tooth: float, teeth: int) -> list[Point]:
    """A gear wheel's outline with slanted teeth."""
    points = []
    for index in range(teeth):
        for part, far in ((-0.30, False), (-0.20, True), (0.20, True), (0.30, False)):
            angle = (index + part) * 2 * math.pi / teeth - math.pi / 2
            distance = radius + tooth * far
            points.append((CENTRE + distance * math.cos(angle), HORIZON - 46 + distance * math.sin(angle)))
    return points


def rays(inner: float, outer: float, count: int) -> list[Shape]:
    """Rays as slim wedges between two radii."""
    shapes: list[Shape] = []
    for index in range(count):
        angle = (index + 0.5) * 2 * math.pi / count - math.pi / 2
        corners = ((inner, -0.045), (outer, -0.075), (outer, 0.075), (inner, 0.045))
        points = [
            (CENTRE + distance * math.cos(angle + turn), HORIZON - 46 + distance * math.sin(angle + turn))
            for distance, turn in corners
        ]
        shapes.append((GOLD, points))
    return shapes


def hill(left: float, peak: Point, right: float, colour: str) -> Shape:
    """A rounded hill that stands on the water."""
    base = HORIZON + 20
    slope = curve((left, base), (left + (peak[0] - left) * 0.6, peak[1]), peak)
    return colour, [*slope, *curve(peak, (right - (right - peak[0]) * 0.6, peak[1]), (right, base)), (right, base)]


def wave(top: float, height: float, colour: str, shift: float) -> Shape:
    """A band with a waving upper edge down to the shield's foot."""
    edge = [(float(x), top + height * math.sin(x / 26 + shift)) for x in range(0, WIDTH + 1, 4)]
    return colour, [*edge, (float(WIDTH), float(HEIGHT)), (0.0, float(HEIGHT))]


def picture() -> list[Shape]:
    """Everything inside the shield, back to front."""
    waves = [
        wave(306 + 31 * step + offset, 6.5, colour, step * 1.9)
        for step in range(5)
        for offset, colour in ((0, FOAM), (7, WATER))
    ]
    return [
        (SKY, [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)]),
        *rays(100, 330, 18),
        (AMBER, gear(88, 15, 16)),
        (SKY, circle(72)),
        (GOLD, circle(62)),
        hill(20, (112, 232), 238, HILL_FAR),
        hill(170, (298, 222), 400, HILL_FAR),
        hill(70, (206, 262), 340, HILL_NEAR),
        *waves,
        (TEAL, [(0, 0), (WIDTH, 0), (WIDTH, 96), (0, 96)]),
        (GOLD, [(0, 96), (WIDTH, 96), (WIDTH, 102), (0, 102)]),
    ]


def draw_png() -> Image.Image:
    """Paint at six times the size and shrink, which smooths every edge; outside the shield the picture is transparent."""
    from PIL import Image, ImageDraw, ImageFont

    def scaled(points: list[Point]) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    size = (WIDTH * SCALE, HEIGHT * SCALE)
    image = Image.new("RGBA", size, NAVY + "00")
    canvas = ImageDraw.Draw(image)
    canvas.polygon(scaled(shield(0)), fill=NAVY)
    canvas.polygon(scaled(shield(7)), fill=GOLD)
    canvas.polygon(scaled(shield(12)), fill=NAVY)
    inside = Image.new("RGBA", size)
    painter = ImageDraw.Draw(inside)
    for colour, points in picture():
        painter.polygon(scaled(points), fill=colour)
    painter.text(
        (CENTRE * SCALE, 68 * SCALE),
        "KOTA CONTOH",
        font=ImageFont.truetype(str(FONT), 36 * SCALE),
        fill=PAPER,
        anchor="mm",
    )
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(scaled(shield(16)), fill=255)
    image.paste(inside, mask=mask)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def main() -> None:
    """Write logo-kota-contoh.png into resources/sample."""
    TARGET.mkdir(parents=True, exist_ok=True)
    draw_png().save(TARGET / "logo-kota-contoh.png", dpi=(300, 300), optimize=True)


if __name__ == "__main__":
    main()
