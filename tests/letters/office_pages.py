"""Pages as Word lays them out: sections on one page, columns of unequal width, drop caps, borders of pages, floating tables."""

from __future__ import annotations

from tests.letters.office_kit import (
    BOTH,
    MARGINS,
    MIDDLE,
    SHORT,
    TEXT,
    TIGHT,
    anchored,
    cells,
    grid,
    lines,
    office,
    para,
    run,
    shape,
    stroke,
)  # fmt: skip
from tests.letters.test_pdf_kit import Letter, page_field, paragraph

_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>' + MARGINS.format(1134)
_ON = '<w:type w:val="continuous"/>'


def _end(section: str, text: str = SHORT) -> str:
    return f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr>{run(text)}</w:p>"


def unequal() -> Letter:
    """Columns of unequal width after a title over the page, made equally long, then text over the whole width."""
    own = (
        '<w:cols w:num="2" w:space="400" w:equalWidth="0"><w:col w:w="2800" w:space="400"/><w:col w:w="5871"/></w:cols>'
    )
    body = paragraph("BULETIN", MIDDLE, "<w:b/>") + _end(_PAGE) + lines(*(TEXT for _ in range(6)))
    return office(body + _end(_ON + _PAGE + own) + lines(TEXT, form=BOTH), _ON + _PAGE)


def three_columns() -> Letter:
    """Three columns over two pages with a line between them, lists and a heading kept with its text."""
    three = '<w:cols w:num="3" w:sep="1" w:space="350"/>'
    body = "".join(
        paragraph(f"Pasal {n}", "<w:keepNext/>" + MIDDLE, "<w:b/>") + lines(TEXT * 2, form=BOTH) for n in range(1, 13)
    )
    return office(body, _PAGE + three)  # fmt: skip


def column_break() -> Letter:
    """Columns of unequal width with a column break between them."""
    own = (
        '<w:cols w:num="2" w:space="567" w:equalWidth="0"><w:col w:w="5500" w:space="567"/><w:col w:w="3004"/></w:cols>'
    )
    brk = '<w:r><w:br w:type="column"/></w:r>'
    return office(lines(*(TEXT for _ in range(3))) + para(brk + run(TEXT)) + lines(TEXT, TEXT), _PAGE + own)


def margins_change() -> Letter:
    """Sections that go on the same page with other side margins, and one that begins on a new page."""
    narrow = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="2500" w:bottom="1134" w:left="2500" w:header="567" w:footer="567" w:gutter="0"/>'  # noqa: E501
    body = lines(TEXT, TEXT, form=BOTH) + _end(_PAGE) + lines(TEXT, TEXT, form=BOTH) + _end(_ON + _PAGE)
    return office(body + lines(TEXT, form=BOTH) + _end(_ON + _PAGE) + lines(TEXT, TEXT), narrow)


def drop_caps() -> Letter:
    """Drop caps as Word writes them, over three and over two lines."""
    body = ""
    for kind, lines_down, sunk in (("drop", 3, -10), ("drop", 2, -4)):
        frame = f'<w:keepNext/><w:framePr w:dropCap="{kind}" w:lines="{lines_down}" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
        frame += f'<w:spacing w:after="0" w:line="{lines_down * 290}" w:lineRule="exact"/><w:textAlignment w:val="baseline"/>'
        body += paragraph("S", frame, f'<w:position w:val="{sunk}"/><w:sz w:val="{lines_down * 38}"/>')
        body += lines(TEXT[1:] * 2, form=BOTH) + lines(TEXT)
    return office(body)


def page_borders() -> Letter:
    """Lines around the pages, measured from the edge of the paper."""
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="24" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    borders = f'<w:pgBorders w:offsetFrom="page">{edge}</w:pgBorders>'
    body = lines("PIAGAM PENGHARGAAN", form=MIDDLE, run='<w:b/><w:sz w:val="48"/>') + lines(
        *(TEXT * 2 for _ in range(12)), form=BOTH
    )
    return office(body, _PAGE.replace("<w:pgMar", "<w:pgMar") + borders)  # fmt: skip


