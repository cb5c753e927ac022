"""The tree of the sample city's units, from the city down to sections, schools and health centres, grown to the number of people."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from asn_desk.sample import unit_words as words

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "kotacontoh.example")
_UNITS_PER_PERSON = 946 / 8379  # a middle-sized regency's SIASN sample
_STRUCTURAL_SHARE = 0.06
_LARGE_FROM = 3000  # from here departments have four divisions and sub-sections


def stable_id(text: str) -> str:
    """Return a UUID that depends on the text only, so that the same unit or post has the same id in every sample."""
    return str(uuid.uuid5(_NAMESPACE, text))


class Kind(StrEnum):
    """What a unit is; decides who works there."""

    CITY = "city"
    OFFICE = "office"
    KELOMPOK = "kelompok"
    HOSPITAL = "hospital"
    PUSKESMAS = "puskesmas"
    SD = "sd"
    SMP = "smp"


class Eselon(StrEnum):
    """Echelon of a structural head, by the short name that SIASN prints."""

    II_A = "II.a"
    II_B = "II.b"
    III_A = "III.a"
    III_B = "III.b"
    IV_A = "IV.a"
    IV_B = "IV.b"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `head` is the title of its leader; `eselon` is None where a functional official leads (schools, groups)."""

    id: str
    name: str
    parent_id: str
    kind: Kind
    head: str
    eselon: Eselon | None


