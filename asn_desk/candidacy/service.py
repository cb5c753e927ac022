"""Everything a clerk does to a candidacy file: declare, correct, record and void events, link letters, close."""

from __future__ import annotations

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import rules
from asn_desk.candidacy.checking import (
    PATHS,
    check_declaration,
    check_proof,
    particular_faults,
    refuse_fields,
    seat_faults,
    too_long,
)
from asn_desk.candidacy.commands import (
    AmendDeclaration,
    AttachEvidence,
    CloseDeclaration,
    DeclareCandidacy,
    RecordEvent,
    VoidEvent,
)
from asn_desk.candidacy.facts import Facts, Situation
from asn_desk.candidacy.loading import book_of, current_facts, declaration_of, employee_of, facts_of
from asn_desk.candidacy.model import Declaration, DeclarationEvent, DeclarationLetter
from asn_desk.candidacy.policy import policy_in_force
from asn_desk.candidacy.publicity import publish_letters
from asn_desk.candidacy.settling import forget_open_duties, refresh, settle, show_state
from asn_desk.candidacy.states import DatedEvent, State
from asn_desk.database import files
from asn_desk.database.work import check_version, today, work_of
from asn_desk.errors import DeskError
from asn_desk.regulations.office_packs import packs_of
from asn_desk.wording import long_date

__all__ = [
    "FILE",
    "PATHS",
    "AmendDeclaration",
    "AttachEvidence",
    "CloseDeclaration",
    "DeclareCandidacy",
    "RecordEvent",
    "VoidEvent",
    "refresh",
]

FILE = "Berkas pencalonan ini"


def declare(session: Session, command: DeclareCandidacy) -> int:
    """Open a candidacy file and return its id. Raises DeskError with the fields to mend."""
    require(session, Action.EDIT_CANDIDACY)
    check_declaration(session, command)
    employee = employee_of(session, command.employee_id)
    declaration = Declaration(
        employee_id=employee.id,
        office_code=command.office_code,
        election_id=command.election_id,
        declared_on=command.declared_on,
        post_name=employee.post_name,
        post_class=employee.post_class.value,
        unit_id=employee.unit_id,
        employer=command.employer,
        non_asn_policy=command.non_asn_policy or policy_in_force(session),
        touched_at=work_of(session).now,
        **_editable(session, command, command.office_code),
    )
    show_state(declaration, State())
    session.add(declaration)
    session.flush()
    settle(session, declaration, facts_of(declaration, employee, ()))
    return declaration.id


def amend(session: Session, command: AmendDeclaration) -> None:
    """Correct the candidacy's particulars; the history keeps what stood before. Raises StaleRecord, DeskError."""
    require(session, Action.EDIT_CANDIDACY)
    declaration = _for_change(session, command.declaration_id, command.version)
    before = current_facts(session, declaration)
    office = command.office_code or declaration.office_code
    faults = particular_faults(command) | seat_faults(session, office, command.election_id or declaration.election_id)
    if command.declared_on is not None and command.declared_on > today(session):
        faults["declared_on"] = "Tanggal deklarasi tidak boleh sesudah hari ini."
    refuse_fields(faults)
    for key, value in (_editable(session, command, office) | _given(command)).items():
        setattr(declaration, key, value)
    session.flush()
    after = current_facts(session, declaration)
    _refuse_broken_history(declaration, before, after, "amend_refused", "Data ini tidak dapat diubah demikian")
    settle(session, declaration, after)


def record_event(session: Session, command: RecordEvent) -> int:
    """Record a dated event and return its id; statuses and duties follow.

    Raises StaleRecord, DeskError("event_refused" | "proof_missing" | "invalid").
    """
    require(session, Action.EDIT_CANDIDACY)
    declaration = _for_change(session, command.declaration_id, command.version)
    facts = current_facts(session, declaration)
    _check_event(session, declaration, facts, command)
    event = DeclarationEvent(
        declaration_id=declaration.id,
        code=command.code,
        happened_on=command.happened_on,
        effective_on=command.effective_on,
        document_number=command.document_number.strip(),
        document_date=command.document_date,
        received_by=command.received_by.strip(),
        note=command.note.strip(),
        file_sha256=_evidence(session, command.evidence),
        recorded_at=work_of(session).now,
        recorded_by=work_of(session).actor,
    )
    session.add(event)
    session.flush()
    settle(session, declaration, current_facts(session, declaration))
    publish_letters(session, declaration.id)
    return event.id


def attach_evidence(session: Session, command: AttachEvidence) -> None:
    """Add an event's scan. Raises StaleRecord, DeskError("unknown_event" | "evidence_there" | "invalid")."""
    require(session, Action.EDIT_CANDIDACY)
    event = _live_event(session, command.event_id)
    declaration = _for_change(session, event.declaration_id, command.version)
    if event.file_sha256 is not None:
        raise DeskError("evidence_there", "Kejadian ini sudah mempunyai pindaian. Batalkan kejadiannya bila keliru.")
    event.file_sha256 = _evidence(session, command.evidence)
    declaration.touched_at = work_of(session).now


