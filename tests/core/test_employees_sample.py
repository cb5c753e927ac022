"""The sample office goes through the import whole: nothing refused, everybody placed, quickly and in one piece."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.employees import importing, queries, workbook
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.sample.workbook import write_unit_hierarchy, write_workbook

PEOPLE = 500


@pytest.fixture
def books(tmp_path: Path) -> list[workbook.Workbook]:
    write_workbook(tmp_path / "pegawai.xlsx", PEOPLE)
    write_unit_hierarchy(tmp_path / "unor.xlsx", PEOPLE)
    return [workbook.read(tmp_path / "pegawai.xlsx"), workbook.read(tmp_path / "unor.xlsx")]


def _import_all(desk: Desk, books: list[workbook.Workbook]) -> importing.ImportPlan:
    units = importing.plan_units(books, desk.read(importing.load_known))
    desk.write(lambda session: importing.apply_units(session, units))
    plan = importing.plan(books, desk.read(importing.load_known), date(2024, 9, 9), full=True)
    desk.write(lambda session: importing.apply(session, plan))
    return plan


def test_the_sample_office_is_imported_whole(desk: Desk, books: list[workbook.Workbook]) -> None:
    plan = _import_all(desk, books)
    assert (len(plan.new), plan.refused, plan.new_units) == (PEOPLE, (), ())
    assert {warning.code for warning in plan.warnings} <= {"title_in_name"}
    counts = desk.read(queries.counts)
    assert counts.without_opd == 0
    assert set(counts.by_kind) == {EmployeeKind.PNS, EmployeeKind.CPNS, EmployeeKind.PPPK, EmployeeKind.PPPK_PW}
    again = _import_all(desk, books)
    assert again.nothing_to_do
    assert again.same == PEOPLE


def test_every_sample_post_has_a_class(desk: Desk, books: list[workbook.Workbook]) -> None:
    plan = _import_all(desk, books)
    unknown = {entry.person.post_name for entry in plan.new if entry.person.post_class is PostClass.UNKNOWN}
    assert not unknown


def test_every_sample_person_is_found_by_the_number(desk: Desk, books: list[workbook.Workbook]) -> None:
    plan = _import_all(desk, books)

    def found(session: Any) -> list[int]:
        return [
            len(queries.employee_ids(session, EmployeeFilter(text=entry.person.nip or ""))) for entry in plan.new[:50]
        ]

    assert desk.read(found) == [1] * 50
