"""What a letter kind is made of: its fields, each with an example, and the fields every letter shares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from asn_desk.letters.terms import DocumentClass
from asn_desk.office.terms import OfficialRole

OFFICE_CODES = ("PRES", "DPR", "DPD", "DPRD_PROV", "DPRD_KAB", "GUB", "BUP", "WALKOT")


class Entry(StrEnum):
    """How a field is entered.

    One line, several lines, a day, a time of day (`09.15`), one of given words, or a table: one row on each line, its
    columns parted by `|` or a tab, as rows copied from a spreadsheet are.
    """

    TEXT = "teks"
    LINES = "baris"
    DAY = "tanggal"
    TIME = "pukul"
    CHOICE = "pilihan"
    TABLE = "tabel"


@dataclass(frozen=True)
class LetterField:
    """One field of a letter. `key` is dotted, as the template writes it: `pencalonan.jabatan`.

    A field that is not required is left out of the letter, or takes the office's usual text, when nothing is given.
    `columns` are the keys of a table's columns, in order; the first is never empty.
    """

    key: str
    title: str
    example: str
    entry: Entry = Entry.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter. `series` None: it takes no number of ours. `signer` None: no official of ours signs.

    `derived` are the fields the program works out; the clerk does not enter them. `offices`: the codes of the offices
    whose candidates need the letter, none for all. `others_sign`: people beside the official sign it with a pen.
    """

    code: str
    title: str
    document: DocumentClass
    inputs: tuple[LetterField, ...]
    series: str | None = None
    classification: str = ""
    signer: OfficialRole | None = None
    needs_person: bool = False
    derived: tuple[LetterField, ...] = ()
    offices: tuple[str, ...] = ()
    others_sign: bool = False

    @property
    def electronic(self) -> bool:
        """Return whether it may be signed electronically: only the official signs, and no duty stamp is needed."""
        return self.signer is not None and not self.others_sign

    @property
    def template(self) -> str:
        """Return the file name of its template in `templates_docs/`."""
        return f"{self.code}.docx"

    @property
    def numbered(self) -> bool:
        """Return whether the letter takes a number from the register."""
        return self.series is not None

    def template_fields(self) -> tuple[LetterField, ...]:
        """Return every field that the template may use: those of the office, of the person, and the letter's own."""
        person = PERSON if self.needs_person else ()
        signer = SIGNER if self.signer is not None else ()
        every = (*OFFICE, *LETTER, *signer, *person, *self.inputs, *self.derived)
        return tuple({field.key: field for field in every}.values())


def day(key: str, title: str, example: str, *, required: bool = False) -> LetterField:
    """Return a field for a day; `example` in ISO form."""
    return LetterField(key, title, example, Entry.DAY, required)


def lines(key: str, title: str, example: str, *, required: bool = False) -> LetterField:
    """Return a field of several lines, one item each."""
    return LetterField(key, title, example, Entry.LINES, required)


def choice(key: str, title: str, *choices: str, required: bool = False) -> LetterField:
    """Return a field of given words, the first being the example."""
    return LetterField(key, title, choices[0], Entry.CHOICE, required, choices)


OFFICE = (
    LetterField("kantor.pemerintah", "Pemerintah daerah", "Pemerintah Kota Contoh"),
    LetterField("kantor.daerah", "Daerah", "Kota Contoh"),
    LetterField("kantor.kepala_daerah", "Jabatan kepala daerah", "Wali Kota Contoh"),
    LetterField("kantor.sekda", "Jabatan sekretaris daerah", "Sekretaris Daerah Kota Contoh"),
    LetterField("kantor.instansi", "Perangkat daerah", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"),
    LetterField("kantor.singkatan", "Singkatan perangkat daerah", "BKPSDM"),
    LetterField("kantor.tempat", "Tempat", "Contoh"),
    LetterField("kop.kepala_daerah", "Kop kepala daerah (ya/tidak)", ""),
    LetterField("kop.pemerintah", "Baris pertama kop", "PEMERINTAH KOTA CONTOH"),
    LetterField("kop.nama", "Nama pada kop", "BADAN KEPEGAWAIAN DAN PENGEMBANGAN SUMBER DAYA MANUSIA"),
    LetterField("kop.alamat", "Alamat pada kop", "Jalan Merdeka Nomor 1, Kode Pos 99999"),
    LetterField("kop.kontak", "Telepon, laman, surel", "Telepon (0999) 123456, Laman www.kotacontoh.example"),
)
LETTER = (
    LetterField("surat.nomor", "Nomor surat", "800.1.6/12/BKPSDM/2024"),
    LetterField("surat.tanggal", "Tanggal surat", "2024-09-09"),
    LetterField("surat.tempat", "Tempat surat dibuat", "Contoh"),
    LetterField("meterai", "Nilai meterai", "Rp10.000"),
    LetterField("tanda", "Tanda latihan", "CONTOH – BUKAN DOKUMEN RESMI"),
    LetterField("tte", "Penanda tempat tanda tangan elektronik (kosong: tanda tangan basah)", ""),
)
SIGNER = (
    LetterField("penanda.baris", "Baris jabatan penanda tangan", "WALI KOTA CONTOH,", Entry.LINES),
    LetterField("penanda.nama", "Nama penanda tangan", "WIRYAWAN ADISANGKALA"),
    LetterField("penanda.jabatan", "Jabatan penanda tangan", "Wali Kota Contoh"),
    LetterField(
        "penanda.bawah", "Pangkat dan NIP penanda tangan", "Pembina Utama Muda\nNIP 19700101 199503 1 001", Entry.LINES
    ),
)
PERSON = (
    LetterField("pegawai.nama", "Nama pegawai dengan gelar", "Siti Rahmawati, S.Sos., M.Si."),
    LetterField("pegawai.nomor_label", "Sebutan nomor pegawai", "NIP"),
    LetterField("pegawai.nomor", "NIP/NI PPPK", "19800101 200501 2 001"),
    LetterField("pegawai.kelahiran", "Tempat, tanggal lahir", "Contoh, 1 Januari 1980"),
    LetterField("pegawai.pangkat_label", "Sebutan pangkat", "Pangkat, golongan ruang"),
    LetterField("pegawai.pangkat", "Pangkat, golongan ruang", "Penata, III/c"),
    LetterField("pegawai.jabatan", "Jabatan", "Analis Kepegawaian Ahli Muda"),
    LetterField("pegawai.unit_kerja", "Unit kerja", "Bidang Mutasi"),
    LetterField(
        "pegawai.perangkat_daerah", "Perangkat daerah", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    ),
    LetterField("pegawai.status", "Status kepegawaian", "Pegawai Negeri Sipil"),
    LetterField("pegawai.pemberhentian", "Sebutan berakhirnya hubungan kerja", "pemberhentian"),
)
CANDIDACY = (
    LetterField("pencalonan.jabatan", "Jabatan yang dituju", "Wakil Wali Kota Contoh", required=True),
    LetterField(
        "pencalonan.pemilihan", "Pemilihan", "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024", required=True
    ),
)
DASAR = LetterField("dasar", "Dasar hukum", "Pasal 59 ayat (3) Undang-Undang Nomor 20 Tahun 2023", Entry.LINES)
TEMBUSAN = LetterField("surat.tembusan", "Tembusan", "Kepala Kantor Regional Badan Kepegawaian Negara", Entry.LINES)
OFFICE_CODE = LetterField(
    "pencalonan.kode", "Jenis jabatan yang dituju", "WALKOT", Entry.CHOICE, required=True, choices=OFFICE_CODES
)
