"""What was read from a file: sheets with their header, mapping and the cells the program needs, each with its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from asn_desk.employees.reading.columns import (
    Column,
    Field,
    Mapping,
    PostField,
    UnitField,
    column_letters,
    guess,
    guess_posts,
    guess_private,
    guess_units,
    is_header,
    is_private,
)
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.errors import DeskError

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]

HEADER_WITHIN = 500
_SAMPLES = 3
_EVERY = 500
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_NOTHING = frozenset({"-", "--", "null", "none", "n/a", "#n/a", "nan"})
_CLEAN = re.compile(r"[!-~]+(?: [!-~]+)*")  # as most cells are
_LONGEST_NOTHING = max(map(len, _NOTHING))
_UNIQUE = frozenset({Field.NIP, Field.NAME, Field.SIASN_ID, Field.LOCAL_NUMBER})


class ImportCancelled(DeskError):
    """The clerk stopped the import; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Impor dibatalkan. Tidak ada data yang berubah.")


class Row(NamedTuple):
    """One row: its number in Excel, its cells in the order of `Sheet.fields`, and whether it is longer than its header."""

    number: int
    cells: tuple[Cell, ...]
    too_long: bool = False
    private: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of people. `rows` hold the mapped columns only; `columns` name all of them for the mapping dialog."""

    file: str
    name: str
    header_row: int
    columns: tuple[Column, ...]
    mapping: Mapping
    rows: tuple[Row, ...]
    private: tuple[PrivateField, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the mapped fields in the order of each row's cells."""
        return tuple(self.mapping.columns)

    def address(self, which: Field | None, number: int) -> str:
        """Return where a cell stands, `Sheet1!B17`; of the whole row when the field is not mapped."""
        index = None if which is None else self.mapping.columns.get(which)
        return cell_address(self.name, index, number)


class UnitRow(NamedTuple):
    """One row of a unit hierarchy."""

    number: int
    siasn_id: str
    name: str
    parent_siasn_id: str


@dataclass(frozen=True)
class UnitSheet:
    """A sheet of the companion file HierarkiUnor."""

    file: str
    name: str
    columns: dict[UnitField, int]
    rows: tuple[UnitRow, ...]

    def address(self, which: UnitField, number: int) -> str:
        """Return where a cell stands."""
        return cell_address(self.name, self.columns[which], number)


@dataclass(frozen=True)
class PostSheet:
    """A sheet of the companion file of posts: the texts of each row with its number."""

    file: str
    name: str
    columns: dict[PostField, int]
    rows: tuple[tuple[int, dict[PostField, str]], ...]

    def address(self, which: PostField, number: int) -> str:
        """Return where a cell stands."""
        return cell_address(self.name, self.columns.get(which), number)


class Correction(NamedTuple):
    """A cell that the clerk corrected in the preview."""

    cell: str
    old: str
    new: str


@dataclass(frozen=True)
class SkippedSheet:
    """A sheet that was not read, and why."""

    name: str
    reason: str


AnySheet: TypeAlias = Sheet | UnitSheet | PostSheet | SkippedSheet


@dataclass(frozen=True)
class Workbook:
    """Everything the program needs from one file."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    units: tuple[UnitSheet, ...] = ()
    skipped: tuple[SkippedSheet, ...] = ()
    posts: tuple[PostSheet, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class RawSheet:
    """A sheet as the reading library gives it: rows from the first one on, cells from `first_column` on.

    `narrow` is told the places of a row that are wanted; others may be empty in the rows that follow.
    """

    name: str
    rows: Iterable[Sequence[Cell]]
    height: int
    first_column: int = 0
    merged: tuple[Merged, ...] = ()
    fixed_width: bool = True
    narrow: Callable[[Sequence[int]], None] | None = None


def cell_address(sheet: str, column: int | None, number: int) -> str:
    """Return `Sheet1!B17`, or `B17` for a file without sheets (CSV)."""
    place = f"{column_letters(column)}{number}" if column is not None else f"baris {number}"
    return f"{sheet}!{place}" if sheet else place


def cleaned(text: str) -> str:
    """Return a cell's text without control characters, NBSP and doubled blanks; `null` and `-` mean empty."""
    if len(text) > _LONGEST_NOTHING and _CLEAN.fullmatch(text):
        return text
    text = " ".join((text if text.isprintable() else _CONTROL.sub("", text)).split())
    return "" if text.lower() in _NOTHING else text


