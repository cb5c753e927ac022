"""Tables that programs on the web name .xls: a page of HTML tables, or the XML Spreadsheet of Excel 2003.

Both are read in one pass and hold nothing but the texts of cells: nothing is fetched, no entity is defined, no script runs.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from asn_desk.employees.reading.cells import Cell, Merged
from asn_desk.employees.reading.containers import MAX_CELLS, Extent, Tick, not_a_workbook, other_format
from asn_desk.employees.reading.csv_text import encoding_of
from asn_desk.employees.reading.sheets import RawSheet

_PIECE = 1 << 18
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 2_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:-]{2,40})""", re.IGNORECASE)
_BLANK_TAGS = frozenset({"br", "p", "div", "li"})
_SILENT_TAGS = frozenset({"style", "script", "title", "xml"})
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def open_html(data: bytes, file: str, tick: Tick) -> list[RawSheet]:
    """Return every table of a page as a sheet, `Tabel 1` and so on. Raises DeskError("too_wide" | "other_format")."""
    tables: Any = _Tables(file)
    parser = etree.HTMLParser(target=tables, no_network=True, remove_comments=True)
    text = data.decode(_html_encoding(data), "replace").replace("\0", "")
    for start in range(0, len(text), _PIECE):
        tick()
        parser.feed(text[start : start + _PIECE])
    parser.close()
    found = [grid for grid in tables.done if grid.cells]
    if not found:
        raise other_format(file, "berisi halaman web tanpa tabel")
    return [grid.sheet(f"Tabel {number}" if len(found) > 1 else "Tabel") for number, grid in enumerate(found, 1)]


