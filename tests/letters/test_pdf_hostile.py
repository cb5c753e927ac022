"""Letters of hostile size cost time in proportion to their size, and paragraphs filled unparsed are what the parser would read."""

from __future__ import annotations

import gc
import time

import pytest

from asn_desk.letters.pdf.reading import known
from asn_desk.letters.pdf.reading.worded import cut_words
from tests.letters.test_pdf_kit import SENTENCE, Letter, convert, paragraph, texts
from tests.letters.test_pdf_tables import cell, row, table
from tests.letters.test_pdf_text import LIST, item


def seconds(body: str) -> float:
    known.forget()
    gc.disable()  # else the time is that of looking through whatever other tests left in this process
    try:
        began = time.process_time()
        convert(body)
        return time.process_time() - began
    finally:
        gc.enable()


def merged(rows: int) -> str:
    first = row(*(cell("a", '<w:vMerge w:val="restart"/>') for _ in range(8)))
    following = (row(*(cell("", "<w:vMerge/>") for _ in range(8))) for _ in range(rows))
    return table(first, *following, grid=(400,) * 8)


@pytest.mark.parametrize(
    ("build", "size"),
    [
        (lambda size: paragraph("x" * size), 50_000),
        (lambda size: paragraph("\u00e9" * size), 50_000),
        (lambda size: paragraph("a-" * size), 10_000),
        (lambda size: paragraph("kata lain " * size, '<w:jc w:val="both"/><w:keepLines/>'), 4_000),
        (lambda size: "<w:p>" + '<w:r><w:t xml:space="preserve"> </w:t></w:r>' * size + "</w:p>", 4_000),
        (lambda size: "<w:p><w:r>" + "<w:tab/>" * size + "</w:r></w:p>", 4_000),
        (lambda size: table(row(cell("kata " * size)), grid=(3000,)), 8_000),
        (lambda size: "".join(paragraph(f"baris {number}", "<w:keepNext/>") for number in range(size)), 500),
        (lambda size: paragraph("aB" * size, "", "<w:smallCaps/>"), 4_000),
        (merged, 60),
    ],
)  # fmt: skip
def test_eight_times_the_size_takes_nowhere_near_the_square_of_the_time(build, size) -> None:  # type: ignore[no-untyped-def]
    small = min(seconds(build(size)) for _ in range(2))
    assert seconds(build(8 * size)) < 24 * small + 0.3


def fresh(body: str) -> bytes:
    known.forget()
    return convert(Letter(body, numbering=LIST)).data


@pytest.mark.parametrize(
    "words",
    [
        "Siti Rahmawati", "Umum &amp; Keuangan", "&lt;belum ada&gt;", "  pinggir  ", "\u00e9 \u00adx \U0001f642 Q\u0101sim", "a &#65; b",
        "garis\tbaru", "'kutip' \"ganda\"", "]] &gt;", "", " ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("preserve", ['<w:t xml:space="preserve">', "<w:t>"])
def test_a_letter_after_others_is_the_same_as_alone(words: str, preserve: str) -> None:
    def body(text: str) -> str:
        bold = f"<w:r><w:rPr><w:b/></w:rPr>{preserve}{text}</w:t></w:r>"
        run = f"<w:p><w:pPr><w:ind/></w:pPr>{bold}<w:r><w:tab/><w:t>:</w:t></w:r></w:p>"
        listed = item("butir", 1).replace("butir", text)
        cells = table(row(cell("Nama"), cell("x").replace(">x<", f">{text}<")))
        return run + listed + cells + paragraph(SENTENCE)

    alone = fresh(body(words))
    known.forget()
    for other in ("satu", "dua kata", "tiga"):
        convert(Letter(body(other), numbering=LIST))
    assert convert(Letter(body(words), numbering=LIST)).data == alone


@pytest.mark.parametrize(
    "xml",
    [
        b"<w:p><w:r><w:t>a&#10;b</w:t></w:r></w:p>", b"<w:p><w:r><w:t>a\xff</w:t></w:r></w:p>", b"<w:p><w:r><w:t>&nbsp;</w:t></w:r></w:p>",
        b"<w:p><w:r><w:t>a</w:t><w:drawing/></w:r></w:p>", b"<w:p><w:r><w:fldChar/><w:t>a</w:t></w:r></w:p>", b"<w:tbl/>",
        b"<w:p><w:r><w:t>\x01</w:t></w:r></w:p>", b"<w:p><w:r><w:t>]]></w:t></w:r></w:p>", b"<w:p/>",
    ],
)  # fmt: skip
def test_what_only_a_parser_can_read_is_left_to_it(xml: bytes) -> None:
    assert cut_words(xml) is None


def test_a_damaged_paragraph_is_refused_after_whole_ones_too() -> None:
    known.forget()
    for word in ("satu", "dua"):
        convert(paragraph(word))
    found = texts(convert(paragraph("tiga &amp; empat")))
    assert found == ["tiga & empat"]


def test_signs_without_a_glyph_are_printed_as_a_box_whatever_the_font() -> None:
    for font in ("Arial", "Times New Roman", "Bookman Old Style"):
        run = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
        assert texts(convert(paragraph("a \U0001f642 b", "", run)))[0].count("\ud83d") == 1
