"""Return files in the hands of units: everything a spreadsheet lets people do, and what a merge must never bring back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from asn_desk.circulars import queries, service
from asn_desk.circulars.return_files.returns_days import day_of
from asn_desk.circulars.return_files.returns_sheet import FIRST_ROW, HIDDEN, SHEET
from asn_desk.circulars.service import Acknowledge, ReviseCircular
from asn_desk.circulars.terms import AckStatus
from asn_desk.cli.main import main
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from tests.core.circulars_office import a_letter, on_day, person, published
from tests.core.test_circulars_returns import DAY, SIGNED, exported, filled, marks, refusal, taken

Change = Callable[[Any, Any], Any]


def worked_on(source: Path, target: Path, change: Change) -> Path:
    """Save the file as somebody who filled in the first row and then did `change` to the workbook."""
    book = openpyxl.load_workbook(source)
    for address, value in SIGNED.items():
        book[SHEET][address] = value
    (change(book, book[SHEET]) or book).save(target)
    return target


def turned_around(_book: Any, sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(FIRST_ROW, FIRST_ROW + 2)]
    for place, values in enumerate(reversed(rows)):
        for column, value in enumerate(values, 1):
            sheet.cell(FIRST_ROW + place, column).value = value


def copied_out(_book: Any, sheet: Any) -> Any:
    other = openpyxl.Workbook()
    page = other.active
    page.title = SHEET
    for row in sheet.iter_rows():
        for cell in row:
            page[cell.coordinate] = cell.value
    return other


def far_away(_book: Any, sheet: Any) -> None:
    sheet["XFD1048576"] = "x"


ALTERED: dict[str, tuple[Change, str]] = {
    "a row deleted": (lambda _b, s: s.delete_rows(FIRST_ROW), "baris 7 berisi baris 8, baris 8 berisi baris 9"),
    "a row inserted": (lambda _b, s: s.insert_rows(FIRST_ROW + 1), "baris 9 berisi baris 8, baris 10 berisi baris 9"),
    "rows sorted": (turned_around, "baris 7 berisi baris 9, baris 9 berisi baris 7"),
    "a column deleted": (lambda _b, s: s.delete_cols(5), "Ada kolom yang dihapus"),
    "a column inserted": (lambda _b, s: s.insert_cols(3), "Ada kolom yang dihapus"),
    "the sheet renamed": (
        lambda _b, s: setattr(s, "title", "Balasan"),
        "diganti namanya atau dihapus (yang ada: Balasan)",
    ),
    "copied to a new workbook": (copied_out, "Lembar tanda pengaman"),
    "the seals' sheet deleted": (lambda b, _s: b.remove(b[HIDDEN]), "Lembar tanda pengaman"),
    "locked cells merged": (lambda _b, s: s.merge_cells("D7:D9"), "D8, D9"),
    "a look-alike letter": (lambda _b, s: s.__setitem__("D7", "Yus\u03c5f"), "D7"),
    "a formula over a name": (lambda _b, s: s.__setitem__("D7", '="Yusuf"'), "D7"),
}


@pytest.mark.parametrize(("change", "told"), ALTERED.values(), ids=ALTERED)
def test_what_was_done_to_the_table_is_told_and_nothing_is_recorded(
    practice_desk: Desk, tmp_path: Path, change: Change, told: str
) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    error = refusal(practice_desk, worked_on(clean, tmp_path / "balas.xlsx", change))
    assert error.code == "return_altered"
    assert told in error.sentence
    assert "balas.xlsx" in error.sentence
    assert marks(practice_desk, made.version_id) == []


def more_sheets(book: Any, _sheet: Any) -> None:
    book.create_sheet("Susulan")["A1"] = "Endang juga sudah"
    book.create_sheet("Kosong")


def a_comment(_book: Any, sheet: Any) -> None:
    sheet["G8"].comment = Comment("sudah tanda tangan", "operator")


UNREAD: dict[str, tuple[Change, str, int]] = {
    "a formula as the day": (lambda _b, s: s.__setitem__("H7", "=TODAY()"), "H7: berisi rumus", 0),
    "a formula without a value": (lambda _b, s: s.__setitem__("G9", "=G7"), "G9: berisi rumus", 1),
    "answers merged": (lambda _b, s: s.merge_cells("G7:G9"), "G7:G9: sel digabung, jadi hanya baris 7 yang dibaca", 1),
    "a sheet more": (more_sheets, "Lembar “Susulan” ditambahkan", 1),
    "a comment": (a_comment, "ada komentar sel, yang tidak dibaca", 1),
    "a look-alike status": (lambda _b, s: s.__setitem__("G7", "Dit\u0430ndatangani"), "huruf asing yang mirip", 0),
    "a doubtful day": (lambda _b, s: s.__setitem__("H7", "9/9/24"), "H7: tulis tanggal seperti 09-09-2024, bukan “9/9/24”", 0),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told", "new"), UNREAD.values(), ids=UNREAD)
def test_what_is_no_answer_in_an_open_cell_is_told_and_not_taken_for_one(
    practice_desk: Desk, tmp_path: Path, change: Change, told: str, new: int
) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    plan = taken(practice_desk, worked_on(clean, tmp_path / "balas.xlsx", change))
    (problem,) = plan.problems
    assert told in problem.sentence
    assert len(plan.new) == len(marks(practice_desk, made.version_id)) == new


@pytest.mark.parametrize("status", ["Ditandatangani\u200b", " ditandatangani\u00a0 ", "DITANDATANGANI"])
def test_blanks_capitals_and_unseen_signs_do_not_matter(practice_desk: Desk, tmp_path: Path, status: str) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    cells = {**SIGNED, "G7": status, "G8": " ", "J9": "\u00a0"}
    plan = taken(practice_desk, filled(clean, tmp_path / "balas.xlsx", cells))
    assert ([row.person for row in plan.new], plan.problems, plan.blank) == (["Yusuf"], (), 2)


DAYS: list[tuple[Any, date | None]] = [
    ("Senin, 9 September 2024", DAY), ("SENIN 9-9-2024", DAY), ("Selasa, 9 September 2024", None),
    ("Jum'at, 13 September 2024", date(2024, 9, 13)), ("9 Sep. 2024", DAY), ("9  September  2024", DAY),
    ("9 - 9 - 2024", DAY), ("9.9.2024", DAY), ("2024/09/09", DAY), ("2024-09-09 00:00:00", DAY), ("45544", DAY),
    ("5 Nopember 2024", date(2024, 11, 5)), ("5 Pebruari 2024", date(2024, 2, 5)), ("5 Agt 2024", date(2024, 8, 5)),
    ("5 Mei 2024", date(2024, 5, 5)), ("9-Sep-24", None), ("9/9/24", None), ("9 Marry 2024", None), ("9 Se 2024", None),
    ("٩/٩/٢٠٢٤", None), ("tgl 9 September 2024", None), ("13/13/2024", None), ("2024", None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "day"), DAYS)
def test_a_day_is_read_as_people_write_it_and_never_guessed(value: object, day: date | None) -> None:
    assert day_of(value) == day


def test_a_workbook_with_the_other_calendar_means_the_same_days(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")

    def mac(book: Any, _sheet: Any) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert [row.on for row in taken(practice_desk, worked_on(clean, tmp_path / "mac.xlsx", mac)).new] == [DAY]


def test_a_csv_a_far_cell_and_a_bomb_each_get_their_sentence(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    text = tmp_path / "balas.csv"
    text.write_text("Berkas balasan tanda terima: Netralitas,,,\n1,ADE1,,Yusuf\n")
    assert refusal(practice_desk, text).code == "return_format"
    assert "disimpan sebagai CSV" in refusal(practice_desk, text).sentence
    assert "jauh di luar tabel" in refusal(practice_desk, worked_on(clean, tmp_path / "jauh.xlsx", far_away)).sentence
    bomb = tmp_path / "bom.xlsx"
    bomb.write_bytes(clean.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package, package.open("docProps/more.xml", "w") as part:
        for _ in range(201):
            part.write(bytes(2**20))
    assert "jauh lebih besar" in refusal(practice_desk, bomb).sentence


def test_a_merge_does_not_bring_back_what_a_clerk_took_back(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    back = filled(clean, tmp_path / "balas.xlsx", SIGNED)
    taken(practice_desk, back)
    (mark,) = practice_desk.read(lambda s: queries.recent_marks(s, version_id=made.version_id))
    practice_desk.write(lambda s: service.undo(s, mark.id, "Tanda tangan orang lain"))
    plan = taken(practice_desk, back)
    assert plan.new == ()
    assert "sudah dibatalkan (Tanda tangan orang lain)" in plan.conflicts[0].sentence
    assert person(practice_desk, made.version_id, "Yusuf").status is AckStatus.WAITING


def test_who_could_not_sign_is_in_the_next_file_and_may_answer_there(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    first = exported(practice_desk, made.version_id, tmp_path / "satu.xlsx")
    away = {f"G{FIRST_ROW}": "Tidak ditemui", f"H{FIRST_ROW}": DAY}
    taken(practice_desk, filled(first, tmp_path / "satu balas.xlsx", away))
    on_day(practice_desk, date(2024, 9, 12))
    second = exported(practice_desk, made.version_id, tmp_path / "dua.xlsx")
    signed = {f"G{FIRST_ROW}": "Ditandatangani", f"H{FIRST_ROW}": date(2024, 9, 11)}
    back = filled(second, tmp_path / "dua balas.xlsx", signed)
    assert [row.person for row in taken(practice_desk, back).new] == ["Yusuf"]
    again = taken(practice_desk, back)
    assert (again.new, len(again.same)) == ((), 1)
    late = taken(practice_desk, filled(first, tmp_path / "satu lagi.xlsx", signed))
    assert (late.new, len(late.same)) == ((), 1)


def test_an_answer_recorded_after_the_file_was_made_stands(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    later = Acknowledge(yusuf.id, AckStatus.POSTPONED, DAY, None, "cuti", until=date(2024, 9, 30))
    practice_desk.write(lambda s: service.acknowledge(s, later))
    plan = taken(practice_desk, filled(clean, tmp_path / "balas.xlsx", SIGNED))
    assert (plan.new, len(plan.conflicts)) == ((), 1)
    assert "tercatat Ditunda" in plan.conflicts[0].sentence


def revised(desk: Desk, made: service.Published) -> service.Published:
    def work(session: Any) -> service.Published:
        seen = queries.circular_detail(session, made.circular_id).version
        return service.revise(session, ReviseCircular(made.circular_id, seen, True, "Baru", a_letter(session, "99")))

    return desk.write(work).value


def test_a_file_of_an_older_version_counts_for_that_one_and_says_so(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    newer = revised(practice_desk, made)
    plan = taken(practice_desk, filled(clean, tmp_path / "balas.xlsx", SIGNED))
    assert (plan.superseded, plan.ordinal) == (True, 1)
    assert plan.new[0].sentence.startswith("Dicatat untuk versi 1; edaran ini sudah diganti versi baru")
    assert len(marks(practice_desk, made.version_id)) == 1
    assert marks(practice_desk, newer.version_id) == []


def test_no_file_is_made_for_a_version_that_was_replaced(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    revised(practice_desk, made)
    with pytest.raises(DeskError) as caught:
        exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    assert caught.value.code == "superseded"


def test_a_filled_in_file_is_not_written_over_an_empty_one_is(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    exported(practice_desk, made.version_id, clean)
    filled(clean, clean, SIGNED)
    kept = clean.read_bytes()
    with pytest.raises(DeskError) as caught:
        exported(practice_desk, made.version_id, clean)
    assert caught.value.code == "return_filled"
    assert clean.read_bytes() == kept


def test_the_command_line_tells_of_an_older_version(
    practice_desk: Desk, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = published(practice_desk)
    clean = exported(practice_desk, made.version_id, tmp_path / "dinkes.xlsx")
    revised(practice_desk, made)
    practice_desk.close()
    back = filled(clean, tmp_path / "balas.xlsx", SIGNED)
    assert main(["return-file", "import", str(back), "--data", str(data_folder)]) == 0
    assert "Dicatat untuk versi 1; edaran ini sudah diganti versi baru" in capsys.readouterr().out
