"""The children of a letter's body as bytes, found without parsing: a child seen in an earlier letter need not be read again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.reading.ooxml import NAMESPACES, child, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OPEN, _CLOSE, _CUT = b"<w:body>", b"</w:body>", b"<w:cut/>"
_START = re.compile(rb"\s*<([A-Za-z0-9]+:[A-Za-z0-9]+)(?=[\s/>])")
_ENCODING = re.compile(rb"^<\?xml[^>]*encoding=[\"']([^\"']+)[\"']")
_CELL = re.compile(
    rb"<w:tc(?:\s[^>]*)?>(?:\s*(?:<w:tcPr(?:\s[^>]*)?/>|<w:tcPr(?:\s[^>]*)?(?<!/)>.*?</w:tcPr>))?(.*?)</w:tc>",
    re.DOTALL,
)
_PARAGRAPH = re.compile(rb"\s*(<w:p(?:\s[^>]*)?/>|<w:p(?:\s[^>]*)?(?<!/)>.*?</w:p>)", re.DOTALL)
_NOT_FLAT = re.compile(rb"<w:(?:sdt|txbxContent|customXml|ins|fldChar|altChunk)[\s/>]|<!|<mc:|<v:|xmlns")
MAX_TABLE = 512 * 1024
_WORD = b'xmlns:w="' + NAMESPACES["w"].encode() + b'"'


@dataclass(frozen=True, slots=True)
class Body:
    """What stands before, in and after the body. `items` are its children, cut apart by their tags' names only."""

    head: bytes
    items: list[bytes]
    tail: bytes

    def read(self, items: Sequence[bytes]) -> list[Element] | None:
        """Parse some of the children; None unless each of them is exactly one element, so that cutting was right.

        An element's end does not depend on what follows it: children that are whole each by itself are the body's children.
        """
        try:
            root = parse(b"".join((self.head, _CUT.join(items), self.tail)))
        except DeskError:
            return None
        body = child(root, "w:body")
        found = list(body) if body is not None else []
        cuts = found[1::2]
        if len(found) != max(0, 2 * len(items) - 1) or any(not str(cut.tag).endswith("}cut") for cut in cuts):
            return None
        return found[::2]


def split_body(xml: bytes) -> Body | None:
    """Cut the body of a document part into its children; None for XML that is written in an unusual way."""
    start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
    if start < 0 or end < start or not _usual(xml[:start]) or xml.find(_OPEN, start + 1) >= 0:
        return None
    start += len(_OPEN)
    items: list[bytes] = []
    at = start
    while True:
        match = _START.match(xml, at, end)
        if match is None:
            break
        stop = _end_of(xml, match.group(1), match.start(1) - 1, end)
        if stop is None:
            return None
        items.append(xml[match.start(1) - 1 : stop])
        at = stop
    if xml[at:end].strip():
        return None
    return Body(xml[:start], items, xml[end:])


def _usual(before: bytes) -> bool:
    """Return whether the text before the body is plain UTF-8 without document type or comments and binds `w` as usual."""
    declared = _ENCODING.match(before)
    plain = declared is None or declared.group(1).lower() == b"utf-8"
    return plain and b"<!" not in before and before.find(b"<?", 1) < 0 and b"\0" not in before and _WORD in before


def _end_of(xml: bytes, name: bytes, at: int, end: int) -> int | None:
    depth = 0
    for match in _tags(name).finditer(xml, at, end):
        if match.group(1):
            depth -= 1
        elif not match.group(2):
            depth += 1
        if depth <= 0:
            return match.end()
    return None


@lru_cache(maxsize=64)
def _tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)" + re.escape(name) + rb"(?=[\s/>])[^>]*?(/?)>")


@dataclass(frozen=True, slots=True)
class TableCut:
    """A table as bytes: `skeleton` is all of it but the content of its cells, `cells` the paragraphs of each cell."""

    skeleton: bytes
    cells: list[list[bytes]]


def split_table(xml: bytes) -> TableCut | None:
    """Cut a table into its skeleton and the paragraphs of its cells; None unless it is a plain table of plain paragraphs."""
    if (
        len(xml) > MAX_TABLE
        or _NOT_FLAT.search(xml) is not None
        or xml.find(b"<w:tbl>", 1) >= 0
        or xml.find(b"<w:tbl ", 1) >= 0
    ):
        return None
    skeleton: list[bytes] = []
    cells: list[list[bytes]] = []
    at = 0
    for match in _CELL.finditer(xml):
        skeleton.append(xml[at : match.start(1)])
        at = match.end(1)
        content = match.group(1)
        paragraphs = _PARAGRAPH.findall(content)
        if _PARAGRAPH.sub(b"", content).strip():
            return None
        cells.append(paragraphs)
    return TableCut(b"\0".join((*skeleton, xml[at:])), cells)
