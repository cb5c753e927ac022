"""Where a declaration stands: three statuses that follow its dated events, with the words the clerk sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class KpuStatus(StrEnum):
    """What the organiser of the election has done with the candidacy."""

    NONE = "BELUM_TERDAFTAR"
    REGISTERED = "TERDAFTAR"
    DCS = "DCS"
    TMS = "TMS"
    DETERMINED = "DITETAPKAN"
    NOT_DETERMINED = "TIDAK_DITETAPKAN"
    WITHDRAWN = "MUNDUR_PENCALONAN"
    ELECTED = "TERPILIH"
    NOT_ELECTED = "TIDAK_TERPILIH"
    SWORN_IN = "DILANTIK"


class StaffStatus(StrEnum):
    """What the office has done about the person's employment."""

    DRAFT = "DRAF"
    REPORTED = "DILAPORKAN"
    RESIGNED = "MENGUNDURKAN_DIRI"
    RECEIPT = "TANDA_TERIMA"
    IN_PROCESS = "DIPROSES"
    INCOMPLETE = "BERKAS_KURANG"
    HELD = "MENUNGGU_PENETAPAN"
    DECREED = "SK_TERBIT"
    DECREE_AT_KPU = "SK_DI_KPU"
    LEFT = "BERHENTI"
    STAYS = "KEMBALI_AKTIF"
    APS = "JALUR_APS"
    APS_GRANTED = "APS_DISETUJUI"
    APS_POSTPONED = "APS_DITUNDA"
    RETIRING = "JALUR_BUP"
    RETIRED = "PENSIUN"
    VILLAGE = "JALUR_IZIN_KADES"
    PERMITTED = "DIIZINKAN"
    PERMIT_REFUSED = "IZIN_DITOLAK"
    RELEASED = "BEBAS_SEMENTARA"
    RETURNED = "KEMBALI"
    CANCELLED = "BATAL"
    DIED = "WAFAT"


class DisciplineStatus(StrEnum):
    """What matters of discipline the candidacy raised."""

    NONE = "TIDAK_ADA"
    ETHICS = "CATATAN_ETIK"
    IN_SIPOL = "TERCATAT_SIPOL"
    WRONGLY_LISTED = "SALAH_CATAT"
    MEMBER = "TERBUKTI_ANGGOTA"
    FAILED_TO_RESIGN = "LALAI_MUNDUR"
    PTDH_PROPOSED = "PROSES_PTDH"
    PTDH = "PTDH"


STATUS_WORDS: Mapping[str, str] = {
    "BELUM_TERDAFTAR": "Belum terdaftar", "TERDAFTAR": "Terdaftar", "DCS": "Masuk DCS", "TMS": "Tidak memenuhi syarat",
    "DITETAPKAN": "Ditetapkan", "TIDAK_DITETAPKAN": "Tidak ditetapkan", "MUNDUR_PENCALONAN": "Mundur dari pencalonan",
    "TERPILIH": "Terpilih", "TIDAK_TERPILIH": "Tidak terpilih", "DILANTIK": "Dilantik",
    "DRAF": "Draf", "DILAPORKAN": "Dilaporkan", "MENGUNDURKAN_DIRI": "Surat pengunduran diri diterima",
    "TANDA_TERIMA": "Tanda terima terbit", "DIPROSES": "Sedang diproses", "BERKAS_KURANG": "Berkas belum lengkap",
    "MENUNGGU_PENETAPAN": "Menunggu penetapan", "SK_TERBIT": "SK terbit", "SK_DI_KPU": "SK sudah di KPU",
    "BERHENTI": "Berhenti", "KEMBALI_AKTIF": "Tetap bertugas", "JALUR_APS": "Permohonan berhenti diajukan",
    "APS_DISETUJUI": "Permohonan berhenti disetujui", "APS_DITUNDA": "Permohonan berhenti ditunda",
    "JALUR_BUP": "Menunggu pensiun batas usia", "PENSIUN": "Pensiun", "JALUR_IZIN_KADES": "Izin kades diminta",
    "DIIZINKAN": "Izin terbit", "IZIN_DITOLAK": "Izin ditolak", "BEBAS_SEMENTARA": "Dibebaskan sementara",
    "KEMBALI": "Kembali bertugas", "BATAL": "Dibatalkan", "WAFAT": "Wafat",
    "TIDAK_ADA": "Tidak ada", "CATATAN_ETIK": "Catatan etik", "TERCATAT_SIPOL": "Tercatat dalam SIPOL",
    "SALAH_CATAT": "Salah catat, selesai", "TERBUKTI_ANGGOTA": "Terbukti anggota partai", "LALAI_MUNDUR": "Lalai mundur",
    "PROSES_PTDH": "Proses PTDH", "PTDH": "Diberhentikan tidak dengan hormat",
}  # fmt: skip


FINAL_STAFF = frozenset(
    {
        StaffStatus.LEFT, StaffStatus.STAYS, StaffStatus.RETIRED, StaffStatus.RETURNED, StaffStatus.CANCELLED,
        StaffStatus.DIED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class DatedEvent:
    """Something that happened. `effective`: the TMT its paper names; `note`: the clerk's reason, also for an unusual day.

    `origin` says for explanations who recorded it and when.
    """

    code: str
    day: date
    effective: date | None = None
    note: str = ""
    origin: str = "dicatat dalam berkas"


@dataclass(frozen=True)
class State:
    """The three statuses, and which events led here (code to first day)."""

    kpu: KpuStatus = KpuStatus.NONE
    staff: StaffStatus = StaffStatus.DRAFT
    discipline: DisciplineStatus = DisciplineStatus.NONE
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Return whether nothing more is to be done about the employment."""
        return self.staff in FINAL_STAFF or self.discipline is DisciplineStatus.PTDH

    def has(self, *codes: str) -> bool:
        """Return whether all these events happened."""
        return all(code in self.days for code in codes)
