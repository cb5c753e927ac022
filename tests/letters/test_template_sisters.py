"""What the letters beside the first three say, in which variant, on whose kop, and how they are entered and issued."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.letters import service
from asn_desk.letters.contents import kinds_candidacy as kinds
from asn_desk.letters.contents import kinds_desk as desk_kinds
from asn_desk.letters.contents import kinds_discipline as discipline
from asn_desk.letters.contents.catalogue import Confidence, load
from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.kinds import KINDS, Entry
from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import SignForm
from asn_desk.office.terms import Capacity
from tests.letters import letter_facts as facts
from tests.letters.letter_fields import SISTERS
from tests.letters.letter_office import Ids, settle

DAY = facts.DAY
META = PdfMeta("Surat", "BKPSDM")


def text_of(code: str, person: facts.Person | None = None, **values: Any) -> str:
    import docx

    document = docx.Document(io.BytesIO(facts.letter(code, person, **values)))
    cells = {cell._tc: cell.text for table in document.tables for row in table.rows for cell in row.cells}
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells.values()])


def changed(code: str, **values: Any) -> dict[str, Any]:
    """Return the kind's usual fields with others put in; keys with __ for the dot."""
    flat: dict[str, Any] = {}
    for key, value in SISTERS[code].items():
        flat |= {f"{key}.{inner}": one for inner, one in value.items()} if isinstance(value, dict) else {key: value}
    return flat | {key.replace("__", "."): value for key, value in values.items()}


SAYS = {
    kinds.LEAVE_REQUEST: ("melalui Kepala Bidang Mutasi", "terhitung mulai tanggal 30 September 2024", "3 (tiga) berkas", "Hormat saya,"),
    kinds.CANDIDACY_REPORT: ("Laporan pencalonan sebagai Wakil Wali Kota Contoh", "Rabu, 28 Agustus 2024", "Meterai", "Yang melaporkan,"),
    kinds.SUPERIOR_STATEMENT: ("tidak berkeberatan", "Sekretaris Dinas Kesehatan pada tanggal 22 Agustus 2024", "KEPALA DINAS KESEHATAN,"),
    kinds.IN_PROCESS: ("SURAT KETERANGAN", "sedang diproses", "Pejabat Pembina Kepegawaian", "Komisi Pemilihan Umum Kota Contoh"),
    kinds.PROPOSAL: ("bagi 3 (tiga) orang", "LAMPIRAN SURAT", "19800101 200501 2 001", "melalui Sekretaris Daerah Kota Contoh"),
    kinds.DECREE: ("MEMUTUSKAN:", "Menimbang", "Mengingat", "KESATU", "KEEMPAT", "Memberhentikan dengan hormat", "30 September 2024"),
    kinds.DECREE_NOT_RECEIVED: ("BELUM DITERIMA", "di luar kemampuan saya", "Nomor 800.1.6/12/BKPSDM/2024", "Meterai"),
    kinds.VILLAGE_PERMIT: ("SURAT IZIN", "Pasal 47 Peraturan Menteri Dalam Negeri Nomor 112 Tahun 2014", "Desa Sukamaju"),
    kinds.ACTING_HEAD_RESIGNATION: ("Yth. Menteri Dalam Negeri", "mengundurkan diri sebagai Penjabat Wali Kota Contoh"),
    kinds.NO_PARTY_MEMBER: ("saya bukan anggota dan bukan pengurus Partai Contoh & Kawan", "9999010101800001", "Meterai"),
    kinds.UNPAID_LEAVE: ("mendampingi suami saya, Bambang Sudarsono", "sampai dengan tanggal 27 November 2024"),
    kinds.ACTING_ORDER: ("MEMERINTAHKAN:", "Pelaksana Tugas Kepala Dinas Kesehatan", "tidak berwenang", "alokasi anggaran"),
    desk_kinds.CIRCULAR_B: ("Kepada", "Yth.", "SURAT EDARAN", "NOMOR 7 TAHUN 2024", "ikut kampanye;", "Tembusan:"),
    desk_kinds.PLEDGE: ("PAKTA INTEGRITAS", "menolak politik uang", "Mengetahui,", "Yang menyatakan,"),
    desk_kinds.PLEDGE_LIST: ("pegawai pada Dinas Kesehatan & Keluarga Berencana", "Tanda tangan", "3. ............"),
    desk_kinds.COVERING: ("SURAT PENGANTAR", "124 lembar", "Penerima,"),
    desk_kinds.REMINDER: ("NOTA DINAS", "baru 98 dari 124 lembar", "hari Senin, tanggal 30 September 2024"),
    desk_kinds.MINUTES: ("Senin tanggal sembilan bulan September tahun dua ribu dua puluh empat", "PIHAK KEDUA,", "Mengetahui,"),
    desk_kinds.ATTENDANCE: ("DAFTAR HADIR", "Senin, 9 September 2024", "pukul 08.00"),
    discipline.SUMMONS: ("SURAT PANGGILAN II", "Selasa, 17 September 2024", "panggilan kedua", "simbol <tangan> & atribut"),
    discipline.REPORT: ("LAPORAN HASIL PEMERIKSAAN", "Kesimpulan", "Perbuatan terbukti.", "RAHASIA"),
}  # fmt: skip


