"""Letters entered but not issued yet: kept, looked at with "[DRAF]" across the pages, issued, or discarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import allowed, require
from asn_desk.accounts.terms import Action
from asn_desk.database.trail import audit
from asn_desk.database.work import check_version, work_of
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.kinds import KINDS, kind_of
from asn_desk.letters.kept_command import as_text, from_text
from asn_desk.letters.model import LetterDraft
from asn_desk.letters.queries import MASKED, sees_secrets
from asn_desk.letters.service import IssuedLetter, IssueLetter, PreviewLetter, issue, preview
from asn_desk.wording import readable_name, titled_name


@dataclass(frozen=True)
class DraftRow:
    """A draft as lists show it; `hidden` when it is confidential and this user may not see more."""

    id: int
    kind: str
    kind_title: str
    dated: date
    person: str
    made_at: datetime
    made_by: str
    version: int
    hidden: bool


def save_draft(session: Session, command: IssueLetter) -> int:
    """Keep a letter as a draft and return its id. Raises DeskError("letter_data" | "kind_unknown" | "not_allowed")."""
    require(session, Action.ISSUE_LETTERS)
    entered(kind_of(command.kind), command.data)
    work = work_of(session)
    draft = LetterDraft(
        kind=command.kind, dated=command.dated, employee_id=command.employee_id, command=as_text(command),
        confidential=command.confidential, made_at=work.now, made_by=work.actor,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return draft.id


def change_draft(session: Session, draft_id: int, version: int, command: IssueLetter) -> None:
    """Keep a draft as it was entered now. Raises as `save_draft` and `draft_letter`, StaleRecord."""
    require(session, Action.ISSUE_LETTERS)
    draft_letter(session, draft_id)  # nobody overwrites what they may not see
    draft = _draft(session, draft_id)
    check_version(draft, version, "Draf ini")
    entered(kind_of(command.kind), command.data)
    work = work_of(session)
    draft.kind, draft.dated, draft.employee_id = command.kind, command.dated, command.employee_id
    draft.command, draft.confidential = as_text(command), command.confidential
    draft.made_at, draft.made_by = work.now, work.actor


def draft_rows(session: Session) -> list[DraftRow]:
    """Return the drafts, the newest first; none for those who may see no letters."""
    if not allowed(session, Action.SEE_LETTERS):
        return []
    open_book = sees_secrets(session)
    found = select(LetterDraft, Employee).outerjoin(Employee, Employee.id == LetterDraft.employee_id)
    return [
        _row(draft, person, hidden=draft.confidential and not open_book)
        for draft, person in session.execute(found.order_by(LetterDraft.id.desc()))
    ]


def draft_letter(session: Session, draft_id: int) -> IssueLetter:
    """Return the letter as entered. Raises DeskError("draft_missing" | "letter_secret" | "not_allowed")."""
    require(session, Action.SEE_LETTERS)
    draft = _draft(session, draft_id)
    if draft.confidential:
        if not sees_secrets(session):
            raise DeskError("letter_secret", "Draf ini rahasia. Minta verifikator atau administrator membukanya.")
        audit.viewed(session, f"letter_drafts:{draft_id}")
    return from_text(draft.command, draft.dated, draft.employee_id)


def draft_pages(session: Session, draft_id: int) -> PreviewLetter:
    """Return the draft's pages, marked as a draft; nothing is taken. Raises as `draft_letter` and `service.preview`."""
    require(session, Action.ISSUE_LETTERS)
    return preview(session, draft_letter(session, draft_id))


def issue_draft(session: Session, draft_id: int, version: int, command: IssueLetter | None = None) -> IssuedLetter:
    """Issue a draft's letter, as it was kept or as `command` now has it; the draft is gone in the same unit of work.

    Raises as `service.issue` and `draft_letter`, StaleRecord.
    """
    require(session, Action.ISSUE_LETTERS)
    draft = _draft(session, draft_id)
    check_version(draft, version, "Draf ini")
    letter = draft_letter(session, draft_id)
    issued = issue(session, command or letter)
    session.delete(draft)
    return issued


def discard_draft(session: Session, draft_id: int, version: int) -> None:
    """Take a draft away without a letter. Raises DeskError("draft_missing" | "not_allowed"), StaleRecord."""
    require(session, Action.ISSUE_LETTERS)
    draft = _draft(session, draft_id)
    check_version(draft, version, "Draf ini")
    session.delete(draft)


def _draft(session: Session, draft_id: int) -> LetterDraft:
    draft = session.get(LetterDraft, draft_id)
    if draft is None:
        raise DeskError("draft_missing", "Draf ini sudah tidak ada: sudah terbit atau dibuang. Muat ulang daftarnya.")
    return draft


def _row(draft: LetterDraft, person: Employee | None, *, hidden: bool) -> DraftRow:
    name = titled_name(readable_name(person.name), person.title_front, person.title_back) if person else ""
    title = KINDS[draft.kind].title if draft.kind in KINDS else draft.kind
    return DraftRow(
        draft.id, draft.kind, title, draft.dated, MASKED if hidden else name, draft.made_at, draft.made_by, draft.version,
        hidden,
    )  # fmt: skip
