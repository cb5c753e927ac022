"""What the jump palette finds among the employees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asn_desk.employees import queries
from asn_desk.wording import grouped_nip
from ui.shared.page import JumpItem

_MOST = 8


def find(session: Any, text: str) -> Sequence[JumpItem]:
    """Return the people whose number, name, post or unit fits the text."""
    return [
        JumpItem(
            row.name,
            " · ".join(part for part in (grouped_nip(row.number), row.post) if part),
            "person",
            "employees",
            row.id,
        )
        for row in queries.search(session, text, limit=_MOST)
    ]
