"""Keeping people in step with the unit tree: their OPD, and the text that search looks in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, select, update
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.search import folded
from asn_desk.database.search_spelling import in_one_piece
from asn_desk.database.trail import audit
from asn_desk.database.work import today, touched
from asn_desk.employees.model import Employee, EmployeeSearch, Posting
from asn_desk.employees.postings import BY_MERGER
from asn_desk.employees.search_words import forget_words, lost_words, note_words
from asn_desk.office import units
from asn_desk.office.model import Unit
from asn_desk.office.units import MergeUnit, MoveUnit, RenameUnit
from asn_desk.topics import Topic
from asn_desk.wording import titled_name

_EMPLOYEES: Table = Employee.metadata.tables["employees"]
_SEARCH: Table = EmployeeSearch.metadata.tables["employee_search"]
_RECORDED = {"recorded": True}


def search_text(name: str, front: str, back: str, number: str, post: str, places: str) -> str:
    """Return what search looks in for one person; `places` are the names of unit and OPD, already folded.

    The name comes once more in one piece, without blanks and signs: so it is found whatever its spacing. Every word has a blank
    before it, also the first one: with it two letters are enough for the index of three-letter pieces.
    """
    text = f"{titled_name(name, front, back)} {number} {post}"
    plain = " ".join(text.lower().split()) if text.isascii() else folded(text)  # most are: six times faster
    together = in_one_piece(name.lower() if name.isascii() else folded(name))
    return f" {plain} {places} {together}" if places else f" {plain} {together}"


def folded_places(unit: str, opd: str) -> str:
    """Return the folded names of unit and OPD, the OPD only when it is another unit."""
    return folded(unit if unit == opd else f"{unit} {opd}")


def create_unit(session: Session, name: str, *, parent_id: int | None = None) -> int:
    """Add a unit by hand and return its id. Raises DeskError("not_allowed"), and as `office.units.create_unit`."""
    require(session, Action.EDIT_UNITS)
    return units.create_unit(session, name, parent_id=parent_id)


def move_unit(session: Session, command: MoveUnit) -> None:
    """Move a unit in the tree and take its people's OPD along. Raises DeskError("not_allowed"), and as `units.move_unit`."""
    require(session, Action.EDIT_UNITS)
    changed = units.move_unit(session, command)
    refresh_people(session, {command.unit_id, *changed})


def rename_unit(session: Session, command: RenameUnit) -> None:
    """Rename a unit so that search finds its people by the new name. Raises DeskError("not_allowed"), and as `units.rename_unit`."""
    require(session, Action.EDIT_UNITS)
    units.rename_unit(session, command)
    session.flush()
    refresh_people(session, units.descendants(session, {command.unit_id}))


def merge_unit(session: Session, command: MergeUnit) -> int:
    """Merge a unit into another: its people hold their posts there from today; return how many. Their old posts stay as they were.

    Raises DeskError("not_allowed"), and as `units.merge_unit`.
    """
    require(session, Action.EDIT_UNITS)
    changed = units.merge_unit(session, command)
    people = session.scalars(select(Employee).where(Employee.unit_id == command.unit_id)).all()
    for person in people:
        _carry_posting(session, person, command.into_id)
        person.unit_id = command.into_id
    refresh_people(session, {command.unit_id, command.into_id, *changed})
    return len(people)


def _carry_posting(session: Session, person: Employee, unit_id: int) -> None:
    current = session.scalars(
        select(Posting)
        .where(Posting.employee_id == person.id, Posting.held_until.is_(None))
        .order_by(Posting.held_from.desc())
        .limit(1)
    ).first()
    if current is None:
        return
    start = max(today(session), current.held_from)
    current.held_until = start
    session.add(
        Posting(
            employee_id=person.id, unit_id=unit_id, post_name=current.post_name, post_class=current.post_class,
            grade=current.grade, held_from=start, source=BY_MERGER,
        )
    )  # fmt: skip


def refresh_people(session: Session, unit_ids: Collection[int] | None = None) -> None:
    """Bring OPD and search text of the units' people (None: of everybody) in step with the tree."""
    session.flush()
    moved: dict[int, int | None] = {}
    texts: dict[int, str] = {}
    memo: dict[tuple[str, str], str] = {}
    lost: set[str] = set()
    for row in _people(session, unit_ids):
        if row.opd_id != row.unit_opd_id:
            moved[row.id] = row.unit_opd_id
        key = (row.unit_name or "", row.opd_name or "")
        places = memo.get(key) or memo.setdefault(key, folded_places(*key))
        text = search_text(
            row.name, row.title_front, row.title_back, row.nip or row.local_number or "", row.post_name, places
        )
        if text != row.content:
            texts[row.id] = text
            lost |= lost_words(row.content or "", text)
    note_words(session, {place for key in memo for place in key})
    _store(session, moved, texts)
    forget_words(session, lost)


def _people(session: Session, unit_ids: Collection[int] | None) -> Iterator[Row[Any]]:
    if unit_ids is None:
        yield from session.execute(_with_places())
        return
    wanted = sorted(unit_ids)
    for start in range(0, len(wanted), 500):
        yield from session.execute(_with_places().where(Employee.unit_id.in_(wanted[start : start + 500])))


def _with_places() -> Select[*tuple[Any, ...]]:
    opd = aliased(Unit)
    return (
        select(
            Employee.id, Employee.name, Employee.title_front, Employee.title_back, Employee.nip, Employee.local_number,
            Employee.post_name, Employee.opd_id, Unit.name.label("unit_name"), Unit.opd_id.label("unit_opd_id"),
            opd.name.label("opd_name"), EmployeeSearch.content,
        )
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == Unit.opd_id)
        .outerjoin(EmployeeSearch, EmployeeSearch.employee_id == Employee.id)
    )  # fmt: skip


def _store(session: Session, moved: dict[int, int | None], texts: dict[int, str]) -> None:
    if moved:
        statement = update(_EMPLOYEES).where(_EMPLOYEES.c.id == bindparam("of")).values(opd_id=bindparam("opd"))
        session.execute(statement, [{"of": one, "opd": opd} for one, opd in moved.items()], execution_options=_RECORDED)
        audit.record(
            session, "employees:opd_followed", "employees:all", after={str(one): opd for one, opd in moved.items()}
        )
        touched(session, Topic.EMPLOYEES)
    if texts:
        statement = update(_SEARCH).where(_SEARCH.c.employee_id == bindparam("of")).values(content=bindparam("text"))
        session.execute(
            statement, [{"of": one, "text": text} for one, text in texts.items()], execution_options=_RECORDED
        )
    session.expire_all()
