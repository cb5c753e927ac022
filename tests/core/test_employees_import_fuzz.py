"""Files that nobody should have to fear: each is read, or refused in a plain sentence, within seconds and bounded memory."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from asn_desk.employees import importing, workbook
from asn_desk.employees.reading import slices
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.reading.sheets import Workbook
from asn_desk.errors import DeskError
from tests.core.employee_files import HEADERS, add_sheet, nip, person, write_csv, write_xlsx

TODAY = date(2024, 9, 9)
MOST_SECONDS, MOST_BYTES = 5.0, 200 * 1024 * 1024


def _truncated(path: Path) -> None:
    write_xlsx(path, [person(number) for number in range(1, 200)])
    path.write_bytes(path.read_bytes()[:-4000])


def _wide(path: Path) -> None:
    write_xlsx(path, [person(1)], headers=[*HEADERS, *(f"KOLOM {number}" for number in range(16_384 - len(HEADERS)))])


def _corners(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        add_sheet(book, [person(1)], headers=HEADERS, name="Data").write(1_048_575, 16_383, "x")


def _bomb(path: Path) -> None:
    """Shared texts that inflate to 300 MB from 300 kB, in a package that says it is a thousand bytes."""
    write_xlsx(path, [person(1)])
    _replace(path, "xl/sharedStrings.xml", lambda data: data + b" " * 300_000_000)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/sharedStrings.xml"))
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)


def _entities(path: Path) -> None:
    write_xlsx(path, [person(1)])
    lines = ['<!DOCTYPE a [<!ENTITY a0 "xxxxxxxxxx">']
    lines += [f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12)]
    _replace(
        path,
        "xl/workbook.xml",
        lambda data: data.replace(b"<workbook", "".join([*lines, "]>"]).encode() + b"<workbook", 1),
    )


def _replace(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, change(old.read(one)) if one.filename == part else old.read(one))
    path.write_bytes(target.getvalue())


def _wrong_extension(path: Path) -> None:
    path.write_bytes(b"%PDF-1.4\n\x00\x01\x02")


def _read_within_bounds(path: Path) -> Workbook | DeskError:
    tracemalloc.start()
    began = time.process_time()
    try:
        return workbook.read(path)
    except DeskError as refusal:
        return refusal
    finally:
        seconds, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert seconds < MOST_SECONDS
        assert peak < MOST_BYTES


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_truncated, "not_a_workbook"),
        (_wrong_extension, "not_a_workbook"),
        (_corners, "too_wide"),
        (_bomb, "not_a_workbook"),
    ],
)
def test_a_broken_or_hostile_file_gets_a_plain_sentence(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "ekspor.xlsx"
    make(path)
    refusal = _read_within_bounds(path)
    assert isinstance(refusal, DeskError)
    assert refusal.code == code
    assert "ekspor.xlsx" in refusal.sentence
    assert refusal.sentence.endswith(".")


@pytest.mark.parametrize("make", [_wide, _entities])
def test_a_strange_file_is_read_or_refused_without_harm(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "ekspor.xlsx"
    make(path)
    read = _read_within_bounds(path)
    assert isinstance(read, DeskError) or read.sheets[0].rows[0].cells[read.sheets[0].fields.index(Field.NIP)] == nip(1)


def test_formulas_count_by_their_stored_result_and_hidden_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rumus.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = add_sheet(book, [person(1), person(2), person(3)], headers=HEADERS, name="Data")
        column = HEADERS.index("NIP BARU")
        sheet.write_formula(1, column, '="1980"&"x"', value=nip(1))
        sheet.write_formula(2, column, "=1+1", value=198001012005012002)
        sheet.set_row(3, None, None, {"hidden": True})
    plan = importing.plan([workbook.read(path)], importing.Known(), TODAY)
    assert [one.person.nip for one in plan.new] == [nip(1), nip(3)]
    assert [(one.cell, one.code) for one in plan.refused] == [("Data!B3", "nip_number")]


def test_a_windows_csv_with_semicolons_is_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [person(1, NAMA="RENÉ “CONTOH”")], encoding="cp1252")
    (sheet,) = workbook.read(path).sheets
    assert sheet.rows[0].cells[sheet.fields.index(Field.NAME)] == "RENÉ “CONTOH”"


@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 2)])
@pytest.mark.parametrize("slice_bytes", [2_000, 9_000, 40_000])
def test_a_sheet_read_in_slices_is_the_same_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, top: int, left: int, slice_bytes: int
) -> None:
    rows = [person(number) for number in range(1, 90)]
    rows[40] = dict.fromkeys(HEADERS, "")
    rows[50]["NIP BARU"] = float(nip(51))
    rows[60]["TANGGAL LAHIR"] = date(1980, 1, 1)
    path = write_xlsx(tmp_path / "a.xlsx", rows, top=top, left=left)
    whole = workbook.read(path)
    monkeypatch.setattr(slices, "SLICE_BYTES", slice_bytes)
    sliced = workbook.read(path)
    assert sliced.sheets[0].rows == whole.sheets[0].rows
    assert sliced.sheets[0].columns == whole.sheets[0].columns
    assert sliced == whole


def test_a_merged_header_is_joined_in_a_sliced_sheet_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.core.dirty_workbook import write_dirty

    path = write_dirty(tmp_path / "kotor.xlsx", 200).path
    whole = workbook.read(path)
    monkeypatch.setattr(slices, "SLICE_BYTES", 9_000)
    assert workbook.read(path) == whole


@pytest.mark.parametrize("keep", [0.5, 0.9, 0.99])
def test_a_large_sheet_cut_off_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: float) -> None:
    monkeypatch.setattr(slices, "SLICE_BYTES", 9_000)
    path = write_xlsx(tmp_path / "a.xlsx", [person(number) for number in range(1, 90)])
    _replace(path, "xl/worksheets/sheet1.xml", lambda data: data[: int(len(data) * keep)])
    refusal = _read_within_bounds(path)
    assert isinstance(refusal, DeskError)
    assert refusal.code == "not_a_workbook"
