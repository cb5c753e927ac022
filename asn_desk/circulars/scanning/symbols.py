"""Looking at a code's symbol itself: was it read from the paper's face, and are there others beside it that were not read?

Through thin paper a scanner also sees the back of another's slip, and a reader of codes takes mirrored symbols for good.
And of four slips on an uncut page one may be smeared: the page is not done with the other three.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

    from asn_desk.circulars.scanning.geometry import Quad

_PITCH = 297 / 4 / 26  # from slip to slip on an uncut page, in sides of the code
_PLACES = (-3, -2, -1, 1, 2, 3)
_FINE = 42  # pixels for the side of a symbol
_CONTRAST = 60
_DARK = (0.25, 0.75)  # how much of a symbol is dark
_CHANGES = 6.0  # how often, on average, a row of its pixels goes from dark to light and back
_CLEARLY = 1.5  # how much better the mirrored symbol must fit: finders and timing fit either way


def is_mirrored(image: Image, text: str, quad: Quad) -> bool:
    """Return whether the symbol in the picture is the mirror image of the one that is printed for this text."""
    import zxingcpp

    symbol: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    printed: Any = symbol.to_image(scale=1, add_quiet_zones=False)
    side, modules = printed.shape[0], bytes(printed)
    seen = _square(image, quad, side).tobytes()
    turned = b"".join(modules[place::side] for place in range(side))
    return _likeness(seen, turned) > _CLEARLY * max(1.0, _likeness(seen, modules))


def _likeness(seen: Sequence[int], modules: Sequence[int]) -> float:
    """Return how much brighter the picture is where the symbol is light than where it is dark."""
    light = [grey for grey, module in zip(seen, modules, strict=True) if module]
    dark = [grey for grey, module in zip(seen, modules, strict=True) if not module]
    return sum(light) / max(1, len(light)) - sum(dark) / max(1, len(dark))


def neighbours(image: Image, quad: Quad) -> list[Quad]:
    """Return where other slips of an uncut page would have their codes, as far as something like a code is there."""
    (left, top), _, _, (near, bottom) = quad
    found = []
    for step in _PLACES:
        across, down = (near - left) * _PITCH * step, (bottom - top) * _PITCH * step
        first, second, third, fourth = ((x + across, y + down) for x, y in quad)
        moved = (first, second, third, fourth)
        x, y = (first[0] + third[0]) / 2, (first[1] + third[1]) / 2
        if 0 <= x <= image.width and 0 <= y <= image.height and _like_a_symbol(image, moved):
            found.append(moved)
    return found


def _like_a_symbol(image: Image, quad: Quad) -> bool:
    square = _square(image, quad, _FINE)
    grey = square.tobytes()
    low, high = min(grey), max(grey)
    if high - low < _CONTRAST:
        return False
    dark = [value < (low + high) // 2 for value in grey]
    rows = [dark[start : start + _FINE] for start in range(0, len(dark), _FINE)]
    changes = sum(one != other for row in rows for one, other in pairwise(row)) / len(rows)
    return _DARK[0] <= sum(dark) / len(dark) <= _DARK[1] and changes >= _CHANGES


def _square(image: Image, quad: Quad, side: int) -> Image:
    from PIL import Image as Images

    (left, top), (right, upper), (far, low), (near, bottom) = quad
    corners = (left, top, near, bottom, far, low, right, upper)
    return image.transform((side, side), Images.Transform.QUAD, corners, Images.Resampling.BILINEAR, fillcolor=255)
