"""Entering users, giving them roles, rights and passwords. Each change is in force at once in every open program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts import passwords
from asn_desk.accounts.access import accounts_on, changed, state_row
from asn_desk.accounts.approvals import consent
from asn_desk.accounts.model import User, UserSecret
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Act, Action, Role
from asn_desk.database.trail.audit import record
from asn_desk.database.work import NewPassword, check_version, work_of
from asn_desk.errors import DeskError

MAX_NAME = 200
SHORTEST_LOCK, LONGEST_LOCK = 1, 120


def add_user(session: Session, name: str, role: Role = Role.OPERATOR) -> int:
    """Enter a user without a password and return the id. Raises DeskError("user") when the name is empty, too long or taken."""
    require(session, Action.EDIT_USERS)
    user = User(name=_checked_name(session, name, own_id=None), role=role)
    session.add(user)
    session.flush()
    changed(session)
    return user.id


def rename_user(session: Session, user_id: int, name: str, version: int) -> None:
    """Change a user's name; what they did before keeps the old name in the trail.

    Raises DeskError("user" | "user_missing") and StaleRecord.
    """
    require(session, Action.EDIT_USERS)
    user = _user(session, user_id, version)
    user.name = _checked_name(session, name, own_id=user_id)
    changed(session)


def set_active(session: Session, user_id: int, *, active: bool, version: int) -> None:
    """Let a user work or not; the last active one, and the last administrator, stay. To shut one out takes two persons.

    Raises DeskError("user_missing" | "last_user" | "last_administrator" | "needs_second_person"), StaleRecord.
    """
    require(session, Action.EDIT_USERS)
    user = _user(session, user_id, version)
    if user.active == active:
        return
    if not active:
        _refuse_last(session, user_id)
    with _keeping_an_administrator(session):
        user.active = active
    if not active:  # asked last: who is to be shut out does not count as the second person
        consent(session, Act.DELETE_USER, f"users:{user_id}", "menonaktifkan")


def delete_user(session: Session, user_id: int, version: int) -> None:
    """Take a user off the list; their name stays on the trail. Takes two persons.

    Raises DeskError("user_missing" | "last_user" | "last_administrator" | "needs_second_person"), StaleRecord.
    """
    require(session, Action.EDIT_USERS)
    user = _user(session, user_id, version)
    _refuse_last(session, user_id)
    with _keeping_an_administrator(session):
        secret = session.get(UserSecret, user_id)
        if secret is not None:
            session.delete(secret)
            session.flush()  # the secret names the user, so it goes first
        session.delete(user)
    consent(session, Act.DELETE_USER, f"users:{user_id}", "menghapus")


def set_role(session: Session, user_id: int, role: Role, version: int) -> None:
    """Give a user another role. To take the administrator's role away takes two persons.

    Raises DeskError("user_missing" | "last_administrator" | "needs_second_person"), StaleRecord.
    """
    require(session, Action.EDIT_USERS)
    user = _user(session, user_id, version)
    lowered = user.role is Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR
    with _keeping_an_administrator(session):
        user.role = role
    if lowered and work_of(session).rights is not None:
        consent(session, Act.DELETE_USER, f"users:{user_id}", "menurunkan dari administrator")


def set_grants(session: Session, user_id: int, grants: Iterable[Action], version: int) -> None:
    """Give a user single rights beyond those of the role. Raises DeskError("user_missing"), StaleRecord."""
    require(session, Action.EDIT_USERS)
    user = _user(session, user_id, version)
    user.grants = ",".join(sorted(action.value for action in set(grants)))
    changed(session)


def set_password(session: Session, user_id: int, version: int) -> str:
    """Give a user a temporary password and return it, to be told once; it opens nothing but its own change.

    Raises DeskError("user_missing" | "own_password" | "accounts_off"), StaleRecord.
    """
    require(session, Action.EDIT_USERS)
    user = _user(session, user_id, version)
    if user_id == work_of(session).user_id:
        raise DeskError(
            "own_password", "Kata sandi Anda sendiri diganti dengan kata sandi lama, lewat Ganti kata sandi."
        )
    if not accounts_on(session):
        raise DeskError("accounts_off", "Nyalakan akun dahulu: administrator pertama memilih kata sandinya sendiri.")
    word = passwords.temporary()
    _keep_hash(session, user, word, must_change=True)
    return word


def turn_on(session: Session, user_id: int, password: str, version: int, *, key: str = "password") -> None:
    """Switch the accounts on: this user becomes the first administrator. From then on nobody works without signing in.

    `key` is the form's field that a weak password is marked at.
    Raises DeskError("accounts_on" | "user_missing" | "user" | "password"), StaleRecord.
    """
    require(session, Action.EDIT_USERS)
    if accounts_on(session):
        raise DeskError("accounts_on", "Akun sudah dinyalakan. Muat ulang daftar pengguna.")
    user = _user(session, user_id, version)
    if not user.active:
        raise DeskError("user", "Pengguna ini nonaktif. Pilih pengguna yang aktif sebagai administrator.")
    passwords.check(password, user.name, key)
    user.role = Role.ADMINISTRATOR
    _keep_hash(session, user, password, must_change=False)
    record(session, "accounts:turned_on", f"users:{user_id}")


def set_lock_minutes(session: Session, minutes: int) -> None:
    """Set after how many minutes without input the screen locks. Raises DeskError("lock_minutes")."""
    require(session, Action.EDIT_USERS)
    if not SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
        sentence = f"Isi antara {SHORTEST_LOCK} dan {LONGEST_LOCK} menit."
        raise DeskError("lock_minutes", sentence, fields={"minutes": sentence})
    state = state_row(session)
    record(
        session, "accounts:lock_minutes", "accounts_state:1",
        before={"minutes": state.lock_minutes}, after={"minutes": minutes},
    )  # fmt: skip
    state.lock_minutes = minutes
    changed(session)


def _keep_hash(session: Session, user: User, password: str, *, must_change: bool) -> None:
    user_id = user.id
    secret, now = session.get(UserSecret, user_id), work_of(session).now
    if secret is None:
        secret = UserSecret(user_id=user_id, password_hash="", changed_at=now)
        session.add(secret)
    secret.password_hash, secret.must_change, secret.changed_at = passwords.hashed(password), must_change, now
    secret.failed_tries, secret.locked_until = 0, None
    work_of(session).passwords.append(NewPassword(user.id, user.name, password))
    record(session, "users:password_reset" if must_change else "users:password_changed", f"users:{user_id}")
    changed(session)


@contextmanager
def _keeping_an_administrator(session: Session) -> Iterator[None]:
    """Refuse what would leave an office with accounts without anybody who can manage them."""
    before = accounts_on(session)
    yield
    session.flush()
    if before and not accounts_on(session):
        raise DeskError(
            "last_administrator",
            "Administrator terakhir yang memiliki kata sandi tidak dapat dihapus, dinonaktifkan, atau diberi peran lain. "
            "Jadikan pengguna lain administrator dahulu.",
        )
    changed(session)


def _refuse_last(session: Session, user_id: int) -> None:
    others = session.scalar(select(func.count()).where(User.active.is_(True), User.id != user_id)) or 0
    if not others:
        raise DeskError("last_user", "Pengguna aktif terakhir tidak dapat dinonaktifkan. Tambahkan pengguna lain dulu.")


def _user(session: Session, user_id: int, version: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise DeskError("user_missing", "Pengguna ini tidak ada lagi. Muat ulang daftar pengguna.")
    check_version(user, version, "Data pengguna ini")
    return user


def _checked_name(session: Session, name: str, *, own_id: int | None) -> str:
    clean = " ".join(name.split())
    taken = select(User.id).where(func.lower(User.name) == clean.lower())
    if not clean:
        problem = "Isi nama pengguna."
    elif len(clean) > MAX_NAME:
        problem = f"Nama pengguna paling panjang {MAX_NAME} huruf."
    elif any(other != own_id for other in session.scalars(taken)):
        problem = f"Pengguna bernama {clean} sudah ada. Tambahkan pembeda pada namanya."
    else:
        return clean
    raise DeskError("user", problem, fields={"name": problem})
