"""Which OPD or unit a typed name means, among the units that have recipients of a circular."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars.progress import PlaceProgress, progress_by_place
from asn_desk.circulars.queries import audience_units
from asn_desk.circulars.rules import Audience
from asn_desk.errors import DeskError
from asn_desk.office.units import descendants

_LISTED = 5


@dataclass(frozen=True)
class Chosen:
    """A whole OPD, or units: the one named with the units below it."""

    opd_ids: tuple[int, ...] = ()
    unit_ids: tuple[int, ...] = ()


def place_named(session: Session, version_id: int, name: str) -> Chosen:
    """Return what a name means: an OPD, a unit, or `unit, OPD` where several OPDs have a unit of that name.

    Raises DeskError("unit_unknown" | "unit_unclear").
    """
    require(session, Action.SEE_CIRCULARS)
    rows = progress_by_place(session, version_id)
    folded = name.strip().casefold()
    opds = {row.opd_id for row in rows if row.opd_id is not None and row.opd.casefold() == folded}
    if len(opds) == 1:
        return Chosen(opd_ids=tuple(opds))
    by_opd = _units_named(session, folded, {row.unit_id for row in rows if row.unit_id is not None})
    if not by_opd:
        raise _unknown(rows, name, folded)
    if len(by_opd) > 1:
        several = "; ".join(sorted(f"{name.strip()}, {opd}" for opd in by_opd)[:_LISTED])
        raise DeskError("unit_unclear", f"Ada {len(by_opd)} unit “{name}”. Sebut beserta OPD-nya: {several}.")
    return Chosen(unit_ids=tuple(sorted(*by_opd.values())))


def _units_named(session: Session, folded: str, reached: set[int]) -> dict[str, set[int]]:
    """Return the units with recipients that are, or lie below, a unit of that name (or `name, OPD`), by the OPD's name."""
    units = audience_units(session, Audience())
    opds = {unit.id: unit.name for unit in units}
    found: dict[str, set[int]] = {}
    for unit in units:
        opd = opds.get(unit.opd_id, "")
        if folded in (unit.name.casefold(), f"{unit.name}, {opd}".casefold()):
            below = reached & descendants(session, [unit.id])
            if below:
                found.setdefault(opd, set()).update(below)
    return found


def _unknown(rows: list[PlaceProgress], name: str, folded: str) -> DeskError:
    near = sorted({word for row in rows for word in (row.opd, row.unit) if folded and folded in word.casefold()})
    hint = f" Mungkin maksudnya {'; '.join(near[:_LISTED])}." if near else ""
    return DeskError("unit_unknown", f"Tidak ada penerima edaran ini di unit “{name}”.{hint}")
