"""Everything a clerk does to a candidacy file: declare, correct, record and void events, link letters, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from asn_desk.candidacy import rules
from asn_desk.candidacy.duties import DutyStatus
from asn_desk.candidacy.facts import PERSONAL_FLAGS, Facts, Situation
from asn_desk.candidacy.loading import book_of, current_facts, declaration_of, employee_of, facts_of
from asn_desk.candidacy.model import Declaration, DeclarationDuty, DeclarationEvent, DeclarationLetter
from asn_desk.candidacy.states import DatedEvent, DisciplineStatus, KpuStatus, State
from asn_desk.candidacy.transitions import UNRESIGNED
from asn_desk.database import files
from asn_desk.database.base import Base
from asn_desk.database.work import check_version, today, touched, work_of
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.regulations.packs import shipped_library
from asn_desk.regulations.terms import Fact
from asn_desk.topics import Topic
from asn_desk.wording import long_date

FILE = "Berkas pencalonan ini"
PATHS = {"": "belum diketahui", "parpol": "partai politik atau gabungan partai", "perseorangan": "perseorangan"}


@dataclass(frozen=True)
class DeclareCandidacy:
    """Open a file: this person stands for this office in this election.

    `office_name`: the very seat, e.g. `Wakil Wali Kota Contoh`; empty takes the office's title and region. `path`: a key of
    PATHS. `flags`: some of PERSONAL_FLAGS.
    """

    employee_id: int
    office_code: str
    election_id: str
    region: str
    declared_on: date
    office_name: str = ""
    constituency: str = ""
    path: str = ""
    party: str = ""
    running_mate: str = ""
    is_acting_head: bool = False
    flags: frozenset[Fact] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class AmendDeclaration:
    """Correct what the file says about the candidacy itself; person, office and election stay."""

    declaration_id: int
    version: int
    region: str
    office_name: str
    constituency: str = ""
    path: str = ""
    party: str = ""
    running_mate: str = ""
    is_acting_head: bool = False
    flags: frozenset[Fact] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class RecordEvent:
    """Record that something happened on a day. `effective_on`: the TMT the paper names. `evidence`: a scanned PDF."""

    declaration_id: int
    version: int
    code: str
    happened_on: date
    effective_on: date | None = None
    document_number: str = ""
    document_date: date | None = None
    received_by: str = ""
    note: str = ""
    evidence: bytes | None = None


@dataclass(frozen=True)
class VoidEvent:
    """Take back an event that was recorded by mistake; it stays on record with the reason."""

    event_id: int
    version: int
    reason: str


@dataclass(frozen=True)
class CloseDeclaration:
    """Put a finished file away."""

    declaration_id: int
    version: int


def declare(session: Session, command: DeclareCandidacy) -> int:
    """Open a candidacy file and return its id. Raises DeskError with the fields to mend."""
    _check_declaration(session, command)
    employee = employee_of(session, command.employee_id)
    declaration = Declaration(
        employee_id=employee.id,
        office_code=command.office_code,
        election_id=command.election_id,
        declared_on=command.declared_on,
        post_name=employee.post_name,
        post_class=employee.post_class.value,
        unit_id=employee.unit_id,
        touched_at=work_of(session).now,
        **_editable(command, command.office_code),
    )
    _show_state(declaration, State())
    session.add(declaration)
    session.flush()
    _settle(session, declaration, facts_of(declaration, employee, ()))
    return declaration.id


def amend(session: Session, command: AmendDeclaration) -> None:
    """Correct the candidacy's particulars. Raises StaleRecord, DeskError."""
    declaration = _for_change(session, command.declaration_id, command.version)
    _refuse_fields(_particular_faults(command))
    for key, value in _editable(command, declaration.office_code).items():
        setattr(declaration, key, value)
    _settle(session, declaration, current_facts(session, declaration))


def record_event(session: Session, command: RecordEvent) -> int:
    """Record a dated event and return its id; statuses and duties follow. Raises StaleRecord, DeskError("event_refused")."""
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
    _settle(session, declaration, current_facts(session, declaration))
    return event.id


def void_event(session: Session, command: VoidEvent) -> None:
    """Take an event back. Refused while later events rest on it. Raises StaleRecord, DeskError("void_refused")."""
    event = session.get(DeclarationEvent, command.event_id)
    if event is None or event.voided_at is not None:
        raise DeskError("unknown_event", "Kejadian ini sudah dibatalkan atau tidak ada. Muat ulang berkasnya.")
    if not command.reason.strip():
        _refuse_fields({"reason": "Tulis alasan pembatalan."})
    declaration = _for_change(session, event.declaration_id, command.version)
    before = current_facts(session, declaration)
    event.voided_at = work_of(session).now
    event.void_reason = command.reason.strip()
    session.flush()
    after = current_facts(session, declaration)
    _refuse_broken_history(declaration, before, after)
    _settle(session, declaration, after)


