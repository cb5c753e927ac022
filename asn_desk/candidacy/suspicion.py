"""Unproven reports (dugaan): kept apart from every file and card until a named approver links one, with a reason.

Being reported is not a finding: nothing of it shows on a person's card, and no duty follows, before somebody answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import service
from asn_desk.candidacy.checking import refuse_fields, too_long
from asn_desk.candidacy.loading import declaration_of
from asn_desk.candidacy.model import Suspicion
from asn_desk.candidacy.secrecy import open_file
from asn_desk.candidacy.terms import SUSPICION_WORDS, SuspicionState
from asn_desk.database import files
from asn_desk.database.trail import audit
from asn_desk.database.work import check_version, today, work_of
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.regulations.office_packs import packs_of
from asn_desk.wording import grouped_nip, readable_name, titled_name

CODES = ("PENDEKATAN_PARPOL", "TERCATAT_SIPOL", "KTA_TERBIT")
"""What a report may be about: events that, once linked, stand in the file's discipline lane."""
_SUBJECT = "Dugaan ini"


@dataclass(frozen=True)
class RecordSuspicion:
    """Note a report about a person. `code`: one of CODES; `source`: who reported; `account`: what was said."""

    employee_id: int
    code: str
    noticed_on: date
    source: str
    account: str
    evidence: bytes | None = None


@dataclass(frozen=True)
class LinkSuspicion:
    """Answer for a report: it becomes an event of the person's file, with the approver's reason."""

    suspicion_id: int
    version: int
    declaration_id: int
    declaration_version: int
    reason: str


@dataclass(frozen=True)
class DismissSuspicion:
    """Put a report away as unfounded, with the reason; it never shows on a card."""

    suspicion_id: int
    version: int
    reason: str


@dataclass(frozen=True)
class SuspicionRow:
    """One report, for those with the right only."""

    id: int
    version: int
    employee_id: int
    name: str
    nip: str
    code: str
    title: str
    noticed_on: date
    source: str
    account: str
    has_scan: bool
    state: SuspicionState
    state_words: str
    recorded_at: datetime
    recorded_by: str
    decided_at: datetime | None
    decided_by: str
    reason: str
    declaration_id: int | None


def record_suspicion(session: Session, command: RecordSuspicion) -> int:
    """Keep a report and return its id. Raises DeskError("invalid" | "not_allowed")."""
    require(session, Action.SEE_SUSPICION)
    _check(session, command)
    suspicion = Suspicion(
        employee_id=command.employee_id, code=command.code, noticed_on=command.noticed_on, source=command.source.strip(),
        account=command.account.strip(), recorded_at=work_of(session).now, recorded_by=work_of(session).actor,
        file_sha256=files.store(session, command.evidence, files.PDF) if command.evidence is not None else None,
    )  # fmt: skip
    session.flush()
    session.add(suspicion)
    session.flush()
    return suspicion.id


def _check(session: Session, command: RecordSuspicion) -> None:
    faults = too_long(Suspicion, command)
    if session.get(Employee, command.employee_id) is None:
        faults["employee_id"] = "Pilih pegawai dari daftar."
    if command.code not in CODES:
        faults["code"] = "Pilih jenis dugaan dari daftar."
    if command.noticed_on > today(session):
        faults["noticed_on"] = "Tanggal diketahui tidak boleh sesudah hari ini."
    if not command.source.strip():
        faults["source"] = "Isi siapa yang melaporkan atau dari mana diketahui."
    if not command.account.strip():
        faults["account"] = "Tulis apa yang dilaporkan."
    if command.evidence is not None and not command.evidence.startswith(b"%PDF-"):
        faults["evidence"] = "Bukti harus berupa berkas PDF."
    refuse_fields(faults)


def link_suspicion(session: Session, command: LinkSuspicion) -> int:
    """Make a report an event of the person's file and return the event's id; the approver is who does it.

    Raises StaleRecord, DeskError("not_allowed" | "other_person" | "event_refused" | "invalid").
    """
    require(session, Action.LINK_SUSPICION)
    suspicion = _open(session, command.suspicion_id, command.version, command.reason)
    declaration = declaration_of(session, command.declaration_id)
    if declaration.employee_id != suspicion.employee_id:
        raise DeskError("other_person", "Berkas itu milik pegawai lain. Pilih berkas pegawai yang dilaporkan.")
    reason = command.reason.strip()
    event = service.RecordEvent(
        declaration.id,
        command.declaration_version,
        suspicion.code,
        suspicion.noticed_on,
        note=f"Dikaitkan oleh {work_of(session).actor}: {reason}",
        evidence=files.fetch(session, suspicion.file_sha256) if suspicion.file_sha256 else None,
    )
    event_id = service.record_event(session, event)
    _decide(session, suspicion, SuspicionState.LINKED, reason)
    suspicion.declaration_id, suspicion.event_id = declaration.id, event_id
    return event_id


