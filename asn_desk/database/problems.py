"""Database trouble that is the PC's, not the program's, in words for the clerk."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DatabaseError

from asn_desk.errors import EnvironmentProblem

_KNOWN = (
    (
        "disk is full",
        "disk_full",
        "Ruang disk di {where} habis. Kosongkan ruang, lalu ulangi. Perubahan terakhir tidak tersimpan.",
    ),
    (
        "readonly database",
        "read_only",
        "Basis data di {where} hanya bisa dibaca. Minta izin tulis untuk folder itu, lalu ulangi.",
    ),
    (
        "database is locked",
        "locked",
        "Basis data di {where} sedang dipakai program lain. Tutup program itu, lalu ulangi.",
    ),
    (
        "unable to open",
        "cannot_open",
        "Basis data di {where} tidak dapat dibuka. Periksa folder dan izinnya, lalu ulangi.",
    ),
    (
        "disk i/o error",
        "disk_error",
        "Disk tempat {where} melaporkan kesalahan. Salin cadangan ke tempat lain dan periksa disk itu.",
    ),
    (
        "malformed",
        "database_damaged",
        "Basis data di {where} rusak. Jangan lanjutkan bekerja; pulihkan dari cadangan terakhir.",
    ),
    (
        "not a database",
        "database_damaged",
        "Basis data di {where} rusak atau bukan basis data. Jangan lanjutkan bekerja; pulihkan dari cadangan terakhir.",
    ),
)


def explain_operational(error: DatabaseError, where: Path) -> Exception:
    """Return an EnvironmentProblem for a known database trouble, else the error itself (a bug)."""
    text = str(error.orig).lower()
    for part, code, sentence in _KNOWN:
        if part in text:
            return EnvironmentProblem(code, sentence.format(where=where))
    return error
