"""Declarations, their dated events with evidence, and the letters made for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.candidacy.terms import SuspicionState
from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.employees.terms import EmployeeKind
from asn_desk.topics import Topic


class Declaration(Versioned, Base):
    """One person's candidacy for one office in one election. The three status fields follow the dated events.

    `office_code` and `election_id` are codes of the rule packs; `office_name` names the very seat (`Wakil Wali Kota
    Contoh`). `post_name`, `post_class`, `unit_id` are of the declaring day. `flags` holds the rarer facts the rules ask
    about, as codes parted by a space (`regulations.terms.Fact`). `employer`: `daerah` or `kementerian`; `non_asn_policy`: the
    office's rule for non-ASN staff that holds for this file (a code of `facts.NON_ASN_POLICIES`). `rules_digest`: by which
    rule packs the duties were worked out.
    """

    __tablename__ = "declarations"
    __topic__ = Topic.CANDIDACY
    __audit_hidden__ = frozenset({"rules_digest"})
    __table_args__ = (Index("ix_declarations_employee_id_election_id", "employee_id", "election_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    office_code: Mapped[str] = mapped_column(String(20))
    election_id: Mapped[str] = mapped_column(String(40), index=True)
    office_name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(160))
    constituency: Mapped[str] = mapped_column(String(80), default="")
    path: Mapped[str] = mapped_column(String(40), default="")
    party: Mapped[str] = mapped_column(String(120), default="")
    running_mate: Mapped[str] = mapped_column(String(200), default="")
    is_acting_head: Mapped[bool] = mapped_column(default=False)
    flags: Mapped[str] = mapped_column(String(200), default="")
    employer: Mapped[str] = mapped_column(String(20), default="daerah", server_default="daerah")
    non_asn_policy: Mapped[str] = mapped_column(String(20), default="none", server_default="none")
    kpu_status: Mapped[str] = mapped_column(String(40))
    staff_status: Mapped[str] = mapped_column(String(40))
    discipline_status: Mapped[str] = mapped_column(String(40))
    declared_on: Mapped[date]
    post_name: Mapped[str] = mapped_column(String(300), default="")
    post_class: Mapped[str] = mapped_column(String(40), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]
    touched_at: Mapped[datetime]
    rules_digest: Mapped[str] = mapped_column(String(64), default="", server_default="")


class DeclarationEvent(Base):
    """Something that happened on a day, with its evidence. Never erased: a wrong one is voided with a reason.

    `effective_on` is the day from which the paper takes effect: the TMT that a decree names.
    """

    __tablename__ = "declaration_events"
    __topic__ = Topic.CANDIDACY

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    happened_on: Mapped[date]
    effective_on: Mapped[date | None]
    document_number: Mapped[str] = mapped_column(String(120), default="")
    document_date: Mapped[date | None]
    received_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(Text, default="")


class DeclarationDuty(Base):
    """What the rules make of a declaration, kept so that lists and the home page need not work out every file again.

    Derived: rewritten whenever the declaration, its events or the rule packs (`rules_digest`) change. `due` and
    `met_on` do not depend on today, so a row stays true over night.
    """

    __tablename__ = "declaration_duties"
    __topic__ = Topic.CANDIDACY
    __audited__ = False
    __table_args__ = (Index("ix_declaration_duties_met_on_due", "met_on", "due"),)

    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    rule_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    due: Mapped[date | None]
    met_on: Mapped[date | None]
    owed_by: Mapped[str] = mapped_column(String(200))
    owed_to: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    doubtful: Mapped[bool]
    letter_code: Mapped[str] = mapped_column(String(40), default="")
    rules_digest: Mapped[str] = mapped_column(String(64))


class DeclarationLetter(Base):
    """Which letters belong to which declaration."""

    __tablename__ = "declaration_letters"
    __topic__ = Topic.CANDIDACY

    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)


class DeclarationRevision(Base):
    """What the program held about a candidacy's particulars from a moment on, so that any past day can be shown as it was.

    A row is added when something differs from the row before; `kind`, `birth_date` and `service_from` are the person's.
    Rows are never changed.
    """

    __tablename__ = "declaration_revisions"
    __topic__ = Topic.CANDIDACY
    __table_args__ = (Index("ix_declaration_revisions_declaration_id_recorded_at", "declaration_id", "recorded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    office_code: Mapped[str] = mapped_column(String(20))
    election_id: Mapped[str] = mapped_column(String(40))
    office_name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(160))
    constituency: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(40))
    party: Mapped[str] = mapped_column(String(120))
    running_mate: Mapped[str] = mapped_column(String(200))
    is_acting_head: Mapped[bool]
    flags: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(20))
    non_asn_policy: Mapped[str] = mapped_column(String(20))
    declared_on: Mapped[date]
    post_class: Mapped[str] = mapped_column(String(40))
    kind: Mapped[EmployeeKind] = mapped_column(StoredEnum(EmployeeKind))
    birth_date: Mapped[date | None]
    service_from: Mapped[date | None]


class DeclarationPaper(Versioned, Base):
    """A paper of the checklist as it lies in a file: its scan, who checked it, or why the office does without it.

    `paper_code` is the checklist's code in the rule packs; no row means that nothing was handed in yet.
    """

    __tablename__ = "declaration_papers"
    __topic__ = Topic.CANDIDACY
    __table_args__ = (Index("ix_declaration_papers_declaration_id", "declaration_id", "paper_code", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    paper_code: Mapped[str] = mapped_column(String(40))
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    document_number: Mapped[str] = mapped_column(String(120), default="")
    document_date: Mapped[date | None]
    received_on: Mapped[date | None]
    received_by: Mapped[str] = mapped_column(String(200), default="")
    attached_by: Mapped[str] = mapped_column(String(200), default="")
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(String(200), default="")
    waived_on: Mapped[date | None]
    waived_by: Mapped[str] = mapped_column(String(200), default="")
    waive_reason: Mapped[str] = mapped_column(Text, default="")


class Suspicion(Versioned, Base):
    """An unproven report (dugaan) about a person, kept apart from every file until a named approver links it with a reason."""

    __tablename__ = "suspicions"
    __topic__ = Topic.CANDIDACY
    __audit_hidden__ = frozenset({"account", "source"})  # who reads the trail need not read accusations

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    noticed_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    account: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    state: Mapped[SuspicionState] = mapped_column(StoredEnum(SuspicionState), default=SuspicionState.OPEN)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    declaration_id: Mapped[int | None] = mapped_column(ForeignKey("declarations.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("declaration_events.id"))


class NonAsnPolicy(Base):
    """What the office asks of non-ASN staff who stand for election; the newest row is in force, older ones are its history."""

    __tablename__ = "non_asn_policies"
    __topic__ = Topic.CANDIDACY

    id: Mapped[int] = mapped_column(primary_key=True)
    policy: Mapped[str] = mapped_column(String(20))
    document_number: Mapped[str] = mapped_column(String(120), default="")
    document_date: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
