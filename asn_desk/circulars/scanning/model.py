"""Scanned files, their pages, and the signature boxes that a clerk must look at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.circulars.scanning.terms import BoxVerdict, PageState, TrayReason
from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.topics import Topic


class ScanFile(Base):
    """A scanned file that was taken in; its bytes are kept, so each page stays evidence."""

    __tablename__ = "scan_files"
    __topic__ = Topic.CIRCULARS

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), unique=True)
    name: Mapped[str] = mapped_column(String(260))
    pages: Mapped[int]
    taken_in_at: Mapped[datetime]
    taken_in_by: Mapped[str] = mapped_column(String(200))


class ScanPage(Versioned, Base):
    """One page of a scanned file and what came of it; a row exists once the page was read, never twice."""

    __tablename__ = "scan_pages"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (UniqueConstraint("file_id", "page"), Index("ix_scan_pages_state", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("scan_files.id"))
    page: Mapped[int]
    state: Mapped[PageState] = mapped_column(StoredEnum(PageState))
    reason: Mapped[TrayReason | None] = mapped_column(StoredEnum(TrayReason))
    codes: Mapped[str] = mapped_column(Text, default="")
    version_id: Mapped[int | None] = mapped_column(ForeignKey("circular_versions.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("collective_sheets.id"))
    marked: Mapped[int] = mapped_column(default=0)
    already: Mapped[int] = mapped_column(default=0)
    foreign_codes: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class ScanBox(Base):
    """A signature box: how the program judged it, and what the clerk said of an unsure one.

    `quad` are its corners as shares of the page (eight numbers), so that it can be shown in any fineness.
    """

    __tablename__ = "scan_boxes"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (UniqueConstraint("page_id", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("scan_pages.id"))
    row: Mapped[int]
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipients.id"), index=True)
    verdict: Mapped[BoxVerdict] = mapped_column(StoredEnum(BoxVerdict))
    ink: Mapped[float]
    quad: Mapped[str] = mapped_column(String(120))
    decided: Mapped[BoxVerdict | None] = mapped_column(StoredEnum(BoxVerdict))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
