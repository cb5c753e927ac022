"""Which personal data the office takes over from exports besides what the program needs: none, unless it is switched on."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.employees.model import ImportOptions, PrivateData
from asn_desk.employees.reading.private_fields import PrivateField, unpacked


def switched_on(session: Session) -> tuple[PrivateField, ...]:
    """Return the personal data that the office takes over; usually none."""
    stored = session.scalar(select(ImportOptions.private))
    chosen = set(json.loads(stored)) if stored else set()
    return tuple(one for one in PrivateField if one.value in chosen)


def switch(session: Session, wanted: Iterable[PrivateField]) -> None:
    """Choose the personal data to take over from now on; what is switched off is deleted from everybody.

    Raises DeskError("not_allowed").
    """
    require(session, Action.EDIT_OFFICE)
    names = sorted(one.value for one in set(wanted))
    record = session.get(ImportOptions, 1)
    if record is None:
        session.add(ImportOptions(id=1, private=json.dumps(names)))
    else:
        record.private = json.dumps(names)
    session.flush()
    _forget_others(session, set(names))


def private_data(session: Session, employee_id: int) -> dict[PrivateField, str]:
    """Return what is stored of one person's personal data. Raises DeskError("not_allowed")."""
    require(session, Action.EDIT_EMPLOYEES)
    content = session.scalar(select(PrivateData.content).where(PrivateData.employee_id == employee_id))
    return unpacked(content or "")


def _forget_others(session: Session, kept: set[str]) -> None:
    for record in session.scalars(select(PrivateData)):
        values = {name: value for name, value in json.loads(record.content).items() if name in kept}
        if not values:
            session.delete(record)
        elif len(values) < len(json.loads(record.content)):
            record.content = json.dumps(values, ensure_ascii=False, sort_keys=True)
    session.flush()
