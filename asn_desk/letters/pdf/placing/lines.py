"""Fill lines: greedy breaking, tab stops of all kinds, alignment, and the heights Word gives to lines."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from asn_desk.letters.pdf.model import Break, Label, ParaFormat, Picture, Tab
from asn_desk.letters.pdf.placing.inline import BREAK, SPACE, TAB, WORD, Piece
from asn_desk.letters.pdf.placing.sheet import Ink

SLACK = 0.01
"""Points a line may pass the margin before it is too long: rounding of widths, invisible."""
_MIN_ROOM = 72.0
"""Word sets no text into less than an inch beside an object."""
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_SLASH = re.compile(r"(?<!\d)/(?=\w)|/(?=[^\W\d])")
"""Slashes after which Unicode line breaking lets a line end: not those between digits."""
_EXACT_ASCENT = 0.8
_TWIPS = 20
_FAR_LEFT = -1e4
"""The left edge where nothing stands in the way: negative indents may leave the column."""


@dataclass(slots=True)
class Hole:
    """A part of the column text keeps away from, in column x and page y; `full` leaves no room beside it."""

    left: float
    top: float
    right: float
    bottom: float
    full: bool


@dataclass
class Room:
    """The column a paragraph is set in: its width, the holes in it, and the page height where the paragraph starts."""

    width: float
    default_tab: float
    y: float = 0.0
    holes: list[Hole] = field(default_factory=list)
    grid: float = 0.0
    """Height of the steps lines are set in (`w:docGrid`), 0 for none."""


@dataclass(slots=True)
class Segment:
    """Pieces between two tabs. `start` is where the tab began, `stop` where it leads."""

    start: float
    stop: float
    kind: str
    tab: Piece | None = None
    leader: str = "none"
    pieces: list[Piece] = field(default_factory=list)
    width: float = 0.0
    solid: float = 0.0
    before_point: float | None = None

    def begin(self) -> float:
        """Return where the text of the segment starts."""
        if self.kind == "right":
            return max(self.start, self.stop - self.solid)
        if self.kind == "center":
            return max(self.start, self.stop - self.solid / 2)
        if self.kind == "decimal":
            return max(self.start, self.stop - (self.solid if self.before_point is None else self.before_point))
        return self.stop

    def add(self, piece: Piece) -> None:
        """Append a piece and keep the widths up to date."""
        if self.kind == "decimal" and self.before_point is None and piece.kind == WORD:
            self._find_point(piece)
        self.pieces.append(piece)
        self.width += piece.width
        if piece.kind != SPACE:
            self.solid = self.width

    def _find_point(self, piece: Piece) -> None:
        point = decimal_point(piece.text)
        if point is not None:
            self.before_point = self.width + piece.ink.width(piece.text[:point])

    def cut(self, count: int) -> None:
        """Keep only the first `count` pieces."""
        kept = self.pieces[:count]
        self.pieces, self.width, self.solid, self.before_point = [], 0.0, 0.0, None
        for piece in kept:
            self.add(piece)


@dataclass(slots=True)
class Line:
    """One finished line. `skip` is room left free above it (holes), `offset` moves it, `below` is spacing under its text.

    `lead` is the spacing it asks for between itself and the line above it, where there is one.
    """

    segments: list[Segment]
    ascent: float
    height: float
    skip: float = 0.0
    offset: float = 0.0
    word_space: float = 0.0
    ends_with: str = ""
    below: float = 0.0
    lead: float = 0.0
    at: int = 0
    """The number of the piece of its paragraph it begins with."""

    def inked(self) -> bool:
        """Return whether anything can be seen of the line."""
        return any(piece.kind not in (SPACE, BREAK) for segment in self.segments for piece in segment.pieces)

    def follow(self, above: Line) -> float:
        """Take the place of the spacing below the line above; returns by how much that line grows.

        Line spacing is a matter of the lower line, and below the last one of a paragraph of itself, as in LibreOffice.
        """
        change = self.lead - above.below
        above.below = self.lead
        above.height += change
        return change


class LineFiller:
    """Breaks one paragraph into lines for a room."""

    def __init__(
        self, pieces: list[Piece], form: ParaFormat, room: Room, mark: Ink, label: Label | None = None
    ) -> None:
        self._pieces = list(pieces)
        self._form, self._room, self._mark, self._label = form, room, mark, label
        self._stops = [stop for stop in form.tabs if stop.kind in ("left", "right", "center", "decimal")]
        self._y = room.y
        self.torn = False
        """Whether a word had to be divided, or a picture is too broad."""

    def as_wide_as(self, width: float) -> LineFiller:
        """Return a filler of the same paragraph for a column of another width."""
        room = Room(width, self._room.default_tab, grid=self._room.grid)
        return LineFiller(self._pieces, self._form, room, self._mark, self._label)

    def lines(self, start: int = 0) -> list[Line]:
        """Return the lines from a piece on; an empty paragraph has one."""
        found: list[Line] = []
        at = start
        while at < len(self._pieces) or not found:
            line, at = self._line(at, first=at == 0)
            self._y += line.skip + line.height + (line.follow(found[-1]) if found else 0.0)
            found.append(line)
        if found[-1].ends_with == "line":
            line = self._finish([Segment(0.0, self._form.left, "left")], self._span(0.0), "", last=True)
            line.follow(found[-1])
            found.append(line)
        return found

    def _line(self, at: int, *, first: bool) -> tuple[Line, int]:
        probe = self._pieces[at].ink if at < len(self._pieces) else self._mark
        span = self._span(probe.ascent + probe.descent)
        left, right, _skip = span
        start = max(left, self._form.left + (self._form.first - self._label_shift() if first else 0.0))
        segments, next_at, ended = self._fill(at, start, right - self._form.right)
        last = next_at >= len(self._pieces) and ended != "line"
        line = self._finish(segments, (start, right - self._form.right, span[2]), ended, last=last)
        line.at = at
        if first and self._form.line < 1.0 and self._form.line_rule == "auto":
            line.ascent += self._given_back(line)
        return line, next_at

    def _given_back(self, line: Line) -> float:
        """Return how much less of its ascent the first line loses than the others where lines stand closer than their text.

        The first line gives up the same share of what is above and below its baseline, the others all of it above.
        """
        natural = line.height / self._form.line
        ascent = line.ascent + natural - line.height
        return natural - line.height - ascent * (1.0 - self._form.line)

    def _label_shift(self) -> float:
        """Return how far a label aligned right or centred at its place stands before it."""
        label = self._label
        if label is None or label.align == "left" or not label.text:
            return 0.0
        width = 0.0
        for piece in self._pieces:
            if piece.kind != WORD or piece.text not in label.text:
                break
            width += piece.width
        return width if label.align == "right" else width / 2

    def _span(self, height: float) -> tuple[float, float, float]:
        """Return left and right edge free at the current height, and how far down the line must move for them."""
        if not self._room.holes:
            return _FAR_LEFT, self._room.width, 0.0
        skip = 0.0
        for _ in range(len(self._room.holes) + 1):
            left, right, below = self._free(self._y + skip, height)
            if below is None:
                return left, right, skip
            skip = below - self._y
        return _FAR_LEFT, self._room.width, skip

    def _free(self, top: float, height: float) -> tuple[float, float, float | None]:
        left, right = _FAR_LEFT, self._room.width
        for hole in self._room.holes:
            if (
                hole.bottom <= top + SLACK
                or hole.top >= top + height - SLACK
                or hole.right <= 0
                or hole.left >= self._room.width
            ):
                continue
            if hole.full:
                return left, right, hole.bottom
            if hole.left + hole.right < self._room.width:
                left = max(left, hole.right)
            else:
                right = min(right, hole.left)
            if right - self._form.right - max(self._form.left, left) < _MIN_ROOM:
                return left, right, hole.bottom
        return left, right, None

    def _fill(self, at: int, start: float, right: float) -> tuple[list[Segment], int, str]:
        """Take pieces until the line is full; returns its segments, the next piece and what ended the line."""
        segments = [Segment(start, start, "left")]
        allowed: tuple[int, int, int] | None = None
        index, limit, pieces = at, right, self._pieces
        while index < len(pieces):
            piece = pieces[index]
            current = segments[-1]
            if current.kind == "left" and (piece.kind == SPACE or (
                piece.kind == WORD and current.stop + current.width + piece.width <= limit + SLACK
            )):  # fmt: skip
                current.pieces.append(piece)
                current.width += piece.width
                if piece.kind == WORD:
                    current.solid = current.width
            elif piece.kind == BREAK:
                assert isinstance(piece.item, Break)
                if not current.pieces and len(segments) == 1:
                    current.pieces.append(piece)
                return segments, index + 1, piece.item.kind
            elif piece.kind == TAB:
                added = self._tab(piece, current.begin() + current.width, right)
                if added is None and index > at:
                    return segments, index, ""
                if added is not None:
                    segments.append(added)
                    limit = max(limit, added.stop) if added.kind != "left" else limit
            elif piece.kind != SPACE and _too_long(current, piece, limit):
                return self._overflow(segments, allowed, index, (at, limit))
            else:
                current.add(piece)
            index += 1
            if piece.breakable and not (piece.soft and _too_long(segments[-1], piece.hyphen(), limit)):
                allowed = (len(segments), len(segments[-1].pieces), index)
        return segments, index, ""

    def _overflow(
        self, segments: list[Segment], allowed: tuple[int, int, int] | None, index: int, line: tuple[int, float]
    ) -> tuple[list[Segment], int, str]:
        at, limit = line
        if allowed is not None and allowed[2] > at:
            count, kept, following = self._whole_path(segments, allowed, index, line)
            segments = segments[:count]
            segments[-1].cut(kept)
            last = segments[-1].pieces[-1] if kept else None
            if last is not None and last.soft:
                segments[-1].add(last.hyphen())
            return segments, following, ""
        self.torn = True
        piece, current = self._pieces[index], segments[-1]
        fits = _fitting(piece, limit - current.begin() - current.width)
        if fits == 0 and index > at:
            return segments, index, ""
        if piece.kind == WORD and max(fits, 1) < len(piece.text):
            fits = max(fits, 1)
            ink = piece.ink
            head, tail = piece.text[:fits], piece.text[fits:]
            self._pieces[index : index + 1] = [
                Piece(WORD, head, ink, ink.width(head)),
                Piece(WORD, tail, ink, ink.width(tail), piece.breakable),
            ]
        current.add(self._pieces[index])
        return segments, index + 1, ""

    def _whole_path(
        self, segments: list[Segment], allowed: tuple[int, int, int], index: int, line: tuple[int, float]
    ) -> tuple[int, int, int]:
        """Return where the line ends when a word with slashes after a hyphen ("800/IV-a/2024") passes the margin.

        Such a word goes to the next line whole if more than a slash would still fit, as in LibreOffice: it would end the line after
        the slash, which tears paths and numbers of letters, and goes back to the last space instead.
        """
        at, limit = line
        count, kept, following = allowed
        slash = _SLASH.search(self._pieces[index].text)
        if slash is None or following != index or self._pieces[index - 1].kind != WORD:
            return allowed
        current, start = segments[-1], index
        while start > at and self._pieces[start - 1].kind == WORD:
            start -= 1
        fits = _fitting(self._pieces[index], limit - current.begin() - current.width)
        if fits <= slash.end() or start == at or index - start >= kept:
            return allowed
        return count, kept - (index - start), start

    def _tab(self, piece: Piece, x: float, right: float) -> Segment | None:
        """Return the segment a tab opens; None when no stop is left on this line."""
        tab = piece.item
        assert isinstance(tab, Tab)
        if tab.align:
            edge = {"left": self._form.left, "center": (self._form.left + right) / 2}.get(tab.align, right)
            return Segment(x, max(edge, x) if tab.align == "left" else edge, tab.align, piece, tab.leader)
        custom = next((stop for stop in self._stops if stop.position > x + SLACK), None)
        hanging = self._form.left if self._form.first < 0 and self._form.left > x + SLACK else None
        if custom is not None and (hanging is None or custom.position <= hanging):
            return Segment(x, custom.position, custom.kind, piece, custom.leader)
        if hanging is not None:
            return Segment(x, hanging, "left", piece)
        step = self._room.default_tab
        position = (int((x + SLACK) // step) + 1) * step
        return Segment(x, position, "left", piece) if position < right + SLACK else None

    def _finish(self, segments: list[Segment], span: tuple[float, float, float], ended: str, *, last: bool) -> Line:
        start, right, skip = span
        ascent, height, below, lead = self._heights(segments)
        line = Line(segments, ascent, height, skip, ends_with=ended, below=below, lead=lead)
        end = segments[-1].begin() + segments[-1].solid
        free = right - max(end, start)
        if free <= 0:
            return line
        align = self._form.align
        if align == "center":
            line.offset = free / 2
        elif align == "right":
            line.offset = free
        elif align == "justify" and not last and ended in ("", "line"):
            line.word_space = _stretch(segments[-1], free)
        return line

    def _heights(self, segments: list[Segment]) -> tuple[float, float, float, float]:
        """Return distance from top to baseline, height, and spacing below and above the text of a line."""
        inks: dict[int, Ink] = {}
        picture, beside = 0.0, 0.0
        for segment in segments:
            if segment.tab is not None:
                inks[id(segment.tab.ink)] = segment.tab.ink
            for piece in segment.pieces:
                if isinstance(piece.item, Picture):
                    picture = max(picture, piece.item.height)
                    beside = max(beside, piece.ink.ascent + piece.ink.descent)
                else:
                    inks[id(piece.ink)] = piece.ink
        if not inks and not picture:
            inks[0] = self._mark
        if len(inks) == 1:
            ink = next(iter(inks.values()))
            ascent, descent = ink.ascent, ink.descent
            text_height = ascent + descent
        else:
            ascent = max((ink.ascent for ink in inks.values()), default=0.0)
            descent = max((ink.descent for ink in inks.values()), default=0.0)
            text_height = max((ink.ascent + ink.descent for ink in inks.values()), default=0.0)
        if not inks and self._form.line > 1.0:
            text_height = beside
        if self._room.grid and self._form.snap and self._form.line_rule != "exact":
            return on_grid(self._form, max(ascent, picture), descent, text_height, self._room.grid)
        top, height, below = spaced(self._form, max(ascent, picture), descent, text_height)
        return top, height, below, below


def _too_long(current: Segment, piece: Piece, limit: float) -> bool:
    width = current.width + piece.width
    if current.kind == "left":
        return current.stop + width > limit + SLACK
    if current.kind == "center":
        return max(current.start, current.stop - width / 2) + width > limit + SLACK
    return current.start + width > limit + SLACK


def _fitting(piece: Piece, room: float) -> int:
    """Return how many characters of a word fit into `room`."""
    if piece.kind != WORD:
        return 0
    low, high = 0, len(piece.text)
    while low < high:
        middle = (low + high + 1) // 2
        if piece.ink.width(piece.text[:middle]) <= room + SLACK:
            low = middle
        else:
            high = middle - 1
    return low


def _stretch(segment: Segment, free: float) -> float:
    spaces = sum(len(piece.text) for piece in without_last_spaces(segment.pieces) if piece.kind == SPACE)
    return free / spaces if spaces else 0.0


def decimal_point(text: str) -> int | None:
    """Return where a number in a text has its decimal point, or its end where it has none; None without a number.

    Of a point and a comma the later one divides; a single kind divides unless it stands before groups of three digits
    ("1.250.000"). One comma always divides, as in Indonesian.
    """
    match = _NUMBER.search(text)
    if match is None:
        return None
    number = match.group()
    at = max(number.rfind("."), number.rfind(","))
    groups = number.count(number[at]) > 1 or (number[at] == "." and "," not in number and len(number) - at == 4)
    return match.end() if at < 0 or groups else match.start() + at


def without_last_spaces(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces up to the last one that is no space."""
    count = len(pieces)
    while count and pieces[count - 1].kind == SPACE:
        count -= 1
    return pieces[:count]


