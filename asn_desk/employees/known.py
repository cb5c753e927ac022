"""The registry as an import compares with it: everybody with the version seen, and all units, as plain values."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.employees.model import Employee
from asn_desk.employees.plans import Known, KnownPerson, KnownUnit, Person
from asn_desk.office.model import Unit

PERSON_COLUMNS = tuple(
    getattr(Employee, "unit_id" if name == "unit" else name) for name in Person._fields
)  # in the order of Person, which a plan compares value by value


def load_known(session: Session) -> Known:
    """Return all people by key and all units by id."""
    people = {}
    for row in session.execute(select(Employee.id, Employee.version, *PERSON_COLUMNS)):
        person = Person._make(row[2:])
        people[person.key] = KnownPerson(row[0], row[1], person)
    return Known(people, load_units(session))


def load_units(session: Session) -> dict[int, KnownUnit]:
    """Return all units by id."""
    rows = session.execute(select(Unit.id, Unit.siasn_id, Unit.name, Unit.opd_id, Unit.parent_id))
    return {row.id: KnownUnit(row.id, row.siasn_id or "", row.name, row.opd_id, row.parent_id) for row in rows}
