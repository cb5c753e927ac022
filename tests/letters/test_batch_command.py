"""The verb `batch` of the command line: killed at random and called again, it ends with everybody's letter exactly once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asn_desk.cli.main import main
from asn_desk.desk import open_desk
from asn_desk.letters.bulk.batch_files import LIST_FILE, PRINT_FILE
from asn_desk.letters.queries import register_rows
from tests.letters import batch_kills
from tests.letters.batch_office import batch_command, fill_office, nip_of

PEOPLE, KILLS = 100, 5


class Office:
    """A data folder with people, a list of their NIPs, and a target folder."""

    def __init__(self, data: Path, work: Path, people: int) -> None:
        self.data, self.out, self.list = data, work / "hasil", work / "nip.txt"
        self.list.write_text("\n".join(nip_of(place) for place in range(people)), encoding="utf-8")
        desk = open_desk(data)
        desk.write(lambda session: fill_office(session, people))
        desk.close()

    def arguments(self, *more: str) -> list[str]:
        return batch_command(self.data, self.out, self.list, *more)[3:]

    def numbers(self) -> list[int | None]:
        desk = open_desk(self.data)
        (year,) = desk.read(lambda session: {row.year for row in session.query(_entries())})
        rows = desk.read(lambda session: register_rows(session, year))
        desk.close()
        return [row.sequence for row in rows]

    def listed(self) -> list[Any]:
        sheet = openpyxl.load_workbook(self.out / LIST_FILE).active
        assert sheet is not None
        return list(sheet.iter_rows(min_row=5, values_only=True))


def _entries() -> Any:
    from asn_desk.letters.model import RegisterEntry

    return RegisterEntry


def test_a_list_of_numbers_becomes_letters_and_calling_again_issues_nothing(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(data_folder, tmp_path, 4)
    for _ in range(2):
        assert main(office.arguments("--json")) == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["issued"], answer["refused"], answer["state"]) == (4, 0, "selesai")
    assert office.numbers() == [1, 2, 3, 4]
    assert {file.name for file in office.out.iterdir()} == {"surat", PRINT_FILE, LIST_FILE}


def test_another_letter_into_the_same_folder_is_refused(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(data_folder, tmp_path, 2)
    assert main(office.arguments()) == 0
    assert main(office.arguments("--field", "diterima.rangkap=5 (lima)")) == 1
    assert "dengan isian lain" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (["--unit", "Dinas Antariksa"], "Tidak ada unit bernama Dinas Antariksa"),
        (["--filter", "tidakadaorangini"], "Tidak ada pegawai yang cocok"),
        (["--nips", "tidak-ada.txt"], "Berkas tidak-ada.txt tidak ditemukan"),
        ([], "Sebutkan pegawainya"),
    ],
)
def test_people_who_cannot_be_chosen_are_said(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], people: list[str], sentence: str
) -> None:
    office = Office(data_folder, tmp_path, 1)
    arguments = office.arguments()
    at = arguments.index("--nips")
    assert main([*arguments[:at], *people, *arguments[at + 2 :]]) == 1
    assert sentence in capsys.readouterr().err


def test_a_unit_means_everybody_in_it(data_folder: Path, tmp_path: Path) -> None:
    office = Office(data_folder, tmp_path, 6)
    arguments = office.arguments()
    at = arguments.index("--nips")
    assert main([*arguments[:at], "--unit", "badan keuangan", *arguments[at + 2 :]]) == 0
    assert [row[5] for row in office.listed()] == ["Badan Keuangan"] * 2


def test_a_folder_with_other_files_is_left_alone(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(data_folder, tmp_path, 1)
    office.out.mkdir()
    (office.out / "catatan.txt").write_text("milik orang lain", encoding="utf-8")
    assert main(office.arguments()) == 1
    assert "sudah berisi berkas lain" in capsys.readouterr().err
    assert [file.name for file in office.out.iterdir()] == ["catatan.txt"]


@pytest.mark.slow
@pytest.mark.fresh_process
def test_killed_five_times_at_random_and_called_again_it_repeats_nobody_and_skips_nobody(
    data_folder: Path, tmp_path: Path
) -> None:
    place = batch_kills.ground(data_folder, tmp_path, PEOPLE)
    reached = batch_kills.kill_and_resume(place, KILLS, 4, most_chunks=2, longest=0.2)
    assert reached == sorted(reached)
    batch_kills.check(place, PEOPLE)


def test_the_letters_carry_the_day_asked_for_and_another_day_is_another_batch(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(data_folder, tmp_path, 2)
    assert main(office.arguments("--date", "2024-12-30")) == 0
    assert [row[1] for row in office.listed()] == ["800.1.6/1/BKPSDM/2024", "800.1.6/2/BKPSDM/2024"]
    assert main(office.arguments("--date", "2024-12-31")) == 1
    assert "dengan isian lain" in capsys.readouterr().err
    assert main(office.arguments("--date", "2024-12-30")) == 0
    with pytest.raises(SystemExit):
        main(office.arguments("--date", "kemarin"))


@pytest.mark.parametrize(
    ("words", "people"), [("semua", 7), ("unit:badan keuangan", 2), ("contoh 003", 1), ("PEGAWAI contoh", 6)]
)
def test_a_filter_is_words_a_unit_or_everybody(data_folder: Path, tmp_path: Path, words: str, people: int) -> None:
    office = Office(data_folder, tmp_path, 6)
    arguments = office.arguments()
    at = arguments.index("--nips")
    assert main([*arguments[:at], "--filter", words, *arguments[at + 2 :]]) == 0
    assert len(office.listed()) == people


def test_the_three_awkward_letters_are_written_as_drafts_and_nothing_is_issued(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(data_folder, tmp_path, 5)
    drafts = tmp_path / "coba"
    assert main(office.arguments("--preview", str(drafts), "--json")) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["why"] for row in answer["previews"]] == ["nama terpanjang", "tanpa gelar", "nama unit terpanjang"]
    assert sorted(file.stem for file in drafts.iterdir()) == sorted(row["why"] for row in answer["previews"])
    assert not office.out.exists()
