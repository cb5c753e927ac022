"""A whole letter against what LibreOffice 7.4 makes of the same DOCX, recorded here: pages, line ends and places of lines."""

from __future__ import annotations

import statistics

from tests.letters.test_pdf_kit import SENTENCE, Letter, convert, page_field, paragraph, seen
from tests.letters.test_pdf_tables import cell, row, table
from tests.letters.test_pdf_text import LIST

MILLIMETRE = 72 / 25.4


def letter() -> Letter:
    """Return a circular with kop line, identity lines, lists, a table over two pages, signature and footer."""
    stops = '<w:tabs><w:tab w:val="left" w:pos="2268"/><w:tab w:val="left" w:pos="2552"/></w:tabs><w:ind w:left="2552" w:hanging="2552"/>'
    both = '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    line = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="1" w:color="000000"/></w:pBdr><w:jc w:val="center"/>'
    body = paragraph("PEMERINTAH KOTA CONTOH", '<w:jc w:val="center"/>', '<w:sz w:val="28"/>')
    body += paragraph("BADAN KEPEGAWAIAN DAN PENGEMBANGAN SUMBER DAYA MANUSIA", line, '<w:b/><w:sz w:val="32"/>')
    body += paragraph("SURAT EDARAN", '<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>', "<w:b/>")
    body += paragraph("Nama\t:\tAhmad Fauzi Rahmatullah, S.Sos., M.Si.", stops)
    body += paragraph(f"Unit Kerja\t:\t{SENTENCE}", stops)
    body += paragraph(SENTENCE * 3, both)
    items = [
        ("Latar Belakang", 0),
        ("Dasar", 0),
        (SENTENCE * 2, 1),
        (SENTENCE, 1),
        (SENTENCE, 2),
        (SENTENCE, 3),
        ("Penutup", 0),
    ]
    for text, level in items:
        body += paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr><w:jc w:val="both"/>')
    head = row(cell("No."), cell("Uraian"), cell("Keterangan"), properties="<w:tblHeader/>")
    rows = [
        row(cell(f"{number}."), cell(SENTENCE), cell("selesai" if number % 2 else SENTENCE)) for number in range(1, 13)
    ]
    body += table(head, *rows, grid=(700, 4500, 3800)) + paragraph()
    for text in ("Kota Contoh, 5 Agustus 2024", "Yang menyatakan,", "", "", "Ahmad Fauzi Rahmatullah, S.Sos., M.Si."):
        body += paragraph(text, '<w:keepNext/><w:ind w:left="4820"/>')
    body += paragraph("NIP 19800101 200501 1 001", '<w:ind w:left="4820"/>')
    footer = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">Halaman </w:t></w:r>{page_field("PAGE")}</w:p>'
    return Letter(body, numbering=LIST, stories=[("footer", "default", footer)])


def squeezed(text: str) -> str:
    """Return text without spaces: readers of PDF guess them differently."""
    return "".join(text.split())


