"""Undoing a whole import: every table as before, or a sentence that says what builds on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from asn_desk.candidacy.model import Declaration
from asn_desk.database.trail.verify import verify
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.employees import importing, service, workbook
from asn_desk.employees.imports import office_import
from asn_desk.employees.imports.undo import WORDS
from asn_desk.employees.imports.undo_steps import EMPLOYEES, UNITS, dependants
from asn_desk.employees.service import SetState
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office import units
from asn_desk.office.units import RenameUnit
from tests.core.dirty_workbook import write_dirty
from tests.core.employee_files import nip, person, write_xlsx
from tests.core.registry_tables import registry_tables
from tests.factories import add_unit

TODAY = date(2024, 9, 9)
TREE = (("TOP", "Pemerintah Kota Contoh", ""), ("U-1", "Dinas Contoh", "TOP"), ("U-9", "Dinas Baru", "TOP"))
MOVED = {"UNOR ID": "U-2", "UNOR NAMA": "Badan Contoh", "TMT JABATAN": "01-03-2024", "JABATAN NAMA": "Arsiparis"}


def _units(folder: Path, *rows: tuple[str, str, str]) -> Path:
    headers = ("ID", "NAMA UNOR", "ID ATASAN")
    return write_xlsx(folder / "unor.xlsx", [dict(zip(headers, row, strict=True)) for row in rows], headers=headers)


def _import(desk: Desk, *paths: Path, full: bool = False) -> int:
    books = [workbook.read(path) for path in paths]
    plan = office_import.plan_all(books, desk.read(importing.load_known), TODAY, full=full)
    run = desk.write(lambda session: office_import.apply_all(session, plan, books)).value.people.run_id
    assert run is not None
    return run


def _people(folder: Path, *rows: dict[str, Any]) -> Path:
    return write_xlsx(folder / "orang.xlsx", rows)


def _undo(desk: Desk, run: int) -> importing.Undone:
    return desk.write(lambda session: importing.undo_import(session, run)).value


def _refusal(desk: Desk, run: int) -> str:
    before = registry_tables(desk)
    with pytest.raises(DeskError) as refusal:
        _undo(desk, run)
    assert registry_tables(desk) == before
    assert refusal.value.code == "import_in_use"
    return refusal.value.sentence


def test_a_first_import_is_taken_out_without_a_trace_in_the_tables(desk: Desk, tmp_path: Path) -> None:
    before = registry_tables(desk)
    run = _import(desk, _units(tmp_path, *TREE), _people(tmp_path, *(person(number) for number in range(1, 21))))
    done = _undo(desk, run)
    assert (done.removed, done.restored, done.units) == (20, 0, 3)
    assert registry_tables(desk) == before
    assert desk.read(importing.imports) == []
    assert not verify(desk.paths).findings


def test_changed_moved_and_missing_people_are_put_back_as_they_were(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _units(tmp_path, *TREE), _people(tmp_path, *(person(number) for number in range(1, 6))))
    before = registry_tables(desk)
    tree = _units(tmp_path, ("TOP", "Pemerintah Kota Contoh", ""), ("U-1", "Dinas Berganti Nama", "U-9"), TREE[2])
    people = _people(
        tmp_path, person(1) | MOVED, person(2, NAMA="NAMA LAIN"), person(3, JENIS_JABATAN_ID="1"), person(7)
    )
    run = _import(desk, tree, people, full=True)
    assert registry_tables(desk) != before
    done = _undo(desk, run)
    assert (done.removed, done.restored) == (1, 4)
    assert registry_tables(desk) == before
    assert _import(desk, tree, people, full=True) == run, "and it can be imported once more"


def test_the_dirty_workbook_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    before = registry_tables(desk)
    run = _import(desk, write_dirty(tmp_path / "kotor.xlsx", 200).path)
    _undo(desk, run)
    assert registry_tables(desk) == before


def _by_hand(session: Session) -> None:
    service.set_state(session, SetState(1, EmploymentState.ENDED, 1))


def _declaration(session: Session) -> None:
    work = work_of(session)
    columns = {column.name: column for column in Declaration.__table__.columns}
    values: dict[str, Any] = {"employee_id": 1}
    for name, column in columns.items():
        if name not in values and not column.nullable and column.default is None and not column.primary_key:
            values[name] = _plausible(column, work.now)
    session.add(Declaration(**values))
    session.flush()


def _plausible(column: Any, now: Any) -> Any:
    enum = getattr(column.type, "enum", None)
    if enum is not None:
        return next(iter(enum))
    kind = column.type.python_type
    return {str: "x", int: 1, bool: False, date: TODAY}.get(kind, now)


@pytest.mark.parametrize(
    ("later", "said"),
    [(_by_hand, "1 pegawai diubah sesudahnya (MELATI CONTOH 1)"), (_declaration, "1 berkas pencalonan")],
)
def test_what_builds_on_an_import_is_named(
    desk: Desk, tmp_path: Path, later: Callable[[Session], None], said: str
) -> None:
    run = _import(desk, _people(tmp_path, person(1), person(2)))
    desk.write(later)
    assert said in _refusal(desk, run)


def test_a_later_import_of_the_same_people_must_be_undone_first(desk: Desk, tmp_path: Path) -> None:
    first = _import(desk, _people(tmp_path, person(1), person(2)))
    second = _import(desk, _people(tmp_path, person(2, NAMA="LAIN SEKALI")))
    assert "1 pegawai diubah sesudahnya (LAIN SEKALI)" in _refusal(desk, first)
    _undo(desk, second)
    _undo(desk, first)
    assert not registry_tables(desk)["employees"]


def test_people_of_a_later_import_in_its_units_are_named(desk: Desk, tmp_path: Path) -> None:
    first = _import(desk, _people(tmp_path, person(1)))
    _import(desk, _people(tmp_path, person(2)))
    assert "1 pegawai lain berada di unit kerja yang dibuat impor ini" in _refusal(desk, first)


def test_units_changed_or_added_below_later_are_named(desk: Desk, tmp_path: Path) -> None:
    run = _import(desk, _units(tmp_path, *TREE), _people(tmp_path, person(1)))
    ids = {node.siasn_id: node for node in desk.read(units.unit_tree)}
    desk.write(lambda session: units.create_unit(session, "Seksi Baru", parent_id=ids["U-1"].id))
    assert "1 unit kerja baru di bawah unit dari impor ini" in _refusal(desk, run)
    node = ids["U-9"]
    desk.write(lambda session: units.rename_unit(session, RenameUnit(node.id, "Dinas Terbaru", node.version)))
    assert "1 unit kerja diubah sesudahnya (Dinas Baru)" in _refusal(desk, run)


def test_an_unrelated_later_import_does_not_stand_in_the_way(desk: Desk, tmp_path: Path) -> None:
    desk.write(lambda session: add_unit(session, "Dinas Contoh").id)
    first = _import(desk, _people(tmp_path, person(1, UNOR_ID="")))
    _import(desk, _people(tmp_path, person(2, UNOR_ID="")))
    _undo(desk, first)
    kept = [row[1] for row in registry_tables(desk)["employees"]]
    assert kept == [nip(2)]


@pytest.mark.parametrize("run", [0, 99, -1])
def test_an_import_that_does_not_exist_is_said_so(desk: Desk, run: int) -> None:
    with pytest.raises(DeskError) as refusal:
        _undo(desk, run)
    assert refusal.value.code == "import_missing"


def test_an_import_of_an_older_version_is_refused(desk: Desk, tmp_path: Path) -> None:
    from sqlalchemy import delete

    from asn_desk.employees.model import ImportStep

    run = _import(desk, _people(tmp_path, person(1)))
    desk.write(lambda session: session.execute(delete(ImportStep), execution_options={"recorded": True}).close())
    with pytest.raises(DeskError) as refusal:
        _undo(desk, run)
    assert refusal.value.code == "import_too_old"


def test_every_table_that_names_people_or_units_has_its_words() -> None:
    own = {"employees", "units", "employee_search", "import_marks", "employee_private"}
    naming = {table.name for of in (EMPLOYEES, UNITS) for table, _ in dependants(of)} - own
    assert naming <= set(WORDS)


def test_the_list_of_imports_says_what_each_did(desk: Desk, tmp_path: Path) -> None:
    _import(desk, _people(tmp_path, person(1), person(2, NAMA="")))
    (done,) = desk.read(importing.imports)
    assert (done.files, done.added, done.refused) == ("orang.xlsx", 1, 1)
