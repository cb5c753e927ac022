"""What an administrator does about encryption: switch it on and off, renew the recovery sheet, and use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from asn_desk.accounts import passwords, recovery, recovery_keys, sign_in
from asn_desk.accounts.access import Viewer
from asn_desk.accounts.recovery_keys import OfficeKeys
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.sealing import sealed_switch
from asn_desk.database.sealing.sealed_switch import Step
from asn_desk.database.trail.audit import record
from asn_desk.database.work import NewPassword
from asn_desk.errors import DeskError

T = TypeVar("T")


class Office(Protocol):
    """What these acts need of a desk."""

    keys: OfficeKeys

    @property
    def viewer(self) -> Viewer | None:
        """Return who is signed in."""

    @property
    def locked(self) -> bool:
        """Return whether the data are encrypted and nobody has unlocked them yet."""

    @property
    def encrypted(self) -> bool:
        """Return whether the data are encrypted and unlocked."""

    def read(self, fn: Callable[[Session], T]) -> T:
        """Run a unit of work that changes nothing."""

    def maintain(self, fn: Callable[[Session], Any]) -> Any:
        """Write as the program."""

    def replaced(self, act: Callable[[], None]) -> None:
        """Let an act replace the data on disk while nobody has them open."""

    def begin_unlocked(self) -> None:
        """Make ready what an opening leaves undone while the data are locked."""


def encrypt(desk: Office, password: str, code: str, typed: Mapping[int, str], step: Step = sealed_switch.quiet) -> None:
    """Encrypt the whole office under a new key, for the signed-in administrator and a recovery sheet that was tested.

    `typed`: at least two groups (from 0) as typed back from the printed sheet. Other users can unlock the data after their
    next sign-in in an opened program. `step` hears each stage.
    Raises DeskError("accounts_needed" | "server_database" | "not_allowed" | "password" | "recovery_code" | "encrypted" |
    "switch_failed") and EnvironmentProblem; the data then stand as they were.
    """
    who = _proved(desk, password)
    if desk.encrypted:
        raise DeskError("encrypted", "Enkripsi sudah menyala.")
    recovery.confirm(code, typed)
    desk.replaced(lambda: desk.keys.turn_on(who, recovery.normal(code), step))
    _told(desk, "encryption:turned_on", who)


def decrypt(desk: Office, password: str, step: Step = sealed_switch.quiet) -> None:
    """Write everything plain again. Raises as `encrypt`, and DeskError("not_encrypted")."""
    who = _proved(desk, password)
    desk.replaced(lambda: desk.keys.turn_off(step))
    _told(desk, "encryption:turned_off", who)


def renew_sheet(desk: Office, password: str, code: str, typed: Mapping[int, str]) -> None:
    """Let a new recovery sheet, tested like the first one, take the place of the present one. Raises as `decrypt`."""
    who = _proved(desk, password)
    recovery.confirm(code, typed)
    desk.keys.renew_code(recovery.normal(code))
    _told(desk, "encryption:sheet_renewed", who)


def recover(desk: Office, code: str, name: str, new_password: str) -> None:
    """Unlock the data with the recovery sheet and let an administrator choose a new password, which goes on the trail.

    Raises DeskError("recovery_code" | "not_encrypted" | "user_missing" | "password").
    """
    was_locked = desk.locked
    desk.keys.unlock_with_code(code)
    if was_locked:
        desk.begin_unlocked()
    desk.maintain(lambda session: recovery_keys.give_password(session, name, new_password))


def _told(desk: Office, verb: str, who: NewPassword) -> None:
    desk.maintain(lambda session: record(session, verb, "encryption:0", after={"by": who.user_id}))


def _proved(desk: Office, password: str) -> NewPassword:
    """Return the signed-in administrator, whose password was asked again."""
    desk.keys.refuse_server()
    viewer = desk.viewer
    if viewer is None:
        raise DeskError("accounts_needed", "Nyalakan akun dan masuk sebagai administrator dahulu.")
    desk.read(lambda session: require(session, Action.EDIT_USERS))
    if not passwords.matches(desk.read(lambda session: sign_in.own_hash(session, viewer.user_id)), password):
        raise DeskError("password", "Kata sandi tidak cocok.", fields={"password": "Kata sandi tidak cocok."})
    return NewPassword(viewer.user_id, viewer.name, password)
