"""Reading the office: its identity as letterheads show it, and the officials who sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require_user
from asn_desk.database import files
from asn_desk.errors import DeskError
from asn_desk.office.model import Office, Official
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole, RegionKind
from asn_desk.wording import titled_name

HEADS = {RegionKind.KOTA: "Wali Kota", RegionKind.KABUPATEN: "Bupati", RegionKind.PROVINSI: "Gubernur"}
REGIONS = {RegionKind.KOTA: "Kota", RegionKind.KABUPATEN: "Kabupaten", RegionKind.PROVINSI: "Provinsi"}


@dataclass(frozen=True)
class OfficeIdentity:
    """Who the office is. `government` reads `Pemerintah Kota Contoh`, `agency` is written in full."""

    government: str
    region_kind: RegionKind
    region_name: str
    agency: str
    agency_short: str
    address: str
    postal_code: str
    phone: str
    website: str
    email: str
    place: str
    logo_sha256: str | None
    emblem_sha256: str | None
    version: int
    secretariat_address: str = ""
    secretariat_contact: str = ""

    @property
    def region(self) -> str:
        """Return the region with its kind: `Kota Contoh`."""
        return f"{REGIONS[self.region_kind]} {self.region_name}"

    @property
    def head(self) -> str:
        """Return the post of the region's head, who is the PPK: `Wali Kota Contoh`."""
        return f"{HEADS[self.region_kind]} {self.region_name}"

    @property
    def secretary(self) -> str:
        """Return the post of the region's secretary: `Sekretaris Daerah Kota Contoh`."""
        return f"Sekretaris Daerah {self.region}"


@dataclass(frozen=True)
class OfficialRow:
    """An official who signs, with the days between which they do (None: open)."""

    id: int
    role: OfficialRole
    post: str
    name: str
    title_front: str
    title_back: str
    nip: str | None
    rank: str
    capacity: Capacity
    letterhead: Letterhead
    signs_from: date | None
    signs_until: date | None
    note: str
    version: int

    @property
    def full_name(self) -> str:
        """Return the name with its titles."""
        return titled_name(self.name, self.title_front, self.title_back)


def office(session: Session) -> OfficeIdentity | None:
    """Return the office's identity, or None before the first-start form was filled."""
    row = session.get(Office, 1)
    if row is None:
        return None
    return OfficeIdentity(**{name: getattr(row, name) for name in OfficeIdentity.__dataclass_fields__})


def office_required(session: Session) -> OfficeIdentity:
    """Return the office's identity; raises DeskError("office_missing") when it was never entered."""
    found = office(session)
    if found is None:
        raise DeskError(
            "office_missing", "Identitas kantor belum diisi. Buka Pengaturan, isi Identitas kantor, lalu ulangi."
        )
    return found


def logo(session: Session) -> bytes | None:
    """Return the region's emblem as PNG, or None. Raises DeskError as files.fetch."""
    found = office(session)
    return None if found is None or found.logo_sha256 is None else files.fetch(session, found.logo_sha256)


def emblem(session: Session) -> bytes | None:
    """Return the state emblem that the office gave, as PNG, or None. Raises DeskError as files.fetch."""
    found = office(session)
    return None if found is None or found.emblem_sha256 is None else files.fetch(session, found.emblem_sha256)


def officials(session: Session) -> list[OfficialRow]:
    """Return all officials, those of the head of the region first, then by post and beginning."""
    require_user(session)
    rows = session.scalars(select(Official).order_by(Official.post, Official.signs_from, Official.id))
    order = list(OfficialRole)
    return sorted((_row(row) for row in rows), key=lambda row: order.index(row.role))


def officials_on(session: Session, day: date) -> list[OfficialRow]:
    """Return the officials who sign on that day, in the order of `officials`."""
    require_user(session)
    serving = select(Official.id).where(
        or_(Official.signs_from.is_(None), Official.signs_from <= day),
        or_(Official.signs_until.is_(None), Official.signs_until >= day),
    )
    ids = set(session.scalars(serving))
    return [row for row in officials(session) if row.id in ids]


def official_on(session: Session, role: OfficialRole, day: date) -> OfficialRow | None:
    """Return who signs in this role on that day: an acting official goes before the holder of the post."""
    found = [row for row in officials_on(session, day) if row.role == role]
    found.sort(key=lambda row: row.capacity == Capacity.DEFINITIF)
    return found[0] if found else None


def official(session: Session, official_id: int) -> OfficialRow:
    """Return one official; raises DeskError("official_missing")."""
    require_user(session)
    row = session.get(Official, official_id)
    if row is None:
        raise DeskError(
            "official_missing", "Pejabat penanda tangan ini tidak ada lagi. Muat ulang daftarnya, lalu pilih lagi."
        )
    return _row(row)


def _row(row: Official) -> OfficialRow:
    return OfficialRow(**{name: getattr(row, name) for name in OfficialRow.__dataclass_fields__})
