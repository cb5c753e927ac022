"""Stored files: issued letters, templates, scans. Each lies on disk under its SHA-256 and is never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from asn_desk.database.base import Base
from asn_desk.database.work import work_of

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


def discard_new(session: Session) -> bool:
    """Remove the files that a rolled-back unit of work had written; they belong to nothing. Return whether all are gone."""
    work = work_of(session)
    gone = True
    for sha256 in work.new_files:
        try:
            work.files.path(sha256).unlink(missing_ok=True)
        except OSError:  # the trouble that led here may be the disk's; the next opening clears away what stays
            gone = False
    work.new_files.clear()
    return gone
