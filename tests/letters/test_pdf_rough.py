"""Files that Word opens but nobody would write: missing parts, absurd measures, huge tables. The writer prints them sensibly."""

from __future__ import annotations

import time

import pytest

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.reading import known
from asn_desk.letters.pdf.writer import docx_to_pdf
from tests.letters.office_kit import LOGO, PICTURE, anchored, inline, office, para, run, shape, stroke
from tests.letters.test_pdf_kit import (
    META,
    SECTION,
    SENTENCE,
    Letter,
    convert,
    page_field,
    paragraph,
    seen,
    texts,
    zipped,
)
from tests.letters.test_pdf_tables import cell, row, table

_WIDE = '<w:tblW w:w="40000" w:type="dxa"/>'


def without(letter: Letter, *parts: str) -> bytes:
    return zipped({name: data for name, data in letter.parts().items() if name not in parts})


@pytest.mark.parametrize(
    "missing",
    [
        ("word/styles.xml",), ("word/numbering.xml",), ("word/settings.xml",), ("word/theme/theme1.xml",),
        ("word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/theme/theme1.xml", "word/_rels/document.xml.rels"),
    ],
)  # fmt: skip
def test_a_letter_without_its_side_parts_keeps_its_text(missing: tuple[str, ...]) -> None:
    body = paragraph("Satu", '<w:pStyle w:val="Judul"/>') + paragraph(
        "Dua", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    )
    made = without(office(body + table(row(cell("Tiga")), properties='<w:tblStyle w:val="X"/>')), *missing)
    assert [text.strip("0123456789.") for text in texts(docx_to_pdf(made, META))] == ["Satu", "Dua", "Tiga"]


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "word/settings.xml"])
def test_a_broken_side_part_is_told_in_a_sentence(part: str) -> None:
    known.forget()
    broken = {**office(paragraph("a")).parts(), part: b"<w:styles"}
    with pytest.raises(DeskError) as problem:
        docx_to_pdf(zipped(broken), META)
    assert problem.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        paragraph("isi", '<w:ind w:left="30000" w:right="30000"/>'), paragraph("isi", '<w:ind w:left="-30000" w:firstLine="-9000"/>'),
        paragraph("isi", '<w:ind w:left="99999999" w:hanging="99999999"/>'), paragraph("isi", '<w:spacing w:before="-900" w:after="-900"/>'),  # noqa: E501
        paragraph("isi", '<w:spacing w:line="-240" w:lineRule="auto"/>'), paragraph("isi", '<w:spacing w:line="0" w:lineRule="exact"/>'),
        paragraph("isi", '<w:spacing w:line="1" w:lineRule="exact"/>'), paragraph("isi", '<w:spacing w:before="999999" w:line="99999"/>'),
        paragraph("isi", "", '<w:sz w:val="0"/>'), paragraph("isi", "", '<w:sz w:val="-4"/>'), paragraph("isi", "", '<w:w w:val="0"/>'),
        paragraph("isi", "", '<w:spacing w:val="-32000"/>'), paragraph("isi", "", '<w:position w:val="-32000"/>'),
        paragraph("isi\tlagi", '<w:tabs><w:tab w:val="right" w:pos="-9000"/><w:tab w:val="center" w:pos="31680"/></w:tabs>'),
        table(row(cell("isi")), grid=(0,)), table(row(cell("isi")), grid=(-500,)), table(row(cell("isi")), grid=()),
        table(row(cell("isi", '<w:tcW w:w="0" w:type="dxa"/>'), cell("b", '<w:tcW w:w="-9" w:type="dxa"/>')), grid=(0, 0)),
        table(row(cell("isi"), cell("b")), grid=(20_000, 20_000)), table(row(cell("isi"), cell("b")), grid=(20_000, 20_000), properties=_WIDE),  # noqa: E501
        table(row(cell("isi")), properties='<w:tblW w:w="99999" w:type="pct"/>'), table(row(cell("isi")), properties='<w:tblW w:w="-5" w:type="pct"/>'),  # noqa: E501
        table(row(cell("isi")), properties='<w:tblInd w:w="-30000" w:type="dxa"/>'),
        table(row(cell("isi"), properties='<w:trHeight w:val="999999" w:hRule="exact"/>')),
        table(row(cell("isi", '<w:tcMar><w:left w:w="90000" w:type="dxa"/><w:top w:w="90000" w:type="dxa"/></w:tcMar>'))),
        table(row(cell("isi", '<w:gridSpan w:val="900"/>'))), table(row(cell("isi", "<w:vMerge/>")), row(cell("b", "<w:vMerge/>"))) + paragraph("isi"),  # noqa: E501
        table(row(cell("isi")), properties='<w:tblpPr w:tblpX="-99999" w:tblpY="99999"/>') + paragraph("x"),
        "<w:tbl/>" + paragraph("isi"), "<w:tbl><w:tr/></w:tbl>" + paragraph("isi"), "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>" + paragraph("isi"),  # noqa: E501
        para(inline(0, 0) + run("isi")), para(inline(-900, 900) + run("isi")), para(inline(10**12, 10**12) + run("isi")),
        para(anchored(PICTURE.format(cx=0, cy=0), (0, 0, 0, 0), "<wp:wrapTopAndBottom/>", kind="picture") + run("isi")),
        para(anchored(shape("rect", (0, 0), stroke(1), paragraph("kotak")), (0, 0, 0, 0), '<wp:wrapSquare wrapText="bothSides"/>') + run("isi")),  # noqa: E501
        para(anchored(shape("rect", (9, 9), stroke(99)), (-(10**10), 10**10, 10**9, 10**9), "<wp:wrapTopAndBottom/>") + run("isi")),
        paragraph("x", '<w:framePr w:w="0" w:h="0" w:hRule="exact" w:x="-99999" w:y="99999"/>') + paragraph("isi"),
        paragraph("x", '<w:framePr w:dropCap="drop" w:lines="900"/>') + paragraph("isi"), "<w:p><w:r><w:t>isi</w:t></w:r><w:r/><w:hyperlink/></w:p>",  # noqa: E501
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r></w:p>' + paragraph("isi"),
        paragraph("isi") + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>', para("<w:r><w:t>isi</w:t></w:r>" + page_field("PAGE \\* x")),  # noqa: E501
    ],
)  # fmt: skip
def test_absurd_measures_do_no_harm(body: str) -> None:
    result = convert(office(body + paragraph("akhir"), media=LOGO))
    found = "".join(texts(result))
    assert "isi" in found.replace(" ", "")
    assert 1 <= result.pages < 60


