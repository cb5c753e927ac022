"""Backup and restore of a data folder: one zip with a consistent database copy, all stored files and a manifest of hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from asn_desk.database.file_store import disk_problem
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths

DATABASE_NAME = "asn_desk.db"
MANIFEST_NAME = "manifest.json"
FORMAT = 1
_CHUNK = 1 << 20
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, EOFError, OSError,
    RuntimeError,  # a flipped bit can make a member look encrypted or packed in an unknown way
)  # fmt: skip


@dataclass(frozen=True)
class BackupFile:
    """A finished, checked backup: where it lies, its size in bytes and how many files it holds.

    `harmed` names (SHA-256) the stored files that were missing or changed on disk and are therefore not in it.
    """

    path: Path
    size: int
    files: int
    harmed: tuple[str, ...] = ()


def copy_database(source: Path, target: Path) -> None:
    """Copy a live SQLite database consistently (SQLite's online backup) and check the copy. Raises EnvironmentProblem."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            state = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise _copy_failed(error, target.parent) from error
    if state != "ok":
        target.unlink(missing_ok=True)
        raise EnvironmentProblem(
            "database_damaged", f"Basis data {source} rusak: {state}. Pulihkan dari cadangan terakhir."
        )


def _copy_failed(error: OSError | sqlite3.Error, folder: Path) -> EnvironmentProblem:
    if isinstance(error, OSError):
        return disk_problem(error, folder)
    return EnvironmentProblem(
        "backup_failed", f"Salinan basis data ke {folder} gagal ({error}). Periksa disk, lalu ulangi."
    )


def backup(paths: DataPaths, target: Path) -> BackupFile:
    """Write a backup zip to `target` and read it back in full before saying that it is good.

    A stored file that is lost or changed does not stop the backup of all the rest; the caller tells (`harmed`).
    Raises DeskError("no_data"), EnvironmentProblem.
    """
    if not paths.database.exists():
        raise DeskError("no_data", f"Tidak ada basis data di {paths.root}, jadi tidak ada yang dicadangkan.")
    snapshot = target.with_name(f".{target.name}.db")
    unfinished = target.with_name(f".{target.name}.tulis")
    copy_database(paths.database, snapshot)
    try:
        harmed = _write_zip(paths, snapshot, unfinished)
        count = len(check(unfinished)["files"])
        unfinished.replace(target)
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    finally:
        snapshot.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)
    return BackupFile(target, target.stat().st_size, count, harmed)


def _write_zip(paths: DataPaths, snapshot: Path, target: Path) -> tuple[str, ...]:
    hashes: dict[str, str] = {}
    harmed: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in _members(paths, snapshot):
            sha256 = _file_hash(file) if file.exists() else ""
            if name.startswith("berkas/") and sha256 != file.name:
                harmed.append(file.name)
                continue
            archive.write(file, name)
            hashes[name] = sha256
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "files": hashes,
            "harmed": harmed,
        }
        archive.writestr(MANIFEST_NAME, json.dumps(manifest, indent=1, sort_keys=True))
    return tuple(harmed)


def _members(paths: DataPaths, snapshot: Path) -> Iterator[tuple[str, Path]]:
    yield DATABASE_NAME, snapshot
    if paths.settings.exists():
        yield paths.settings.name, paths.settings
    with closing(sqlite3.connect(snapshot)) as database:
        wanted = sorted(row[0] for row in database.execute("SELECT sha256 FROM stored_files"))
    for sha256 in wanted:
        yield f"berkas/{sha256[:2]}/{sha256}", paths.files / sha256[:2] / sha256


def _file_hash(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def check(source: Path) -> dict[str, dict[str, str]]:
    """Return the manifest of a backup after comparing every member with its hash. Raises DeskError("backup_damaged")."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST_NAME))
            hashes: dict[str, str] = manifest["files"]
            if manifest["format"] > FORMAT:
                raise DeskError(
                    "backup_newer",
                    f"Cadangan {source} dibuat oleh ASN Desk yang lebih baru. Pasang versi terbaru dulu.",
                )
            if DATABASE_NAME not in hashes:
                raise _damaged(source, DATABASE_NAME)
            for name, sha256 in hashes.items():
                if not _safe(name) or _member_hash(archive, name) != sha256:
                    raise _damaged(source, name)
    except FileNotFoundError as error:
        raise DeskError("backup_missing", f"Berkas cadangan {source} tidak ditemukan. Periksa tempatnya.") from error
    except _UNREADABLE as error:
        raise _damaged(source, str(error)) from error
    return manifest  # type: ignore[no-any-return]


def _damaged(source: Path, detail: str) -> DeskError:
    return DeskError(
        "backup_damaged",
        f"Berkas {source} bukan cadangan yang utuh ({detail}). Gunakan cadangan lain; data sekarang tidak diubah.",
    )


def _safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _member_hash(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def restore(source: Path, paths: DataPaths, *, accept: Callable[[Path], None]) -> Path | None:
    """Put a checked backup in place of the data folder's content; the present state is saved first and its path returned.

    The backup is unpacked beside the folder and moved in last, so that an interruption leaves the old state.
    `accept` looks at the unpacked database before anything is replaced, and raises when this program could not open it.
    Raises DeskError (damaged or missing backup) and EnvironmentProblem.
    """
    manifest = check(source)
    saved = _save_present(paths)
    staging = paths.root / ".pemulihan"
    try:
        shutil.rmtree(staging, ignore_errors=True)
        _unpack(source, manifest["files"], staging)
        accept(staging / DATABASE_NAME)
        _swap_in(staging, paths)
    except OSError as error:
        raise disk_problem(error, paths.root) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return saved


def _save_present(paths: DataPaths) -> Path | None:
    if not paths.database.exists():
        return None
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = paths.backups / f"sebelum-pemulihan-{stamp}.zip"
    again = 1
    while target.exists():  # never write over an earlier copy: it may be the very one being restored
        again += 1
        target = target.with_name(f"sebelum-pemulihan-{stamp}-{again}.zip")
    return backup(paths, target).path


def _unpack(source: Path, files: dict[str, str], staging: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        for name in files:
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as stream, target.open("wb") as out:
                shutil.copyfileobj(stream, out, _CHUNK)


def _swap_in(staging: Path, paths: DataPaths) -> None:
    for file in sorted((staging / "berkas").rglob("*")):
        if file.is_file():
            target = paths.files / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    if (staging / paths.settings.name).exists():
        (staging / paths.settings.name).replace(paths.settings)
    for suffix in ("-wal", "-shm"):
        paths.database.with_name(paths.database.name + suffix).unlink(missing_ok=True)
    (staging / DATABASE_NAME).replace(paths.database)
