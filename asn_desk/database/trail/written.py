"""What bulk statements wrote, in a form that the trail keeps and a verifier reads back: which rows, which values.

A part names a table, its columns, the rows' ids and their values; long ones are packed, for a published circular has 20,000.
`audit.record(..., after={MADE: [part, ...]})` puts it on the trail. Standard library alone: `replay` reads without the ORM.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

MADE, SET, GONE, KEPT = "rows_made", "rows_set", "rows_gone", "rows_kept"
"""Rows inserted; columns changed; rows deleted; rows that an upgrade of the schema found and put on record as they stood."""
FORMS = (MADE, SET, GONE, KEPT)
UPGRADED = "schema:upgraded"
"""The entry of an upgrade that put rows on record (KEPT)."""
PARTED = "\x1f"
_PACKED_FROM = 8
Part = dict[str, Any]


def rows(
    table: str,
    columns: Sequence[str],
    ids: Iterable[int],
    values: Sequence[Sequence[Any]],
    *,
    text: str = "",
    everywhere: Mapping[str, Any] | None = None,
    copied: Mapping[str, str] | None = None,
) -> Part:
    """Return the part for rows given as value tuples in the order of `columns`, with their ids in the same order.

    `text`: the same rows as lines of texts parted by PARTED, where somebody has made them already. `everywhere`: columns
    with one value in all rows; `copied`: columns that hold what another column holds.
    """
    part: Part = {"table": table, "columns": list(columns), "ids": runs(ids)}
    if everywhere:
        part["everywhere"] = dict(everywhere)
    if copied:
        part["copied"] = dict(copied)
    if text and _parts_well(text, len(values), len(columns)):
        return part | {"lines": _packed(text)}
    if len(values) < _PACKED_FROM:
        return part | {"rows": [list(row) for row in values]}
    return part | {"packed": _packed(_ENCODER.encode(values))}


def from_dicts(table: str, key: str, found: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Part:
    """Return the part for rows given as mappings that hold their id under `key`; by default all other names are columns."""
    names = columns or [name for name in (found[0] if found else ()) if name != key]
    return rows(table, names, [row[key] for row in found], [[row[name] for name in names] for row in found])


def gone(table: str, ids: Iterable[int]) -> Part:
    """Return the part for rows that were deleted."""
    return {"table": table, "ids": runs(ids)}


def count(part: Part) -> int:
    """Return of how many rows a part speaks."""
    return sum(len(run) for run in _runs(part["ids"]))


def counted(after: str) -> dict[str, int]:
    """Return by table of how many rows an entry speaks; nothing where it cannot be read."""
    found: dict[str, int] = {}
    try:
        told = json.loads(after)
        for part in (part for form in FORMS for part in told.get(form, ())):
            found[part["table"]] = found.get(part["table"], 0) + count(part)
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
    return found


def ids_of(part: Part) -> list[int]:
    """Return the ids of a part's rows."""
    return [one for run in _runs(part["ids"]) for one in run]


def printed(part: Part) -> bool:
    """Return whether a part's values were put on record as their texts; None reads `None`."""
    return "lines" in part


def read(part: Part) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (id, values by column) of a part's rows. Raises ValueError where it is no such part."""
    columns, same, copied = part["columns"], part.get("everywhere", {}), part.get("copied", {})
    for one, row in zip(ids_of(part), _values(part), strict=True):
        values = dict(zip(columns, row, strict=True))
        yield one, values | same | {name: values[of] for name, of in copied.items()}


def runs(ids: Iterable[int]) -> str:
    """Return ids as `1-500,777`, in their order."""
    if isinstance(ids, range) and ids.step == 1 and len(ids) > 1:
        return f"{ids[0]}-{ids[-1]}"
    found: list[list[int]] = []
    for one in ids:
        if found and found[-1][1] == one - 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def _runs(text: str) -> Iterator[range]:
    for run in filter(None, text.split(",")):
        first, _, last = run.partition("-")
        yield range(int(first), int(last or first) + 1)


def _values(part: Part) -> Iterable[Sequence[Any]]:
    if "lines" in part:
        return (line.split(PARTED) for line in _unpacked(part["lines"]).split("\n"))
    found: Iterable[Sequence[Any]] = part["rows"] if "rows" in part else json.loads(_unpacked(part["packed"]))
    return found


def _parts_well(text: str, lines: int, columns: int) -> bool:
    """Return whether no value holds a sign that parts values or lines."""
    return text.count("\n") == lines - 1 and text.count(PARTED) == lines * (columns - 1)


def _packed(text: str) -> str:
    return b64encode(zlib.compress(text.encode(), 1)).decode("ascii")


def _unpacked(text: str) -> str:
    try:
        return zlib.decompress(b64decode(text, validate=True)).decode()
    except zlib.error as error:
        raise ValueError("not a packed part") from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
