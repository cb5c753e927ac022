"""The closed vocabularies of the rule packs, with the words the clerk sees for them."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """How well a statement is founded: two sources, one source, derived by us, or memory only."""

    TWO_SOURCES = "V2"
    ONE_SOURCE = "V"
    DERIVED = "D"
    MEMORY = "M"


CONFIDENCE_WORDS = {
    Confidence.TWO_SOURCES: "dua sumber atau lebih",
    Confidence.ONE_SOURCE: "satu sumber",
    Confidence.DERIVED: "hasil penalaran, bukan kutipan",
    Confidence.MEMORY: "belum ada sumber, perlu diperiksa",
}


class Unit(StrEnum):
    """What an offset counts. `end_of_month`: the last day of the month `number` months on."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    END_OF_MONTH = "end_of_month"


class Direction(StrEnum):
    """Whether the due date lies after or before its trigger."""

    AFTER = "after"
    BEFORE = "before"


class Edge(StrEnum):
    """Which end of a period (e.g. the days of registration) counts as the trigger."""

    START = "start"
    END = "end"


class Lane(StrEnum):
    """On which track an event lies."""

    KPU = "kpu"
    STAFF = "staff"
    DISCIPLINE = "discipline"


class RuleKind(StrEnum):
    """A duty somebody owes, a warning the clerk must see, or an effect on how the employment ends."""

    DUTY = "duty"
    WARNING = "warning"
    EFFECT = "effect"


class Track(StrEnum):
    """By which way the employment ends or is suspended."""

    RESIGN = "mundur"
    APS = "aps"
    RETIREMENT = "bup"
    VILLAGE_PERMIT = "izin_kades"
    PARTY = "partai"


class Form(StrEnum):
    """How the employment ends for the candidate."""

    HONOURABLE = "dengan_hormat"
    DISHONOURABLE = "tidak_dengan_hormat"
    RETIREMENT = "pensiun_bup"
    PERMIT = "izin_ppk"
    LOCAL = "kebijakan_daerah"
    STAYS = "tetap_asn"


FORM_WORDS = {
    Form.HONOURABLE: "dengan hormat",
    Form.DISHONOURABLE: "tidak dengan hormat",
    Form.RETIREMENT: "pensiun batas usia",
    Form.PERMIT: "izin PPK, tetap PNS",
    Form.LOCAL: "menurut kebijakan daerah",
    Form.STAYS: "tetap ASN",
}


class Fact(StrEnum):
    """What a rule may ask about a person besides office, kind, post and events. All are worked out by pure rules."""

    ACTING_HEAD = "penjabat"
    PENSION_RIGHT = "hak_pensiun"
    RETIRES_BEFORE = "bup_sebelum_penetapan"
    LEFT_BEFORE = "keluar_sebelum_penetapan"
    APS_GROUND = "alasan_tolak_aps"
    TEACHER_OR_HEALTH = "guru_atau_nakes"
    SPOUSE = "pasangan_calon_adalah_suami_istri"
    OTHER_REGION = "maju_di_daerah_lain"
    IN_PARTY = "anggota_parpol"


class Owes(StrEnum):
    """Who can owe or be owed something."""

    EMPLOYEE = "pegawai"
    SUPERIOR = "atasan"
    OPD = "opd"
    BKD = "bkd"
    PYB = "pyb"
    PPK = "ppk"
    SIGNER = "penanda_tangan"
    PRESIDENT = "presiden"
    MINISTER = "menteri"
    BKN = "bkn"
    KPU = "kpu"
    PARTY = "parpol"
    BAWASLU = "bawaslu"
    MENDAGRI = "mendagri"
    COUNCIL = "dprd_atau_gubernur"
    VILLAGE_COMMITTEE = "panitia_pilkades"


OWES_WORDS = {
    Owes.EMPLOYEE: "Pegawai",
    Owes.SUPERIOR: "Atasan langsung",
    Owes.OPD: "Kepala OPD",
    Owes.BKD: "BKD/BKPSDM",
    Owes.PYB: "Pejabat yang Berwenang (Sekda)",
    Owes.PPK: "Pejabat Pembina Kepegawaian",
    Owes.SIGNER: "Pejabat penanda tangan SK",
    Owes.PRESIDENT: "Presiden",
    Owes.MINISTER: "Menteri",
    Owes.BKN: "BKN/Kantor Regional BKN",
    Owes.KPU: "KPU",
    Owes.PARTY: "Partai politik",
    Owes.BAWASLU: "Bawaslu",
    Owes.MENDAGRI: "Menteri Dalam Negeri",
    Owes.COUNCIL: "DPRD atau gubernur",
    Owes.VILLAGE_COMMITTEE: "Panitia pilkades",
}


OWES_CODES = {
    Owes.EMPLOYEE: "pegawai",
    Owes.SUPERIOR: "atasan langsung",
    Owes.OPD: "OPD",
    Owes.BKD: "BKD",
    Owes.PYB: "PyB",
    Owes.PPK: "PPK",
    Owes.SIGNER: "penanda tangan SK",
    Owes.PRESIDENT: "Presiden",
    Owes.MINISTER: "Menteri",
    Owes.BKN: "BKN",
    Owes.KPU: "KPU",
    Owes.PARTY: "parpol",
    Owes.BAWASLU: "Bawaslu",
    Owes.MENDAGRI: "Mendagri",
    Owes.COUNCIL: "DPRD/gubernur",
    Owes.VILLAGE_COMMITTEE: "panitia pilkades",
}
"""The short names of the rules file, for programs that read the JSON."""


class Need(StrEnum):
    """Whether a paper belongs to a track's checklist."""

    REQUIRED = "wajib"
    IF_PENSION = "jika_pensiun"
    IF_ANY = "jika_ada"
    LOCAL = "menurut_daerah"
    NO = "tidak"


class ChangeKind(StrEnum):
    """What an office may want different from the shipped packs."""

    RULE = "aturan"
    STAGE = "tahapan"
    PACK = "paket"
    HOLIDAY = "hari_libur"


CHANGE_WORDS = {
    ChangeKind.RULE: "Aturan",
    ChangeKind.STAGE: "Tanggal tahapan",
    ChangeKind.PACK: "Paket aturan",
    ChangeKind.HOLIDAY: "Hari libur",
}