# page, baseline, left edge (points), text without spaces
RECORDED = [
    (1, 69.9, 212.8, "PEMERINTAHKOTACONTOH"),
    (1, 87.9, 91.5, "BADANKEPEGAWAIANDANPENGEMBANGANSUMBER"),
    (1, 106.3, 249.7, "DAYAMANUSIA"),
    (1, 137.5, 268.0, "SURATEDARAN"),
    (1, 162.2, 85.2, "Nama:AhmadFauziRahmatullah,S.Sos.,M.Si."),
    (1, 174.8, 85.2, "UnitKerja:DalamrangkamenjaganetralitasAparaturSipilNegara"),
    (1, 187.5, 212.8, "sebagaimanadimaksuddalamPasal9ayat(2)Undang-Undang"),
    (1, 200.1, 212.8, "Nomor20Tahun2023,setiappegawaiwajibbebasdaripengaruh."),
    (1, 212.8, 113.5, "DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimanadimaksuddalam"),
    (1, 227.3, 85.2, "Pasal9ayat(2)Undang-UndangNomor20Tahun2023,setiappegawaiwajibbebasdari"),
    (1, 241.8, 85.2, "pengaruh.DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimanadimaksud"),
    (1, 256.3, 85.2, "dalamPasal9ayat(2)Undang-UndangNomor20Tahun2023,setiappegawaiwajibbebas"),
    (1, 270.8, 85.2, "daripengaruh.DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimana"),
    (1, 285.3, 85.2, "dimaksuddalamPasal9ayat(2)Undang-UndangNomor20Tahun2023,setiappegawai"),
    (1, 299.8, 85.2, "wajibbebasdaripengaruh."),
    (1, 320.3, 85.2, "A.LatarBelakang"),
    (1, 332.9, 85.2, "B.Dasar"),
    (1, 345.6, 113.5, "1.DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimanadimaksud"),
    (1, 358.2, 141.9, "dalamPasal9ayat(2)Undang-UndangNomor20Tahun2023,setiappegawai"),
    (1, 370.9, 141.9, "wajibbebasdaripengaruh.DalamrangkamenjaganetralitasAparaturSipil"),
    (1, 383.5, 141.9, "NegarasebagaimanadimaksuddalamPasal9ayat(2)Undang-UndangNomor"),
    (1, 396.2, 141.9, "20Tahun2023,setiappegawaiwajibbebasdaripengaruh."),
    (1, 408.8, 113.5, "2.DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimanadimaksud"),
    (1, 421.5, 141.9, "dalamPasal9ayat(2)Undang-UndangNomor20Tahun2023,setiappegawai"),
    (1, 434.1, 141.9, "wajibbebasdaripengaruh."),
    (1, 446.8, 141.9, "a)DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimana"),
    (1, 459.4, 170.2, "dimaksuddalamPasal9ayat(2)Undang-UndangNomor20Tahun2023,"),
    (1, 472.1, 170.2, "setiappegawaiwajibbebasdaripengaruh."),
    (1, 484.7, 170.2, "(i)DalamrangkamenjaganetralitasAparaturSipilNegarasebagaimana"),
    (1, 497.4, 198.6, "dimaksuddalamPasal9ayat(2)Undang-UndangNomor20Tahun"),
    (1, 510.0, 198.6, "2023,setiappegawaiwajibbebasdaripengaruh."),
    (1, 522.7, 85.2, "C.Penutup"),
    (1, 535.8, 90.8, "No.UraianKeterangan"),
    (1, 549.0, 90.8, "1.DalamrangkamenjaganetralitasAparaturselesai"),
    (1, 561.6, 125.8, "SipilNegarasebagaimanadimaksuddalam"),
    (1, 574.3, 125.8, "Pasal9ayat(2)Undang-UndangNomor20"),
    (1, 586.9, 125.8, "Tahun2023,setiappegawaiwajibbebas"),
    (1, 599.6, 125.8, "daripengaruh."),
    (1, 612.7, 90.8, "2.DalamrangkamenjaganetralitasAparaturDalamrangkamenjaganetralitas"),
    (1, 625.4, 125.8, "SipilNegarasebagaimanadimaksuddalamAparaturSipilNegarasebagaimana"),
    (1, 638.0, 125.8, "Pasal9ayat(2)Undang-UndangNomor20dimaksuddalamPasal9ayat(2)"),
    (1, 650.7, 125.8, "Tahun2023,setiappegawaiwajibbebasUndang-UndangNomor20Tahun"),
    (1, 663.3, 125.8, "daripengaruh.2023,setiappegawaiwajibbebas"),
    (1, 676.0, 350.8, "daripengaruh."),
    (1, 689.1, 90.8, "3.DalamrangkamenjaganetralitasAparaturselesai"),
    (1, 701.8, 125.8, "SipilNegarasebagaimanadimaksuddalam"),
    (1, 714.4, 125.8, "Pasal9ayat(2)Undang-UndangNomor20"),
    (1, 727.1, 125.8, "Tahun2023,setiappegawaiwajibbebas"),
    (1, 739.7, 125.8, "daripengaruh."),
    (1, 752.9, 90.8, "4.DalamrangkamenjaganetralitasAparaturDalamrangkamenjaganetralitas"),
    (1, 765.5, 125.8, "SipilNegarasebagaimanadimaksuddalamAparaturSipilNegarasebagaimana"),
    (1, 804.1, 285.4, "Halaman1"),
    (2, 67.5, 90.8, "No.UraianKeterangan"),
    (2, 80.7, 125.8, "Pasal9ayat(2)Undang-UndangNomor20dimaksuddalamPasal9ayat(2)"),
    (2, 93.3, 125.8, "Tahun2023,setiappegawaiwajibbebasUndang-UndangNomor20Tahun"),
    (2, 106.0, 125.8, "daripengaruh.2023,setiappegawaiwajibbebas"),
    (2, 118.6, 350.8, "daripengaruh."),
    (2, 131.8, 90.8, "5.DalamrangkamenjaganetralitasAparaturselesai"),
    (2, 144.4, 125.8, "SipilNegarasebagaimanadimaksuddalam"),
    (2, 157.1, 125.8, "Pasal9ayat(2)Undang-UndangNomor20"),
    (2, 169.7, 125.8, "Tahun2023,setiappegawaiwajibbebas"),
    (2, 182.4, 125.8, "daripengaruh."),
    (2, 195.5, 90.8, "6.DalamrangkamenjaganetralitasAparaturDalamrangkamenjaganetralitas"),
    (2, 208.2, 125.8, "SipilNegarasebagaimanadimaksuddalamAparaturSipilNegarasebagaimana"),
    (2, 220.8, 125.8, "Pasal9ayat(2)Undang-UndangNomor20dimaksuddalamPasal9ayat(2)"),
    (2, 233.5, 125.8, "Tahun2023,setiappegawaiwajibbebasUndang-UndangNomor20Tahun"),
    (2, 246.1, 125.8, "daripengaruh.2023,setiappegawaiwajibbebas"),
    (2, 258.8, 350.8, "daripengaruh."),
    (2, 271.9, 90.8, "7.DalamrangkamenjaganetralitasAparaturselesai"),
    (2, 284.6, 125.8, "SipilNegarasebagaimanadimaksuddalam"),
    (2, 297.2, 125.8, "Pasal9ayat(2)Undang-UndangNomor20"),
    (2, 309.9, 125.8, "Tahun2023,setiappegawaiwajibbebas"),
    (2, 322.5, 125.8, "daripengaruh."),
    (2, 335.7, 90.8, "8.DalamrangkamenjaganetralitasAparaturDalamrangkamenjaganetralitas"),
    (2, 348.3, 125.8, "SipilNegarasebagaimanadimaksuddalamAparaturSipilNegarasebagaimana"),
    (2, 361.0, 125.8, "Pasal9ayat(2)Undang-UndangNomor20dimaksuddalamPasal9ayat(2)"),
    (2, 373.6, 125.8, "Tahun2023,setiappegawaiwajibbebasUndang-UndangNomor20Tahun"),
    (2, 386.3, 125.8, "daripengaruh.2023,setiappegawaiwajibbebas"),
    (2, 398.9, 350.8, "daripengaruh."),
    (2, 412.1, 90.8, "9.DalamrangkamenjaganetralitasAparaturselesai"),
    (2, 424.7, 125.8, "SipilNegarasebagaimanadimaksuddalam"),
    (2, 437.4, 125.8, "Pasal9ayat(2)Undang-UndangNomor20"),
    (2, 450.0, 125.8, "Tahun2023,setiappegawaiwajibbebas"),
    (2, 462.7, 125.8, "daripengaruh."),
    (2, 475.8, 90.8, "10.DalamrangkamenjaganetralitasAparaturDalamrangkamenjaganetralitas"),
    (2, 488.5, 125.8, "SipilNegarasebagaimanadimaksuddalamAparaturSipilNegarasebagaimana"),
    (2, 501.1, 125.8, "Pasal9ayat(2)Undang-UndangNomor20dimaksuddalamPasal9ayat(2)"),
    (2, 513.8, 125.8, "Tahun2023,setiappegawaiwajibbebasUndang-UndangNomor20Tahun"),
    (2, 526.4, 125.8, "daripengaruh.2023,setiappegawaiwajibbebas"),
    (2, 539.1, 350.8, "daripengaruh."),
    (2, 552.2, 90.8, "11.DalamrangkamenjaganetralitasAparaturselesai"),
    (2, 564.9, 125.8, "SipilNegarasebagaimanadimaksuddalam"),
    (2, 577.5, 125.8, "Pasal9ayat(2)Undang-UndangNomor20"),
    (2, 590.2, 125.8, "Tahun2023,setiappegawaiwajibbebas"),
    (2, 602.8, 125.8, "daripengaruh."),
    (2, 616.0, 90.8, "12.DalamrangkamenjaganetralitasAparaturDalamrangkamenjaganetralitas"),
    (2, 628.6, 125.8, "SipilNegarasebagaimanadimaksuddalamAparaturSipilNegarasebagaimana"),
    (2, 641.3, 125.8, "Pasal9ayat(2)Undang-UndangNomor20dimaksuddalamPasal9ayat(2)"),
    (2, 653.9, 125.8, "Tahun2023,setiappegawaiwajibbebasUndang-UndangNomor20Tahun"),
    (2, 666.6, 125.8, "daripengaruh.2023,setiappegawaiwajibbebas"),
    (2, 679.2, 350.8, "daripengaruh."),
    (2, 705.0, 326.2, "KotaContoh,5Agustus2024"),
    (2, 717.7, 326.2, "Yangmenyatakan,"),
    (2, 755.6, 326.2, "AhmadFauziRahmatullah,S.Sos.,M.Si."),
    (2, 768.3, 326.2, "NIP198001012005011001"),
    (2, 804.1, 285.4, "Halaman2"),
]


def test_pages_and_line_breaks_agree_with_the_recorded_letter() -> None:
    found = [(line.page, squeezed(line.text)) for line in seen(convert(letter()))]
    assert found == [(page, text) for page, _y, _left, text in RECORDED]


def test_places_of_lines_agree_within_a_fraction_of_a_millimetre() -> None:
    off = [
        max(abs(line.y - y), abs(line.left - left))
        for line, (_, y, left, _) in zip(seen(convert(letter())), RECORDED, strict=True)
    ]
    assert statistics.median(off) < 0.2 * MILLIMETRE
    assert max(off) < 0.5 * MILLIMETRE
