"""The letters of a candidacy beside the resignation and its receipt: L-2 to L-14 of the rules."""

from __future__ import annotations

from asn_desk.letters.contents.fields import (
    CANDIDACY,
    DASAR,
    OFFICE_CODE,
    TEMBUSAN,
    Entry,
    LetterField,
    LetterKind,
    choice,
    day,
    lines,
)
from asn_desk.letters.terms import DocumentClass
from asn_desk.office.terms import OfficialRole

LEAVE_REQUEST = "surat_permohonan_berhenti"
CANDIDACY_REPORT = "laporan_pencalonan"
SUPERIOR_STATEMENT = "keterangan_atasan"
IN_PROCESS = "surat_keterangan_sedang_diproses"
PROPOSAL = "usul_pemberhentian"
DECREE = "keputusan_pemberhentian"
DECREE_NOT_RECEIVED = "pernyataan_sk_belum_diterima"
VILLAGE_PERMIT = "izin_calon_kepala_desa"
ACTING_HEAD_RESIGNATION = "pengunduran_diri_penjabat"
NO_PARTY_MEMBER = "pernyataan_bukan_anggota_parpol"
UNPAID_LEAVE = "permohonan_cltn"
ACTING_ORDER = "surat_perintah_pelaksana"

PNS, PPPK = "Pegawai Negeri Sipil", "Pegawai Pemerintah dengan Perjanjian Kerja"
HONOURABLE, DISHONOURABLE = "dengan hormat", "tidak dengan hormat"
OWN_REQUEST, CANDIDATE, RETIREMENT, PARTY = (
    "atas permintaan sendiri",
    "ditetapkan sebagai calon",
    "mencapai batas usia pensiun",
    "menjadi anggota atau pengurus partai politik",
)
REASONS = (CANDIDATE, OWN_REQUEST, RETIREMENT, PARTY)
PRESIDENT, PPK = "Presiden", "Pejabat Pembina Kepegawaian"
PROPOSED = ("nama", "nip", "pangkat", "jabatan", "masa", "tmt", "keterangan")

_ADDRESS = LetterField("pegawai.alamat", "Alamat pegawai", "Jalan Melati Nomor 5, Contoh")
_LETTER_DAY = day("diterima.tanggal_surat", "Tanggal surat pernyataan pengunduran diri", "2024-08-20", required=True)
_RECEIVED = day("diterima.tanggal", "Tanggal surat pernyataan diterima", "2024-08-21", required=True)
_RECEIPT = (
    LetterField("tanda_terima.nomor", "Nomor tanda terima", "800.1.6/12/BKPSDM/2024"),
    day("tanda_terima.tanggal", "Tanggal tanda terima", "2024-08-21"),
)
_ATTACHED = lines("surat.lampiran_butir", "Lampiran", "Fotokopi SK pangkat terakhir")
_FORM = LetterField(
    "keputusan.jenis",
    "Bentuk pemberhentian",
    HONOURABLE,
    Entry.CHOICE,
    required=True,
    choices=(HONOURABLE, DISHONOURABLE),
)
_REASON = choice("keputusan.alasan", "Alasan", *REASONS, required=True)

