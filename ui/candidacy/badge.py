"""The number beside Pencalonan: duties overdue or due today."""

from __future__ import annotations

from typing import Any

from asn_desk.candidacy import queries


def count(session: Any) -> int:
    """Return how many duties of open files are overdue or due today."""
    return queries.urgent_count(session)
