"""People and unit hierarchy imported together: one preview, one transaction, the units first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.employees import importing
from asn_desk.employees.importing import ImportPlan, ImportResult, UnitPlan
from asn_desk.employees.imports.plans import Known, KnownUnit, Refused
from asn_desk.employees.imports.post_references import PostPlan, apply_posts, classes_of, plan_posts
from asn_desk.employees.imports.refused import people_sheet, posts_sheet, units_sheet, write_refused
from asn_desk.employees.imports.remembered import remember
from asn_desk.employees.imports.storing import stale
from asn_desk.employees.imports.undo_steps import UndoSteps
from asn_desk.employees.reading.sheets import Cancelled, Progress, Workbook
from asn_desk.office.units import opds_of


@dataclass(frozen=True)
class OfficePlan:
    """What importing the chosen files would do: to the units, then to the people. `unit_names`: every unit the plan names by id."""

    units: UnitPlan
    people: ImportPlan
    unit_names: Mapping[int, str]
    posts: PostPlan = field(default_factory=lambda: PostPlan((), (), 0, ()))

    @property
    def nothing_to_do(self) -> bool:
        """Return whether applying would change nothing."""
        return self.units.nothing_to_do and self.posts.nothing_to_do and self.people.nothing_to_do

    @property
    def refused(self) -> tuple[Refused, ...]:
        """Return the refused rows of all files, the units' first."""
        return (*self.units.refused, *self.posts.refused, *self.people.refused)


@dataclass(frozen=True)
class OfficeResult:
    """What was stored: changed units of the hierarchy, the people, and changed posts of the reference list."""

    units: int
    people: ImportResult
    posts: int = 0


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
    posts = plan_posts(workbooks, known.post_list)
    after = known
    if not units.nothing_to_do:  # what a row means depends on the units: every row is read in full
        after = replace(after, units=_units_after(known, units), marks={})
    if not posts.nothing_to_do:
        after = replace(after, posts=classes_of(posts.after(known.post_list)), marks={})
    people = importing.plan(workbooks, after, today, full=full, progress=progress, cancelled=cancelled)
    return OfficePlan(units, people, {unit.id: unit.name for unit in after.units.values()}, posts)


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
    require(session, Action.IMPORT_EMPLOYEES)
    remember(session, workbooks)
    people = plan.people
    steps = None if plan.units.nothing_to_do and plan.posts.nothing_to_do else UndoSteps(session)
    posts = apply_posts(session, plan.posts)
    units = importing.apply_units(session, plan.units)
    if units or posts:
        known = importing.load_known(session)
        people = importing.plan(workbooks, known, people.today, full=people.full, cancelled=cancelled)
        if _promise(people) != _promise(plan.people):
            raise stale()
    result = importing.apply(session, people, steps=steps, progress=progress, cancelled=cancelled)
    return OfficeResult(units, result, posts)


def refused_workbook_of(plan: OfficePlan, path: Path) -> int:
    """Write the refused rows of all files for correction, each kind of file on a sheet of its own; return how many.

    The workbook can be imported as it is once its cells are right. Raises as `refused.write_refused`.
    """
    sheets = [units_sheet(plan.units.refused), posts_sheet(plan.posts.refused), people_sheet(plan.people.refused)]
    return write_refused([sheet for sheet in sheets if sheet.rows] or sheets[-1:], path)


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
