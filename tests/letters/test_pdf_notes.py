"""Nothing is left out silently: everything of Word that the writer does not print as Word does is told by name and place."""

from __future__ import annotations

import pytest

from asn_desk.letters.checker.checking import check
from tests.letters.office_kit import LOGO, PICTURE, anchored, office, para, run, shape, stroke
from tests.letters.test_pdf_kit import COMPAT, SECTION, Letter, convert, paragraph, texts
from tests.letters.test_pdf_safety import graphic
from tests.letters.test_pdf_tables import cell, row, table

_MARK = 'w:id="1" w:author="A"'
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_SIZE = (900_000, 900_000)
_BULLET = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>{}</w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
_LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def looks(form: str) -> str:
    return paragraph("huruf", "", form)


def field(instruction: str, data: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    return para(
        f'{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run("x")
    )


def drawn(kind: str, text: str = "") -> str:
    return para(anchored(shape(kind, _SIZE, stroke(1), text), (0, 0, *_SIZE)))


def old(content: str) -> str:
    return f"<w:p><w:r><w:pict>{content}</w:pict></w:r></w:p>"


def shown(change: str, to: str) -> str:
    return para(anchored(PICTURE.format(cx=900000, cy=900000).replace(change, to), (0, 0, *_SIZE), kind="picture"))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        *((para(f"<w:r>{graphic(kind)}</w:r>"), name) for kind, name in (
            ("chart", "Grafik"), ("diagram", "SmartArt"), ("lockedCanvas", "Kanvas gambar"), ("chartex", "Grafik"), ("slicer", "Filter tabel"),  # noqa: E501
        )),
        (para("<m:oMath/>"), "Rumus matematika"), ("<m:oMathPara/>", "Rumus matematika"),
        (para('<w:r><w:footnoteReference w:id="1"/></w:r>'), "Catatan kaki"), (para('<w:r><w:endnoteReference w:id="1"/></w:r>'), "Catatan akhir"),  # noqa: E501
        (para("<w:r><w:ruby/></w:r>"), "ruby"), (para("<w:contentPart/>"), "Tulisan tangan"), (para("<w:subDoc/>"), "subdocument"),
        (para("<w:r><w:object><w:control/></w:object></w:r>"), "ActiveX"), (para("<w:r><w:dayLong/></w:r>"), "tanggal lama"),
        ('<w:altChunk r:id="a"/>', "altChunk"), (drawn("ellipse"), "Bentuk gambar"), (drawn("roundRect", paragraph("teks")), "kotak biasa"),
        (drawn("rect", paragraph("teks")).replace("<a:xfrm>", '<a:xfrm rot="5400000">'), "diputar"),
        (drawn("rect", paragraph("teks")).replace('vert="horz"', 'vert="vert270"'), "diputar"),
        (old("<v:group/>"), "Kelompok bentuk"), (old('<v:oval style="width:9pt;height:9pt"/>'), "Bentuk gambar"), (old("<v:curve/>"), "Bentuk gambar"),  # noqa: E501
        (old('<v:shape style="width:9pt"><v:textpath string="DRAF"/></v:shape>'), "WordArt"),
        (old(f'<v:roundrect><v:textbox><w:txbxContent>{paragraph("a")}</w:txbxContent></v:textbox></v:roundrect>'), "kotak biasa"),
        (old(f'<v:rect><v:textbox style="layout-flow:vertical"><w:txbxContent>{paragraph("a")}</w:txbxContent></v:textbox></v:rect>'), "mendatar"),  # noqa: E501
        (looks('<w:bdr w:val="single"/>'), "Garis tepi pada huruf"), (looks('<w:effect w:val="lights"/>'), "Animasi"), (looks("<w:emboss/>"), "timbul"),  # noqa: E501
        (looks("<w:imprint/>"), "tenggelam"), (looks("<w:outline/>"), "bergaris luar"), (looks("<w:shadow/>"), "Bayangan"),
        (looks('<w:em w:val="dot"/>'), "penekanan"), (looks('<w:fitText w:val="900"/>'), "dipaskan"), (looks(f"<w14:glow {_W14}/>"), "cahaya"),  # noqa: E501
        (looks(f"<w14:reflection {_W14}/>"), "Pantulan"), (looks(f"<w14:textOutline {_W14}/>"), "Garis luar"), (looks(f"<w14:props3d {_W14}/>"), "tiga"),  # noqa: E501
        (paragraph("a", '<w:tabs><w:tab w:val="bar" w:pos="900"/></w:tabs>'), "tabulasi"), (paragraph("a", "<w:bidi/>"), "kanan ke kiri"),
        (paragraph("a", '<w:textAlignment w:val="top"/>'), "Letak tegak"), (para(f"<w:del {_MARK}><w:r><w:delText>a</w:delText></w:r></w:del>"), "dihapus"),  # noqa: E501
        (para(f"<w:moveFrom {_MARK}>{run('a')}</w:moveFrom>"), "dipindah"), (field(" EQ \\f(1;2) "), "EQ"), (field(" INCLUDEPICTURE x "), "INCLUDEPICTURE"),  # noqa: E501
        (table(row(cell("a", '<w:textDirection w:val="btLr"/>'))), "tegak"), (table(row(cell("a", '<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>'))), "diagonal"),  # noqa: E501
        (table(row(cell("a")), properties='<w:tblCellSpacing w:w="20" w:type="dxa"/>'), "antarsel"), (table(row(cell("a")), properties="<w:bidiVisual/>"), "kanan ke kiri"),  # noqa: E501
        (table(*(row(cell("a")) for _ in range(30)), properties='<w:tblpPr w:tblpX="10"/>'), "mengambang"),
        (para('<w:r><w:sym w:font="Wingdings 3" w:char="F0FF"/></w:r>'), "Wingdings 3"),
        (shown('r:embed="logo"', 'r:embed="hilang"'), "hilang"), (shown("<a:xfrm>", '<a:xfrm rot="60000">'), "diputar"), (shown("<a:xfrm>", '<a:xfrm flipH="1">'), "Pencerminan"),  # noqa: E501
        (shown('prst="rect"', 'prst="ellipse"'), "Potongan"), (shown("</pic:spPr>", "<a:ln><a:solidFill/></a:ln></pic:spPr>"), "Garis tepi gambar"),  # noqa: E501
        (shown("</pic:spPr>", "<a:effectLst><a:outerShdw/></a:effectLst></pic:spPr>"), "Bayangan"), (shown("<a:stretch>", "<a:grayscl/><a:stretch>"), "hitam-putih"),  # noqa: E501
        (paragraph("a", "", '<w:rFonts w:ascii="Comic Sans MS" w:hAnsi="Comic Sans MS"/>'), "Comic Sans MS"), (paragraph("\u05d0\u05d1"), "kanan ke kiri"),  # noqa: E501
        (paragraph("\u1b05\u1b13"), "sendiri-sendiri"), (paragraph("\U0001f9d1"), "kotak"),
    ],
)  # fmt: skip
def test_what_is_not_printed_as_in_word_is_named(body: str, name: str) -> None:
    letter = office(paragraph("pembuka") + body + paragraph("penutup"), media=LOGO)
    notes = convert(letter).notes
    assert any(name in note for note in notes), notes
    assert all(note.endswith(".") for note in notes)
    assert check(letter.docx()).findings, "the checker is silent"


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        (Letter(paragraph("a"), section=SECTION + '<w:lnNumType w:countBy="1"/>'), "Nomor baris"),
        (Letter(paragraph("a"), section=SECTION + '<w:textDirection w:val="tbRl"/>'), "Arah tulis"),
        (Letter(paragraph("a"), section=SECTION + '<w:vAlign w:val="both"/>'), "atas-bawah"),
        (
            Letter(
                paragraph("a"),
                section=SECTION + '<w:docGrid w:type="snapToChars" w:linePitch="300" w:charSpace="900"/>',
            ),
            "Kisi huruf",
        ),
        (
            Letter(paragraph("a"), section=SECTION + '<w:pgBorders><w:top w:val="apples" w:sz="12"/></w:pgBorders>'),
            "Hiasan",
        ),
        (Letter(paragraph("a"), settings="<w:mirrorMargins/>" + COMPAT), "Margin cermin"),
        (Letter(paragraph("a"), settings="<w:bookFoldPrinting/>" + COMPAT), "lipat buku"),
        (Letter(paragraph("a", _LISTED), numbering=_BULLET.format('<w:lvlPicBulletId w:val="0"/>')), "Tanda butir"),
        (
            Letter(paragraph("a", _LISTED), numbering=_BULLET.format("").replace("bullet", "japaneseCounting")),
            "Format nomor",
        ),
        (
            Letter(
                paragraph("a"), stories=[("header", "default", old('<v:shape><v:textpath string="DRAF"/></v:shape>'))]
            ),
            "kepala halaman",
        ),
    ],
)
def test_what_pages_lists_and_settings_ask_for_in_vain_is_named(letter: Letter, name: str) -> None:
    for _ in range(2):
        assert any(name in note for note in convert(letter).notes)


@pytest.mark.parametrize(
    ("data", "shown_as"),
    [
        ("<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>", "\u2612"),
        ('<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>', "\u2610"),
        (
            '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="satu"/><w:listEntry w:val="dua"/></w:ddList></w:ffData>',
            "dua",
        ),
    ],
)
def test_old_form_fields_show_what_was_chosen(data: str, shown_as: str) -> None:
    result = convert(field(" FORMCHECKBOX ", data))
    assert texts(result) == [f"{shown_as}x"]
    assert result.notes == ()
