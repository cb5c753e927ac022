"""Lay out tables: column widths, row heights with merged cells, shared edges, and rows that divide over pages."""

from __future__ import annotations

import operator
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Border, Cell, Paragraph, Row, Table
from asn_desk.letters.pdf.placing.autofit import untorn, within_text
from asn_desk.letters.pdf.placing.floats import stack_height, stamp_stack
from asn_desk.letters.pdf.placing.layout import Column, lay_out
from asn_desk.letters.pdf.placing.sheet import Fill, Sheet, thickness
from asn_desk.letters.pdf.placing.slabs import Slab

if TYPE_CHECKING:
    from asn_desk.letters.pdf.placing.inline import Inker

_MIN_COLUMN = 1.0
_PAGE_SLACK = 0.5
_MAX_PLACES = 8


@dataclass(slots=True)
class CellBox:
    """One laid out cell of a row: place and width, its slabs, and over how much height it may be centred."""

    x: float
    width: float
    cell: Cell
    slabs: list[Slab]
    content: float
    room: float = 0.0
    exact: bool = False

    def needed(self) -> float:
        """Return the height the cell asks for, its margins included."""
        return self.content + self.cell.margins[0] + self.cell.margins[2]


@dataclass(slots=True)
class Edges:
    """The lines around the cells of one row, from the table's left edge: (from, to, border) level, (x, border) upright."""

    top: list[tuple[float, float, Border]] = field(default_factory=list)
    bottom: list[tuple[float, float, Border]] = field(default_factory=list)
    upright: list[tuple[float, Border]] = field(default_factory=list)

    def top_height(self) -> float:
        """Return the breadth of the upper line: the row's text starts below it."""
        return max((thickness(border) for _, _, border in self.top), default=0.0)

    def bottom_height(self) -> float:
        """Return the breadth of the lower line: it belongs to the height of the table's last row."""
        return max((thickness(border) for _, _, border in self.bottom), default=0.0)

    def closing_height(self) -> float:
        """Return the breadth of the line drawn where a page ends inside the row."""
        return max((thickness(border) for _, _, border in self.bottom or self.top), default=0.0)


@dataclass(slots=True)
class Frame:
    """What the rows of one table on the page share: indent and the rows repeated on every page."""

    x: float
    headers: list[RowSlab] = field(default_factory=list)
    torn: bool = False
    """Whether a word of its cells had to be divided."""


@dataclass(slots=True)
class RowSlab(Slab):
    """One table row, or the part of it that fits on a page."""

    boxes: list[CellBox] = field(default_factory=list)
    edges: Edges = field(default_factory=Edges)
    frame: Frame = field(default_factory=lambda: Frame(0.0))
    header: bool = False
    whole: bool = False
    foot: float = 0.0

    def place(self, sheet: Sheet, x: float, y: float, *, closing: bool = True) -> None:
        """Draw filling and lines of the row and let its content stand on the sheet; the lower line only where the table ends."""
        x += self.frame.x
        top = self.edges.top_height()
        for box in self.boxes:
            height = box.room or self.height
            if box.cell.shade is not None:
                sheet.fills.append(Fill(x + box.x, y, box.width, height, box.cell.shade))
            free = height - top - self.foot - box.needed()
            shift = {"center": free / 2, "bottom": free}.get(box.cell.valign, 0.0)
            slabs = split_stack(box.slabs, height - top - box.cell.margins[0])[0] if box.exact else box.slabs
            stamp_stack(slabs, sheet, x + box.x + box.cell.margins[3], y + top + box.cell.margins[0] + max(0.0, shift))
        self._lines(sheet, x, y, closing=closing)

    def _lines(self, sheet: Sheet, x: float, y: float, *, closing: bool) -> None:
        for start, end, border in self.edges.top:
            sheet.line((x + start, y), (x + end, y), border)
        for at, border in self.edges.upright:
            half = thickness(border) / 2
            sheet.line((x + at - half, y), (x + at - half, y + self.height), border)
        if closing:
            level = y + self.height - self.foot
            for start, end, border in self.edges.bottom:
                sheet.line((x + start, level), (x + end, level), border)

    def split(self, room: float, *, forced: bool) -> tuple[Slab, Slab] | None:
        """Divide the row between lines of its cells; every cell with text must leave at least one line before the break."""
        if (self.whole or self.header) and not forced:
            return None
        heads, tails = [], []
        for box in self.boxes:
            inside = room - self.edges.top_height() - box.cell.margins[0] - box.cell.margins[2]
            head, tail = split_stack(box.slabs, inside)
            if box.slabs and not head:
                return None
            heads.append(replace(box, slabs=head, content=stack_height(head), room=0.0))
            tails.append(replace(box, slabs=tail, content=stack_height(tail), room=0.0))
        if not any(box.slabs for box in tails):
            return None
        return self._part(heads, 0.0), self._part(tails, self.foot)

    def _part(self, boxes: list[CellBox], foot: float) -> RowSlab:
        height = max((box.needed() for box in boxes), default=0.0) + self.edges.top_height() + foot
        edges = replace(self.edges, bottom=self.edges.bottom or self.edges.top)
        return replace(self, boxes=boxes, height=height, edges=edges, inner=True, foot=foot)


