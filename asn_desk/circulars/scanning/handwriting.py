"""Telling a signature from whatever else is written into a signature box.

A signature is one long stroke that goes up and down or over itself. Ticks, crosses, dashes, words ("sakit", "cuti"), stamps
and the neighbour's flourish are not: whatever is neither plainly nothing nor plainly a signature is for the clerk to see.
The measures were taken from some thousand boxes of either kind; all are in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asn_desk.circulars.scanning.strokes import Stroke

_DUST = 0.55  # square millimetres: a speck
_NOTHING = 0.0012  # of the box
_OWN = 0.8  # of a stroke's ink: with less in one row it belongs to no row
_STRAYING = 0.15  # of a box's own ink: more from elsewhere, and it cannot be told whose the rest is
_TAIL = 2.5  # how far the end of a neighbour's signature may hang into a row that is empty all the same
_LEAST, _MOST = 0.006, 0.35  # of the box
_MAIN = 0.45  # of the ink in the box: letters are many small strokes, a signature has one that is most of it
_HIGH = 4.2
_MIDDLE = (0.22, 0.78)  # where between the lines the ink has its weight
_ACROSS, _MOSTLY = 3, 0.75  # lines that a quarter of its rows of pixels cross: struck-out boxes have two
_GAP = 2  # pixels: pieces of a line that are nearer are one
_WAY = 16.0  # of the pen, up and down: a tick or a cross has 15 at most
_WIDE, _CLOSE, _RESTLESS = 19.0, 2.1, 0.5  # letters stand closer than a signature's swings, and double back more
_UNDERLINED, _SPARSE = 0.46, 0.25
_LOOPS, _LOOPS_WIDE, _LOOPED, _ALL_LOOPED = 11.0, 12.0, 0.55, 0.62
_SWEEP, _SWEEP_WIDE, _SWEEP_RESTLESS, _LONG = 16.0, 14.0, 0.3, 4.0  # a flourish: square millimetres of long flat ink
_SWINGS_WIDE, _SWINGS_HIGH, _SWINGS_TURNS = 12.0, 5.5, 4
_DENSE, _DENSE_WIDE, _DENSE_SHARE = 5.0, 10.0, 0.25  # how long three lines and more lie over each other


@dataclass(frozen=True)
class Shape:
    """A stroke's extent, its way up and down, and how long its columns are crossed twice and three times."""

    width: float = 0.0
    height: float = 0.0
    way: float = 0.0
    twice: float = 0.0
    thrice: float = 0.0
    turns: int = 0
    across: int = 0
    sweep: float = 0.0


@dataclass(frozen=True)
class Ink:
    """What is written in one row: its own ink and that of strokes from other rows (shares of the box), and its main stroke.

    `tail` is how far foreign strokes reach into the row, `middle` where its own ink has its weight (0 top, 1 bottom).
    """

    own: float
    foreign: float
    tail: float
    middle: float
    main_share: float
    main: Shape


def read_ink(strokes: Sequence[Stroke], band: int, size: tuple[int, int], fine: int) -> Ink:
    """Return what is written in a band of so many pixels, `fine` to a millimetre."""
    here = [stroke for stroke in strokes if band in stroke.mass and stroke.total > _DUST * fine**2]
    own = [stroke for stroke in here if stroke.mass[band] >= _OWN * stroke.total]
    foreign = [stroke for stroke in here if stroke.mass[band] < _OWN * stroke.total]
    area, mass = size[0] * size[1], sum(stroke.mass[band] for stroke in own)
    if not own:
        return Ink(0.0, _mass(foreign, band) / area, _tail(foreign, band, size[1]) / fine, 0.0, 0.0, Shape())
    main = max(own, key=lambda stroke: stroke.mass[band])
    weight = sum((end - start) * row for stroke in own for at, row, start, end in stroke.runs if at == band)
    return Ink(
        mass / area, _mass(foreign, band) / area, _tail(foreign, band, size[1]) / fine, weight / mass / size[1],
        main.mass[band] / mass, shape([run[1:] for run in main.runs if run[0] == band], fine),
    )  # fmt: skip


