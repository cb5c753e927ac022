"""Reading the users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from asn_desk.accounts import access
from asn_desk.accounts.model import AccountsState, User, UserSecret
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action, Role

USUAL_LOCK_MINUTES = 10


@dataclass(frozen=True)
class UserRow:
    """One user, as lists and pickers show them. `grants` are rights beyond those of the role."""

    id: int
    name: str
    active: bool
    version: int
    role: Role = Role.OPERATOR
    grants: frozenset[Action] = frozenset()
    has_password: bool = False
    must_change: bool = False
    locked_until: datetime | None = None


@dataclass(frozen=True)
class AccountsView:
    """What the window must know of the accounts: whether they are on, who may sign in, when the screen locks itself."""

    on: bool
    names: tuple[str, ...]
    lock_minutes: int


def users(session: Session, *, active_only: bool = False) -> list[UserRow]:
    """Return the users by name. Raises DeskError("not_allowed")."""
    require(session, Action.EDIT_USERS)
    wanted = _users()
    if active_only:
        wanted = wanted.where(User.active.is_(True))
    return [_row(found) for found in session.execute(wanted)]


def user_named(session: Session, name: str) -> UserRow | None:
    """Return the user with exactly this name, or None. Raises DeskError("not_allowed")."""
    require(session, Action.EDIT_USERS)
    found = session.execute(_users().where(User.name == name)).one_or_none()
    return None if found is None else _row(found)


def active_names(session: Session) -> list[str]:
    """Return the names of those who work here, by name; everybody may know them, also to sign in."""
    return list(session.scalars(select(User.name).where(User.active.is_(True)).order_by(User.name)))


def accounts_view(session: Session) -> AccountsView:
    """Return what the sign-in page and the screen lock need; everybody may know it, also before signing in."""
    on = access.accounts_on(session)
    able = select(User.name).join(UserSecret, UserSecret.user_id == User.id).where(User.active.is_(True))
    names = tuple(session.scalars(able.order_by(User.name))) if on else ()
    minutes = session.scalar(select(AccountsState.lock_minutes)) or USUAL_LOCK_MINUTES
    return AccountsView(on, names, minutes)


def _users() -> Select[*tuple[Any, ...]]:
    return (
        select(User, UserSecret.must_change, UserSecret.locked_until)
        .outerjoin(UserSecret, UserSecret.user_id == User.id)
        .order_by(User.name)
    )


def _row(found: Row[Any]) -> UserRow:
    user: User = found.User
    grants = frozenset(action for action in Action if action.value in user.grants.split(","))
    return UserRow(
        user.id, user.name, user.active, user.version, user.role, grants,
        found.must_change is not None, bool(found.must_change), found.locked_until,
    )  # fmt: skip