def test_every_letter_has_its_words_checked() -> None:
    assert SAYS.keys() == SISTERS.keys() == KINDS.keys() - facts.FIRST


@pytest.mark.parametrize(("code", "phrase"), [(code, phrase) for code, phrases in SAYS.items() for phrase in phrases])
def test_letter_says(code: str, phrase: str) -> None:
    assert phrase in text_of(code)


PERSONAL = sorted(code for code, kind in KINDS.items() if kind.signer is None and code != kinds.SUPERIOR_STATEMENT)


@pytest.mark.parametrize("code", PERSONAL)
def test_personal_papers_have_neither_kop_nor_number(code: str) -> None:
    with zipfile.ZipFile(io.BytesIO(facts.letter(code))) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
    assert not KINDS[code].numbered
    assert "NOMOR" not in text_of(code)


CONTRACT = (kinds.IN_PROCESS, kinds.DECREE, kinds.DECREE_NOT_RECEIVED, kinds.SUPERIOR_STATEMENT, kinds.CANDIDACY_REPORT)


@pytest.mark.parametrize("code", CONTRACT)
def test_contract_staff_are_not_dismissed_but_have_their_contract_ended(code: str) -> None:
    data = changed(code, serah_terima__kepada="") if code == kinds.SUPERIOR_STATEMENT else SISTERS[code]
    text = text_of(code, facts.PPPK, data=data).lower()
    assert "pemutusan hubungan perjanjian kerja" in text
    assert "pemberhentian" not in text
    assert "memberhentikan" not in text


DECREES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (kinds.HONOURABLE, kinds.CANDIDATE, ("Nomor 120 Tahun 2024 tanggal 22 September", "huruf b, dan huruf c"), ("tidak dengan",)),
    (kinds.DISHONOURABLE, kinds.CANDIDATE, ("TIDAK DENGAN HORMAT", "tidak mengundurkan diri secara tertulis"), ("Memberhentikan dengan",)),
    (kinds.HONOURABLE, kinds.OWN_REQUEST, ("DENGAN HORMAT ATAS PERMINTAAN SENDIRI", "surat tanggal 20 Agustus 2024"), ("Nomor 120",)),
    (kinds.HONOURABLE, kinds.RETIREMENT, ("telah mencapai batas usia pensiun",), ("mengundurkan", "Nomor 120")),
    (kinds.DISHONOURABLE, kinds.PARTY, ("terbukti menjadi anggota", "Nomor 37 Tahun 2004"), ("Nomor 120",)),
)  # fmt: skip


@pytest.mark.parametrize(("form", "reason", "says", "not_says"), DECREES)
def test_decree_follows_form_and_reason(
    form: str, reason: str, says: tuple[str, ...], not_says: tuple[str, ...]
) -> None:
    text = text_of(kinds.DECREE, data=changed(kinds.DECREE, keputusan__jenis=form, keputusan__alasan=reason))
    assert not [phrase for phrase in says if phrase not in text]
    assert not [phrase for phrase in not_says if phrase in text]


