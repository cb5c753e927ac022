"""The circulars' fixed words: where an acknowledgement stands and how it was given."""

from __future__ import annotations

from enum import StrEnum


class AckStatus(StrEnum):
    """Where one person's acknowledgement stands."""

    WAITING = "menunggu"
    SIGNED = "ditandatangani"
    REFUSED = "menolak"
    UNREACHABLE = "tidak_ditemui"


class AckMethod(StrEnum):
    """How the clerk came to know."""

    CODE = "kode"
    BY_HAND = "manual"
