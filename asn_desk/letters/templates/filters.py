"""What a template may call on its fields: the office's way of writing dates, numbers, NIPs and names; and safe output."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from asn_desk import wording

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0\ufdd1\ufffe\uffff\ud800-\udfff]")
"""What may not stand in XML, and the two characters that mark a tag's place while a template is compiled."""
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(value: Any) -> Markup:
    """Return a field's value as run text: escaped, without characters XML forbids, line breaks and tabs kept."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup("")
    if isinstance(value, date):
        value = wording.long_date(value)
    clean = ILLEGAL.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    marked = escape(clean)
    if "\n" in clean:
        marked = marked.replace("\n", _BREAK)
    return marked.replace("\t", _TAB) if "\t" in clean else marked


def _day(value: date | str) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value)


def tanggal(value: date | str) -> str:
    """Return `22 September 2024`; takes a date or its ISO form."""
    return wording.long_date(_day(value))


def hari(value: date | str) -> str:
    """Return the day of the week."""
    return wording.weekday(_day(value))


def bulan_romawi(value: date | str) -> str:
    """Return the month as a Roman numeral."""
    return wording.roman_month(_day(value))


def romawi(value: int) -> str:
    """Return a number from 1 to 3999 as a Roman numeral."""
    rest = int(value)
    if not 0 < rest < 4000:
        raise ValueError("romawi: 1-3999")
    parts = []
    for worth, sign in _ROMAN:
        parts.append(sign * (rest // worth))
        rest %= worth
    return "".join(parts)


def huruf(value: int) -> str:
    """Return 1 as `a`, 26 as `z`, 27 as `aa`."""
    rest, letters = int(value), ""
    if rest < 1:
        raise ValueError("huruf: 1-")
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def kapital(value: Any) -> str:
    """Return the text in capitals."""
    return str(value).upper()


def terbilang(value: int) -> str:
    """Return a whole number in words."""
    return wording.number_words(int(value))


def angka(value: int) -> str:
    """Return a whole number with thousands points."""
    return wording.number(int(value))


def nip(value: str) -> str:
    """Return a NIP grouped 8 6 1 3."""
    return wording.grouped_nip("".join(str(value).split()))


def nama_gelar(value: str, depan: str = "", belakang: str = "") -> str:
    """Return a name with its titles."""
    return wording.titled_name(str(value), depan, belakang)


OURS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (tanggal, hari, bulan_romawi, romawi, huruf, kapital, terbilang, angka, nip, nama_gelar)
}
BORROWED = (
    "abs", "batch", "capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower",
    "replace", "reverse", "round", "sort", "sum", "title", "trim", "unique", "upper", "wordcount",
)  # fmt: skip
"""Jinja's own filters that a letter may use; none of them switches escaping off."""
