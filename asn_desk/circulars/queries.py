"""What the screens Edaran, Pindai and Beranda show: circulars, progress per OPD, people, marks. Plain rows, ready to paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from asn_desk.circulars import audience as audiences
from asn_desk.circulars.model import Acknowledgement, Circular, CircularVersion, Recipient
from asn_desk.circulars.recipients import (
    NO_UNIT,
    AnyRow,
    AnySelect,
    RecipientFilter,
    RecipientOrder,
    RecipientRow,
    lookup,
    of_employee,
    recipient_ids,
    recipient_rows,
)
from asn_desk.circulars.rules import Audience, Tally
from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.database.work import today
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.office.model import Unit
from asn_desk.wording import readable_name, titled_name

__all__ = [
    "NO_UNIT",
    "AudienceSize",
    "CircularFilter",
    "CircularRow",
    "MarkRow",
    "OpdSize",
    "RecipientFilter",
    "RecipientOrder",
    "RecipientRow",
    "UnitProgress",
    "audience_opds",
    "audience_size",
    "circular_detail",
    "circular_ids",
    "circular_rows",
    "lookup",
    "of_employee",
    "progress_by_unit",
    "recent_marks",
    "recipient_ids",
    "recipient_rows",
    "running",
    "version_detail",
    "versions",
]


@dataclass(frozen=True)
class CircularFilter:
    """Which circulars to list: by words of the subject or number, and only those still collecting."""

    text: str = ""
    running_only: bool = False


@dataclass(frozen=True)
class CircularRow:
    """One circular with its newest version and its progress. `id` is the circular's, `version` its edit version."""

    id: int
    version: int
    version_id: int
    ordinal: int
    letter_id: int
    subject: str
    election_id: str
    number: str
    dated: date
    published_on: date
    published_at: datetime
    published_by: str
    due_on: date | None
    closed_on: date | None
    overdue: bool
    tally: Tally


@dataclass(frozen=True)
class UnitProgress:
    """The progress of one OPD."""

    opd_id: int | None
    name: str
    tally: Tally


@dataclass(frozen=True)
class MarkRow:
    """One mark as recorded, undone ones included. `id` is what `service.undo` takes."""

    id: int
    recipient_id: int
    person: str
    number: str
    opd: str
    circular: str
    status: AckStatus
    method: AckMethod
    happened_on: date
    note: str
    recorded_at: datetime
    recorded_by: str
    undone_at: datetime | None
    undo_reason: str


@dataclass(frozen=True)
class AudienceSize:
    """How many people, in how many OPDs, an audience rule reaches today."""

    people: int
    opds: int


@dataclass(frozen=True)
class OpdSize:
    """One OPD and how many people of an audience rule it has today."""

    id: int
    name: str
    people: int


def circular_ids(session: Session, wanted: CircularFilter | None = None) -> list[int]:
    """Return the ids of circulars, newest first."""
    wanted = wanted or CircularFilter()
    query = (
        select(Circular.id)
        .join(CircularVersion, CircularVersion.circular_id == Circular.id)
        .join(Letter, Letter.id == CircularVersion.letter_id)
        .outerjoin(RegisterEntry, RegisterEntry.id == Letter.register_entry_id)
        .where(_newest())
        .order_by(CircularVersion.published_at.desc(), Circular.id.desc())
    )
    if wanted.running_only:
        query = query.where(Circular.closed_on.is_(None))
    for word in wanted.text.split():
        query = query.where(
            Circular.subject.icontains(word, autoescape=True) | RegisterEntry.number.icontains(word, autoescape=True)
        )
    return list(session.scalars(query))


def _newest() -> ColumnElement[bool]:
    newest = (
        select(func.max(CircularVersion.ordinal))
        .where(CircularVersion.circular_id == Circular.id)
        .correlate(Circular)
        .scalar_subquery()
    )
    return CircularVersion.ordinal == newest


def circular_rows(session: Session, ids: Sequence[int]) -> list[CircularRow]:
    """Return the circulars in the order of `ids`; ids that no longer exist are left out."""
    found = {row.Circular.id: row for row in session.execute(_circulars().where(Circular.id.in_(ids)))}
    tallies = _tallies(session, [row.CircularVersion.id for row in found.values()])
    day = today(session)
    return [
        _circular_row(found[key], tallies.get(found[key].CircularVersion.id, Tally()), day)
        for key in ids
        if key in found
    ]


def circular_detail(session: Session, circular_id: int) -> CircularRow:
    """Return one circular. Raises DeskError("circular_unknown")."""
    rows = circular_rows(session, [circular_id])
    if not rows:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    return rows[0]


def version_detail(session: Session, version_id: int) -> CircularRow:
    """Return the circular as of one of its versions. Raises DeskError("circular_unknown")."""
    row = session.execute(_circulars(newest=False).where(CircularVersion.id == version_id)).one_or_none()
    if row is None:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    return _circular_row(row, _tallies(session, [version_id]).get(version_id, Tally()), today(session))


def versions(session: Session, circular_id: int) -> list[CircularRow]:
    """Return every version of a circular, the newest first, each with its own progress."""
    query = _circulars(newest=False).where(Circular.id == circular_id).order_by(CircularVersion.ordinal.desc())
    rows = session.execute(query).all()
    tallies = _tallies(session, [row.CircularVersion.id for row in rows])
    day = today(session)
    return [_circular_row(row, tallies.get(row.CircularVersion.id, Tally()), day) for row in rows]


