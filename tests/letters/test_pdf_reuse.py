"""Letters of one template share what was read and laid out: a letter looks the same whether it comes first or after others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.reading import known
from asn_desk.letters.pdf.reading.segments import split_body, split_table
from asn_desk.letters.pdf.writer import docx_to_pdf
from tests.letters.test_pdf_kit import META, NAMESPACES, SECTION, SENTENCE, Letter, page_field, paragraph, texts, zipped
from tests.letters.test_pdf_safety import drawing, graphic, picture
from tests.letters.test_pdf_tables import cell, row, table
from tests.letters.test_pdf_text import LIST, item


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    known.forget()
    yield
    known.forget()


def named(name: str) -> list[str]:
    """Return bodies with a name in the places where letters differ, one for each way of reading."""
    people = table(row(cell("Nama"), cell(name)), row(cell("NIP"), cell("1")), row(cell("Unit"), cell("Dinas")))
    listed = table(row(cell("Nama", para='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), cell(name)))
    nested = f"<w:tbl><w:tr><w:tc>{people}<w:p/></w:tc></w:tr></w:tbl>"
    extra = item(name, 0) if len(name) > 6 else ""
    footnote = f"<w:p><w:r><w:t>{name}</w:t><w:footnoteReference w:id='1'/></w:r></w:p>"
    open_field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r></w:p>'
        + paragraph("dalam kolom") + '<w:p><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>hasil</w:t></w:r></w:p>'
        + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' + paragraph("dalam kolom")
    )  # fmt: skip
    return [
        paragraph(f"Yth. {name}") + paragraph(SENTENCE * 3, '<w:jc w:val="both"/>') + paragraph(SENTENCE * 3, '<w:jc w:val="both"/>'),
        paragraph("Data") + people + paragraph("Tetap") + people + nested,
        item("satu", 0) + extra + item("dua", 0) + item("rinci", 1) + listed + item("tiga", 0),
        paragraph(name) + footnote + paragraph("sama") + f"<w:p><w:r><w:t>Lihat</w:t>{graphic('chart')}</w:r></w:p>",
        paragraph(name, run='<w:rFonts w:ascii="Lato"/>') + paragraph("asing", run='<w:rFonts w:ascii="Lato"/>') + paragraph("漢"),
        paragraph(name) + drawing("inline") + f"<w:p>{page_field('PAGE')}{page_field('NUMPAGES')}</w:p>" + paragraph("x") * 60,
        open_field + paragraph(name),
        f"<w:p><w:pPr><w:sectPr>{SECTION}</w:sectPr></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>" + paragraph("bagian kedua"),
    ]  # fmt: skip


def docx(body: str) -> bytes:
    footer = f"<w:p><w:r><w:t>Halaman </w:t></w:r>{page_field('PAGE')}</w:p>"
    stories = [("header", "default", paragraph("KOP")), ("footer", "default", footer)]
    return Letter(body, numbering=LIST, stories=stories, media={"img": ("media/a.png", picture())}).docx()


@pytest.mark.parametrize("kind", range(len(named(""))))
def test_a_letter_looks_the_same_first_and_after_others(kind: int) -> None:
    letters = [docx(named(name)[kind]) for name in ("Ani", "Budi", "Citra Lestari", "Dewi")]
    alone = []
    for letter in letters:
        known.forget()
        alone.append(docx_to_pdf(letter, META))
    known.forget()
    for _ in range(3):
        assert [docx_to_pdf(letter, META) for letter in letters] == alone


def test_letters_of_another_template_do_not_mix() -> None:
    small = STYLED.format(20)
    large = STYLED.format(40)
    results = [docx_to_pdf(Letter(paragraph("isi"), styles=styles).docx(), META) for styles in (small, large) * 3]
    assert results[0].data != results[1].data
    assert [result.data for result in results] == [results[0].data, results[1].data] * 3


STYLED = '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/><w:sz w:val="{}"/></w:rPr></w:rPrDefault></w:docDefaults>'


def test_what_is_kept_of_a_template_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("MAX_CHILDREN", 5), ("MAX_TEMPLATES", 2), ("MAX_TABLES", 1), ("MAX_SEEN", 8)):
        monkeypatch.setattr(known, name, most)
    for number in range(12):
        body = "".join(paragraph(f"alinea {index}") for index in range(8)) + named(f"Nama {number}")[1]
        first = docx_to_pdf(docx(body), META)
        assert docx_to_pdf(docx(body), META) == first
        assert docx_to_pdf(docx(body), META) == first
    parts = known.take_apart(docx(paragraph("x")))
    template = known.find(parts)
    assert template is not None
    assert len(template.children) <= 5


def document(body: str, head: str = "") -> bytes:
    return f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("<w:p/>\n <w:p w:x='1'/>", ["<w:p/>", "<w:p w:x='1'/>"]),
        ("<w:p><w:pPr/></w:p><w:sectPr/>", ["<w:p><w:pPr/></w:p>", "<w:sectPr/>"]),
        ("<w:tbl><w:tr><w:tc><w:tbl></w:tbl><w:p/></w:tc></w:tr></w:tbl><w:p></w:p>",
         ["<w:tbl><w:tr><w:tc><w:tbl></w:tbl><w:p/></w:tc></w:tr></w:tbl>", "<w:p></w:p>"]),
        ("<w:p><v:textbox><w:p>a</w:p></v:textbox></w:p><w:bookmarkEnd w:id='1'/>",
         ["<w:p><v:textbox><w:p>a</w:p></v:textbox></w:p>", "<w:bookmarkEnd w:id='1'/>"]),
    ],
)  # fmt: skip
def test_a_body_is_cut_into_its_children(body: str, expected: list[str]) -> None:
    found = split_body(document(body))
    assert found is not None
    assert found.items == [piece.encode() for piece in expected]
    assert [element.tag for element in found.read(found.items) or ()] != [] or not expected


@pytest.mark.parametrize(
    "xml",
    [
        document("<w:p/>", "<!DOCTYPE x>"), document("<w:p/>", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
        document("<w:p/>").replace(b"xmlns:w=", b"xmlns:q="), document("teks<w:p/>"), document("<!-- x --><w:p/>"),
        document("<w:p>"), document("<w:body><w:p/></w:body>"), b"", document("<p/>"),
    ],
)  # fmt: skip
def test_what_is_written_in_an_unusual_way_is_not_cut(xml: bytes) -> None:
    assert split_body(xml) is None


@pytest.mark.parametrize(
    "pieces", [["<w:p>", "</w:p>"], ["<w:p><w:r></w:p>"], ["<w:p/><w:p/>"], ["<w:p a='", "'/>"], ["<!--", "-->"]]
)
def test_pieces_that_are_no_whole_elements_are_not_taken(pieces: list[str]) -> None:
    body = split_body(document("<w:p/>"))
    assert body is not None
    assert body.read([piece.encode() for piece in pieces]) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<w:p w:rsidR="a>b"><w:r><w:t>isi</w:t></w:r></w:p>', ["isi"]),
        ('<w:p w:rsidR="/>"><w:r><w:t>isi</w:t></w:r></w:p>', ["isi"]),
        ("<w:p><w:r><w:t><![CDATA[<w:p>]]></w:t></w:r></w:p>", ["<w:p>"]),
        ("<w:p><!-- </w:p> --><w:r><w:t>isi</w:t></w:r></w:p>", ["isi"]),
    ],
)
def test_unusual_but_right_xml_is_read_all_the_same(body: str, expected: list[str]) -> None:
    for _ in range(3):
        assert texts(docx_to_pdf(Letter(body).docx(), META)) == expected


@pytest.mark.parametrize("body", ["<w:p><w:r></w:p>", "<w:p>&x;</w:p>", "<x:p/>"])
def test_damage_is_found_also_after_a_good_letter(body: str) -> None:
    good = Letter(paragraph("isi"))
    docx_to_pdf(good.docx(), META)
    parts = good.parts()
    parts["word/document.xml"] = document(body)
    with pytest.raises(DeskError):
        docx_to_pdf(zipped(parts), META)


def test_a_table_is_cut_into_skeleton_and_paragraphs() -> None:
    one, other = (split_table(table(row(cell("Nama"), cell(name))).encode()) for name in ("Ani", "Budi"))
    assert one is not None
    assert other is not None
    assert one.skeleton == other.skeleton
    assert [len(items) for items in one.cells] == [1, 1]
    assert one.cells[0] == other.cells[0]


def test_cell_properties_belong_to_the_skeleton() -> None:
    found = split_table(
        b"<w:tbl><w:tr><w:tc><w:tcPr a='1'/><w:p/></w:tc><w:tc><w:tcPr><w:x/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    )
    assert found is not None
    assert found.cells == [[b"<w:p/>"], [b"<w:p/>"]]


@pytest.mark.parametrize(
    "content", [table(row(cell("x"))) + "<w:p/>", "<w:sdt/><w:p/>", "<w:bookmarkStart/><w:p/>", "teks"]
)
def test_tables_that_are_not_plain_are_not_cut(content: str) -> None:
    assert split_table(f"<w:tbl><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>".encode()) is None


def test_letters_made_in_several_threads_are_the_same() -> None:
    letters = [docx(body) for name in ("Ani", "Budi", "Citra Lestari") for body in named(name)]
    expected = [docx_to_pdf(letter, META) for letter in letters]
    known.forget()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda letter: docx_to_pdf(letter, META), letters * 2)) == expected * 2


@pytest.mark.parametrize("how", ["stored", "streamed", "comment", "twice"])
def test_any_way_of_packing_gives_the_same_letter(how: str) -> None:
    letter = Letter(paragraph("isi"))
    usual = docx_to_pdf(letter.docx(), META)
    target = io.BytesIO()
    with zipfile.ZipFile(_Forward(target) if how == "streamed" else target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in letter.parts().items():
            archive.writestr(name, part, zipfile.ZIP_STORED if how == "stored" else zipfile.ZIP_DEFLATED)
        if how == "comment":
            archive.comment = b"catatan"
        if how == "twice":
            archive.writestr("Word/Document.xml", letter.parts()["word/document.xml"])
    assert docx_to_pdf(target.getvalue(), META) == usual


class _Forward(io.RawIOBase):
    """A stream that cannot go back, as when Word files are downloaded: sizes follow the parts."""

    def __init__(self, target: io.BytesIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._target.write(data)  # type: ignore[arg-type]
