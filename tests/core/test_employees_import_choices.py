"""What the clerk chooses around an import: corrected cells, columns remembered per source, personal data, lists of posts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.imports import office_import, options, post_references, remembered
from asn_desk.employees.imports.corrections import corrected
from asn_desk.employees.imports.office_import import OfficePlan, OfficeResult
from asn_desk.employees.model import Employee, PrivateData
from asn_desk.employees.reading.columns import Field, guess_posts
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.employees.reading.sheets import Workbook
from asn_desk.employees.terms import PostClass
from asn_desk.errors import DeskError
from tests.core.employee_files import HEADERS, nip, person, write_csv, write_xlsx

TODAY = date(2024, 9, 9)


def _plan(desk: Desk, *books: Workbook) -> OfficePlan:
    return office_import.plan_all(books, desk.read(importing.load_known), TODAY)


def _apply(desk: Desk, *books: Workbook) -> OfficeResult:
    plan = _plan(desk, *books)
    return desk.write(lambda session: office_import.apply_all(session, plan, books)).value


def test_a_refused_cell_is_corrected_in_the_preview(desk: Desk, tmp_path: Path) -> None:
    book = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1, NIP_BARU=float(nip(1))), person(2, NAMA="")]))
    assert [one.cell for one in _plan(desk, book).refused] == ["Sheet1!B2", "Sheet1!C3"]
    fixed = corrected([book], {("a.xlsx", "Sheet1!B2"): nip(1), ("a.xlsx", "Sheet1!C3"): " MAWAR\u00a0CONTOH "})
    plan = _plan(desk, *fixed)
    assert not plan.refused
    assert [(one.person.nip, one.person.name) for one in plan.people.new][1] == (nip(2), "MAWAR CONTOH")
    _apply(desk, *fixed)
    trail = desk.read(
        lambda session: session.scalars(
            select(AuditEntry.after).where(AuditEntry.action == "import_runs:corrected")
        ).all()
    )
    assert json.loads(trail[0]) == {"a.xlsx Sheet1!B2": nip(1), "a.xlsx Sheet1!C3": "MAWAR CONTOH"}


def test_a_correction_is_checked_like_any_cell(desk: Desk, tmp_path: Path) -> None:
    book = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1, NIP_BARU="123"), person(2)]))
    (still,) = corrected([book], {("a.xlsx", "Sheet1!B2"): nip(2)})
    assert {one.code for one in _plan(desk, still).refused} == {"duplicate_nip"}
    with pytest.raises(DeskError) as refusal:
        corrected([book], {("a.xlsx", "Sheet1!ZZ99"): "x"})
    assert refusal.value.code == "cell_unknown"


def test_the_refused_rows_are_corrected_in_excel_and_imported(desk: Desk, tmp_path: Path) -> None:
    rows = [person(1, NIP_BARU=float(nip(1))), person(2)]
    book = workbook.read(write_xlsx(tmp_path / "a.xlsx", rows))
    _apply(desk, book)
    target = tmp_path / "ditolak.xlsx"
    importing.refused_workbook(_plan(desk, book).people, target)
    again = workbook.read(target)
    (fixed,) = corrected([again], {("ditolak.xlsx", again.sheets[0].address(Field.NIP, 2)): nip(1)})
    assert _apply(desk, fixed).people.added == 1


def test_chosen_columns_are_remembered_for_the_same_header(desk: Desk, tmp_path: Path) -> None:
    headers = ["NIP", "NAMA", "PEKERJAAN", "TEMPAT TUGAS"]
    row = dict(zip(headers, [nip(1), "MELATI", "Arsiparis", "Dinas Contoh"], strict=True))
    path = write_xlsx(tmp_path / "a.xlsx", [row], headers=headers)
    (sheet,) = workbook.read(write_csv(tmp_path / "b.csv", [row], headers=[*headers, "UNIT KERJA"])).sheets
    assert remembered.guessed(sheet).columns == sheet.mapping.columns
    path = write_xlsx(tmp_path / "a.xlsx", [row], headers=[*headers, "UNIT KERJA"])
    (sheet,) = workbook.read(path).sheets
    mapping = sheet.mapping.corrected(Field.POST_NAME, 2).corrected(Field.UNIT_NAME, 3)
    book = workbook.read(path, mappings={"Sheet1": mapping})
    _apply(desk, book)
    later = workbook.read(write_xlsx(tmp_path / "oktober.xlsx", [row], headers=[*headers, "UNIT KERJA"]))
    recalled = desk.read(lambda session: remembered.recalled(session, later))
    assert dict(recalled["Sheet1"].columns) == dict(mapping.columns)
    assert desk.read(lambda session: remembered.recalled(session, book)) == {}
    other = workbook.read(write_xlsx(tmp_path / "lain.xlsx", [person(1)]))
    assert desk.read(lambda session: remembered.recalled(session, other)) == {}
    desk.write(lambda session: remembered.remember(session, [later]))
    assert desk.read(lambda session: remembered.recalled(session, later)) == {}, "back to the guess"


def test_personal_data_is_taken_over_only_when_switched_on(desk: Desk, tmp_path: Path) -> None:
    headers = (*HEADERS, "NOMOR HP")
    path = write_xlsx(tmp_path / "a.xlsx", [person(1) | {"NOMOR HP": 811000111.0}], headers=headers)
    _apply(desk, workbook.read(path))
    assert desk.read(lambda session: session.scalars(select(PrivateData.content)).all()) == []
    desk.write(lambda session: options.switch(session, [PrivateField.NIK, PrivateField.PHONE]))
    private = desk.read(options.switched_on)
    assert private == (PrivateField.NIK, PrivateField.PHONE)
    plan = _plan(desk, book := workbook.read(path, private=private))
    assert [(one.label, one.new) for one in plan.people.changed[0].fields] == [("Data pribadi", "diperbarui")]
    _apply(desk, book)
    stored = desk.read(lambda session: options.private_data(session, 1))
    assert stored == {PrivateField.NIK: "9911014101800001", PrivateField.PHONE: "811000111"}
    assert _plan(desk, workbook.read(path, private=private)).nothing_to_do
    desk.write(lambda session: options.switch(session, [PrivateField.PHONE]))
    assert desk.read(lambda session: options.private_data(session, 1)) == {PrivateField.PHONE: "811000111"}
    desk.write(lambda session: options.switch(session, []))
    assert desk.read(lambda session: session.scalars(select(PrivateData.content)).all()) == []
    assert "9911014101800001" not in _trail(desk)


def _trail(desk: Desk) -> str:
    return desk.read(lambda session: "".join(session.scalars(select(AuditEntry.before + AuditEntry.after))))


POSTS = ("ID", "Nama_unor", "Nama_jabatan", "Eselon_id")
LEVELS = ("Nama", "JENJANG", "BUP")


@pytest.mark.parametrize("headers", [POSTS, LEVELS])
def test_both_lists_of_posts_are_recognised(headers: tuple[str, ...]) -> None:
    assert len(guess_posts(headers)) == len(headers)
    assert not guess_posts(("NO", "NAMA", "ALAMAT"))


def _posts(folder: Path, headers: tuple[str, ...], *rows: tuple[Any, ...]) -> Workbook:
    data = [dict(zip(headers, row, strict=True)) for row in rows]
    return workbook.read(write_xlsx(folder / "jabatan.xlsx", data, headers=headers))


def test_a_list_of_posts_settles_class_and_retirement_age(desk: Desk, tmp_path: Path) -> None:
    people = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1, JABATAN_NAMA="Pamong", JENIS_JABATAN_ID="2")]))
    assert _plan(desk, people).people.new[0].person.post_class is PostClass.UNKNOWN
    posts = _posts(tmp_path, LEVELS, ("Pamong", "AHLI MADYA", 60.0), ("Pengawas Lain", "", "tua"), ("", "X", ""))
    plan = _plan(desk, posts, people)
    assert [(one.code, one.cell) for one in plan.refused] == [("post_age", "Sheet1!C3"), ("post_name", "Sheet1!A4")]
    assert plan.people.new[0].person.post_class is PostClass.JF_AHLI_MADYA
    result = _apply(desk, posts, people)
    assert (result.posts, result.people.added) == (1, 1)
    ages = desk.read(lambda session: [post_references.retirement_age_of(session, name) for name in ("PAMONG", "Lain")])
    assert ages == [60, None]
    assert desk.read(lambda session: session.scalars(select(Employee.post_class)).all()) == [PostClass.JF_AHLI_MADYA]
    assert _plan(desk, posts, people).nothing_to_do
    changed = _posts(tmp_path, LEVELS, ("Pamong", "AHLI MADYA", 58))
    assert [after.retirement_age for _, after in _plan(desk, changed).posts.changed] == [58]
    assert _apply(desk, changed).posts == 1


def test_posts_named_by_id_keep_unit_and_echelon(desk: Desk, tmp_path: Path) -> None:
    book = _posts(tmp_path, POSTS, ("J-1", "Dinas Contoh", "Kepala Dinas", "22"), ("J-1", "Dinas Lain", "Kepala", "22"))
    plan = _plan(desk, book)
    assert [one.code for one in plan.refused] == ["post_twice"]
    _apply(desk, book)
    (post,) = desk.read(post_references.load_posts)
    assert (post.siasn_id, post.unit_name, post.post_class) == ("J-1", "Dinas Contoh", PostClass.JPT_PRATAMA)


def test_a_row_that_was_imported_before_is_recognised_and_still_compared(desk: Desk, tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 6)]
    book = workbook.read(write_xlsx(tmp_path / "a.xlsx", rows))
    _apply(desk, book)
    known = desk.read(importing.load_known)
    assert len(known.marks) == 5
    twins = workbook.read(
        write_xlsx(tmp_path / "b.xlsx", [*rows, person(2), person(3, NAMA="LAIN"), person(9, PNS_ID="ID-00004")])
    )
    plan = importing.plan([twins], known, TODAY, full=True)
    codes = [(one.cell, one.code) for one in plan.refused]
    assert codes == [
        ("Sheet1!B4", "duplicate_nip"),
        ("Sheet1!A5", "siasn_shared"),
        ("Sheet1!B7", "duplicate_row"),
        ("Sheet1!B8", "duplicate_nip"),
        ("Sheet1!A9", "siasn_shared"),
    ]
    plain = importing.plan([twins], importing.Known(known.people, known.units), TODAY, full=True)
    assert (plan.refused, plan.same, plan.missing, plan.new) == (plain.refused, plain.same, plain.missing, plain.new)


def test_two_names_for_one_unit_id_make_one_unit(desk: Desk, tmp_path: Path) -> None:
    rows = [person(1, UNOR_NAMA="Dinas Satu"), person(2, UNOR_NAMA="Dinas Dua")]
    book = workbook.read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert _apply(desk, book).people.units == 1
    assert _plan(desk, book).nothing_to_do
