"""Circulars, their versions, the frozen audience, and every acknowledgement ever recorded."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.circulars.terms import AckMethod, AckStatus, Companion, EvidenceKind, Purpose, Signature
from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.employees.terms import EmployeeKind
from asn_desk.topics import Topic


class Circular(Versioned, Base):
    """A circular as the office speaks of it; its text lives in versions.

    `due_days` are the working days from which `due_on` was counted; `reminder_plan` the days of reminders, in working
    days before (negative) or after `due_on`.
    """

    __tablename__ = "circulars"
    __topic__ = Topic.CIRCULARS

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(300))
    election_id: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    due_days: Mapped[int | None]
    reminder_plan: Mapped[str] = mapped_column(String(80), default="-3,1,5", server_default="-3,1,5")


class CircularVersion(Versioned, Base):
    """One published text: the hash of its issued file is its identity.

    A material version has recipients of its own. An editorial one (`collects_id` set) changes words only: the people of
    the version it corrects count for it too, with everything they gave.
    """

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
    text_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    companion: Mapped[Companion] = mapped_column(
        StoredEnum(Companion), default=Companion.PLAIN, server_default=Companion.PLAIN.value
    )
    collects_id: Mapped[int | None]


class Recipient(Versioned, Base):
    """One person of the frozen audience, as of the publishing day, with a code for the slip.

    Unit, post, name, number and kind are those of that day; `at_unit_id` and `at_opd_id` follow the person, so that the
    slip is chased where they are now. `stage` is 1 for those who sign first. `added_on` is set for people who came later.
    """

    __tablename__ = "recipients"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (
        UniqueConstraint("version_id", "employee_id"),
        Index("ix_recipients_progress", "version_id", "at_opd_id", "at_unit_id", "status"),
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
    person_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    title_front: Mapped[str] = mapped_column(String(80), default="", server_default="")
    title_back: Mapped[str] = mapped_column(String(120), default="", server_default="")
    person_number: Mapped[str] = mapped_column(String(40), default="", server_default="")
    kind: Mapped[EmployeeKind] = mapped_column(
        StoredEnum(EmployeeKind), default=EmployeeKind.PNS, server_default=EmployeeKind.PNS.value
    )
    stage: Mapped[int] = mapped_column(default=1, server_default="1")
    at_unit_id: Mapped[int | None]
    at_opd_id: Mapped[int | None]
    added_on: Mapped[date | None]
    added_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    postponed_until: Mapped[date | None]


class Acknowledgement(Base):
    """One mark on a recipient, kept for ever; a wrong one is undone with a reason, never erased.

    `party` is the witness of a refusal, who handed the slip over, or who signed in the person's name. `evidence_sha256`
    names the stored picture of the page, `evidence_page` its page in the scanned file.
    """

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
    signature: Mapped[Signature | None] = mapped_column(StoredEnum(Signature))
    party: Mapped[str] = mapped_column(String(200), default="", server_default="")
    until: Mapped[date | None]
    evidence_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    evidence_page: Mapped[int | None]


class RecipientMove(Base):
    """A transfer that the chasing followed: from where to where, as the registry said on that day."""

    __tablename__ = "recipient_moves"
    __topic__ = Topic.CIRCULARS

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipients.id"), index=True)
    moved_on: Mapped[date]
    from_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    from_opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    to_opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class CircularLetter(Base):
    """A letter to the head of an OPD about a circular: what covered its slips, or reminder number `ordinal`."""

    __tablename__ = "circular_letters"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (UniqueConstraint("version_id", "opd_id", "purpose", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("circular_versions.id"))
    opd_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    purpose: Mapped[Purpose] = mapped_column(StoredEnum(Purpose))
    ordinal: Mapped[int]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    sent_on: Mapped[date]
    people: Mapped[int]


class CircularEvidence(Base):
    """A file that shows what an OPD did together: the minutes of an oath, a photograph."""

    __tablename__ = "circular_evidence"
    __topic__ = Topic.CIRCULARS

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("circular_versions.id"), index=True)
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[EvidenceKind] = mapped_column(StoredEnum(EvidenceKind))
    held_on: Mapped[date]
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    file_name: Mapped[str] = mapped_column(String(260))
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")


class CollectiveSheet(Base):
    """One printed list of a unit: its code, and by `layout` where its rows and boxes lie on the page."""

    __tablename__ = "collective_sheets"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (Index("ix_collective_sheets_version_id_opd_id", "version_id", "opd_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("circular_versions.id"))
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    code: Mapped[str] = mapped_column(String(24), unique=True)
    page: Mapped[int]
    layout: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))


class CollectiveRow(Base):
    """Which person's signature stands in which row of a printed list."""

    __tablename__ = "collective_rows"
    __topic__ = Topic.CIRCULARS
    __table_args__ = (UniqueConstraint("sheet_id", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("collective_sheets.id"))
    row: Mapped[int]
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipients.id"), index=True)
