"""Circulars, their versions, the frozen audience, and every acknowledgement ever recorded."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.topics import Topic


class Circular(Versioned, Base):
    """A circular as the office speaks of it; its text lives in versions."""

    __tablename__ = "circulars"
    __topic__ = Topic.CIRCULARS

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(300))
    election_id: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]


class CircularVersion(Versioned, Base):
    """One published text: the issued letter is its identity."""

    __tablename__ = "circular_versions"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (UniqueConstraint("circular_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    circular_id: Mapped[int] = mapped_column(ForeignKey("circulars.id"))
    ordinal: Mapped[int]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    published_on: Mapped[date]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(200))
    audience: Mapped[str] = mapped_column(Text)


class Recipient(Versioned, Base):
    """One person of the frozen audience, with unit and post of the publishing day and a code for the slip."""

    __tablename__ = "recipients"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (
        UniqueConstraint("version_id", "employee_id"),
        Index("ix_recipients_version_id_opd_id_status", "version_id", "opd_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("circular_versions.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    post_name: Mapped[str] = mapped_column(String(300), default="")
    code: Mapped[str] = mapped_column(String(24), unique=True)
    status: Mapped[AckStatus] = mapped_column(StoredEnum(AckStatus), default=AckStatus.WAITING)
    acknowledged_on: Mapped[date | None]


class Acknowledgement(Base):
    """One mark on a recipient, kept for ever; a wrong one is undone with a reason, never erased."""

    __tablename__ = "acknowledgements"
    __topic__ = Topic.CIRCULARS

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipients.id"), index=True)
    status: Mapped[AckStatus] = mapped_column(StoredEnum(AckStatus))
    method: Mapped[AckMethod] = mapped_column(StoredEnum(AckMethod))
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str] = mapped_column(Text, default="")
