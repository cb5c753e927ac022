"""Reading large sheets straight from their XML: the same rows as the reading library gives, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from asn_desk.employees import workbook
from asn_desk.employees.reading import slices
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.reading.quick_rows import Declined, QuickRows
from asn_desk.employees.reading.sheets import Cell, Workbook
from tests.core.employee_files import HEADERS, nip, person


def _write(path: Path, *, inline: bool, odd: bool = False) -> Path:
    options = {"constant_memory": inline, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADERS)
        for number in range(1, 700):
            row = person(number, NAMA=f"MELATI & <{number}>\u00a0'CONTOH'", GELAR_DEPAN="" if number % 3 else "Dr.")
            for column, header in enumerate(HEADERS):
                if odd and (number, header) == (690, "NIP BARU"):
                    sheet.write_number(number, column, float(nip(690)))
                elif row[header] and number % 97:
                    sheet.write_string(number, column, row[header])
    return path


def _slices(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Workbook, list[int]]:
    """Return the file as read in small slices, and how many rows each slice gave that was read from the XML."""
    counts: list[int] = []
    plain = QuickRows.rows

    def counted(self: QuickRows, xml: bytes, after: int) -> list[tuple[int, list[Cell]]]:
        rows = plain(self, xml, after)
        counts.append(len(rows))
        return rows

    monkeypatch.setattr(slices, "SLICE_BYTES", 30_000)
    monkeypatch.setattr(QuickRows, "rows", counted)
    return workbook.read(path), counts


@pytest.mark.parametrize("inline", [True, False])
def test_text_cells_are_read_as_the_library_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: bool
) -> None:
    path = _write(tmp_path / "a.xlsx", inline=inline)
    whole = workbook.read(path)
    sliced, counts = _slices(path, monkeypatch)
    assert sum(counts) > 200
    assert sliced == whole
    assert whole.sheets[0].rows[1].cells[whole.sheets[0].fields.index(Field.NAME)] == "MELATI & <2> 'CONTOH'"


def test_a_number_among_the_cells_is_left_to_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path / "a.xlsx", inline=True, odd=True)
    whole = workbook.read(path)
    sliced, counts = _slices(path, monkeypatch)
    assert counts
    assert sliced == whole
    assert whole.sheets[0].rows[-10].cells[whole.sheets[0].fields.index(Field.NIP)] == float(nip(690))


def _row(cells: str, number: int = 2) -> bytes:
    return f'<row r="{number}" spans="1:3">{cells}</row>'.encode()


SHARED = b"<sst><si><t>satu</t></si><si><r><t>du</t></r><r><t>a &amp; b</t></r><rPh><t>x</t></rPh></si><si/></sst>"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="B2" t="inlineStr"><is><t>a</t></is></c>', ["", "a"]),
        ('<c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve"> a&#10;b </t></is></c>', [" a\nb ", ""]),
        ('<c r="A2" t="str"><v>1 &lt; 2</v></c><c r="B2" s="4"/>', ["1 < 2", ""]),
        ('<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>', ["satu", "dua & b"]),
        ('<c r="C2"><v>5</v></c><c r="AA2"><f>1</f></c><c r="A2" t="s"><v>2</v></c>', ["", ""]),
        ("", ["", ""]),
    ],
)
def test_plain_cells_are_understood(cells: str, expected: list[str]) -> None:
    assert QuickRows({"A": 0, "B": 1}, SHARED).rows(_row(cells), 1) == [(2, expected)]


@pytest.mark.parametrize(
    "xml",
    [
        _row('<c r="A2"><v>5</v></c>'),
        _row('<c r="A2" t="b"><v>1</v></c>'),
        _row('<c r="A2" t="e"><v>#N/A</v></c>'),
        _row('<c r="A2" t="str"><f>B2</f><v>5</v></c>'),
        _row('<c r="A2" t="inlineStr"><is><r><t>a</t></r></is></c>'),
        _row('<c r="A2" t="inlineStr"><is><t>a<!-- b --></t></is></c>'),
        _row('<c r="A2" t="inlineStr"><is><t><![CDATA[a]]></t></is></c>'),
        _row('<c r="A2" t="inlineStr"><is><t>a_x000D_</t></is></c>'),
        _row('<c r="A2" t="s"><v>9</v></c>'),
        _row('<c r="A2" t="s"><v>x</v></c>'),
        _row('<c t="inlineStr"><is><t>a</t></is></c>'),
        _row('<c s="1" r="A2" t="inlineStr"><is><t>a</t></is></c>'),
        _row("", number=1),
        b'<row spans="1:3"></row>',
        b'<x:row r="2"><x:c r="A2"/></x:row>',
        b'<row r="2"><c r="A2" t="str"><v>\xff</v></c></row>',
    ],
)
def test_anything_else_is_declined(xml: bytes) -> None:
    with pytest.raises(Declined):
        QuickRows({"A": 0, "B": 1}, SHARED).rows(xml, 1)
