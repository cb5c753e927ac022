"""Reading the registry for screens, pickers and letters: frozen rows, sorted and filtered in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, String, and_, bindparam, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require, require_any
from asn_desk.accounts.terms import Action
from asn_desk.database.search import all_keys
from asn_desk.employees import search as finding
from asn_desk.employees.grades import GRADES, grades_of_group, rank_line, rank_name
from asn_desk.employees.history import kind_on
from asn_desk.employees.model import Employee, ImportRun, Posting
from asn_desk.employees.nip import digits_of
from asn_desk.employees.postings import source_words
from asn_desk.employees.search_query import parse
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex
from asn_desk.errors import DeskError
from asn_desk.office import units
from asn_desk.office.model import Unit
from asn_desk.wording import readable_name, titled_name

_OPD = aliased(Unit)
_IDS_AT_ONCE = 500
_LISTED_AT_ONCE = 2000


class Sort(StrEnum):
    """What the list of employees can be sorted by."""

    NAME = "name"
    NIP = "nip"
    KIND = "kind"
    STATE = "state"
    GRADE = "grade"
    POST = "post"
    UNIT = "unit"
    OPD = "opd"


@dataclass(frozen=True)
class EmployeeFilter:
    """What the list shows; None or an empty text means no restriction. `unit_ids` restricts to these units (not below).

    `group` is a whole group of grades (`III`). With `guess`, a text that finds nobody is taken for mistyped: for screens, where
    somebody looks at the hits; never where letters are made for all of them. A text sorted by name comes best hits first.
    """

    text: str = ""
    opd_id: int | None = None
    kind: EmployeeKind | None = None
    state: EmploymentState | None = None
    grade: str | None = None
    group: str | None = None
    unit_ids: tuple[int, ...] = ()
    without_opd: bool = False
    sort: Sort = Sort.NAME
    descending: bool = False
    guess: bool = False


@dataclass(frozen=True)
class EmployeeRow:
    """One line of the list. `name` has its titles and is written readably; `number` is the NIP, NI PPPK or local number.

    `marked` are the words of the search that found the person; `search_query.spans` says where they stand in a shown text.
    """

    id: int
    name: str
    number: str
    kind: EmployeeKind
    state: EmploymentState
    grade: str
    post: str
    unit: str
    opd: str
    marked: tuple[str, ...] = ()


class ListedPart(NamedTuple):
    """A part of the list column by column, as stored: what a long list is written from, without an object for each person."""

    ids: tuple[int, ...]
    names: tuple[str, ...]
    fronts: tuple[str, ...]
    backs: tuple[str, ...]
    numbers: tuple[str, ...]
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    grades: tuple[str, ...]
    posts: tuple[str, ...]
    units: tuple[str, ...]
    opds: tuple[str, ...]


@dataclass(frozen=True)
class PostingRow:
    """A post held over time; `held_until` is the first day it was no longer held.

    `source` is its code, `origin` says the same in words, with the imported file and the day it was imported.
    """

    id: int
    post: str
    post_class: PostClass
    grade: str
    unit: str
    opd: str
    held_from: date
    held_until: date | None
    source: str
    origin: str


@dataclass(frozen=True)
class EmployeeDetail:
    """All that is stored about a person, as stored, with the version a correction must carry."""

    id: int
    version: int
    display_name: str
    nip: str
    local_number: str
    siasn_id: str
    name: str
    title_front: str
    title_back: str
    birth_place: str
    birth_date: date | None
    sex: Sex | None
    kind: EmployeeKind
    state: EmploymentState
    legal_position: str
    service_from: date | None
    grade: str
    rank: str
    grade_from: date | None
    education: str
    post: str
    post_class: PostClass
    post_from: date | None
    unit_id: int | None
    unit: str
    opd_id: int | None
    opd: str
    unit_path: tuple[str, ...]
    postings: tuple[PostingRow, ...]


@dataclass(frozen=True)
class PersonOnDay:
    """A person as a letter of that day names them. `certain` is False when no posting is known for the day.

    Then the nearest posting stands in: the last one held before that day, else the first one after it.
    """

    employee_id: int
    name: str
    number: str
    kind: EmployeeKind
    sex: Sex | None
    birth_place: str
    birth_date: date | None
    grade: str
    rank: str
    rank_line: str
    post: str
    post_class: PostClass
    unit_id: int | None
    unit: str
    opd_id: int | None
    opd: str
    certain: bool


@dataclass(frozen=True)
class Counts:
    """The registry in figures: the active people by kind, and what wants attention."""

    active: int
    by_kind: dict[EmployeeKind, int]
    to_check: int
    ended: int
    without_opd: int


def employee_ids(session: Session, wanted: EmployeeFilter) -> list[int]:
    """Return the ids of the matching people in the wanted order. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_EMPLOYEES)
    hits = finding.all_ids(session, wanted.text, _conditions(wanted), guess=wanted.guess)
    if hits is not None and wanted.sort is Sort.NAME:
        return hits[::-1] if wanted.descending else hits
    ordered = all_keys(session, _ordered(wanted))
    if hits is None:
        return ordered
    fitting = set(hits)
    return [one for one in ordered if one in fitting]


