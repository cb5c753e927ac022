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


@pytest.mark.parametrize(
    "place", ["", "position:absolute;margin-left:0;margin-top:0;"], ids=["in the line", "apart from the text"]
)
def test_the_double_line_of_a_letterhead_drawn_as_an_old_group_is_printed(place: str) -> None:
    lines = '<v:rect style="position:absolute;top:30;width:8000;height:30" fillcolor="#282828" stroked="f"/>'
    lines += '<v:group style="position:absolute;width:8000;height:30" coordsize="10,10">'
    lines += '<v:rect style="position:absolute;width:10;height:10" fillcolor="black" stroked="f"/></v:group>'
    lines += '<v:line from="0,60" to="8000,60" strokeweight="1pt"/>'
    body = f'<w:r><w:pict><v:group style="{place}width:400pt;height:3pt" coordsize="8000,60">{lines}</v:group></w:pict></w:r>'
    notes = Notes()
    sheet = drawn(make_pages(read_document(office(para(body)).docx(), notes), notes)[0])
    assert [fill.width for fill in sheet.fills] == pytest.approx([400.0, 400.0], abs=0.01)
    assert [fill.height for fill in sheet.fills] == pytest.approx([1.5, 1.5], abs=0.01)
    assert sheet.fills[0].y - sheet.fills[1].y == pytest.approx(1.5, abs=0.01)
    assert any(rule.x2 - rule.x1 == pytest.approx(400.0, abs=0.1) for rule in sheet.rules)
    assert notes.all() == ()
