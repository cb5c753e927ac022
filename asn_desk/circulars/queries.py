"""What the screens Edaran, Pindai and Beranda show: circulars, progress per OPD, people, marks. Plain rows, ready to paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import audience as audiences
from asn_desk.circulars import progress
from asn_desk.circulars.model import Acknowledgement, Circular, CircularVersion, Recipient
from asn_desk.circulars.progress import (
    PlaceProgress,
    UnitProgress,
    progress_by_place,
    progress_by_stage,
    progress_by_unit,
    progress_on,
    units_on,
)
from asn_desk.circulars.recipients import (
    NO_UNIT,
    AnyRow,
    AnySelect,
    RecipientFilter,
    RecipientOrder,
    RecipientRow,
    collecting,
    lookup,
    of_employee,
    recipient_ids,
    recipient_rows,
)
from asn_desk.circulars.rules import Audience, Tally
from asn_desk.circulars.terms import AckMethod, AckStatus, Companion, Signature
from asn_desk.database.work import today
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.office.model import Unit
from asn_desk.wording import readable_name, titled_name

__all__ = [
    "NO_UNIT",
    "AudienceSize", "CircularFilter", "CircularRow", "MarkRow", "PlaceProgress", "RecipientFilter",
    "RecipientOrder", "RecipientRow", "UnitProgress", "UnitSize", "audience_size", "audience_units", "circular_detail",
    "circular_ids", "circular_rows", "lookup", "of_employee", "progress_by_place", "progress_by_stage", "progress_by_unit", "progress_on",
    "recent_marks", "recipient_ids", "recipient_rows", "running", "units_on", "version_detail", "version_on", "versions",
]  # fmt: skip


@dataclass(frozen=True)
class CircularFilter:
    """Which circulars to list: by words of the subject or number, and only those still collecting."""

    text: str = ""
    running_only: bool = False


@dataclass(frozen=True)
class CircularRow:
    """One circular with one of its texts (the newest, unless asked otherwise) and its progress.

    `id` is the circular's, `version` its edit version. `version_id` is the version whose people count; `text_id`, `ordinal`
    and `letter_id` are those of the text, which differ from it after an editorial revision. `text_sha256` is the text's
    identity: the hash of the issued file.
    """

    id: int
    version: int
    version_id: int
    text_id: int
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
    editorial: bool
    reason: str
    companion: Companion
    text_sha256: str
    due_days: int | None


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
    signature: Signature | None
    party: str
    until: date | None
    evidence_sha256: str
    evidence_page: int | None


@dataclass(frozen=True)
class AudienceSize:
    """How many people, in how many OPDs, an audience rule reaches today."""

    people: int
    opds: int


@dataclass(frozen=True)
class UnitSize:
    """One unit of an OPD (which is one itself) and how many people of an audience rule work directly in it today."""

    id: int
    name: str
    parent_id: int | None
    opd_id: int
    people: int


def circular_ids(session: Session, wanted: CircularFilter | None = None) -> list[int]:
    """Return the ids of circulars, newest first."""
    require(session, Action.SEE_CIRCULARS)
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
    require(session, Action.SEE_CIRCULARS)
    found = {row.Circular.id: row for row in session.execute(_circulars().where(Circular.id.in_(ids)))}
    return _shown(session, [found[key] for key in ids if key in found])


def circular_detail(session: Session, circular_id: int) -> CircularRow:
    """Return one circular. Raises DeskError("circular_unknown")."""
    require(session, Action.SEE_CIRCULARS)
    rows = circular_rows(session, [circular_id])
    if not rows:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    return rows[0]


def version_detail(session: Session, version_id: int) -> CircularRow:
    """Return the circular as of one of its versions. Raises DeskError("circular_unknown")."""
    require(session, Action.SEE_CIRCULARS)
    row = session.execute(_circulars(newest=False).where(CircularVersion.id == version_id)).one_or_none()
    if row is None:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    return _shown(session, [row])[0]


def versions(session: Session, circular_id: int) -> list[CircularRow]:
    """Return every version of a circular, the newest first, each with its own progress."""
    require(session, Action.SEE_CIRCULARS)
    query = _circulars(newest=False).where(Circular.id == circular_id).order_by(CircularVersion.ordinal.desc())
    return _shown(session, session.execute(query).all())


def version_on(session: Session, circular_id: int, day: date) -> CircularRow:
    """Return the circular as of the text in force at the end of a day, the first one for a day before.

    Raises DeskError("circular_unknown").
    """
    rows = versions(session, circular_id)
    if not rows:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    return next((row for row in rows if row.published_on <= day), rows[-1])


def running(session: Session) -> list[CircularRow]:
    """Return the circulars still collecting, the nearest due date first, those without one last."""
    require(session, Action.SEE_CIRCULARS)
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


def _shown(session: Session, rows: Sequence[AnyRow]) -> list[CircularRow]:
    owners = {row.CircularVersion.id: row.CircularVersion.collects_id or row.CircularVersion.id for row in rows}
    found = progress.tallies(session, set(owners.values()))
    day = today(session)
    return [_circular_row(row, found.get(owners[row.CircularVersion.id], Tally()), day) for row in rows]


def _circular_row(row: AnyRow, tally: Tally, day: date) -> CircularRow:
    circular: Circular = row.Circular
    version: CircularVersion = row.CircularVersion
    due = circular.due_on
    return CircularRow(
        id=circular.id,
        version=circular.version,
        version_id=version.collects_id or version.id,
        text_id=version.id,
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
        editorial=version.collects_id is not None,
        reason=version.reason,
        companion=version.companion,
        text_sha256=version.text_sha256,
        due_days=circular.due_days,
    )


def recent_marks(
    session: Session, *, limit: int = 50, version_id: int | None = None, recipient_id: int | None = None
) -> list[MarkRow]:
    """Return the newest marks first, undone ones included; of all circulars, one version, or one person's slip."""
    require(session, Action.SEE_CIRCULARS)
    query = (
        select(Acknowledgement, Recipient, func.coalesce(Unit.name, NO_UNIT).label("opd"), Circular.subject)
        .join(Recipient, Recipient.id == Acknowledgement.recipient_id)
        .join(CircularVersion, CircularVersion.id == Recipient.version_id)
        .join(Circular, Circular.id == CircularVersion.circular_id)
        .outerjoin(Unit, Unit.id == Recipient.at_opd_id)
        .order_by(Acknowledgement.id.desc())
        .limit(limit)
    )
    if version_id is not None:
        query = query.where(Recipient.version_id == collecting(session, version_id))
    if recipient_id is not None:
        query = query.where(Recipient.id == recipient_id)
    return [_mark_row(row) for row in session.execute(query)]


