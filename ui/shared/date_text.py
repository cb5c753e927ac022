"""Reads dates as clerks type them, and writes them as the office does."""

from __future__ import annotations

import re
from datetime import date

from asn_desk.wording import MONTHS

_SIX = re.compile(r"(\d{2})(\d{2})(\d{2})")
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_PARTS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[A-Za-z]+\.?)\s*[-/. ]\s*(\d{2}|\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CENTURY_TURN = 70


def read_date(text: str) -> date | None:
    """Return the date meant by `220924`, `22-09-2024`, `22/9/24`, `22 Sep 2024` or `22 September 2024`, or None.

    Two figures for a year mean 1970 to 2069.
    """
    words = text.strip()
    iso = _ISO.fullmatch(words)
    if iso:
        return _build(iso[3], iso[2], iso[1])
    for pattern in (_SIX, _EIGHT, _PARTS):
        match = pattern.fullmatch(words)
        if match:
            return _build(match[1], match[2], match[3])
    return None


def _build(day: str, month: str, year: str) -> date | None:
    number = int(month) if month.isdigit() else _month_number(month)
    full_year = int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= _CENTURY_TURN else 2000)
    try:
        return date(full_year, number, int(day))
    except ValueError:
        return None


def _month_number(word: str) -> int:
    start = word.rstrip(".").casefold()
    found = [place for place, name in enumerate(MONTHS, 1) if name.casefold().startswith(start)]
    return found[0] if len(found) == 1 and len(start) >= 3 else 0
