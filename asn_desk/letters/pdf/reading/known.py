"""What the letters of one template share: parsed parts, headers, and every child of the body that was read before.

A batch writes thousands of letters that differ in a few lines. Letters are of one template when all parts but the document
itself are the same bytes; a child of the body is the same when its bytes are.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Cell, PageSetup, Paragraph, Row, Table
from asn_desk.letters.pdf.reading import opc
from asn_desk.letters.pdf.reading.opc import Package
from asn_desk.letters.pdf.reading.segments import TableCut, split_table

if TYPE_CHECKING:
    from asn_desk.letters.pdf.reading.source import Shared

MAX_TEMPLATES = 6
MAX_CHILDREN = 700
MAX_TABLES = 60
MAX_SEEN = 600
"""Some fifty letters' worth: what stands in every letter comes back within them, what is about one person does not."""
MAX_CHILD = 65_536
"""Larger children (long tables of persons) are read anew: they hardly ever return, and would fill the memory."""
_DOCUMENT = b"word/document.xml"
_END = struct.Struct("<4sHHHHIIH")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL_LENGTHS = struct.Struct("<HH")
_LOCAL_SIZE = 30
_FLAGS = 0x080E
"""Name in UTF-8, how hard the part was packed, and sizes repeated behind it: none of them changes how it is read."""

one_at_a_time = threading.RLock()
"""Held while a letter is read or laid out: what letters share is changed by one thread at a time."""


@dataclass(slots=True)
class SectionEnd:
    """A section's paper, its headers and footers by kind, and the notes that reading them raised."""

    setup: PageSetup
    headers: dict[str, list[Block]]
    footers: dict[str, list[Block]]
    notes: tuple[str, ...]


@dataclass(slots=True)
class Child:
    """A child of the body: its blocks, without list numbers, and the section it ends."""

    blocks: list[Block]
    end: SectionEnd | None = None


@dataclass(slots=True)
class KnownTable:
    """A table read before, and what the keys of its cells' paragraphs start with."""

    table: Table
    keys: list[bytes]


def paragraph_key(cell: Cell) -> bytes:
    """Return what tells paragraphs of this cell from equal ones that inherit something else."""
    return repr(cell.inherited).encode() if any(cell.inherited) else b""


@dataclass
class Template:
    """The parts all letters of a template share, and what was read of their bodies, the longest unused thrown out first."""

    package: Package
    main: str
    shared: Shared
    default_tab: float
    even_and_odd: bool
    remarks: tuple[str, ...] = ()
    """What its settings ask for that is not printed."""
    children: OrderedDict[bytes, Child] = field(default_factory=OrderedDict)
    tables: OrderedDict[bytes, KnownTable] = field(default_factory=OrderedDict)
    worded: OrderedDict[bytes, Paragraph] = field(default_factory=OrderedDict)
    """Paragraphs by their skeletons (see `worded`)."""
    seen: set[int] = field(default_factory=set)

    def child(self, key: bytes) -> Child | None:
        """Return what was read of a child before."""
        found = self.children.get(key)
        if found is not None:
            self.children.move_to_end(key)
        return found

    def table(self, item: bytes) -> tuple[KnownTable, TableCut] | None:
        """Return a table that earlier letters had with other words in its cells, and how this one is cut.

        None for a table that came before just as it is: read whole once more, it is kept whole.
        """
        if not self.tables or not item.startswith(b"<w:tbl") or not self._first_time(~hash(item)):
            return None
        cut = split_table(item)
        found = self.tables.get(cut.skeleton) if cut is not None else None
        if cut is None or found is None:
            return None
        self.tables.move_to_end(cut.skeleton)
        return found, cut

    def keep_table(self, item: bytes, table: Table) -> None:
        """Keep the skeleton of a table and the paragraphs of its cells."""
        cut = split_table(item)
        cells = [cell for row in table.rows for cell in row.cells]
        if cut is None or [len(cell.blocks) for cell in cells] != [len(items) for items in cut.cells]:
            return
        keys = [paragraph_key(cell) for cell in cells]
        self.tables[cut.skeleton] = KnownTable(_emptied(table), keys)
        if len(self.tables) > MAX_TABLES:
            self.tables.popitem(last=False)
        for cell, key, items in zip(cells, keys, cut.cells, strict=True):
            for block, xml in zip(cell.blocks, items, strict=True):
                self.keep(key + xml, Child([block]))

    def keep(self, key: bytes, read: Child) -> None:
        """Keep what was read of a child that came before, and let its blocks keep their layout.

        What comes for the first time is mostly about one person and does not come again: only its hash is kept.
        """
        if len(key) > MAX_CHILD or self._first_time(hash(key)):
            return
        for block in read.blocks:
            block.layouts = {}
        self.children[key] = read
        if len(self.children) > MAX_CHILDREN:
            self.children.popitem(last=False)

    def _first_time(self, mark: int) -> bool:
        if mark in self.seen:
            return False
        if len(self.seen) > MAX_SEEN:
            self.seen.clear()
        self.seen.add(mark)
        return True


