"""The register's fixed words: states of a number and of a letter."""

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
