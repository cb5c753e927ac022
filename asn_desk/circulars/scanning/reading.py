"""Reading one scanned page: its codes, and on a collective sheet the signature box of each row.

Pure: a grey picture in, plain values out; whose codes these are is for the database to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn_desk.circulars import codes
from asn_desk.circulars.scanning.closing import closed
from asn_desk.circulars.scanning.geometry import Point
from asn_desk.circulars.scanning.terms import BoxVerdict
from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from PIL.Image import Image

Quad = tuple[Point, Point, Point, Point]
_PEN = 5  # pixels at 200 dpi: dark lines narrower than this are closed, a code's modules (7 pixels) are not


@dataclass(frozen=True)
class Box:
    """The signature box of one row: how it looks, how much ink is in it (share of its area), where it lies (shares of the page)."""

    row: int
    verdict: BoxVerdict
    ink: float
    quad: Quad


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


def read_page(picture: Callable[[int], Image], dpi: int, close_dpi: int) -> PageReading:
    """Return what stands on a page; `picture(dpi)` draws it. A page where nothing of ours is found is looked at again, more closely."""
    image = picture(dpi)
    reading = _interpret(image, _codes(image))
    if reading.found and not reading.damaged:
        return reading
    for page, candidate in _second_looks(image, lambda: picture(close_dpi)):
        again = _interpret(page, _codes(candidate, thorough=True))
        if again.found:
            return _joined(reading, again)
        reading = _joined(reading, again)
    return reading


def _joined(first: PageReading, second: PageReading) -> PageReading:
    slips = tuple(dict.fromkeys((*first.slips, *second.slips)))
    sheets = {sheet.code: sheet for sheet in (*first.sheets, *second.sheets)}
    more = len(slips) + len(sheets) > len(first.slips) + len(first.sheets)
    damaged = second.damaged or (first.damaged and not more)
    return PageReading(slips, tuple(sheets.values()), max(first.foreign, second.foreign), damaged)


def _second_looks(image: Image, closer: Callable[[], Image]) -> Iterator[tuple[Image, Image]]:
    """Yield pictures of the page, each with a version of it in which a struck-through, faint or noisy code may come out.

    Signature boxes are judged on the picture itself: what helps a code may wipe out a pen.
    """
    from PIL import ImageFilter, ImageOps

    yield image, closed(image, _PEN)
    near = closer()
    calm = near.filter(ImageFilter.MedianFilter(3))
    for candidate in (near, calm, ImageOps.autocontrast(calm, cutoff=2), near.filter(ImageFilter.MaxFilter(3))):
        yield near, candidate


def _codes(image: Image, *, thorough: bool = False) -> list[_Found]:
    import zxingcpp

    result = zxingcpp.read_barcodes(
        image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode), try_invert=thorough, return_errors=True
    )
    return [_Found(found.text, found.valid, _quad(found.position)) for found in result]


def _quad(position: Any) -> Quad:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = ((float(point.x), float(point.y)) for point in points)
    return first, second, third, fourth


def _interpret(image: Image, found: list[_Found]) -> PageReading:
    from asn_desk.circulars.scanning.sheet_boxes import read_boxes

    slips: dict[str, None] = {}
    sheets: dict[str, Sheet] = {}
    foreign, damaged = 0, False
    for one in found:
        if not one.whole:  # a symbol that cannot be corrected: perhaps one of ours under a pen stroke
            damaged = True
            continue
        try:
            code = codes.parse(one.text)
        except DeskError as error:
            damaged = damaged or error.code == "damaged"
            foreign += error.code == "not_ours"
            continue
        if codes.is_sheet(code):
            sheets[code] = Sheet(code, read_boxes(image, one.quad))
        else:
            slips[code] = None
    return PageReading(tuple(slips), tuple(sheets.values()), foreign, damaged)
