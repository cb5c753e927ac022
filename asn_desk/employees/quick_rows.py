"""Rows of a slice whose cells are all plain text, taken straight from the XML: only the columns that are wanted are touched.

Anything else (numbers, dates, formulas, rich text, cells without a place) is declined, and the reading library reads the slice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from asn_desk.employees.sheets import Cell

_ROW = re.compile(r'r="([0-9]{1,7})"')
_ITEM = re.compile(r"<si(?:/>|>(.*?)</si>)", re.DOTALL)
_TEXT = re.compile(r"<t(?:/>|(?: [^>]*)?>([^<]*)</t>)")
_SPOKEN = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)


class Declined(Exception):
    """The slice holds something that only the reading library understands."""


class QuickRows:
    """Reads slices of one sheet. `columns` are the wanted ones by letters with their place in a row."""

    def __init__(self, columns: dict[str, int], shared: bytes | None) -> None:
        self._place = columns
        self._width = max(columns.values()) + 1
        letters = "|".join(sorted(columns, key=len, reverse=True))
        self._cells = re.compile(rf'<c r="({letters})[0-9]+"([^>]*)>(?:<is><t[^>]*>|<v>)?([^<]*)(</[tv]>)?')
        self._shared_xml = shared
        self._shared: list[str] = []
        self._kinds: dict[str, str] = {}

    def rows(self, xml: bytes, after: int) -> list[tuple[int, list[Cell]]]:
        """Return (number, cells) of each row beyond number `after`; cells that are not wanted are empty. Raises Declined."""
        try:
            text = xml.decode()
        except UnicodeDecodeError as error:
            raise Declined from error
        if text.count("<c") != text.count('<c r="'):
            raise Declined
        return list(self._rows(text, after))

    def _rows(self, text: str, after: int) -> Iterator[tuple[int, list[Cell]]]:
        blank: list[Cell] = [""] * self._width
        find, place, kinds = self._cells.findall, self._place, self._kinds
        pieces = text.split("<row ")
        if pieces[0].strip():
            raise Declined
        for piece in pieces[1:]:
            begin = _ROW.match(piece)
            if begin is None or int(begin[1]) <= after:
                raise Declined
            after = int(begin[1])
            cells = blank.copy()
            for letters, attributes, value, closed in find(piece):
                if not closed:
                    if attributes[-1:] != "/":
                        raise Declined
                elif (kinds.get(attributes) or self._kind(attributes)) != "text":
                    cells[place[letters]] = self._other(kinds[attributes], value)
                elif "&" in value or "_x" in value:
                    cells[place[letters]] = _unescaped(value)
                else:
                    cells[place[letters]] = value
            yield after, cells

    def _kind(self, attributes: str) -> str:
        found = re.search(r' t="(\w+)"', attributes)
        kind = {"inlineStr": "text", "str": "text", "s": "shared"}.get(found[1] if found else "", "other")
        self._kinds[attributes] = kind
        return kind

    def _other(self, kind: str, value: str) -> Cell:
        if kind != "shared" or self._shared_xml is None:
            raise Declined
        if not self._shared:
            self._shared = _shared_texts(self._shared_xml)
        try:
            return self._shared[int(value)]
        except (ValueError, IndexError) as error:
            raise Declined from error


def _unescaped(value: str) -> str:
    if "_x" in value:
        raise Declined
    return html.unescape(value)


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
