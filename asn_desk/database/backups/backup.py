"""Backup and restore of a data folder: one zip with a consistent database copy, all stored files and a manifest of hashes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from asn_desk import settings
from asn_desk.database import leftovers
from asn_desk.database.backups.backup_parts import (
    CHUNK,
    DATABASE_NAME,
    LARGEST_MANIFEST,
    MANIFEST_NAME,
    SEAL_MARK,
    SETTINGS_NAME,
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
from asn_desk.database.copying import copy_database, copy_failed, free_name, remove_quietly
from asn_desk.database.file_store import disk_problem, move_durably, sync_folder
from asn_desk.database.sealing import cipher, keys, keys_file, vault
from asn_desk.database.sealing.keys_file import KEY_NAME
from asn_desk.database.sealing.sealed import is_whole
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths


def backup(paths: DataPaths, target: Path) -> BackupFile:
    """Write a backup zip to `target` and read it back in full before saying that it is good.

    A stored file that is lost or changed does not stop the backup of all the rest; the caller tells (`harmed`).
    Raises DeskError("no_data"), EnvironmentProblem.
    """
    if not paths.database.exists():
        raise DeskError("no_data", f"Tidak ada basis data di {paths.root}, jadi tidak ada yang dicadangkan.")
    if target.parent == paths.backups:
        paths.backups.mkdir(exist_ok=True)
    elif not target.parent.is_dir():  # never made here: the folder of an unplugged stick would come to lie on this disk
        raise disk_problem(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), target.parent)
    snapshot = target.with_name(f".{target.name}.db")
    unfinished = target.with_name(f".{target.name}.tulis")
    copy_database(paths.database, snapshot)
    try:
        leftovers.clear_half_backups(target.parent)
        harmed = _write_zip(paths, snapshot, unfinished)
        count = len(check(unfinished)["files"])
        move_durably(unfinished, target)
        size = target.stat().st_size
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    finally:
        remove_quietly(snapshot, unfinished)
    return BackupFile(target, size, count, harmed)


def _write_zip(paths: DataPaths, snapshot: Path, target: Path) -> tuple[str, ...]:
    hashes: dict[str, str] = {}
    harmed: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        key = cipher.key_of(snapshot)
        for name, file in members(paths, snapshot):
            sha256 = file_hash(file) if file.exists() else ""
            if name.startswith("berkas/") and not (file.exists() and is_whole(file, key)):
                harmed.append(file.name)
                continue
            archive.write(file, name)
            hashes[name] = sha256
        archive.writestr(MANIFEST_NAME, as_text(description(snapshot, hashes, harmed)))
        archive.comment = SEAL_MARK + b"0" * 64
    seal(target)
    return tuple(harmed)


def check(source: Path) -> dict[str, dict[str, str]]:
    """Return the manifest of a backup, a zip or one of the store, after comparing everything in it with its hash.

    Raises DeskError("backup_damaged" | "backup_missing" | "backup_newer").
    """
    if source.suffix == vault.SUFFIX:
        return vault.check(source)
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.getinfo(MANIFEST_NAME).file_size > LARGEST_MANIFEST:
                raise damaged(source, MANIFEST_NAME)
            manifest = json.loads(archive.read(MANIFEST_NAME))
            if not _seal_fits(source, manifest["format"]):
                raise damaged(source, "segel")
            for name, sha256 in accepted(manifest, source).items():
                if _member_hash(archive, name) != sha256:
                    raise damaged(source, name)
    except FileNotFoundError as error:
        raise _missing(source) from error
    except UNREADABLE as error:
        raise damaged(source, str(error)) from error
    return manifest  # type: ignore[no-any-return]


def _missing(source: Path) -> DeskError:
    return DeskError("backup_missing", f"Berkas cadangan {source} tidak ditemukan. Periksa tempatnya.")


def _seal_fits(source: Path, form: int) -> bool:
    """Return whether the seal is whole; backups of the first form have none."""
    found = sealed(source)
    return found is True or (found is None and form == 1)


def _member_hash(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def restore(source: Path, paths: DataPaths, *, accept: Callable[[Path], None], plain: bool = False) -> Path | None:
    """Put a checked backup in place of the data folder's content; the present state is saved first and its path returned.

    The backup is unpacked beside the folder and moved in last, so that an interruption leaves the old state.
    `accept` looks at the unpacked database before anything is replaced, and raises when this program could not open it.
    `plain`: it was agreed that an encrypted office becomes a plain one, which a backup from before the encryption means.
    Raises DeskError (damaged or missing backup, one of the practice office for the real one, "restore_plain" |
    "backup_locked") and EnvironmentProblem.
    """
    manifest = check(source)
    if not plain:
        _refuse_plain(KEY_NAME in manifest["files"], source, paths)
    staging = paths.root / leftovers.STAGING
    try:
        shutil.rmtree(staging, ignore_errors=True)
        _unpack(source, manifest["files"], staging)
        refuse_locked(staging / DATABASE_NAME, source)
        accept(staging / DATABASE_NAME)
        _accept_settings(staging / SETTINGS_NAME, paths)
        saved = _save_present(paths)
        _swap_in(staging, paths)
    except OSError as error:
        raise disk_problem(error, paths.root) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return saved


def refuse_plain(source: Path, paths: DataPaths) -> None:
    """Raise DeskError("restore_plain") when restoring would leave an encrypted office readable for everybody.

    A quick look without reading the contents: "backup_damaged" | "backup_missing" | "backup_newer" as far as that shows them.
    """
    if keys_file.lies_in(paths.root):
        _refuse_plain(_carries_key(source), source, paths)


def _refuse_plain(encrypted: bool, source: Path, paths: DataPaths) -> None:
    if encrypted or not keys_file.lies_in(paths.root):
        return
    raise DeskError(
        "restore_plain",
        f"Cadangan {source.name} tidak terenkripsi, sedangkan data kantor terenkripsi. Bila dipulihkan, siapa pun yang memegang "
        "komputer atau diskanya dapat membaca data, sampai enkripsi dinyalakan lagi. Setujui hal itu lebih dahulu (centang di "
        "jendela pemulihan, atau --plain di baris perintah), atau pilih cadangan lain. Data sekarang tidak diubah.",
    )


def _carries_key(source: Path) -> bool:
    if source.suffix == vault.SUFFIX:
        return KEY_NAME in vault.read_manifest(source)["files"]
    try:
        with zipfile.ZipFile(source) as archive:
            return KEY_NAME in archive.namelist()
    except FileNotFoundError as error:
        raise _missing(source) from error
    except UNREADABLE as error:
        raise damaged(source, str(error)) from error


def refuse_locked(unpacked: Path, source: Path) -> None:
    """Raise DeskError("backup_locked") when nobody has opened the key of a backup, whose database was laid out, as yet."""
    mark = cipher.mark_of(unpacked)
    if mark is not None and keys.held(mark) is None:
        raise DeskError(
            "backup_locked",
            f"Cadangan {source.name} terenkripsi. Bukalah dengan kode lembar pemulihan, atau dengan nama dan kata sandi "
            "pengguna yang berlaku saat cadangan itu dibuat.",
        )


def _accept_settings(staged: Path, paths: DataPaths) -> None:
    """Keep the office's own data apart from the practice office's, and name no server: what it holds is not in a backup."""
    restored = settings.load(staged)
    if paths.database.exists() and (restored.practice_day is None) != (
        settings.load(paths.settings).practice_day is None
    ):
        raise DeskError(
            "backup_other_office",
            "Cadangan kantor latihan tidak dapat dipulihkan ke data kantor, begitu pula sebaliknya. "
            "Pilih cadangan lain; data sekarang tidak diubah.",
        )
    if restored.database_url is not None:
        settings.save(staged, restored.model_copy(update={"database_url": None}))


def _save_present(paths: DataPaths) -> Path | None:
    if not paths.database.exists():
        return None
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    # never write over an earlier copy: it may be the very one being restored
    try:
        return backup(paths, free_name(paths.backups / f"sebelum-pemulihan-{stamp}.zip")).path
    except EnvironmentProblem as error:
        if error.code != "database_damaged":
            raise
        return _keep_damaged(paths.database, free_name(paths.backups / f"rusak-{stamp}.db"))


def _keep_damaged(database: Path, target: Path) -> Path:
    """Copy a database that no backup can be made of, as it lies on disk with its log: an expert may still save something."""
    try:
        for suffix in ("", "-wal"):
            source = database.with_name(database.name + suffix)
            if source.exists():
                shutil.copyfile(source, target.with_name(target.name + suffix))
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    return target


def unpack_database(source: Path, folder: Path) -> None:
    """Lay only the database of a checked backup out in a folder. Raises EnvironmentProblem."""
    try:
        _unpack(source, [DATABASE_NAME], folder)
    except OSError as error:
        raise disk_problem(error, folder) from error


def key_file_of(source: Path) -> bytes | None:
    """Return the key file in a backup, which is checked first; None when its office was not encrypted. Raises as `check`."""
    if KEY_NAME not in check(source)["files"]:
        return None
    with tempfile.TemporaryDirectory(prefix="asn-desk-") as folder:
        _unpack(source, [KEY_NAME], Path(folder))
        return (Path(folder) / KEY_NAME).read_bytes()


def _unpack(source: Path, names: Iterable[str], staging: Path) -> None:
    if source.suffix == vault.SUFFIX:
        vault.unpack(source, names, staging)
        return
    with zipfile.ZipFile(source) as archive:
        for name in names:
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as stream, target.open("wb") as out:
                shutil.copyfileobj(stream, out, CHUNK)
                out.flush()
                os.fsync(out.fileno())


def _swap_in(staging: Path, paths: DataPaths) -> None:
    for file in sorted((staging / "berkas").rglob("*")):
        if file.is_file():
            target = paths.files / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    if (staging / SETTINGS_NAME).exists():
        (staging / SETTINGS_NAME).replace(paths.settings)
    _close_log(paths.database)
    # the copy of the key file still opens the present database, should we not get further
    keys_file.put(staging / KEY_NAME, paths.root)
    (staging / DATABASE_NAME).replace(paths.database)
    sync_folder(paths.root)
    if cipher.mark_of(paths.database) is None:
        keys_file.remove(paths.root)
    else:
        keys_file.copy_again(paths.root)


def _close_log(database: Path) -> None:
    """Remove the old database's log, after what it still held is in the database: an interruption here loses nothing."""
    if database.exists() and _checkpoint_refused(database):
        sentence = f"Basis data di {database.parent} sedang dipakai program lain. Tutup program itu, lalu ulangi."
        raise EnvironmentProblem("locked", sentence)
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _checkpoint_refused(database: Path) -> bool:
    try:
        with cipher.plain_errors(), closing(cipher.connect(database)) as connection:
            return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    except sqlite3.OperationalError as error:
        raise copy_failed(error, database.parent) from error
    except sqlite3.DatabaseError:  # damaged: nothing in its log can be saved, and the backup is to take its place
        return False
