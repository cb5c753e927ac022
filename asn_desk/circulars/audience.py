"""Freezing an audience: from the rule (OPD, kinds, states) to one row per person, fast enough for a whole province."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, func, literal, or_, select, type_coerce
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from asn_desk.circulars import codes
from asn_desk.circulars.model import CollectiveSheet, Recipient
from asn_desk.circulars.rules import Audience, audience_lines, is_head
from asn_desk.circulars.terms import AckStatus
from asn_desk.database.bulk import BulkInsert, highest_id, new_ids
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import record
from asn_desk.database.trail.written import Part
from asn_desk.database.work import touched
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.topics import Topic

_LOOKED_UP_AT_ONCE = 5000
FROZEN = (
    "employee_id", "unit_id", "opd_id", "post_name", "person_name", "title_front", "title_back", "person_number", "kind",
)  # fmt: skip
"""What is kept of a person as of the publishing day, in the order of `Person`'s rows."""
IDENTITY = (*FROZEN, "stage", "code")
"""What `rules.audience_hash` binds of one frozen row."""
_TABLE: Table = Recipient.metadata.tables["recipients"]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Drawn:
    """An audience before it is stored: per person the values of IDENTITY, by employee, and the hash over their text."""

    rows: list[Row]
    fingerprint: str
    text: str


def draw(session: Session, audience: Audience, rng: Random) -> Drawn:
    """Return one row per person of the audience, as of today, with a new code. Raises DeskError("audience_empty").

    That nobody has the code yet is found out by `freeze`, which is cheaper than asking beforehand.
    """
    people = read(session, audience)
    if not people:
        raise DeskError(
            "audience_empty", "Tidak ada pegawai yang cocok dengan sasaran ini. Ubah OPD atau jenis pegawai."
        )
    return _with_codes(people, codes.new_codes(rng, len(people)))


def coded(session: Session, people: Sequence[Row], rng: Random) -> Drawn:
    """Return people of `read` with a fresh code each, checked against every code that was ever printed."""
    return _with_codes(people, fresh_codes(session, len(people), rng))


def _with_codes(people: Sequence[Row], fresh: Sequence[str]) -> Drawn:
    rows = [(*person, code) for person, code in zip(people, fresh, strict=True)]
    rows.sort(key=itemgetter(0))
    text = audience_lines(rows)
    return Drawn(rows, hashlib.sha256(text.encode()).hexdigest(), text)


def fresh_codes(session: Session, count: int, rng: Random, prefix: str = codes.SLIP) -> list[str]:
    """Return codes that no paper has ever had; a clash among 2^50 is next to impossible, but must not mix two people up."""
    column = CollectiveSheet.code if prefix == codes.SHEET else Recipient.code
    fresh: dict[str, None] = {}
    while len(fresh) < count:
        drawn = codes.new_codes(rng, count - len(fresh), prefix)
        taken: set[str] = set()
        for start in range(0, len(drawn), _LOOKED_UP_AT_ONCE):
            taken.update(session.scalars(select(column).where(column.in_(drawn[start : start + _LOOKED_UP_AT_ONCE]))))
        fresh.update(dict.fromkeys(code for code in drawn if code not in taken))
    return list(fresh)


def read(session: Session, audience: Audience) -> list[Row]:
    """Return the people an audience reaches today: FROZEN and the stage, by employee."""
    return _people(session, condition(audience), heads_first=audience.heads_first)


def read_some(session: Session, employee_ids: Iterable[int], *, heads_first: bool) -> list[Row]:
    """Return single people as `read` does."""
    return _people(session, Employee.id.in_(tuple(employee_ids)), heads_first=heads_first)


def _people(session: Session, wanted: ColumnElement[bool], *, heads_first: bool) -> list[Row]:
    columns: list[Any] = [
        Employee.id, Employee.unit_id, Employee.opd_id, Employee.post_name, Employee.name, Employee.title_front,
        Employee.title_back, func.coalesce(Employee.nip, Employee.local_number, ""), type_coerce(Employee.kind, String),
    ]  # fmt: skip
    query = select(*columns).where(wanted).order_by(Employee.id)
    connection = session.connection()  # plain rows: the mapper would make them twice
    if not heads_first:
        return list(connection.execute(query.add_columns(literal(1))).all())  # not one by one, which costs a call each
    ranked = connection.execute(query.add_columns(Employee.post_class)).all()
    return [(*row[:-1], 1 if is_head(row[-1], row[3], row[1], row[2]) else 2) for row in ranked]


