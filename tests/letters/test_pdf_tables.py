"""Tables in letters: widths, merged cells, borders, repeated header rows, and rows over two pages."""

from __future__ import annotations

import pytest

from asn_desk.letters.pdf.model import Cell, Row, Table
from asn_desk.letters.pdf.placing.layout import Column
from asn_desk.letters.pdf.placing.table_layout import column_widths
from tests.letters.test_pdf_kit import SENTENCE, convert, paragraph, seen, texts

BORDERS = "<w:tblBorders>" + "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")) + "</w:tblBorders>"  # fmt: skip  # noqa: E501


def cell(text: str = "", properties: str = "", para: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text, para)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, grid: tuple[int, ...] = (3000, 3000), properties: str = BORDERS) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def test_cells_stand_side_by_side_with_margins() -> None:
    line = seen(convert(table(row(cell("kiri"), cell("kanan")))))[0]
    assert line.text.split() == ["kiri", "kanan"] or line.text == "kirikanan"
    assert line.left == pytest.approx(85.05 + 5.4, abs=0.5)


def test_rows_are_as_high_as_their_text_and_upper_line() -> None:
    lines = seen(convert(table(*(row(cell(f"baris {number}"), cell()) for number in range(3)))))
    assert lines[1].y - lines[0].y == pytest.approx(12.65 + 0.5, abs=0.05)


@pytest.mark.parametrize(("rule", "pitch"), [("atLeast", 40.0), ("exact", 40.0)])
def test_row_heights(rule: str, pitch: float) -> None:
    height = f'<w:trHeight w:val="800" w:hRule="{rule}"/>'
    lines = seen(convert(table(row(cell("a"), properties=height), row(cell("b")), grid=(3000,))))
    assert lines[1].y - lines[0].y == pytest.approx(pitch, abs=0.6)


@pytest.mark.parametrize(("align", "expected"), [("top", 0.0), ("center", 0.5), ("bottom", 1.0)])
def test_vertical_alignment(align: str, expected: float) -> None:
    def baseline(name: str) -> float:
        properties = f'<w:vAlign w:val="{name}"/>'
        lines = seen(convert(table(row(cell("x", properties), properties='<w:trHeight w:val="2000"/>'), grid=(3000,))))
        return lines[0].y

    free = baseline("bottom") - baseline("top")
    assert baseline(align) - baseline("top") == pytest.approx(free * expected, abs=0.5)


def test_merged_cells_give_their_text_the_whole_width_and_height() -> None:
    merged = table(
        row(cell(SENTENCE, '<w:gridSpan w:val="2"/>')),
        row(cell("tegak " * 12, '<w:vMerge w:val="restart"/>'), cell("a")),
        row(cell("", "<w:vMerge/>"), cell("b")),
    )
    lines = seen(convert(merged + paragraph("sesudah")))
    assert max(line.right for line in lines[:2]) > 85 + 200
    last_merged = max(line.y for line in lines if "tegak" in line.text)
    assert lines[-1].text == "sesudah"
    assert lines[-1].y > last_merged + 12


def test_header_rows_are_repeated_on_every_page() -> None:
    body = table(
        row(cell("Nama"), cell("NIP"), properties="<w:tblHeader/>"),
        *(row(cell(f"n{number}"), cell("x")) for number in range(70)),
    )
    lines = seen(convert(body))
    assert [line.page for line in lines if line.text.startswith("Nama")] == [1, 2]


@pytest.mark.parametrize(("properties", "split"), [("", True), ("<w:cantSplit/>", False)])
def test_rows_divide_over_pages_unless_forbidden(properties: str, split: bool) -> None:
    filler = "".join(paragraph("isi") for _ in range(51))
    lines = seen(convert(filler + table(row(cell(SENTENCE * 4), properties=properties), grid=(6000,))))
    pages = {line.page for line in lines if line.text != "isi"}
    assert pages == ({1, 2} if split else {2})


def test_a_row_higher_than_a_page_is_divided_even_if_forbidden() -> None:
    result = convert(table(row(cell(SENTENCE * 60), properties="<w:cantSplit/>"), grid=(6000,)))
    assert result.pages > 1
    assert " ".join(texts(result)).count("netralitas") == 60


def test_nested_tables_print_inside_their_cell() -> None:
    inner = table(row(cell("dalam"), cell("sini")), grid=(1500, 1500))
    outer = table(f"<w:tr><w:tc>{paragraph('luar')}{inner}{paragraph()}</w:tc></w:tr>", grid=(6000,))
    found = texts(convert(outer + paragraph("sesudah")))
    assert found[0] == "luar"
    assert found[1].startswith("dalam")
    assert found[2] == "sesudah"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([100.0, 200.0], [100.0, 200.0]),
        ([0.0, 100.0], [200.0, 100.0]),
        ([-0.25, -0.75], [75.0, 225.0]),
        ([0.0, 0.0], [150.0, 150.0]),
    ],
)
def test_column_widths(columns: list[float], expected: list[float]) -> None:
    assert column_widths(Table(columns, [Row([Cell([], 0, 1)])]), Column(300.0, 36.0).width) == pytest.approx(expected)


def test_text_cut_by_a_fixed_row_height_is_reported() -> None:
    result = convert(
        table(row(cell(SENTENCE * 3), properties='<w:trHeight w:val="300" w:hRule="exact"/>'), grid=(3000,))
    )
    assert any("terpotong" in note for note in result.notes)


def test_a_table_style_reaches_the_first_row() -> None:
    from tests.letters.test_pdf_kit import STYLES, Letter
    from tests.letters.test_pdf_text import fonts_used

    style = '<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    look = '<w:tblStyle w:val="T"/><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    assert Letter(paragraph()).docx()
    both = table(row(cell("judul")), row(cell("isi")), grid=(3000,), properties=look)
    assert fonts_used(both, STYLES + style) == {"LiberationSans", "LiberationSans-Bold"}
