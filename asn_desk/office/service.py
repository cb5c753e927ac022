"""Entering the office's identity and the officials who sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from asn_desk.accounts import queries as accounts
from asn_desk.accounts import service as accounts_service
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database import files
from asn_desk.database.work import check_version
from asn_desk.errors import DeskError
from asn_desk.office.model import Office, Official
from asn_desk.office.pictures import clean_picture
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole, RegionKind


@dataclass(frozen=True)
class Identity:
    """What the office's form holds. `government` reads `Pemerintah Kota Contoh`; the agency is written in full."""

    government: str
    region_kind: RegionKind
    region_name: str
    agency: str
    agency_short: str
    address: str
    place: str
    postal_code: str = ""
    phone: str = ""
    website: str = ""
    email: str = ""
    secretariat_address: str = ""
    secretariat_contact: str = ""


@dataclass(frozen=True)
class SetUpOffice:
    """The first-start form: the identity, the pictures of the letterheads (PNG or JPEG) and who works here."""

    identity: Identity
    operator: str
    logo: bytes | None = None
    emblem: bytes | None = None


@dataclass(frozen=True)
class UpdateOffice:
    """The identity as edited. A picture of None keeps the one there is; `drop_...` takes it away."""

    identity: Identity
    version: int
    logo: bytes | None = None
    emblem: bytes | None = None
    drop_logo: bool = False
    drop_emblem: bool = False


@dataclass(frozen=True)
class SaveOfficial:
    """An official as entered; `id` None adds one, else `version` is what the form was filled from."""

    role: OfficialRole
    post: str
    name: str
    letterhead: Letterhead
    title_front: str = ""
    title_back: str = ""
    nip: str | None = None
    rank: str = ""
    capacity: Capacity = Capacity.DEFINITIF
    signs_from: date | None = None
    signs_until: date | None = None
    note: str = ""
    id: int | None = None
    version: int = 0


def set_up_office(session: Session, command: SetUpOffice) -> int:
    """Enter the office and its first operator, and return the operator's id.

    The caller also calls `letters.numbering.ensure_default_series` in the same unit of work.
    Raises DeskError("office" | "picture" | "user" | "office_exists").
    """
    require(session, Action.EDIT_OFFICE)
    if session.get(Office, 1) is not None:
        raise DeskError("office_exists", "Identitas kantor sudah diisi. Ubah lewat Pengaturan, Identitas kantor.")
    values = _checked_identity(command.identity)
    session.add(
        Office(
            **values,
            logo_sha256=_stored_picture(session, command.logo, "logo", "Logo daerah"),
            emblem_sha256=_stored_picture(session, command.emblem, "emblem", "Lambang negara"),
        )
    )
    known = accounts.user_named(session, " ".join(command.operator.split()))
    return known.id if known else accounts_service.add_user(session, command.operator)


def update_office(session: Session, command: UpdateOffice) -> None:
    """Change the identity. Letters already issued keep the one they were printed with.

    Raises DeskError("office" | "picture" | "office_missing" | "not_allowed") and StaleRecord.
    """
    require(session, Action.EDIT_OFFICE)
    row = session.get(Office, 1)
    if row is None:
        raise DeskError("office_missing", "Identitas kantor belum diisi. Isi dulu lewat langkah awal.")
    check_version(row, command.version, "Identitas kantor")
    for name, value in _checked_identity(command.identity).items():
        setattr(row, name, value)
    if command.drop_logo or command.logo is not None:
        row.logo_sha256 = _stored_picture(session, command.logo, "logo", "Logo daerah")
    if command.drop_emblem or command.emblem is not None:
        row.emblem_sha256 = _stored_picture(session, command.emblem, "emblem", "Lambang negara")


def save_official(session: Session, command: SaveOfficial) -> int:
    """Add or change an official who signs, and return the id.

    Raises DeskError("official" | "official_missing" | "not_allowed") and StaleRecord.
    """
    require(session, Action.EDIT_OFFICE)
    values = _checked_official(command)
    if command.id is None:
        row = Official(**values)
        session.add(row)
        session.flush()
        return row.id
    found = _official(session, command.id)
    check_version(found, command.version, "Data pejabat ini")
    for name, value in values.items():
        setattr(found, name, value)
    return found.id


def remove_official(session: Session, official_id: int, version: int) -> None:
    """Take an official out of the list; issued letters are untouched.

    Raises DeskError("official_missing" | "not_allowed") and StaleRecord.
    """
    require(session, Action.EDIT_OFFICE)
    found = _official(session, official_id)
    check_version(found, version, "Data pejabat ini")
    session.delete(found)


def _official(session: Session, official_id: int) -> Official:
    row = session.get(Official, official_id)
    if row is None:
        raise DeskError("official_missing", "Pejabat penanda tangan ini tidak ada lagi. Muat ulang daftarnya.")
    return row


def _stored_picture(session: Session, data: bytes | None, field: str, what: str) -> str | None:
    return None if data is None else files.store(session, clean_picture(data, field, what), files.PNG)


_IDENTITY_NEEDED = {
    "government": "Isi nama pemerintah daerah, misalnya Pemerintah Kota Contoh.",
    "region_name": "Isi nama daerah tanpa kata Kota, Kabupaten atau Provinsi.",
    "agency": "Isi nama perangkat daerah secara lengkap, tidak disingkat.",
    "agency_short": "Isi singkatan perangkat daerah, misalnya BKPSDM.",
    "address": "Isi alamat kantor.",
    "place": "Isi tempat surat dibuat, misalnya nama kota.",
}


def _checked_identity(identity: Identity) -> dict[str, object]:
    values = {name: getattr(identity, name) for name in Identity.__dataclass_fields__}
    texts = {name: " ".join(value.split()) for name, value in values.items() if name != "region_kind"}
    problems = {name: sentence for name, sentence in _IDENTITY_NEEDED.items() if not texts[name]}
    problems |= _too_long(Office, texts)
    if problems:
        raise DeskError("office", "Identitas kantor belum lengkap. Perbaiki isian yang ditandai.", fields=problems)
    return {**texts, "region_kind": RegionKind(identity.region_kind)}


def _checked_official(command: SaveOfficial) -> dict[str, object]:
    values = {
        name: getattr(command, name) for name in SaveOfficial.__dataclass_fields__ if name not in {"id", "version"}
    }
    texts = {name: " ".join(value.split()) for name, value in values.items() if type(value) is str and name != "nip"}
    problems = _too_long(Official, texts)
    if not texts["post"]:
        problems["post"] = "Isi jabatan pejabat."
    if not texts["name"]:
        problems["name"] = "Isi nama pejabat tanpa gelar."
    nip = "".join((command.nip or "").split())
    if nip and (len(nip) != 18 or not nip.isdigit()):
        problems["nip"] = "NIP terdiri atas 18 angka."
    if command.signs_from and command.signs_until and command.signs_until < command.signs_from:
        problems["signs_until"] = "Tanggal akhir mendahului tanggal mulai."
    if problems:
        raise DeskError("official", "Data pejabat belum benar. Perbaiki isian yang ditandai.", fields=problems)
    return {**values, **texts, "nip": nip or None}


def _too_long(model: type[Office | Official], texts: dict[str, str]) -> dict[str, str]:
    limits: dict[str, int] = {column.key: getattr(column.type, "length", None) or 10**6 for column in model.__table__.c}
    return {
        name: f"Paling panjang {limits[name]} huruf; kini {len(text)}."
        for name, text in texts.items()
        if len(text) > limits[name]
    }
