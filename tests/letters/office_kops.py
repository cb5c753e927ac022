"""Letterheads and page furniture as offices make them in Word: tables, text boxes, shapes, headers of several kinds."""

from __future__ import annotations

from tests.letters.office_kit import (
    A4,
    BOTH,
    F4,
    LOGO,
    MARGINS,
    MIDDLE,
    PICTURE,
    RIGHT,
    SETTINGS,
    SHORT,
    TEXT,
    TIGHT,
    anchored,
    at,
    cells,
    grid,
    group,
    inline,
    lines,
    office,
    para,
    pieces_of_field,
    run,
    shape,
    stroke,
)  # fmt: skip
from tests.letters.test_pdf_kit import Letter, page_field, paragraph

_BARE = '<w:tblW w:w="9071" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/>'
_THICK = '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="auto"/></w:pBdr>'
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_BODY = lines(*(TEXT * 2 for _ in range(4)), form=BOTH + '<w:ind w:firstLine="720"/>')


def _names(form: str = MIDDLE + TIGHT) -> str:
    return (
        paragraph("PEMERINTAH KOTA CONTOH", form, _FONT + '<w:b/><w:sz w:val="28"/>')
        + paragraph("BADAN KEPEGAWAIAN DAN PENGEMBANGAN SDM", form, _FONT + '<w:b/><w:sz w:val="32"/>')
        + paragraph("Jalan Merdeka Nomor 1, Telepon (000) 555 0101, Contoh 99999", form, _FONT + '<w:sz w:val="20"/>')
    )


def _signature(left: int = 4820) -> str:
    form = TIGHT + f'<w:ind w:left="{left}"/>' + MIDDLE
    return lines("Kepala Badan,", "", "", "", form=form) + lines("SITI RAHMAWATI, S.Sos., M.Si.", form=form, run='<w:b/><w:u w:val="single"/>') + lines(  # noqa: E501
        "Pembina Utama Muda, IV/c", "NIP 19800101 200501 2 001", form=form
    )  # fmt: skip


def kop_table() -> Letter:
    """A kop in a table without lines: logo on the left, names on the right, a thick and a thin line below."""
    logo = para(inline(720000, 864000), TIGHT + MIDDLE)
    head = grid(cells(logo, _names(), widths=(1560, 7511)), (1560, 7511), _BARE)
    return office(head + paragraph("", _THICK + TIGHT) + lines("") + _BODY + _signature(), media=LOGO)


def kop_box() -> Letter:
    """A kop in a text box beside an anchored logo, with two drawn lines, all anchored in one empty paragraph."""
    logo = anchored(
        PICTURE.format(cx=720000, cy=864000), (0, 0, 720000, 864000), kind="picture", across="margin", down="paragraph"
    )
    size = (4860000, 900000)
    box = anchored(shape("rect", size, "<a:ln><a:noFill/></a:ln>", _names()), (810000, -36000, *size))
    under = (5760000, 0)
    rule = anchored(shape("line", under, stroke(3)), (0, 936000, *under))
    thin = anchored(shape("straightConnector1", under, stroke(0.75)), (0, 972000, *under))
    return office(para(logo + box + rule + thin, '<w:spacing w:after="1560"/>') + _BODY + _signature(), F4, media=LOGO)


def kop_wrapped() -> Letter:
    """A logo with square wrapping at the left of a kop, and a picture at the right of the text."""
    square = '<wp:wrapSquare wrapText="bothSides"/>'
    logo = anchored(PICTURE.format(cx=720000, cy=864000), (0, 0, 720000, 864000), square, kind="picture")
    side = anchored(PICTURE.format(cx=1440000, cy=1728000), (4320000, 180000, 1440000, 1728000), square, kind="picture")
    names = _names(TIGHT + MIDDLE).replace("<w:p>", "<w:p>", 1)
    body = para(logo + run("PEMERINTAH PROVINSI CONTOH", _FONT + "<w:b/>"), TIGHT + MIDDLE) + names
    body += paragraph("", _THICK) + para(side + run(TEXT * 4), BOTH) + _BODY
    return office(body, media=LOGO)


