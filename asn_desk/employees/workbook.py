"""Reading a chosen file: xlsx, xls or csv, every visible sheet, the header row wherever it stands; nothing is repaired."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from asn_desk.database.bulk import uncollected
from asn_desk.employees.reading import containers
from asn_desk.employees.reading.columns import Mapping
from asn_desk.employees.reading.containers import FileKind
from asn_desk.employees.reading.csv_text import open_csv
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
    read_sheet,
)
from asn_desk.employees.reading.slices import SlicedSheet, large_sheets
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
        return _read_file(path, _Wanted(mappings or {}, tuple(private)), Ticker(0, progress, cancelled))


@dataclass(frozen=True)
class _Wanted:
    """The columns that the clerk chose, by sheet name, and the personal data that is switched on."""

    mappings: MappingOf[str, Mapping]
    private: tuple[PrivateField, ...]

    def sheet(self, raw: RawSheet, file: str, ticker: Ticker) -> AnySheet:
        return read_sheet(raw, file, ticker, self.mappings.get(raw.name), self.private)


def _read_file(path: Path, wanted: _Wanted, ticker: Ticker) -> Workbook:
    ticker.check()
    data = containers.load(path)
    kind = containers.kind_of(data, path.name)
    sha256 = hashlib.sha256(data).hexdigest()
    parts: list[AnySheet] = []
    large: dict[str, str] = {}
    if kind is FileKind.CSV:
        raw = open_csv(data, path.name)
        parts.append(_read(raw, path.name, ticker, wanted))
    else:
        if kind is FileKind.XLSX:
            large = _large_sheets(data, path.name)
            containers.check_xlsx(data, path.name, ticker.check, sliced=set(large.values()))
        else:
            containers.check_xls(data, path.name)
        parts.extend(_read_workbook(data, path.name, ticker, wanted, large))
    return _gathered(path.name, sha256, parts)


def _gathered(file: str, sha256: str, parts: list[AnySheet]) -> Workbook:
    sheets = tuple(part for part in parts if isinstance(part, Sheet))
    units = tuple(part for part in parts if isinstance(part, UnitSheet))
    posts = tuple(part for part in parts if isinstance(part, PostSheet))
    skipped = tuple(part for part in parts if isinstance(part, SkippedSheet))
    if not (sheets or units or posts):
        raise DeskError(
            "no_header",
            f"Berkas {file} tidak memuat baris judul yang dikenal. Baris judul harus berisi sedikitnya NIP, NAMA dan satu kolom lain; "
            "periksa apakah berkasnya benar ekspor data pegawai.",
        )
    return Workbook(file, sha256, sheets, units, skipped, posts)


def _read(raw: RawSheet, file: str, ticker: Ticker, wanted: _Wanted) -> AnySheet:
    ticker.total += raw.height
    return wanted.sheet(raw, file, ticker)


def _large_sheets(data: bytes, file: str) -> dict[str, str]:
    try:
        return large_sheets(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise containers.not_a_workbook(file) from error


def _read_workbook(
    data: bytes, file: str, ticker: Ticker, wanted: _Wanted, large: MappingOf[str, str]
) -> Iterator[AnySheet]:
    import python_calamine as calamine

    with _explained(file), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            ticker.check()
            if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if about.visible is not calamine.SheetVisibleEnum.Visible:
                yield SkippedSheet(about.name, "lembar tersembunyi")
                continue
            if about.name in large:
                sliced = SlicedSheet(data, large[about.name], index, file, ticker.check)
                yield _read_sliced(sliced, about.name, ticker, wanted)
                continue
            yield _read(_raw(book.get_sheet_by_index(index), about.name), file, ticker, wanted)


def _read_sliced(sliced: SlicedSheet, name: str, ticker: Ticker, wanted: _Wanted) -> AnySheet:
    """Read a large sheet; once more when the merged cells, known only at its end, turn out to lie in its header."""
    rows = sliced.rows()
    first = list(islice(rows, 1))
    raw = RawSheet(name, chain(first, rows), sliced.height(), sliced.first_column, narrow=sliced.narrow)
    ticker.total += raw.height
    part = wanted.sheet(raw, sliced.file, ticker)
    if isinstance(part, Sheet) and any(top[0] < part.header_row <= end[0] for top, end in sliced.merged):
        raw = replace(raw, rows=sliced.rows(), merged=sliced.merged)
        part = wanted.sheet(raw, sliced.file, ticker)
    ticker.finish()
    return part


def _raw(sheet: Any, name: str) -> RawSheet:
    if sheet.start is None:
        return RawSheet(name, (), 0)
    merged = tuple(sheet.merged_cell_ranges or ())
    return RawSheet(name, sheet.iter_rows(), sheet.end[0] + 1, sheet.start[1], merged)


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