def condition(audience: Audience) -> ColumnElement[bool]:
    """Return the audience rule as a condition on `Employee`."""
    found = and_(Employee.kind.in_(audience.kinds), Employee.state.in_(audience.states))
    if audience.opd_ids is not None or audience.unit_ids is not None:
        whole, single = Employee.opd_id.in_(audience.opd_ids or ()), Employee.unit_id.in_(audience.unit_ids or ())
        found = and_(found, or_(whole, single))
    if audience.also:
        still_here = Employee.state != EmploymentState.ENDED
        found = or_(found, and_(Employee.id.in_(audience.also), still_here))
    return and_(found, Employee.id.not_in(audience.without)) if audience.without else found


def freeze(session: Session, version_id: int, drawn: Drawn, rng: Random) -> Drawn:
    """Store the drawn rows as the version's recipients and return them as stored; the trail gets them with their hash.

    When somebody has one of the codes already (one in 2^50), all get other ones: two people never share a code.
    """
    connection = session.connection()
    try:
        with connection.begin_nested():
            made = _store(session, version_id, drawn)
    except IntegrityError:
        drawn = coded(session, [row[:-1] for row in drawn.rows], rng)
        made = _store(session, version_id, drawn)
    record(
        session,
        "recipients:frozen",
        f"circular_versions:{version_id}",
        after={"count": len(drawn.rows), "sha256": drawn.fingerprint, written.MADE: [made]},
    )
    return drawn


def add(session: Session, version_id: int, drawn: Drawn, on: date, reason: str) -> None:
    """Store people who came later as recipients, with the reason; one entry on the trail names them."""
    made = _store(session, version_id, drawn, on, reason)
    named = [row[0] for row in drawn.rows]
    record(
        session,
        "recipients:added",
        f"circular_versions:{version_id}",
        after={
            "count": len(named), "reason": reason, "employees": named, "sha256": drawn.fingerprint, written.MADE: [made],
        },
    )  # fmt: skip


def _store(session: Session, version_id: int, drawn: Drawn, on: date | None = None, reason: str = "") -> Part:
    """Insert the rows as recipients, everybody waiting where they work, and return what to put on the trail."""
    before = highest_id(session, _TABLE)
    waiting = AckStatus.WAITING.value
    everywhere: dict[str, Any] = {"version_id": version_id, "status": waiting, "added_on": on, "added_reason": reason}
    copied = {"at_unit_id": "unit_id", "at_opd_id": "opd_id"}
    count = len(drawn.rows)
    columns: dict[str, Sequence[Any]] = dict(zip(IDENTITY, zip(*drawn.rows, strict=True), strict=True))
    columns |= {name: columns[of] for name, of in copied.items()}
    columns |= {name: [value] * count for name, value in (everywhere | {"version": 1}).items()}
    inserting = BulkInsert(session, _TABLE, tuple(columns))
    if on is None:  # then every value is already as the database stores it, and need not be looked at
        inserting.insert(list(zip(*map(columns.__getitem__, inserting.keys), strict=True)))
    else:
        inserting.insert(inserting.by_columns(columns))
    touched(session, Topic.CIRCULARS)
    ids = new_ids(session, _TABLE, before, count) or _ids(session, version_id, columns["employee_id"])
    everywhere |= dict.fromkeys(("acknowledged_on", "postponed_until"))
    return written.rows(_TABLE.name, IDENTITY, ids, drawn.rows, text=drawn.text, everywhere=everywhere, copied=copied)


def _ids(session: Session, version_id: int, employee_ids: Sequence[int]) -> list[int]:
    """Return the ids of a version's recipients, in the order of these employees."""
    query = select(Recipient.employee_id, Recipient.id).where(Recipient.version_id == version_id)
    found = {row.employee_id: row.id for row in session.execute(query)}
    return [found[employee_id] for employee_id in employee_ids]
