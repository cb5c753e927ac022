"""The tree of units: OPD of each unit, changes that keep it a tree, and the import of the hierarchy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asn_desk.desk import Desk
from asn_desk.employees import importing, placement, queries, workbook
from asn_desk.employees.model import EmployeeSearch
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.office import units
from asn_desk.office.model import Unit
from asn_desk.office.units import MoveUnit, RenameUnit
from tests.core.employee_files import add_sheet, person, write_xlsx

HIERARCHY = (
    ("G", "Pemerintah Kota Contoh", ""),
    ("D", "Dinas Contoh", "G"),
    ("D1", "Bidang Satu", "D"),
    ("D11", "Seksi Satu", "D1"),
    ("B", "Badan Contoh", "G"),
)


def _hierarchy(tmp_path: Path, rows: tuple[tuple[str, str, str], ...] = HIERARCHY) -> workbook.Workbook:
    headers = ("ID", "NAMA_UNOR", "ID_ATASAN")
    return workbook.read(
        write_xlsx(tmp_path / "u.xlsx", [dict(zip(headers, row, strict=True)) for row in rows], headers=headers)
    )


def _plan(desk: Desk, book: workbook.Workbook) -> importing.UnitPlan:
    return importing.plan_units([book], desk.read(importing.load_known))


def _import(desk: Desk, book: workbook.Workbook) -> int:
    plan = _plan(desk, book)
    return desk.write(lambda session: importing.apply_units(session, plan)).value


def _opds(desk: Desk) -> dict[str, str | None]:
    def read(session: Any) -> dict[str, str | None]:
        names = {row.id: row.name for row in session.scalars(select(Unit))}
        return {row.name: names.get(row.opd_id) for row in session.scalars(select(Unit))}

    return desk.read(read)


def _id(desk: Desk, siasn_id: str) -> int:
    found = desk.read(lambda session: units.find_unit(session, siasn_id=siasn_id))
    assert found is not None
    return found


EXPECTED = {
    "Pemerintah Kota Contoh": None,
    "Dinas Contoh": "Dinas Contoh",
    "Bidang Satu": "Dinas Contoh",
    "Seksi Satu": "Dinas Contoh",
    "Badan Contoh": "Badan Contoh",
}


def test_the_hierarchy_gives_every_unit_its_opd(desk: Desk, tmp_path: Path) -> None:
    assert _import(desk, _hierarchy(tmp_path)) == 5
    assert _opds(desk) == EXPECTED
    assert [(node.name, node.depth) for node in desk.read(units.unit_tree)] == [
        ("Pemerintah Kota Contoh", 0), ("Badan Contoh", 1), ("Dinas Contoh", 1), ("Bidang Satu", 2), ("Seksi Satu", 3),
    ]  # fmt: skip


def test_the_same_hierarchy_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path))
    plan = _plan(desk, _hierarchy(tmp_path))
    assert plan.nothing_to_do
    assert (plan.same, plan.refused) == (5, ())


def test_units_whose_parent_is_not_in_the_file_are_opd(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path, HIERARCHY[1:]))
    assert _opds(desk) == {name: opd for name, opd in EXPECTED.items() if opd}


def test_people_imported_first_get_their_opd_from_the_hierarchy(desk: Desk, tmp_path: Path) -> None:
    people = workbook.read(write_xlsx(tmp_path / "p.xlsx", [person(1, UNOR_ID="D11", UNOR_NAMA="Seksi Satu")]))
    plan = importing.plan([people], desk.read(importing.load_known), date(2024, 9, 9))
    desk.write(lambda session: importing.apply(session, plan))
    assert _opds(desk) == {"Seksi Satu": None}
    assert desk.read(queries.counts).without_opd == 1
    assert _import(desk, _hierarchy(tmp_path)) == 5
    assert _opds(desk) == EXPECTED
    assert desk.read(lambda session: queries.employee_detail(session, 1)).opd == "Dinas Contoh"
    assert [row.id for row in desk.read(lambda session: queries.search(session, "melati dinas"))] == [1]


def test_a_hierarchy_beside_the_people_in_one_workbook_is_read_too(desk: Desk, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        add_sheet(book, [person(1)], headers=tuple(person(1)), name="Data")
        add_sheet(
            book,
            [{"ID": "U-1", "NAMA_UNOR": "Dinas Contoh", "ID_ATASAN": ""}],
            headers=("ID", "NAMA_UNOR", "ID_ATASAN"),
            name="Unor",
        )
    read = workbook.read(path)
    assert (len(read.sheets), len(read.units)) == (1, 1)


def test_renamed_and_moved_units_are_planned_and_applied(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path))
    changed = (*HIERARCHY[:2], ("D1", "Bidang Baru", "B"), *HIERARCHY[3:])
    plan = _plan(desk, _hierarchy(tmp_path, changed))
    assert [(one.old_name, one.new_name, one.moved) for one in plan.changed] == [("Bidang Satu", "Bidang Baru", True)]
    desk.write(lambda session: importing.apply_units(session, plan))
    assert _opds(desk)["Seksi Satu"] == "Badan Contoh"


@pytest.mark.parametrize(
    ("rows", "code", "cells"),
    [
        ((("A", "Unit A", "B"), ("B", "Unit B", "A")), "unit_cycle", {"Sheet1!C2", "Sheet1!C3"}),
        ((("A", "Unit A", "A"),), "unit_cycle", {"Sheet1!C2"}),
        ((("A", "Unit A", ""), ("A", "Unit B", "")), "unit_twice", {"Sheet1!A3"}),
        ((("", "Unit A", ""),), "unit_id", {"Sheet1!A2"}),
        ((("A", "", ""),), "unit_name", {"Sheet1!B2"}),
    ],
)
def test_wrong_rows_of_the_hierarchy_are_refused(
    desk: Desk, tmp_path: Path, rows: tuple[tuple[str, str, str], ...], code: str, cells: set[str]
) -> None:
    plan = _plan(desk, _hierarchy(tmp_path, (*rows, ("Z", "Unit Baik", ""))))
    assert {one.cell for one in plan.refused} == cells
    assert {one.code for one in plan.refused} == {code}
    assert "Unit Baik" in {row.name for row in plan.new}


def test_a_unit_cannot_be_moved_below_itself(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path))
    for target in ("D", "D11"):
        command = MoveUnit(_id(desk, "D"), _id(desk, target), 1)
        with pytest.raises(DeskError) as refusal:
            desk.write(lambda session, command=command: units.move_unit(session, command))
        assert refusal.value.code == "unit_cycle"


def test_moving_a_unit_takes_its_people_along(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path))
    people = workbook.read(write_xlsx(tmp_path / "p.xlsx", [person(1, UNOR_ID="D11", UNOR_NAMA="Seksi Satu")]))
    plan = importing.plan([people], desk.read(importing.load_known), date(2024, 9, 9))
    desk.write(lambda session: importing.apply(session, plan))
    desk.write(lambda session: placement.move_unit(session, MoveUnit(_id(desk, "D1"), _id(desk, "B"), 1)))
    assert desk.read(lambda session: queries.employee_detail(session, 1)).opd == "Badan Contoh"
    desk.write(lambda session: placement.rename_unit(session, RenameUnit(_id(desk, "B"), "Badan Riset", 1)))
    assert [row.id for row in desk.read(lambda session: queries.search(session, "badan riset"))] == [1]
    texts = desk.read(lambda session: session.scalars(select(EmployeeSearch.content)).all())
    assert ["badan contoh" in text for text in texts] == [False]


def test_a_unit_moved_to_the_top_is_an_opd(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path))
    desk.write(lambda session: units.move_unit(session, MoveUnit(_id(desk, "D1"), None, 1)))
    assert _opds(desk)["Seksi Satu"] == "Bidang Satu"


def test_units_are_created_and_renamed_by_hand(desk: Desk) -> None:
    top = desk.write(lambda session: units.create_unit(session, "  Dinas   Baru ")).value
    below = desk.write(lambda session: units.create_unit(session, "Bidang Baru", parent_id=top)).value
    assert _opds(desk) == {"Dinas Baru": "Dinas Baru", "Bidang Baru": "Dinas Baru"}
    desk.write(lambda session: units.rename_unit(session, RenameUnit(below, "Bidang Lain", 1)))
    with pytest.raises(StaleRecord):
        desk.write(lambda session: units.rename_unit(session, RenameUnit(below, "Bidang Basi", 1)))
    for wrong in (
        lambda session: units.create_unit(session, " "),
        lambda session: units.create_unit(session, "X", parent_id=99),
    ):
        with pytest.raises(DeskError):
            desk.write(wrong)


def test_finding_units_and_their_relatives(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _hierarchy(tmp_path))
    assert desk.read(lambda session: units.find_unit(session, name="seksi satu")) == _id(desk, "D11")
    assert desk.read(lambda session: units.find_unit(session, name="tidak ada")) is None
    path = desk.read(lambda session: units.parents(session, _id(desk, "D11")))
    assert [name for _, name in path] == ["Pemerintah Kota Contoh", "Dinas Contoh", "Bidang Satu", "Seksi Satu"]
    below = desk.read(lambda session: units.descendants(session, [_id(desk, "D")]))
    assert below == {_id(desk, one) for one in ("D", "D1", "D11")}


def test_a_ring_in_stored_data_neither_hangs_nor_gets_an_opd() -> None:
    tree = {1: ("A", 2), 2: ("B", 1), 3: ("Dinas", None), 4: ("Bidang", 3)}
    assert units.opds_of(tree, {3: True}) == {1: None, 2: None, 3: 3, 4: 3}
    assert units.cycle_in({"a": "b", "b": "c", "c": "a", "x": "a"}) == ["a", "b", "c"]
