"""The keys of one office's data folder, in step with its users: who can open the data by which password or code."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts import passwords, recovery, recovery_tries
from asn_desk.accounts.access import changed
from asn_desk.accounts.model import User, UserSecret
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action, Role
from asn_desk.database.backups import backup as backups
from asn_desk.database.sealing import cipher, keys, keys_file, sealed_switch
from asn_desk.database.sealing.keys import DataKey
from asn_desk.database.sealing.keys_file import KEY_NAME, KeyFile
from asn_desk.database.sealing.sealed_switch import Step
from asn_desk.database.trail.audit import record
from asn_desk.database.work import NewPassword, work_of
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths
from asn_desk.topics import Topic

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeyChange:
    """What a unit of work means for the key file: entries to add before its commit, and whom it is to be kept to after."""

    people: Mapping[int, str]
    fresh: tuple[NewPassword, ...]


class OfficeKeys:
    """The key file of one data folder and the key that this process holds for it. Safe to use from several threads."""

    def __init__(self, paths: DataPaths, *, server: bool = False, now: Callable[[], datetime] | None = None) -> None:
        self._paths, self._server = paths, server
        self._now = now or partial(datetime.now, UTC)
        self._lock = threading.RLock()

    @property
    def key(self) -> DataKey | None:
        """Return the key that is held; None for plain data and for locked ones."""
        return None if self._server else cipher.key_of(self._paths.database)

    @property
    def locked(self) -> bool:
        """Return whether the data wait for a password or the recovery sheet."""
        return not self._server and cipher.is_locked(self._paths.database)

    def refuse_server(self) -> None:
        """Raise DeskError("server_database") where a server keeps the data: its encryption is its administrator's matter."""
        if self._server:
            raise DeskError(
                "server_database", "Data ini berada di server PostgreSQL; enkripsi diatur oleh pengelola server itu."
            )

    def unlock(self, name: str, password: str) -> None:
        """Hold the data key that this user's password opens; wrong ones are noted and make the user wait, as in open data.

        Raises DeskError("sign_in" | "locked_out"), EnvironmentProblem.
        """
        with self._lock:
            file, tries, now = self._file(), recovery_tries.load(self._paths.root), self._now()
            entries = file.entries_of(name)
            user_id = entries[-1].user_id if entries else 0
            tries.refuse_early(user_id, now)
            key = file.opened(entries, password if len(password) <= passwords.LONGEST else "")
            if key is None:
                tries = tries.failed_by(user_id, now)
                recovery_tries.save(self._paths.root, tries)
                raise tries.refusal(user_id)
            recovery_tries.save(self._paths.root, tries.forgiven(user_id))
        keys.hold(key)

    def report_tries(self, write: Callable[[Callable[[Session], None]], Any]) -> None:
        """Let `write` put on the trail what was tried while the data were locked, once it can be written."""
        with self._lock:
            tries = recovery_tries.load(self._paths.root)
            if tries != recovery_tries.Tries():
                write(lambda session: recovery_tries.report(session, tries))
                recovery_tries.save(self._paths.root, recovery_tries.Tries())

    def unlock_with_code(self, code: str) -> None:
        """Hold the data key that the recovery sheet opens. Raises DeskError("recovery_code" | "not_encrypted")."""
        if cipher.mark_of(self._paths.database) is None:
            raise DeskError("not_encrypted", f"Data di {self._paths.root} tidak terenkripsi; masuk seperti biasa.")
        key = self._file().opened_by_code(recovery.normal(code))
        if key is None:
            with self._lock:
                tries = recovery_tries.load(self._paths.root)
                recovery_tries.save(self._paths.root, tries.failed_sheet(self._now()))
            raise _other_sheet()
        keys.hold(key)

    def turn_on(self, who: NewPassword, code: str, step: Step) -> None:
        """Encrypt the whole folder under a new key, which `who` and the recovery sheet open. Raises as `switch_on`."""
        key = keys.new_key()
        file = keys_file.make(key, code).with_user(key, who.user_id, who.name, who.password)
        sealed_switch.switch_on(self._paths, key, file, step)
        keys.hold(key)

    def turn_off(self, step: Step) -> None:
        """Write the whole folder plain again. Raises DeskError("not_encrypted") and as `switch_off`."""
        key = self.key
        if key is None:
            raise DeskError("not_encrypted", "Enkripsi memang tidak menyala.")
        sealed_switch.switch_off(self._paths, key, step)
        keys.let_go(key)

    def renew_code(self, code: str) -> None:
        """Let another recovery sheet open the data instead of the present one, which is worth nothing from then on."""
        with self._lock:
            key = self._held()
            keys_file.save(self._paths.root, self._file().with_recovery(key, code))

    def change(self, session: Session) -> KeyChange | None:
        """Note before the commit what a unit of work changes for the keys, and add entries for new passwords.

        The old entries stay until `settle`: whether or not the commit succeeds, the password in force opens the data.
        """
        work, key = work_of(session), self.key
        if key is None or Topic.USERS not in work.topics:
            return None
        fresh = tuple(work.passwords)
        if fresh:
            with self._lock:
                file = self._file()
                for new in fresh:
                    file = file.with_user(key, new.user_id, new.name, new.password)
                keys_file.save(self._paths.root, file)
        return KeyChange(_people(session), fresh)

    def settle(self, change: KeyChange) -> None:
        """Take away after the commit what is no longer in force. If the disk refuses, the next change does it."""
        try:
            with self._lock:
                file = self._file()
                kept = file.kept_to(self._held(), change.people, [new.user_id for new in change.fresh])
                if kept != file:
                    keys_file.save(self._paths.root, kept)
        except EnvironmentProblem as error:
            _LOG.warning("key file not settled: %s", error.code)

    def ensure(self, who: NewPassword) -> None:
        """Let a user who has just proved the password open the data alone from now on. Raises EnvironmentProblem."""
        with self._lock:
            key = self.key
            if key is None:
                return
            file = self._file()
            if sum(slot.user_id == who.user_id for slot in file.users) == 1:
                return
            file = file.with_user(key, who.user_id, who.name, who.password)
            people = {slot.user_id: who.name for slot in file.users if slot.user_id == who.user_id}
            others = tuple(slot for slot in file.users if slot.user_id != who.user_id)
            own = file.kept_to(key, people, [who.user_id]).users
            keys_file.save(self._paths.root, file.model_copy(update={"users": (*others, *own)}))

    def unable(self, session: Session) -> list[str]:
        """Return the names of users who have a password but no entry yet: they cannot unlock the data by themselves."""
        require(session, Action.EDIT_USERS)
        able = {slot.user_id for slot in self._file().users}
        return sorted(name for user_id, name in _people(session).items() if user_id not in able)

    def _held(self) -> DataKey:
        key = self.key
        if key is None:
            raise cipher.locked(self._paths.root)
        return key

    def _file(self) -> KeyFile:
        mark = cipher.mark_of(self._paths.database)
        found = keys_file.load(self._paths.root, mark)
        if found is None:
            raise DeskError(
                "key_file_missing",
                f"Berkas kunci {KEY_NAME} tidak ada di {self._paths.root}. Ambil dari cadangan terakhir, letakkan di folder "
                "itu, lalu ulangi. Data kantor tidak tersentuh.",
            )
        return found


