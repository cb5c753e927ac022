"""People and hierarchy imported together: the preview names the units to come, and storing keeps what was shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from asn_desk.desk import Desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.imports import office_import
from asn_desk.employees.imports.office_import import OfficePlan
from asn_desk.employees.imports.plans import LABELS
from asn_desk.employees.model import Employee
from asn_desk.employees.reading.sheets import Workbook
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex
from asn_desk.employees.words import CLASS_WORDS, KIND_WORDS, SEX_WORDS, STATE_WORDS, spoken
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit
from tests.core.employee_files import person, write_xlsx
from tests.factories import add_employee

TODAY = date(2024, 9, 9)
UNITS = [
    {"ID": "TOP", "NAMA UNOR": "Pemerintah Kota Contoh", "ID ATASAN": ""},
    {"ID": "OPD-1", "NAMA UNOR": "Dinas Contoh", "ID ATASAN": "TOP"},
    {"ID": "U-1", "NAMA UNOR": "Bidang Satu", "ID ATASAN": "OPD-1"},
]


def files(folder: Path, units: list[dict[str, str]], *people: dict[str, str]) -> list[Workbook]:
    hierarchy = write_xlsx(folder / "unor.xlsx", units, headers=("ID", "NAMA UNOR", "ID ATASAN"))
    return [workbook.read(hierarchy), workbook.read(write_xlsx(folder / "orang.xlsx", people))]


def planned(desk: Desk, books: list[Workbook]) -> OfficePlan:
    return office_import.plan_all(books, desk.read(importing.load_known), TODAY)


def test_people_are_planned_as_if_the_hierarchy_were_stored(desk: Desk, tmp_path: Path) -> None:
    books = files(tmp_path, UNITS, person(1, UNOR_NAMA="Bidang Satu"))
    plan = planned(desk, books)
    assert (len(plan.units.new), len(plan.people.new), plan.people.new_units) == (3, 1, ())
    unit = plan.people.new[0].person.unit
    assert isinstance(unit, int)
    assert plan.unit_names[unit] == "Bidang Satu"


def test_storing_puts_units_first_and_people_below_their_opd(desk: Desk, tmp_path: Path) -> None:
    books = files(tmp_path, UNITS, person(1, UNOR_NAMA="Bidang Satu"))
    plan = planned(desk, books)
    result = desk.write(lambda session: office_import.apply_all(session, plan, books)).value
    assert (result.units, result.people.added) == (3, 1)
    stored = select(Unit.name).join(Employee, Employee.opd_id == Unit.id)
    assert desk.read(lambda session: session.scalars(stored).all()) == ["Dinas Contoh"]
    assert planned(desk, books).nothing_to_do


def test_a_registry_that_changed_meanwhile_refuses_the_whole_import(desk: Desk, tmp_path: Path) -> None:
    books = files(tmp_path, UNITS, person(1))
    plan = planned(desk, books)
    desk.write(lambda session: add_employee(session, nip=person(1)["NIP BARU"]).id)
    with pytest.raises(DeskError, match="berubah sejak pratinjau dibuat") as caught:
        desk.write(lambda session: office_import.apply_all(session, plan, books))
    assert caught.value.code == "plan_stale"
    assert desk.read(lambda session: session.scalars(select(Unit.id)).all()) == []


def test_refused_units_stand_in_the_workbook_of_refused_rows(desk: Desk, tmp_path: Path) -> None:
    broken = [*UNITS, {"ID": "", "NAMA UNOR": "Tanpa ID", "ID ATASAN": "TOP"}]
    plan = planned(desk, files(tmp_path, broken, person(1), person(2, NIP_BARU="123")))
    assert plan.refused[0].code == "unit_id"
    assert office_import.refused_workbook_of(plan, tmp_path / "ditolak.xlsx") == 2


def test_every_fixed_word_and_every_column_has_its_indonesian() -> None:
    assert set(KIND_WORDS) == set(EmployeeKind)
    assert set(STATE_WORDS) == set(EmploymentState)
    assert set(CLASS_WORDS) == set(PostClass)
    assert set(SEX_WORDS) == set(Sex)
    assert spoken("post_class", "jf_ahli_muda") == "JF Ahli Muda"
    assert spoken("grade", "III/c") == "III/c"
    assert {"kind", "state", "post_class", "sex"} <= set(LABELS)
