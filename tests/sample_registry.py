"""The sample office's people put into a registry at once, without a workbook: for tests and benches of very many people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from asn_desk.database.search_loading import many_new_rows
from asn_desk.employees.imports.plans import Addition, Person
from asn_desk.employees.imports.storing import Store
from asn_desk.employees.model import EmployeeSearch, ImportRun
from asn_desk.employees.rules import kind_of, post_class_of
from asn_desk.employees.terms import EmployeeKind, EmploymentState, Sex
from asn_desk.office.units import UnitValues, create_units, refresh_opds
from asn_desk.sample.columns import SiasnRow
from asn_desk.sample.people import generate
from asn_desk.sample.units import sample_units

TODAY = date(2024, 9, 9)
_AT_ONCE = 5000


def fill_registry(session: Any, count: int, *, times: int = 1) -> int:
    """Store the sample's units and people, `times` over with other numbers and mixed names; return how many people."""
    places = _units(session, count)
    run = ImportRun(
        file_name="contoh.xlsx", file_sha256="0" * 64, applied_at=datetime.fromisoformat("2024-09-09T08:00:00+00:00"),
        applied_by="uji", added=0, changed=0, unchanged=0, refused=0,
    )  # fmt: skip
    session.add(run)
    session.flush()
    store = Store(session, run.id, TODAY, {})
    people = _people(list(generate(count)), places, times)
    stored = 0
    with many_new_rows(session, EmployeeSearch.employee_id, EmployeeSearch.content):
        while part := list(islice(people, _AT_ONCE)):
            store.add([Addition(person, "contoh.xlsx", "A1") for person in part])
            stored += len(part)
    return stored


def _units(session: Any, count: int) -> dict[str, int]:
    ids: dict[str, int] = {}
    depth: dict[str, list[Any]] = {}
    for unit in sample_units(count):
        depth.setdefault(unit.parent_id, []).append(unit)
    waiting = [""]
    while waiting:
        level = [unit for parent in waiting for unit in depth.get(parent, ())]
        values = [UnitValues(unit.id, unit.name, ids.get(unit.parent_id)) for unit in level]
        ids |= dict(zip((unit.id for unit in level), create_units(session, values), strict=True))
        waiting = [unit.id for unit in level]
    refresh_opds(session)
    return ids


def _people(rows: list[SiasnRow], places: dict[str, int], times: int) -> Iterator[Person]:
    for turn in range(times):
        for place, row in enumerate(rows):
            yield _person(row, places, turn, rows[(place * 7 + turn * 13) % len(rows)]["NAMA"] if turn else "")


def _person(row: SiasnRow, places: dict[str, int], turn: int, other: str) -> Person:
    nip = row["NIP BARU"]
    name = row["NAMA"]
    if turn:  # the same person's first name with another's last: as common as in the sample, in other combinations
        nip, name = (
            f"{nip[:15]}{(int(nip[15:]) + turn * 97) % 1000:03}",
            " ".join([*name.split()[:1], *other.split()[-2:]]),
        )
    service_from = _day(row["TMT CPNS"])
    return Person(
        nip=nip, local_number=None, siasn_id=None, name=name, title_front=row["GELAR DEPAN"], title_back=row["GELAR BELAKANG"],
        birth_place=row["TEMPAT LAHIR NAMA"], birth_date=_day(row["TANGGAL LAHIR"]),
        sex=Sex.MALE if row["JENIS KELAMIN"] == "M" else Sex.FEMALE,
        kind=kind_of(row["STATUS CPNS PNS"], row["JENIS PEGAWAI NAMA"], row["KEDUDUKAN HUKUM NAMA"]) or EmployeeKind.PNS,
        state=EmploymentState.ACTIVE, legal_position=row["KEDUDUKAN HUKUM NAMA"], service_from=service_from,
        grade=row["GOL AKHIR NAMA"], grade_from=_day(row["TMT GOLONGAN"]), education=row["PENDIDIKAN NAMA"],
        post_name=row["JABATAN NAMA"],
        post_class=post_class_of(
            row["ESELON ID"], row["ESELON NAMA"], row["JENIS JABATAN ID"], row["JENIS JABATAN NAMA"], row["JABATAN NAMA"]
        ),
        post_from=_day(row["TMT JABATAN"]), unit=places[row["UNOR ID"]],
    )  # fmt: skip


def _day(text: str) -> date | None:
    return datetime.strptime(text, "%d-%m-%Y").date() if text else None