def _mark_row(row: AnyRow) -> MarkRow:
    mark: Acknowledgement = row.Acknowledgement
    person: Recipient = row.Recipient
    return MarkRow(
        id=mark.id,
        recipient_id=mark.recipient_id,
        person=titled_name(readable_name(person.person_name), person.title_front, person.title_back),
        number=person.person_number,
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
        signature=mark.signature,
        party=mark.party,
        until=mark.until,
        evidence_sha256=mark.evidence_sha256,
        evidence_page=mark.evidence_page,
    )


def audience_size(session: Session, audience: Audience) -> AudienceSize:
    """Return whom an audience rule would reach today, for the publish dialog."""
    require(session, Action.SEE_CIRCULARS)
    query = select(func.count(), func.count(Employee.opd_id.distinct())).where(audiences.condition(audience))
    people, opds = session.execute(query).one()
    return AudienceSize(people, opds)


def audience_units(session: Session, audience: Audience) -> list[UnitSize]:
    """Return the units of every OPD by name, with the people that an audience's kinds and states reach there today.

    Its choice of OPDs and units is not looked at. Raises DeskError("not_allowed").
    """
    require(session, Action.SEE_CIRCULARS)
    everywhere = audiences.condition(Audience(kinds=audience.kinds, states=audience.states))
    counted = select(Employee.unit_id, func.count().label("people")).where(everywhere).group_by(Employee.unit_id)
    found = counted.subquery()
    query = (
        select(Unit.id, Unit.name, Unit.parent_id, Unit.opd_id, func.coalesce(found.c.people, 0))
        .outerjoin(found, found.c.unit_id == Unit.id)
        .where(Unit.opd_id.is_not(None))
        .order_by(Unit.name, Unit.id)
    )
    return [UnitSize(*row) for row in session.execute(query)]
