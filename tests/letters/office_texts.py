"""Running text as Word writes it: grids, soft hyphens, sizes mixed in a line, borders, fields, changes, content controls."""

from __future__ import annotations

from tests.letters.office_kit import (
    BOTH,
    LOGO,
    MARGINS,
    MIDDLE,
    RIGHT,
    SHORT,
    TEXT,
    TIGHT,
    inline,
    lines,
    office,
    para,
    pieces_of_field,
    run,
    style,
)  # fmt: skip
from tests.letters.office_kit import STYLES as WORD
from tests.letters.test_pdf_kit import Letter, paragraph

_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>' + MARGINS.format(1134) + '<w:cols w:space="708"/>'
_TIMES = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'


def grid_lines() -> Letter:
    """The East Asian grid of lines that some templates carry: every line takes whole steps of it."""
    section = _PAGE + '<w:docGrid w:type="lines" w:linePitch="360"/>'
    body = lines(TEXT * 2, TEXT, form=BOTH) + paragraph(TEXT * 2, BOTH, '<w:sz w:val="36"/>')
    body += paragraph(TEXT, '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>') + paragraph(
        TEXT, '<w:spacing w:line="300" w:lineRule="exact"/>'
    )
    body += paragraph(TEXT, '<w:snapToGrid w:val="0"/>') + paragraph(
        TEXT, '<w:spacing w:line="360" w:lineRule="auto"/>', _TIMES
    )
    return office(body + lines(*(TEXT * 2 for _ in range(8)), form=TIGHT), section)  # fmt: skip


def grid_signs() -> Letter:
    """The grid of lines and signs, in A4 as a Chinese or Japanese Word writes it."""
    section = _PAGE + '<w:docGrid w:type="linesAndChars" w:linePitch="312" w:charSpace="0"/>'
    return office(lines(*(TEXT * 2 for _ in range(5)), form=BOTH), section)


def soft_hyphens() -> Letter:
    """Soft hyphens, hard hyphens and spaces that do not break, at every place of a line."""
    text = (
        "Per\u00adtang\u00adgung\u00adja\u00adwab\u00adan pe\u00adlak\u00adsa\u00adna\u00adan anggaran Rp\u00a01.250.000,00 pada Pasal\u00a09 ayat\u00a0(2) oleh "  # noqa: E501
        "e\u2011KTP dan a.n.\u00a0Wali\u00a0Kota se\u00adba\u00adgai\u00adma\u00adna di\u00adten\u00adtu\u00adkan. "
    )
    body = "".join(paragraph(text * 2, f'<w:ind w:right="{right}"/>{BOTH}{TIGHT}') for right in range(0, 3800, 200))
    soft = '<w:r><w:t>pertanggung</w:t><w:softHyphen/><w:t>jawaban</w:t><w:noBreakHyphen/><w:t xml:space="preserve">nya </w:t></w:r>'
    return office(body + para(soft * 12, BOTH))


def mixed_sizes() -> Letter:
    """Sizes and fonts mixed in a line at single, 1.15, one and a half, exact and least spacing."""
    body = ""
    for rule, size in (
        ("auto", 240),
        ("auto", 276),
        ("auto", 360),
        ("auto", 480),
        ("exact", 400),
        ("atLeast", 300),
        ("auto", 200),
    ):
        form = f'<w:spacing w:before="60" w:after="120" w:line="{size}" w:lineRule="{rule}"/>{BOTH}'
        runs = (
            run(SHORT)
            + run("BESAR ", '<w:sz w:val="44"/>')
            + run(TEXT, _TIMES + '<w:sz w:val="24"/>')
            + run("kecil ", '<w:sz w:val="14"/>')
        )
        runs += run("2", '<w:vertAlign w:val="superscript"/>')
        body += para(
            runs
            + run(" dan akhirnya biasa lagi. ")
            + run(SHORT, '<w:rFonts w:ascii="Bookman Old Style" w:hAnsi="Bookman Old Style"/>'),
            form,
        )
    return office(body)  # fmt: skip


