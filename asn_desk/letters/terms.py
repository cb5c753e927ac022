"""The letters' fixed words: states of a number and of a letter, classes of letters, forms of signing."""

from __future__ import annotations

from enum import StrEnum


class RegisterStatus(StrEnum):
    """A number is in use or void; void numbers are never given out again."""

    USED = "terpakai"
    VOID = "batal"


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
