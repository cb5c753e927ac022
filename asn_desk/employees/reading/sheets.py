"""What was read from a file: sheets with their header, mapping and the cells the program needs, each with its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

from asn_desk.employees.reading.cells import Cell, Merged, cell_address, cleaned, plain_text, shown
from asn_desk.employees.reading.columns import (
    Column,
    Field,
    Mapping,
    PostField,
    UnitField,
    guess,
    guess_posts,
    guess_private,
    guess_units,
    is_header,
    is_private,
)
from asn_desk.employees.reading.headers import (
    HEADER_WITHIN,
    Header,
    find_loosely,
    holds_numbers,
    join_lower,
    names_in,
    nearest_miss,
)
from asn_desk.employees.reading.one_column import delimiter_of, split_header, split_rows
from asn_desk.employees.reading.picking import (
    BrokenRow,
    Picker,
    Rows,
    fill_merged,
    merged_below,
    ordered,
    repeating_places,
    since_1904,
)
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.errors import DeskError

Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]

_SAMPLES = 3
_EVERY = 500


class ImportCancelled(DeskError):
    """The clerk stopped the import; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Impor dibatalkan. Tidak ada data yang berubah.")


class Row(NamedTuple):
    """One row: its number in Excel, its cells in the order of `Sheet.fields`, and what is wrong with it as a whole.

    `fault`: "row_shape" (longer than its header, or torn by a quotation mark), "above_header", or nothing.
    """

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""
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
    """A sheet that was not read, and why; `nearest` is the row most like a header, and what it names."""

    name: str
    reason: str
    nearest: tuple[int, frozenset[Field]] = (0, frozenset())


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

    `narrow` is told the places of a row that are wanted; others may be empty in the rows that follow. `from_1904`: its plain
    numbers count days from 1904.
    """

    name: str
    rows: Iterable[Sequence[Cell]]
    height: int
    first_column: int = 0
    merged: tuple[Merged, ...] = ()
    fixed_width: bool = True
    narrow: Callable[[Sequence[int]], None] | None = None
    from_1904: bool = False


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
    passed: list[Sequence[Cell]] = []
    for number, cells in rows:
        passed.append(cells)
        ticker.step()
        headers = names_in(cells)
        if is_header(headers):
            return _people(_Source(raw, file, ticker, chosen, private), rows, Header(number, headers), passed[:-1])
        if delimiter := delimiter_of(cells):
            apart = replace(raw, fixed_width=False, narrow=None, merged=())
            header = Header(number, split_header(cells, delimiter))
            source = _Source(apart, file, ticker, chosen, private)
            return _people(source, split_rows(rows, delimiter), header, passed[:-1])
        if columns := guess_units(headers):
            return _units(raw, file, rows, columns, ticker)
        if post_columns := guess_posts(headers):
            return _posts(raw, file, rows, post_columns, ticker)
        if number >= HEADER_WITHIN:
            break
    ticker.step(raw.height - len(passed))
    return SkippedSheet(raw.name, _why_skipped(raw, passed), nearest_miss(passed))


def read_loosely(
    raw: RawSheet, file: str, ticker: Ticker, chosen: Mapping | None = None, private: Sequence[PrivateField] = ()
) -> AnySheet:
    """Return a sheet that looks like people though its header is worded otherwise: what is not recognised will be asked for."""
    rows = iter(enumerate(raw.rows, 1))
    passed = [*islice(rows, HEADER_WITHIN)]
    found = find_loosely([cells for _, cells in passed])
    if found is None:
        return SkippedSheet(raw.name, "", nearest_miss([cells for _, cells in passed]))
    header, places = found
    source = _Source(raw, file, ticker, chosen, private, places[0] if len(places) == 1 else None)
    return _people(
        source, chain(passed[header.number :], rows), header, [cells for _, cells in passed[: header.number]]
    )


def _why_skipped(raw: RawSheet, passed: Sequence[Sequence[Cell]]) -> str:
    if not raw.height:
        return "lembar kosong"
    said = f"tidak ada baris judul dengan NIP dan NAMA pada {HEADER_WITHIN} baris pertama"
    return f"{said}, padahal berisi NIP; samakan judul kolomnya dengan lembar lain" if holds_numbers(passed) else said


@dataclass(frozen=True)
class _Source:
    """A sheet of people to be read. `number_place`: the only column that holds NIPs, where the header does not say so."""

    raw: RawSheet
    file: str
    ticker: Ticker
    chosen: Mapping | None
    private: Sequence[PrivateField]
    number_place: int | None = None

    def mapping(self, names: Sequence[str]) -> Mapping:
        """Return the columns chosen or guessed."""
        columns = dict(guess(names).columns)
        if self.number_place is not None and Field.NIP not in columns:
            columns[Field.NIP] = self.number_place
        return self.chosen or Mapping({key: index + self.raw.first_column for key, index in columns.items()})


def _people(source: _Source, rows: Rows, header: Header, above: Sequence[Sequence[Cell]]) -> Sheet:
    raw, shift = source.raw, source.raw.first_column
    rows = join_lower(rows, header, raw.merged, shift)
    mapping = ordered(source.mapping(header.names))
    extra = guess_private(header.names, source.private)
    picker = Picker(mapping, shift, list(extra.values()))
    if raw.narrow is not None:
        raw.narrow(picker.wanted)
    if raw.from_1904:
        rows = since_1904(rows, mapping, shift)
    if merged_below(raw.merged, header.number, repeating_places(mapping, shift), shift):
        rows = fill_merged(rows, raw.merged, repeating_places(mapping, shift), shift)
    samples: list[list[str]] = [[] for _ in header.names]
    kept = [*_above(above, picker), *_kept(rows, picker, source, header.names, samples)]
    columns = tuple(
        Column(index + shift, " ".join(name.split()), is_private(name), tuple(samples[index]))
        for index, name in enumerate(header.names)
    )
    return Sheet(source.file, raw.name, header.number, columns, mapping, tuple(kept), tuple(extra))


def _kept(rows: Rows, picker: Picker, source: _Source, names: Sequence[str], samples: list[list[str]]) -> list[Row]:
    """Return the rows that hold something; the first ones show what stands in each column."""
    width = None if source.raw.fixed_width else len(names)
    kept: list[Row] = []
    longer: list[int] = []
    usual = False
    for number, cells in rows:
        source.ticker.step()
        picked = picker.pick(cells)
        if picked is None:
            continue
        if width is not None:
            usual = usual or len(cells) == width
            if len(cells) > width:
                longer.append(len(kept))
        torn = width is not None and (any(cells[width:]) or isinstance(cells, BrokenRow))
        kept.append(Row(number, picked[0], "row_shape" if torn else "", picked[1]))
        if len(kept) <= _SAMPLES:
            _take_samples(samples, names, cells)
    if usual:  # else each row ends with a delimiter more than the header
        for index in longer:
            kept[index] = kept[index]._replace(fault="row_shape")
    return kept


def _above(rows: Sequence[Sequence[Cell]], picker: Picker) -> Iterable[Row]:
    """Yield the rows above the header that hold a NIP: people whom nobody shall lose."""
    for number, cells in enumerate(rows, 1):
        if holds_numbers([cells]) and (picked := picker.pick(cells)):
            yield Row(number, picked[0], "above_header", picked[1])


def _take_samples(samples: list[list[str]], names: Sequence[str], cells: Sequence[Cell]) -> None:
    for index, (name, cell) in enumerate(zip(names, cells, strict=False)):
        if not is_private(name) and cell != "":
            samples[index].append(shown(cell)[:60])


def _units(raw: RawSheet, file: str, rows: Rows, columns: dict[UnitField, int], ticker: Ticker) -> UnitSheet:
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


def _posts(raw: RawSheet, file: str, rows: Rows, columns: dict[PostField, int], ticker: Ticker) -> PostSheet:
    kept = []
    for number, cells in rows:
        ticker.step()
        texts = {key: plain_text(cells[index]) if index < len(cells) else "" for key, index in columns.items()}
        if any(texts.values()):
            kept.append((number, texts))
    return PostSheet(file, raw.name, {key: index + raw.first_column for key, index in columns.items()}, tuple(kept))
