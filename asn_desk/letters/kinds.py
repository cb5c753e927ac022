"""The kinds of letters: which template, numbered or not, who signs, and which fields with an example of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from asn_desk.errors import DeskError
from asn_desk.letters.terms import DocumentClass
from asn_desk.office.terms import OfficialRole

RESIGNATION = "surat_pernyataan_pengunduran_diri"
RESIGNATION_RECEIPT = "tanda_terima_pengunduran_diri"
NEUTRALITY_CIRCULAR = "surat_edaran_netralitas"
OFFICE_CODES = ("PRES", "DPR", "DPD", "DPRD_PROV", "DPRD_KAB", "GUB", "BUP", "WALKOT")


class Entry(StrEnum):
    """How a field is entered: one line, several lines, a day, a time of day (`09.15`), or one of given words."""

    TEXT = "teks"
    LINES = "baris"
    DAY = "tanggal"
    TIME = "pukul"
    CHOICE = "pilihan"


@dataclass(frozen=True)
class LetterField:
    """One field of a letter. `key` is dotted, as the template writes it: `pencalonan.jabatan`.

    A field that is not required is left out of the letter, or takes the office's usual text, when nothing is given.
    """

    key: str
    title: str
    example: str
    entry: Entry = Entry.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter. `series` None: a personal letter without kop and number. `signer` None: the person signs."""

    code: str
    title: str
    document: DocumentClass
    inputs: tuple[LetterField, ...]
    series: str | None = None
    classification: str = ""
    signer: OfficialRole | None = None
    needs_person: bool = False

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
        own = {field.key: field for field in (*self.inputs, *DERIVED.get(self.code, ()))}
        return (*OFFICE, *LETTER, *signer, *person, *own.values())


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
    LetterField("tanda", "Tanda latihan", "CONTOH – BUKAN DOKUMEN RESMI"),
)
SIGNER = (
    LetterField("penanda.baris", "Baris jabatan penanda tangan", "WALI KOTA CONTOH,", Entry.LINES),
    LetterField("penanda.nama", "Nama penanda tangan", "WIRYAWAN ADISANGKALA"),
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
)
_CANDIDACY = (
    LetterField("pencalonan.jabatan", "Jabatan yang dituju", "Wakil Wali Kota Contoh", required=True),
    LetterField(
        "pencalonan.pemilihan", "Pemilihan", "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024", required=True
    ),
)
_TEXTS = (
    ("kepada", "Kepada Yth.", "Sekretaris Daerah Kota Contoh"),
    ("latar_belakang", "Latar belakang", "Dalam rangka penyelenggaraan pemilihan ..."),
    ("maksud", "Maksud", "Surat Edaran ini dimaksudkan sebagai pedoman ..."),
    ("tujuan", "Tujuan", "Surat Edaran ini bertujuan mencegah pelanggaran netralitas ..."),
    ("ruang_lingkup", "Ruang lingkup", "Surat Edaran ini berlaku bagi ..."),
    ("dasar", "Dasar hukum", "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"),
    ("larangan", "Larangan", "ikut kampanye"),
    ("pencalonan", "Pegawai yang mencalonkan diri", "Pengunduran diri tidak dapat ditarik kembali."),
    ("kewajiban", "Kewajiban kepala perangkat daerah", "menyosialisasikan Surat Edaran ini"),
    ("sanksi", "Sanksi", "pelanggaran kode etik dikenai sanksi moral"),
    ("saluran", "Saluran pelaporan", "Badan Pengawas Pemilihan Umum Kota Contoh"),
    ("penutup", "Penutup", "Demikian Surat Edaran ini disampaikan untuk dilaksanakan."),
    ("tembusan", "Tembusan", "Ketua Komisi Pemilihan Umum Kota Contoh"),
)
DERIVED: dict[str, tuple[LetterField, ...]] = {
    RESIGNATION: (
        LetterField("meterai", "Nilai meterai", "Rp10.000"),
        LetterField("dasar", "Dasar hukum", "Pasal 59 ayat (3) Undang-Undang Nomor 20 Tahun 2023", Entry.LINES),
    ),
    RESIGNATION_RECEIPT: (
        LetterField("penerima.baris", "Baris jabatan petugas", "KEPALA BIDANG MUTASI,", Entry.LINES),
        LetterField("penerima.bawah", "Pangkat dan NIP petugas", "NIP 19850101 201001 2 001", Entry.LINES),
    ),
    NEUTRALITY_CIRCULAR: (
        LetterField("edaran.larangan_pembuka", "Pembuka larangan", "Pegawai dilarang ... dengan cara:"),
    ),
}
"""Fields that the program works out for a kind; the clerk does not enter them."""