def bordered() -> Letter:
    """Paragraph borders around groups, between paragraphs, beside text, with indents and shading."""
    line = 'w:val="single" w:sz="8" w:space="4" w:color="auto"'
    around = f"<w:pBdr><w:top {line}/><w:left {line}/><w:bottom {line}/><w:right {line}/><w:between {line}/></w:pBdr>"
    body = lines(TEXT, SHORT, TEXT, form=around) + lines(TEXT)
    body += lines(
        SHORT,
        SHORT,
        form=around.replace("<w:between " + line + "/>", "") + '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>',
    )
    body += lines(
        TEXT, form=around.replace("<w:between " + line + "/>", "") + '<w:ind w:left="1134" w:right="1134"/>' + MIDDLE
    )
    body += lines(
        TEXT,
        form='<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="4472C4"/></w:pBdr><w:ind w:left="567"/>',
    )
    body += lines(
        "JUDUL",
        form='<w:pBdr><w:bottom w:val="double" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>' + MIDDLE,
        run="<w:b/>",
    )
    return office(body + lines(TEXT, form='<w:shd w:val="clear" w:fill="E2EFD9"/>' + BOTH) + lines(TEXT))  # fmt: skip


def contextual() -> Letter:
    """Spacing left out between paragraphs of one style, spacing by itself ("auto"), in lines, and at the top of pages."""
    near = '<w:contextualSpacing/><w:spacing w:before="240" w:after="240"/>'
    body = lines(TEXT, TEXT, TEXT, form=near) + lines(TEXT, form='<w:pStyle w:val="BodyText"/>' + near) + lines(TEXT)
    body += lines(
        SHORT, TEXT, form='<w:spacing w:before="100" w:beforeAutospacing="1" w:after="100" w:afterAutospacing="1"/>'
    )
    body += lines(TEXT, TEXT, form='<w:spacing w:beforeLines="50" w:before="120" w:afterLines="100" w:after="240"/>')
    body += lines(*(TEXT for _ in range(7)), form='<w:spacing w:before="400" w:after="300"/>')
    return office(body + lines("Halaman baru", form='<w:pageBreakBefore/><w:spacing w:before="600"/>') + lines(TEXT))  # fmt: skip


def kept() -> Letter:
    """Chains of kept paragraphs, headings, widows and orphans allowed and not, over four pages."""
    body = ""
    for number in range(1, 10):
        body += paragraph(f"BAB {number}", '<w:pStyle w:val="Heading1"/>') + paragraph(
            "Umum", '<w:pStyle w:val="Heading2"/>'
        )
        body += lines(TEXT * 3, form=BOTH) + lines(TEXT * (1 + number % 3), form='<w:widowControl w:val="0"/>' + BOTH)
        body += lines(SHORT, form="<w:keepNext/>") + lines(TEXT * 2, form="<w:keepLines/>")
    return office(body)  # fmt: skip


def changes() -> Letter:
    """Tracked changes, moved text, comments, bookmarks, proofing marks, content controls and smart tags around text."""
    mark = 'w:id="9" w:author="A" w:date="2024-01-01T00:00:00Z"'
    moved = f"<w:moveTo {mark}>{run('dipindah ke sini ')}</w:moveTo>"
    smart = f'<w:smartTag w:uri="u" w:element="place"><w:smartTagPr/>{run("Kota Contoh ")}</w:smartTag>'
    control = f'<w:sdt><w:sdtPr><w:alias w:val="x"/><w:text/></w:sdtPr><w:sdtContent>{run("isi kontrol ")}</w:sdtContent></w:sdt>'
    noise = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/><w:commentRangeStart w:id="0"/>'  # noqa: E501
    line = run(SHORT) + f"<w:ins {mark}>{run('disisipkan ')}</w:ins>" + moved + noise + smart + control + run(TEXT)
    body = para(line, BOTH) * 2
    body += f"<w:p><w:pPr>{BOTH}<w:rPr><w:del {mark}/></w:rPr></w:pPr>{run('digabung dengan ')}</w:p>" + lines(
        "paragraf ini. " + TEXT
    )
    block = f"<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>{lines(TEXT, SHORT)}</w:sdtContent></w:sdt>"
    drop = '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="a"/></w:dropDownList><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'  # noqa: E501
    body += block + para(run("Pilih: ") + drop.format(run("Klik di sini", '<w:color w:val="808080"/>')))
    return office(body + lines(TEXT) + f'<w:customXml w:element="x">{lines(SHORT)}</w:customXml>')  # fmt: skip


