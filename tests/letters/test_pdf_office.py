"""What office letters carry besides plain text: the grid of lines, soft hyphens, uneven columns, lines around pages, floating tables."""

from __future__ import annotations

import itertools

import pytest

from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.placing.pages import make_pages
from asn_desk.letters.pdf.reading import known
from asn_desk.letters.pdf.reading.reader import read_document
from asn_desk.letters.pdf.writer import docx_to_pdf
from tests.letters.office_kit import A4, LOGO, cells, grid, inline, office, para, run
from tests.letters.office_kops import OFFICE_KOPS
from tests.letters.office_lists import OFFICE_LISTS
from tests.letters.office_pages import OFFICE_PAGES
from tests.letters.office_python import OFFICE_PYTHON
from tests.letters.office_tables import OFFICE_TABLES
from tests.letters.office_texts import OFFICE_TEXTS
from tests.letters.test_pdf_kit import META, SECTION, SENTENCE, Letter, convert, paragraph, seen, texts
from tests.letters.test_pdf_shapes import drawn

GRID = SECTION + '<w:docGrid w:type="lines" w:linePitch="360"/>'
LETTERS = {**OFFICE_KOPS, **OFFICE_LISTS, **OFFICE_TABLES, **OFFICE_TEXTS, **OFFICE_PAGES}


def gaps(letter: Letter) -> list[float]:
    found = seen(convert(letter))
    return [lower.y - upper.y for upper, lower in itertools.pairwise(found)]


@pytest.mark.parametrize("name", LETTERS)
def test_office_letters_are_printed_without_a_note_and_alike_every_time(name: str) -> None:
    letter = LETTERS[name]()
    known.forget()
    first = convert(letter)
    assert (first.notes, convert(letter).data) == ((), first.data)


@pytest.mark.parametrize("name", OFFICE_PYTHON)
def test_letters_of_python_docx_are_printed_without_a_note(name: str) -> None:
    assert docx_to_pdf(OFFICE_PYTHON[name](), META).notes == ()


@pytest.mark.parametrize(
    ("form", "run_form", "pitch"),
    [
        ("", "", 18.0), ("", '<w:sz w:val="40"/>', 36.0), ('<w:snapToGrid w:val="0"/>', "", 12.65),
        ('<w:spacing w:line="360" w:lineRule="auto"/>', "", 27.0), ('<w:spacing w:line="280" w:lineRule="exact"/>', "", 14.0),
    ],
)  # fmt: skip
def test_lines_keep_to_the_grid_of_their_section(form: str, run_form: str, pitch: float) -> None:
    assert gaps(Letter(paragraph(SENTENCE * 2, form, run_form), section=GRID))[0] == pytest.approx(pitch, abs=0.1)


def test_the_grid_stands_in_the_middle_of_the_page_and_holds_in_cells() -> None:
    plain, snapped = (seen(convert(Letter(paragraph("a"), section=section)))[0].y for section in (SECTION, GRID))
    spare = (841.9 - 56.7 - 70.9) % 18.0 / 2
    assert snapped - plain == pytest.approx(spare + (18.0 - 12.65) / 2, abs=0.1)
    table = grid(cells("a", widths=(2000,)) * 3, (2000,))
    assert gaps(office(table, GRID))[0] == pytest.approx(18.5, abs=0.1)


def test_line_spacing_is_that_of_the_lower_line() -> None:
    breaks = "<w:r><w:br/></w:r>"
    runs = run("besar", '<w:sz w:val="44"/>') + breaks + run("kecil") + breaks + run("kecil")
    single, double = (
        gaps(office(para(runs, f'<w:spacing w:line="{line}" w:lineRule="auto"/>'))) for line in (240, 480)
    )
    assert [wide - narrow for wide, narrow in zip(double, single, strict=True)] == pytest.approx(
        [13.45, 13.45], abs=0.1
    )


def test_a_line_that_is_only_a_picture_takes_line_spacing_too() -> None:
    def high(line: int) -> float:
        form = f'<w:spacing w:after="0" w:line="{line}" w:lineRule="auto"/>'
        return seen(convert(office(para(inline(400_000, 500_000), form) + paragraph("bawah"), media=LOGO)))[0].y

    assert high(480) - high(240) == pytest.approx(13.45, abs=0.1)


