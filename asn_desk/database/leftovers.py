"""What a killed program leaves behind, cleared away at the next exclusive opening.

Temporary files are deleted. A stored file that no record names is set aside in `sisa` and deleted only after a month:
where somebody laid an older database in place, that file may be the only copy of a letter.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select

from asn_desk.database.engine import for_writing
from asn_desk.database.files import StoredFile
from asn_desk.database.sealing import cipher, sealed
from asn_desk.paths import DataPaths

TEMPORARY = ".tulis-*"
STAGING = ".pemulihan"
HALF_BACKUPS = (".*.tulis", ".*.tulis-*", ".*.db", ".*.db-*")
SET_ASIDE_DAYS = 30
FOREIGN_BACKUP_DAYS = 1
_DAY = 86_400


@dataclass(frozen=True)
class Cleared:
    """How many temporary files were deleted and how many stored files without a record were set aside."""

    temporary: int
    set_aside: int


def clear(engine: Engine, paths: DataPaths) -> Cleared:
    """Clear away what killed programs left in a data folder whose lock the caller holds.

    The database's write lock is held meanwhile, so that no file of a running unit of work is taken for a left-over.
    Raises OSError and DatabaseError; what was not cleared is cleared the next time.
    """
    with for_writing(engine).begin() as connection:
        known = set(connection.scalars(select(StoredFile.sha256)))
        temporary = _delete(_temporary(paths))
        key = cipher.key_of(paths.database)
        known = {sealed.name_on_disk(sha256, key) for sha256 in known}
        orphans = [file for file in paths.files.glob("??/*") if file.name not in known]
        _set_aside(orphans, paths.set_aside)
    shutil.rmtree(paths.root / STAGING, ignore_errors=True)
    return Cleared(temporary, len(orphans))


def clear_half_backups(folder: Path) -> None:
    """Delete what interrupted backups left in a folder, unless it is so young that another PC may be at work on it."""
    limit = time.time() - FOREIGN_BACKUP_DAYS * _DAY
    _delete(file for file in _half_backups(folder, "cadangan-") if file.stat().st_mtime < limit)


def _temporary(paths: DataPaths) -> Iterator[Path]:
    yield from paths.root.glob(TEMPORARY)
    yield from paths.files.glob(f"??/{TEMPORARY}")
    yield from paths.backups.glob(TEMPORARY)
    yield from _half_backups(paths.backups, "")
    yield from paths.backups.glob("otomatis/.*")
    yield from paths.backups.glob("otomatis/isi/??/.*")


def _half_backups(folder: Path, prefix: str) -> Iterator[Path]:
    for pattern in HALF_BACKUPS:
        yield from folder.glob(f".{prefix}{pattern.removeprefix('.')}")


def _delete(files: Iterable[Path]) -> int:
    count = 0
    for file in list(files):
        file.unlink(missing_ok=True)
        count += 1
    return count


def _set_aside(orphans: list[Path], folder: Path) -> None:
    if folder.exists():
        limit = time.time() - SET_ASIDE_DAYS * _DAY
        _delete(file for file in folder.iterdir() if file.stat().st_mtime < limit)
    for file in orphans:
        folder.mkdir(exist_ok=True)
        file.touch()  # the month begins now
        file.replace(folder / file.name)
