"""Reading a return file that came back: is it ours, is every locked cell as we wrote it, and what did the unit fill in.

The file comes from outside: its container is examined before the workbook library sees it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from asn_desk.circulars.return_files import returns_sheet as form
from asn_desk.circulars.return_files.returns_sheet import Head
from asn_desk.circulars.seals import Seal
from asn_desk.employees.reading import containers
from asn_desk.employees.reading.columns import column_letters
from asn_desk.employees.reading.containers import FileKind
from asn_desk.errors import DeskError
from asn_desk.wording import MONTHS

MOST_BYTES = 40 * 2**20
_NAMED = 12  # how many altered cells a sentence names
_PROPERTY = re.compile(rb"<property[^>]*name=\"" + form.PROPERTY.encode() + rb"\"[^>]*>\s*<vt:lpwstr>([0-9a-f]{64})<")
_CUSTOM = "docProps/custom.xml"
_EXCEL_EPOCH = date(1899, 12, 30)
_DAY_TEXT = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]+)[-/. ](\d{4})")
_ISO_TEXT = re.compile(r"(\d{4})-(\d{2})-(\d{2})")

Cells = Mapping[str, Any]
"""A sheet's cells that are not empty, by address."""


@dataclass(frozen=True)
class Filled:
    """What a unit wrote into one row: the cells as they are, not yet understood. `row` as Excel counts."""

    row: int
    code: str
    person: str
    number: str
    status: str
    day: object
    note: str
    party: str

    @property
    def blank(self) -> bool:
        """Return whether the unit wrote nothing."""
        return not (self.status or self.day not in (None, "") or self.note or self.party)


@dataclass(frozen=True)
class ReturnBook:
    """A workbook as it came: its bytes, its two sheets, and the seal in its properties ("" when another program dropped it)."""

    file: str
    data: bytes
    people: Cells
    seals: Cells
    property_seal: str

    @property
    def sha256(self) -> str:
        """Return the hash of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def key(self) -> str:
        """Return the name of the key that it says it was sealed with."""
        return str(self.seals.get(f"A{form.KEY_ROW}", ""))


def open_book(path: Path) -> ReturnBook:
    """Return the workbook's cells. Raises DeskError("return_unreadable" | "return_foreign" | "password" ...), EnvironmentProblem."""
    try:
        data = containers.load(path)
        if len(data) > MOST_BYTES or containers.kind_of(data, path.name) is not FileKind.XLSX:
            raise _foreign(path.name)
        containers.check_xlsx(data, path.name, lambda: None)
    except DeskError as error:
        if error.code in ("empty_file", "not_a_workbook", "other_format", "too_large", "too_wide"):
            raise _unreadable(path.name) from error
        raise
    sheets = _sheets(data, path.name)
    if form.SHEET not in sheets or form.HIDDEN not in sheets:
        raise _foreign(path.name)
    return ReturnBook(path.name, data, sheets[form.SHEET], sheets[form.HIDDEN], _property(data))


def _unreadable(name: str) -> DeskError:
    return DeskError(
        "return_unreadable",
        f"Berkas {name} rusak atau bukan buku kerja Excel (.xlsx). Minta unit mengirim ulang berkas balasannya.",
    )


def _foreign(name: str) -> DeskError:
    return DeskError(
        "return_foreign", f"Berkas {name} bukan berkas balasan dari ASN Desk. Pilih berkas yang dikirim ke unit itu."
    )


def _sheets(data: bytes, name: str) -> dict[str, Cells]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            wanted = [sheet for sheet in book.sheet_names if sheet in (form.SHEET, form.HIDDEN)]
            return {sheet: _cells(book.get_sheet_by_name(sheet)) for sheet in wanted}
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise _unreadable(name) from error
    except BaseException as error:  # the library's own panic is no Exception
        if type(error).__name__ == "PanicException":
            raise _unreadable(name) from error
        raise


def _cells(sheet: Any) -> Cells:
    if sheet.start is None:
        return {}
    first = sheet.start[1]
    return {
        f"{column_letters(first + place)}{row}": value
        for row, values in enumerate(sheet.iter_rows(), 1)
        for place, value in enumerate(values)
        if value not in (None, "")
    }


