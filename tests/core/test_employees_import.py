"""Planning and applying an import: nothing guessed, nothing half-written, the same file twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from asn_desk.database.trail import written
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.database.trail.verify import verify
from asn_desk.desk import Desk
from asn_desk.employees import importing, queries, service, workbook
from asn_desk.employees.importing import ImportCancelled, ImportPlan, ImportResult
from asn_desk.employees.model import Employee, EmployeeSearch, ImportRun, Posting
from asn_desk.employees.reading.sheets import Workbook
from asn_desk.employees.service import SavePerson, SetState
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.office.model import Unit
from asn_desk.topics import Topic
from tests.core.dirty_workbook import write_dirty
from tests.core.employee_files import HEADERS, nip, person, write_csv, write_xlsx
from tests.core.registry_tables import registry_tables

TODAY = date(2024, 9, 9)


def _read(
    tmp_path: Path, rows: Sequence[dict[str, Any]], name: str = "a.xlsx", headers: Sequence[str] = HEADERS
) -> Workbook:
    return workbook.read(write_xlsx(tmp_path / name, rows, headers=headers))


def _plan(desk: Desk, *books: Workbook, full: bool = False, today: date = TODAY) -> ImportPlan:
    return importing.plan(books, desk.read(importing.load_known), today, full=full)


def _apply(desk: Desk, plan: ImportPlan) -> ImportResult:
    return desk.write(lambda session: importing.apply(session, plan)).value


def _import(desk: Desk, tmp_path: Path, rows: Sequence[dict[str, Any]], **options: Any) -> ImportResult:
    return _apply(desk, _plan(desk, _read(tmp_path, rows), **options))


def _rows_in(desk: Desk, *models: Any) -> list[int]:
    return desk.read(lambda session: [session.scalar(select(func.count()).select_from(model)) or 0 for model in models])


def _detail(desk: Desk, number: int) -> queries.EmployeeDetail:
    def read(session: Any) -> queries.EmployeeDetail:
        row = queries.find_by_nip(session, nip(number))
        assert row is not None
        return queries.employee_detail(session, row.id)

    return desk.read(read)


def test_a_first_import_stores_people_units_postings_and_search(desk: Desk, tmp_path: Path) -> None:
    plan = _plan(desk, _read(tmp_path, [person(number) for number in range(1, 41)]))
    assert [unit.unit.name for unit in plan.new_units] == ["Dinas Contoh"]
    assert plan.new_units[0].people == 40
    outcome = desk.write(lambda session: importing.apply(session, plan))
    assert outcome.value == ImportResult(run_id=1, added=40, changed=0, same=0, gone=0, refused=0, units=1)
    assert {Topic.EMPLOYEES, Topic.UNITS} <= outcome.topics
    assert _rows_in(desk, Employee, Posting, EmployeeSearch, Unit, ImportRun) == [40, 40, 40, 1, 1]
    detail = _detail(desk, 1)
    assert (detail.name, detail.display_name) == ("MELATI CONTOH 1", "Melati Contoh 1, S.E.")
    assert (detail.grade, detail.rank, detail.kind) == ("III/c", "Penata", EmployeeKind.PNS)
    assert (detail.post_class, detail.unit, detail.opd) == (PostClass.PELAKSANA, "Dinas Contoh", "")
    assert [(row.held_from, row.held_until, row.source) for row in detail.postings] == [
        (date(2021, 2, 1), None, "impor")
    ]


def test_the_same_file_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 31)]
    _import(desk, tmp_path, rows)
    before = _rows_in(desk, AuditEntry, ImportRun)
    again = _plan(desk, _read(tmp_path, rows), full=True)
    assert again.nothing_to_do
    assert again.same == 30
    assert _apply(desk, again).run_id is None
    assert _rows_in(desk, AuditEntry, ImportRun) == before


def test_every_change_is_on_the_trail_and_the_trail_is_whole(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1)])
    _import(desk, tmp_path, [person(1, NAMA="MELATI BARU")])
    entries = desk.read(
        lambda session: [
            (entry.action, entry.subject, entry.before, json.loads(entry.after))
            for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
            if entry.action.startswith("employees:")
        ]
    )
    assert [entry[:2] for entry in entries] == [
        ("employees:imported", "import_runs:1"),
        ("employees:changed", "employees:1"),
    ]
    added, changed = entries[0][3], entries[1]
    ((one, row),), ((_, posting),) = map(written.read, added[written.MADE])
    assert (one, row["nip"], row["name"], row["version"]) == (1, nip(1), "MELATI CONTOH 1", 1)
    assert (posting["employee_id"], posting["held_from"]) == (1, "2021-02-01")
    assert '"name": "MELATI CONTOH 1"' in changed[2]
    assert changed[3]["name"] == "MELATI BARU"
    assert not verify(desk.paths).findings


def test_a_change_is_shown_field_by_field_and_an_empty_cell_erases_nothing(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1)])
    changed = person(1, NAMA="MELATI BARU", GOL_AKHIR_NAMA="III/d", GELAR_BELAKANG="")
    plan = _plan(desk, _read(tmp_path, [changed]))
    assert [(field.label, field.old, field.new) for field in plan.changed[0].fields] == [
        ("Nama", "MELATI CONTOH 1", "MELATI BARU"),
        ("Golongan", "III/c", "III/d"),
    ]


def test_a_column_that_is_not_in_the_file_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1, STATUS_CPNS_PNS="C", TANGGAL_LAHIR="02-01-1980")])
    headers = ("NIP BARU", "NAMA", "JABATAN NAMA", "UNOR NAMA")
    plan = _plan(desk, _read(tmp_path, [person(1)], headers=headers))
    assert plan.same == 1
    assert not plan.warnings


def test_a_transfer_closes_the_posting_and_opens_the_next(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1)])
    moved = {
        "JABATAN NAMA": "Arsiparis Ahli Muda",
        "JENIS JABATAN ID": "2",
        "TMT JABATAN": "01-03-2024",
        "UNOR ID": "U-2",
        "UNOR NAMA": "Badan Contoh",
    }
    _import(desk, tmp_path, [person(1) | moved])
    detail = _detail(desk, 1)
    assert [(row.post, row.unit, row.held_from, row.held_until) for row in detail.postings] == [
        ("Arsiparis Ahli Muda", "Badan Contoh", date(2024, 3, 1), None),
        ("Penelaah Teknis Kebijakan", "Dinas Contoh", date(2021, 2, 1), date(2024, 3, 1)),
    ]
    on = [
        desk.read(lambda session, day=day: queries.person_on(session, detail.id, day))
        for day in (date(2024, 2, 29), date(2024, 3, 1), date(2020, 1, 1))
    ]
    assert [(one.unit, one.post_class, one.certain) for one in on] == [
        ("Dinas Contoh", PostClass.PELAKSANA, True),
        ("Badan Contoh", PostClass.JF_AHLI_MUDA, True),
        ("Dinas Contoh", PostClass.PELAKSANA, False),
    ]


def test_a_transfer_without_a_newer_tmt_begins_on_the_day_of_the_import(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1)])
    _import(desk, tmp_path, [person(1, UNOR_ID="U-2", UNOR_NAMA="Badan Contoh")])
    newest = _detail(desk, 1).postings[0]
    assert (newest.unit, newest.held_from, newest.source) == ("Badan Contoh", TODAY, "impor: hari impor")


def test_a_promotion_keeps_the_grade_of_the_past(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1)])
    _import(desk, tmp_path, [person(1, GOL_AKHIR_NAMA="III/d", TMT_GOLONGAN="01-04-2024")])
    one = _detail(desk, 1).id
    grades = [
        desk.read(lambda session, day=day: queries.person_on(session, one, day)).rank_line
        for day in (date(2024, 3, 31), date(2024, 4, 1))
    ]
    assert grades == ["Penata (III/c)", "Penata Tingkat I (III/d)"]


@pytest.mark.parametrize(
    ("tmt", "service", "held_from", "source"),
    [
        ("01-02-2021", "01-03-2010", date(2021, 2, 1), "impor"),
        ("", "01-03-2010", date(2010, 3, 1), "impor: tmt kerja"),
        ("", "", date(2005, 1, 1), "impor: tmt kerja"),
    ],
)
def test_the_first_posting_says_where_its_date_is_from(
    desk: Desk, tmp_path: Path, tmt: str, service: str, held_from: date, source: str
) -> None:
    row = person(1, TMT_JABATAN=tmt) | {"TMT CPNS": service}
    _apply(desk, _plan(desk, _read(tmp_path, [row], headers=(*HEADERS, "TMT CPNS"))))
    posting = _detail(desk, 1).postings[0]
    assert (posting.held_from, posting.source) == (held_from, source)


def test_people_missing_from_a_full_file_are_marked_to_check_and_never_deleted(desk: Desk, tmp_path: Path) -> None:
    pppk = person(9, NIP_BARU="199001012021212001", JENIS_PEGAWAI_NAMA="PPPK Daerah", STATUS_CPNS_PNS="")
    _import(desk, tmp_path, [person(1), person(1000), person(3), pppk])
    part = [person(1), person(1000, NIP_BARU=float(nip(1000)))]
    assert not _plan(desk, _read(tmp_path, part)).missing
    plan = _plan(desk, _read(tmp_path, part), full=True)
    assert [one.person.nip for one in plan.missing] == [nip(3)], (
        "not the refused one, not the PPPK who has another file"
    )
    assert _apply(desk, plan).gone == 1
    assert _detail(desk, 3).state is EmploymentState.CHECK
    again = _plan(desk, _read(tmp_path, part), full=True)
    assert again.nothing_to_do
    assert _import(desk, tmp_path, [person(3)]).changed == 1
    assert _detail(desk, 3).state is EmploymentState.ACTIVE


def test_rows_that_agree_are_one_person_and_rows_that_differ_are_all_refused(desk: Desk, tmp_path: Path) -> None:
    rows = [person(1), person(1), person(2), person(2, NAMA="MAWAR LAIN")]
    plan = _plan(desk, _read(tmp_path, rows))
    assert [one.person.nip for one in plan.new] == [nip(1)]
    assert [(one.cell, one.code) for one in plan.refused] == [
        ("Sheet1!B3", "duplicate_row"),
        ("Sheet1!B4", "duplicate_nip"),
        ("Sheet1!B5", "duplicate_nip"),
    ]
    assert "Sheet1!B5" in plan.refused[1].reason


def test_one_siasn_id_under_two_numbers_is_refused(desk: Desk, tmp_path: Path) -> None:
    plan = _plan(desk, _read(tmp_path, [person(1, PNS_ID="X"), person(2, PNS_ID="X")]))
    assert [one.code for one in plan.refused] == ["siasn_shared"] * 2
    _import(desk, tmp_path, [person(1)])
    plan = _plan(desk, _read(tmp_path, [person(2, PNS_ID="ID-00001")]))
    assert [(one.code, one.cell) for one in plan.refused] == [("siasn_conflict", "Sheet1!A2")]


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"NIP BARU": float(nip(1))}, "nip_number", "Sheet1!B2"),
        ({"NIP BARU": True}, "nip_number", "Sheet1!B2"),
        ({"NIP BARU": "1.98E+17"}, "nip_scientific", "Sheet1!B2"),
        ({"NIP BARU": ""}, "nip_empty", "Sheet1!B2"),
        ({"NIP BARU": "", "NAMA": "Total"}, "totals_row", "Sheet1!C2"),
        ({"NIP BARU": "NIP", "NAMA": "NAMA", "JABATAN NAMA": "JABATAN"}, "header_again", "Sheet1!B2"),
        ({"NAMA": ""}, "name_empty", "Sheet1!C2"),
        ({"NAMA": "123"}, "name_invalid", "Sheet1!C2"),
        ({"NAMA": "=CMD()"}, "name_invalid", "Sheet1!C2"),
        ({"NAMA": "A" * 201}, "too_long", "Sheet1!C2"),
        ({"UNOR NAMA": "U" * 301}, "unit_too_long", "Sheet1!T2"),
    ],
)
def test_a_row_is_refused_with_cell_and_reason(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], code: str, cell: str
) -> None:
    plan = _plan(desk, _read(tmp_path, [person(1) | cells, person(2)]))
    assert [(one.code, one.cell) for one in plan.refused] == [(code, cell)]
    assert len(plan.new) == 1


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"TANGGAL LAHIR": "02-01-1980"}, "birth_differs"),
        ({"TANGGAL LAHIR": "31-02-1980"}, "date_unreadable"),
        ({"JENIS KELAMIN": "M"}, "sex_differs"),
        ({"JENIS KELAMIN": "?"}, "sex_unknown"),
        ({"GOL AKHIR NAMA": "XX"}, "grade_unknown"),
        ({"KEDUDUKAN HUKUM ID": "52", "KEDUDUKAN HUKUM NAMA": "Tidak Aktif"}, "state_unknown"),
        ({"UNOR ID": ""}, "unit_without_id"),
        ({"UNOR ID": "", "UNOR NAMA": ""}, "unit_empty"),
        ({"JABATAN NAMA": ""}, "post_empty"),
        ({"NAMA": "Dr. MELATI, S.E."}, "title_in_name"),
        ({"STATUS CPNS PNS": "", "JENIS PEGAWAI NAMA": ""}, "kind_from_number"),
        ({"NIP BARU": "198001012021212001"}, "kind_differs"),
    ],
)
def test_a_doubt_is_a_warning_and_the_row_is_imported(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], code: str
) -> None:
    plan = _plan(desk, _read(tmp_path, [person(1) | cells]))
    assert [one.code for one in plan.warnings] == [code]
    assert len(plan.new) == 1
    assert _apply(desk, plan).added == 1


def test_a_unit_name_that_several_units_bear_is_not_picked(desk: Desk, tmp_path: Path) -> None:
    _import(
        desk,
        tmp_path,
        [person(1, UNOR_ID="A", UNOR_NAMA="Bagian Umum"), person(2, UNOR_ID="B", UNOR_NAMA="Bagian Umum")],
    )
    plan = _plan(desk, _read(tmp_path, [person(3, UNOR_ID="", UNOR_NAMA="BAGIAN UMUM")]))
    assert [one.code for one in plan.refused] == ["unit_ambiguous"]


def test_the_opd_named_in_the_file_becomes_the_parent(desk: Desk, tmp_path: Path) -> None:
    headers = (*HEADERS, "UNOR INDUK NAMA")
    rows = [
        person(number, UNOR_ID=f"U-{number}", UNOR_NAMA=name, UNOR_INDUK_NAMA="Dinas Contoh")
        for number, name in enumerate(("Bidang A", "Bidang B", "Dinas Contoh"), 1)
    ]
    _apply(desk, _plan(desk, _read(tmp_path, rows, headers=headers)))
    assert desk.read(queries.opd_choices) == [(1, "Dinas Contoh")]
    assert [_detail(desk, number).opd for number in (1, 2, 3)] == ["Dinas Contoh"] * 3


def test_several_files_are_one_import(desk: Desk, tmp_path: Path) -> None:
    first = _read(tmp_path, [person(1)], "pns.xlsx")
    second = workbook.read(write_csv(tmp_path / "pppk.csv", [person(2)]))
    plan = _plan(desk, first, second)
    assert [one.file for one in plan.new] == ["pns.xlsx", "pppk.csv"]
    assert _apply(desk, plan).added == 2
    assert desk.read(lambda session: session.scalars(select(ImportRun.file_name)).all()) == ["pns.xlsx; pppk.csv"]


def test_a_csv_row_with_a_stray_delimiter_is_refused_not_shifted(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [person(1), person(2)])
    path.write_text(path.read_text().replace("MELATI CONTOH 2", "MELATI; S.Pd"))
    plan = _plan(desk, workbook.read(path))
    assert [(one.code, one.row) for one in plan.refused] == [("row_shape", 3)]


def test_cancelling_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    plan = _plan(desk, _read(tmp_path, [person(number) for number in range(1, 1501)]))
    steps: list[int] = []

    def apply(session: Any) -> ImportResult:
        return importing.apply(
            session, plan, progress=lambda done, _: steps.append(done), cancelled=lambda: len(steps) >= 2
        )

    before = _rows_in(desk, Employee, Posting, EmployeeSearch, Unit, ImportRun, AuditEntry)
    with pytest.raises(ImportCancelled):
        desk.write(apply)
    assert steps == [500, 1000]
    assert _rows_in(desk, Employee, Posting, EmployeeSearch, Unit, ImportRun, AuditEntry) == before
    assert _apply(desk, plan).added == 1500, "the plan is still good"


def test_a_plan_made_before_somebody_elses_change_is_refused(desk: Desk, tmp_path: Path) -> None:
    _import(desk, tmp_path, [person(1), person(2)])
    changed = _plan(desk, _read(tmp_path, [person(1, NAMA="LAIN")]))
    desk.write(lambda session: service.set_state(session, SetState(1, EmploymentState.ENDED, 1)))
    with pytest.raises(DeskError) as stale:
        _apply(desk, changed)
    assert stale.value.code == "plan_stale"
    new = _plan(desk, _read(tmp_path, [person(5)]))
    entered = SavePerson(name="Melati", kind=EmployeeKind.PNS, nip=nip(5))
    desk.write(lambda session: service.save_person(session, entered))
    with pytest.raises(DeskError, match="pratinjau"):
        _apply(desk, new)


def test_non_asn_are_known_by_their_local_number(desk: Desk, tmp_path: Path) -> None:
    row = person(1, NIP_BARU="", JENIS_PEGAWAI_NAMA="Non ASN", STATUS_CPNS_PNS="") | {"NOMOR PEGAWAI": 1234.0}
    headers = (*HEADERS, "NOMOR PEGAWAI")
    plan = _plan(desk, _read(tmp_path, [row], headers=headers))
    assert (plan.new[0].person.local_number, plan.new[0].person.kind) == ("1234", EmployeeKind.NON_ASN)
    _apply(desk, plan)
    assert _plan(desk, _read(tmp_path, [row], headers=headers)).same == 1


def test_the_refused_rows_can_be_corrected_and_imported(desk: Desk, tmp_path: Path) -> None:
    rows = [person(1, NIP_BARU=float(nip(1))), person(2, NAMA="=1+1"), person(3)]
    plan = _plan(desk, _read(tmp_path, rows))
    target = tmp_path / "ditolak.xlsx"
    assert importing.refused_workbook(plan, target) == 2
    (sheet,) = workbook.read(target).sheets
    assert [column.header for column in sheet.columns][-3:] == ["BERKAS", "SEL", "ALASAN DITOLAK"]
    again = _plan(desk, workbook.read(target))
    assert [(one.code, one.value) for one in again.refused] == [
        ("nip_scientific", "1.98001E+17"),
        ("name_invalid", "=1+1"),
    ]


def test_a_folder_that_cannot_be_written_is_said_plainly(desk: Desk, tmp_path: Path) -> None:
    plan = _plan(desk, _read(tmp_path, [person(1, NAMA="")]))
    with pytest.raises(EnvironmentProblem):
        importing.refused_workbook(plan, tmp_path / "tidak" / "ada.xlsx")


ALL_BUT_BAD = 4915  # with the 85 bad rows and four PPPK: the 5,000 rows of a real office


def test_the_dirty_workbook_is_taken_apart_cell_by_cell(desk: Desk, tmp_path: Path) -> None:
    dirt = write_dirty(tmp_path / "kotor.xlsx", ALL_BUT_BAD)
    book = workbook.read(dirt.path)
    plan = _plan(desk, book)
    found: dict[str, list[str]] = {}
    for entry in plan.refused:
        found.setdefault(entry.code, []).append(entry.cell)
        assert entry.reason.endswith(".")
        assert entry.file == "kotor.xlsx"
    assert found == dirt.refused
    assert {code: len(cells) for code, cells in found.items()} == {
        "nip_number": 50, "nip_scientific": 20, "duplicate_nip": 10, "totals_row": 1,
    }  # fmt: skip
    warned: dict[str, list[str]] = {}
    for one in plan.warnings:
        warned.setdefault(one.code, []).append(one.cell)
    assert warned == dirt.warned
    assert len(plan.new) == dirt.good
    assert {entry.person.kind for entry in plan.new} == {EmployeeKind.PNS, EmployeeKind.PPPK}
    assert [skipped.name for skipped in book.skipped] == ["Catatan"]
    before = registry_tables(desk)
    _cancelled(desk, plan)
    assert registry_tables(desk) == before
    run = _apply(desk, plan).run_id
    again = _plan(desk, workbook.read(dirt.path), full=True)
    assert again.nothing_to_do
    assert again.same == dirt.good
    assert again.refused == plan.refused
    desk.write(lambda session: importing.undo_import(session, run or 0))
    assert registry_tables(desk) == before


def _cancelled(desk: Desk, plan: ImportPlan) -> None:
    with pytest.raises(ImportCancelled):
        desk.write(lambda session: importing.apply(session, plan, cancelled=lambda: _many(session)))


def _many(session: Any) -> bool:
    return (session.scalar(select(func.count()).select_from(Employee)) or 0) > 2000
