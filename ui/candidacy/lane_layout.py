"""Where the points of the swim lanes stand: one time axis for both lanes, and labels that never overlap. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from asn_desk.candidacy.lanes import LanePoint

_SIDE = 26.0
_LABEL_GAP = 8.0
_HOLD = 10.0
_SAME_DAY = 1.7
_LONGEST_GAP = 2.6

Key = tuple[date, int]


@dataclass(frozen=True)
class Axis:
    """The x of every point, lane by lane, and of today."""

    points: tuple[tuple[float, ...], ...]
    today: float


@dataclass(frozen=True)
class LabelPlace:
    """Where a label begins, and in which row: 0 is the first below the line, 1 the first above, 2 the second below."""

    left: float
    row: int

    @property
    def above(self) -> bool:
        """Return whether the label stands above the line."""
        return self.row % 2 == 1

    @property
    def depth(self) -> int:
        """Return how many rows of labels lie between it and the line."""
        return self.row // 2


def time_axis(lanes: Sequence[Sequence[LanePoint]], today: date, width: float) -> Axis:
    """Spread the points of all lanes over the width, in order of time; long pauses are shortened.

    A point without a day stands after those it follows, and never before today.
    """
    keys = [_keys(lane, today) for lane in lanes]
    now = (today, 0)
    columns = sorted({key for lane in keys for key in lane} | {now})
    steps = [0.0]
    for before, after in pairwise(columns):
        steps.append(steps[-1] + _distance(before, after))
    scale = (width - 2 * _SIDE) / max(steps[-1], 1.0)
    places = {key: _SIDE + step * scale for key, step in zip(columns, steps, strict=True)}
    return Axis(tuple(tuple(places[key] for key in lane) for lane in keys), places[now])


def _keys(lane: Sequence[LanePoint], today: date) -> list[Key]:
    """Give each point its day and its turn on that day."""
    found: list[Key] = []
    for point in lane:
        day = point.day or max([today, *(key[0] for key in found)])
        same = [turn for other, turn in found if other == day]
        found.append((day, max(same) + 1 if same else int(point.day is None)))
    return found


def _distance(before: Key, after: Key) -> float:
    days = (after[0] - before[0]).days
    return 1.0 + min(math.log2(1 + days) / 2, _LONGEST_GAP - 1.0) if days else _SAME_DAY


def place_labels(xs: Sequence[float], widths: Sequence[float], width: float) -> list[LabelPlace]:
    """Find a place for each label (given by its point's x and its width), in the order of the points.

    A label stands centred at its point where it can; it is moved as far as it still covers its point, or goes to a
    further row. No two labels of a row touch.
    """
    places: dict[int, LabelPlace] = {}
    edges: list[float] = []
    for index in sorted(range(len(xs)), key=lambda at: (xs[at], at)):
        place = _first_free(xs[index], widths[index], width, edges)
        while len(edges) <= place.row:
            edges.append(-_LABEL_GAP)
        edges[place.row] = place.left + widths[index]
        places[index] = place
    return [places[index] for index in range(len(xs))]


def _first_free(x: float, label: float, width: float, edges: Sequence[float]) -> LabelPlace:
    ideal = min(max(x - label / 2, 0.0), max(width - label, 0.0))
    for row in range(len(edges)):
        left = max(ideal, edges[row] + _LABEL_GAP)
        if left <= max(ideal, x - min(_HOLD, label / 2)) and left + label <= max(width, label):
            return LabelPlace(left, row)
    return LabelPlace(ideal, len(edges))
