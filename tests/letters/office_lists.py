"""Numbered and bulleted lists, tabs and tables of contents as Word writes them."""

from __future__ import annotations

from tests.letters.office_kit import (
    BOTH,
    MIDDLE,
    SHORT,
    TEXT,
    TIGHT,
    level,
    lines,
    listed,
    numbering,
    office,
    para,
    pieces_of_field,
    run,
)  # fmt: skip
from tests.letters.test_pdf_kit import Letter, paragraph

_SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/>'
_WINGDINGS = _SYMBOL.replace("Symbol", "Wingdings")
_COURIER = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New" w:hint="default"/>'


def _ind(left: int, hanging: int) -> str:
    return f'w:left="{left}" w:hanging="{hanging}"'


def bullets() -> Letter:
    """Word's own bullets on three levels, and the signs of Wingdings and Symbol offices choose."""
    usual = "".join(
        level(index, "bullet", sign, _ind(720 * (index + 1), 360), "", font)
        for index, (sign, font) in enumerate(
            (("\uf0b7", _SYMBOL), ("o", _COURIER), ("\uf0a7", _WINGDINGS), ("\uf0b7", _SYMBOL))
        )
    )
    signs = "".join(
        level(index, "bullet", sign, _ind(567 * (index + 1), 425), "", _WINGDINGS)
        for index, sign in enumerate(("\uf0d8", "\uf0fc", "\uf076", "\uf071"))
    )
    dashes = level(0, "bullet", "-", _ind(720, 360), "", '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>')
    body = "".join(listed(TEXT if n % 2 else SHORT, 1, n % 4, BOTH) for n in range(9))
    body += "".join(listed(SHORT * 2, 2, n % 4) for n in range(8)) + "".join(listed(TEXT, 3) for _ in range(3))
    return office(body, numbering=numbering(usual, signs, dashes))


def odd_formats() -> Letter:
    """Roman numbers aligned right, leading zeros, numbers followed by a space or nothing, numbers in words of the level above."""
    one = level(0, "upperRoman", "%1.", _ind(720, 360), "", "<w:b/>", "right") + level(
        1, "lowerRoman", "%2)", _ind(1440, 180), "", "", "right"
    )
    one += level(2, "decimalZero", "%3", _ind(2160, 720)) + level(3, "decimal", "%1.%4", _ind(2880, 720), "<w:isLgl/>")
    two = level(0, "decimal", "Pasal %1", 'w:left="0" w:firstLine="0"', '<w:suff w:val="space"/>', "<w:b/>")
    two += level(1, "decimal", "(%2)", _ind(567, 567)) + level(2, "lowerLetter", "%3.", _ind(992, 425), "", "<w:i/>")
    three = level(0, "upperLetter", "%1", 'w:left="284" w:firstLine="0"', '<w:suff w:val="nothing"/>')
    body = "".join(listed(SHORT * 2, 1, n) for n in (0, 1, 1, 2, 3, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0))
    body += "".join(listed(TEXT if n else "Ketentuan", 2, n, BOTH if n else MIDDLE) for n in (0, 1, 1, 2, 2, 0, 1, 1))
    return office(body + "".join(listed(SHORT, 3) for _ in range(3)), numbering=numbering(one, two, three))


def wide_numbers() -> Letter:
    """Numbers broader than their hanging indent, with and without a tab stop after them, lists 98 to 103."""
    one = level(0, "decimal", "Ketetapan ke-%1", _ind(709, 709)).replace(
        '<w:start w:val="1"/>', '<w:start w:val="98"/>'
    )
    two = level(0, "decimal", "%1.", 'w:left="426" w:hanging="426"').replace(
        "<w:pPr>", '<w:pPr><w:tabs><w:tab w:val="num" w:pos="1134"/></w:tabs>'
    )
    three = level(0, "decimal", "%1.", 'w:left="0" w:firstLine="709"')
    body = "".join(listed(TEXT, number, 0, BOTH) for number in (1, 1, 2, 2, 3, 3, 1))
    return office(body, numbering=numbering(one, two, three))


def continued() -> Letter:
    """Lists that go on after plain text, levels that do not restart, numbers switched off, indents of the paragraph's own."""
    one = level(0, "decimal", "%1.", _ind(426, 426)) + level(1, "lowerLetter", "%2.", _ind(851, 425))
    body = listed(TEXT) + listed(SHORT, 1, 1) + listed(SHORT, 1, 1) + paragraph(TEXT, '<w:ind w:left="426"/>' + BOTH)
    body += (
        listed(SHORT)
        + listed(SHORT, 1, 1)
        + listed("tanpa nomor", 0, 0, '<w:ind w:left="720" w:firstLine="0"/>')
        + listed(TEXT, 1, 0, '<w:ind w:left="1134" w:hanging="567"/>')
    )
    body += "".join(listed(TEXT, 1, 0, '<w:contextualSpacing w:val="0"/>' + BOTH) for _ in range(3))  # fmt: skip
    return office(body, numbering=numbering(one))


