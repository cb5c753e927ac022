"""Looking at files otherwise than now: under a moved calendar, and as they stood on a past day. Nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Integer, func, or_, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import rules
from asn_desk.candidacy.duties import DUTY_WORDS, DutyStatus
from asn_desk.candidacy.facts import Facts
from asn_desk.candidacy.history import declaration_as_of
from asn_desk.candidacy.loading import current_facts, declaration_of, facts_of
from asn_desk.candidacy.model import Declaration, DeclarationEvent, DeclarationRevision
from asn_desk.candidacy.rules import Assessment
from asn_desk.candidacy.secrecy import LIST, open_file
from asn_desk.candidacy.whatif import Changes, MovedDate, SideBySide, moved_dates, side_by_side, what_if
from asn_desk.database.trail import audit
from asn_desk.database.work import today as today_of
from asn_desk.employees.model import Employee
from asn_desk.regulations.changes import planned_holiday, planned_move, stage_of
from asn_desk.regulations.office_packs import packs_at, packs_of
from asn_desk.regulations.packs import Library, RuleBook
from asn_desk.regulations.schema import Due
from asn_desk.regulations.terms import Unit
from asn_desk.wording import grouped_nip, long_date, readable_name, titled_name, weekday


@dataclass(frozen=True)
class AffectedRow:
    """One date of one person that another calendar would move; None: no date on that side. `rule_id` is TMT for the TMT."""

    declaration_id: int
    name: str
    nip: str
    office_name: str
    moved: MovedDate

    @property
    def before_words(self) -> str:
        """Return the date and state as they are."""
        return _words(self.moved.before, self.moved.before_status)

    @property
    def after_words(self) -> str:
        """Return the date and state as they would be."""
        return _words(self.moved.after, self.moved.after_status)


@dataclass(frozen=True)
class CalendarPreview:
    """What another calendar would do; `what` says in words what changes.

    `files`: the open files that were looked at; `met`: duties already met, which stay untouched.
    """

    what: str
    rows: tuple[AffectedRow, ...]
    files: int
    met: int

    @property
    def people(self) -> int:
        """Return how many people are affected."""
        return len({row.declaration_id for row in self.rows})


@dataclass(frozen=True)
class KnownFile:
    """A file as it was known on a day; None on a day when it was not there yet."""

    declaration_id: int
    name: str
    office_name: str
    left: Assessment | None
    right: Assessment | None


@dataclass(frozen=True)
class _Loaded:
    declaration: Declaration
    employee: Employee
    facts: Facts


def preview_calendar_change(
    session: Session, election_id: str, code: str, date_from: date, date_to: date, office: str = ""
) -> CalendarPreview:
    """Return every person and date that moving a stage would touch. Raises DeskError("unknown_stage", "not_allowed").

    `office`: any office the stage is for; empty takes the first stage of that code.
    """
    require(session, Action.SEE_CANDIDACY)
    library = packs_of(session)
    stage = stage_of(library, election_id, code, office)
    after = planned_move(library, election_id, code, office, (date_from, date_to), today_of(session))
    was, would = _span(stage.date_from, stage.date_to), _span(date_from, date_to)
    what = f"{stage.title}, {library.book(election_id).calendar.title}: semula {was}, menjadi {would}."
    return _preview(session, what, library, after, {election_id: frozenset({code})})


def preview_holiday(session: Session, day: date, title: str, *, works: bool) -> CalendarPreview:
    """Return every person and date that a day off, or one that is worked, would touch. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_CANDIDACY)
    library = packs_of(session)
    what = f"{weekday(day)}, {long_date(day)}, menjadi {'hari kerja' if works else 'hari libur'}: {title}."
    counted = {key: _counting_working_days(library.book(key)) for key in library.calendars}
    return _preview(session, what, library, planned_holiday(library, day, title, works=works), counted)


def _counting_working_days(book: RuleBook) -> frozenset[str]:
    """Return the events from which some rule counts working days."""
    dues = (rule.due for rule in book.rules if rule.due is not None)
    return frozenset(due.trigger for due in dues if Unit.WORKING_DAY in _units(due))


def _units(due: Due) -> set[Unit]:
    return {due.offset.unit, *(row.offset.unit for row in due.other_readings if row.offset is not None)}


def _preview(
    session: Session, what: str, library: Library, planned: Library, triggers: Mapping[str, frozenset[str]]
) -> CalendarPreview:
    """Return what the planned library would do to the open files of some elections; `triggers` as for `moved_dates`."""
    audit.viewed(session, LIST)
    day = today_of(session)
    rows, files, met = [], 0, 0
    for election_id, moving in triggers.items():
        before, after = library.book(election_id), planned.book(election_id)
        for found in _open_files(session, election_id):
            files += 1
            moved = moved_dates(found.facts, before, after, moving, day)
            met += moved.met
            rows += [_affected(found, row) for row in moved.dates]
    return CalendarPreview(what, tuple(rows), files, met)


def _span(first: date, last: date) -> str:
    return long_date(first) if first == last else f"{long_date(first)} sampai {long_date(last)}"


