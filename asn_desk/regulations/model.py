"""The office's own changes to rules, calendars and holidays, and the shipped packs that were once in use."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, StoredEnum
from asn_desk.regulations.terms import ChangeKind
from asn_desk.topics import Topic


class RuleChange(Base):
    """One version of what the office wants different: never edited, ended by its successor or by a withdrawal.

    `target`: rule id, `election:STAGE:OFFICES`, pack id or ISO day; `number` counts its versions. `content`: a pack as TOML,
    else JSON of what is different.
    """

    __tablename__ = "rule_changes"
    __topic__ = Topic.CANDIDACY
    __table_args__ = (Index("ix_rule_changes_kind_target", "kind", "target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ChangeKind] = mapped_column(StoredEnum(ChangeKind))
    target: Mapped[str] = mapped_column(String(200))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    document_number: Mapped[str] = mapped_column(String(160))
    document_date: Mapped[date]
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(200), default="")
    end_reason: Mapped[str] = mapped_column(Text, default="")


class SeenPack(Base):
    """A shipped pack as it was on the day it first had a say, so that what was shown then can be worked out again."""

    __tablename__ = "seen_packs"
    __audited__ = False

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    file: Mapped[str] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[datetime]
