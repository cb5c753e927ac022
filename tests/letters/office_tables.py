"""Tables as Word writes them: banding, widths in all measures, heights, margins, merged cells, tables beside tables."""

from __future__ import annotations

from tests.letters.office_kit import (
    BOTH,
    LINES,
    MIDDLE,
    RIGHT,
    SHORT,
    TEXT,
    TIGHT,
    cells,
    grid,
    level,
    lines,
    listed,
    numbering,
    office,
    para,
    run,
)  # fmt: skip
from tests.letters.test_pdf_kit import Letter, paragraph

_W3 = (600, 4500, 3971)
_WIDE = '<w:gridSpan w:val="2"/>'
_DOWN, _ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def _tc(text: str, width: int, look: str = "", form: str = "") -> str:
    content = text if text.startswith("<") else paragraph(text, form)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{content}</w:tc>'


def _tr(*made: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def banded() -> Letter:
    """A banded table style with header row, last row and first column by tblLook, spacing from the style."""
    look = '<w:tblStyle w:val="GridTable4"/><w:tblW w:w="9071" w:type="dxa"/><w:tblLook w:val="{0}" {1}/>'
    marks = 'w:firstRow="{}" w:lastRow="{}" w:firstColumn="{}" w:lastColumn="0" w:noHBand="{}" w:noVBand="1"'
    rows = "".join(cells(str(n), SHORT, "selesai", widths=_W3) for n in range(1, 8))
    body = lines("Rekapitulasi:") + grid(rows, _W3, look.format("04A0", marks.format(1, 0, 1, 0)))
    body += lines(TEXT) + grid(rows, _W3, look.format("04E0", marks.format(1, 1, 1, 0)))
    return office(body + lines("", TEXT) + grid(rows, _W3, look.format("0600", marks.format(0, 0, 0, 1))))


def aligned() -> Letter:
    """Merged cells with text at the top, in the middle and at the bottom; rows of exact and least height."""
    centre, low = '<w:vAlign w:val="center"/>', '<w:vAlign w:val="bottom"/>'
    heights = (
        '<w:trHeight w:val="1134"/>',
        '<w:trHeight w:val="400" w:hRule="exact"/>',
        '<w:trHeight w:val="300" w:hRule="atLeast"/>',
        "",
    )
    rows = _tr(
        _tc("NO", 600, centre, MIDDLE),
        _tc("URAIAN", 4500, centre, MIDDLE),
        _tc("NILAI", 3971, low, RIGHT),
        properties="<w:tblHeader/>" + heights[0],
    )
    rows += _tr(_tc("1", 600, _DOWN + centre), _tc(TEXT, 4500), _tc("bawah", 3971, low), properties=heights[3])
    rows += _tr(_tc("", 600, _ON), _tc("baris tetap", 4500), _tc("satu baris", 3971, centre), properties=heights[1])
    rows += _tr(
        _tc("", 600, _ON), _tc("gabung ke bawah", 4500, _DOWN + low), _tc(SHORT * 3, 3971), properties=heights[2]
    )
    rows += _tr(_tc("2", 600), _tc("", 4500, _ON), _tc("akhir", 3971), properties=heights[0])
    rows += _tr(_tc("Jumlah", 5100, '<w:gridSpan w:val="2"/>' + low, MIDDLE), _tc("100", 3971, centre, RIGHT))
    return office(grid(rows, _W3) + lines(TEXT, form=BOTH))  # fmt: skip


def percent() -> Letter:
    """Widths in per cent of the page, of single cells, tables in the middle and at the right, indented tables."""
    head = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{0}" w:type="pct"/>{1}<w:tblLook w:val="04A0"/>'
    share = '<w:tc><w:tcPr><w:tcW w:w="{0}" w:type="pct"/></w:tcPr>{1}</w:tc>'
    rows = _tr(share.format(1000, paragraph("Nomor")), share.format(4000, paragraph(TEXT))) * 3
    body = lines("Lebar penuh:") + grid(rows, (1814, 7257), head.format(5000, ""))
    body += lines("", "Setengah, di tengah:") + grid(rows, (907, 3629), head.format(2500, '<w:jc w:val="center"/>'))
    body += lines("", "Di kanan:") + grid(
        cells("kanan", SHORT, widths=(1500, 3000)),
        (1500, 3000),
        '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="4500" w:type="dxa"/><w:jc w:val="right"/>',
    )
    indent = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="6000" w:type="dxa"/><w:tblInd w:w="1134" w:type="dxa"/>'
    body += lines("", "Menjorok:") + grid(cells("a", TEXT, widths=(1000, 5000)), (1000, 5000), indent)
    out = indent.replace('w:w="1134"', 'w:w="-108"').replace('w:w="6000"', 'w:w="9287"')
    return office(body + lines("", "Keluar:") + grid(cells("a", TEXT, widths=(1000, 8287)), (1000, 8287), out))  # fmt: skip


def automatic() -> Letter:
    """Tables that Word fits to their content: widths "auto", grids from an earlier state, fixed layout beside them."""
    auto = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0"/>'
    fixed = auto.replace("<w:tblLook", '<w:tblLayout w:type="fixed"/><w:tblLook')
    rows = cells("No", "Nama", "NIP", "Jabatan", widths=(570, 2835, 2410, 3256))
    rows += (
        cells(
            "1.",
            "Siti Rahmawati, S.Sos., M.Si.",
            "19800101 200501 2 001",
            "Kepala Bidang Mutasi dan Promosi",
            widths=(570, 2835, 2410, 3256),
        )
        * 4
    )
    body = lines("Otomatis:") + grid(rows, (570, 2835, 2410, 3256), auto) + lines("", "Tetap:")
    body += grid(rows, (570, 2835, 2410, 3256), fixed)
    narrow = cells("Kata", "x", widths=(1500, 1500)) + cells("Pertanggungjawaban", "y", widths=(1500, 1500))
    return office(body + lines("", "Sempit:") + grid(narrow, (1500, 1500), fixed))  # fmt: skip


def margins() -> Letter:
    """Cell margins of the table and of single cells, shaded cells, different lines on each side."""
    inside = '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="28" w:type="dxa"/><w:bottom w:w="113" w:type="dxa"/><w:right w:w="28" w:type="dxa"/></w:tblCellMar>'  # noqa: E501
    head = f'<w:tblW w:w="9071" w:type="dxa"/>{LINES}{inside}'
    own = '<w:tcMar><w:top w:w="200" w:type="dxa"/><w:left w:w="400" w:type="dxa"/></w:tcMar>'
    edge = '<w:tcBorders><w:top w:val="double" w:sz="6"/><w:left w:val="nil"/><w:bottom w:val="single" w:sz="18"/></w:tcBorders>'
    rows = "".join(
        _tr(_tc(str(n), 600, look), _tc(TEXT, 4500), _tc(SHORT, 3971, look))
        for n, look in enumerate(("", own, '<w:shd w:val="clear" w:fill="DDDDDD"/>', edge, "<w:noWrap/>", '<w:shd w:val="pct25" w:color="auto" w:fill="auto"/>'))  # noqa: E501
    )  # fmt: skip
    return office(grid(rows, _W3, head) + lines(TEXT))


def long_rows() -> Letter:
    """Two repeated header rows over three pages, rows that may not divide, rows longer than a page's rest."""
    head = cells("NO", "HASIL PENGAWASAN", "TINDAK LANJUT", widths=_W3, form=MIDDLE, properties="<w:tblHeader/>")
    head += cells("1", "2", "3", widths=_W3, form=MIDDLE, properties="<w:tblHeader/>")
    rows = "".join(
        cells(f"{n}.", TEXT * (1 + n % 4), SHORT * (n % 3 + 1), widths=_W3, properties="<w:cantSplit/>" if n % 2 else "")
        for n in range(1, 15)
    )  # fmt: skip
    return office(lines("LAMPIRAN SURAT EDARAN", form=RIGHT) + grid(head + rows, _W3) + lines("Demikian.", form=BOTH))


def inner() -> Letter:
    """Lists, several paragraphs and tables inside cells, a table as first and as last thing of a cell."""
    small = grid(cells("a", "b", widths=(900, 2400)) + cells("c", SHORT, widths=(900, 2400)), (900, 2400))
    many = "".join(listed(SHORT, 1, 0, TIGHT) for _ in range(3)) + lines("Catatan: " + TEXT, form=BOTH)
    rows = cells("1.", many, small + "<w:p/>", widths=_W3) + cells(
        "2.", lines(SHORT) + small + lines("di bawah"), "", widths=_W3
    )
    rows += cells("3.", lines("", "", SHORT, form=TIGHT), many, widths=_W3)
    return office(
        grid(rows, _W3) + lines(TEXT),
        numbering=numbering(level(0, "lowerLetter", "%1.", 'w:left="284" w:hanging="284"')),
    )


def adjoining() -> Letter:
    """Tables that follow each other without a paragraph, and tables with an empty paragraph of one point between."""
    one = grid(cells("Nama", "Siti Rahmawati", widths=(2500, 6571)) * 2, (2500, 6571))
    two = grid(cells("a", "b", "c", widths=(3000, 3000, 3071)) * 2, (3000, 3000, 3071))
    gap = paragraph("", '<w:spacing w:after="0" w:line="20" w:lineRule="exact"/>', "")
    return office(lines(TEXT) + one + one + lines(SHORT) + one + two + gap + two + lines(TEXT))


def stepped() -> Letter:
    """Rows that begin and end at different columns (gridBefore, gridAfter), cells over several columns."""
    widths = (1500, 1500, 1500, 1500, 1500)
    rows = cells("satu", "dua", "tiga", "empat", "lima", widths=widths)
    rows += f'<w:tr><w:trPr><w:gridBefore w:val="1"/><w:wBefore w:w="1500" w:type="dxa"/></w:trPr>{_tc("mulai kolom dua", 3000, _WIDE)}{_tc(SHORT, 3000, _WIDE)}</w:tr>'  # noqa: E501
    rows += f'<w:tr><w:trPr><w:gridAfter w:val="2"/><w:wAfter w:w="3000" w:type="dxa"/></w:trPr>{_tc("a", 1500)}{_tc("sampai kolom tiga", 3000, _WIDE)}</w:tr>'  # noqa: E501
    return office(grid(rows, widths) + lines(TEXT))


def signatures() -> Letter:
    """Signatures side by side in a table without lines, initials in a small table, text kept with the table."""
    plain = '<w:tblW w:w="9071" w:type="dxa"/><w:tblLook w:val="04A0"/>'
    left = lines("Mengetahui,", "Sekretaris Daerah,", "", "", "", form=MIDDLE + TIGHT) + lines(
        "BUDI SANTOSO", "Pembina Utama Madya", "NIP 19700202 199603 1 002", form=MIDDLE + TIGHT, run="<w:b/>"
    )
    right = lines("Contoh, 9 September 2024", "Kepala Badan,", "", "", "", form=MIDDLE + TIGHT) + lines(
        "SITI RAHMAWATI, S.Sos.", "Pembina Tingkat I", "NIP 19800101 200501 2 001", form=MIDDLE + TIGHT, run="<w:b/>"
    )
    body = lines(*(TEXT * 2 for _ in range(7)), form=BOTH) + lines("Demikian untuk dilaksanakan.", form="<w:keepNext/>")
    body += grid(cells(left, right, widths=(4535, 4536), properties="<w:cantSplit/>"), (4535, 4536), plain)
    initials = grid(cells("Pejabat", "Paraf", widths=(1800, 900)) + cells("Sekretaris", "", widths=(1800, 900)) * 3, (1800, 900),
                    '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="2700" w:type="dxa"/><w:jc w:val="left"/>')  # fmt: skip
    return office(body + lines("") + initials)


def styled_text() -> Letter:
    """Cells with tabs, sizes, spacing before and after, line spacing of their own, and pictures of text alignment."""
    spaced = '<w:spacing w:before="120" w:after="120" w:line="360" w:lineRule="auto"/>'
    tabs = '<w:tabs><w:tab w:val="left" w:pos="1200"/></w:tabs><w:ind w:left="1200" w:hanging="1200"/>'
    rows = cells("1", paragraph(TEXT, spaced + BOTH), paragraph("Nama\t: " + SHORT, tabs), widths=_W3)
    rows += cells(
        "2",
        para(run("besar ", '<w:sz w:val="40"/>') + run(TEXT, '<w:sz w:val="16"/>')),
        paragraph("kanan", RIGHT),
        widths=_W3,
    )
    rows += cells("3", lines("a", "b", form=spaced), lines(SHORT, "", SHORT), widths=_W3)
    return office(grid(rows, _W3, f'<w:tblW w:w="9071" w:type="dxa"/>{LINES}') + lines(TEXT))


OFFICE_TABLES = {
    "tabel-berpita": banded, "tabel-letak": aligned, "tabel-persen": percent, "tabel-otomatis": automatic, "tabel-jarak": margins,
    "tabel-panjang": long_rows, "tabel-isi": inner, "tabel-bersambung": adjoining, "tabel-bertangga": stepped, "tanda-tangan": signatures,
    "tabel-teks": styled_text,
}  # fmt: skip