def divide_merged(above: list[tuple[RowSlab, float]], following: RowSlab) -> tuple[list[RowSlab], RowSlab]:
    """Divide cells merged downward where a page ends between two rows.

    `above` are the rows of the table on the page with their tops. Returns them and the row that begins the next page, with
    what does not fit moved into it; rows that need no change are the same objects.
    """
    end = above[-1][1] + above[-1][0].height
    rows = []
    for slab, y in above:
        boxes = []
        for box in slab.boxes:
            inside = end - y
            if box.room > inside + _PAGE_SLACK:
                head, tail = split_stack(
                    box.slabs, inside - slab.edges.top_height() - box.cell.margins[0] - box.cell.margins[2]
                )
                following = _taking(
                    following, replace(box, slabs=tail, content=stack_height(tail), room=box.room - inside)
                )
                box = replace(box, slabs=head, content=stack_height(head), room=inside)
            boxes.append(box)
        rows.append(slab if all(map(operator.is_, boxes, slab.boxes)) else replace(slab, boxes=boxes))
    return rows, following


def _taking(row: RowSlab, rest: CellBox) -> RowSlab:
    """Return a row in which the rest of a merged cell stands instead of its empty continuation."""
    boxes = [
        rest if box.cell.start == rest.cell.start and box.cell.merge == "continue" and not box.slabs else box
        for box in row.boxes
    ]
    return replace(row, boxes=boxes)


def split_stack(slabs: list[Slab], room: float) -> tuple[list[Slab], list[Slab]]:
    """Divide slabs where `room` ends, at a place where a page may end; the first list is empty when nothing fits."""
    used, after = 0.0, 0.0
    count = 0
    for slab in slabs:
        used += (0.0 if slab.inner else max(after, slab.before)) + slab.height
        if used - slab.hang > room:
            break
        after = slab.after
        count += 1
    while 0 < count < len(slabs) and slabs[count - 1].keep:
        count -= 1
    return slabs[:count], slabs[count:]


def column_widths(table: Table, room: float) -> list[float]:
    """Return the width of every column; negative ones are shares of `room`, zeros share what is left."""
    widths = [-width * room if width < 0 else width for width in table.columns]
    unknown = sum(1 for width in widths if width <= 0)
    if unknown:
        share = max(12.0, (room - sum(width for width in widths if width > 0)) / unknown)
        widths = [width if width > 0 else share for width in widths]
    return [max(_MIN_COLUMN, width) for width in widths]


