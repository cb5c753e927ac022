"""Entering and renaming operators."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.model import User
from asn_desk.database.work import check_version
from asn_desk.errors import DeskError

MAX_NAME = 200


def add_user(session: Session, name: str) -> int:
    """Enter an operator and return the id. Raises DeskError("user") when the name is empty, too long or taken."""
    user = User(name=_checked_name(session, name, own_id=None))
    session.add(user)
    session.flush()
    return user.id


def rename_user(session: Session, user_id: int, name: str, version: int) -> None:
    """Change an operator's name; what they did before keeps the old name in the trail.

    Raises DeskError("user" | "user_missing") and StaleRecord.
    """
    user = _user(session, user_id)
    check_version(user, version, "Data pengguna ini")
    user.name = _checked_name(session, name, own_id=user_id)


def set_active(session: Session, user_id: int, *, active: bool, version: int) -> None:
    """Let an operator work or not; the last active one stays. Raises DeskError("user_missing" | "last_user"), StaleRecord."""
    user = _user(session, user_id)
    check_version(user, version, "Data pengguna ini")
    others = session.scalar(select(func.count()).where(User.active.is_(True), User.id != user_id)) or 0
    if not active and not others:
        raise DeskError("last_user", "Pengguna aktif terakhir tidak dapat dinonaktifkan. Tambahkan pengguna lain dulu.")
    user.active = active


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise DeskError("user_missing", "Pengguna ini tidak ada lagi. Muat ulang daftar pengguna.")
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
