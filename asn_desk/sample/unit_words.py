"""Names of the sample city's offices: departments with their divisions, sections, technical units and places."""

SETDA = "Sekretariat Daerah"
SETWAN = "Sekretariat Dewan Perwakilan Rakyat Daerah"
INSPEKTORAT = "Inspektorat Daerah"
RSUD = "Rumah Sakit Umum Daerah Kota Contoh"
EDUCATION = "Dinas Pendidikan dan Kebudayaan"
HEALTH = "Dinas Kesehatan"
BKPSDM = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"

ASISTEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Asisten Pemerintahan dan Kesejahteraan Rakyat",
        ("Bagian Pemerintahan", "Bagian Kesejahteraan Rakyat", "Bagian Hukum"),
    ),
    (
        "Asisten Perekonomian dan Pembangunan",
        (
            "Bagian Perekonomian dan Sumber Daya Alam",
            "Bagian Pengadaan Barang dan Jasa",
            "Bagian Administrasi Pembangunan",
        ),
    ),
    ("Asisten Administrasi Umum", ("Bagian Umum", "Bagian Organisasi", "Bagian Protokol dan Komunikasi Pimpinan")),
)
STAF_AHLI = (
    "Staf Ahli Wali Kota Bidang Pemerintahan, Hukum dan Politik",
    "Staf Ahli Wali Kota Bidang Ekonomi, Keuangan dan Pembangunan",
    "Staf Ahli Wali Kota Bidang Kemasyarakatan dan Sumber Daya Manusia",
)
SETWAN_PARTS = (
    "Bagian Umum dan Keuangan",
    "Bagian Persidangan dan Perundang-undangan",
    "Bagian Fasilitasi Penganggaran dan Pengawasan",
)
IRBAN = (
    "Inspektur Pembantu Wilayah I",
    "Inspektur Pembantu Wilayah II",
    "Inspektur Pembantu Wilayah III",
    "Inspektur Pembantu Khusus",
)

