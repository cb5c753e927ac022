"""Candidacy files in the jump palette, by name or NIP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asn_desk.candidacy import queries
from asn_desk.candidacy.rows import DeclarationFilter
from ui.shared.page import JumpItem

_MOST = 8


def find(session: Any, text: str) -> Sequence[JumpItem]:
    """Return the files of the people who fit the text."""
    if not text.strip():
        return []
    ids = queries.declaration_ids(session, DeclarationFilter(text=text.strip(), with_closed=True))
    rows = queries.declaration_rows(session, ids[:_MOST])
    return [
        JumpItem(
            row.name,
            f"Pencalonan: {row.office_name} · {row.election_title}",
            "flag",
            "candidacy",
            {"declaration_id": row.id},
        )
        for row in rows
    ]
