"""The lists of an import plan, made ready on a worker thread so that showing them costs the window nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from asn_desk.employees.importing import Change, NewUnit, Person, Refused
from asn_desk.employees.imports.office_import import OfficePlan
from asn_desk.employees.imports.plans import Post
from asn_desk.employees.imports.post_references import PostPlan
from asn_desk.employees.imports.unit_import import UnitChange
from asn_desk.employees.words import KIND_WORDS, spoken
from asn_desk.wording import grouped_nip, number, readable_name, titled_name
from ui.shared.tables.columns import NIP_ROOM, Column


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of the plan as the lists name them."""

    name: str
    number: str
    post: str
    unit: str
    kind: str
    grade: str
    place: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of one person: what stands now and what will stand."""

    name: str
    number: str
    label: str
    old: str
    new: str
    place: str

    @property
    def note(self) -> str:
        """Return the whole line, for below the list."""
        return f"{self.label}: {self.old} → {self.new}"


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A refused row or a warning: where, what stands there, why."""

    place: str
    file: str
    value: str
    reason: str
    name: str
    fixable: bool = False

    @property
    def note(self) -> str:
        """Return the whole reason, for below the list."""
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that is created, renamed or moved."""

    name: str
    about: str
    people: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post of the reference list that is added or changed."""

    name: str
    unit: str
    old: str
    new: str

    @property
    def note(self) -> str:
        """Return the whole line, for below the list."""
        return f"{self.name}: {self.old} → {self.new}"


@dataclass(frozen=True)
class PlanLists:
    """A plan with its lists by key: new, changed, missing, refused, warnings, units, posts."""

    plan: OfficePlan
    lists: dict[str, Sequence[Any]]

    def count(self, key: str) -> int:
        """Return how many people, rows or units a key stands for."""
        people = self.plan.people
        counts = {"changed": len(people.changed), "same": people.same}
        return counts.get(key, len(self.lists.get(key, ())))


def plan_lists(plan: OfficePlan) -> PlanLists:
    """Return the plan's lists; for a worker thread."""
    people = plan.people
    return PlanLists(
        plan,
        {
            "new": [_person(one.person, plan, _place(one.cell, one.file)) for one in people.new],
            "changed": [line for one in people.changed for line in _changes(one)],
            "missing": [_person(one.person, plan, "") for one in people.missing],
            "refused": [
                RemarkLine(one.cell, one.file, one.value, one.reason, readable_name(one.name), _is_fixable(one))
                for one in plan.refused
            ],
            "warnings": [
                RemarkLine(one.cell, one.file, one.value, one.reason, readable_name(one.name))
                for one in people.warnings
            ],
            "units": list(_units(plan)),
            "posts": list(_posts(plan.posts)),
        },
    )


def _person(person: Person, plan: OfficePlan, place: str) -> PersonLine:
    unit = person.unit.name if isinstance(person.unit, NewUnit) else plan.unit_names.get(person.unit or 0, "")
    kind = KIND_WORDS[person.kind]
    return PersonLine(_name(person), _number(person), person.post_name, unit, kind, person.grade, place)


def _changes(change: Change) -> Iterator[ChangeLine]:
    name, digits, place = _name(change.person), _number(change.person), _place(change.cell, change.file)
    for field in change.fields:
        old, new = spoken(field.field, field.old), spoken(field.field, field.new)
        yield ChangeLine(name, digits, field.label, old or "(kosong)", new or "(kosong)", place)


def _units(plan: OfficePlan) -> Iterator[UnitLine]:
    for row in plan.units.new:
        yield UnitLine(row.name, "unit baru dari berkas hierarki", "")
    for change in plan.units.changed:
        yield UnitLine(change.new_name, _unit_change(change), "")
    for entry in plan.people.new_units:
        about = f"unit baru di {entry.unit.opd}" if entry.unit.opd else "unit baru, belum diketahui OPD-nya"
        yield UnitLine(entry.unit.name, about, f"{number(entry.people)} pegawai")


def _is_fixable(refused: Refused) -> bool:
    """Return whether the refusal names a cell, of a person, a unit or a post, and not a whole row."""
    return bool(refused.cells) and not refused.cell.rpartition("!")[2].startswith("baris ")


