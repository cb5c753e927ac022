"""A pile of scanned paper as offices send it: printed slips and lists, signed by pen, then ill-treated and put through a feeder."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

PRINT_DPI = 200
Strokes = list[list[tuple[float, float]]]


@dataclass(frozen=True)
class Treatment:
    """What a page went through. Angles in degrees, blur in pixels, `noise` is the grey levels' deviation."""

    angle: float = 0.0
    upside_down: bool = False
    dpi: int = 200
    blur: float = 0.0
    noise: int = 0
    quality: int = 80
    stains: int = 0
    torn: bool = False
    faint: float = 1.0


def printed(pdf: bytes, dpi: int = PRINT_DPI) -> list[Image.Image]:
    """Return the pages of a PDF as they come out of the printer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def sign(page: Image.Image, box: tuple[float, float, float, float], rng: Random, dpi: int = PRINT_DPI) -> None:
    """Write a signature into a box given in millimetres: loops, a flourish, a pen between 0.4 and 0.7 mm."""
    left, top, right, bottom = (value * dpi / 25.4 for value in box)
    width = min(right - left, rng.uniform(18, 45) * dpi / 25.4)
    height = (bottom - top) * rng.uniform(0.65, 1.15)
    start = left + rng.uniform(0, right - left - width)
    middle = (top + bottom) / 2
    pen = max(2, round(rng.uniform(0.4, 0.7) * dpi / 25.4))
    tone = rng.randint(15, 95)
    draw = ImageDraw.Draw(page)
    for stroke in _signature(rng):
        points = [(start + x * width, middle + y * height / 2) for x, y in stroke]
        draw.line(points, fill=tone, width=pen, joint="curve")


def _signature(rng: Random) -> Strokes:
    loops = rng.randint(4, 8)
    phase, lean = rng.uniform(0, 6), rng.uniform(-0.05, 0.08)
    body = [
        (
            0.08
            + 0.75 * step / 120
            + 0.05 * math.sin(2 * math.pi * loops * step / 120 + phase)
            + lean * math.cos(step / 9),
            rng.uniform(0.75, 0.95) * math.cos(2 * math.pi * loops * step / 120) * (1 - 0.5 * step / 120),
        )
        for step in range(121)
    ]
    flourish = [(0.05, 0.5), (0.5, 0.72), (0.98, rng.uniform(0.2, 0.6))]
    return [body, flourish]


def scratch(page: Image.Image, start: tuple[float, float], end: tuple[float, float], width: float, tone: int) -> None:
    """Draw a straight pen stroke between two points in millimetres."""
    scale = PRINT_DPI / 25.4
    points = [(start[0] * scale, start[1] * scale), (end[0] * scale, end[1] * scale)]
    ImageDraw.Draw(page).line(points, fill=tone, width=max(1, round(width * scale)))


def scanned(page: Image.Image, rng: Random, how: Treatment) -> tuple[Image.Image, bool]:
    """Return the page as the scanner saw it, and whether the code on it is whole: a torn corner may have taken a part of it."""
    seen, whole = page.copy(), True
    for _ in range(how.stains):
        _stain(seen, rng)
    if how.torn:
        whole = _tear(seen, rng)
    if how.angle or how.upside_down:
        turn = how.angle + (180 if how.upside_down else 0)
        seen = seen.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=rng.randint(235, 255))
    if how.dpi != PRINT_DPI:
        scale = how.dpi / PRINT_DPI
        seen = seen.resize((round(seen.width * scale), round(seen.height * scale)), Image.Resampling.BILINEAR)
    if how.blur:
        seen = seen.filter(ImageFilter.GaussianBlur(how.blur))
    if how.faint != 1.0:
        seen = seen.point([round(255 - (255 - grey) * how.faint) for grey in range(256)])
    if how.noise:
        seen = Image.blend(seen, Image.effect_noise(seen.size, how.noise), 0.5).point(
            [max(0, min(255, (grey - 64) * 2)) for grey in range(256)]
        )
    return _jpeg(seen, how.quality).convert("L"), whole


def _stain(page: Image.Image, rng: Random) -> None:
    """A coffee ring, or a drop."""
    radius = rng.uniform(8, 22) * PRINT_DPI / 25.4
    x, y = rng.uniform(0, page.width), rng.uniform(0, page.height)
    veil = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(veil)
    tone, rim = rng.randint(170, 215), rng.randint(120, 165)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tone, outline=rim, width=rng.randint(3, 9))
    page.paste(ImageChops.multiply(page, veil.filter(ImageFilter.GaussianBlur(2))))


def _tear(page: Image.Image, rng: Random) -> bool:
    """A corner is missing: the scanner's lid shows, light or dark. Return whether the code is whole all the same."""
    size = rng.uniform(12, 30) * PRINT_DPI / 25.4
    width, height = page.size
    corner = rng.choice(((0, height), (width, height), (0, 0)))
    across = size if corner[0] == 0 else -size
    down = size if corner[1] == 0 else -size
    shape = [corner, (corner[0] + across, corner[1]), (corner[0], corner[1] + down * rng.uniform(0.6, 1.4))]
    code = _code_mask(page)
    ImageDraw.Draw(page).polygon(shape, fill=rng.choice((0, 30, 255)))
    gone = Image.new("1", page.size)
    ImageDraw.Draw(gone).polygon(shape, fill=1)
    return ImageChops.logical_and(gone, code).getbbox() is None


def _code_mask(page: Image.Image) -> Image.Image:
    """Return where the code lies, as far as it is known before the page is torn (with the quiet zone of four modules)."""
    mask = Image.new("1", page.size)
    found = zxingcpp.read_barcodes(page)
    if found:
        corners = found[0].position
        points = [
            (one.x, one.y) for one in (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
        ]
        middle = (sum(x for x, _ in points) / 4, sum(y for _, y in points) / 4)
        quiet = 1 + 2 * 4 / 25
        ImageDraw.Draw(mask).polygon(
            [(middle[0] + (x - middle[0]) * quiet, middle[1] + (y - middle[1]) * quiet) for x, y in points], fill=1
        )
    return mask


def feeder_pdf(pages: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """Return scanned pages as one PDF of JPEG pictures, as a document feeder writes it."""
    stream = io.BytesIO()
    first, *others = pages
    first.save(stream, "PDF", save_all=True, append_images=others, resolution=dpi)
    return stream.getvalue()


def _jpeg(page: Image.Image, quality: int) -> Image.Image:
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=quality)
    stream.seek(0)
    return Image.open(stream)
