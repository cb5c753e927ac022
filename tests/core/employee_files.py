"""Builders of small export files for tests: invented rows, written as xlsx or csv."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

HEADERS = (
    "PNS ID", "NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TEMPAT LAHIR NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "NIK",
    "KEDUDUKAN HUKUM ID", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS", "JENIS PEGAWAI NAMA", "GOL AKHIR NAMA", "TMT GOLONGAN",
    "JENIS JABATAN ID", "JABATAN NAMA", "TMT JABATAN", "UNOR ID", "UNOR NAMA",
)  # fmt: skip


def person(number: int = 1, **cells: Any) -> dict[str, Any]:
    """Return one invented row: a woman born on 1 January 1980; `cells` override by header with _ for blanks."""
    row: dict[str, Any] = {
        "PNS ID": f"ID-{number:05d}", "NIP BARU": nip(number), "NAMA": f"MELATI CONTOH {number}", "GELAR DEPAN": "",
        "GELAR BELAKANG": "S.E.", "TEMPAT LAHIR NAMA": "Kota Contoh", "TANGGAL LAHIR": "01-01-1980", "JENIS KELAMIN": "F",
        "NIK": "9911014101800001", "KEDUDUKAN HUKUM ID": "1", "KEDUDUKAN HUKUM NAMA": "Aktif", "STATUS CPNS PNS": "P",
        "JENIS PEGAWAI NAMA": "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "GOL AKHIR NAMA": "III/c",
        "TMT GOLONGAN": "01-04-2020", "JENIS JABATAN ID": "4", "JABATAN NAMA": "Penelaah Teknis Kebijakan",
        "TMT JABATAN": "01-02-2021", "UNOR ID": "U-1", "UNOR NAMA": "Dinas Contoh",
    }  # fmt: skip
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def nip(number: int) -> str:
    """Return a valid NIP of a woman born on 1 January 1980; up to 11,988 different ones."""
    month, serial = divmod(number - 1, 999)
    return f"19800101{2005:04d}{month + 1:02d}2{serial + 1:03d}"


def write_xlsx(
    path: Path,
    rows: Iterable[dict[str, Any]],
    *,
    headers: Sequence[str] = HEADERS,
    top: int = 0,
    left: int = 0,
    sheet: str = "Sheet1",
) -> Path:
    """Write rows below their header, `top` empty rows down and `left` empty columns in."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        add_sheet(book, rows, headers=headers, top=top, left=left, name=sheet)
    return path


def add_sheet(
    book: Any, rows: Iterable[dict[str, Any]], *, headers: Sequence[str], name: str, top: int = 0, left: int = 0
) -> Any:
    """Add one sheet of rows to an open workbook."""
    sheet = book.add_worksheet(name)
    sheet.write_row(top, left, headers)
    for number, row in enumerate(rows, top + 1):
        for column, header in enumerate(headers, left):
            value = row.get(header, "")
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write(number, column, value)
    return sheet


def write_csv(
    path: Path,
    rows: Iterable[dict[str, Any]],
    *,
    delimiter: str = ";",
    encoding: str = "utf-8",
    headers: Sequence[str] = HEADERS,
) -> Path:
    """Write rows as CSV with every cell quoted only where needed."""
    import csv

    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(headers)
        writer.writerows([row.get(header, "") for header in headers] for row in rows)
    return path
