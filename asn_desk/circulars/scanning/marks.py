"""Where a collective list lies in a picture: by its code roughly, by its four corner marks exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from asn_desk.circulars.papers import sheet_layout as layout
from asn_desk.circulars.scanning.closing import closed
from asn_desk.circulars.scanning.geometry import Point, Projection, corners, projection
from asn_desk.circulars.scanning.strokes import Stroke, runs, strokes

if TYPE_CHECKING:
    from PIL.Image import Image

    from asn_desk.circulars.scanning.geometry import Quad

_WINDOWS = (26.0, 64.0)  # mm around the place where a mark is expected
_FINE = 4  # pixels for a millimetre in such a window
_ASTRAY = 3.0  # mm, across and down together: how far the code may lie from where the marks want it
_SOLID = 0.8  # how much of a mark must be dark, however badly it was scanned
_HOLLOW = 0.4  # and of one that a scanner's own thresholding has emptied
_SIZE, _UNEVEN = (0.7, 1.3), 0.3  # how large a mark may look, of its size, and how much broader than high
_STREAK = 11  # pixels: what is narrower is no mark
_PAPER, _PRINT = 0.8, 0.015  # which part of a window is darker than its paper, and as dark as its print
_CONTRAST = 25
_SQUARE = 0.2
"""How far the sides of a photographed list may differ, and how far those of a list from a scanner's glass."""
STRAIGHT = 0.015


def place(image: Image, code: Quad) -> Projection | None:
    """Return the map from the paper to the picture, by all four marks, or three of them when a corner is gone."""
    rough = projection(corners(layout.QR_BOX)[:3], code[:3])
    if rough is None:
        return None
    found = _found(image, rough, layout.MARK_CENTRES[:2])
    found += _found(image, _level_with(found) or rough, layout.MARK_CENTRES[2:])
    if len(found) < 3:
        return None
    exact = projection([paper for paper, _ in found], [place for _, place in found])
    if exact is None or not _agrees(rough, exact) or not is_square(exact, _SQUARE):
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


def _agrees(rough: Projection, exact: Projection) -> bool:
    """Return whether the marks agree with the code: a stain taken for a mark would move the boxes."""
    side = abs(rough.a) + abs(rough.b)  # pixels for a millimetre, roughly
    middle = corners(layout.QR_BOX)
    away = max(abs(u - x) + abs(v - y) for (u, v), (x, y) in ((rough(point), exact(point)) for point in middle))
    return away <= _ASTRAY * side


def is_square(exact: Projection, slack: float) -> bool:
    """Return whether the sheet's sides, and its diagonals, are equally long but for that share."""
    top, bottom = _length(exact, (10, 10), (200, 10)), _length(exact, (10, 287), (200, 287))
    left, right = _length(exact, (10, 10), (10, 287)), _length(exact, (200, 10), (200, 287))
    across, down = _length(exact, (10, 10), (200, 287)), _length(exact, (200, 10), (10, 287))
    return all(
        abs(one - other) <= slack * max(one, other) for one, other in ((top, bottom), (left, right), (across, down))
    )


def _length(exact: Projection, start: Point, end: Point) -> float:
    (x, y), (u, v) = exact(start), exact(end)
    return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)


def _mark(image: Image, rough: Projection, centre: Point) -> Point | None:
    """Return where the solid square lies in the picture; photographed paper is looked for farther away."""
    return next((place for size in _WINDOWS if (place := _within(image, rough, centre, size)) is not None), None)


def _within(image: Image, rough: Projection, centre: Point, size: float) -> Point | None:
    """Return where the solid square lies in a window of so many millimetres; None for no such square, or more than one."""
    left, top = centre[0] - size / 2, centre[1] - size / 2
    if not _shown(image, rough, (left, top, left + size, top + size)):
        return None
    side = round(size * _FINE)
    window = rough.drawn(image, (left, top), (side, side), _FINE, 255)
    dark = window.point(_below(_threshold(window)))
    for clean, solid in ((False, _SOLID), (True, _SOLID), (False, _HOLLOW)):
        squares = [stroke for stroke in strokes([runs(_bare(dark) if clean else dark)]) if _is_mark(stroke, solid)]
        if len(squares) == 1:
            x, y = _middle(squares[0])
            return rough((left + x / _FINE, top + y / _FINE))
    return None


def _bare(dark: Image) -> Image:
    """Return the dark parts without what is narrow: a feeder's streak through a mark, a staple on it."""
    from PIL import ImageChops

    return ImageChops.invert(closed(ImageChops.invert(dark), _STREAK))


def _shown(image: Image, rough: Projection, box: tuple[float, float, float, float]) -> bool:
    return any(0 <= x <= image.width and 0 <= y <= image.height for x, y in map(rough, corners(box)))


def _is_mark(stroke: Stroke, solid: float) -> bool:
    side = layout.MARK * _FINE
    if stroke.total > (_SIZE[1] * side) ** 2 or stroke.total < solid * (_SIZE[0] * side) ** 2:
        return False
    left, top, right, bottom = stroke.extent()
    width, height = right - left, bottom - top
    return all(_SIZE[0] * side <= length <= _SIZE[1] * side for length in (width, height)) and (
        stroke.total >= solid * width * height and abs(width - height) <= _UNEVEN * side
    )


def _middle(stroke: Stroke) -> Point:
    across = sum((start + end) / 2 * (end - start) for _, _, start, end in stroke.runs)
    down = sum((row + 0.5) * (end - start) for _, row, start, end in stroke.runs)
    return across / stroke.total, down / stroke.total


def _threshold(window: Image) -> int:
    """Return the grey between paper and print in this window: halfway from the paper to what is darkest."""
    counts = window.histogram()
    paper, print_ = _level(counts, _PAPER), _level(counts, _PRINT)
    return min(paper - _CONTRAST, (paper + print_) // 2)


def _level(counts: Sequence[int], share: float) -> int:
    wanted, seen = share * sum(counts), 0
    for grey, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return grey
    return 255


def _below(limit: int) -> list[int]:
    return [255 if grey < limit else 0 for grey in range(256)]