def close(session: Session, command: CloseDeclaration) -> None:
    """Put a file away. Refused while its employment track is open. Raises StaleRecord, DeskError("not_finished")."""
    declaration = _for_change(session, command.declaration_id, command.version)
    state = Situation(current_facts(session, declaration), book_of(declaration)).state(today(session))
    refusal = rules.closing_refusal(state)
    if refusal:
        raise DeskError("not_finished", refusal)
    declaration.closed_on = today(session)
    declaration.touched_at = work_of(session).now
    session.execute(
        delete(DeclarationDuty).where(
            DeclarationDuty.declaration_id == declaration.id, DeclarationDuty.met_on.is_(None)
        )
    )


def link_letter(session: Session, declaration_id: int, letter_id: int) -> None:
    """Note that a letter belongs to a file; linking twice does nothing."""
    declaration_of(session, declaration_id)
    if session.get(DeclarationLetter, (declaration_id, letter_id)) is None:
        session.add(DeclarationLetter(declaration_id=declaration_id, letter_id=letter_id))
        session.flush()


def refresh(session: Session) -> int:
    """Bring open files up to date after a start or a new day, and return how many changed.

    Duties are worked out anew where the rule packs changed; a status that mere lapse of time changes (LALAI_MUNDUR on the
    day after the determination) is shown from then on.
    """
    changed = _stale_duties(session)
    for declaration_id in changed:
        declaration = declaration_of(session, declaration_id)
        _write_duties(session, declaration, current_facts(session, declaration))
    return len(changed | _lapsed_states(session))


def _stale_duties(session: Session) -> set[int]:
    library = shipped_library()
    digests = {key: library.book(key).digest for key in library.calendars}
    rows = session.execute(
        select(Declaration.id, Declaration.election_id, DeclarationDuty.rules_digest)
        .outerjoin(DeclarationDuty, DeclarationDuty.declaration_id == Declaration.id)
        .where(Declaration.closed_on.is_(None))
        .distinct()
    )
    return {row.id for row in rows if row.rules_digest not in {None, digests.get(row.election_id)}}


def _lapsed_states(session: Session) -> set[int]:
    query = select(Declaration).where(
        Declaration.closed_on.is_(None),
        Declaration.kpu_status == KpuStatus.DETERMINED,
        Declaration.staff_status.in_(UNRESIGNED),
        Declaration.discipline_status.in_([DisciplineStatus.NONE, DisciplineStatus.ETHICS]),
    )
    changed = set()
    for declaration in session.scalars(query):
        state = Situation(current_facts(session, declaration), book_of(declaration)).state(today(session))
        if state.discipline != declaration.discipline_status:
            _show_state(declaration, state)
            changed.add(declaration.id)
    return changed


def _for_change(session: Session, declaration_id: int, version: int) -> Declaration:
    declaration = declaration_of(session, declaration_id)
    check_version(declaration, version, FILE)
    if declaration.closed_on is not None:
        raise DeskError(
            "closed", f"Berkas ini ditutup pada {long_date(declaration.closed_on)} dan tidak dapat diubah lagi."
        )
    return declaration


def _editable(command: DeclareCandidacy | AmendDeclaration, office_code: str) -> dict[str, object]:
    title = shipped_library().offices[office_code].title
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


def _check_declaration(session: Session, command: DeclareCandidacy) -> None:
    library = shipped_library()
    faults = _particular_faults(command)
    if command.office_code not in library.offices:
        faults["office_code"] = "Pilih jabatan yang dituju dari daftar."
    elif command.election_id not in {row.id for row in library.elections_for(command.office_code)}:
        faults["election_id"] = "Pemilihan ini tidak memilih jabatan tersebut. Pilih pemilihan lain."
    if command.declared_on > today(session):
        faults["declared_on"] = "Tanggal deklarasi tidak boleh sesudah hari ini."
    employee = session.get(Employee, command.employee_id)
    if employee is None:
        faults["employee_id"] = "Pilih pegawai dari daftar."
    elif employee.state is EmploymentState.ENDED:
        faults["employee_id"] = "Pegawai ini sudah tidak bertugas lagi."
    elif _has_open_file(session, command):
        faults["election_id"] = "Pegawai ini sudah mempunyai berkas yang masih terbuka untuk pemilihan ini."
    _refuse_fields(faults)


