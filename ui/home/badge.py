"""The number beside Beranda: duties overdue or due today."""

from __future__ import annotations

from typing import Any

from asn_desk.candidacy.queries import urgent_count


def count(session: Any) -> int:
    """Return how many duties are late or due today over all open files."""
    return urgent_count(session)
