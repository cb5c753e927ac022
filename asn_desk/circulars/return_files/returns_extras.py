"""What a unit did to a return file beside filling it in: formulas, merged cells, sheets, comments; none of it is an answer."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from asn_desk.circulars.return_files import returns_sheet as form
from asn_desk.employees.reading.columns import column_letters

Merged = tuple[tuple[int, int], tuple[int, int]]
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
_COMMENTS = re.compile(r"xl/(?:comments|threadedComments)[^>]*\.xml")


def formulas(data: bytes) -> frozenset[str]:
    """Return the addresses of the people's sheet that hold a formula; a value worked out elsewhere is nobody's answer."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = _part(package)
        found = _FORMULA.findall(package.read(part)) if part in package.namelist() else []
    return frozenset(address.decode() for address in found)


def _part(package: zipfile.ZipFile) -> str:
    if not {_BOOK, _LINKS} <= set(package.namelist()):
        return ""
    try:
        book, links = (ET.fromstring(package.read(one)) for one in (_BOOK, _LINKS))  # noqa: S314 - expat bounds entities
    except ET.ParseError:
        return ""
    targets = {one.get("Id"): (one.get("Target") or "").removeprefix("/xl/") for one in links}
    wanted = (one.get(_LINK) for one in book.iter(f"{_MAIN}sheet") if one.get("name") == form.SHEET)
    return f"xl/{targets.get(next(wanted, None), '')}"


def has_comments(data: bytes) -> bool:
    """Return whether somebody wrote comments into the workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return any(_COMMENTS.fullmatch(name) for name in package.namelist())


def merged_answers(ranges: Sequence[Merged], people: int) -> Iterator[tuple[int, str]]:
    """Yield (first row, range) of merged cells that lie over the open cells of several people."""
    last = form.FIRST_ROW + people - 1
    for (top, left), (bottom, right) in ranges:
        rows = range(max(top + 1, form.FIRST_ROW), min(bottom + 1, last) + 1)
        if len(rows) > 1 and any(column_letters(place) in form.ANSWERS for place in range(left, right + 1)):
            yield top + 1, f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
