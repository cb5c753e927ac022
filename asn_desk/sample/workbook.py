"""Writes the sample office as the two workbooks a region gets from SIASN: the employees and the tree of units."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from asn_desk.sample.columns import HEADERS, UNIT_HEADERS
from asn_desk.sample.people import generate
from asn_desk.sample.units import sample_units

# The sheet's XML is written here directly: xlsxwriter, careful with every cell, needs 78 s of CPU for 100,000 people.
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STAMP = (2024, 9, 9, 8, 0, 0)  # one fixed date, so that the same sample has the same bytes

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>",
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Pemerintah Kota Contoh</dc:title>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2024-09-09T08:00:00Z</dcterms:created></cp:coreProperties>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Style 1 is Excel's own "Text" (number format 49): what a clerk types over a NIP stays text too.
    "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write_workbook(path: Path, count: int, *, seed: int = 2024) -> None:
    """Write `count` invented employees to an .xlsx file: one sheet, headers in row 1, every cell text (NIP keeps its digits).

    The same count and seed give the same bytes. Memory stays flat at any size. Raises OSError when the file cannot be written.
    """
    rows = (tuple(row.values()) for row in generate(count, seed=seed))
    _write(path, "Data Utama", HEADERS, rows)


def write_unit_hierarchy(path: Path, count: int, seed: int = 2024) -> None:
    """Write the units of that office as the companion workbook HierarkiUnor (ID, NAMA_UNOR, ID_ATASAN), parents first.

    The first row is the city itself with an empty ID_ATASAN; its children are the OPD. The tree depends on `count` only;
    `seed` is accepted so that both files are asked for in the same way.
    """
    del seed
    rows = ((unit.id, unit.name, unit.parent_id) for unit in sample_units(count))
    _write(path, "HierarkiUnor", UNIT_HEADERS, rows)


def _write(path: Path, sheet_name: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    parts = _PARTS | {"xl/workbook.xml": _book(sheet_name)}
    with ZipFile(path, "w") as package:
        for name, body in parts.items():
            package.writestr(_entry(name), _XML + body)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            for piece in _sheet(headers, rows):
                sheet.write(piece.encode())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _STAMP)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # the same on Windows and Linux
    return entry


def _book(sheet_name: str) -> str:
    return (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{sheet_name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the sheet's XML row by row; empty cells are left out."""
    letters = [_letters(column) for column in range(len(headers))]
    yield (
        f'{_XML}<worksheet xmlns="{_SHEET}"><cols><col min="1" max="{len(headers)}" width="20" style="1" customWidth="1"/></cols>'
        "<sheetData>"
    )
    yield _row(1, letters, headers)
    for number, row in enumerate(rows, 2):
        yield _row(number, letters, row)
    yield "</sheetData></worksheet>"


def _row(number: int, letters: Sequence[str], cells: Sequence[str]) -> str:
    body = "".join(
        f'<c r="{letter}{number}" s="1" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        for letter, cell in zip(letters, cells, strict=True)
        if cell
    )
    return f'<row r="{number}">{body}</row>'


def _letters(column: int) -> str:
    """Excel's name of a column: 0 is A, 26 is AA."""
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
