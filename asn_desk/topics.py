"""What a write touched. Pages listen to these words and reload only when theirs is among them."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """One word per kind of record that a screen may show."""

    OFFICE = "office"
    USERS = "users"
    UNITS = "units"
    EMPLOYEES = "employees"
    CANDIDACY = "candidacy"
    LETTERS = "letters"
    CIRCULARS = "circulars"
    BACKUP = "backup"