def fields() -> Letter:
    """Fields with results: dates, references, merge fields, formulas, hidden instructions, nested ones, links."""
    body = para(
        run("Contoh, ") + pieces_of_field((" MERGEFIELD ", 'Tanggal \\@ "d MMMM yyyy" '), "9 September 2024"), RIGHT
    )
    body += para(
        run("Nama: ")
        + pieces_of_field((" MERGEFIELD ", "Nama "), "Siti Rahmawati")
        + run(", jumlah ")
        + pieces_of_field((" =SUM(ABOVE) ",), "12")
    )
    mark = '<w:bookmarkStart w:id="4" w:name="_Ref1"/><w:r><w:t>Pasal 9</w:t></w:r><w:bookmarkEnd w:id="4"/>'
    body += para(mark + run(" ayat ") + run(TEXT), BOTH)
    body += para(run("Lihat ") + pieces_of_field((" REF _Ref1 \\h ",), "Pasal 9") + run(". " + TEXT), BOTH)
    body += para(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TC "x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'  # noqa: E501
        + run(TEXT)
    )
    body += para('<w:fldSimple w:instr=" AUTHOR "><w:r><w:t>Badan Kepegawaian</w:t></w:r></w:fldSimple>' + run(" dan "))
    link = '<w:hyperlink r:id="x"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>https://contoh.example/surat-edaran/2024</w:t></w:r></w:hyperlink>'
    return office(body + para(run(SHORT) + run(TEXT)) + para(run("Laman ").replace("Laman ", "Laman ") + link.replace(' r:id="x"', "")))  # fmt: skip  # noqa: E501


def characters() -> Letter:
    """All looks of characters in one letter: caps, colours, highlights, underlines, stretched and tightened text."""
    forms = (
        "<w:b/><w:i/>", "<w:caps/>", "<w:smallCaps/>", "<w:strike/>", "<w:dstrike/>", '<w:u w:val="wave"/>', '<w:u w:val="dotted"/>',
        '<w:u w:val="words"/>', '<w:highlight w:val="yellow"/>', '<w:shd w:val="clear" w:fill="CCCCCC"/>', '<w:spacing w:val="40"/>',
        '<w:spacing w:val="-12"/>', '<w:w w:val="150"/>', '<w:w w:val="66"/>', '<w:color w:val="C00000"/>', '<w:kern w:val="16"/>',
        '<w:vertAlign w:val="superscript"/>', '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>', '<w:lang w:val="en-US"/>',
    )  # fmt: skip
    return office("".join(para(run(SHORT) + run(TEXT, form), BOTH + TIGHT) for form in forms))


def themes() -> Letter:
    """Fonts and colours by theme, a title, headings, styles with numbers of their own, text in other alphabets beside it."""
    body = paragraph("Laporan Hasil Pengawasan", '<w:pStyle w:val="Title"/>') + paragraph(
        "Pendahuluan", '<w:pStyle w:val="Heading1"/>'
    )
    body += (
        lines(TEXT * 2)
        + paragraph("Maksud", '<w:pStyle w:val="Heading2"/>')
        + lines(TEXT, form='<w:pStyle w:val="BodyText"/>')
    )
    major = '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/>'
    body += paragraph(TEXT, "", major + '<w:color w:val="4472C4" w:themeColor="accent1" w:themeShade="BF"/>')
    return office(body + lines(SHORT * 2, form='<w:pStyle w:val="NoSpacing"/>') + lines(TEXT, form='<w:pStyle w:val="TidakAda"/>'))  # fmt: skip  # noqa: E501


