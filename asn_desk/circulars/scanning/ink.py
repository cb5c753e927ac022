"""Judging a signature box by its ink.

Stains and shadows change slowly, pen strokes do not: what remains after the paper's own tone is taken away is ink. A
signature is then told from a speck, a straight stroke that strayed in, and a blot by its extent and by how often its
lines cross a column. Whatever is neither clearly empty nor clearly writing is unsure.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from asn_desk.circulars.scanning.closing import closed
from asn_desk.circulars.scanning.terms import BoxVerdict

if TYPE_CHECKING:
    from PIL.Image import Image

_STROKE = 1.2  # mm: what is broader than this is no pen stroke but a stain
_CONTRAST = 34  # how much darker than its paper ink is, of 255
_EMPTY = 0.0012  # less than this share of the box is dust
_LEAST = 0.006
_MOST = 0.30
_WIDE, _HIGH = 8.0, 2.2  # mm: the least extent of a signature
_COVERED = 0.35  # of the columns between its ends that have ink
_CROSSED = 0.18  # of these, where a column is crossed more than once
_TURNS = 4  # how often it begins or ceases to cross itself: a line and a rim that meet do so once or twice
_DARK_PAPER = 120
_FAINTER = 0.5  # lines less than half as dark as the pen are none of the pen's
_PEN = 0.004
_COMPANY = 84  # of 255: a point of a line has two neighbours of its kind at least, a scanner's speck has not


def judge(box: Image | None, fine: int) -> tuple[BoxVerdict, float]:
    """Return the verdict and the share of ink in a box drawn with `fine` pixels for a millimetre. None: not on the page."""
    if box is None:
        return BoxVerdict.UNSURE, 0.0
    if _even(box):
        return BoxVerdict.EMPTY, 0.0
    paper, ink = _ink(box, fine)
    share = ink.histogram()[255] / (ink.width * ink.height)
    if _hidden(paper):
        return BoxVerdict.UNSURE, share
    if share < _EMPTY:
        return BoxVerdict.EMPTY, share
    return (BoxVerdict.SIGNED if _handwritten(ink, share, fine) else BoxVerdict.UNSURE), share


def _even(box: Image) -> bool:
    """Return whether the box is plain light paper: nothing in it is dark enough beside the rest to be ink."""
    greys = [grey for grey, count in enumerate(box.histogram()) if count]
    return greys[0] > _DARK_PAPER and greys[-1] - greys[0] < _CONTRAST


def _ink(box: Image, fine: int) -> tuple[Image, Image]:
    """Return the paper under the writing, and the ink as white on black (255 is ink)."""
    from PIL import ImageChops, ImageFilter

    calm = box.filter(ImageFilter.MedianFilter(3))
    reach = round(_STROKE * fine) // 2 * 2 + 1
    paper = closed(calm, reach)
    depth = ImageChops.subtract(paper, calm)
    limit = max(_CONTRAST, round(_FAINTER * _deepest(depth)))
    lines = depth.point([255 if grey >= limit else 0 for grey in range(256)])
    company = lines.filter(ImageFilter.BoxBlur(1)).point([255 if grey >= _COMPANY else 0 for grey in range(256)])
    return paper, ImageChops.darker(lines, company)


def _deepest(depth: Image) -> int:
    """Return how dark the pen is: what a small part of the box exceeds. Fainter lines beside it are a stain's rim."""
    counts, seen, wanted = depth.histogram(), 0, _PEN * depth.width * depth.height
    for grey in range(255, 0, -1):
        seen += counts[grey]
        if seen >= wanted:
            return grey
    return 0


def _hidden(paper: Image) -> bool:
    """Return whether a good part of the box lies under something dark, where nothing can be told."""
    counts = paper.histogram()
    return sum(counts[:_DARK_PAPER]) > 0.12 * paper.width * paper.height


def _handwritten(ink: Image, share: float, fine: int) -> bool:
    extent = ink.getbbox()
    if extent is None or not _LEAST <= share <= _MOST:
        return False
    left, top, right, bottom = extent
    if right - left < _WIDE * fine or bottom - top < _HIGH * fine:
        return False
    crossings = _crossings(ink.crop(extent))
    covered = sum(1 for count in crossings if count)
    crossed = sum(1 for count in crossings if count > 1)
    turns = len([1 for before, after in pairwise(count > 1 for count in crossings) if before != after])
    return covered >= _COVERED * len(crossings) and crossed >= _CROSSED * covered and turns >= _TURNS


def _crossings(ink: Image) -> list[int]:
    """Return for each column how many separate strokes cross it."""
    from PIL import Image as Images

    upright = ink.transpose(Images.Transpose.TRANSPOSE)
    data, width = upright.tobytes(), upright.width
    columns = (data[start : start + width] for start in range(0, len(data), width))
    return [len([run for run in column.split(b"\x00") if run]) for column in columns]
