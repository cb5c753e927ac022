"""Objects that stand apart from the text: where an anchored picture, line, rectangle or text box goes, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Stroke, TextBox
from asn_desk.letters.pdf.output.images import Image
from asn_desk.letters.pdf.placing.lines import Hole
from asn_desk.letters.pdf.placing.sheet import Fill, PictureMark, Rule, Sheet, Stamp, thickness

if TYPE_CHECKING:
    from asn_desk.letters.pdf.placing.slabs import Slab


@dataclass(slots=True)
class Floating:
    """One anchored object of a paragraph; `width` is that of the column, `drop` how far the paragraph's top lies below the slab's."""

    anchor: Anchor
    width: float
    drop: float = 0.0
    slabs: list[Slab] = field(default_factory=list)

    def place(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the object for a paragraph whose slab starts at x, y."""
        sheet.bound_to_page = True
        left, top = position(self.anchor, sheet, x, y + self.drop, self.width)
        content = self.anchor.content
        if isinstance(content, Image):
            target = sheet.behind if self.anchor.behind else sheet.pictures
            target.append(PictureMark(left, top, self.anchor.width, self.anchor.height, content))
        elif isinstance(content, TextBox):
            self._text_box(sheet, content, left, top)
        else:
            _stroke(sheet, content, self.anchor, (left, top))

    def _text_box(self, sheet: Sheet, box: TextBox, left: float, top: float) -> None:
        _stroke(sheet, Stroke("rect", box.border, box.fill), self.anchor, (left, top))
        room = self.anchor.height - box.insets[0] - box.insets[2] - stack_height(self.slabs)
        shift = {"center": room / 2, "bottom": room}.get(box.valign, 0.0)
        place_stack(self.slabs, sheet, left + box.insets[3], top + box.insets[0] + max(0.0, shift))


def _stroke(sheet: Sheet, stroke: Stroke, anchor: Anchor, corner: tuple[float, float]) -> None:
    left, top = corner
    right, bottom = left + anchor.width, top + anchor.height
    if stroke.fill is not None and stroke.kind == "rect":
        sheet.fills.append(Fill(left, top, anchor.width, anchor.height, stroke.fill))
    border = stroke.border
    if border is None:
        return
    if stroke.kind == "line":
        half = thickness(border) / 2
        level = anchor.height <= anchor.width
        shift = (0.0, half) if level else (half, 0.0)
        ends = ((left, bottom), (right, top)) if stroke.flip else ((left, top), (right, bottom))
        sheet.line(
            (ends[0][0] - shift[0], ends[0][1] - shift[1]), (ends[1][0] - shift[0], ends[1][1] - shift[1]), border
        )
        return
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        sheet.rules.append(Rule(x1, y1, x2, y2, border.width, border.color))


def position(anchor: Anchor, sheet: Sheet, x: float, y: float, width: float) -> tuple[float, float]:
    """Return the top left corner on the page of an object anchored in a paragraph at x, y in a column of `width`."""
    across, down = anchor.across, anchor.down
    whole, high, right, low = anchor.within or (anchor.width, anchor.height, 0.0, 0.0)
    spans = {
        "page": (0.0, sheet.width),
        "margin": (sheet.left, sheet.width - sheet.left - sheet.right),
        "leftMargin": (0.0, sheet.left),
        "insideMargin": (0.0, sheet.left),
        "rightMargin": (sheet.width - sheet.right, sheet.right),
        "outsideMargin": (sheet.width - sheet.right, sheet.right),
    }
    start, room = spans.get(across.relative, (x, width))
    left = start + _aligned(across.align, room - whole, across.offset) + right
    heights = {
        "page": (0.0, sheet.height),
        "margin": (sheet.top, sheet.height - sheet.top - sheet.bottom),
        "topMargin": (0.0, sheet.top),
        "bottomMargin": (sheet.height - sheet.bottom, sheet.bottom),
    }
    start, room = heights.get(down.relative, (y, high))
    return left, start + _aligned(down.align, room - high, down.offset) + low


def _aligned(align: str, free: float, offset: float) -> float:
    if align in ("center", "centre"):
        return free / 2
    if align in ("right", "bottom", "outside"):
        return free
    return 0.0 if align else offset


def hole_of(anchor: Anchor, sheet: Sheet, column: tuple[float, float], y: float) -> Hole | None:
    """Return the hole an object leaves in the text of a column (x, width); None when text runs through it."""
    if anchor.wrap == "none":
        return None
    x, width = column
    left, top = position(anchor, sheet, x, y, width)
    above, right, below, before = anchor.margins
    border = None if isinstance(anchor.content, Image) else anchor.content.border
    half = border.width / 2 if border is not None else 0.0
    above, below = max(above, half), max(below, half)
    return Hole(
        left - x - before,
        top - above,
        left - x + anchor.width + right,
        top + anchor.height + below,
        anchor.wrap == "topAndBottom",
    )


def stack_height(slabs: list[Slab]) -> float:
    """Return the height of slabs one below the other, spacing at both ends included."""
    total, after = 0.0, 0.0
    for slab in slabs:
        total += (0.0 if slab.inner else max(after, slab.before)) + slab.height
        after = slab.after
    return total + after


def stamp_stack(slabs: list[Slab], sheet: Sheet, x: float, y: float) -> None:
    """Let slabs stand on a page, one below the other."""
    walk_stack(slabs, y, lambda slab, top, closing: sheet.stamps.append(Stamp(slab, x, top, closing)))


def place_stack(slabs: list[Slab], sheet: Sheet, x: float, y: float) -> None:
    """Draw slabs one below the other."""
    walk_stack(slabs, y, lambda slab, top, closing: slab.place(sheet, x, top, closing=closing))


def walk_stack(slabs: list[Slab], y: float, visit: Callable[[Slab, float, bool], None]) -> None:
    """Visit slabs with their tops; the third argument tells whether the slab ends its table here."""
    after = 0.0
    for index, slab in enumerate(slabs):
        y += 0.0 if slab.inner else max(after, slab.before)
        following = slabs[index + 1] if index + 1 < len(slabs) else None
        visit(slab, y, following is None or not following.inner)
        y += slab.height
        after = slab.after
