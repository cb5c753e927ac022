"""Saved filters: a combination kept under a name, each user's own, and a sentence for every part that no longer applies."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from asn_desk.accounts.model import User, UserSecret
from asn_desk.accounts.terms import Role
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.database.trail.verify import verify
from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, placement, saved_filters, workbook
from asn_desk.employees.imports import office_import
from asn_desk.employees.model import SavedFilter
from asn_desk.employees.queries import EmployeeFilter, employee_ids
from asn_desk.employees.saved_filters import LoadedFilter
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.office.model import Unit
from asn_desk.office.units import MergeUnit, MoveUnit, RenameUnit
from tests.accounts_office import NAMES, PASSWORD, open_accounts
from tests.core.employee_files import person, write_xlsx
from tests.factories import add_employee, add_unit

TODAY = date(2024, 9, 9)
WANTED = EmployeeFilter("guru", None, EmployeeKind.PPPK, EmploymentState.ACTIVE, "IX")


def save(desk: Desk, name: str, wanted: EmployeeFilter = WANTED) -> int:
    return desk.write(lambda session: saved_filters.save_filter(session, name, wanted)).value


def load(desk: Desk, filter_id: int) -> LoadedFilter:
    return desk.read(lambda session: saved_filters.load_filter(session, filter_id))


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.read(saved_filters.saved_filters)]


def refused(desk: Desk, act: Callable[[Session], object]) -> str:
    with pytest.raises(DeskError) as refusal:
        desk.write(act)
    return refusal.value.code


def opd_filter(desk: Desk, name: str = "Dinas Contoh") -> tuple[int, int]:
    """Return the ids of an OPD and of a saved filter that names it."""
    unit = desk.write(lambda session: add_unit(session, name).id).value
    return unit, save(desk, "Satu dinas", EmployeeFilter(kind=EmployeeKind.PNS, opd_id=unit))


@pytest.mark.parametrize(
    "wanted",
    [
        WANTED,
        EmployeeFilter("  siti & “sari” "),
        EmployeeFilter(without_opd=True),
        EmployeeFilter(group="III", state=EmploymentState.CHECK),
    ],
)
def test_a_combination_comes_back_whole_after_a_restart(desk: Desk, wanted: EmployeeFilter) -> None:
    kept = save(desk, "  Guru   kontrak ", wanted)
    desk.close()
    again = open_desk(desk.paths.root)
    try:
        assert load(again, kept) == LoadedFilter(kept, "Guru kontrak", 1, wanted, ())
    finally:
        again.close()


def test_the_list_says_what_each_holds(desk: Desk) -> None:
    opd_filter(desk)
    save(desk, "Guru")
    save(desk, "Golongan", EmployeeFilter("a", group="III", without_opd=True))
    assert [row.about for row in desk.read(saved_filters.saved_filters)] == [
        "mengandung “a”; tanpa OPD; kelompok golongan III",
        "mengandung “guru”; PPPK; Aktif; golongan IX",
        "Dinas Contoh; PNS",
    ]


def test_the_order_of_the_list_and_the_guessing_are_no_part_of_it(desk: Desk) -> None:
    kept = save(desk, "Guru", replace(WANTED, descending=True, guess=True))
    assert load(desk, kept).filter == WANTED


def test_names_are_listed_in_order_and_changed_and_removed(desk: Desk) -> None:
    first, second = save(desk, "Zona"), save(desk, "angkatan")
    assert names(desk) == ["angkatan", "Zona"]
    desk.write(lambda session: saved_filters.rename_filter(session, first, "Bidan", 1))
    desk.write(lambda session: saved_filters.replace_filter(session, first, EmployeeFilter("bidan"), 2))
    assert load(desk, first).filter == EmployeeFilter("bidan")
    desk.write(lambda session: saved_filters.delete_filter(session, second, 1))
    assert names(desk) == ["Bidan"]
    assert not verify(desk.paths).findings


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Isi nama saringan."),
        ("  \u00a0 ", "Isi nama saringan."),
        ("x" * 61, "paling banyak 60 huruf"),
        ("\ufdfa" * 60, "paling banyak 60 huruf"),
        ("GURU  Pppk", "Sudah ada saringan bernama “Guru PPPK”"),
        ("gurú pppk", "Sudah ada saringan bernama “Guru PPPK”"),
    ],
)
def test_a_name_that_is_empty_too_long_or_taken_is_refused_beside_its_field(desk: Desk, name: str, said: str) -> None:
    kept = save(desk, "Guru PPPK")
    other = save(desk, "Lain")
    for act in (
        lambda session: saved_filters.save_filter(session, name, WANTED),
        lambda session: saved_filters.rename_filter(session, other, name, 1),
    ):
        with pytest.raises(DeskError) as refusal:
            desk.write(act)
        assert said in refusal.value.fields["name"]
    desk.write(lambda session: saved_filters.rename_filter(session, kept, "GURU PPPK", 1))
    assert names(desk) == ["GURU PPPK", "Lain"], "its own name may be written otherwise"


def test_an_empty_combination_a_missing_filter_and_a_stale_one_are_refused(desk: Desk) -> None:
    kept = save(desk, "Guru")
    assert refused(desk, lambda s: saved_filters.save_filter(s, "Semua", EmployeeFilter())) == "filter_empty"
    assert refused(desk, lambda s: saved_filters.replace_filter(s, kept, EmployeeFilter(), 1)) == "filter_empty"
    assert refused(desk, lambda s: saved_filters.load_filter(s, 99)) == "filter_missing"
    assert refused(desk, lambda s: saved_filters.save_filter(s, "X", EmployeeFilter(opd_id=99))) == "filter_unit"
    for act in (
        lambda session: saved_filters.rename_filter(session, kept, "Lain", 7),
        lambda session: saved_filters.replace_filter(session, kept, WANTED, 7),
        lambda session: saved_filters.delete_filter(session, kept, 7),
    ):
        with pytest.raises(StaleRecord):
            desk.write(act)


def test_whom_somebody_looks_for_stays_out_of_the_trail(desk: Desk) -> None:
    entries = select(func.count()).select_from(AuditEntry)
    before = desk.read(lambda session: session.scalar(entries))
    kept = save(desk, "Satu orang", EmployeeFilter("SITI RAHASIA 198001012005012001"))
    desk.write(lambda session: saved_filters.replace_filter(session, kept, EmployeeFilter("JUGA RAHASIA"), 1))
    desk.write(lambda session: saved_filters.delete_filter(session, kept, 2))
    assert desk.read(lambda session: session.scalar(entries)) == before


def test_an_opd_that_was_renamed_is_followed(desk: Desk) -> None:
    unit, kept = opd_filter(desk)
    desk.write(lambda session: placement.rename_unit(session, RenameUnit(unit, "Dinas Baru", 2)))
    assert (load(desk, kept).filter.opd_id, load(desk, kept).remarks) == (unit, ())


def _merged(session: Session, unit: int) -> str:
    into = add_unit(session, "Badan Besar")
    placement.merge_unit(session, MergeUnit(unit, into.id, 2))
    return "OPD “Dinas Contoh” sudah digabung ke “Badan Besar”."


def _moved_below(session: Session, unit: int) -> str:
    above = add_unit(session, "Badan Besar")
    placement.move_unit(session, MoveUnit(unit, above.id, 2))
    return "“Dinas Contoh” bukan OPD lagi, melainkan bagian dari “Badan Besar”."


def _closed(session: Session, unit: int) -> str:
    session.get_one(Unit, unit).active = False
    return "OPD “Dinas Contoh” sudah ditutup."


def _removed(session: Session, unit: int) -> str:
    session.delete(session.get_one(Unit, unit))
    return "OPD “Dinas Contoh” tidak ada lagi."


def _replaced(session: Session, unit: int) -> str:
    said = _removed(session, unit)
    session.flush()
    add_unit(session, "Badan Lain")
    assert session.get(Unit, unit) is not None, "the number of the removed unit was given again"
    return said


@pytest.mark.parametrize("happened", [_merged, _moved_below, _closed, _removed, _replaced])
def test_an_opd_that_is_none_any_more_is_left_out_and_said_so(
    desk: Desk, happened: Callable[[Session, int], str]
) -> None:
    unit, kept = opd_filter(desk)
    said = desk.write(lambda session: happened(session, unit)).value
    found = load(desk, kept)
    assert found.filter == EmployeeFilter(kind=EmployeeKind.PNS)
    assert found.remarks == (f"{said} Bagian ini tidak dipakai.",)


def test_an_opd_that_an_undone_import_had_made_is_said_to_be_gone(desk: Desk, tmp_path: Path) -> None:
    book = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1) | {"UNOR INDUK": "Dinas Contoh"}]))
    plan = office_import.plan_all([book], desk.read(importing.load_known), TODAY)
    run = desk.write(lambda session: office_import.apply_all(session, plan, [book])).value.people.run_id
    assert run is not None
    unit = desk.read(lambda session: session.scalars(select(Unit.id).where(Unit.name == "Dinas Contoh")).one())
    kept = save(desk, "Satu dinas", EmployeeFilter(opd_id=unit))
    desk.write(lambda session: importing.undo_import(session, run))
    assert load(desk, kept).remarks == ("OPD “Dinas Contoh” tidak ada lagi. Bagian ini tidak dipakai.",)


def test_words_of_another_version_of_the_program_are_left_out_and_said_so(desk: Desk) -> None:
    kept = save(desk, "Lama", EmployeeFilter("guru", group="III"))
    content = json.dumps({"text": "guru", "kind": "honorer", "state": "cuti", "grade": "V/z", "group": "IX"})
    changed = update(SavedFilter).values(content=content).execution_options(recorded=True)
    desk.write(lambda session: session.execute(changed).close())
    found = load(desk, kept)
    assert found.filter == EmployeeFilter("guru")
    assert [said.partition(" tidak")[0] for said in found.remarks] == [
        "Jenis “honorer”", "Status “cuti”", "Golongan “V/z”", "Kelompok golongan “IX”",
    ]  # fmt: skip


def test_a_loaded_filter_finds_the_people_it_was_saved_for(desk: Desk) -> None:
    unit, kept = opd_filter(desk)

    def fill(session: Session) -> int:
        place = session.get_one(Unit, unit)
        add_employee(session, nip="199001012015011001", unit=place, kind=EmployeeKind.PPPK)
        return add_employee(session, unit=place).id

    wanted = desk.write(fill).value
    assert desk.read(lambda session: employee_ids(session, load(desk, kept).filter)) == [wanted]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office that turned its accounts on after somebody had saved a filter."""
    save(desk, "Bersama")
    desk.write(open_accounts)
    return desk


