"""Groups of shapes: their members stand where they stand in the group, scaled with it, however deep they are."""

from __future__ import annotations

import pytest

from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.placing.pages import make_pages
from asn_desk.letters.pdf.reading.reader import read_document
from tests.letters.office_kit import LOGO, PICTURE, at, group, office, para, run, shape, stroke
from tests.letters.test_pdf_kit import convert, paragraph, seen
from tests.letters.test_pdf_shapes import drawn

INCH = 914_400
LEFT = 85.05


def test_members_stand_at_their_places_in_the_scale_of_the_group() -> None:
    logo = at(PICTURE.format(cx=INCH, cy=INCH), INCH, 0)
    body = para(group(logo, (0, 0, INCH * 2, INCH), inside=(INCH * 4, INCH * 2)) + run("isi"))
    notes = Notes()
    [picture] = drawn(make_pages(read_document(office(body, media=LOGO).docx(), notes), notes)[0]).pictures
    assert (picture.x, picture.width, picture.height) == pytest.approx((LEFT + 36.0, 36.0, 36.0), abs=0.1)
    assert notes.all() == ()


def test_text_in_a_group_inside_a_group_is_printed_at_its_place() -> None:
    box = at(shape("rect", (INCH, INCH), stroke(1), paragraph("dalam")), INCH, 0)
    inner = f'<wpg:grpSp><wpg:grpSpPr><a:xfrm><a:off x="{INCH}" y="0"/><a:ext cx="{INCH * 2}" cy="{INCH}"/><a:chOff x="0" y="0"/>'
    inner += f'<a:chExt cx="{INCH * 2}" cy="{INCH}"/></a:xfrm></wpg:grpSpPr>{box}</wpg:grpSp>'
    result = convert(office(para(group(inner, (0, 0, INCH * 3, INCH)))))
    assert seen(result)[0].left == pytest.approx(LEFT + 144.0 + 7.2, abs=0.3)
    assert result.notes == ()


@pytest.mark.parametrize("inside", [(0, 1), (-5, -5), (1, 10**12)])
def test_a_group_without_a_sensible_size_does_no_harm(inside: tuple[int, int]) -> None:
    member = at(shape("rect", (INCH, INCH), stroke(1), paragraph("dalam")), INCH, 0)
    assert "isi" in " ".join(
        line.text for line in seen(convert(office(para(group(member, (0, 0, INCH, INCH), inside)) + paragraph("isi"))))
    )


def test_what_a_group_holds_and_cannot_be_printed_is_named() -> None:
    notes = convert(office(para(group(shape("ellipse", (INCH, INCH), stroke(1)), (0, 0, INCH, INCH))))).notes
    assert any("Bentuk gambar" in note for note in notes)
