"""A scanned page that is one JPEG is decoded as it is: the same picture as the drawn page, or it is drawn after all."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from asn_desk.circulars.scanning.page_picture import page_picture
from asn_desk.circulars.scanning.pixels import MOST_PIXELS

A4 = (1654, 2339)  # pixels at 200 dpi


def sheet(mode: str = "L", dpi: int = 200) -> Image.Image:
    """Return a page with something different in every corner."""
    size = (round(A4[0] * dpi / 200), round(A4[1] * dpi / 200))
    page = Image.new(mode, size, "white")
    pen, unit = ImageDraw.Draw(page), dpi // 4
    pen.rectangle((unit, unit, 4 * unit, 3 * unit), fill="black")
    pen.ellipse((size[0] - 5 * unit, unit, size[0] - unit, 5 * unit), fill="gray")
    pen.line((unit, size[1] - unit, size[0] // 2, size[1] // 2), fill="black", width=unit // 4)
    return page


def scanned(page: Image.Image, dpi: int, **how: Any) -> bytes:
    stream = io.BytesIO()
    page.save(stream, "PDF", resolution=dpi, **how)
    return stream.getvalue()


def taken(data: bytes, change: Callable[[Any, Any], None] | None = None) -> tuple[Image.Image | None, Image.Image]:
    """Return the page's own picture, if it can be taken, and the page as PDFium draws it."""
    document = pypdfium2.PdfDocument(data)
    try:
        if change is not None:
            change(document, document[0])
            stream = io.BytesIO()
            document.save(stream)
            document.close()
            document = pypdfium2.PdfDocument(stream.getvalue())
        page = document[0]
        drawn = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        return page_picture(page, drawn.size, MOST_PIXELS), drawn
    finally:
        document.close()


def differ(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of the greys, the one brought to the size of the other."""
    return float(ImageStat.Stat(ImageChops.difference(one.resize(other.size), other)).mean[0])


@pytest.mark.parametrize(
    ("mode", "dpi", "turned"),
    [("L", 200, 0), ("RGB", 200, 180), ("L", 240, 90), ("RGB", 300, 270), ("L", 400, 0)],
)
def test_the_picture_is_what_the_page_shows(mode: str, dpi: int, turned: int) -> None:
    own, drawn = taken(scanned(sheet(mode, dpi), dpi), lambda _, page: page.set_rotation(turned))
    assert own is not None
    assert own.mode == "L"
    assert 0.95 < own.width / drawn.width < 1.3
    assert differ(own, drawn) < 2


def put_text(document: Any, page: Any) -> None:
    import pypdfium2.raw as pdfium

    words = pdfium.FPDFPageObj_CreateNewRect(100, 100, 50, 50)
    pdfium.FPDFPageObj_SetFillColor(words, 0, 0, 0, 255)
    pdfium.FPDFPath_SetDrawMode(words, pdfium.FPDF_FILLMODE_ALTERNATE, 0)
    pdfium.FPDFPage_InsertObject(page, words)
    page.gen_content()


def mirrored(_document: Any, page: Any) -> None:
    picture = next(iter(page.get_objects()))
    width, _ = page.get_size()
    picture.set_matrix(pypdfium2.PdfMatrix(-width, 0, 0, page.get_height(), width, 0))
    page.gen_content()


def smaller(_document: Any, page: Any) -> None:
    next(iter(page.get_objects())).set_matrix(pypdfium2.PdfMatrix(200, 0, 0, 300, 50, 50))
    page.gen_content()


def cropped(_document: Any, page: Any) -> None:
    page.set_cropbox(100, 100, 400, 500)


def annotated(_document: Any, page: Any) -> None:
    import pypdfium2.raw as pdfium

    pdfium.FPDFPage_CloseAnnot(pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT))


@pytest.mark.parametrize("change", [put_text, mirrored, smaller, cropped, annotated])
def test_a_page_with_more_to_it_is_left_to_be_drawn(change: Callable[[Any, Any], None]) -> None:
    own, _ = taken(scanned(sheet(), 200), change)
    assert own is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (scanned(sheet("1"), 200), "a fax page is no JPEG"),
        (scanned(sheet("L", 100), 100), "a coarse page is smoothed when it is drawn"),
        (scanned(sheet("RGB").convert("CMYK"), 200), "printing colours"),
    ],
)
def test_another_kind_of_picture_is_left_to_be_drawn(data: bytes, why: str) -> None:
    own, _ = taken(data)
    assert own is None, why


def test_a_picture_beyond_the_bounds_or_cut_short_is_left_to_be_drawn() -> None:
    whole = scanned(sheet(), 200)
    document = pypdfium2.PdfDocument(whole)
    try:
        assert page_picture(document[0], A4, 1000) is None
    finally:
        document.close()
    start = whole.index(b"\xff\xd8\xff")
    end = whole.index(b"endstream", start)
    harmed = whole[: start + 400] + b"\0" * (end - start - 400) + whole[end:]
    own, drawn = taken(harmed)
    assert own is None or own.size == drawn.size