def shown(value: Cell) -> str:
    """Return a cell's value as Excel would show it, for lists of refused cells."""
    if isinstance(value, bool):
        return "BENAR" if value else "SALAH"
    if isinstance(value, float):
        return f"{value:.5E}" if abs(value) >= 1e15 else f"{value:.10g}"
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


@dataclass
class Ticker:
    """Counts rows, tells progress now and then, and raises ImportCancelled when asked to stop."""

    total: int
    progress: Progress | None = None
    cancelled: Cancelled | None = None
    done: int = 0

    def check(self) -> None:
        """Raise ImportCancelled when the clerk asked to stop."""
        if self.cancelled is not None and self.cancelled():
            raise ImportCancelled

    def step(self, rows: int = 1) -> None:
        """Count rows done."""
        before = self.done // _EVERY
        self.done += rows
        if self.done // _EVERY != before or self.done >= self.total:
            self.check()
            if self.progress is not None:
                self.progress(min(self.done, self.total), self.total)

    def finish(self) -> None:
        """Count whatever is left as done."""
        self.step(max(self.total - self.done, 0))


def read_sheet(
    raw: RawSheet, file: str, ticker: Ticker, chosen: Mapping | None = None, private: Sequence[PrivateField] = ()
) -> AnySheet:
    """Return a raw sheet as people, as a unit hierarchy, as a list of posts, or as skipped with the reason."""
    rows = iter(enumerate(raw.rows, 1))
    passed = 0
    for number, cells in rows:
        passed = number
        ticker.step()
        headers = [cell if isinstance(cell, str) else "" for cell in cells]
        if is_header(headers):
            return _people(raw, file, rows, _Header(number, headers), ticker, chosen, private)
        if columns := guess_units(headers):
            return _units(raw, file, rows, columns, ticker)
        if post_columns := guess_posts(headers):
            return _posts(raw, file, rows, post_columns, ticker)
        if number >= HEADER_WITHIN:
            break
    ticker.step(raw.height - passed)
    reason = (
        "lembar kosong"
        if not raw.height
        else f"tidak ada baris judul dengan NIP dan NAMA pada {HEADER_WITHIN} baris pertama"
    )
    return SkippedSheet(raw.name, reason)


@dataclass
class _Header:
    number: int
    names: list[str]


_Rows: TypeAlias = Iterator[tuple[int, Sequence[Cell]]]


def _people(
    raw: RawSheet, file: str, rows: _Rows, header: _Header, ticker: Ticker, chosen: Mapping | None,
    private: Sequence[PrivateField],
) -> Sheet:  # fmt: skip
    _read_lower_header(raw, rows, header)
    shift = raw.first_column
    guessed = guess(header.names)
    mapping = _ordered(chosen or Mapping({key: index + shift for key, index in guessed.columns.items()}))
    extra = guess_private(header.names, private)
    reader = _RowReader(mapping, shift, len(header.names) if not raw.fixed_width else None, list(extra.values()))
    kept = []
    if raw.narrow is not None:
        raw.narrow(reader.wanted)
    samples: list[list[str]] = [[] for _ in header.names]
    for number, cells in rows:
        ticker.step()
        row = reader.read(number, cells)
        if row is not None:
            kept.append(row)
            if len(kept) <= _SAMPLES:
                _take_samples(samples, header.names, cells)
    columns = tuple(
        Column(index + shift, " ".join(name.split()), is_private(name), tuple(samples[index]))
        for index, name in enumerate(header.names)
    )
    return Sheet(file, raw.name, header.number, columns, mapping, tuple(kept), tuple(extra))


def _ordered(mapping: Mapping) -> Mapping:
    """Return the mapping with the columns first whose values do not repeat; each row's cells have this order."""
    return Mapping(dict(sorted(mapping.columns.items(), key=lambda item: item[0] not in _UNIQUE)))


