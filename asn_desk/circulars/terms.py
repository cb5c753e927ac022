"""The circulars' fixed words: where an acknowledgement stands, how it was given, what accompanies a circular."""

from __future__ import annotations

from enum import StrEnum


class AckStatus(StrEnum):
    """Where one person's acknowledgement stands."""

    WAITING = "menunggu"
    PRINTED = "dicetak"
    HANDED = "diserahkan"
    SIGNED = "ditandatangani"
    ON_BEHALF = "atas_nama"
    REFUSED = "menolak"
    UNREACHABLE = "tidak_ditemui"
    POSTPONED = "ditunda"
    LEFT = "keluar"


class AckMethod(StrEnum):
    """How the clerk came to know."""

    CODE = "kode"
    BY_HAND = "manual"
    SCAN = "pindaian"
    SHEET = "lembar_kolektif"
    RETURN_FILE = "berkas_balasan"


class Signature(StrEnum):
    """How a person signed: in ink on the own slip, in ink on a list, or electronically."""

    WET = "basah"
    COLLECTIVE = "kolektif"
    ELECTRONIC = "tte"


class Companion(StrEnum):
    """What people sign or do with a circular (SKB 2022; Permendagri 1/2023 for the forms)."""

    PLAIN = "tanda_terima"
    PLEDGE = "pakta"
    LIST = "kolektif"
    OATH = "ikrar"


class Purpose(StrEnum):
    """Why a letter was sent to the head of a unit."""

    COVERING = "pengantar"
    REMINDER = "pengingat"


class EvidenceKind(StrEnum):
    """What a file kept with a circular shows."""

    MINUTES = "berita_acara"
    PHOTO = "foto"
    OTHER = "lainnya"
