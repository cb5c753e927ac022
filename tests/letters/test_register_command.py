"""The verb `register`: each way of the register from the command line, as sentences and as JSON, and the agenda adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asn_desk.cli.main import main
from asn_desk.desk import open_desk
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.service import issue
from asn_desk.letters.terms import NumberWay
from tests.letters.batch_office import COMMAND, fill_office

DAY = "2024-09-09"


class Office:
    """An office whose agenda is worked from the command line."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self._capsys = data, capsys
        desk = open_desk(data)
        self.people = desk.write(lambda session: fill_office(session, 2)).value
        desk.close()

    def letter(self, **values: Any) -> int:
        desk = open_desk(self.data)
        command = replace(COMMAND, employee_id=self.people[0], **values)
        letter_id = desk.write(lambda session: issue(session, command)).value.id
        desk.close()
        return letter_id

    def ask(self, *words: str, code: int = 0) -> Any:
        assert main(["register", *words, "--data", str(self.data), "--json"]) == code
        return json.loads(self._capsys.readouterr().out)

    def lines(self) -> list[tuple[str, str, str]]:
        (series,) = self.ask("agenda", "--year", "2024")["series"]
        return [(line["order"], line["status"], line["note"]) for line in series["lines"]]

    def total(self) -> str:
        (series,) = self.ask("agenda", "--year", "2024")["series"]
        return str(series["total"])


@pytest.fixture
def office(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office with two people and no numbers yet."""
    return Office(data_folder, capsys)


def test_every_way_of_the_register_ends_in_an_agenda_that_adds_up(office: Office) -> None:
    kept = office.ask("reserve", "--count", "3", "--purpose", "Pelantikan", "--date", "2024-09-02")["reserved"]
    assert [one["number"] for one in kept] == [f"{place}/BKPSDM/2024" for place in (1, 2, 3)]
    outside = office.ask("outside", "--number", "800/4/BKPSDM/2024", "--date", DAY, "--subject", "Undangan")
    assert outside["number"] == "800/4/BKPSDM/2024"
    assert office.ask("insert", "--date", "2024-09-05", "--subject", "Terlambat")["number"] == "3a/BKPSDM/2024"
    back = office.ask(
        "return", "--number", "2/BKPSDM/2024", "--number", "3/BKPSDM/2024", "--reason", "Batal", "--year", "2024"
    )
    assert back == {"returned": 2}
    assert [line[:2] for line in office.lines()] == [
        ("1", "Dicadangkan"), ("2", "Batal"), ("3", "Batal"), ("3a", "Terpakai"), ("4", "Terpakai"),
    ]  # fmt: skip
    assert office.total() == "Nomor 1 sampai 4: 1 terpakai, 1 dicadangkan, 2 batal, ditambah 1 nomor sisipan."


def test_a_void_number_takes_its_letter_with_it(office: Office) -> None:
    letter_id = office.letter()
    number = "800.1.6/1/BKPSDM/2024"
    assert office.ask("void", "--number", number, "--reason", "Salah orang", "--year", "2024") == {
        "number": number,
        "letter_id": letter_id,
    }
    assert office.lines() == [("1", "Batal", "Salah orang")]
    again = office.ask("void", "--number", number, "--reason", "Lagi", "--year", "2024", code=1)
    assert again["error"]["code"] == "letter_state"


def test_a_later_number_is_filled_in_and_a_gap_is_declared(office: Office) -> None:
    letter_id = office.letter(numbering=NumberWish(NumberWay.LATER))
    words = ("later", "--letter", str(letter_id), "--number", "800.1.6/3/BKPSDM/2024")
    assert office.ask(*words, code=1)["error"]["code"] == "number_gap"
    assert office.ask(*words, "--allow-gap")["number"] == "800.1.6/3/BKPSDM/2024"
    assert office.ask("unused", "--order", "1", "--order", "2", "--reason", "Salah hitung", "--year", "2024") == {
        "unused": 2
    }
    assert [line[:2] for line in office.lines()] == [("1", "Batal"), ("2", "Batal"), ("3", "Terpakai")]


def test_a_number_that_exists_is_refused(office: Office) -> None:
    words = ("outside", "--number", "5/BKPSDM/2024", "--date", DAY, "--subject", "Undangan", "--allow-gap")
    office.ask(*words)
    assert office.ask(*words, code=1)["error"]["code"] == "number_taken"


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_agenda_is_saved_as_a_file(office: Office, tmp_path: Path, ending: str) -> None:
    office.letter()
    target = tmp_path / f"agenda.{ending}"
    assert office.ask("agenda", "--year", "2024", "--out", str(target))["file"] == str(target)
    assert target.stat().st_size > 1000


PROBLEMS = (
    (("reserve", "--count", "2"), "option_missing"),
    (("reserve", "--count", "0", "--purpose", "x"), "option_missing"),
    (("reserve", "--count", "9999", "--purpose", "x"), "reserve"),
    (("void", "--number", "9/X/2024", "--reason", "x", "--year", "2024"), "entry_missing"),
    (("void", "--number", "9", "--number", "8", "--reason", "x"), "option_missing"),
    (("agenda", "--year", "2020"), "agenda_empty"),
    (("agenda", "--year", "2024", "--out", "agenda.doc"), "file_kind"),
)


@pytest.mark.parametrize(("words", "code"), PROBLEMS)
def test_what_cannot_be_done_is_said(office: Office, words: tuple[str, ...], code: str) -> None:
    assert office.ask(*words, code=1)["error"]["code"] == code


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["register", "--help"])
    text = capsys.readouterr().out
    for word in ("reserve", "insert", "outside", "later", "void", "return", "unused", "agenda"):
        assert f"\n  {word} " in text
