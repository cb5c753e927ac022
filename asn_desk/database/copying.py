"""Copies of a live database, whole or absent, and names that write over nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from asn_desk.database.file_store import disk_problem, move_durably
from asn_desk.database.problems import explain_operational
from asn_desk.database.sealing import cipher
from asn_desk.errors import EnvironmentProblem


def copy_database(source: Path, target: Path) -> None:
    """Copy a live SQLite database consistently (SQLite's online backup) and check the copy; it is whole or absent.

    Raises EnvironmentProblem.
    """
    unfinished = target.with_name(f".{target.name.lstrip('.')}.tulis")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with cipher.plain_errors():
            state = _copied(source, unfinished)
        if state == "ok":
            move_durably(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        raise copy_failed(error, target.parent) from error
    finally:
        remove_quietly(
            unfinished, *(unfinished.with_name(unfinished.name + end) for end in ("-journal", "-wal", "-shm"))
        )
    if state != "ok":
        raise EnvironmentProblem(
            "database_damaged", f"Basis data {source} rusak: {state}. Pulihkan dari cadangan terakhir."
        )


def _copied(source: Path, target: Path) -> str:
    with closing(cipher.connect(source)) as live, closing(cipher.connect_copy(target, source)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        return str(copy.execute("PRAGMA integrity_check").fetchone()[0])


def copy_failed(error: OSError | sqlite3.Error, folder: Path) -> EnvironmentProblem:
    """Turn trouble while a database is copied into `folder` into a sentence."""
    if isinstance(error, OSError):
        return disk_problem(error, folder)
    if isinstance(error, sqlite3.DatabaseError):
        told = explain_operational(DatabaseError(None, None, error), folder)
        if isinstance(told, EnvironmentProblem):
            return told
    return EnvironmentProblem(
        "backup_failed", f"Salinan basis data ke {folder} gagal ({error}). Periksa disk, lalu ulangi."
    )


def remove_quietly(*files: Path) -> None:
    """Delete unfinished files as far as the disk lets us."""
    for file in files:
        with suppress(OSError):  # what stays is cleared away at the next opening or backup
            file.unlink(missing_ok=True)


def free_name(target: Path) -> Path:
    """Return the path, or the next numbered one where it is taken: a backup never writes over an earlier one by itself."""
    free, again = target, 1
    while free.exists():
        again += 1
        free = target.with_name(f"{target.stem}-{again}{target.suffix}")
    return free
