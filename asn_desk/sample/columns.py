"""The 69 columns of a SIASN employee export, in the order SIASN gives, and the day the sample is true for."""

from datetime import date

SiasnRow = dict[str, str]
"""One exported person: header -> text, every header present, in the order of HEADERS; an empty cell is an empty text."""

AS_OF = date(2024, 9, 9)
"""Ages, retirement and appointments in the sample are consistent on this day."""

HEADERS: tuple[str, ...] = tuple(
    """PNS ID; NIP BARU; NIP LAMA; NAMA; GELAR DEPAN; GELAR BELAKANG; TEMPAT LAHIR ID; TEMPAT LAHIR NAMA; TANGGAL LAHIR;
    JENIS KELAMIN; AGAMA ID; AGAMA NAMA; JENIS KAWIN ID; JENIS KAWIN NAMA; NIK; NOMOR HP; EMAIL; EMAIL GOV; ALAMAT;
    NPWP NOMOR; BPJS; JENIS PEGAWAI ID; JENIS PEGAWAI NAMA; KEDUDUKAN HUKUM ID; KEDUDUKAN HUKUM NAMA; STATUS CPNS PNS;
    KARTU ASN VIRTUAL; NOMOR SK CPNS; TANGGAL SK CPNS; TMT CPNS; NOMOR SK PNS; TANGGAL SK PNS; TMT PNS; GOL AWAL ID;
    GOL AWAL NAMA; GOL AKHIR ID; GOL AKHIR NAMA; TMT GOLONGAN; MK TAHUN; MK BULAN; JENIS JABATAN ID; JENIS JABATAN NAMA;
    JABATAN ID; JABATAN NAMA; TMT JABATAN; TINGKAT PENDIDIKAN ID; TINGKAT PENDIDIKAN NAMA; PENDIDIKAN ID;
    PENDIDIKAN NAMA; TAHUN LULUS; KPKN ID; KPKN NAMA; LOKASI KERJA ID; LOKASI KERJA NAMA; UNOR ID; UNOR NAMA;
    INSTANSI INDUK ID; INSTANSI INDUK NAMA; INSTANSI KERJA ID; INSTANSI KERJA NAMA; SATUAN KERJA INDUK ID;
    SATUAN KERJA INDUK NAMA; SATUAN KERJA KERJA ID; SATUAN KERJA KERJA NAMA; IS VALID NIK; NAMA SEKOLAH; FLAG IKD;
    ESELON ID; ESELON NAMA""".replace("\n", " ").split("; ")
)
HEADERS = tuple(header.strip() for header in HEADERS)

UNIT_HEADERS: tuple[str, ...] = ("ID", "NAMA_UNOR", "ID_ATASAN")
"""The companion file HierarkiUnor: one unit per row; the top has an empty ID_ATASAN."""


def siasn_date(day: date | None) -> str:
    """Write a day as SIASN does (dd-mm-yyyy), or an empty text for none."""
    return f"{day.day:02d}-{day.month:02d}-{day.year}" if day else ""
