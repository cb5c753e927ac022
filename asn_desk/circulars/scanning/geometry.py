"""Plane geometry of a scanned sheet: from millimetres on the paper to pixels in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Projection:
    """A perspective map (x, y) -> (a x + b y + c, d x + e y + f) / (g x + h y + 1)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float = 0.0
    h: float = 0.0

    def __call__(self, point: Point) -> Point:
        """Return where a point lies in the picture."""
        x, y = point
        below = self.g * x + self.h * y + 1.0
        return (self.a * x + self.b * y + self.c) / below, (self.d * x + self.e * y + self.f) / below

    def drawn(self, image: Image, origin: Point, size: tuple[int, int], fine: float, fill: int) -> Image:
        """Return a piece of the paper as a picture of `size` pixels, `fine` of them to a millimetre, from `origin` on.

        Where the paper is not in the picture it is `fill`.
        """
        from PIL.Image import Resampling, Transform

        x, y = origin
        below = self.g * x + self.h * y + 1.0
        rows = ((self.a, self.b, self.c), (self.d, self.e, self.f))
        data = [value / below for a, b, c in rows for value in (a / fine, b / fine, a * x + b * y + c)]
        bend = [self.g / fine / below, self.h / fine / below]
        if not any(bend):
            return image.transform(size, Transform.AFFINE, data, Resampling.BILINEAR, fillcolor=fill)
        return image.transform(size, Transform.PERSPECTIVE, [*data, *bend], Resampling.BILINEAR, fillcolor=fill)


def projection(paper: Sequence[Point], picture: Sequence[Point]) -> Projection | None:
    """Return the map that takes three (affine) or four (perspective) points of the paper to the picture.

    None when three of the points lie on one line.
    """
    rows: list[list[float]] = []
    full = len(paper) >= 4
    for (x, y), (u, v) in zip(paper, picture, strict=True):
        bend_u, bend_v = ([-x * u, -y * u], [-x * v, -y * v]) if full else ([], [])
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, *bend_u, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, *bend_v, v])
    solved = _solve(rows)
    return None if solved is None else Projection(*solved)


def _solve(rows: list[list[float]]) -> list[float] | None:
    """Gauss-Jordan with pivoting; a row is coefficients and right side. None for a singular system."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < 1e-9:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        rows[column] = [value / lead for value in rows[column]]
        for other in range(size):
            factor = rows[other][column]
            if other != column and factor:
                rows[other] = [value - factor * above for value, above in zip(rows[other], rows[column], strict=True)]
    return [row[-1] for row in rows]


def corners(box: tuple[float, float, float, float]) -> tuple[Point, Point, Point, Point]:
    """Return the corners of (left, top, right, bottom) in reading order around: top left, top right, bottom right, bottom left."""
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)
