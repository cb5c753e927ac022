"""What an import would do, as plain values: people new, changed, same, gone; rows refused; warnings; units to be created."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from asn_desk.employees import rules
from asn_desk.employees.reading.cells import Cell
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.employees.reading.sheets import Correction
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex


class NewUnit(NamedTuple):
    """A unit that rows name and the office does not know yet; `opd` is the top-level unit's name, if the file says it."""

    siasn_id: str
    name: str
    opd: str


class Person(NamedTuple):
    """All that the registry stores about a person. `unit` is a unit's id, or the unit to be created."""

    nip: str | None
    local_number: str | None
    siasn_id: str | None
    name: str
    title_front: str
    title_back: str
    birth_place: str
    birth_date: date | None
    sex: Sex | None
    kind: EmployeeKind
    state: EmploymentState
    legal_position: str
    service_from: date | None
    grade: str
    grade_from: date | None
    education: str
    post_name: str
    post_class: PostClass
    post_from: date | None
    unit: int | NewUnit | None

    @property
    def key(self) -> str:
        """Return what identifies the person: the NIP, or the local number of a non-ASN."""
        return self.nip or f"lokal:{self.local_number}"


LABELS: dict[str, str] = {
    "nip": "NIP", "local_number": "Nomor pegawai", "siasn_id": "PNS ID", "name": "Nama", "title_front": "Gelar depan",
    "title_back": "Gelar belakang", "birth_place": "Tempat lahir", "birth_date": "Tanggal lahir", "sex": "Jenis kelamin",
    "kind": "Jenis pegawai", "state": "Status", "legal_position": "Kedudukan hukum", "service_from": "TMT CPNS/PPPK",
    "grade": "Golongan", "grade_from": "TMT golongan", "education": "Pendidikan", "post_name": "Jabatan",
    "post_class": "Kelompok jabatan", "post_from": "TMT jabatan", "unit": "Unit kerja",
}  # fmt: skip

PRIVATE = "private"
"""The field of a change that touches personal data only; its values are not shown in lists."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as stored, with the version seen."""

    id: int
    version: int
    person: Person


class KnownUnit(NamedTuple):
    """A unit as stored."""

    id: int
    siasn_id: str
    name: str
    opd_id: int | None
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the reference list; empty texts and None mean that the list does not say."""

    siasn_id: str
    name: str
    unit_name: str
    eselon: str
    level: str
    retirement_age: int | None

    @property
    def post_class(self) -> PostClass:
        """Return the class that echelon, level and name settle, else UNKNOWN."""
        eselon_id = self.eselon if self.eselon.isdigit() else ""
        return rules.post_class_of(
            eselon_id, self.eselon, "2" if self.level else "", "", f"{self.name} {self.level}".strip()
        )


@dataclass(frozen=True)
class Known:
    """The registry before the import: people by key, units by id, and who was imported from which row (digest -> key).

    `private`: personal data that is switched on; `private_of`: what is stored of it, by the person's id.
    `posts`: the class of the posts in the reference list, by folded name.
    """

    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    units: dict[int, KnownUnit] = field(default_factory=dict)
    marks: Mapping[bytes, str] = field(default_factory=dict)
    private: tuple[PrivateField, ...] = ()
    private_of: Mapping[int, str] = field(default_factory=dict)
    posts: Mapping[str, PostClass] = field(default_factory=dict)
    post_list: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that would change, as the clerk reads it."""

    field: str
    label: str
    old: str
    new: str


class Addition(NamedTuple):
    """A person who is new. `digest` is the row's, when it read without a warning; `private` is JSON, if switched on."""

    person: Person
    file: str
    cell: str
    digest: bytes = b""
    private: str = ""


class Marked(NamedTuple):
    """The row that a person with this version reads from."""

    employee_id: int
    version: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A person who changes: as stored, as they would be, and the fields that differ."""

    known: KnownPerson
    person: Person
    fields: tuple[FieldChange, ...]
    file: str
    cell: str
    digest: bytes = b""
    private: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not imported: the cell, its value, and why. `fields` and `cells` hold the whole row for correction.

    The cells of a unit or a post stand in the order of `UnitField` or `PostField`, without `fields`.
    """

    file: str
    sheet: str
    row: int
    cell: str
    value: str
    code: str
    reason: str
    name: str = ""
    fields: tuple[Field, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """Something worth a look in a row that is imported all the same."""

    file: str
    sheet: str
    row: int
    cell: str
    value: str
    code: str
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class UnitToCreate:
    """A unit that the import creates, and how many people it gets."""

    unit: NewUnit
    people: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the plan was made from, and the cells that were corrected in the preview."""

    file: str
    sha256: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What `importing.apply` would do. Nothing in it is guessed: what was unsure stands among refused or warnings."""

    sources: tuple[Source, ...]
    today: date
    full: bool
    new: tuple[Addition, ...]
    changed: tuple[Change, ...]
    same: int
    missing: tuple[KnownPerson, ...]
    refused: tuple[Refused, ...]
    warnings: tuple[Warned, ...]
    new_units: tuple[UnitToCreate, ...]
    marked: tuple[Marked, ...] = ()

    @property
    def nothing_to_do(self) -> bool:
        """Return whether applying would change nothing."""
        return not (self.new or self.changed or self.missing)
