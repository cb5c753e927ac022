"""Lay out blocks in a column: paragraphs become line slabs, tables become row slabs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from asn_desk.letters.pdf.model import Anchor, Block, Break, Layouts, ParaFormat, Paragraph, Table, TextBox
from asn_desk.letters.pdf.placing.floats import Floating, hole_of, stack_height, walk_stack
from asn_desk.letters.pdf.placing.inline import Inker, Piece, anchors
from asn_desk.letters.pdf.placing.lines import Hole, Line, LineFiller, Room
from asn_desk.letters.pdf.placing.sheet import Sheet, thickness
from asn_desk.letters.pdf.placing.slabs import Box, LineSlab, Slab, make_box
from asn_desk.letters.pdf.placing.uneven import Origin

_EDGE = 1.0
_MAX_LAYOUTS = 64
"""Layouts kept of one block: it stands in few places, but a footer has one for every page number."""


@dataclass
class Column:
    """Where blocks are laid out: width, place on the page, and the holes objects leave. `y` moves along in the body."""

    width: float
    default_tab: float
    x: float = 0.0
    y: float = 0.0
    after: float = 0.0
    sheet: Sheet | None = None
    in_cell: bool = False
    grid: float = 0.0
    torn: bool = False
    """Whether a word of its text had to be divided."""
    uneven: bool = False
    """Whether the text may go on in a column of another width."""
    holes: list[Hole] = field(default_factory=list)

    def crowded(self) -> bool:
        """Return whether objects push text aside from here on."""
        return any(hole.bottom > self.y for hole in self.holes)


def lay_out(blocks: list[Block], column: Column, inker: Inker) -> list[Slab]:
    """Return the slabs of all blocks, for places that do not break over pages by themselves (cells, headers, boxes)."""
    if len(blocks) == 1:
        return _lay_out_block(blocks[0], column, inker, (None, None))
    found: list[Slab] = []
    for slabs in lay_out_each(blocks, column, inker):
        for slab in slabs:
            column.y += (0.0 if slab.inner else max(column.after, slab.before)) + slab.height
            column.after = slab.after
        found += slabs
    return found


def lay_out_each(blocks: list[Block], column: Column, inker: Inker) -> Iterator[list[Slab]]:
    """Yield the slabs of one block after the other; the caller moves the column on between them."""
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        yield _lay_out_block(block, column, inker, (before, after))


@dataclass(slots=True)
class _Laid:
    """The layout of a block kept for other letters: slabs, notes, and whether it shows the page number or their total."""

    slabs: list[Slab]
    notes: tuple[str, ...] = ()
    numbered: bool = False
    total: bool = False


def _lay_out_block(
    block: Block, column: Column, inker: Inker, neighbours: tuple[Block | None, Block | None]
) -> list[Slab]:
    kept = block.layouts
    if kept is None or column.crowded():
        return _fresh(block, column, inker, neighbours)
    key = _depends_on(block, column, neighbours)
    found: _Laid | None = kept.get(key)
    if found is not None and found.numbered:
        found = kept.get((*key, *inker.numbers()))
        inker.asked_number = True
    if found is None:
        return _learnt(block, column, inker, neighbours, (kept, key))
    for sentence in found.notes:
        inker.notes.add(sentence)
    inker.asked_total = inker.asked_total or found.total
    return found.slabs


def _fresh(block: Block, column: Column, inker: Inker, neighbours: tuple[Block | None, Block | None]) -> list[Slab]:
    from asn_desk.letters.pdf.placing.table_layout import lay_out_table

    if isinstance(block, Table):
        return lay_out_table(block, column, inker)
    return lay_out_paragraph(block, column, inker, neighbours)


def _depends_on(block: Block, column: Column, neighbours: tuple[Block | None, Block | None]) -> tuple[object, ...]:
    """Return all that a block's layout depends on besides the block itself."""
    room = (column.width, column.default_tab, column.in_cell, column.grid, column.uneven)
    if isinstance(block, Table):
        return room
    form = block.format
    beside: tuple[object, ...] = ()
    if form.contextual or form.borders:
        beside = tuple((_same_style(form, other), _same_box(form, other)) for other in neighbours)
        beside += (_gap(0.0, neighbours[1]),)
    return (*room, block.label.text if block.label else None, beside)


