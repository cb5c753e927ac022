"""Words of an export: grades, kinds, states, classes of posts, dates. Unsure means unknown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from asn_desk.employees import rules
from asn_desk.employees.grades import parse_grade, rank_line, rank_name
from asn_desk.employees.reading.dates import Order, date_of, order_of
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("III/c", "III/c"), ("iii/C", "III/c"), ("IIIc", "III/c"), ("III-c", "III/c"), ("III (c)", "III/c"), ("IV/e", "IV/e"),
        ("IX", "IX"), ("Golongan IX", "IX"), ("GOL. III/a", "III/a"), ("Penata - III/c", "III/c"), ("Penata (III/c)", "III/c"),
        ("III/e", None), ("V/a", None), ("XVIII", None), ("", None), ("33", None),
    ],
)  # fmt: skip
def test_grades_are_read_in_every_writing(text: str, grade: str | None) -> None:
    assert parse_grade(text) == grade


def test_pns_have_a_rank_and_pppk_have_none() -> None:
    assert rank_name("III/c") == "Penata"
    assert rank_line("III/c") == "Penata (III/c)"
    assert (rank_name("IX"), rank_line("IX")) == ("", "Golongan IX")


@pytest.mark.parametrize(
    ("status", "type_name", "legal", "kind"),
    [
        ("P", "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "Aktif", EmployeeKind.PNS),
        ("C", "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "Aktif", EmployeeKind.CPNS),
        ("", "PPPK Daerah Kab./Kota", "PPPK Aktif", EmployeeKind.PPPK),
        ("", "PPPK Paruh Waktu Daerah Kab./Kota", "PPPK Aktif", EmployeeKind.PPPK_PW),
        ("", "Pegawai Pemerintah dengan Perjanjian Kerja", "", EmployeeKind.PPPK),
        ("", "", "PPPK Aktif", EmployeeKind.PPPK),
        ("CPNS", "", "", EmployeeKind.CPNS),
        ("", "Non-ASN", "", EmployeeKind.NON_ASN),
        ("", "", "Aktif", None),
        ("X", "", "", None),
    ],
)
def test_the_kind_is_what_the_row_states(status: str, type_name: str, legal: str, kind: EmployeeKind | None) -> None:
    assert rules.kind_of(status, type_name, legal) == kind


@pytest.mark.parametrize(
    ("number", "name", "state"),
    [
        ("1", "Aktif", EmploymentState.ACTIVE), ("01", "", EmploymentState.ACTIVE), ("", "PPPK Aktif", EmploymentState.ACTIVE),
        ("2", "CLTN", EmploymentState.ACTIVE), ("", "Diberhentikan Sementara", EmploymentState.ACTIVE),
        ("51", "CPNS belum SK", EmploymentState.ACTIVE), ("", "", EmploymentState.ACTIVE),
        ("99", "Pensiun", EmploymentState.ENDED), ("66", "", EmploymentState.ENDED),
        ("", "Berhenti dengan hak pensiun", EmploymentState.ENDED),
        ("14", "Hilang", None), ("52", "Tidak Aktif", None), ("", "Entah", None), ("²", "", None),
    ],
)  # fmt: skip
def test_the_legal_position_means_a_state_or_is_unknown(number: str, name: str, state: EmploymentState | None) -> None:
    assert rules.state_of(number, name) == state


@pytest.mark.parametrize(
    ("eselon_id", "eselon", "type_id", "post", "expected"),
    [
        ("22", "", "1", "Kepala Dinas Contoh", PostClass.JPT_PRATAMA),
        ("", "II.a", "1", "Sekretaris Daerah", PostClass.JPT_PRATAMA),
        ("", "I.b", "1", "Sekretaris Daerah Provinsi", PostClass.JPT_MADYA),
        ("31", "III.a", "1", "Camat Contoh", PostClass.ADMINISTRATOR),
        ("42", "IV.b", "1", "Kepala Seksi", PostClass.PENGAWAS),
        ("11", "I.a", "1", "Kepala Lembaga", PostClass.UNKNOWN),
        ("99", "Non Eselon", "2", "Guru Kelas Ahli Muda", PostClass.JF_AHLI_MUDA),
        ("99", "", "2", "AHLI PERTAMA - GURU KELAS", PostClass.JF_AHLI_PERTAMA),
        ("99", "", "2", "TERAMPIL - PERAWAT", PostClass.JF_KETERAMPILAN),
        ("99", "", "2", "Guru Madya", PostClass.JF_AHLI_MADYA),
        ("99", "", "2", "Bidan Pelaksana Lanjutan", PostClass.JF_KETERAMPILAN),
        ("99", "", "2", "Analis Kebijakan Ahli Madya sebagai Ketua Kelompok Substansi", PostClass.JF_AHLI_MADYA),
        ("99", "", "2", "Perawat", PostClass.UNKNOWN),
        ("99", "", "4", "Pengadministrasi Perkantoran", PostClass.PELAKSANA),
        ("", "", "1", "Lurah Contoh", PostClass.PENGAWAS),
        ("", "", "1", "Sekretaris Daerah", PostClass.UNKNOWN),
        ("", "", "1", "Staf Ahli Bidang Hukum", PostClass.UNKNOWN),
        ("", "", "", "Pengemudi", PostClass.UNKNOWN),
    ],
)  # fmt: skip
def test_the_class_of_a_post_is_never_guessed(
    eselon_id: str, eselon: str, type_id: str, post: str, expected: PostClass
) -> None:
    assert rules.post_class_of(eselon_id, eselon, type_id, "", post) is expected


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("M", Sex.MALE),
        ("F", Sex.FEMALE),
        ("L", Sex.MALE),
        ("P", Sex.FEMALE),
        ("Laki-laki", Sex.MALE),
        ("Wanita", Sex.FEMALE),
        ("1", None),
        ("", None),
    ],
)
def test_sex_is_read_in_every_writing(text: str, sex: Sex | None) -> None:
    assert rules.sex_of(text) == sex


@pytest.mark.parametrize(
    "cell",
    [
        "01-02-1980", "1/2/1980", "01.02.1980", "1980-02-01", "1980/02/01", "1980-02-01T00:00:00.000Z", "1980-02-01 00:00:00",
        "01-02-1980 00:00:00", "1 Februari 1980", "29252", 29252, 29252.0, 29252.5, date(1980, 2, 1), datetime(1980, 2, 1, 7),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_shape(cell: Any) -> None:
    assert date_of(cell) == date(1980, 2, 1)


@pytest.mark.parametrize("cell", ["", "00-00-0000", "0000-00-00"])
def test_an_empty_date_is_none(cell: str) -> None:
    assert date_of(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["31-02-1980", "13/13/1980", "1980", "22/09/24", "besok", "01-02-1880", 12, 1e9, float("inf"), float("nan"), True],
)
def test_what_is_no_date_is_reported(cell: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for developers
        date_of(cell)


@pytest.mark.parametrize(
    ("column", "proved"),
    [
        (["01/31/2020", "02/03/2020"], True),
        (["31/01/2020", "01/31/2020"], False),
        (["01/02/2020"], False),
        (["31/01/2020"], False),
        ([1.0, ""], False),
    ],
)
def test_month_first_needs_a_proof_from_the_whole_column(column: list[Any], proved: bool) -> None:
    assert (order_of(column) is Order.MONTH_FIRST) is proved


def test_a_proved_month_first_column_is_read_so() -> None:
    assert date_of("02/01/1980", month_first=True) == date(1980, 2, 1)
