"""Picking the mapped cells of a row: cleaned, name and NIP of one cell told apart, merged cells and old day counts resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter

from asn_desk.employees.nip import LENGTH, digits_of
from asn_desk.employees.reading.cells import Cell, Merged, cleaned, plain_text
from asn_desk.employees.reading.columns import DATES, Field, Mapping

_UNIQUE = frozenset({Field.NIP, Field.NAME, Field.SIASN_ID, Field.LOCAL_NUMBER})
_NUMBER = re.compile(r"(?<![0-9])(?:NI\.?P\.?|NI\.? ?PPPK)?[ .:]*((?:[0-9][ .'-]*){17}[0-9])(?![0-9])", re.IGNORECASE)
_BETWEEN = " /-|;,:.()"
_EPOCH_1904 = date(1904, 1, 1)

Rows = Iterator[tuple[int, Sequence[Cell]]]
Picked = tuple[tuple[Cell, ...], tuple[str, ...]]


class BrokenRow(list[str]):
    """A row that a quotation mark tore apart; its cells may belong to another column."""


def ordered(mapping: Mapping) -> Mapping:
    """Return the mapping with the columns first whose values do not repeat; each row's cells have this order."""
    return Mapping(dict(sorted(mapping.columns.items(), key=lambda item: item[0] not in _UNIQUE)))


class Picker:
    """Picks the mapped cells of a row, cleaned; values that repeat down a column share one text in memory."""

    def __init__(self, mapping: Mapping, shift: int, private: Sequence[int]) -> None:
        places = [index - shift for index in mapping.columns.values()]
        own = sum(key in _UNIQUE for key in mapping.columns)
        self._own = _taker(places[:own])
        self._repeating = _taker(places[own:])
        self._seen = _Cleaned().__getitem__
        self.wanted = (*places, *private)
        self._needed = max(self.wanted, default=0) + 1
        self._private = private
        self._empty = ("",) * len(places)
        self._joined = joined_places(mapping)

    def pick(self, cells: Sequence[Cell]) -> Picked | None:
        """Return the mapped cells and the personal data, or None when nothing stands in the mapped columns."""
        size = len(cells)
        if size < self._needed:
            cells = [*cells, *[""] * (self._needed - size)]
        own = [cleaned(cell) if cell.__class__ is str else cell for cell in self._own(cells)]
        picked = (*own, *map(self._seen, self._repeating(cells)))
        if picked == self._empty:
            return None
        if self._joined is not None:
            picked = _told_apart(picked, *self._joined)
        private = tuple(plain_text(cells[place]) for place in self._private) if self._private else ()
        return picked, private


def split_number(text: str) -> tuple[str, str]:
    """Return the NIP and the name of one cell, `MELATI CONTOH / NIP. 19800101 200501 2 001`.

    A cell without exactly one number of 18 digits comes back whole as the number, to be refused as such.
    """
    found = [*_NUMBER.finditer(text)]
    if len(found) != 1:
        return text, ""
    digits = digits_of("".join(one for one in found[0][1] if one.isdigit()))
    name = " ".join(f"{text[: found[0].start()].strip(_BETWEEN)} {text[found[0].end() :].strip(_BETWEEN)}".split())
    if len(digits) != LENGTH or any(one.isdigit() for one in name):
        return text, ""
    return digits, _with_closing_point(name, text)


def fill_merged(rows: Rows, merged: Sequence[Merged], places: Iterable[int], shift: int) -> Rows:
    """Yield rows whose cells covered by a merged one hold its value: one unit beside all its people.

    Only columns that repeat (`places`) are filled; a merged NIP or name makes nobody of the rows below.
    """
    covers = _covers(merged, set(places), shift)
    held: dict[int, Cell] = {}
    for number, cells in rows:
        now = covers.get(number)
        if now is None:
            yield number, cells
            continue
        filled = [*cells, *[""] * (max(now) + 1 - len(cells))]
        for place, begins in now.items():
            if begins:
                held[place] = filled[place]
            elif filled[place] == "":
                filled[place] = held.get(place, "")
        yield number, filled


def repeating_places(mapping: Mapping, shift: int) -> list[int]:
    """Return the places of the columns whose values repeat."""
    return [index - shift for key, index in mapping.columns.items() if key not in _UNIQUE]


def merged_below(merged: Sequence[Merged], row: int, places: Iterable[int], shift: int) -> bool:
    """Return whether cells of several rows below `row` (1 is the first) are merged in these places."""
    columns = {place + shift for place in places}
    return any(start[0] >= row and end[0] > start[0] and start[1] in columns for start, end in merged)


def since_1904(rows: Rows, mapping: Mapping, shift: int) -> Rows:
    """Yield rows of a workbook that counts days from 1904: the plain numbers in date columns made dates."""
    places = [index - shift for key, index in mapping.columns.items() if key in DATES]
    for number, cells in rows:
        told = list(cells)
        for place in places:
            if place < len(told) and isinstance(value := told[place], float) and 0 < value < 73_000:
                told[place] = _EPOCH_1904 + timedelta(days=int(value))
        yield number, told


class _Cleaned(dict[Cell, Cell]):
    """Remembers the cleaned form of each text; numbers and dates pass as they are."""

    def __missing__(self, cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell  # not kept: 1, 1.0 and True would be one key
        text = self[cell] = cleaned(cell)
        return text


def _taker(places: Sequence[int]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """Return a function that takes the cells at these places as a tuple."""
    if len(places) < 2:
        return lambda cells: tuple(cells[place] for place in places)
    return itemgetter(*places)


def joined_places(mapping: Mapping) -> tuple[int, int] | None:
    """Return where NIP and name stand among the picked cells when one column holds both."""
    columns = mapping.columns
    if Field.NIP not in columns or columns.get(Field.NIP) != columns.get(Field.NAME):
        return None
    fields = list(columns)
    return fields.index(Field.NIP), fields.index(Field.NAME)


def _told_apart(picked: tuple[Cell, ...], nip: int, name: int) -> tuple[Cell, ...]:
    cells = list(picked)
    if isinstance(cell := cells[nip], str):
        cells[nip], cells[name] = split_number(cell)
    return tuple(cells)


def _with_closing_point(name: str, text: str) -> str:
    """Return the name with the point of its last title, which was taken for a separator: `SUPRI, S.E.`"""
    return f"{name}." if name and f"{name}." in " ".join(text.split()) and "." in name.rpartition(" ")[2] else name


def _covers(merged: Sequence[Merged], places: set[int], shift: int) -> dict[int, dict[int, bool]]:
    """Return row number -> place -> whether the merged cell begins in that row."""
    covers: dict[int, dict[int, bool]] = {}
    for (top, left), (bottom, _) in merged:
        if left - shift in places and bottom > top:
            for row in range(top, bottom + 1):
                covers.setdefault(row + 1, {})[left - shift] = row == top
    return covers
