"""The signature boxes of a collective sheet: found by the code and the four corner marks, judged by their ink.

A box is called signed only when what is in it looks like handwriting; everything in doubt goes to the clerk's eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from asn_desk.circulars.papers import sheet_layout as layout
from asn_desk.circulars.scanning.geometry import Point, Projection, corners, projection
from asn_desk.circulars.scanning.ink import judge
from asn_desk.circulars.scanning.reading import Box, Quad

if TYPE_CHECKING:
    from PIL.Image import Image

_WINDOW = 26.0  # mm around the place where a mark is expected: half a centimetre to spare on each side
_FINE = 4  # pixels for a millimetre in that window
_BOX_FINE = 4  # and in a signature box
_ASTRAY = 3.0  # mm, across and down together: how far the code may lie from where the marks want it
_SOLID = 0.82  # how much of a mark must be dark, however badly it was scanned
_CLEAR = 0.5  # how much of what lies around it may be dark


def read_boxes(image: Image, code: Quad) -> tuple[Box, ...]:
    """Return the judged boxes of every row; none when the sheet's marks cannot be found where they must be."""
    rough = projection(corners(layout.QR_BOX)[:3], code[:3])
    if rough is None:
        return ()
    exact = _by_marks(image, rough)
    if exact is None:
        return ()
    return tuple(_box(image, exact, row) for row in range(1, layout.ROWS + 1))


def _by_marks(image: Image, rough: Projection) -> Projection | None:
    """Return the sheet's exact place from its marks: all four, or three of them when a corner is gone."""
    found = _found(image, rough, layout.MARK_CENTRES[:2])
    found += _found(image, _level_with(found) or rough, layout.MARK_CENTRES[2:])
    if len(found) < 3:
        return None
    exact = projection([paper for paper, _ in found], [place for _, place in found])
    if exact is None or not _plausible(rough, exact):
        return None
    return exact


def _found(image: Image, rough: Projection, centres: Sequence[Point]) -> list[tuple[Point, Point]]:
    return [(centre, place) for centre in centres if (place := _mark(image, rough, centre)) is not None]


def _level_with(top: Sequence[tuple[Point, Point]]) -> Projection | None:
    """Return where the sheet lies by its two upper marks: a span of 190 mm foretells the lower ones far better than the code."""
    if len(top) < 2:
        return None
    (left, place), (right, other) = top
    across = (other[0] - place[0], other[1] - place[1])
    depth = (layout.MARK_CENTRES[2][1] - left[1]) / (right[0] - left[0])
    below = (place[0] - across[1] * depth, place[1] + across[0] * depth)
    return projection([left, right, layout.MARK_CENTRES[2]], [place, other, below])


def _plausible(rough: Projection, exact: Projection) -> bool:
    """Return whether the marks agree with the code: a stain taken for a mark would move the boxes."""
    side = abs(rough.a) + abs(rough.b)  # pixels for a millimetre, roughly
    middle = corners(layout.QR_BOX)
    away = max(abs(u - x) + abs(v - y) for (u, v), (x, y) in ((rough(point), exact(point)) for point in middle))
    return away <= _ASTRAY * side and _square(exact)


def _square(exact: Projection) -> bool:
    """Return whether the sheet's sides are straight and equally long on both hands, as paper in a scanner is."""
    top, bottom = _length(exact, (10, 10), (200, 10)), _length(exact, (10, 287), (200, 287))
    left, right = _length(exact, (10, 10), (10, 287)), _length(exact, (200, 10), (200, 287))
    across, down = _length(exact, (10, 10), (200, 287)), _length(exact, (200, 10), (10, 287))
    return all(
        abs(one - other) <= 0.015 * max(one, other) for one, other in ((top, bottom), (left, right), (across, down))
    )


def _length(exact: Projection, start: Point, end: Point) -> float:
    (x, y), (u, v) = exact(start), exact(end)
    return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)


def _mark(image: Image, rough: Projection, centre: Point) -> Point | None:
    """Return where the solid square lies in the picture, or None when there is no such square near its place."""
    from PIL import ImageFilter

    half = _WINDOW / 2
    box = (centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half)
    size = round(_WINDOW * _FINE)
    window = _cut(image, [rough(point) for point in corners(box)], (size, size), fill=255)
    if window is None:
        return None
    dark = window.point(_below(_threshold(window)))
    solid = dark.filter(ImageFilter.BoxBlur((layout.MARK * _FINE - 1) // 2 - 1))
    darkest = solid.getextrema()[1]
    if not isinstance(darkest, int | float) or darkest < _SOLID * 255:
        return None
    place = solid.point(_above(darkest - 4)).getbbox()
    if place is None or place[2] - place[0] > layout.MARK * _FINE or place[3] - place[1] > layout.MARK * _FINE:
        return None
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    around = dark.filter(ImageFilter.BoxBlur(layout.MARK * _FINE)).getpixel((round(x - 0.5), round(y - 0.5)))
    if not isinstance(around, int | float) or around > _CLEAR * 255:
        return None
    return rough((box[0] + x / _FINE, box[1] + y / _FINE))


def _threshold(window: Image) -> int:
    """Return the grey between paper and print in this window."""
    counts = window.histogram()
    paper = _level(counts, 0.85)
    return min(paper - 40, round(paper * 0.6))


def _level(counts: Sequence[int], share: float) -> int:
    wanted, seen = share * sum(counts), 0
    for grey, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return grey
    return 255


def _below(limit: int) -> list[int]:
    return [255 if grey < limit else 0 for grey in range(256)]


def _above(limit: float) -> list[int]:
    return [255 if grey >= limit else 0 for grey in range(256)]


def _box(image: Image, exact: Projection, row: int) -> Box:
    box = layout.signature_box(row)
    quad = tuple(exact(point) for point in corners(box))
    size = (round((box[2] - box[0]) * _BOX_FINE), round((box[3] - box[1]) * _BOX_FINE))
    verdict, ink = judge(_cut(image, quad, size, fill=None), _BOX_FINE)
    width, height = image.size
    first, second, third, fourth = ((round(x / width, 5), round(y / height, 5)) for x, y in quad)
    return Box(row, verdict, ink, (first, second, third, fourth))


def _cut(image: Image, quad: Sequence[Point], size: tuple[int, int], *, fill: int | None) -> Image | None:
    """Return the picture inside four corners (top left, top right, bottom right, bottom left), made upright.

    None when it lies outside the page (with `fill`: when it lies outside altogether).
    """
    from PIL import Image as Images

    width, height = image.size
    inside = [0 <= x <= width and 0 <= y <= height for x, y in quad]
    if not (all(inside) or (fill is not None and any(inside))):
        return None
    (left, top), (right, upper), (far, low), (near, bottom) = quad
    data = (left, top, near, bottom, far, low, right, upper)
    return image.transform(size, Images.Transform.QUAD, data, Images.Resampling.BILINEAR, fillcolor=fill or 0)
