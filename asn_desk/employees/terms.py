"""The registry's fixed words: kinds of employee, states of employment, classes of post."""

from __future__ import annotations

from enum import StrEnum


class EmployeeKind(StrEnum):
    """What a person is to the office; decides which rules apply."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PW = "PPPK_PW"
    NON_ASN = "NON_ASN"


class EmploymentState(StrEnum):
    """Whether the person still serves; people who vanish from a full import are to be checked, never deleted."""

    ACTIVE = "aktif"
    CHECK = "perlu_dicek"
    ENDED = "berakhir"


class PostClass(StrEnum):
    """The class of a post (UU 20/2023): decides who signs the dismissal and the retirement age."""

    JPT_UTAMA = "jpt_utama"
    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"
    PENGAWAS = "pengawas"
    PELAKSANA = "pelaksana"
    JF_KETERAMPILAN = "jf_keterampilan"
    JF_AHLI_PERTAMA = "jf_ahli_pertama"
    JF_AHLI_MUDA = "jf_ahli_muda"
    JF_AHLI_MADYA = "jf_ahli_madya"
    JF_AHLI_UTAMA = "jf_ahli_utama"
    UNKNOWN = "tidak_diketahui"


class Sex(StrEnum):
    """As digit 15 of the number says: 1 is L, 2 is P."""

    MALE = "L"
    FEMALE = "P"