@pytest.mark.parametrize(
    "section",
    [
        '<w:pgSz w:w="0" w:h="0"/>', '<w:pgSz w:w="-5" w:h="999999"/>', '<w:pgMar w:top="99999" w:bottom="99999" w:left="99999" w:right="99999"/>',  # noqa: E501
        '<w:pgMar w:top="-99999" w:bottom="0" w:left="0" w:right="0" w:header="99999" w:footer="-500"/>', '<w:cols w:num="0"/>', '<w:cols w:num="-3"/>',  # noqa: E501
        '<w:cols w:num="45" w:space="9000"/>', '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="0" w:space="0"/><w:col w:w="-5"/></w:cols>',
        '<w:cols w:equalWidth="0" w:num="3"><w:col w:w="400"/><w:col w:w="9000"/><w:col w:w="400"/></w:cols>',
        '<w:docGrid w:type="lines" w:linePitch="0"/>', '<w:docGrid w:type="lines" w:linePitch="-7"/>', '<w:docGrid w:type="lines" w:linePitch="99999"/>',  # noqa: E501
        '<w:docGrid w:type="lines"/>', '<w:pgBorders><w:top/><w:left w:val="single" w:sz="9999" w:space="9999"/></w:pgBorders>',
        '<w:pgNumType w:start="-7" w:fmt="upperRoman"/>', '<w:type w:val="evenPage"/><w:vAlign w:val="x"/>',
    ],
)  # fmt: skip
def test_absurd_pages_do_no_harm(section: str) -> None:
    found = convert(
        Letter("".join(paragraph(f"isi {number} {SENTENCE}") for number in range(30)), section=SECTION + section)
    )
    assert "isi29" in "".join(texts(found)).replace(" ", "")
    alone = convert(Letter(paragraph("isi"), section=section))
    assert alone.pages < 4


def test_a_table_of_five_thousand_rows_is_printed_in_reasonable_time() -> None:
    rows = "".join(row(cell(str(number)), cell("isi sel")) for number in range(5_000))
    began = time.process_time()
    result = convert(table(row(cell("No"), cell("Uraian"), properties="<w:tblHeader/>"), rows))
    assert time.process_time() - began < 20.0
    assert 80 < result.pages < 130
    assert texts(result)[-1].startswith("4999")


def test_a_merged_cell_goes_on_with_its_rows_on_the_next_page() -> None:
    """The words of a cell merged downward over a page's end are all on paper, none below its edge."""
    long = "".join(f"kata{number} " for number in range(900))
    first = row(cell(long, '<w:vMerge w:val="restart"/>'), cell("baris 0"))
    rest = "".join(row(cell("", "<w:vMerge/>"), cell(f"baris {number}")) for number in range(1, 110))
    result = convert(table(first, rest))
    lines = seen(result)
    assert result.pages > 1
    assert max(line.y for line in lines) < 841.9 - 60
    assert all(f"kata{number}" in "".join(line.text for line in lines) for number in (0, 450, 899))


def test_a_low_cell_merged_over_two_pages_stays_on_its_page() -> None:
    low = '<w:vAlign w:val="bottom"/>'
    first = row(cell("bawah", '<w:vMerge w:val="restart"/>' + low), cell("baris 0"), properties="<w:tblHeader/>")
    rest = "".join(row(cell("", "<w:vMerge/>"), cell(f"baris {number}")) for number in range(1, 90))
    lines = [line for line in seen(convert(table(first, rest))) if "bawah" in line.text]
    assert lines
    assert max(line.y for line in lines) < 841.9 - 60
