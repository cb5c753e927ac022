"""Letters made with python-docx: its template with the styles and tables of Word 2013."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from tests.letters.office_kit import SHORT, TEXT
from tests.letters.test_pdf_safety import picture


def _saved(build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _times(document: Any, size: int = 12, line: float = 1.5) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(size)
    normal.paragraph_format.line_spacing = line
    normal.paragraph_format.space_after = Pt(0)


def plain(document: Any) -> None:
    """Headings, lists and text in the template's own styles."""
    document.add_heading("Laporan Pelaksanaan Tugas", 0)
    for chapter in range(1, 4):
        document.add_heading(f"Bab {chapter}", 1)
        document.add_paragraph(TEXT * 2)
        document.add_heading("Uraian", 2)
        for _ in range(3):
            document.add_paragraph(TEXT, style="List Bullet")
        for _ in range(3):
            document.add_paragraph(TEXT, style="List Number")
        document.add_paragraph(TEXT, style="Intense Quote")
        document.add_paragraph(SHORT, style="List Bullet 2")
        document.add_paragraph(TEXT, style="Body Text")


def tables(document: Any) -> None:
    """The banded styles of the template, each with header row and first column."""
    for name in (
        "Light Grid Accent 1",
        "Medium Shading 1 Accent 1",
        "Light List",
        "Colorful List Accent 2",
        "Medium Grid 3",
        "Table Grid",
    ):
        table = document.add_table(rows=5, cols=4, style=name)
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                cell.text = SHORT if number == 1 else f"Sel {number}"
        document.add_paragraph(name)


def letter(document: Any) -> None:
    """An official letter: kop in a table, identity by tabs, justified text, signature at the right, carbon copies."""
    _times(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215), Mm(330)
    section.left_margin, section.right_margin, section.top_margin = Cm(3), Cm(2), Cm(1.5)
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    head.columns[0].width, head.columns[1].width = Cm(2.6), Cm(13.9)
    for cell, width in zip(head.rows[0].cells, (Cm(2.6), Cm(13.9)), strict=True):
        cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
    head.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(picture(size=(100, 120))), width=Cm(2))
    names = head.cell(0, 1).paragraphs[0]
    names.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = names.add_run("PEMERINTAH KABUPATEN CONTOH\nDINAS PENDIDIKAN DAN KEBUDAYAAN\n")
    run.bold, run.font.size = True, Pt(14)
    names.add_run("Jalan Merdeka Nomor 1 Contoh").font.size = Pt(10)
    for name, value in (("Nomor", "421/12/2024"), ("Sifat", "Biasa"), ("Hal", TEXT)):
        line = document.add_paragraph(f"{name}\t:\t{value}")
        line.paragraph_format.tab_stops.add_tab_stop(Cm(2))
        line.paragraph_format.tab_stops.add_tab_stop(Cm(2.5))
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(2.5), Cm(-2.5)
    for _ in range(4):
        text = document.add_paragraph(TEXT * 2)
        text.alignment, text.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Cm(1.25)
    for text in ("Kepala Dinas,", "", "", "BUDI SANTOSO, M.Pd.", "NIP 19700202 199603 1 002"):
        document.add_paragraph(text).paragraph_format.left_indent = Cm(9)
    document.add_paragraph("Tembusan:")
    for text in ("Bupati Contoh;", "Inspektur Kabupaten Contoh."):
        document.add_paragraph(text, style="List Number").paragraph_format.line_spacing = 1


def mixed(document: Any) -> None:
    """Sizes, colours and effects in one line at several spacings, and a lying section with a wide table."""
    _times(document, 11, 1.15)
    for rule in (WD_LINE_SPACING.SINGLE, WD_LINE_SPACING.ONE_POINT_FIVE, WD_LINE_SPACING.DOUBLE, 1.3, Pt(18)):
        line = document.add_paragraph()
        if isinstance(rule, WD_LINE_SPACING):
            line.paragraph_format.line_spacing_rule = rule
        else:
            line.paragraph_format.line_spacing = rule
        line.add_run(SHORT)
        big = line.add_run("BESAR ")
        big.font.size, big.font.color.rgb = Pt(18), RGBColor(192, 0, 0)
        line.add_run(TEXT)
        small = line.add_run(SHORT)
        small.font.size, small.italic = Pt(8), True
        line.add_run("2").font.superscript = True
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph("LAMPIRAN")
    table = document.add_table(rows=12, cols=6, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            cell.text = SHORT if number % 2 else "x"
    table.cell(1, 1).merge(table.cell(3, 2))
    table.cell(5, 0).merge(table.cell(5, 5))


def numbered_pages(document: Any) -> None:
    """Headers and footers with tabs and page fields made of parts, a contents list with leaders, page breaks."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Kiri\tTengah\tKanan"
    section.first_page_header.paragraphs[0].text = "Halaman pertama"
    foot = section.footer.paragraphs[0]
    foot.text = "Halaman "
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("end", "")):
        run = foot.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
    for number in range(1, 9):
        line = document.add_paragraph(f"{number}. Uraian kegiatan\t{number + 1}")
        line.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for number in range(3):
        document.add_paragraph(TEXT * 3)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_heading(f"Lampiran {number}", 3)
    document.add_page_break()
    document.add_paragraph(TEXT)


def merged_cells(document: Any) -> None:
    """Cells merged by python-docx, row heights, paragraphs with spacing in cells, a table in a cell."""
    table = document.add_table(rows=6, cols=4, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "No."
    table.cell(0, 1).merge(table.cell(0, 3)).text = "Penilaian"
    for number in range(1, 4):
        table.cell(1, number).text = f"Unsur {number}"
    for row in range(2, 6):
        for number in range(4):
            table.cell(row, number).text = SHORT * 2 if number == 2 else str(row)
        table.rows[row].height = Cm(1.2)
        table.cell(row, 3).vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    inner = table.cell(5, 3).add_table(2, 2)
    inner.style = "Table Grid"
    for cell in inner._cells:
        cell.text = "dalam"
    document.add_paragraph(TEXT)


OFFICE_PYTHON: dict[str, Callable[[], bytes]] = {
    "python-gaya": partial(_saved, plain),
    "python-tabel": partial(_saved, tables),
    "python-surat": partial(_saved, letter),
    "python-campur": partial(_saved, mixed),
    "python-halaman": partial(_saved, numbered_pages),
    "python-gabung": partial(_saved, merged_cells),
}
