"""The template checker: what it finds, how much each thing matters, and where it says it is."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from asn_desk.letters.checker.checking import check
from asn_desk.letters.checker.findings import Finding, Severity
from asn_desk.letters.contents.kinds import KINDS, RESIGNATION
from asn_desk.letters.templates.compiling import spans
from asn_desk.letters.templates.template import compile_template, fill
from asn_desk.paths import template_file
from tests.letters.word_files import CHART, add_paragraph_xml, texts, with_parts, word_file


def found(*paragraphs: str, kind: str | None = None, build: Any = None) -> list[Finding]:
    return list(check(word_file("Pembuka", *paragraphs, build=build), kind).findings)


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.severity.value, finding.code) for finding in findings if finding.code != "missing_font"]


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_shipped_template_has_nothing_to_say(code: str) -> None:
    data = template_file(KINDS[code].template).read_bytes()
    assert [finding.full for finding in check(data, code).findings] == []
    assert [finding.full for finding in check(data).findings] == []


BROKEN = (
    ("{{ pegawai.nmaa }}", "unknown_field", "Mungkin maksudnya pegawai.nama."),
    ("{{ pegawai.nomr|nip }}", "unknown_field", "Mungkin maksudnya pegawai.nomor."),
    ("{%p for x in dasr %}", "unknown_field", "Mungkin maksudnya dasar."),
    ("{%p for x in dasar %}", "unclosed_block", "Perulangan {%p for x in dasar %} tidak ditutup dengan endfor."),
    ("{% if dasar %}isi", "unclosed_block", "Syarat {% if dasar %} tidak ditutup dengan endif."),
    ("{%p endfor %}", "unclosed_block", "tidak punya pembuka for"),
    ("Nama {{ pegawai.nama }", "broken_tag", "Tanda {{ tidak punya penutup"),
    ("pegawai.nama }}", "broken_tag", "Tanda }} tidak punya pembuka"),
    ("{{ pegawai.nama dan {{ surat.nomor }}", "broken_tag", "{{ pegawai.nama dan tidak punya penutup"),
    ("{{ pegawai.nama surat }}", "broken_tag", "tidak dapat dibaca"),
    ("{{ surat.tanggal|tangal }}", "unknown_filter", "Mungkin maksudnya tanggal."),
    ("{%p if dasar %} teks lain", "misplaced_tag", "masih memuat teks lain"),
    ("{%tr if dasar %}", "misplaced_tag", "hanya berlaku di dalam baris tabel"),
    ("{% include 'x' %}", "unknown_tag", "Yang dapat dipakai: if, elif, else, for, set."),
    ("{{ ''.__class__.__mro__ }}", "forbidden", "bagian dalam program"),
    ("{{ pegawai.nama.upper() }}", "forbidden", "memanggil pegawai.nama.upper()"),
)


@pytest.mark.parametrize(("text", "code", "words"), BROKEN)
def test_each_fault_is_an_error_with_its_place_and_what_to_do(text: str, code: str, words: str) -> None:
    first = next(finding for finding in found(text, kind=RESIGNATION) if finding.code == code)
    assert first.severity == Severity.ERROR
    assert words in first.sentence
    assert (first.paragraph, first.page, first.text) == (2, 1, text)
    assert first.full.startswith("Halaman 1, alinea ke-2 (“")


def test_all_faults_are_told_at_once_in_the_order_of_the_letter() -> None:
    findings = found("{{ pegawai.nmaa }}", "{%p for x in dasar %}", "{{ x }}", "{{ kantr.daerah }}", kind=RESIGNATION)
    assert [(finding.paragraph, finding.code) for finding in findings] == [
        (2, "unknown_field"),
        (3, "unclosed_block"),
        (5, "unknown_field"),
    ]


def test_a_lost_loop_end_inside_a_condition_is_laid_at_the_loop() -> None:
    paragraphs = ("{%p if dasar %}", "{%p for x in dasar %}", "{{ x }}", "{%p endif %}")
    [finding] = found(*paragraphs, kind=RESIGNATION)
    assert (finding.code, finding.paragraph) == ("unclosed_block", 3)


def test_the_same_fault_twice_is_told_twice_but_a_fallback_drawing_only_once() -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>{{ tnda }}</w:t></w:r></w:p></w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>{{ tnda }}</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    findings = found(
        "{{ tnda }}", "{{ tnda }}", kind=RESIGNATION, build=lambda document: add_paragraph_xml(document, box)
    )
    assert [finding.paragraph for finding in findings] == [2, 3, 5]


def test_a_loop_that_cannot_be_read_does_not_blame_its_content() -> None:
    findings = found("{%p for x in dasar| %}", "{{ x }}", "{%p endfor %}", kind=RESIGNATION)
    assert [(finding.paragraph, finding.code) for finding in findings] == [(2, "broken_tag")]


def test_a_loop_variable_is_known_inside_its_loop_only() -> None:
    findings = found("{%p for x in dasar %}", "{{ x }} {{ loop.index }}", "{%p endfor %}", "{{ x }}", kind=RESIGNATION)
    assert [(finding.paragraph, finding.code) for finding in findings] == [(5, "unknown_field")]


def test_without_a_kind_only_what_looks_misspelt_is_an_error() -> None:
    findings = found("{{ pegawai.nmaa }} {{ warna_kesukaan }}")
    assert codes(findings) == [("error", "unknown_field"), ("warning", "unknown_field")]


def test_a_field_with_a_default_or_a_test_may_be_missing() -> None:
    assert found("{{ catatan|default('') }}{% if catatan is defined %}x{% endif %}", kind=RESIGNATION) == []


def test_a_value_that_does_not_fit_shows_with_the_example_values() -> None:
    [finding] = found("{{ pegawai.nama|tanggal }}", kind=RESIGNATION)
    assert finding.code == "unfit_value"
    assert "{{ pegawai.nama|tanggal }}" in finding.sentence


def split_by_word(document: Any) -> None:
    add_paragraph_xml(
        document,
        '<w:r w:rsidR="00A1"><w:t xml:space="preserve">Nama: {</w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:r w:rsidR="00B2"><w:rPr><w:lang w:val="id-ID"/></w:rPr><w:t>{ pegawai</w:t></w:r>'
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:proofErr w:type="spellEnd"/>'
        '<w:r><w:rPr><w:noProof/></w:rPr><w:t>.nama </w:t></w:r><w:bookmarkStart w:id="5" w:name="tanda"/>'
        '<w:r><w:t>}</w:t></w:r><w:bookmarkEnd w:id="5"/><w:r><w:t>} selesai</w:t></w:r>',
    )


def test_a_tag_split_by_words_spelling_and_revisions_is_no_fault_and_is_filled() -> None:
    data = word_file(build=split_by_word)
    assert check(data, RESIGNATION).findings == ()
    assert texts(fill(compile_template(data, "x"), {"pegawai": {"nama": "Siti"}})) == ["Nama: Siti selesai"]


FORMATS = (
    (lambda run: setattr(run, "bold", True), "hanya sebagian tebal"),
    (lambda run: setattr(run, "italic", True), "hanya sebagian miring"),
    (lambda run: setattr(run.font, "name", "Arial"), "memakai jenis huruf yang tidak sama"),
)


@pytest.mark.parametrize(("change", "words"), FORMATS)
def test_a_half_formatted_tag_is_a_warning_that_names_the_difference(change: Any, words: str) -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Nama: {{ pega")
        change(paragraph.add_run("wai.nama }}"))

    [finding] = found(kind=RESIGNATION, build=build)
    assert (finding.severity, finding.code, finding.paragraph) == (Severity.WARNING, "half_formatted", 2)
    assert f"Tanda {{{{ pegawai.nama }}}} {words}." in finding.sentence


def test_a_wholly_bold_tag_is_no_finding() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Nama: ").add_run("{{ pegawai.nama }}").bold = True

    assert found(kind=RESIGNATION, build=build) == []


def test_a_chart_is_an_error_at_its_paragraph() -> None:
    findings = found(build=lambda document: add_paragraph_xml(document, f"<w:r><w:t>Rekap</w:t></w:r>{CHART}"))
    [finding] = [finding for finding in findings if finding.code == "unsupported_object"]
    assert (finding.severity, finding.paragraph, finding.page, finding.text) == (Severity.ERROR, 2, 1, "Rekap")
    assert finding.sentence.startswith("Grafik tidak dapat dicetak")


def test_an_equation_is_an_error_and_a_tag_in_it_too() -> None:
    inner = "<m:oMath><m:r><m:t>{{ pegawai.nama }}</m:t></m:r></m:oMath>"
    findings = found(build=lambda document: add_paragraph_xml(document, inner))
    assert {finding.code for finding in findings} == {"unsupported_object", "unfillable_place"}
    assert {finding.paragraph for finding in findings} == {2}


def test_an_object_in_a_table_is_found_in_its_cell() -> None:
    def build(document: Any) -> None:
        table = document.add_table(1, 2)
        add_paragraph_xml(table.cell(0, 1), CHART)

    [finding] = found(build=build)
    assert (finding.code, finding.paragraph) == ("unsupported_object", 4)


def test_a_font_that_is_not_bundled_is_information_with_its_first_paragraph() -> None:
    def build(document: Any) -> None:
        document.add_paragraph().add_run("Hias").font.name = "Tulisan Indah"

    [finding] = found(build=build)
    assert (finding.severity, finding.code, finding.paragraph) == (Severity.INFO, "missing_font", 2)
    assert "Tulisan Indah" in finding.sentence


UNFILLED = (
    ('<w:r><w:instrText>HYPERLINK "{{ kop.kontak }}"</w:instrText></w:r>', "kode bidang", "error"),
    (
        '<w:del w:id="1" w:author="x"><w:r><w:delText>{{ pegawai.nama }}</w:delText></w:r></w:del>',
        "Track Changes",
        "warning",
    ),
)


@pytest.mark.parametrize(("inner", "words", "severity"), UNFILLED)
def test_a_tag_where_nothing_is_filled_is_told(inner: str, words: str, severity: str) -> None:
    [finding] = found(build=lambda document: add_paragraph_xml(document, inner))
    assert (finding.code, finding.severity.value, finding.paragraph) == ("unfillable_place", severity, 2)
    assert words in finding.sentence


def test_a_tag_inside_a_chart_part_is_told() -> None:
    chart = '<c:chart xmlns:c="x" xmlns:a="y"><a:t>{{ pega</a:t><a:t>wai.nama }}</a:t></c:chart>'
    data = with_parts(word_file("Pembuka"), {"word/charts/chart1.xml": chart})
    [finding] = check(data).findings
    assert "Tanda {{ pegawai.nama }} berada di dalam grafik" in finding.sentence


def test_faults_in_the_page_header_say_so() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ tnda }}"

    [finding] = found(kind=RESIGNATION, build=build)
    assert "kepala halaman" in finding.full
    assert finding.page is None


def test_the_page_of_a_fault_is_told() -> None:
    def build(document: Any) -> None:
        document.add_page_break()
        document.add_paragraph("Halaman kedua {{ pegawai.nmaa }}")

    [finding] = found(kind=RESIGNATION, build=build)
    assert finding.page == 2


def test_the_page_of_a_fault_in_a_table_is_told() -> None:
    def build(document: Any) -> None:
        document.add_page_break()
        document.add_table(2, 2).cell(1, 1).text = "{{ pegawai.nmaa }}"

    [finding] = found(kind=RESIGNATION, build=build)
    assert finding.page == 2


def test_a_file_with_macros_is_refused() -> None:
    data = with_parts(word_file("Isi"), {"word/vbaProject.bin": b"x"})
    assert [finding.code for finding in check(data).findings] == ["macro"]


SPANS: tuple[tuple[str, list[tuple[int, int]]], ...] = (
    ("a {{ b }} c {% d %}", [(2, 9), (12, 19)]),
    ("{{ a {{ b }}", [(0, 12)]),
    ("{{ a {# b #}", [(5, 12)]),
    ("{ {} }", []),
    ("{{{ a }}}", [(0, 8)]),
)


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_tags_are_found_in_one_pass(text: str, expected: list[tuple[int, int]]) -> None:
    assert spans(text) == expected


def test_a_word_file_from_elsewhere_is_checked_without_a_kind() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert check(buffer.getvalue()).ok
