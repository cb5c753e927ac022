"""Looking over an old .xls before the reading library does: a damaged count there ends the whole program, not the reading.

The container (OLE compound file) and the few record fields that memory is reserved from are checked; nothing else is parsed.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_ENCRYPTED, _DATE_MODE = 0x002F, 0x0022
_SHEET, _BEGIN, _FORMULA, _BOOL_OR_ERROR = 0x0085, 0x0809, 0x0006, 0x0205
_RESULTS = frozenset({_FORMULA, _BOOL_OR_ERROR})
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_DIMENSIONS, _SHARED_STRINGS = 0x0200, 0x00FC
_CELLS = frozenset(
    {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
)  # records that begin with row and column
_MAX_ROWS, _MAX_COLUMNS = 65_536, 256


class EncryptedError(ValueError):
    """The workbook's records are encrypted."""


@dataclass
class Found:
    """What was met on the way: whether days count from 1904, and the error cells of each sheet, by its number from 0 on."""

    from_1904: bool = False
    errors: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)


def check(data: bytes) -> Found:
    """Return what stands in an old workbook. Raises ValueError when its container or counts cannot be right, EncryptedError."""
    try:
        return _check_records(_Container(data).workbook())
    except (struct.error, IndexError) as error:
        raise ValueError("damaged container") from error


class _Container:
    """The sectors of a compound file and the chains that link them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("strange sector size")
        self._size = 1 << shift
        self._sectors = len(data) // self._size
        directories, tables, self._directory = struct.unpack_from("<III", data, 40)
        self._cutoff, mini_start, minis, more_start, more = struct.unpack_from("<IIIII", data, 56)
        if max(directories, tables, minis, more) > self._sectors or self._cutoff > 1 << 16:
            raise ValueError("counts beyond the file")
        self._table = self._read_table(tables, more_start, more)
        self._mini_table = self._words(self._joined(mini_start)) if minis else []

    def workbook(self) -> bytes:
        """Return the stream that holds the workbook, after checking the sizes of all streams."""
        directory = self._joined(self._directory)
        found: tuple[int, int] | None = None
        root = 0
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<IQ", directory, place + 116)
            size &= 0xFFFFFFFF if self._size == 512 else 0xFFFFFFFFFFFFFFFF
            if kind and (size > len(self._data) or length > 64):
                raise ValueError("stream beyond the file")
            name = directory[place : place + max(length - 2, 0)].decode("utf-16-le", "replace")
            root = start if kind == 5 else root
            if kind == 2 and name in ("Workbook", "Book"):
                found = (start, size)
        if found is None:
            raise ValueError("no workbook stream")
        start, size = found
        return (self._joined(start) if size >= self._cutoff else self._joined_mini(start, root))[:size]

    def _read_table(self, count: int, more_start: int, more: int) -> list[int]:
        places = list(struct.unpack_from("<109I", self._data, 76))
        at = more_start
        for _ in range(more):
            words = self._words(self._sector(at))
            places += words[:-1]
            at = words[-1]
        table: list[int] = []
        for place in places[:count]:
            table += self._words(self._sector(place))
        return table

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if number >= self._sectors or start >= len(self._data):
            raise ValueError("sector beyond the file")
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _joined(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(self._table, start))

    def _joined_mini(self, start: int, root: int) -> bytes:
        whole = self._joined(root)
        return b"".join(whole[number * 64 : number * 64 + 64] for number in _chain(self._mini_table, start))

    def _words(self, sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector))


def _chain(table: Sequence[int], start: int) -> list[int]:
    """Return the sectors of a chain; one that is longer than the table runs in a ring."""
    numbers: list[int] = []
    at = start
    while at < _LAST_SECTOR:
        numbers.append(at)
        if len(numbers) > len(table):
            raise ValueError("chain without an end")
        at = table[at]
    return numbers


def _check_records(stream: bytes) -> Found:
    place, found = 0, Found()
    begins: list[int] = []
    errors: dict[tuple[int, int], str] = {}
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        body = place + 4
        if kind == _ENCRYPTED:
            raise EncryptedError("encrypted records")
        if kind == _DATE_MODE and length >= 2:
            found.from_1904 = struct.unpack_from("<H", stream, body)[0] == 1
        if kind == _SHEET:
            begins.append(struct.unpack_from("<I", stream, body)[0])
        if kind == _BEGIN:
            errors = found.errors.setdefault(begins.index(place), {}) if place in begins else {}
        if kind in _RESULTS and (said := _error(kind, stream[body : body + length])):
            errors[struct.unpack_from("<HH", stream, body)] = said
        if kind == _DIMENSIONS:
            form = "<IIHH" if length >= 14 else "<HHHH"
            first_row, last_row, first_column, last_column = struct.unpack_from(form, stream, body)
            if not (first_row <= last_row <= _MAX_ROWS and first_column <= last_column <= _MAX_COLUMNS):
                raise ValueError("sheet larger than the format allows")
        if kind in _CELLS and struct.unpack_from("<HH", stream, body)[1] >= _MAX_COLUMNS:
            raise ValueError("cell beyond the last column")
        if kind == _SHARED_STRINGS and max(struct.unpack_from("<II", stream, body)) > len(stream):
            raise ValueError("more shared texts than bytes")
        place = body + length
    return found


def _error(kind: int, body: bytes) -> str:
    """Return the error that a cell shows, an empty text for any other result."""
    if kind == _BOOL_OR_ERROR:
        return _ERRORS.get(body[6], "#N/A") if len(body) >= 8 and body[7] == 1 else ""
    said = len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2
    return _ERRORS.get(body[8], "#N/A") if said else ""
