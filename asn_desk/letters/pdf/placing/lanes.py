"""Lanes: the columns of a section on one page, filled one after the other and made equally long where the section ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asn_desk.letters.pdf.model import BLACK
from asn_desk.letters.pdf.placing.sheet import Rule, Sheet, Stamp
from asn_desk.letters.pdf.placing.slabs import Slab
from asn_desk.letters.pdf.placing.uneven import made_for

_STEPS = 24
_SLACK = 0.1
_RULE = 0.5


@dataclass(slots=True)
class Placed:
    """A slab and its top."""

    slab: Slab
    y: float


@dataclass(slots=True)
class Upright(Slab):
    """The line between two columns."""

    def place(self, sheet: Sheet, x: float, y: float, *, closing: bool = True) -> None:
        """Draw the line; `closing` does not matter for it."""
        del closing
        sheet.rules.append(Rule(x, y, x, y + self.height, _RULE, BLACK))


def stamp_lane(placed: Sequence[Placed], sheet: Sheet, left: float) -> float:
    """Let the slabs of a lane stand on the page; returns the lane's lower end (0 for an empty one)."""
    for index, item in enumerate(placed):
        following = placed[index + 1].slab if index + 1 < len(placed) else None
        sheet.stamps.append(Stamp(item.slab, left, item.y, following is None or not following.inner))
    return placed[-1].y + placed[-1].slab.height if placed else 0.0


def balanced(slabs: Sequence[Slab], lanes: Sequence[float], room: float) -> list[list[Placed]] | None:
    """Divide slabs over lanes of these widths and the least equal height; None where that is not possible within `room`."""
    if not slabs or any(slab.new_page_after or slab.new_page_before for slab in slabs):
        return None
    found = packed(slabs, lanes, room)
    low, high = 0.0, room
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried = packed(slabs, lanes, middle)
        if tried is None:
            low = middle
        else:
            found, high = tried, middle
    return found


def packed(slabs: Sequence[Slab], lanes: Sequence[float], room: float) -> list[list[Placed]] | None:
    """Fill lanes of a height one after the other; None when the slabs need more lanes or one is too high."""
    uneven = len(set(lanes)) > 1
    slabs = made_for(slabs, lanes[0]) if uneven else slabs
    found: list[list[Placed]] = [[]]
    at, y, after = 0, 0.0, 0.0
    while at < len(slabs):
        slab, lane = slabs[at], found[-1]
        top = y if slab.inner else y + (max(after, slab.before) if lane else 0.0)
        if top + slab.height - slab.hang <= room + _SLACK:
            lane.append(Placed(slab, top))
            y, after, at = top + slab.height, slab.after, at + 1
            continue
        kept = len(lane)
        while kept and lane[kept - 1].slab.keep:
            kept -= 1
        if not kept or len(found) == len(lanes):
            return None
        at -= len(lane) - kept
        del lane[kept:]
        found.append([])
        if uneven:
            slabs = [*slabs[:at], *made_for(slabs[at:], lanes[len(found) - 1])]
        y = after = 0.0
    return found
