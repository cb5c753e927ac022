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
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn_desk.circulars.return_files import returns_extras as extras
from asn_desk.circulars.return_files import returns_sheet as form
from asn_desk.circulars.return_files.returns_extras import Merged
from asn_desk.circulars.return_files.returns_sheet import Head
from asn_desk.circulars.seals import Seal
from asn_desk.employees.reading import containers
from asn_desk.employees.reading.columns import column_letters
from asn_desk.employees.reading.containers import FileKind
from asn_desk.errors import DeskError

MOST_BYTES, MOST_INFLATED = 40 * 2**20, 200 * 2**20
_NAMED = 12  # how many altered cells a sentence names
_PROPERTY = re.compile(rb"<property[^>]*name=\"" + form.PROPERTY.encode() + rb"\"[^>]*>\s*<vt:lpwstr>([0-9a-f]{64})<")
_CUSTOM = "docProps/custom.xml"
_TRIED = 5  # rows that are looked for elsewhere, and named
_HEADING = b"Berkas balasan tanda terima"

Cells = Mapping[str, Any]
"""A sheet's cells that are not empty, by address."""


@dataclass(frozen=True)
class Filled:
    """What a unit wrote into one row: the cells as they are, not yet understood. `row` as Excel counts.

    `formula` is the first open cell that holds one ("" when none does).
    """

    row: int
    code: str
    person: str
    number: str
    status: str
    day: object
    note: str
    party: str
    formula: str = ""

    @property
    def blank(self) -> bool:
        """Return whether the unit wrote nothing."""
        return not (self.formula or self.status or self.day not in (None, "") or self.note or self.party)


