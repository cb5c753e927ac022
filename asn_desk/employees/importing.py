"""The import as the rest of the program uses it: read files, plan, show, apply; and the refused rows as a workbook.

known = desk.read(importing.load_known)
plan = importing.plan([workbook.read(path)], known, today)
desk.write(lambda session: importing.apply(session, plan))
"""

from __future__ import annotations

from asn_desk.employees.imports.applying import ImportResult, apply
from asn_desk.employees.imports.known import load_known
from asn_desk.employees.imports.planning import plan
from asn_desk.employees.imports.plans import (
    Addition,
    Change,
    FieldChange,
    ImportPlan,
    Known,
    KnownPerson,
    NewUnit,
    Person,
    Refused,
    UnitToCreate,
    Warned,
)
from asn_desk.employees.imports.refused import refused_workbook
from asn_desk.employees.imports.undo import ImportDone, Undone, imports, undo_import
from asn_desk.employees.imports.unit_import import UnitChange, UnitPlan, apply_units, plan_units
from asn_desk.employees.reading.sheets import ImportCancelled

__all__ = [
    "Addition",
    "Change",
    "FieldChange",
    "ImportCancelled",
    "ImportDone",
    "ImportPlan",
    "ImportResult",
    "Known",
    "KnownPerson",
    "NewUnit",
    "Person",
    "Refused",
    "Undone",
    "UnitChange",
    "UnitPlan",
    "UnitToCreate",
    "Warned",
    "apply",
    "apply_units",
    "imports",
    "load_known",
    "plan",
    "plan_units",
    "refused_workbook",
    "undo_import",
]
