"""Awkward names, long units and long lists in every letter: both files hold the same words, and no signature stands alone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from asn_desk.letters.contents.kinds import KINDS, Entry
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from tests.letters import letter_facts as facts
from tests.letters.words import docx_words, pdf_words

META = PdfMeta("Surat", "BKPSDM")
TITLES = "S.Ked., Sp.PD-KGEH., M.Kes., M.Sc., Ph.D., FINASIM., S.H., M.H., CLA."
UNIT = "Unit Pelaksana Teknis Daerah Pengelolaan Prasarana dan Sarana Olahraga Terpadu serta Taman Kota Wilayah Utara dan Timur"
NAMES = {
    "apostrophe": "H. Ma'ruf Nu’man Al-A'raf, S.Ag.",
    "ampersand": "Umum & Keuangan, S.E.",
    "angles": "<belum ada>",
    "non-latin": "Łukasz Ğöksel Νίκος Иван Qāsim, Ph.D.",
    "long titles": f"Prof. Dr. Kusumonegoro, {TITLES}",
}
LONG = "memperhatikan ketentuan yang berlaku umum & tata tertib <kantor> yang berlaku pada setiap perangkat daerah "
# Rows that never break hold the copies and the last words; an address block is no list of points.
_SHORT = ("surat.tembusan", "edaran.tembusan", "edaran.penutup", "edaran.kepada")
LISTED = [
    code
    for code, kind in KINDS.items()
    if any(field.entry == Entry.LINES and field.key not in _SHORT for field in kind.inputs)
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", [code for code, kind in KINDS.items() if kind.needs_person])
def test_awkward_names_stand_alike_in_both_files(code: str, name: str) -> None:
    person = replace(facts.Person(), name=NAMES[name], unit=UNIT, post="Kepala Subbagian Umum & Keuangan")
    docx = facts.letter(code, person)
    assert docx_words(docx) == pdf_words(docx_to_pdf(docx, META).data)


def long_list(code: str, items: int, length: int = 8) -> dict[str, Any]:
    """Return the kind's usual fields with many items in the longest of its lists."""
    data = dict(flat(facts.FIELDS[code]))
    keys = [field.key for field in KINDS[code].inputs if field.entry == Entry.LINES and field.key not in _SHORT]
    if keys:
        data[keys[0]] = [f"butir ke-{place} {LONG * length}".strip() for place in range(1, items + 1)]
    return data


def flat(data: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in data.items():
        found += flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", value)]
    return found


@pytest.mark.parametrize("code", LISTED)
def test_twelve_items_over_three_pages_stand_alike_in_both_files(code: str) -> None:
    docx = facts.letter(code, data=long_list(code, 12))
    pdf = docx_to_pdf(docx, META)
    assert docx_words(docx) == pdf_words(pdf.data)
    assert pdf.pages >= 3


def signature_words() -> tuple[str, ...]:
    """Return how the lines of signature blocks begin."""
    return (
        "Contoh, 9 September", "Ditetapkan di", "pada tanggal 9 September", "KEPALA BADAN", "PENGEMBANGAN SUMBER", "WALI KOTA CONTOH,",
        "Yang menyatakan", "Yang melaporkan", "Hormat saya", "Meterai", "Rp10", "Drs. ", "WIRYAWAN", "Pembina Utama", "NIP ",
        "NI PPPK ", "Mengetahui", "PIHAK KEDUA,", "Yang menyerahkan", "Penerima,",
    )  # fmt: skip


def later_page_tops(data: bytes) -> list[str]:
    """Return the first line of each page but the first, page numbers left out."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    tops = []
    for index in range(1, len(document)):
        lines = document[index].get_textpage().get_text_range().splitlines()
        tops += [line for line in lines if line.strip() and not line.startswith("- ")][:1]
    document.close()
    return tops


@pytest.mark.parametrize("code", KINDS)
def test_a_signature_is_never_alone_on_a_page(code: str) -> None:
    for more in range(13):
        person = replace(facts.Person(), post="Analis " * (more * 12) + "Ahli", unit=UNIT)
        data = long_list(code, more + 2, 2)
        tops = later_page_tops(docx_to_pdf(facts.letter(code, person, data=data), META).data)
        assert [top for top in tops if top.startswith(signature_words())] == [], more


@pytest.mark.parametrize("code", [code for code, kind in KINDS.items() if kind.electronic])
def test_an_electronic_signature_has_its_mark_and_its_footer_on_every_page(code: str) -> None:
    docx = facts.letter(code, electronic="#")
    pdf = docx_to_pdf(docx, META)
    words = pdf_words(pdf.data)
    assert (words["#"] >= 1, words["bukti"] >= pdf.pages) == (True, True)
    assert docx_words(docx)["elektronik"] >= 1
    plain = facts.letter(code)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert "alat bukti" not in archive.read("word/footer1.xml").decode()
    assert "#" not in pdf_words(docx_to_pdf(plain, META).data)
