"""Who heads a unit: for reminders and signatures. A clerk's entry goes first; else the one leading post among its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require, require_any
from asn_desk.accounts.terms import Action
from asn_desk.database.work import today
from asn_desk.employees.model import Employee, UnitHead
from asn_desk.employees.terms import EmploymentState, PostClass
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit
from asn_desk.wording import readable_name, titled_name

_LEADING = (
    PostClass.JPT_UTAMA, PostClass.JPT_MADYA, PostClass.JPT_PRATAMA, PostClass.ADMINISTRATOR, PostClass.PENGAWAS,
)  # fmt: skip
_WORDS = ("KEPALA", "CAMAT", "LURAH", "DIREKTUR", "INSPEKTUR", "SEKRETARIS DAERAH", "SEKRETARIS DPRD")
_ADDED = (" SEBAGAI KEPALA", " SEBAGAI KETUA", " SEBAGAI DIREKTUR")
_AT_ONCE = 500


@dataclass(frozen=True)
class Head:
    """A unit's head as a letter names them. `stated`: entered by a clerk, not read from the posts."""

    unit_id: int
    employee_id: int
    name: str
    number: str
    post: str
    grade: str
    stated: bool


@dataclass(frozen=True)
class SetHead:
    """Say who heads a unit from a day on; `employee_id` None takes the entry back."""

    unit_id: int
    employee_id: int | None
    heads_from: date | None = None


def head_of(session: Session, unit_id: int, day: date | None = None) -> Head | None:
    """Return who heads a unit on a day (today), None when neither an entry nor the posts settle it."""
    return heads_of(session, [unit_id], day).get(unit_id)


def heads_of(session: Session, unit_ids: Sequence[int], day: date | None = None) -> dict[int, Head]:
    """Return the heads of units by unit id, for many units at once; unsure ones are left out."""
    require_any(session, Action.SEE_EMPLOYEES, Action.SEE_CIRCULARS)
    found: dict[int, Head] = {}
    on = day or today(session)
    for start in range(0, len(unit_ids), _AT_ONCE):
        part = unit_ids[start : start + _AT_ONCE]
        found |= _from_posts(session, part)
        found |= _stated(session, part, on)
    return found


def set_head(session: Session, command: SetHead) -> None:
    """Enter who heads a unit; the entry before ends that day. Raises DeskError("not_allowed" | "unit_parent" | "head_unknown")."""
    require(session, Action.EDIT_UNITS)
    if session.get(Unit, command.unit_id) is None:
        raise DeskError("unit_parent", "Unit kerja tidak ditemukan. Muat ulang daftar unit, lalu pilih lagi.")
    start = command.heads_from or today(session)
    current = session.scalars(
        select(UnitHead).where(UnitHead.unit_id == command.unit_id, UnitHead.heads_until.is_(None))
    ).all()
    for one in current:
        one.heads_until = max(start, one.heads_from)
    if command.employee_id is None:
        return
    person = session.get(Employee, command.employee_id)
    if person is None or person.state is EmploymentState.ENDED:
        said = "Pilih pegawai yang masih bertugas."
        raise DeskError("head_unknown", said, fields={"employee_id": said})
    post = person.post_name
    session.add(UnitHead(unit_id=command.unit_id, employee_id=person.id, post_name=post, heads_from=start))


def _stated(session: Session, unit_ids: Sequence[int], day: date) -> dict[int, Head]:
    held = and_(UnitHead.heads_from <= day, or_(UnitHead.heads_until.is_(None), UnitHead.heads_until > day))
    rows = session.execute(
        select(UnitHead, Employee)
        .join(Employee, Employee.id == UnitHead.employee_id)
        .where(UnitHead.unit_id.in_(unit_ids), held)
        .order_by(UnitHead.heads_from, UnitHead.id)
    )
    return {entry.unit_id: _head(entry.unit_id, person, stated=True) for entry, person in rows}


def _from_posts(session: Session, unit_ids: Sequence[int]) -> dict[int, Head]:
    people = session.scalars(
        select(Employee).where(Employee.unit_id.in_(unit_ids), Employee.state == EmploymentState.ACTIVE)
    )
    leading: dict[int, list[tuple[int, Employee]]] = {}
    for person in people:
        rank = _rank(person)
        if rank is not None and person.unit_id is not None:
            leading.setdefault(person.unit_id, []).append((rank, person))
    found: dict[int, Head] = {}
    for unit_id, candidates in leading.items():
        best = min(rank for rank, _ in candidates)
        first = [person for rank, person in candidates if rank == best]
        if len(first) == 1:
            found[unit_id] = _head(unit_id, first[0], stated=False)
    return found


def _rank(person: Employee) -> int | None:
    """Return how high a leading post is, the highest 0; None for posts that lead nobody."""
    name = person.post_name.upper()
    if person.post_class in _LEADING:
        return _LEADING.index(person.post_class)
    if name.startswith(_WORDS) or any(words in name for words in _ADDED):
        return len(_LEADING)
    return None


def _head(unit_id: int, person: Employee, *, stated: bool) -> Head:
    name = titled_name(readable_name(person.name), person.title_front, person.title_back)
    number = person.nip or person.local_number or ""
    return Head(unit_id, person.id, name, number, person.post_name, person.grade, stated)
