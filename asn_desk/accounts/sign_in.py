"""Signing in and out: the password is checked outside the transaction, its outcome put on record inside one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts import passwords
from asn_desk.accounts.access import Viewer, changed, viewer_of
from asn_desk.accounts.model import User, UserSecret
from asn_desk.database.trail.audit import record
from asn_desk.database.work import NewPassword, work_of
from asn_desk.errors import DeskError
from asn_desk.wording import clock_time

FREE_TRIES = 5
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=1)
WRONG = "Nama atau kata sandi tidak cocok. Periksa huruf besar (Caps Lock), lalu coba lagi."


@dataclass(frozen=True)
class Candidate:
    """Who wants to sign in, as far as known: without a user, or one without a password, nothing will match."""

    user_id: int | None = None
    password_hash: str | None = None


def delay_after(failures: int) -> timedelta:
    """Return how long a user is locked out after so many wrong tries in a row: from the fifth on a minute, then doubling."""
    if failures < FREE_TRIES:
        return timedelta(0)
    factor: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_DELAY * factor, LONGEST_DELAY)


def candidate(session: Session, name: str) -> Candidate:
    """Return who bears this name. Raises DeskError("locked_out") while tries are refused."""
    clean = " ".join(name.split())
    found = session.execute(
        select(User.id, UserSecret.password_hash, UserSecret.locked_until)
        .join(UserSecret, UserSecret.user_id == User.id)
        .where(func.lower(User.name) == clean.lower(), User.active.is_(True))
    ).first()
    if found is None:
        return Candidate()
    if found.locked_until is not None and found.locked_until > work_of(session).now:
        raise locked_out(found.locked_until)
    return Candidate(found.id, found.password_hash)


def locked_out(until: datetime) -> DeskError:
    """Return the refusal of any password before this time, told in local time and full minutes."""
    local = until.astimezone()
    again = local + timedelta(minutes=1) if local.second or local.microsecond else local
    return DeskError(
        "locked_out",
        f"Terlalu banyak percobaan yang salah. Coba lagi pukul {clock_time(again)}, atau minta administrator lain "
        "mengatur ulang kata sandi Anda.",
    )


def settle(session: Session, who: Candidate, new_hash: str | None) -> Viewer | DeskError:
    """Put the outcome of a try on record; `new_hash` is the hash to keep after a right password, None after a wrong one.

    A refusal is returned, not raised: the count of wrong tries must be stored.
    """
    secret = session.get(UserSecret, who.user_id) if who.user_id is not None else None
    if secret is None:
        record(session, "users:sign_in_failed", "users:0")  # never what was typed: it may be a password
        return DeskError("sign_in", WRONG)
    if new_hash is None or secret.password_hash != who.password_hash:
        return _failed(session, secret)
    viewer = viewer_of(session, secret.user_id)
    if viewer is None:
        return DeskError("sign_in", WRONG)
    secret.failed_tries, secret.locked_until, secret.password_hash = 0, None, new_hash
    work_of(session).actor = viewer.name
    record(session, "users:signed_in", f"users:{viewer.user_id}")
    return viewer


def _failed(session: Session, secret: UserSecret) -> DeskError:
    secret.failed_tries += 1
    now, wait = work_of(session).now, delay_after(secret.failed_tries)
    secret.locked_until = now + wait if wait else None
    after = {"tries": secret.failed_tries, "locked_until": secret.locked_until}
    record(session, "users:sign_in_failed", f"users:{secret.user_id}", after=after)
    return DeskError("sign_in", WRONG) if secret.locked_until is None else locked_out(secret.locked_until)


def signed_out(session: Session, user_id: int) -> None:
    """Put it on record that a user left."""
    record(session, "users:signed_out", f"users:{user_id}")


def locked(session: Session) -> None:
    """Put it on record that the screen was locked."""
    user_id = work_of(session).user_id
    if user_id is not None:
        record(session, "users:screen_locked", f"users:{user_id}")


def own_hash(session: Session, user_id: int) -> str | None:
    """Return the hash that a user's own old password is compared with."""
    return session.scalar(select(UserSecret.password_hash).where(UserSecret.user_id == user_id))


def change_own(session: Session, user_id: int, seen_hash: str, new: str) -> None:
    """Keep a new password that its owner chose. Raises DeskError("password") when it is weak or changed meanwhile."""
    user, secret = session.get(User, user_id), session.get(UserSecret, user_id)
    if user is None or secret is None or secret.password_hash != seen_hash:
        raise wrong_old_password()
    passwords.check(new, user.name, "new")
    if passwords.matches(secret.password_hash, new):
        sentence = "Kata sandi baru harus berbeda dari yang lama."
        raise DeskError("password", sentence, fields={"new": sentence})
    secret.password_hash, secret.must_change = passwords.hashed(new), False
    secret.failed_tries, secret.locked_until, secret.changed_at = 0, None, work_of(session).now
    work_of(session).passwords.append(NewPassword(user.id, user.name, new))
    record(session, "users:password_changed", f"users:{user_id}")
    changed(session)


def wrong_old_password() -> DeskError:
    """Return the refusal of a change whose old password does not match."""
    sentence = "Kata sandi lama tidak cocok."
    return DeskError("password", sentence, fields={"old": sentence})