def _learnt(
    block: Block, column: Column, inker: Inker, neighbours: tuple[Block | None, Block | None],
    place: tuple[Layouts, tuple[object, ...]],
) -> list[Slab]:  # fmt: skip
    """Lay a block out and keep the result, unless its objects push text aside: that depends on the place on the page."""
    kept, key = place
    number, total = inker.asked_number, inker.asked_total
    inker.asked_number = inker.asked_total = False
    with inker.notes.heard() as heard:
        slabs = _fresh(block, column, inker, neighbours)
    if isinstance(block, Table) or all(item.anchor.wrap == "none" for item in slabs[0].floats):
        laid = _Laid(slabs, tuple(dict.fromkeys(heard)), total=inker.asked_total)
        if len(kept) >= _MAX_LAYOUTS:
            kept.clear()
        if inker.asked_number:
            kept[key] = _Laid([], numbered=True)
            key = (*key, *inker.numbers())
        kept[key] = laid
    inker.asked_number, inker.asked_total = inker.asked_number or number, inker.asked_total or total
    return slabs


def lay_out_paragraph(
    paragraph: Paragraph, column: Column, inker: Inker, neighbours: tuple[Block | None, Block | None] = (None, None)
) -> list[Slab]:
    """Return the line slabs of one paragraph; its neighbours decide on contextual spacing and shared borders."""
    form = paragraph.format
    floats = [_floating(anchor, column, inker) for anchor in anchors(paragraph.inlines)]
    before, after = _spacing(form, neighbours)
    top = column.y + max(column.after, before)
    _add_holes(floats, column, top)
    pieces = inker.pieces(paragraph.inlines, paragraph.label)
    opens_page = form.page_break_before
    while len(pieces) > 1 and isinstance(pieces[0].item, Break) and pieces[0].item.kind == "page":
        pieces, opens_page = pieces[1:], True
    room = Room(column.width, column.default_tab, top, column.holes, column.grid)
    filler = LineFiller(pieces, form, room, inker.ink(paragraph.mark), paragraph.label)
    slabs = line_slabs(filler.lines(), form, in_cell=column.in_cell)
    column.torn = column.torn or filler.torn
    slabs[0].before, slabs[-1].after = before, after
    slabs[0].new_page_before = opens_page
    slabs[0].floats = floats
    _squash(slabs, pieces)
    dress(slabs, form, column.width, neighbours)
    if column.uneven:
        for slab in slabs:
            slab.origin = Origin(filler, form, neighbours, filler)
    return list(slabs)


def line_slabs(lines: list[Line], form: ParaFormat, *, in_cell: bool) -> list[LineSlab]:
    """Return lines as slabs, tied together where the paragraph or its first and last lines must not be divided."""
    slabs = [_line_slab(line) for line in lines]
    if in_cell:
        slabs[-1].hang = 0.0
    _join(slabs, form, in_cell=in_cell)
    return slabs


def _line_slab(line: Line) -> LineSlab:
    slab = LineSlab(height=line.skip + line.height, line=line, inner=True, hang=line.below)
    slab.new_page_after, slab.only_column = line.ends_with in ("page", "column"), line.ends_with == "column"
    return slab


def _squash(slabs: list[LineSlab], pieces: list[Piece]) -> None:
    """Let a paragraph that is only a page break take no room beside what stands before it."""
    if len(pieces) == 1 and slabs[0].new_page_after:
        slabs[0].height = 0.0


def _join(slabs: list[LineSlab], form: ParaFormat, *, in_cell: bool) -> None:
    """Tie lines together: keep lines, no single first or last line on a page (not in table cells), keep with next.

    A paragraph that is kept with the next one is not divided either, as in LibreOffice.
    """
    slabs[0].inner = False
    count = len(slabs)
    for index, slab in enumerate(slabs[:-1]):
        alone = form.widow_control and index in (0, count - 2)
        slab.keep = form.keep_lines or (not in_cell and (form.keep_next or alone))
    slabs[-1].keep = form.keep_next


def _spacing(form: ParaFormat, neighbours: tuple[Block | None, Block | None]) -> tuple[float, float]:
    before, after = form.before, form.after
    if form.contextual:
        above, below = neighbours
        if _same_style(form, above):
            before = 0.0
        if _same_style(form, below):
            after = 0.0
    return before, after


