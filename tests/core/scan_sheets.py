"""Lists and slips drawn by hand, without an office, and what pens, feeders and phones do to them; 200 dots to an inch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont

from asn_desk.circulars import codes
from asn_desk.circulars.papers import sheet_layout as layout
from asn_desk.circulars.scanning.geometry import corners, projection
from asn_desk.circulars.scanning.reading import PageReading, read_page
from asn_desk.circulars.scanning.terms import BoxVerdict
from asn_desk.paths import resource

DOT = 200 / 25.4
SIZE = (round(layout.PAGE[0] * DOT), round(layout.PAGE[1] * DOT))
SHEET, OTHER_SHEET = codes.new_codes(Random(1), 2, codes.SHEET)
SLIPS = tuple(codes.new_codes(Random(2), 4))
PEN = 60
Points = Sequence[tuple[float, float]]


def paper() -> Image.Image:
    """Return an empty A4 page."""
    return Image.new("L", SIZE, 250)


def put_code(page: Image.Image, text: str, left: float, top: float, side: float) -> None:
    """Print a code of so many millimetres."""
    symbol: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    printed: Any = symbol.to_image(scale=1, add_quiet_zones=False)
    modules = Image.frombytes("L", (printed.shape[1], printed.shape[0]), bytes(printed))
    size = round(side * DOT)
    page.paste(modules.resize((size, size), Image.Resampling.NEAREST), (round(left * DOT), round(top * DOT)))


def line(page: Image.Image, points: Points, width: float = 0.5, tone: int = PEN) -> None:
    """Draw a stroke through points in millimetres."""
    pixels = [(x * DOT, y * DOT) for x, y in points]
    ImageDraw.Draw(page).line(pixels, fill=tone, width=max(1, round(width * DOT)), joint="curve")


def a_list(code: str = SHEET) -> Image.Image:
    """Return an unsigned list: marks, code and table."""
    page, half = paper(), layout.MARK / 2
    draw = ImageDraw.Draw(page)
    for x, y in layout.MARK_CENTRES:
        draw.rectangle([value * DOT for value in (x - half, y - half, x + half, y + half)], fill=0)
    put_code(page, code, layout.QR_BOX[0], layout.QR_BOX[1], layout.QR_BOX[2] - layout.QR_BOX[0])
    top, bottom = layout.TABLE_TOP - layout.HEADER_HEIGHT, layout.TABLE_TOP + layout.ROWS * layout.ROW_HEIGHT
    for x in layout.COLUMNS:
        line(page, [(x, top), (x, bottom)], 0.2, 0)
    for y in (top, *(layout.TABLE_TOP + row * layout.ROW_HEIGHT for row in range(layout.ROWS + 1))):
        line(page, [(layout.COLUMNS[0], y), (layout.COLUMNS[-1], y)], 0.2, 0)
    return page


def slips(texts: Sequence[str] = SLIPS) -> Image.Image:
    """Return an uncut page of slips."""
    page = paper()
    for place, text in enumerate(texts):
        put_code(page, text, 167, 6 + place * 297 / 4, 26)
    return page


def signature(page: Image.Image, row: int, down: float = 0.0, tall: float = 8.0) -> None:
    """Sign in a row: wide swings and a flourish through them; `down` millimetres off the middle of the row."""
    left, top, _, bottom = layout.signature_box(row)
    middle = (top + bottom) / 2 + down
    swings = [
        (left + 6 + 26 * step / 90, middle + tall / 2 * math.cos(step / 5) * (1 - step / 200)) for step in range(91)
    ]
    line(page, [*swings, (left + 8, middle + 1), (left + 40, middle)])


def written(page: Image.Image, row: int, text: str, height: float = 5.0) -> None:
    """Write a word into a row."""
    left, top, _, bottom = layout.signature_box(row)
    font = ImageFont.truetype(resource("fonts", "Carlito-Italic.ttf"), round(height * 1.4 * DOT))
    place = ((left + 6) * DOT, (top + bottom) / 2 * DOT)
    ImageDraw.Draw(page).text(place, text, font=font, fill=PEN, anchor="lm")


def joined_word(page: Image.Image, row: int, width: float) -> None:
    """Write a word of joined letters, small ones with a tall one now and then."""
    left, top, _, bottom = layout.signature_box(row)
    base = (top + bottom) / 2 + 2.5
    letters = round(width / 2.4)
    points = []
    for place in range(letters):
        x, tall = left + 5 + place * 2.4, 6.0 if place % 3 == 2 else 3.2
        points += [(x, base), (x + 0.8, base - tall), (x + 1.0, base - 0.3), (x + 1.8, base - 3.0), (x + 2.0, base)]
    line(page, points, 0.45)


def stamp(page: Image.Image, x: float, y: float, radius: float = 17.0) -> None:
    """Press a round office stamp onto the page."""
    veil = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(veil)
    for share, width in ((1.0, 5), (0.7, 3)):
        reach = radius * share
        draw.ellipse([value * DOT for value in (x - reach, y - reach, x + reach, y + reach)], outline=110, width=width)
    font = ImageFont.truetype(resource("fonts", "Carlito-Bold.ttf"), round(4 * DOT))
    draw.text((x * DOT, y * DOT), "DINAS CONTOH", font=font, fill=110, anchor="mm")
    page.paste(ImageChops.multiply(page, veil))


def photographed(page: Image.Image, bend: float) -> Image.Image:
    """Return the page as a phone sees it from an angle: its upper side shorter by twice that share of its width."""
    width, height = page.size
    edge = round(0.08 * width)
    large = Image.new("L", (width + 2 * edge, height + 2 * edge), 90)
    large.paste(page, (edge, edge))
    away = bend * width
    seen = [(away, 0.0), (large.width - away, 0.0), (large.width, large.height), (0.0, large.height)]
    flat = corners((0, 0, large.width, large.height))
    bent = projection(seen, flat)
    assert bent is not None
    numbers = (bent.a, bent.b, bent.c, bent.d, bent.e, bent.f, bent.g, bent.h)
    return large.transform(large.size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC, fillcolor=90)


def read(page: Image.Image) -> PageReading:
    """Read a page that has no finer picture."""
    return read_page(lambda _dpi: page, 200, 300)


def verdicts(reading: PageReading) -> dict[int, BoxVerdict]:
    """Return how each row of the only list was judged."""
    (sheet,) = reading.sheets
    return {box.row: box.verdict for box in sheet.boxes}


def rows(reading: PageReading, verdict: BoxVerdict) -> set[int]:
    """Return the rows of the only list with that verdict."""
    return {row for row, found in verdicts(reading).items() if found is verdict}