def void_event(session: Session, command: VoidEvent) -> None:
    """Take an event back. Refused while later events rest on it. Raises StaleRecord, DeskError("void_refused")."""
    require(session, Action.EDIT_CANDIDACY)
    event = _live_event(session, command.event_id)
    if not command.reason.strip():
        refuse_fields({"reason": "Tulis alasan pembatalan."})
    declaration = _for_change(session, event.declaration_id, command.version)
    before = current_facts(session, declaration)
    event.voided_at = work_of(session).now
    event.void_reason = command.reason.strip()
    session.flush()
    after = current_facts(session, declaration)
    _refuse_broken_history(declaration, before, after, "void_refused", "Kejadian ini tidak dapat dibatalkan")
    settle(session, declaration, after)
    publish_letters(session, declaration.id)


def close(session: Session, command: CloseDeclaration) -> None:
    """Put a file away. Refused while its employment track is open. Raises StaleRecord, DeskError("not_finished")."""
    require(session, Action.EDIT_CANDIDACY)
    declaration = _for_change(session, command.declaration_id, command.version)
    state = Situation(current_facts(session, declaration), book_of(declaration)).state(today(session))
    refusal = rules.closing_refusal(state)
    if refusal:
        raise DeskError("not_finished", refusal)
    declaration.closed_on = today(session)
    declaration.touched_at = work_of(session).now
    forget_open_duties(session, declaration.id)


def link_letter(session: Session, declaration_id: int, letter_id: int) -> None:
    """Note that a letter belongs to a file; linking twice does nothing. Raises DeskError("not_allowed")."""
    require(session, Action.EDIT_CANDIDACY)
    declaration_of(session, declaration_id)
    if session.get(DeclarationLetter, (declaration_id, letter_id)) is None:
        session.add(DeclarationLetter(declaration_id=declaration_id, letter_id=letter_id))
        publish_letters(session, declaration_id)


def _for_change(session: Session, declaration_id: int, version: int) -> Declaration:
    require(session, Action.EDIT_CANDIDACY)
    declaration = declaration_of(session, declaration_id)
    check_version(declaration, version, FILE)
    if declaration.closed_on is not None:
        raise DeskError(
            "closed", f"Berkas ini ditutup pada {long_date(declaration.closed_on)} dan tidak dapat diubah lagi."
        )
    return declaration


def _live_event(session: Session, event_id: int) -> DeclarationEvent:
    require(session, Action.EDIT_CANDIDACY)
    event = session.get(DeclarationEvent, event_id)
    if event is None or event.voided_at is not None:
        raise DeskError("unknown_event", "Kejadian ini sudah dibatalkan atau tidak ada. Muat ulang berkasnya.")
    return event


def _editable(session: Session, command: DeclareCandidacy | AmendDeclaration, office_code: str) -> dict[str, object]:
    title = packs_of(session).offices[office_code].title
    region = command.region.strip()
    return {
        "office_name": command.office_name.strip() or f"{title} {region}".strip(),
        "region": region,
        "constituency": command.constituency.strip(),
        "path": command.path,
        "party": command.party.strip(),
        "running_mate": command.running_mate.strip(),
        "is_acting_head": command.is_acting_head,
        "flags": " ".join(sorted(flag.value for flag in command.flags)),
        "note": command.note.strip(),
    }


def _given(command: AmendDeclaration) -> dict[str, object]:
    names = ("office_code", "election_id", "declared_on", "employer", "non_asn_policy")
    return {name: value for name in names if (value := getattr(command, name)) is not None}


def _check_event(session: Session, declaration: Declaration, facts: Facts, command: RecordEvent) -> None:
    kind = packs_of(session).events.get(command.code)
    if kind is None or not kind.recorded:
        refuse_fields({"code": "Pilih kejadian dari daftar."})
    if command.happened_on > today(session):
        refuse_fields({"happened_on": "Tanggal kejadian tidak boleh sesudah hari ini."})
    refuse_fields(too_long(DeclarationEvent, command))
    event = DatedEvent(command.code, command.happened_on, command.effective_on, command.note.strip())
    reason = rules.refusal_of(facts, book_of(declaration), event)
    if reason is not None:
        raise DeskError("event_refused", f"Kejadian belum dapat dicatat. {reason}", fields={"code": reason})
    check_proof(session, declaration, facts, command.code)


def _evidence(session: Session, data: bytes | None) -> str | None:
    if data is None:
        return None
    if not data.startswith(b"%PDF-"):
        refuse_fields({"evidence": "Bukti harus berupa berkas PDF."})
    sha256 = files.store(session, data, files.PDF)
    session.flush()  # the event's row refers to the file's row, which must be there first
    return sha256


def _refuse_broken_history(declaration: Declaration, before: Facts, after: Facts, code: str, refused: str) -> None:
    book = book_of(declaration)
    known = {row.event for row in Situation(before, book).refused}
    broken = next((row for row in Situation(after, book).refused if row.event not in known), None)
    if broken is not None:
        title = book.library.events[broken.event.code].title
        raise DeskError(
            code,
            f"{refused} karena '{title}' ({long_date(broken.event.day)}) bergantung padanya. "
            "Batalkan dahulu kejadian yang lebih baru itu.",
        )