@dataclass(frozen=True)
class ReturnBook:
    """A workbook as it came: its bytes, its two sheets, and the seal in its properties ("" when another program dropped it).

    `others` are the names of further sheets that are not empty.
    """

    file: str
    data: bytes
    people: Cells
    seals: Cells
    property_seal: str
    merged: tuple[Merged, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Return the hash of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def key(self) -> str:
        """Return the name of the key that it says it was sealed with."""
        return str(self.seals.get(f"A{form.KEY_ROW}", ""))


def open_book(path: Path) -> ReturnBook:
    """Return the workbook's cells. Raises DeskError("return_..." | "password" | "other_format"), EnvironmentProblem."""
    try:
        data = containers.load(path)
        if len(data) > MOST_BYTES:
            raise _too_large(path.name)
        _check_format(data, path.name)
        containers.check_xlsx(data, path.name, lambda: None)
    except DeskError as error:
        if error.code in ("too_large", "too_wide"):
            raise _too_large(path.name) from error
        if error.code in ("empty_file", "not_a_workbook"):
            raise _unreadable(path.name) from error
        raise
    return _book(data, path.name)


def _check_format(data: bytes, name: str) -> None:
    """Raise DeskError for what is no .xlsx, and for one that inflates to more than any return file."""
    kind = containers.kind_of(data, name)
    if kind is FileKind.XLS or (kind is FileKind.CSV and _HEADING in data[:4096]):
        raise DeskError(
            "return_format",
            f"Berkas {name} disimpan sebagai {kind.value.upper()}, bukan .xlsx, sehingga tanda pengamannya tidak terbaca. "
            "Minta unit mengirim berkas .xlsx yang diisinya.",
        )
    if kind is FileKind.CSV:
        raise _foreign(name)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_INFLATED:
            raise _too_large(name)


def _book(data: bytes, name: str) -> ReturnBook:
    sheets, others, merged = _sheets(data, name)
    if form.SHEET in sheets and form.HIDDEN in sheets:
        return ReturnBook(name, data, sheets[form.SHEET], sheets[form.HIDDEN], _property(data), merged, others)
    if form.HIDDEN in sheets:
        sentence = (
            f"Lembar “{form.SHEET}” di berkas {name} diganti namanya atau dihapus (yang ada: {', '.join(others) or '-'}). "
            "Kembalikan nama lembarnya, atau minta unit mengisi berkas yang dikirim kantor ini."
        )
        raise DeskError("return_altered", sentence)
    if form.SHEET in sheets:
        sentence = (
            f"Lembar tanda pengaman di berkas {name} hilang: isinya disalin ke buku kerja baru, atau lembarnya dihapus. "
            "Minta unit mengisi berkas yang dikirim kantor ini."
        )
        raise DeskError("return_altered", sentence)
    raise _foreign(name)


def _unreadable(name: str) -> DeskError:
    return DeskError(
        "return_unreadable",
        f"Berkas {name} rusak atau bukan buku kerja Excel (.xlsx). Minta unit mengirim ulang berkas balasannya.",
    )


def _too_large(name: str) -> DeskError:
    return DeskError(
        "return_unreadable",
        f"Isi berkas {name} jauh lebih besar daripada berkas balasan, atau ada isian yang sangat jauh di luar tabel. "
        "Hapus yang bukan bagian tabel, simpan, lalu ulangi.",
    )


def _foreign(name: str) -> DeskError:
    return DeskError(
        "return_foreign", f"Berkas {name} bukan berkas balasan dari ASN Desk. Pilih berkas yang dikirim ke unit itu."
    )


def _sheets(data: bytes, name: str) -> tuple[dict[str, Cells], tuple[str, ...], tuple[Merged, ...]]:
    """Return our sheets' cells, the names of other sheets that are not empty, and what is merged among the people."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            found = {sheet: book.get_sheet_by_name(sheet) for sheet in book.sheet_names}
            ours = {sheet: _cells(found[sheet]) for sheet in (form.SHEET, form.HIDDEN) if sheet in found}
            others = tuple(sheet for sheet in found if sheet not in ours and found[sheet].start is not None)
            merged = found[form.SHEET].merged_cell_ranges if form.SHEET in found else None
            return ours, others, tuple(merged or ())
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
            f"Sel yang terkunci di berkas {book.file} telah diubah: {named}."
            f"{_moved(book, seal, text, sealed, altered)} Tidak ada yang dicatat dari berkas ini. "
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
    fair = {address for address, _ in sealed} | {f"{letter}{row}" for row in rows for letter in form.ANSWERS}
    strange = [address for address, value in book.people.items() if address not in fair and _as_text(value)]
    return sorted({*wrong, *strange}, key=lambda address: (int(re.sub(r"\D", "", address)), address))


def _moved(book: ReturnBook, seal: Seal, text: str, sealed: list[tuple[str, str]], altered: list[str]) -> str:
    """Return a sentence about rows that stand where another row belongs: sorted, deleted or inserted."""
    wrong = [address for address in altered if address.startswith("B")][:_TRIED]
    codes = [(address, mac) for address, mac in sealed if address.startswith("B")]
    told = []
    for address in wrong:
        value = _as_text(book.people.get(address, ""))
        came = (at for at, mac in codes if at != address and form.cell_seal(seal, text, at, value) == mac)
        if value and (at := next(came, None)):
            told.append(f"baris {address[1:]} berisi baris {at[1:]}")
    if told:
        more = ", dan seterusnya" if len(told) == _TRIED else ""
        return f" Baris telah diurutkan, dihapus, atau disisipkan: {', '.join(told)}{more}."
    header = [address for address in altered if address[1:] == str(form.HEADER_ROW)]
    return " Ada kolom yang dihapus, disisipkan, atau dipindah." if len(header) > 1 else ""


def _as_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return form.cell_text(value)


def filled_rows(book: ReturnBook, head: Head) -> list[Filled]:
    """Return what stands in each person's row."""
    worked_out = extras.formulas(book.data)
    rows = range(form.FIRST_ROW, form.FIRST_ROW + head.people)
    return [_filled(book.people, row, worked_out) for row in rows]


def _filled(cells: Cells, row: int, worked_out: Container[str]) -> Filled:
    def text(letter: str) -> str:
        return _as_text(cells.get(f"{letter}{row}", ""))

    return Filled(
        row, text("B"), text("D"), text("C"), text(form.STATUS), cells.get(f"{form.DAY}{row}"), text(form.NOTE),
        text(form.PARTY), next((f"{letter}{row}" for letter in form.ANSWERS if f"{letter}{row}" in worked_out), ""),
    )  # fmt: skip
