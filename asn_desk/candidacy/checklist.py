"""The papers of a file (section 7): which its track needs, which are there, who checked them, which the office does without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy.checking import refuse_fields, too_long
from asn_desk.candidacy.facts import Situation
from asn_desk.candidacy.loading import book_of, current_facts, declaration_of
from asn_desk.candidacy.model import Declaration, DeclarationPaper
from asn_desk.candidacy.secrecy import open_file
from asn_desk.candidacy.terms import PAPER_WORDS, PaperState
from asn_desk.database import files
from asn_desk.database.work import check_version, today, work_of
from asn_desk.errors import DeskError
from asn_desk.regulations import schema
from asn_desk.regulations.terms import Need, Track
from asn_desk.wording import long_date

PAPER = "Berkas persyaratan ini"
NEED_WORDS: Mapping[Need, str] = {
    Need.REQUIRED: "wajib",
    Need.IF_PENSION: "wajib bila dengan hak pensiun",
    Need.IF_ANY: "bila ada",
    Need.LOCAL: "menurut ketentuan daerah",
    Need.NO: "tidak diminta",
}
CHECK_MARK = "perlu diperiksa"
_CONTRACT, _CONTRACT_KINDS = "perjanjian_kerja", frozenset({"PPPK", "PPPK_PW"})
_CIVIL_ONLY, _CIVIL = frozenset({"sk_cpns_pns", "karpeg_karis", "dpcp"}), frozenset({"PNS", "CPNS"})


@dataclass(frozen=True)
class PaperRow:
    """One paper of the checklist. `id` and `version` are 0 while nothing was handed in.

    `required`: the track asks for it without condition; `settled`: nothing more is to be done about it. `doubt` says why a
    legal reader should look at the entry, empty when it is well founded. `basis`: where the entry was read.
    """

    id: int
    version: int
    code: str
    title: str
    need: Need
    need_words: str
    required: bool
    state: PaperState
    state_words: str
    settled: bool
    has_scan: bool
    document_number: str
    document_date: date | None
    received_on: date | None
    received_by: str
    attached_by: str
    verified_on: date | None
    verified_by: str
    waived_on: date | None
    waived_by: str
    waive_reason: str
    doubt: str
    basis: str


@dataclass(frozen=True)
class Checklist:
    """The papers of a file on its track, and how many there are of each; `complete` at a look."""

    track: Track
    rows: tuple[PaperRow, ...]
    required: int
    attached: int
    verified: int
    waived: int

    @property
    def missing(self) -> int:
        """Return how many required papers are not there yet."""
        return sum(row.required and row.state is PaperState.MISSING for row in self.rows)

    @property
    def complete(self) -> bool:
        """Return whether every required paper is checked or waived."""
        return all(row.settled for row in self.rows if row.required)

    @property
    def words(self) -> str:
        """Return the whole in one line."""
        settled = sum(row.required and row.settled for row in self.rows)
        return f"{settled} dari {self.required} berkas wajib lengkap" + (", lengkap" if self.complete else "")


@dataclass(frozen=True)
class AttachPaper:
    """Hand a paper in: its scan as PDF, or just that the paper is there. `version` 0 for one that was not there before."""

    declaration_id: int
    version: int
    paper_code: str
    scan: bytes | None = None
    document_number: str = ""
    document_date: date | None = None
    received_on: date | None = None
    received_by: str = ""


@dataclass(frozen=True)
class VerifyPaper:
    """Say that a paper was looked at and is right; `undo` takes it back."""

    declaration_id: int
    version: int
    paper_code: str
    undo: bool = False


@dataclass(frozen=True)
class WaivePaper:
    """Do without a paper, with the reason; an empty reason asks for the paper again."""

    declaration_id: int
    version: int
    paper_code: str
    reason: str


def checklist(session: Session, declaration_id: int) -> Checklist:
    """Return the papers of a file. Raises DeskError("not_allowed" | "unknown_declaration")."""
    open_file(session, declaration_id)
    return checklist_of(session, declaration_of(session, declaration_id))


def checklist_of(session: Session, declaration: Declaration) -> Checklist:
    """Return the papers of a file that the caller may see."""
    situation = Situation(current_facts(session, declaration).as_of(today(session)), book_of(declaration))
    stored = _stored(session, declaration.id)
    rows = tuple(
        _row(item, need, situation, stored.get(item.doc))
        for item in situation.book.checklists
        if (need := needed(item, situation)) is not Need.NO or item.doc in stored
    )
    states = Counter(row.state for row in rows)
    return Checklist(
        track=situation.track,
        rows=rows,
        required=sum(row.required for row in rows),
        attached=states[PaperState.ATTACHED],
        verified=states[PaperState.VERIFIED],
        waived=states[PaperState.WAIVED],
    )


def needed(item: schema.ChecklistItem, situation: Situation) -> Need:
    """Return whether a person on this track needs the paper; a condition that is known to hold or fail is settled here."""
    kind = situation.facts.kind
    if (item.doc == _CONTRACT and kind not in _CONTRACT_KINDS) or (item.doc in _CIVIL_ONLY and kind not in _CIVIL):
        return Need.NO
    need = _on_track(item, situation.track)
    if need is Need.IF_PENSION and situation.pension_right is not None:
        return Need.REQUIRED if situation.pension_right else Need.NO
    return need


def _on_track(item: schema.ChecklistItem, track: Track) -> Need:
    """Return the entry of a track; leaving for a party goes by the papers of a resignation."""
    return {
        Track.APS: item.aps,
        Track.RETIREMENT: item.bup,
        Track.VILLAGE_PERMIT: item.izin_kades,
    }.get(track, item.mundur)


def _row(item: schema.ChecklistItem, need: Need, situation: Situation, paper: DeclarationPaper | None) -> PaperRow:
    state = _state(paper)
    row = PaperRow(
        id=0, version=0, code=item.doc, title=item.title, need=need, need_words=NEED_WORDS[need],
        required=need is Need.REQUIRED, state=state, state_words=PAPER_WORDS[state],
        settled=state in {PaperState.VERIFIED, PaperState.WAIVED}, has_scan=False, document_number="", document_date=None,
        received_on=None, received_by="", attached_by="", verified_on=None, verified_by="", waived_on=None, waived_by="",
        waive_reason="", doubt=_doubt(item, situation.track),
        basis=situation.book.library.source_words(item.sources),
    )  # fmt: skip
    if paper is None:
        return row
    kept = (
        "id", "version", "document_number", "document_date", "received_on", "received_by", "attached_by", "verified_on",
        "verified_by", "waived_on", "waived_by", "waive_reason",
    )  # fmt: skip
    values = {name: getattr(paper, name) for name in kept}
    return replace(row, **values, has_scan=paper.file_sha256 is not None)


def _state(paper: DeclarationPaper | None) -> PaperState:
    if paper is None:
        return PaperState.MISSING
    if paper.waived_on is not None:
        return PaperState.WAIVED
    if paper.verified_on is not None:
        return PaperState.VERIFIED
    return PaperState.ATTACHED if paper.received_on is not None else PaperState.MISSING


def _doubt(item: schema.ChecklistItem, track: Track) -> str:
    if item.doubt:
        return item.doubt
    return f"Belum ada sumber; {CHECK_MARK}." if item.doubtful or track in item.unsure else ""


def _stored(session: Session, declaration_id: int) -> dict[str, DeclarationPaper]:
    query = select(DeclarationPaper).where(DeclarationPaper.declaration_id == declaration_id)
    return {row.paper_code: row for row in session.scalars(query)}


def attach_paper(session: Session, command: AttachPaper) -> int:
    """Put a paper into the file and return its id; what was checked before must be checked again.

    Raises StaleRecord, DeskError("invalid" | "unknown_paper" | "closed").
    """
    require(session, Action.EDIT_CANDIDACY)
    _check_attached(session, command)
    paper = _paper(session, command.declaration_id, command.paper_code, command.version)
    paper.received_on = command.received_on or today(session)
    paper.received_by = command.received_by.strip()
    paper.document_number, paper.document_date = command.document_number.strip(), command.document_date
    paper.attached_by = work_of(session).actor
    if command.scan is not None:
        sha256 = files.store(session, command.scan, files.PDF)
        session.flush()  # the paper's row refers to the file's row, which must be there first
        paper.file_sha256 = sha256
    paper.verified_on, paper.verified_by = None, ""
    paper.waived_on, paper.waived_by, paper.waive_reason = None, "", ""
    session.add(paper)
    session.flush()
    return paper.id


def _check_attached(session: Session, command: AttachPaper) -> None:
    faults = too_long(DeclarationPaper, command)
    if command.scan is not None and not command.scan.startswith(b"%PDF-"):
        faults["scan"] = "Pindaian harus berupa berkas PDF."
    if command.received_on is not None and command.received_on > today(session):
        faults["received_on"] = "Tanggal terima tidak boleh sesudah hari ini."
    refuse_fields(faults)


def verify_paper(session: Session, command: VerifyPaper) -> None:
    """Say that a paper was checked, and by whom. Raises StaleRecord, DeskError("paper_missing" | "not_allowed")."""
    require(session, Action.VERIFY_PAPERS)
    paper = _paper(session, command.declaration_id, command.paper_code, command.version)
    if paper.received_on is None:
        raise DeskError("paper_missing", "Berkas ini belum diterima, jadi belum dapat diperiksa.")
    paper.verified_on = None if command.undo else today(session)
    paper.verified_by = "" if command.undo else work_of(session).actor


def waive_paper(session: Session, command: WaivePaper) -> None:
    """Note why the office does without a paper. Raises StaleRecord, DeskError("paper_there" | "not_allowed")."""
    require(session, Action.VERIFY_PAPERS)
    paper = _paper(session, command.declaration_id, command.paper_code, command.version)
    reason = " ".join(command.reason.split())
    if paper.received_on is not None:
        raise DeskError("paper_there", "Berkas ini sudah diterima; tidak perlu dikecualikan.")
    if not reason and paper.waived_on is None:
        refuse_fields({"reason": "Tulis alasan mengapa berkas ini tidak diperlukan."})
    paper.waived_on = today(session) if reason else None
    paper.waived_by = work_of(session).actor if reason else ""
    paper.waive_reason = reason
    session.add(paper)
    session.flush()


def _paper(session: Session, declaration_id: int, code: str, version: int) -> DeclarationPaper:
    declaration = declaration_of(session, declaration_id)
    if declaration.closed_on is not None:
        raise DeskError("closed", f"Berkas ini ditutup pada {long_date(declaration.closed_on)} dan tidak dapat diubah.")
    if code not in {item.doc for item in book_of(declaration).checklists}:
        raise DeskError("unknown_paper", "Berkas persyaratan ini tidak ada dalam daftar. Muat ulang berkasnya.")
    found = _stored(session, declaration_id).get(code)
    if found is None:
        return DeclarationPaper(declaration_id=declaration_id, paper_code=code)
    check_version(found, version, PAPER)
    return found


def paper_scan(session: Session, paper_id: int) -> bytes:
    """Return the scan of a paper. Raises DeskError("not_allowed" | "no_evidence")."""
    require(session, Action.SEE_CANDIDACY)
    paper = session.get(DeclarationPaper, paper_id)
    if paper is None or paper.file_sha256 is None:
        raise DeskError("no_evidence", "Berkas persyaratan ini belum dipindai. Muat ulang berkasnya.")
    open_file(session, paper.declaration_id)
    return files.fetch(session, paper.file_sha256)
