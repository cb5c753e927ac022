"""A workbook as offices really send it: every kind of dirt in known places, for tests that nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.core.employee_files import HEADERS, nip, person

FIRST_ROW = 6  # three title rows, a header of two rows, then data


@dataclass
class Dirt:
    """Where the dirt lies: cell addresses by kind. Every row not named under `refused` is good."""

    path: Path
    refused: dict[str, list[str]] = field(default_factory=dict)
    warned: dict[str, list[str]] = field(default_factory=dict)
    good: int = 0


def write_dirty(path: Path, good: int = 120) -> Dirt:
    """Write the dirty workbook; the PNS sheet has titles above a merged two-row header, the PPPK sheet none, plus notes."""
    dirt = Dirt(path, good=good)
    rows = [person(number) for number in range(1, good + 1)]
    for index in range(5):
        rows[index]["TANGGAL LAHIR"] = "02-01-1980"
        _note(dirt.warned, "birth_differs", index)
    for index in range(5, 8):
        rows[index]["JENIS KELAMIN"] = "M"
        _note(dirt.warned, "sex_differs", index)
    rows[11] |= {"NIP BARU": nip(12)[:14] + "3" + nip(12)[15:]}
    _note(dirt.warned, "sex_digit", 11)
    for index in range(8, 11):
        rows[index] |= {"UNOR ID": "", "UNOR NAMA": f"Seksi Tak Dikenal {index}"}
        _note(dirt.warned, "unit_without_id", index)
    _add_bad(dirt, rows, "nip_number", [{"NIP BARU": float(nip(number))} for number in range(10_001, 10_051)])
    _add_bad(dirt, rows, "nip_scientific", [{"NIP BARU": "1,98001E+17"} for _ in range(20)])
    twins = [{"NIP BARU": nip(11_000 + pair), "NAMA": f"KEMBAR {half}"} for pair in range(5) for half in "AB"]
    _add_bad(dirt, rows, "duplicate_nip", twins)
    _add_bad(dirt, rows, "totals_row", [dict.fromkeys(HEADERS, "") | {"NAMA": "JUMLAH"}])
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        _write_pns(book, rows)
        _write_pppk(book)
        book.add_worksheet("Catatan").write(0, 0, "Data per 9 September 2024")
    dirt.good += 4
    return dirt


def _note(where: dict[str, list[str]], code: str, index: int) -> None:
    where.setdefault(code, []).append(f"PNS!{'N' if code.startswith('unit') else 'B'}{FIRST_ROW + index}")


def _add_bad(dirt: Dirt, rows: list[dict[str, Any]], code: str, changes: list[dict[str, Any]]) -> None:
    for change in changes:
        column = "C" if code == "totals_row" else "B"
        dirt.refused.setdefault(code, []).append(f"PNS!{column}{FIRST_ROW + len(rows)}")
        rows.append(person(6000 + len(rows)) | change)


PNS_COLUMNS = (
    "PNS ID", "NIP BARU", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "STATUS CPNS PNS", "KEDUDUKAN HUKUM NAMA", "NIK",
    "GOL AKHIR NAMA", "TMT GOLONGAN", "JABATAN NAMA", "TMT JABATAN", "UNOR ID", "UNOR NAMA",
)  # fmt: skip


def _write_pns(book: Any, rows: list[dict[str, Any]]) -> None:
    """Title rows, then a header whose grade columns stand under one merged title."""
    sheet = book.add_worksheet("PNS")
    centre = book.add_format({"align": "center"})
    sheet.merge_range(0, 0, 0, 13, "DAFTAR PEGAWAI NEGERI SIPIL", centre)
    sheet.merge_range(1, 0, 1, 13, "PEMERINTAH KOTA CONTOH", centre)
    for column, header in enumerate(PNS_COLUMNS):
        if header not in ("GOL AKHIR NAMA", "TMT GOLONGAN"):
            sheet.merge_range(3, column, 4, column, header, centre)
    sheet.merge_range(3, 8, 3, 9, "GOL AKHIR", centre)
    sheet.write(4, 8, "NAMA")
    sheet.write(4, 9, "TMT")
    for number, row in enumerate(rows, FIRST_ROW - 1):
        for column, header in enumerate(PNS_COLUMNS):
            value = row[header]
            if isinstance(value, float):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value)


def _write_pppk(book: Any) -> None:
    headers = ("NIP", "NAMA LENGKAP", "JENIS PEGAWAI", "GOLONGAN", "JABATAN", "UNOR ID", "UNIT KERJA")
    sheet = book.add_worksheet("PPPK")
    sheet.write_row(0, 0, headers)
    for number in range(1, 5):
        digits = f"19900101202121200{number}"
        cells = (digits, f"KENANGA CONTOH {number}", "PPPK", "IX", "AHLI PERTAMA - GURU KELAS", "U-1", "Dinas Contoh")
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell)
