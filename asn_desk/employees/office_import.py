"""People and unit hierarchy imported together: one preview, one transaction, the units first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from asn_desk.employees import importing
from asn_desk.employees.columns import Field
from asn_desk.employees.importing import ImportPlan, ImportResult, UnitPlan
from asn_desk.employees.plans import Known, KnownUnit, Refused
from asn_desk.employees.sheets import Cancelled, Progress, Workbook
from asn_desk.errors import DeskError
from asn_desk.office.units import opds_of


@dataclass(frozen=True)
class OfficePlan:
    """What importing the chosen files would do: to the units, then to the people. `unit_names`: every unit the plan names by id."""

    units: UnitPlan
    people: ImportPlan
    unit_names: Mapping[int, str]

    @property
    def nothing_to_do(self) -> bool:
        """Return whether applying would change nothing."""
        return self.units.nothing_to_do and self.people.nothing_to_do

    @property
    def refused(self) -> tuple[Refused, ...]:
        """Return the refused rows of all files, the units' first, each fit for `refused_workbook`."""
        units = (replace(one, fields=(Field.UNIT_NAME,), cells=(one.name,)) for one in self.units.refused)
        return (*units, *self.people.refused)


@dataclass(frozen=True)
class OfficeResult:
    """What was stored: changed units of the hierarchy, and the people."""

    units: int
    people: ImportResult


def plan_all(
    workbooks: Sequence[Workbook],
    known: Known,
    today: date,
    *,
    full: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> OfficePlan:
    """Return what importing these files would do, the people as if the hierarchy were already stored.

    Raises as `importing.plan`.
    """
    units = importing.plan_units(workbooks, known)
    after = known if units.nothing_to_do else Known(known.people, _units_after(known, units))
    people = importing.plan(workbooks, after, today, full=full, progress=progress, cancelled=cancelled)
    return OfficePlan(units, people, {unit.id: unit.name for unit in after.units.values()})


def apply_all(
    session: Session,
    plan: OfficePlan,
    workbooks: Sequence[Workbook],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> OfficeResult:
    """Store the plan: units, then people, in the caller's transaction. Raises as `importing.apply`.

    With changed units the people are planned again on the stored units, and must come out as they were shown.
    """
    people = plan.people
    units = importing.apply_units(session, plan.units)
    if units:
        known = importing.load_known(session)
        people = importing.plan(workbooks, known, people.today, full=people.full, cancelled=cancelled)
        if _promise(people) != _promise(plan.people):
            raise DeskError(
                "plan_stale",
                "Data pegawai berubah sejak pratinjau dibuat. Tidak ada yang diimpor. Buat pratinjau lagi, periksa, lalu terapkan.",
            )
    return OfficeResult(units, importing.apply(session, people, progress=progress, cancelled=cancelled))


def refused_workbook_of(plan: OfficePlan, path: Path) -> int:
    """Write the refused rows of all files for correction. Raises as `importing.refused_workbook`."""
    return importing.refused_workbook(replace(plan.people, refused=plan.refused), path)


def _promise(plan: ImportPlan) -> tuple[object, ...]:
    """Return what the clerk was shown, without the units' ids, which new units get only when they are stored."""
    new = tuple(one.person._replace(unit=None) for one in plan.new)
    changed = tuple((one.known.id, one.fields) for one in plan.changed)
    return new, changed, plan.same, tuple(one.id for one in plan.missing), plan.refused


def _units_after(known: Known, plan: UnitPlan) -> dict[int, KnownUnit]:
    """Return the units as the hierarchy will leave them; new ones have negative ids until they are stored."""
    found = dict(known.units)
    for change in plan.changed:
        found[change.id] = found[change.id]._replace(name=change.new_name)
    for number, row in enumerate(plan.new, 1):
        found[-number] = KnownUnit(-number, row.siasn_id, row.name, None, None)
    ids = {unit.siasn_id.upper(): unit.id for unit in found.values() if unit.siasn_id}
    parents = {ids[one]: ids.get(above) for one, above in plan.parent_of.items()}
    tree = {unit.id: (unit.name, parents.get(unit.id, unit.parent_id)) for unit in found.values()}
    waiting = {unit.id: False for unit in known.units.values() if unit.opd_id is None and unit.id not in parents}
    opds = opds_of(tree, waiting)
    return {one: unit._replace(opd_id=opds[one], parent_id=tree[one][1]) for one, unit in found.items()}
