"""Storing an import plan: all of it in the one transaction of the caller, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.bulk import indexes_afterwards, uncollected
from asn_desk.database.search import folded
from asn_desk.database.search_loading import many_new_rows
from asn_desk.database.trail import audit
from asn_desk.database.work import touched, work_of
from asn_desk.employees.imports.known import load_units
from asn_desk.employees.imports.marks import context_of
from asn_desk.employees.imports.plans import ImportPlan, NewUnit
from asn_desk.employees.imports.post_references import classes_of, load_posts
from asn_desk.employees.imports.storing import Store, stale
from asn_desk.employees.imports.undo_steps import UndoSteps
from asn_desk.employees.model import Employee, EmployeeSearch, ImportRun
from asn_desk.employees.reading.sheets import Cancelled, Progress, Ticker
from asn_desk.office import units
from asn_desk.office.model import Unit
from asn_desk.office.units import UnitValues
from asn_desk.topics import Topic

T = TypeVar("T")
_CHUNK = 500


@dataclass(frozen=True)
class ImportResult:
    """What was stored."""

    run_id: int | None
    added: int
    changed: int
    same: int
    gone: int
    refused: int
    units: int


def apply(
    session: Session,
    plan: ImportPlan,
    *,
    steps: UndoSteps | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportResult:
    """Store the plan and return what was done; a plan with nothing to do stores nothing, not even the run.

    `steps` are given when the same import has already changed units. Raises DeskError("plan_stale") when somebody changed the
    registry since the plan was made, DeskError("not_allowed"), and ImportCancelled; the caller's transaction is then rolled
    back and nothing has changed.
    """
    require(session, Action.IMPORT_EMPLOYEES)
    if plan.nothing_to_do and steps is None:
        return ImportResult(None, 0, 0, plan.same, 0, len(plan.refused), 0)
    _check_fresh(session, plan)
    ticker = Ticker(len(plan.new) + len(plan.changed) + len(plan.missing), progress, cancelled)
    ticker.check()
    run = _record_run(session, plan)
    steps = steps or UndoSteps(session)
    with uncollected():
        created = _create_units(session, plan)
        context = context_of(load_units(session), classes_of(load_posts(session)))
        _store(session, plan, Store(session, run.id, plan.today, created, context), steps, ticker)
    steps.keep(run.id)
    touched(session, Topic.EMPLOYEES, Topic.UNITS)
    return ImportResult(
        run.id, len(plan.new), len(plan.changed), plan.same, len(plan.missing), len(plan.refused), len(created)
    )


def _store(session: Session, plan: ImportPlan, store: Store, steps: UndoSteps, ticker: Ticker) -> None:
    with (
        indexes_afterwards(session, store.tables, len(plan.new)),
        many_new_rows(session, EmployeeSearch.employee_id, EmployeeSearch.content),
    ):
        for additions in _chunks(plan.new, _at_once(len(plan.new))):
            steps.added(store.add(additions))
            ticker.step(len(additions))
    for changes in _chunks(plan.changed):
        steps.before_people([change.known.id for change in changes])
        store.change(changes)
        ticker.step(len(changes))
    for missing in _chunks(plan.missing):
        steps.before_people([one.id for one in missing])
        store.mark_gone(missing)
        ticker.step(len(missing))
    for marked in _chunks(plan.marked, 4 * _CHUNK):
        store.mark(marked)
    store.finish()
    ticker.check()


def _chunks(items: Sequence[T], size: int = _CHUNK) -> Iterator[list[T]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _at_once(rows: int) -> int:
    """Return how many rows make one piece: of very many rows larger pieces, which are fewer statements."""
    return max(_CHUNK, min(4 * _CHUNK, rows // 10))


def _check_fresh(session: Session, plan: ImportPlan) -> None:
    """Raise when a person of the plan was changed, removed or added by somebody else since the plan was made."""
    seen = {one.known.id: one.known.version for one in plan.changed} | {one.id: one.version for one in plan.missing}
    new = {addition.person.key for addition in plan.new}
    now: dict[int, int] = {}
    for one, version, nip, local in session.execute(
        select(Employee.id, Employee.version, Employee.nip, Employee.local_number)
    ):
        if (nip or f"lokal:{local}") in new:
            raise stale()
        now[one] = version
    if any(now.get(one) != version for one, version in seen.items()):
        raise stale()


def _record_run(session: Session, plan: ImportPlan) -> ImportRun:
    hashes = [source.sha256 for source in plan.sources]
    work = work_of(session)
    run = ImportRun(
        file_name="; ".join(source.file for source in plan.sources)[:260],
        file_sha256=hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest(),
        applied_at=work.now,
        applied_by=work.actor,
        added=len(plan.new),
        changed=len(plan.changed) + len(plan.missing),
        unchanged=plan.same,
        refused=len(plan.refused),
    )
    session.add(run)
    session.flush()
    for source in plan.sources:
        if source.corrections:
            cells = {f"{source.file} {one.cell}": one.new for one in source.corrections}
            before = {f"{source.file} {one.cell}": one.old for one in source.corrections}
            audit.record(session, "import_runs:corrected", f"import_runs:{run.id}", before=before, after=cells)
    return run


def _create_units(session: Session, plan: ImportPlan) -> dict[NewUnit, int]:
    """Create the plan's units, each below its OPD when the file names one; an OPD nobody knows is created too."""
    wanted = [entry.unit for entry in plan.new_units]
    if not wanted:
        return {}
    known = {
        siasn_id.upper(): unit_id for siasn_id, unit_id in session.execute(select(Unit.siasn_id, Unit.id)) if siasn_id
    }
    created = {unit: known[unit.siasn_id.upper()] for unit in wanted if unit.siasn_id.upper() in known}
    fresh = [unit for unit in wanted if unit not in created]
    tops = [unit for unit in fresh if folded(unit.opd) == folded(unit.name)]
    rest = [unit for unit in fresh if unit not in set(tops)]
    created |= dict(zip(tops, units.create_units(session, [_opd(unit) for unit in tops]), strict=True))
    opds = _opds_by_name(session, rest)
    values = [UnitValues(unit.siasn_id, unit.name, opds.get(folded(unit.opd))) for unit in rest]
    created |= dict(zip(rest, units.create_units(session, values), strict=True))
    units.refresh_opds(session)
    return created


def _opd(unit: NewUnit) -> UnitValues:
    return UnitValues(unit.siasn_id, unit.name, is_opd=True)


def _opds_by_name(session: Session, below: Sequence[NewUnit]) -> dict[str, int]:
    """Return folded name -> id of the OPD that the units stand below, after creating those nobody knows."""
    found = {folded(name): unit_id for unit_id, name in units.opd_choices(session)}
    missing: dict[str, str] = {}
    for unit in below:
        key = folded(unit.opd)
        if key and key not in found:
            missing.setdefault(key, unit.opd)
    ids = units.create_units(session, [UnitValues("", name, is_opd=True) for name in missing.values()])
    return found | dict(zip(missing, ids, strict=True))
