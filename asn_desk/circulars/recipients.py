"""The people of a circular: the table on Edaran, the lookup on Pindai, and the rows that slips and lists are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars.model import Circular, CircularVersion, Recipient
from asn_desk.circulars.terms import AckStatus
from asn_desk.database.search import folded, matches
from asn_desk.employees.model import Employee, EmployeeSearch
from asn_desk.employees.terms import EmployeeKind
from asn_desk.office.model import Unit
from asn_desk.wording import readable_name, titled_name

NO_UNIT = "Tanpa unit kerja"
_FETCHED_AT_ONCE = 500
_DIGITS = re.compile("([0-9]+)")
_UNMARKED = (AckStatus.WAITING, AckStatus.PRINTED, AckStatus.HANDED)
_opd = aliased(Unit, name="opd")
_unit = aliased(Unit, name="unit")
_first_opd = aliased(Unit, name="first_opd")
_first_unit = aliased(Unit, name="first_unit")
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
Place = tuple[int | None, int | None]
"""An OPD and a unit in it, by id."""


class RecipientOrder(StrEnum):
    """By which column the people are listed; UNIT is OPD, unit, name, as the slips are printed."""

    UNIT = "unit"
    NAME = "nama"
    STATUS = "status"
    DAY = "tanggal"


@dataclass(frozen=True)
class RecipientFilter:
    """Which people of a version to list, and in which order. Empty tuples and texts leave all in.

    An editorial version lists the people of the version it corrects.
    """

    version_id: int
    opd_ids: tuple[int, ...] = ()
    unit_ids: tuple[int, ...] = ()
    statuses: tuple[AckStatus, ...] = ()
    text: str = ""
    recipient_ids: tuple[int, ...] = ()
    stages: tuple[int, ...] = ()
    order: RecipientOrder = RecipientOrder.UNIT
    descending: bool = False


@dataclass(frozen=True)
class RecipientRow:
    """One person of a version: name, number, kind and post of the publishing day.

    `opd` and `unit` are where the person is chased now, `frozen_opd` and `frozen_unit` those of the publishing day.
    `number` is the NIP, NI PPPK or local number; `version` the edit version that `service.Acknowledge` wants back.
    """

    id: int
    version: int
    version_id: int
    employee_id: int
    name: str
    number: str
    kind: EmployeeKind
    post: str
    opd_id: int | None
    opd: str
    unit_id: int | None
    unit: str
    code: str
    status: AckStatus
    acknowledged_on: date | None
    circular: str
    closed: bool
    frozen_opd: str = ""
    frozen_unit: str = ""
    stage: int = 1
    until: date | None = None
    added_on: date | None = None
    added_reason: str = ""


def recipient_ids(session: Session, wanted: RecipientFilter) -> list[int]:
    """Return the ids of the people that the filter leaves, in its order."""
    require(session, Action.SEE_CIRCULARS)
    if wanted.order is RecipientOrder.UNIT:
        return _by_unit(session, wanted)
    query = _joined(select(Recipient.id)).where(*_conditions(session, wanted)).order_by(*_ordering(wanted))
    return list(session.scalars(query))


def _by_unit(session: Session, wanted: RecipientFilter) -> list[int]:
    query = (
        select(Recipient.id, Recipient.at_opd_id, Recipient.at_unit_id)
        .join(Employee, Employee.id == Recipient.employee_id)
        .where(*_conditions(session, wanted))
        .order_by(Recipient.stage, Employee.sort_name, Recipient.id)
    )
    session.flush()  # the connection itself does not, and is asked for plain rows: the session's would cost twice the time
    piles: defaultdict[Place, list[int]] = defaultdict(list)
    for key, opd_id, unit_id in session.connection().execute(query):
        piles[opd_id, unit_id].append(key)
    ranks = place_ranks(session, piles)
    ids = [key for place in sorted(piles, key=ranks.__getitem__) for key in piles[place]]
    return ids[::-1] if wanted.descending else ids


def place_ranks(session: Session, places: Iterable[Place]) -> dict[Place, int]:
    """Return the order of places as people would put them: OPD, then unit, by name; SD Negeri 2 before 10, no unit last."""
    names = {key: natural(name) for key, name in session.execute(select(Unit.id, Unit.name))}

    def key(place: Place) -> tuple[object, ...]:
        return tuple(part for one in place for part in (one not in names, names.get(one or 0, ()), one or 0))

    return {place: rank for rank, place in enumerate(sorted(places, key=key))}


def natural(name: str) -> tuple[object, ...]:
    """Return what a name is sorted by: no capitals, no accents, its numbers as numbers."""
    parts = _DIGITS.split(folded(name))  # words and digits take turns
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


def recipient_rows(session: Session, ids: Sequence[int]) -> list[RecipientRow]:
    """Return the people in the order of `ids`; ids that no longer exist are left out."""
    require(session, Action.SEE_CIRCULARS)
    found = {row.id: _row(row) for row in session.execute(_rows().where(Recipient.id.in_(ids)))}
    return [found[key] for key in ids if key in found]


def stream(session: Session, wanted: RecipientFilter) -> Iterator[RecipientRow]:
    """Hand out the people one after the other without holding all of them, for print and export."""
    require(session, Action.SEE_CIRCULARS)
    ids = recipient_ids(session, wanted)
    for start in range(0, len(ids), _FETCHED_AT_ONCE):
        yield from recipient_rows(session, ids[start : start + _FETCHED_AT_ONCE])


def unit_counts(session: Session, wanted: RecipientFilter) -> dict[tuple[int | None, int | None], int]:
    """Return how many people of the filter each (OPD, unit) has, for the cover slips."""
    query = (
        _joined(select(Recipient.at_opd_id, Recipient.at_unit_id, func.count()))
        .where(*_conditions(session, wanted))
        .group_by(Recipient.at_opd_id, Recipient.at_unit_id)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def collecting(session: Session, version_id: int) -> int:
    """Return the version whose people count for this one: an editorial version has none of its own."""
    found = session.scalar(select(CircularVersion.collects_id).where(CircularVersion.id == version_id))
    return found or version_id


def lookup(session: Session, text: str, *, limit: int = 20, version_id: int | None = None) -> list[RecipientRow]:
    """Return people of circulars still collecting by name or NIP typed into Pindai, those without a mark first.

    `version_id` keeps to the people of one version.
    """
    require(session, Action.SEE_CIRCULARS)
    condition = _matching(session, text)
    if condition is None:
        return []
    query = (
        _rows()
        .where(condition, Circular.closed_on.is_(None))
        .where(_still_collecting())
        .order_by(Recipient.status.not_in(_UNMARKED), Employee.sort_name, Recipient.id)
        .limit(limit)
    )
    if version_id is not None:
        query = query.where(Recipient.version_id == collecting(session, version_id))
    return [_row(row) for row in session.execute(query)]


def of_employee(session: Session, employee_id: int) -> list[RecipientRow]:
    """Return every circular one person was a recipient of, newest first."""
    require(session, Action.SEE_CIRCULARS)
    query = _rows().where(Recipient.employee_id == employee_id).order_by(Recipient.id.desc())
    return [_row(row) for row in session.execute(query)]


def _joined(query: AnySelect) -> AnySelect:
    return (
        query.join(Employee, Employee.id == Recipient.employee_id)
        .outerjoin(_opd, _opd.id == Recipient.at_opd_id)
        .outerjoin(_unit, _unit.id == Recipient.at_unit_id)
    )


def _rows() -> AnySelect:
    columns = (
        Recipient.id, Recipient.version, Recipient.version_id, Recipient.employee_id, Recipient.post_name,
        Recipient.at_opd_id, Recipient.at_unit_id, Recipient.code, Recipient.status, Recipient.acknowledged_on,
        Recipient.person_name, Recipient.title_front, Recipient.title_back, Recipient.person_number, Recipient.kind,
        Recipient.stage, Recipient.postponed_until, Recipient.added_on, Recipient.added_reason,
        _opd.name.label("opd"), _unit.name.label("unit"), Circular.subject, Circular.closed_on,
        _first_opd.name.label("first_opd"), _first_unit.name.label("first_unit"),
    )  # fmt: skip
    return (
        _joined(select(*columns).select_from(Recipient))
        .outerjoin(_first_opd, _first_opd.id == Recipient.opd_id)
        .outerjoin(_first_unit, _first_unit.id == Recipient.unit_id)
        .join(CircularVersion, CircularVersion.id == Recipient.version_id)
        .join(Circular, Circular.id == CircularVersion.circular_id)
    )


def _still_collecting() -> ColumnElement[bool]:
    """Return that no later version with people of its own has replaced this one."""
    later = aliased(CircularVersion)
    return ~exists().where(
        later.circular_id == CircularVersion.circular_id,
        later.collects_id.is_(None),
        later.ordinal > CircularVersion.ordinal,
    )


def _row(row: AnyRow) -> RecipientRow:
    return RecipientRow(
        id=row.id,
        version=row.version,
        version_id=row.version_id,
        employee_id=row.employee_id,
        name=titled_name(readable_name(row.person_name), row.title_front, row.title_back),
        number=row.person_number,
        kind=row.kind,
        post=row.post_name,
        opd_id=row.at_opd_id,
        opd=row.opd or NO_UNIT,
        unit_id=row.at_unit_id,
        unit=row.unit or row.opd or NO_UNIT,
        code=row.code,
        status=row.status,
        acknowledged_on=row.acknowledged_on,
        circular=row.subject,
        closed=row.closed_on is not None,
        frozen_opd=row.first_opd or NO_UNIT,
        frozen_unit=row.first_unit or row.first_opd or NO_UNIT,
        stage=row.stage,
        until=row.postponed_until,
        added_on=row.added_on,
        added_reason=row.added_reason,
    )


def _conditions(session: Session, wanted: RecipientFilter) -> list[ColumnElement[bool]]:
    version_id = collecting(session, wanted.version_id)
    conditions: list[ColumnElement[bool]] = [Recipient.version_id == version_id]
    if wanted.opd_ids:
        conditions.append(Recipient.at_opd_id.in_(wanted.opd_ids))
    if wanted.unit_ids:
        conditions.append(Recipient.at_unit_id.in_(wanted.unit_ids))
    if wanted.stages:
        conditions.append(Recipient.stage.in_(wanted.stages))
    if wanted.statuses:
        conditions.append(Recipient.status.in_(wanted.statuses))
    if wanted.recipient_ids:
        conditions.append(Recipient.id.in_(wanted.recipient_ids))
    matching = _matching(session, wanted.text)
    return conditions if matching is None else [*conditions, matching]


def _matching(session: Session, text: str) -> ColumnElement[bool] | None:
    digits = "".join(text.split())
    query = digits if digits.isdigit() else text  # a NIP is often typed in its groups, 19800101 200501 1 001
    condition = matches(session, EmployeeSearch.employee_id, EmployeeSearch.content, query)
    if condition is None:
        return None
    return Recipient.employee_id.in_(select(EmployeeSearch.employee_id).where(condition))


def _ordering(wanted: RecipientFilter) -> list[ColumnElement[Any]]:
    first: dict[RecipientOrder, list[Any]] = {
        RecipientOrder.NAME: [],
        RecipientOrder.STATUS: [Recipient.status],
        RecipientOrder.DAY: [func.coalesce(Recipient.acknowledged_on, date.min)],
    }
    columns = [*first[wanted.order], Employee.sort_name, Recipient.id]
    return [column.desc() for column in columns] if wanted.descending else columns
