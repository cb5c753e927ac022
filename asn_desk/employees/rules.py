"""What an export's words mean: kind of employee, employment state, class of post. Pure decisions; unsure means unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex

_NOT_WORD = re.compile(r"[^A-Z0-9]+")

_ACTIVE_IDS = frozenset({"1", "2", "3", "4", "13", "15", "16", "20", "51"})
_ACTIVE_NAMES = frozenset(
    {
        "AKTIF", "PNS AKTIF", "CPNS AKTIF", "PPPK AKTIF", "CLTN", "CUTI DI LUAR TANGGUNGAN NEGARA", "PERPANJANGAN CLTN",
        "TUGAS BELAJAR", "PEMBERHENTIAN SEMENTARA", "DIBERHENTIKAN SEMENTARA", "HUKUMAN DISIPLIN",
        "PEMINDAHAN PENURUNAN JABATAN", "MPP", "MASA PERSIAPAN PENSIUN", "CPNS BELUM SK", "CPNS",
    }
)  # fmt: skip
_ENDED_WORDS = (
    "PENSIUN",
    "DIBERHENTIKAN",
    "BERHENTI",
    "PUNAH",
    "PEMBATALAN NIP",
    "CAPAI BUP",
    "MENINGGAL",
    "PIDANA",
    "TMS",
)
_FIRST_ENDED_ID, _LAST_ENDED_ID = 66, 99

_NON_ASN = (
    "NON ASN", "NONASN", "NON PNS", "NONPNS", "BUKAN ASN", "BUKAN PNS", "HONORER", "HONOR", "PPNPN", "PTT", "GTT", "THL",
    "KONTRAK", "TENAGA HARIAN", "SUKARELA",
)  # fmt: skip
_PPPK = ("PPPK", "P3K", "PERJANJIAN KERJA")

_ESELON = {
    "12": PostClass.JPT_MADYA, "21": PostClass.JPT_PRATAMA, "22": PostClass.JPT_PRATAMA, "31": PostClass.ADMINISTRATOR,
    "32": PostClass.ADMINISTRATOR, "41": PostClass.PENGAWAS, "42": PostClass.PENGAWAS,
}  # fmt: skip
_ESELON_NAMES = {
    "I B": "12", "IB": "12", "II A": "21", "IIA": "21", "II B": "22", "IIB": "22", "III A": "31", "IIIA": "31",
    "III B": "32", "IIIB": "32", "IV A": "41", "IVA": "41", "IV B": "42", "IVB": "42",
}  # fmt: skip
_EXPERT = {
    "PERTAMA": PostClass.JF_AHLI_PERTAMA, "MUDA": PostClass.JF_AHLI_MUDA, "MADYA": PostClass.JF_AHLI_MADYA,
    "UTAMA": PostClass.JF_AHLI_UTAMA,
}  # fmt: skip
_EXPERT_FORM = re.compile(r"\bAHLI (PERTAMA|MUDA|MADYA|UTAMA)\b")
_OLD_EXPERT_FORM = re.compile(r"\b(PERTAMA|MUDA|MADYA|UTAMA)$")
_SKILLED_FORM = re.compile(
    r"^(PEMULA|TERAMPIL|MAHIR|PENYELIA)\b|\b(PEMULA|TERAMPIL|MAHIR|PENYELIA|PELAKSANA|LANJUTAN)$"
)
_ADDED_TASK = re.compile(r"\b(SEBAGAI|DIBERI TUGAS|MERANGKAP)\b.*$")
_HEADS = (
    ("KEPALA DINAS", PostClass.JPT_PRATAMA),
    ("KEPALA BADAN", PostClass.JPT_PRATAMA),
    ("SEKRETARIS DAERAH PROVINSI", PostClass.JPT_MADYA),
    ("SEKRETARIS DAERAH KOTA", PostClass.JPT_PRATAMA),
    ("SEKRETARIS DAERAH KABUPATEN", PostClass.JPT_PRATAMA),
    ("SEKRETARIS DINAS", PostClass.ADMINISTRATOR),
    ("SEKRETARIS BADAN", PostClass.ADMINISTRATOR),
    ("CAMAT", PostClass.ADMINISTRATOR),
    ("KEPALA BIDANG", PostClass.ADMINISTRATOR),
    ("KEPALA BAGIAN", PostClass.ADMINISTRATOR),
    ("LURAH", PostClass.PENGAWAS),
    ("KEPALA SEKSI", PostClass.PENGAWAS),
    ("KEPALA SUBBAGIAN", PostClass.PENGAWAS),
    ("KEPALA SUB BAGIAN", PostClass.PENGAWAS),
)


def words_of(text: str) -> str:
    """Return the text in capitals with single blanks between words, punctuation gone; how names are compared here."""
    return _NOT_WORD.sub(" ", text.upper()).strip()


def kind_of(status: str, type_name: str, legal_name: str) -> EmployeeKind | None:
    """Return the kind that STATUS CPNS PNS, JENIS PEGAWAI and KEDUDUKAN HUKUM state, or None when they say nothing."""
    said = words_of(f"{type_name} {legal_name}")
    short = words_of(status)
    everything = f" {short} {said} "
    if any(word in everything for word in _PPPK):
        return EmployeeKind.PPPK_PW if "PARUH WAKTU" in everything else EmployeeKind.PPPK
    if any(f" {word} " in everything for word in _NON_ASN):
        return EmployeeKind.NON_ASN
    if short in {"CPNS PNS", "PNS CPNS"}:  # the form's own words, neither crossed out
        return None
    if short == "C" or " CPNS " in everything:
        return EmployeeKind.CPNS
    if short == "P" or " PNS " in everything:
        return EmployeeKind.PNS
    return None


def state_of(legal_id: str, legal_name: str) -> EmploymentState | None:
    """Return the state that KEDUDUKAN HUKUM means, or None when its value is not in the list.

    No value at all means active: the person stands in an export of serving employees.
    """
    name = words_of(legal_name)
    number = legal_id.lstrip("0")
    if not number and not name:
        return EmploymentState.ACTIVE
    if number in _ACTIVE_IDS or name in _ACTIVE_NAMES:
        return EmploymentState.ACTIVE
    if number.isascii() and number.isdigit() and _FIRST_ENDED_ID <= int(number[:4]) <= _LAST_ENDED_ID:
        return EmploymentState.ENDED
    if any(word in name for word in _ENDED_WORDS):
        return EmploymentState.ENDED
    return None


def sex_of(text: str) -> Sex | None:
    """Return the sex that an export writes as M/F, L/P, Pria/Wanita or in full; None for anything else."""
    word = words_of(text)
    if word in {"M", "L", "LK", "PRIA", "MALE", "LELAKI"} or word.startswith("LAKI"):
        return Sex.MALE
    if word in {"F", "P", "PR", "W", "WANITA", "FEMALE"} or word.startswith("PEREMPUAN"):
        return Sex.FEMALE
    return None


def p_of(texts: Iterable[str]) -> Sex | None:
    """Return what P means in a column: Perempuan, but Pria beside a W; nothing sure beside both L and W."""
    words = set(map(words_of, texts))
    if "W" not in words:
        return Sex.FEMALE
    return None if words & {"L", "LK", "M"} else Sex.MALE


def post_class_of(eselon_id: str, eselon: str, post_type_id: str, post_type: str, post_name: str) -> PostClass:
    """Return the class of a post from its echelon, its type and its name (UU 20/2023), UNKNOWN when they do not settle it.

    Echelon I.a and V are left unknown: they name no single class of today.
    """
    number = _ESELON_NAMES.get(words_of(eselon), eselon_id)
    if known := _ESELON.get(number):
        return known
    name = words_of(post_name)
    kind = post_type_id or _post_type(words_of(post_type))
    if expert := _EXPERT_FORM.search(name):
        return _EXPERT[expert[1]]
    if kind == "2":
        return _functional(_ADDED_TASK.sub("", name).strip())
    if kind == "4":
        return PostClass.PELAKSANA
    if kind == "1":
        return next((found for start, found in _HEADS if name.startswith(start)), PostClass.UNKNOWN)
    return PostClass.UNKNOWN


def _post_type(words: str) -> str:
    if "STRUKTURAL" in words:
        return "1"
    if "UMUM" in words or "PELAKSANA" in words:
        return "4"
    return "2" if "FUNGSIONAL" in words else ""


def _functional(name: str) -> PostClass:
    if expert := _OLD_EXPERT_FORM.search(name):
        return _EXPERT[expert[1]]
    return PostClass.JF_KETERAMPILAN if _SKILLED_FORM.search(name) else PostClass.UNKNOWN
