"""Frames, columns, section breaks and pages set in the middle, as Word's ruler and gallery make them."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from asn_desk.letters.pdf.placing.lines import decimal_point
from asn_desk.letters.pdf.writer import PdfResult
from tests.letters.test_pdf_kit import SECTION, SENTENCE, Letter, Seen, convert, page_field, paragraph, seen, texts
from tests.letters.test_pdf_tables import cell, row, table
from tests.letters.word_features import FEATURES, ends_section, framed

LEFT, RIGHT = 85.05, 595.3 - 56.7
TWO = SECTION + '<w:cols w:num="2" w:space="567"/>'
CONTINUOUS = '<w:type w:val="continuous"/>'


def line(result: PdfResult, text: str) -> Seen:
    return next(found for found in seen(result) if text in found.text)


def origin(result: PdfResult, text: str) -> tuple[float, float]:
    """Return where a text starts on the first page: x, and its baseline from the top."""
    document = pypdfium2.PdfDocument(result.data)
    page = document[0]
    letters = page.get_textpage()
    found = letters.search(text).get_next()
    assert found is not None
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(letters.raw, found[0], x, y)
    height = page.get_height()
    document.close()
    return x.value, height - y.value


@pytest.mark.parametrize(
    ("frame", "left", "baseline"),
    [
        ('w:w="2000" w:hAnchor="page" w:vAnchor="page" w:x="2000" w:y="8000"', 100.0, 409.9),
        ('w:w="2000" w:hAnchor="margin" w:vAnchor="text" w:xAlign="right" w:y="1"', RIGHT - 100.0, 79.4),
        ('w:w="2000" w:hAnchor="text" w:vAnchor="margin" w:x="400" w:y="2000"', LEFT + 20.0, 166.6),
    ],
)
def test_a_frame_stands_where_word_puts_it(frame: str, left: float, baseline: float) -> None:
    result = convert(paragraph("isi surat di atas") + framed("dalam bingkai", frame) + paragraph(SENTENCE * 3))
    assert origin(result, "dalam bingkai") == pytest.approx((left, baseline), abs=0.6)
    assert result.notes == ()


def test_neighbouring_paragraphs_of_one_frame_are_one_box_and_text_runs_beside_it() -> None:
    frame = 'w:w="3000" w:hAnchor="margin" w:vAnchor="text" w:x="1" w:y="1" w:wrap="around"'
    result = convert(framed("satu", frame) + framed("dua", frame) + paragraph(SENTENCE * 3))
    first, second, beside = (origin(result, text) for text in ("satu", "dua", "Dalam rangka"))
    assert (first[0], second[0]) == pytest.approx((LEFT, LEFT), abs=0.2)
    assert second[1] - first[1] == pytest.approx(12.65, abs=0.1)
    assert beside == pytest.approx((LEFT + 150, first[1]), abs=0.2)
    assert seen(result)[-1].left == pytest.approx(LEFT, abs=0.5)


def test_a_page_number_in_a_frame_stands_at_the_right_margin() -> None:
    frame = '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="1"/>'
    footer = f"<w:p><w:pPr>{frame}</w:pPr>{page_field('PAGE')}</w:p>" + paragraph("kaki")
    found = line(convert(Letter(paragraph("isi"), stories=[("footer", "default", footer)])), "kaki")
    assert found.text.endswith("1")
    assert found.right == pytest.approx(RIGHT, abs=1.0)


def test_frames_before_a_table_and_at_the_end_are_printed() -> None:
    frame = 'w:w="2000" w:hAnchor="page" w:vAnchor="page" w:x="2000" w:y="8000"'
    body = framed("pertama", frame) + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>sel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    found = " ".join(texts(convert(body + framed("terakhir", frame.replace("8000", "9000")))))
    assert all(word in found for word in ("pertama", "sel", "terakhir"))


def test_text_flows_around_a_drop_cap() -> None:
    cap = '<w:framePr w:dropCap="drop" w:lines="2" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
    cap += '<w:spacing w:line="500" w:lineRule="exact"/>'
    result = convert(
        paragraph("D", cap, '<w:sz w:val="60"/>') + paragraph("alam rangka menjaga netralitas pegawai " * 8)
    )
    rows = [found for found in seen(result) if "netralitas" in found.text]
    assert rows[0].left > LEFT + 15
    assert rows[-1].left == pytest.approx(LEFT, abs=0.2)
    assert result.notes == ()


def test_columns_are_filled_one_after_the_other() -> None:
    body = "".join(paragraph(f"baris {number}") for number in range(70))
    lines = seen(convert(Letter(body, section=TWO)))
    both = next(found for found in lines if found.text.startswith("baris 0"))
    assert both.text.replace(" ", "") == "baris0baris56"
    assert both.right > LEFT + (RIGHT - LEFT + 28) / 2


def test_columns_before_a_section_on_the_same_page_are_equally_long() -> None:
    body = paragraph("judul") + ends_section(SECTION, "atas")
    body += "".join(paragraph(f"isi {number}") for number in range(9))
    body += ends_section(CONTINUOUS + TWO, "isi akhir") + paragraph("bawah")
    lines = texts(convert(Letter(body, section=CONTINUOUS + SECTION)))
    assert [found.replace(" ", "") for found in lines] == [
        "judul", "atas", "isi0isi5", "isi1isi6", "isi2isi7", "isi3isi8", "isi4isiakhir", "bawah",
    ]  # fmt: skip


def test_a_column_break_goes_to_the_next_column_and_then_to_the_next_page() -> None:
    turn = '<w:p><w:r><w:br w:type="column"/></w:r></w:p>'
    result = convert(Letter(paragraph("satu") + turn + paragraph("dua") + turn + paragraph("tiga"), section=TWO))
    assert result.pages == 2
    first = [found for found in seen(result) if found.page == 1]
    assert "".join(found.text for found in first).replace(" ", "") in ("satudua", "duasatu")


def test_columns_of_their_own_widths_with_a_line_between() -> None:
    own = '<w:cols w:num="2" w:equalWidth="0" w:sep="1"><w:col w:w="2000" w:space="400"/><w:col w:w="6000"/></w:cols>'
    body = paragraph("kiri") + '<w:p><w:r><w:br w:type="column"/><w:t>kanan</w:t></w:r></w:p>'
    found = seen(convert(Letter(body, section=SECTION + own)))
    assert found[0].right > LEFT + 120


@pytest.mark.parametrize(
    "columns", ['<w:cols w:num="60" w:space="0"/>', '<w:cols w:num="0"/>', '<w:cols w:num="2" w:space="99999"/>']
)
def test_columns_too_narrow_for_text_are_left_out(columns: str) -> None:
    assert texts(convert(Letter(paragraph("isi surat"), section=SECTION + columns))) == ["isi surat"]


@pytest.mark.parametrize(("kind", "pages"), [("oddPage", 3), ("evenPage", 2), ("nextPage", 2)])
def test_a_section_begins_on_an_odd_or_even_page(kind: str, pages: int) -> None:
    result = convert(
        Letter(ends_section(SECTION, "satu") + paragraph("dua"), section=f'<w:type w:val="{kind}"/>{SECTION}')
    )
    assert result.pages == pages
    assert line(result, "dua").page == pages


@pytest.mark.parametrize(("align", "share"), [("top", 0.0), ("center", 0.5), ("bottom", 1.0)])
def test_the_body_stands_in_the_middle_or_at_the_bottom_of_its_page(align: str, share: float) -> None:
    def baseline(name: str) -> float:
        return seen(convert(Letter(paragraph("isi"), section=f'{SECTION}<w:vAlign w:val="{name}"/>')))[0].y

    free = 841.9 - 56.7 - 70.9 - 12.65
    assert baseline(align) - baseline("top") == pytest.approx(free * share, abs=0.6)


def test_lines_kept_together_over_a_continuous_break_are_printed_once() -> None:
    body = "".join(paragraph(f"baris {number}") for number in range(54)) + paragraph("judul", "<w:keepNext/>")
    body += ends_section(SECTION, "akhir bagian") + "".join(paragraph(f"isi {number}") for number in range(5))
    found = texts(convert(Letter(body, section=CONTINUOUS + SECTION)))
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.250,50", "1.250"), ("1,250.50", "1,250"), ("75,5", "75"), ("0.5", "0"), ("1.250", "1.250"), ("1.250.000", "1.250.000"),
        ("Rp2.000,00", "Rp2.000"), ("12 orang", "12"), ("tanpa", None), ("5.", "5"),
    ],
)  # fmt: skip
def test_a_decimal_tab_divides_a_number_where_its_text_says(text: str, expected: str | None) -> None:
    at = decimal_point(text)
    assert (None if at is None else text[:at]) == expected


@pytest.mark.parametrize(
    ("xml", "name"),
    [
        (paragraph("x", "", '<w:bdr w:val="single" w:sz="4"/>'), "Garis tepi pada huruf"),
        (paragraph("x", "", "<w:shadow/>"), "Bayangan huruf"),
        (paragraph("x", "", "<w:emboss/>"), "Huruf timbul"),
        ('<w:tbl><w:tblPr><w:tblpPr w:tblpX="1"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>', "Tabel mengambang"),
        (table(row(cell("x", '<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>'))), "diagonal"),
        (paragraph("x", '<w:tabs><w:tab w:val="bar" w:pos="2000"/></w:tabs>'), "Garis tegak"),
        (paragraph("قاسم"), "kanan ke kiri"),
        (paragraph("\ua9b1\ua9b8"), "bergantung pada huruf"),
    ],
)  # fmt: skip
def test_what_is_printed_otherwise_than_in_word_is_told(xml: str, name: str) -> None:
    assert any(name in note for note in convert(xml).notes)


@pytest.mark.parametrize(
    "run",
    [
        '<w:bdr w:val="nil"/>',
        '<w:shadow w:val="0"/>',
        '<w:effect w:val="none"/>',
        '<w:emboss w:val="false"/>',
        '<w:kern w:val="72"/>',
    ],
)
def test_what_is_switched_off_is_not_told(run: str) -> None:
    assert convert(paragraph("x", "", run)).notes == ()


def test_a_paragraph_whose_mark_is_hidden_too_takes_no_room() -> None:
    hidden = paragraph("rahasia", "<w:rPr><w:vanish/></w:rPr>", "<w:vanish/>")
    one, other = (seen(convert(paragraph("satu") + middle + paragraph("dua"))) for middle in (hidden, ""))
    assert [(found.text, found.y) for found in one] == [(found.text, found.y) for found in other]


def test_signs_of_other_writing_do_not_start_lines_wrongly() -> None:
    lines = texts(convert(paragraph("kata \U0001f642 " * 60)))
    assert all(not found.startswith("\U0001f642") for found in lines)


def test_every_feature_letter_is_printed_without_a_note() -> None:
    for name, build in FEATURES.items():
        result = convert(build())
        document = pypdfium2.PdfDocument(result.data)
        assert (len(document), result.notes) == (result.pages, ()), name
        document.close()