def kop_header() -> Letter:
    """A kop in the header of the first page only, another header after it, page numbers from fields in pieces."""
    logo = para(inline(612000, 734400), TIGHT + MIDDLE)
    kop = grid(cells(logo, _names(), widths=(1560, 7511)), (1560, 7511), _BARE) + paragraph("", _THICK + TIGHT)
    number = run("Halaman ") + pieces_of_field((" PA", "GE  \\* Arabic ", " \\* MERGEFORMAT ")) + run(" dari ")
    number += '<w:fldSimple w:instr=" NUMPAGES   \\* MERGEFORMAT "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    stories = [
        ("header", "first", kop), ("header", "default", paragraph("Surat Edaran Nomor 800/1/2024\t\tHalaman lanjutan", '<w:pStyle w:val="Header"/>')),  # noqa: E501
        ("footer", "default", para(number, '<w:pStyle w:val="Footer"/>' + RIGHT)), ("footer", "first", paragraph("Tembusan: arsip", '<w:pStyle w:val="Footer"/>')),  # noqa: E501
    ]  # fmt: skip
    return office(_BODY * 3 + _signature(), A4 + "<w:titlePg/>", stories=stories).with_media(LOGO)


def kop_picture() -> Letter:
    """A banner picture in its own centred paragraph, then text with "Nomor, Lampiran, Hal" by tabs."""
    form = TIGHT + '<w:tabs><w:tab w:val="left" w:pos="1276"/><w:tab w:val="left" w:pos="1418"/></w:tabs>'
    form += '<w:ind w:left="1418" w:hanging="1418"/>'
    body = para(inline(5400000, 900000), MIDDLE + '<w:spacing w:after="0"/>') + paragraph(
        "Contoh, 9 September 2024", RIGHT
    )
    body += lines(
        "Nomor\t:\t800.1.6/123/BKPSDM/2024", "Sifat\t:\tPenting", "Lampiran\t:\t1 (satu) berkas", "Hal\t:\t" + TEXT, form=form
    )  # fmt: skip
    body += lines("", "Yth. Para Kepala Perangkat Daerah", "di Contoh", form=TIGHT)
    return office(body + _BODY + _signature(), media=LOGO)


def high_header() -> Letter:
    """A header and a footer that need more room than the margins leave: the body gives way."""
    header = _names() + grid(
        cells("Nomor", "800/1/2024", widths=(2000, 7071)) + cells("Tanggal", "9 September 2024", widths=(2000, 7071)),
        (2000, 7071),
    )
    footer = lines(
        "Catatan:", "1. UU ITE Nomor 11 Tahun 2008 Pasal 5 ayat 1;", "2. Dokumen ini ditandatangani elektronik.", form=TIGHT, run='<w:sz w:val="16"/>'  # noqa: E501
    ) + para(run("Hal. ") + page_field("PAGE"), MIDDLE)  # fmt: skip
    return office(
        _BODY * 2, stories=[("header", "default", header + paragraph("", TIGHT)), ("footer", "default", footer)]
    )


def odd_even() -> Letter:
    """Different headers on odd and even pages, the number outside, restarted in the second section with letters."""
    stories = [
        ("header", "default", para(run("BAGIAN GANJIL\t\t") + page_field("PAGE"), '<w:pStyle w:val="Header"/>')),
        ("header", "even", para(page_field("PAGE") + run("  BAGIAN GENAP"), '<w:pStyle w:val="Header"/>')),
        ("footer", "default", para(run("dari ") + page_field("NUMPAGES"), MIDDLE)),
        ("footer", "even", paragraph("Rahasia", MIDDLE, "<w:caps/><w:b/>")),
    ]
    first = A4 + '<w:pgNumType w:fmt="upperRoman" w:start="3"/>'
    body = _BODY * 3 + f"<w:p><w:pPr><w:sectPr>{first}</w:sectPr></w:pPr></w:p>" + _BODY * 3
    return office(
        body,
        A4 + '<w:pgNumType w:fmt="lowerLetter" w:start="1"/>',
        stories=stories,
        settings="<w:evenAndOddHeaders/>" + SETTINGS,
    )


