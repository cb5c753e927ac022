"""Reading the scans: totals of a pile, the tray, the boxes a clerk must look at, and the pictures of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars.marking import shown_name
from asn_desk.circulars.model import Recipient
from asn_desk.circulars.scanning import pixels
from asn_desk.circulars.scanning.model import ScanBox, ScanFile, ScanPage
from asn_desk.circulars.scanning.terms import SENTENCES, BoxVerdict, PageState, TrayReason
from asn_desk.circulars.terms import AckStatus
from asn_desk.database import files
from asn_desk.database.files import StoredFile
from asn_desk.errors import DeskError

_ASKED_AT_ONCE = 500
T = TypeVar("T")


@dataclass(frozen=True)
class TrayRow:
    """A page that the program could not finish by itself. `sentence` says why and what to do."""

    id: int
    file: str
    page: int
    reason: TrayReason
    sentence: str
    codes: tuple[str, ...]
    sheet_id: int | None
    taken_in_at: datetime
    version: int


@dataclass(frozen=True)
class PileTotals:
    """What came of the pages of a pile: pages read; people marked; people who had been marked before; pages with foreign codes only.

    `unsure` are boxes that wait for the clerk.
    """

    pages: int
    marked: int
    already: int
    foreign: int
    unsure: int
    tray: tuple[TrayRow, ...]


@dataclass(frozen=True)
class BoxRow:
    """A signature box to be looked at: whose it is, and where on which page (`quad`: corners as shares of the page)."""

    id: int
    page_id: int
    file: str
    page: int
    row: int
    recipient_id: int
    person: str
    verdict: BoxVerdict
    decided: BoxVerdict | None
    quad: tuple[tuple[float, float], ...]


def totals(session: Session, hashes: Sequence[str]) -> PileTotals:
    """Return what came of the pages of these files so far, however many runs it took."""
    require(session, Action.SEE_CIRCULARS)
    ids = _file_ids(session, hashes)
    pages = marked = already = foreign = unsure = 0
    for part in _parts(ids):
        row = session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(ScanPage.marked), 0),
                func.coalesce(func.sum(ScanPage.already), 0),
                func.count().filter(ScanPage.foreign_codes > 0),
            ).where(ScanPage.file_id.in_(part))
        ).one()
        pages, marked, already, foreign = pages + row[0], marked + row[1], already + row[2], foreign + row[3]
        unsure += session.scalar(_unsure(ScanPage.file_id.in_(part)).with_only_columns(func.count())) or 0
    tray = tuple(row for part in _parts(ids) for row in _tray(session, ScanPage.file_id.in_(part)))
    return PileTotals(pages, marked, already, foreign, unsure, tray)


def _file_ids(session: Session, hashes: Sequence[str]) -> list[int]:
    return [
        key for part in _parts(hashes) for key in session.scalars(select(ScanFile.id).where(ScanFile.sha256.in_(part)))
    ]


def _parts(values: Sequence[T]) -> list[Sequence[T]]:
    return [values[start : start + _ASKED_AT_ONCE] for start in range(0, len(values), _ASKED_AT_ONCE)]


def tray(session: Session) -> list[TrayRow]:
    """Return the pages that wait for a clerk, oldest first."""
    require(session, Action.SEE_CIRCULARS)
    return _tray(session, ScanPage.id > 0)


def tray_count(session: Session) -> int:
    """Return how many pages and boxes wait for a clerk."""
    require(session, Action.SEE_CIRCULARS)
    pages = session.scalar(select(func.count()).where(ScanPage.state == PageState.TRAY)) or 0
    return pages + (session.scalar(_unsure(ScanPage.id > 0).with_only_columns(func.count())) or 0)


def _tray(session: Session, condition: ColumnElement[bool]) -> list[TrayRow]:
    rows = session.execute(
        select(ScanPage, ScanFile)
        .join(ScanFile, ScanFile.id == ScanPage.file_id)
        .where(condition, ScanPage.state == PageState.TRAY)
        .order_by(ScanFile.id, ScanPage.page)
    )
    return [_tray_row(page, source) for page, source in rows]


def _tray_row(page: ScanPage, source: ScanFile) -> TrayRow:
    reason = page.reason or TrayReason.NO_CODE
    return TrayRow(
        page.id, source.name, page.page, reason, SENTENCES[reason], tuple(page.codes.split()), page.sheet_id,
        source.taken_in_at, page.version,
    )  # fmt: skip


def _unsure(condition: ColumnElement[bool]) -> Select[ScanBox, ScanPage, ScanFile, Recipient]:
    return (
        select(ScanBox, ScanPage, ScanFile, Recipient)
        .join(ScanPage, ScanPage.id == ScanBox.page_id)
        .join(ScanFile, ScanFile.id == ScanPage.file_id)
        .join(Recipient, Recipient.id == ScanBox.recipient_id)
        .where(condition, ScanBox.verdict == BoxVerdict.UNSURE, ScanBox.decided.is_(None))
        .where(ScanPage.state == PageState.UNSURE, Recipient.status != AckStatus.SIGNED)
    )


def unsure_boxes(session: Session, limit: int = 200) -> list[BoxRow]:
    """Return the signature boxes that wait for the clerk's eye, page by page."""
    require(session, Action.SEE_CIRCULARS)
    rows = session.execute(_unsure(ScanPage.id > 0).order_by(ScanPage.id, ScanBox.row).limit(limit))
    return [_box_row(row.ScanBox, row.ScanPage, row.ScanFile, row.Recipient) for row in rows]


