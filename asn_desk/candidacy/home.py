"""Who owes what to whom, over all files: overdue, today, this week; who is blocking; the one action that helps."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import secrecy
from asn_desk.candidacy.duties import DUTY_WORDS, SOON, status_on
from asn_desk.candidacy.loading import book_of
from asn_desk.candidacy.model import Declaration, DeclarationDuty
from asn_desk.candidacy.rows import Blocker, DueRow, DueSummary
from asn_desk.database.trail import audit
from asn_desk.database.work import today as today_of
from asn_desk.employees.model import Employee
from asn_desk.wording import grouped_nip, readable_name, titled_name

OPEN_DUTY = and_(DeclarationDuty.met_on.is_(None), DeclarationDuty.due.is_not(None))
SHOWN_ROWS = 200


def home_duties(session: Session, *, limit: int = SHOWN_ROWS) -> DueSummary:
    """Return what the home page shows today. Stored dues only; nothing is worked out anew."""
    return obligations_due(session, today_of(session), limit=limit)


def obligations_due(session: Session, today: date, *, limit: int | None = SHOWN_ROWS) -> DueSummary:
    """Return what is overdue, due today and due within a week over all open files, most urgent first.

    Counts are over all files; rows (at most `limit`) only those the user may see by name.
    """
    require(session, Action.SEE_COUNTS)
    open_now = and_(OPEN_DUTY, DeclarationDuty.due <= today + SOON, Declaration.closed_on.is_(None))
    blockers = _blockers(session, open_now, today)
    rows = due_rows(session, today, open_now, limit=limit)
    return DueSummary(
        overdue=sum(row.overdue for row in blockers),
        due_today=sum(row.due_today for row in blockers),
        this_week=sum(row.this_week for row in blockers),
        rows=rows,
        blockers=blockers,
        hidden=secrecy.hidden_count(session),
    )


def due_rows(
    session: Session, today: date, condition: ColumnElement[bool], *, limit: int | None = None
) -> tuple[DueRow, ...]:
    """Return the duties that fit and that the user may see by name, most urgent first."""
    query: Select[DeclarationDuty, Declaration, Employee, bool] = (
        select(DeclarationDuty, Declaration, Employee, secrecy.is_public())
        .join(Declaration, Declaration.id == DeclarationDuty.declaration_id)
        .join(Employee, Employee.id == Declaration.employee_id)
        .where(condition, secrecy.shown(session))
        .order_by(DeclarationDuty.due, Employee.sort_name, Declaration.id, DeclarationDuty.rule_id)
        .limit(limit)
    )
    found = session.execute(query).all()
    if not all(public for *_row, public in found):
        audit.viewed(session, secrecy.LIST)
    return tuple(
        _due_row(duty, declaration, person, today, public=public) for duty, declaration, person, public in found
    )


def _blockers(session: Session, open_now: ColumnElement[bool], today: date) -> tuple[Blocker, ...]:
    late, now, soon = (
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for condition in (DeclarationDuty.due < today, DeclarationDuty.due == today, DeclarationDuty.due > today)
    )
    query = (
        select(DeclarationDuty.owed_by, late, now, soon)
        .join(Declaration, Declaration.id == DeclarationDuty.declaration_id)
        .where(open_now)
        .group_by(DeclarationDuty.owed_by)
    )
    found = [Blocker(owed_by, int(a), int(b), int(c)) for owed_by, a, b, c in session.execute(query)]
    return tuple(sorted(found, key=lambda row: (-row.overdue, -row.due_today, -row.this_week, row.owed_by)))


def _due_row(
    duty: DeclarationDuty, declaration: Declaration, employee: Employee, today: date, *, public: bool
) -> DueRow:
    assert duty.due is not None
    status = status_on(duty.due, None, today)
    letter, template, event, action = _help(duty, declaration)
    return DueRow(
        declaration_id=declaration.id,
        rule_id=duty.rule_id,
        name=person_name(employee),
        nip=person_number(employee),
        office_name=declaration.office_name,
        text=duty.text,
        owed_by=duty.owed_by,
        owed_to=duty.owed_to,
        due=duty.due,
        status=status,
        status_words=DUTY_WORDS[status],
        doubtful=duty.doubtful,
        letter_code=letter,
        letter_template=template,
        event_code=event,
        action=action,
        confidential=not public,
    )


def _help(duty: DeclarationDuty, declaration: Declaration) -> tuple[str, str, str, str]:
    """Return (letter code, template, event code, action in words) that moves a duty on."""
    book = book_of(declaration)
    rule = next((row for row in book.rules if row.id == duty.rule_id), None)
    event = rule.alternatives[0][0] if rule and rule.alternatives else ""
    letter = book.library.letters.get(duty.letter_code)
    if letter is not None and letter.template:
        return letter.code, letter.template, event, f"Buat {letter.title}"
    title = book.library.events[event].title if event in book.library.events else ""
    return duty.letter_code, "", event, f"Catat: {title}" if title else "Buka berkas"


def person_name(employee: Employee) -> str:
    """Return the name with titles, as lists show it."""
    return titled_name(readable_name(employee.name), employee.title_front, employee.title_back)


def person_number(employee: Employee) -> str:
    """Return the NIP in groups, or the office's own number."""
    return grouped_nip(employee.nip) if employee.nip else (employee.local_number or "")
