"""Column widths that Word fits to what stands in a table: no word is torn, and no table without a width is broader than the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Cell, Paragraph, Table
from asn_desk.letters.pdf.placing.inline import BREAK, SPACE, TAB

if TYPE_CHECKING:
    from asn_desk.letters.pdf.placing.inline import Inker

_SLACK = 1.0
_MOST = 1.1
"""How much broader than it should be a table may become for its longest words; beyond that they are torn."""


def within_text(table: Table, widths: list[float], room: float, inker: Inker) -> list[float]:
    """Return the widths of a table made no broader than `room`, where Word decides on its width."""
    free = room - table.indent + table.beyond
    if table.width or _by_share(table) or table.frame is not None or sum(widths) <= free + _SLACK:
        return widths
    return _shrunk(widths, _least_widths(table, len(widths), inker), free)


def untorn(table: Table, widths: list[float], room: float, inker: Inker) -> list[float]:
    """Return the widths of a table whose columns hold their longest words whole; the broader ones give the room for it."""
    least = _least_widths(table, len(widths), inker)
    wanted = [max(width, low) for width, low in zip(widths, least, strict=True)]
    free = room - table.indent + table.beyond
    free = sum(widths) if _by_share(table) else table.width or max(sum(widths), free)
    if sum(least) > free * _MOST:
        return widths
    return _shrunk(wanted, least, free) if sum(wanted) > free + _SLACK else wanted


def _by_share(table: Table) -> bool:
    """Return whether the table's width is a share of the text's."""
    return min(table.columns, default=0.0) < 0


def _shrunk(widths: list[float], least: list[float], free: float) -> list[float]:
    """Take from every column its share of what is too much, by what it could spare."""
    spare = [max(0.0, width - low) for width, low in zip(widths, least, strict=True)]
    share = min(1.0, (sum(widths) - free) / sum(spare)) if sum(spare) > 0 else 0.0
    return [width - share * more for width, more in zip(widths, spare, strict=True)]


def _least_widths(table: Table, count: int, inker: Inker) -> list[float]:
    """Return how broad each column must be for the longest word and the broadest picture of its cells."""
    least = [0.0] * count
    for row in table.rows:
        for cell in row.cells:
            if cell.span == 1 and cell.start < count and cell.merge != "continue":
                least[cell.start] = max(least[cell.start], _least_width(cell, inker))
    return least


def _least_width(cell: Cell, inker: Inker) -> float:
    found = 0.0
    for block in cell.blocks:
        if isinstance(block, Table):
            found = max(found, sum(abs(width) for width in block.columns if width > 0))
        else:
            found = max(found, _longest(block, inker) + block.format.left + block.format.right)
    return found + cell.margins[1] + cell.margins[3] + 0.1


def _longest(paragraph: Paragraph, inker: Inker) -> float:
    """Return the width of the longest part of a paragraph in which no line may end."""
    longest, current = 0.0, max(0.0, paragraph.format.first)
    for piece in inker.pieces(paragraph.inlines, paragraph.label):
        if piece.kind in (SPACE, TAB, BREAK):
            current = 0.0
            continue
        current += piece.width
        longest = max(longest, current)
        if piece.breakable:
            current = 0.0
    return longest
