"""From a signature box to its ink: what remains of it after the paper's own tone is taken away.

Stains and shadows change slowly, pen strokes do not; and what is as dark as the pen is ink however broad it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn_desk.circulars.scanning.closing import calmed, closed

if TYPE_CHECKING:
    from PIL.Image import Image

_STROKE = 1.8  # mm: what is broader than this is no pen stroke but a stain
_BROAD = 3.3  # mm: unless it is as dark as the pen; a scribble's lines run together
_CONTRAST = 34  # how much darker than its paper ink is, of 255
_DARK_PAPER = 120
_FAINTER = 0.35  # lines with less than this share of the pen's darkness are none of the pen's
_AS_DARK = 0.65
_PEN = 0.004
_COMPANY = 56  # of 255: a point of a line has a neighbour of its kind at least, a scanner's speck has not


@dataclass(frozen=True)
class Inked:
    """The ink of a box as white on black (255 is ink), and whether a good part of it lies under something dark."""

    ink: Image
    hidden: bool

    @property
    def share(self) -> float:
        """Return which share of the box is ink."""
        return self.ink.histogram()[255] / (self.ink.width * self.ink.height)


class Paper:
    """A picture's own paper, as it is below strokes of a pen, and below anything but stains; `fine` pixels to a millimetre."""

    def __init__(self, picture: Image, fine: int) -> None:
        self.picture = picture
        self._near = closed(calmed(picture), _odd(_STROKE * fine))
        self._far = closed(self._near, _odd(_BROAD * fine))

    def inked(self, top: int, bottom: int) -> Inked | None:
        """Return the ink between two pixel rows; None where there is plain light paper."""
        place = (0, top, self.picture.width, bottom)
        box = self.picture.crop(place)
        if _even(box):
            return None
        far = self._far.crop(place)
        return Inked(_lines(box, self._near.crop(place), far), _hidden(far))


def _odd(size: float) -> int:
    return round(size) // 2 * 2 + 1


def _even(box: Image) -> bool:
    """Return whether the box is plain light paper: nothing in it is dark enough beside the rest to be ink."""
    greys = [grey for grey, count in enumerate(box.histogram()) if count]
    return greys[0] > _DARK_PAPER and greys[-1] - greys[0] < _CONTRAST


def _lines(box: Image, near: Image, paper: Image) -> Image:
    from PIL import ImageChops, ImageFilter

    narrow, broad = ImageChops.subtract(near, box), ImageChops.subtract(paper, box)
    fine = _at_least(narrow, max(_CONTRAST, round(_FAINTER * _deepest(narrow))))
    dark = _at_least(broad, max(_CONTRAST, round(_AS_DARK * _deepest(broad))))
    lines = ImageChops.lighter(fine, dark)
    return ImageChops.darker(lines, _at_least(lines.filter(ImageFilter.BoxBlur(1)), _COMPANY))


def _at_least(depth: Image, limit: int) -> Image:
    return depth.point([255 if grey >= limit else 0 for grey in range(256)])


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