@pytest.mark.parametrize("code", [kinds.DECREE, kinds.PROPOSAL])
@pytest.mark.parametrize("reason", [kinds.OWN_REQUEST, kinds.RETIREMENT])
def test_what_one_asks_for_or_age_brings_is_never_dishonourable(code: str, reason: str) -> None:
    data = changed(code, keputusan__jenis=kinds.DISHONOURABLE, keputusan__alasan=reason)
    with pytest.raises(DeskError, match="selalu dengan hormat") as caught:
        facts.letter(code, data=data)
    assert set(caught.value.fields) == {"keputusan.jenis"}


def test_own_reasons_and_bases_of_a_decree_replace_the_set_ones() -> None:
    data = changed(kinds.DECREE, keputusan__menimbang=["bahwa uji"], keputusan__mengingat=["Undang-Undang Uji"])
    text = text_of(kinds.DECREE, data=data)
    assert "bahwa uji;" in text
    assert "dimaksud dalam huruf a, perlu" in text
    assert "Undang-Undang Uji." in text
    assert "Nomor 20 Tahun 2023" not in text


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("PNS", date(2024, 9, 9), {"uu-11-1969", "uu-20-2023", "pp-11-2017", "perban-3-2020"}),
        ("PNS", date(2019, 9, 9), {"uu-11-1969", "uu-5-2014", "pp-11-2017-awal"}),
        ("PPPK", date(2024, 9, 9), {"uu-20-2023", "pp-49-2018"}),
    ],
)
def test_decree_rests_on_the_law_of_its_day_and_kind(kind: str, day: date, expected: set[str]) -> None:
    assert {basis.id for basis in load().decree_bases(day, kinds.CANDIDATE, kind)} == expected


@pytest.mark.parametrize("person", [facts.Person(), facts.PPPK])
def test_no_decree_prints_a_basis_known_from_memory(person: facts.Person) -> None:
    doubtful = [basis.text for basis in load().decrees if basis.confidence is Confidence.MEMORY]
    text = text_of(kinds.DECREE, person)
    assert doubtful
    assert not [basis for basis in doubtful if basis in text]


def test_superior_writes_on_the_kop_of_the_persons_own_office_with_room_for_its_number() -> None:
    text = text_of(kinds.SUPERIOR_STATEMENT, replace(facts.Person(), opd="Dinas Kesehatan"))
    assert "DINAS KESEHATAN" in text
    assert "NOMOR ......" in text
    assert "NOMOR 5/Dinkes" in text_of(
        kinds.SUPERIOR_STATEMENT, data=changed(kinds.SUPERIOR_STATEMENT, surat__nomor="5/Dinkes")
    )


def test_pledge_has_a_stamp_only_when_the_office_asks_for_it() -> None:
    assert "Meterai" not in text_of(desk_kinds.PLEDGE)
    assert "Rp10.000" in text_of(desk_kinds.PLEDGE, data=changed(desk_kinds.PLEDGE, pakta__meterai=desk_kinds.STAMPED))


ATTACHED = (
    (None, False, False),
    (desk_kinds.MATRIX, True, False),
    (desk_kinds.MATRIX_AND_FORM, True, True),
)


@pytest.mark.parametrize(("chosen", "matrix", "form"), ATTACHED)
@pytest.mark.parametrize("code", sorted(desk_kinds.CIRCULARS))
def test_circular_carries_the_attachments_chosen(code: str, chosen: str | None, *, matrix: bool, form: bool) -> None:
    text = text_of(code, data=SISTERS[desk_kinds.CIRCULAR_B] | {"edaran.lampiran": chosen})
    assert ("MATRIKS PELANGGARAN NETRALITAS" in text, "FORMULIR PAKTA INTEGRITAS" in text) == (matrix, form)
    assert ("Sanksi moral" in text, text.count("WIRYAWAN ADISANGKALA")) == (matrix, 1 + matrix)