def breaks() -> Letter:
    """Line, page and column breaks in the middle of justified text, several pages by breaks, empty paragraphs at ends."""
    brk = "<w:r><w:br/></w:r>"
    body = para(run(TEXT) + brk + run(SHORT) + brk + brk + run(TEXT), BOTH)
    body += para(run(TEXT) + '<w:r><w:br w:type="page"/></w:r>' + run(SHORT + TEXT), BOTH) + lines("", "", TEXT)
    body += (
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + lines(TEXT)
        + para('<w:r><w:br w:type="page"/><w:t>Langsung sesudah pemisah.</w:t></w:r>')
    )
    body += lines("Baris dengan kembali") + para(
        "<w:r><w:t>satu</w:t><w:cr/><w:t>dua</w:t><w:tab/><w:t>tiga</w:t></w:r>"
    )
    return office(body + lines("", ""))  # fmt: skip


def indents() -> Letter:
    """Indents of all kinds: negative, from the right, hanging without a tab, in characters, mirrored names."""
    forms = (
        'w:left="-567"', 'w:left="567" w:right="-567"', 'w:left="1134" w:hanging="1134"', 'w:left="567" w:firstLine="-283"',
        'w:start="1000" w:end="1000"', 'w:left="0" w:firstLine="851"', 'w:firstLineChars="200" w:firstLine="440"', 'w:left="2835" w:hanging="851"',  # noqa: E501
    )  # fmt: skip
    body = "".join(paragraph(TEXT, f"<w:ind {form}/>{BOTH}") for form in forms)
    return office(
        body + paragraph(TEXT * 2, '<w:jc w:val="distribute"/>') + paragraph(TEXT, RIGHT) + paragraph(TEXT, MIDDLE)
    )


def pictures() -> Letter:
    """Pictures in lines of text, alone, in exact and least line spacing, beside large text."""
    small = inline(180000, 216000)
    body = para(run("Tanda ") + small + run(" berdiri di dalam baris. " + TEXT) + small, BOTH)
    body += para(inline(2000000, 2400000)) + para(
        run("kiri ") + inline(500000, 600000) + run(" kanan"), '<w:spacing w:line="360" w:lineRule="auto"/>'
    )
    return office(body + para(inline(900000, 1080000), RIGHT) + lines(TEXT), media=LOGO)  # fmt: skip


def own_styles() -> Letter:
    """An office's own template: styles on styles, in Bookman at 12 points, one and a half lines."""
    book = '<w:rFonts w:ascii="Bookman Old Style" w:hAnsi="Bookman Old Style" w:cs="Arial"/><w:sz w:val="24"/>'
    own = style(
        "Naskah", '<w:spacing w:after="0" w:line="360" w:lineRule="auto"/><w:ind w:firstLine="851"/>' + BOTH, book
    )
    own += style(
        "Kutipan",
        '<w:ind w:left="851" w:right="851" w:firstLine="0"/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>',
        "<w:i/>",
        "Naskah",
    )
    own += style("Kepala", '<w:ind w:firstLine="0"/><w:keepNext/>' + MIDDLE, "<w:b/><w:caps/>", "Naskah")
    body = lines("Surat edaran", "tentang netralitas", form='<w:pStyle w:val="Kepala"/>') + lines(
        TEXT * 2, TEXT, form='<w:pStyle w:val="Naskah"/>'
    )
    body += lines(TEXT, form='<w:pStyle w:val="Kutipan"/>') + lines(
        TEXT * 3, TEXT * 2, form='<w:pStyle w:val="Naskah"/>'
    )
    return office(body * 2, styles=WORD + own)  # fmt: skip


OFFICE_TEXTS = {
    "kisi-baris": grid_lines, "kisi-huruf": grid_signs, "tanda-hubung-lunak": soft_hyphens, "ukuran-campur": mixed_sizes,
    "garis-paragraf": bordered, "jarak-paragraf": contextual, "bab-panjang": kept, "perubahan": changes, "bidang": fields,
    "rupa-huruf": characters, "tema": themes, "pemisah": breaks, "lekuk": indents, "gambar-baris": pictures, "gaya-kantor": own_styles,
}  # fmt: skip