def test_each_user_has_their_own_besides_those_from_before_the_accounts(office: Desk) -> None:
    office.sign_in(NAMES[Role.OPERATOR], PASSWORD)
    mine = save(office, "Guru")
    assert names(office) == ["Bersama", "Guru"]
    assert refused(office, lambda s: saved_filters.save_filter(s, "BERSAMA", WANTED)) == "filter_name"
    office.sign_in(NAMES[Role.PIMPINAN], PASSWORD)
    assert names(office) == ["Bersama"]
    assert refused(office, lambda s: saved_filters.load_filter(s, mine)) == "filter_missing"
    assert refused(office, lambda s: saved_filters.delete_filter(s, mine, 1)) == "filter_missing"
    save(office, "guru")
    assert names(office) == ["Bersama", "guru"], "another user's name is no hindrance"


def test_who_may_not_see_people_has_no_filters(office: Desk) -> None:
    office.sign_in(NAMES[Role.AUDITOR], PASSWORD)
    acts: list[Callable[[Session], object]] = [
        saved_filters.saved_filters,
        lambda session: saved_filters.load_filter(session, 1),
        lambda session: saved_filters.save_filter(session, "Guru", WANTED),
        lambda session: saved_filters.replace_filter(session, 1, WANTED, 1),
        lambda session: saved_filters.rename_filter(session, 1, "Guru", 1),
        lambda session: saved_filters.delete_filter(session, 1, 1),
    ]
    assert [refused(office, act) for act in acts] == ["not_allowed"] * len(acts)


def test_a_deleted_user_takes_their_filters_along(office: Desk) -> None:
    gone = office.sign_in(NAMES[Role.OPERATOR], PASSWORD).user_id
    save(office, "Guru")

    def remove(session: Session) -> list[str]:
        session.delete(session.get_one(UserSecret, gone))
        session.delete(session.get_one(User, gone))
        session.flush()
        return list(session.scalars(select(SavedFilter.name)))

    assert office.maintain(remove).value == ["Bersama"]
    assert not [found for found in verify(office.paths).findings if "saved_filters" in found.sentence]
