"""Schools people finished and the titles they carry, with the uneven punctuation that real exports show."""

from dataclasses import dataclass
from enum import IntEnum
from random import Random


class Level(IntEnum):
    """BKN code of the level of education."""

    SD = 5
    SLTP = 10
    SLTA = 15
    D3 = 30
    D4 = 35
    S1 = 40
    S2 = 45
    S3 = 50


LEVEL_NAMES = {
    Level.SD: "SD", Level.SLTP: "SLTP", Level.SLTA: "SLTA", Level.D3: "D-III/Sarjana Muda", Level.D4: "D-IV",
    Level.S1: "S-1/Sarjana", Level.S2: "S-2", Level.S3: "S-3/Doktor",
}  # fmt: skip

FIRST_JOB_AGE = {
    Level.SD: 20, Level.SLTP: 20, Level.SLTA: 20, Level.D3: 22, Level.D4: 23, Level.S1: 23, Level.S2: 24, Level.S3: 26,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """One course of study and the titles it gives: `front` before the name, `back` after it."""

    level: Level
    name: str
    back: tuple[str, ...] = ()
    front: str = ""


def _course(level: Level, name: str, back: str = "", front: str = "") -> Course:
    return Course(level, name, tuple(back.split(", ")) if back else (), front)


_S1, _S2, _D3 = Level.S1, Level.S2, Level.D3

COURSES: dict[str, tuple[Course, ...]] = {
    "low": (
        _course(Level.SD, "SEKOLAH DASAR"),
        _course(Level.SLTP, "SLTP UMUM"),
        _course(Level.SLTA, "SLTA/SMA SEDERAJAT"),
        _course(Level.SLTA, "SMK TEKNIK"),
        _course(Level.SLTA, "SMA/MA IPS"),
        _course(Level.SLTA, "SMK AKUNTANSI"),
    ),
    "office": (
        _course(Level.SLTA, "SMA/MA IPS"),
        _course(Level.SLTA, "SMK ADMINISTRASI PERKANTORAN"),
        _course(_D3, "D-III MANAJEMEN INFORMATIKA", "A.Md.Kom."),
        _course(_D3, "D-III AKUNTANSI", "A.Md."),
        _course(_S1, "S-1 ADMINISTRASI NEGARA", "S.Sos."),
        _course(_S1, "S-1 MANAJEMEN", "S.E."),
        _course(_S1, "S-1 HUKUM", "S.H."),
    ),
    "teacher Kelas": (
        _course(_S1, "S-1 PENDIDIKAN GURU SEKOLAH DASAR", "S.Pd."),
        _course(_S1, "S-1 PENDIDIKAN GURU SEKOLAH DASAR", "S.Pd.SD."),
        _course(_S1, "PENDIDIKAN PROFESI GURU", "S.Pd., Gr."),
        _course(_S2, "S-2 MANAJEMEN PENDIDIKAN", "S.Pd., M.Pd."),
    ),
    "teacher Pendidikan Agama Islam": (
        _course(_S1, "S-1 PENDIDIKAN AGAMA ISLAM", "S.Pd.I."),
        _course(_S1, "S-1 PENDIDIKAN AGAMA ISLAM", "S.Ag."),
    ),
    "teacher Pendidikan Jasmani, Olahraga dan Kesehatan": (
        _course(_S1, "S-1 PENDIDIKAN JASMANI, KESEHATAN DAN REKREASI", "S.Pd."),
    ),
    "doctor": (
        _course(_S1, "PROFESI DOKTER", front="dr."),
        _course(_S1, "PROFESI DOKTER", front="dr."),
        _course(_S2, "DOKTER SPESIALIS PENYAKIT DALAM", "Sp.PD.", "dr."),
        _course(_S2, "DOKTER SPESIALIS OBSTETRI DAN GINEKOLOGI", "Sp.O.G., M.Kes.", "dr."),
    ),
    "dentist": (_course(_S1, "PROFESI DOKTER GIGI", front="drg."),),
    "pharmacist": (_course(_S1, "PROFESI APOTEKER", "S.Farm.", "apt."),),
    "nurse": (
        _course(_D3, "D-III KEPERAWATAN", "A.Md.Kep."),
        _course(_D3, "D-III KEPERAWATAN", "AMK"),
        _course(_S1, "PROFESI NERS", "S.Kep., Ners"),
        _course(_S1, "PROFESI NERS", "S.Kep.", "Ns."),
    ),
    "midwife": (_course(_D3, "D-III KEBIDANAN", "A.Md.Keb."), _course(_S1, "PROFESI BIDAN", "S.Keb., Bdn.")),
    "health": (
        _course(_D3, "D-III KESEHATAN LINGKUNGAN", "A.Md.KL."),
        _course(_D3, "D-III GIZI", "A.Md.Gz."),
        _course(_D3, "D-III ANALIS KESEHATAN", "A.Md.AK."),
        _course(_S1, "S-1 KESEHATAN MASYARAKAT", "S.K.M."),
        _course(_S2, "S-2 KESEHATAN MASYARAKAT", "S.K.M., M.Kes."),
    ),
    "policy": (
        _course(_S1, "S-1 AKUNTANSI", "S.E., Ak."),
        _course(_S1, "S-1 ADMINISTRASI NEGARA", "S.Sos."),
        _course(_S1, "S-1 HUKUM", "S.H."),
        _course(_S1, "S-1 PSIKOLOGI", "S.Psi."),
        _course(_S1, "S-1 ILMU KOMUNIKASI", "S.I.Kom."),
        _course(_S2, "S-2 ADMINISTRASI PUBLIK", "S.Sos., M.AP."),
        _course(_S2, "S-2 MANAJEMEN", "S.E., M.M."),
    ),
    "engineering": (
        _course(_S1, "S-1 TEKNIK SIPIL", "S.T."),
        _course(_S1, "S-1 TEKNIK LINGKUNGAN", "S.T."),
        _course(_S2, "S-2 PERENCANAAN WILAYAH DAN KOTA", "S.T., M.T."),
    ),
    "computing": (
        _course(_S1, "S-1 TEKNIK INFORMATIKA", "S.Kom."),
        _course(_S1, "S-1 SISTEM INFORMASI", "S.Kom."),
        _course(_S2, "S-2 ILMU KOMPUTER", "S.Kom., M.Kom."),
    ),
    "farming": (_course(_S1, "S-1 PERTANIAN/AGRONOMI", "S.P."), _course(_S2, "S-2 AGRIBISNIS", "S.P., M.Si.")),
    "leader": (
        _course(_S1, "S-1 ILMU PEMERINTAHAN", "S.IP."),
        _course(Level.D4, "D-IV PEMERINTAHAN (STPDN)", "S.STP."),
        _course(_S1, "S-1 TEKNIK SIPIL", "S.T."),
        _course(_S2, "S-2 ADMINISTRASI PUBLIK", "S.STP., M.Si."),
        _course(_S2, "S-2 MANAJEMEN", "S.E., M.M."),
        _course(_S2, "S-2 ILMU HUKUM", "S.H., M.H."),
        _course(_S2, "S-2 MANAJEMEN", "M.Si.", "Drs."),
        _course(_S2, "S-2 TEKNIK SIPIL", "M.T.", "Ir."),
        _course(Level.S3, "S-3 ILMU ADMINISTRASI", "S.Sos., M.Si.", "Dr."),
        _course(Level.S3, "S-3 ILMU LINGKUNGAN", "S.T., M.T., IPM.", "Dr. Ir."),
    ),
}

SUBJECTS = (
    "Matematika", "Bahasa Indonesia", "Bahasa Inggris", "Ilmu Pengetahuan Alam", "Ilmu Pengetahuan Sosial",
    "Seni Budaya", "Bimbingan Konseling", "Pendidikan Pancasila dan Kewarganegaraan", "Informatika",
)  # fmt: skip
for _subject in SUBJECTS:
    COURSES[f"teacher {_subject}"] = (
        _course(_S1, f"S-1 PENDIDIKAN {_subject.upper().removeprefix('PENDIDIKAN ')}", "S.Pd."),
        _course(_S1, "PENDIDIKAN PROFESI GURU", "S.Pd., Gr."),
        _course(_S2, "S-2 MANAJEMEN PENDIDIKAN", "S.Pd., M.Pd."),
    )


def titles(rng: Random, course: Course, *, pilgrim: str, woman: bool, tidy: bool) -> tuple[str, str]:
    """Return (front, back) titles as an export might hold them.

    `pilgrim` is "H.", "Hj." or empty; `tidy` keeps the correct punctuation.
    """
    degree = course.front.replace("Drs.", "Dra.") if woman else course.front
    parts = (pilgrim, degree) if rng.random() < 0.3 else (degree, pilgrim)
    front, back = " ".join(part for part in parts if part), ", ".join(course.back)
    if tidy:
        return front, back
    return _worn(rng, front), _worn(rng, back) if rng.random() > 0.03 else back.upper()


def _worn(rng: Random, text: str) -> str:
    """Most titles stay correct; the others lose dots or blanks, or are written otherwise, as typed by many hands."""
    if not text:
        return "-" if rng.random() < 0.01 else ""
    way = rng.random()
    if way < 0.72:
        return text
    if way < 0.82:
        return text.removesuffix(".")
    if way < 0.90:
        return text.replace(".", "")
    return text.replace(", ", ",") if way < 0.96 else text.replace(".", ". ").replace(" ,", ",").strip()
