"""Records against the trail: what the trail says a record became last must be what stands in its table.

Only tables whose rows are written one by one are compared (each row has its own lines on the trail), and only columns that
decide something. A row changed, made or deleted behind the program's back is named by table and number. Plain sqlite3.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

COMPARED: dict[str, tuple[str, ...]] = {
    "letters": ("kind", "status", "register_entry_id", "employee_id", "docx_sha256", "pdf_sha256", "issued_by"),
    "register_entries": ("series_id", "year", "sequence", "number", "status", "dated"),
    "declarations": (
        "employee_id",
        "office_code",
        "election_id",
        "kpu_status",
        "staff_status",
        "discipline_status",
        "declared_on",
        "closed_on",
    ),
    "declaration_events": ("declaration_id", "code", "happened_on", "effective_on", "file_sha256", "void_reason"),
    "circulars": ("subject", "election_id", "closed_on"),
    "users": ("name", "role", "active", "grants"),
    "officials": ("name", "nip", "capacity", "signs_from", "signs_until"),
    "rule_changes": ("kind", "target", "number", "content", "file_sha256"),
    "approvals": ("act", "subject", "state", "requested_by", "decided_by"),
}
"""Table: columns. A column that a schema does not have is passed over."""


def differences(database: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (record, what) for each record that is not as the trail left it; `record` reads `table:id`."""
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in COMPARED:
        if table in tables:
            yield from _of_table(database, table)


def _of_table(database: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    known = _replayed(database, table)
    present = {str(row["id"]): row for row in map(dict, database.execute(f"SELECT * FROM {table}"))}  # noqa: S608 - own word
    for key, values in known.items():
        row = present.get(key)
        if row is None:
            yield f"{table}:{key}", "hilang"
            continue
        for column in COMPARED[table]:
            if column in values and column in row and _plain(row[column]) != _plain(values[column]):
                yield f"{table}:{key}", column
    for key in sorted(present.keys() - known.keys()):
        yield f"{table}:{key}", "tanpa jejak"


def _replayed(database: sqlite3.Connection, table: str) -> dict[str, dict[str, Any]]:
    """Return the last values that the trail says of each row that it did not delete, by the row's number."""
    known: dict[str, dict[str, Any]] = {}
    query = "SELECT action, subject, after FROM audit_entries WHERE action IN (?, ?, ?) ORDER BY seq"
    verbs = [f"{table}:{verb}" for verb in ("created", "changed", "deleted")]
    for action, subject, after in database.execute(query, verbs):
        key = subject.partition(":")[2]
        if action.endswith(":deleted"):
            known.pop(key, None)
        else:
            known.setdefault(key, {}).update(_values(after))
    return known


def _values(after: str) -> Mapping[str, Any]:
    told = json.loads(after)
    return told if isinstance(told, dict) else {}


def _plain(value: Any) -> str:
    """Return a value in one form, whether it came from the trail's JSON or from the table."""
    if isinstance(value, bool):
        return str(int(value))
    if value is None:
        return ""
    return str(value)
