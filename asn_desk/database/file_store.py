"""The folder of stored files, and writing a file so that it is whole or absent whatever happens."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from asn_desk.database.sealing import sealed
from asn_desk.database.sealing.keys import DataKey
from asn_desk.errors import DeskError, EnvironmentProblem


@dataclass(frozen=True)
class FileStore:
    """The folder of stored files; `write` is durable before the transaction that names the file commits.

    With the `key` of an encrypted office the files lie sealed, under names that do not tell their hash.
    """

    folder: Path
    key: DataKey | None = field(default=None, repr=False)

    def path(self, sha256: str) -> Path:
        """Return where the file with this hash lies."""
        name = sealed.name_on_disk(sha256, self.key)
        return self.folder / name[:2] / name

    def write(self, data: bytes) -> tuple[str, bool]:
        """Store the bytes, synced to disk, and return (sha256, whether the file is new). Raises EnvironmentProblem.

        A file of that name that was damaged since is made whole again.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        known = target.exists()
        try:
            if known and self._plain(target.read_bytes()) == data:
                return sha256, False
            target.parent.mkdir(parents=True, exist_ok=True)
            write_durably(target, data if self.key is None else sealed.seal(data, self.key))
        except OSError as error:
            raise disk_problem(error, target.parent) from error
        return sha256, not known

    def read(self, sha256: str) -> bytes:
        """Return the stored bytes, checked against their hash.

        Raises DeskError("file_missing" | "file_changed"), EnvironmentProblem("file_unreadable").
        """
        try:
            data = self._plain(self.path(sha256).read_bytes())
        except FileNotFoundError as error:
            raise DeskError(
                "file_missing", f"Berkas tersimpan {sha256[:12]} hilang dari {self.folder}. Pulihkan dari cadangan."
            ) from error
        except OSError as error:
            raise EnvironmentProblem(
                "file_unreadable",
                f"Berkas tersimpan {sha256[:12]} di {self.folder} tidak dapat dibaca ({error.strerror}). "
                "Periksa izin folder dan disknya, lalu ulangi.",
            ) from error
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise DeskError(
                "file_changed", f"Berkas tersimpan {sha256[:12]} telah diubah di luar program. Pulihkan dari cadangan."
            )
        return data

    def _plain(self, data: bytes) -> bytes | None:
        """Return the plain bytes; None where the seal is broken."""
        if self.key is None:
            return data
        try:
            return sealed.unseal(data, self.key)
        except sealed.BrokenSeal:
            return None


def write_durably(target: Path, data: bytes) -> None:
    """Write to a temporary neighbour, sync, and move into place: the target is whole or absent. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".tulis-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):  # the first trouble is what the clerk must hear about
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def move_durably(source: Path, target: Path) -> None:
    """Sync a finished file and move it into place on the same disk. Raises OSError."""
    with source.open("rb+") as stream:
        os.fsync(stream.fileno())
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a move inside this folder durable. Raises OSError."""
    if os.name != "posix":  # Windows has no handle on a folder to sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_problem(error: OSError, where: Path) -> EnvironmentProblem:
    """Turn an operating system error while writing into a sentence for the clerk."""
    reasons = {
        errno.ENOSPC: (
            "disk_full",
            f"Ruang di {where} habis. Kosongkan ruang, lalu ulangi. Tidak ada yang tersimpan setengah jalan.",
        ),
        errno.EROFS: (
            "read_only",
            f"Folder {where} hanya bisa dibaca. Pilih folder lain atau minta izin tulis, lalu ulangi.",
        ),
        errno.EACCES: (
            "no_permission",
            f"Tidak ada izin menulis di {where}. Minta izin tulis atau pilih folder lain, lalu ulangi.",
        ),
    }
    reasons[errno.ENOENT] = (
        "folder_missing",
        f"Folder {where} tidak ditemukan. Colokkan diska lepasnya atau pilih folder lain, lalu ulangi.",
    )
    reasons[errno.EDQUOT] = reasons[errno.ENOSPC]
    reasons[errno.EPERM] = reasons[errno.EACCES]
    code, sentence = reasons.get(
        error.errno or 0, ("disk_error", f"Menulis di {where} gagal ({error.strerror}). Periksa disk itu, lalu ulangi.")
    )
    return EnvironmentProblem(code, sentence)