_PERSONAL = (
    LetterKind(
        LEAVE_REQUEST,
        "Surat Permohonan Berhenti",
        DocumentClass.KORESPONDENSI,
        (
            LetterField("surat.melalui", "Melalui atasan langsung", "Kepala Bidang Mutasi"),
            LetterField(
                "permohonan.alasan",
                "Alasan permohonan",
                "pencalonan saya sebagai Wakil Wali Kota Contoh",
                required=True,
            ),
            day("permohonan.tmt", "Terhitung mulai tanggal yang diminta", "2024-09-30"),
            _ADDRESS,
            _ATTACHED,
        ),
        needs_person=True,
    ),
    LetterKind(
        CANDIDACY_REPORT,
        "Laporan Pencalonan kepada PPK",
        DocumentClass.KORESPONDENSI,
        (
            *CANDIDACY,
            LetterField("pencalonan.wilayah", "Wilayah pemilihan", "Kota Contoh"),
            LetterField("pencalonan.pasangan", "Nama pasangan calon", "Bambang Sudarsono"),
            LetterField("pencalonan.jalur", "Jalur pencalonan", "jalur perseorangan"),
            day("pencalonan.pendaftaran", "Rencana tanggal pendaftaran", "2024-08-28"),
            LetterField("surat.melalui", "Melalui", "Kepala Dinas Kesehatan"),
            _ADDRESS,
            _ATTACHED,
        ),
        needs_person=True,
        offices=("GUB", "BUP", "WALKOT", "PJ_KADA"),
    ),
    LetterKind(
        DECREE_NOT_RECEIVED,
        "Pernyataan Keputusan Pemberhentian Belum Diterima",
        DocumentClass.KHUSUS,
        (
            *CANDIDACY,
            LetterField("surat.kepada", "Kepada Yth.", "Ketua Komisi Pemilihan Umum Kota Contoh", required=True),
            _LETTER_DAY,
            _RECEIVED,
            *_RECEIPT,
            LetterField(
                "proses.sebab", "Sebab belum terbit", "masih dalam proses penetapan pada pejabat yang berwenang"
            ),
            _ADDRESS,
        ),
        needs_person=True,
        offices=("DPR", "DPD", "DPRD_PROV", "DPRD_KAB"),
    ),
    LetterKind(
        NO_PARTY_MEMBER,
        "Pernyataan Bukan Anggota Partai Politik",
        DocumentClass.KHUSUS,
        (
            LetterField("sipol.partai", "Partai yang mencatat nama pegawai", "Partai Contoh", required=True),
            day("sipol.tanggal", "Tanggal nama diketahui tercatat", "2022-08-15"),
            LetterField("pegawai.nik", "Nomor induk kependudukan", "9999010101800001"),
            LetterField("surat.kepada", "Kepada Yth.", "Ketua Badan Pengawas Pemilihan Umum Kota Contoh"),
            _ADDRESS,
        ),
        needs_person=True,
    ),
    LetterKind(
        UNPAID_LEAVE,
        "Permohonan Cuti di Luar Tanggungan Negara",
        DocumentClass.KORESPONDENSI,
        (
            choice("pasangan.sebutan", "Hubungan dengan calon", "suami", "istri", required=True),
            LetterField(
                "pasangan.nama", "Nama suami atau istri yang menjadi calon", "Bambang Sudarsono", required=True
            ),
            *CANDIDACY,
            day("cuti.mulai", "Mulai cuti", "2024-09-23", required=True),
            day("cuti.sampai", "Sampai dengan", "2024-11-27", required=True),
            LetterField("surat.melalui", "Melalui", "Kepala Dinas Kesehatan"),
            _ADDRESS,
            _ATTACHED,
        ),
        needs_person=True,
    ),
    LetterKind(
        ACTING_HEAD_RESIGNATION,
        "Pengunduran Diri dari Jabatan Penjabat",
        DocumentClass.KORESPONDENSI,
        (
            LetterField("penjabat.jabatan", "Jabatan penjabat", "Penjabat Wali Kota Contoh", required=True),
            LetterField(
                "penjabat.sk_nomor", "Nomor keputusan pengangkatan", "100.2.1.3-1234 Tahun 2023", required=True
            ),
            day("penjabat.sk_tanggal", "Tanggal keputusan pengangkatan", "2023-09-20", required=True),
            day("penjabat.mulai", "Mengundurkan diri mulai tanggal", "2024-07-17"),
            *CANDIDACY,
            LetterField("surat.melalui", "Melalui", "Gubernur Contoh"),
            _ATTACHED,
            TEMBUSAN,
        ),
        needs_person=True,
        offices=("GUB", "BUP", "WALKOT", "PJ_KADA"),
    ),
)

