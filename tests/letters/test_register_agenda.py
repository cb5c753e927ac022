"""The agenda accounts for every number, on screen, on paper and in Excel, also when two programs take numbers at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.letters.numbers import numbering
from asn_desk.letters.numbers.agenda import MISSING, agenda, agenda_pdf, save_pdf, save_xlsx
from asn_desk.letters.numbers.numbering import ensure_default_series, take, void
from asn_desk.letters.numbers.register import NumberRequest, RecordOutside, Reserve, insert, record_outside, reserve
from asn_desk.letters.queries import register_rows

ROOT = Path(__file__).parents[2]
EACH = 200


@pytest.fixture
def mixed(practice_desk: Desk) -> Desk:
    """An agenda with every kind of line: 1 used, 2 void, 2a inserted, 3 reserved, 4 and 5 missing, 6 and one from outside."""
    practice_desk.write(lambda session: ensure_default_series(session, "BKPSDM"))
    practice_desk.write(lambda session: take(session, "umum", date(2024, 9, 2), "Undangan rapat", "Camat"))
    entry = practice_desk.write(lambda session: take(session, "umum", date(2024, 9, 2), "Salah cetak")).value.entry_id
    assert entry is not None
    practice_desk.write(lambda session: void(session, entry, "Salah tanggal", 1))
    practice_desk.write(lambda session: reserve(session, Reserve("umum", date(2024, 9, 5), 1, "Pelantikan")))
    practice_desk.write(lambda session: insert(session, NumberRequest("umum", date(2024, 9, 3), "Terlambat")))
    for number in ("800/6/BKPSDM/2024", "SEKDA-17"):
        command = RecordOutside("umum", number, date(2024, 9, 6), "Surat lama", allow_gap=True)
        practice_desk.write(lambda session, wanted=command: record_outside(session, wanted))
    return practice_desk


def test_every_number_has_a_line_and_the_total_adds_up(mixed: Desk) -> None:
    (series,) = mixed.read(lambda session: agenda(session, 2024)).series
    assert [(line.order, line.status) for line in series.lines] == [
        ("1", "Terpakai"),
        ("2", "Batal"),
        ("2a", "Terpakai"),
        ("3", "Dicadangkan"),
        ("4\N{EN DASH}5", MISSING),
        ("6", "Terpakai"),
        ("", "Terpakai"),
    ]
    assert series.total == (
        "Nomor 1 sampai 6: 2 terpakai, 1 dicadangkan, 1 batal, 2 tidak tercatat, ditambah 1 nomor sisipan, "
        "ditambah 1 nomor di luar pola seri."
    )


def test_an_empty_year_is_not_printed(mixed: Desk) -> None:
    with pytest.raises(DeskError, match="Belum ada nomor dalam agenda tahun 2019"):
        mixed.read(lambda session: agenda(session, 2019))


def test_the_excel_file_has_the_same_lines_and_a_repeated_header(mixed: Desk, tmp_path: Path) -> None:
    target = tmp_path / "agenda.xlsx"
    mixed.read(lambda session: save_xlsx(session, 2024, None, target))
    sheet = openpyxl.load_workbook(target)["Surat umum"]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet["A1"].value == "Agenda Surat Keluar Tahun 2024: Surat umum"
    assert [(row[0].value, row[5].value) for row in sheet.iter_rows(min_row=5)][3:5] == [
        ("3", "Dicadangkan"),
        ("4\N{EN DASH}5", MISSING),
    ]
    assert sheet["G6"].value == "Salah tanggal"


def test_the_paper_repeats_its_header_and_counts_its_pages(mixed: Desk) -> None:
    for _ in range(60):
        mixed.write(lambda session: take(session, "umum", date(2024, 9, 6), "Perihal yang cukup panjang " * 4, "Camat"))
    made = mixed.read(lambda session: agenda(session, 2024))
    with pypdfium2.PdfDocument(agenda_pdf(made)) as document:
        texts = [document[place].get_textpage().get_text_bounded() for place in range(len(document))]
    assert len(texts) > 2
    for place, text in enumerate(texts, 1):
        assert "Nomor surat" in text
        assert f"Halaman {place} dari {len(texts)}" in text
    assert "Agenda Surat Keluar Tahun 2024: Surat umum" in texts[0]
    assert "Nomor 1 sampai 66" in texts[-1]
    assert agenda_pdf(made) == agenda_pdf(made)


def test_a_paper_that_cannot_be_written_says_so(mixed: Desk, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_bytes(b"")
    with pytest.raises(EnvironmentProblem):
        mixed.read(lambda session: save_pdf(session, 2024, None, blocked / "agenda.pdf"))


@pytest.fixture
def shared_folder(data_folder: Path) -> Iterator[Desk]:
    """A folder opened by more than one program, as on a PC where two clerks are logged in."""
    desk = open_desk(data_folder, exclusive=False)
    desk.write(lambda session: ensure_default_series(session, "BKPSDM"))
    yield desk
    desk.close()


def _outside(session: Session) -> str:
    series = numbering.series_of(session, "edaran")
    number = f"{numbering.last_sequence(session, series.id, 2024) + 1} TAHUN 2024"
    command = RecordOutside("edaran", number, date(2024, 12, 31), "Ditulis di luar")
    return record_outside(session, command).number


def _voided(session: Session) -> str:
    taken = take(session, "edaran", date(2024, 12, 31), "Salah cetak")
    assert taken.entry_id is not None
    void(session, taken.entry_id, "Salah cetak", 1)
    return taken.number


@pytest.mark.slow
@pytest.mark.fresh_process
def test_two_programs_taking_numbers_at_once_repeat_none_and_leave_no_gap(shared_folder: Desk) -> None:
    first = shared_folder.write(lambda session: take(session, "edaran", date(2024, 12, 30), "Pertama")).value.number
    command = [sys.executable, "-m", "tests.letters.number_taker", str(shared_folder.paths.root), str(EACH)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    takers = [subprocess.Popen(command, **pipes) for _ in range(2)]  # type: ignore[call-overload]
    for taker in takers:
        taker.stdin.write("\n")
        taker.stdin.flush()
    own = [first, *(shared_folder.write(one).value for one in (_voided, _outside, _voided))]
    late = NumberRequest("edaran", date(2024, 12, 30), "Bertanggal mundur")
    inserted = shared_folder.write(lambda session: insert(session, late)).value.number
    answers = [taker.communicate(timeout=60)[0].split("\n")[:-1] for taker in takers]
    numbers = [*own, *(number for answer in answers for number in answer)]
    assert [taker.returncode for taker in takers] == [0, 0]
    assert (inserted, len(numbers)) == ("1a TAHUN 2024", len(set(numbers)))
    for year, more in ((2024, len(own)), (2025, 0)):
        rows = shared_folder.read(lambda session, wanted=year: register_rows(session, wanted))
        counted = [row for row in rows if not row.inserted]
        assert [row.sequence for row in counted] == list(range(1, EACH + more + 1))
        assert {row.number for row in counted} == {number for number in numbers if number.endswith(str(year))}
    (series,) = shared_folder.read(lambda session: agenda(session, 2024)).series
    assert series.total == "Nomor 1 sampai 204: 202 terpakai, 2 batal, ditambah 1 nomor sisipan."
