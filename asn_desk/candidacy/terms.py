"""Closed vocabularies of the candidacy files, with the words the clerk sees."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class SuspicionState(StrEnum):
    """How far an unproven report has come."""

    OPEN = "terbuka"
    LINKED = "dikaitkan"
    DISMISSED = "tidak_terbukti"


SUSPICION_WORDS: Mapping[SuspicionState, str] = MappingProxyType({
    SuspicionState.OPEN: "Belum diputuskan",
    SuspicionState.LINKED: "Dikaitkan dengan berkas",
    SuspicionState.DISMISSED: "Tidak terbukti",
})  # fmt: skip


class PaperState(StrEnum):
    """How a paper of the checklist stands."""

    MISSING = "belum_ada"
    ATTACHED = "diterima"
    VERIFIED = "terverifikasi"
    WAIVED = "dikecualikan"


PAPER_WORDS: Mapping[PaperState, str] = MappingProxyType({
    PaperState.MISSING: "belum ada",
    PaperState.ATTACHED: "diterima, belum diperiksa",
    PaperState.VERIFIED: "sudah diperiksa",
    PaperState.WAIVED: "tidak diperlukan",
})  # fmt: skip


class DeclarationOrder(StrEnum):
    """In which order the list stands."""

    DUE = "tenggat"
    NAME = "nama"
    UNIT = "unit"
    OFFICE = "jabatan"
    KPU_STATUS = "tahap_kpu"
    STAFF_STATUS = "tahap_kepegawaian"
    DECLARED = "tanggal_deklarasi"


class DueWithin(StrEnum):
    """Which files a list shows by their most urgent open duty."""

    ANY = ""
    LATE = "lewat"
    TODAY = "hari_ini"
    WEEK = "minggu_ini"
    NONE = "tanpa_tenggat"


NON_ASN_WORDS: Mapping[str, str] = MappingProxyType({
    "none": "tidak ada kewajiban",
    "at_registration": "mengundurkan diri saat pendaftaran",
    "at_dct": "mengundurkan diri saat penetapan calon",
    "per_contract": "menurut perjanjian kerja",
})  # fmt: skip
EMPLOYER_WORDS: Mapping[str, str] = MappingProxyType({
    "daerah": "pemerintah daerah",
    "kementerian": "kementerian atau lembaga",
})  # fmt: skip