# Department: its divisions (without the word "Bidang"). The first ones exist in the smallest office already.
OPDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        EDUCATION,
        (
            "Pembinaan Sekolah Dasar",
            "Pembinaan Sekolah Menengah Pertama",
            "Pembinaan Pendidikan Anak Usia Dini dan Pendidikan Nonformal",
            "Kebudayaan",
        ),
    ),
    (
        HEALTH,
        (
            "Kesehatan Masyarakat",
            "Pencegahan dan Pengendalian Penyakit",
            "Pelayanan Kesehatan",
            "Sumber Daya Kesehatan",
        ),
    ),
    (
        BKPSDM,
        (
            "Mutasi, Promosi dan Kinerja",
            "Pengadaan, Pemberhentian dan Informasi Kepegawaian",
            "Pengembangan Kompetensi Aparatur",
            "Pembinaan Disiplin dan Penghargaan",
        ),
    ),
    (
        "Badan Pengelolaan Keuangan dan Aset Daerah",
        ("Anggaran", "Perbendaharaan", "Akuntansi dan Pelaporan", "Pengelolaan Barang Milik Daerah"),
    ),
    (
        "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah",
        (
            "Perencanaan, Pengendalian dan Evaluasi Pembangunan Daerah",
            "Pemerintahan dan Pembangunan Manusia",
            "Perekonomian, Sumber Daya Alam, Infrastruktur dan Kewilayahan",
            "Riset dan Inovasi Daerah",
        ),
    ),
    (
        "Dinas Pekerjaan Umum, Penataan Ruang, Perumahan Rakyat dan Kawasan Permukiman",
        ("Bina Marga", "Sumber Daya Air dan Drainase", "Cipta Karya", "Penataan Ruang dan Bina Jasa Konstruksi"),
    ),
    (
        "Satuan Polisi Pamong Praja",
        (
            "Penegakan Perundang-undangan Daerah",
            "Ketertiban Umum dan Ketenteraman Masyarakat",
            "Sumber Daya Aparatur",
            "Pelindungan Masyarakat",
        ),
    ),
    (
        "Dinas Kependudukan dan Pencatatan Sipil",
        (
            "Pelayanan Pendaftaran Penduduk",
            "Pelayanan Pencatatan Sipil",
            "Pengelolaan Informasi Administrasi Kependudukan",
            "Pemanfaatan Data dan Inovasi Pelayanan",
        ),
    ),
    (
        "Dinas Sosial",
        ("Pelindungan dan Jaminan Sosial", "Rehabilitasi Sosial", "Pemberdayaan Sosial", "Penanganan Fakir Miskin"),
    ),
    (
        "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Pelindungan Anak",
        (
            "Pengendalian Penduduk, Penyuluhan dan Penggerakan",
            "Keluarga Berencana, Ketahanan dan Kesejahteraan Keluarga",
            "Pengarusutamaan Gender dan Pemberdayaan Perempuan",
            "Pelindungan Hak Perempuan dan Pelindungan Khusus Anak",
        ),
    ),
    (
        "Dinas Lingkungan Hidup",
        (
            "Tata Lingkungan",
            "Pengelolaan Sampah, Limbah Bahan Berbahaya dan Beracun",
            "Pengendalian Pencemaran dan Kerusakan Lingkungan Hidup",
            "Penaatan dan Peningkatan Kapasitas Lingkungan Hidup",
        ),
    ),
    (
        "Dinas Perhubungan",
        (
            "Lalu Lintas dan Angkutan Jalan",
            "Prasarana dan Keselamatan",
            "Pelayaran dan Kepelabuhanan",
            "Pengembangan Sistem Transportasi",
        ),
    ),
    (
        "Dinas Komunikasi, Informatika, Statistik dan Persandian",
        (
            "Pengelolaan Informasi dan Komunikasi Publik",
            "Penyelenggaraan Sistem Pemerintahan Berbasis Elektronik",
            "Statistik Sektoral",
            "Persandian dan Keamanan Informasi",
        ),
    ),
    (
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        (
            "Perencanaan, Pengembangan Iklim dan Promosi Penanaman Modal",
            "Pengendalian Pelaksanaan Penanaman Modal",
            "Penyelenggaraan Pelayanan Perizinan dan Nonperizinan",
            "Pengaduan, Kebijakan dan Pelaporan Layanan",
        ),
    ),
    (
        "Dinas Koperasi, Usaha Mikro, Perdagangan dan Perindustrian",
        ("Kelembagaan dan Pengawasan Koperasi", "Pemberdayaan Usaha Mikro", "Perdagangan", "Perindustrian"),
    ),
    (
        "Dinas Tenaga Kerja dan Transmigrasi",
        (
            "Pelatihan dan Produktivitas Tenaga Kerja",
            "Penempatan dan Perluasan Kesempatan Kerja",
            "Hubungan Industrial dan Syarat Kerja",
            "Ketransmigrasian",
        ),
    ),
    (
        "Dinas Pangan, Pertanian dan Perikanan",
        (
            "Ketahanan Pangan",
            "Tanaman Pangan, Hortikultura dan Perkebunan",
            "Peternakan dan Kesehatan Hewan",
            "Perikanan Tangkap dan Perikanan Budidaya",
        ),
    ),
    (
        "Dinas Pemuda, Olahraga dan Pariwisata",
        ("Kepemudaan", "Keolahragaan", "Destinasi dan Industri Pariwisata", "Pemasaran Pariwisata dan Ekonomi Kreatif"),
    ),
    (
        "Dinas Perpustakaan dan Kearsipan",
        (
            "Pengembangan Perpustakaan dan Pembudayaan Kegemaran Membaca",
            "Layanan dan Otomasi Perpustakaan",
            "Pengelolaan Arsip",
            "Pembinaan dan Pengawasan Kearsipan",
        ),
    ),
    (
        "Dinas Pemadam Kebakaran dan Penyelamatan",
        ("Pencegahan dan Inspeksi", "Pemadaman", "Penyelamatan dan Evakuasi", "Sarana dan Prasarana"),
    ),
    (
        "Dinas Pertanahan dan Pemakaman",
        ("Pengadaan dan Penatagunaan Tanah", "Penyelesaian Sengketa Pertanahan", "Pemakaman", "Data dan Pemetaan"),
    ),
    (
        "Badan Pendapatan Daerah",
        (
            "Pendataan dan Penetapan",
            "Penagihan dan Keberatan",
            "Pengembangan dan Pengendalian Pendapatan",
            "Pelayanan Pajak Daerah",
        ),
    ),
    (
        "Badan Kesatuan Bangsa dan Politik",
        (
            "Ideologi, Wawasan Kebangsaan dan Karakter Bangsa",
            "Politik Dalam Negeri dan Organisasi Kemasyarakatan",
            "Ketahanan Ekonomi, Sosial, Budaya dan Agama",
            "Kewaspadaan Nasional dan Penanganan Konflik",
        ),
    ),
    (
        "Badan Penanggulangan Bencana Daerah",
        (
            "Pencegahan dan Kesiapsiagaan",
            "Kedaruratan dan Logistik",
            "Rehabilitasi dan Rekonstruksi",
            "Data dan Peringatan Dini",
        ),
    ),
    (
        "Dinas Kelautan dan Pengelolaan Wilayah Pesisir",
        (
            "Pengelolaan Ruang Laut",
            "Pemberdayaan Nelayan Kecil",
            "Pengolahan dan Pemasaran Hasil Laut",
            "Pengawasan Sumber Daya",
        ),
    ),
    (
        "Dinas Energi dan Sumber Daya Air Bersih",
        ("Air Bersih", "Energi Terbarukan", "Penerangan Jalan Umum", "Pengawasan Pemanfaatan Air Tanah"),
    ),
    (
        "Dinas Pemberdayaan Masyarakat Kelurahan",
        ("Kelembagaan Masyarakat", "Usaha Ekonomi Masyarakat", "Teknologi Tepat Guna", "Partisipasi dan Swadaya"),
    ),
    (
        "Badan Pengelola Kawasan dan Perbatasan Daerah",
        (
            "Perencanaan Kawasan",
            "Infrastruktur Perbatasan",
            "Kerja Sama Antardaerah",
            "Pengendalian dan Evaluasi Kawasan",
        ),
    ),
)

