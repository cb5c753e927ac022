"""The number beside Pindai: pages and boxes that wait for a clerk."""

from __future__ import annotations

from typing import Any


def count(session: Any) -> int:
    """Return how many pages of the tray and unsure boxes there are."""
    from asn_desk.circulars.scanning import queries

    return queries.tray_count(session)
