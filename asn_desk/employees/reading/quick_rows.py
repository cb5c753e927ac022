"""Rows of a slice whose cells are all plain text, taken straight from the XML: only the columns that are wanted are touched.

Anything else (numbers, dates, formulas, rich text, cells without a place) is declined, and the reading library reads the slice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from asn_desk.employees.reading.cells import Cell

_ROW = re.compile(r'r="([0-9]{1,7})"')
_ITEM = re.compile(r"<si(?:/>|>(.*?)</si>)", re.DOTALL)
_TEXT = re.compile(r"<t(?:/>|(?: [^>]*)?>([^<]*)</t>)")
_SPOKEN = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_OTHER = r"([^>]*>(?:<is><t[^>]*>|<v>)?[^<]*(?:</[tv]>)?)"
_PARTS = re.compile(r"([^>]*)>(?:<is><t[^>]*>|<v>)?([^<]*)(</[tv]>)?")
_KIND = re.compile(r' t="(\w+)"')


class Declined(Exception):
    """The slice holds something that only the reading library understands."""


class QuickRows:
    """Reads slices of one sheet. `columns` are the wanted ones by letters with their place in a row."""

    def __init__(self, columns: dict[str, int], shared: bytes | None) -> None:
        self._place = columns
        self._width = max(columns.values()) + 1
        self._cells = re.compile(
            rf'<c(?: r="({_any_of(columns)})[0-9]++"(?: s="[0-9]++"|)'
            rf'(?: t="inlineStr"><is><t>([^<]*+)</t>| t="s"><v>([0-9]++)</v>|{_OTHER})|(?! r="))'
        )
        self._shared_xml = shared
        self._shared: list[str] = []

    def rows(self, xml: bytes, after: int) -> list[tuple[int, list[Cell]]]:
        """Return (number, cells) of each row beyond number `after`; cells that are not wanted are empty. Raises Declined."""
        try:
            text = xml.decode()
        except UnicodeDecodeError as error:
            raise Declined from error
        return list(self._rows(text, after, escaped="_" in text and "_x" in text))

    def _rows(self, text: str, after: int, *, escaped: bool) -> Iterator[tuple[int, list[Cell]]]:
        blank: list[Cell] = [""] * self._width
        find, place = self._cells.findall, self._place
        pieces = text.split("<row ")
        if pieces[0].strip():
            raise Declined
        for piece in pieces[1:]:
            begin = _ROW.match(piece)
            if begin is None or int(begin[1]) <= after:
                raise Declined
            after = int(begin[1])
            cells = blank.copy()
            plain = not escaped and "&" not in piece
            for letters, value, index, other in find(piece):
                if value:
                    cells[place[letters]] = value if plain else _unescaped(value)
                elif index:
                    cells[place[letters]] = self._shared_text(index)
                elif other:
                    cells[place[letters]] = self._other(other)
                elif not letters:  # a cell without a place
                    raise Declined
            yield after, cells

    def _other(self, cell: str) -> Cell:
        """Return the value of a cell that is written in another way, from its attributes on; most of them are empty."""
        attributes, value, closed = _PARTS.match(cell).groups()  # type: ignore[union-attr]
        if not closed:
            if attributes[-1:] != "/":
                raise Declined
            return ""
        found = _KIND.search(attributes)
        if found is not None and found[1] == "s":
            return self._shared_text(value)
        if found is None or found[1] not in ("inlineStr", "str"):
            raise Declined
        return _unescaped(value)

    def _shared_text(self, index: str) -> str:
        if self._shared_xml is None:
            raise Declined
        if not self._shared:
            self._shared = _shared_texts(self._shared_xml)
        try:
            return self._shared[int(index)]
        except (ValueError, IndexError) as error:
            raise Declined from error


def _any_of(columns: Iterable[str]) -> str:
    """Return the pattern of these column letters, those with one beginning together: `[AB]|A[CD]`."""
    last: dict[str, str] = {}
    for letters in columns:
        last[letters[:-1]] = last.get(letters[:-1], "") + letters[-1]
    return "|".join(f"{begin}[{ends}]" for begin, ends in last.items())


def _unescaped(value: str) -> str:
    if "_x" in value:
        raise Declined
    return html.unescape(value) if "&" in value else value


def _shared_texts(xml: bytes) -> list[str]:
    """Return the workbook's shared texts; how they are spoken (phonetic hints) is left out."""
    try:
        text = xml.decode()
    except UnicodeDecodeError as error:
        raise Declined from error
    if "<!" in text or "_x" in text:
        raise Declined
    return [_joined(item) for item in _ITEM.findall(text)]


def _joined(item: str) -> str:
    found = "".join(_TEXT.findall(_SPOKEN.sub("", item) if "<rPh" in item else item))
    return html.unescape(found) if "&" in found else found