def text_borders() -> Letter:
    """Double lines around the text area of the pages."""
    edge = "".join(f'<w:{side} w:val="double" w:sz="6" w:space="{space}" w:color="auto"/>'
                   for side, space in (("top", 1), ("left", 4), ("bottom", 1), ("right", 4)))  # fmt: skip
    return office(lines(*(TEXT * 2 for _ in range(12)), form=BOTH), _PAGE + f"<w:pgBorders>{edge}</w:pgBorders>")


def floating_table() -> Letter:
    """Tables that text flows around: one at the right of the text, one in the middle between paragraphs."""
    place = '<w:tblpPr w:leftFromText="180" w:rightFromText="180" w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="6100" w:tblpY="60"/>'
    head = '<w:tblStyle w:val="TableGrid"/>{}<w:tblW w:w="3000" w:type="dxa"/><w:tblLook w:val="04A0"/>'
    table = grid(cells("Agenda", "123", widths=(1500, 1500)) * 3, (1500, 1500), head.format(place))
    fixed = '<w:tblpPr w:leftFromText="141" w:rightFromText="141" w:vertAnchor="page" w:horzAnchor="page" w:tblpX="7500" w:tblpY="7000"/>'
    other = grid(cells("Paraf", "", widths=(1500, 1500)) * 3, (1500, 1500), head.format(fixed))
    return office(
        lines(TEXT)
        + table
        + lines(TEXT * 2, TEXT * 2, form=BOTH)
        + other
        + lines(*(TEXT * 2 for _ in range(6)), form=BOTH)
    )


def mirrored() -> Letter:
    """A letter with a gutter, large margins above and below, and a header that stands lower than the margin."""
    section = '<w:pgSz w:w="12242" w:h="15842"/><w:pgMar w:top="567" w:right="1000" w:bottom="2268" w:left="1000" w:header="850" w:footer="1134" w:gutter="567"/>'  # noqa: E501
    stories = [
        ("header", "default", lines("Kepala", "dua baris")),
        ("footer", "default", para(page_field("PAGE") + run(" / ") + page_field("NUMPAGES"))),
    ]
    return office(lines(*(TEXT * 2 for _ in range(14)), form=BOTH), section, stories=stories)  # fmt: skip


def boxes() -> Letter:
    """Text boxes with text around, above and below, behind and in front, one anchored in a table cell's paragraph."""
    size = (1800000, 720000)
    square, both = '<wp:wrapSquare wrapText="bothSides"/>', "<wp:wrapTopAndBottom/>"
    inner = lines("Kotak", SHORT, form=TIGHT)
    body = para(anchored(shape("rect", size, stroke(1), inner), (0, 360000, *size), square) + run(TEXT * 3), BOTH)
    body += para(anchored(shape("rect", size, stroke(1), inner), (1800000, 360000, *size), both) + run(TEXT * 2), BOTH)
    body += para(
        anchored(shape("rect", size, stroke(2), inner), (3900000, 100000, *size), square) + run(TEXT * 3), BOTH
    )
    return office(body + lines(TEXT * 2))


def empty_ends() -> Letter:
    """Empty paragraphs at the end of a page, a heading alone at its end, a table that fills the rest exactly."""
    body = (
        lines(*(f"Baris {n}" for n in range(30)), form=TIGHT)
        + lines("", "", "")
        + paragraph("Judul", '<w:pStyle w:val="Heading1"/>')
    )
    body += lines(*(TEXT for _ in range(6)), form=BOTH) + grid(
        "".join(cells(f"{n}", SHORT, widths=(900, 8171)) for n in range(30)), (900, 8171)
    )
    return office(body + lines("", "", "Akhir."))  # fmt: skip


OFFICE_PAGES = {
    "kolom-tak-sama": unequal, "kolom-tiga": three_columns, "kolom-putus": column_break, "margin-berubah": margins_change,
    "huruf-awal": drop_caps, "garis-halaman": page_borders, "garis-teks": text_borders, "tabel-mengambang": floating_table,
    "jilid": mirrored, "kotak": boxes, "akhir-halaman": empty_ends,
}  # fmt: skip
