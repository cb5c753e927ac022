"""The jump palette's lines for circulars: by subject or number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.shared.page import JumpItem

_SHOWN = 4


def find(session: Any, text: str) -> Sequence[JumpItem]:
    """Return circulars that fit the text, newest first."""
    from asn_desk.circulars import queries
    from asn_desk.wording import number

    ids = queries.circular_ids(session, queries.CircularFilter(text=text))[:_SHOWN]
    return [
        JumpItem(
            row.subject,
            f"Edaran nomor {row.number} · {number(row.tally.signed)} dari {number(row.tally.total)} menandatangani",
            "megaphone",
            "circulars",
            row.id,
        )
        for row in queries.circular_rows(session, ids)
    ]