class _Tree:
    """Collects units in order, parents before children, and gives each its id from its whole path."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._paths: dict[str, str] = {"": ""}

    def add(self, parent: Unit | None, name: str, head: str, eselon: Eselon | None, kind: Kind = Kind.OFFICE) -> Unit:
        parent_id = parent.id if parent else ""
        path = f"{self._paths[parent_id]}/{name}"
        unit = Unit(stable_id(f"unor:{path}"), name, parent_id, kind, head, eselon)
        self._paths[unit.id] = path
        self.units.append(unit)
        return unit

    def structural(self) -> int:
        return sum(unit.eselon is not None for unit in self.units)


def sample_units(count: int) -> tuple[Unit, ...]:
    """Return the unit tree of an office of `count` people, parents before children.

    The first unit is the city itself (empty parent_id); its children are the OPD, sub-districts included. Offices of up to
    100,000 people get more sub-districts, technical units and schools, about 0.11 units per person.
    """
    tree = _Tree()
    city = tree.add(None, "Pemerintah Kota Contoh", "", None, Kind.CITY)
    large = count >= _LARGE_FROM
    _add_secretariats(tree, city, large=large)
    opds = [_add_opd(tree, city, *opd, large=large) for opd in words.OPDS[: min(28, 5 + count // 250)]]
    _add_hospital(tree, city)
    _add_districts(tree, city, opds, round(count * _STRUCTURAL_SHARE) - tree.structural(), large=large)
    _add_groups(tree, opds, large=large)
    for number in range(max(3, count // 450)):
        name = f"UPTD Puskesmas {words.place(number)}"
        tree.add(opds[1], name, f"Kepala {name}", None, Kind.PUSKESMAS)
    _add_schools(tree, opds[0], max(20, round(count * _UNITS_PER_PERSON) - len(tree.units)))
    return tuple(tree.units)


def _add_secretariats(tree: _Tree, city: Unit, *, large: bool) -> None:
    """Setda with assistants and expert staff, Setwan, Inspektorat."""
    parts = 3 if large else 2
    setda = tree.add(city, words.SETDA, "Sekretaris Daerah", Eselon.II_A)
    for name in words.STAF_AHLI:
        tree.add(setda, name, name, Eselon.II_B)
    for title, bagian in words.ASISTEN:
        asisten = tree.add(setda, title, title, Eselon.II_B)
        for name in bagian[-parts:]:
            tree.add(asisten, name, f"Kepala {name}", Eselon.III_A)
    setwan = tree.add(city, words.SETWAN, "Sekretaris Dewan Perwakilan Rakyat Daerah", Eselon.II_B)
    for name in words.SETWAN_PARTS[:parts]:
        tree.add(setwan, name, f"Kepala {name}", Eselon.III_A)
    inspektorat = tree.add(city, words.INSPEKTORAT, "Inspektur Daerah", Eselon.II_B)
    tree.add(inspektorat, f"Sekretariat {words.INSPEKTORAT}", f"Sekretaris {words.INSPEKTORAT}", Eselon.III_A)
    for name in words.IRBAN[: parts + 1]:
        tree.add(inspektorat, name, name, Eselon.III_A)


def _add_opd(tree: _Tree, city: Unit, name: str, divisions: tuple[str, ...], *, large: bool) -> Unit:
    """One department: secretariat with sub-sections, and its divisions."""
    opd = tree.add(city, name, f"Kepala {name}", Eselon.II_B)
    secretariat = tree.add(opd, f"Sekretariat {name}", f"Sekretaris {name}", Eselon.III_A)
    for sub in words.SUBBAGIAN if large else ():
        tree.add(secretariat, sub, f"Kepala {sub}", Eselon.IV_A)
    for division in divisions if large else divisions[:2]:
        tree.add(opd, f"Bidang {division}", f"Kepala Bidang {division}", Eselon.III_B)
    return opd


def _add_hospital(tree: _Tree, city: Unit) -> None:
    hospital = tree.add(city, words.RSUD, f"Direktur {words.RSUD}", Eselon.II_B, Kind.HOSPITAL)
    tree.add(hospital, "Bagian Tata Usaha", f"Kepala Bagian Tata Usaha {words.RSUD}", Eselon.III_A)
    for name in ("Bidang Pelayanan Medik dan Keperawatan", "Bidang Penunjang Medik"):
        tree.add(hospital, name, f"Kepala {name}", Eselon.III_B, Kind.HOSPITAL)


def _add_districts(tree: _Tree, city: Unit, opds: list[Unit], posts: int, *, large: bool) -> None:
    """Sub-districts with their kelurahan, as many as the `posts` heads left allow; technical units take the rest."""
    kelurahan = 5 if large else 3
    per_district = 6 + kelurahan * 3
    districts = max(2, min(40, posts // per_district))
    for number in range(districts):
        _add_district(tree, city, number, kelurahan, large=large)
    technical = [(owner, kind) for owner, kind in words.UPTDS if owner < len(opds)]
    for number in range(max(0, posts - districts * per_district) // 2 if large else 0):
        owner, kind = technical[number % len(technical)]
        name = f"{kind} {words.place(number)}"
        unit = tree.add(opds[owner], name, f"Kepala {name}", Eselon.IV_A)
        tree.add(unit, f"Sub Bagian Tata Usaha {name}", f"Kepala Sub Bagian Tata Usaha {name}", Eselon.IV_B)


def _add_district(tree: _Tree, city: Unit, number: int, kelurahan: int, *, large: bool) -> None:
    name = words.place(number)
    district = tree.add(city, f"Kecamatan {name}", f"Camat {name}", Eselon.III_A)
    tree.add(district, f"Sekretariat Kecamatan {name}", f"Sekretaris Kecamatan {name}", Eselon.III_B)
    for section in words.SEKSI_KECAMATAN if large else words.SEKSI_KECAMATAN[:2]:
        tree.add(district, section, f"Kepala {section} Kecamatan {name}", Eselon.IV_A)
    for step in range(kelurahan):
        village = words.place(40 + number * kelurahan + step)
        unit = tree.add(district, f"Kelurahan {village}", f"Lurah {village}", Eselon.IV_A)
        tree.add(unit, f"Sekretariat Kelurahan {village}", f"Sekretaris Kelurahan {village}", Eselon.IV_B)
        if large:
            tree.add(unit, words.SEKSI_KELURAHAN, f"Kepala {words.SEKSI_KELURAHAN} Kelurahan {village}", Eselon.IV_B)


def _add_groups(tree: _Tree, opds: list[Unit], *, large: bool) -> None:
    """Working groups led by functional officials, which replaced most sections; they have the longest names."""
    departments = {opd.id: opd for opd in opds}
    divisions = [unit for unit in tree.units if unit.parent_id in departments and unit.name.startswith("Bidang ")]
    for division in divisions if large else divisions[::3]:
        subject = division.name.removeprefix("Bidang ")
        name = f"Kelompok Substansi Penyusunan Kebijakan, Pemantauan dan Evaluasi {subject}"
        tree.add(division, name, f"Ketua {name}", None, Kind.KELOMPOK)


def _add_schools(tree: _Tree, education: Unit, total: int) -> None:
    """Three primary schools for each lower secondary school."""
    for number in range(total):
        kind = Kind.SMP if number % 4 == 3 else Kind.SD
        serial = number // 4 + 1 if kind is Kind.SMP else number - number // 4 + 1
        name = f"{kind.upper()} Negeri {serial:03d} {words.place(number)}"
        tree.add(education, name, f"Kepala {name}", None, kind)