def boxes_of(session: Session, page_id: int) -> list[BoxRow]:
    """Return all judged boxes of a page, by row."""
    require(session, Action.SEE_CIRCULARS)
    rows = session.execute(
        select(ScanBox, ScanPage, ScanFile, Recipient)
        .join(ScanPage, ScanPage.id == ScanBox.page_id)
        .join(ScanFile, ScanFile.id == ScanPage.file_id)
        .join(Recipient, Recipient.id == ScanBox.recipient_id)
        .where(ScanBox.page_id == page_id)
        .order_by(ScanBox.row)
    )
    return [_box_row(row.ScanBox, row.ScanPage, row.ScanFile, row.Recipient) for row in rows]


def _box_row(box: ScanBox, page: ScanPage, source: ScanFile, person: Recipient) -> BoxRow:
    numbers = [float(text) for text in box.quad.split()]
    quad = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    return BoxRow(
        box.id, page.id, source.name, page.page, box.row, person.id, shown_name(person), box.verdict, box.decided, quad
    )


def page_picture(session: Session, page_id: int, dpi: int = 100) -> bytes:
    """Return the picture of a scanned page as PNG.

    Raises DeskError("page_unknown" | "scan_unreadable" | "file_missing" | "file_changed").
    """
    require(session, Action.SEE_CIRCULARS)
    row = session.execute(
        select(ScanFile.sha256, ScanPage.page)
        .join(ScanPage, ScanPage.file_id == ScanFile.id)
        .where(ScanPage.id == page_id)
    ).one_or_none()
    if row is None:
        raise DeskError("page_unknown", "Halaman pindaian ini tidak ada. Muat ulang daftarnya.")
    return evidence_picture(session, row.sha256, row.page, dpi)


def evidence_picture(session: Session, sha256: str, page: int, dpi: int = 100) -> bytes:
    """Return the picture of the page that an acknowledgement names as evidence, as PNG.

    Raises as `page_picture`, and DeskError("no_picture") for a return file.
    """
    require(session, Action.SEE_CIRCULARS)
    stored = session.get(StoredFile, sha256)
    if stored is None:
        raise DeskError("page_unknown", "Gambar bukti ini tidak ada. Jalankan pemeriksaan data.")
    if stored.media_type not in pixels.MEDIA_TYPES.values():
        raise DeskError("no_picture", f"Bukti ini berkas balasan Excel (baris {page}), bukan gambar pindaian.")
    return pixels.as_png(files.fetch(session, sha256), stored.media_type, page, dpi)
