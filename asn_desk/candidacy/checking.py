"""What a command must fulfil before a file changes: fields, and the proof without which nobody counts as resigned."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.candidacy.commands import AmendDeclaration, DeclareCandidacy
from asn_desk.candidacy.facts import NON_ASN_POLICIES, PERSONAL_FLAGS, Facts, Situation
from asn_desk.candidacy.loading import book_of, events_of
from asn_desk.candidacy.model import Declaration, DeclarationEvent, DeclarationLetter, DeclarationPaper
from asn_desk.candidacy.terms import EMPLOYER_WORDS
from asn_desk.database.base import Base
from asn_desk.database.work import today
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds import RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.letters.model import Letter
from asn_desk.letters.terms import LetterStatus
from asn_desk.regulations.office_packs import packs_of
from asn_desk.regulations.terms import Track

PATHS = {"": "belum diketahui", "parpol": "partai politik atau gabungan partai", "perseorangan": "perseorangan"}
RESIGNATION_PAPER = "pernyataan_mundur"
_ENDS = frozenset({"SK_TERBIT", "TMT"})
_BY_LETTER = frozenset({Track.RESIGN, Track.PARTY})
_SIGNED = frozenset({LetterStatus.SIGNED, LetterStatus.HANDED_OVER})


def refuse_fields(faults: dict[str, str]) -> None:
    """Raise DeskError("invalid") with the fields to mend, if there are any."""
    if faults:
        raise DeskError("invalid", "Isian belum dapat disimpan. " + " ".join(faults.values()), fields=faults)


def too_long(model: type[Base], command: object) -> dict[str, str]:
    """Return a sentence for every text of the command that is longer than its column."""
    faults = {}
    for column in model.__table__.columns:
        value, longest = getattr(command, column.key, None), getattr(column.type, "length", None)
        if isinstance(value, str) and longest is not None and len(value.strip()) > longest:
            faults[column.key] = f"Paling banyak {longest} huruf; isian ini {len(value.strip())} huruf."
    return faults


def check_declaration(session: Session, command: DeclareCandidacy) -> None:
    """Refuse a faulty declaration. Raises DeskError("invalid")."""
    faults = particular_faults(command) | seat_faults(session, command.office_code, command.election_id)
    if command.declared_on > today(session):
        faults["declared_on"] = "Tanggal deklarasi tidak boleh sesudah hari ini."
    employee = session.get(Employee, command.employee_id)
    if employee is None:
        faults["employee_id"] = "Pilih pegawai dari daftar."
    elif employee.state is EmploymentState.ENDED:
        faults["employee_id"] = "Pegawai ini sudah tidak bertugas lagi."
    elif _has_open_file(session, command):
        faults["election_id"] = "Pegawai ini sudah mempunyai berkas yang masih terbuka untuk pemilihan ini."
    refuse_fields(faults)


def seat_faults(session: Session, office_code: str, election_id: str) -> dict[str, str]:
    """Return what is wrong with the office and its election."""
    library = packs_of(session)
    if office_code not in library.offices:
        return {"office_code": "Pilih jabatan yang dituju dari daftar."}
    if election_id not in {row.id for row in library.elections_for(office_code)}:
        return {"election_id": "Pemilihan ini tidak memilih jabatan tersebut. Pilih pemilihan lain."}
    return {}


def particular_faults(command: DeclareCandidacy | AmendDeclaration) -> dict[str, str]:
    """Return what is wrong with the particulars of a candidacy."""
    faults = {}
    if not command.region.strip():
        faults["region"] = "Isi daerah pemilihannya, misalnya Kota Contoh."
    if command.path not in PATHS:
        faults["path"] = "Pilih jalur partai politik atau perseorangan."
    if not command.flags <= PERSONAL_FLAGS:
        faults["flags"] = "Keterangan tambahan ini tidak dikenal."
    if command.employer not in {None, *EMPLOYER_WORDS}:
        faults["employer"] = "Pilih pemerintah daerah atau kementerian/lembaga."
    if command.non_asn_policy not in {None, *NON_ASN_POLICIES}:
        faults["non_asn_policy"] = "Pilih kebijakan non-ASN dari daftar."
    return faults | too_long(Declaration, command)


def _has_open_file(session: Session, command: DeclareCandidacy) -> bool:
    query = select(Declaration.id).where(
        Declaration.employee_id == command.employee_id,
        Declaration.election_id == command.election_id,
        Declaration.closed_on.is_(None),
    )
    return session.scalar(query.limit(1)) is not None


def check_proof(session: Session, declaration: Declaration, facts: Facts, code: str) -> None:
    """Refuse to mark anybody as resigned without the signed letter and its receipt. Raises DeskError("proof_missing").

    Only the track of the resignation letter asks for them; on APS and retirement the decree itself is the proof.
    """
    if code not in _ENDS or Situation(facts, book_of(declaration)).track not in _BY_LETTER:
        return
    events = {event.code: event for event in events_of(session, declaration.id)}
    letters = _letters(session, declaration.id)
    lacking = []
    if not _letter_proven(session, declaration.id, events.get("SURAT_MUNDUR"), letters):
        lacking.append("surat pengunduran diri yang ditandatangani (unggah pindaiannya atau isi siapa penerimanya)")
    if not _receipt_proven(events.get("TANDA_TERIMA"), letters):
        lacking.append("tanda terimanya (nomor atau pindaian)")
    if lacking:
        sentence = f"Belum ada bukti {' dan '.join(lacking)}. Lengkapi dahulu sebelum mencatat pemberhentian."
        raise DeskError("proof_missing", sentence, fields={"code": sentence})


def _letters(session: Session, declaration_id: int) -> list[Letter]:
    query = select(Letter).join(DeclarationLetter, DeclarationLetter.letter_id == Letter.id)
    return list(
        session.scalars(
            query.where(DeclarationLetter.declaration_id == declaration_id, Letter.status != LetterStatus.VOID)
        )
    )


def _letter_proven(
    session: Session, declaration_id: int, event: DeclarationEvent | None, letters: Iterable[Letter]
) -> bool:
    if event is None:
        return False
    if event.file_sha256 or event.received_by:
        return True
    if any(row.kind == RESIGNATION and (row.scan_sha256 or row.status in _SIGNED) for row in letters):
        return True
    paper = select(DeclarationPaper.id).where(
        DeclarationPaper.declaration_id == declaration_id,
        DeclarationPaper.paper_code == RESIGNATION_PAPER,
        DeclarationPaper.file_sha256.is_not(None),
    )
    return session.scalar(paper) is not None


def _receipt_proven(event: DeclarationEvent | None, letters: Iterable[Letter]) -> bool:
    if event is None:
        return False
    return bool(event.document_number or event.file_sha256 or any(row.kind == RESIGNATION_RECEIPT for row in letters))
