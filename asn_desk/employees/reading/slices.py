"""Reading a large sheet of an .xlsx slice by slice: the reading library holds a whole sheet in memory, here only some rows.

The sheet's XML is inflated once, cut between rows, and each slice handed over as a small workbook of its own. The extent of
the cells is checked on the way, before the library takes memory for them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from asn_desk.employees.reading.cells import Cell, Merged
from asn_desk.employees.reading.columns import column_letters
from asn_desk.employees.reading.containers import Extent, Holes, Tick, not_a_workbook
from asn_desk.employees.reading.quick_rows import Declined, QuickRows

SLICE_BYTES = 4 << 20
_MOST_COLUMNS = 16_384
_MOST_INDEX_BYTES = 4 << 20
_ROWS, _ROW_END, _ROWS_END = b"<sheetData>", b"</row>", b"</sheetData>"
_TAIL = re.compile(rb"(?:\s|<row\b[^>]*/>)*</sheetData>.*</worksheet>\s*\Z", re.DOTALL)
_MERGED = re.compile(rb'<mergeCell ref="\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"')
_UNNUMBERED = re.compile(rb"<row(?![^>]*\br=)[^>]*>")


@dataclass(frozen=True)
class Index:
    """What a workbook's index says: the part of each sheet by name, those worth slicing, and whether days count from 1904."""

    parts: dict[str, str]
    large: dict[str, str]
    from_1904: bool = False


