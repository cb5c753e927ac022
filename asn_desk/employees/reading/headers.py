"""Finding the header: its lower rows joined to it, and a header that is not worded as expected found by the numbers below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from asn_desk.employees.nip import digits_of
from asn_desk.employees.reading.cells import Cell, Merged
from asn_desk.employees.reading.columns import FEWEST_KNOWN, Field, field_of, guess, known_fields
from asn_desk.employees.reading.picking import Rows

HEADER_WITHIN = 500
_ABOVE = 6
_FEWEST_PEOPLE = 3  # fewer numbers may be those of who signed
_EIGHTEEN = re.compile(r"(?:19|20)[0-9]{16}")
_LEAST_ROUNDED, _MOST_ROUNDED = 1.93e17, 2.01e17  # a NIP stored as a number
_FIGURE = re.compile(r"[0-9]{2,}")


@dataclass
class Header:
    """A header row: its number (1 is the first row) and the name of each column."""

    number: int
    names: list[str]


def names_in(cells: Sequence[Cell]) -> list[str]:
    """Return the texts of a row; other cells are no names."""
    return [cell if isinstance(cell, str) else "" for cell in cells]


def join_lower(rows: Rows, header: Header, merged: Sequence[Merged], first_column: int) -> Rows:
    """Join a header that spans two or three rows, `GOL AKHIR` above `NAMA` reads `GOL AKHIR NAMA`, and return what follows."""
    top = header.number - 1
    ends = [end[0] for start, end in merged if start[0] <= top < end[0] and end[0] - top <= 2]
    lower_rows = max(ends, default=top) - top
    for _ in range(lower_rows):
        _, lower = next(rows, (0, ()))
        _join(header, _spread(header, merged, first_column), lower)
    return rows if lower_rows else _join_unmerged(rows, header)


def find_loosely(rows: Sequence[Sequence[Cell]]) -> tuple[Header, list[int]] | None:
    """Return the header of a people list whose columns bear other names, and the places of columns that hold NIPs.

    It is a row that names NIP and name, or one of them and two things more; else the row above the first of several NIPs.
    """
    for index, cells in enumerate(rows):
        names = names_in(cells)
        known = known_fields(names)
        told = known & {Field.NIP, Field.NAME, Field.LOCAL_NUMBER}
        if len(told) > 1 or (told and len(known) >= FEWEST_KNOWN):
            return Header(index + 1, names), _number_places(rows[index + 1 :])
        if _holds_number(cells):
            above = _nearest_names(rows[max(index - _ABOVE, 0) : index])
            if above and (known_fields(above[1]) or sum(map(_holds_number, rows[index:])) >= _FEWEST_PEOPLE):
                return Header(index - above[0], above[1]), _number_places(rows[index:])
    return None


def holds_numbers(rows: Iterable[Sequence[Cell]]) -> bool:
    """Return whether some row holds a NIP."""
    return any(_holds_number(cells) for cells in rows)


def nearest_miss(rows: Sequence[Sequence[Cell]]) -> tuple[int, frozenset[Field]]:
    """Return the number of the row that names the most things known, and what it names; (0, nothing) when none does."""
    best: tuple[int, frozenset[Field]] = (0, frozenset())
    for number, cells in enumerate(rows, 1):
        known = known_fields(names_in(cells))
        if len(known) > len(best[1]):
            best = number, frozenset(known)
    return best


def _join_unmerged(rows: Rows, header: Header) -> Rows:
    """Join the row below a header when it holds nothing but names of columns, and none for the NIP and the name."""
    number, lower = next(rows, (0, ()))
    if not number:
        return rows
    columns = guess(header.names).columns
    taken = [columns[key] for key in (Field.NIP, Field.NAME) if key in columns]
    if not taken or any(_cell(lower, place) != "" for place in taken) or not _only_names(lower):
        return chain([(number, lower)], rows)
    above = list(header.names)
    for place, cell in enumerate(lower[: len(above)]):
        if not above[place].strip() and cell != "" and place:
            above[place] = above[place - 1]
    _join(header, above, lower)
    return rows


def _only_names(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell != ""]
    texts = [cell for cell in filled if isinstance(cell, str) and not _FIGURE.search(cell)]
    return len(texts) == len(filled) >= 2 and any(field_of(text) or len(text) <= 5 for text in texts)


def _join(header: Header, above: Sequence[str], lower: Sequence[Cell]) -> None:
    header.names = [
        _joined(group, cell) if isinstance(cell, str) and cell else own
        for group, own, cell in zip(above, header.names, [*lower, *[""] * len(header.names)], strict=False)
    ]


def _joined(group: str, name: str) -> str:
    """Return the name of a column under a group: `PANGKAT` above `TMT` is the TMT PANGKAT."""
    turned = f"{name} {group}".strip()
    said = f"{group} {name}".strip()
    return turned if field_of(said) is None and field_of(turned) is not None else said


def _spread(header: Header, merged: Sequence[Merged], first_column: int) -> list[str]:
    """Return the header row with each horizontally merged title repeated over the columns it covers."""
    row, spread = header.number - 1, list(header.names)
    for (top, left), (bottom, right) in merged:
        if top <= row <= bottom:
            first = max(left - first_column, 0)
            for index in range(first, min(right - first_column + 1, len(spread))):
                spread[index] = header.names[first]
    return spread


def _nearest_names(rows: Sequence[Sequence[Cell]]) -> tuple[int, list[str]] | None:
    """Return how far above the end a row of names stands, and its names; rows of numbers are passed by."""
    for back, cells in enumerate(reversed(rows)):
        texts = [cell for cell in cells if isinstance(cell, str) and any(one.isalpha() for one in cell)]
        if len(texts) >= 2:
            return back, names_in(cells)
    return None


def _number_places(rows: Sequence[Sequence[Cell]]) -> list[int]:
    return sorted({place for cells in rows for place, cell in enumerate(cells) if _is_number(cell)})


def _holds_number(cells: Sequence[Cell]) -> bool:
    return any(map(_is_number, cells))


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, float):
        return _LEAST_ROUNDED < cell < _MOST_ROUNDED
    return isinstance(cell, str) and 18 <= len(cell) <= 40 and _EIGHTEEN.fullmatch(digits_of(cell)) is not None


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else ""
