"""Return files: filled in elsewhere, taken in once; whatever was altered, mixed up or contradicts the record changes nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.packaging.custom import CustomPropertyList
from sqlalchemy import select

from asn_desk.circulars import queries, seals, service
from asn_desk.circulars.return_files import returns
from asn_desk.circulars.return_files.returns import Expected, ReturnPlan
from asn_desk.circulars.return_files.returns_days import day_of
from asn_desk.circulars.return_files.returns_sheet import FIRST_ROW, HIDDEN, SHEET
from asn_desk.circulars.scanning.queries import evidence_picture
from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.cli.main import main
from asn_desk.database.files import StoredFile
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from tests.conftest import PRACTICE_DAY
from tests.core.circulars_office import a_letter, person, published

OFFICE = "Dinas Kesehatan"
DAY = date(2024, 9, 9)
ANY = Expected()
SIGNED = {f"G{FIRST_ROW}": "Ditandatangani", f"H{FIRST_ROW}": DAY}


def opd_of(desk: Desk, version_id: int, name: str = OFFICE) -> int:
    found = desk.read(lambda session: queries.progress_by_unit(session, version_id))
    return next(unit.opd_id for unit in found if unit.name == name and unit.opd_id is not None)


def exported(desk: Desk, version_id: int, target: Path, name: str = OFFICE) -> Path:
    opd = opd_of(desk, version_id, name)
    desk.write(lambda session: returns.export_return_file(session, version_id, opd, target))
    return target


def filled(source: Path, target: Path, cells: Mapping[str, object], sheet: str = SHEET) -> Path:
    book = openpyxl.load_workbook(source)
    for address, value in cells.items():
        book[sheet][address] = value
    book.save(target)
    return target


def taken(desk: Desk, path: Path, expected: Expected = ANY) -> ReturnPlan:
    return desk.write(lambda session: returns.take_return(session, path, expected)).value


def refusal(desk: Desk, path: Path, expected: Expected = ANY) -> DeskError:
    with pytest.raises(DeskError) as caught:
        taken(desk, path, expected)
    return caught.value


def marks(desk: Desk, version_id: int) -> list[tuple[str, AckStatus, AckMethod, date]]:
    found = desk.read(lambda session: queries.recent_marks(session, version_id=version_id))
    return [(mark.person, mark.status, mark.method, mark.happened_on) for mark in found]


def test_only_the_open_cells_can_be_written_and_numbers_are_text(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    book = openpyxl.load_workbook(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"))
    sheet, hidden = book[SHEET], book[HIDDEN]
    assert sheet.protection.sheet
    assert hidden.protection.sheet
    assert hidden.sheet_state == "veryHidden"
    assert [cell.protection.locked for cell in sheet[FIRST_ROW]] == [True] * 6 + [False] * 4
    assert [sheet[f"{letter}{FIRST_ROW}"].value for letter in "ACDF"] == ["1", "198303032007031003", "Yusuf", OFFICE]
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date"}


def test_what_a_unit_filled_in_is_recorded_with_the_file_as_evidence(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    row = FIRST_ROW + 1
    refused = {f"G{row}": "Menolak", f"H{row}": "8-9-2024", f"I{row}": "Keberatan atas isi", f"J{row}": "Yusuf"}
    plan = taken(practice_desk, filled(clean, tmp_path / "balas.xlsx", {**SIGNED, **refused}))
    assert (len(plan.new), plan.same, plan.conflicts, plan.problems, plan.blank) == (2, (), (), (), 1)
    assert sorted(marks(practice_desk, made.version_id)) == [
        ("Hj. Endang Sulistyaningsih", AckStatus.REFUSED, AckMethod.RETURN_FILE, date(2024, 9, 8)),
        ("Yusuf", AckStatus.SIGNED, AckMethod.RETURN_FILE, DAY),
    ]
    found = practice_desk.read(lambda session: queries.recent_marks(session, version_id=made.version_id))
    assert {mark.evidence_sha256 for mark in found} == {plan.sha256}
    assert practice_desk.read(lambda session: session.get(StoredFile, plan.sha256)) is not None


def test_merging_twice_changes_nothing(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    back = filled(clean, tmp_path / "balas.xlsx", SIGNED)
    taken(practice_desk, back)
    before = marks(practice_desk, made.version_id)
    again = practice_desk.write(lambda session: returns.take_return(session, back))
    assert (len(again.value.new), len(again.value.same)) == (0, 1)
    assert again.topics == frozenset()
    assert marks(practice_desk, made.version_id) == before


def test_two_copies_edited_differently_end_in_a_list_and_the_first_stands(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    taken(practice_desk, filled(clean, tmp_path / "satu.xlsx", SIGNED))
    other = filled(clean, tmp_path / "dua.xlsx", {f"G{FIRST_ROW}": "Tidak ditemui", f"H{FIRST_ROW}": date(2024, 9, 8)})
    plan = taken(practice_desk, other)
    assert plan.new == ()
    assert [row.sentence for row in plan.conflicts] == [
        (
            "G7: Yusuf tercatat Ditandatangani 9 September 2024, berkas ini menyebut Tidak ditemui 8 September 2024. "
            "Yang tercatat tidak diubah; batalkan dulu bila keliru."
        )
    ]
    assert marks(practice_desk, made.version_id) == [("Yusuf", AckStatus.SIGNED, AckMethod.RETURN_FILE, DAY)]


ALTERED: list[tuple[dict[str, object], str]] = [
    ({f"D{FIRST_ROW}": "Yusuf Palsu"}, "D7"),
    ({f"C{FIRST_ROW}": 198303032007031003}, "C7"),
    ({f"B{FIRST_ROW}": "ADE1000000000000"}, "B7"),
    ({f"B{FIRST_ROW}": None, f"E{FIRST_ROW + 1}": "Kepala Dinas"}, "B7, E8"),
    ({"A2": "Dinas lain"}, "A2"),
    ({"G6": "Catatan"}, "G6"),
    ({f"D{FIRST_ROW + 3}": "Orang Tambahan", f"G{FIRST_ROW + 3}": "Ditandatangani"}, "D10, G10"),
    ({"L2": "titipan"}, "L2"),
]


@pytest.mark.parametrize(("cells", "named"), ALTERED, ids=[named for _, named in ALTERED])
def test_altered_cells_are_refused_by_name_and_nothing_of_the_file_is_recorded(
    practice_desk: Desk, tmp_path: Path, cells: dict[str, object], named: str
) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    error = refusal(practice_desk, filled(clean, tmp_path / "balas.xlsx", {**SIGNED, **cells}))
    assert error.code == "return_altered"
    assert f"telah diubah: {named}." in error.sentence
    assert ", ".join(error.fields) == named
    assert marks(practice_desk, made.version_id) == []


@pytest.mark.parametrize("address", ["A1", "A3", "B6"], ids=["what it is about", "the seal", "a cell's hash"])
def test_a_touched_seal_is_noticed(practice_desk: Desk, tmp_path: Path, address: str) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    was = str(openpyxl.load_workbook(clean)[HIDDEN][address].value)
    forged = filled(clean, tmp_path / "balas.xlsx", {address: was[::-1]}, HIDDEN)
    assert refusal(practice_desk, forged).code == "return_altered"


def test_rows_of_two_files_do_not_mix(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    book = openpyxl.load_workbook(exported(practice_desk, made.version_id, tmp_path / "dik.xlsx", "Dinas Pendidikan"))
    stolen = {f"{letter}{FIRST_ROW}": book[SHEET][f"{letter}{FIRST_ROW}"].value for letter in "ABCDEF"}
    assert (
        refusal(practice_desk, filled(clean, tmp_path / "campur.xlsx", {**SIGNED, **stolen})).code == "return_altered"
    )


def test_the_wrong_opd_or_circular_gets_its_sentence(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    back = filled(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"), tmp_path / "balas.xlsx", SIGNED)
    schools = opd_of(practice_desk, made.version_id, "Dinas Pendidikan")
    wrong = refusal(practice_desk, back, Expected(made.circular_id, schools))
    assert (
        wrong.sentence
        == "Berkas balas.xlsx adalah balasan Dinas Kesehatan, bukan OPD yang dipilih. Tidak ada yang dicatat."
    )
    other = refusal(practice_desk, back, Expected(made.circular_id + 1))
    assert other.code == "return_circular"
    assert marks(practice_desk, made.version_id) == []


def test_a_file_of_another_office_gets_its_sentence(practice_desk: Desk, migrated_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(migrated_folder, tmp_path / "other")
    other = open_desk(tmp_path / "other", practice_day=PRACTICE_DAY)
    try:
        stranger = exported(other, published(other).version_id, tmp_path / "asing.xlsx")
    finally:
        other.close()
    published(practice_desk)
    assert refusal(practice_desk, filled(stranger, tmp_path / "balas.xlsx", SIGNED)).code == "return_office"


def test_a_closed_circular_takes_no_return_file(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    back = filled(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"), tmp_path / "balas.xlsx", SIGNED)
    detail = practice_desk.read(lambda session: queries.circular_detail(session, made.circular_id))
    practice_desk.write(lambda session: service.close(session, made.circular_id, detail.version))
    assert refusal(practice_desk, back).code == "closed"


PROBLEMS: list[tuple[dict[str, object], str]] = [
    ({f"G{FIRST_ROW}": "Sudah", f"H{FIRST_ROW}": DAY}, "G7"),
    ({f"G{FIRST_ROW}": "Ditandatangani"}, "H7"),
    ({f"G{FIRST_ROW}": "Ditandatangani", f"H{FIRST_ROW}": "31-02-2024"}, "H7"),
    ({f"G{FIRST_ROW}": "Ditandatangani", f"H{FIRST_ROW}": date(2024, 9, 10)}, "H7"),
    ({f"G{FIRST_ROW}": "Menolak", f"H{FIRST_ROW}": DAY}, "I7"),
    ({f"I{FIRST_ROW}": "sedang dinas luar"}, "G7"),
]


@pytest.mark.parametrize(("cells", "cell"), PROBLEMS)
def test_a_cell_that_cannot_be_understood_is_named_and_the_others_are_recorded(
    practice_desk: Desk, tmp_path: Path, cells: dict[str, object], cell: str
) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    good = {f"G{FIRST_ROW + 2}": "ditandatangani", f"H{FIRST_ROW + 2}": DAY}
    plan = taken(practice_desk, filled(clean, tmp_path / "balas.xlsx", {**cells, **good}))
    assert [(row.cell, row.sentence.startswith(cell)) for row in plan.problems] == [(cell, True)]
    assert len(plan.new) == len(marks(practice_desk, made.version_id)) == 1


def test_a_slip_scanned_meanwhile_and_the_file_agree_or_the_slip_stands(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    back = filled(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"), tmp_path / "balas.xlsx", SIGNED)
    code = person(practice_desk, made.version_id, "Yusuf").code
    practice_desk.write(lambda session: service.acknowledge_code(session, code, DAY))
    plan = taken(practice_desk, back)
    assert (len(plan.new), len(plan.same), plan.conflicts) == (0, 1, ())


def test_an_opd_where_everybody_answered_needs_no_file(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    code = person(practice_desk, made.version_id, "Robertus").code
    practice_desk.write(lambda session: service.acknowledge_code(session, code))
    with pytest.raises(DeskError, match="belum menjawab"):
        exported(practice_desk, made.version_id, tmp_path / "dik.xlsx", "Dinas Pendidikan")


def _text(path: Path) -> None:
    path.write_text("bukan excel")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_book(path: Path) -> None:
    openpyxl.Workbook().save(path)


def _cut(path: Path) -> None:
    openpyxl.Workbook().save(path)
    path.write_bytes(path.read_bytes()[:900])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_text, "return_foreign"),
        (_empty, "return_unreadable"),
        (_other_book, "return_foreign"),
        (_cut, "return_unreadable"),
    ],
)
def test_what_is_no_return_file_is_refused_with_a_sentence(
    practice_desk: Desk, tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    make(tmp_path / "berkas.xlsx")
    error = refusal(practice_desk, tmp_path / "berkas.xlsx")
    assert error.code == code
    assert "berkas.xlsx" in error.sentence


def test_what_another_spreadsheet_program_drops_does_not_matter(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    back = filled(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"), tmp_path / "balas.xlsx", SIGNED)
    book = openpyxl.load_workbook(back)
    book[HIDDEN].sheet_state = "hidden"
    book[SHEET].protection.disable()
    book.custom_doc_props = CustomPropertyList()
    book[SHEET][f"D{FIRST_ROW}"] = CellRichText(TextBlock(InlineFont(b=True), "Yu"), "suf ")
    book[SHEET][f"H{FIRST_ROW}"] = 45544
    book[SHEET][f"H{FIRST_ROW}"].number_format = "General"
    book[SHEET].insert_rows(FIRST_ROW + 20)
    book.save(back)
    assert [(row.person, row.on) for row in taken(practice_desk, back).new] == [("Yusuf", DAY)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_file_opened_and_saved_by_libreoffice_still_works(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    back = filled(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"), tmp_path / "balas.xlsx", SIGNED)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "lo"), str(back)], check=True, capture_output=True, timeout=120
    )
    saved = tmp_path / "lo" / "balas.xlsx"
    if not saved.exists():
        pytest.skip("this LibreOffice has no Calc")
    assert [(row.person, row.on) for row in taken(practice_desk, saved).new] == [("Yusuf", DAY)]


DAYS: list[tuple[Any, date | None]] = [
    (date(2024, 9, 9), DAY), (45544.0, DAY), ("9-9-2024", DAY), ("09/09/2024", DAY), ("2024-09-09", DAY),
    ("9 September 2024", DAY), ("9 Sept 2024", DAY), ("9 Bulan 2024", None), ("30-02-2024", None), ("kemarin", None),
    (True, None), (None, None), (0.0, None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "day"), DAYS)
def test_days_are_read_as_units_write_them(value: object, day: date | None) -> None:
    assert day_of(value) == day


def test_a_second_circular_has_files_of_its_own(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    back = filled(exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx"), tmp_path / "balas.xlsx", SIGNED)

    def second(session: Any) -> service.Published:
        letter = a_letter(session, "800.1.6/11/BKPSDM/2024")
        return service.publish(session, service.PublishCircular(
            subject="Edaran kedua", election_id="pilkada-2024", letter_id=letter, due_on=date(2024, 9, 20)
        ))  # fmt: skip

    other = practice_desk.write(second).value
    taken(practice_desk, back)
    assert marks(practice_desk, other.version_id) == []
    assert len(marks(practice_desk, made.version_id)) == 1


def test_the_office_s_key_is_made_once_and_is_not_on_the_trail(practice_desk: Desk) -> None:
    first, again = (practice_desk.write(seals.office_seal).value for _ in range(2))
    assert first == again
    entries = practice_desk.read(lambda session: session.scalars(select(AuditEntry)).all())
    kept = [entry.after for entry in entries if entry.subject.startswith("office_keys")]
    assert [first.name in text for text in kept] == [True]
    assert first.secret not in "".join(entry.before + entry.after for entry in entries)


def test_a_return_file_as_evidence_has_no_picture(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    plan = taken(practice_desk, filled(clean, tmp_path / "balas.xlsx", SIGNED))
    with pytest.raises(DeskError, match="berkas balasan Excel"):
        practice_desk.read(lambda session: evidence_picture(session, plan.sha256, FIRST_ROW))


def test_the_command_line_writes_files_and_takes_them_in(
    practice_desk: Desk, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = published(practice_desk)
    practice_desk.close()
    shared, out = ["--data", str(data_folder), "--json"], tmp_path / "dinkes.xlsx"
    export = ["return-file", "export", str(made.circular_id), "--opd", "kesehatan", "--out", str(out)]
    assert main([*export, *shared]) == 0
    assert json.loads(capsys.readouterr().out)["people"] == 3
    good = filled(out, tmp_path / "satu.xlsx", SIGNED)
    bad = filled(out, tmp_path / "dua.xlsx", {**SIGNED, f"D{FIRST_ROW}": "Palsu"})
    assert main(["return-file", "import", str(good), "--dry-run", *shared]) == 0
    assert json.loads(capsys.readouterr().out)["marked"] == 1
    assert main(["return-file", "import", str(good), str(bad), *shared]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["marked"], answer["same"], answer["conflicts"]) == (1, 0, 0)
    assert [one["refused"] and one["refused"]["cells"] for one in answer["files"]] == [None, ["D7"]]
    assert main(["return-file", "import", str(good), *shared]) == 0
    assert json.loads(capsys.readouterr().out)["same"] == 1
    assert main([*export[:4], "pendidikan tinggi", *export[5:], *shared]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "opd_unknown"
