"""Slabs: the pieces of a page that are placed whole, one below the other, and the rules about where a page may end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Border, Color, ParaFormat, Picture
from asn_desk.letters.pdf.placing.inline import PICTURE, SPACE, Piece
from asn_desk.letters.pdf.placing.lines import Line, Segment
from asn_desk.letters.pdf.placing.sheet import Fill, Ink, PictureMark, Rule, Sheet, TextMark, thickness

if TYPE_CHECKING:
    from asn_desk.letters.pdf.placing.floats import Floating
    from asn_desk.letters.pdf.placing.fragments import Fragment
    from asn_desk.letters.pdf.placing.uneven import Origin

_UNDERLINE_TWO = frozenset({"double", "wavyDouble"})
_LEADERS = {"dot": ".", "hyphen": "-", "underscore": "_", "heavy": "_", "middleDot": "\u00b7"}
_LINE_DASHES = {
    "dotted": (1.0, 1.0), "dottedHeavy": (1.0, 1.0), "dash": (3.0, 2.0), "dashedHeavy": (3.0, 2.0), "dashLong": (6.0, 2.0),
    "dotDash": (3.0, 1.5, 1.0, 1.5), "dotDotDash": (3.0, 1.5, 1.0, 1.5, 1.0, 1.5),
}  # fmt: skip


@dataclass(slots=True)
class Slab:
    """Something of a fixed height. `before` and `after` are spacing (the larger counts), `keep` ties it to the next slab.

    `hang` is the part of the height that may hang over the end of a page (spacing below a line); it is negative for what
    the end of a page would add (the closing line of a table).
    """

    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page_before: bool = False
    new_page_after: bool = False
    only_column: bool = False
    """Whether `new_page_after` means the next column, if there is one."""
    inner: bool = False
    hang: float = 0.0
    floats: list[Floating] = field(default_factory=list)
    prints: dict[bool, Fragment] = field(default_factory=dict, init=False)
    """The slab as page content, by `closing`; a slab does not change once it is laid out, so letters may share it."""

    def place(self, sheet: Sheet, x: float, y: float, *, closing: bool = True) -> None:
        """Draw the slab with its top left corner at x, y; `closing` when nothing of the same table follows on the page."""
        raise AssertionError(f"a bare slab cannot be drawn ({sheet.width}, {x}, {y}, {closing})")

    def split(self, room: float, *, forced: bool) -> tuple[Slab, Slab] | None:
        """Return the part that fits into `room` and the rest; None when the slab cannot be divided there."""
        del room, forced
        return None


@dataclass(slots=True)
class Box:
    """The borders and shading around the lines of a paragraph; edges that face a paragraph of the same box are left out."""

    left: float
    right: float
    shade: Color | None
    edges: dict[str, Border]
    tail: float = 0.0
    """By how much it goes on below the line: the space to the next paragraph in the same box."""


@dataclass(slots=True)
class LineSlab(Slab):
    """One line of text with its share of the paragraph's box."""

    line: Line = field(default_factory=lambda: Line([], 0.0, 0.0))
    box: Box | None = None
    top: float = 0.0
    origin: Origin | None = None
    """What the line was made from, where it may have to be made again for a column of another width."""

    def place(self, sheet: Sheet, x: float, y: float, *, closing: bool = True) -> None:
        """Draw shading, borders, then the text."""
        for item in self.floats:
            item.place(sheet, x, y)
        if self.box is not None:
            self._place_box(sheet, self.box, x, y)
        line = self.line
        draw_line(sheet, line, x, y + self.top + line.skip + line.ascent)

    def _place_box(self, sheet: Sheet, box: Box, x: float, y: float) -> None:
        edges = box.edges
        left, right = x + box.left - _space(edges, "left"), x + box.right + _space(edges, "right")
        top = y + thickness(edges.get("top"))
        bottom = y + self.height - thickness(edges.get("bottom"))
        end = y + self.height + box.tail
        if box.shade is not None:
            sheet.fills.append(Fill(left, top, right - left, (end if box.tail else bottom) - top, box.shade))
        out_left, out_right = left - thickness(edges.get("left")), right + thickness(edges.get("right"))
        if "top" in edges:
            sheet.line((out_left, top), (out_right, top), edges["top"], outward=-1)
        if "bottom" in edges:
            sheet.line((out_left, bottom), (out_right, bottom), edges["bottom"])
        if "left" in edges:
            sheet.line((left, y), (left, end), edges["left"], outward=-1)
        if "right" in edges:
            sheet.line((right, y), (right, end), edges["right"])


