"""Taking out the lines that dust on a feeder's glass draws down a whole page: they are nobody's pen.

Such a line goes through every row at about the same place. Where a signature crosses it, the crossing stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from asn_desk.circulars.scanning.strokes import Run

_EVERYWHERE = 0.75  # of the rows that a streak goes through
Rows = list[list[Run]]


def without_streaks(bands: Sequence[Rows]) -> list[Rows]:
    """Return the ink of the rows without streaks."""
    through = [_through(band) for band in bands]
    if sum(columns != 0 for columns in through) < _EVERYWHERE * len(bands):
        return list(bands)
    return [
        [_cleared(row, _spans(columns | columns << 1 | columns >> 1)) for row in band] if columns else band
        for band, columns in zip(bands, through, strict=True)
    ]


def _through(band: Rows) -> int:
    """Return the columns that are inked from the top of the row to its bottom, leaning a little at most, as bits."""
    if not band:
        return 0
    rows = [sum(((1 << (end - start)) - 1) << start for start, end in row) for row in band]
    return reduce(lambda one, other: one & other, (row | row << 1 | row >> 1 for row in rows))


def _spans(columns: int) -> list[Run]:
    """Return where the bits begin and have ended."""
    found, place = [], 0
    while columns:
        gap = (columns & -columns).bit_length() - 1
        columns >>= gap
        length = (~columns & (columns + 1)).bit_length() - 1
        found.append((place + gap, place + gap + length))
        columns >>= length
        place += gap + length
    return found


def _cleared(row: Sequence[Run], streaks: Sequence[Run]) -> list[Run]:
    """Return a row's ink without the streaks, but for those that ink lies against on both sides."""
    pieces = list(row)
    for left, right in streaks:
        if not any(start < left and end > right for start, end in pieces):
            pieces = [part for start, end in pieces for part in ((start, min(end, left)), (max(start, right), end))]
            pieces = [(start, end) for start, end in pieces if start < end]
    return pieces
