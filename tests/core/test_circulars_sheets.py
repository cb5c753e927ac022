"""Collective lists: each person in one row of one sheet, the same on every reprint, all of it readable from a scan."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
import zxingcpp

from asn_desk.circulars import codes, service
from asn_desk.circulars.papers import sheet_layout, sheets
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.service import MarkResult
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit
from tests.core.circulars_office import crowd, people_of, person, published

DPI = 150


def made_lists(desk: Desk, version_id: int) -> list[int]:
    return desk.write(lambda session: service.prepare_sheets(session, RecipientFilter(version_id))).value


def printed(desk: Desk, ids: list[int]) -> bytes:
    stream = BytesIO()
    desk.read(lambda session: sheets.sheets_pdf(session, ids, stream))
    return stream.getvalue()


def test_everybody_who_owes_a_signature_stands_in_one_row_of_the_own_unit(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    practice_desk.write(lambda session: service.acknowledge_code(session, siti.code))
    found = [practice_desk.read(lambda s, i=i: sheets.sheet(s, i)) for i in made_lists(practice_desk, made.version_id)]
    assert [(one.opd, one.unit, [line.person for line in one.lines]) for one in found] == [
        ("Dinas Kesehatan", "Dinas Kesehatan", ["Yusuf"]),
        ("Dinas Kesehatan", "RSUD Kota Contoh", ["Hj. Endang Sulistyaningsih"]),
        ("Dinas Pendidikan", "Dinas Pendidikan", ["Robertus Tampubolon"]),
    ]
    assert all(codes.is_sheet(one.code) and codes.parse(one.code) == one.code for one in found)


def test_asking_again_puts_only_newcomers_on_a_new_list(practice_desk: Desk) -> None:
    made = published(practice_desk)
    first = made_lists(practice_desk, made.version_id)
    assert made_lists(practice_desk, made.version_id) == []

    def joined(session: object) -> None:
        (unit,) = session.query(Unit).filter_by(name="Dinas Pendidikan")  # type: ignore[attr-defined]
        ids = crowd(session, unit, 20)  # type: ignore[arg-type]
        service.add_people(session, made.circular_id, ids, "baru")  # type: ignore[arg-type]

    practice_desk.write(joined)
    second = made_lists(practice_desk, made.version_id)
    pages = [practice_desk.read(lambda s, i=i: sheets.sheet(s, i)) for i in second]
    assert [(one.page, one.pages, len(one.lines)) for one in pages] == [(2, 3, 16), (3, 3, 4)]
    assert sorted(practice_desk.read(lambda s: sheets.sheet_ids(s, made.version_id))) == sorted(first + second)


def test_a_reprint_is_the_same_paper(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = made_lists(practice_desk, made.version_id)
    assert printed(practice_desk, ids) == printed(practice_desk, ids)


def test_the_code_and_the_corner_marks_are_where_the_layout_says_and_the_boxes_are_empty(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = made_lists(practice_desk, made.version_id)
    page = pypdfium2.PdfDocument(printed(practice_desk, ids))[0]
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == practice_desk.read(lambda s: sheets.sheet(s, ids[0])).code
    mm = DPI / 25.4
    left, top, right, bottom = (edge * mm for edge in sheet_layout.QR_BOX)
    corner = found.position.top_left
    assert abs(corner.x - left) < mm
    assert abs(corner.y - top) < mm
    assert (right - left) / mm >= 20
    assert (bottom - top) / mm >= 20
    for across, down in sheet_layout.MARK_CENTRES:
        assert picture.getpixel((round(across * mm), round(down * mm))) == 0
    for row in range(1, sheet_layout.ROWS + 1):
        box = tuple(round(edge * mm) for edge in sheet_layout.signature_box(row))
        assert picture.crop(box).getextrema() == (255, 255)


@pytest.mark.parametrize("row", [0, 17])
def test_a_row_that_no_list_has_is_a_bug(row: int) -> None:
    with pytest.raises(ValueError, match="rows 1 to 16"):
        sheet_layout.row_top(row)


def test_a_lists_code_marks_nobody_and_is_found_as_a_list(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = made_lists(practice_desk, made.version_id)
    code = practice_desk.read(lambda s: sheets.sheet(s, ids[0])).code
    slip = person(practice_desk, made.version_id, "Siti").code
    mark = practice_desk.write(lambda session: service.acknowledge_code(session, code)).value
    assert (mark.result, "kolektif" in mark.sentence) == (MarkResult.UNKNOWN, True)
    found = practice_desk.read(lambda s: service.find_codes(s, [code, slip, "ADE1AAAAAAAAAAAA"]))
    assert (found[code].sheet_id, found[code].recipient_id) == (ids[0], None)
    assert (found[slip].person, found[slip].sheet_id) == ("Siti Nurhaliza Rahmawati, A.Md.Kep.", None)
    assert set(found) == {code, slip}


def test_no_lists_and_unknown_lists_are_told_in_words(practice_desk: Desk) -> None:
    published(practice_desk)
    for ids, code in (([], "no_sheets"), ([9], "sheet_unknown")):
        with pytest.raises(DeskError) as caught:
            printed(practice_desk, ids)
        assert caught.value.code == code


def test_whoever_is_listed_is_a_recipient_once(practice_desk: Desk) -> None:
    made = published(practice_desk)
    found = [practice_desk.read(lambda s, i=i: sheets.sheet(s, i)) for i in made_lists(practice_desk, made.version_id)]
    listed = [line.recipient_id for one in found for line in one.lines]
    assert sorted(listed) == sorted(row.id for row in people_of(practice_desk, made.version_id))