def _same_style(form: ParaFormat, block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.format.style == form.style


def _floating(anchor: Anchor, column: Column, inker: Inker) -> Floating:
    floating = Floating(anchor, column.width)
    content = anchor.content
    if isinstance(content, TextBox):
        if content.fitted:
            anchor = replace(anchor, width=_widest(content, column, inker))
        inner = Column(max(1.0, anchor.width - content.insets[1] - content.insets[3]), column.default_tab)
        floating.slabs = lay_out(content.blocks, inner, inker)
        needed = stack_height(floating.slabs) + content.insets[0] + content.insets[2]
        if anchor.height < 1.0 or (anchor.grows and needed > anchor.height):
            anchor = replace(anchor, height=needed)
        elif content.cuts and needed > anchor.height:
            floating.slabs = _inside(floating.slabs, anchor.height - content.insets[0], inker)
        floating.anchor = anchor
    return floating


def _inside(slabs: list[Slab], room: float, inker: Inker) -> list[Slab]:
    """Leave out what begins below the edge of a frame of fixed height, as Word does, and say so."""
    tops: list[float] = []
    walk_stack(slabs, 0.0, lambda _slab, top, _closing: tops.append(top))
    kept = [slab for slab, top in zip(slabs, tops, strict=True) if top < room - _EDGE or not top]
    if any(not isinstance(slab, LineSlab) or slab.line.inked() for slab in slabs[len(kept) :]):
        inker.notes.add("Teks dalam bingkai yang tingginya tetap terpotong karena tidak muat, seperti di Word.")
    return kept


def _widest(box: TextBox, column: Column, inker: Inker) -> float:
    """Return how broad the text of a box is where only the column limits it."""
    inner = Column(max(1.0, column.width - box.insets[1] - box.insets[3]), column.default_tab)
    blocks = [
        replace(block, format=replace(block.format, align="left"), layouts=None)
        if isinstance(block, Paragraph)
        else block
        for block in box.blocks
    ]
    ends = [
        slab.line.segments[-1].begin() + slab.line.segments[-1].solid + blocks_right
        for block in blocks
        if isinstance(block, Paragraph)
        for blocks_right in (block.format.right,)
        for slab in lay_out([block], inner, inker)
        if isinstance(slab, LineSlab)
    ]
    return min(column.width, max(ends, default=column.width) + box.insets[1] + box.insets[3] + 0.05)


def _add_holes(floats: list[Floating], column: Column, top: float) -> None:
    sheet = column.sheet or Sheet(column.width, 1e6)
    for item in floats:
        hole = hole_of(item.anchor, sheet, (column.x, column.width), top)
        if hole is not None:
            column.holes.append(hole)


def dress(slabs: list[LineSlab], form: ParaFormat, width: float, neighbours: tuple[Block | None, Block | None]) -> None:
    """Give the lines their share of the paragraph's borders and shading."""
    whole = make_box(form, width)
    if whole is None:
        return
    above, below = (_same_box(form, block) for block in neighbours)
    between = form.border("between")
    under = between.space if between is not None and above else 0.0
    for index, slab in enumerate(slabs):
        edges = {side: edge for side, edge in whole.edges.items() if side in ("left", "right")}
        if index == 0 and not above and "top" in whole.edges:
            edges["top"] = whole.edges["top"]
        if index == len(slabs) - 1:
            last = between if below else whole.edges.get("bottom")
            if last is not None:
                edges["bottom"] = last
                slab.hang = 0.0
        tail = _gap(slab.after, neighbours[1]) if below and index == len(slabs) - 1 else 0.0
        slab.box = Box(whole.left, whole.right, whole.shade, edges, tail)
        slab.top = thickness(edges.get("top")) + (edges["top"].space if "top" in edges else 0.0)
        slab.top += under if index == 0 else 0.0
        slab.height += slab.top + thickness(edges.get("bottom")) + (edges["bottom"].space if "bottom" in edges else 0.0)


def _gap(after: float, below: Block | None) -> float:
    """Return the space to the next paragraph."""
    before = below.format.before if isinstance(below, Paragraph) and not below.format.contextual else 0.0
    return max(after, before)


def _same_box(form: ParaFormat, block: Block | None) -> bool:
    if not isinstance(block, Paragraph) or not form.borders:
        return False
    other = block.format
    return (other.borders, other.left, other.right) == (form.borders, form.left, form.right)
