"""The office: its identity, its units as a tree, and the officials who sign."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole, Paper, RegionKind, UnitChangeKind
from asn_desk.topics import Topic


class Office(Versioned, Base):
    """The identity that letterheads and screens show; one row.

    `logo_sha256` is the region's emblem for most letterheads; `emblem_sha256` the state emblem, for the head of the
    region's own letterhead. Both are given by the office; the program ships neither. The secretariat's kop has an address
    and a line of contacts of its own. Margins are in millimetres; font "" and 0 keep what the template says.
    """

    __tablename__ = "office"
    __topic__ = Topic.OFFICE
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    government: Mapped[str] = mapped_column(String(200))
    region_kind: Mapped[RegionKind] = mapped_column(StoredEnum(RegionKind))
    region_name: Mapped[str] = mapped_column(String(120))
    agency: Mapped[str] = mapped_column(String(240))
    agency_short: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(300))
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    website: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[str] = mapped_column(String(120))
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    emblem_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    secretariat_address: Mapped[str] = mapped_column(String(300), default="", server_default="")
    secretariat_contact: Mapped[str] = mapped_column(String(300), default="", server_default="")
    paper: Mapped[Paper] = mapped_column(StoredEnum(Paper), default=Paper.A4, server_default="A4")
    margin_top: Mapped[int] = mapped_column(default=20, server_default="20")
    margin_bottom: Mapped[int] = mapped_column(default=25, server_default="25")
    margin_left: Mapped[int] = mapped_column(default=30, server_default="30")
    margin_right: Mapped[int] = mapped_column(default=20, server_default="20")
    font_family: Mapped[str] = mapped_column(String(60), default="", server_default="")
    font_size: Mapped[int] = mapped_column(default=0, server_default="0")
    signature_tag: Mapped[str] = mapped_column(String(1), default="#", server_default="#")


class Unit(Versioned, Base):
    """A unit of the organisation tree. `opd_id` names the top-level unit above it (itself for an OPD)."""

    __tablename__ = "units"
    __topic__ = Topic.UNITS

    id: Mapped[int] = mapped_column(primary_key=True)
    siasn_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(300), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)


class Official(Versioned, Base):
    """An official who signs letters, for a period of time. The titles stand apart: some letters leave them out."""

    __tablename__ = "officials"
    __topic__ = Topic.OFFICE

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[OfficialRole] = mapped_column(StoredEnum(OfficialRole))
    post: Mapped[str] = mapped_column(String(240))
    name: Mapped[str] = mapped_column(String(200))
    title_front: Mapped[str] = mapped_column(String(80), default="")
    title_back: Mapped[str] = mapped_column(String(120), default="")
    nip: Mapped[str | None] = mapped_column(String(18))
    rank: Mapped[str] = mapped_column(String(80), default="")
    capacity: Mapped[Capacity] = mapped_column(StoredEnum(Capacity), default=Capacity.DEFINITIF)
    letterhead: Mapped[Letterhead] = mapped_column(StoredEnum(Letterhead))
    signs_from: Mapped[date | None]
    signs_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class UnitChange(Base):
    """A unit that was renamed, moved or merged into another: what it was before, since when, and who did it."""

    __tablename__ = "unit_changes"
    __topic__ = Topic.UNITS

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[UnitChangeKind] = mapped_column(StoredEnum(UnitChangeKind))
    before: Mapped[str] = mapped_column(String(300))
    after: Mapped[str] = mapped_column(String(300))
    changed_on: Mapped[date]
    changed_by: Mapped[str] = mapped_column(String(200))
    into_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
