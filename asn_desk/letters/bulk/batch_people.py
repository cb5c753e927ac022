"""Who gets a letter of a batch: everybody who serves, a search, a unit with all below it, or a list of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.employees.queries import EmployeeFilter, employee_ids, find_by_nip
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office.units import unit_tree

_NAMED = 3


@dataclass(frozen=True)
class People:
    """Which people; exactly one of the four is given."""

    everybody: bool = False
    text: str = ""
    unit_id: int | None = None
    numbers: tuple[str, ...] = ()


def people_of(session: Session, wanted: People) -> list[int]:
    """Return the ids of the people chosen; only those who serve, except where their numbers are listed.

    Raises DeskError("batch_people" | "unknown_employee").
    """
    require(session, Action.SEE_EMPLOYEES)
    if wanted.numbers:
        return _by_number(session, wanted.numbers)
    serving = EmploymentState.ACTIVE
    if wanted.unit_id is not None:
        return employee_ids(session, EmployeeFilter(unit_ids=_below(session, wanted.unit_id), state=serving))
    if wanted.everybody or wanted.text.strip():
        return employee_ids(session, EmployeeFilter(text=wanted.text.strip(), state=serving))
    raise DeskError("batch_people", "Pilih dahulu pegawainya.")


def unit_named(session: Session, name: str) -> int:
    """Return the unit of this name. Raises DeskError("unit_unknown" | "unit_twice")."""
    found = [unit.id for unit in unit_tree(session) if unit.name.casefold() == " ".join(name.split()).casefold()]
    if not found:
        raise DeskError(
            "unit_unknown", f"Tidak ada unit bernama {name}. Tulis namanya lengkap seperti pada daftar unit."
        )
    if len(found) > 1:
        raise DeskError(
            "unit_twice", f"Ada {len(found)} unit bernama {name}. Pakai daftar NIP untuk memilih pegawainya."
        )
    return found[0]


def _below(session: Session, unit_id: int) -> tuple[int, ...]:
    chosen = {unit_id}
    for unit in unit_tree(session):  # parents come before their children
        if unit.parent_id in chosen:
            chosen.add(unit.id)
    return tuple(sorted(chosen))


def _by_number(session: Session, numbers: Sequence[str]) -> list[int]:
    found = {number: find_by_nip(session, number) for number in numbers if number.strip()}
    unknown = [number.strip() for number, row in found.items() if row is None]
    if unknown:
        more = f" dan {len(unknown) - _NAMED} lagi" if len(unknown) > _NAMED else ""
        raise DeskError("unknown_employee", f"Tidak ada pegawai dengan NIP {', '.join(unknown[:_NAMED])}{more}.")
    return [row.id for row in found.values() if row is not None]