def _emptied(table: Table) -> Table:
    rows = [
        Row([cell.filled([]) for cell in row.cells], row.height, row.height_rule, row.header, row.cant_split)
        for row in table.rows
    ]
    return table.with_rows(rows)


@dataclass(frozen=True, slots=True)
class Parts:
    """A DOCX taken apart by its directory: the document part, and all other parts as they are packed."""

    document: bytes
    key: tuple[tuple[bytes, int, int], ...]
    others: tuple[bytes, ...]


_templates: OrderedDict[tuple[tuple[bytes, int, int], ...], tuple[tuple[bytes, ...], Template]] = OrderedDict()


def find(parts: Parts | None) -> Template | None:
    """Return the template of a letter read before, None for a new one."""
    found = _templates.get(parts.key) if parts is not None else None
    if parts is None or found is None or found[0] != parts.others:
        return None
    _templates.move_to_end(parts.key)
    return found[1]


def remember(parts: Parts, template: Template) -> None:
    """Keep a template for the letters to come."""
    if template.main.encode() == _DOCUMENT:
        _templates[parts.key] = (parts.others, template)
        if len(_templates) > MAX_TEMPLATES:
            _templates.popitem(last=False)


def forget() -> None:
    """Forget all templates."""
    _templates.clear()


def take_apart(data: bytes) -> Parts | None:
    """Read the directory of a DOCX; None for whatever is unusual or wrong, which `Package` then reads or refuses."""
    if len(data) > opc.MAX_FILE or data[-_END.size : -_END.size + 4] != b"PK\x05\x06":
        return None
    _, _, _, _, count, _, at, _ = _END.unpack_from(data, len(data) - _END.size)
    document: bytes | None = None
    key: list[tuple[bytes, int, int]] = []
    others: list[bytes] = []
    if count > opc.MAX_PARTS:
        return None
    for _ in range(count):
        entry = _entry(data, at)
        if entry is None:
            return None
        name, method, crc, size, packed, at = entry
        if name != _DOCUMENT:
            key.append((name, crc, size))
            others.append(packed)
        elif document is None:
            document = _unpacked(packed, method, crc, size)
        else:
            return None
    return None if document is None else Parts(document, tuple(key), tuple(others))


def _entry(data: bytes, at: int) -> tuple[bytes, int, int, int, bytes, int] | None:
    """Return name, method, checksum, size and packed bytes of a part, and where the next entry starts."""
    if at + _ENTRY.size > len(data):
        return None
    values = _ENTRY.unpack_from(data, at)
    mark, _, _, flags, method, _, _, crc, packed_size, size, name_length, extra, comment, _, _, _, start = values
    name_at = at + _ENTRY.size
    name = data[name_at : name_at + name_length]
    local = data[start : start + _LOCAL_SIZE]
    if mark != b"PK\x01\x02" or flags & ~_FLAGS or method not in (0, 8) or local[:4] != b"PK\x03\x04":
        return None
    if len(local) < _LOCAL_SIZE or size > opc.MAX_PART:
        return None
    local_name, local_extra = _LOCAL_LENGTHS.unpack_from(local, _LOCAL_SIZE - _LOCAL_LENGTHS.size)
    begin = start + _LOCAL_SIZE + local_name + local_extra
    packed = data[begin : begin + packed_size]
    if data[start + _LOCAL_SIZE : start + _LOCAL_SIZE + local_name] != name or len(packed) != packed_size:
        return None
    return name, method, crc, size, packed, name_at + name_length + extra + comment


def _unpacked(packed: bytes, method: int, crc: int, size: int) -> bytes | None:
    try:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1) if method else packed
    except zlib.error:
        return None
    return content if len(content) == size and zlib.crc32(content) == crc else None