def spaced(form: ParaFormat, ascent: float, descent: float, text_height: float) -> tuple[float, float, float]:
    """Apply a line spacing rule; returns (top to baseline, height, spacing below the text).

    Extra room goes below the line, except "at least", where it goes above. Heights are whole twips, as in office programs.
    """
    natural = ascent + descent
    if form.line_rule == "exact":
        return form.line * _EXACT_ASCENT, form.line, 0.0
    if form.line_rule == "atLeast":
        return ascent + max(0.0, form.line - natural), max(natural, form.line), 0.0
    twips = round(text_height * _TWIPS)
    extra = (twips * round(form.line * 100) // 100 - twips) / _TWIPS
    natural = round(natural * _TWIPS) / _TWIPS
    return (ascent, natural + extra, extra) if extra >= 0 else (ascent + extra, natural + extra, 0.0)


def on_grid(
    form: ParaFormat, ascent: float, descent: float, text_height: float, grid: float
) -> tuple[float, float, float, float]:
    """Set a line in the middle of whole steps of the section's grid; returns what `spaced` does, and the spacing above.

    Only proportional spacing counts here: the steps above, the text itself below the last line.
    """
    natural = ascent + descent
    height = max(1, math.ceil((natural - SLACK) / grid)) * grid
    more = max(0.0, form.line - 1.0) if form.line_rule == "auto" else 0.0
    below = int(text_height * more * _TWIPS) / _TWIPS
    return ascent + (height - natural) / 2, height + below, below, int(height * more * _TWIPS) / _TWIPS
