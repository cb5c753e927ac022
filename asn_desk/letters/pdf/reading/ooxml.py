"""Small helpers for Office XML: safe parsing, short names for qualified tags, and the measures and switches of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.model import Color

if TYPE_CHECKING:
    from lxml.etree import XMLParser
    from lxml.etree import _Element as Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_SHORT: dict[str, str] = {}
_MAX_SHORT = 2_000
_TAGS: dict[str, str] = {}
"""Tags by short name: there are as many as this package names, so the cache is bounded by the program's text."""
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": NAMESPACES["wp"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": NAMESPACES["a"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/picture": NAMESPACES["pic"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"].encode(),
}
_MEASURE = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*(pt|in|cm|mm|pc|pi|px)?\s*$")
_UNIT_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75}
_OFF = frozenset({"0", "false", "off", "none"})
INVISIBLE = dict.fromkeys(
    [
        0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0xFE00, 0xFE10),
        *range(0x1F3FB, 0x1F400),
    ]
)  # fmt: skip
"""Signs without a form of their own: joiners, directions, variation selectors, skin tones of emoji."""
MAX_MEASURE = 31_680.0
"""Nothing in a letter is longer than Word's own limit of 22 inches by far; larger numbers are damage and are cut."""
EMU_PER_POINT = 12_700.0


def q(name: str) -> str:
    """Return the tag lxml uses for a short name, e.g. `q("w:p")`."""
    found = _TAGS.get(name)
    if found is None:
        prefix, _, tail = name.partition(":")
        found = _TAGS[name] = f"{{{NAMESPACES[prefix]}}}{tail}"
    return found


def parse(data: bytes) -> Element:
    """Parse one part without entities, network access or a document type; raises DeskError("docx_damaged")."""
    from lxml import etree

    if b"purl.oclc.org/ooxml" in data[:8192]:
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise damaged() from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged()
    return root


@lru_cache(maxsize=1)
def _parser() -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )


def damaged() -> DeskError:
    """Return the error for a file that cannot be read as a Word document."""
    return DeskError(
        "docx_damaged",
        "Berkas Word ini rusak sehingga tidak dapat dibaca. Buka berkas itu di Word, simpan ulang sebagai .docx, lalu coba lagi.",
    )


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child with this short name, or None (also for a missing parent)."""
    return None if element is None else next(element.iterchildren(q(name)), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children with this short name."""
    if element is not None:
        yield from element.iterchildren(q(name))


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute by short name, or None."""
    return None if element is None else element.get(q(name))


def value(element: Element | None, name: str) -> str | None:
    """Return `w:val` of the child called `name`, or None."""
    return attribute(child(element, name), "w:val")


def is_on(text: str | None) -> bool:
    """Read an on/off attribute; a missing attribute means on."""
    return text is None or text.strip().lower() not in _OFF


def switch(element: Element | None, name: str) -> bool | None:
    """Return the on/off value of the child called `name`, None where it is absent."""
    found = child(element, name)
    return None if found is None else is_on(attribute(found, "w:val"))


def points(text: str | None, per_unit: float = 20.0) -> float | None:
    """Return a measure in points: plain numbers are `per_unit` to a point (twips), others carry their unit; None if unreadable."""
    match = _MEASURE.match(text) if text else None
    if match is None:
        return None
    number = float(match.group(1))
    result = number * _UNIT_POINTS[match.group(2)] if match.group(2) else number / per_unit
    return max(-MAX_MEASURE, min(MAX_MEASURE, result))


def integer(text: str | None, default: int | None = None) -> int | None:
    """Return a whole number, `default` where it is missing or unreadable."""
    try:
        return int(float(text)) if text is not None else default
    except (ValueError, OverflowError):
        return default


def local(element: Element) -> str:
    """Return the tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def short(element: Element) -> str:
    """Return the short name of an element, e.g. "w:p"; "" for a namespace the writer does not know."""
    tag = str(element.tag)
    found = _SHORT.get(tag)
    if found is None:
        space, _, name = tag[1:].partition("}")
        prefix = _PREFIXES.get(space)
        found = f"{prefix}:{name}" if prefix else ""
        if len(_SHORT) < _MAX_SHORT:
            _SHORT[tag] = found
    return found


def color(text: str | None) -> Color | None:
    """Return a colour from "RRGGBB"; None for "auto" and whatever is no colour."""
    if text is None:
        return None
    digits = text.strip().lstrip("#")
    if len(digits) != 6:
        return None
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    return ((number >> 16 & 255) / 255, (number >> 8 & 255) / 255, (number & 255) / 255)
