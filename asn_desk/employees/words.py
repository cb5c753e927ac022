"""The registry's fixed words as the clerk reads them, for screens and workbooks."""

from __future__ import annotations

from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex

KIND_WORDS: dict[EmployeeKind, str] = {
    EmployeeKind.PNS: "PNS",
    EmployeeKind.CPNS: "CPNS",
    EmployeeKind.PPPK: "PPPK",
    EmployeeKind.PPPK_PW: "PPPK Paruh Waktu",
    EmployeeKind.NON_ASN: "Non-ASN",
}
STATE_WORDS: dict[EmploymentState, str] = {
    EmploymentState.ACTIVE: "Aktif",
    EmploymentState.CHECK: "Perlu dicek",
    EmploymentState.ENDED: "Berakhir",
}
CLASS_WORDS: dict[PostClass, str] = {
    PostClass.JPT_UTAMA: "JPT Utama",
    PostClass.JPT_MADYA: "JPT Madya",
    PostClass.JPT_PRATAMA: "JPT Pratama",
    PostClass.ADMINISTRATOR: "Administrator",
    PostClass.PENGAWAS: "Pengawas",
    PostClass.PELAKSANA: "Pelaksana",
    PostClass.JF_KETERAMPILAN: "JF Keterampilan",
    PostClass.JF_AHLI_PERTAMA: "JF Ahli Pertama",
    PostClass.JF_AHLI_MUDA: "JF Ahli Muda",
    PostClass.JF_AHLI_MADYA: "JF Ahli Madya",
    PostClass.JF_AHLI_UTAMA: "JF Ahli Utama",
    PostClass.UNKNOWN: "Belum diketahui",
}
SEX_WORDS: dict[Sex, str] = {Sex.MALE: "Laki-laki", Sex.FEMALE: "Perempuan"}

_BY_FIELD: dict[str, dict[str, str]] = {
    "kind": {key.value: word for key, word in KIND_WORDS.items()},
    "state": {key.value: word for key, word in STATE_WORDS.items()},
    "post_class": {key.value: word for key, word in CLASS_WORDS.items()},
    "sex": {key.value: word for key, word in SEX_WORDS.items()},
}


def spoken(field: str, value: str) -> str:
    """Return a stored value of a person's field in words: `jf_ahli_muda` -> `JF Ahli Muda`; other fields stay as they are."""
    return _BY_FIELD.get(field, {}).get(value, value)
