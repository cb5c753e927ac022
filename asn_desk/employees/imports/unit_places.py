"""Which unit a row names: one the office knows, or one to be created; an ambiguous name is refused, never picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from asn_desk.employees.imports.plans import KnownUnit, NewUnit
from asn_desk.employees.nip import Finding
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.rules import words_of
from asn_desk.errors import DeskError

LONGEST_NAME = 300


@dataclass
class UnitPlaces:
    """Resolves UNOR ID, UNOR NAMA and UNOR INDUK NAMA against the known units."""

    known: Iterable[KnownUnit]

    def __post_init__(self) -> None:
        self._by_id: dict[str, KnownUnit] = {}
        self._by_name: dict[str, list[KnownUnit]] = {}
        self._name_of: dict[int, str] = {}
        for unit in self.known:
            if unit.siasn_id:
                self._by_id[unit.siasn_id.upper()] = unit
            self._by_name.setdefault(words_of(unit.name), []).append(unit)
            self._name_of[unit.id] = unit.name
        self._fresh: dict[str, list[NewUnit]] = {}
        self._fresh_ids: dict[str, NewUnit] = {}
        self._memo: dict[tuple[str, str, str], tuple[int | NewUnit | None, Finding | None]] = {}

    def place(self, siasn_id: str, name: str, opd: str) -> tuple[int | NewUnit | None, Finding | None]:
        """Return the unit and what is worth a warning.

        Raises DeskError("unit_ambiguous" | "unit_too_long") when the row must be refused.
        """
        key = (siasn_id, name, opd)
        if key not in self._memo:
            self._memo[key] = self._resolve(siasn_id, name, opd)
        return self._memo[key]

    def name(self, unit: int | NewUnit | None) -> str:
        """Return the unit's name for lists of changes."""
        if isinstance(unit, NewUnit):
            return unit.name
        return "" if unit is None else self._name_of.get(unit, "")

    def _resolve(self, siasn_id: str, name: str, opd: str) -> tuple[int | NewUnit | None, Finding | None]:
        if len(name) > LONGEST_NAME or len(opd) > LONGEST_NAME or len(siasn_id) > 64:
            raise DeskError(
                "unit_too_long", f"Nama atau ID unit kerja terlalu panjang (paling banyak {LONGEST_NAME} huruf)."
            )
        if siasn_id and (unit := self._by_id.get(siasn_id.upper())):
            return unit.id, _renamed(unit, name)
        if siasn_id and not name and (fresh := self._fresh_ids.get(siasn_id.upper())):
            return fresh, None
        if not name:
            return None, Finding("unit_empty", "Unit kerja kosong; pegawai dicatat tanpa unit kerja.")
        if siasn_id:
            return self._by_name_without_id(name) or self._fresh_with_id(siasn_id, name, opd)
        return self._by_name_only(name, opd)

    def _fresh_with_id(self, siasn_id: str, name: str, opd: str) -> tuple[NewUnit, Finding | None]:
        """Return the unit to be created for an id; one id makes one unit, however many names it is written with."""
        if unit := self._fresh_ids.get(siasn_id.upper()):
            return unit, _other_name(unit, name)
        without = [unit for unit in self._fresh_named(name, opd) if not unit.siasn_id]
        if len(without) == 1:
            return without[0], Finding(
                "unit_by_name", "Baris lain menulis unit ini tanpa UNOR ID; dianggap unit yang sama."
            )
        return self._create(NewUnit(siasn_id, name, opd)), None

    def _fresh_named(self, name: str, opd: str) -> list[NewUnit]:
        """Return the units to be created of that name, as far as their OPD does not tell them apart."""
        wanted = words_of(opd)
        named = self._fresh.get(words_of(name), [])
        return [unit for unit in named if not wanted or words_of(unit.opd) in ("", wanted)]

    def _create(self, unit: NewUnit) -> NewUnit:
        self._fresh.setdefault(words_of(unit.name), []).append(unit)
        if unit.siasn_id:
            self._fresh_ids[unit.siasn_id.upper()] = unit
        return unit

    def _by_name_without_id(self, name: str) -> tuple[int, Finding] | None:
        """Return the only known unit of that name if it was created without a SIASN id."""
        found = self._by_name.get(words_of(name), [])
        if len(found) != 1 or found[0].siasn_id:
            return None
        said = "UNOR ID belum tercatat; dicocokkan dengan unit bernama sama yang dibuat tanpa UNOR ID."
        return found[0].id, Finding("unit_by_name", said)

    def _by_name_only(self, name: str, opd: str) -> tuple[int | NewUnit | None, Finding | None]:
        found = self._by_name.get(words_of(name), [])
        if opd and len(found) > 1:
            wanted = words_of(opd)
            found = [unit for unit in found if words_of(self._name_of.get(unit.opd_id or 0, "")) == wanted]
        if len(found) > 1:
            raise _ambiguous(len(found), name)
        if found:
            return found[0].id, None
        fresh = self._fresh_named(name, opd)
        if len(fresh) > 1:
            raise _ambiguous(len(fresh), name)
        warning = Finding(
            "unit_without_id",
            "Unit kerja belum dikenal dan tanpa UNOR ID; akan dibuat sebagai unit baru. Periksa ejaannya.",
        )
        return fresh[0] if fresh else self._create(NewUnit("", name, opd)), warning


def _ambiguous(count: int, name: str) -> DeskError:
    return DeskError(
        "unit_ambiguous",
        f"Ada {count} unit kerja bernama {name}. Isi UNOR ID atau {Field.OPD_NAME} agar jelas yang mana.",
    )


def _other_name(unit: NewUnit, name: str) -> Finding | None:
    if words_of(name) == words_of(unit.name):
        return None
    return Finding("unit_renamed", f"UNOR ID ini di baris lain bernama {unit.name}; nama yang pertama yang dipakai.")


def _renamed(unit: KnownUnit, name: str) -> Finding | None:
    if not name or words_of(name) == words_of(unit.name):
        return None
    said = f"UNOR ID ini tercatat sebagai {unit.name}."
    return Finding("unit_renamed", f"{said} Perbarui lewat impor hierarki unit bila memang berganti nama.")
