"""How far a circular has come: per OPD and unit today, and on any day that has passed, from the marks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, or_, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars.model import Acknowledgement, CircularVersion, Recipient, RecipientMove
from asn_desk.circulars.recipients import NO_UNIT, Place, collecting
from asn_desk.circulars.rules import Tally, begun
from asn_desk.circulars.terms import AckStatus
from asn_desk.database.bulk import uncollected
from asn_desk.letters.model import Letter
from asn_desk.office.model import Unit

_ALL_FROM = 300  # from here on reading all names is cheaper than naming those wanted


@dataclass(frozen=True)
class UnitProgress:
    """The progress of one OPD."""

    opd_id: int | None
    name: str
    tally: Tally


@dataclass(frozen=True)
class PlaceProgress:
    """The progress of one unit within its OPD."""

    opd_id: int | None
    unit_id: int | None
    opd: str
    unit: str
    tally: Tally


def progress_by_unit(session: Session, version_id: int) -> list[UnitProgress]:
    """Return the progress of each OPD, the one furthest behind first."""
    require(session, Action.SEE_CIRCULARS)
    return _by_opd(session, _today(session, version_id))


def progress_by_place(session: Session, version_id: int, opd_id: int | None = None) -> list[PlaceProgress]:
    """Return the progress of each unit, of one OPD or of all, the one furthest behind first."""
    require(session, Action.SEE_CIRCULARS)
    with uncollected():
        return _by_place(session, _today(session, version_id), opd_id)


def _by_place(
    session: Session, everywhere: Mapping[Place, Counter[AckStatus]], opd_id: int | None
) -> list[PlaceProgress]:
    counts = {place: found for place, found in everywhere.items() if opd_id in (None, place[0])}
    names = _names(session, {key for place in counts for key in place})
    found = [
        PlaceProgress(opd, unit, names.get(opd, NO_UNIT), names.get(unit, names.get(opd, NO_UNIT)), Tally.of(by_status))
        for (opd, unit), by_status in counts.items()
    ]
    return sorted(found, key=lambda row: (row.tally.share, -row.tally.missing, row.opd, row.unit))


def progress_by_stage(session: Session, version_id: int) -> dict[int, Tally]:
    """Return the progress of each stage, the one that signs first before the others."""
    require(session, Action.SEE_CIRCULARS)
    query = (
        select(Recipient.stage, Recipient.status, func.count())
        .where(Recipient.version_id == collecting(session, version_id))
        .group_by(Recipient.stage, Recipient.status)
    )
    counts: dict[int, Counter[AckStatus]] = {}
    for stage, status, count in session.execute(query):
        counts.setdefault(stage, Counter())[status] += count
    return {stage: Tally.of(counts[stage]) for stage in sorted(counts)}


def progress_on(session: Session, version_id: int, day: date, *, as_recorded: bool = False) -> Tally:
    """Return the progress at the end of a day: who was a recipient then, and where the marks of that day or before put them.

    Before the circular existed (its letter's day, or its publishing when that came first) nobody was a recipient.

    Marks count by the day they happened, and marks since taken back never count. With `as_recorded` they count as the
    office knew it on that evening: by the moment of recording, and a mark taken back later still counts.
    """
    require(session, Action.SEE_CIRCULARS)
    return Tally.of(_counted(_on(session, version_id, day, as_recorded=as_recorded)))


def units_on(session: Session, version_id: int, day: date, *, as_recorded: bool = False) -> list[UnitProgress]:
    """Return the progress of each OPD at the end of a day as `progress_on` does; who moved since counts where they were."""
    require(session, Action.SEE_CIRCULARS)
    return _by_opd(session, _on(session, version_id, day, as_recorded=as_recorded))


def tallies(session: Session, version_ids: Iterable[int]) -> dict[int, Tally]:
    """Return today's progress of versions that have people of their own."""
    query = (
        select(Recipient.version_id, Recipient.status, func.count())
        .where(Recipient.version_id.in_(tuple(version_ids)))
        .group_by(Recipient.version_id, Recipient.status)
    )
    counts: dict[int, Counter[AckStatus]] = {}
    for version_id, status, count in session.execute(query):
        counts.setdefault(version_id, Counter())[status] += count
    return {version_id: Tally.of(found) for version_id, found in counts.items()}


def _today(session: Session, version_id: int) -> dict[Place, Counter[AckStatus]]:
    """Count by place and status in one pass over the covering index."""
    columns = (Recipient.at_opd_id, Recipient.at_unit_id, Recipient.status)
    query = (
        select(*columns, func.count()).where(Recipient.version_id == collecting(session, version_id)).group_by(*columns)
    )
    return _placed(session.execute(query))


def _placed(rows: Iterable[Any]) -> dict[Place, Counter[AckStatus]]:
    """Return the counts by place; each place and status comes once."""
    counts: defaultdict[Place, Counter[AckStatus]] = defaultdict(Counter)
    for opd_id, unit_id, status, count in rows:
        counts[opd_id, unit_id][status] = count
    return dict(counts)


def _counted(counts: Mapping[Place, Counter[AckStatus]]) -> Counter[AckStatus]:
    return sum(counts.values(), Counter())


def _by_opd(session: Session, counts: Mapping[Place, Counter[AckStatus]]) -> list[UnitProgress]:
    together: dict[int | None, Counter[AckStatus]] = {}
    for (opd_id, _unit_id), found in counts.items():
        if opd_id not in together:
            together[opd_id] = found.copy()
        else:
            for status, count in found.items():
                together[opd_id][status] += count
    names = _names(session, together)
    rows = [UnitProgress(opd_id, names.get(opd_id, NO_UNIT), Tally.of(found)) for opd_id, found in together.items()]
    return sorted(rows, key=lambda unit: (unit.tally.share, -unit.tally.missing, unit.name))


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = [key for key in ids if key is not None]
    query = select(Unit.id, Unit.name)
    if len(wanted) < _ALL_FROM:
        query = query.where(Unit.id.in_(wanted))
    return {key: name for key, name in session.execute(query)}  # noqa: C416 - dict() would not take rows


def _on(session: Session, version_id: int, day: date, *, as_recorded: bool) -> dict[Place, Counter[AckStatus]]:
    collecting_id = collecting(session, version_id)
    if day < _begun(session, collecting_id, as_recorded=as_recorded):
        return {}
    last = _last_marks(collecting_id, _counts_then(day, as_recorded=as_recorded))
    status = func.coalesce(last.c.status, AckStatus.WAITING.value)
    people = (
        select(Recipient.at_opd_id, Recipient.at_unit_id, status, func.count())
        .outerjoin(last, last.c.recipient_id == Recipient.id)
        .where(Recipient.version_id == collecting_id, or_(Recipient.added_on.is_(None), Recipient.added_on <= day))
        .group_by(Recipient.at_opd_id, Recipient.at_unit_id, status)
    )
    counts = _placed((opd, unit, AckStatus(found), count) for opd, unit, found, count in session.execute(people))
    return _before_moves(session, counts, collecting_id, day, last)


def _begun(session: Session, version_id: int, *, as_recorded: bool) -> date:
    """Return the first day on which a version had recipients; as recorded, that is the day it was published here."""
    published, dated = session.execute(
        select(CircularVersion.published_on, Letter.dated)
        .join(Letter, Letter.id == CircularVersion.letter_id)
        .where(CircularVersion.id == version_id)
    ).one()
    return published if as_recorded else begun(dated, published)


def _counts_then(day: date, *, as_recorded: bool) -> ColumnElement[bool]:
    if not as_recorded:
        return Acknowledgement.undone_at.is_(None) & (Acknowledgement.happened_on <= day)
    evening = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    undone = Acknowledgement.undone_at
    return (Acknowledgement.recorded_at < evening) & or_(undone.is_(None), undone >= evening)


def _last_marks(version_id: int, counts_then: ColumnElement[bool]) -> Subquery:
    newest = (
        select(func.max(Acknowledgement.id).label("id"))
        .join(Recipient, Recipient.id == Acknowledgement.recipient_id)
        .where(Recipient.version_id == version_id, counts_then)
        .group_by(Acknowledgement.recipient_id)
        .subquery()
    )
    columns = select(Acknowledgement.recipient_id, Acknowledgement.status)
    return columns.join(newest, newest.c.id == Acknowledgement.id).subquery()


def _before_moves(
    session: Session, counts: dict[Place, Counter[AckStatus]], version_id: int, day: date, last: Subquery
) -> dict[Place, Counter[AckStatus]]:
    """Count whoever moved after that day at the place they were still in."""
    status = func.coalesce(last.c.status, AckStatus.WAITING.value).label("status")
    query = (
        select(
            RecipientMove.recipient_id, RecipientMove.from_opd_id, RecipientMove.from_unit_id,
            Recipient.at_opd_id, Recipient.at_unit_id, status,
        )
        .join(Recipient, Recipient.id == RecipientMove.recipient_id)
        .outerjoin(last, last.c.recipient_id == Recipient.id)
        .where(Recipient.version_id == version_id, RecipientMove.moved_on > day)
        .where(or_(Recipient.added_on.is_(None), Recipient.added_on <= day))
        .order_by(RecipientMove.id.desc())
    )  # fmt: skip
    first_later = {row.recipient_id: row for row in session.execute(query)}
    for row in first_later.values():
        found = AckStatus(row.status)
        counts[row.at_opd_id, row.at_unit_id][found] -= 1
        counts.setdefault((row.from_opd_id, row.from_unit_id), Counter())[found] += 1
    return {place: left for place, found in counts.items() if (left := +found)}
