"""What a restore would change, told before it happens: counts and last days, in the backup and now."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from asn_desk.database.backups import backup as backups
from asn_desk.database.backups.backup_parts import DATABASE_NAME
from asn_desk.database.sealing import cipher, keys_file
from asn_desk.database.sealing.keys_file import KEY_NAME
from asn_desk.paths import DataPaths

TOPICS = (
    ("Pegawai", "employees"),
    ("Berkas pencalonan", "declarations"),
    ("Surat", "letters"),
    ("Nomor agenda", "register_entries"),
    ("Edaran", "circulars"),
    ("Tanda terima", "acknowledgements"),
    ("Berkas tersimpan", "stored_files"),
    ("Pengguna", "users"),
)


@dataclass(frozen=True)
class TopicCount:
    """How many records of one kind the backup holds and the office has now (None: no such table, an older schema)."""

    topic: str
    there: int | None
    here: int | None


@dataclass(frozen=True)
class Preview:
    """A backup beside the present state.

    `last_there`, `last_here` are the days of the newest change (ISO, empty for none). `lost` counts the changes since the
    backup that a restore takes away, `gained` those that only the backup holds; `same_trail` is False when one is not the
    past of the other: two PCs went their own ways. `encrypted` says it of the backup, `encrypted_here` of the office now.
    """

    made_at: str
    schema: str
    topics: tuple[TopicCount, ...]
    last_there: str
    last_here: str
    lost: int
    gained: int
    same_trail: bool
    harmed: int
    encrypted: bool = False
    encrypted_here: bool = False

    @property
    def turns_plain(self) -> bool:
        """Return whether a restore would leave an encrypted office readable for everybody."""
        return self.encrypted_here and not self.encrypted


@dataclass(frozen=True)
class _State:
    database: Path
    schema: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    newest: int = 0
    last: str = ""


def preview(source: Path, paths: DataPaths) -> Preview:
    """Check a backup in full and compare it with the data folder. Nothing is changed.

    Raises DeskError("backup_damaged" | "backup_missing" | "backup_newer" | "backup_locked").
    """
    manifest = backups.check(source)
    with tempfile.TemporaryDirectory(prefix="asn-desk-") as folder:
        unpacked = Path(folder) / DATABASE_NAME
        backups.unpack_database(source, Path(folder))
        backups.refuse_locked(unpacked, source)
        here = _state(paths.database) if paths.database.exists() else None
        found = _compared(manifest, _state(unpacked), here)
    return replace(found, encrypted=KEY_NAME in manifest["files"], encrypted_here=keys_file.lies_in(paths.root))


def _compared(manifest: dict[str, Any], there: _State, here: _State | None) -> Preview:
    counts = {} if here is None else here.counts
    fork = 0 if here is None else _fork(there, here)
    topics = tuple(TopicCount(topic, there.counts.get(table), counts.get(table)) for topic, table in TOPICS)
    return Preview(
        made_at=str(manifest.get("made_at", "")), schema=there.schema, topics=topics, last_there=there.last,
        last_here="" if here is None else here.last, lost=0 if here is None else here.newest - fork,
        gained=there.newest - fork, same_trail=here is None or fork == min(there.newest, here.newest),
        harmed=len(manifest.get("harmed", ())),
    )  # fmt: skip


def _fork(there: _State, here: _State) -> int:
    """Return the last line that two trails have in common; the chain makes that a matter of halving."""
    known, unknown = 0, min(there.newest, here.newest) + 1
    while unknown - known > 1:
        middle = (known + unknown) // 2
        if _hash_at(there.database, middle) == _hash_at(here.database, middle):
            known = middle
        else:
            unknown = middle
    return known


def _state(database: Path) -> _State:
    """Read what the comparison needs; a database that cannot be read counts as empty, for then any backup is better."""
    try:
        with closing(_open(database)) as connection:
            return _read(connection, database)
    except sqlite3.DatabaseError:
        return _State(database)


def _open(database: Path) -> sqlite3.Connection:
    return cipher.connect(database, f"{database.resolve().as_uri()}?mode=ro")


def _hash_at(database: Path, seq: int) -> str:
    with closing(_open(database)) as connection:
        row = connection.execute("SELECT hash FROM audit_entries WHERE seq = ?", (seq,)).fetchone()
    return "" if row is None else str(row[0])


def _read(connection: sqlite3.Connection, database: Path) -> _State:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    counts = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own words
        for _, table in TOPICS
        if table in tables
    }
    schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    last = connection.execute("SELECT seq, at FROM audit_entries ORDER BY seq DESC LIMIT 1").fetchone() or (0, "")
    return _State(database, "" if schema is None else str(schema[0]), counts, last[0], last[1][:10])
