"""How the office writes dates, numbers, NIPs and names. One place, so that screen, letter and report agree."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def long_date(day: date) -> str:
    """Return `22 September 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return `22 Sep 2024`, for narrow columns."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def weekday(day: date) -> str:
    """Return the Indonesian name of the day of the week."""
    return DAYS[day.weekday()]


def clock_time(moment: datetime) -> str:
    """Return `08.15`, the office's way of writing a time."""
    return f"{moment:%H.%M}"


def roman_month(day: date) -> str:
    """Return the month as a Roman numeral, as letter numbers use it."""
    return ROMAN[day.month - 1]


def number(value: int) -> str:
    """Return an integer with Indonesian thousands points: `6.500`."""
    return f"{value:,}".replace(",", ".")


def number_words(value: int) -> str:
    """Return the number in Indonesian words: `dua puluh satu`."""
    from num2words import num2words

    return str(num2words(value, lang="id"))


def grouped_nip(nip: str) -> str:
    """Return an 18-digit number grouped 8 6 1 3 as the office writes it; anything else is returned as it is."""
    if len(nip) != 18 or not nip.isdigit():
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def titled_name(name: str, front: str = "", back: str = "") -> str:
    """Return the name with its titles: `Drs. H. Muhammad Syahrul Ramadhan, M.Si.`."""
    full = f"{front.strip()} {name.strip()}".strip()
    return f"{full}, {back.strip()}" if back.strip() else full


_SMALL_PARTS = {"bin", "binti", "al", "el", "van", "de", "der"}


def readable_name(name: str) -> str:
    """Return a name exported in capitals as people write it; a name in mixed case is left as it is.

    Roman numerals and single letters stay capital; letters after an apostrophe stay small (`Ma'ruf`), after a hyphen capital.
    """
    if name != name.upper():
        return name
    words = [*map(_readable_word, name.split())]
    if words and words[0] in _SMALL_PARTS:
        words[0] = words[0].capitalize()
    return " ".join(words)


@lru_cache(4096)  # names share their words, and lists of a hundred thousand names are written
def _readable_word(word: str) -> str:
    lowered = word.lower()
    if lowered in _SMALL_PARTS:
        return lowered
    if word.strip(".") in ROMAN[1:] and len(word) > 1:
        return word
    return "-".join(part[:1].upper() + part[1:] for part in lowered.split("-"))


class Secrecy(StrEnum):
    """Who may see a file that leaves the program; it stands in the file's footer and in its properties."""

    OPEN = "Biasa"
    LIMITED = "Terbatas"
    CONFIDENTIAL = "Rahasia"


def secrecy_words(secrecy: Secrecy) -> str:
    """Return the words for a footer and for a file's properties."""
    return f"Sifat: {secrecy.value}"


def sheet_footer(secrecy: Secrecy) -> str:
    """Return a worksheet's footer: how secret it is, and the page, in Excel's own codes."""
    return f"&L{secrecy_words(secrecy)}&CHalaman &P dari &N"


def sheet_properties(secrecy: Secrecy) -> dict[str, str]:
    """Return the properties of a workbook that say how secret it is."""
    return {"category": secrecy_words(secrecy), "keywords": secrecy.value}
