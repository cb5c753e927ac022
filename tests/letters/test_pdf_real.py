"""What letters that offices really wrote taught: fonts of the theme, fitted tables, full boxes, ends of sections, footnotes."""

from __future__ import annotations

import pytest

from tests.letters.test_pdf_kit import NAMESPACES, RELATIONS, SECTION, SENTENCE, Letter, convert, paragraph, seen, texts
from tests.letters.test_pdf_pages import pages_of
from tests.letters.test_pdf_shapes import shape
from tests.letters.test_pdf_tables import BORDERS, cell, row, table

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Cambria"/><a:cs typeface=""/>{more}</a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:cs typeface=""/>{more}</a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)
WORDS = "Surat keterangan ini dibuat dengan sebenarnya"
LEFT = 85.05
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
SECTION_END = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>{run}</w:p>'


def width_of(fonts: str, theme: str = "") -> float:
    line = seen(convert(Letter(paragraph(WORDS, run=f"<w:rFonts {fonts}/>"), theme=theme)))[0]
    return line.right - line.left


@pytest.mark.parametrize(
    ("named", "more", "meant"),
    [
        ("minorBidi", "", "Arial"),
        ("majorBidi", "", "Times New Roman"),
        ("minorBidi", '<a:font script="Arab" typeface="Courier New"/>', "Courier New"),
        ("minorHAnsi", "", "Calibri"),
        ("majorEastAsia", "", "Cambria"),
    ],
)
def test_a_font_of_the_theme_for_other_scripts_is_the_one_word_shows(named: str, more: str, meant: str) -> None:
    theme = width_of(f'w:asciiTheme="{named}" w:hAnsiTheme="{named}"', THEME.format(more=more))
    assert theme == pytest.approx(width_of(f'w:ascii="{meant}" w:hAnsi="{meant}"'), abs=0.1)


def test_a_line_that_is_only_a_break_is_as_high_as_the_letters_of_the_break() -> None:
    big = '<w:rPr><w:sz w:val="60"/></w:rPr>'
    body = f"<w:p><w:pPr>{big}</w:pPr><w:r><w:br/></w:r><w:r>{big}<w:t>Judul</w:t></w:r></w:p>"
    without = f"<w:p><w:pPr>{big}</w:pPr><w:r>{big}<w:t>Judul</w:t></w:r></w:p>"
    assert seen(convert(body))[0].y - seen(convert(without))[0].y == pytest.approx(12.65, abs=0.3)


def preferred(*widths: int, words: tuple[str, ...]) -> str:
    cells = (cell(word, f'<w:tcW w:w="{width}" w:type="dxa"/>') for width, word in zip(widths, words, strict=True))
    return row(*cells)


def test_a_table_without_a_width_is_no_broader_than_the_text() -> None:
    fitted = f'{BORDERS}<w:tblW w:w="0" w:type="auto"/>'
    wide = table(preferred(8000, 8000, words=("kiri", "kanan")), grid=(8000, 8000), properties=fitted)
    line = seen(convert(wide))[0]
    assert line.right < LEFT + 453.6
    fixed = table(
        preferred(8000, 8000, words=("kiri", "kanan")),
        grid=(8000, 8000),
        properties=f'{fitted}<w:tblLayout w:type="fixed"/>',
    )
    assert seen(convert(fixed))[0].right > LEFT + 400


def test_a_column_holds_its_longest_word_whole_and_the_broad_one_gives_the_room() -> None:
    words = ("Dipertanggungjawabkan", "isi")
    fitted = f'{BORDERS}<w:tblW w:w="6000" w:type="dxa"/>'
    body = table(preferred(900, 5100, words=words), grid=(900, 5100), properties=fitted)
    assert [line.text.replace(" ", "") for line in seen(convert(body))] == ["Dipertanggungjawabkanisi"]
    fixed = table(
        preferred(900, 5100, words=words), grid=(900, 5100), properties=f'{fitted}<w:tblLayout w:type="fixed"/>'
    )
    assert len(seen(convert(fixed))) > 1


