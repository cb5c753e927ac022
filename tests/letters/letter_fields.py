"""Plausible and awkward field values for the letters beside the first three; every list has more than one item."""

from __future__ import annotations

from datetime import date
from typing import Any

from asn_desk.letters.contents import kinds_candidacy as kinds
from asn_desk.letters.contents import kinds_desk as desk
from asn_desk.letters.contents import kinds_discipline as discipline

DAY = date(2024, 9, 9)
ELECTION = "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"
STANDING = {"jabatan": "Wakil Wali Kota Contoh", "pemilihan": ELECTION}
HANDED_IN = {"tanggal_surat": date(2024, 8, 20), "tanggal": date(2024, 8, 21)}
RECEIPT = {"nomor": "800.1.6/12/BKPSDM/2024", "tanggal": date(2024, 8, 21)}
COPIES = [
    "Kepala Kantor Regional Badan Kepegawaian Negara",
    "Ketua Komisi Pemilihan Umum Kota Contoh",
    "Yang bersangkutan",
]
PAPERS = [
    "Fotokopi keputusan pangkat terakhir",
    "Fotokopi keputusan jabatan terakhir",
    "Surat <keterangan> & lain-lain",
]
LONG_POST = "Kepala Subbagian Umum & Keuangan pada Unit Pelaksana Teknis Daerah Pengelolaan Prasarana dan Sarana Olahraga Terpadu"
ROWS = [
    "Siti Rahmawati, S.Sos., M.Si. | 198001012005012001 | Penata, III/c | Analis | 44/19 tahun | 30 September 2024 | tanpa pensiun",
    f"Ma'ruf Al-<belum ada> Kusumonegoro, Sp.PD-KGEH. | 197001011995031001 | Pembina, IV/a | {LONG_POST} | 54/29 tahun |  | pensiun",
    "Budi | 199001012023211002",
]
NAMES = [
    "Siti Rahmawati, S.Sos., M.Si. | 198001012005012001 | Analis Kepegawaian",
    f"Ma'ruf Al-<belum ada> Kusumonegoro, Sp.PD-KGEH. | 197001011995031001 | {LONG_POST}",
    "Budi | 199001012023211002",
]
SISTERS: dict[str, dict[str, Any]] = {
    kinds.LEAVE_REQUEST: {
        "surat.melalui": "Kepala Bidang Mutasi",
        "permohonan.alasan": f"pencalonan saya sebagai Wakil Wali Kota Contoh dalam {ELECTION}",
        "permohonan.tmt": date(2024, 9, 30),
        "pegawai.alamat": "Jalan Melati Nomor 5 RT 03/RW 07, Kelurahan Umum & Damai, Contoh",
        "surat.lampiran_butir": PAPERS,
    },
    kinds.CANDIDACY_REPORT: {
        "pencalonan": {
            **STANDING,
            "wilayah": "Kota Contoh",
            "pasangan": "Bambang Sudarsono",
            "jalur": "jalur perseorangan",
            "pendaftaran": date(2024, 8, 28),
        },
        "surat.melalui": "Kepala Dinas Kesehatan",
        "surat.lampiran_butir": PAPERS[:2],
    },
    kinds.DECREE_NOT_RECEIVED: {
        "pencalonan": STANDING,
        "surat.kepada": "Ketua Komisi Pemilihan Umum Kota Contoh",
        "diterima": HANDED_IN,
        "tanda_terima": RECEIPT,
    },
    kinds.NO_PARTY_MEMBER: {
        "sipol.partai": "Partai Contoh & Kawan",
        "sipol.tanggal": date(2022, 8, 15),
        "pegawai.nik": "9999010101800001",
        "pegawai.alamat": "Jalan Melati Nomor 5, Contoh",
    },
    kinds.UNPAID_LEAVE: {
        "pasangan": {"sebutan": "suami", "nama": "Bambang Sudarsono"},
        "pencalonan": STANDING,
        "cuti": {"mulai": date(2024, 9, 23), "sampai": date(2024, 11, 27)},
        "surat.lampiran_butir": ["Fotokopi akta nikah", "Surat penetapan pasangan calon"],
    },
    kinds.ACTING_HEAD_RESIGNATION: {
        "penjabat": {
            "jabatan": "Penjabat Wali Kota Contoh",
            "sk_nomor": "100.2.1.3-1234 Tahun 2023",
            "sk_tanggal": date(2023, 9, 20),
            "mulai": date(2024, 7, 17),
        },
        "pencalonan": STANDING,
        "surat.melalui": "Gubernur Contoh",
        "surat.tembusan": COPIES[1:],
    },
    kinds.SUPERIOR_STATEMENT: {
        "atasan": {
            "nama": "dr. Hendra Wijaya, M.Kes.",
            "nip": "197203041998031002",
            "pangkat": "Pembina Utama Muda, IV/c",
            "jabatan": "Kepala Dinas Kesehatan",
        },
        "pencalonan": STANDING,
        "diterima.tanggal_surat": date(2024, 8, 20),
        "serah_terima": {
            "kepada": "Sekretaris Dinas Kesehatan",
            "tanggal": date(2024, 8, 22),
            "sisa": ["Laptop <dinas>", "Kunci & lemari arsip"],
        },
    },
    kinds.IN_PROCESS: {
        "pencalonan": {**STANDING, "kode": "WALKOT"},
        "diterima": HANDED_IN,
        "tanda_terima": RECEIPT,
        "surat.keperluan": "Komisi Pemilihan Umum Kota Contoh",
        "surat.tembusan": COPIES,
    },
    kinds.PROPOSAL: {
        "usul": {"status": kinds.PNS, "daftar": "\n".join(ROWS), "berkas": PAPERS},
        "keputusan": {"jenis": kinds.HONOURABLE, "alasan": kinds.CANDIDATE},
        "pencalonan.pemilihan": ELECTION,
        "surat.tembusan": COPIES,
    },
    kinds.DECREE: {
        "keputusan": {
            "jenis": kinds.HONOURABLE,
            "alasan": kinds.CANDIDATE,
            "tmt": date(2024, 9, 30),
            "pensiun": "dengan hak pensiun",
        },
        "diterima.tanggal_surat": date(2024, 8, 20),
        "pencalonan": STANDING,
        "penetapan": {
            "nomor": "120 Tahun 2024",
            "tanggal": date(2024, 9, 22),
            "lembaga": "Komisi Pemilihan Umum Kota Contoh",
        },
        "pertek": {"nomor": "PI-12345/PT/2024", "tanggal": date(2024, 9, 18)},
        "surat.tembusan": COPIES,
    },
    kinds.VILLAGE_PERMIT: {
        "desa": {"nama": "Desa Sukamaju", "kecamatan": "Kecamatan Contoh Utara"},
        "permohonan.tanggal": date(2024, 8, 20),
        "izin": {
            "mulai": date(2024, 9, 9),
            "sampai": date(2024, 12, 31),
            "syarat": ["menyerahkan tugas kepada pejabat yang ditunjuk"],
        },
        "surat.tembusan": COPIES,
    },
    kinds.ACTING_ORDER: {
        "perintah": {
            "sebutan": "Pelaksana Tugas",
            "jabatan": "Kepala Dinas Kesehatan",
            "sebab": "pejabat definitif mengundurkan diri sebagai Pegawai Negeri Sipil",
            "mulai": date(2024, 10, 1),
            "dasar": ["Keputusan Wali Kota Contoh Nomor 12 Tahun 2024", "Surat & nota dinas"],
        },
        "pelaksana": {
            "nama": "drg. Lestari Handayani, M.Kes.",
            "nip": "197506152000032003",
            "pangkat": "Pembina Tingkat I, IV/b",
            "jabatan": "Sekretaris Dinas Kesehatan",
        },
        "surat.tembusan": COPIES,
    },
    desk.CIRCULAR_B: {
        "edaran.pemilihan": ELECTION,
        "edaran.jenis": "pilkada",
        "edaran.batas_laporan": date(2024, 9, 30),
    },
    desk.PLEDGE: {
        "edaran.pemilihan": ELECTION,
        "mengetahui": {
            "jabatan": "Kepala Dinas Kesehatan",
            "nama": "dr. Hendra Wijaya, M.Kes.",
            "nip": "197203041998031002",
        },
    },
    desk.PLEDGE_LIST: {
        "edaran.pemilihan": ELECTION,
        "pakta.unit": "Dinas Kesehatan & Keluarga Berencana",
        "pakta.daftar": NAMES,
        "mengetahui": {
            "jabatan": "Kepala Dinas Kesehatan",
            "nama": "dr. Hendra Wijaya, M.Kes.",
            "nip": "197203041998031002",
        },
    },
    desk.COVERING: {
        "surat.kepada": "Kepala Dinas Kesehatan",
        "kiriman.daftar": [
            "Surat edaran & lampirannya | 1 berkas | untuk dilaksanakan",
            "Lembar tanda terima | 124 lembar",
        ],
        "surat.tembusan": COPIES[:1],
    },
    desk.REMINDER: {
        "surat.kepada": "Kepala Dinas Kesehatan",
        "edaran": {"nomor": "7 TAHUN 2024", "tanggal": DAY, "tentang": "Netralitas ASN", "batas": date(2024, 9, 30)},
        "pengingat": {"sudah": "98", "seluruh": "124", "daftar": NAMES},
        "surat.tembusan": COPIES[:2],
    },
    desk.MINUTES: {
        "acara": {
            "judul": "Pengucapan Ikrar dan Penandatanganan Pakta Integritas",
            "tanggal": DAY,
            "tempat": "Halaman Kantor Dinas Kesehatan & Puskesmas",
            "butir": ["pengucapan ikrar bersama", "penandatanganan pakta integritas oleh 124 pegawai"],
        },
        "pihak_satu": {"nama": "Rina Kusuma, S.E.", "nip": "198501012010012001", "jabatan": "Kepala Bidang Mutasi"},
        "pihak_dua": {"nama": "Budi <belum ada>", "jabatan": "Sekretaris Dinas Kesehatan"},
    },
    desk.ATTENDANCE: {
        "acara": {
            "judul": "Sosialisasi Netralitas & Ikrar",
            "tanggal": DAY,
            "waktu": "08.00",
            "tempat": "Aula Dinas Kesehatan",
        },
        "hadir.daftar": NAMES,
    },
    discipline.SUMMONS: {
        "panggilan": {
            "ke": "II",
            "tanggal": date(2024, 9, 17),
            "pukul": "09.00",
            "tempat": "Ruang Rapat BKPSDM",
            "dugaan": "mengunggah foto bersama bakal calon dengan simbol <tangan> & atribut",
            "dasar": ["Surat Badan Pengawas Pemilihan Umum Kota Contoh Nomor 12", "Surat Perintah Nomor 5"],
        },
        "pemeriksa": {"nama": "Rina Kusuma, S.E.", "nip": "198501012010012001", "jabatan": "Ketua Tim Pemeriksa"},
        "surat.tembusan": COPIES[:1],
    },
    discipline.REPORT: {
        "periksa": {
            "dugaan": "menghadiri deklarasi bakal calon",
            "tanggal": date(2024, 9, 17),
            "tempat": "Ruang Rapat BKPSDM",
            "dasar": ["Surat Perintah Nomor 5", "Surat Panggilan Nomor 7"],
            "tim": NAMES,
            "uraian": ["Yang diperiksa hadir tanpa atribut.", "Saksi <satu> & saksi dua membenarkan."],
            "kesimpulan": ["Perbuatan terbukti"],
            "saran": ["Diteruskan kepada pejabat yang berwenang", "Dilaporkan kepada Badan Kepegawaian Negara"],
        },
    },
}
