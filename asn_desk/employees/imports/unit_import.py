"""Importing the companion file HierarkiUnor: which units are new, renamed, moved; rows refused; then all of it at once."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.trail import audit
from asn_desk.employees.imports.plans import Known, KnownUnit, Refused
from asn_desk.employees.placement import refresh_people
from asn_desk.employees.reading.cells import BROKEN_CELL, ErrorText
from asn_desk.employees.reading.columns import UnitField
from asn_desk.employees.reading.sheets import UnitRow, UnitSheet, Workbook
from asn_desk.office import units
from asn_desk.office.model import Unit
from asn_desk.office.units import UnitValues

_LONGEST_ID = 64
_TABLE: Table = Unit.metadata.tables["units"]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A known unit that gets another name or another parent."""

    id: int
    old_name: str
    new_name: str
    old_parent: str
    new_parent: str

    @property
    def moved(self) -> bool:
        """Return whether the parent differs."""
        return self.old_parent != self.new_parent


@dataclass(frozen=True)
class UnitPlan:
    """What importing a hierarchy would do. `parent_of` holds every accepted row: SIASN id -> SIASN id of the parent."""

    new: tuple[UnitRow, ...]
    changed: tuple[UnitChange, ...]
    same: int
    refused: tuple[Refused, ...]
    parent_of: dict[str, str]

    @property
    def nothing_to_do(self) -> bool:
        """Return whether applying would change nothing."""
        return not (self.new or self.changed)


def plan_units(workbooks: Sequence[Workbook], known: Known) -> UnitPlan:
    """Compare the hierarchy sheets with the known units. A parent that is nowhere makes the unit a top one."""
    refused: list[Refused] = []
    accepted: dict[str, tuple[UnitSheet, UnitRow]] = {}
    for workbook in workbooks:
        for sheet in workbook.units:
            _accept(sheet, accepted, refused)
    _drop_rings(accepted, refused)
    by_siasn = {unit.siasn_id.upper(): unit for unit in known.units.values() if unit.siasn_id}
    siasn_of = {unit.id: unit.siasn_id.upper() for unit in known.units.values()}
    everything = accepted.keys() | by_siasn.keys()
    new: list[UnitRow] = []
    changed: list[UnitChange] = []
    same = 0
    for siasn_id, (_, row) in accepted.items():
        unit = by_siasn.get(siasn_id)
        if unit is None:
            new.append(row)
        elif change := _difference(unit, row, siasn_of, everything):
            changed.append(change)
        else:
            same += 1
    parent_of = {siasn_id: row.parent_siasn_id.upper() for siasn_id, (_, row) in accepted.items()}
    return UnitPlan(tuple(new), tuple(changed), same, tuple(refused), parent_of)


def apply_units(session: Session, plan: UnitPlan) -> int:
    """Create, rename and move the units of a plan, compute every OPD anew, and return how many units changed.

    Raises DeskError("not_allowed").
    """
    require(session, Action.IMPORT_EMPLOYEES)
    if plan.nothing_to_do:
        return 0
    units.create_units(session, [UnitValues(row.siasn_id, row.name) for row in plan.new])
    ids = {
        siasn_id.upper(): unit_id for siasn_id, unit_id in session.execute(select(Unit.siasn_id, Unit.id)) if siasn_id
    }
    for change in plan.changed:
        if change.old_name != change.new_name:
            _rename(session, change)
    _reparent(session, {ids[one]: ids.get(above) for one, above in plan.parent_of.items()})
    units.refresh_opds(session)
    refresh_people(session)
    return len(plan.new) + len(plan.changed)


def _rename(session: Session, change: UnitChange) -> None:
    unit = session.get_one(Unit, change.id)
    unit.name = change.new_name
    session.flush()


def _reparent(session: Session, parent_of: dict[int, int | None]) -> None:
    """Store the parents that differ, and mark the units without one as known top units."""
    session.flush()
    before = {row.id: row for row in session.execute(select(Unit.id, Unit.parent_id, Unit.opd_id))}
    moved = {unit_id: above for unit_id, above in parent_of.items() if before[unit_id].parent_id != above}
    if moved:
        statement = update(_TABLE).where(_TABLE.c.id == bindparam("of")).values(parent_id=bindparam("above"))
        rows = [{"of": unit_id, "above": above} for unit_id, above in moved.items()]
        session.execute(statement, rows, execution_options={"recorded": True})
        audit.record(
            session, "units:moved", "units:all",
            before={str(one): before[one].parent_id for one in moved}, after={str(one): above for one, above in moved.items()},
        )  # fmt: skip
    tops = {one: one for one, above in parent_of.items() if above is None and before[one].opd_id is None}
    units.set_opds(session, dict(tops))
    session.expire_all()


def _accept(sheet: UnitSheet, accepted: dict[str, tuple[UnitSheet, UnitRow]], refused: list[Refused]) -> None:
    for row in sheet.rows:
        key = row.siasn_id.upper()
        broken = next((which for which in UnitField if isinstance(_text(row, which), ErrorText)), None)
        if broken is not None:
            refused.append(_refused(sheet, row, broken, "cell_error", BROKEN_CELL))
        elif not key or len(key) > _LONGEST_ID:
            refused.append(_refused(sheet, row, UnitField.ID, "unit_id", "ID unit kosong atau terlalu panjang."))
        elif not row.name or len(row.name) > units.LONGEST_NAME:
            refused.append(_refused(sheet, row, UnitField.NAME, "unit_name", "Nama unit kosong atau terlalu panjang."))
        elif key in accepted and accepted[key][1][1:] != row[1:]:
            other = accepted[key]
            where = other[0].address(UnitField.ID, other[1].number)
            refused.append(
                _refused(
                    sheet, row, UnitField.ID, "unit_twice", f"ID unit ini sudah ada di {where} dengan isi berbeda."
                )
            )
        else:
            accepted.setdefault(key, (sheet, row))


def _drop_rings(accepted: dict[str, tuple[UnitSheet, UnitRow]], refused: list[Refused]) -> None:
    """Refuse the rows of units that stand above themselves; the others keep their places."""
    parent_of = {key: row.parent_siasn_id.upper() for key, (_, row) in accepted.items() if row.parent_siasn_id}
    while ring := units.cycle_in(parent_of):
        names = " > ".join(accepted[key][1].name for key in ring)
        for key in ring:
            sheet, row = accepted.pop(key)
            del parent_of[key]
            refused.append(_refused(sheet, row, UnitField.PARENT, "unit_cycle", f"Unit saling membawahi: {names}."))


def _refused(sheet: UnitSheet, row: UnitRow, which: UnitField, code: str, reason: str) -> Refused:
    return Refused(
        sheet.file, sheet.name, row.number, sheet.address(which, row.number), _text(row, which), code, reason, row.name,
        cells=(row.siasn_id, row.name, row.parent_siasn_id),
    )  # fmt: skip


def _text(row: UnitRow, which: UnitField) -> str:
    return {UnitField.ID: row.siasn_id, UnitField.NAME: row.name, UnitField.PARENT: row.parent_siasn_id}[which]


def _difference(
    unit: KnownUnit, row: UnitRow, siasn_of: dict[int, str], everything: Container[str]
) -> UnitChange | None:
    above = row.parent_siasn_id.upper() if row.parent_siasn_id.upper() in everything else ""
    before = siasn_of.get(unit.parent_id or 0, "")
    waits = unit.parent_id is None and unit.opd_id is None and not units.is_government(unit.name)
    if row.name == unit.name and above == before and not (waits and not above):
        return None
    return UnitChange(unit.id, unit.name, row.name, before, above)
