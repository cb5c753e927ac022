"""The jump palette's lines for letters: by number, name or subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.shared.page import JumpItem

_SHOWN = 6


def find(session: Any, text: str) -> Sequence[JumpItem]:
    """Return letters that fit the text, newest first."""
    from asn_desk.letters import queries
    from asn_desk.wording import short_date

    ids = queries.letter_ids(session, queries.LetterFilter(text=text))[:_SHOWN]
    return [
        JumpItem(
            row.number or row.kind_title,
            " · ".join(part for part in (row.kind_title, row.person or row.title, short_date(row.dated)) if part),
            "document",
            "letters",
            {"letter_id": row.id},
        )
        for row in queries.letter_rows(session, ids)
    ]