def first_ids(session: Session, wanted: EmployeeFilter, limit: int = finding.PAGE) -> list[int]:
    """Return the beginning of `employee_ids`, without working out the rest: what is painted while somebody types."""
    require(session, Action.SEE_EMPLOYEES)
    if not parse(wanted.text).groups:
        return list(session.scalars(_ordered(wanted).limit(limit)))
    if wanted.sort is not Sort.NAME or wanted.descending:
        return employee_ids(session, wanted)[:limit]
    return list(finding.first_page(session, wanted.text, _conditions(wanted), limit=limit, guess=wanted.guess).ids)


def highlighted_words(session: Session, text: str, ids: Sequence[int]) -> tuple[str, ...]:
    """Return the words to highlight in the rows that a search with `guess` has found."""
    require(session, Action.SEE_EMPLOYEES)
    query = parse(text)
    if not query.groups or not ids:
        return ()
    return finding.first_page(session, text, [Employee.id == ids[0]], limit=1).words or finding.highlighted(query)


def _ordered(wanted: EmployeeFilter) -> Select[int]:
    return _in_order(_joined(select(Employee.id).select_from(Employee), wanted), wanted)


def _joined(statement: Select[Any], wanted: EmployeeFilter) -> Select[Any]:
    if wanted.sort not in (Sort.UNIT, Sort.OPD):
        return statement
    return statement.outerjoin(Unit, Unit.id == Employee.unit_id).outerjoin(_OPD, _OPD.id == Employee.opd_id)


def _in_order(statement: Select[Any], wanted: EmployeeFilter) -> Select[Any]:
    order = _order(wanted.sort)
    return statement.where(*_conditions(wanted)).order_by(*((p.desc() for p in order) if wanted.descending else order))


def employee_rows(session: Session, ids: Sequence[int], text: str = "") -> list[EmployeeRow]:
    """Return the people with these ids, in the same order; an id that no longer exists is left out.

    `text` is the search that found them, for what is to be marked. Raises DeskError("not_allowed").
    """
    require(session, Action.SEE_EMPLOYEES)
    found: dict[int, EmployeeRow] = {}
    words = highlighted_words(session, text, ids)
    connection = session.connection()  # plain rows: a page is read before each first paint
    for start in range(0, len(ids), _IDS_AT_ONCE):
        rows = connection.execute(_rows_of_ids(), {"ids": list(ids[start : start + _IDS_AT_ONCE])}).all()
        found |= {row[0]: _employee_row(row, words) for row in rows}
    return [found[one] for one in ids if one in found]