def lay_out_table(table: Table, column: Column, inker: Inker) -> list[Slab]:
    """Return the row slabs of a table."""
    widths = column_widths(table, column.width)
    if column.in_cell and sum(widths) > column.width:
        widths = [width * column.width / sum(widths) for width in widths]
    elif table.fits:
        widths = within_text(table, widths, column.width, inker)
    starts, frame, slabs = _rows(table, widths, column, inker)
    if frame.torn and table.fits:
        broader = untorn(table, widths, column.width, inker)
        if broader != widths:
            starts, frame, slabs = _rows(table, broader, column, inker)
    for index, (slab, edges) in enumerate(zip(slabs, _all_edges(table, starts), strict=True)):
        slab.edges = edges
        slab.inner = index > 0
    _heights(table, slabs)
    for slab, row in zip(slabs, table.rows, strict=True):
        _clip(row, slab, inker)
    for slab, row in zip(slabs, table.rows, strict=True):
        if not row.header:
            break
        slab.header = True
        slab.keep = True
        frame.headers.append(slab)
    if len(frame.headers) == len(slabs):
        frame.headers.clear()
    frame.headers = _alone(frame.headers)
    return list(slabs)


def _rows(table: Table, widths: list[float], column: Column, inker: Inker) -> tuple[list[float], Frame, list[RowSlab]]:
    """Lay out the rows with columns of these widths; also returns where the columns start."""
    starts = [0.0]
    for width in widths:
        starts.append(starts[-1] + width)
    free = column.width - starts[-1]
    frame = Frame({"center": free / 2, "right": free}.get(table.align, table.indent))
    return starts, frame, [_row_slab(row, starts, column, inker, frame) for row in table.rows]


def _alone(headers: list[RowSlab]) -> list[RowSlab]:
    """Return repeated rows whose merged cells end with the last of them."""
    found = []
    for index, slab in enumerate(headers):
        room = sum(other.height for other in headers[index:])
        far = any(box.room > room + _PAGE_SLACK for box in slab.boxes)
        found.append(
            replace(slab, boxes=[replace(box, room=min(box.room, room)) for box in slab.boxes]) if far else slab
        )
    return found


def _row_slab(row: Row, starts: list[float], column: Column, inker: Inker, frame: Frame) -> RowSlab:
    """Lay out one row; the largest upper margin of its cells counts for all of them, as in Word."""
    boxes = []
    top = max((cell.margins[0] for cell in row.cells), default=0.0)
    for cell in row.cells:
        if cell.margins[0] != top:
            cell = replace(cell, margins=(top, *cell.margins[1:]))
        x = starts[cell.start]
        width = starts[min(cell.start + cell.span, len(starts) - 1)] - x
        room = max(1.0, width - cell.margins[1] - cell.margins[3])
        inner = Column(room, column.default_tab, in_cell=True, grid=column.grid)
        slabs = [] if cell.merge == "continue" else lay_out(_shown(cell.blocks), inner, inker)
        frame.torn = frame.torn or (inner.torn and cell.span == 1)
        boxes.append(CellBox(x, width, cell, slabs, stack_height(slabs)))
    keep = bool(row.cells) and all(_keeps_next(cell) for cell in row.cells)
    return RowSlab(boxes=boxes, frame=frame, whole=row.cant_split or row.height_rule == "exact", keep=keep)


def _shown(blocks: list[Block]) -> list[Block]:
    """Leave out the empty paragraph Word demands after a table at the end of a cell and shows without height."""
    last = blocks[-1] if blocks else None
    after_table = len(blocks) > 1 and isinstance(blocks[-2], Table)
    return (
        blocks[:-1] if after_table and isinstance(last, Paragraph) and not last.inlines and not last.label else blocks
    )


def _keeps_next(cell: Cell) -> bool:
    first = cell.blocks[0] if cell.blocks else None
    return isinstance(first, Paragraph) and first.format.keep_next


def _all_edges(table: Table, starts: list[float]) -> list[Edges]:
    found = table.edges.get(tuple(starts))
    if found is None:
        grid = _occupied(table, len(starts) - 1)
        found = [_edges(grid, index, starts) for index in range(len(table.rows))]
        if len(table.edges) > _MAX_PLACES:
            table.edges.clear()
        table.edges[tuple(starts)] = found
    return found


def _occupied(table: Table, columns: int) -> list[list[Cell | None]]:
    grid: list[list[Cell | None]] = []
    for row in table.rows:
        line: list[Cell | None] = [None] * columns
        for cell in row.cells:
            for at in range(cell.start, min(cell.start + cell.span, columns)):
                line[at] = cell
        grid.append(line)
    return grid