def _particular_faults(command: DeclareCandidacy | AmendDeclaration) -> dict[str, str]:
    faults = {}
    if not command.region.strip():
        faults["region"] = "Isi daerah pemilihannya, misalnya Kota Contoh."
    if command.path not in PATHS:
        faults["path"] = "Pilih jalur partai politik atau perseorangan."
    if not command.flags <= PERSONAL_FLAGS:
        faults["flags"] = "Keterangan tambahan ini tidak dikenal."
    return faults | _too_long(Declaration, command)


def _too_long(model: type[Base], command: object) -> dict[str, str]:
    """Return a sentence for every text of the command that is longer than its column."""
    faults = {}
    for column in model.__table__.columns:
        value, longest = getattr(command, column.key, None), getattr(column.type, "length", None)
        if isinstance(value, str) and longest is not None and len(value.strip()) > longest:
            faults[column.key] = f"Paling banyak {longest} huruf; isian ini {len(value.strip())} huruf."
    return faults


def _has_open_file(session: Session, command: DeclareCandidacy) -> bool:
    query = select(Declaration.id).where(
        Declaration.employee_id == command.employee_id,
        Declaration.election_id == command.election_id,
        Declaration.closed_on.is_(None),
    )
    return session.scalar(query.limit(1)) is not None


def _refuse_fields(faults: dict[str, str]) -> None:
    if faults:
        raise DeskError("invalid", "Isian belum dapat disimpan. " + " ".join(faults.values()), fields=faults)


def _check_event(session: Session, declaration: Declaration, facts: Facts, command: RecordEvent) -> None:
    kind = shipped_library().events.get(command.code)
    if kind is None or not kind.recorded:
        _refuse_fields({"code": "Pilih kejadian dari daftar."})
    if command.happened_on > today(session):
        _refuse_fields({"happened_on": "Tanggal kejadian tidak boleh sesudah hari ini."})
    _refuse_fields(_too_long(DeclarationEvent, command))
    event = DatedEvent(command.code, command.happened_on, command.effective_on, command.note.strip())
    reason = rules.refusal_of(facts, book_of(declaration), event)
    if reason is not None:
        raise DeskError("event_refused", f"Kejadian belum dapat dicatat. {reason}", fields={"code": reason})


def _evidence(session: Session, data: bytes | None) -> str | None:
    if data is None:
        return None
    if not data.startswith(b"%PDF-"):
        _refuse_fields({"evidence": "Bukti harus berupa berkas PDF."})
    sha256 = files.store(session, data, files.PDF)
    session.flush()  # the event's row refers to the file's row, which must be there first
    return sha256


def _refuse_broken_history(declaration: Declaration, before: Facts, after: Facts) -> None:
    book = book_of(declaration)
    known = {row.event for row in Situation(before, book).refused}
    broken = next((row for row in Situation(after, book).refused if row.event not in known), None)
    if broken is not None:
        title = book.library.events[broken.event.code].title
        raise DeskError(
            "void_refused",
            f"Kejadian ini tidak dapat dibatalkan karena '{title}' ({long_date(broken.event.day)}) bergantung padanya. "
            "Batalkan dahulu kejadian yang lebih baru itu.",
        )


def _settle(session: Session, declaration: Declaration, facts: Facts) -> None:
    _show_state(declaration, Situation(facts, book_of(declaration)).state(today(session)))
    declaration.touched_at = work_of(session).now
    session.flush()
    _write_duties(session, declaration, facts)


def _show_state(declaration: Declaration, state: State) -> None:
    declaration.kpu_status = state.kpu.value
    declaration.staff_status = state.staff.value
    declaration.discipline_status = state.discipline.value


def _write_duties(session: Session, declaration: Declaration, facts: Facts) -> None:
    book = book_of(declaration)
    found = rules.obligations(facts, book, today(session))
    session.execute(delete(DeclarationDuty).where(DeclarationDuty.declaration_id == declaration.id))
    rows = [
        {
            "declaration_id": declaration.id,
            "rule_id": row.id,
            "due": row.due,
            "met_on": row.met_on,
            "owed_by": row.owed_by,
            "owed_to": row.owed_to,
            "text": row.text,
            "doubtful": row.doubtful,
            "letter_code": row.letter or "",
            "rules_digest": book.digest,
        }
        for row in found
        if row.status is not DutyStatus.NOT_APPLICABLE
    ]
    if rows:
        session.execute(insert(DeclarationDuty), rows)
    touched(session, Topic.CANDIDACY)