def listed(session: Session, wanted: EmployeeFilter) -> tuple[int, Iterator[ListedPart]]:
    """Return how many people match, and all of them in the wanted order, part by part. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_EMPLOYEES)
    if parse(wanted.text).groups:
        ids = employee_ids(session, wanted)
        return len(ids), _listed_ids(session, ids)
    people = session.scalar(select(func.count()).select_from(Employee).where(*_conditions(wanted))) or 0
    return people, _listed_all(session, wanted)


def _listed_all(session: Session, wanted: EmployeeFilter) -> Iterator[ListedPart]:
    names = _unit_names(session)
    statement = _in_order(_joined(_listed_columns(), wanted), wanted).execution_options(yield_per=_LISTED_AT_ONCE)
    for rows in (
        session.connection().execute(statement).partitions()
    ):  # plain rows: nothing here is an object of the session
        yield _listed_part(rows, names)


def _listed_ids(session: Session, ids: Sequence[int]) -> Iterator[ListedPart]:
    names = _unit_names(session)
    for start in range(0, len(ids), _IDS_AT_ONCE):
        part = ids[start : start + _IDS_AT_ONCE]
        found = {row.id: row for row in session.execute(_listed_columns().where(Employee.id.in_(part)))}
        if rows := [found[one] for one in part if one in found]:
            yield _listed_part(rows, names)


def _listed_part(rows: Sequence[Row[Any]], names: dict[int | None, str]) -> ListedPart:
    *person, units_of, opds = zip(*rows, strict=True)
    return ListedPart._make((*person, tuple(map(names.__getitem__, units_of)), tuple(map(names.__getitem__, opds))))


def _unit_names(session: Session) -> dict[int | None, str]:
    """Return the names of all units: read once, not again with each person."""
    return {None: "", **{row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}}


def _listed_columns() -> Select[*tuple[Any, ...]]:
    number = func.coalesce(Employee.nip, Employee.local_number, "")
    kind, state = type_coerce(Employee.kind, String), type_coerce(Employee.state, String)
    person = (Employee.id, Employee.name, Employee.title_front, Employee.title_back, number)
    places = (Employee.unit_id, Employee.opd_id)
    return select(*person, kind, state, Employee.grade, Employee.post_name, *places).select_from(Employee)


def find_by_nip(session: Session, nip: str) -> EmployeeRow | None:
    """Return the person with this number, written in any grouping; None when there is none."""
    require(session, Action.SEE_EMPLOYEES)
    row = session.execute(_row_columns().where(Employee.nip == digits_of(nip))).one_or_none()
    return None if row is None else _employee_row(row)


def search(session: Session, text: str, limit: int = 20) -> list[EmployeeRow]:
    """Return the best hits for pickers and the jump palette; a text that finds nobody is taken for mistyped."""
    require(session, Action.SEE_EMPLOYEES)
    return employee_rows(session, finding.first_page(session, text, limit=limit).ids)


def employee_detail(session: Session, employee_id: int) -> EmployeeDetail:
    """Return everything about one person. Raises DeskError("not_allowed" | "employee_missing")."""
    require(session, Action.SEE_EMPLOYEES)
    person = _loaded(session, employee_id)
    unit = session.get(Unit, person.unit_id) if person.unit_id else None
    opd = session.get(Unit, person.opd_id) if person.opd_id else None
    path = units.parents(session, person.unit_id) if person.unit_id else ()
    return EmployeeDetail(
        id=person.id, version=person.version, display_name=_display_name(person), nip=person.nip or "",
        local_number=person.local_number or "", siasn_id=person.siasn_id or "", name=person.name,
        title_front=person.title_front, title_back=person.title_back, birth_place=person.birth_place,
        birth_date=person.birth_date, sex=person.sex, kind=person.kind, state=person.state,
        legal_position=person.legal_position, service_from=person.service_from, grade=person.grade,
        rank=rank_name(person.grade), grade_from=person.grade_from, education=person.education, post=person.post_name,
        post_class=person.post_class, post_from=person.post_from, unit_id=person.unit_id, unit=unit.name if unit else "",
        opd_id=person.opd_id, opd=opd.name if opd else "", unit_path=tuple(name for _, name in path),
        postings=_postings(session, employee_id),
    )  # fmt: skip


def person_on(session: Session, employee_id: int, day: date) -> PersonOnDay:
    """Return the person with the post, unit, grade and kind of that day. Raises DeskError("employee_missing")."""
    require_any(session, Action.SEE_EMPLOYEES, Action.ISSUE_LETTERS)
    person = _loaded(session, employee_id)
    posting, certain = _posting_on(session, employee_id, day)
    grade = person.grade if posting is None else posting.grade
    return PersonOnDay(
        employee_id=person.id, name=_display_name(person), number=person.nip or person.local_number or "",
        kind=kind_on(session, person, day), sex=person.sex, birth_place=readable_name(person.birth_place),
        birth_date=person.birth_date, grade=grade, rank=rank_name(grade), rank_line=rank_line(grade),
        post=posting.post_name if posting else person.post_name,
        post_class=posting.post_class if posting else person.post_class,
        unit_id=posting.unit_id if posting else person.unit_id, unit=(posting.unit or "") if posting else "",
        opd_id=posting.opd_id if posting else person.opd_id, opd=(posting.opd or "") if posting else "", certain=certain,
    )  # fmt: skip


def _posting_on(session: Session, employee_id: int, day: date) -> tuple[Row[Any] | None, bool]:
    """Return the posting held on a day and True, else the nearest one and False: the last before it, else the first after it."""
    held = and_(Posting.held_from <= day, or_(Posting.held_until.is_(None), Posting.held_until > day))
    begun = case((Posting.held_from <= day, Posting.held_from))
    first = case((held, 0), (Posting.held_from <= day, 1), else_=2)
    order = (first, begun.desc(), Posting.held_from, Posting.id.desc())
    of_person = _posting_columns().where(Posting.employee_id == employee_id).order_by(*order).limit(1)
    found = session.execute(of_person).first()
    certain = found is not None and found.held_from <= day and (found.held_until is None or found.held_until > day)
    return found, certain


def counts(session: Session) -> Counts:
    """Return the registry's figures for Beranda."""
    require(session, Action.SEE_COUNTS)
    rows = session.execute(
        select(Employee.state, Employee.kind, func.count(), func.count(Employee.opd_id)).group_by(
            Employee.state, Employee.kind
        )
    ).all()
    by_kind: dict[EmployeeKind, int] = {}
    by_state: dict[EmploymentState, int] = {}
    without = 0
    for state, kind, people, placed in rows:
        by_state[state] = by_state.get(state, 0) + people
        if state is EmploymentState.ACTIVE:
            by_kind[kind] = people
            without += people - placed
    return Counts(
        by_state.get(EmploymentState.ACTIVE, 0), by_kind, by_state.get(EmploymentState.CHECK, 0),
        by_state.get(EmploymentState.ENDED, 0), without,
    )  # fmt: skip


