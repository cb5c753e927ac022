"""Stored files: issued letters, templates, scans. Each lies on disk under its SHA-256 and is never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from asn_desk.database.base import Base
from asn_desk.database.work import work_of
from asn_desk.errors import DeskError, EnvironmentProblem

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PNG = "image/png"


class StoredFile(Base):
    """The register of stored files: what must be there, and how large."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    stored_at: Mapped[datetime]


@dataclass(frozen=True)
class FileStore:
    """The folder of stored files; `put` is durable before the transaction that names the file commits."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Return where the file with this hash lies."""
        return self.folder / sha256[:2] / sha256

    def write(self, data: bytes) -> tuple[str, bool]:
        """Store the bytes, synced to disk, and return (sha256, whether the file is new). Raises EnvironmentProblem.

        A file of that name that was damaged since is made whole again.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        known = target.exists()
        try:
            if known and target.read_bytes() == data:
                return sha256, False
            target.parent.mkdir(parents=True, exist_ok=True)
            write_durably(target, data)
        except OSError as error:
            raise disk_problem(error, target.parent) from error
        return sha256, not known

    def read(self, sha256: str) -> bytes:
        """Return the stored bytes, checked against their hash. Raises DeskError("file_missing" | "file_changed")."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise DeskError(
                "file_missing", f"Berkas tersimpan {sha256[:12]} hilang dari {self.folder}. Pulihkan dari cadangan."
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DeskError(
                "file_changed", f"Berkas tersimpan {sha256[:12]} telah diubah di luar program. Pulihkan dari cadangan."
            )
        return data


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
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows has no handle on a folder to sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_problem(error: OSError, where: Path) -> EnvironmentProblem:
    """Turn an operating system error while writing into a sentence for the clerk."""
    import errno

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
    reasons[errno.EDQUOT] = reasons[errno.ENOSPC]
    reasons[errno.EPERM] = reasons[errno.EACCES]
    code, sentence = reasons.get(
        error.errno or 0, ("disk_error", f"Menulis di {where} gagal ({error.strerror}). Periksa disk itu, lalu ulangi.")
    )
    return EnvironmentProblem(code, sentence)


def store(session: Session, data: bytes, media_type: str) -> str:
    """Keep the bytes for ever and return their SHA-256; the register row belongs to this unit of work."""
    work = work_of(session)
    if not work.writing:
        raise RuntimeError("a read must not store files; use Desk.write")
    sha256, new = work.files.write(data)
    if new:
        work.new_files.append(sha256)
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(data), media_type=media_type, stored_at=work.now))
    return sha256


def fetch(session: Session, sha256: str) -> bytes:
    """Return a stored file's bytes, checked. Raises DeskError as FileStore.read."""
    return work_of(session).files.read(sha256)


def discard_new(session: Session) -> None:
    """Remove the files that a rolled-back unit of work had written; they belong to nothing."""
    work = work_of(session)
    for sha256 in work.new_files:
        work.files.path(sha256).unlink(missing_ok=True)
    work.new_files.clear()
