"""Drawings of Windows (WMF, EMF) in letters: their commands become a picture, damaged ones are named and harm nothing."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import pytest
from PIL import Image

from asn_desk.letters.pdf.output.images import load
from asn_desk.letters.pdf.output.metafile_canvas import Canvas
from asn_desk.letters.pdf.output.metafiles import drawn
from tests.letters.test_pdf_kit import Letter, convert, paragraph
from tests.letters.test_pdf_safety import drawing, images_in

RED, BLUE = 0x000000FF, 0x00FF0000
Pixel = tuple[int, ...]


def wmf(*records: bytes, extent: tuple[int, int] = (100, 100)) -> bytes:
    window = wmf_record(0x020B, "<hh", 0, 0) + wmf_record(0x020C, "<hh", extent[1], extent[0])
    header = struct.pack("<IHhhhhHIH", 0x9AC6CDD7, 0, 0, 0, *extent, 1440, 0, 0)
    body = window + b"".join(records) + struct.pack("<IH", 3, 0)
    return header + struct.pack("<HHHIHIH", 1, 9, 0x300, len(body) // 2 + 9, 8, 100, 0) + body


def wmf_record(kind: int, form: str, *values: object) -> bytes:
    data = struct.pack(form, *values)
    data += b"\0" * (len(data) % 2)
    return struct.pack("<IH", 3 + len(data) // 2, kind) + data


def emf(*records: bytes) -> bytes:
    header = (
        struct.pack("<8i", 0, 0, 99, 99, 0, 0, 2646, 2646)
        + b" EMF"
        + struct.pack("<IIIHHIII", 0x10000, 0, 0, 9, 0, 0, 0, 0)
    )
    header += struct.pack("<4i", 1000, 1000, 265, 265)
    return emf_record(1, "", data=header) + b"".join(records) + emf_record(14, "<3I", 0, 0, 20)


def emf_record(kind: int, form: str, *values: object, data: bytes = b"") -> bytes:
    data = data or struct.pack(form, *values)
    return struct.pack("<II", kind, 8 + len(data)) + data


def corners(*points: tuple[int, int]) -> tuple[int, ...]:
    return tuple(value for point in points for value in point)


LOWER_HALF = corners((0, 50), (100, 50), (100, 100), (0, 100))
RED_BRUSH_WMF = wmf_record(0x02FC, "<HIH", 0, RED, 0) + wmf_record(0x012D, "<H", 0)
RED_BRUSH_EMF = emf_record(39, "<4I", 1, 0, RED, 0) + emf_record(37, "<I", 1) + emf_record(37, "<I", 0x80000008)
NO_BOUNDS = (0, 0, 0, 0)


def dib(color: tuple[int, int, int]) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (2, 2), color).save(target, "BMP")
    return target.getvalue()[14:]


def pixel(data: bytes, across: float, down: float) -> Pixel:
    png = drawn(data)
    assert png is not None
    with Image.open(io.BytesIO(png)) as picture:
        found = picture.getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    "data",
    [
        wmf(RED_BRUSH_WMF, wmf_record(0x0324, "<9h", 4, *LOWER_HALF)),
        wmf(RED_BRUSH_WMF, wmf_record(0x0538, "<2H8h", 1, 4, *LOWER_HALF)),
        wmf(RED_BRUSH_WMF, wmf_record(0x041B, "<4h", 100, 100, 50, 0)),
        wmf(RED_BRUSH_WMF, wmf_record(0x0418, "<4h", 150, 150, 50, -50)),
        emf(RED_BRUSH_EMF, emf_record(86, "<4iI8h", *NO_BOUNDS, 4, *LOWER_HALF)),
        emf(RED_BRUSH_EMF, emf_record(3, "<4iI8i", *NO_BOUNDS, 4, *LOWER_HALF)),
        emf(RED_BRUSH_EMF, emf_record(91, "<4iIII8h", *NO_BOUNDS, 1, 4, 4, *LOWER_HALF)),
        emf(RED_BRUSH_EMF, emf_record(43, "<4i", 0, 50, 100, 100)),
        emf(
            RED_BRUSH_EMF, emf_record(59, "<"), emf_record(27, "<2i", 0, 50), emf_record(89, "<4iI6h", *NO_BOUNDS, 3, *LOWER_HALF[2:]),
            emf_record(61, "<"), emf_record(60, "<"), emf_record(62, "<4i", *NO_BOUNDS),
        ),
    ],
)  # fmt: skip
def test_filled_figures_stand_where_the_drawing_says(data: bytes) -> None:
    assert pixel(data, 0.5, 0.75) == (255, 0, 0, 255)
    assert pixel(data, 0.5, 0.25)[3] == 0


def test_a_figure_in_a_figure_is_a_hole() -> None:
    outer, inner = corners((0, 0), (100, 0), (100, 100), (0, 100)), corners((30, 30), (70, 30), (70, 70), (30, 70))
    data = wmf(RED_BRUSH_WMF, wmf_record(0x0538, "<3H16h", 2, 4, 4, *outer, *inner))
    assert (pixel(data, 0.1, 0.5)[:3], pixel(data, 0.5, 0.5)[3]) == ((255, 0, 0), 0)


@pytest.mark.parametrize("height", [100, -100])
def test_bitmaps_are_stretched_and_turned(height: int) -> None:
    half = io.BytesIO()
    upper = Image.new("RGB", (2, 2), (0, 0, 255))
    upper.paste((255, 0, 0), (0, 1, 2, 2))
    upper.save(half, "BMP")
    top = 0 if height > 0 else 100
    data = wmf(stretched(half.getvalue()[14:], height, top))
    assert pixel(data, 0.5, 0.1 if height > 0 else 0.9)[:3] == (0, 0, 255)


def stretched(bitmap: bytes, height: int, top: int) -> bytes:
    return wmf_record(0x0F43, f"<IH8h{len(bitmap)}s", 0xCC0020, 0, 2, 2, 0, 0, height, 100, top, 0, bitmap)


def test_a_bitmap_of_an_emf_fills_its_place() -> None:
    bitmap = dib((0, 0, 255))
    places = struct.pack(
        "<4i2i4i4IIi2i", *NO_BOUNDS, 0, 0, 0, 0, 2, 2, 80, 40, 120, len(bitmap) - 40, 0, 0xCC0020, 100, 100
    )
    assert pixel(emf(emf_record(81, "", data=places + bitmap)), 0.5, 0.5) == (0, 0, 255, 255)


def test_letters_and_lines_are_drawn() -> None:
    text = wmf_record(0x0A32, "<hhHH4s", 10, 10, 4, 0, b"Kota")
    line = wmf_record(0x0214, "<hh", 50, 0) + wmf_record(0x0213, "<hh", 50, 100)
    font = wmf_record(0x02FB, "<5h8B32s", 40, 0, 0, 0, 700, 0, 0, 0, 0, 0, 0, 0, 0, b"Arial") + wmf_record(
        0x012D, "<H", 0
    )
    png = drawn(wmf(font, text, line))
    assert png is not None
    with Image.open(io.BytesIO(png)) as picture:
        box = picture.getbbox()
    assert box is not None
    assert box[2] - box[0] > 0.9 * picture.width
    assert drawn(wmf(font, text)) != drawn(wmf(font, line)) != drawn(wmf(font, text, line))


def test_what_was_saved_comes_back() -> None:
    blue = wmf_record(0x02FC, "<HIH", 0, BLUE, 0) + wmf_record(0x012D, "<H", 1)
    body = wmf_record(0x001E, "<") + blue + wmf_record(0x0127, "<h", -1) + wmf_record(0x041B, "<4h", 100, 100, 0, 0)
    assert pixel(wmf(RED_BRUSH_WMF, body), 0.5, 0.5)[:3] == (255, 0, 0)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:60],
        lambda data: data[: len(data) // 2],
        lambda data: data[:18],
        lambda data: data.replace(b"\x24\x03", b"\xff\xff"),
        lambda data: wmf(extent=(0, 0)),
        lambda data: wmf(),
        lambda data: emf(),
        lambda data: wmf(wmf_record(0x0538, "<2H", 60000, 60000)),
        lambda data: wmf(wmf_record(0x0F43, "<IH8h8s", 0, 0, 2, 2, 0, 0, 9, 9, 0, 0, b"rusak!!!")),
    ],
)
def test_damaged_and_empty_drawings_are_none(spoil: Callable[[bytes], bytes]) -> None:
    assert drawn(spoil(wmf(wmf_record(0x0325, "<H", 9)))) is None


def test_a_drawing_without_end_of_points_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asn_desk.letters.pdf.output.metafile_canvas.MAX_POINTS", 3)
    canvas = Canvas((0, 0, 10, 10))
    with pytest.raises(ValueError, match="too many points"):
        canvas.shapes([[(0, 0), (1, 0), (1, 1), (0, 1)]], fill=True, stroke=False, closed=True)


def test_a_coat_of_arms_kept_as_wmf_is_printed() -> None:
    data = wmf(RED_BRUSH_WMF, wmf_record(0x0324, "<9h", 4, *LOWER_HALF))
    letter = Letter(drawing("inline") + paragraph("Surat"), media={"img": ("media/image1.wmf", data)})
    result = convert(letter)
    assert result.notes == ()
    left, bottom, right, top = images_in(result.data)[0]
    assert (right - left, top - bottom) == pytest.approx((100, 50), abs=0.2)
    image = load(data)
    assert image is not None
    assert image.data.startswith(b"\x89PNG")
