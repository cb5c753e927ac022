"""Cells that could be read in two ways: what proves one reading, and what is left out with a warning instead of being guessed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.employees import importing, rules, workbook
from asn_desk.employees.grades import parse_grade
from asn_desk.employees.nip import parse
from asn_desk.employees.reading.dates import Order, date_of, day_reader, order_of
from asn_desk.employees.terms import EmployeeKind, EmploymentState, Sex
from tests.core.employee_files import nip
from tests.core.grids import HEAD, TODAY, codes, line, plan_grid, plan_of, refusals, write_grid
from tests.core.registry_tables import registry_tables
from tests.core.xls_file import FROM_1904, xls_bytes

# --- numbers, grades, words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "19800101.200501.2.001", "NIP. 19800101 200501 2 001", "NIP : 198001012005012001", "19800101-200501-2-001",
        "\u202a198001012005012001\u202c", "\uff11\uff19\uff18\uff10\uff10\uff11\uff10\uff11200501\uff12\uff10\uff10\uff11",
        "'198001012005012001'", "NI PPPK 198001012005012001",
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_grouping(text: str) -> None:
    assert parse(text).digits == "198001012005012001"


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Penata Tk.I (III/d)", "III/d"), ("III/d Penata Tk. I", "III/d"), ("Penata Tingkat I, III/d", "III/d"),
        ("Pembina Utama Muda (IV/c)", "IV/c"), ("3d", "III/d"), ("4/a", "IV/a"), ("III D", "III/d"), ("Penata Tk. I - III d", "III/d"),
        ("Pembina Tk I (IV.b)", "IV/b"), ("Pengatur Tk. I / II d", "II/d"), ("Penata Tk. I", "III/d"), ("Pembina Tingkat I", "IV/b"),
        ("PENATA MUDA", "III/a"), ("PPPK IX", "IX"), ("IX - Ahli Pertama", "IX"), ("9", "IX"), ("Golongan 7", "VII"), ("XVII", "XVII"),
        ("III/c - III/d", None), ("3", None), ("33", None), ("12", None), ("Eselon III.a", None), ("Staf", None), ("lll/d", None),
    ],
)  # fmt: skip
def test_a_grade_is_read_beside_its_rank_and_two_name_none(text: str, grade: str | None) -> None:
    assert parse_grade(text) == grade


def test_a_long_grade_is_no_reason_to_refuse_the_row(tmp_path: Path) -> None:
    long = "Pegawai Pemerintah dengan Perjanjian Kerja"
    plan = plan_grid(tmp_path, [HEAD, line(1, GOLONGAN="Pembina Utama Muda (IV/c)"), line(2, GOLONGAN=long)])
    assert [one.person.grade for one in plan.new] == ["IV/c", ""]
    assert codes(plan) == ["grade_unknown"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("NON PNS", EmployeeKind.NON_ASN), ("Bukan PNS", EmployeeKind.NON_ASN), ("Tenaga Honor", EmployeeKind.NON_ASN),
        ("PNS Daerah", EmployeeKind.PNS), ("CPNS/PNS", None), ("CPNS Daerah", EmployeeKind.CPNS), ("P3K", EmployeeKind.PPPK),
    ],
)  # fmt: skip
def test_the_status_means_what_all_its_words_say(status: str, kind: EmployeeKind | None) -> None:
    assert rules.kind_of(status, "", "") == kind


def test_who_retired_according_to_the_status_is_not_stored_as_serving(tmp_path: Path) -> None:
    head = (*HEAD, "STATUS KEPEGAWAIAN")
    plan = plan_grid(tmp_path, [head, [*line(1), "Pensiun"], [*line(2), "PNS"]])
    assert [one.person.state for one in plan.new] == [EmploymentState.ENDED, EmploymentState.ACTIVE]


@pytest.mark.parametrize(
    ("column", "sexes"),
    [
        (["P", "L"], [Sex.FEMALE, Sex.MALE]),
        (["P", "W"], [Sex.MALE, Sex.FEMALE]),
        (["Lk", "Pr"], [Sex.MALE, Sex.FEMALE]),
        (["Laki-laki (L)", "Perempuan (P)"], [Sex.MALE, Sex.FEMALE]),
        (["P", "P"], [Sex.FEMALE, Sex.FEMALE]),
    ],
)
def test_p_is_pria_beside_w_and_perempuan_beside_l(tmp_path: Path, column: list[str], sexes: list[Sex]) -> None:
    people = [[*line(number), word] for number, word in enumerate(column, 1)]
    assert [one.person.sex for one in plan_grid(tmp_path, [(*HEAD, "L/P"), *people]).new] == sexes


def test_p_beside_both_is_left_to_the_number(tmp_path: Path) -> None:
    people = [[*line(number), word] for number, word in enumerate("PWL", 1)]
    plan = plan_grid(tmp_path, [(*HEAD, "L/P"), *people])
    assert plan.new[0].person.sex is Sex.FEMALE
    assert "sex_unknown" in codes(plan)


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "19800201", 19800201.0, "1 Feb. 1980", "1980-01-31T17:00:00.000Z", "1980-01-31T16:00:00Z", "1980-01-31 15:00:00+00:00",
        "1980-01-31T16:52:48.000Z", "1980-02-01T00:00:00.000Z", "1980-02-01T00:00:00+07:00", "1980-02-01T07:30:00",
        datetime(1980, 2, 1, 23, 30),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_in_indonesia(cell: Any) -> None:
    assert date_of(cell) == date(1980, 2, 1)


@pytest.mark.parametrize(
    "cell",
    [
        1980.0,
        2024,
        366,
        "1980-02-01T18:30:00Z",
        datetime(1980, 1, 31, 23, 59, 48),
        "Kota Contoh, 1 Februari 1980",
        "19801301",
        1021980.0,
    ],
)
def test_what_could_be_another_day_or_a_year_is_no_date(cell: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for developers
        date_of(cell)


SWAPPED = [date(1980, 4, 3), date(1981, 5, 6), date(1979, 11, 12), date(1983, 2, 7), "25/04/1980", "13/01/1979"]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["25/04/1980", "01/02/1980"], Order.DAY_FIRST),
        (["04/25/1980", "01/02/1980"], Order.MONTH_FIRST),
        (["25/04/1980", "04/25/1980"], Order.DAY_FIRST),
        (["01/02/1980", date(1980, 1, 25), 29000.0, ""], Order.UNPROVED),
        (SWAPPED, Order.SWAPPED),
        ([*SWAPPED, date(1980, 1, 25)], Order.DAY_FIRST),
        ([*SWAPPED, "03/04/1980"], Order.DAY_FIRST),
        ([date(1980, month, 1) for month in range(1, 9)] + ["25/04/1980", "26/04/1980"], Order.DAY_FIRST),
    ],
)
def test_the_order_of_day_and_month_needs_a_proof(cells: list[Any], order: Order) -> None:
    assert order_of(cells) is order


def test_a_day_that_excel_turned_round_is_left_out_and_one_that_cannot_be_stays() -> None:
    read = day_reader(Order.SWAPPED)
    assert not isinstance(read(date(1980, 4, 3)), date)
    assert read(date(1980, 4, 4)) == date(1980, 4, 4)
    assert read("25/04/1980") == date(1980, 4, 25)


def _with_dates(folder: Path, births: list[Any], others: list[Any], numbers: list[str]) -> importing.ImportPlan:
    head = ("NIP", "NAMA", "TANGGAL LAHIR", "TMT JABATAN", "JABATAN", "UNIT KERJA")
    rows = [
        [number, f"MELATI {'ABCDEFGH'[at]}", birth, other, "Arsiparis", "Dinas Contoh"]
        for at, (number, birth, other) in enumerate(zip(numbers, births, others, strict=True))
    ]
    return plan_grid(folder, [head, *rows])


NUMBERS = ["198004252005012001", "198003042005012002"]


def test_a_column_follows_the_one_that_proves_the_month_first(tmp_path: Path) -> None:
    plan = _with_dates(tmp_path, ["04/25/1980", "03/04/1980"], ["04/01/2020", "10/01/2020"], NUMBERS)
    assert [one.person.post_from for one in plan.new] == [date(2020, 4, 1), date(2020, 10, 1)]
    assert [one.person.birth_date for one in plan.new] == [date(1980, 4, 25), date(1980, 3, 4)]
    assert codes(plan) == []


def test_a_column_beside_two_that_contradict_each_other_is_left_out(tmp_path: Path) -> None:
    head = ("NIP", "NAMA", "TANGGAL LAHIR", "TMT JABATAN", "TMT GOLONGAN", "JABATAN", "UNIT KERJA")
    cells = ["04/25/1980", "25/01/2020", "04/01/2020", "Arsiparis", "Dinas Contoh"]
    plan = plan_grid(tmp_path, [head, [NUMBERS[0], "MELATI A", *cells]])
    person = plan.new[0].person
    assert (person.birth_date, person.post_from, person.grade_from) == (date(1980, 4, 25), date(2020, 1, 25), None)
    assert codes(plan) == ["date_unreadable"]


@pytest.mark.parametrize("cell", ["04/03/1980", date(1980, 3, 4)])
def test_a_birth_date_that_is_the_numbers_turned_round_is_not_stored(tmp_path: Path, cell: Any) -> None:
    plan = _with_dates(tmp_path, [cell], [""], ["198004032005012002"])
    assert plan.new[0].person.birth_date == date(1980, 4, 3)
    assert codes(plan) == ["birth_turned"]


def test_a_birth_date_that_truly_differs_is_stored_with_a_warning(tmp_path: Path) -> None:
    plan = _with_dates(tmp_path, ["25/04/1980", "04/05/1980"], ["", ""], NUMBERS)
    assert plan.new[1].person.birth_date == date(1980, 5, 4)
    assert codes(plan) == ["birth_differs"]


def test_days_counted_from_1904_are_read_so(tmp_path: Path) -> None:
    head = ("NIP", "NAMA", "TMT JABATAN", "TMT GOLONGAN", "JABATAN", "UNIT KERJA")
    serial = float((date(2020, 4, 1) - date(1904, 1, 1)).days)
    row = [nip(1), "MELATI A", serial, date(2020, 4, 1), "Arsiparis", "Dinas Contoh"]
    person = plan_grid(tmp_path, [head, row], date_1904=True).new[0].person
    assert (person.post_from, person.grade_from) == (date(2020, 4, 1), date(2020, 4, 1))


def test_an_old_workbook_from_1904_is_read_so(tmp_path: Path) -> None:
    serial = float((date(2020, 4, 1) - date(1904, 1, 1)).days)
    rows = [
        ["NIP", "NAMA", "TMT JABATAN", "JABATAN", "UNIT KERJA"],
        [nip(1), "MELATI A", serial, "Arsiparis", "Dinas Contoh"],
    ]
    (tmp_path / "a.xls").write_bytes(xls_bytes(rows, before=FROM_1904))
    assert plan_of(tmp_path / "a.xls").new[0].person.post_from == date(2020, 4, 1)


# --- the whole way -------------------------------------------------------------------------------------------------


@pytest.fixture
def odd_list(tmp_path: Path) -> Path:
    """A list with every oddity at once: some rows good, some warned of, some refused."""
    head = (*HEAD, "L/P", "TANGGAL LAHIR", "TMT JABATAN")
    good = [[*line(number), "W", "01-01-1980", "01-02-2021"] for number in range(1, 6)]
    odd = [
        [*line(6, GOLONGAN="Penata Tk.I (III/d)"), "P", date(1980, 1, 1), 44228.0],
        [*line(7, UNIT_KERJA="#REF!"), "W", "", ""],
        [*line(8, NAMA="Drs. H. SUPRI, M.Si"), "", "1980", "01/2020"],
        [*line(9, NIP=float(nip(9))), "", "", ""],
        [*line(10), "", "", ""], [*line(10, JABATAN="Lain"), "", "", ""],
        [None, "", "", "", "JUMLAH", 10.0], list(head), [*line(11, NIP=f"NIP. {nip(11)}"), "W", "01-01-1980", ""],
    ]  # fmt: skip
    return write_grid(tmp_path / "aneh.xlsx", [["DAFTAR PEGAWAI"], [], head, [1.0, 2.0, 3.0], *good, *odd])


def test_an_odd_list_twice_changes_nothing_and_undo_restores(desk: Desk, odd_list: Path) -> None:
    before = registry_tables(desk)
    plan = importing.plan([workbook.read(odd_list)], desk.read(importing.load_known), TODAY)
    assert [one.person.nip for one in plan.new] == [nip(number) for number in (1, 2, 3, 4, 5, 6, 8, 11)]
    assert [one.code for one in plan.refused] == [
        "numbering_row", "cell_error", "nip_number", "duplicate_nip", "duplicate_nip", "totals_row", "header_again",
    ]  # fmt: skip
    run = desk.write(lambda session: importing.apply(session, plan)).value.run_id
    again = importing.plan([workbook.read(odd_list)], desk.read(importing.load_known), TODAY)
    assert again.nothing_to_do
    assert (again.same, [one.code for one in again.refused]) == (8, [one.code for one in plan.refused])
    assert run is not None
    desk.write(lambda session: importing.undo_import(session, run))
    assert registry_tables(desk) == before


def test_a_new_number_with_the_name_and_birth_date_of_another_is_warned_of(desk: Desk, tmp_path: Path) -> None:
    first = write_grid(tmp_path / "pppk.xlsx", [HEAD, line(1, NIP="198001012021212001", NAMA="MELATI SERUNI")])
    plan = importing.plan([workbook.read(first)], desk.read(importing.load_known), TODAY)
    desk.write(lambda session: importing.apply(session, plan))
    again = write_grid(tmp_path / "pns.xlsx", [HEAD, line(1, NAMA="Melati Seruni"), line(2)])
    found = importing.plan([workbook.read(again)], desk.read(importing.load_known), TODAY)
    (warned,) = [one for one in found.warnings if one.code == "same_person"]
    assert (warned.cell, warned.name) == ("Data!C2", "Melati Seruni")
    assert "19800101 202121 2 001" in warned.reason


def test_two_new_numbers_of_one_name_and_birth_date_are_both_warned_of(tmp_path: Path) -> None:
    plan = plan_grid(tmp_path, [HEAD, line(1, NAMA="MELATI SERUNI"), line(2, NAMA="MELATI SERUNI"), line(3)])
    assert [one.cell for one in plan.warnings if one.code == "same_person"] == ["Data!C2", "Data!C3"]
    assert len(plan.new) == 3


def test_the_plan_of_a_short_number_asks_for_eighteen_digits(tmp_path: Path) -> None:
    plan = plan_of(write_grid(tmp_path / "a.xlsx", [HEAD, line(1, NIP=131234567.0)]))
    assert refusals(plan) == [("Data!B2", "nip_length")]
    assert "9 angka" in plan.refused[0].reason
