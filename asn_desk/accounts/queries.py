"""Reading the operators."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.model import User


@dataclass(frozen=True)
class UserRow:
    """One operator, as lists and pickers show them."""

    id: int
    name: str
    active: bool
    version: int


def users(session: Session, *, active_only: bool = False) -> list[UserRow]:
    """Return the operators by name."""
    wanted = select(User).order_by(User.name)
    if active_only:
        wanted = wanted.where(User.active.is_(True))
    return [_row(user) for user in session.scalars(wanted)]


def user_named(session: Session, name: str) -> UserRow | None:
    """Return the operator with exactly this name, or None."""
    user = session.scalar(select(User).where(User.name == name))
    return None if user is None else _row(user)


def _row(user: User) -> UserRow:
    return UserRow(user.id, user.name, user.active, user.version)
