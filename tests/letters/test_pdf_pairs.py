"""Letters that stand closer than their widths: kerned pairs, joined letters; and the measures lines get from their fonts."""

from __future__ import annotations

import importlib.util
import json
import re
import zlib
from pathlib import Path
from types import ModuleType

import pytest

from asn_desk.letters.pdf.output import fonts
from asn_desk.letters.pdf.placing import pairs
from asn_desk.letters.pdf.reading.props import para_props
from asn_desk.paths import resource
from tests.letters.test_pdf_kit import NAMESPACES, SENTENCE, Letter, Seen, convert, paragraph, seen, texts

KERN = '<w:kern w:val="2"/>'
FACES = (("Arial", "sans"), ("Times New Roman", "serif"), ("Calibri", "calibri"), ("Bookman Old Style", "bookman"))


def dressed(font: str, more: str = "", size: int = 40) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:sz w:val="{size}"/>{more}'


def only_line(text: str, run: str) -> Seen:
    found = seen(convert(paragraph(text, "", run)))
    assert len(found) == 1
    return found[0]


def operators(letter: str) -> bytes:
    data = convert(letter).data
    streams = re.findall(rb"/Length (\d+) >>\nstream\n", data)
    assert streams
    start = data.index(b"stream\n") + len(b"stream\n")
    return zlib.decompressobj().decompress(data[start:])


@pytest.mark.parametrize(("font", "family"), FACES)
def test_pairs_move_together_only_where_the_letter_asks_for_it(font: str, family: str) -> None:
    apart, close = (only_line("AVATAR|", dressed(font, more)) for more in ("", KERN))
    assert apart.text == close.text == "AVATAR|"
    stem = fonts.face(family).name
    table = pairs.kerns(stem)
    moved = sum(table.get(one, {}).get(two, 0.0) for one, two in zip("AVATAR", "VATAR|", strict=True)) * 20 / 1000
    assert moved < 0
    assert close.right - apart.right == pytest.approx(moved, abs=0.05)


def test_pairs_of_a_word_and_a_space_are_moved_too_and_justified_lines_end_at_the_margin() -> None:
    text = "Yth. Toko AVATAR T. A. Wakil P. L. Y. " * 12
    found = seen(convert(Letter(paragraph(text, '<w:jc w:val="both"/>', dressed("Arial", KERN, 24)))))
    assert len(found) > 3
    assert {round(line.right, 0) for line in found[:-1]} == {round(found[0].right, 0)}
    assert " ".join(line.text for line in found).split() == text.split()


@pytest.mark.parametrize(("kern", "size", "moved"), [(2, 24, True), (24, 24, True), (28, 24, False), (0, 24, False)])
def test_kerning_starts_at_the_size_the_file_names(kern: int, size: int, moved: bool) -> None:
    plain = only_line("AVATAR", dressed("Arial", "", size))
    found = only_line("AVATAR", dressed("Arial", f'<w:kern w:val="{kern}"/>', size))
    assert (found.right < plain.right - 0.5) is moved


def test_text_without_kerning_is_written_as_plain_strings() -> None:
    assert b" TJ" not in operators(paragraph("AVATAR To Ya", "", dressed("Arial")))
    assert b" TJ" in operators(paragraph("AVATAR To Ya", "", dressed("Arial", KERN)))


@pytest.mark.parametrize("signs", ["A(V)A\\V", "Tö „Va“ – AV", "AV€To", "A\u2011V To"])
def test_kerned_text_with_other_signs_stays_readable(signs: str) -> None:
    assert texts(convert(paragraph(signs, "", dressed("Times New Roman", KERN))))[0] == signs.replace("\u2011", "-")


@pytest.mark.parametrize(
    ("word", "narrower"), [("attitude", 43.5), ("official", 32.2), ("shift", 24.4), ("sudah", 0.0)]
)
def test_joined_letters_are_as_narrow_as_the_joined_sign_and_read_as_letters(word: str, narrower: float) -> None:
    face = fonts.face("calibri")
    letters = sum(face.width(sign) for sign in word)
    assert face.width(word) == pytest.approx(letters - narrower / 1000, abs=1e-6)
    assert only_line(word, dressed("Calibri")).text == word


def test_joined_letters_are_not_kerned_among_themselves() -> None:
    kerned = {"t": {"t": -50.0, "a": -10.0}}
    found = pairs.distances("tta", kerned, pairs.Joined({"tt": -20.0}))
    assert found == {0: -20.0, 1: -10.0}
    assert pairs.distances("tta", kerned, pairs.Joined({"tt": 0.0})) == {1: -10.0}


