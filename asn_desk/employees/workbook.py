"""Reading a chosen file: xlsx, xls or csv, every visible sheet, the header row wherever it stands; nothing is repaired."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from asn_desk.employees import containers
from asn_desk.employees.columns import Mapping
from asn_desk.employees.containers import FileKind
from asn_desk.employees.csv_text import open_csv
from asn_desk.employees.sheets import (
    Cancelled,
    Progress,
    RawSheet,
    Sheet,
    SkippedSheet,
    Ticker,
    UnitSheet,
    Workbook,
    read_sheet,
)
from asn_desk.errors import DeskError


def read(
    path: Path,
    *,
    mappings: MappingOf[str, Mapping] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Workbook:
    """Read the people and unit sheets of one file, only the columns that are needed.

    `mappings` (by sheet name; CSV has the name "") replaces the guess for what the clerk corrected. `progress` hears rows done
    and rows in all. Raises EnvironmentProblem, ImportCancelled, and DeskError: empty_file, too_large, too_wide, not_a_workbook,
    password, other_format, no_header.
    """
    ticker = Ticker(0, progress, cancelled)
    ticker.check()
    data = containers.load(path)
    kind = containers.kind_of(data, path.name)
    sha256 = hashlib.sha256(data).hexdigest()
    chosen = mappings or {}
    parts: list[Sheet | UnitSheet | SkippedSheet] = []
    if kind is FileKind.CSV:
        raw = open_csv(data, path.name)
        parts.append(_read(raw, path.name, ticker, chosen))
    else:
        if kind is FileKind.XLSX:
            containers.check_xlsx(data, path.name, ticker.check)
        else:
            containers.check_xls(data, path.name)
        parts.extend(_read_workbook(data, path.name, ticker, chosen))
    return _gathered(path.name, sha256, parts)


def _gathered(file: str, sha256: str, parts: list[Sheet | UnitSheet | SkippedSheet]) -> Workbook:
    sheets = tuple(part for part in parts if isinstance(part, Sheet))
    units = tuple(part for part in parts if isinstance(part, UnitSheet))
    skipped = tuple(part for part in parts if isinstance(part, SkippedSheet))
    if not sheets and not units:
        raise DeskError(
            "no_header",
            f"Berkas {file} tidak memuat baris judul yang dikenal. Baris judul harus berisi sedikitnya NIP, NAMA dan satu kolom lain; "
            "periksa apakah berkasnya benar ekspor data pegawai.",
        )
    return Workbook(file, sha256, sheets, units, skipped)


def _read(
    raw: RawSheet, file: str, ticker: Ticker, chosen: MappingOf[str, Mapping]
) -> Sheet | UnitSheet | SkippedSheet:
    ticker.total += raw.height
    return read_sheet(raw, file, ticker, chosen.get(raw.name))


def _read_workbook(
    data: bytes, file: str, ticker: Ticker, chosen: MappingOf[str, Mapping]
) -> Iterator[Sheet | UnitSheet | SkippedSheet]:
    import python_calamine as calamine

    with _explained(file), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            ticker.check()
            if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if about.visible is not calamine.SheetVisibleEnum.Visible:
                yield SkippedSheet(about.name, "lembar tersembunyi")
                continue
            yield _read(_raw(book.get_sheet_by_index(index), about.name), file, ticker, chosen)


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
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise containers.not_a_workbook(file) from error
        raise
