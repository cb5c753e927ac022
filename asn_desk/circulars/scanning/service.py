"""What a clerk does with scans: decide an unsure box, finish a page of the tray by hand, put a page aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import codes
from asn_desk.circulars.many import Signed
from asn_desk.circulars.marking import Evidence, find_codes
from asn_desk.circulars.scanning.intake import count_marks, on_sheet, people_on
from asn_desk.circulars.scanning.model import ScanBox, ScanFile, ScanPage
from asn_desk.circulars.scanning.terms import SENTENCES, BoxVerdict, PageState, TrayReason
from asn_desk.circulars.terms import AckMethod, Signature
from asn_desk.database.work import check_version, work_of
from asn_desk.errors import DeskError


@dataclass(frozen=True)
class FinishPage:
    """A page of the tray, finished by hand: who signed on it, by typed code or chosen from the audience."""

    page_id: int
    version: int
    recipients: tuple[int, ...] = ()
    code: str = ""
    on: date | None = None


def decide_box(session: Session, box_id: int, verdict: BoxVerdict, on: date | None = None) -> None:
    """Say whether an unsure box is signed; a signed one marks the person, with the page as evidence.

    Raises DeskError("box_unknown" | "box_decided" | "not_markable" | "day" | "not_allowed").
    """
    require(session, Action.ACKNOWLEDGE)
    box = session.get(ScanBox, box_id)
    if box is None or verdict is BoxVerdict.UNSURE:
        raise DeskError("box_unknown", "Kotak tanda tangan ini tidak ada. Muat ulang daftarnya.")
    if box.verdict is not BoxVerdict.UNSURE or box.decided is not None:
        raise DeskError("box_decided", "Kotak tanda tangan ini sudah diputuskan. Muat ulang daftarnya.")
    work = work_of(session)
    page = session.get_one(ScanPage, box.page_id)
    if verdict is BoxVerdict.SIGNED:
        _mark(session, page, [on_sheet(box.recipient_id, on, _evidence(session, page))])
    box.decided, box.decided_at, box.decided_by = verdict, work.now, work.actor
    session.flush()
    if not _open_boxes(session, page.id) and page.state is PageState.UNSURE:
        _close(session, page, PageState.READ)


def _open_boxes(session: Session, page_id: int) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                ScanBox.page_id == page_id, ScanBox.verdict == BoxVerdict.UNSURE, ScanBox.decided.is_(None)
            )
        )
        or 0
    )


def finish_page(session: Session, command: FinishPage) -> None:
    """Mark who signed on a page of the tray, with the page as evidence, and take it off the tray.

    Raises DeskError("page_unknown" | "page_done" | "nobody" | "not_ours" | "damaged" | "not_markable" | "day"), StaleRecord.
    """
    require(session, Action.ACKNOWLEDGE)
    page = _waiting(session, command.page_id, command.version)
    evidence = _evidence(session, page)
    chosen = [*command.recipients, *_typed(session, command.code)]
    if not chosen:
        sentence = "Pilih orangnya atau ketik kode yang tercetak pada lembar."
        raise DeskError("nobody", sentence, fields={"code": sentence})
    on_list = set(people_on(session, page.sheet_id).values()) if page.sheet_id is not None else set()
    signed = [
        on_sheet(one, command.on, evidence)
        if one in on_list
        else Signed(one, command.on, AckMethod.SCAN, Signature.WET, evidence)
        for one in dict.fromkeys(chosen)
    ]
    _mark(session, page, signed)
    _close(session, page, PageState.FINISHED)


def dismiss_page(session: Session, page_id: int, reason: str, version: int) -> None:
    """Take a page off the tray that shows nothing to record, with the reason.

    Raises DeskError("page_unknown" | "page_done" | "reason_missing"), StaleRecord.
    """
    page = _waiting(session, page_id, version)
    if not reason.strip():
        sentence = "Tulis alasan halaman ini diabaikan."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    page.note = reason.strip()
    _close(session, page, PageState.DISMISSED)


def _waiting(session: Session, page_id: int, version: int) -> ScanPage:
    require(session, Action.ACKNOWLEDGE)
    page = session.get(ScanPage, page_id)
    if page is None:
        raise DeskError("page_unknown", "Halaman pindaian ini tidak ada. Muat ulang daftarnya.")
    if page.state is not PageState.TRAY:
        raise DeskError("page_done", "Halaman ini sudah diselesaikan. Muat ulang daftarnya.")
    check_version(page, version, "Halaman pindaian ini")
    return page


def _typed(session: Session, text: str) -> list[int]:
    if not text.strip():
        return []
    code = codes.parse(text)
    found = find_codes(session, [code]).get(code)
    if found is None or found.recipient_id is None:
        sentence = SENTENCES[TrayReason.UNKNOWN]
        raise DeskError("unknown_code", sentence, fields={"code": sentence})
    return [found.recipient_id]


def _mark(session: Session, page: ScanPage, signed: Sequence[Signed]) -> None:
    reason = count_marks(session, page, signed)
    if reason is not None:
        raise DeskError("not_markable", SENTENCES[reason])


def _evidence(session: Session, page: ScanPage) -> Evidence:
    return Evidence(session.get_one(ScanFile, page.file_id).sha256, page.page)


def _close(session: Session, page: ScanPage, state: PageState) -> None:
    work = work_of(session)
    page.state, page.decided_at, page.decided_by = state, work.now, work.actor
    session.flush()