SUBBAGIAN = ("Sub Bagian Umum dan Kepegawaian", "Sub Bagian Perencanaan Program dan Keuangan")
SEKSI_KECAMATAN = (
    "Seksi Pemerintahan",
    "Seksi Pemberdayaan Masyarakat",
    "Seksi Ketenteraman dan Ketertiban Umum",
    "Seksi Kesejahteraan Sosial",
)
SEKSI_KELURAHAN = "Seksi Pemerintahan, Ketenteraman dan Ketertiban"

# Technical units: the index of the department in OPDS that owns them, and their kind of name.
UPTDS: tuple[tuple[int, str], ...] = (
    (5, "UPTD Pemeliharaan Jalan dan Drainase Wilayah"),
    (10, "UPTD Pengelolaan Sampah Terpadu Wilayah"),
    (14, "UPTD Pengelolaan Pasar Rakyat"),
    (16, "UPTD Balai Penyuluhan Pertanian"),
    (9, "UPTD Pelindungan Perempuan dan Anak Wilayah"),
    (11, "UPTD Pengujian Kendaraan Bermotor dan Pengelolaan Perparkiran Wilayah"),
    (21, "UPTD Pelayanan Pajak Daerah Wilayah"),
    (8, "UPTD Panti Sosial Rehabilitasi Penyandang Disabilitas dan Lanjut Usia Terlantar"),
)

_FIRST = (
    "Suka", "Karang", "Tanjung", "Muara", "Sungai", "Batu", "Teluk", "Gunung", "Bukit", "Rawa", "Padang", "Lubuk",
    "Kampung", "Pasir", "Telaga", "Ulu", "Harapan", "Sumber", "Tirta",
)  # fmt: skip
_SECOND = (
    "Maju", "Indah", "Jaya", "Makmur", "Sari", "Baru", "Damai", "Asri", "Permai", "Sejahtera", "Rejo", "Mulya",
    "Lestari", "Raya", "Tengah", "Agung", "Dalam", "Panjang", "Laut", "Hijau", "Wangi", "Sentosa", "Bening",
)  # fmt: skip
_STRIDE = 101  # shares no factor with 19 * 23, so every pair comes once and neighbours differ in both words


def place(number: int) -> str:
    """Name the number-th invented place of the city; 437 plain names, then the same with a compass point."""
    total = len(_FIRST) * len(_SECOND)
    turn, spot = divmod(number, total)
    spot = spot * _STRIDE % total
    compass = ("", " Utara", " Selatan", " Timur", " Barat", " Hilir")[turn % 6]
    return f"{_FIRST[spot % len(_FIRST)]} {_SECOND[spot // len(_FIRST)]}{compass}"
