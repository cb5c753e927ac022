"""The number beside Edaran: circulars whose slips are overdue."""

from __future__ import annotations

from typing import Any


def count(session: Any) -> int:
    """Return how many running circulars are past their day with people missing."""
    from asn_desk.circulars import queries

    return sum(row.overdue for row in queries.running(session))