def opd_choices(session: Session) -> list[tuple[int, str]]:
    """Return (id, name) of today's OPD by name, and of closed ones where somebody still stands, marked as closed."""
    require_any(session, Action.SEE_EMPLOYEES, Action.SEE_CANDIDACY)
    return units.opds_in_use(session, set(session.scalars(select(Employee.opd_id).distinct())))


def grade_choices(session: Session) -> list[str]:
    """Return the grades that occur, in their order."""
    require(session, Action.SEE_EMPLOYEES)
    occurring = set(session.scalars(select(Employee.grade).distinct()))
    return [grade for grade in GRADES if grade in occurring]


def _conditions(wanted: EmployeeFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.opd_id is not None:
        found.append(Employee.opd_id == wanted.opd_id)
    if wanted.without_opd:
        found.append(Employee.opd_id.is_(None))
    if wanted.unit_ids:
        found.append(Employee.unit_id.in_(wanted.unit_ids))
    if wanted.kind is not None:
        found.append(Employee.kind == wanted.kind)
    if wanted.state is not None:
        found.append(Employee.state == wanted.state)
    if wanted.grade is not None:
        found.append(Employee.grade == wanted.grade)
    if wanted.group is not None:
        found.append(Employee.grade.in_(grades_of_group(wanted.group)))
    return found


@lru_cache
def _order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    by_name = (Employee.sort_name, Employee.id)
    first: dict[Sort, ColumnElement[Any]] = {
        Sort.NIP: func.coalesce(Employee.nip, Employee.local_number),
        Sort.KIND: Employee.kind.expression,
        Sort.STATE: Employee.state.expression,
        Sort.GRADE: case({grade: place for place, grade in enumerate(GRADES)}, value=Employee.grade, else_=-1),
        Sort.POST: func.lower(Employee.post_name),
        Sort.UNIT: func.lower(func.coalesce(Unit.name, "")),
        Sort.OPD: func.lower(func.coalesce(_OPD.name, "")),
    }
    parts = by_name if sort is Sort.NAME else (first[sort], *by_name)
    return tuple(part if isinstance(part, ColumnElement) else part.expression for part in parts)


def _row_columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Employee.id, Employee.name, Employee.title_front, Employee.title_back, Employee.nip, Employee.local_number,
            Employee.kind, Employee.state, Employee.grade, Employee.post_name, Unit.name.label("unit"), _OPD.name.label("opd"),
        )
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .outerjoin(_OPD, _OPD.id == Employee.opd_id)
    )  # fmt: skip