def _edges(grid: list[list[Cell | None]], row: int, starts: list[float]) -> Edges:
    above = grid[row - 1] if row else None
    below = grid[row + 1] if row + 1 < len(grid) else None
    edges = Edges()
    edges.top = _level(above, grid[row], starts)
    edges.bottom = _level(grid[row], below, starts)
    cells = grid[row]
    for at in range(len(cells) + 1):
        left = cells[at - 1] if at else None
        right = cells[at] if at < len(cells) else None
        if left is not None and left is right:
            continue
        border = _heavier(left.borders.get("right") if left else None, right.borders.get("left") if right else None)
        if border is not None:
            edges.upright.append((starts[at], border))
    return edges


def _level(
    above: list[Cell | None] | None, below: list[Cell | None] | None, starts: list[float]
) -> list[tuple[float, float, Border]]:
    """Return the lines between two rows; none inside a cell merged downward."""
    found: list[tuple[float, float, Border]] = []
    for at in range(len(starts) - 1):
        upper = above[at] if above else None
        lower = below[at] if below else None
        if lower is not None and lower.merge == "continue" and upper is not None and upper.merge:
            continue
        border = _heavier(upper.borders.get("bottom") if upper else None, lower.borders.get("top") if lower else None)
        if border is None:
            continue
        if found and found[-1][1] == starts[at] and found[-1][2] == border:
            found[-1] = (found[-1][0], starts[at + 1], border)
        else:
            found.append((starts[at], starts[at + 1], border))
    return found


def _heavier(one: Border | None, other: Border | None) -> Border | None:
    if one is None or other is None:
        return one or other
    return one if thickness(one) >= thickness(other) else other


def _heights(table: Table, slabs: list[RowSlab]) -> None:
    """Set row heights: the tallest cell, the height asked for, and room for merged cells in the last row they cover."""
    for slab, row in zip(slabs, table.rows, strict=True):
        needed = max((box.needed() for box in slab.boxes if not box.cell.merge), default=0.0)
        needed = max(needed, _least_line(slab)) + slab.edges.top_height()
        slab.height = row.height if row.height_rule == "exact" else max(needed, row.height)
    for slab in slabs[:-1]:
        slab.hang = -slab.edges.closing_height()
    slabs[-1].foot = slabs[-1].edges.bottom_height()
    slabs[-1].height += slabs[-1].foot
    for index, slab in enumerate(slabs):
        for box in slab.boxes:
            if box.cell.merge == "restart":
                _merged_height(table, slabs, index, box)


def _least_line(slab: RowSlab) -> float:
    """Return the least height of a row in which every cell is merged."""
    return 0.0 if any(not box.cell.merge for box in slab.boxes) else 1.0


def _clip(row: Row, slab: RowSlab, inker: Inker) -> None:
    """Cut what does not fit into a row of fixed height, as Word does, and say so."""
    for box in slab.boxes:
        if row.height_rule == "exact" and not box.cell.merge:
            box.exact = box.needed() > slab.height + 1.0
        if box.exact:
            inker.notes.add(
                "Teks dalam baris tabel yang tingginya tetap (exact) terpotong karena tidak muat, seperti di Word."
            )


def _goes_on(slab: RowSlab, start: int) -> bool:
    """Return whether a cell merged downward goes on in a row; a row's cells stand from left to right."""
    at = bisect_left(slab.boxes, start, key=lambda box: box.cell.start)
    return at < len(slab.boxes) and slab.boxes[at].cell.start == start and slab.boxes[at].cell.merge == "continue"


def _merged_height(table: Table, slabs: list[RowSlab], index: int, box: CellBox) -> None:
    last = index
    while last + 1 < len(slabs) and _goes_on(slabs[last + 1], box.cell.start):
        last += 1
    total = sum(slab.height for slab in slabs[index : last + 1])
    missing = box.needed() + slabs[index].edges.top_height() - total
    fixed = table.rows[last].height_rule == "exact"
    box.exact = fixed and missing > 0
    if missing > 0 and not fixed:
        slabs[last].height += missing
        total += missing
    box.room = total
