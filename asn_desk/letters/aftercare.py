"""What follows a letter: its Word file taken back edited, the scan of its signed paper, and the letter that corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database import files
from asn_desk.database.work import check_version, work_of
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, LetterVersion
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from asn_desk.letters.queries import LetterDetail, letter_detail, stored_docx
from asn_desk.letters.rules import open_title, secrecy_of
from asn_desk.letters.templates.template_store import ADDED, TextChange, differences
from asn_desk.letters.terms import LetterStatus
from asn_desk.office import queries as office

PRACTICE = "CONTOH"
LARGEST_WORD, MOST_NOTE = 16 * 1024 * 1024, 500
LARGEST_SCAN = 32 * 1024 * 1024
_HEAD, _TAIL = 1024, 2048


@dataclass(frozen=True)
class EditedFile:
    """An edited Word file looked at before it is taken back: what changes against the letter as it is printed now."""

    docx: bytes
    pdf: bytes
    pages: int
    changes: tuple[TextChange, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class TakeBack:
    """An edited Word file for a letter, why it was edited, and the letter's version that the clerk saw."""

    letter_id: int
    docx: bytes
    note: str
    version: int


def may_edit(letter: LetterDetail) -> bool:
    """Return whether an edited file may be taken back: only until the paper is signed; afterwards a correction is written."""
    return letter.status == LetterStatus.ISSUED and letter.scan_sha256 is None


def edited(session: Session, letter_id: int, docx: bytes) -> EditedFile:
    """Lay an edited Word file out and compare it with the letter as printed now; nothing is stored.

    Raises DeskError("letter_missing" | "not_allowed" | "edited_file" | "edited_same") and what a file that is no whole Word file raises.
    """
    require(session, Action.ISSUE_LETTERS)
    if len(docx) > LARGEST_WORD:
        raise DeskError("edited_file", f"Berkas Word lebih besar dari {LARGEST_WORD // 1024 // 1024} MB.")
    letter, before = letter_detail(session, letter_id), stored_docx(session, letter_id)
    if docx == before:
        raise DeskError("edited_same", "Berkas ini sama dengan surat yang tersimpan; tidak ada yang diubah.")
    title = open_title(letter.kind_title, letter.number) if letter.confidential else letter.title
    watermark = PRACTICE if work_of(session).practice else None
    secrecy = secrecy_of(confidential=letter.confidential)
    agency = office.office_required(session).agency
    made = docx_to_pdf(docx, PdfMeta(title, agency, letter.kind_title, watermark, secrecy))
    return EditedFile(docx, made.data, made.pages, tuple(differences(before, docx)), made.notes)


def take_back(session: Session, command: TakeBack) -> int:
    """Keep an edited Word file as the letter's newest version and return its id; the issued original stays as it was.

    Raises as `edited`, DeskError("letter_state" | "reason_missing") and StaleRecord.
    """
    require(session, Action.ISSUE_LETTERS)
    note = " ".join(command.note.split())[:MOST_NOTE]
    letter = session.get(Letter, command.letter_id)
    if letter is None:
        raise DeskError("letter_missing", "Surat ini tidak ada dalam agenda. Muat ulang daftar surat.")
    check_version(letter, command.version, "Surat ini")
    if not may_edit(letter_detail(session, command.letter_id)):
        raise DeskError(
            "letter_state",
            "Surat ini sudah ditandatangani, diserahkan, atau batal. Buat surat perbaikan, jangan ubah berkasnya.",
        )
    if not note:
        sentence = "Isi apa yang diubah pada surat ini dan mengapa."
        raise DeskError("reason_missing", sentence, fields={"note": sentence})
    return _kept(session, letter, edited(session, command.letter_id, command.docx), note)


def version_changes(session: Session, letter_id: int, version_id: int) -> list[TextChange]:
    """Return what a version changed against the one before it. Raises DeskError("letter_missing")."""
    letter = letter_detail(session, letter_id)
    kept = [(0, letter.docx_sha256), *((row.id, row.docx_sha256) for row in letter.edited)]
    place = next((place for place, (key, _sha) in enumerate(kept) if key == version_id and place), None)
    if place is None:
        raise DeskError("letter_missing", "Versi surat ini tidak ada. Muat ulang daftar surat.")
    return differences(files.fetch(session, kept[place - 1][1]), files.fetch(session, kept[place][1]))


def summary(changes: Sequence[TextChange]) -> str:
    """Return in words how much an edited file changes."""
    if not changes:
        return "Tidak ada teks yang berubah; hanya bentuk (huruf, jarak, gambar)."
    added = sum(change.what == ADDED for change in changes)
    return f"{added} alinea ditambah, {len(changes) - added} alinea dihapus."


def _kept(session: Session, letter: Letter, file: EditedFile, note: str) -> int:
    work = work_of(session)
    row = LetterVersion(
        letter_id=letter.id, docx_sha256=files.store(session, file.docx, files.DOCX),
        pdf_sha256=files.store(session, file.pdf, files.PDF), pages=file.pages, note=note, made_at=work.now,
        made_by=work.actor,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def attach_scan(session: Session, letter_id: int, pdf: bytes, version: int) -> str:
    """Keep the scan of the signed paper with its letter and return its SHA-256; a later scan takes the place of an earlier one.

    The earlier file stays in the store and on the trail. Raises DeskError("letter_missing" | "scan") and StaleRecord.
    """
    require(session, Action.ISSUE_LETTERS)
    letter = session.get(Letter, letter_id)
    if letter is None:
        raise DeskError("letter_missing", "Surat ini tidak ada dalam agenda. Muat ulang daftar surat.")
    check_version(letter, version, "Surat ini")
    if len(pdf) > LARGEST_SCAN:
        raise DeskError("scan", f"Pindaian lebih besar dari {LARGEST_SCAN // 1024 // 1024} MB. Pindai dengan 200 dpi.")
    if b"%PDF-" not in pdf[:_HEAD] or b"%%EOF" not in pdf[-_TAIL:]:
        raise DeskError("scan", "Berkas ini bukan PDF yang utuh. Simpan hasil pindai sebagai PDF, lalu ulangi.")
    letter.scan_sha256 = files.store(session, pdf, files.PDF)
    return letter.scan_sha256


def check_replaced(session: Session, letter_id: int, kind: str) -> None:
    """Refuse a correction of a letter that is not there, of another kind, or corrected already.

    Raises DeskError("letter_missing" | "replaces_kind" | "replaced").
    """
    old = session.get(Letter, letter_id)
    if old is None:
        raise DeskError("letter_missing", "Surat yang diperbaiki tidak ada. Muat ulang daftar surat.")
    if old.kind != kind:
        raise DeskError("replaces_kind", "Surat perbaikan harus sejenis dengan surat yang diperbaiki.")
    if session.scalar(select(Letter.id).where(Letter.replaces_id == letter_id)) is not None:
        raise DeskError("replaced", "Surat ini sudah ada perbaikannya. Perbaiki surat yang terbaru.")
