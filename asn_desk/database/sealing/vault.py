"""The store of automatic backups: each stored file once, by its hash, and one sealed manifest for every backup.

    otomatis/cadangan-20241122-090000.asnd    what is in one backup
    otomatis/isi/ab/abcd…                     contents; the database packed, stored files as they are

An hour's backup costs the packed database and the files that are new. A place may be a folder of another disk.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from asn_desk.database.backups.backup_parts import (
    CHUNK,
    DATABASE_NAME,
    LARGEST_MANIFEST,
    SEAL_LENGTH,
    SEAL_MARK,
    UNREADABLE,
    BackupFile,
    accepted,
    as_text,
    damaged,
    description,
    file_hash,
    members,
    seal,
    sealed,
)
from asn_desk.database.copying import copy_database, remove_quietly
from asn_desk.database.file_store import disk_problem, move_durably
from asn_desk.database.sealing import cipher
from asn_desk.database.sealing.keys import DataKey
from asn_desk.database.sealing.sealed import is_whole
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths

SUFFIX = ".asnd"
_PACKED = "packed"
_STAMP = re.compile("cadangan-[0-9]{8}-[0-9]{6}")
_LEFT_ALONE = 86_400  # seconds: a content that no manifest names may belong to a backup that is being written


@dataclass(frozen=True)
class Vault:
    """One place of automatic backups."""

    folder: Path

    def manifests(self) -> list[Path]:
        """Return the backups, oldest first."""
        return sorted(file for file in self.folder.glob(f"cadangan-*{SUFFIX}") if _STAMP.fullmatch(file.stem))

    def content(self, sha256: str) -> Path:
        """Return where a content lies."""
        return self.folder / "isi" / sha256[:2] / sha256


def moment_of(manifest: Path) -> datetime:
    """Return when a backup was made, in local time, from its name; one with no real date counts as very old."""
    try:
        return datetime.strptime(manifest.stem, "cadangan-%Y%m%d-%H%M%S").astimezone()
    except ValueError:
        return datetime.fromtimestamp(0).astimezone()


def keep(paths: DataPaths, vault: Vault, now: datetime) -> BackupFile:
    """Add one backup to the store and read it back before saying that it is good.

    Raises EnvironmentProblem; what was written so far belongs to no backup then and goes with the next thinning.
    """
    stamp = now.astimezone().strftime("%Y%m%d-%H%M%S")
    target = vault.folder / f"cadangan-{stamp}{SUFFIX}"
    snapshot, unfinished = vault.folder / f".{target.name}.db", vault.folder / f".{target.name}.tulis"
    try:
        vault.folder.mkdir(exist_ok=True)
        _clear_half(vault)
        copy_database(paths.database, snapshot)
        manifest, harmed = _store(paths, vault, snapshot)
        unfinished.write_bytes(as_text(manifest).encode() + b"\n" + SEAL_MARK + b"0" * 64)
        seal(unfinished)
        size = _read_back(vault, unfinished, manifest)
        move_durably(unfinished, target)
    except OSError as error:
        raise disk_problem(error, vault.folder) from error
    finally:
        remove_quietly(snapshot, unfinished)
    return BackupFile(target, size, len(manifest["files"]), tuple(harmed))


def _clear_half(vault: Vault) -> None:
    """Delete what a killed program left, unless it is so young that another may be at work on it."""
    limit = time.time() - _LEFT_ALONE
    for file in (*vault.folder.glob(".*"), *vault.folder.glob("isi/??/.*")):
        if file.stat().st_mtime < limit:
            remove_quietly(file)


def _store(paths: DataPaths, vault: Vault, snapshot: Path) -> tuple[dict[str, Any], list[str]]:
    hashes: dict[str, str] = {}
    harmed: list[str] = []
    key = cipher.key_of(snapshot)
    for name, file in members(paths, snapshot):
        if name.startswith("berkas/"):
            sha256 = _kept(vault, file, key)
            if sha256 is None:
                harmed.append(file.name)
                continue
            hashes[name] = sha256
        else:
            hashes[name] = file_hash(file)
    packed = {name: _pack(vault, file) for name, file in members(paths, snapshot) if not name.startswith("berkas/")}
    return {**description(snapshot, hashes, harmed), _PACKED: packed}, harmed


def _kept(vault: Vault, file: Path, key: DataKey | None) -> str | None:
    """Return the hash under which the store holds a stored file's bytes as they lie; None when they are lost or harmed."""
    if key is None:
        sha256 = file.name
    elif file.exists():
        sha256 = file_hash(file)
    else:
        return None
    if _have(vault, sha256):
        return sha256
    good = file.exists() and (key is None or is_whole(file, key)) and _put(vault, file, sha256)
    return sha256 if good else None


def _have(vault: Vault, sha256: str) -> bool:
    return vault.content(sha256).exists()


def _put(vault: Vault, file: Path, sha256: str) -> bool:
    """Copy a file in under its hash; return False, and leave nothing, when its content is not what its name says."""
    target = vault.content(sha256)
    unfinished = target.with_name(f".tulis-{sha256}")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(file, unfinished)
        good = file_hash(unfinished) == sha256
        if good:
            move_durably(unfinished, target)
    finally:
        remove_quietly(unfinished)
    return good


