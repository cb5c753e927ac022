"""The verb `trail`: who changed or looked at what, and when."""

from __future__ import annotations

import argparse
from typing import Any

from asn_desk import wording
from asn_desk.accounts.trail import TrailFilter, TrailRow, change_words, trail_ids, trail_rows
from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer


def trail(arguments: argparse.Namespace) -> Answer:
    """Answer with the newest entries of a filter."""
    wanted = TrailFilter(arguments.user, arguments.subject, first=arguments.day, last=arguments.day)

    def read(session: Any) -> tuple[int, list[TrailRow]]:
        ids = trail_ids(session, wanted)
        return len(ids), trail_rows(session, ids[: max(arguments.limit, 0)])

    with office_desk(arguments, exclusive=False) as desk:
        total, rows = desk.read(read)
    return Answer({"total": total, "entries": [_data(row) for row in rows]}, tuple(_line(row) for row in rows))


def _data(row: TrailRow) -> dict[str, object]:
    return {
        "seq": row.id, "at": row.at, "user": row.user, "action": row.action, "subject": row.subject, "what": row.what,
        "changes": {change.column: {"before": change.before, "after": change.after} for change in row.changes},
    }  # fmt: skip


def _line(row: TrailRow) -> str:
    at = row.at.astimezone()
    told = "; ".join(change_words(change) for change in row.changes)
    head = f"{row.id}  {wording.short_date(at.date())} {wording.clock_time(at)}  {row.user}: {row.what}"
    return f"{head} ({told})" if told else head
