"""What all backups have in common: what is in one, how it is described, and how a harmed one is known."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from asn_desk.database.sealing import cipher, keys_file
from asn_desk.database.sealing.keys_file import KEY_NAME
from asn_desk.database.sealing.sealed import name_on_disk
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths

DATABASE_NAME = "asn_desk.db"
MANIFEST_NAME = "manifest.json"
SETTINGS_NAME = "pengaturan.toml"
FORMAT = 2
"""1: a zip whose members are checked one by one. 2: besides, a seal over every byte of the file."""
CHUNK = 1 << 20
LARGEST_MANIFEST = 256 << 20  # two million stored files
SEAL_MARK = b"ASN-DESK-SHA256:"
SEAL_LENGTH = len(SEAL_MARK) + 64
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, EOFError, OSError,
    RuntimeError,  # a flipped bit can make a member look encrypted or packed in an unknown way
)  # fmt: skip
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class BackupFile:
    """A finished, checked backup: where it lies, its size in bytes and how many files it holds.

    `harmed` names (SHA-256) the stored files that were missing or changed on disk and are therefore not in it.
    """

    path: Path
    size: int
    files: int
    harmed: tuple[str, ...] = ()


def members(paths: DataPaths, snapshot: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of all that belongs in a backup: the database's copy, settings, key file, every stored file."""
    yield DATABASE_NAME, snapshot
    if paths.settings.exists():
        yield SETTINGS_NAME, paths.settings
    with closing(cipher.connect(snapshot)) as database:
        wanted = sorted(row[0] for row in database.execute("SELECT sha256 FROM stored_files"))
    key = cipher.key_of(snapshot)
    if key is not None:
        yield KEY_NAME, keys_file.whole_one(paths.root, key.mark)
    for name in (name_on_disk(sha256, key) for sha256 in wanted):
        yield f"berkas/{name[:2]}/{name}", paths.files / name[:2] / name


def file_hash(file: Path) -> str:
    """Return the SHA-256 (hex) of a file. Raises OSError."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def description(snapshot: Path, hashes: dict[str, str], harmed: Sequence[str]) -> dict[str, Any]:
    """Return the manifest of a backup; `head` is the newest line of the trail in it."""
    return {
        "format": FORMAT,
        "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "files": hashes,
        "harmed": list(harmed),
        "head": head_of(snapshot),
    }


def head_of(database: Path) -> dict[str, Any]:
    """Return place and hash of the newest line of a database's trail; zero and nothing without one."""
    with closing(cipher.connect(database, f"{database.resolve().as_uri()}?mode=ro")) as connection:
        try:
            row = connection.execute("SELECT seq, hash FROM audit_head").fetchone()
        except sqlite3.OperationalError:  # no table: a database that was never used
            row = None
    return {"seq": 0, "hash": ""} if row is None else {"seq": row[0], "hash": row[1]}


def accepted(manifest: Any, source: Path) -> dict[str, str]:
    """Return the hashes that a manifest names. Raises DeskError("backup_newer" | "backup_damaged"), and what UNREADABLE lists."""
    hashes: dict[str, str] = manifest["files"]
    if manifest["format"] > FORMAT:
        raise DeskError(
            "backup_newer", f"Cadangan {source} dibuat oleh ASN Desk yang lebih baru. Pasang versi terbaru dulu."
        )
    if DATABASE_NAME not in hashes:
        raise damaged(source, DATABASE_NAME)
    for name, sha256 in hashes.items():
        if not expected(name, sha256, encrypted=KEY_NAME in hashes):
            raise damaged(source, name)
    return hashes


def damaged(source: Path, detail: str) -> DeskError:
    """Return the refusal of a backup that is not whole; `detail` says where."""
    return DeskError(
        "backup_damaged",
        f"Berkas {source} bukan cadangan yang utuh ({detail}). Gunakan cadangan lain; data sekarang tidak diubah.",
    )


def expected(name: str, sha256: str, *, encrypted: bool = False) -> bool:
    """Return whether a backup may hold this member: database, settings, key file, or a stored file under its own hash.

    An encrypted office's stored files lie under names that say nothing; they are checked when they are opened.
    """
    if name in (DATABASE_NAME, SETTINGS_NAME, KEY_NAME):
        return True
    folder, _, file = name.removeprefix("berkas/").partition("/")
    named = name == f"berkas/{file[:2]}/{file}" and folder == file[:2] and _HASH.fullmatch(file) is not None
    return named and (file == sha256 or (encrypted and _HASH.fullmatch(sha256) is not None))


def seal(file: Path) -> None:
    """Replace the room that was left at a file's end by the hash of all before it. Raises OSError."""
    digest = _hash_before_seal(file)
    with file.open("rb+") as stream:
        stream.seek(-SEAL_LENGTH, os.SEEK_END)
        stream.write(SEAL_MARK + digest)


def sealed(file: Path) -> bool | None:
    """Return whether the seal at a file's end fits every byte before it; None for a file without one. Raises OSError."""
    if file.stat().st_size < SEAL_LENGTH:
        return None
    with file.open("rb") as stream:
        stream.seek(-SEAL_LENGTH, os.SEEK_END)
        found = stream.read()
    return found == SEAL_MARK + _hash_before_seal(file) if found.startswith(SEAL_MARK) else None


def _hash_before_seal(file: Path) -> bytes:
    digest, left = hashlib.sha256(), file.stat().st_size - SEAL_LENGTH
    with file.open("rb") as stream:
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest().encode()


def as_text(manifest: dict[str, Any]) -> str:
    """Return a manifest as it is written."""
    return json.dumps(manifest, indent=1, sort_keys=True)
