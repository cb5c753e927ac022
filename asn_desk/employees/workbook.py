"""Reading a chosen file: xlsx, xls, csv or a web table, every visible sheet, the header row wherever it stands; nothing is repaired."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from asn_desk.database.bulk import uncollected
from asn_desk.employees.reading import containers
from asn_desk.employees.reading.columns import Field, Mapping
from asn_desk.employees.reading.containers import FileKind
from asn_desk.employees.reading.csv_text import open_csv
from asn_desk.employees.reading.picking import merged_below, repeating_places
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.employees.reading.sheets import (
    AnySheet,
    Cancelled,
    PostSheet,
    Progress,
    RawSheet,
    Sheet,
    SkippedSheet,
    Ticker,
    UnitSheet,
    Workbook,
    read_loosely,
    read_sheet,
)
from asn_desk.employees.reading.slices import Index, SlicedSheet, index_of, overlaid
from asn_desk.errors import DeskError


def read(
    path: Path,
    *,
    mappings: MappingOf[str, Mapping] | None = None,
    private: Sequence[PrivateField] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Workbook:
    """Read the people and unit sheets of one file, only the columns that are needed.

    `mappings` (by sheet name; CSV has the name "") replaces the guess for what the clerk corrected; `private` is the personal data
    that is switched on (`options.switched_on`). `progress` hears rows done
    and rows in all. Raises EnvironmentProblem, ImportCancelled, and DeskError: empty_file, too_large, too_wide, not_a_workbook,
    password, other_format, no_header.
    """
    with uncollected():
        data = containers.load(path)
        wanted = _Wanted(mappings or {}, tuple(private))
        book = _read_file(path, data, wanted, Ticker(0, progress, cancelled))
        if not (book.sheets or book.units or book.posts):
            loose = _read_file(path, data, replace(wanted, loosely=True), Ticker(0, progress, cancelled))
            if not loose.sheets:
                raise _no_header(book)
            return loose
        return book


@dataclass(frozen=True)
class _Wanted:
    """The columns that the clerk chose, by sheet name, and the personal data that is switched on.

    `loosely`: no header is worded as expected, so what looks like people is read and its columns are asked for.
    """

    mappings: MappingOf[str, Mapping]
    private: tuple[PrivateField, ...]
    loosely: bool = False

    def sheet(self, raw: RawSheet, file: str, ticker: Ticker) -> AnySheet:
        reading = read_loosely if self.loosely else read_sheet
        return reading(raw, file, ticker, self.mappings.get(raw.name), self.private)


def _no_header(book: Workbook) -> DeskError:
    """Return the refusal of a file without people, with the row that comes nearest to a header."""
    near = max(book.skipped, key=lambda sheet: len(sheet.nearest[1]), default=None)
    said = f"Berkas {book.file} tidak memuat baris judul yang dikenal."
    if near is not None and len(near.nearest[1]) > 1:
        number, known = near.nearest
        place = f"baris {number} lembar {near.name}" if near.name else f"baris {number}"
        said += f" Yang paling mirip: {place}, dengan kolom {', '.join(key for key in Field if key in known)}."
    return DeskError(
        "no_header",
        f"{said} Baris judul harus berisi sedikitnya NIP, NAMA dan satu kolom lain, dan setiap pegawai berada pada satu baris; "
        "periksa apakah berkasnya benar daftar pegawai.",
    )


def _read_file(path: Path, data: bytes, wanted: _Wanted, ticker: Ticker) -> Workbook:
    ticker.check()
    kind = containers.kind_of(data, path.name, tables=True)
    sha256 = hashlib.sha256(data).hexdigest()
    parts: list[AnySheet] = []
    if kind in (FileKind.XLSX, FileKind.XLS):
        parts.extend(_read_workbook(data, path.name, ticker, wanted, _looked_over(data, kind, path.name, ticker)))
    else:
        parts.extend(_read(raw, path.name, ticker, wanted) for raw in _text_sheets(data, kind, path.name, ticker))
    return _gathered(path.name, sha256, parts)


@dataclass(frozen=True)
class _About:
    """What a look over a workbook found before it is read: its index, and the holes of its parts (.xls: by the sheet's number)."""

    index: Index
    holes: MappingOf[str, containers.Holes]


def _looked_over(data: bytes, kind: FileKind, file: str, ticker: Ticker) -> _About:
    if kind is FileKind.XLS:
        found = containers.check_xls(data, file)
        return _About(Index({}, {}, found.from_1904), {str(number): holes for number, holes in found.errors.items()})
    try:
        index = index_of(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise containers.not_a_workbook(file) from error
    return _About(index, containers.check_xlsx(data, file, ticker.check, sliced=set(index.large.values())))


def _text_sheets(data: bytes, kind: FileKind, file: str, ticker: Ticker) -> Iterable[RawSheet]:
    """Return the sheets of the formats that are text: CSV, and the two that programs on the web name .xls."""
    if kind is FileKind.CSV:
        return [open_csv(data, file)]
    from asn_desk.employees.reading import markup

    opened = markup.open_html if kind is FileKind.HTML else markup.open_xml
    return opened(data, file, ticker.check)


def _gathered(file: str, sha256: str, parts: list[AnySheet]) -> Workbook:
    sheets = tuple(part for part in parts if isinstance(part, Sheet))
    units = tuple(part for part in parts if isinstance(part, UnitSheet))
    posts = tuple(part for part in parts if isinstance(part, PostSheet))
    skipped = tuple(part for part in parts if isinstance(part, SkippedSheet))
    return Workbook(file, sha256, sheets, units, skipped, posts)


def _read(raw: RawSheet, file: str, ticker: Ticker, wanted: _Wanted) -> AnySheet:
    ticker.total += raw.height
    return wanted.sheet(raw, file, ticker)


def _read_workbook(data: bytes, file: str, ticker: Ticker, wanted: _Wanted, about: _About) -> Iterator[AnySheet]:
    import python_calamine as calamine

    with _explained(file), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for number, sheet in enumerate(book.sheets_metadata):
            ticker.check()
            if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible is not calamine.SheetVisibleEnum.Visible:
                yield SkippedSheet(sheet.name, "lembar tersembunyi")
                continue
            if sheet.name in about.index.large:
                sliced = SlicedSheet(data, about.index.large[sheet.name], number, file, ticker.check)
                yield _read_sliced(sliced, sheet.name, ticker, wanted, from_1904=about.index.from_1904)
                continue
            holes = about.holes.get(about.index.parts.get(sheet.name, str(number)), {})
            raw = _raw(book.get_sheet_by_index(number), sheet.name, holes, from_1904=about.index.from_1904)
            yield _read(raw, file, ticker, wanted)


def _read_sliced(sliced: SlicedSheet, name: str, ticker: Ticker, wanted: _Wanted, *, from_1904: bool) -> AnySheet:
    """Read a large sheet; once more when the merged cells, known only at its end, turn out to lie in its header."""
    rows = sliced.rows()
    first = list(islice(rows, 1))
    raw = RawSheet(
        name, chain(first, rows), sliced.height(), sliced.first_column, narrow=sliced.narrow, from_1904=from_1904
    )
    ticker.total += raw.height
    part = wanted.sheet(raw, sliced.file, ticker)
    if isinstance(part, Sheet) and _merged_matters(part, sliced):
        raw = replace(raw, rows=sliced.rows(), merged=sliced.merged)
        part = wanted.sheet(raw, sliced.file, ticker)
    ticker.finish()
    return part


def _merged_matters(part: Sheet, sliced: SlicedSheet) -> bool:
    """Return whether cells are merged that change how the sheet is read: in its header, or down a column of units."""
    shift = sliced.first_column
    in_header = any(top[0] < part.header_row <= end[0] for top, end in sliced.merged)
    return in_header or merged_below(sliced.merged, part.header_row, repeating_places(part.mapping, shift), shift)


def _raw(sheet: Any, name: str, holes: containers.Holes, *, from_1904: bool) -> RawSheet:
    if sheet.start is None:
        return RawSheet(name, (), 0)
    merged = tuple(sheet.merged_cell_ranges or ())
    rows = sheet.iter_rows()
    if holes:
        rows = overlaid(rows, holes, 0, sheet.start[1])
    return RawSheet(name, rows, sheet.end[0] + 1, sheet.start[1], merged, from_1904=from_1904)


@contextmanager
def _explained(file: str) -> Iterator[None]:
    """Turn the reading library's own errors, its panics on damaged files included, into a sentence."""
    import python_calamine as calamine

    try:
        yield
    except calamine.PasswordError as error:
        raise containers.password(file) from error
    except calamine.CalamineError as error:
        raise containers.not_a_workbook(file) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise containers.not_a_workbook(file) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise containers.not_a_workbook(file) from error
        raise