@lru_cache(maxsize=1)
def _rows_of_ids() -> Select[*tuple[Any, ...]]:
    return _row_columns().where(Employee.id.in_(bindparam("ids", expanding=True)))


def _employee_row(row: Sequence[Any], marked: tuple[str, ...] = ()) -> EmployeeRow:
    one, name, front, back, nip, local, kind, state, grade, post, unit, opd = row
    shown, number = titled_name(readable_name(name), front, back), nip or local or ""
    return EmployeeRow(one, shown, number, kind, state, grade, post, unit or "", opd or "", marked)


def _display_name(person: Any) -> str:
    return titled_name(readable_name(person.name), person.title_front, person.title_back)


def _loaded(session: Session, employee_id: int) -> Employee:
    person = session.get(Employee, employee_id)
    if person is None:
        raise DeskError("employee_missing", "Pegawai ini tidak ditemukan lagi. Muat ulang daftar pegawai.")
    return person


def _posting_columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Posting.id, Posting.post_name, Posting.post_class, Posting.grade, Posting.held_from, Posting.held_until,
            Posting.source, Posting.unit_id, Unit.name.label("unit"), Unit.opd_id, _OPD.name.label("opd"),
        )
        .outerjoin(Unit, Unit.id == Posting.unit_id)
        .outerjoin(_OPD, _OPD.id == Unit.opd_id)
    )  # fmt: skip


def _postings(session: Session, employee_id: int) -> tuple[PostingRow, ...]:
    newest_first = (Posting.held_from.desc(), Posting.id.desc())
    of_person = _posting_columns().where(Posting.employee_id == employee_id).order_by(*newest_first)
    rows = session.execute(
        of_person.add_columns(ImportRun.file_name, ImportRun.applied_at).outerjoin(
            ImportRun, ImportRun.id == Posting.import_run_id
        )
    )
    return tuple(
        PostingRow(
            row.id, row.post_name, row.post_class, row.grade, row.unit or "", row.opd or "", row.held_from, row.held_until,
            row.source, source_words(row.source, row.file_name or "", row.applied_at),
        )
        for row in rows
    )  # fmt: skip
