"""Refused rows of the companion files, units and posts: corrected in the preview, or in the workbook of refused rows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.imports import office_import, post_references
from asn_desk.employees.imports.corrections import corrected
from asn_desk.employees.imports.office_import import OfficePlan
from asn_desk.employees.imports.refused import REASON_HEADERS
from asn_desk.employees.reading.sheets import Workbook
from asn_desk.errors import DeskError
from asn_desk.office.units import unit_tree
from tests.core.employee_files import nip, person, write_csv, write_xlsx

TODAY = date(2024, 9, 9)
UNIT_HEADERS = ("ID", "NAMA UNOR", "ID ATASAN")
POST_HEADERS = ("ID", "Nama_unor", "Nama_jabatan", "Eselon_id", "BUP")
TREE = (("TOP", "Pemerintah Kota Contoh", ""), ("U-1", "Dinas Contoh", "TOP"), ("", "Bidang Satu", "U-1"))
TWICE = (*TREE[:2], ("U-1", "Dinas Lain", "TOP"))
RING = (*TREE[:1], ("U-1", "Dinas Contoh", "U-2"), ("U-2", "Bidang Satu", "U-1"))
POSTS = (("J-1", "Dinas Contoh", "Kepala Dinas", "22", ""), ("J-1", "Dinas Contoh", "Sekretaris", "31", ""))


def _file(path: Path, headers: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> Workbook:
    data = [dict(zip(headers, row, strict=True)) for row in rows]
    write = write_csv if path.suffix == ".csv" else write_xlsx
    return workbook.read(write(path, data, headers=headers))


def _plan(desk: Desk, *books: Workbook) -> OfficePlan:
    return office_import.plan_all(books, desk.read(importing.load_known), TODAY)


def _apply(desk: Desk, *books: Workbook) -> None:
    plan = _plan(desk, *books)
    desk.write(lambda session: office_import.apply_all(session, plan, books))


@pytest.mark.parametrize("name", ["unor.xlsx", "unor.csv"])
@pytest.mark.parametrize(
    ("rows", "code", "cell", "text"),
    [
        (TREE, "unit_id", "A4", " U-2 "),
        (TWICE, "unit_twice", "A4", "U-2"),
        (RING, "unit_cycle", "C3", "TOP"),
        ((*TREE[:2], ("U-2", "", "U-1")), "unit_name", "B4", "Bidang\u00a0Satu"),
    ],
)
def test_a_refused_unit_is_corrected_in_the_preview(
    desk: Desk, tmp_path: Path, name: str, rows: tuple[Any, ...], code: str, cell: str, text: str
) -> None:
    book = _file(tmp_path / name, UNIT_HEADERS, rows)
    refused = {one.cell: one for one in _plan(desk, book).refused}
    place = cell if name.endswith("csv") else f"Sheet1!{cell}"
    assert refused[place].code == code
    (fixed,) = corrected([book], {(name, place): text})
    plan = _plan(desk, fixed)
    assert (len(plan.units.new), plan.refused) == (3, ())


def test_a_corrected_unit_and_post_stand_on_the_trail_and_the_files_stay(desk: Desk, tmp_path: Path) -> None:
    tree = _file(tmp_path / "unor.xlsx", UNIT_HEADERS, TREE)
    posts = _file(tmp_path / "jabatan.xlsx", POST_HEADERS, POSTS)
    assert [one.cell for one in _plan(desk, tree, posts).refused] == ["Sheet1!A4", "Sheet1!A3"]
    fixed = corrected([tree, posts], {("unor.xlsx", "Sheet1!A4"): "U-2", ("jabatan.xlsx", "Sheet1!A3"): "J-2"})
    assert not _plan(desk, *fixed).refused
    _apply(desk, *fixed)
    assert {node.siasn_id: node.name for node in desk.read(unit_tree)}["U-2"] == "Bidang Satu"
    assert [post.siasn_id for post in desk.read(post_references.load_posts)] == ["J-1", "J-2"]
    trail = desk.read(
        lambda session: session.scalars(
            select(AuditEntry.after).where(AuditEntry.action == "import_runs:corrected")
        ).all()
    )
    assert [json.loads(one) for one in trail] == [{"unor.xlsx Sheet1!A4": "U-2"}, {"jabatan.xlsx Sheet1!A3": "J-2"}]
    assert _plan(desk, tree, posts).refused, "the files themselves are as they were"


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (("", "Dinas", "Pamong", "", "tua"), "Sheet1!E2", "58"),
        (("", "Dinas", "", "22", ""), "Sheet1!C2", "Kepala Dinas"),
        (("", "Dinas", "Pamong", "x" * 21, ""), "Sheet1!D2", "22"),
    ],
)
def test_a_refused_post_is_corrected_in_the_preview(
    desk: Desk, tmp_path: Path, row: tuple[str, ...], cell: str, text: str
) -> None:
    book = _file(tmp_path / "jabatan.xlsx", POST_HEADERS, (row,))
    assert [one.cell for one in _plan(desk, book).refused] == [cell]
    (fixed,) = corrected([book], {("jabatan.xlsx", cell): text})
    plan = _plan(desk, fixed)
    assert (len(plan.posts.new), plan.refused) == (1, ())


def test_a_cell_that_no_companion_file_has_is_refused(desk: Desk, tmp_path: Path) -> None:
    book = _file(tmp_path / "unor.xlsx", UNIT_HEADERS, TREE)
    for where in (("unor.xlsx", "Sheet1!D4"), ("unor.xlsx", "Sheet1!A9"), ("lain.xlsx", "Sheet1!A4")):
        with pytest.raises(DeskError) as refusal:
            corrected([book], {where: "U-2"})
        assert refusal.value.code == "cell_unknown"
    (same,) = corrected([book], {("unor.xlsx", "Sheet1!A3"): "U-1"})
    assert not same.corrections, "the same text again corrects nothing"


def test_the_workbook_of_refused_rows_holds_each_kind_on_its_own_sheet_and_can_be_imported(
    desk: Desk, tmp_path: Path
) -> None:
    tree = _file(tmp_path / "unor.xlsx", UNIT_HEADERS, TREE)
    posts = _file(tmp_path / "jabatan.xlsx", POST_HEADERS, POSTS)
    people = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1), person(2, NIP_BARU="123")]))
    books = (tree, posts, people)
    plan = _plan(desk, *books)
    target = tmp_path / "ditolak.xlsx"
    assert office_import.refused_workbook_of(plan, target) == 3
    _apply(desk, *books)
    with CalamineWorkbook.from_path(target) as book:
        assert book.sheet_names == ["Unit kerja ditolak", "Jabatan ditolak", "Ditolak"]
        for name in book.sheet_names:
            header, row = book.get_sheet_by_name(name).to_python()
            assert tuple(header[-3:]) == REASON_HEADERS
            assert row[-1]
    again = workbook.read(target)
    shown = _plan(desk, again)
    assert [one.code for one in shown.refused] == ["unit_id", "nip_length"]
    assert len(shown.posts.changed) == 1, (
        "the double of a post stands alone here: the preview shows what it would change"
    )
    values = {"Unit kerja ditolak!A2": "U-2", "Jabatan ditolak!A2": "J-2", "Ditolak!A2": nip(2)}
    cells = {"Ditolak!A2": next(one.cell for one in _plan(desk, again).people.refused)}
    (fixed,) = corrected([again], {("ditolak.xlsx", cells.get(cell, cell)): text for cell, text in values.items()})
    assert not _plan(desk, fixed).refused
    _apply(desk, fixed)
    assert len(desk.read(unit_tree)) == 3
    assert len(desk.read(post_references.load_posts)) == 2
    assert _plan(desk, fixed).nothing_to_do


def test_a_workbook_without_refused_rows_has_its_header_all_the_same(desk: Desk, tmp_path: Path) -> None:
    plan = _plan(desk, workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1)])))
    assert office_import.refused_workbook_of(plan, tmp_path / "ditolak.xlsx") == 0
    assert [sheet.name for sheet in workbook.read(tmp_path / "ditolak.xlsx").sheets] == ["Ditolak"]
