"""The registry's tables: people, the posts they held over time, the text that search looks in, and imports."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex
from asn_desk.topics import Topic


class ImportRun(Base):
    """One applied import: which file, by whom, how many of each kind."""

    __tablename__ = "import_runs"
    __topic__ = Topic.EMPLOYEES

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(260))
    file_sha256: Mapped[str] = mapped_column(String(64))
    applied_at: Mapped[datetime]
    applied_by: Mapped[str] = mapped_column(String(200))
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]


class Employee(Versioned, Base):
    """A person of the registry with the post held now; `postings` keep the history.

    `nip` holds the 18 digits of a NIP or NI PPPK; `local_number` is the key of people without one (non-ASN).
    """

    __tablename__ = "employees"
    __topic__ = Topic.EMPLOYEES
    __table_args__ = (
        CheckConstraint("nip IS NOT NULL OR local_number IS NOT NULL", name="has_number"),
        CheckConstraint("nip IS NULL OR length(nip) = 18", name="nip_length"),
        Index("ix_employees_sort_name_id", "sort_name", "id"),
        Index("ix_employees_opd_id_state_kind", "opd_id", "state", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    local_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    siasn_id: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    title_front: Mapped[str] = mapped_column(String(80), default="")
    title_back: Mapped[str] = mapped_column(String(120), default="")
    sort_name: Mapped[str] = mapped_column(String(200))
    birth_place: Mapped[str] = mapped_column(String(120), default="")
    birth_date: Mapped[date | None]
    sex: Mapped[Sex | None] = mapped_column(StoredEnum(Sex))
    kind: Mapped[EmployeeKind] = mapped_column(StoredEnum(EmployeeKind))
    state: Mapped[EmploymentState] = mapped_column(StoredEnum(EmploymentState), default=EmploymentState.ACTIVE)
    legal_position: Mapped[str] = mapped_column(String(80), default="")
    service_from: Mapped[date | None]
    grade: Mapped[str] = mapped_column(String(20), default="")
    grade_from: Mapped[date | None]
    education: Mapped[str] = mapped_column(String(200), default="")
    post_name: Mapped[str] = mapped_column(String(300), default="")
    post_class: Mapped[PostClass] = mapped_column(StoredEnum(PostClass), default=PostClass.UNKNOWN)
    post_from: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))


class Posting(Base):
    """A post held over time: from `held_from` until the day before `held_until` (None: still held)."""

    __tablename__ = "postings"
    __topic__ = Topic.EMPLOYEES
    __table_args__ = (Index("ix_postings_employee_id_held_from", "employee_id", "held_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    post_name: Mapped[str] = mapped_column(String(300))
    post_class: Mapped[PostClass] = mapped_column(StoredEnum(PostClass))
    grade: Mapped[str] = mapped_column(String(20), default="")
    held_from: Mapped[date]
    held_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(20))
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id"))


class EmployeeSearch(Base):
    """The folded text that search looks in, one row per person: name with titles, number, post, unit and OPD."""

    __tablename__ = "employee_search"
    __audited__ = False

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
