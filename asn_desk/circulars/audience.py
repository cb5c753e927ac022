"""Freezing an audience: from the rule (OPD, kinds, states) to one row per person, fast enough for a whole province."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from asn_desk.circulars import codes
from asn_desk.circulars.model import Recipient
from asn_desk.circulars.rules import Audience
from asn_desk.database.audit import record
from asn_desk.database.work import touched
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.topics import Topic

_LOOKED_UP_AT_ONCE = 500


def identity(row: Mapping[str, Any]) -> tuple[int, int | None, int | None, str, str]:
    """Return what `rules.audience_hash` binds of one frozen row: employee, unit, OPD, post, code."""
    return row["employee_id"], row["unit_id"], row["opd_id"], row["post_name"], row["code"]


def draw(session: Session, audience: Audience, rng: Random) -> list[dict[str, Any]]:
    """Return one row per person of the audience, with unit and post of today and a fresh code. Raises DeskError("audience_empty")."""
    people = session.execute(
        select(Employee.id, Employee.unit_id, Employee.opd_id, Employee.post_name)
        .where(*conditions(audience))
        .order_by(Employee.id)
    ).all()
    if not people:
        raise DeskError(
            "audience_empty", "Tidak ada pegawai yang cocok dengan sasaran ini. Ubah OPD atau jenis pegawai."
        )
    fresh = _fresh_codes(session, len(people), rng)
    return [
        {"employee_id": row.id, "unit_id": row.unit_id, "opd_id": row.opd_id, "post_name": row.post_name, "code": code}
        for row, code in zip(people, fresh, strict=True)
    ]


def conditions(audience: Audience) -> list[ColumnElement[bool]]:
    """Return the audience rule as conditions on `Employee`."""
    found: list[ColumnElement[bool]] = [Employee.kind.in_(audience.kinds), Employee.state.in_(audience.states)]
    if audience.opd_ids is not None:
        found.append(Employee.opd_id.in_(audience.opd_ids))
    return found


def _fresh_codes(session: Session, count: int, rng: Random) -> list[str]:
    """Return codes that no recipient has ever had; a clash among 2^50 is next to impossible, but must not mix two people up."""
    fresh: dict[str, None] = {}
    while len(fresh) < count:
        drawn = [codes.new_code(rng) for _ in range(min(count - len(fresh), _LOOKED_UP_AT_ONCE))]
        taken = set(session.scalars(select(Recipient.code).where(Recipient.code.in_(drawn))))
        fresh.update(dict.fromkeys(code for code in drawn if code not in taken))
    return list(fresh)


def freeze(session: Session, version_id: int, rows: list[dict[str, Any]], fingerprint: str) -> None:
    """Store the drawn rows as the version's recipients: one statement, one entry on the trail with their count and hash."""
    for row in rows:
        row["version_id"] = version_id
    session.connection().execute(insert(Recipient.__table__), rows)  # type: ignore[arg-type]
    touched(session, Topic.CIRCULARS)
    record(
        session,
        "recipients:frozen",
        f"circular_versions:{version_id}",
        after={"count": len(rows), "sha256": fingerprint},
    )
