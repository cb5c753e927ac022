"""Where the rows of a scanned list really lie: its printed lines are sought, from the head of the table downwards.

The corner marks say where a row should be. Its own lines say whether it is there: paper that bends, jumps in the feeder or
lies under another paper is noticed, and no signature is ever put down to the row next to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from asn_desk.circulars.papers import sheet_layout as layout

if TYPE_CHECKING:
    from PIL.Image import Image

FINE = 4
"""Pixels for a millimetre in the strip."""
LEFT, RIGHT = layout.signature_box(1)[0], layout.signature_box(1)[2]
TOP = layout.TABLE_TOP - layout.HEADER_HEIGHT - 5.0
BOTTOM = layout.TABLE_TOP + layout.ROWS * layout.ROW_HEIGHT + 5.0
"""The strip of the signature boxes, in millimetres; between its sides no line or print but the rows' own lines."""

_PARTS = 6  # pieces of a line, from left to right, that must be seen each for itself
_SEEN = 5  # of them: one may lie under a signature or a stamp
_APART = 3  # pixels above and below a line where there is paper again
_STRAY = 6  # pixels the first line may lie from its place
_STEP = 4  # and each further line from where the one before it lets expect it
_LEAST = 7.0  # greys by which a line's row is darker than the rows around
_SHARE = 0.4  # of what most lines have
_ENOUGH = 0.5  # of the lines


@dataclass(frozen=True)
class Band:
    """One row in the strip: the pixel rows of its two lines, and whether both were seen where they belong."""

    top: float
    bottom: float
    seen: bool


@dataclass(frozen=True)
class Table:
    """The rows of a list. `printed`: its lines can be seen at all; `whole`: most of them were where they belong."""

    bands: tuple[Band, ...]
    printed: bool
    whole: bool


def find_rows(strip: Image) -> Table:
    """Return where the rows lie in the strip (`LEFT` to `RIGHT`, `TOP` to `BOTTOM`, `FINE` pixels for a millimetre)."""
    ridges = _ridges(strip)
    limit = max(_LEAST, _SHARE * _usual(ridges))
    lines = _tracked(ridges, limit)
    places = [place for place, _ in lines]
    bands = tuple(
        Band(top, bottom, above and below and abs(bottom - top - layout.ROW_HEIGHT * FINE) <= _STEP)
        for (top, above), (bottom, below) in pairwise(lines[1:])
    )
    seen = sum(seen for _, seen in lines)
    printed = _usual(ridges) >= _LEAST
    return Table(bands, printed, printed and seen >= _ENOUGH * len(places))


def _expected() -> list[float]:
    """Return the pixel rows of the table's lines in the strip as they were printed: the head's first, then each row's."""
    downs = [layout.TABLE_TOP - layout.HEADER_HEIGHT]
    downs += [layout.TABLE_TOP + row * layout.ROW_HEIGHT for row in range(layout.ROWS + 1)]
    return [(down - TOP) * FINE for down in downs]


def _ridges(strip: Image) -> list[bytes]:
    """Return for each piece of the strip's width how much darker each pixel row is than those around it."""
    from PIL import Image as Images
    from PIL import ImageChops

    pieces = strip.resize((_PARTS, strip.height), Images.Resampling.BOX)
    around = ImageChops.darker(ImageChops.offset(pieces, 0, _APART), ImageChops.offset(pieces, 0, -_APART))
    data = ImageChops.subtract(around, pieces).tobytes()
    return [data[part::_PARTS] for part in range(_PARTS)]


def _usual(ridges: Sequence[Sequence[int]]) -> float:
    """Return how dark a line of this print usually is."""
    depths = []
    for place in _expected():
        around = slice(round(place) - _STRAY, round(place) + _STRAY + 1)
        depths.append(median(max(part[around]) for part in ridges))
    return median(depths)


def _tracked(ridges: Sequence[Sequence[int]], limit: float) -> list[tuple[float, bool]]:
    """Return each line's pixel row, and whether it was seen: each is sought where the lines above it let expect it."""
    found: list[tuple[float, bool]] = []
    away, reach = 0.0, _STRAY
    for expected in _expected():
        places = [_darkest(part, round(expected + away), reach, limit) for part in ridges]
        good = [place for place in places if place is not None]
        seen = len(good) >= _SEEN and max(good) - min(good) <= 2 * _STEP
        if seen:
            away, reach = median(good) - expected, _STEP
        found.append((expected + away + 0.5, seen))
    return found


def _darkest(part: Sequence[int], near: int, reach: int, limit: float) -> int | None:
    low = max(0, near - reach)
    around = part[low : near + reach + 1]
    deepest = max(around, default=0)
    return low + around.index(deepest) if deepest >= limit else None