@pytest.mark.parametrize("mark", ["\u00ad", "</w:t></w:r><w:r><w:softHyphen/></w:r><w:r><w:t>"])
def test_soft_hyphens_show_only_where_a_line_ends(mark: str) -> None:
    word = mark.join(("per", "tang", "gung", "ja", "wab", "an"))
    found = texts(convert(paragraph(f"{word} " * 40)))
    assert all("-" not in line[:-1] for line in found)
    assert any(line.endswith("-") for line in found)
    assert "".join(line.removesuffix("-") for line in found).replace(" ", "") == "pertanggungjawaban" * 40


def test_words_in_small_capitals_are_divided_after_their_hyphens() -> None:
    narrow = '<w:ind w:right="6300"/>'
    found = texts(convert(paragraph("Undang-Undang Undang-Undang", narrow, "<w:smallCaps/>")))
    assert found == ["UNDANG-UNDANG", "UNDANG-UNDANG"] or found[0].endswith("-")


def test_text_that_goes_on_in_a_broader_column_is_as_broad_as_it() -> None:
    own = (
        '<w:cols w:num="2" w:space="400" w:equalWidth="0"><w:col w:w="2500" w:space="400"/><w:col w:w="6171"/></w:cols>'
    )
    words = [f"kata{number}" for number in range(1_500)]
    result = convert(Letter(paragraph(" ".join(words)), section=SECTION + own))
    rows = seen(result)
    assert max(row.right for row in rows) == pytest.approx(538.6, abs=30.0)
    assert sum(row.text.count("kata") for row in rows) == len(words)


def test_equal_paragraphs_in_uneven_columns_are_all_printed() -> None:
    own = (
        '<w:cols w:num="2" w:space="400" w:equalWidth="0"><w:col w:w="2800" w:space="400"/><w:col w:w="5871"/></w:cols>'
    )
    end = f'<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/>{SECTION}{own}</w:sectPr></w:pPr><w:r><w:t>tutup</w:t></w:r></w:p>'
    first = f"<w:p><w:pPr><w:sectPr>{SECTION}</w:sectPr></w:pPr><w:r><w:t>judul</w:t></w:r></w:p>"
    body = first + paragraph(SENTENCE) * 6 + end + paragraph("bawah")
    found = " ".join(texts(convert(Letter(body, section=f'<w:type w:val="continuous"/>{SECTION}'))))
    assert found.count("netralitas") == 6


@pytest.mark.parametrize(
    ("display", "pages"), [("allPages", [True, True]), ("firstPage", [True, False]), ("notFirstPage", [False, True])]
)
def test_lines_around_the_pages_they_are_meant_for(display: str, pages: list[bool]) -> None:
    edge = "".join(f'<w:{side} w:val="single" w:sz="16" w:space="20"/>' for side in ("top", "left", "bottom", "right"))
    borders = f'<w:pgBorders w:offsetFrom="page" w:display="{display}">{edge}</w:pgBorders>'
    letter = Letter("".join(paragraph(f"baris {number}") for number in range(70)), section=SECTION + borders)
    notes = Notes()
    rules = [drawn(sheet).rules for sheet in make_pages(read_document(letter.docx(), notes), notes)]
    assert [len(found) == 4 for found in rules] == pages
    assert notes.all() == ()
    level = next(found for found in rules if found)[0]
    assert min(level.y1, level.x1) == pytest.approx(20.0, abs=2.1)


def test_a_table_dragged_to_the_side_leaves_its_lines_to_the_text() -> None:
    place = '<w:tblStyle w:val="TableGrid"/><w:tblpPr w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="6000" w:tblpY="1"/>'
    table = grid(cells("Agenda", widths=(3000,)) * 2, (3000,), place)
    rows = seen(convert(office(table + paragraph(SENTENCE * 3), A4)))
    assert rows[0].y < 75
    assert rows[0].left == pytest.approx(85.05, abs=1.0)
    assert "Agenda" in rows[0].text or "Agenda" in rows[1].text


def test_paragraphs_divided_by_a_line_keep_their_distance_on_both_sides() -> None:
    line = 'w:val="single" w:sz="8" w:space="6" w:color="auto"'
    form = f"<w:pBdr><w:top {line}/><w:bottom {line}/><w:between {line}/></w:pBdr>"
    plain, divided = (gaps(Letter(paragraph("a", given) * 2))[0] for given in ("", form))
    assert divided - plain == pytest.approx(13.0, abs=0.1)
