"""Pages of a letter: breaks, ties between paragraphs, headers and footers, page numbers, sections, watermark."""

from __future__ import annotations

import pypdfium2
import pytest

from asn_desk.letters.pdf.writer import PdfMeta
from tests.letters.test_pdf_kit import SECTION, SENTENCE, STYLES, Letter, convert, page_field, paragraph, seen, texts

FULL = 56
"""Lines of 11 point Arial on the test page."""


def filler(count: int) -> str:
    return "".join(paragraph(f"baris {number}") for number in range(count))


def pages_of(letter: Letter | str) -> list[list[str]]:
    result = convert(letter)
    found: list[list[str]] = [[] for _ in range(result.pages)]
    for line in seen(result):
        found[line.page - 1].append(line.text)
    return found


def test_a_page_takes_as_many_lines_as_fit() -> None:
    pages = pages_of(filler(FULL + 5))
    assert [len(page) for page in pages] == [FULL, 5]


@pytest.mark.parametrize(
    "body",
    [
        paragraph("satu") + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>" + paragraph("dua"),
        paragraph("satu") + paragraph("dua", "<w:pageBreakBefore/>"),
        "<w:p><w:r><w:t>satu</w:t><w:br w:type='page'/><w:t>dua</w:t></w:r></w:p>",
    ],
)
def test_page_breaks(body: str) -> None:
    assert pages_of(body) == [["satu"], ["dua"]]


def test_a_signature_block_stays_together() -> None:
    tied = "".join(
        paragraph(text, "<w:keepNext/>") for text in ("Kota Contoh,", "Yang menyatakan,", "", "")
    ) + paragraph("Ahmad Fauzi")
    pages = pages_of(filler(FULL - 2) + tied)
    assert pages[1] == ["Kota Contoh,", "Yang menyatakan,", "Ahmad Fauzi"]


@pytest.mark.parametrize(("free", "first_page_lines"), [(1, 0), (2, 2), (3, 3), (4, 3)])
def test_no_single_line_of_a_paragraph_stays_alone(free: int, first_page_lines: int) -> None:
    pages = pages_of(filler(FULL - free) + paragraph(SENTENCE * 2))
    assert len(pages[0]) - (FULL - free) == first_page_lines


def test_keep_lines_moves_the_whole_paragraph() -> None:
    pages = pages_of(filler(FULL - 3) + paragraph(SENTENCE * 3, "<w:keepLines/>"))
    assert len(pages[0]) == FULL - 3


def test_space_before_is_dropped_only_after_an_automatic_break() -> None:
    spaced = '<w:spacing w:before="400"/>'
    automatic = seen(convert(filler(FULL) + paragraph("atas", spaced)))[-1]
    forced = seen(convert(paragraph("satu") + paragraph("atas", spaced + "<w:pageBreakBefore/>")))[-1]
    assert forced.y - automatic.y == pytest.approx(20.0, abs=0.1)


def test_headers_footers_and_page_numbers() -> None:
    footer = f"<w:p><w:r><w:t>Halaman </w:t></w:r>{page_field('PAGE')}<w:r><w:t> dari </w:t></w:r>{page_field('NUMPAGES')}</w:p>"
    stories = [
        ("header", "first", paragraph("kop")),
        ("header", "default", paragraph("lanjutan")),
        ("footer", "default", footer),
    ]
    pages = pages_of(Letter(filler(FULL * 2), section=SECTION + "<w:titlePg/>", stories=stories))
    assert [page[0] for page in pages] == ["kop", "lanjutan"]
    assert pages[0][-1] == f"baris {FULL - 1}"
    assert pages[1][-1].replace(" ", "") == "Halaman2dari2"


def test_even_pages_have_their_own_header() -> None:
    stories = [("header", "default", paragraph("ganjil")), ("header", "even", paragraph("genap"))]
    pages = pages_of(Letter(filler(FULL * 2 + 1), settings="<w:evenAndOddHeaders/>", stories=stories))
    assert [page[0] for page in pages] == ["ganjil", "genap", "ganjil"]


def test_a_tall_header_pushes_the_text_down() -> None:
    tall = Letter(
        paragraph("isi"), stories=[("header", "default", "".join(paragraph(f"kop {row}") for row in range(6)))]
    )
    lines = seen(convert(tall))
    assert lines[-1].text == "isi"
    assert lines[-1].y - lines[-2].y == pytest.approx(12.65, abs=0.1)


def test_page_number_format_and_start() -> None:
    section = SECTION + '<w:pgNumType w:fmt="lowerRoman" w:start="3"/>'
    letter = Letter(
        paragraph("isi"), section=section, stories=[("footer", "default", f"<w:p>{page_field('PAGE')}</w:p>")]
    )
    assert texts(convert(letter))[-1] == "iii"


def test_sections_have_their_own_paper() -> None:
    wide = '<w:pgSz w:w="18711" w:h="12189" w:orient="landscape"/>'
    body = f"<w:p><w:pPr><w:sectPr>{SECTION}</w:sectPr></w:pPr><w:r><w:t>tegak</w:t></w:r></w:p>" + paragraph(
        "mendatar"
    )
    document = pypdfium2.PdfDocument(convert(Letter(body, section=wide)).data)
    sizes = [page.get_size() for page in document]
    document.close()
    assert sizes[0] == pytest.approx((595.3, 841.9), abs=0.1)
    assert sizes[1] == pytest.approx((935.55, 609.45), abs=0.1)


def test_the_watermark_lies_on_every_page_and_leaves_the_text_in_order() -> None:
    letter = Letter(filler(FULL + 2)).docx()
    plain = convert(Letter(filler(FULL + 2)))
    marked = convert(Letter(filler(FULL + 2)), PdfMeta("t", "a", watermark="CONTOH"))
    assert letter
    assert marked.pages == plain.pages == 2
    assert marked.data != plain.data
    document = pypdfium2.PdfDocument(marked.data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for page in pages:
        assert "CONTOH" in page.replace("\r\n", "")
    body = [line for line in pages[0].splitlines() if line.startswith("baris")]
    assert body == [f"baris {number}" for number in range(FULL)]


def test_paragraph_borders_and_shading_take_room() -> None:
    edges = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="1"/></w:pBdr><w:shd w:val="clear" w:fill="EEEEEE"/>'
    first, second = seen(convert(paragraph("kop", edges) + paragraph("isi")))
    assert second.y - first.y == pytest.approx(12.65 + 1 + 3 + 0.75 + 0.75, abs=0.1)


def test_a_document_without_styles_or_section_still_prints() -> None:
    parts = Letter(paragraph("isi"), styles=STYLES).parts()
    del parts["word/styles.xml"], parts["word/numbering.xml"], parts["word/settings.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:sectPr>" + SECTION.encode() + b"</w:sectPr>", b""
    )
    from asn_desk.letters.pdf.writer import docx_to_pdf
    from tests.letters.test_pdf_kit import META, zipped

    assert texts(docx_to_pdf(zipped(parts), META)) == ["isi"]
