"""Letter numbers: patterns, years, two takers at once, voids; no number twice, none lost."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters.numbers.numbering import (
    SaveSeries,
    ensure_default_series,
    preview_number,
    sample_number,
    save_series,
    take,
    void,
)
from asn_desk.letters.queries import register_rows, register_years, series_rows
from asn_desk.letters.terms import RegisterStatus

DAY = date(2024, 9, 9)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk with the two series an office starts with."""
    desk.write(lambda session: ensure_default_series(session, "BKPSDM"))
    return desk


def taken(desk: Desk, code: str = "umum", day: date = DAY, **values: Any) -> str:
    return desk.write(lambda session: take(session, code, day, "Perihal", **values)).value.number


def test_default_series_are_entered_once(office: Desk) -> None:
    office.write(lambda session: ensure_default_series(session, "LAIN"))
    rows = office.read(lambda session: series_rows(session, DAY))
    assert [(row.code, row.pattern, row.next_number) for row in rows] == [
        ("keputusan", "{kode}/{urut}/KEP/{tahun}", "1/KEP/2024"),
        ("edaran", "{urut} TAHUN {tahun}", "1 TAHUN 2024"),
        ("umum", "{kode}/{urut}/{unit}/{tahun}", "1/BKPSDM/2024"),
    ]


def test_numbers_follow_their_pattern_and_count_on(office: Desk) -> None:
    assert [taken(office, classification="800.1.6") for _ in range(2)] == [
        "800.1.6/1/BKPSDM/2024",
        "800.1.6/2/BKPSDM/2024",
    ]
    assert taken(office, "edaran") == "1 TAHUN 2024"


def test_a_missing_code_leaves_no_stroke(office: Desk) -> None:
    assert taken(office) == "1/BKPSDM/2024"


def test_the_year_is_that_of_the_letters_date(office: Desk) -> None:
    assert [taken(office, "edaran", day) for day in (date(2024, 12, 31), date(2025, 1, 1), date(2024, 12, 31))] == [
        "1 TAHUN 2024",
        "1 TAHUN 2025",
        "2 TAHUN 2024",
    ]
    assert office.read(register_years) == [2025, 2024]


PATTERNS = (
    ("{prefiks}{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}", {"prefix": "B/", "padding": 3}, "B/800/007/BKD/IX/2024"),
    ("KP.07.1/{urut}/{unit}/{bulan}/{tahun}", {}, "KP.07.1/7/BKD/09/2024"),
    ("{urut}", {"padding": 5}, "00007"),
)


@pytest.mark.parametrize(("pattern", "values", "expected"), PATTERNS)
def test_patterns_are_shown_before_they_are_saved(
    practice_desk: Desk, pattern: str, values: dict[str, Any], expected: str
) -> None:
    command = SaveSeries("x", "X", pattern, classification="800", unit_code="BKD", **values)
    assert practice_desk.read(lambda session: sample_number(session, command)) == expected


@pytest.mark.parametrize(
    "pattern", ["{kode}/{tahun}", "{urut", "{urut}/{nama}", "{urut.__class__}", "{urut:9999}", "{0}{urut}", ""]
)
def test_unusable_patterns_are_refused_beside_their_field(office: Desk, pattern: str) -> None:
    with pytest.raises(DeskError) as caught:
        office.write(lambda session: save_series(session, SaveSeries("x", "X", pattern)))
    assert set(caught.value.fields) == {"pattern"}


def test_a_series_is_added_changed_and_guarded(office: Desk) -> None:
    office.write(lambda session: save_series(session, SaveSeries("sk", "Keputusan", "{urut}")))
    with pytest.raises(DeskError, match="sudah ada"):
        office.write(lambda session: save_series(session, SaveSeries("sk", "Keputusan", "{urut}")))
    office.write(lambda session: save_series(session, SaveSeries("sk", "Keputusan", "SK-{urut}", version=1)))
    with pytest.raises(StaleRecord):
        office.write(lambda session: save_series(session, SaveSeries("sk", "Keputusan", "{urut}", version=1)))
    assert taken(office, "sk") == "SK-1"


def test_a_number_that_another_series_printed_is_refused_and_nothing_taken(office: Desk) -> None:
    office.write(lambda session: save_series(session, SaveSeries("kembar", "Kembar", "{urut} TAHUN {tahun}")))
    taken(office, "edaran")
    with pytest.raises(DeskError) as caught:
        taken(office, "kembar")
    assert caught.value.code == "number_taken"
    assert len(office.read(lambda session: register_rows(session, 2024))) == 1


def test_an_unknown_series_is_named(office: Desk) -> None:
    with pytest.raises(DeskError, match="Seri nomor lain tidak ada"):
        taken(office, "lain")


def test_a_preview_takes_nothing(office: Desk) -> None:
    for _ in range(2):
        assert office.read(lambda session: preview_number(session, "edaran", DAY)) == "1 TAHUN 2024"
    assert taken(office, "edaran") == "1 TAHUN 2024"


def test_a_failed_letter_gives_its_number_back(office: Desk) -> None:
    def fails(session: Session) -> None:
        take(session, "edaran", DAY, "Perihal")
        raise DeskError("x", "gagal")

    with pytest.raises(DeskError):
        office.write(fails)
    assert taken(office, "edaran") == "1 TAHUN 2024"


def test_a_void_number_stays_in_the_agenda_and_is_never_given_again(office: Desk) -> None:
    entry = office.write(lambda session: take(session, "edaran", DAY, "Salah")).value.entry_id
    with pytest.raises(DeskError, match="alasan"):
        office.write(lambda session: void(session, entry, "  ", 1))
    office.write(lambda session: void(session, entry, "Salah tanggal", 1))
    with pytest.raises(DeskError, match="sudah dibatalkan: Salah tanggal"):
        office.write(lambda session: void(session, entry, "Lagi", 2))
    assert taken(office, "edaran") == "2 TAHUN 2024"
    rows = office.read(lambda session: register_rows(session, 2024, "edaran"))
    assert [(row.number, row.status) for row in rows] == [
        ("1 TAHUN 2024", RegisterStatus.VOID),
        ("2 TAHUN 2024", RegisterStatus.USED),
    ]


def test_two_threads_never_get_the_same_number_and_leave_no_gap(office: Desk) -> None:
    numbers: list[str] = []

    def work() -> None:
        numbers.extend(taken(office, "edaran") for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers, key=lambda number: int(number.split()[0])) == [
        f"{count} TAHUN 2024" for count in range(1, 41)
    ]
