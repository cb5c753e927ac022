"""Switching encryption on and off: everything is made anew beside the old, checked, and put in place at one stroke.

Until the note `siap` lies in the folder `.segel-baru` the old state is whole and the rest is rubbish; from then on the new
state is whole and the next opening finishes what is left to move. No key is needed for either.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from asn_desk.database.copying import free_name
from asn_desk.database.file_store import disk_problem, move_durably, sync_folder, write_durably
from asn_desk.database.sealing import cipher, keys_file, sealed
from asn_desk.database.sealing.keys import DataKey
from asn_desk.database.sealing.keys_file import KeyFile
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths

STAGING = ".segel-baru"
ARCHIVE = "sebelum-enkripsi"
_READY, _ON, _OFF = "siap", b"nyala", b"mati"
_RESERVE = 50 << 20
Step = Callable[[str], None]


def quiet(_stage: str) -> None:
    """Hear nothing."""


def switch_on(paths: DataPaths, key: DataKey, file: KeyFile, step: Step) -> None:
    """Encrypt the database, the stored files and what lies in the folders of backups and left-overs.

    The caller works here alone, with no connection open. `step` hears each stage. Backups made before are kept, sealed, in
    `cadangan/sebelum-enkripsi`. Raises EnvironmentProblem and DeskError("switch_failed"); the old state is whole then.
    """
    with _Staged(paths, step) as staging, _nobody_writes(paths.database, None):
        step("database")
        _refuse_small_disk(paths)
        _export(paths.database, staging / paths.database.name, None, key)
        step("files")
        for source in _stored(paths.files):
            name = key.name_of(source.name)
            sealed.seal_file(source, staging / "berkas" / name[:2] / name, key)
        step("backups")
        for source, place in _plain_remains(paths):
            sealed.seal_file(source, staging / "arsip" / place.with_name(place.name + sealed.SUFFIX), key)
        step("check")
        _compare(paths.database, None, staging / paths.database.name, key)
        _check_files(paths.files, staging / "berkas", key)
        _check_archive(paths, staging / "arsip", key)
        (staging / keys_file.KEY_NAME).write_bytes(keys_file.data_of(file))
        _declare_ready(staging, _ON)
    finish(paths, step)


def switch_off(paths: DataPaths, key: DataKey, step: Step) -> None:
    """Write everything plain again, backups from before the encryption as well. Conditions and errors as `switch_on`."""
    with _Staged(paths, step) as staging, _nobody_writes(paths.database, key):
        step("database")
        _refuse_small_disk(paths)
        _export(paths.database, staging / paths.database.name, key, None)
        step("files")
        for source in _stored(paths.files):
            _open_stored(source, staging / "berkas", key)
        step("backups")
        for source, place in _sealed_remains(paths):
            sealed.open_file(source, staging / "arsip" / place, key)
        step("check")
        _compare(paths.database, key, staging / paths.database.name, None)
        _check_files(staging / "berkas", paths.files, key)
        _declare_ready(staging, _OFF)
    finish(paths, step)


def finish(paths: DataPaths, step: Step = quiet) -> None:
    """Complete a switch that was declared ready, or clear one away that was not. Nothing to do costs one look.

    The caller holds the folder's lock and has no connection open. Raises EnvironmentProblem.
    """
    staging = paths.root / STAGING
    if not staging.exists():
        return
    try:
        if (staging / _READY).exists():
            _put_in_place(paths, staging, step, on=(staging / _READY).read_bytes() == _ON)
            (staging / _READY).unlink()
            sync_folder(staging)
        shutil.rmtree(staging)
    except OSError as error:
        raise disk_problem(error, paths.root) from error


def refuse_unfinished(paths: DataPaths) -> None:
    """Raise EnvironmentProblem("switch_unfinished") where a switch is at work or was interrupted: whoever has the lock ends it."""
    if (paths.root / STAGING).exists():
        raise EnvironmentProblem(
            "switch_unfinished",
            f"Enkripsi data di {paths.root} sedang diubah atau perubahannya terputus. Tunggu, atau buka ASN Desk satu kali "
            "agar diselesaikan, lalu ulangi.",
        )


class _Staged:
    """The folder of a switch at work; left in trouble it is emptied, and the trouble gets words."""

    def __init__(self, paths: DataPaths, step: Step) -> None:
        self._paths, self._step = paths, step
        self._folder = paths.root / STAGING

    def __enter__(self) -> Path:
        finish(self._paths, self._step)
        self._folder.mkdir()
        (self._folder / "berkas").mkdir()
        return self._folder

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        if not (self._folder / _READY).exists():
            shutil.rmtree(self._folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise disk_problem(error, self._paths.root) from error
        if isinstance(error, sqlite3.Error):
            raise _failed(f"basis data: {error}") from error


def _put_in_place(paths: DataPaths, staging: Path, step: Step, *, on: bool) -> None:
    """Move all that is ready to its place; each move is skipped when it was made before."""
    if on:
        keys_file.put(staging / keys_file.KEY_NAME, paths.root)
        keys_file.copy_again(paths.root)
    step("move_database")
    if (staging / paths.database.name).exists():
        for suffix in ("-wal", "-shm"):
            paths.database.with_name(paths.database.name + suffix).unlink(missing_ok=True)
        (staging / paths.database.name).replace(paths.database)
        sync_folder(paths.root)
    step("move_files")
    _move_files(paths, staging)
    step("move_backups")
    _move_archive(paths, staging, on=on)
    if not on:
        keys_file.remove(paths.root)
    sync_folder(paths.root)
    step("moved")


def _move_files(paths: DataPaths, staging: Path) -> None:
    fresh, old = staging / "berkas", staging / "lama"
    if not fresh.exists():
        return
    if old.exists():
        if paths.files.exists():
            paths.files.rmdir()  # made anew by the opening, and empty
    elif paths.files.exists():
        paths.files.replace(old)
    fresh.replace(paths.files)


def _move_archive(paths: DataPaths, staging: Path, *, on: bool) -> None:
    archive = staging / "arsip"
    if on:
        if archive.exists():
            paths.backups.mkdir(exist_ok=True)
            archive.replace(free_name(paths.backups / ARCHIVE))
        archives = list(paths.backups.glob(f"{ARCHIVE}*"))
        for source, place in list(_plain_remains(paths)):
            twin = place.with_name(place.name + sealed.SUFFIX)
            if any((folder / twin).exists() for folder in archives):
                source.unlink()
        return
    for source in [file for file in archive.rglob("*") if file.is_file()]:
        target = paths.root / source.relative_to(archive)
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(free_name(target))
    for folder in paths.backups.glob(f"{ARCHIVE}*"):
        shutil.rmtree(folder)


def _stored(folder: Path) -> Iterator[Path]:
    yield from (file for file in folder.glob("??/*") if not file.name.startswith("."))


def _plain_remains(paths: DataPaths) -> Iterator[tuple[Path, Path]]:
    """Yield every file of backups and left-overs that is not sealed yet, with its place below the data folder."""
    for folder in (paths.backups, paths.root / "sisa"):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not sealed.is_sealed(file) and not _carries_key(file):
                yield file, file.relative_to(paths.root)


def _carries_key(file: Path) -> bool:
    """Return whether a backup is one of an encrypted office already; it needs no second seal."""
    import zipfile

    if file.suffix != ".zip" or not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        return keys_file.KEY_NAME in archive.namelist()


def _sealed_remains(paths: DataPaths) -> Iterator[tuple[Path, Path]]:
    for folder in sorted(paths.backups.glob(f"{ARCHIVE}*")):
        for file in sorted(folder.rglob(f"*{sealed.SUFFIX}")):
            yield file, file.relative_to(folder).with_name(file.name.removesuffix(sealed.SUFFIX))


def _open_stored(source: Path, folder: Path, key: DataKey) -> None:
    """Write a stored file plain under its SHA-256. Raises DeskError("seal_broken"), OSError."""
    unnamed = folder / "tanpa-nama"
    sealed.open_file(source, unnamed, key)
    sha256 = sealed.plain_hash(unnamed, None) or ""
    target = folder / sha256[:2] / sha256
    target.parent.mkdir(exist_ok=True)
    unnamed.replace(target)


def _export(source: Path, target: Path, old: DataKey | None, new: DataKey | None) -> None:
    """Write a whole copy of the database under another key (None: plain), schema, search index and all."""
    with cipher.plain_errors(), closing(_library_connection(source, old)) as database:
        wanted = "''" if new is None else cipher.raw_key(new)
        database.execute(f"ATTACH DATABASE ? AS copy KEY {wanted}", (str(target),))
        database.execute("SELECT sqlcipher_export('copy')").fetchone()
        database.execute("DETACH DATABASE copy")
    move_durably(target, target)


@contextmanager
def _nobody_writes(database: Path, key: DataKey | None) -> Iterator[None]:
    """Keep other programs from writing into what is being copied. Raises EnvironmentProblem("locked")."""
    with cipher.plain_errors(), closing(_library_connection(database, key)) as held:
        try:
            held.execute("BEGIN IMMEDIATE")
        except Exception as error:
            if "locked" not in str(error):
                raise
            sentence = f"Basis data di {database.parent} sedang dipakai program lain. Tutup program itu, lalu ulangi."
            raise EnvironmentProblem("locked", sentence) from error
        yield


def _library_connection(database: Path, key: DataKey | None) -> sqlite3.Connection:
    if key is not None:
        return cipher.opened(str(database), key, isolation_level=None)
    connection: sqlite3.Connection = cipher.library().connect(str(database), isolation_level=None)
    return connection


def _compare(before: Path, old: DataKey | None, after: Path, new: DataKey | None) -> None:
    """Raise DeskError("switch_failed") unless both databases are whole and hold the same. Raises sqlite3.Error."""
    with (
        cipher.plain_errors(),
        closing(_library_connection(before, old)) as left,
        closing(_library_connection(after, new)) as right,
    ):
        state = right.execute("PRAGMA integrity_check").fetchone()[0]
        if state != "ok":
            raise _failed(f"salinan basis data: {state}")
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        tables = left.execute(schema).fetchall()
        if tables != right.execute(schema).fetchall():
            raise _failed("susunan salinan basis data berbeda")
        for kind, name, _table, sql in tables:
            if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
                _compare_table(left, right, name)


def _compare_table(left: sqlite3.Connection, right: sqlite3.Connection, name: str) -> None:
    query = f'SELECT * FROM "{name}"'  # noqa: S608 - a name from the database's own schema
    rows, copies = left.execute(query), right.execute(query)
    for row in rows:
        if row != copies.fetchone():
            raise _failed(f"isi salinan tabel {name} berbeda")
    if copies.fetchone() is not None:
        raise _failed(f"isi salinan tabel {name} berbeda")


def _check_files(plain: Path, shut: Path, key: DataKey) -> None:
    """Raise DeskError("switch_failed") unless each plain file lies sealed in the other folder, with the same content."""
    count = 0
    for file in _stored(plain):
        name = key.name_of(file.name)
        if sealed.plain_hash(shut / name[:2] / name, key) != sealed.plain_hash(file, None):
            raise _failed(f"salinan berkas {file.name[:12]} berbeda")
        count += 1
    if count != sum(1 for _ in _stored(shut)):
        raise _failed("jumlah berkas berbeda")


def _check_archive(paths: DataPaths, archive: Path, key: DataKey) -> None:
    for source, place in _plain_remains(paths):
        shut = archive / place.with_name(place.name + sealed.SUFFIX)
        if sealed.plain_hash(shut, key) != sealed.plain_hash(source, None):
            raise _failed(f"salinan {place} berbeda")


def _refuse_small_disk(paths: DataPaths) -> None:
    """Refuse before hours of work what cannot end well: everything is there twice for a while."""
    folders = (paths.files, paths.backups, paths.root / "sisa")
    needed = sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file())
    needed += paths.database.stat().st_size + _RESERVE
    if shutil.disk_usage(paths.root).free < needed:
        raise EnvironmentProblem(
            "disk_full",
            f"Untuk sementara semua data ada dua kali: diperlukan {needed // 1_000_000} MB ruang kosong di {paths.root}. "
            "Kosongkan ruang, lalu ulangi. Tidak ada yang diubah.",
        )


def _declare_ready(staging: Path, kind: bytes) -> None:
    """From here on the new state counts."""
    for folder in (*(path for path in staging.rglob("*") if path.is_dir()), staging):
        sync_folder(folder)
    write_durably(staging / _READY, kind)


def _failed(detail: str) -> DeskError:
    return DeskError(
        "switch_failed",
        f"Pemeriksaan hasil tidak cocok ({detail}). Data tidak diubah dan tetap seperti semula. Jalankan verify, lalu ulangi.",
    )
