"""What return files need to remember: the office's own key for signing them, and which files came back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base
from asn_desk.topics import Topic


class OfficeKey(Base):
    """The secret with which this office signs return files and binders; made once, never shown and never on the trail.

    `name` is public: a file says with which key it was signed, so that another office's file is known as such.
    """

    __tablename__ = "office_keys"
    __topic__ = None
    __audit_sealed__ = frozenset({"secret"})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    secret: Mapped[str] = mapped_column(String(128))
    made_at: Mapped[datetime]


class ReturnFile(Base):
    """A return file that was taken in, kept as evidence, and how many people it marked."""

    __tablename__ = "return_files"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (Index("ix_return_files_version_id_opd_id", "version_id", "opd_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), unique=True)
    name: Mapped[str] = mapped_column(String(260))
    version_id: Mapped[int] = mapped_column(ForeignKey("circular_versions.id"))
    opd_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    marked: Mapped[int]
    taken_in_at: Mapped[datetime]
    taken_in_by: Mapped[str] = mapped_column(String(200))