def test_attendance_without_names_has_lines_to_fill_in() -> None:
    text = text_of(desk_kinds.ATTENDANCE, data=changed(desk_kinds.ATTENDANCE, hadir__daftar=[]))
    assert "20. ............" in text
    assert "21. ............" not in text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Budi | 1990 | Guru", [{"nama": "Budi", "nip": "1990", "jabatan": "Guru"}]),
        ("Budi\t1990\tGuru\n\nSiti", [{"nama": "Budi", "nip": "1990", "jabatan": "Guru"}, {"nama": "Siti", "nip": "", "jabatan": ""}]),
        ([{"nama": "Budi", "jabatan": "Guru"}], [{"nama": "Budi", "nip": "", "jabatan": "Guru"}]),
        ("\n |  | \n", None),
    ],
)  # fmt: skip
def test_rows_are_entered_with_bars_tabs_or_by_name(value: Any, expected: list[dict[str, str]] | None) -> None:
    data = changed(desk_kinds.ATTENDANCE, hadir__daftar=value)
    assert entered(KINDS[desk_kinds.ATTENDANCE], data)["hadir.daftar"] == expected


@pytest.mark.parametrize("row", ["a | b | c | d", " | 1990"])
def test_a_row_with_too_many_columns_or_without_a_name_is_refused_with_its_place(row: str) -> None:
    with pytest.raises(DeskError, match="Peserta, baris 2: isi paling banyak 3 kolom") as caught:
        entered(KINDS[desk_kinds.ATTENDANCE], changed(desk_kinds.ATTENDANCE, hadir__daftar=f"Siti\n{row}"))
    assert set(caught.value.fields) == {"hadir.daftar"}


def test_table_fields_name_their_columns_in_title_and_example() -> None:
    tables = [field for kind in KINDS.values() for field in kind.inputs if field.entry is Entry.TABLE]
    assert tables
    for field in tables:
        assert len(field.columns) == field.title.partition(":")[2].partition("(")[0].count("|") + 1
        assert field.example.count("|") == len(field.columns) - 1


LONG = [
    kinds.IN_PROCESS, kinds.SUPERIOR_STATEMENT, kinds.VILLAGE_PERMIT, kinds.DECREE_NOT_RECEIVED, kinds.NO_PARTY_MEMBER, kinds.UNPAID_LEAVE,
    discipline.SUMMONS,
]  # fmt: skip


@pytest.mark.parametrize("code", LONG)
def test_signature_never_stands_alone_on_a_page(code: str) -> None:
    import pypdfium2

    for length in range(0, 700, 100):
        person = replace(facts.Person(), post="Analis " * (length // 7) + "Ahli")
        pdf = pypdfium2.PdfDocument(docx_to_pdf(facts.letter(code, person), META).data)
        pages = [pdf[index].get_textpage().get_text_range() for index in range(len(pdf))]
        pdf.close()
        assert [page for page in pages if "Contoh, 9 September 2024" in page or "Hormat saya," in page] == [
            page for page in pages if "Demikian" in page
        ]


@pytest.fixture
def ids(desk: Desk) -> Ids:
    return desk.write(settle).value


@pytest.mark.parametrize("code", SISTERS)
def test_every_letter_can_be_seen_and_issued(desk: Desk, ids: Ids, code: str) -> None:
    kind = KINDS[code]
    command = IssueLetter(code, DAY, ids.person if kind.needs_person else None, SISTERS[code])
    seen = desk.read(lambda session: service.preview(session, command))
    issued = desk.write(lambda session: service.issue(session, command)).value
    assert (issued.number, issued.pages) == (seen.number, seen.pages)
    assert bool(issued.number) is kind.numbered


def test_on_behalf_of_the_head_the_agency_signs_on_its_own_kop(desk: Desk, ids: Ids) -> None:
    from tests.letters.words import pdf_words

    signing = Signing(SignForm.ON_BEHALF, giver="Wali Kota Contoh")
    command = IssueLetter(kinds.IN_PROCESS, DAY, ids.person, SISTERS[kinds.IN_PROCESS], ids.agency_head, signing)
    words = pdf_words(desk.read(lambda session: service.preview(session, command)).pdf)
    assert words["a.n."] == 1
    assert words["PEMERINTAH"] == 1


def test_a_decree_is_the_heads_also_when_somebody_acts_in_the_post() -> None:
    acting = replace(facts.MAYOR, capacity=Capacity.PJ)
    text = text_of(kinds.DECREE, signer=acting)
    assert "KEPUTUSAN WALI KOTA CONTOH" in text
    assert "Pj. WALI KOTA CONTOH," in text
    assert "PJ. WALI" not in text
