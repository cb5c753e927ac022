"""The papers of an examination of an alleged violation: summons and report."""

from __future__ import annotations

from asn_desk.letters.contents.fields import TEMBUSAN, Entry, LetterField, LetterKind, choice, day, lines
from asn_desk.letters.terms import DocumentClass
from asn_desk.office.terms import OfficialRole

SUMMONS = "surat_panggilan"
REPORT = "laporan_hasil_pemeriksaan"
EXAMINERS = ("nama", "nip", "jabatan")

KINDS = (
    LetterKind(
        SUMMONS,
        "Surat Panggilan Pemeriksaan",
        DocumentClass.KORESPONDENSI,
        (
            choice("panggilan.ke", "Panggilan ke", "I", "II", required=True),
            day("panggilan.tanggal", "Menghadap pada tanggal", "2024-09-17", required=True),
            LetterField("panggilan.pukul", "Pukul", "09.00", Entry.TIME, required=True),
            LetterField("panggilan.tempat", "Tempat", "Ruang Rapat BKPSDM", required=True),
            LetterField("pemeriksa.jabatan", "Menghadap kepada: jabatan", "Ketua Tim Pemeriksa", required=True),
            LetterField("pemeriksa.nama", "Menghadap kepada: nama", "Rina Kusuma, S.E."),
            LetterField("pemeriksa.nip", "Menghadap kepada: NIP", "198501012010012001"),
            LetterField("panggilan.dugaan", "Dugaan pelanggaran", "menghadiri deklarasi bakal calon", required=True),
            lines("panggilan.dasar", "Dasar", "Surat Badan Pengawas Pemilihan Umum Kota Contoh Nomor 12"),
            TEMBUSAN,
        ),
        series="umum",
        classification="800.1.6.2",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        needs_person=True,
    ),
    LetterKind(
        REPORT,
        "Laporan Hasil Pemeriksaan",
        DocumentClass.KHUSUS,
        (
            LetterField("periksa.dugaan", "Dugaan pelanggaran", "menghadiri deklarasi bakal calon", required=True),
            day("periksa.tanggal", "Tanggal pemeriksaan", "2024-09-17", required=True),
            LetterField("periksa.tempat", "Tempat pemeriksaan", "Ruang Rapat BKPSDM"),
            lines("periksa.dasar", "Dasar pemeriksaan", "Surat Perintah Nomor 5"),
            LetterField(
                "periksa.tim",
                "Pemeriksa: Nama | NIP | Jabatan",
                "Rina Kusuma, S.E. | 198501012010012001 | Ketua Tim Pemeriksa",
                Entry.TABLE,
                required=True,
                columns=EXAMINERS,
            ),
            lines("periksa.uraian", "Hasil pemeriksaan", "Yang diperiksa hadir tanpa atribut.", required=True),
            lines("periksa.kesimpulan", "Kesimpulan", "Perbuatan terbukti", required=True),
            lines("periksa.saran", "Saran", "Diteruskan kepada pejabat yang berwenang", required=True),
        ),
        series="umum",
        classification="800.1.6.2",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        others_sign=True,
        needs_person=True,
    ),
)
