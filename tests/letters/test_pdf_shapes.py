"""Shapes of office letterheads: straight lines, rectangles and text boxes, drawn in DrawingML or in VML."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from asn_desk.letters.pdf.model import Border
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.placing.pages import make_pages
from asn_desk.letters.pdf.placing.sheet import Sheet, stripes
from asn_desk.letters.pdf.reading.reader import read_document
from tests.letters.test_pdf_kit import SENTENCE, Letter, convert, paragraph, seen
from tests.letters.test_pdf_safety import drawing

PLACE = (
    '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>127000</wp:posOffset></wp:positionV>'
)


def drawn(sheet: Sheet) -> Sheet:
    """Return the marks of everything that stands on a page."""
    marks = sheet.blank()
    waiting = list(sheet.stamps)
    while waiting:
        stamp = waiting.pop(0)
        stamp.slab.place(marks, stamp.x, stamp.y, closing=stamp.closing)
        waiting, marks.stamps = marks.stamps + waiting, []
    return marks


def sheet_of(body: str) -> Sheet:
    notes = Notes()
    sheets = make_pages(read_document(Letter(body).docx(), notes), notes)
    assert notes.all() == ()
    return drawn(sheets[0])


def shape(content: str, size: tuple[int, int], wrap: str = "wrapNone", place: str = PLACE) -> str:
    data = f"<a:graphic><a:graphicData><wps:wsp>{content}</wps:wsp></a:graphicData></a:graphic>"
    extent = f'<wp:extent cx="{size[0]}" cy="{size[1]}"/>'
    return f"<w:p><w:r><w:drawing><wp:anchor>{place}{extent}<wp:{wrap}/>{data}</wp:anchor></w:drawing></w:r></w:p>"


def text_box(text: str, wrap: str, place: str = PLACE) -> str:
    box = f'<wps:spPr><a:prstGeom prst="rect"/></wps:spPr><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx>'
    return shape(box, (1_270_000, 635_000), wrap, place)


LINE = '<wps:spPr><a:prstGeom prst="line"/><a:ln w="38100"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill></a:ln></wps:spPr>'

OLD_LINE = '<v:line style="position:absolute" from="0,10pt" to="400pt,10pt" strokeweight="3pt" strokecolor="#0000FF"/>'


@pytest.mark.parametrize(
    "body",
    [
        shape(LINE, (5_080_000, 0)),
        f"<w:p><w:r><w:pict>{OLD_LINE}</w:pict></w:r></w:p>",
    ],
)
def test_a_drawn_line_under_the_letterhead(body: str) -> None:
    (rule,) = sheet_of(body).rules
    assert (rule.x1, rule.x2) == pytest.approx((85.05, 485.05))
    assert (rule.y1, rule.y2) == pytest.approx((66.7, 66.7))
    assert (rule.width, rule.color) == (3.0, (0.0, 0.0, 1.0))


def test_a_text_box_prints_its_paragraphs_at_its_place() -> None:
    place = PLACE.replace('relativeFrom="column"><wp:posOffset>0', 'relativeFrom="page"><wp:posOffset>3810000').replace(
        "127000", "254000"
    )
    box, body = sorted(
        seen(convert(text_box("Kotak", "wrapNone", place) + paragraph("isi"))), key=lambda line: -line.left
    )
    assert (box.text, body.text) == ("Kotak", "isi")
    assert box.left == pytest.approx(300 + 7.2, abs=0.3)


def test_text_stays_clear_of_a_box_that_takes_the_whole_width() -> None:
    lines = seen(convert(text_box("Kotak", "wrapTopAndBottom") + paragraph("isi")))
    body = next(line for line in lines if line.text == "isi")
    assert body.y - 11 > 56.7 + 10 + 50 - 1


def test_text_flows_beside_a_box_and_under_it() -> None:
    lines = [line for line in seen(convert(text_box("K", "wrapSquare") + paragraph(SENTENCE * 4))) if line.right > 300]
    beside = [line for line in lines if line.y < 56.7 + 60 and line.y - 11 > 56.7 + 10]
    assert beside
    assert all(line.left > 85 for line in beside)
    assert lines[-1].left == pytest.approx(85.05, abs=0.3)


def test_rotated_text_is_reported() -> None:
    turned = (
        "<wps:spPr/><wps:txbx><w:txbxContent>"
        + paragraph("miring")
        + '</w:txbxContent></wps:txbx><wps:bodyPr vert="vert270"/>'
    )
    result = convert(shape(turned, (100_000, 100_000)))
    assert any("diputar" in note for note in result.notes)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("single", [(0.0, 3.0)]),
        ("double", [(0.0, 3.0), (6.0, 3.0)]),
        ("thickThinSmallGap", [(0.0, 3.0), (3.75, 0.75)]),
        ("thinThickSmallGap", [(0.0, 0.75), (1.5, 3.0)]),
        ("thinThickThinSmallGap", [(0.0, 0.75), (1.5, 3.0), (5.25, 0.75)]),
        ("triple", [(0.0, 3.0), (6.0, 3.0), (12.0, 3.0)]),
    ],
)
def test_border_lines_from_the_text_outward(style: str, expected: list[tuple[float, float]]) -> None:
    assert stripes(Border(style, 3.0)) == expected


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_a_png_keeps_its_colours_however_it_is_stored(mode: str) -> None:
    source = Image.new("RGB", (8, 8), (250, 250, 250))
    source.paste((10, 20, 200), (0, 0, 4, 8))
    target = io.BytesIO()
    source.convert(mode).save(target, "PNG")
    data = convert(Letter(drawing("inline"), media={"img": ("media/a.png", target.getvalue())})).data
    document = pypdfium2.PdfDocument(data)
    page = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    wanted = source.convert(mode).convert("RGB")
    for x, at in ((2, 116), (6, 166)):
        shown = page.getpixel((at, 85))
        assert isinstance(shown, tuple)
        assert shown == pytest.approx(wanted.getpixel((x, 4)), abs=6)
