"""The letters' fixed words: states of a number and of a letter, classes of letters, forms of signing."""

from __future__ import annotations

from enum import StrEnum


class RegisterStatus(StrEnum):
    """A number is in use, kept for a purpose, or void; void numbers are never given out again."""

    USED = "terpakai"
    RESERVED = "dicadangkan"
    VOID = "batal"


class RegisterSource(StrEnum):
    """Where a number came from: taken here, from a letter written outside the program, or given by hand after issue."""

    TAKEN = "program"
    OUTSIDE = "luar"
    BY_HAND = "menyusul"


class InsertStyle(StrEnum):
    """How a number inserted behind number 12 is written; the values are the style's own example."""

    LOWER = "12a"
    UPPER = "12A"
    POINT = "12.1"


class NumberWay(StrEnum):
    """How a letter gets its number: the next one, one inserted by its date, a reserved one, or later by hand."""

    NEXT = "berikutnya"
    INSERTED = "sisipan"
    RESERVED = "cadangan"
    LATER = "menyusul"


class BatchState(StrEnum):
    """Where a batch of letters is; a running one that nobody runs (crash, power cut) goes on from its last chunk."""

    RUNNING = "berjalan"
    PAUSED = "dijeda"
    CANCELLED = "dihentikan"
    DONE = "selesai"


class ItemState(StrEnum):
    """One person of a batch: not yet, with a letter, or refused with a sentence."""

    WAITING = "menunggu"
    ISSUED = "terbit"
    REFUSED = "ditolak"


class LetterStatus(StrEnum):
    """Where the paper is."""

    ISSUED = "terbit"
    SIGNED = "ditandatangani"
    HANDED_OVER = "diserahkan"
    VOID = "batal"


class DocumentClass(StrEnum):
    """The class of a letter; decides whether names carry titles. Circulars count as pengaturan."""

    PENGATURAN = "pengaturan"
    PENETAPAN = "penetapan"
    PENUGASAN = "penugasan"
    KORESPONDENSI = "korespondensi"
    KHUSUS = "khusus"


class SignForm(StrEnum):
    """Who answers for the letter: the signer, the one above (a.n.), or the one two levels above (u.b.)."""

    OWN = "sendiri"
    ON_BEHALF = "a.n."
    FOR = "u.b."
