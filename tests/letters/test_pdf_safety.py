"""The writer faces any file a clerk may choose: damaged, foreign, hostile or full of things it cannot print."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.reading import opc
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from tests.letters.test_pdf_kit import META, SENTENCE, Letter, convert, paragraph, seen, texts, zipped


def refused(data: bytes) -> str:
    with pytest.raises(DeskError) as problem:
        docx_to_pdf(data, META)
    assert problem.value.sentence.endswith(".")
    return problem.value.code


def picture(kind: str = "PNG", size: tuple[int, int] = (20, 30)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (20, 90, 160)).save(target, kind)
    return target.getvalue()


def drawing(frame: str, extra: str = "", embed: str = "img") -> str:
    blip = f'<pic:pic><pic:blipFill><a:blip r:embed="{embed}"/></pic:blipFill><pic:spPr/></pic:pic>'
    graphic = f'<a:graphic><a:graphicData uri="picture">{blip}</a:graphicData></a:graphic>'
    return f'<w:p><w:r><w:drawing><wp:{frame}>{extra}<wp:extent cx="1270000" cy="635000"/>{graphic}</wp:{frame}></w:drawing></w:r></w:p>'


def graphic(kind: str) -> str:
    data = f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></a:graphic>'
    return f'<w:drawing><wp:inline><wp:extent cx="1" cy="1"/>{data}</wp:inline></w:drawing>'


def images_in(data: bytes) -> list[tuple[float, float, float, float]]:
    document = pypdfium2.PdfDocument(data)
    found = [thing.get_bounds() for page in document for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])]
    document.close()
    return found


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_docx"),
        (b"halo", "not_docx"),
        (b"%PDF-1.7", "not_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_docx"),
        (b"PK\x03\x04rusak", "docx_damaged"),
        (Letter(paragraph("isi")).docx()[:-200], "docx_damaged"),
        (zipped({"a.txt": b"x"}), "not_docx"),
    ],
)
def test_what_is_no_word_file_is_refused_with_advice(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize(
    "document",
    [
        b"<w:document", b"", b"<a/>",
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    ],
)  # fmt: skip
def test_damaged_or_hostile_xml_is_refused(document: bytes) -> None:
    parts = Letter(paragraph("isi")).parts()
    parts["word/document.xml"] = document
    assert refused(zipped(parts)) == "docx_damaged"


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opc, "MAX_PART", 50_000)
    parts = Letter(paragraph("isi")).parts()
    parts["word/document.xml"] += b" " * 100_000
    assert refused(zipped(parts)) == "docx_too_large"


def test_a_wrong_checksum_is_refused() -> None:
    data = bytearray(Letter(paragraph("isi " * 400)).docx())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("word/document.xml")
    start = info.header_offset + 30 + len(info.filename) + 20
    data[start : start + 8] = bytes(8)
    assert refused(bytes(data)) == "docx_damaged"


def test_the_same_input_gives_the_same_bytes() -> None:
    letter = Letter(paragraph(SENTENCE) + drawing("inline"), media={"img": ("media/a.png", picture())})
    assert convert(letter).data == convert(letter).data


def test_document_information_language_and_embedded_fonts() -> None:
    result = convert(Letter(paragraph("isi")), PdfMeta("Surat Edaran", "BKPSDM Kota Contoh", "Netralitas", "DRAF"))
    document = pypdfium2.PdfDocument(result.data)
    assert document.get_metadata_value("Title") == "Surat Edaran"
    assert document.get_metadata_value("Author") == "BKPSDM Kota Contoh"
    assert document.get_metadata_value("Subject") == "Netralitas"
    document.close()
    assert b"/Lang (id-ID)" in result.data
    assert b"/ToUnicode" in result.data
    assert b"/BaseFont /Helvetica" not in result.data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_pictures_in_the_line(kind: str) -> None:
    letter = Letter(drawing("inline"), media={"img": (f"media/a.{kind.lower()}", picture(kind))})
    (left, bottom, right, top) = images_in(convert(letter).data)[0]
    assert (right - left, top - bottom) == pytest.approx((100.0, 50.0), abs=0.1)


def test_one_picture_used_often_is_stored_once() -> None:
    noise = Image.effect_noise((120, 120), 90)
    target = io.BytesIO()
    noise.save(target, "PNG")
    media = {"img": ("media/a.png", target.getvalue())}
    once, often = (convert(Letter(drawing("inline") * count, media=media)).data for count in (1, 8))
    assert len(often) < len(once) + 4_000


def test_an_anchored_logo_stands_at_its_place_and_text_flows_around_it() -> None:
    places = (
        '<wp:positionH relativeFrom="page"><wp:posOffset>1080135</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>720090</wp:posOffset></wp:positionV><wp:wrapSquare/>'
    )
    letter = Letter(drawing("anchor", places) + paragraph(SENTENCE), media={"img": ("media/a.png", picture())})
    result = convert(letter)
    left, _bottom, _right, top = images_in(result.data)[0]
    assert (left, top) == pytest.approx((85.05, 841.9 - 56.7), abs=0.1)
    assert seen(result)[0].left == pytest.approx(85.05 + 100, abs=1.0)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (graphic("chart"), "Grafik"),
        (graphic("diagram"), "SmartArt"),
        ('<w:pict><v:shape style="width:10pt"><v:textpath string="X"/></v:shape></w:pict>', "WordArt"),
        ("<w:pict><v:group/></w:pict>", "Kelompok bentuk"),
        ('<w:footnoteReference w:id="1"/>', "Catatan kaki"),
        ("<m:oMath/>", "Rumus"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_named_with_its_place(content: str, name: str) -> None:
    result = convert(f"{paragraph('awal')}<w:p><w:r><w:t>Lihat ini</w:t>{content}</w:r></w:p>")
    assert [" ".join(line.split()) for line in texts(result)] == ["awal", "Lihat ini"]
    assert len(result.notes) == 1
    assert name in result.notes[0]
    assert "paragraf ke-2" in result.notes[0]
    assert "Lihat ini" in result.notes[0]


@pytest.mark.parametrize(
    ("target", "data", "name"),
    [
        ("media/a.emf", b"\x01\x00\x00\x00", "EMF"),
        ("media/a.wmf", b"\xd7\xcd\xc6\x9a", "WMF"),
        ("media/a.png", b"\x89PNG\r\n\x1a\nrusak", "rusak"),
    ],
)
def test_pictures_that_cannot_be_drawn_are_reported(target: str, data: bytes, name: str) -> None:
    result = convert(Letter(drawing("inline") + paragraph("isi"), media={"img": (target, data)}))
    assert texts(result) == ["isi"]
    assert name in result.notes[0]


def test_one_of_two_twin_drawings_is_read() -> None:
    shape = (
        '<w:drawing><wp:anchor><wp:extent cx="1800000" cy="360000"/><a:graphic><a:graphicData><wps:wsp><wps:spPr/>'
        f"<wps:txbx><w:txbxContent>{paragraph('kotak')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    twin = f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('kotak')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    alternate = f'<mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{twin}</mc:Fallback></mc:AlternateContent>'
    assert " ".join(texts(convert(f"<w:p><w:r>{alternate}</w:r></w:p>"))).count("kotak") == 1


@pytest.mark.parametrize("garbage", ["", "abc", "-999999", "1e9", "99999999999", "NaN", "3.7", "%"])
def test_nonsense_measures_do_no_harm(garbage: str) -> None:
    body = (
        '<w:p><w:pPr><w:ind w:left="?" w:hanging="?"/><w:spacing w:line="?" w:before="?"/><w:tabs><w:tab w:val="?" w:pos="?"/></w:tabs>'
        '<w:numPr><w:ilvl w:val="?"/><w:numId w:val="?"/></w:numPr></w:pPr>'
        '<w:r><w:rPr><w:sz w:val="?"/><w:w w:val="?"/><w:color w:val="?"/></w:rPr><w:t>isi</w:t></w:r></w:p>'
        '<w:tbl><w:tblPr><w:tblW w:w="?" w:type="pct"/><w:tblLook w:val="?"/></w:tblPr><w:tblGrid><w:gridCol w:w="?"/></w:tblGrid>'
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="?"/></w:tcPr><w:p><w:r><w:t>sel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    ).replace("?", garbage)
    section = f'<w:pgSz w:w="{garbage}" w:h="{garbage}"/><w:pgMar w:top="{garbage}" w:left="{garbage}"/>'
    assert convert(Letter(body, section=section)).pages >= 1


def test_tables_nested_without_end_are_cut() -> None:
    body = paragraph("inti")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"
    result = convert(body + paragraph("akhir"))
    assert "akhir" in texts(result)
    assert any("terlalu dalam" in note for note in result.notes)
