"""Codes on scanned pages: read under pens, on negatives and in odd pictures; never through the paper; none lost in silence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageOps

from asn_desk.circulars.scanning import pixels, run
from asn_desk.circulars.scanning.intake import Pile
from asn_desk.circulars.scanning.pixels import Pages
from asn_desk.circulars.scanning.reading import PageReading, read_page
from asn_desk.circulars.scanning.strokes import runs, strokes
from asn_desk.circulars.scanning.terms import BoxVerdict
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from tests.core import scan_pile
from tests.core import scan_sheets as drawn
from tests.core.scan_sheets import SHEET, SLIPS, line


def test_a_code_that_shines_through_the_paper_is_nobodys() -> None:
    assert drawn.read(ImageOps.mirror(drawn.slips(SLIPS[:1]))).slips == ()
    face = drawn.slips(SLIPS[:1])
    back = ImageOps.mirror(drawn.slips(SLIPS[1:2])).crop((0, 0, 400, 300))
    face.paste(back, (0, 1200))
    assert drawn.read(face).slips == SLIPS[:1]


def test_a_mirrored_list_is_not_judged() -> None:
    assert drawn.read(ImageOps.mirror(drawn.a_list())).sheets == ()


def test_one_smeared_slip_of_four_is_told() -> None:
    page = drawn.slips()
    for step in range(9):
        line(page, [(160, 160 + 2.6 * step), (200, 155 + 2.6 * step)], 1.4, 0)
    reading = drawn.read(page)
    assert (set(reading.slips), reading.damaged) == ({SLIPS[0], SLIPS[1], SLIPS[3]}, True)


def _read_once(page: Image.Image) -> tuple[PageReading, list[int]]:
    """Read a page, and return at which fineness it was asked for."""
    asked: list[int] = []

    def picture(dpi: int) -> Image.Image:
        asked.append(dpi)
        return page

    return read_page(picture, 200, 300), asked


def test_four_whole_slips_are_no_reason_to_look_again() -> None:
    reading, asked = _read_once(drawn.slips())
    assert (set(reading.slips), reading.damaged, asked) == (set(SLIPS), False, [200])


@pytest.mark.parametrize("grey", [255, 200])
def test_a_bare_page_is_looked_at_once(grey: int) -> None:
    page = Image.effect_noise(drawn.SIZE, 6).point([max(0, min(255, value + grey - 128)) for value in range(256)])
    reading, asked = _read_once(page)
    assert (reading.found, asked) == (False, [200])


@pytest.mark.parametrize(("width", "tone"), [(0.5, 30), (0.8, 90), (1.1, 110)])
def test_a_code_is_read_under_a_pen(width: float, tone: int) -> None:
    page = drawn.slips(SLIPS[:1])
    line(page, [(160, 12), (176, 22), (200, 17)], width, tone)
    line(page, [(163, 28), (180, 14), (198, 30)], width, tone)
    assert drawn.read(page).slips == SLIPS[:1]


def test_a_negative_is_read_with_its_boxes() -> None:
    page = drawn.a_list()
    drawn.signature(page, 7)
    reading = drawn.read(ImageOps.invert(page))
    assert drawn.rows(reading, BoxVerdict.SIGNED) == {7}


def _sixteen_bits(page: Image.Image) -> Image.Image:
    return page.convert("I").point(lambda grey: grey * 257).convert("I;16")


def _transparent(page: Image.Image) -> Image.Image:
    clear = Image.new("LA", page.size, (0, 0))
    clear.putalpha(ImageOps.invert(page))
    return clear


@pytest.mark.parametrize(
    ("change", "kind", "suffix"),
    [
        (_sixteen_bits, "PNG", ".png"),
        (_sixteen_bits, "TIFF", ".tif"),
        (_transparent, "PNG", ".png"),
        (lambda page: _transparent(page).convert("RGBA"), "PNG", ".png"),
        (lambda page: page.quantize(8), "PNG", ".png"),
        (lambda page: page.convert("1"), "TIFF", ".tif"),
        (lambda page: page.convert("CMYK"), "JPEG", ".jpg"),
    ],
    ids=["16 bits", "16 bits TIFF", "transparent", "transparent colours", "palette", "one bit", "four inks"],
)
def test_pictures_of_every_kind_are_read(change: Callable[[Image.Image], Image.Image], kind: str, suffix: str) -> None:
    page = drawn.a_list()
    drawn.signature(page, 2)
    stream = io.BytesIO()
    change(page).save(stream, kind)
    source = Pages(io.BytesIO(stream.getvalue()), suffix)
    reading = read_page(lambda dpi: source.picture(1, dpi), pixels.DPI, pixels.CLOSE_DPI)
    assert (reading.sheets[0].code, drawn.rows(reading, BoxVerdict.SIGNED)) == (SHEET, {2})


def test_a_file_that_is_replaced_between_two_chunks_stops_the_run(
    practice_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "CHUNK", 1)
    file = tmp_path / "tumpukan.pdf"
    file.write_bytes(scan_pile.feeder_pdf([drawn.paper(), drawn.paper()]))

    def replace(step: run.Step) -> None:
        if step.done == 1:
            file.write_bytes(scan_pile.feeder_pdf([drawn.slips(), drawn.slips()]))

    with pytest.raises(DeskError, match="berubah selagi dibaca"):
        run.read_scans(practice_desk, [file], Pile(), replace, readers=1)


def test_a_missing_file_is_refused_in_indonesian(practice_desk: Desk, tmp_path: Path) -> None:
    ran = run.read_scans(practice_desk, [tmp_path / "hilang.pdf"], Pile(), readers=1)
    assert [refused.sentence for refused in ran.refused] == [
        "Berkas pindaian hilang.pdf tidak dapat dibuka. Periksa berkas itu, lalu ulangi."
    ]


def test_ink_belongs_together_where_it_touches() -> None:
    page = Image.new("L", (20, 8))
    draw = ImageDraw.Draw(page)
    draw.line((1, 1, 6, 6), fill=255)
    draw.line((6, 6, 11, 1), fill=255)
    draw.point((18, 4), fill=255)
    assert sorted(stroke.total for stroke in strokes([runs(page)])) == [1, 11]


def test_ink_on_both_sides_of_a_line_is_one_stroke_when_it_is_near() -> None:
    above, below = [[], [(3, 5)]], [[(7, 9)], []]
    assert len(strokes([above, below], reach=4)) == 1
    assert len(strokes([above, below], reach=1)) == 2
