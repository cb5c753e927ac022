"""Dates in every shape an export writes them; a text that fits none is reported, never bent into one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum

from asn_desk.employees.reading.cells import Cell
from asn_desk.wording import MONTHS

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d.*))?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ]+\d.*)?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ](\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_UNIVERSAL = re.compile(r"(\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)? ?(?:Z|\+00:?00)", re.ASCII)
_MIDNIGHTS = frozenset(
    {time(17), time(16), time(15), time(16, 52, 48)}
)  # of WIB, WITA, WIT and old Jakarta time, in UTC
_NOON = time(12)
_LAST_MINUTE = time(23, 59)
_EMPTY = frozenset({"", "00-00-0000", "0000-00-00", "00/00/0000", "0000-00-00 00:00:00"})
_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_050  # from 1 January 1910 to 2099: a smaller number is a year or a count
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
UNREADABLE = object()
_FEWEST_TEXTS, _FEWEST_DAYS, _FEWEST_DATES = 2, 3, 6  # fewer may be chance
_MONTH_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {
    "may": 5,
    "aug": 8,
    "oct": 10,
    "dec": 12,
    "agt": 8,
}


def date_of(cell: Cell, *, month_first: bool = False) -> date | None:
    """Return the day in a cell, None for an empty one. Raises ValueError when it holds something else.

    Understands date cells, Excel serial numbers, dd-mm-yyyy and yyyy-mm-dd with - / or ., 19800131, ISO timestamps and
    `1 Januari 1980`. `month_first` reads mm/dd/yyyy, for columns that `order_of` has proved.
    """
    if isinstance(cell, datetime):
        if cell.time() >= _LAST_MINUTE:
            raise ValueError("a day or the next one")  # what programs write that mistake the time zone
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    if not isinstance(cell, str):
        raise ValueError("no date")  # noqa: TRY004 - one error for all that is no date
    return None if cell in _EMPTY else _from_text(cell, month_first=month_first)


class Order(Enum):
    """In which order a column writes day and month, as far as its texts prove it.

    SWAPPED: Excel turned some days round. DOUBTFUL: other columns of the sheet contradict each other.
    """

    UNPROVED = "unproved"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    SWAPPED = "swapped"
    DOUBTFUL = "doubtful"


def order_of(cells: Iterable[Cell]) -> Order:
    """Return which order of day and month a column proves.

    Where Excel expects the month first, it makes a date of `03/04/1980` (4 March) and leaves `25/04/1980` a text: a column
    whose texts all begin beyond 12 while its date cells all have days up to 12 is such a one.
    """
    first = second = within = texts = days = early = 0
    for cell in set(cells):  # days repeat down a column
        if isinstance(cell, str):
            if (parts := _YEAR_LAST.fullmatch(cell)) is not None:
                texts += 1
                first += int(parts[1]) > 12
                second += int(parts[2]) > 12
        elif isinstance(cell, date):
            days += 1
            early += cell.day <= 12
            within += cell.day == 1
    enough = texts >= _FEWEST_TEXTS and days >= _FEWEST_DAYS and texts + days >= _FEWEST_DATES
    if enough and texts == first and days == early and days > within:
        return Order.SWAPPED
    if first:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if second else Order.UNPROVED


def day_reader(order: Order) -> Callable[[Cell], date | object | None]:
    """Return a function that reads the day in a cell of a column: None for an empty cell, UNREADABLE for what is no sure day."""

    def read(cell: Cell) -> date | object | None:
        try:
            day = date_of(cell, month_first=order is Order.MONTH_FIRST)
        except ValueError:
            return UNREADABLE
        doubtful = order is (Order.DOUBTFUL if isinstance(cell, str) else Order.SWAPPED)
        return UNREADABLE if doubtful and day is not None and turned(day) is not None else day

    return read


def turned(day: date) -> date | None:
    """Return the date with day and month exchanged, None when there is no such date or it is the same."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 and day.day != day.month else None


def _from_number(number: float) -> date:
    if number > _LAST_SERIAL and number == number // 1:
        return _from_text(f"{number:.0f}", month_first=False)
    return _from_serial(number)


def _from_serial(number: float) -> date:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise ValueError("no date serial")
    return _EXCEL_EPOCH + timedelta(days=int(number))


def _from_text(text: str, *, month_first: bool) -> date:
    if parts := _YEAR_LAST.fullmatch(text):
        day, month = (parts[2], parts[1]) if month_first else (parts[1], parts[2])
        return _plausible(date(int(parts[3]), int(month), int(day)))
    if parts := _YEAR_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        day = date(int(parts[1]), int(parts[2]), int(parts[3]))
        return _plausible(day + _to_local_day(parts[4]) if parts.re is _YEAR_FIRST and parts[4] else day)
    if (parts := _NAMED.fullmatch(text)) and parts[2][:3].lower() in _MONTH_OF:
        return _plausible(date(int(parts[3]), _MONTH_OF[parts[2][:3].lower()], int(parts[1])))
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text))
    raise ValueError("no date")


def _to_local_day(clock: str) -> timedelta:
    """Return how far the day in Indonesia lies from one written in universal time: programs store a day as its midnight here."""
    parts = _UNIVERSAL.fullmatch(clock)
    if parts is None:
        return timedelta(0)
    told = time(int(parts[1]), int(parts[2]), int(parts[3] or 0))
    if told in _MIDNIGHTS:
        return timedelta(1)
    if told > _NOON:
        raise ValueError("a day or the next one")
    return timedelta(0)


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("year out of range")
    return day