def _pack(vault: Vault, file: Path) -> str:
    """Store a file packed and return the hash of the packed form; the same content is packed the same way."""
    packed = vault.folder / f".{file.name.lstrip('.')}.gz.tulis"
    try:
        with file.open("rb") as source, packed.open("wb") as raw, gzip.GzipFile("", "wb", 1, raw, 0) as target:
            shutil.copyfileobj(source, target, CHUNK)
        sha256 = file_hash(packed)
        if not _have(vault, sha256):
            vault.content(sha256).parent.mkdir(parents=True, exist_ok=True)
            move_durably(packed, vault.content(sha256))
    finally:
        remove_quietly(packed)
    return sha256


def _read_back(vault: Vault, unfinished: Path, manifest: dict[str, Any]) -> int:
    """Read all that a backup names from the disk it lies on and return its size in bytes; a harmed content is removed.

    A content that went bad on the disk is taken from the office again by the next backup, which follows soon.
    """
    size = 0
    for name, sha256 in manifest["files"].items():
        content = vault.content(manifest[_PACKED].get(name, sha256))
        if _content_hash(content, packed=name in manifest[_PACKED]) != sha256:
            remove_quietly(content)
            raise OSError(None, f"isi cadangan {content.name[:12]} berubah di disk")
        size += content.stat().st_size
    if not sealed(unfinished):
        raise OSError(None, "segel cadangan berubah di disk")
    return size


def _content_hash(content: Path, *, packed: bool) -> str:
    """Return the hash of a content as it was in the office; empty when the packed form is not whole."""
    if not packed:
        return file_hash(content)
    digest = hashlib.sha256()
    if file_hash(content) != content.name:
        return ""
    with gzip.open(content) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_manifest(source: Path) -> dict[str, Any]:
    """Return a sealed manifest. Raises DeskError("backup_damaged" | "backup_missing" | "backup_newer")."""
    try:
        if source.stat().st_size > LARGEST_MANIFEST or not sealed(source):
            raise damaged(source, "segel")
        manifest: dict[str, Any] = json.loads(source.read_bytes()[:-SEAL_LENGTH])
        accepted(manifest, source)
        if DATABASE_NAME not in manifest[_PACKED]:
            raise damaged(source, DATABASE_NAME)
    except FileNotFoundError as error:
        raise DeskError("backup_missing", f"Berkas cadangan {source} tidak ditemukan. Periksa tempatnya.") from error
    except UNREADABLE as error:
        raise damaged(source, str(error)) from error
    return manifest


def check(source: Path) -> dict[str, Any]:
    """Return the manifest after comparing all its contents with their hashes. Raises as `read_manifest`."""
    manifest = read_manifest(source)
    for name, content, packed in _contents(source, manifest):
        try:
            whole = _content_hash(content, packed=packed) == manifest["files"][name]
        except UNREADABLE:
            whole = False
        if not whole:
            raise damaged(source, name)
    return manifest


def _contents(source: Path, manifest: dict[str, Any]) -> Iterator[tuple[str, Path, bool]]:
    """Yield name, place and whether packed; a content's name is always a hash, so that no path is taken from a manifest."""
    vault = Vault(source.parent)
    for name, sha256 in manifest["files"].items():
        packed = manifest[_PACKED].get(name)
        stored = sha256 if packed is None else packed
        if len(stored) != 64 or not set(stored) <= set("0123456789abcdef"):
            raise damaged(source, name)
        yield name, vault.content(stored), packed is not None


def unpack(source: Path, names: Iterable[str], staging: Path) -> None:
    """Lay the named parts of a checked backup out in a folder. Raises OSError."""
    wanted = set(names)
    for name, content, packed in _contents(source, read_manifest(source)):
        if name not in wanted:
            continue
        target = staging / name
        target.parent.mkdir(parents=True, exist_ok=True)
        opened = gzip.open(content) if packed else content.open("rb")  # noqa: SIM115 - closed below
        with opened as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())


def thin(vault: Vault, gone: list[Path]) -> int:
    """Delete backups, and the contents that none of the rest names; return how many contents went. Raises OSError."""
    for manifest in gone:
        manifest.unlink(missing_ok=True)
    needed = {content for file in vault.manifests() for content in _named(file)}
    limit = time.time() - _LEFT_ALONE
    count = 0
    for content in vault.folder.glob("isi/??/*"):
        if content.name not in needed and content.stat().st_mtime < limit:
            content.unlink(missing_ok=True)
            count += 1
    return count


def _named(manifest: Path) -> Iterator[str]:
    """Yield the contents that a manifest names, also of one whose seal is broken: its contents may still be saved."""
    try:
        told = json.loads(manifest.read_bytes()[:-SEAL_LENGTH])
        yield from (str(sha256) for sha256 in told["files"].values())
        yield from (str(sha256) for sha256 in told[_PACKED].values())
    except (ValueError, KeyError, TypeError, AttributeError):
        return