def index_of(data: bytes) -> Index:
    """Return the index of a workbook; an empty one when the package is laid out unusually."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sizes = {part.filename: part.file_size for part in package.infolist()}
        index = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        if any(sizes.get(one, _MOST_INDEX_BYTES) >= _MOST_INDEX_BYTES for one in index):
            return Index({}, {})
        try:
            book, links = (ET.fromstring(package.read(one)) for one in index)  # noqa: S314 - expat bounds entities
        except ET.ParseError:
            return Index({}, {})
        targets = {one.get("Id"): (one.get("Target") or "").removeprefix("/xl/") for one in links}
        parts = {one.get("name") or "": f"xl/{targets.get(_link(one), '')}" for one in book.iterfind(".//{*}sheet")}
        large = {
            name: part for name, part in parts.items()
            if sizes.get(part, 0) > SLICE_BYTES and _sliceable(package, part)
        }  # fmt: skip
        told = next((one.get("date1904", "") for one in book.iterfind(".//{*}workbookPr")), "")
        return Index(parts, large, told in ("1", "true", "on"))


def _link(sheet: ET.Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _sliceable(package: zipfile.ZipFile, part: str) -> bool:
    with package.open(part) as stream:
        begin = stream.read(1 << 16)
        return _ROWS in begin and _UNNUMBERED.search(begin) is None


@dataclass
class SlicedSheet:
    """One large sheet. `rows` yields its rows from the first one on, cells from `first_column` on, which is known from the first
    row on; `merged` is known once all rows were read.
    """

    data: bytes
    part: str
    index: int
    file: str
    tick: Tick
    first_column: int = field(default=0, init=False)
    merged: tuple[Merged, ...] = field(default=(), init=False)
    _quick: QuickRows | None = field(default=None, init=False)
    _shared: bytes | None = field(default=None, init=False)

    def height(self) -> int:
        """Return about how many rows there are, judged by the first slice; good enough to show progress."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as package, package.open(self.part) as stream:
            seen = stream.read(1 << 20)
            return max(package.getinfo(self.part).file_size * seen.count(_ROW_END) // len(seen), 1)

    def narrow(self, places: Sequence[int]) -> None:
        """Take note that only these places of a row are wanted from the next slice on."""
        letters = {column_letters(place + self.first_column): place for place in places}
        self._quick = QuickRows(letters, self._shared) if letters else None

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Yield each row, empty ones included. Raises DeskError as `containers.check_xlsx`."""
        number, self._quick = 0, None
        extent = Extent(self.file)
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            others = self._other_parts(package)
            self._shared = others.get("xl/sharedStrings.xml")
            for head, body in self._slices(package, sum(map(len, others.values()))):
                start, rows = self._read(head, body, others, number, extent)
                if start < number:
                    raise not_a_workbook(self.file)
                yield from ([] for _ in range(start - number))
                yield from overlaid(rows, extent.holes, start, self.first_column) if extent.holes else rows
                number = start + len(rows)
                extent.holes.clear()

    def _read(
        self, head: bytes, body: bytes, others: dict[str, bytes], number: int, extent: Extent
    ) -> tuple[int, list[list[Cell]]]:
        """Return the number of rows before the slice's first one, and its rows."""
        if self._quick is not None:
            try:
                return _filled(self._quick.rows(body, number), number)
            except Declined:
                self._quick = None
        extent.see(body)
        return self._read_by_library(head + body + _ROWS_END + b"</worksheet>", others, number)

    def _read_by_library(self, xml: bytes, others: dict[str, bytes], number: int) -> tuple[int, list[list[Cell]]]:
        import python_calamine as calamine

        with calamine.CalamineWorkbook.from_filelike(_packed(others | {self.part: xml})) as book:
            sheet = book.get_sheet_by_index(self.index)
            start, rows = sheet.start, sheet.to_python(skip_empty_area=True)
        if start is None:
            return number, []
        if not number:
            self.first_column = start[1]
        shift = start[1] - self.first_column
        return start[0], list(_shifted(rows, shift)) if shift else rows

    def _other_parts(self, package: zipfile.ZipFile) -> dict[str, bytes]:
        """Return what the library reads besides sheets: the index, styles, and shared strings."""
        return {
            one.filename: package.read(one)
            for one in package.infolist()
            if one.filename.endswith((".xml", ".rels")) and not one.filename.startswith(("xl/worksheets", "xl/drawings", "docProps"))
        }  # fmt: skip

    def _slices(self, package: zipfile.ZipFile, shared: int) -> Iterator[tuple[bytes, bytes]]:
        """Yield (what stands before all rows, some whole rows); more of them when the shared strings are parsed with each."""
        size = max(SLICE_BYTES, 3 * shared)
        with package.open(self.part) as stream:
            first = stream.read(size)
            begin = first.index(_ROWS) + len(_ROWS)
            head, rest = first[:begin], first[begin:]
            while True:
                self.tick()
                end = rest.rfind(_ROW_END) + len(_ROW_END)
                if end < len(_ROW_END) and len(rest) > 2 * size:
                    raise Extent(self.file).too_wide()
                if end >= len(_ROW_END):
                    yield head, rest[:end]
                    rest = rest[end:]
                if not (more := stream.read(size)):
                    break
                rest += more
        if not _TAIL.match(rest):
            raise not_a_workbook(self.file)
        self.merged = _merged_in(rest)


def overlaid(rows: Iterable[Sequence[Cell]], holes: Holes, start: int, first_column: int) -> Iterator[Sequence[Cell]]:
    """Yield rows, the first of them number `start`, with errors and formulas without a result where the library left blanks."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), said in holes.items():
        by_row.setdefault(row, []).append((column - first_column, said))
    for number, cells in enumerate(rows, start):
        if number in by_row:
            told = list(cells)
            for place, said in by_row[number]:
                if 0 <= place < _MOST_COLUMNS:
                    told += [""] * (place + 1 - len(told))
                    told[place] = told[place] if told[place] != "" else said
            yield told
        else:
            yield cells


def _filled(numbered: list[tuple[int, list[Cell]]], number: int) -> tuple[int, list[list[Cell]]]:
    """Return rows with the missing numbers between them as empty rows, and the number before the first."""
    if not numbered:
        return number, []
    start = at = numbered[0][0] - 1
    if numbered[-1][0] - start == len(numbered):
        return start, [cells for _, cells in numbered]
    rows: list[list[Cell]] = []
    for place, cells in numbered:
        rows.extend([] for _ in range(place - at - 1))
        rows.append(cells)
        at = place
    return start, rows


def _shifted(rows: list[list[Cell]], shift: int) -> Iterator[list[Cell]]:
    """Yield rows of a slice that begins further right or left than the first one; what stands left of it has no header."""
    for row in rows:
        yield [*[""] * shift, *row] if shift > 0 else row[-shift:]


def _merged_in(tail: bytes) -> tuple[Merged, ...]:
    return tuple(
        ((int(top) - 1, _column(left)), (int(bottom) - 1, _column(right)))
        for left, top, right, bottom in _MERGED.findall(tail)
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, body in parts.items():
            package.writestr(zipfile.ZipInfo(name), body)
    buffer.seek(0)
    return buffer
