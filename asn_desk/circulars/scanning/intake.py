"""Writing down what was read on scanned pages: marks with their evidence, boxes to be looked at, and the tray.

A chunk of pages is one transaction together with its marks: a page is on record exactly once, however often the program is
killed and the folder is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import rules
from asn_desk.circulars.many import Signed, sign_many
from asn_desk.circulars.marking import Coded, Evidence, MarkResult, find_codes
from asn_desk.circulars.model import CollectiveRow, Recipient
from asn_desk.circulars.scanning.model import ScanBox, ScanFile, ScanPage
from asn_desk.circulars.scanning.reading import PageReading, Sheet
from asn_desk.circulars.scanning.terms import BoxVerdict, PageState, TrayReason
from asn_desk.circulars.terms import AckMethod, AckStatus, Signature
from asn_desk.database import files
from asn_desk.database.work import work_of

_ASKED_AT_ONCE = 500


@dataclass(frozen=True)
class Pile:
    """How a pile of scans is meant: for one circular only (None: whichever the codes say), signed on which day."""

    circular_id: int | None = None
    on: date | None = None


@dataclass(frozen=True)
class ReadPage:
    """One page, counted from 1, and what stands on it."""

    page: int
    reading: PageReading


def register(session: Session, data: bytes, media_type: str, name: str, pages: int) -> int:
    """Keep a scanned file as evidence and return its id; the same bytes again are the same file, whatever its name.

    Raises DeskError("not_allowed"), EnvironmentProblem.
    """
    require(session, Action.ACKNOWLEDGE)
    work = work_of(session)
    sha256 = files.store(session, data, media_type)
    known = file_named(session, sha256)
    if known is not None:
        return known
    row = ScanFile(sha256=sha256, name=name[:260], pages=pages, taken_in_at=work.now, taken_in_by=work.actor)
    session.add(row)
    session.flush()
    return row.id


def file_named(session: Session, sha256: str) -> int | None:
    """Return the id of the scanned file with these bytes, or None."""
    return session.scalar(select(ScanFile.id).where(ScanFile.sha256 == sha256))


def pages_on_record(session: Session, hashes: Sequence[str]) -> dict[str, frozenset[int]]:
    """Return which pages of these files are on record, by the file's hash."""
    found: dict[str, set[int]] = {}
    for start in range(0, len(hashes), _ASKED_AT_ONCE):
        query = select(ScanFile.sha256, ScanPage.page).join(ScanPage, ScanPage.file_id == ScanFile.id)
        for sha256, page in session.execute(query.where(ScanFile.sha256.in_(hashes[start : start + _ASKED_AT_ONCE]))):
            found.setdefault(sha256, set()).add(page)
    return {sha256: frozenset(pages) for sha256, pages in found.items()}


def _pages_read(session: Session, file_id: int) -> set[int]:
    """Return which pages of the file are on record."""
    return set(session.scalars(select(ScanPage.page).where(ScanPage.file_id == file_id)))


def take_in(session: Session, file_id: int, read: Sequence[ReadPage], pile: Pile) -> int:
    """Record pages and the marks on them, and return how many were new; pages on record are passed over.

    Raises DeskError("not_allowed" | "day").
    """
    require(session, Action.ACKNOWLEDGE)
    known = _pages_read(session, file_id)
    fresh = [one for one in read if one.page not in known]
    source = session.get_one(ScanFile, file_id)
    coded = find_codes(session, (code for one in fresh for code in _codes(one.reading)))
    for one in fresh:
        _take_page(session, source, one, coded, pile)
    session.flush()
    return len(fresh)


def _codes(reading: PageReading) -> list[str]:
    return [*reading.slips, *(sheet.code for sheet in reading.sheets)]


def _take_page(session: Session, source: ScanFile, one: ReadPage, coded: Mapping[str, Coded], pile: Pile) -> None:
    reading = one.reading
    page = ScanPage(
        file_id=source.id, page=one.page, state=PageState.READ, codes=" ".join(_codes(reading)),
        foreign_codes=reading.foreign, marked=0, already=0,
    )  # fmt: skip
    session.add(page)
    session.flush()
    evidence = Evidence(source.sha256, one.page)
    reasons = [_slip(session, page, coded.get(code), evidence, pile) for code in reading.slips]
    reasons += [_sheet(session, page, sheet, coded.get(sheet.code), evidence, pile) for sheet in reading.sheets]
    first = next((reason for reason in reasons if reason is not None), None) or _trouble(reading)
    if first is not None:
        page.state, page.reason = PageState.TRAY, first
    elif not reading.found:
        page.state = PageState.FOREIGN


