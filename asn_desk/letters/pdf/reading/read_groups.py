"""Groups of shapes (`wpg:wgp`): every picture, line and box of a group becomes an object of its own at its place in the group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Stroke, TextBox
from asn_desk.letters.pdf.reading.ooxml import child, integer, short

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.output.images import Image

_MAX_DEPTH = 6
_PROPERTIES = {"wps:wsp": "wps:spPr", "pic:pic": "pic:spPr", "wpg:grpSp": "wpg:grpSpPr"}
Box = tuple[float, float, float, float]
Reader = Callable[["Element"], "Image | Stroke | TextBox | None"]
"""Returns what a picture or shape shows; None (and a note) for what cannot be drawn."""


def group_objects(group: Element, whole: Anchor, read: Reader) -> list[Anchor]:
    """Return the objects of a group that stands where `whole` does; `whole` itself keeps text away as the group does."""
    room = (0.0, 0.0, whole.width, whole.height)
    found = [replace(whole, content=Stroke("rect", None))]
    size = (whole.width, whole.height)
    for box, item in _members(group, "wpg:grpSpPr", room, 0):
        content = read(item)
        if content is not None:
            left, top, width, height = box
            inside = replace(whole, content=content, width=width, height=height, wrap="none")
            found.append(replace(inside, within=(*size, left, top)))
    return found


def _members(group: Element, properties: str, room: Box, depth: int) -> Iterator[tuple[Box, Element]]:
    """Yield the pictures and shapes of a group with their places, in points from the corner of the outermost group."""
    frame = child(child(group, properties), "a:xfrm")
    left, top = _pair(frame, "a:chOff", "x", "y")
    width, height = _pair(frame, "a:chExt", "cx", "cy")
    if depth > _MAX_DEPTH or width <= 0 or height <= 0:
        return
    across, down = room[2] / width, room[3] / height
    for item in group:
        name = short(item)
        if name not in _PROPERTIES:
            continue
        own = child(child(item, _PROPERTIES[name]), "a:xfrm")
        (x, y), (cx, cy) = _pair(own, "a:off", "x", "y"), _pair(own, "a:ext", "cx", "cy")
        box = (room[0] + (x - left) * across, room[1] + (y - top) * down, cx * across, cy * down)
        if name == "wpg:grpSp":
            yield from _members(item, "wpg:grpSpPr", box, depth + 1)
        else:
            yield box, item


def _pair(frame: Element | None, name: str, first: str, second: str) -> tuple[int, int]:
    found = child(frame, name)
    if found is None:
        return 0, 0
    return integer(found.get(first), 0) or 0, integer(found.get(second), 0) or 0