def _space(edges: dict[str, Border], side: str) -> float:
    return edges[side].space if side in edges else 0.0


def make_box(form: ParaFormat, width: float) -> Box | None:
    """Return the box of a paragraph, None when it has neither borders nor shading."""
    edges = {side: edge for side, edge in form.borders if side in ("top", "left", "bottom", "right")}
    if not edges and form.shade is None:
        return None
    return Box(min(form.left, form.left + form.first), width - form.right, form.shade, edges)


def draw_line(sheet: Sheet, line: Line, x: float, baseline: float) -> None:
    """Draw the pieces of a line; neighbours of the same ink become one text."""
    last = line.segments[-1]
    for segment in line.segments:
        at = x + line.offset + segment.begin()
        if segment.tab is not None:
            _draw_tab(sheet, segment, x + line.offset, baseline)
        _draw_pieces(sheet, segment.pieces, at, baseline, line.word_space if segment is last else 0.0)


def _draw_pieces(sheet: Sheet, pieces: list[Piece], x: float, baseline: float, stretch: float) -> None:
    count = len(pieces)
    while count and pieces[count - 1].kind == SPACE and pieces[count - 1].ink.underline == "none":
        count -= 1
    pieces = pieces[:count]
    text, width = "", 0.0
    ink: Ink | None = None
    for piece in pieces:
        if piece.kind == PICTURE or (piece.ink is not ink and text):
            if ink is not None and text:
                _draw_text(sheet, TextMark(x, baseline, text, ink, stretch), width)
            x, text, width = x + width, "", 0.0
        if piece.kind == PICTURE:
            assert isinstance(piece.item, Picture)
            item = piece.item
            sheet.pictures.append(PictureMark(x, baseline - item.height, item.width, item.height, item.image))
            x += item.width
            continue
        ink = piece.ink
        text += piece.text
        width += piece.width + (stretch * len(piece.text) if piece.kind == SPACE else 0.0)
    if ink is not None and text:
        _draw_text(sheet, TextMark(x, baseline, text, ink, stretch), width)


def _draw_text(sheet: Sheet, mark: TextMark, width: float) -> None:
    ink = mark.ink
    if ink.shade is not None:
        sheet.fills.append(Fill(mark.x, mark.y - ink.ascent, width, ink.ascent + ink.descent, ink.shade))
    sheet.texts.append(mark._replace(y=mark.y - ink.rise) if ink.rise else mark)
    if ink.underline != "none":
        _underline(sheet, ink, mark.x, mark.y, width)
    if ink.strike:
        _strike(sheet, ink, mark.x, mark.y - ink.rise, width)


def _underline(sheet: Sheet, ink: Ink, x: float, baseline: float, width: float) -> None:
    thick = (
        ink.face.underline_thickness * ink.size * (2.0 if "eavy" in ink.underline or ink.underline == "thick" else 1.0)
    )
    y = baseline + ink.face.underline_position * ink.size + thick / 2
    dash = tuple(part * thick for part in _LINE_DASHES.get(ink.underline, ()))
    color = ink.underline_color or ink.color
    if ink.underline in _UNDERLINE_TWO:
        thick *= 0.6
        sheet.rules.append(Rule(x, y + 2 * thick, x + width, y + 2 * thick, thick, color))
    sheet.rules.append(Rule(x, y, x + width, y, thick, color, dash))


def _strike(sheet: Sheet, ink: Ink, x: float, baseline: float, width: float) -> None:
    thick = ink.face.underline_thickness * ink.size
    levels = (0.26,) if ink.strike == 1 else (0.21, 0.31)
    for level in levels:
        y = baseline - level * ink.size
        sheet.rules.append(Rule(x, y, x + width, y, thick, ink.color))


def _draw_tab(sheet: Sheet, segment: Segment, x: float, baseline: float) -> None:
    assert segment.tab is not None
    ink, start, end = segment.tab.ink, segment.start, segment.begin()
    if ink.underline != "none" and end > start:
        _underline(sheet, ink, x + start, baseline, end - start)
    sign = _LEADERS.get(segment.leader)
    step = ink.width(sign) if sign else 0.0
    count = int((end - start) / step) if step > 0 else 0
    if sign and count > 0:
        sheet.texts.append(TextMark(x + end - count * step, baseline, sign * count, ink._replace(underline="none")))
