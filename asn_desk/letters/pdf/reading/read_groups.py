"""Groups of shapes (`wpg:wgp`): every picture, line and box of a group becomes an object of its own at its place in the group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Stroke, TextBox
from asn_desk.letters.pdf.reading.ooxml import child, integer, short

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.output.images import Image

_MAX_DEPTH = 6
_OLD = frozenset({"v:shape", "v:rect", "v:line", "v:roundrect", "v:oval", "v:polyline", "v:group"})
_DIGITS = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?")
_PROPERTIES = {"wps:wsp": "wps:spPr", "pic:pic": "pic:spPr", "wpg:grpSp": "wpg:grpSpPr"}
Box = tuple[float, float, float, float]
Reader = Callable[["Element"], "Image | Stroke | TextBox | None"]
"""Returns what a picture or shape shows; None (and a note) for what cannot be drawn."""


def group_objects(group: Element, whole: Anchor, read: Reader) -> list[Anchor]:
    """Return the objects of a group that stands where `whole` does; `whole` itself keeps text away as the group does."""
    return _placed(_members(group, "wpg:grpSpPr", (0.0, 0.0, whole.width, whole.height), 0), whole, read)


def old_group_objects(group: Element, whole: Anchor, read: Reader) -> list[Anchor]:
    """Return the objects of a group in VML (`v:group`) that stands where `whole` does."""
    return _placed(_old_members(group, (0.0, 0.0, whole.width, whole.height), 0), whole, read)


def _placed(members: Iterator[tuple[Box, Element]], whole: Anchor, read: Reader) -> list[Anchor]:
    found = [replace(whole, content=Stroke("rect", None))]
    size = (whole.width, whole.height)
    for box, item in members:
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


def _old_members(group: Element, room: Box, depth: int) -> Iterator[tuple[Box, Element]]:
    """Yield the shapes of a group in VML with their places; they are written in units of the group."""
    left, top = _two(group.get("coordorigin"), 0.0)
    width, height = _two(group.get("coordsize"), 1000.0)
    across, down = (room[2] / width if width else 0.0), (room[3] / height if height else 0.0)
    for item in group if depth <= _MAX_DEPTH else ():
        name = short(item)
        if name not in _OLD:
            continue
        style = css(item.get("style") or "")
        x, y, cx, cy = (_number(style.get(side)) for side in ("left", "top", "width", "height"))
        if name == "v:line":
            (x, y), (right, bottom) = _two(item.get("from"), 0.0), _two(item.get("to"), 0.0)
            x, y, cx, cy = min(x, right), min(y, bottom), abs(right - x), abs(bottom - y)
        box = (room[0] + (x - left) * across, room[1] + (y - top) * down, cx * across, cy * down)
        if name == "v:group":
            yield from _old_members(item, box, depth + 1)
        else:
            yield box, item


def css(text: str) -> dict[str, str]:
    """Return the parts of a `style` attribute by name."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): item.strip() for name, _, item in pairs if name.strip()}


def _two(text: str | None, usual: float) -> tuple[float, float]:
    first, _, second = (text or "").partition(",")
    return (_number(first) if first.strip() else usual), (_number(second) if second.strip() else usual)


def _number(text: str | None) -> float:
    found = _DIGITS.match((text or "").strip())
    return float(found.group()) if found else 0.0


def _pair(frame: Element | None, name: str, first: str, second: str) -> tuple[int, int]:
    found = child(frame, name)
    if found is None:
        return 0, 0
    return integer(found.get(first), 0) or 0, integer(found.get(second), 0) or 0