def running(session: Session) -> list[CircularRow]:
    """Return the circulars still collecting, the nearest due date first, those without one last."""
    rows = circular_rows(session, circular_ids(session, CircularFilter(running_only=True)))
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.id))


def _circulars(*, newest: bool = True) -> AnySelect:
    query = (
        select(Circular, CircularVersion, Letter.dated, func.coalesce(RegisterEntry.number, "").label("number"))
        .join(CircularVersion, CircularVersion.circular_id == Circular.id)
        .join(Letter, Letter.id == CircularVersion.letter_id)
        .outerjoin(RegisterEntry, RegisterEntry.id == Letter.register_entry_id)
    )
    return query.where(_newest()) if newest else query


def _circular_row(row: AnyRow, tally: Tally, day: date) -> CircularRow:
    circular: Circular = row.Circular
    version: CircularVersion = row.CircularVersion
    due = circular.due_on
    return CircularRow(
        id=circular.id,
        version=circular.version,
        version_id=version.id,
        ordinal=version.ordinal,
        letter_id=version.letter_id,
        subject=circular.subject,
        election_id=circular.election_id,
        number=row.number,
        dated=row.dated,
        published_on=version.published_on,
        published_at=version.published_at,
        published_by=version.published_by,
        due_on=due,
        closed_on=circular.closed_on,
        overdue=due is not None and due < day and circular.closed_on is None and tally.missing > 0,
        tally=tally,
    )


def _counts() -> tuple[ColumnElement[int], ...]:
    def with_status(status: AckStatus) -> ColumnElement[int]:
        return func.sum(case((Recipient.status == status, 1), else_=0))

    return (
        func.count(),
        with_status(AckStatus.SIGNED),
        with_status(AckStatus.REFUSED),
        with_status(AckStatus.UNREACHABLE),
    )


def _tallies(session: Session, version_ids: Sequence[int]) -> dict[int, Tally]:
    query = (
        select(Recipient.version_id, *_counts())
        .where(Recipient.version_id.in_(version_ids))
        .group_by(Recipient.version_id)
    )
    return {row[0]: Tally(*row[1:5]) for row in session.execute(query)}


def progress_by_unit(session: Session, version_id: int) -> list[UnitProgress]:
    """Return the progress of each OPD, the one furthest behind first; one pass over the covering index."""
    query = select(Recipient.opd_id, *_counts()).where(Recipient.version_id == version_id).group_by(Recipient.opd_id)
    tallies = {row[0]: Tally(*row[1:5]) for row in session.execute(query)}
    named = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(key for key in tallies if key is not None)))
    names = {row.id: row.name for row in named}
    found = [UnitProgress(key, names.get(key, NO_UNIT), tally) for key, tally in tallies.items()]
    return sorted(found, key=lambda unit: (unit.tally.signed / unit.tally.total, -unit.tally.missing, unit.name))


def recent_marks(
    session: Session, *, limit: int = 50, version_id: int | None = None, recipient_id: int | None = None
) -> list[MarkRow]:
    """Return the newest marks first, undone ones included; of all circulars, one version, or one person's slip."""
    query = (
        select(Acknowledgement, Employee, func.coalesce(Unit.name, NO_UNIT).label("opd"), Circular.subject)
        .join(Recipient, Recipient.id == Acknowledgement.recipient_id)
        .join(Employee, Employee.id == Recipient.employee_id)
        .join(CircularVersion, CircularVersion.id == Recipient.version_id)
        .join(Circular, Circular.id == CircularVersion.circular_id)
        .outerjoin(Unit, Unit.id == Recipient.opd_id)
        .order_by(Acknowledgement.id.desc())
        .limit(limit)
    )
    if version_id is not None:
        query = query.where(Recipient.version_id == version_id)
    if recipient_id is not None:
        query = query.where(Recipient.id == recipient_id)
    return [_mark_row(row) for row in session.execute(query)]


def _mark_row(row: AnyRow) -> MarkRow:
    mark: Acknowledgement = row.Acknowledgement
    person: Employee = row.Employee
    return MarkRow(
        id=mark.id,
        recipient_id=mark.recipient_id,
        person=titled_name(readable_name(person.name), person.title_front, person.title_back),
        number=person.nip or person.local_number or "",
        opd=row.opd,
        circular=row.subject,
        status=mark.status,
        method=mark.method,
        happened_on=mark.happened_on,
        note=mark.note,
        recorded_at=mark.recorded_at,
        recorded_by=mark.recorded_by,
        undone_at=mark.undone_at,
        undo_reason=mark.undo_reason,
    )


def audience_size(session: Session, audience: Audience) -> AudienceSize:
    """Return whom an audience rule would reach today, for the publish dialog."""
    query = select(func.count(), func.count(Employee.opd_id.distinct())).where(*audiences.conditions(audience))
    people, opds = session.execute(query).one()
    return AudienceSize(people, opds)


def audience_opds(session: Session, audience: Audience) -> list[OpdSize]:
    """Return the OPDs that an audience's kinds and states reach today, by name; its choice of OPDs is not looked at."""
    conditions = audiences.conditions(replace(audience, opd_ids=None))
    query = (
        select(Unit.id, Unit.name, func.count())
        .join(Employee, Employee.opd_id == Unit.id)
        .where(*conditions)
        .group_by(Unit.id, Unit.name)
        .order_by(Unit.name, Unit.id)
    )
    return [OpdSize(*row) for row in session.execute(query)]
