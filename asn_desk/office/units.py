"""The tree of units: who stands below whom, which OPD a unit belongs to, and changes that keep it a tree.

An OPD is a unit at the top level, or right below the government itself (`Pemerintah Kota ...`). A unit that an import met without
its parent has no OPD yet: it waits for the unit hierarchy or for the clerk, and is never taken for an OPD.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.trail import audit
from asn_desk.database.work import check_version, touched, work_of
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit, UnitChange
from asn_desk.office.terms import UnitChangeKind
from asn_desk.topics import Topic

LONGEST_NAME = 300
CLOSED = " (ditutup)"
"""What stands behind the name of a unit that another one took over."""
_RECORDED = {"recorded": True}
_GOVERNMENT = (
    "PEMERINTAH ", "PEMKOT ", "PEMKAB ", "PEMPROV ", "KABUPATEN ", "KOTA ", "PROVINSI ", "BUPATI", "WALI KOTA", "WALIKOTA", "GUBERNUR",
)  # fmt: skip
_TABLE: Table = Unit.metadata.tables["units"]


@dataclass(frozen=True)
class UnitNode:
    """A unit in the order of the tree, parents before children; `depth` 0 is the top."""

    id: int
    siasn_id: str
    name: str
    parent_id: int | None
    opd_id: int | None
    depth: int
    active: bool
    version: int


@dataclass(frozen=True)
class UnitValues:
    """A unit to be created in bulk: `parent_id` and `opd_id` are set when known."""

    siasn_id: str
    name: str
    parent_id: int | None = None
    is_opd: bool = False


@dataclass(frozen=True)
class MoveUnit:
    """Put a unit below another one (or at the top, as an OPD)."""

    unit_id: int
    parent_id: int | None
    version: int


@dataclass(frozen=True)
class RenameUnit:
    """Give a unit another name."""

    unit_id: int
    name: str
    version: int


@dataclass(frozen=True)
class MergeUnit:
    """Close a unit and let another one take over its people and what stands below it."""

    unit_id: int
    into_id: int
    version: int


@dataclass(frozen=True)
class UnitChangeRow:
    """One change of a unit: names for a renaming or a merger, the units above it for a move."""

    id: int
    unit: str
    kind: UnitChangeKind
    before: str
    after: str
    on: date
    by: str


def unit_tree(session: Session) -> list[UnitNode]:
    """Return all units, parents before children, siblings by name."""
    require(session, Action.SEE_EMPLOYEES)
    rows = session.execute(
        select(Unit.id, Unit.siasn_id, Unit.name, Unit.parent_id, Unit.opd_id, Unit.active, Unit.version).order_by(
            Unit.name
        )
    ).all()
    children: dict[int | None, list[int]] = {}
    by_id = {row.id: row for row in rows}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row.id)
    nodes: list[UnitNode] = []
    waiting = [(unit_id, 0) for unit_id in reversed(children.get(None, []))]
    while waiting:
        unit_id, depth = waiting.pop()
        row = by_id[unit_id]
        nodes.append(
            UnitNode(row.id, row.siasn_id or "", row.name, row.parent_id, row.opd_id, depth, row.active, row.version)
        )
        waiting.extend((child, depth + 1) for child in reversed(children.get(unit_id, [])))
    return nodes


def find_unit(session: Session, *, siasn_id: str = "", name: str = "") -> int | None:
    """Return the id of the unit with this SIASN id, else of the only unit with this name (case aside); None when unsure."""
    if siasn_id:
        return session.scalar(select(Unit.id).where(func.upper(Unit.siasn_id) == siasn_id.upper()))
    found = session.scalars(select(Unit.id).where(func.upper(Unit.name) == name.upper()).limit(2)).all()
    return found[0] if len(found) == 1 else None


def parents(session: Session, unit_id: int) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of the units above and of the unit itself, the top one first."""
    require(session, Action.SEE_EMPLOYEES)
    path: dict[int, str] = {}
    at: int | None = unit_id
    while at is not None and at not in path:
        row = session.execute(select(Unit.name, Unit.parent_id).where(Unit.id == at)).one_or_none()
        if row is None:
            break
        path[at], at = row.name, row.parent_id
    return tuple(reversed(path.items()))


def descendants(session: Session, unit_ids: Iterable[int]) -> set[int]:
    """Return the units and all units below them."""
    children: dict[int | None, list[int]] = {}
    for row in session.execute(select(Unit.id, Unit.parent_id)):
        children.setdefault(row.parent_id, []).append(row.id)
    found: set[int] = set()
    waiting = list(unit_ids)
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting.extend(children.get(unit_id, ()))
    return found


