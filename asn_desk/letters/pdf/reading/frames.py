"""Frames of Word (`w:framePr`) and tables that text flows around: they become text boxes of the paragraph after them."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Block, Frame, Paragraph, Place, Table, TextBox
from asn_desk.letters.pdf.reading.ooxml import attribute, child, points

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATIVE = {"page": "page", "margin": "margin", "text": ""}
_NO_ROOM_BESIDE = frozenset({"none", "notBeside"})
_BY_CONTENT = False
"""For `Frame.exact`: as high as what stands in it."""
_CAP_SLACK = 2.0
"""Points by which a line may reach into the frame of a large first letter: Word sizes it to whole lines, rounded."""


def read_frame(properties: Element | None) -> Frame | None:
    """Return the frame a paragraph stands in; None for a paragraph in the flow."""
    frame = child(properties, "w:framePr")
    if frame is None:
        return None
    kind = attribute(frame, "w:dropCap")
    if kind not in (None, "none"):
        return _drop_cap(frame, in_margin=kind == "margin")
    rule = attribute(frame, "w:hRule") or "auto"
    return Frame(
        max(0.0, points(attribute(frame, "w:w")) or 0.0),
        0.0 if rule == "auto" else max(0.0, points(attribute(frame, "w:h")) or 0.0),
        rule == "exact",
        _place(frame, "x", _RELATIVE.get(attribute(frame, "w:hAnchor") or "text", "") or "column"),
        _place(frame, "y", _RELATIVE.get(attribute(frame, "w:vAnchor") or "text", "") or "paragraph"),
        "topAndBottom" if attribute(frame, "w:wrap") in _NO_ROOM_BESIDE else "square",
        (points(attribute(frame, "w:vSpace")) or 0.0, points(attribute(frame, "w:hSpace")) or 0.0),
    )


def _drop_cap(frame: Element, *, in_margin: bool) -> Frame:
    """Return the frame of a large first letter: as broad as the letter, at the edge of the text or in the margin beside it."""
    beside = points(attribute(frame, "w:hSpace")) or 0.0
    across = Place("leftMargin", 0.0, "right") if in_margin else Place("column")
    return Frame(
        0.0, 0.0, _BY_CONTENT, across, Place("paragraph"), "none" if in_margin else "square", (-_CAP_SLACK, beside)
    )


def read_table_place(place: Element, width: float, margin: float) -> Frame:
    """Return the frame of a table with `w:tblpPr`; a written place is that of the text in its first cell, by the cell's margin."""
    sides = [points(attribute(place, f"w:{side}FromText")) or 0.0 for side in ("left", "right", "top", "bottom")]
    spots = []
    for axis, anchor, usual in (("X", "horzAnchor", "column"), ("Y", "vertAnchor", "paragraph")):
        relative = _RELATIVE.get(attribute(place, f"w:{anchor}") or "text", "") or usual
        align = attribute(place, f"w:tblp{axis}Spec") or ""
        offset = points(attribute(place, f"w:tblp{axis}")) or 0.0
        offset -= margin if axis == "X" else 0.0
        spots.append(Place(relative, offset, "" if align == "inline" else align))
    return Frame(width, 0.0, _BY_CONTENT, spots[0], spots[1], "square", (max(sides[2:]), max(sides[:2])))


def _place(frame: Element, axis: str, relative: str) -> Place:
    align = attribute(frame, f"w:{axis}Align") or ""
    return Place(relative, points(attribute(frame, f"w:{axis}")) or 0.0, "" if align == "inline" else align)


def framed(blocks: list[Block]) -> list[Block]:
    """Take frames out of the flow: each becomes a text box anchored in the paragraph that follows it.

    Word hides no frame: where no paragraph follows, an empty one without height takes it.
    """
    if all(block.frame is None for block in blocks):
        return blocks
    found: list[Block] = []
    waiting: list[Anchor] = []
    for _, group in groupby(
        blocks, lambda block: id(block) if isinstance(block, Table) and block.frame else block.frame
    ):
        members = list(group)
        frame = members[0].frame
        if frame is not None:
            waiting.append(_anchor(frame, members))
            continue
        if waiting and isinstance(members[0], Paragraph):
            members[0], waiting = _holding(members[0], waiting), []
        elif waiting:
            found.append(_holder(waiting))
            waiting = []
        found += members
    return [*found, _holder(waiting)] if waiting else found


def _holding(paragraph: Paragraph, anchors: list[Anchor]) -> Paragraph:
    return replace(paragraph, inlines=[*anchors, *paragraph.inlines], layouts=None)


def _holder(anchors: list[Anchor]) -> Paragraph:
    """Return an empty paragraph that takes no room and carries frames before a table or at the end."""
    from asn_desk.letters.pdf.model import ParaFormat, RunFormat

    return Paragraph(ParaFormat(line=0.05, line_rule="exact", keep_next=True), list(anchors), RunFormat(size=1.0))


def _anchor(frame: Frame, members: list[Block]) -> Anchor:
    blocks: list[Block] = [replace(member, frame=None, layouts=None) for member in members]
    above, beside = frame.margins
    return Anchor(
        TextBox(blocks, (0.0, 0.0, 0.0, 0.0), fitted=frame.width < 1.0, cuts=frame.exact),
        frame.width,
        frame.height,
        frame.across,
        frame.down,
        frame.wrap,
        margins=(above, beside, above, beside),
        grows=not frame.exact,
    )
