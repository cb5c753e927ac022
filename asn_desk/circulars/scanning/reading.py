"""Reading one scanned page: its codes, and on a collective sheet the signature box of each row.

Pure: a grey picture in, plain values out; whose codes these are is for the database to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from asn_desk.circulars import codes
from asn_desk.circulars.scanning.closing import brightest, calmed, closed
from asn_desk.circulars.scanning.geometry import Point, Quad
from asn_desk.circulars.scanning.terms import Box
from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from PIL.Image import Image

_NEGATIVE = 100  # a page darker than this on the whole may be a negative
_COARSE, _FAINT = 290, 30  # a page at about a pixel for a millimetre, and how much darker a code is there at least
_PEN, _BROAD_PEN, _NEAR_PEN = 5, 7, 9  # pixels at 200 and 300 dpi: narrower lines are closed, modules are not
_DARKEST = (60, 40, 80)


@dataclass(frozen=True)
class Sheet:
    """A collective sheet on the page; `boxes` is empty when its corner marks could not be found."""

    code: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class PageReading:
    """What stands on a page: our slips' codes, the sheet if it is one, how many codes are foreign, whether one of ours was damaged."""

    slips: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    foreign: int = 0
    damaged: bool = False
    broken: bool = False

    @property
    def found(self) -> bool:
        """Return whether a code of ours was read."""
        return bool(self.slips or self.sheets)


@dataclass(frozen=True)
class _Found:
    text: str
    whole: bool
    quad: Quad


@dataclass
class _Seen:
    """What has come out of a page so far. Places are shares of the page, so that pictures of any size agree on them.

    `open` are the places of symbols that were not read; one that a later look reads is open no more.
    """

    slips: dict[str, None] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    read: list[Point] = field(default_factory=list)
    open: list[tuple[Point, float]] = field(default_factory=list)

    def damaged(self) -> bool:
        """Return whether there is a symbol that no look could read."""
        return any(all(_away(place, done) > size for done in self.read) for place, size in self.open)

    def done(self) -> bool:
        """Return whether nothing is left to look for."""
        return bool(self.slips or self.sheets) and not self.damaged()

    def reading(self) -> PageReading:
        """Return what stands on the page."""
        return PageReading(tuple(self.slips), tuple(self.sheets.values()), len(self.foreign), self.damaged())


def read_page(picture: Callable[[int], Image], dpi: int, close_dpi: int) -> PageReading:
    """Return what stands on a page; `picture(dpi)` draws it. Where a code is missing or unread, it is looked at again, more closely."""
    image = picture(dpi)
    seen = _Seen()
    _look(seen, image, _codes(image))
    if not seen.done() and (seen.open or not _blank(image)):
        for page, candidate in _second_looks(image, lambda: picture(close_dpi)):
            _look(seen, page, _codes(candidate))
            if seen.done():
                break
    return seen.reading()


def _blank(image: Image) -> bool:
    """Return whether the page is bare: nothing as large as a part of a code stands out from the paper."""
    small = sorted(image.reduce(max(1, max(image.size) // _COARSE)).tobytes())
    paper = small[len(small) // 2]
    return paper - small[0] < _FAINT and small[-1] - paper < _FAINT


def _second_looks(image: Image, closer: Callable[[], Image]) -> Iterator[tuple[Image, Image]]:
    """Yield pictures of the page, each with a version of it in which a struck-through, faint or noisy code may come out.

    Signature boxes are judged on the picture itself: what helps a code may wipe out a pen.
    """
    from PIL import Image as Images
    from PIL import ImageOps

    if image.resize((1, 1), Images.Resampling.BOX).tobytes()[0] < _NEGATIVE:
        negative = ImageOps.invert(image)
        yield negative, negative
    yield image, closed(image, _PEN)
    for limit in _DARKEST:  # a pen is seldom as dark as print
        yield image, image.point([255 if grey > limit else 0 for grey in range(256)])
    yield image, closed(image, _BROAD_PEN)
    near = closer()
    calm = calmed(near)
    yield near, near
    yield near, closed(near, _NEAR_PEN)
    for candidate in (calm, ImageOps.autocontrast(calm, cutoff=2), brightest(near, 1)):
        yield near, candidate


def _codes(image: Image) -> list[_Found]:
    import zxingcpp

    result = zxingcpp.read_barcodes(
        image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode), try_invert=False, return_errors=True
    )
    return [_Found(found.text, found.valid, _quad(found.position)) for found in result]


def _quad(position: Any) -> Quad:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = ((float(point.x), float(point.y)) for point in points)
    return first, second, third, fourth


def _look(seen: _Seen, image: Image, found: list[_Found]) -> None:
    """Add what one look has found."""
    for one in found:
        place, size = _place(image, one.quad)
        code, foreign = _parsed(one)
        if not code and not foreign:
            if size:  # without a place it is a figment: some letters that looked like a symbol's corner
                seen.open.append((place, size))
            continue
        seen.read.append(place)
        if foreign:
            seen.foreign.add(one.text)
        else:
            _ours(seen, image, code, one)


def _parsed(one: _Found) -> tuple[str, bool]:
    """Return our code, and whether it is somebody else's; neither for a symbol that cannot be corrected, perhaps one of ours."""
    try:
        return (codes.parse(one.text) if one.whole else ""), False
    except DeskError as error:
        return "", error.code == "not_ours"


def _ours(seen: _Seen, image: Image, code: str, one: _Found) -> None:
    from asn_desk.circulars.scanning.sheet_boxes import read_boxes
    from asn_desk.circulars.scanning.symbols import is_mirrored, neighbours

    if code in seen.slips or (code in seen.sheets and seen.sheets[code].boxes):
        return
    if is_mirrored(image, one.text, one.quad):  # the other side of the paper, or the page below
        return
    if codes.is_sheet(code):
        seen.sheets[code] = Sheet(code, read_boxes(image, one.quad))
    else:
        seen.slips[code] = None
        seen.open.extend(_place(image, quad) for quad in neighbours(image, one.quad))


def _place(image: Image, quad: Quad) -> tuple[Point, float]:
    """Return the middle of a symbol, and half its diagonal, in shares of the page's width."""
    x, y = sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4
    (left, top), _, (right, bottom), _ = quad
    half = ((right - left) ** 2 + (bottom - top) ** 2) ** 0.5 / 2
    return (x / image.width, y / image.width), half / image.width


def _away(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)
