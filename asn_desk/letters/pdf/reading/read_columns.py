"""Columns of a section (`w:cols`): how many, how broad, how far apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import PageSetup
from asn_desk.letters.pdf.reading.ooxml import attribute, children, integer, is_on, points

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_COLUMNS = 45
"""As many as Word itself takes."""
_USUAL_SPACE = 36.0
_LEAST = 18.0


def read_columns(element: Element | None, setup: PageSetup) -> None:
    """Set the columns of a section whose paper and margins are known; columns narrower than a letter are left out."""
    if element is None:
        return
    room = setup.width - setup.left - setup.right
    same = attribute(element, "w:equalWidth")
    found = _own(element) if same is not None and not is_on(same) else []
    if not found:
        found = _equal(element, room)
    if len(found) < 2 or any(width < _LEAST for _, width in found) or sum(found[-1]) > room + 1.0:
        return
    setup.columns = tuple(found)
    line = attribute(element, "w:sep")
    setup.column_line = line is not None and is_on(line)


def _equal(element: Element, room: float) -> list[tuple[float, float]]:
    count = max(1, min(MAX_COLUMNS, integer(attribute(element, "w:num"), 1) or 1))
    space = points(attribute(element, "w:space"))
    space = _USUAL_SPACE if space is None else max(0.0, space)
    width = (room - space * (count - 1)) / count
    return [(index * (width + space), width) for index in range(count)]


def _own(element: Element) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    left = 0.0
    for item in list(children(element, "w:col"))[:MAX_COLUMNS]:
        width = max(0.0, points(attribute(item, "w:w")) or 0.0)
        found.append((left, width))
        left += width + max(0.0, points(attribute(item, "w:space")) or 0.0)
    return found
