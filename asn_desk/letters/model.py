"""The outgoing register (agenda) and the letters themselves, frozen as issued."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.letters.terms import LetterStatus, RegisterStatus
from asn_desk.topics import Topic


class NumberSeries(Versioned, Base):
    """A series of letter numbers with its pattern, e.g. `{kode}/{urut}/{unit}/{tahun}`; counts anew each year.

    `classification`, `unit_code` and `prefix` fill `{kode}`, `{unit}` and `{prefiks}`; `padding` is the least number of
    digits of `{urut}`.
    """

    __tablename__ = "number_series"
    __topic__ = Topic.LETTERS

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    pattern: Mapped[str] = mapped_column(String(120))
    classification: Mapped[str] = mapped_column(String(40), default="")
    unit_code: Mapped[str] = mapped_column(String(40), default="")
    prefix: Mapped[str] = mapped_column(String(20), default="")
    padding: Mapped[int] = mapped_column(default=1)


class RegisterEntry(Versioned, Base):
    """One line of the agenda: a number taken, for which letter, never used again."""

    __tablename__ = "register_entries"
    __topic__ = Topic.LETTERS
    __table_args__ = (
        UniqueConstraint("series_id", "year", "sequence"),
        UniqueConstraint("year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(120))
    dated: Mapped[date]
    subject: Mapped[str] = mapped_column(String(300))
    addressee: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[RegisterStatus] = mapped_column(StoredEnum(RegisterStatus), default=RegisterStatus.USED)
    void_reason: Mapped[str] = mapped_column(Text, default="")


class Letter(Versioned, Base):
    """An issued letter: the bytes, the data and the template as they were, for ever. A reprint is the stored file."""

    __tablename__ = "letters"
    __topic__ = Topic.LETTERS
    __table_args__ = (Index("ix_letters_employee_id_dated", "employee_id", "dated"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(300))
    dated: Mapped[date] = mapped_column(index=True)
    register_entry_id: Mapped[int | None] = mapped_column(ForeignKey("register_entries.id"), unique=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id"))
    status: Mapped[LetterStatus] = mapped_column(StoredEnum(LetterStatus), default=LetterStatus.ISSUED)
    data: Mapped[str] = mapped_column(Text)
    template_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    docx_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    pdf_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    pages: Mapped[int]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(String(200))
    signed_on: Mapped[date | None]
    handed_over_on: Mapped[date | None]
    handed_over_to: Mapped[str] = mapped_column(String(200), default="")
    void_reason: Mapped[str] = mapped_column(Text, default="")
