"""Letters about a candidacy file: filled from what the file knows, issued and linked in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.candidacy.loading import declaration_of
from asn_desk.candidacy.queries import letter_values
from asn_desk.candidacy.service import link_letter
from asn_desk.letters.kinds import kind_of
from asn_desk.letters.service import IssuedLetter, IssueLetter, issue


def letter_command(
    session: Session, declaration_id: int, kind: str, dated: date, extra: Mapping[str, Any] | None = None
) -> IssueLetter:
    """Return the letter of this kind about a file, with every field the file can fill; `extra` (dotted keys) goes before.

    Raises DeskError("kind_unknown" | "unknown_declaration").
    """
    known = {field.key for field in kind_of(kind).inputs}
    values = {key: value for key, value in letter_values(session, declaration_id).items() if key in known}
    return IssueLetter(kind, dated, declaration_of(session, declaration_id).employee_id, {**values, **(extra or {})})


def issue_letter(session: Session, declaration_id: int, command: IssueLetter) -> IssuedLetter:
    """Issue a letter about a file and note that it belongs to it. Raises as `letters.service.issue`."""
    issued = issue(session, command)
    link_letter(session, declaration_id, issued.id)
    return issued