def dismiss_suspicion(session: Session, command: DismissSuspicion) -> None:
    """Put a report away as unfounded. Raises StaleRecord, DeskError("not_allowed" | "decided" | "invalid")."""
    require(session, Action.LINK_SUSPICION)
    suspicion = _open(session, command.suspicion_id, command.version, command.reason)
    _decide(session, suspicion, SuspicionState.DISMISSED, command.reason.strip())


def _open(session: Session, suspicion_id: int, version: int, reason: str) -> Suspicion:
    suspicion = session.get(Suspicion, suspicion_id)
    if suspicion is None:
        raise DeskError("unknown_suspicion", "Dugaan ini tidak ditemukan. Muat ulang daftarnya.")
    check_version(suspicion, version, _SUBJECT)
    if suspicion.state is not SuspicionState.OPEN:
        raise DeskError("decided", f"Dugaan ini sudah diputuskan: {SUSPICION_WORDS[suspicion.state].lower()}.")
    if not reason.strip():
        refuse_fields({"reason": "Tulis alasan keputusan ini."})
    return suspicion


def _decide(session: Session, suspicion: Suspicion, state: SuspicionState, reason: str) -> None:
    suspicion.state, suspicion.reason = state, reason
    suspicion.decided_at, suspicion.decided_by = work_of(session).now, work_of(session).actor
    session.flush()


def suspicions(session: Session, *, with_decided: bool = False) -> tuple[SuspicionRow, ...]:
    """Return the reports, newest first. Raises DeskError("not_allowed")."""
    query = select(Suspicion, Employee).join(Employee, Employee.id == Suspicion.employee_id)
    if not with_decided:
        query = query.where(Suspicion.state == SuspicionState.OPEN)
    return _rows(session, query)


def linked_suspicions(session: Session, declaration_id: int) -> tuple[SuspicionRow, ...]:
    """Return the reports that somebody linked to a file; an open or dismissed one is never among them."""
    open_file(session, declaration_id)
    query = (
        select(Suspicion, Employee)
        .join(Employee, Employee.id == Suspicion.employee_id)
        .where(Suspicion.declaration_id == declaration_id, Suspicion.state == SuspicionState.LINKED)
    )
    return _rows(session, query)


def _rows(session: Session, query: Select[Suspicion, Employee]) -> tuple[SuspicionRow, ...]:
    require(session, Action.SEE_SUSPICION)
    ordered = query.order_by(Suspicion.noticed_on.desc(), Suspicion.id.desc())
    rows = tuple(_row(session, suspicion, person) for suspicion, person in session.execute(ordered))
    if rows:
        audit.viewed(session, "suspicions:list")
    return rows


def _row(session: Session, suspicion: Suspicion, person: Employee) -> SuspicionRow:
    kind = packs_of(session).events.get(suspicion.code)
    kept = (
        "id", "version", "employee_id", "code", "noticed_on", "source", "account", "state", "recorded_at", "recorded_by",
        "decided_at", "decided_by", "reason", "declaration_id",
    )  # fmt: skip
    return SuspicionRow(
        **{name: getattr(suspicion, name) for name in kept},
        name=titled_name(readable_name(person.name), person.title_front, person.title_back),
        nip=grouped_nip(person.nip) if person.nip else (person.local_number or ""),
        title=kind.title if kind else suspicion.code,
        has_scan=suspicion.file_sha256 is not None,
        state_words=SUSPICION_WORDS[suspicion.state],
    )


def suspicion_scan(session: Session, suspicion_id: int) -> bytes:
    """Return the scan that came with a report. Raises DeskError("not_allowed" | "no_evidence")."""
    require(session, Action.SEE_SUSPICION)
    suspicion = session.get(Suspicion, suspicion_id)
    if suspicion is None or suspicion.file_sha256 is None:
        raise DeskError("no_evidence", "Dugaan ini tidak mempunyai pindaian.")
    audit.viewed(session, f"suspicions:{suspicion.id}")
    return files.fetch(session, suspicion.file_sha256)
