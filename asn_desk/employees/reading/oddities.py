"""What stands in a list of people and is none, and columns that say more than each cell: pure looks at rows and sheets."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from asn_desk.employees import rules
from asn_desk.employees.reading.cells import Cell
from asn_desk.employees.reading.columns import DATES, Field, field_of
from asn_desk.employees.reading.dates import Order, order_of
from asn_desk.employees.reading.sheets import Sheet

FAULTS = {
    "row_shape": "Baris ini lebih panjang daripada judulnya atau tanda kutipnya tidak ditutup; ada pemisah kolom yang tidak diapit tanda "
    "kutip. Buka berkasnya dengan Excel, betulkan baris ini, simpan sebagai .xlsx, lalu impor lagi.",
    "above_header": "Baris ini berisi NIP tetapi berada di atas baris judul (baris {}). Pindahkan ke bawah judul, lalu impor lagi.",
}
"""What is said of a row with a fault as a whole, by its code."""
NUMBERING = "Baris nomor kolom, bukan pegawai; tidak diimpor."
SWAPPED = (
    "Excel tampaknya menukar hari dan bulan pada sebagian sel kolom ini; sel ini dikosongkan. "
    "Ketik ulang kolomnya sebagai teks, misalnya 31-01-2020."
)
GARBLED = (
    "Huruf pada nama ini rusak karena penyandian berkas. Simpan ulang dari sumbernya sebagai .xlsx atau CSV UTF-8, "
    "lalu impor lagi."
)
TELLING = frozenset({Order.MONTH_FIRST, Order.SWAPPED, Order.DOUBTFUL})
"""The orders by which a cell means something else than it would by itself."""

_TOTALS = re.compile(r"(GRAND |SUB )?(JUMLAH|TOTAL)\b.*|REKAPITULASI\b.*|KETERANGAN\b.*|CATATAN\b.*")
_SHORT = re.compile(r"\(?[0-9]{1,3}\)?(?:\.0)?")
_SURELY = 3
_FIELDS = tuple(Field)
_REPLACED = "\ufffd"


class Cells(NamedTuple):
    """The cells of a row in the order of Field; what is not mapped is empty. Dates stay as they were read."""

    siasn_id: str
    nip: Any
    local_number: str
    name: str
    title_front: str
    title_back: str
    birth_place: str
    birth_date: Cell
    sex: str
    type_name: str
    legal_id: str
    legal_name: str
    status: str
    service_from: Cell
    grade: str
    grade_from: Cell
    post_type_id: str
    post_type: str
    post_name: str
    post_from: Cell
    education: str
    unit_id: str
    unit_name: str
    opd_name: str
    eselon_id: str
    eselon: str


def not_a_person(cells: Cells) -> tuple[Field, str, str, str] | None:
    """Return the refusal of a row without a number that is a total, a note, or a title of a group; None for a person."""
    filled = [(key, str(cell)) for key, cell in zip(_FIELDS, cells, strict=True) if cell != ""]
    total = next((one for one in filled if _TOTALS.fullmatch(rules.words_of(one[1]))), None)
    if total is not None:
        return total[0], total[1], "totals_row", "Baris jumlah atau catatan, bukan pegawai; tidak diimpor."
    if len(filled) == 1:
        said = "Hanya satu sel yang terisi: judul kelompok, catatan atau tanda tangan, bukan pegawai; tidak diimpor."
        return filled[0][0], filled[0][1], "note_row", said
    return None


def header_again(cells: Cells) -> tuple[bool, bool]:
    """Return whether a row is the header once more, and whether its columns then stand elsewhere."""
    named = [(key, field_of(str(cell))) for key, cell in zip(_FIELDS, cells, strict=True) if cell != ""]
    known = [(key, found) for key, found in named if found is not None]
    again = len(known) >= _SURELY or (len(known) >= 2 and 2 * len(known) > len(named))
    return again, again and any(key is not found for key, found in known)


def is_numbering(cells: Cells) -> bool:
    """Return whether a row only numbers the columns: 1, 2, 3."""
    filled = [str(cell) for cell in cells if cell != ""]
    return len(filled) >= 2 and all(map(_SHORT.fullmatch, filled))


def is_garbled(text: str) -> bool:
    """Return whether letters were lost or read in a wrong encoding, `RENÃ‰` for `RENÉ`."""
    if text.isascii():
        return False
    if _REPLACED in text:
        return True
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def orders_of(sheet: Sheet) -> dict[Field, Order]:
    """Return in which order each date column writes day and month.

    A column that proves nothing by itself follows one that proves the month first, for one program wrote both; where the others
    contradict each other it is doubtful.
    """
    at = {key: index for index, key in enumerate(sheet.fields)}
    found = {key: order_of(row.cells[at[key]] for row in sheet.rows) if key in at else Order.UNPROVED for key in DATES}
    proved = set(found.values())
    if Order.MONTH_FIRST not in proved:
        return found
    follow = Order.DOUBTFUL if Order.DAY_FIRST in proved else Order.MONTH_FIRST
    return {key: follow if order is Order.UNPROVED else order for key, order in found.items()}