def _read_lower_header(raw: RawSheet, rows: _Rows, header: _Header) -> None:
    """Join a header that spans two or three rows: `GOL AKHIR` above `NAMA` reads `GOL AKHIR NAMA`."""
    top = header.number - 1
    ends = [end[0] for start, end in raw.merged if start[0] <= top < end[0] and end[0] - top <= 2]
    for _ in range(max(ends, default=top) - top):
        _, lower = next(rows, (0, ()))
        above = _spread(raw, top, header.names)
        header.names = [
            f"{group} {cell}".strip() if isinstance(cell, str) and cell else own
            for group, own, cell in zip(above, header.names, [*lower, *[""] * len(header.names)], strict=False)
        ]


def _spread(raw: RawSheet, row: int, names: Sequence[str]) -> list[str]:
    """Return the header row with each horizontally merged title repeated over the columns it covers."""
    spread = list(names)
    for (top, left), (bottom, right) in raw.merged:
        if top <= row <= bottom:
            first = max(left - raw.first_column, 0)
            for index in range(first, min(right - raw.first_column + 1, len(spread))):
                spread[index] = names[first]
    return spread


def _take_samples(samples: list[list[str]], names: Sequence[str], cells: Sequence[Cell]) -> None:
    for index, (name, cell) in enumerate(zip(names, cells, strict=False)):
        if not is_private(name) and cell != "":
            samples[index].append(shown(cell)[:60])


class _RowReader:
    """Picks the mapped cells of a row, cleaned; values that repeat down a column share one text in memory."""

    def __init__(self, mapping: Mapping, shift: int, width: int | None, private: list[int]) -> None:
        places = [index - shift for index in mapping.columns.values()]
        own = sum(key in _UNIQUE for key in mapping.columns)
        self._own = _picker(places[:own])
        self._repeating = _picker(places[own:])
        self._seen = _Cleaned().__getitem__
        self._width = width
        self.wanted = (*places, *private)
        self._needed = max(self.wanted, default=0) + 1
        self._private = private
        self._empty = ("",) * len(places)

    def read(self, number: int, cells: Sequence[Cell]) -> Row | None:
        """Return the row, or None when nothing stands in the mapped columns."""
        size = len(cells)
        if size < self._needed:
            cells = [*cells, *[""] * (self._needed - size)]
        own = [cleaned(cell) if cell.__class__ is str else cell for cell in self._own(cells)]
        picked = (*own, *map(self._seen, self._repeating(cells)))
        if picked == self._empty:
            return None
        too_long = self._width is not None and size > self._width and any(cells[self._width :])
        private = tuple(_plain_text(cells[place]) for place in self._private) if self._private else ()
        return Row(number, picked, too_long, private)


def _plain_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cleaned(cell if isinstance(cell, str) else shown(cell))


class _Cleaned(dict[Cell, Cell]):
    """Remembers the cleaned form of each text; numbers and dates pass as they are."""

    def __missing__(self, cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell  # not kept: 1, 1.0 and True would be one key
        text = self[cell] = cleaned(cell)
        return text


def _picker(places: Sequence[int]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """Return a function that picks the cells at these places as a tuple."""
    if len(places) < 2:
        return lambda cells: tuple(cells[place] for place in places)
    return itemgetter(*places)


def _units(raw: RawSheet, file: str, rows: _Rows, columns: dict[UnitField, int], ticker: Ticker) -> UnitSheet:
    kept = []
    for number, cells in rows:
        ticker.step()
        texts = {
            key: cleaned(cell if isinstance(cell := cells[index], str) else shown(cell)) if index < len(cells) else ""
            for key, index in columns.items()
        }
        if any(texts.values()):
            kept.append(UnitRow(number, texts[UnitField.ID], texts[UnitField.NAME], texts[UnitField.PARENT]))
    placed = {key: index + raw.first_column for key, index in columns.items()}
    return UnitSheet(file, raw.name, placed, tuple(kept))


def _posts(raw: RawSheet, file: str, rows: _Rows, columns: dict[PostField, int], ticker: Ticker) -> PostSheet:
    kept = []
    for number, cells in rows:
        ticker.step()
        texts = {key: _plain_text(cells[index]) if index < len(cells) else "" for key, index in columns.items()}
        if any(texts.values()):
            kept.append((number, texts))
    return PostSheet(file, raw.name, {key: index + raw.first_column for key, index in columns.items()}, tuple(kept))
