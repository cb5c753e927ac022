"""Letters as offices really write them in Word, one feature each, made by code: frames, columns, VML kop, lists, sections ..."""

from __future__ import annotations

from tests.letters.test_pdf_kit import SECTION, SENTENCE, STYLES, Letter, page_field, paragraph
from tests.letters.test_pdf_tables import BORDERS, cell, row, table

BOTH = '<w:jc w:val="both"/>'
MIDDLE = '<w:jc w:val="center"/>'
LYING = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
    'w:left="1134" w:header="709" w:footer="709" w:gutter="0"/>'
)
DOUBLE = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="1" w:color="000000"/></w:pBdr>'
NUMBERS = (
    ("decimal", "%1."),
    ("lowerLetter", "%2."),
    ("decimal", "%3)"),
    ("lowerLetter", "%4)"),
    ("decimal", "%1.%2.%3"),
)


def ends_section(section: str, text: str = "") -> str:
    """Return a paragraph that ends a section."""
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr>{run}</w:p>"


def framed(text: str, frame: str, run: str = "") -> str:
    """Return a paragraph in a frame."""
    return paragraph(text, f"<w:framePr {frame}/>", run)


def sized(grid: tuple[int, ...], rows: list[list[str]]) -> str:
    """Return a table with all widths written out, as Word does; a cell is a text or the XML of its content."""
    made = "".join(
        row(*(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text if text.startswith("<") else paragraph(text)}</w:tc>'
            for width, text in zip(grid, texts, strict=True)
        ))
        for texts in rows
    )  # fmt: skip
    return table(made, grid=grid, properties=f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/>{BORDERS}')


def frame_kop() -> Letter:
    """An address block and a stamp field in frames beside justified text."""
    place = 'w:w="3400" w:hSpace="0" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="1"'
    body = paragraph("PEMERINTAH KOTA CONTOH", MIDDLE, '<w:b/><w:sz w:val="28"/>') + paragraph("", DOUBLE)
    body += "".join(
        framed(text, place) for text in ("Contoh, 9 September 2024", "Kepada", "Yth. Wali Kota Contoh", "di Contoh")
    )
    body += "".join(paragraph(SENTENCE * 2, BOTH) for _ in range(4))
    low = 'w:w="2800" w:hSpace="180" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="1701" w:y="9000"'
    body += framed("Kotak ini berdiri di tempat tetap pada halaman dan diisi oleh petugas.", low)
    return Letter(body + "".join(paragraph(SENTENCE * 3, BOTH) for _ in range(6)))


def frame_numbers() -> Letter:
    """A page number in a frame of the footer, as Word's gallery makes it."""
    place = '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="1"/>'
    footer = f"<w:p><w:pPr>{place}</w:pPr>{page_field('PAGE')}</w:p>" + paragraph(
        "Dokumen ini milik Pemerintah Kota Contoh"
    )
    return Letter("".join(paragraph(SENTENCE * 2, BOTH) for _ in range(20)), stories=[("footer", "default", footer)])


def columns() -> Letter:
    """A title over the whole width, two columns made equally long, and text below them."""
    two = SECTION + '<w:cols w:num="2" w:space="567"/>'
    first = f'<w:type w:val="continuous"/>{SECTION}'
    body = paragraph("PENGUMUMAN", MIDDLE, '<w:b/><w:sz w:val="28"/>') + ends_section(SECTION, "Nomor 800/1/2024")
    body += "".join(paragraph(f"{number}. {SENTENCE}", BOTH) for number in range(1, 9))
    body += ends_section(f'<w:type w:val="continuous"/>{two}', "Demikian pengumuman ini.")
    return Letter(body + paragraph(SENTENCE * 3, BOTH), section=first)


def column_pages() -> Letter:
    """Two columns over two pages with a column break, a line between them."""
    body = "".join(paragraph(SENTENCE, BOTH) for _ in range(10))
    body += '<w:p><w:r><w:br w:type="column"/></w:r><w:r><w:t>Kolom kedua dimulai di sini.</w:t></w:r></w:p>'
    body += "".join(paragraph(SENTENCE, BOTH) for _ in range(34))
    return Letter(body, section=SECTION + '<w:cols w:num="2" w:sep="1" w:space="709"/>')


def old_text_box() -> Letter:
    """A kop drawn in Word 2003: a VML text box over a VML line."""
    style = "position:absolute;margin-left:60pt;margin-top:0;width:390pt;height:66pt;z-index:2"
    inner = "".join(
        paragraph(text, MIDDLE, f'<w:b/><w:sz w:val="{size}"/>')
        for text, size in (("PEMERINTAH KABUPATEN CONTOH", 28), ("SEKRETARIAT DAERAH", 32))
    ) + paragraph("Jalan Merdeka Nomor 1 Contoh 99999", MIDDLE, '<w:sz w:val="18"/>')
    kind = '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    box = f'<v:shape id="k" type="#_x0000_t202" style="{style}" stroked="f"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>'  # noqa: E501
    rule = '<v:line id="g" style="position:absolute;z-index:3" from="0,74pt" to="453pt,74pt" strokeweight="3pt"/>'
    picture = '<w:pict xmlns:o="urn:schemas-microsoft-com:office:office">{}</w:pict>'
    body = f"<w:p><w:r>{picture.format(kind + box)}</w:r><w:r>{picture.format(rule)}</w:r></w:p>"
    body += paragraph("", '<w:spacing w:after="1400"/>') + paragraph(
        "Nomor\t: 800/1/2024", '<w:tabs><w:tab w:val="left" w:pos="1418"/></w:tabs>'
    )
    return Letter(body + "".join(paragraph(SENTENCE * 2, BOTH) for _ in range(5)))


def nested() -> Letter:
    """Tables in tables, with text above and below the inner one."""
    inmost = sized((900, 900), [["a", "b"], ["c", "d"]])
    inner = sized((1800, 3400), [["Rincian", paragraph("di atas") + inmost + paragraph("di bawah")], [SENTENCE, "isi"]])
    whole = sized(
        (700, 8300), [["No.", "Uraian"], ["1.", paragraph("Tabel dalam sel:") + inner + "<w:p/>"], ["2.", SENTENCE * 2]]
    )
    return Letter(paragraph("Lampiran") + whole + paragraph(SENTENCE, BOTH))


def merged_both() -> Letter:
    """Cells merged across and down at once, tall text in a merged cell, vertical alignment."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    rows = [
        row(cell("Unsur", down + '<w:vAlign w:val="center"/>'), cell("Penilaian", '<w:gridSpan w:val="3"/>', MIDDLE)),
        row(cell("", on), cell("Angka", wide, MIDDLE), cell("Keterangan")),
        row(cell(SENTENCE, down), cell("1"), cell("2"), cell("a")),
        row(cell("", on), cell("gabung dua arah", wide + down), cell("b")),
        row(cell("", on), cell("", wide + on), cell(SENTENCE)),
        row(cell("Jumlah", '<w:gridSpan w:val="3"/>', '<w:jc w:val="right"/>'), cell("100,00")),
    ]
    return Letter(paragraph("Hasil penilaian") + table(*rows, grid=(3000, 1200, 1200, 3600)) + paragraph("Demikian."))


def list_levels() -> Letter:
    """A list of several levels whose numbers hold those above them, restarted by a second list."""
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{425 * (index + 1)}"/></w:tabs><w:ind w:left="{425 * (index + 1)}" w:hanging="425"/></w:pPr></w:lvl>'  # noqa: E501
        for index, (form, text) in enumerate(NUMBERS)
    )
    numbering = f'<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    numbering += (
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="4"/>'
    )
    numbering += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    place = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>' + BOTH
    plan = ((0, 1), (1, 1), (1, 1), (2, 1), (2, 1), (3, 1), (0, 1), (1, 1), (2, 1), (4, 1), (0, 2), (1, 2), (0, 2))
    return Letter("".join(paragraph(SENTENCE, place.format(*step)) for step in plan), numbering=numbering)


def links() -> Letter:
    """Links, tracked insertions and removals, hidden text, small capitals, raised and lowered signs."""
    link = '<w:hyperlink w:anchor="x"><w:r><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr><w:t>bkpsdm.contoh.example</w:t></w:r></w:hyperlink>'  # noqa: E501
    body = f'<w:p><w:r><w:t xml:space="preserve">Laman </w:t></w:r>{link}<w:r><w:t xml:space="preserve"> memuat {SENTENCE}</w:t></w:r></w:p>'  # noqa: E501
    styles = (
        "<w:b/>",
        "<w:i/>",
        "<w:caps/>",
        "<w:smallCaps/>",
        "<w:strike/>",
        '<w:u w:val="double"/>',
        '<w:spacing w:val="20"/>',
        '<w:w w:val="90"/>',
    )
    body += "".join(paragraph(SENTENCE, BOTH, style) for style in styles)
    body += paragraph("tidak tampak", "<w:rPr><w:vanish/></w:rPr>", "<w:vanish/>")
    runs = '<w:r><w:t>m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    runs += '<w:r><w:t xml:space="preserve"> dan H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r>'  # noqa: E501
    return Letter(body + f"<w:p>{runs}</w:p>" + paragraph(SENTENCE))


def story_kinds() -> Letter:
    """Different headers on the first, even and odd pages, page numbers in Roman numerals."""
    stories = [("header", kind, paragraph(f"Kepala {kind}", MIDDLE)) for kind in ("first", "even", "default")]
    stories += [("footer", kind, f"<w:p>{page_field('PAGE')}</w:p>") for kind in ("even", "default")]
    settings = '<w:evenAndOddHeaders/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'  # noqa: E501
    section = SECTION + '<w:pgNumType w:fmt="lowerRoman"/><w:titlePg/>'
    return Letter(
        "".join(paragraph(SENTENCE * 3, BOTH) for _ in range(40)), section=section, stories=stories, settings=settings
    )


def lying_section() -> Letter:
    """Upright, lying and upright pages, the lying one with a wide table."""
    body = "".join(paragraph(SENTENCE * 2, BOTH) for _ in range(5)) + ends_section(SECTION, "Akhir surat.")
    head = row(*(cell(f"Kolom {number}") for number in range(1, 8)), properties="<w:tblHeader/>")
    rows = "".join(
        row(*(cell("isi sel" if number % 2 else "isi yang panjang sekali") for number in range(7))) for _ in range(30)
    )
    body += paragraph("LAMPIRAN", MIDDLE, "<w:b/>") + table(head, rows, grid=(2080,) * 7) + ends_section(LYING)
    return Letter(body + "".join(paragraph(SENTENCE, BOTH) for _ in range(6)))


def spacing() -> Letter:
    """All line spacings, space between paragraphs of one style, indents, widows and kept lines over three pages."""
    rules = (("auto", 276), ("auto", 360), ("exact", 300), ("atLeast", 200), ("atLeast", 400), ("auto", 480))
    body = ""
    for index in range(18):
        rule, size = rules[index % len(rules)]
        space = f'<w:spacing w:before="{60 * (index % 4)}" w:after="{80 * (index % 3)}" w:line="{size}" w:lineRule="{rule}"/>'
        keep = "<w:keepNext/><w:keepLines/>" if index % 5 == 4 else "<w:keepLines/>" if index % 5 == 2 else ""
        near = "<w:contextualSpacing/>" if index % 6 == 3 else ""
        body += paragraph(
            SENTENCE * 2,
            keep + space + f'<w:ind w:left="{200 * (index % 3)}" w:right="{300 * (index % 2)}"/>{near}{BOTH}',
        )
    return Letter(body)


def kept_before_table() -> Letter:
    """Paragraphs kept with the first row of a table that does not fit on the page."""
    body = "".join(paragraph(f"Baris {number}") for number in range(48))
    body += paragraph("Daftar berikut memuat pegawai yang dipanggil.", "<w:keepNext/>")
    return Letter(
        body
        + table(
            row(cell(SENTENCE * 3), cell(SENTENCE * 2), properties="<w:cantSplit/>"),
            row(cell("a"), cell("b")),
            grid=(4500, 4500),
        )
    )


def styles_chain() -> Letter:
    """Styles based on each other, with what each level adds or takes back."""
    chain = (
        '<w:style w:type="paragraph" w:styleId="Dasar"><w:name w:val="Dasar"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr></w:style>'  # noqa: E501
        '<w:style w:type="paragraph" w:styleId="Pasal"><w:name w:val="Pasal"/><w:basedOn w:val="Dasar"/><w:pPr><w:ind w:left="567"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>'  # noqa: E501
        '<w:style w:type="paragraph" w:styleId="Ayat"><w:name w:val="Ayat"/><w:basedOn w:val="Pasal"/><w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr><w:rPr><w:b w:val="0"/><w:rFonts w:ascii="Cambria" w:hAnsi="Cambria"/></w:rPr></w:style>'  # noqa: E501
        '<w:style w:type="character" w:styleId="Tebal"><w:name w:val="Tebal"/><w:rPr><w:b/><w:i/></w:rPr></w:style>'
    )
    body = "".join(
        paragraph(SENTENCE * 2, f'<w:pStyle w:val="{name}"/>') for name in ("Dasar", "Pasal", "Ayat", "Dasar", "Ayat")
    )
    return Letter(
        body + paragraph(SENTENCE, '<w:pStyle w:val="Ayat"/>', '<w:rStyle w:val="Tebal"/>'), styles=STYLES + chain
    )


def breaking() -> Letter:
    """Places where a line may and may not end: slashes, hyphens, dashes, links, numbers of letters, quotes."""
    text = (
        "Nomor 800.1.6/12/BKPSDM/2024, dan/atau Kementerian/Lembaga, e-mail a.b@c.example — https://contoh.example/jalan/panjang tahun "
        "2019-2024 (lihat “pasal” 5%), Rp1.250.000,00; a.n./u.b. undang-undang COVID-19 s.d. 13-04-2024 pukul 08.00–16.00 … selesai. "
    )
    return Letter("".join(paragraph(text, f'<w:ind w:right="{right}"/>') for right in range(0, 5200, 130)))


def kerned() -> Letter:
    """Text as Word 365 sets it: pairs moved together, joined letters, line spacing 259 and 278, all fonts in many sizes."""
    text = (
        SENTENCE
        + "Yth. Wakil Wali Kota, AVATAR Toko Tertib; attitude official effektif, Tuan T. A. Yusuf P. L. Wati 11/12. "
    )
    body = ""
    for font in ("Calibri", "Arial", "Times New Roman", "Bookman Old Style", "Cambria"):
        for index, size in enumerate((20, 21, 22, 23, 24, 26)):
            run = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:kern w:val="2"/><w:sz w:val="{size}"/>'
            space = f'<w:spacing w:after="160" w:line="{(259, 278, 240)[index % 3]}" w:lineRule="auto"/>'
            body += paragraph(text, f"{space}{BOTH}<w:rPr>{run}</w:rPr>", run)
    return Letter(body)


def kept_chapters() -> Letter:
    """Chapters whose headings and opening sentences are kept with what follows, over several pages; columns after spacing."""
    heading = '<w:keepNext/><w:spacing w:before="240" w:after="60"/>'
    part = (
        paragraph("Ruang lingkup", heading, "<w:b/>")
        + paragraph(SENTENCE * 3, "<w:keepNext/>")
        + paragraph(SENTENCE * 4, BOTH)
    )
    two = f'<w:type w:val="continuous"/>{SECTION}<w:cols w:num="2" w:space="567"/>'
    above = f'<w:spacing w:after="240"/><w:sectPr>{SECTION}</w:sectPr>'
    body = part * 9 + f"<w:p><w:pPr>{above}</w:pPr><w:r><w:t>Pengumuman</w:t></w:r></w:p>"
    body += "".join(paragraph(SENTENCE, BOTH) for _ in range(4)) + ends_section(two, "Akhir kolom.")
    return Letter(body + paragraph(SENTENCE), section=f'<w:type w:val="continuous"/>{SECTION}')


def numbers_with_slashes() -> Letter:
    """Numbers of letters with hyphens and slashes at every place of a line."""
    text = (
        "Nomor 800/12.3/IV-a/2024, SE-01/2024 dan e-KTP/KTP-el (IV-a) tanggal 31-12-2024 untuk undang-undang A/B-c/D. "
    )
    return Letter("".join(paragraph(text * 2, f'<w:ind w:right="{right}"/>') for right in range(0, 5200, 130)))


FEATURES = {
    "bingkai": frame_kop, "bingkai-nomor": frame_numbers, "kolom": columns, "kolom-halaman": column_pages, "kop-vml": old_text_box,
    "tabel-bersarang": nested, "gabung-dua-arah": merged_both, "daftar-bertingkat": list_levels, "tautan": links,
    "kepala-halaman": story_kinds, "halaman-lanskap": lying_section, "spasi": spacing, "tetap-bersama-tabel": kept_before_table,
    "gaya-bertingkat": styles_chain, "pemenggalan": breaking, "rapat": kerned, "bab-tetap-bersama": kept_chapters,
    "garis-miring": numbers_with_slashes,
}  # fmt: skip
