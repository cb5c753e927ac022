"""Which ink belongs together: the connected strokes of a black and white picture, whole rows of pixels at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Run = tuple[int, int]
"""Where an unbroken piece of ink in one row of pixels begins, and where it has ended."""
_INK = re.compile(rb"\xff+")


def runs(ink: Image) -> list[list[Run]]:
    """Return the pieces of ink (255) in each row of a picture, from left to right."""
    data, width = ink.tobytes(), ink.width
    return [
        [found.span() for found in _INK.finditer(data[start : start + width])] for start in range(0, len(data), width)
    ]


class Stroke:
    """Ink that hangs together: its pixels in each band and in all, and its runs as (band, row in the band, start, end)."""

    def __init__(self, pieces: list[tuple[int, int, int, int]]) -> None:
        self.runs = pieces
        self.mass: dict[int, int] = {}
        for band, _row, start, end in pieces:
            self.mass[band] = self.mass.get(band, 0) + end - start
        self.total = sum(self.mass.values())

    def extent(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom; for ink of one band."""
        return (
            min(run[2] for run in self.runs), min(run[1] for run in self.runs),
            max(run[3] for run in self.runs), max(run[1] for run in self.runs) + 1,
        )  # fmt: skip


def strokes(bands: Sequence[Sequence[Sequence[Run]]], reach: int = 0) -> list[Stroke]:
    """Return the strokes of bands that lie one below the other.

    Between two bands a printed line was left out: ink at its upper and its lower edge belongs together when it is no
    farther apart than `reach` pixels along the line.
    """
    parents: list[int] = []
    places: list[tuple[int, int, int, int]] = []
    above: list[tuple[int, int, int]] = []
    for number, band in enumerate(bands):
        slack = reach
        for row, found in enumerate(band):
            here = [(len(places) + place, start, end) for place, (start, end) in enumerate(found)]
            places.extend((number, row, start, end) for start, end in found)
            parents.extend(key for key, _, _ in here)
            _join(parents, above, here, slack)
            above, slack = here, 1
        if not band:
            above = []
    return _gathered(parents, places)


def _join(
    parents: list[int], above: Sequence[tuple[int, int, int]], below: Sequence[tuple[int, int, int]], slack: int
) -> None:
    """Join the runs of two neighbouring rows that touch, corners too."""
    first, count = 0, len(above)
    for key, start, end in below:
        while first < count and above[first][2] + slack <= start:
            first += 1
        place = first
        while place < count and above[place][1] < end + slack:
            one, two = _root(parents, key), _root(parents, above[place][0])
            if one != two:
                parents[max(one, two)] = min(one, two)
            place += 1


def _root(parents: list[int], key: int) -> int:
    while parents[key] != key:
        parents[key] = parents[parents[key]]
        key = parents[key]
    return key


def _gathered(parents: list[int], places: Sequence[tuple[int, int, int, int]]) -> list[Stroke]:
    found: dict[int, list[tuple[int, int, int, int]]] = {}
    for key, place in enumerate(places):
        root = key if parents[key] == key else _root(parents, key)
        found.setdefault(root, []).append(place)
    return [Stroke(pieces) for pieces in found.values()]
