"""Text of a letter: inheritance, character formats, alignment, spacing, tab stops, lists and line breaks."""

from __future__ import annotations

import re

import pytest

from asn_desk.letters.pdf.model import ParaFormat
from asn_desk.letters.pdf.placing.lines import spaced
from asn_desk.letters.pdf.reading.numbering import letters, roman, words, write_number
from tests.letters.test_pdf_kit import SENTENCE, STYLES, Letter, convert, paragraph, seen, texts

LEFT, RIGHT = 85.05, 538.6
LINE = 12.65
LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{567 * (level + 1)}" w:hanging="567"/></w:pPr></w:lvl>'
        for level, (style, text) in enumerate(
            [
                ("upperLetter", "%1."),
                ("decimal", "%2."),
                ("lowerLetter", "%3)"),
                ("lowerRoman", "(%4)"),
                ("bullet", "\uf0b7"),
            ]
        )
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def item(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def fonts_used(body: str, styles: str = STYLES) -> set[str]:
    data = convert(Letter(body, styles=styles)).data
    return {name.decode() for name in re.findall(rb"/FontName /[A-Z]+\+([\w-]+)", data)}


@pytest.mark.parametrize(
    ("font", "run", "expected"),
    [
        ("Arial", "", "LiberationSans"),
        ("Arial", "<w:b/>", "LiberationSans-Bold"),
        ("Times New Roman", "<w:i/>", "LiberationSerif-Italic"),
        ("Bookman Old Style", "<w:b/><w:i/>", "ASNDeskBookman-BoldItalic"),
        ("Calibri", "", "Carlito"),
        ("Cambria", "", "Caladea-Regular"),
        ("Courier New", "", "LiberationMono"),
    ],
)
def test_a_font_of_word_is_replaced_by_its_twin(font: str, run: str, expected: str) -> None:
    assert fonts_used(paragraph("Isi", run=f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{run}')) == {expected}


def test_an_unknown_font_is_replaced_and_reported() -> None:
    result = convert(paragraph("Isi", run='<w:rFonts w:ascii="Lato Hairline" w:hAnsi="Lato Hairline"/>'))
    assert texts(result) == ["Isi"]
    assert any('"Lato Hairline"' in note for note in result.notes)


def test_a_toggle_of_paragraph_and_character_style_switches_back() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Tebal"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Anak"><w:basedOn w:val="Tebal"/></w:style>'
        '<w:style w:type="character" w:styleId="Kuat"><w:rPr><w:b/></w:rPr></w:style>'
    )
    assert fonts_used(paragraph("x", '<w:pStyle w:val="Anak"/>'), styles) == {"LiberationSans-Bold"}
    assert fonts_used(paragraph("x", '<w:pStyle w:val="Anak"/>', '<w:rStyle w:val="Kuat"/>'), styles) == {
        "LiberationSans"
    }


def test_styles_that_inherit_in_a_circle_do_no_harm() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert texts(convert(Letter(paragraph("Isi", '<w:pStyle w:val="A"/>'), styles=styles))) == ["Isi"]


@pytest.mark.parametrize(("jc", "left", "right"), [("left", LEFT, None), ("right", None, RIGHT), ("end", None, RIGHT)])
def test_alignment(jc: str, left: float | None, right: float | None) -> None:
    line = seen(convert(paragraph("Kota Contoh", f'<w:jc w:val="{jc}"/>')))[0]
    assert left is None or line.left == pytest.approx(left, abs=0.5)
    assert right is None or line.right == pytest.approx(right, abs=0.5)


def test_justified_lines_reach_both_margins_except_the_last() -> None:
    lines = seen(convert(paragraph(SENTENCE * 3, '<w:jc w:val="both"/>')))
    assert all(line.right == pytest.approx(RIGHT, abs=1.0) for line in lines[:-1])
    assert lines[-1].right < RIGHT - 20


def test_the_larger_of_two_spacings_counts() -> None:
    first, second = seen(
        convert(paragraph("a", '<w:spacing w:after="200"/>') + paragraph("b", '<w:spacing w:before="400"/>'))
    )
    assert second.y - first.y == pytest.approx(LINE + 20, abs=0.1)


def test_contextual_spacing_drops_the_space_between_paragraphs_of_one_style() -> None:
    spacing = '<w:spacing w:before="200" w:after="200"/><w:contextualSpacing/>'
    first, second = seen(convert(paragraph("a", spacing) + paragraph("b", spacing)))
    assert second.y - first.y == pytest.approx(LINE, abs=0.1)


@pytest.mark.parametrize(
    ("line", "rule", "expected"),
    [
        (1.0, "auto", (10.0, 13.0, 0.0)),
        (1.5, "auto", (10.0, 19.5, 6.5)),
        (0.8, "auto", (7.4, 10.4, 0.0)),
        (20.0, "exact", (16.0, 20.0, 0.0)),
        (20.0, "atLeast", (17.0, 20.0, 0.0)),
        (5.0, "atLeast", (10.0, 13.0, 0.0)),
    ],
)
def test_line_spacing_rules(line: float, rule: str, expected: tuple[float, float, float]) -> None:
    assert spaced(ParaFormat(line=line, line_rule=rule), 10.0, 3.0, 13.0) == pytest.approx(expected)


def test_identity_lines_align_at_their_tab_stops() -> None:
    para = '<w:tabs><w:tab w:val="left" w:pos="2268"/><w:tab w:val="left" w:pos="2552"/></w:tabs><w:ind w:left="2552" w:hanging="2552"/>'
    lines = seen(convert(paragraph("Nama\t:\tAhmad Fauzi", para) + paragraph(f"Unit Kerja\t:\t{SENTENCE}", para)))
    assert lines[0].text.replace(" ", "") == "Nama:AhmadFauzi"
    assert lines[2].left == pytest.approx(LEFT + 2552 / 20, abs=0.5)


@pytest.mark.parametrize(("kind", "right"), [("right", 300.0), ("center", 300.0 + 27.5), ("decimal", 300.0 + 15.3)])
def test_text_meets_right_centre_and_decimal_stops(kind: str, right: float) -> None:
    line = seen(convert(paragraph("\t1.250,00", f'<w:tabs><w:tab w:val="{kind}" w:pos="6000"/></w:tabs>')))[0]
    width = line.right - line.left
    expected = {"right": LEFT + 300, "center": LEFT + 300 + width / 2, "decimal": LEFT + right}[kind]
    assert line.right == pytest.approx(expected, abs=0.5)


def test_a_leader_fills_the_way_to_the_stop() -> None:
    text = texts(
        convert(paragraph("Biaya\tRp5", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="6000"/></w:tabs>'))
    )[0]
    assert text.startswith("Biaya")
    assert text.endswith("Rp5")
    assert text.count(".") > 60


def test_lists_count_restart_and_continue() -> None:
    body = (
        item("Umum", 0) + item("satu", 1) + item("dua", 1) + item("rinci", 2) + item("dalam", 3) + item("tiga", 1)
        + item("Khusus", 0) + item("satu", 1) + item("Baru", 0, 2) + item("butir", 4)
    )  # fmt: skip
    found = [line.replace(" ", "") for line in texts(convert(Letter(body, numbering=LIST)))]
    assert found == [
        "A.Umum",
        "1.satu",
        "2.dua",
        "a)rinci",
        "(i)dalam",
        "3.tiga",
        "B.Khusus",
        "1.satu",
        "A.Baru",
        "•butir",
    ]


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (27, "lowerLetter", "aa"), (2, "upperLetter", "B"),
        (7, "decimalZero", "07"), (3, "none", ""), (5, "chicago", "**"), (5, "thaiLetters", "5"),
        (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"), (30, "hex", "1E"),
        (21, "cardinalText", "Dua puluh satu"), (0, "lowerRoman", "0"),
    ],
)  # fmt: skip
def test_number_formats(number: int, style: str, expected: str) -> None:
    assert write_number(number, style) == expected


def test_numbers_outside_their_range_fall_back_to_digits() -> None:
    assert (roman(4000), letters(0), words(100)) == ("4000", "0", "100")


def test_a_line_never_starts_with_a_colon() -> None:
    lines = texts(convert(paragraph("Undang-Undang tentang Aparatur : Kementerian", '<w:ind w:right="7000"/>')))
    assert all(not line.startswith(":") for line in lines)


def test_a_line_never_ends_with_an_opening_bracket() -> None:
    lines = texts(convert(paragraph("kata {{ nama }} " * 40)))
    assert all(not line.endswith("{{") for line in lines)


def test_a_word_longer_than_the_line_is_divided() -> None:
    lines = texts(convert(paragraph("panjang" * 40)))
    assert "".join(lines) == "panjang" * 40
    assert len(lines) > 1


def test_no_break_at_non_breaking_spaces_and_hyphens() -> None:
    body = "<w:p><w:r><w:t>NIP\u00a019850612\u00a0201001</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r></w:p>"
    assert texts(convert(body))[0].replace("\u00a0", " ") == "NIP 19850612 201001-2"


def test_capitals_tracked_changes_links_and_controls() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>wali kota</w:t></w:r><w:ins><w:r><w:t xml:space='preserve'> baru</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>lama</w:delText></w:r></w:del><w:hyperlink><w:r><w:t xml:space='preserve'> tautan</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t xml:space='preserve'> isi</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>rahasia</w:t></w:r></w:p>"
    )
    assert [" ".join(line.split()) for line in texts(convert(body))] == ["WALI KOTA baru tautan isi"]


def test_characters_the_font_lacks_come_from_another_font() -> None:
    result = convert(paragraph("Centang ✓ Ω 😀 selesai"))
    assert "✓" in texts(result)[0]
    assert "selesai" in texts(result)[0]
    assert convert(paragraph("漢")).notes


def test_ampersands_and_angle_brackets_are_plain_text() -> None:
    assert texts(convert(paragraph("Umum &amp; Keuangan &lt;belum ada&gt; Jum'at"))) == [
        "Umum & Keuangan <belum ada> Jum'at"
    ]
