"""The outgoing register (agenda) and the letters themselves, frozen as issued."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.letters.terms import BatchState, InsertStyle, ItemState, LetterStatus, RegisterSource, RegisterStatus
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
    insert_style: Mapped[InsertStyle] = mapped_column(StoredEnum(InsertStyle), default=InsertStyle.LOWER)


class RegisterEntry(Versioned, Base):
    """One line of the agenda: a number taken, for which letter, never used again.

    `inserted` 0 is the number itself, 1, 2, ... those put behind it later (12a, 12b). `sequence` is None for a number given
    by hand that does not follow the series' pattern.
    """

    __tablename__ = "register_entries"
    __topic__ = Topic.LETTERS
    __table_args__ = (
        UniqueConstraint("series_id", "year", "sequence", "inserted"),
        UniqueConstraint("year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    year: Mapped[int]
    sequence: Mapped[int | None]
    inserted: Mapped[int] = mapped_column(default=0)
    source: Mapped[RegisterSource] = mapped_column(StoredEnum(RegisterSource), default=RegisterSource.TAKEN)
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
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), unique=True)
    scan_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    void_reason: Mapped[str] = mapped_column(Text, default="")
    electronic: Mapped[bool] = mapped_column(default=False, server_default="0")
    confidential: Mapped[bool] = mapped_column(default=False, server_default="0")


class LetterDraft(Versioned, Base):
    """A letter entered but not issued: no number, no stored files; issuing or discarding it takes it away.

    `command` is the letter as JSON; its pages are made with "[DRAF]" across them whenever they are looked at.
    """

    __tablename__ = "letter_drafts"
    __topic__ = Topic.LETTERS

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    dated: Mapped[date]
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id"))
    command: Mapped[str] = mapped_column(Text)
    confidential: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))


class LetterVersion(Base):
    """A letter's Word file as edited after issue and taken back; the newest is what is printed, the issued one stays for ever.

    Rows are added only, never changed.
    """

    __tablename__ = "letter_versions"
    __topic__ = Topic.LETTERS
    __table_args__ = (Index("ix_letter_versions_letter_id_id", "letter_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    docx_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    pdf_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    pages: Mapped[int]
    note: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))


class Batch(Versioned, Base):
    """Letters of one kind for many people, issued in chunks; `command` is the letter as JSON, without the person."""

    __tablename__ = "letter_batches"
    __topic__ = Topic.LETTERS

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    dated: Mapped[date]
    command: Mapped[str] = mapped_column(Text)
    folder: Mapped[str] = mapped_column(Text)
    pattern: Mapped[str] = mapped_column(String(120))
    with_docx: Mapped[bool] = mapped_column(default=False)
    state: Mapped[BatchState] = mapped_column(StoredEnum(BatchState), default=BatchState.RUNNING)
    total: Mapped[int]
    issued: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))


class BatchItem(Base):
    """One person of a batch. The letter and this row change in the same transaction: nobody gets two letters or none."""

    __tablename__ = "letter_batch_items"
    __audited__ = False  # the letters are on the trail themselves
    __table_args__ = (
        UniqueConstraint("batch_id", "employee_id"),
        UniqueConstraint("batch_id", "file_name"),
        Index("ix_letter_batch_items_batch_id_place", "batch_id", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("letter_batches.id"))
    place: Mapped[int]
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    state: Mapped[ItemState] = mapped_column(StoredEnum(ItemState), default=ItemState.WAITING)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), unique=True)
    file_name: Mapped[str | None] = mapped_column(String(200))
    problem: Mapped[str] = mapped_column(Text, default="")


class TemplateVersion(Base):
    """A change of the template a kind of letter is made with; the last one of a kind is in force.

    `sha256` None means that the shipped template was restored. Rows are added only, never changed.
    """

    __tablename__ = "template_versions"
    __topic__ = Topic.LETTERS
    __table_args__ = (Index("ix_template_versions_kind_id", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    note: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))