def _posts(plan: PostPlan) -> Iterator[PostLine]:
    for post in plan.new:
        yield PostLine(post.name, post.unit_name, "(belum ada)", _about_post(post))
    for before, after in plan.changed:
        yield PostLine(after.name, after.unit_name, _about_post(before), _about_post(after))


def _about_post(post: Post) -> str:
    age = f"BUP {post.retirement_age} tahun" if post.retirement_age else ""
    eselon = f"eselon {post.eselon}" if post.eselon else ""
    return ", ".join(part for part in (post.level.capitalize(), eselon, age) if part) or "tanpa keterangan"


def _unit_change(change: UnitChange) -> str:
    renamed = f"semula bernama {change.old_name}" if change.old_name != change.new_name else ""
    moved = "berpindah unit induk" if change.moved else ""
    return ", ".join(part for part in (renamed, moved) if part) or "menjadi OPD"


def _name(person: Person) -> str:
    return titled_name(readable_name(person.name), person.title_front, person.title_back)


def _number(person: Person) -> str:
    return grouped_nip(person.nip) if person.nip else person.local_number or ""


def _place(cell: str, file: str) -> str:
    return f"{cell}\n{file}"


def _second(text: str) -> str:
    return text.partition("\n")[2]


def _first(text: str) -> str:
    return text.partition("\n")[0]


_WHO = Column("name", "Pegawai", text=lambda row: row.name, secondary=lambda row: row.number, width=220, least=NIP_ROOM)
_WHERE = Column("place", "Sel", text=lambda row: _first(row.place), secondary=lambda row: _second(row.place), width=130)
_REMARKS = [
    Column("place", "Sel", text=lambda row: row.place, secondary=lambda row: row.file, width=150),
    Column("value", "Isi", text=lambda row: row.value or "(kosong)", secondary=lambda row: row.name, width=180),
    Column("reason", "Alasan", text=lambda row: row.reason, width=480),
]
LISTS: dict[str, tuple[str, str, list[Column]]] = {
    "new": (
        "Baru",
        "Tidak ada pegawai baru.",
        [
            _WHO,
            Column("post", "Jabatan", text=lambda row: row.post, secondary=lambda row: row.unit, width=250),
            Column("kind", "Jenis", text=lambda row: row.kind, width=90),
            Column("grade", "Golongan", text=lambda row: row.grade, width=80),
            _WHERE,
        ],
    ),
    "changed": (
        "Berubah",
        "Tidak ada pegawai yang berubah.",
        [
            _WHO,
            Column("label", "Data", text=lambda row: row.label, width=110),
            Column("old", "Semula", text=lambda row: row.old, width=180),
            Column("new", "Menjadi", text=lambda row: row.new, width=180),
            _WHERE,
        ],
    ),
    "missing": (
        "Tidak ada lagi",
        "Tidak ada pegawai yang hilang dari berkas.",
        [
            _WHO,
            Column("post", "Jabatan", text=lambda row: row.post, secondary=lambda row: row.unit, width=300),
            Column("kind", "Jenis", text=lambda row: row.kind, width=90),
            Column("grade", "Golongan", text=lambda row: row.grade, width=80),
        ],
    ),
    "refused": ("Ditolak", "Tidak ada baris yang ditolak.", _REMARKS),
    "warnings": (
        "Peringatan",
        "Tidak ada peringatan.",
        [*_REMARKS[:2], Column("reason", "Catatan", text=lambda row: row.reason, width=480)],
    ),
    "units": (
        "Unit kerja",
        "Tidak ada unit kerja yang baru atau berubah.",
        [
            Column("name", "Unit kerja", text=lambda row: row.name, secondary=lambda row: row.about, width=560),
            Column("people", "Pegawai", text=lambda row: row.people, width=110, align="right"),
        ],
    ),
    "posts": (
        "Daftar jabatan",
        "Tidak ada jabatan yang baru atau berubah.",
        [
            Column("name", "Jabatan", text=lambda row: row.name, secondary=lambda row: row.unit, width=420),
            Column("old", "Semula", text=lambda row: row.old, width=220),
            Column("new", "Menjadi", text=lambda row: row.new, width=220),
        ],
    ),
}
"""Each list: its title, what it says when it is empty, its columns."""