def key_file_in(source: Path) -> KeyFile | None:
    """Return the key file that a backup carries; None for the backup of a plain office.

    Raises DeskError as `check` of backups, and "key_file_damaged" | "key_file_newer".
    """
    data = backups.key_file_of(source)
    return None if data is None else keys_file.parse(data, f"{KEY_NAME} dalam {source.name}")


def needs_key(file: KeyFile | None) -> bool:
    """Return whether a backup's key must still be opened by a password or code."""
    return file is not None and keys.held(bytes.fromhex(file.mark)) is None


def open_backup(source: Path, *, code: str = "", name: str = "", password: str = "") -> None:
    """Hold the key of an encrypted backup, opened by the recovery sheet's code or else by a user's name and password.

    Raises DeskError("recovery_code" | "sign_in") and as `key_file_in`. Nothing is changed on disk.
    """
    file = key_file_in(source)
    if file is None or not needs_key(file):
        return
    if code:
        unlock_backup_with_code(file, code)
    else:
        unlock_backup(file, name, password)


def unlock_backup(file: KeyFile, name: str, password: str) -> None:
    """Hold the key of a backup that a user of that office opens. Raises DeskError("sign_in")."""
    key = file.opened_by(name, password)
    if key is None:
        raise DeskError(
            "sign_in",
            "Nama atau kata sandi tidak cocok dengan cadangan ini. Gunakan kata sandi yang berlaku saat cadangan dibuat, "
            "atau lembar pemulihan. Data sekarang tidak diubah.",
        )
    keys.hold(key)


def unlock_backup_with_code(file: KeyFile, code: str) -> None:
    """Hold the key of a backup that the recovery sheet opens. Raises DeskError("recovery_code")."""
    key = file.opened_by_code(recovery.normal(code))
    if key is None:
        raise _other_sheet()
    keys.hold(key)


def give_password(session: Session, name: str, password: str) -> int:
    """Let an administrator choose a new password because the recovery sheet is here; return the id.

    Raises DeskError("user_missing" | "password").
    """
    clean = " ".join(name.split())
    user = session.scalars(
        select(User).where(
            func.lower(User.name) == clean.lower(), User.active.is_(True), User.role == Role.ADMINISTRATOR
        )
    ).first()
    if user is None:
        raise DeskError("user_missing", "Tidak ada administrator aktif dengan nama itu. Periksa ejaannya.")
    passwords.check(password, user.name, "new")
    secret = session.get(UserSecret, user.id)
    if secret is None:
        secret = UserSecret(user_id=user.id)
        session.add(secret)
    secret.password_hash, secret.must_change = passwords.hashed(password), False
    secret.failed_tries, secret.locked_until, secret.changed_at = 0, None, work_of(session).now
    work_of(session).passwords.append(NewPassword(user.id, user.name, password))
    record(session, "users:recovered", f"users:{user.id}")
    changed(session)
    return user.id


def _other_sheet() -> DeskError:
    sentence = "Kode ini bukan milik data ini. Mungkin lembar pemulihan kantor lain, atau sudah diganti yang baru."
    return DeskError("recovery_code", sentence, fields={"code": sentence})


def _people(session: Session) -> dict[int, str]:
    """Return who may open the data: active users with a password, by id."""
    rows = session.execute(
        select(User.id, User.name).join(UserSecret, UserSecret.user_id == User.id).where(User.active.is_(True))
    )
    return {row.id: row.name for row in rows}