def _mass(strokes: Sequence[Stroke], band: int) -> int:
    return sum(stroke.mass[band] for stroke in strokes)


def _tail(strokes: Sequence[Stroke], band: int, height: int) -> int:
    """Return how many pixel rows strokes from above or below reach into the band."""
    reach = 0
    for stroke in strokes:
        rows = [run[1] for run in stroke.runs if run[0] == band]
        above = sum(mass for at, mass in stroke.mass.items() if at < band)
        below = sum(mass for at, mass in stroke.mass.items() if at > band)
        reach = max(reach, max(rows) + 1 if above >= below else height - min(rows))
    return reach


def shape(runs: Sequence[tuple[int, int, int]], fine: int) -> Shape:
    """Return the shape of a stroke from its runs (row, start, end), ordered by row.

    A pixel with none of the stroke above it begins a crossing of its column: whole rows are compared as numbers.
    """
    rows: dict[int, int] = {}
    counts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for row, start, end in runs:
        rows[row] = rows.get(row, 0) | ((1 << (end - start)) - 1) << start
        if start > ends.get(row, -1 - _GAP) + _GAP:
            counts[row] = counts.get(row, 0) + 1
        ends[row] = end
    once = twice = thrice = 0
    for row, ink in rows.items():
        begun = ink & ~rows.get(row - 1, 0)
        thrice |= twice & begun
        twice |= once & begun
        once |= begun
    long = sum(end - start for _, start, end in runs if end - start >= _LONG * fine)
    return Shape(
        (max(end for _, _, end in runs) - min(start for _, start, _ in runs)) / fine,
        (max(rows) - min(rows) + 1) / fine,
        len(runs) / fine,
        twice.bit_count() / fine,
        thrice.bit_count() / fine,
        (twice ^ (twice >> 1)).bit_count(),
        sorted(counts.values())[round(_MOSTLY * (len(counts) - 1))],
        long / fine**2,
    )


def is_nothing(ink: Ink) -> bool:
    """Return whether a row holds nothing but dust, and the ends of the neighbours' signatures."""
    return ink.own < _NOTHING and ink.tail <= _TAIL


def is_signature(ink: Ink) -> bool:
    """Return whether what is written is a signature beyond doubt."""
    if not _LEAST <= ink.own <= _MOST or ink.main_share < _MAIN or ink.foreign > _STRAYING * ink.own:
        return False
    main = ink.main
    if not _MIDDLE[0] <= ink.middle <= _MIDDLE[1] or main.height < _HIGH or main.across < _ACROSS:
        return False
    return _dense(main) or (main.way >= _WAY and (_swings(main) or _wide(main) or _loops(main) or _sweeps(main)))


def _dense(main: Shape) -> bool:
    """Return whether it is a scribble whose lines lie over each other."""
    return main.thrice >= _DENSE and main.width >= _DENSE_WIDE and main.thrice >= _DENSE_SHARE * main.width


def _swings(main: Shape) -> bool:
    """Return whether it goes up and down over the height of the box without turning back."""
    return main.width >= _SWINGS_WIDE and main.height >= _SWINGS_HIGH and main.turns <= _SWINGS_TURNS


def _wide(main: Shape) -> bool:
    """Return whether it is wider than a short word, and its swings are wider than letters."""
    easy = main.way <= _CLOSE * main.width and main.turns <= _RESTLESS * main.width
    underlined = main.twice >= _UNDERLINED * main.width and main.across <= _SPARSE * main.width
    return main.width >= _WIDE and (easy or underlined or main.twice >= _ALL_LOOPED * main.width)


def _loops(main: Shape) -> bool:
    """Return whether most of it goes over itself."""
    return main.twice >= _LOOPS and main.width >= _LOOPS_WIDE and main.twice >= _LOOPED * main.width


def _sweeps(main: Shape) -> bool:
    """Return whether a flourish runs under or through it."""
    return main.sweep >= _SWEEP and main.width >= _SWEEP_WIDE and main.turns <= _SWEEP_RESTLESS * main.width
