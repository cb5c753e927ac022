"""What follows a letter: the scan of its signed paper, and the letter that corrects it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.database import files
from asn_desk.database.work import check_version
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter

LARGEST_SCAN = 32 * 1024 * 1024
_HEAD, _TAIL = 1024, 2048


def attach_scan(session: Session, letter_id: int, pdf: bytes, version: int) -> str:
    """Keep the scan of the signed paper with its letter and return its SHA-256; a later scan takes the place of an earlier one.

    The earlier file stays in the store and on the trail. Raises DeskError("letter_missing" | "scan") and StaleRecord.
    """
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
