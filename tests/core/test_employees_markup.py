"""What programs on the web name .xls: HTML tables and the XML Spreadsheet of Excel 2003, read as any sheet or refused plainly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from asn_desk.employees import workbook
from asn_desk.employees.reading.columns import Field
from asn_desk.errors import DeskError
from tests.core.employee_files import nip
from tests.core.grids import only_sheet, plan_of, refusals

HEAD = "<tr><th>NIP</th><th>NAMA</th><th>JABATAN</th><th>UNIT KERJA</th></tr>"
SS = "urn:schemas-microsoft-com:office:spreadsheet"


def _page(path: Path, *rows: str, before: str = "<table>", after: str = "</table>", encoding: str = "utf-8") -> Path:
    path.write_bytes(f"{before}{HEAD}{''.join(rows)}{after}".encode(encoding))
    return path


def _row(number: int = 1, name: str = "MELATI A", unit: str = "Dinas Contoh") -> str:
    return f"<tr><td style='mso-number-format:\"\\@\"'>{nip(number)}</td><td>{name}</td><td>Arsiparis</td><td>{unit}</td></tr>"


@pytest.mark.parametrize(
    ("before", "encoding"),
    [
        ("<table>", "utf-8"),
        ("<html><head><meta charset='utf-8'><style>td {color: red}</style></head><body><table border='1'>", "utf-8"),
        ("<!DOCTYPE html><html><body><h3>DAFTAR PEGAWAI</h3><table>", "utf-8-sig"),
        ("\ufeff<html><table>", "utf-16-le"),
        ("<br />\n<b>Notice</b>: Undefined index in laporan.php<br /><table>", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'><table>", "cp1252"),
        ("<?xml version='1.0'?><html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "utf-8"),
    ],
)
def test_a_page_named_xls_is_read_as_a_sheet(tmp_path: Path, before: str, encoding: str) -> None:
    path = _page(tmp_path / "laporan.xls", _row(1, "REN\u00c9 A"), _row(2), before=before, encoding=encoding)
    plan = plan_of(path)
    assert [(one.person.nip, one.person.name) for one in plan.new] == [(nip(1), "REN\u00c9 A"), (nip(2), "MELATI A")]
    assert plan.new[1].cell == "Tabel!A3"


def test_spans_breaks_entities_and_unclosed_cells_are_understood(tmp_path: Path) -> None:
    rows = (
        f"<tr><td>&nbsp;{nip(1)}<td>MELATI<br>A &amp; B<td>Arsiparis<td rowspan=2>Dinas<p>Contoh",
        f"<tr><td>{nip(2)}<td>MELATI C<td>Pengemudi",
        f"<tr><td colspan='2'>JUMLAH</td><td>2</td></tr><tr><td>{nip(3)}</td><td>MELATI D</td><td>Supir</td><td>Badan Contoh</td></tr>",
    )
    sheet = only_sheet(_page(tmp_path / "a.xls", *rows))
    read = {row.number: dict(zip(sheet.fields, row.cells, strict=True)) for row in sheet.rows}
    assert read[2][Field.NAME] == "MELATI A & B"
    assert [read[number][Field.UNIT_NAME] for number in (2, 3, 5)] == ["Dinas Contoh", "Dinas Contoh", "Badan Contoh"]
    assert read[4][Field.POST_NAME] == "2"


def test_a_table_within_a_layout_table_and_several_tables_are_told_apart(tmp_path: Path) -> None:
    inner = f"<table>{HEAD}{_row(1)}</table>"
    page = f"<table><tr><td>Menu</td><td>{inner}</td></tr></table><table><tr><td>Dicetak oleh admin</td></tr></table>"
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    book = workbook.read(tmp_path / "a.xls")
    assert [(sheet.name, len(sheet.rows)) for sheet in book.sheets] == [("Tabel 1", 1)]
    assert len(book.skipped) == 2


def test_a_rounded_number_in_a_page_is_refused(tmp_path: Path) -> None:
    row = _row(1).replace(nip(1), "1.98001012005012E+17")
    assert refusals(plan_of(_page(tmp_path / "a.xls", row, _row(2)))) == [("Tabel!A2", "nip_scientific")]


@pytest.mark.parametrize(
    "page",
    [
        "<html><frameset><frame src='sheet001.htm'></frameset></html>",
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n',
        '<?xml version="1.0"?><office:document xmlns:office="x"/>',
    ],
)
def test_a_page_without_a_table_says_how_to_save_it(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    with pytest.raises(DeskError) as refusal:
        workbook.read(tmp_path / "a.xls")
    assert refusal.value.code == "other_format"
    assert "Simpan Sebagai (Save As), jenis Excel Workbook (.xlsx)" in refusal.value.sentence


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td colspan='1000' rowspan='60000'>x</td></tr>" * 40_000,
        "<table><tr>" + "<td colspan='999999'>x</td>" * 5_000,
        "<table>" * 20_000 + "<tr><td>x",
        "<table><tr><td>" + "<b>" * 100_000,
    ],
    ids=["spans", "wide", "nested", "deep"],
)
def test_a_hostile_page_ends_in_a_sentence_soon(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(DeskError):
        workbook.read(tmp_path / "a.xls")
    assert time.process_time() - began < 10


def _book(path: Path, *sheets: str, encoding: str = "utf-8", before: str = "") -> Path:
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>{before}'
    text = f'{head}<Workbook xmlns="{SS}" xmlns:ss="{SS}" xmlns:x="urn:schemas-microsoft-com:office:excel">{"".join(sheets)}</Workbook>'
    path.write_bytes(text.encode(encoding))
    return path


def _cell(value: str, kind: str = "String", **attributes: int) -> str:
    said = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{said}><Data ss:Type="{kind}">{value}</Data></Cell>'


def _sheet(*rows: str, name: str = "Data", hidden: bool = False) -> str:
    visible = "<WorksheetOptions xmlns='urn:schemas-microsoft-com:office:excel'><Visible>SheetHidden</Visible></WorksheetOptions>"
    return f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table>{visible if hidden else ""}</Worksheet>'


COLUMNS = ("NIP", "NAMA", "TMT JABATAN", "JABATAN", "UNIT KERJA")


def _person(number: int, day: str = "2021-02-01T00:00:00.000") -> str:
    cells = [_cell(nip(number)), _cell(f"MELATI {number}"), _cell(day, "DateTime")]
    return f"<Row>{''.join(cells)}{_cell('Arsiparis')}{_cell('Dinas Contoh')}</Row>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_an_xml_spreadsheet_is_read_with_its_types_and_gaps(tmp_path: Path, encoding: str) -> None:
    header = f"<Row ss:Index='3'>{''.join(map(_cell, COLUMNS))}</Row>"
    gap = (
        f"<Row ss:Index='7'>{_cell(nip(2))}{_cell('MELATI B')}{_cell('Supir', Index=4)}{_cell('#REF!', 'Error')}</Row>"
    )
    rounded = f"<Row>{_cell('1.98001012005012E+17', 'Number')}{_cell('MELATI C')}</Row>"
    hidden = _sheet(header, _person(9), name="Lama", hidden=True)
    sheet = _sheet(header, _person(1), gap, rounded)
    plan = plan_of(_book(tmp_path / "a.xls", sheet, hidden, encoding=encoding))
    assert [(one.person.nip, str(one.person.post_from), one.cell) for one in plan.new] == [
        (nip(1), "2021-02-01", "Data!A4")
    ]
    assert refusals(plan) == [("Data!E7", "cell_error"), ("Data!A8", "nip_number")]


@pytest.mark.parametrize(
    ("sheet", "before", "code"),
    [
        ("", '<!DOCTYPE x [<!ENTITY a "aaaa">]>', "not_a_workbook"),
        ("<Worksheet ss:Name='a'><Table><Row", "", "not_a_workbook"),
        (_sheet("<Row ss:Index='5'/><Row ss:Index='2'/>"), "", "not_a_workbook"),
        (_sheet(f"<Row ss:Index='1048576'>{_cell('x', Index=1999)}</Row>"), "", "too_wide"),
        (_sheet(f"<Row>{_cell('x', 'Number')}</Row>"), "", "not_a_workbook"),
    ],
)
def test_a_broken_or_hostile_xml_spreadsheet_is_refused(tmp_path: Path, sheet: str, before: str, code: str) -> None:
    with pytest.raises(DeskError) as refusal:
        workbook.read(_book(tmp_path / "a.xls", sheet, before=before))
    assert refusal.value.code == code
