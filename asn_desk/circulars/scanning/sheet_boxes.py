"""The signature boxes of a collective sheet: found by its marks and its rows' own lines, judged by their ink.

A box is called signed only when what is in it is a signature beyond doubt, and lies where the row's printed lines are seen;
everything in doubt goes to the clerk's eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from asn_desk.circulars.scanning import marks, table
from asn_desk.circulars.scanning.geometry import Projection, Quad, corners
from asn_desk.circulars.scanning.handwriting import is_nothing, is_signature, read_ink
from asn_desk.circulars.scanning.ink import Inked, Paper
from asn_desk.circulars.scanning.streaks import without_streaks
from asn_desk.circulars.scanning.strokes import Stroke, runs, strokes
from asn_desk.circulars.scanning.terms import Box, BoxVerdict

if TYPE_CHECKING:
    from PIL.Image import Image

_CLEAR = 1.0  # mm from a row's lines to its signature box
_BRIDGE = 5  # pixels along a line that a pen may move while it crosses it


def read_boxes(image: Image, code: Quad) -> tuple[Box, ...]:
    """Return the judged boxes of every row; none when the sheet's marks or rows cannot be found where they must be."""
    exact = marks.place(image, code)
    if exact is None:
        return ()
    strip = _strip(image, exact)
    rows = table.find_rows(strip)
    if not (rows.whole or (not rows.printed and marks.is_square(exact, marks.STRAIGHT))):
        return ()
    paper = Paper(strip, table.FINE)
    found = [_inked(image, exact, paper, band) for band in rows.bands]
    written = without_streaks([[] if one is None else runs(one.ink) for one in found])
    together = strokes(written, _BRIDGE)
    return tuple(
        _box(image, exact, number, band, _judged(found[number], together, number, rows))
        for number, band in enumerate(rows.bands)
    )


def _strip(image: Image, exact: Projection) -> Image:
    """Return the column of the signature boxes, upright, as `table` wants it."""
    size = (round((table.RIGHT - table.LEFT) * table.FINE), round((table.BOTTOM - table.TOP) * table.FINE))
    return exact.drawn(image, (table.LEFT, table.TOP), size, table.FINE, 0)


def _inked(image: Image, exact: Projection, paper: Paper, band: table.Band) -> Inked | None:
    found = paper.inked(*_inside(band))
    if found is None or all(0 <= x <= image.width and 0 <= y <= image.height for x, y in _quad(exact, band)):
        return found
    return Inked(found.ink, hidden=True)  # the page ends within the box


def _inside(band: table.Band) -> tuple[int, int]:
    """Return the pixel rows between which a band's box lies, clear of its lines."""
    return round(band.top + _CLEAR * table.FINE), round(band.bottom - _CLEAR * table.FINE)


def _quad(exact: Projection, band: table.Band) -> tuple[tuple[float, float], ...]:
    top, bottom = (table.TOP + row / table.FINE for row in _inside(band))
    return tuple(exact(point) for point in corners((table.LEFT, top, table.RIGHT, bottom)))


def _judged(
    found: Inked | None, together: Sequence[Stroke], number: int, rows: table.Table
) -> tuple[BoxVerdict, float]:
    """Return the verdict on a box and its share of ink. Where a row's own lines are missing, something else lies on it."""
    seen = rows.bands[number].seen
    if found is None:
        return (BoxVerdict.UNSURE if rows.printed and not seen else BoxVerdict.EMPTY), 0.0
    share = found.share
    if found.hidden or (rows.printed and not seen):
        return BoxVerdict.UNSURE, share
    ink = read_ink(together, number, found.ink.size, table.FINE)
    if is_nothing(ink):
        return BoxVerdict.EMPTY, share
    return (BoxVerdict.SIGNED if seen and is_signature(ink) else BoxVerdict.UNSURE), share


def _box(image: Image, exact: Projection, number: int, band: table.Band, judged: tuple[BoxVerdict, float]) -> Box:
    width, height = image.size
    first, second, third, fourth = ((round(x / width, 5), round(y / height, 5)) for x, y in _quad(exact, band))
    return Box(number + 1, *judged, (first, second, third, fourth))
