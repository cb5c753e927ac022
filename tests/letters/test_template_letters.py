"""The shipped templates: their fields are declared, both files open, and both hold the same words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from asn_desk.letters.contents.content import PRACTICE_MARK
from asn_desk.letters.contents.kinds import KINDS, NEUTRALITY_CIRCULAR, RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from asn_desk.letters.templates.template import load, used_fields
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole
from asn_desk.paths import template_file
from tests.letters import letter_facts as facts
from tests.letters.words import docx_words, pdf_words

META = PdfMeta("Surat", "BKPSDM")
PEOPLE = {"usual": facts.Person(), "awkward": facts.AWKWARD, "pppk": facts.PPPK}


def text_of(code: str, person: facts.Person | None = None, **values: object) -> str:
    import docx

    document = docx.Document(io.BytesIO(facts.letter(code, person, **values)))
    cells = {cell._tc: cell.text for table in document.tables for row in table.rows for cell in row.cells}
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells.values()])


@pytest.mark.parametrize("code", KINDS)
def test_template_asks_only_for_declared_fields(code: str) -> None:
    declared = {field.key for field in KINDS[code].template_fields()}
    assert used_fields(load(template_file(KINDS[code].template))) - declared == set()


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("code", KINDS)
def test_docx_and_pdf_hold_the_same_words(code: str, person: str) -> None:
    docx = facts.letter(code, PEOPLE[person])
    pdf = docx_to_pdf(docx, META)
    in_docx, in_pdf = docx_words(docx), pdf_words(pdf.data)
    for words in (in_docx, in_pdf):
        words.pop("🙂", None)  # no bundled font has it: the writer prints a box and says so
    assert in_docx == in_pdf
    assert sum(in_docx.values()) > 100


@pytest.mark.parametrize("code", KINDS)
def test_practice_letters_carry_their_mark_in_both_files(code: str) -> None:
    docx = facts.letter(code, practice=True)
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        headers = [archive.read(name).decode() for name in archive.namelist() if name.startswith("word/header")]
    assert all(PRACTICE_MARK in header for header in headers)
    pdf = docx_to_pdf(docx, PdfMeta("Surat", "BKPSDM", "", "CONTOH"))
    words = pdf_words(pdf.data)
    assert words["RESMI"] == pdf.pages
    assert PRACTICE_MARK not in text_of(code)


@pytest.mark.parametrize("code", KINDS)
def test_same_data_give_the_same_bytes(code: str) -> None:
    assert facts.letter(code) == facts.letter(code)


@pytest.mark.parametrize("code", KINDS)
def test_pdf_writer_understands_everything_in_the_template(code: str) -> None:
    assert docx_to_pdf(facts.letter(code), META).notes == ()


RESIGNATION_SAYS = (
    "SURAT PERNYATAAN PENGUNDURAN DIRI", "SEBAGAI PEGAWAI NEGERI SIPIL", "Yth. Wali Kota Contoh", "Pejabat Pembina Kepegawaian",
    "melalui Sekretaris Daerah Kota Contoh", "tidak dapat ditarik kembali", "tanpa paksaan", "2 (dua) asli", "Meterai", "Rp10.000",
    "Pasal 59 ayat (3) Undang-Undang Nomor 20 Tahun 2023", "jalur perseorangan", "19800101 200501 2 001",
)  # fmt: skip


@pytest.mark.parametrize("phrase", RESIGNATION_SAYS)
def test_resignation_says(phrase: str) -> None:
    assert phrase in text_of(RESIGNATION)


def test_resignation_is_personal_without_kop_and_number() -> None:
    with zipfile.ZipFile(io.BytesIO(facts.letter(RESIGNATION))) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
    assert "NOMOR" not in text_of(RESIGNATION)


def test_resignation_of_a_pppk_names_contract_staff_and_leaves_unknown_lines_out() -> None:
    text = text_of(RESIGNATION, facts.PPPK)
    assert "SEBAGAI PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA" in text
    assert "NI PPPK" in text
    assert "Tempat, tanggal lahir" not in text
    assert "Unit kerja" not in text
    assert "Peraturan Pemerintah Nomor 11 Tahun 2017" not in text


def test_stamp_before_2021_is_the_old_one() -> None:
    assert "Rp6.000" in text_of(RESIGNATION, dated=date(2020, 9, 1))


RECEIPT_SAYS = (
    "PEMERINTAH KOTA CONTOH", "BADAN KEPEGAWAIAN DAN PENGEMBANGAN SUMBER DAYA MANUSIA", "NOMOR 800.1.6/12/BKPSDM/2024",
    "hari Senin, tanggal 9 September 2024, pukul 09.15", "tertanggal 20 Agustus 2024", "Yang menyerahkan,", "Yang menerima,",
    "Drs. Dewi Anggraini, M.Si.", "NIP 19700101 199503 1 001", "bukan merupakan keputusan pemberhentian",
    "Fotokopi keputusan pangkat terakhir; dan",
)  # fmt: skip


@pytest.mark.parametrize("phrase", RECEIPT_SAYS)
def test_receipt_says(phrase: str) -> None:
    assert phrase in text_of(RESIGNATION_RECEIPT)


def test_receipt_may_be_signed_by_a_named_officer() -> None:
    data = facts.FIELDS[RESIGNATION_RECEIPT] | {
        "penerima": {"nama": "Rina Kusuma, S.E.", "jabatan": "Kepala Bidang Mutasi"}
    }
    text = text_of(RESIGNATION_RECEIPT, data=data)
    assert "KEPALA BIDANG MUTASI," in text
    assert "Rina Kusuma, S.E." in text
    assert "Dewi Anggraini" not in text


CIRCULAR_SAYS = (
    "WALI KOTA CONTOH", "NOMOR 7 TAHUN 2024", "TENTANG", "Latar Belakang", "Maksud dan Tujuan", "Ruang Lingkup", "Dasar",
    "Isi Edaran", "Penutup", "ikut kampanye;", "sejak ditetapkan sebagai calon", "Setiap kepala perangkat daerah wajib:",
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara;", "hukuman disiplin berat", "Tembusan:",
    "WIRYAWAN ADISANGKALA", "pada tanggal 9 September 2024", "paling lambat tanggal 30 September 2024.",
)  # fmt: skip


@pytest.mark.parametrize("phrase", CIRCULAR_SAYS)
def test_circular_says(phrase: str) -> None:
    assert phrase in text_of(NEUTRALITY_CIRCULAR)


def test_circular_signed_by_the_secretary_has_the_secretariats_kop() -> None:
    secretary = facts.official(
        OfficialRole.SEKDA, "Sekretaris Daerah", Letterhead.SEKRETARIAT_DAERAH, capacity=Capacity.PLH
    )
    text = text_of(NEUTRALITY_CIRCULAR, signer=secretary)
    assert "SEKRETARIAT DAERAH" in text
    assert "Plh. SEKRETARIS DAERAH," in text


@pytest.mark.parametrize("code", KINDS)
def test_a_letter_without_pictures_still_opens(code: str) -> None:
    import docx

    from asn_desk.letters.contents.content import letter_data
    from asn_desk.letters.templates.template import fill

    data = fill(load(template_file(KINDS[code].template)), letter_data(facts.facts(code), "1"))
    docx.Document(io.BytesIO(data))
    assert docx_to_pdf(data, META).pages >= 1


@pytest.mark.parametrize("code", [RESIGNATION, RESIGNATION_RECEIPT])
def test_signature_never_stands_alone_on_a_page(code: str) -> None:
    import pypdfium2

    for length in range(0, 700, 70):
        person = replace(facts.Person(), post="Analis " * (length // 7) + "Ahli")
        pdf = pypdfium2.PdfDocument(docx_to_pdf(facts.letter(code, person), META).data)
        last = pdf[len(pdf) - 1].get_textpage().get_text_range()
        assert "mestinya." in last or "pemberhentian." in last
        pdf.close()