_OFFICIAL = (
    LetterKind(
        SUPERIOR_STATEMENT,
        "Keterangan Atasan atau Persetujuan Kepala Perangkat Daerah",
        DocumentClass.KHUSUS,
        (
            LetterField("atasan.nama", "Nama atasan dengan gelar", "dr. Hendra Wijaya, M.Kes.", required=True),
            LetterField("atasan.nip", "NIP atasan", "197203041998031002"),
            LetterField("atasan.pangkat", "Pangkat atasan", "Pembina Utama Muda, IV/c"),
            LetterField("atasan.jabatan", "Jabatan atasan", "Kepala Dinas Kesehatan", required=True),
            LetterField("kop.alamat", "Alamat pada kop perangkat daerah", "Jalan Melati Nomor 5, Kode Pos 99999"),
            LetterField("surat.nomor", "Nomor dari agenda perangkat daerah", "800.1.6/45/Dinkes"),
            *CANDIDACY,
            _LETTER_DAY,
            LetterField("serah_terima.kepada", "Tugas diserahkan kepada", "Sekretaris Dinas Kesehatan"),
            day("serah_terima.tanggal", "Tanggal serah terima tugas", "2024-08-22"),
            lines(
                "serah_terima.sisa",
                "Tugas atau barang yang belum diserahkan (kosong: tidak ada)",
                "Kendaraan dinas KT 1234 AB",
            ),
            LetterField("mengetahui.jabatan", "Menyetujui: jabatan kepala perangkat daerah", "Kepala Dinas Kesehatan"),
            LetterField("mengetahui.nama", "Menyetujui: nama dengan gelar", "dr. Hendra Wijaya, M.Kes."),
            LetterField("mengetahui.nip", "Menyetujui: NIP", "197203041998031002"),
        ),
        needs_person=True,
        derived=(lines("atasan.bawah", "Pangkat dan NIP atasan", "NIP 19720304 199803 1 002"),),
    ),
    LetterKind(
        IN_PROCESS,
        "Surat Keterangan Sedang Diproses",
        DocumentClass.KHUSUS,
        (
            OFFICE_CODE,
            *CANDIDACY,
            _LETTER_DAY,
            _RECEIVED,
            *_RECEIPT,
            LetterField("proses.tahap", "Tahap proses", "pemeriksaan kelengkapan berkas usul"),
            choice("proses.pejabat", "Pejabat yang menetapkan keputusan", PPK, PRESIDENT),
            LetterField("surat.keperluan", "Ditujukan kepada", "Komisi Pemilihan Umum Kota Contoh"),
            DASAR,
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_DAERAH,
        needs_person=True,
    ),
    LetterKind(
        PROPOSAL,
        "Usul Pemberhentian",
        DocumentClass.KORESPONDENSI,
        (
            LetterField("surat.kepada", "Kepada Yth.", "Wali Kota Contoh"),
            LetterField("surat.melalui", "Melalui", "Sekretaris Daerah Kota Contoh"),
            LetterField("surat.sifat", "Sifat", "Segera"),
            choice("usul.status", "Status kepegawaian", PNS, PPPK, required=True),
            _FORM,
            _REASON,
            LetterField(
                "pencalonan.pemilihan", "Pemilihan", "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"
            ),
            LetterField(
                "usul.daftar",
                "Daftar nama: Nama | NIP | Pangkat | Jabatan, unit | Usia dan masa kerja | TMT | Keterangan",
                "Siti Rahmawati, S.Sos. | 198001012005012001 | Penata, III/c | Analis | 44/19 tahun | 30 September 2024 |",
                Entry.TABLE,
                required=True,
                columns=PROPOSED,
            ),
            lines("usul.berkas", "Berkas yang dilampirkan", "Surat pernyataan pengunduran diri"),
            DASAR,
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        derived=(
            LetterField("usul.tindakan", "Sebutan tindakan", "pemberhentian dengan hormat"),
            LetterField("usul.jumlah", "Jumlah nama", "1 (satu)"),
        ),
    ),
    LetterKind(
        DECREE,
        "Keputusan Pemberhentian",
        DocumentClass.PENETAPAN,
        (
            _FORM,
            _REASON,
            day("keputusan.tmt", "Terhitung mulai tanggal", "2024-09-30", required=True),
            choice("keputusan.pensiun", "Hak pensiun", "dengan hak pensiun", "tanpa hak pensiun"),
            day("diterima.tanggal_surat", "Tanggal surat pengunduran diri atau permohonan", "2024-08-20"),
            LetterField("pencalonan.jabatan", "Jabatan yang dituju", "Wakil Wali Kota Contoh"),
            LetterField(
                "pencalonan.pemilihan", "Pemilihan", "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"
            ),
            LetterField("penetapan.lembaga", "Lembaga yang menetapkan calon", "Komisi Pemilihan Umum Kota Contoh"),
            LetterField("penetapan.nomor", "Nomor keputusan penetapan calon", "120 Tahun 2024"),
            day("penetapan.tanggal", "Tanggal penetapan calon", "2024-09-22"),
            LetterField("pertek.nomor", "Nomor pertimbangan teknis BKN", "PI-12345/PT/2024"),
            day("pertek.tanggal", "Tanggal pertimbangan teknis BKN", "2024-09-18"),
            lines("keputusan.menimbang", "Menimbang (kosong: teks baku)", "bahwa ..."),
            lines(
                "keputusan.mengingat",
                "Mengingat (kosong: teks baku)",
                "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
            ),
            TEMBUSAN,
        ),
        series="keputusan",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_DAERAH,
        needs_person=True,
        derived=(
            LetterField("keputusan.tentang", "Tentang", "PEMBERHENTIAN DENGAN HORMAT"),
            LetterField("keputusan.judul", "Judul keputusan", "Keputusan Wali Kota Contoh tentang Pemberhentian"),
            LetterField(
                "keputusan.diktum",
                "Isi keputusan",
                "KESATU | Memberhentikan dengan hormat pegawai di bawah ini.\nKEDUA | Keputusan ini berlaku sejak ditetapkan.",
                Entry.TABLE,
                columns=("label", "teks"),
            ),
        ),
    ),
    LetterKind(
        VILLAGE_PERMIT,
        "Izin Calon Kepala Desa",
        DocumentClass.KHUSUS,
        (
            LetterField("desa.nama", "Desa", "Desa Sukamaju", required=True),
            LetterField("desa.kecamatan", "Kecamatan", "Kecamatan Contoh Utara"),
            day("permohonan.tanggal", "Tanggal surat permohonan izin", "2024-08-20"),
            day("izin.mulai", "Berlaku mulai", "2024-09-09"),
            day("izin.sampai", "Berlaku sampai dengan", "2024-12-31"),
            lines("izin.syarat", "Ketentuan tambahan", "menyerahkan tugas kepada pejabat yang ditunjuk"),
            lines(
                "izin.dasar",
                "Dasar (kosong: teks baku)",
                "Pasal 47 Peraturan Menteri Dalam Negeri Nomor 112 Tahun 2014",
            ),
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_DAERAH,
        needs_person=True,
        offices=("KADES",),
    ),
    LetterKind(
        ACTING_ORDER,
        "Surat Perintah Pelaksana Tugas atau Pelaksana Harian",
        DocumentClass.PENUGASAN,
        (
            choice("perintah.sebutan", "Sebutan", "Pelaksana Tugas", "Pelaksana Harian", required=True),
            LetterField("perintah.jabatan", "Jabatan yang diisi", "Kepala Dinas Kesehatan", required=True),
            LetterField(
                "perintah.sebab",
                "Sebab jabatan tidak terisi",
                "pejabat definitif mengundurkan diri sebagai Pegawai Negeri Sipil",
            ),
            LetterField(
                "pelaksana.nama", "Nama yang diperintah, dengan gelar", "drg. Lestari Handayani, M.Kes.", required=True
            ),
            LetterField("pelaksana.nip", "NIP yang diperintah", "197506152000032003"),
            LetterField("pelaksana.pangkat", "Pangkat yang diperintah", "Pembina Tingkat I, IV/b"),
            LetterField(
                "pelaksana.jabatan", "Jabatan sekarang yang diperintah", "Sekretaris Dinas Kesehatan", required=True
            ),
            day("perintah.mulai", "Mulai tanggal", "2024-10-01", required=True),
            day(
                "perintah.sampai",
                "Sampai dengan (kosong: sampai ada pejabat definitif atau perintah lain)",
                "2024-12-31",
            ),
            lines(
                "perintah.batas",
                "Batas wewenang (kosong: teks baku)",
                "tidak menetapkan keputusan yang bersifat strategis",
            ),
            lines("perintah.dasar", "Dasar", "Keputusan Wali Kota Contoh Nomor 12 Tahun 2024"),
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.11",
        signer=OfficialRole.KEPALA_DAERAH,
    ),
)
KINDS = (*_PERSONAL, *_OFFICIAL)