_KINDS = (
    LetterKind(
        RESIGNATION,
        "Surat Pernyataan Pengunduran Diri",
        DocumentClass.KHUSUS,
        (
            LetterField(
                "pencalonan.kode",
                "Jenis jabatan yang dituju",
                "WALKOT",
                Entry.CHOICE,
                required=True,
                choices=OFFICE_CODES,
            ),
            *_CANDIDACY,
            LetterField("pencalonan.daerah_pemilihan", "Daerah pemilihan", "Daerah Pemilihan Contoh 2"),
            LetterField("pencalonan.jalur", "Jalur pencalonan", "jalur perseorangan"),
            LetterField("pegawai.alamat", "Alamat pegawai", "Jalan Melati Nomor 5, Contoh"),
            LetterField("dasar", "Dasar hukum", "Pasal 59 ayat (3) Undang-Undang Nomor 20 Tahun 2023", Entry.LINES),
        ),
        needs_person=True,
    ),
    LetterKind(
        RESIGNATION_RECEIPT,
        "Tanda Terima Surat Pernyataan Pengunduran Diri",
        DocumentClass.KHUSUS,
        (
            *_CANDIDACY,
            LetterField("diterima.tanggal_surat", "Tanggal surat pernyataan", "2024-08-20", Entry.DAY, required=True),
            LetterField("diterima.tanggal", "Tanggal diterima", "2024-08-21", Entry.DAY),
            LetterField("diterima.pukul", "Pukul diterima", "09.15", Entry.TIME),
            LetterField("diterima.rangkap", "Jumlah rangkap", "2 (dua)"),
            LetterField(
                "diterima.lampiran", "Lampiran yang ikut diterima", "Fotokopi SK pangkat terakhir", Entry.LINES
            ),
            LetterField("penerima.nama", "Nama petugas penerima", "Dewi Anggraini, S.E."),
            LetterField("penerima.nip", "NIP petugas penerima", "198501012010012001"),
            LetterField("penerima.pangkat", "Pangkat petugas penerima", "Penata Muda Tingkat I, III/b"),
            LetterField("penerima.jabatan", "Jabatan petugas penerima", "Kepala Bidang Mutasi"),
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        needs_person=True,
    ),
    LetterKind(
        NEUTRALITY_CIRCULAR,
        "Surat Edaran Netralitas",
        DocumentClass.PENGATURAN,
        (
            LetterField(
                "edaran.pemilihan",
                "Pemilihan",
                "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
                required=True,
            ),
            LetterField("edaran.jenis", "Jenis pemilihan", "pilkada", Entry.CHOICE, choices=("pemilu", "pilkada")),
            LetterField("edaran.tentang", "Tentang", "Netralitas Pegawai Aparatur Sipil Negara"),
            LetterField("edaran.batas_laporan", "Batas laporan perangkat daerah", "2024-09-30", Entry.DAY),
            *(LetterField(f"edaran.{name}", title, example, Entry.LINES) for name, title, example in _TEXTS),
        ),
        series="edaran",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_DAERAH,
    ),
)
KINDS = {kind.code: kind for kind in _KINDS}


def kind_of(code: str) -> LetterKind:
    """Return a kind by its code. Raises DeskError("kind_unknown")."""
    found = KINDS.get(code)
    if found is None:
        raise DeskError("kind_unknown", f"Jenis surat {code} tidak dikenal. Pilih salah satu: {', '.join(KINDS)}.")
    return found
