"""CSV as the offices send it: comma, semicolon, tab or bar; UTF-8 with or without BOM, UTF-16, or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from asn_desk.employees.reading.columns import guess, guess_posts, guess_units
from asn_desk.employees.reading.containers import not_a_workbook, wide_encoding
from asn_desk.employees.reading.headers import HEADER_WITHIN
from asn_desk.employees.reading.picking import BrokenRow
from asn_desk.employees.reading.sheets import RawSheet

_DELIMITERS = ";,\t|"
_NUMBER = re.compile(r"(?:19|20)[0-9]{16}")
_LONGEST_CELL = 131_072


def open_csv(data: bytes, file: str) -> RawSheet:
    """Return the text as one sheet without a name. Raises DeskError("not_a_workbook") when it cannot be read as CSV."""
    encoding = encoding_of(data)
    height = data.count(b"\n") + 1
    delimiter = _delimiter(data, encoding, file)
    return RawSheet("", _rows(data, encoding, delimiter, file), height, fixed_width=False)


def encoding_of(data: bytes) -> str:
    """Return the encoding that the bytes are in; what is no valid UTF-8 is taken as Windows-1252."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := wide_encoding(data):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(data: bytes, encoding: str, file: str) -> str:
    """Return the delimiter whose header row knows the most names, within the first lines."""
    return max(_DELIMITERS, key=lambda delimiter: _known_names(data[: 1 << 20], encoding, delimiter, file))


def _known_names(data: bytes, encoding: str, delimiter: str, file: str) -> int:
    best = 0
    for number, row in enumerate(_rows(data, encoding, delimiter, file)):
        best = max(best, len(guess(row).columns), len(guess_units(row)), len(guess_posts(row)))
        if number >= HEADER_WITHIN:
            break
    return best


def _rows(data: bytes, encoding: str, delimiter: str, file: str) -> Iterator[Sequence[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = _Lines(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline=""))
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            taken = lines.taken
            lines.taken = []
            if len(taken) > 1 and _swallowed(row, delimiter):
                yield from (BrokenRow(line.rstrip("\r\n").split(delimiter)) for line in taken)
            else:
                yield row
    except csv.Error as error:
        raise not_a_workbook(file) from error


class _Lines:
    """The lines of a text, one after the other; `taken` are those since it was last emptied."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._lines = iter(stream)
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        return line


def _swallowed(row: Sequence[str], delimiter: str) -> bool:
    """Return whether a quotation mark that was never closed made other rows part of a cell."""
    most = max(2, (len(row) - 1) * 3 // 5)
    lines = [line for cell in row if "\n" in cell for line in cell.splitlines()[1:]]
    return any(line.count(delimiter) >= most or (delimiter in line and _NUMBER.search(line)) for line in lines)
