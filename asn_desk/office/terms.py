"""The office's fixed words: kinds of region, letterheads, capacities and roles of those who sign."""

from __future__ import annotations

from enum import StrEnum


class RegionKind(StrEnum):
    """What the region is; decides the head's title."""

    KOTA = "kota"
    KABUPATEN = "kabupaten"
    PROVINSI = "provinsi"


class Paper(StrEnum):
    """The paper of letters; F4 is the folio that offices buy, 215 by 330 mm."""

    A4 = "A4"
    F4 = "F4"

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in millimetres, upright."""
        return (215, 330) if self is Paper.F4 else (210, 297)


FONTS = ("Arial", "Bookman Old Style", "Times New Roman", "Calibri", "Cambria")
"""The fonts whose free twins the program brings along, so that the PDF breaks its lines as Word does."""


class Letterhead(StrEnum):
    """Which kop a signer's letters carry (Permendagri 1/2023)."""

    KEPALA_DAERAH = "kepala_daerah"
    SEKRETARIAT_DAERAH = "sekretariat_daerah"
    PERANGKAT_DAERAH = "perangkat_daerah"


class Capacity(StrEnum):
    """In which capacity an official signs; the prefix of the post line."""

    DEFINITIF = "definitif"
    PJ = "Pj."
    PLT = "Plt."
    PLH = "Plh."


class OfficialRole(StrEnum):
    """What the signer is to the region; decides titles, rank and NIP in the signature block (Permendagri 1/2023 art. 44)."""

    KEPALA_DAERAH = "kepala_daerah"
    WAKIL_KEPALA_DAERAH = "wakil_kepala_daerah"
    SEKDA = "sekda"
    KEPALA_PERANGKAT_DAERAH = "kepala_perangkat_daerah"
    PEJABAT_LAIN = "pejabat_lain"


class UnitChangeKind(StrEnum):
    """What happened to a unit."""

    RENAMED = "ganti_nama"
    MOVED = "pindah_induk"
    MERGED = "digabung"
