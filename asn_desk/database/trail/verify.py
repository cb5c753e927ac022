"""An independent look at a data folder: trail, integrity, foreign keys, stored files. Reads with sqlite3 alone, writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn_desk.database.sealing import cipher, sealed
from asn_desk.database.sealing.keys import DataKey
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import broken_entry
from asn_desk.database.trail.head import Outside, objection
from asn_desk.database.trail.replay import differences
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths
from asn_desk.wording import long_date, number

_CHANGED = "Catatan {record} telah diubah di luar program: {what} tidak sama dengan jejak perubahan."
_SENTENCES = {
    "hilang": "Catatan {record} telah dihapus di luar program; jejak perubahan masih memuatnya.",
    "tanpa jejak": "Catatan {record} dibuat di luar program; jejak perubahan tidak mengenalnya.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a code for programs, a sentence for people."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What was looked at and what was found; `findings` empty means whole. `notes`: what could not be proved, and why."""

    entries: int
    files: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


def verify(paths: DataPaths, known: Outside | None = None) -> Verdict:
    """Check one data folder, and whether the head that was written down outside (`known`) is in its trail.

    Raises DeskError("no_data") when there is no database to look at.
    """
    if not paths.database.exists():
        raise DeskError("no_data", f"Tidak ada basis data di {paths.root}. Periksa nama foldernya.")
    try:
        with cipher.plain_errors(), closing(_open(paths.database)) as database:
            return _look(database, paths, known)
    except sqlite3.DatabaseError as error:
        finding = Finding("database_damaged", f"Basis data {paths.database} tidak dapat dibaca: {error}.")
        return Verdict(0, 0, (finding,))


def _open(file: Path) -> sqlite3.Connection:
    # a cleanly closed database is opened as a thing that cannot change: no helper files are left behind, and a folder
    # that can only be read will do; with a log beside it, a program has it open or crashed, and the log belongs to it
    open_elsewhere = file.with_name(file.name + "-wal").exists()
    database = cipher.connect(file, f"{file.resolve().as_uri()}?{'mode=ro' if open_elsewhere else 'immutable=1'}")
    cipher.named_rows(database)
    database.isolation_level = None
    database.execute("BEGIN")  # one state for all checks: a clerk who goes on working must not look like tampering
    return database


def _look(database: sqlite3.Connection, paths: DataPaths, known: Outside | None) -> Verdict:
    files = database.execute("SELECT sha256, size FROM stored_files ORDER BY stored_at, sha256").fetchall()
    entries = database.execute("SELECT count(*) FROM audit_entries").fetchone()[0]
    trail = tuple(_trail(database))
    findings = (
        *_integrity(database),
        *_foreign_keys(database),
        *trail,
        *_head(database, known),
        *_records(database, whole=not trail),
        *_guards(database),
        *_files(files, paths.files, cipher.key_of(paths.database)),
    )
    return Verdict(entries, len(files), findings, tuple(_notes(database)))


def _integrity(database: sqlite3.Connection) -> Iterator[Finding]:
    for (message,) in database.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Finding("integrity", f"Pemeriksaan isi basis data: {message}.")


def _foreign_keys(database: sqlite3.Connection) -> Iterator[Finding]:
    for row in database.execute("PRAGMA foreign_key_check"):
        yield Finding("foreign_key", f"Baris {row[1]} tabel {row[0]} merujuk ke {row[2]} yang tidak ada.")


def _trail(database: sqlite3.Connection) -> Iterator[Finding]:
    head = database.execute("SELECT seq, hash FROM audit_head").fetchone()
    rows = (dict(row) for row in database.execute("SELECT * FROM audit_entries ORDER BY seq"))
    sentence = broken_entry(rows, None if head is None else (head["seq"], head["hash"]))
    if sentence is not None:
        yield Finding("trail", sentence)


def _head(database: sqlite3.Connection, known: Outside | None) -> Iterator[Finding]:
    sentence = None if known is None else objection(database, known)
    if sentence is not None:
        yield Finding("head", sentence)


def _records(database: sqlite3.Connection, *, whole: bool) -> Iterator[Finding]:
    """Name the records that are not as the trail left them; a broken trail does not know all of them."""
    try:
        for record, what in differences(database, whole=whole and not _of_first_schema(database)):
            yield Finding("record", _SENTENCES.get(what, _CHANGED).format(record=record, what=what))
    except (ValueError, TypeError, KeyError, AttributeError):
        yield Finding(
            "record", "Isi jejak perubahan tidak dapat dibaca, jadi catatan tidak dapat dibandingkan dengannya."
        )


def _of_first_schema(database: sqlite3.Connection) -> bool:
    """Return whether this is a database that no program of today has opened: its trail does not hold every row."""
    row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    return row is not None and row[0] == "0001"


def _notes(database: sqlite3.Connection) -> Iterator[str]:
    """Say once what an upgrade found without values on the trail: nobody can tell whether it was changed before."""
    query = "SELECT at, after FROM audit_entries WHERE action = ? ORDER BY seq"
    for at, after in database.execute(query, (written.UPGRADED,)):
        kept = ", ".join(f"{number(rows)} {table}" for table, rows in written.counted(after).items())
        day = long_date(datetime.fromisoformat(at).astimezone().date())
        yield (
            f"Isi catatan berikut ditulis versi lama tanpa jejak perubahan, jadi dibandingkan dengan keadaan saat "
            f"pembaruan {day}: {kept}."
        )


def _guards(database: sqlite3.Connection) -> Iterator[Finding]:
    wanted = {"audit_entries_no_update", "audit_entries_no_delete"}
    present = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for name in sorted(wanted - present):
        yield Finding("guard", f"Penjaga jejak perubahan {name} telah dibuang dari basis data.")


def _files(rows: list[sqlite3.Row], folder: Path, key: DataKey | None) -> Iterator[Finding]:
    for row in rows:
        sha256 = row["sha256"]
        name = sealed.name_on_disk(sha256, key)
        file = folder / name[:2] / name
        if not file.exists():
            yield Finding("file_missing", f"Berkas tersimpan {sha256} hilang.")
        elif sealed.plain_hash(file, key) != sha256:
            yield Finding("file_changed", f"Berkas tersimpan {sha256} telah diubah di luar program.")
