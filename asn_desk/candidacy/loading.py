"""Turning stored declarations into facts for the rules, for service and queries alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from asn_desk.candidacy.facts import Facts
from asn_desk.candidacy.model import Declaration, DeclarationEvent, DeclarationRevision
from asn_desk.candidacy.states import DatedEvent
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.regulations.calendar import end_of_month
from asn_desk.regulations.office_packs import packs_of
from asn_desk.regulations.packs import Library, RuleBook, shipped_library
from asn_desk.regulations.terms import Fact
from asn_desk.wording import long_date


def declaration_of(session: Session, declaration_id: int) -> Declaration:
    """Return a declaration. Raises DeskError("unknown_declaration")."""
    found = session.get(Declaration, declaration_id)
    if found is None:
        raise DeskError("unknown_declaration", "Berkas pencalonan ini tidak ditemukan. Muat ulang daftar pencalonan.")
    return found


def employee_of(session: Session, employee_id: int) -> Employee:
    """Return an employee. Raises DeskError("unknown_employee")."""
    found = session.get(Employee, employee_id)
    if found is None:
        sentence = "Pegawai ini tidak ditemukan. Pilih pegawai dari daftar."
        raise DeskError("unknown_employee", sentence, fields={"employee_id": sentence})
    return found


def events_of(session: Session, declaration_id: int) -> list[DeclarationEvent]:
    """Return the events of a declaration that are not void, as they were recorded."""
    query = select(DeclarationEvent).where(
        DeclarationEvent.declaration_id == declaration_id, DeclarationEvent.voided_at.is_(None)
    )
    return list(session.scalars(query.order_by(DeclarationEvent.happened_on, DeclarationEvent.id)))


def book_of(declaration: Declaration | DeclarationRevision) -> RuleBook:
    """Return the rules that hold for a declaration's election in this office."""
    return library_of(declaration).book(declaration.election_id)


def library_of(declaration: Declaration | DeclarationRevision) -> Library:
    """Return the office's packs; of a record that belongs to no session, the shipped ones."""
    session = object_session(declaration)
    return shipped_library() if session is None else packs_of(session)


def facts_of(
    declaration: Declaration | DeclarationRevision,
    employee: Employee | DeclarationRevision,
    events: Iterable[DeclarationEvent],
    book: RuleBook | None = None,
) -> Facts:
    """Return the facts of a file; age and years of service are those at the expected end of employment.

    `book`: the rules to read them by, those of today when left out.
    """
    dated = tuple(_dated(event) for event in events)
    measured = end_of_month(_expected_end(declaration, dated, book or book_of(declaration)))
    flags = {Fact(code) for code in declaration.flags.split()}
    if declaration.is_acting_head:
        flags.add(Fact.ACTING_HEAD)
    return Facts(
        office=declaration.office_code,
        kind=employee.kind.value,
        election=declaration.election_id,
        post=declaration.post_class,
        path=declaration.path,
        employer=declaration.employer,
        non_asn_policy=declaration.non_asn_policy,
        age=whole_years(employee.birth_date, measured),
        service_years=whole_years(employee.service_from, measured),
        flags=frozenset(flags),
        events=dated,
    )


def _expected_end(declaration: Declaration | DeclarationRevision, events: Iterable[DatedEvent], book: RuleBook) -> date:
    recorded = [event.day for event in events if event.code == "PENETAPAN"]
    planned = book.planned("PENETAPAN", declaration.office_code)
    return recorded[0] if recorded else planned.date_to if planned else declaration.declared_on


def _dated(event: DeclarationEvent) -> DatedEvent:
    recorded_on = long_date(event.recorded_at.date())
    return DatedEvent(
        code=event.code,
        day=event.happened_on,
        effective=event.effective_on,
        note=event.note,
        origin=f"dicatat oleh {event.recorded_by} pada {recorded_on}",
    )


def whole_years(start: date | None, day: date) -> int | None:
    """Return the full years from `start` to `day`, None when the start is unknown."""
    if start is None:
        return None
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def current_facts(session: Session, declaration: Declaration) -> Facts:
    """Return the facts of a stored declaration as they are now."""
    return facts_of(declaration, employee_of(session, declaration.employee_id), events_of(session, declaration.id))
