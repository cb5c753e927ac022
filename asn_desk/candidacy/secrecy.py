"""A candidacy is confidential until the organiser determines it: who may see which file, asked in the query itself."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, not_, select, true
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import allowed, require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy.model import Declaration, DeclarationEvent
from asn_desk.database.trail import audit

LIST = "declarations:list"
PUBLIC_EVENT = "PENETAPAN"
"""The list of candidates or the decision on the pair is published; before that the plan is the person's own matter."""


def is_public() -> ColumnElement[bool]:
    """Return the condition that a declaration's candidacy was determined and so is known to everybody."""
    return exists().where(
        DeclarationEvent.declaration_id == Declaration.id,
        DeclarationEvent.code == PUBLIC_EVENT,
        DeclarationEvent.voided_at.is_(None),
    )


def shown(session: Session) -> ColumnElement[bool]:
    """Return the condition that this user may see a declaration by name."""
    return true() if allowed(session, Action.SEE_CANDIDACY) else is_public()


def confidential(session: Session, declaration_id: int) -> bool:
    """Return whether a file is not public yet."""
    return session.scalar(select(Declaration.id).where(Declaration.id == declaration_id, not_(is_public()))) is not None


def open_file(session: Session, declaration_id: int) -> None:
    """Let only people with the right into a file, and note the view of a confidential one. Raises DeskError("not_allowed").

    Without the right nothing is said about whether the file exists.
    """
    require(session, Action.SEE_CANDIDACY)
    if confidential(session, declaration_id):
        audit.viewed(session, f"declarations:{declaration_id}")


def hidden_count(session: Session) -> int:
    """Return how many open files this user may not see by name; one number over all, so that no filter tells more."""
    if allowed(session, Action.SEE_CANDIDACY):
        return 0
    query = select(func.count()).select_from(Declaration)
    return session.scalar(query.where(Declaration.closed_on.is_(None), not_(is_public()))) or 0
