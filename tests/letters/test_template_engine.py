"""Templates: tags that Word split, loops, escaping, pictures, and sentences for everything that is wrong with a template."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Cm

from asn_desk.errors import DeskError
from asn_desk.letters.templates.template import CompiledTemplate, compile_template, fill, load, used_fields
from tests.letters.letter_facts import picture


def word_file(*paragraphs: str, build: Callable[[Any], None] | None = None) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if build is not None:
        build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def compiled(*paragraphs: str, build: Callable[[Any], None] | None = None) -> CompiledTemplate:
    return compile_template(word_file(*paragraphs, build=build), "uji.docx")


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def filled(*paragraphs: str, **data: Any) -> list[str]:
    return lines(fill(compiled(*paragraphs), data))


def test_tags_that_word_split_across_runs_are_mended() -> None:
    def split(document: Any) -> None:
        paragraph = document.add_paragraph("Nama: {")
        paragraph.add_run("{ pegawai").bold = True
        paragraph.add_run(".nama ").italic = True
        paragraph.add_run("}} selesai")

    assert lines(fill(compiled(build=split), {"pegawai": {"nama": "Siti"}})) == ["Nama: Siti selesai"]


def test_curly_quotes_in_a_tag_are_straightened() -> None:
    assert filled("{{ daftar|join(“ – ”) }}", daftar=["a", "b"]) == ["a – b"]


@pytest.mark.parametrize(
    "value", ["Umum & Keuangan", "<belum ada>", 'Ma\'ruf "Al"', "{{ bukan_tanda }}", "🙂 Qāsim", "]]>", "&amp;"]
)
def test_awkward_values_come_out_as_they_are(value: str) -> None:
    assert filled("[{{ nama }}]", nama=value) == [f"[{value}]"]


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert filled("[{{ nama }}]", nama="a\x00b\x0bc\ud800d\uffffe") == ["[abcde]"]


def test_line_breaks_and_tabs_of_values_stay() -> None:
    assert filled("{{ alamat }}", alamat="Jalan A\r\nBlok <B>\tC") == ["Jalan A\nBlok <B>\tC"]


def test_nothing_switches_escaping_off() -> None:
    with pytest.raises(DeskError, match="safe"):
        compiled("{{ nama|safe }}")


FILTERS = (
    ("{{ d|tanggal }}", "22 September 2024"),
    ("{{ d }}", "22 September 2024"),
    ("{{ iso|tanggal }}", "22 September 2024"),
    ("{{ d|hari }}", "Minggu"),
    ("{{ d|bulan_romawi }}", "IX"),
    ("{{ n|terbilang }}", "dua puluh satu"),
    ("{{ n|romawi }}", "XXI"),
    ("{{ n|huruf }}", "u"),
    ("{{ 6500|angka }}", "6.500"),
    ("{{ nip|nip }}", "19800101 200501 2 001"),
    ("{{ nama|nama_gelar('Dr.', 'M.Si.') }}", "Dr. Siti, M.Si."),
    ("{{ nama|kapital }}", "SITI"),
)


@pytest.mark.parametrize(("source", "expected"), FILTERS)
def test_filters_write_as_the_office_does(source: str, expected: str) -> None:
    day = date(2024, 9, 22)
    assert filled(source, d=day, iso=day.isoformat(), n=21, nip="198001012005012001", nama="Siti") == [expected]


def test_paragraph_loops_and_conditions_leave_no_trace() -> None:
    paragraphs = (
        "{%p for x in daftar %}",
        "{{ loop.index|huruf }}. {{ x }}",
        "{%p endfor %}",
        "{%p if ada %}",
        "ada",
        "{%p endif %}",
    )
    assert filled(*paragraphs, daftar=["satu", "dua"], ada=False) == ["a. satu", "b. dua"]


def test_table_rows_repeat_and_an_emptied_table_goes() -> None:
    def build(document: Any) -> None:
        table = document.add_table(3, 2)
        for row, text in enumerate(("{%tr for x in daftar %}", "{{ x }}", "{%tr endfor %}")):
            table.cell(row, 0).text = text
        document.add_paragraph("akhir")

    template = compiled(build=build)
    full = docx.Document(io.BytesIO(fill(template, {"daftar": ["a", "b"]})))
    assert [[cell.text for cell in row.cells] for row in full.tables[0].rows] == [["a", ""], ["b", ""]]
    assert docx.Document(io.BytesIO(fill(template, {"daftar": []}))).tables == []


def test_a_cell_emptied_by_a_condition_keeps_a_paragraph() -> None:
    def build(document: Any) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "{%p if ada %}"
        cell.add_paragraph("isi")
        cell.add_paragraph("{%p endif %}")

    cell = docx.Document(io.BytesIO(fill(compiled(build=build), {"ada": False}))).tables[0].cell(0, 0)
    assert [paragraph.text for paragraph in cell.paragraphs] == [""]


def test_headers_and_footers_are_filled() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ tanda }}"
        document.sections[0].footer.paragraphs[0].text = "{{ kaki }}"

    section = docx.Document(io.BytesIO(fill(compiled(build=build), {"tanda": "CONTOH", "kaki": "x"}))).sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("CONTOH", "x")


def test_braces_outside_tags_stay() -> None:
    assert filled("kurung { biasa } dan {satu}") == ["kurung { biasa } dan {satu}"]


def test_used_fields_leave_loop_variables_out() -> None:
    template = compiled("{%p for x in daftar.isi %}", "{{ x.nama }} {{ pegawai.nama }}", "{%p endfor %}")
    assert used_fields(template) == {"daftar.isi", "pegawai.nama"}


def test_the_logo_takes_the_offices_picture_in_its_own_proportions(tmp_path: Path) -> None:
    drawn = tmp_path / "kotak.png"
    drawn.write_bytes(picture(200, 200))

    def build(document: Any) -> None:
        shape = document.add_paragraph().add_run().add_picture(str(drawn), Cm(2), Cm(2))
        shape._inline.docPr.set("name", "logo")

    template = compiled(build=build)
    logo = picture(300, 600)
    with zipfile.ZipFile(io.BytesIO(fill(template, {}, {"logo": logo}))) as archive:
        assert logo in [archive.read(name) for name in archive.namelist() if "media" in name]
    shape = docx.Document(io.BytesIO(fill(template, {}, {"logo": logo}))).inline_shapes[0]
    assert (round(shape.width / Cm(1), 2), round(shape.height / Cm(1), 2)) == (1.0, 2.0)
    assert len(docx.Document(io.BytesIO(fill(template, {}))).inline_shapes) == 0


BROKEN = (
    (("{%p for x in y %}", "{{ x }}"), "Perulangan {%p for x in y %} tidak ditutup dengan endfor"),
    (("{%p if x %}", "isi"), "Syarat {%p if x %} tidak ditutup dengan endif"),
    (("{%p endfor %}",), "tidak punya pembuka for"),
    (("{%p for x in y %}", "{%p endif %}"), "Yang masih terbuka di sini: {%p for x in y %}"),
    (("Nama {{ nama }",), "Tanda {{ tidak punya penutup"),
    (("nama }}",), "Tanda }} tidak punya pembuka"),
    (("{{ a b }}",), "Tanda {{ a b }} tidak dapat dibaca"),
    (("{{ a|tangal }}",), "Mungkin maksudnya tanggal"),
    (("{%p if a %} teks lain",), "masih memuat teks lain"),
    (("{%tr if a %}",), "hanya berlaku di dalam baris tabel"),
    (("{% if a %}", "{%p endif %}"), "pada tingkat lain"),
    (("{% include 'x' %}",), "tidak dikenal"),
)


@pytest.mark.parametrize(("paragraphs", "part"), BROKEN)
def test_broken_templates_name_the_place_and_what_to_do(paragraphs: tuple[str, ...], part: str) -> None:
    with pytest.raises(DeskError) as caught:
        compiled("Pembuka", *paragraphs)
    assert caught.value.code == "template_tag"
    assert part in caught.value.sentence
    assert "Templat uji.docx, alinea ke-" in caught.value.sentence


UNKNOWN = (
    ("{{ pegawai.nmaa }}", "pegawai.nama"),
    ("{{ pegawai.nipp|nip }}", "pegawai.nip"),
    ("{{ surta.nomor }}", "surat"),
)


@pytest.mark.parametrize(("source", "near"), UNKNOWN)
def test_an_unknown_field_names_the_nearest_right_one(source: str, near: str) -> None:
    with pytest.raises(DeskError) as caught:
        filled("Satu", f"Dua {source} tiga", pegawai={"nama": "a", "nip": "1"}, surat="x")
    assert caught.value.code == "template_field"
    assert f"Mungkin maksudnya {near}" in caught.value.sentence
    assert "alinea ke-2 (“Dua {{" in caught.value.sentence


def test_a_value_that_does_not_fit_names_the_tag() -> None:
    with pytest.raises(DeskError, match=r"\{\{ tgl\|tanggal \}\}") as caught:
        filled("{{ tgl|tanggal }}", tgl="kemarin")
    assert caught.value.code == "template_tag"


def test_templates_cannot_reach_into_the_program() -> None:
    with pytest.raises(DeskError):
        filled("{{ nama.__class__.__mro__ }}", nama="x")


def test_a_missing_template_says_which_and_where(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        load(tmp_path / "hilang.docx")
    assert caught.value.code == "template_missing"
    assert "hilang.docx" in caught.value.sentence


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    middle = data.index(b"word/document.xml") + 60
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


def not_a_letter(_data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("halo.txt", "bukan surat")
    return buffer.getvalue()


@pytest.mark.parametrize("damage", [cut, flipped, not_a_letter, lambda _data: b"", lambda _data: os.urandom(400)])
def test_a_damaged_template_is_refused_in_words(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "rusak.docx"
    file.write_bytes(damage(word_file("{{ nama }}")))
    with pytest.raises(DeskError) as caught:
        load(file)
    assert caught.value.code == "template_damaged"
    assert "rusak.docx" in caught.value.sentence


def test_a_changed_template_file_is_compiled_anew(tmp_path: Path) -> None:
    file = tmp_path / "surat.docx"
    file.write_bytes(word_file("lama"))
    assert lines(fill(load(file), {})) == ["lama"]
    file.write_bytes(word_file("baru", "dan lebih panjang"))
    assert lines(fill(load(file), {})) == ["baru", "dan lebih panjang"]


def test_the_same_data_give_the_same_bytes_and_untouched_parts_stay_packed() -> None:
    template = compiled("{{ nama }}")
    first, second = (fill(template, {"nama": "Siti"}) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
