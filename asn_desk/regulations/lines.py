"""On which line of a TOML file a table, a row or a key stands, so that a fault can be found without counting."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[{1,2}\s*([\w.\-]+)\s*\]{1,2}")
_MESSAGE = re.compile(r"line (\d+)")


def line_in_message(message: str) -> int | None:
    """Return the line that a parser's message names, or None."""
    found = _MESSAGE.search(message)
    return int(found.group(1)) if found else None


def line_of(text: str, path: Sequence[str | int], value: str = "") -> int | None:
    """Return the line (from 1) of the thing at `path`, e.g. ("rules", 3, "due", "trigger"); None when it is not found.

    What a key lacks is shown at the nearest thing above it: a missing key at the head of its row. `value` chooses among
    several lines of one key the one that holds this word in quotes.
    """
    rows = text.splitlines()
    if not path:
        return 1 if rows else None
    block = _block(rows, str(path[0]), path[1] if len(path) > 1 and isinstance(path[1], int) else None)
    if block is None:
        return _key_line(rows, range(len(rows)), str(path[0]))
    keys = path[2:] if len(path) > 1 and isinstance(path[1], int) else path[1:]
    line = _within(rows, block, keys)
    return _with_value(rows, range(line, block.stop), value) + 1 if value else line + 1


def _block(rows: Sequence[str], table: str, index: int | None) -> range | None:
    """Return the lines of the index-th `[[table]]`, or of `[table]`, its sub-tables included."""
    heads = [number for number, row in enumerate(rows) if _name(row) == table]
    if len(heads) <= (index or 0):
        return None
    start = heads[index or 0]
    inside = (table + ".",)
    ends = (
        number
        for number in range(start + 1, len(rows))
        if (name := _name(rows[number])) and not name.startswith(inside)
    )
    return range(start, next(ends, len(rows)))


def _name(row: str) -> str:
    found = _HEADER.match(row)
    return found.group(1) if found else ""


def _within(rows: Sequence[str], block: range, keys: Sequence[str | int]) -> int:
    """Follow the keys into the block as far as they can be seen; return the last line reached."""
    line = block.start
    for key in keys:
        span = range(line, block.stop)
        found = _element(rows, span, key) if isinstance(key, int) else _key(rows, span, key)
        line = line if found is None else found
    return line


def _key(rows: Sequence[str], span: range, key: str) -> int | None:
    pattern = re.compile(rf'(^|[\s,{{."]){re.escape(key)}"?\s*=|^\s*\[{{1,2}}[\w.\-]*\.{re.escape(key)}\]')
    return next((number for number in span if pattern.search(rows[number])), None)


def _key_line(rows: Sequence[str], span: range, key: str) -> int | None:
    found = _key(rows, span, key)
    return None if found is None else found + 1


def _element(rows: Sequence[str], span: range, index: int) -> int | None:
    """Return the line of the index-th inline table `{...}` of a list written one to a line."""
    opening = [number for number in span if rows[number].lstrip().startswith("{")]
    return opening[index] if index < len(opening) else None


def _with_value(rows: Sequence[str], span: range, value: str) -> int:
    pattern = re.compile(rf"[\"'+\s]{re.escape(value)}[\"'+\s]")
    return next((number for number in span if pattern.search(rows[number])), span.start)
