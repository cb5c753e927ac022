"""Read tables: grid, merged cells, table styles with their conditional parts, borders and margins of every cell."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Border, Cell, Color, Props, Row, Table
from asn_desk.letters.pdf.reading.frames import read_table_place
from asn_desk.letters.pdf.reading.ooxml import attribute, child, children, integer, is_on, points, short, switch, value
from asn_desk.letters.pdf.reading.props import borders, layer, shading
from asn_desk.letters.pdf.reading.styles import TableLook, cell_margins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.reading.source import Source

MAX_COLUMNS = 128
MAX_ROWS = 20_000
_USUAL_MARGIN = 5.4
_LEVEL = frozenset({"lrTb", "lrTbV", "tb"})
_MAX_FLOATING_ROWS = 24
_LOOK_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


@dataclass
class _TableReader:
    """What all cells of one table share."""

    source: Source
    looks: dict[str, TableLook]
    flags: dict[str, bool]
    edges: dict[str, Border | None]
    margins: dict[str, float]
    rows: int
    columns: int
    shade: Color | None = None
    upright: bool = False
    """Whether text of a cell stands upright."""
    merged: dict[tuple[str, ...], tuple[Props, Props]] = field(default_factory=dict)


def read_table(source: Source, element: Element) -> Table | None:
    """Return one table; None when it has no row."""
    properties = child(element, "w:tblPr")
    rows = list(_rows(element))[:MAX_ROWS]
    if not rows:
        return None
    looks = source.shared.styles.table_looks(value(properties, "w:tblStyle"))
    whole = looks.get("wholeTable", TableLook())
    margins = {"top": 0.0, "bottom": 0.0, "left": _USUAL_MARGIN, "right": _USUAL_MARGIN}
    margins.update(whole.margins)
    margins.update(cell_margins(child(properties, "w:tblCellMar")))
    grid = _grid(element, rows)
    shared = _TableReader(
        source, looks, _flags(child(properties, "w:tblLook")),
        {**whole.borders, **borders(child(properties, "w:tblBorders"))}, margins, len(rows), len(grid), shading(properties),
    )  # fmt: skip
    read = [_row(shared, row, index) for index, row in enumerate(rows)]
    indent = points(attribute(child(properties, "w:tblInd"), "w:w")) or 0.0
    old = source.shared.compat < 15 and source.depth <= 1
    if old:
        indent -= margins["left"]
    align = {"center": "center", "right": "right", "end": "right"}.get(value(properties, "w:jc") or "left", "left")
    found = Table(_scaled(grid, child(properties, "w:tblW")), read, indent if align == "left" else 0.0, align)
    layout = child(properties, "w:tblLayout")
    found.fits = (attribute(layout, "w:type") or whole.layout) != "fixed" and not shared.upright
    found.width, found.beyond = _asked(child(properties, "w:tblW")), margins["right"] if old else 0.0
    _float(source, child(properties, "w:tblpPr"), found)
    return found


def _asked(width: Element | None) -> float:
    """Return the width a table is given; 0 where it is left to Word."""
    if width is None or attribute(width, "w:type") in ("auto", "nil", "pct"):
        return 0.0
    return max(0.0, points(attribute(width, "w:w")) or 0.0)


def _float(source: Source, place: Element | None, table: Table) -> None:
    """Let a table stand where Word dragged it; one that may be longer than its page stays in the flow, and that is noted."""
    if place is None:
        return
    if min(table.columns) <= 0 or len(table.rows) > _MAX_FLOATING_ROWS:
        source.notes.add(f"Tabel mengambang di {source.notes.place} dicetak di tempat biasa dalam urutan isi surat.")
        return
    first = table.rows[0].cells[0].margins[3] if table.rows[0].cells else 0.0
    table.frame = read_table_place(place, sum(table.columns), first)
    table.indent, table.align = 0.0, "left"


def _rows(element: Element) -> Iterator[Element]:
    for item in element:
        name = short(item)
        if name == "w:tr":
            if child(child(item, "w:trPr"), "w:del") is None:
                yield item
        elif name == "w:sdt":
            yield from _rows_in(child(item, "w:sdtContent"))
        elif name in ("w:ins", "w:customXml"):
            yield from _rows(item)


def _rows_in(content: Element | None) -> Iterator[Element]:
    if content is not None:
        yield from _rows(content)


def _cells(row: Element) -> Iterator[Element]:
    for item in row:
        name = short(item)
        if name == "w:tc":
            yield item
        elif name == "w:sdt":
            content = child(item, "w:sdtContent")
            if content is not None:
                yield from _cells(content)
        elif name in ("w:ins", "w:customXml"):
            yield from _cells(item)


def _span(cell: Element) -> int:
    return max(1, min(MAX_COLUMNS, integer(value(child(cell, "w:tcPr"), "w:gridSpan"), 1) or 1))


def _skipped(row: Element, name: str) -> int:
    return max(0, min(MAX_COLUMNS, integer(value(child(row, "w:trPr"), name), 0) or 0))


def _grid(element: Element, rows: list[Element]) -> list[float]:
    """Return the column widths: the grid, corrected by the preferred cell widths Word goes by, 0 for an unknown width."""
    columns = child(element, "w:tblGrid")
    grid = [points(attribute(item, "w:w")) or 0.0 for item in children(columns, "w:gridCol")][:MAX_COLUMNS]
    needed = max((_skipped(row, "w:gridBefore") + sum(_span(cell) for cell in _cells(row)) for row in rows), default=1)
    grid += [0.0] * (min(needed, MAX_COLUMNS) - len(grid))
    preferred: dict[int, float] = {}
    for row in rows:
        at = _skipped(row, "w:gridBefore")
        for cell in _cells(row):
            span, width = _span(cell), _cell_width(cell)
            if span == 1 and width and at < len(grid):
                preferred[at] = max(preferred.get(at, 0.0), width)
            at += span
    return [
        preferred.get(index, width) if width <= 0 or len(preferred) == len(grid) else width
        for index, width in enumerate(grid)
    ]


def _cell_width(cell: Element) -> float:
    width = child(child(cell, "w:tcPr"), "w:tcW")
    if width is None or attribute(width, "w:type") not in (None, "dxa"):
        return 0.0
    return max(0.0, points(attribute(width, "w:w")) or 0.0)


def _scaled(grid: list[float], width: Element | None) -> list[float]:
    """Mark a width in per cent by negative columns (shares of the room, resolved at layout)."""
    if attribute(width, "w:type") != "pct":
        return grid
    text = attribute(width, "w:w") or ""
    share = (integer(text.rstrip("%"), 0) or 0) / (100 if text.endswith("%") else 5000)
    total = sum(grid)
    if share <= 0:
        return grid
    shares = [item / total for item in grid] if total > 0 else [1 / len(grid)] * len(grid)
    return [-share * item for item in shares]


def _flags(look: Element | None) -> dict[str, bool]:
    bits = 0x4A0
    with suppress(ValueError):
        bits = int(attribute(look, "w:val") or "04A0", 16)
    flags = {name: bool(bits & bit) for name, bit in _LOOK_BITS.items()}
    for name in flags:
        marked = attribute(look, f"w:{name}")
        if marked is not None:
            flags[name] = is_on(marked)
    return flags


def _row(shared: _TableReader, element: Element, index: int) -> Row:
    properties = child(element, "w:trPr")
    height = child(properties, "w:trHeight")
    rule = attribute(height, "w:hRule") or "atLeast"
    row = Row(
        [],
        max(0.0, points(attribute(height, "w:val")) or 0.0),
        rule if height is not None and rule in ("exact", "atLeast") else "auto",
        header=bool(switch(properties, "w:tblHeader")),
        cant_split=bool(switch(properties, "w:cantSplit")),
    )
    at = _skipped(element, "w:gridBefore")
    for item in _cells(element):
        span = min(_span(item), max(1, shared.columns - at))
        if at < shared.columns:
            row.cells.append(_cell(shared, item, (index, at, span)))
        at += span
    return row


def _cell(shared: _TableReader, element: Element, place: tuple[int, int, int]) -> Cell:
    index, start, span = place
    properties = child(element, "w:tcPr")
    parts = _parts(shared, index, start, span)
    para, run = _part_props(shared, parts)
    margins = {**shared.margins, **cell_margins(child(properties, "w:tcMar"))}
    own = {**_part_borders(shared, parts, place), **borders(child(properties, "w:tcBorders"))}
    merge = child(properties, "w:vMerge")
    if (value(properties, "w:textDirection") or "lrTb") not in _LEVEL:
        shared.upright = True
        shared.source.notes.add(f"Teks tegak dalam sel tabel di {shared.source.notes.place} dicetak mendatar.")
    vertical = value(properties, "w:vAlign") or next(
        (look.valign for look in _looks(shared, parts[::-1]) if look.valign), "top"
    )
    return Cell(
        shared.source.read_blocks(shared.source, element, para, run),
        start,
        span,
        "" if merge is None else (attribute(merge, "w:val") or "continue"),
        own,
        (margins["top"], margins["right"], margins["bottom"], margins["left"]),
        _cell_shade(shared, properties, parts),
        vertical,
        (para, run),
    )


def _cell_shade(shared: _TableReader, properties: Element | None, parts: tuple[str, ...]) -> Color | None:
    if child(properties, "w:shd") is not None:
        return shading(properties)
    return next((look.shade for look in _looks(shared, parts[::-1]) if look.shade), shared.shade)


def _looks(shared: _TableReader, parts: tuple[str, ...]) -> list[TableLook]:
    return [shared.looks[part] for part in parts if part in shared.looks]


def _parts(shared: _TableReader, row: int, column: int, span: int) -> tuple[str, ...]:
    """Return the conditional parts of the table style that cover a cell, the weakest first."""
    flags, whole = shared.flags, shared.looks.get("wholeTable", TableLook())
    first_row, last_row = flags["firstRow"] and row == 0, flags["lastRow"] and row == shared.rows - 1
    first_column = flags["firstColumn"] and column == 0
    last_column = flags["lastColumn"] and column + span >= shared.columns
    parts = ["wholeTable"]
    if not flags["noVBand"] and not first_column:
        parts.append(f"band{1 + (column - flags['firstColumn']) // whole.band_columns % 2}Vert")
    if not flags["noHBand"] and not first_row and not last_row:
        parts.append(f"band{1 + (row - flags['firstRow']) // whole.band_rows % 2}Horz")
    named = (("firstCol", first_column), ("lastCol", last_column), ("firstRow", first_row), ("lastRow", last_row))
    parts += [name for name, on in named if on]
    corners = (("nwCell", first_row and first_column), ("neCell", first_row and last_column),
               ("swCell", last_row and first_column), ("seCell", last_row and last_column))  # fmt: skip
    return tuple(parts + [name for name, on in corners if on])


def _part_props(shared: _TableReader, parts: tuple[str, ...]) -> tuple[Props, Props]:
    if parts not in shared.merged:
        para: Props = {}
        run: Props = {}
        for look in _looks(shared, parts):
            layer(para, look.para)
            layer(run, look.run)
        shared.merged[parts] = (para, run)
    return shared.merged[parts]


def _part_borders(
    shared: _TableReader, parts: tuple[str, ...], place: tuple[int, int, int]
) -> dict[str, Border | None]:
    """Return a cell's edges from the table and its style: outer edges of the table outside, inner ones between cells."""
    row, column, span = place
    outer = {
        "top": row == 0,
        "bottom": row == shared.rows - 1,
        "left": column == 0,
        "right": column + span >= shared.columns,
    }
    found: dict[str, Border | None] = {}
    for side, at_edge in outer.items():
        inside = "insideH" if side in ("top", "bottom") else "insideV"
        found[side] = shared.edges.get(side if at_edge else inside)
    for part in parts:
        look = shared.looks.get(part)
        if look is not None:
            _apply_part(found, look, part, outer)
    return found


def _apply_part(found: dict[str, Border | None], look: TableLook, part: str, outer: dict[str, bool]) -> None:
    is_row, is_column = part.endswith(("Row", "Horz")), part.endswith(("Col", "Vert"))
    edges = {**(look.borders if part != "wholeTable" else {}), **look.cell_borders}
    for side, at_edge in outer.items():
        level = side in ("top", "bottom")
        own_edge = at_edge or part.endswith("Cell") or (is_row and level) or (is_column and not level)
        name = side if own_edge else ("insideH" if level else "insideV")
        if part.endswith("Horz") and level and not at_edge and side not in edges:
            name = "insideH"
        if name in edges:
            found[side] = edges[name]
