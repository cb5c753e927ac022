"""Signature boxes: nobody is called signed for a tick, a word, a stamp or a neighbour's pen, and no row is taken for the next."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import pytest
from PIL import Image, ImageDraw

from asn_desk.circulars.papers import sheet_layout as layout
from asn_desk.circulars.scanning.terms import BoxVerdict
from tests.core import scan_sheets as drawn
from tests.core.scan_sheets import DOT, line

SIGNED, EMPTY, UNSURE = BoxVerdict.SIGNED, BoxVerdict.EMPTY, BoxVerdict.UNSURE
ALL = set(range(1, layout.ROWS + 1))


def _box(row: int) -> tuple[float, float, float, float]:
    return layout.signature_box(row)


def _tick(page: Image.Image, row: int) -> None:
    left, top, _, bottom = _box(row)
    line(page, [(left + 20, top + 5), (left + 22, bottom - 1), (left + 30, top + 1)], 0.7)


def _cross(page: Image.Image, row: int) -> None:
    left, top, right, bottom = _box(row)
    line(page, [(left + 2, top + 1), (right - 2, bottom - 1)], 0.7)
    line(page, [(right - 2, top + 1), (left + 2, bottom - 1)], 0.7)


def _struck_out(page: Image.Image, row: int) -> None:
    left, top, right, bottom = _box(row)
    line(page, [(left + 4, top + 1), (right - 4, top + 2), (left + 4, bottom - 2), (right - 4, bottom - 1)], 0.8)


def _dash(page: Image.Image, row: int) -> None:
    left, top, _, _ = _box(row)
    line(page, [(left + 10, top + 5), (left + 30, top + 5.4)])


def _ditto(page: Image.Image, row: int) -> None:
    left, top, _, _ = _box(row)
    for across in (20.0, 21.5, 34.0, 35.5):
        line(page, [(left + across, top + 3), (left + across - 0.5, top + 6)])


def _circle(page: Image.Image, row: int) -> None:
    left, top, _, bottom = _box(row)
    place = [value * DOT for value in (left + 10, top + 1, left + 26, bottom - 1)]
    ImageDraw.Draw(page).ellipse(place, outline=drawn.PEN, width=5)


NOT_SIGNATURES: dict[int, Callable[[Image.Image, int], None]] = {
    1: _tick,
    3: _cross,
    5: _struck_out,
    7: _dash,
    8: _ditto,
    9: _circle,
    10: lambda page, row: drawn.written(page, row, "sakit"),
    11: lambda page, row: drawn.written(page, row, "CUTI MELAHIRKAN", 4),
    12: lambda page, row: drawn.written(page, row, "081234567890", 4),
    13: lambda page, row: drawn.joined_word(page, row, 14),
    15: lambda page, row: drawn.joined_word(page, row, 36),
}


def one_bit(page: Image.Image) -> Image.Image:
    return page.point([255 if grey > 150 else 0 for grey in range(256)])


def coarse(page: Image.Image) -> Image.Image:
    stream = io.BytesIO()
    page.resize((page.width // 2, page.height // 2), Image.Resampling.BOX).save(stream, "JPEG", quality=30)
    return Image.open(stream).convert("L")


def crooked(page: Image.Image) -> Image.Image:
    return page.rotate(11, Image.Resampling.BICUBIC, expand=True, fillcolor=240)


def dithered(page: Image.Image) -> Image.Image:
    return page.convert("1").convert("L")


@pytest.mark.parametrize("treat", [Image.Image.copy, one_bit, coarse, crooked, dithered])
def test_marks_that_are_no_signatures_are_for_the_clerk(treat: Callable[[Image.Image], Image.Image]) -> None:
    page = drawn.a_list()
    for row, write in NOT_SIGNATURES.items():
        write(page, row)
    reading = drawn.read(treat(page))
    assert drawn.rows(reading, SIGNED) == set()
    assert drawn.rows(reading, UNSURE) >= set(NOT_SIGNATURES)
    assert drawn.rows(reading, EMPTY) >= {2, 4, 6, 14, 16}


@pytest.mark.parametrize("treat", [Image.Image.copy, one_bit, coarse, crooked, dithered])
def test_signatures_are_read_and_empty_rows_stay_empty(treat: Callable[[Image.Image], Image.Image]) -> None:
    page = drawn.a_list()
    for row in range(1, 17, 2):
        drawn.signature(page, row)
    found = drawn.verdicts(drawn.read(treat(page)))
    assert found == {row: SIGNED if row % 2 else EMPTY for row in ALL}


@pytest.mark.parametrize(("down", "tall"), [(0.0, 24.0), (6.0, 10.0), (4.0, 14.0), (-5.0, 16.0), (7.0, 11.0)])
def test_a_signature_over_a_line_marks_no_neighbour(down: float, tall: float) -> None:
    page = drawn.a_list()
    drawn.signature(page, 8, down, tall)
    found = drawn.verdicts(drawn.read(page))
    assert {row for row, verdict in found.items() if verdict is SIGNED} <= {8}
    assert all(found[row] is EMPTY for row in ALL - {7, 8, 9})


def test_a_flourish_that_ends_in_the_next_row_leaves_both_rows_readable() -> None:
    page = drawn.a_list()
    drawn.signature(page, 5)
    left, _, _, bottom = _box(5)
    line(page, [(left + 10, bottom - 4), (left + 14, bottom + 3.5)])
    found = drawn.verdicts(drawn.read(page))
    assert (found[5], found[6]) == (SIGNED, EMPTY)


def test_an_office_stamp_over_several_rows_signs_for_nobody() -> None:
    page = drawn.a_list()
    drawn.stamp(page, 165, 120)
    assert drawn.rows(drawn.read(page), SIGNED) == set()


def test_rows_under_another_paper_are_for_the_clerk_and_the_others_are_read() -> None:
    page = drawn.a_list()
    for row in (1, 8, 16):
        drawn.signature(page, row)
    page.paste(Image.new("L", (round(190 * DOT), round(40 * DOT)), 250), (round(10 * DOT), round(130 * DOT)))
    drawn.signature(page, 9)  # on the paper that lies on the list
    found = drawn.verdicts(drawn.read(page))
    covered = {6, 7, 8, 9}
    assert {found[row] for row in covered} == {UNSURE}
    assert {row for row in ALL - covered if found[row] is SIGNED} == {1, 16}


@pytest.mark.parametrize(("at", "lost"), [(262, 12.0), (262, 8.0), (150, 12.0), (150, 5.0), (100, 24.0)])
def test_paper_that_jumps_in_the_feeder_signs_for_nobody_else(at: float, lost: float) -> None:
    page = drawn.a_list()
    for row in (2, 11, 15):
        drawn.signature(page, row)
    below = page.crop((0, round((at + lost) * DOT), page.width, page.height))
    page.paste(250, (0, round(at * DOT), page.width, page.height))
    page.paste(below, (0, round(at * DOT)))
    (sheet,) = drawn.read(page).sheets
    assert {box.row for box in sheet.boxes if box.verdict is SIGNED} <= {2, 11, 15}


@pytest.mark.parametrize("bend", [0.02, 0.06])
def test_a_list_photographed_from_an_angle_is_read(bend: float) -> None:
    page = drawn.a_list()
    for row in (1, 6, 16):
        drawn.signature(page, row)
    reading = drawn.read(drawn.photographed(page, bend))
    assert drawn.rows(reading, SIGNED) == {1, 6, 16}
    assert drawn.rows(reading, UNSURE) == set()


def test_streaks_of_a_dirty_feeder_are_nobodys_pen() -> None:
    page = drawn.a_list()
    drawn.signature(page, 4)
    for across in (9.5, 120.0, 160.0, 188.0):
        line(page, [(across, 0), (across, 297)], 0.25, 30)
    found = drawn.verdicts(drawn.read(page.rotate(0.4, Image.Resampling.BICUBIC, fillcolor=250)))
    assert found == {row: SIGNED if row == 4 else EMPTY for row in ALL}


def test_specks_of_an_old_scanner_are_nothing() -> None:
    page, rng = drawn.a_list(), Random(3)
    draw = ImageDraw.Draw(page)
    for _ in range(12_000):
        draw.point((rng.randrange(page.width), rng.randrange(page.height)), fill=0)
    drawn.signature(page, 4)
    assert drawn.rows(drawn.read(page), SIGNED) == {4}
    assert len(drawn.rows(drawn.read(page), EMPTY)) >= 13


@pytest.mark.parametrize("faint", [0.3, 0.5])
def test_a_faint_copy_is_read(faint: float) -> None:
    page = drawn.a_list()
    drawn.signature(page, 3)
    reading = drawn.read(page.point([round(255 - (255 - grey) * faint) for grey in range(256)]))
    assert drawn.rows(reading, SIGNED) == {3}
    assert drawn.rows(reading, EMPTY) == ALL - {3}


def test_a_list_without_two_of_its_marks_is_not_judged() -> None:
    page = drawn.a_list()
    page.paste(250, (0, round(275 * DOT), page.width, page.height))
    (sheet,) = drawn.read(page).sheets
    assert sheet.boxes == ()
