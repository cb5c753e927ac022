"""Declarations, their dated events with evidence, and the letters made for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, Versioned
from asn_desk.topics import Topic


class Declaration(Versioned, Base):
    """One person's candidacy for one office in one election. The three status fields follow the dated events.

    `office_code` and `election_id` are codes of the rule packs; `office_name` names the very seat (`Wakil Wali Kota
    Contoh`). `post_name`, `post_class`, `unit_id` are of the declaring day. `flags` holds the rarer facts the rules ask
    about, as codes parted by a space (`regulations.terms.Fact`).
    """

    __tablename__ = "declarations"
    __topic__ = Topic.CANDIDACY
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
