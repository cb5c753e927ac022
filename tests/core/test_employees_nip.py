"""NIP and NI PPPK: what is accepted, what is refused and why, what is only worth a look."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asn_desk.employees import nip
from asn_desk.employees.terms import Sex
from asn_desk.errors import DeskError

TODAY = date(2024, 9, 9)


@pytest.mark.parametrize(
    "text",
    [
        "198001012005012001",
        "19800101 200501 2 001",
        "19800101\u00a0200501\u00a02\u00a0001",
        "'198001012005012001",
        " 1980 0101 2005 0120 01 ",
        "\u200b198001012005012001",
    ],
)
def test_any_grouping_reads_as_the_same_number(text: str) -> None:
    number = nip.parse(text)
    assert number.digits == "198001012005012001"
    assert (number.birth_date, number.service_from, number.sex) == (date(1980, 1, 1), date(2005, 1, 1), Sex.FEMALE)
    assert not number.looks_pppk


@pytest.mark.parametrize("code", ["21", "22", "24", "13", "00", "99"])
def test_a_pppk_number_is_never_refused_on_the_month_place(code: str) -> None:
    number = nip.parse(f"199001012021{code}1001")
    assert number.looks_pppk
    assert number.service_from is None
    assert (number.appointment_year, number.code) == (2021, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nip_empty"),
        ("   ", "nip_empty"),
        ("1,98001E+17", "nip_scientific"),
        ("1.98001012005012E+17", "nip_scientific"),
        ("19800101200501200A", "nip_letters"),
        ("٠٩٨٠٠١٠١٢٠٠٥٠١٢٠٠١", "nip_letters"),
        ("19800101200501200", "nip_length"),
        ("1980010120050120011", "nip_length"),
        ("198013012005012001", "nip_birth"),
        ("198002302005012001", "nip_birth"),
        ("000001012005012001", "nip_birth"),
        ("198001010005012001", "nip_year"),
        ("198001012005012000", "nip_rounded"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(DeskError) as refusal:
        nip.parse(text)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("digits", "birth", "sex", "codes"),
    [
        ("198001012005012001", date(1980, 1, 1), Sex.FEMALE, []),
        ("198001012005012001", None, None, []),
        ("198001012005012001", date(1980, 1, 2), Sex.FEMALE, ["birth_differs"]),
        ("198001012005012001", date(1980, 1, 1), Sex.MALE, ["sex_differs"]),
        ("198001012005013001", None, Sex.MALE, ["sex_digit"]),
        ("199501012005012001", None, None, ["service_young"]),
        ("198001012027012001", None, None, ["service_future"]),
    ],
)
def test_disagreements_are_warnings(digits: str, birth: date | None, sex: Sex | None, codes: list[str]) -> None:
    found = nip.findings(nip.parse(digits), birth_date=birth, sex=sex, today=TODAY)
    assert [finding.code for finding in found] == codes


def test_a_number_is_shown_grouped_and_other_text_is_left_alone() -> None:
    assert nip.format_nip("198001012005012001") == "19800101 200501 2 001"
    assert nip.format_nip("belum ada") == "belum ada"


@given(
    st.dates(date(1950, 1, 1), date(2006, 12, 31)),
    st.integers(1970, 2025),
    st.integers(0, 99),
    st.sampled_from("12"),
    st.integers(1, 999),
)
@settings(max_examples=60, deadline=None)
def test_parse_and_format_go_round(birth: date, year: int, code: int, sex: str, serial: int) -> None:
    digits = f"{birth:%Y%m%d}{year}{code:02d}{sex}{serial:03d}"
    number = nip.parse(nip.format_nip(digits))
    assert number.digits == digits
    assert (number.birth_date, number.appointment_year, number.code, number.serial) == (
        birth,
        year,
        f"{code:02d}",
        f"{serial:03d}",
    )


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_is_accepted_as_another_number(text: str) -> None:
    try:
        number = nip.parse(text)
    except DeskError:
        return
    assert number.digits == nip.digits_of(text)
