"""CSV as the offices send it: comma, semicolon, tab or bar; UTF-8 with or without BOM, UTF-16, or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from asn_desk.employees.reading.columns import guess, guess_posts, guess_units
from asn_desk.employees.reading.containers import not_a_workbook
from asn_desk.employees.reading.sheets import HEADER_WITHIN, RawSheet

_DELIMITERS = ";,\t|"
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


def _rows(data: bytes, encoding: str, delimiter: str, file: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")
    try:
        yield from csv.reader(stream, delimiter=delimiter)
    except csv.Error as error:
        raise not_a_workbook(file) from error