def test_columns_that_no_width_satisfies_stay_as_they_are() -> None:
    long = "panjang" * 14
    body = table(preferred(3000, 3000, words=(long, long)), properties=f'{BORDERS}<w:tblW w:w="6000" w:type="dxa"/>')
    assert max(line.right for line in seen(convert(body))) < LEFT + 301


def boxed(text: str, body: str = "") -> str:
    content = "".join(paragraph(f"{text} {number}") for number in range(9))
    box = f'<wps:spPr><a:prstGeom prst="rect"/></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>{body}'
    return shape(box, (2_540_000, 635_000))


def test_text_below_the_edge_of_a_frame_is_cut_as_in_word_and_that_is_told() -> None:
    frame = '<w:framePr w:w="3000" w:h="1000" w:hRule="exact" w:vAnchor="page" w:hAnchor="page" w:x="2000" w:y="2000"/>'
    result = convert("".join(paragraph(f"baris {number}", frame) for number in range(9)))
    shown = " ".join(texts(result))
    assert [number for number in range(9) if f"baris {number}" in shown] == [0, 1, 2, 3]
    assert any("terpotong" in note for note in result.notes)


def test_no_text_of_a_box_is_lost_that_is_too_low_for_it() -> None:
    assert len([text for text in texts(convert(boxed("baris"))) if text.startswith("baris")]) == 9


def test_a_box_that_fits_its_text_shows_all_of_it() -> None:
    result = convert(boxed("baris", "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>"))
    assert len([text for text in texts(result) if text.startswith("baris")]) == 9
    assert result.notes == ()


@pytest.mark.parametrize("run", ["", '<w:r><w:br w:type="page"/></w:r>'])
def test_a_section_that_ends_after_a_page_break_leaves_no_page_empty(run: str) -> None:
    end = SECTION_END.format(run=run)
    body = paragraph("satu") + (end if run else PAGE_BREAK + end) + paragraph("dua")
    assert pages_of(body) == [["satu"], ["dua"]]


def test_nothing_is_seen_of_an_empty_paragraph_that_ends_a_section() -> None:
    running = '<w:type w:val="continuous"/>'
    lines = seen(
        convert(Letter(paragraph("satu") + SECTION_END.format(run="") + paragraph("dua"), section=running + SECTION))
    )
    assert lines[1].y - lines[0].y == pytest.approx(12.65, abs=0.3)


def test_text_does_not_stand_in_less_than_an_inch_beside_an_object() -> None:
    place = (
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    )
    broad = shape('<wps:spPr><a:prstGeom prst="rect"/></wps:spPr>', (5_080_000, 635_000), "wrapSquare", place)
    lines = [line for line in seen(convert(broad + paragraph(SENTENCE))) if line.text]
    assert lines[0].left == pytest.approx(LEFT, abs=0.5)


def test_footnotes_are_marked_and_printed_at_the_end() -> None:
    cited = '<w:p><w:r><w:t>Lihat aturan</w:t></w:r><w:r><w:footnoteReference w:id="{0}"/></w:r></w:p>'
    letter = Noted(cited.format(2) + cited.format(3) + paragraph("Demikian."))
    result = convert(letter)
    assert [" ".join(text.split()) for text in texts(result)] == [
        "1", "Lihat aturan", "2", "Lihat aturan", "Demikian.", "1 Pasal dua", "2 Pasal tiga",
    ]  # fmt: skip
    assert result.notes == ("Catatan kaki dicetak di akhir surat, tidak di kaki halaman seperti di Word.",)


class Noted(Letter):
    """A letter with footnotes."""

    def parts(self) -> dict[str, bytes]:
        parts = super().parts()
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> Pasal {word}</w:t></w:r></w:p></w:footnote>'
            for number, word in ((2, "dua"), (3, "tiga"))
        )
        parts["word/footnotes.xml"] = f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode()
        link = f'<Relationship Id="fn" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>'
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", link.encode())
        return parts
