"""The neutrality circular and the papers that go with it: pledges of integrity, covering letters, reminders, minutes."""

from __future__ import annotations

from asn_desk.letters.contents.fields import TEMBUSAN, Entry, LetterField, LetterKind, choice, day, lines
from asn_desk.letters.terms import DocumentClass
from asn_desk.office.terms import OfficialRole

CIRCULAR_A = "surat_edaran_netralitas"
CIRCULAR_B = "surat_edaran_netralitas_b"
PLEDGE = "pakta_integritas"
PLEDGE_LIST = "pakta_integritas_kolektif"
COVERING = "surat_pengantar"
REMINDER = "nota_dinas_pengingat"
MINUTES = "berita_acara"
ATTENDANCE = "daftar_hadir"
CIRCULARS = frozenset({CIRCULAR_A, CIRCULAR_B})
STAMPED = "dengan meterai"
MATRIX, MATRIX_AND_FORM = "matriks larangan", "matriks larangan dan formulir pakta integritas"
NAMES = ("nama", "nip", "jabatan")

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
ELECTION = LetterField(
    "edaran.pemilihan", "Pemilihan", "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024", required=True
)
_CIRCULAR_FIELDS = (
    ELECTION,
    LetterField("edaran.jenis", "Jenis pemilihan", "pilkada", Entry.CHOICE, choices=("pemilu", "pilkada")),
    LetterField("edaran.tentang", "Tentang", "Netralitas Pegawai Aparatur Sipil Negara"),
    LetterField("edaran.batas_laporan", "Batas laporan perangkat daerah", "2024-09-30", Entry.DAY),
    choice("edaran.lampiran", "Lampiran", MATRIX, MATRIX_AND_FORM),
    *(LetterField(f"edaran.{name}", title, example, Entry.LINES) for name, title, example in _TEXTS),
)
_POINTS = lines("pakta.butir", "Butir pakta (kosong: teks baku)", "menolak politik uang")
_SEEN = (
    LetterField("mengetahui.jabatan", "Mengetahui: jabatan", "Kepala Dinas Kesehatan"),
    LetterField("mengetahui.nama", "Mengetahui: nama dengan gelar", "dr. Hendra Wijaya, M.Kes."),
    LetterField("mengetahui.nip", "Mengetahui: NIP", "197203041998031002"),
)
_ONE_NAME = "Siti Rahmawati, S.Sos. | 198001012005012001 | Analis Kepegawaian Ahli Muda"
_WORKED_OUT = (
    LetterField("edaran.larangan_pembuka", "Pembuka larangan", "Pegawai dilarang ... dengan cara:"),
    LetterField("edaran.matriks", "Matriks larangan", "Kode etik", Entry.TABLE, columns=("jenis", "teks", "sanksi")),
    LetterField("edaran.pakta", "Butir pakta integritas", "menolak politik uang", Entry.LINES),
)
KINDS = (
    LetterKind(
        CIRCULAR_A,
        "Surat Edaran Netralitas",
        DocumentClass.PENGATURAN,
        _CIRCULAR_FIELDS,
        series="edaran",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_DAERAH,
        derived=_WORKED_OUT,
    ),
    LetterKind(
        CIRCULAR_B,
        "Surat Edaran Netralitas (bentuk B)",
        DocumentClass.PENGATURAN,
        _CIRCULAR_FIELDS,
        series="edaran",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_DAERAH,
        derived=_WORKED_OUT,
    ),
    LetterKind(
        PLEDGE,
        "Pakta Integritas Netralitas",
        DocumentClass.KHUSUS,
        (
            ELECTION,
            choice("pakta.meterai", "Meterai", "tanpa meterai", STAMPED),
            *_SEEN,
            _POINTS,
        ),
        needs_person=True,
    ),
    LetterKind(
        PLEDGE_LIST,
        "Pakta Integritas Netralitas Kolektif",
        DocumentClass.KHUSUS,
        (
            ELECTION,
            LetterField("pakta.unit", "Unit kerja", "Dinas Kesehatan", required=True),
            LetterField(
                "pakta.daftar",
                "Daftar nama: Nama | NIP | Jabatan",
                _ONE_NAME,
                Entry.TABLE,
                required=True,
                columns=NAMES,
            ),
            *_SEEN,
            _POINTS,
        ),
    ),
    LetterKind(
        COVERING,
        "Surat Pengantar",
        DocumentClass.KORESPONDENSI,
        (
            LetterField("surat.kepada", "Kepada Yth.", "Kepala Dinas Kesehatan", required=True),
            LetterField(
                "kiriman.daftar",
                "Yang dikirim: Jenis | Banyaknya | Keterangan",
                "Lembar tanda terima surat edaran | 124 lembar | untuk ditandatangani",
                Entry.TABLE,
                required=True,
                columns=("jenis", "banyak", "keterangan"),
            ),
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        others_sign=True,
    ),
    LetterKind(
        REMINDER,
        "Nota Dinas Pengingat",
        DocumentClass.KORESPONDENSI,
        (
            LetterField("surat.kepada", "Kepada Yth.", "Kepala Dinas Kesehatan", required=True),
            LetterField("surat.sifat", "Sifat", "Segera"),
            LetterField("edaran.nomor", "Nomor surat edaran", "7 TAHUN 2024", required=True),
            day("edaran.tanggal", "Tanggal surat edaran", "2024-09-09"),
            LetterField("edaran.tentang", "Tentang", "Netralitas Pegawai Aparatur Sipil Negara"),
            day("edaran.batas", "Batas waktu pengembalian", "2024-09-30", required=True),
            LetterField("pengingat.sudah", "Jumlah yang sudah kembali", "98"),
            LetterField("pengingat.seluruh", "Jumlah seluruhnya", "124"),
            LetterField("pengingat.daftar", "Yang belum: Nama | NIP | Jabatan", _ONE_NAME, Entry.TABLE, columns=NAMES),
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
    ),
    LetterKind(
        MINUTES,
        "Berita Acara",
        DocumentClass.KHUSUS,
        (
            LetterField("acara.judul", "Berita acara tentang", "Penandatanganan Pakta Integritas", required=True),
            day("acara.tanggal", "Hari pelaksanaan", "2024-09-09", required=True),
            LetterField("acara.tempat", "Tempat", "Aula Dinas Kesehatan", required=True),
            LetterField("pihak_satu.nama", "Pihak Pertama: nama", "Rina Kusuma, S.E.", required=True),
            LetterField("pihak_satu.nip", "Pihak Pertama: NIP", "198501012010012001"),
            LetterField("pihak_satu.jabatan", "Pihak Pertama: jabatan", "Kepala Bidang Mutasi", required=True),
            LetterField("pihak_dua.nama", "Pihak Kedua: nama", "Budi Hartono, S.H.", required=True),
            LetterField("pihak_dua.nip", "Pihak Kedua: NIP", "198401012009011001"),
            LetterField("pihak_dua.jabatan", "Pihak Kedua: jabatan", "Sekretaris Dinas Kesehatan", required=True),
            lines("acara.butir", "Yang dilaksanakan", "pengucapan ikrar bersama", required=True),
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        others_sign=True,
        derived=(
            LetterField("acara.kalimat", "Hari dan tanggal dalam huruf", "Senin tanggal sembilan bulan September"),
        ),
    ),
    LetterKind(
        ATTENDANCE,
        "Daftar Hadir",
        DocumentClass.KHUSUS,
        (
            LetterField("acara.judul", "Acara", "Sosialisasi Netralitas", required=True),
            day("acara.tanggal", "Tanggal", "2024-09-09", required=True),
            LetterField("acara.waktu", "Waktu", "08.00", Entry.TIME),
            LetterField("acara.tempat", "Tempat", "Aula Dinas Kesehatan", required=True),
            LetterField(
                "hadir.daftar",
                "Peserta: Nama | NIP | Jabatan (kosong: 20 baris kosong)",
                _ONE_NAME,
                Entry.TABLE,
                columns=NAMES,
            ),
        ),
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        others_sign=True,
    ),
)