def contents() -> Letter:
    """A table of contents as Word makes it: links, dot leaders, page references; then its headings."""
    titles = ("PENDAHULUAN", "Latar Belakang", "Dasar Hukum dan Maksud serta Tujuan", "PELAKSANAAN", "Hasil", "PENUTUP")
    body = paragraph("DAFTAR ISI", MIDDLE, "<w:b/>")
    for index, title in enumerate(titles):
        one = title.isupper()
        text = (run(f"{index}.") + "<w:r><w:tab/></w:r>" if not one else "") + run(title) + "<w:r><w:tab/></w:r>"
        number = pieces_of_field((f" PAGEREF _Toc{index}", " \\h "), str((1, 1, 2, 2, 2, 3)[index]))
        link = f'<w:hyperlink w:anchor="_Toc{index}" w:history="1">{text}{number}</w:hyperlink>'
        body += para(link, f'<w:pStyle w:val="TOC{1 if one else 2}"/>')
    for index, title in enumerate(titles):
        mark = f'<w:bookmarkStart w:id="{index}" w:name="_Toc{index}"/>{run(title)}<w:bookmarkEnd w:id="{index}"/>'
        body += para(mark, f'<w:pStyle w:val="Heading{1 if title.isupper() else 2}"/>') + lines(
            TEXT * 4, TEXT * 3, form=BOTH
        )
    return office(body)


def leaders() -> Letter:
    """Forms to fill in by hand: dots, dashes and lines from tab stops, centred and decimal stops, more tabs than stops."""
    dots = (
        '<w:tabs><w:tab w:val="left" w:pos="2268"/><w:tab w:val="left" w:leader="dot" w:pos="9000"/></w:tabs>' + TIGHT
    )
    body = lines("Nama\t: \t", "NIP\t: \t", "Pangkat/Golongan\t: \t", form=dots)
    for leader in ("underscore", "hyphen", "middleDot", "heavy"):
        body += paragraph(
            "Tanda tangan\tselesai\t",
            f'<w:tabs><w:tab w:val="left" w:leader="{leader}" w:pos="4000"/><w:tab w:val="right" w:leader="{leader}" w:pos="9000"/></w:tabs>',  # noqa: E501
        )
    stops = '<w:tabs><w:tab w:val="center" w:pos="2500"/><w:tab w:val="decimal" w:pos="5000"/><w:tab w:val="right" w:pos="8000"/></w:tabs>'
    body += lines(
        "1\ttengah\t1.250.000,75\takhir",
        "20\tlebih panjang di tengah\t7,5\tpaling akhir",
        "300\tx\t12\tpaling",
        form=stops,
    )
    hang = '<w:ind w:left="1701" w:hanging="1701"/>'
    body += lines("Menimbang\t: " + TEXT, "Mengingat sekali lagi yang panjang\t: " + TEXT, form=hang + BOTH)
    return office(body + lines("\tAwal\tdua\t\ttiga " + TEXT, form='<w:ind w:firstLine="400"/>'))


def decision() -> Letter:
    """A decision: Menimbang and Mengingat by tabs and lists, KESATU to KETIGA with hanging indents."""
    form = (
        '<w:tabs><w:tab w:val="left" w:pos="1701"/><w:tab w:val="left" w:pos="1985"/></w:tabs><w:ind w:left="2410" w:hanging="2410"/>'
        + BOTH
        + TIGHT
    )
    body = lines(
        "KEPUTUSAN WALI KOTA CONTOH",
        "NOMOR 100 TAHUN 2024",
        "TENTANG",
        "PEMBENTUKAN TIM",
        form=MIDDLE + TIGHT,
        run="<w:b/>",
    )
    body += lines(
        "",
        "Menimbang\t:\ta.\t" + TEXT,
        "\t\tb.\t" + TEXT * 2,
        "Mengingat\t:\t1.\t" + TEXT,
        "\t\t2.\t" + TEXT,
        form=form,
    )
    body += lines(
        "MEMUTUSKAN:", form=MIDDLE + '<w:spacing w:before="240" w:after="240"/>', run='<w:spacing w:val="60"/><w:b/>'
    )
    body += lines("Menetapkan\t:\t\t", form=form)
    return office(body + lines(*(f"{word}\t:\t{TEXT * 2}" for word in ("KESATU", "KEDUA", "KETIGA")),
                               form=form.replace('w:left="2410" w:hanging="2410"', 'w:left="1985" w:hanging="1985"')))  # fmt: skip


OFFICE_LISTS = {
    "butir": bullets, "nomor-aneh": odd_formats, "nomor-lebar": wide_numbers, "daftar-lanjut": continued, "daftar-isi": contents,
    "titik-titik": leaders, "keputusan": decision,
}  # fmt: skip
