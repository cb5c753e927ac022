"""Reading candidacy files: the list, one file in full, and who owes what now. Rows are frozen; no record leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from asn_desk.candidacy import filling, rules
from asn_desk.candidacy.duties import DUTY_WORDS, SOON, status_on
from asn_desk.candidacy.facts import Situation
from asn_desk.candidacy.lanes import lanes
from asn_desk.candidacy.loading import book_of, declaration_of, employee_of, facts_of
from asn_desk.candidacy.model import Declaration, DeclarationDuty, DeclarationEvent, DeclarationLetter
from asn_desk.candidacy.rows import (
    DeclarationDetail,
    DeclarationFilter,
    DeclarationRow,
    DueRow,
    DueSummary,
    EventRow,
    LinkedLetter,
    NextDuty,
)
from asn_desk.candidacy.states import STATUS_WORDS
from asn_desk.database import files
from asn_desk.database.search import matches
from asn_desk.database.work import today as today_of
from asn_desk.employees.model import Employee, EmployeeSearch
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.office.model import Unit
from asn_desk.regulations.packs import shipped_library
from asn_desk.wording import grouped_nip, readable_name, titled_name

_OPEN_DUTY = and_(DeclarationDuty.met_on.is_(None), DeclarationDuty.due.is_not(None))


def declaration_ids(session: Session, wanted: DeclarationFilter) -> list[int]:
    """Return the files that fit, the most urgent first, then by name."""
    earliest = (
        select(DeclarationDuty.declaration_id, func.min(DeclarationDuty.due).label("due"))
        .where(_OPEN_DUTY)
        .group_by(DeclarationDuty.declaration_id)
        .subquery()
    )
    query = (
        select(Declaration.id)
        .join(Employee, Employee.id == Declaration.employee_id)
        .outerjoin(earliest, earliest.c.declaration_id == Declaration.id)
        .order_by(case((earliest.c.due.is_(None), 1), else_=0), earliest.c.due, Employee.sort_name, Declaration.id)
    )
    if wanted.due_within_days is not None:
        query = query.where(earliest.c.due <= today_of(session) + timedelta(days=wanted.due_within_days))
    return list(session.scalars(_filtered(session, query, wanted)))


def _filtered(session: Session, query: Select[int], wanted: DeclarationFilter) -> Select[int]:
    equal: list[tuple[ColumnElement[str], str]] = [
        (Declaration.election_id.expression, wanted.election_id),
        (Declaration.office_code.expression, wanted.office_code),
        (Declaration.kpu_status.expression, wanted.kpu_status),
        (Declaration.staff_status.expression, wanted.staff_status),
    ]
    for column, value in equal:
        if value:
            query = query.where(column == value)
    if wanted.opd_id is not None:
        query = query.where(Employee.opd_id == wanted.opd_id)
    if not wanted.with_closed:
        query = query.where(Declaration.closed_on.is_(None))
    found = matches(session, EmployeeSearch.employee_id, EmployeeSearch.content, wanted.text)
    if found is not None:
        query = query.join(EmployeeSearch, EmployeeSearch.employee_id == Employee.id).where(found)
    return query


def declaration_rows(session: Session, ids: Sequence[int]) -> list[DeclarationRow]:
    """Return the lines for these ids, in the same order; ids that no longer exist are left out."""
    query = (
        select(Declaration, Employee)
        .join(Employee, Employee.id == Declaration.employee_id)
        .where(Declaration.id.in_(ids))
    )
    found = {declaration.id: (declaration, employee) for declaration, employee in session.execute(query)}
    urgent, counts = _next_duties(session, ids), _open_counts(session, ids)
    return [_list_row(*found[key], urgent.get(key), counts.get(key, 0)) for key in ids if key in found]


def _list_row(declaration: Declaration, employee: Employee, duty: NextDuty | None, open_duties: int) -> DeclarationRow:
    return DeclarationRow(
        id=declaration.id,
        employee_id=employee.id,
        name=_name(employee),
        nip=_number(employee),
        office_name=declaration.office_name,
        election_title=book_of(declaration).calendar.title,
        region=declaration.region,
        kpu_status=declaration.kpu_status,
        kpu_words=STATUS_WORDS[declaration.kpu_status],
        staff_status=declaration.staff_status,
        staff_words=STATUS_WORDS[declaration.staff_status],
        discipline_status=declaration.discipline_status,
        next_duty=duty,
        open_duties=open_duties,
        declared_on=declaration.declared_on,
        closed_on=declaration.closed_on,
    )


def _next_duties(session: Session, ids: Sequence[int]) -> dict[int, NextDuty]:
    query = (
        select(DeclarationDuty)
        .where(DeclarationDuty.declaration_id.in_(ids), _OPEN_DUTY)
        .order_by(DeclarationDuty.due.desc(), DeclarationDuty.rule_id.desc())
    )
    day = today_of(session)
    return {
        row.declaration_id: NextDuty(row.rule_id, row.text, row.due, status_on(row.due, None, day), row.doubtful)
        for row in session.scalars(query)
    }


def _open_counts(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(DeclarationDuty.declaration_id, func.count().label("open"))
        .where(DeclarationDuty.declaration_id.in_(ids), DeclarationDuty.met_on.is_(None))
        .group_by(DeclarationDuty.declaration_id)
    )
    return {row.declaration_id: row.open for row in session.execute(query)}


def _name(employee: Employee) -> str:
    return titled_name(readable_name(employee.name), employee.title_front, employee.title_back)


def _number(employee: Employee) -> str:
    return grouped_nip(employee.nip) if employee.nip else (employee.local_number or "")


def declaration_detail(session: Session, declaration_id: int) -> DeclarationDetail:
    """Return one file in full: lanes, duties with explanations, events, letters and what may be done next."""
    declaration = declaration_of(session, declaration_id)
    employee = employee_of(session, declaration.employee_id)
    events = _all_events(session, declaration_id)
    facts = facts_of(declaration, employee, [event for event in events if event.voided_at is None])
    book, day = book_of(declaration), today_of(session)
    seen = rules.assess(facts, book, day)
    unit = session.get(Unit, declaration.unit_id) if declaration.unit_id else None
    post = book.library.posts.get(declaration.post_class)
    return DeclarationDetail(
        id=declaration.id,
        version=declaration.version,
        employee_id=employee.id,
        name=_name(employee),
        nip=_number(employee),
        kind=employee.kind.value,
        post_name=declaration.post_name,
        post_class_title=post.title if post else "",
        unit_name=unit.name if unit else "",
        grade=employee.grade,
        office_code=declaration.office_code,
        office_name=declaration.office_name,
        election_id=declaration.election_id,
        election_title=book.calendar.title,
        region=declaration.region,
        constituency=declaration.constituency,
        path=declaration.path,
        party=declaration.party,
        running_mate=declaration.running_mate,
        is_acting_head=declaration.is_acting_head,
        flags=frozenset(declaration.flags.split()),
        note=declaration.note,
        declared_on=declaration.declared_on,
        closed_on=declaration.closed_on,
        kpu_status=seen.state.kpu.value,
        staff_status=seen.state.staff.value,
        discipline_status=seen.state.discipline.value,
        confidential=not seen.state.has("PENETAPAN"),
        lanes=lanes(Situation(facts.as_of(day), book), seen.obligations, day),
        obligations=seen.obligations,
        warnings=seen.warnings,
        outcome=seen.outcome,
        events=tuple(_event_row(event) for event in events),
        letters=_linked_letters(session, declaration_id),
        actions=() if declaration.closed_on else rules.allowed(facts, book, day),
        closing_refusal=rules.closing_refusal(seen.state),
    )


def _all_events(session: Session, declaration_id: int) -> list[DeclarationEvent]:
    query = select(DeclarationEvent).where(DeclarationEvent.declaration_id == declaration_id)
    return list(session.scalars(query.order_by(DeclarationEvent.happened_on, DeclarationEvent.id)))


def _event_row(event: DeclarationEvent) -> EventRow:
    kind = shipped_library().events.get(event.code)
    return EventRow(
        id=event.id,
        code=event.code,
        title=kind.title if kind else event.code,
        happened_on=event.happened_on,
        effective_on=event.effective_on,
        document_number=event.document_number,
        document_date=event.document_date,
        received_by=event.received_by,
        note=event.note,
        file_sha256=event.file_sha256,
        recorded_by=event.recorded_by,
        voided=event.voided_at is not None,
        void_reason=event.void_reason,
    )


def evidence(session: Session, event_id: int) -> bytes:
    """Return the scanned PDF of an event. Raises DeskError("no_evidence")."""
    event = session.get(DeclarationEvent, event_id)
    if event is None or event.file_sha256 is None:
        raise DeskError("no_evidence", "Kejadian ini tidak mempunyai berkas bukti. Muat ulang berkasnya.")
    return files.fetch(session, event.file_sha256)


def _linked_letters(session: Session, declaration_id: int) -> tuple[LinkedLetter, ...]:
    query = (
        select(Letter.id, Letter.kind, Letter.title, RegisterEntry.number, Letter.dated)
        .join(DeclarationLetter, DeclarationLetter.letter_id == Letter.id)
        .outerjoin(RegisterEntry, RegisterEntry.id == Letter.register_entry_id)
        .where(DeclarationLetter.declaration_id == declaration_id)
        .order_by(Letter.dated, Letter.id)
    )
    return tuple(
        LinkedLetter(row.id, row.kind, row.title, row.number or "", row.dated) for row in session.execute(query)
    )


def obligations_due(session: Session, today: date, *, limit: int = 200) -> DueSummary:
    """Return what is overdue, due today and due within a week over all open files; at most `limit` rows, most urgent first."""
    horizon = today + SOON
    open_now = and_(_OPEN_DUTY, DeclarationDuty.due <= horizon, Declaration.closed_on.is_(None))
    counts = session.execute(
        select(
            func.coalesce(func.sum(case((DeclarationDuty.due < today, 1), else_=0)), 0),
            func.coalesce(func.sum(case((DeclarationDuty.due == today, 1), else_=0)), 0),
            func.coalesce(func.sum(case((DeclarationDuty.due > today, 1), else_=0)), 0),
        )
        .join(Declaration, Declaration.id == DeclarationDuty.declaration_id)
        .where(open_now)
    ).one()
    query = (
        select(DeclarationDuty, Declaration, Employee)
        .join(Declaration, Declaration.id == DeclarationDuty.declaration_id)
        .join(Employee, Employee.id == Declaration.employee_id)
        .where(open_now)
        .order_by(DeclarationDuty.due, Employee.sort_name, DeclarationDuty.rule_id)
        .limit(limit)
    )
    rows = tuple(_due_row(duty, declaration, employee, today) for duty, declaration, employee in session.execute(query))
    overdue, due_today, this_week = (int(count) for count in counts)
    return DueSummary(overdue, due_today, this_week, rows)


def _due_row(duty: DeclarationDuty, declaration: Declaration, employee: Employee, today: date) -> DueRow:
    assert duty.due is not None
    status = status_on(duty.due, None, today)
    letter, template, event, action = _help(duty, declaration)
    return DueRow(
        declaration_id=declaration.id,
        rule_id=duty.rule_id,
        name=_name(employee),
        nip=_number(employee),
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


def letter_values(session: Session, declaration_id: int) -> dict[str, str]:
    """Return what letters about a file are filled with, by the letters' field keys; unknown ones are left out."""
    return filling.values(session, declaration_id)


def open_count(session: Session) -> int:
    """Return how many files are open."""
    return session.scalar(select(func.count()).select_from(Declaration).where(Declaration.closed_on.is_(None))) or 0


def urgent_count(session: Session) -> int:
    """Return how many duties of open files are overdue or due today, for the number beside the page's name."""
    due_now = and_(_OPEN_DUTY, DeclarationDuty.due <= today_of(session), Declaration.closed_on.is_(None))
    query = select(func.count()).select_from(DeclarationDuty)
    return session.scalar(query.join(Declaration, Declaration.id == DeclarationDuty.declaration_id).where(due_now)) or 0


def files_of_employee(session: Session, employee_id: int) -> list[int]:
    """Return the ids of a person's files, newest first."""
    query = select(Declaration.id).where(Declaration.employee_id == employee_id)
    return list(session.scalars(query.order_by(Declaration.declared_on.desc(), Declaration.id.desc())))
