"""Shares the people of the sample office out over units, roles and kinds of employment, by fixed quotas."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from asn_desk.sample.units import Kind, Unit


class Role(StrEnum):
    """What somebody does in a unit."""

    HEAD = "head"
    TEACHER = "teacher"
    MEDICAL = "medical"
    TECHNICAL = "technical"
    GENERAL = "general"


class Employment(StrEnum):
    """The kind of employment. Part-time PPPK exist in reality from 2025 only; the sample has them so that every kind is met."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PART_TIME = "PPPK paruh waktu"


ACTIVE = "1"
CONTRACT_ACTIVE = "71"
# BKN code and name of the legal standing, with the share of those PNS who lead no unit.
STANDINGS: tuple[tuple[str, str, float], ...] = (
    ("2", "Cuti Luar Tanggungan Negara", 0.003),
    ("3", "Tugas Belajar", 0.008),
    ("4", "Pemberhentian Sementara", 0.001),
    ("15", "Hukuman Disiplin", 0.003),
    ("20", "Masa Persiapan Pensiun", 0.004),
    ("88", "Diberhentikan dengan Hormat dengan Hak Pensiun", 0.001),
    ("98", "Mencapai Batas Usia Pensiun", 0.003),
    ("99", "Pensiun", 0.004),
)
STANDING_NAMES = {ACTIVE: "Aktif", CONTRACT_ACTIVE: "PPPK Aktif", **{code: name for code, name, _ in STANDINGS}}

_PNS_SHARE, _PPPK_SHARE, _CPNS_OF_PNS = 0.62, 0.25, 0.02
_GENERAL_SHARE = 0.30
_FUNCTIONAL_MIX = ((Role.TEACHER, 0.64), (Role.MEDICAL, 0.22), (Role.TECHNICAL, 0.14))
# How attractive a kind of unit is for a role; a kind not named takes nobody in that role.
_PULL: dict[Role, dict[Kind, int]] = {
    Role.TEACHER: {Kind.SD: 2, Kind.SMP: 3},
    Role.MEDICAL: {Kind.PUSKESMAS: 3, Kind.HOSPITAL: 4},
    Role.TECHNICAL: {Kind.OFFICE: 3, Kind.KELOMPOK: 2},
    Role.GENERAL: {Kind.OFFICE: 6, Kind.KELOMPOK: 2, Kind.HOSPITAL: 12, Kind.PUSKESMAS: 5, Kind.SD: 2, Kind.SMP: 3},
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one person: unit, role, kind of employment and BKN code of the legal standing."""

    unit: Unit
    role: Role
    employment: Employment
    standing: str


def fill(units: Sequence[Unit], count: int, rng: Random) -> list[Slot]:
    """Return `count` slots in random order: one head per unit, then everybody else by the quotas above."""
    slots = [Slot(unit, Role.HEAD, Employment.PNS, ACTIVE) for unit in units if unit.head]
    structural = sum(unit.eselon is not None for unit in units)
    for role, employment, wanted in _quotas(count, structural, len(slots) - structural):
        places = _places(units, role, wanted, rng)
        standing = ACTIVE if employment in (Employment.PNS, Employment.CPNS) else CONTRACT_ACTIVE
        slots.extend(Slot(unit, role, employment, standing) for unit in places)
    _spread_standings(slots, rng)
    rng.shuffle(slots)
    return slots


def _quotas(count: int, structural: int, leading: int) -> list[tuple[Role, Employment, int]]:
    """How many people each role takes from each kind of employment, heads (`structural` and `leading`) left out."""
    pns, pppk = round(count * _PNS_SHARE), round(count * _PPPK_SHARE)
    cpns, part_time = round(pns * _CPNS_OF_PNS), count - pns - pppk
    general = round(count * _GENERAL_SHARE)
    in_general = {
        Employment.PART_TIME: round(part_time * 0.8),
        Employment.PPPK: round(pppk * 0.06),
        Employment.CPNS: round(cpns * 0.4),
    }
    in_general[Employment.PNS] = general - sum(in_general.values())
    total = {
        Employment.PART_TIME: part_time,
        Employment.PPPK: pppk,
        Employment.CPNS: cpns,
        Employment.PNS: pns - cpns - structural - leading,
    }
    quotas = []
    for employment, everybody in total.items():
        quotas.append((Role.GENERAL, employment, in_general[employment]))
        quotas.extend(_functional(employment, everybody - in_general[employment]))
    return quotas


def _functional(employment: Employment, people: int) -> list[tuple[Role, Employment, int]]:
    shares = [(role, employment, int(people * share)) for role, share in _FUNCTIONAL_MIX]
    first = people - sum(number for _, _, number in shares[1:])
    return [(shares[0][0], employment, first), *shares[1:]]


def _places(units: Sequence[Unit], role: Role, wanted: int, rng: Random) -> list[Unit]:
    pull = _PULL[role]
    open_units = [unit for unit in units if unit.kind in pull]
    return rng.choices(open_units, [pull[unit.kind] for unit in open_units], k=wanted)


def _spread_standings(slots: list[Slot], rng: Random) -> None:
    """Give some PNS without a unit to lead another standing than active; each standing is met at least once."""
    pns = [
        index for index, slot in enumerate(slots) if slot.employment is Employment.PNS and slot.role is not Role.HEAD
    ]
    rng.shuffle(pns)
    chosen = iter(pns)
    for code, _, share in STANDINGS:
        for _ in range(max(1, round(len(pns) * share))):
            index = next(chosen)
            slot = slots[index]
            slots[index] = Slot(slot.unit, slot.role, slot.employment, code)