def opd_choices(session: Session) -> list[tuple[int, str]]:
    """Return (id, name) of all OPD by name, closed ones too: whoever looks one up by its name must find it."""
    found = session.execute(select(Unit.id, Unit.name).where(Unit.opd_id == Unit.id).order_by(Unit.name))
    return [(row.id, row.name) for row in found]


def opds_in_use(session: Session, standing: Collection[int]) -> list[tuple[int, str]]:
    """Return (id, name) of today's OPD by name, for filters; a closed one only when `standing` names it, and marked."""
    every = select(Unit.id, Unit.name, Unit.active).where(Unit.opd_id == Unit.id).order_by(Unit.name)
    found = [row for row in session.execute(every) if row.active or row.id in standing]
    return [(row.id, row.name if row.active else f"{row.name}{CLOSED}") for row in found]


def create_unit(session: Session, name: str, *, parent_id: int | None = None, siasn_id: str = "") -> int:
    """Add a unit by hand below another one, or as an OPD, and return its id. Raises DeskError("unit_name" | "unit_parent")."""
    unit = Unit(name=_checked_name(name), siasn_id=siasn_id or None, parent_id=parent_id, active=True)
    if parent_id is not None and session.get(Unit, parent_id) is None:
        raise DeskError("unit_parent", "Unit induk tidak ditemukan. Muat ulang daftar unit, lalu pilih lagi.")
    session.add(unit)
    session.flush()
    if parent_id is None:
        unit.opd_id = unit.id
    refresh_opds(session)
    return unit.id


def create_units(session: Session, values: list[UnitValues]) -> list[int]:
    """Add many units at once and return their ids in order; their OPD is computed by `refresh_opds` afterwards."""
    if not values:
        return []
    rows = [
        {
            "siasn_id": one.siasn_id or None, "name": one.name, "parent_id": one.parent_id, "opd_id": None,
            "active": True, "version": 1,
        }
        for one in values
    ]  # fmt: skip
    statement = insert(Unit).returning(Unit.id, sort_by_parameter_order=True)
    ids = list(session.scalars(statement, rows, execution_options=_RECORDED))
    for unit_id, row in zip(ids, rows, strict=True):
        audit.record(session, "units:created", f"units:{unit_id}", after=row)
    tops = [unit_id for unit_id, one in zip(ids, values, strict=True) if one.is_opd]
    set_opds(session, {unit_id: unit_id for unit_id in tops})
    touched(session, Topic.UNITS)
    return ids


def rename_unit(session: Session, command: RenameUnit) -> None:
    """Rename a unit. Raises StaleRecord and DeskError("unit_name")."""
    unit = _loaded(session, command.unit_id)
    check_version(unit, command.version, "Unit kerja ini")
    name = _checked_name(command.name)
    if name != unit.name:
        _note(session, unit.id, UnitChangeKind.RENAMED, unit.name, name)
    unit.name = name


def move_unit(session: Session, command: MoveUnit) -> dict[int, int | None]:
    """Move a unit and all below it, and return the units whose OPD changed with their new OPD.

    Raises StaleRecord and DeskError("unit_cycle" | "unit_parent").
    """
    unit = _loaded(session, command.unit_id)
    check_version(unit, command.version, "Unit kerja ini")
    if command.parent_id is not None:
        above = _loaded(session, command.parent_id)
        if unit.id in {unit_id for unit_id, _ in parents(session, above.id)}:
            raise DeskError(
                "unit_cycle",
                f"{unit.name} tidak dapat dipindah ke {above.name}, karena unit itu berada di bawahnya sendiri.",
            )
    if command.parent_id != unit.parent_id:
        old, new = _name_of(session, unit.parent_id), _name_of(session, command.parent_id)
        _note(session, unit.id, UnitChangeKind.MOVED, old, new)
    unit.parent_id = command.parent_id
    if command.parent_id is None:
        unit.opd_id = unit.id
    session.flush()
    return refresh_opds(session)


def merge_unit(session: Session, command: MergeUnit) -> dict[int, int | None]:
    """Let another unit take over what stands below this one, and close it; its people are moved by `employees.placement`.

    Returns the units whose OPD changed. Raises StaleRecord and DeskError("unit_cycle" | "unit_parent").
    """
    unit, into = _loaded(session, command.unit_id), _loaded(session, command.into_id)
    check_version(unit, command.version, "Unit kerja ini")
    if unit.id in {unit_id for unit_id, _ in parents(session, into.id)}:
        said = (
            f"{unit.name} tidak dapat digabung ke {into.name}, karena unit itu berada di bawahnya atau unit yang sama."
        )
        raise DeskError("unit_cycle", said)
    for child in session.scalars(select(Unit).where(Unit.parent_id == unit.id)):
        child.parent_id = into.id
    unit.active = False
    _note(session, unit.id, UnitChangeKind.MERGED, unit.name, into.name, into.id)
    return refresh_opds(session)


