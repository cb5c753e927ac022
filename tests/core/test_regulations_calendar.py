"""Counting days: working days against an independent count, months, ends of months, corrections."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asn_desk.regulations.calendar import (
    WorkCalendar,
    add_months,
    add_working_days,
    end_of_month,
    joint_leave_known,
    shifted,
)
from asn_desk.regulations.terms import Direction, Unit

PLAIN = WorkCalendar()
OFF = holidays.country_holidays("ID", years=range(2018, 2028), categories=("public", "government"), language="id")


def working_days_between(start: date, end: date) -> int:
    """Count the slow way: every day after `start` up to `end`, weekends and days off left out."""
    days = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    return sum(1 for day in days if day.isoweekday() <= 5 and day not in OFF)


@settings(max_examples=150, deadline=None, database=None)
@given(st.dates(date(2019, 1, 1), date(2026, 6, 30)), st.integers(0, 60))
def test_working_days_agree_with_an_independent_count(start: date, count: int) -> None:
    end, skipped = add_working_days(start, count, PLAIN)
    assert working_days_between(start, end) == count
    assert (end - start).days == count + len(skipped)
    assert count == 0 or (end.isoweekday() <= 5 and end not in OFF)


CORRECTED_DAYS = st.dictionaries(st.dates(date(2024, 1, 1), date(2024, 6, 30)), st.booleans(), max_size=25)


@settings(max_examples=120, deadline=None, database=None)
@given(st.dates(date(2023, 12, 1), date(2024, 6, 30)), st.integers(-40, 40), CORRECTED_DAYS)
def test_corrected_calendars_agree_with_an_independent_count(
    start: date, count: int, corrected: dict[date, bool]
) -> None:
    """`corrected`: days the office says are worked (True) or off (False), over weekends, holidays and cuti bersama alike."""
    work = WorkCalendar(
        {day: "Libur daerah" for day, worked in corrected.items() if not worked},
        frozenset(day for day, worked in corrected.items() if worked),
    )
    end, skipped = add_working_days(start, count, work)
    step = 1 if count >= 0 else -1
    passed = [start + timedelta(days=step * n) for n in range(1, abs((end - start).days) + 1)]
    off = [day for day in passed if not corrected.get(day, day.isoweekday() <= 5 and day not in OFF)]
    assert len(passed) - len(off) == abs(count)
    assert [rest.day for rest in skipped] == sorted(off)
    assert all(rest.name for rest in skipped)
    assert count == 0 or end not in off


def test_the_count_knows_cuti_bersama_apart_from_holidays() -> None:
    leave = holidays.country_holidays("ID", years=range(2019, 2027), categories=("government",), language="id")
    for day, name in leave.items():
        found = PLAIN.rest(day)
        assert found is not None
        assert "Cuti Bersama" in name
        assert found.name


@settings(max_examples=80, deadline=None, database=None)
@given(st.dates(date(2019, 6, 1), date(2026, 6, 30)), st.integers(1, 40))
def test_counting_back_from_a_working_day_undoes_counting_on(start: date, count: int) -> None:
    start, _ = add_working_days(start, 1, PLAIN)
    end, _ = add_working_days(start, count, PLAIN)
    assert add_working_days(end, -count, PLAIN)[0] == start


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2023, 5, 12), 14, date(2023, 6, 6)),  # Ascension, Pancasila, cuti bersama Waisak on 2 June
        (date(2024, 9, 2), 14, date(2024, 9, 23)),  # Maulid on 16 September
        (date(2024, 8, 27), -14, date(2024, 8, 7)),  # the plain count against Jayapura's 5 August
        (date(2024, 9, 22), 21, date(2024, 10, 21)),
        (date(2024, 12, 20), 5, date(2024, 12, 31)),  # Christmas and its cuti bersama
        (date(2024, 9, 6), 0, date(2024, 9, 6)),
    ],
)
def test_counts_worked_out_by_hand(start: date, count: int, expected: date) -> None:
    assert add_working_days(start, count, PLAIN)[0] == expected


def test_days_passed_over_carry_the_names_of_the_holidays() -> None:
    _, skipped = add_working_days(date(2024, 9, 13), 1, PLAIN)
    assert [(rest.day.day, rest.name) for rest in skipped] == [
        (14, "Sabtu"),
        (15, "Minggu"),
        (16, "Maulid Nabi Muhammad"),
    ]


def test_an_added_holiday_is_skipped_and_a_worked_one_counts() -> None:
    corrected = WorkCalendar({date(2024, 9, 17): "Libur daerah"}, frozenset({date(2024, 9, 16)}))
    end, skipped = add_working_days(date(2024, 9, 13), 2, corrected)
    assert end == date(2024, 9, 18)
    assert [rest.name for rest in skipped] == ["Sabtu", "Minggu", "Libur daerah"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 11, 3), 1, date(2023, 12, 3)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 11, 3), date(2023, 11, 30)),
        (date(2023, 11, 13), date(2023, 11, 30)),
        (date(2024, 9, 22), date(2024, 9, 30)),
        (date(2025, 7, 22), date(2025, 7, 31)),
        (date(2020, 9, 23), date(2020, 9, 30)),
        (date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_end_of_month_of_the_known_determinations(day: date, expected: date) -> None:
    assert end_of_month(day) == expected
    assert shifted(day, 0, Unit.END_OF_MONTH, Direction.AFTER, PLAIN) == (expected, ())


def test_joint_leave_is_known_only_once_it_was_decreed() -> None:
    assert joint_leave_known(2024)
    assert not joint_leave_known(2031)
