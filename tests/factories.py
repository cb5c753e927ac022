"""Invented records for tests, made through the models with plausible values."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.database.search import folded
from asn_desk.employees.model import Employee, EmployeeSearch, Posting
from asn_desk.employees.placement import search_text
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.office.model import Unit


def add_unit(session: Session, name: str, parent: Unit | None = None) -> Unit:
    """Add a unit; without a parent it is an OPD of its own."""
    unit = Unit(name=name, parent_id=parent.id if parent else None)
    session.add(unit)
    session.flush()
    unit.opd_id = parent.opd_id if parent else unit.id
    session.flush()
    return unit


def add_employee(session: Session, **values: Any) -> Employee:
    """Add an active PNS with a posting and its search text; `values` override any column."""
    unit = values.pop("unit", None)
    plausible: dict[str, Any] = {
        "nip": "198001012005011001",
        "name": "Siti Nurhaliza Rahmawati",
        "kind": EmployeeKind.PNS,
        "birth_date": date(1980, 1, 1),
        "grade": "III/c",
        "post_name": "Analis Kepegawaian Ahli Muda",
        "post_class": PostClass.JF_AHLI_MUDA,
        "post_from": date(2019, 1, 1),
        "unit_id": unit.id if unit else None,
        "opd_id": unit.opd_id if unit else None,
    }
    row = {**plausible, **values}
    row.setdefault("sort_name", folded(row["name"]))
    employee = Employee(**row)
    session.add(employee)
    session.flush()
    words = search_text(row["name"], "", "", row["nip"] or row["local_number"], row["post_name"], "")
    session.add(EmployeeSearch(employee_id=employee.id, content=words))
    session.add(
        Posting(
            employee_id=employee.id,
            unit_id=employee.unit_id,
            post_name=employee.post_name,
            post_class=employee.post_class,
            grade=employee.grade,
            held_from=date(2019, 1, 1),
            source="impor",
        )
    )
    session.flush()
    return employee