def unit_history(session: Session, unit_id: int) -> list[UnitChangeRow]:
    """Return what happened to a unit, and which units were merged into it, the newest first."""
    require(session, Action.SEE_EMPLOYEES)
    rows = session.execute(
        select(UnitChange, Unit.name)
        .join(Unit, Unit.id == UnitChange.unit_id)
        .where(or_(UnitChange.unit_id == unit_id, UnitChange.into_id == unit_id))
        .order_by(UnitChange.id.desc())
    )
    return [
        UnitChangeRow(one.id, name, one.kind, one.before, one.after, one.changed_on, one.changed_by)
        for one, name in rows
    ]


def refresh_opds(session: Session) -> dict[int, int | None]:
    """Compute every unit's OPD anew, store what differs, and return it: unit id -> OPD id."""
    session.flush()
    rows = session.execute(select(Unit.id, Unit.name, Unit.parent_id, Unit.opd_id)).all()
    placed = {row.id: row.opd_id is not None for row in rows if row.parent_id is None}
    computed = opds_of({row.id: (row.name, row.parent_id) for row in rows}, placed)
    changed = {row.id: computed[row.id] for row in rows if computed[row.id] != row.opd_id}
    set_opds(session, changed)
    return changed


def set_opds(session: Session, opds: Mapping[int, int | None]) -> None:
    """Store the OPD of units; a derived value, recorded in one entry of the trail."""
    if not opds:
        return
    session.flush()
    rows = [{"of": unit_id, "opd": opd_id} for unit_id, opd_id in opds.items()]
    statement = update(_TABLE).where(_TABLE.c.id == bindparam("of")).values(opd_id=bindparam("opd"))
    session.execute(statement, rows, execution_options=_RECORDED)
    audit.record(session, "units:opd_computed", "units:all", after={str(unit_id): opd for unit_id, opd in opds.items()})
    touched(session, Topic.UNITS)
    session.expire_all()


def opds_of(tree: Mapping[int, tuple[str, int | None]], placed_tops: Mapping[int, bool]) -> dict[int, int | None]:
    """Return the OPD of every unit of a tree given as id -> (name, parent id).

    `placed_tops` says of each top unit whether it is known to be a top one. The government itself has no OPD and what stands
    right below it is one; units below a top that waits for its own parent wait too.
    """
    opds: dict[int, int | None] = {}
    for unit_id in tree:
        for current in reversed(_path_to_known(tree, opds, unit_id)):
            name, parent = tree[current]
            if parent is None or parent not in tree:
                opds[current] = current if placed_tops.get(current, True) and not is_government(name) else None
            elif tree[parent][1] is None and is_government(tree[parent][0]):
                opds[current] = current
            else:
                opds[current] = opds.get(parent)
    return opds


def _path_to_known(
    tree: Mapping[int, tuple[str, int | None]], opds: Mapping[int, int | None], unit_id: int
) -> list[int]:
    """Return the unit and those above it whose OPD is still open, the lowest first; a ring is walked once."""
    path: list[int] = []
    at: int | None = unit_id
    while at is not None and at in tree and at not in opds and at not in path:
        path.append(at)
        at = tree[at][1]
    return path


def is_government(name: str) -> bool:
    """Return whether a top unit is the government itself, not one of its OPD."""
    return name.upper().startswith(_GOVERNMENT)


def cycle_in(parent_of: Mapping[str, str]) -> list[str]:
    """Return the ids of the first ring found in child -> parent, or an empty list."""
    fine: set[str] = set()
    for start in parent_of:
        path: list[str] = []
        at = start
        while at in parent_of and at not in fine:
            if at in path:
                return path[path.index(at) :]
            path.append(at)
            at = parent_of[at]
        fine.update(path)
    return []


def _note(
    session: Session, unit_id: int, kind: UnitChangeKind, before: str, after: str, into_id: int | None = None
) -> None:
    work = work_of(session)
    session.add(
        UnitChange(
            unit_id=unit_id, kind=kind, before=before, after=after, changed_on=work.today, changed_by=work.actor, into_id=into_id
        )
    )  # fmt: skip


def _name_of(session: Session, unit_id: int | None) -> str:
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    return unit.name if unit is not None else ""


def _loaded(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise DeskError("unit_parent", "Unit kerja tidak ditemukan. Muat ulang daftar unit, lalu pilih lagi.")
    return unit


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        said = f"Isi nama unit kerja, paling banyak {LONGEST_NAME} huruf."
        raise DeskError("unit_name", said, fields={"name": said})
    return plain
