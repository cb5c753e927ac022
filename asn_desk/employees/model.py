"""The registry's tables: people, the posts they held over time, the text that search looks in, and imports."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
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


class UnitHead(Versioned, Base):
    """Who heads a unit, from a day until the day before another (None: still); stated by a clerk, where posts do not tell."""

    __tablename__ = "unit_heads"
    __topic__ = Topic.UNITS

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    post_name: Mapped[str] = mapped_column(String(300))
    heads_from: Mapped[date]
    heads_until: Mapped[date | None]


class SearchWord(Base):
    """A word that occurs in names, posts or units, under each spelling by which a mistyped word may find it.

    They are the words of everybody's name, post, unit and OPD, no others: `search_words` adds and removes them.
    """

    __tablename__ = "search_words"
    __audited__ = False

    spelling: Mapped[str] = mapped_column(String(40), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)


class ImportStep(Base):
    """What undoing an import needs: packed JSON of the rows as they were before, and of what was added (`kind` says which)."""

    __tablename__ = "import_steps"
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImportMark(Base):
    """The row that a person was last imported from, as a digest: the same row again, with nothing else changed, is the same person.

    It counts only while the person has `version` and the columns and units are those of `context`.
    """

    __tablename__ = "import_marks"
    __audited__ = False

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True, autoincrement=False)
    version: Mapped[int]
    context: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))


class ColumnMemory(Versioned, Base):
    """The columns that the clerk chose for files with this header row; `columns` is JSON, field name -> column number."""

    __tablename__ = "column_memory"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[str] = mapped_column(Text)


class ImportOptions(Versioned, Base):
    """Which personal data beyond the registry's own the office takes over from exports; one row, JSON list of names."""

    __tablename__ = "import_options"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    private: Mapped[str] = mapped_column(Text)


class PrivateData(Base):
    """Personal data that the office has switched on (NIK, phone, ...), as JSON, apart from the registry; kept out of the trail."""

    __tablename__ = "employee_private"
    __audited__ = False

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)


class PostReference(Base):
    """A post of the reference list: its unit, echelon, level and retirement age, as far as the list says."""

    __tablename__ = "post_references"
    __topic__ = Topic.EMPLOYEES
    __audited__ = False
    __table_args__ = (Index("ix_post_references_folded_name", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    siasn_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    folded_name: Mapped[str] = mapped_column(String(300))
    unit_name: Mapped[str] = mapped_column(String(300), default="")
    eselon: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[str] = mapped_column(String(40), default="")
    retirement_age: Mapped[int | None]


class SavedFilter(Versioned, Base):
    """A combination of search text and filters that a user gave a name; `content` is JSON.

    Without a user it belongs to everybody: it was saved while the office used no accounts. It is no record of the office and
    names whom somebody looks for: not on the trail.
    """

    __tablename__ = "saved_filters"
    __audited__ = False
    __table_args__ = (UniqueConstraint("user_id", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    folded_name: Mapped[str] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(Text)
