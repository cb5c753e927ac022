"""The day that a cell of a return file means, in the ways units write it; a text that fits none is reported, never bent into one."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from asn_desk.wording import MONTHS, weekday

_EXCEL_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 2_900_000
_DAY_TEXT = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[A-Za-z]+)\.?\s*[-/. ]\s*(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_WEEKDAY = re.compile(r"([A-Za-z'’]{4,6})\s*[,/]?\s+(?=\d)", re.ASCII)
_OTHER_MONTHS = {
    "pebruari": 2, "peb": 2, "may": 5, "june": 6, "july": 7, "agt": 8, "ags": 8, "agst": 8, "agus": 8, "aug": 8, "august": 8,
    "oct": 10, "october": 10, "nopember": 11, "nop": 11, "dec": 12, "december": 12,
}  # fmt: skip
_SHORTEST_MONTH = 3


def day_of(value: object) -> date | None:
    """Return the day that a cell means: a date, a number of days as Excel counts, or a text like 9-9-2024 or Senin, 9 Sept 2024.

    A weekday that is not that day's makes the text doubtful, hence none.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= _LAST_SERIAL:
        return _EXCEL_EPOCH + timedelta(days=int(value))
    return _of_text(" ".join(value.split())) if isinstance(value, str) else None


def _of_text(text: str) -> date | None:
    named = _WEEKDAY.match(text)
    day = _of_numbers(text[named.end() :] if named else text)
    if named and day is not None and _plain(named[1]) != _plain(weekday(day)):
        return None
    return day


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower()).replace("ahad", "minggu")


def _of_numbers(text: str) -> date | None:
    if _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(text))
    if found := _YEAR_FIRST.fullmatch(text):
        return _existing(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_TEXT.fullmatch(text):
        month = int(found[2]) if found[2].isdecimal() else _month(found[2].lower())
        return _existing(int(found[3]), month, int(found[1]))
    return None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31-02-2024 reads like a day and is none
        return None


def _month(word: str) -> int:
    """Return a month by its name, the beginning of it, or a usual other spelling; 0 for anything else."""
    if len(word) < _SHORTEST_MONTH:
        return 0
    known = (place for place, name in enumerate(MONTHS, 1) if name.lower().startswith(word))
    return next(known, _OTHER_MONTHS.get(word, 0))