def try_out(session: Session, declaration_id: int, changes: Changes) -> SideBySide:
    """Return a file as it is beside what it would be with other facts or dates. Raises DeskError."""
    open_file(session, declaration_id)
    facts = current_facts(session, declaration_of(session, declaration_id))
    return what_if(facts, changes, packs_of(session), today_of(session))


def assess_as_of(session: Session, declaration_id: int, day: date) -> Assessment | None:
    """Return what the program showed about a file at the end of a day; None when it was not there yet.

    Counted are the particulars, events, rules and calendar dates as they were recorded by then, an event that was voided
    later included. Raises DeskError("not_allowed").
    """
    moment = end_of(day)
    library = packs_at(session, moment)
    declaration = declaration_of(session, declaration_id)
    book = library.book(declaration.election_id)
    facts = declaration_as_of(session, declaration_id, moment, book)
    return rules.assess(facts, book, day) if facts is not None else None


def compare_days(session: Session, declaration_id: int, left: date, right: date) -> SideBySide | None:
    """Return a file on two days side by side; None when it was not there yet on one of them."""
    require(session, Action.SEE_CANDIDACY)
    seen = assess_as_of(session, declaration_id, left), assess_as_of(session, declaration_id, right)
    return side_by_side(seen[0], seen[1]) if seen[0] is not None and seen[1] is not None else None


def office_on_days(session: Session, left: date, right: date) -> tuple[KnownFile, ...]:
    """Return all files as known on two days, by name; files known on neither are left out. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_CANDIDACY)
    audit.viewed(session, LIST)
    sides = _known_on(session, left), _known_on(session, right)
    people = select(Declaration, Employee).join(Employee, Employee.id == Declaration.employee_id)
    rows = session.execute(people.order_by(Employee.sort_name, Declaration.id))
    return tuple(
        KnownFile(declaration.id, _name(employee), declaration.office_name, *seen)
        for declaration, employee in rows
        if any(seen := (sides[0].get(declaration.id), sides[1].get(declaration.id)))
    )


def end_of(day: date) -> datetime:
    """Return the last moment of a day by the PC's zone."""
    return datetime.combine(day, time.max).astimezone()


def _known_on(session: Session, day: date) -> dict[int, Assessment]:
    moment = end_of(day)
    library = packs_at(session, moment)
    newest = (
        select(func.max(DeclarationRevision.id, type_=Integer))
        .where(DeclarationRevision.recorded_at <= moment)
        .group_by(DeclarationRevision.declaration_id)
    )
    revisions = list(session.scalars(select(DeclarationRevision).where(DeclarationRevision.id.in_(newest))))
    events = _events(session, moment)
    known = {}
    for row in revisions:
        book = library.book(row.election_id)
        facts = facts_of(row, row, events.get(row.declaration_id, ()), book)
        known[row.declaration_id] = rules.assess(facts, book, day)
    return known


def _events(session: Session, moment: datetime) -> Mapping[int, list[DeclarationEvent]]:
    query = select(DeclarationEvent).where(
        DeclarationEvent.recorded_at <= moment,
        or_(DeclarationEvent.voided_at.is_(None), DeclarationEvent.voided_at > moment),
    )
    return _by_file(session.scalars(query.order_by(DeclarationEvent.happened_on, DeclarationEvent.id)))


def _by_file(events: Iterator[DeclarationEvent]) -> Mapping[int, list[DeclarationEvent]]:
    found: dict[int, list[DeclarationEvent]] = defaultdict(list)
    for event in events:
        found[event.declaration_id].append(event)
    return found


def _open_files(session: Session, election_id: str) -> Iterator[_Loaded]:
    wanted = Declaration.election_id == election_id, Declaration.closed_on.is_(None)
    recorded = (
        select(DeclarationEvent)
        .join(Declaration, Declaration.id == DeclarationEvent.declaration_id)
        .where(*wanted, DeclarationEvent.voided_at.is_(None))
        .order_by(DeclarationEvent.happened_on, DeclarationEvent.id)
    )
    events = _by_file(iter(session.scalars(recorded)))
    query = select(Declaration, Employee).join(Employee, Employee.id == Declaration.employee_id).where(*wanted)
    for declaration, employee in session.execute(query.order_by(Employee.sort_name, Declaration.id)):
        yield _Loaded(declaration, employee, facts_of(declaration, employee, events.get(declaration.id, ())))


def _affected(found: _Loaded, moved: MovedDate) -> AffectedRow:
    employee = found.employee
    number = grouped_nip(employee.nip) if employee.nip else (employee.local_number or "")
    return AffectedRow(found.declaration.id, _name(employee), number, found.declaration.office_name, moved)


def _name(employee: Employee) -> str:
    return titled_name(readable_name(employee.name), employee.title_front, employee.title_back)


def _words(day: date | None, status: DutyStatus | None) -> str:
    parts = [long_date(day) if day else "tanpa tanggal", DUTY_WORDS[status] if status else ""]
    return ", ".join(part for part in parts if part)
