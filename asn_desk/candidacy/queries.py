"""Reading candidacy files: the list, one file in full, and who owes what now. Rows are frozen; no record leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require, require_any
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import filling, rules, secrecy
from asn_desk.candidacy.duties import SOON, status_on
from asn_desk.candidacy.facts import Situation
from asn_desk.candidacy.home import OPEN_DUTY, home_duties, obligations_due, person_name, person_number
from asn_desk.candidacy.lanes import lanes
from asn_desk.candidacy.loading import book_of, declaration_of, employee_of, facts_of
from asn_desk.candidacy.model import Declaration, DeclarationDuty, DeclarationEvent, DeclarationLetter
from asn_desk.candidacy.rows import (
    DeclarationDetail,
    DeclarationFilter,
    DeclarationRow,
    EventRow,
    LinkedLetter,
    NextDuty,
)
from asn_desk.candidacy.states import STATUS_WORDS, KpuStatus, StaffStatus
from asn_desk.candidacy.terms import DeclarationOrder, DueWithin
from asn_desk.database import files
from asn_desk.database.search import matches
from asn_desk.database.trail import audit
from asn_desk.database.work import today as today_of
from asn_desk.employees.model import Employee, EmployeeSearch
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.office.model import Unit
from asn_desk.regulations.packs import Library

__all__ = [
    "declaration_detail", "declaration_ids", "declaration_rows", "evidence", "files_of_employee", "hidden_count",
    "home_duties", "letter_values", "obligations_due", "open_count", "urgent_count",
]  # fmt: skip


def declaration_ids(session: Session, wanted: DeclarationFilter) -> list[int]:
    """Return the files that fit and that the user may see, in the wanted order; the most urgent first by default."""
    require_any(session, Action.SEE_EMPLOYEES, Action.SEE_CANDIDACY)
    earliest = (
        select(DeclarationDuty.declaration_id, func.min(DeclarationDuty.due).label("due"))
        .where(OPEN_DUTY)
        .group_by(DeclarationDuty.declaration_id)
        .subquery()
    )
    query = (
        select(Declaration.id)
        .join(Employee, Employee.id == Declaration.employee_id)
        .outerjoin(earliest, earliest.c.declaration_id == Declaration.id)
        .where(secrecy.shown(session), *_due_conditions(session, wanted, earliest.c.due))
    )
    return list(session.scalars(_ordered(_filtered(session, query, wanted), wanted, earliest.c.due)))


def _due_conditions(
    session: Session, wanted: DeclarationFilter, earliest: ColumnElement[date | None]
) -> list[ColumnElement[bool]]:
    day = today_of(session)
    asked: dict[DueWithin, list[ColumnElement[bool]]] = {
        DueWithin.ANY: [],
        DueWithin.LATE: [earliest < day],
        DueWithin.TODAY: [earliest == day],
        DueWithin.WEEK: [earliest > day, earliest <= day + SOON],
        DueWithin.NONE: [earliest.is_(None)],
    }
    conditions = asked[wanted.due]
    if wanted.due_within_days is not None:
        conditions = [*conditions, earliest <= day + timedelta(days=wanted.due_within_days)]
    return conditions


_KPU_PLACE = {status.value: place for place, status in enumerate(KpuStatus)}
_STAFF_PLACE = {status.value: place for place, status in enumerate(StaffStatus)}


def _ordered(query: Select[int], wanted: DeclarationFilter, earliest: ColumnElement[date | None]) -> Select[int]:
    keys: dict[DeclarationOrder, ColumnElement[Any]] = {
        DeclarationOrder.DUE: earliest,
        DeclarationOrder.NAME: Employee.sort_name.expression,
        DeclarationOrder.UNIT: Unit.name.expression,
        DeclarationOrder.OFFICE: Declaration.office_name.expression,
        DeclarationOrder.KPU_STATUS: case(_KPU_PLACE, value=Declaration.kpu_status, else_=len(_KPU_PLACE)),
        DeclarationOrder.STAFF_STATUS: case(_STAFF_PLACE, value=Declaration.staff_status, else_=len(_STAFF_PLACE)),
        DeclarationOrder.DECLARED: Declaration.declared_on.expression,
    }
    if wanted.order is DeclarationOrder.UNIT:
        query = query.outerjoin(Unit, Unit.id == Declaration.unit_id)
    key = keys[wanted.order]
    known_first = case((key.is_(None), 1), else_=0)
    return query.order_by(known_first, key.desc() if wanted.descending else key, Employee.sort_name, Declaration.id)


def _filtered(session: Session, query: Select[int], wanted: DeclarationFilter) -> Select[int]:
    equal: list[tuple[ColumnElement[str], str]] = [
        (Declaration.election_id.expression, wanted.election_id),
        (Declaration.office_code.expression, wanted.office_code),
        (Declaration.kpu_status.expression, wanted.kpu_status),
        (Declaration.staff_status.expression, wanted.staff_status),
        (Declaration.discipline_status.expression, wanted.discipline_status),
    ]
    for column, value in equal:
        if value:
            query = query.where(column == value)
    if wanted.opd_id is not None:
        query = query.where(Employee.opd_id == wanted.opd_id)
    if wanted.owed_by:
        owed = exists().where(
            DeclarationDuty.declaration_id == Declaration.id, OPEN_DUTY, DeclarationDuty.owed_by == wanted.owed_by
        )
        query = query.where(owed)
    if not wanted.with_closed:
        query = query.where(Declaration.closed_on.is_(None))
    found = matches(session, EmployeeSearch.employee_id, EmployeeSearch.content, wanted.text)
    if found is not None:
        query = query.join(EmployeeSearch, EmployeeSearch.employee_id == Employee.id).where(found)
    return query


def declaration_rows(session: Session, ids: Sequence[int]) -> list[DeclarationRow]:
    """Return the lines for these ids, in the same order; ids that no longer exist or are not for this user are left out."""
    require_any(session, Action.SEE_EMPLOYEES, Action.SEE_CANDIDACY)
    query = (
        select(Declaration, Employee, Unit.name, secrecy.is_public())
        .join(Employee, Employee.id == Declaration.employee_id)
        .outerjoin(Unit, Unit.id == Declaration.unit_id)
        .where(Declaration.id.in_(ids), secrecy.shown(session))
    )
    found = {row[0].id: row for row in session.execute(query)}
    if not all(row[3] for row in found.values()):
        audit.viewed(session, secrecy.LIST)
    urgent, counts = _next_duties(session, ids), _open_counts(session, ids)
    rows = []
    for key in (key for key in ids if key in found):
        declaration, employee, unit, public = found[key]
        row = _list_row(declaration, employee, urgent.get(key), counts.get(key, 0))
        rows.append(replace(row, unit_name=unit or "", confidential=not public))
    return rows


def _list_row(declaration: Declaration, employee: Employee, duty: NextDuty | None, open_duties: int) -> DeclarationRow:
    return DeclarationRow(
        id=declaration.id,
        employee_id=employee.id,
        name=person_name(employee),
        nip=person_number(employee),
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
        discipline_words=STATUS_WORDS[declaration.discipline_status],
    )


def _next_duties(session: Session, ids: Sequence[int]) -> dict[int, NextDuty]:
    query = (
        select(DeclarationDuty)
        .where(DeclarationDuty.declaration_id.in_(ids), OPEN_DUTY)
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


def declaration_detail(session: Session, declaration_id: int) -> DeclarationDetail:
    """Return one file in full: lanes, duties with explanations, events, letters and what may be done next.

    Raises DeskError("not_allowed" | "unknown_declaration"); the view of a confidential file goes on the trail.
    """
    secrecy.open_file(session, declaration_id)
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
        name=person_name(employee),
        nip=person_number(employee),
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
        events=tuple(_event_row(event, book.library) for event in events),
        letters=_linked_letters(session, declaration_id),
        actions=() if declaration.closed_on else rules.allowed(facts, book, day),
        closing_refusal=rules.closing_refusal(seen.state),
        employer=declaration.employer,
        non_asn_policy=declaration.non_asn_policy,
    )


def _all_events(session: Session, declaration_id: int) -> list[DeclarationEvent]:
    query = select(DeclarationEvent).where(DeclarationEvent.declaration_id == declaration_id)
    return list(session.scalars(query.order_by(DeclarationEvent.happened_on, DeclarationEvent.id)))


def _event_row(event: DeclarationEvent, library: Library) -> EventRow:
    kind = library.events.get(event.code)
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
        recorded_at=event.recorded_at,
    )


def evidence(session: Session, event_id: int) -> bytes:
    """Return the scanned PDF of an event. Raises DeskError("not_allowed" | "no_evidence")."""
    require(session, Action.SEE_CANDIDACY)
    event = session.get(DeclarationEvent, event_id)
    if event is None or event.file_sha256 is None:
        raise DeskError("no_evidence", "Kejadian ini tidak mempunyai berkas bukti. Muat ulang berkasnya.")
    secrecy.open_file(session, event.declaration_id)
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


def letter_values(session: Session, declaration_id: int) -> dict[str, str]:
    """Return what letters about a file are filled with, by the letters' field keys; unknown ones are left out.

    Raises DeskError("not_allowed" | "unknown_declaration").
    """
    secrecy.open_file(session, declaration_id)
    return filling.values(session, declaration_id)


def open_count(session: Session) -> int:
    """Return how many files are open."""
    require(session, Action.SEE_COUNTS)
    return session.scalar(select(func.count()).select_from(Declaration).where(Declaration.closed_on.is_(None))) or 0


def urgent_count(session: Session) -> int:
    """Return how many duties of open files are overdue or due today, for the number beside the page's name."""
    require(session, Action.SEE_COUNTS)
    due_now = and_(OPEN_DUTY, DeclarationDuty.due <= today_of(session), Declaration.closed_on.is_(None))
    query = select(func.count()).select_from(DeclarationDuty)
    return session.scalar(query.join(Declaration, Declaration.id == DeclarationDuty.declaration_id).where(due_now)) or 0


def hidden_count(session: Session) -> int:
    """Return how many open files the user may not see by name: one number over all, whatever is filtered."""
    require(session, Action.SEE_COUNTS)
    return secrecy.hidden_count(session)


def files_of_employee(session: Session, employee_id: int) -> list[int]:
    """Return the ids of a person's files that the user may see, newest first."""
    require_any(session, Action.SEE_EMPLOYEES, Action.SEE_CANDIDACY)
    query = select(Declaration.id).where(Declaration.employee_id == employee_id, secrecy.shown(session))
    return list(session.scalars(query.order_by(Declaration.declared_on.desc(), Declaration.id.desc())))
