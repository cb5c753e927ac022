"""What schema 0002 puts on the trail: rows that the first schema wrote without their values, as the upgrade finds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from asn_desk.database.trail import written
from asn_desk.database.trail.audit import as_json, entry_hash

WRITTEN_IN_BULK = ("postings", "recipients", "declaration_revisions")
"""Tables whose rows the first schema put on its trail as a count, or not at all, or that this upgrade filled."""
_AT_ONCE = 5000
_HEAD = text("SELECT seq, hash FROM audit_head WHERE id = 1")
_ENTRY = text(
    "INSERT INTO audit_entries (seq, at, actor, action, subject, before, after, previous, hash) "
    "VALUES (:seq, :at, :actor, :action, :subject, :before, :after, :previous, :hash)"
)
_NEW_HEAD = text("UPDATE audit_head SET seq = :seq, hash = :hash WHERE id = 1")


def keep_on_record(connection: Connection) -> None:
    """Put the rows that the trail does not know on it, as they stand; from then on a change behind its back is seen.

    Nothing is written in an office without such rows, such as a new one.
    """
    parts = [part for table in WRITTEN_IN_BULK for part in _parts(connection, table)]
    head = connection.execute(_HEAD).one_or_none()
    if not parts or head is None:
        return
    entry = {
        "seq": head.seq + 1, "previous": head.hash, "at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "actor": "sistem", "action": written.UPGRADED, "subject": "schema:2",
        "before": "{}", "after": as_json({written.KEPT: parts}),
    }  # fmt: skip
    entry["hash"] = entry_hash(entry)
    connection.execute(_ENTRY, entry)
    connection.execute(_NEW_HEAD, {"seq": entry["seq"], "hash": entry["hash"]})


def _parts(connection: Connection, table: str) -> Iterator[written.Part]:
    found = connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))  # noqa: S608 - a name from above
    for rows in found.mappings().partitions(_AT_ONCE):
        yield written.from_dicts(table, "id", [dict(row) for row in rows])