def _property(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if _CUSTOM not in package.namelist():
            return ""
        found = _PROPERTY.search(package.read(_CUSTOM))
    return found[1].decode() if found else ""


def head_of(book: ReturnBook, seal: Seal) -> Head:
    """Return what the file is about, once it is certain that nobody touched anything but the open cells.

    Raises DeskError("return_altered") that names the altered cells, also in `fields`.
    """
    text, sealed = str(book.seals.get(f"A{form.HEAD_ROW}", "")), _sealed(book.seals)
    whole = str(book.seals.get(f"A{form.SEAL_ROW}", ""))
    genuine = form.whole_seal(seal, text, sealed)
    if whole != genuine or book.property_seal not in ("", genuine):
        raise DeskError(
            "return_altered",
            f"Tanda pengaman di berkas {book.file} telah diubah. Minta unit mengisi berkas yang dikirim kantor ini.",
        )
    head = Head(**json.loads(text))
    altered = _altered(book, seal, text, sealed, head)
    if altered:
        named = ", ".join(altered[:_NAMED]) + (f", dan {len(altered) - _NAMED} lagi" if len(altered) > _NAMED else "")
        sentence = (
            f"Sel yang terkunci di berkas {book.file} telah diubah: {named}. Tidak ada yang dicatat dari berkas ini. "
            "Minta unit mengisi berkas yang dikirim kantor ini, hanya pada kolom yang terbuka."
        )
        raise DeskError("return_altered", sentence, fields=dict.fromkeys(altered, "Sel ini telah diubah."))
    return head


def _sealed(seals: Cells) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    row = form.FIRST_SEALED
    while f"A{row}" in seals:
        found.append((str(seals[f"A{row}"]), str(seals.get(f"B{row}", ""))))
        row += 1
    return found


def _altered(book: ReturnBook, seal: Seal, text: str, sealed: list[tuple[str, str]], head: Head) -> list[str]:
    """Return the addresses of locked cells that do not say what we wrote, and of cells that we left empty."""
    wrong = [
        address
        for address, mac in sealed
        if form.cell_seal(seal, text, address, _as_text(book.people.get(address, ""))) != mac
    ]
    rows = range(form.FIRST_ROW, form.FIRST_ROW + head.people)
    fair = {address for address, _ in sealed} | {
        f"{letter}{row}" for row in rows for letter in (form.STATUS, form.DAY, form.NOTE, form.PARTY)
    }
    strange = [address for address, value in book.people.items() if address not in fair and _as_text(value)]
    return sorted({*wrong, *strange}, key=lambda address: (int(re.sub(r"\D", "", address)), address))


def _as_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return form.cell_text(value)


def filled_rows(book: ReturnBook, head: Head) -> list[Filled]:
    """Return what stands in each person's row."""
    return [_filled(book.people, row) for row in range(form.FIRST_ROW, form.FIRST_ROW + head.people)]


def _filled(cells: Cells, row: int) -> Filled:
    def text(letter: str) -> str:
        return _as_text(cells.get(f"{letter}{row}", ""))

    return Filled(
        row, text("B"), text("D"), text("C"), text(form.STATUS), cells.get(f"{form.DAY}{row}"), text(form.NOTE),
        text(form.PARTY),
    )  # fmt: skip


def day_of(value: object) -> date | None:
    """Return the day that a cell means: a date, a number of days as Excel counts, or a text like 9-9-2024 or 9 September 2024."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 2_900_000:
        return _EXCEL_EPOCH + timedelta(days=int(value))
    return _day_of_text(value.strip()) if isinstance(value, str) else None


def _day_of_text(text: str) -> date | None:
    with suppress(ValueError):  # 31-02-2024 reads like a day and is none
        if iso := _ISO_TEXT.fullmatch(text):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if found := _DAY_TEXT.fullmatch(text):
            month = int(found[2]) if found[2].isdecimal() else _month(found[2])
            return date(int(found[3]), month, int(found[1]))
    return None


def _month(word: str) -> int:
    return next(place for place, name in enumerate((*MONTHS, word), 1) if name[:3].lower() == word[:3].lower())
