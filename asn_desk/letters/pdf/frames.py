"""Frames of Word (`w:framePr`): neighbouring paragraphs of one frame become a text box of the paragraph after them."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Block, Frame, Paragraph, Place, TextBox
from asn_desk.letters.pdf.ooxml import attribute, child, points

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.source import Source

_RELATIVE = {"page": "page", "margin": "margin", "text": ""}
_NO_ROOM_BESIDE = frozenset({"none", "notBeside"})
_SIDE_EDGES = ("left", "right")


def read_frame(source: Source, properties: Element | None) -> Frame | None:
    """Return the frame a paragraph stands in; None for a paragraph in the flow (also a drop cap, which is noted)."""
    frame = child(properties, "w:framePr")
    if frame is None:
        return None
    if attribute(frame, "w:dropCap") not in (None, "none"):
        source.notes.add(f"Huruf awal besar (drop cap) di {source.notes.place} dicetak sebagai paragraf biasa.")
        return None
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


def _place(frame: Element, axis: str, relative: str) -> Place:
    align = attribute(frame, f"w:{axis}Align") or ""
    return Place(relative, points(attribute(frame, f"w:{axis}")) or 0.0, "" if align == "inline" else align)


def framed(blocks: list[Block]) -> list[Block]:
    """Take frames out of the flow: each becomes a text box anchored in the paragraph that follows it.

    Word hides no frame: where no paragraph follows, an empty one without height takes it.
    """
    if not any(isinstance(block, Paragraph) and block.frame is not None for block in blocks):
        return blocks
    found: list[Block] = []
    waiting: list[Anchor] = []
    for frame, group in groupby(blocks, lambda block: block.frame if isinstance(block, Paragraph) else None):
        members = list(group)
        if frame is not None:
            waiting.append(_anchor(frame, [member for member in members if isinstance(member, Paragraph)]))
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


def _anchor(frame: Frame, members: list[Paragraph]) -> Anchor:
    blocks: list[Block] = [replace(member, frame=None, layouts=None) for member in members]
    above, beside = frame.margins
    return Anchor(
        TextBox(blocks, (0.0, 0.0, 0.0, 0.0), fitted=frame.width < 1.0),
        frame.width,
        frame.height,
        frame.across,
        frame.down,
        frame.wrap,
        margins=(above, beside, above, beside),
        grows=not frame.exact,
    )