def _trouble(reading: PageReading) -> TrayReason | None:
    if reading.broken:
        return TrayReason.UNREADABLE
    if reading.damaged:
        return TrayReason.DAMAGED
    return None if reading.found or reading.foreign else TrayReason.NO_CODE


def _slip(session: Session, page: ScanPage, coded: Coded | None, evidence: Evidence, pile: Pile) -> TrayReason | None:
    reason = _refusal(coded, pile)
    if reason is not None or coded is None or coded.recipient_id is None:
        return reason or TrayReason.UNKNOWN
    page.version_id = coded.version_id
    return count_marks(session, page, [Signed(coded.recipient_id, pile.on, AckMethod.SCAN, Signature.WET, evidence)])


def _refusal(coded: Coded | None, pile: Pile) -> TrayReason | None:
    if coded is None:
        return TrayReason.UNKNOWN
    if pile.circular_id is not None and coded.circular_id != pile.circular_id:
        return TrayReason.OTHER_CIRCULAR
    if coded.closed:
        return TrayReason.CLOSED
    return TrayReason.TOO_EARLY if pile.on is not None and pile.on < coded.begun else None


def count_marks(session: Session, page: ScanPage, signed: Sequence[Signed]) -> TrayReason | None:
    """Mark people for what a page shows, count it on the page, and return why somebody could not be marked."""
    able = _able(session, [one.recipient_id for one in signed])
    ready = [one for one in signed if one.recipient_id in able]
    reason = TrayReason.NOT_RECORDED if len(ready) < len(signed) else None
    for mark in sign_many(session, ready):
        if mark.result is MarkResult.ACCEPTED:
            page.marked += 1
        elif mark.result is MarkResult.ALREADY:
            page.already += 1
        else:
            reason = TrayReason.CLOSED if mark.result is MarkResult.CLOSED else TrayReason.NOT_RECORDED
    return reason


def _able(session: Session, ids: Sequence[int]) -> set[int]:
    """Return who has signed already or still may; the others (who left, say) are for the clerk to look at."""
    statuses = session.execute(select(Recipient.id, Recipient.status).where(Recipient.id.in_(ids)))
    return {key for key, now in statuses if now is AckStatus.SIGNED or AckStatus.SIGNED in rules.allowed(now)}


def _sheet(
    session: Session, page: ScanPage, sheet: Sheet, coded: Coded | None, evidence: Evidence, pile: Pile
) -> TrayReason | None:
    reason = _refusal(coded, pile)
    if reason is not None or coded is None or coded.sheet_id is None:
        return reason or TrayReason.UNKNOWN
    page.version_id, page.sheet_id = coded.version_id, coded.sheet_id
    if not sheet.boxes:
        return TrayReason.CROOKED
    people = people_on(session, coded.sheet_id)
    boxes = [
        ScanBox(
            page_id=page.id, row=box.row, recipient_id=people[box.row], verdict=box.verdict, ink=round(box.ink, 5),
            quad=" ".join(f"{x:.5f} {y:.5f}" for x, y in box.quad),
        )
        for box in sheet.boxes
        if box.row in people
    ]  # fmt: skip
    session.add_all(boxes)
    if any(box.verdict is BoxVerdict.UNSURE for box in boxes):
        page.state = PageState.UNSURE
    signed = [box.recipient_id for box in boxes if box.verdict is BoxVerdict.SIGNED]
    return count_marks(session, page, [on_sheet(recipient, pile.on, evidence) for recipient in signed])


def people_on(session: Session, sheet_id: int) -> dict[int, int]:
    """Return whose row is which on a collective sheet: row to recipient id."""
    rows = session.execute(
        select(CollectiveRow.row, CollectiveRow.recipient_id).where(CollectiveRow.sheet_id == sheet_id)
    )
    return {one.row: one.recipient_id for one in rows}


def on_sheet(recipient_id: int, on: date | None, evidence: Evidence) -> Signed:
    """Return the mark of a person who signed on a collective sheet."""
    return Signed(recipient_id, on, AckMethod.SHEET, Signature.COLLECTIVE, evidence)
