"""Who is signed in at a desk and what that allows, looked at afresh in the first unit of work after the accounts changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from asn_desk.accounts.model import AccountsState, User, UserSecret
from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.database.work import touched
from asn_desk.topics import Topic

VIEW_SECONDS = 600
NOBODY: frozenset[str] = frozenset()
_EPOCH = select(AccountsState.__table__.c.epoch)


@dataclass(frozen=True)
class Viewer:
    """A signed-in user. While `must_change` the rights are empty: the temporary password opens nothing but its own change."""

    user_id: int
    name: str
    role: Role
    rights: frozenset[str]
    must_change: bool


@dataclass(frozen=True)
class Standing:
    """What holds in one unit of work. `on`: the office uses accounts; then `viewer` is who is signed in, or None."""

    epoch: int
    user_id: int | None
    on: bool
    viewer: Viewer | None


def accounts_on(session: Session) -> bool:
    """Return whether the office uses accounts: an active administrator has a password."""
    administrators = (
        select(User.id)
        .join(UserSecret, UserSecret.user_id == User.id)
        .where(User.active.is_(True), User.role == Role.ADMINISTRATOR)
    )
    return bool(session.scalar(select(exists(administrators))))


def rights_of(role: Role, grants: str) -> frozenset[str]:
    """Return the rights of a role together with those granted one by one; words that are not known give nothing."""
    known = {action.value for action in Action}
    return frozenset(RIGHTS[role]) | (frozenset(grants.split(",")) & known)


def viewer_of(session: Session, user_id: int) -> Viewer | None:
    """Return an active user who has a password, with the rights in force; else None."""
    found = session.execute(
        select(User.id, User.name, User.role, User.grants, UserSecret.must_change)
        .join(UserSecret, UserSecret.user_id == User.id)
        .where(User.id == user_id, User.active.is_(True))
    ).one_or_none()
    if found is None:
        return None
    rights = NOBODY if found.must_change else rights_of(found.role, found.grants)
    return Viewer(found.id, found.name, found.role, rights, found.must_change)


def changed(session: Session) -> None:
    """Make every open program look at the accounts again; called by each verb that changes users or passwords."""
    state = state_row(session)
    state.epoch += 1
    touched(session, Topic.USERS)


def state_row(session: Session) -> AccountsState:
    """Return the one row of the accounts' own state, made on first use."""
    state = session.get(AccountsState, 1)
    if state is None:
        state = AccountsState(id=1, epoch=0, lock_minutes=10)
        session.add(state)
    return state


class Access:
    """The memory of one desk. Safe to use from several threads: a standing is replaced as a whole, never changed."""

    def __init__(self) -> None:
        self._user_id: int | None = None
        self._seen: Standing | None = None
        self._lock = threading.Lock()

    @property
    def seen(self) -> Standing | None:
        """Return what the newest unit of work found."""
        return self._seen

    def take_over(self, user_id: int | None) -> None:
        """Let another user, or nobody, work at this desk."""
        with self._lock:
            self._user_id = user_id
            self._seen = None

    def standing(self, session: Session) -> Standing:
        """Return what holds in this unit of work; costs one small SELECT while nothing has changed."""
        epoch = session.execute(_EPOCH).scalar() or 0
        seen, user_id = self._seen, self._user_id
        if seen is not None and seen.epoch == epoch and seen.user_id == user_id:
            return seen
        on = accounts_on(session)
        viewer = viewer_of(session, user_id) if on and user_id is not None else None
        fresh = Standing(epoch, user_id, on, viewer)
        with self._lock:
            if user_id == self._user_id:  # somebody else may have signed in while this unit of work looked
                self._seen = fresh
        return fresh


class Views:
    """Which confidential records a user has looked at lately: a repeated look within ten minutes is not put on record again."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: dict[tuple[int, str], float] = {}
        self._lock = threading.Lock()

    def unrecorded(self, user_id: int, subjects: Iterable[str]) -> list[str]:
        """Return those subjects that are due for the trail."""
        limit = self._now() - VIEW_SECONDS
        with self._lock:
            self._last = {key: at for key, at in self._last.items() if at > limit}
            return [subject for subject in dict.fromkeys(subjects) if (user_id, subject) not in self._last]

    def recorded(self, user_id: int, subjects: Iterable[str]) -> None:
        """Remember that these are on the trail now."""
        with self._lock:
            self._last.update({(user_id, subject): self._now() for subject in subjects})

    def clear(self) -> None:
        """Forget everything: another user sits down, or other data were restored."""
        with self._lock:
            self._last.clear()
