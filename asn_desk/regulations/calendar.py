"""Counting days the way offices do: calendar days, working days with holidays and cuti bersama, months, ends of months."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from asn_desk.regulations.terms import Direction, Unit

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _table(year: int, category: str) -> Mapping[date, str]:
    import holidays

    return dict(holidays.country_holidays("ID", years=year, categories=(category,), language="id"))


def national_holidays(year: int) -> Mapping[date, str]:
    """Return the national holidays and the cuti bersama of a year, as far as the `holidays` tables know them."""
    return {**_table(year, "public"), **_table(year, "government")}


def joint_leave_known(year: int) -> bool:
    """Return whether the cuti bersama of that year is in the tables; it is decreed only shortly before the year."""
    return bool(_table(year, "government"))


@dataclass(frozen=True)
class Skipped:
    """A day that was not counted, with the name of the holiday; `weekend` days carry the name of the day's kind."""

    day: date
    name: str
    weekend: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. `added` and `worked` are corrections by a rule pack or the office."""

    added: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday on that day, or None."""
        if day in self.worked:
            return None
        return self.added.get(day) or national_holidays(day.year).get(day)

    def rest(self, day: date) -> Skipped | None:
        """Return why the day is not worked (weekend, holiday or cuti bersama), or None for a working day."""
        if day in self.worked:
            return None
        name = self.holiday(day)
        if name is None and day.weekday() < _SATURDAY:
            return None
        weekend = day.weekday() >= _SATURDAY
        return Skipped(day, name or ("Sabtu" if day.weekday() == _SATURDAY else "Minggu"), weekend)


def add_working_days(start: date, count: int, work: WorkCalendar) -> tuple[date, tuple[Skipped, ...]]:
    """Return the day `count` working days after `start` (before, when negative) and the days of rest passed over.

    Counting starts on the day after `start`, as for official time limits; count 0 gives `start` itself.
    """
    step = _ONE_DAY if count >= 0 else -_ONE_DAY
    day, left, skipped = start, abs(count), []
    while left:
        day += step
        rest = work.rest(day)
        if rest is None:
            left -= 1
        else:
            skipped.append(rest)
    return day, tuple(sorted(skipped, key=lambda rest: rest.day))


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=months.monthrange(day.year, day.month)[1])


def add_months(day: date, count: int) -> date:
    """Return the same day `count` months on (back, when negative), or that month's last day when it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def shifted(
    start: date, number: int, unit: Unit, direction: Direction, work: WorkCalendar
) -> tuple[date, tuple[Skipped, ...]]:
    """Return the day at that distance from `start`, with the days of rest passed over (working days only)."""
    signed = number if direction is Direction.AFTER else -number
    if unit is Unit.WORKING_DAY:
        return add_working_days(start, signed, work)
    if unit is Unit.DAY:
        return start + timedelta(days=signed), ()
    moved = add_months(start, signed)
    return (end_of_month(moved) if unit is Unit.END_OF_MONTH else moved), ()