def packaging_script() -> ModuleType:
    path = Path(__file__).parents[2] / "packaging" / "font_pairs.py"
    spec = importlib.util.spec_from_file_location("font_pairs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("stem", ["LiberationSans-Bold", "LiberationSerif-Regular"])
def test_the_stored_pairs_are_those_of_the_font(stem: str) -> None:
    script = packaging_script()
    from fontTools.ttLib import TTFont

    with TTFont(resource("fonts", f"{stem}.ttf"), lazy=True) as font:
        cmap, units = font.getBestCmap(), font["head"].unitsPerEm
        glyphs = {sign: cmap[ord(sign)] for sign in "AVTWYPLFaeo., '-1r"}
        expected = {pair: round(value * 1000 / units, 1) for pair, value in script.kerning(font, glyphs).items()}
    stored = pairs.kerns(stem)
    assert len(expected) > 20
    assert {(one, two): stored[one][two] for one in glyphs for two in glyphs if two in stored.get(one, {})} == expected


def test_every_stored_file_belongs_to_a_font() -> None:
    files = sorted(resource("fonts", "pairs").glob("*.json"))
    stems = {path.stem for path in resource("fonts").glob("*.ttf")}
    assert len(files) > 20
    assert {path.stem for path in files} - {"ligatures"} <= stems
    assert json.loads((resource("fonts", "pairs") / "ligatures.json").read_text(encoding="utf-8")).keys() <= stems


@pytest.mark.parametrize(
    ("family", "size", "twips"),
    [
        ("serif", 12, 276), ("serif", 10, 231), ("serif", 10.5, 242), ("sans", 11, 253), ("sans", 11.5, 265), ("sans", 13, 300),
        ("sans", 16, 369), ("calibri", 11, 269), ("cambria", 11.5, 265), ("bookman", 10, 268), ("bookman", 12, 321), ("mono", 16, 363),
    ],
)  # fmt: skip
def test_a_line_is_as_high_as_in_libreoffice(family: str, size: float, twips: int) -> None:
    assert sum(fonts.face(family).extents(size)) * 20 == pytest.approx(twips)


@pytest.mark.parametrize(
    ("line", "factor"),
    [(240, 1.0), (259, 1.08), (276, 1.15), (278, 1.15), (283, 1.17), (290, 1.21), (331, 1.38), (345, 1.43), (360, 1.5), (480, 2.0)],
)  # fmt: skip
def test_line_spacing_in_whole_hundredths(line: int, factor: float) -> None:
    from asn_desk.letters.pdf.reading.ooxml import parse

    element = parse(f'<w:pPr {NAMESPACES}><w:spacing w:line="{line}" w:lineRule="auto"/></w:pPr>'.encode())
    assert para_props(element)["line"] == pytest.approx(factor)


@pytest.mark.parametrize(
    ("word", "ends"),
    [("800/12.3/IV-a/2024", "xx"), ("SE-01/2024", "SE-"), ("undang-undangan", "undang-")],
)
def test_a_word_with_slashes_after_a_hyphen_is_not_torn_where_a_slash_would_still_fit(word: str, ends: str) -> None:
    lead = "xx " + word[: word.index("-") + 1] + word[word.index("-") + 1 :][:5]
    room = fonts.face("mono").width(lead) * 10
    body = paragraph(
        f"xx {word}", f'<w:ind w:right="{round((595.3 - 141.75 - room) * 20) - 40}"/>', dressed("Courier New", "", 20)
    )
    assert texts(convert(body))[0].endswith(ends)


def test_an_unknown_number_format_is_told() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0">{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = paragraph("butir", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    for style, told in (("thaiLetters", True), ("upperRoman", False)):
        result = convert(Letter(body, numbering=numbering.format(level.format(style))))
        assert any("Format nomor" in note for note in result.notes) is told


def test_space_between_columns_and_the_paragraph_above_them_is_kept() -> None:
    from tests.letters.test_pdf_kit import SECTION

    two = f'<w:type w:val="continuous"/>{SECTION}<w:cols w:num="2" w:space="567"/>'
    tops = []
    for after in (0, 400):
        body = f'<w:p><w:pPr><w:spacing w:after="{after}"/><w:sectPr>{SECTION}</w:sectPr></w:pPr><w:r><w:t>Atas</w:t></w:r></w:p>'
        body += "".join(paragraph(SENTENCE) for _ in range(4))
        body += f"<w:p><w:pPr><w:sectPr>{two}</w:sectPr></w:pPr><w:r><w:t>Akhir</w:t></w:r></w:p>" + paragraph("Bawah")
        found = seen(convert(Letter(body, section=f'<w:type w:val="continuous"/>{SECTION}')))
        tops.append(found[1].y - found[0].y)
    assert tops[1] - tops[0] == pytest.approx(20.0, abs=0.1)


def test_a_paragraph_kept_with_the_next_one_is_not_divided() -> None:
    body = "".join(paragraph(f"Baris {number}") for number in range(52))
    body += paragraph(SENTENCE * 4, "<w:keepNext/>") + paragraph("Berikut")
    found = seen(convert(body))
    kept = [line for line in found if not line.text.startswith(("Baris", "Berikut"))]
    assert len(kept) > 3
    assert {line.page for line in kept} == {2}
