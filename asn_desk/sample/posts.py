"""Posts of the sample office: leaders by echelon, functional officials by profession and rank, and implementing staff."""

from dataclasses import dataclass
from enum import StrEnum

from asn_desk.sample.schooling import SUBJECTS
from asn_desk.sample.units import Eselon, Kind, Unit


class Group(StrEnum):
    """The three classes of posts, with the code and name that SIASN prints."""

    STRUCTURAL = "1"
    FUNCTIONAL = "2"
    GENERAL = "4"


GROUP_NAMES = {
    Group.STRUCTURAL: "Jabatan Struktural",
    Group.FUNCTIONAL: "Jabatan Fungsional Tertentu",
    Group.GENERAL: "Jabatan Fungsional Umum",
}

BUP_SENIOR = 60  # JPT, Ahli Madya, teachers and doctors
BUP_USUAL = 58


@dataclass(frozen=True, slots=True)
class Profession:
    """One functional profession: its name, the courses that lead to it, whether all its ranks retire at 60."""

    name: str
    courses: str
    weight: int = 1
    senior: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody does: title, class, echelon code and name, retirement age in years."""

    title: str
    group: Group
    bup: int
    eselon_id: str = "99"
    eselon: str = ""


def _teacher(subject: str, weight: int = 1) -> Profession:
    return Profession(f"Guru {subject}", f"teacher {subject}", weight, senior=True)


TEACHERS = {
    Kind.SD: (
        _teacher("Kelas", 7),
        _teacher("Pendidikan Jasmani, Olahraga dan Kesehatan"),
        _teacher("Pendidikan Agama Islam"),
    ),
    Kind.SMP: tuple(_teacher(subject) for subject in SUBJECTS),
}
MEDICAL = (
    Profession("Dokter", "doctor", 3, senior=True),
    Profession("Dokter Gigi", "dentist", 1, senior=True),
    Profession("Perawat", "nurse", 9),
    Profession("Bidan", "midwife", 7),
    Profession("Apoteker", "pharmacist", 1),
    Profession("Nutrisionis", "health", 1),
    Profession("Pranata Laboratorium Kesehatan", "health", 1),
    Profession("Tenaga Sanitasi Lingkungan", "health", 1),
    Profession("Tenaga Promosi Kesehatan dan Ilmu Perilaku", "health", 1),
    Profession("Perekam Medis", "health", 1),
)
TECHNICAL = tuple(
    Profession(name, courses)
    for courses, names in (
        (
            "policy",
            (
                "Analis Sumber Daya Manusia Aparatur", "Auditor", "Perencana", "Analis Kebijakan", "Arsiparis", "Pustakawan",
                "Analis Keuangan Pusat dan Daerah", "Polisi Pamong Praja", "Pranata Hubungan Masyarakat", "Pekerja Sosial",
                "Pengelola Pengadaan Barang/Jasa", "Penata Kelola Penanaman Modal", "Pengawas Koperasi",
                "Penata Kependudukan dan Keluarga Berencana", "Pengawas Penyelenggaraan Urusan Pemerintahan di Daerah",
            ),
        ),
        ("engineering", ("Pengawas Lingkungan Hidup", "Penata Ruang", "Pembina Jasa Konstruksi")),
        ("computing", ("Pranata Komputer", "Administrator Database Kependudukan", "Statistisi")),
        ("farming", ("Penyuluh Pertanian",)),
    )
    for name in names
)  # fmt: skip
HEALTH_CENTRE_LEADER = Profession("Dokter", "doctor", senior=True)
GROUP_LEADER = Profession("Analis Kebijakan", "policy")

# Implementing posts: for people with secondary school at most, and for the others.
GENERAL_LOW = (
    "Operator Layanan Operasional", "Pengelola Umum Operasional", "Pengadministrasi Perkantoran", "Pengemudi",
    "Pramu Kebersihan", "Petugas Keamanan", "Operator Alat Berat dan Kendaraan Operasional Pengangkut Sampah",
)  # fmt: skip
GENERAL_HIGH = (
    "Penata Layanan Operasional", "Pengolah Data dan Informasi", "Penelaah Teknis Kebijakan", "Pengelola Layanan Operasional",
    "Dokumentalis Hukum", "Penata Kelola Sistem dan Teknologi Informasi", "Fasilitator Pemerintahan", "Arsiparis Pelaksana",
    "Penelaah Kebijakan Pengadaan Barang dan Jasa pada Unit Kerja Pengadaan Barang dan Jasa Pemerintah Daerah Kota",
)  # fmt: skip

_ESELON_IDS = {
    Eselon.II_A: "21", Eselon.II_B: "22", Eselon.III_A: "31", Eselon.III_B: "32", Eselon.IV_A: "41", Eselon.IV_B: "42",
}  # fmt: skip

# Index into careers.GRADES from which each rank of a functional post counts.
_EXPERT = ((12, "Ahli Madya"), (10, "Ahli Muda"), (8, "Ahli Pertama"))
_SKILLED = ((10, "Penyelia"), (8, "Mahir"), (0, "Terampil"))


def structural_post(unit: Unit, eselon: Eselon) -> Post:
    """The post of a unit's structural head; JPT retire at 60, the others at 58 (UU 20/2023 art. 55)."""
    bup = BUP_SENIOR if eselon in (Eselon.II_A, Eselon.II_B) else BUP_USUAL
    return Post(unit.head, Group.STRUCTURAL, bup, _ESELON_IDS[eselon], eselon.value)


def functional_post(profession: Profession, grade: int, *, expert: bool, contract: bool, leads: str = "") -> Post:
    """A functional post at the rank its holder's grade gives.

    `grade` is an index into careers.GRADES; `contract` writes the title as SIASN does for PPPK ("AHLI PERTAMA - BIDAN");
    `leads` is the title of a unit's leader held as an additional task.
    """
    rank = next(name for start, name in (_EXPERT if expert else _SKILLED) if grade >= start)
    if contract:
        return Post(f"{rank} - {profession.name}".upper(), Group.FUNCTIONAL, _bup(profession, rank))
    title = f"{profession.name} {rank}"
    return Post(f"{title} sebagai {leads}" if leads else title, Group.FUNCTIONAL, _bup(profession, rank))


def _bup(profession: Profession, rank: str) -> int:
    return BUP_SENIOR if profession.senior or rank == "Ahli Madya" else BUP_USUAL
