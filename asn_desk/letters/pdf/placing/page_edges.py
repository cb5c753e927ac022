"""Lines around whole pages (`w:pgBorders`): read from a section's properties and drawn on its sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Border, PageSetup
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.placing.sheet import Sheet, Stamp, thickness
from asn_desk.letters.pdf.placing.slabs import Slab
from asn_desk.letters.pdf.reading.ooxml import attribute
from asn_desk.letters.pdf.reading.props import borders

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SIDES = frozenset({"top", "left", "bottom", "right"})
_PLAIN = (
    "single", "double", "triple", "thick", "dotted", "dash", "dotDash", "dotDotDash", "thinThick", "thickThin", "wave", "doubleWave",
    "inset", "outset", "threeD",
)  # fmt: skip


@dataclass(slots=True)
class PageEdges(Slab):
    """The lines around one page; `box` is left, top, right and bottom of the rectangle inside them."""

    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    edges: dict[str, Border] = field(default_factory=dict)

    def place(self, sheet: Sheet, x: float, y: float, *, closing: bool = True) -> None:
        """Draw the lines; `closing` does not matter for them."""
        del closing
        left, top, right, bottom = self.box
        more = {side: thickness(self.edges.get(side)) for side in _SIDES}
        high, low = top - more["top"], bottom + more["bottom"]
        before, behind = left - more["left"], right + more["right"]
        ends = {
            "top": ((before, top), (behind, top), -1), "bottom": ((before, bottom), (behind, bottom), 1),
            "left": ((left, high), (left, low), -1), "right": ((right, high), (right, low), 1),
        }  # fmt: skip
        for side, border in self.edges.items():
            (x1, y1), (x2, y2), outward = ends[side]
            sheet.line((x + x1, y + y1), (x + x2, y + y2), border, outward=outward)


def read_page_edges(element: Element | None, setup: PageSetup, notes: Notes) -> None:
    """Set the lines around the pages of a section; pictures as borders are noted."""
    found = {side: edge for side, edge in borders(element).items() if edge is not None and side in _SIDES}
    if any(not edge.style.startswith(_PLAIN) for edge in found.values()):
        notes.add("Hiasan tepi halaman (gambar) dicetak ke PDF sebagai garis biasa.")
    setup.edges = found
    setup.edges_of_paper = attribute(element, "w:offsetFrom") == "page"
    setup.edges_on = attribute(element, "w:display") or "allPages"


def draw_page_edges(setup: PageSetup, sheet: Sheet, span: tuple[float, float], *, first: bool) -> None:
    """Draw the lines around a page whose text goes from one height to another, headers and footers included."""
    if not setup.edges or setup.edges_on == ("notFirstPage" if first else "firstPage"):
        return
    space = {side: setup.edges[side].space if side in setup.edges else 0.0 for side in _SIDES}
    if setup.edges_of_paper:
        space = {side: measure + thickness(setup.edges.get(side)) for side, measure in space.items()}
        box = (space["left"], space["top"], sheet.width - space["right"], sheet.height - space["bottom"])
    else:
        box = (
            setup.left - space["left"], span[0] - space["top"], sheet.width - setup.right + space["right"], span[1] + space["bottom"],
        )  # fmt: skip
    sheet.stamps.append(Stamp(PageEdges(box=box, edges=setup.edges), 0.0, 0.0))