def paper_sizes() -> Letter:
    """F4 upright, F4 lying and A5 sections with their own margins."""
    lying = (
        '<w:pgSz w:w="18711" w:h="12191" w:orient="landscape"/>'
        + MARGINS.format(1701)
        + '<w:docGrid w:linePitch="360"/>'
    )
    small = '<w:pgSz w:w="8391" w:h="11906"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="283"/>'  # noqa: E501
    row = cells(*(f"Kolom {n}" for n in range(1, 8)), widths=(2100,) * 7)
    body = _BODY + f"<w:p><w:pPr><w:sectPr>{F4}</w:sectPr></w:pPr>{run(SHORT)}</w:p>"
    body += paragraph("LAMPIRAN I", MIDDLE, "<w:b/>") + grid(row * 24, (2100,) * 7)
    body += f"<w:p><w:pPr>{TIGHT}<w:sectPr>{lying}</w:sectPr></w:pPr></w:p>"
    footer = para(run("- ") + page_field("PAGE") + run(" -"), MIDDLE)
    return office(body + _BODY, small, stories=[("footer", "default", footer)])


def first_page_per_section() -> Letter:
    """Two sections with first pages of their own, the second without a footer of its own, on odd pages."""
    stories = [
        ("header", "first", paragraph("SURAT PERINTAH", MIDDLE, "<w:b/>")),
        ("header", "default", paragraph("lanjutan", RIGHT)),
        ("footer", "default", para(page_field("PAGE \\* roman"), MIDDLE)),
        ("footer", "first", para(run("lembar pertama, ") + page_field("PAGE \\* Arabic"), MIDDLE)),
    ]
    references = "".join(
        f'<w:{kind}Reference w:type="{shown}" r:id="h{index}"/>' for index, (kind, shown, _) in enumerate(stories)
    )
    body = _BODY * 2 + f"<w:p><w:pPr><w:sectPr>{references}{A4}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    return office(body + _BODY * 2, A4 + "<w:titlePg/>", stories=stories)


def centred_page() -> Letter:
    """A cover in the middle of its page, then text."""
    body = lines("LAPORAN", "PENGAWASAN NETRALITAS", "TAHUN 2024", form=MIDDLE, run='<w:b/><w:sz w:val="36"/>')
    body += para(inline(1440000, 1728000), MIDDLE)
    body += f"<w:p><w:pPr>{MIDDLE}<w:sectPr>{A4}</w:sectPr></w:pPr>{run('PEMERINTAH KOTA CONTOH')}</w:p>"
    return office(body + _BODY, media=LOGO)


def stamp_box() -> Letter:
    """A box for the duty stamp drawn beside the signature, filled and with wrapped text."""
    size = (1080000, 648000)
    inner = lines("Meterai", "Rp10.000", form=MIDDLE + TIGHT, run='<w:sz w:val="18"/>')
    grey = '<a:solidFill><a:srgbClr val="F2F2F2"/></a:solidFill>'
    box = anchored(
        shape("rect", size, stroke(1), inner, grey),
        (3240000, 360000, *size),
        '<wp:wrapSquare wrapText="bothSides"/>',
    )
    return office(_BODY + para(box + run("Yang membuat pernyataan,"), '<w:ind w:left="5103"/>') + _signature(5103))


def kop_group() -> Letter:
    """A kop drawn as one group: logo, text box and line, in an empty paragraph."""
    names = shape("rect", (4860000, 900000), "<a:ln><a:noFill/></a:ln>", _names())
    members = PICTURE.format(cx=720000, cy=864000) + at(names, 810000, 0)
    members += at(shape("line", (5760000, 0), stroke(3)), 0, 936000)
    kop = para(group(members, (0, 0, 5760000, 972000)), '<w:spacing w:after="1400"/>')
    return office(kop + _BODY + _signature(), media=LOGO)


OFFICE_KOPS = {
    "kop-tabel": kop_table, "kop-kelompok": kop_group, "kop-kotak-teks": kop_box, "kop-logo-kotak": kop_wrapped, "kop-kepala": kop_header,
    "kop-gambar": kop_picture, "kepala-tinggi": high_header, "ganjil-genap": odd_even, "ukuran-kertas": paper_sizes,
    "halaman-pertama": first_page_per_section, "sampul-tengah": centred_page, "kotak-meterai": stamp_box,
}  # fmt: skip