def open_xml(data: bytes, file: str, tick: Tick) -> list[RawSheet]:
    """Return the visible sheets of an XML Spreadsheet. Raises DeskError("too_wide" | "not_a_workbook")."""
    plain = data.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise not_a_workbook(file)
    book: Any = _Book(file)
    parser = etree.XMLParser(target=book, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for start in range(0, len(data), _PIECE):
            tick()
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_a_workbook(file) from error
    return [grid.sheet(name) for name, grid in book.done]


class _Grid:
    """The cells of one table by row and column, with those that span several."""

    def __init__(self, file: str) -> None:
        self.cells: dict[int, dict[int, Cell]] = {}
        self.row = -1
        self._merged: list[Merged] = []
        self._busy: dict[int, int] = {}
        self._width = self._covered = 0
        self._file = file

    def put(self, column: int, value: Cell, across: int = 0, down: int = 0) -> None:
        """Place a value; `across` and `down` say how many cells more it covers. Raises DeskError("too_wide")."""
        if column >= _MOST_COLUMNS or self.row >= _MOST_ROWS:
            raise Extent(self._file).too_wide()
        across, down = min(across, _MOST_COLUMNS - column - 1), min(down, _MOST_ROWS - self.row - 1)
        if across or down:
            self._merged.append(((self.row, column), (self.row + down, column + across)))
            self._covered += across + 1
            for covered in range(column, column + across + 1):
                self._busy[covered] = self.row + down
        if value != "":
            self.cells.setdefault(self.row, {})[column] = value
            self._width = max(self._width, column + 1)
        if max(self._width * (self.row + 1), self._covered) > MAX_CELLS:
            raise Extent(self._file).too_wide()

    def free(self, column: int) -> int:
        """Return the next column from this one on that no cell above covers."""
        while self._busy.get(column, -1) >= self.row:
            column += 1
        return column

    def sheet(self, name: str) -> RawSheet:
        """Return the cells as a sheet."""
        height = max(self.cells, default=-1) + 1
        return RawSheet(name, self._rows(height), height, merged=tuple(self._merged))

    def _rows(self, height: int) -> Iterator[Sequence[Cell]]:
        for number in range(height):
            cells = self.cells.get(number, {})
            yield [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


class _Tables:
    """Hears the tags of a page and collects its tables; a table within a cell stands for itself."""

    def __init__(self, file: str) -> None:
        self.done: list[_Grid] = []
        self._file = file
        self._open: list[_OpenTable] = []
        self._silent = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear a tag begin."""
        if tag in _SILENT_TAGS:
            self._silent += 1
        elif tag == "table":
            self._open.append(_OpenTable(_Grid(self._file)))
        elif self._open:
            self._open[-1].start(tag, attributes)

    def end(self, tag: str) -> None:
        """Hear a tag end."""
        if tag in _SILENT_TAGS:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._open:
            table = self._open.pop()
            table.close_cell()
            self.done.append(table.grid)
        elif self._open and tag in ("td", "th"):
            self._open[-1].close_cell()

    def data(self, text: str) -> None:
        """Hear a text."""
        if self._open and not self._silent:
            self._open[-1].text.append(text)

    def close(self) -> None:
        """Take what was never closed for closed."""
        while self._open:
            self.end("table")


class _OpenTable:
    """A table of which not all tags were heard yet."""

    def __init__(self, grid: _Grid) -> None:
        self.grid = grid
        self.text: list[str] = []
        self._column = 0
        self._spans = (0, 0)
        self._within = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "tr":
            self.close_cell()
            self.grid.row += 1
            self._column = 0
        elif tag in ("td", "th"):
            self.close_cell()
            self.grid.row = max(self.grid.row, 0)
            self._spans = (_span(attributes.get("colspan")), _span(attributes.get("rowspan")))
            self._within, self.text = True, []
        elif tag in _BLANK_TAGS:
            self.text.append(" ")

    def close_cell(self) -> None:
        """Place the cell that was open, if any."""
        if not self._within:
            return
        self._within = False
        across, down = self._spans
        column = self.grid.free(self._column)
        self.grid.put(column, " ".join("".join(self.text).split()), across, down)
        self._column = column + across + 1


class _Book:
    """Hears the elements of an XML Spreadsheet and collects its visible sheets."""

    def __init__(self, file: str) -> None:
        self.done: list[tuple[str, _Grid]] = []
        self._file = file
        self._grid: _Grid | None = None
        self._name, self._hidden = "", False
        self._column, self._spans, self._span = -1, (0, 0), 0
        self._kind, self._value = "", ""
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear an element begin."""
        grid = self._grid
        if tag == f"{_SS}Worksheet":
            self._name, self._hidden, self._grid = attributes.get(f"{_SS}Name", ""), False, _Grid(self._file)
            self._span = 0
        elif tag.endswith("}Visible"):
            self._text = []
        elif grid is not None and tag == f"{_SS}Row":
            grid.row = _index(attributes, grid.row + self._span)
            self._column, self._span = -1, _count(attributes.get(f"{_SS}Span"))
        elif grid is not None and tag == f"{_SS}Cell":
            self._column = _index(attributes, self._column)
            self._spans = (_count(attributes.get(f"{_SS}MergeAcross")), _count(attributes.get(f"{_SS}MergeDown")))
            self._kind = ""
        elif tag == f"{_SS}Data":
            self._kind, self._text = attributes.get(f"{_SS}Type", "String"), []

    def data(self, text: str) -> None:
        """Hear a text."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Hear an element end."""
        grid = self._grid
        if tag.endswith("}Visible"):
            self._hidden = "hidden" in "".join(self._text or ()).lower()
            self._text = None
        elif tag == f"{_SS}Data":
            self._value, self._text = "".join(self._text or ()), None
        elif grid is not None and tag == f"{_SS}Cell":
            grid.put(self._column, _typed(self._kind, self._value) if self._kind else "", *self._spans)
            self._column += self._spans[0]
        elif grid is not None and tag == f"{_SS}Worksheet":
            if not self._hidden:
                self.done.append((self._name, grid))
            self._grid = None

    def close(self) -> None:
        """Nothing is left to do at the end."""


def _index(attributes: Mapping[str, str], before: int) -> int:
    """Return the place of a row or cell: what it says itself (from 1 on), else the one after the last."""
    told = attributes.get(f"{_SS}Index")
    place = before + 1 if told is None else int(told) - 1
    if place <= before:
        raise ValueError("places that go backwards")
    return place


def _typed(kind: str, text: str) -> Cell:
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return datetime.fromisoformat(text.strip().partition(".")[0])
    return text


def _span(told: str | None) -> int:
    """Return how many cells more a cell covers; 1 covers none."""
    return max(_count(told) - 1, 0)


def _count(told: str | None) -> int:
    return int(told) if told is not None and told.isascii() and told.isdigit() and len(told) < 8 else 0


def _html_encoding(data: bytes) -> str:
    """Return the encoding of a page: of its byte order mark, else what its text proves, else what it says."""
    proved = encoding_of(data)
    if proved != "cp1252":
        return proved
    told = _CHARSET.search(data[:_PIECE])
    try:
        name = codecs.lookup(told[1].decode("ascii")).name if told else "cp1252"
    except LookupError:
        return "cp1252"
    return "cp1252" if name in ("utf-8", "iso8859-1", "ascii") else name
