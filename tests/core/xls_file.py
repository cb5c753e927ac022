"""The smallest old Excel workbook (BIFF8 in an OLE container) that readers accept: one sheet of texts and numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512


class ErrorCode(int):
    """A cell that shows an error of Excel, by its code: 0x2A is #N/A, 0x17 is #REF!."""


FROM_1904 = struct.pack("<HHH", 0x0022, 2, 1)
ENCRYPTED = struct.pack("<HH", 0x002F, 6) + bytes(6)
"""Records for `before`: days count from 1904; what follows is encrypted."""


def xls_bytes(rows: Sequence[Sequence[str | float]], sheet: str = "Data", before: bytes = b"") -> bytes:
    """Return an .xls file whose sheet holds the rows from A1 on; `before` are records at the workbook's beginning."""
    cells = b"".join(_cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line))
    width = max(len(line) for line in rows)
    body = _bof(0x0010) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells + _record(0x000A)
    bound = struct.pack("<BBBB", 0, 0, len(sheet), 0) + sheet.encode("latin-1")
    start = len(_bof(0x0005)) + len(before) + 4 + 4 + len(bound) + 4
    return _ole(_bof(0x0005) + before + _record(0x0085, struct.pack("<I", start) + bound) + _record(0x000A) + body)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, ErrorCode):
        return _record(0x0205, place + bytes((value, 1)))
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", value))


def _ole(stream: bytes) -> bytes:
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return head.ljust(_SECTOR, b"\xff") + fat + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
