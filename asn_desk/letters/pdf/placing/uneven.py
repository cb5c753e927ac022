"""Columns of unequal width: lines that go on in the next column are made again as broad as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from asn_desk.letters.pdf.model import Block, ParaFormat
from asn_desk.letters.pdf.placing.lines import LineFiller
from asn_desk.letters.pdf.placing.slabs import LineSlab, Slab


@dataclass(frozen=True, slots=True)
class Origin:
    """The paragraph a line belongs to: what fills its lines, its format and neighbours. `root` is the same for all its lines.

    Equal paragraphs may share it: where one begins is told by its first line.
    """

    filler: LineFiller
    form: ParaFormat
    neighbours: tuple[Block | None, Block | None]
    root: object


def made_for(slabs: Sequence[Slab], width: float) -> list[Slab]:
    """Return slabs with every line made anew for a column of this width; other slabs stay as they are."""
    found: list[Slab] = []
    at = 0
    while at < len(slabs):
        slab = slabs[at]
        origin = slab.origin if isinstance(slab, LineSlab) else None
        end = at + 1
        if origin is None or not isinstance(slab, LineSlab):
            found.append(slab)
        else:
            while end < len(slabs) and _belongs(slabs[end], origin):
                end += 1
            found += _again(slab, origin, width, slabs[end - 1].after)
        at = end
    return found


def _belongs(slab: Slab, origin: Origin) -> bool:
    return slab.inner and isinstance(slab, LineSlab) and slab.origin is not None and slab.origin.root is origin.root


def _again(slab: LineSlab, origin: Origin, width: float, after: float) -> list[LineSlab]:
    from asn_desk.letters.pdf.placing.layout import dress, line_slabs

    filler = origin.filler.as_wide_as(width)
    slabs = line_slabs(filler.lines(slab.line.at), origin.form, in_cell=False)
    slabs[0].inner, slabs[0].before, slabs[0].floats = slab.inner, slab.before, slab.floats
    slabs[0].new_page_before, slabs[-1].after = slab.new_page_before, after
    dress(slabs, origin.form, width, origin.neighbours)
    for made in slabs:
        made.origin = replace(origin, filler=filler)
    return slabs
