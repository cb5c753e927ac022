"""Wrong passwords against locked data: counted beside the key file, so that a restart does not end the waiting.

The database cannot take them before it is unlocked; it does as soon as it is. Nobody is named: a user is the number of the
record, as in the key file. Whoever may write in the folder can delete the count as well; against guessing at a stolen copy
stands the slow hash of the key file alone.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session

from asn_desk.accounts.model import UserSecret
from asn_desk.accounts.sign_in import LONGEST_DELAY, delay_after, locked_out
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.trail.audit import record
from asn_desk.errors import DeskError

TRIES_NAME = "kunci-percobaan.json"
MOST = 200
"""So many tries are kept one by one; of more only the number."""
WRONG = (
    "Nama atau kata sandi tidak cocok. Periksa huruf besar (Caps Lock), lalu coba lagi. Bila Anda belum pernah masuk sejak "
    "enkripsi dinyalakan, minta administrator membuat kata sandi sementara untuk Anda."
)
_LARGEST = 1 << 20
_LOG = logging.getLogger(__name__)


class Count(BaseModel):
    """How often a user's password was wrong in a row, and until when no other is looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    failed: int = Field(ge=1)
    until: datetime | None = None


class Try(BaseModel):
    """One wrong try. `user_id` is 0 for a name that nobody bears and for the recovery sheet (`sheet`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    user_id: int = 0
    sheet: bool = False


class Tries(BaseModel):
    """What was tried since the data were last unlocked. `more` tries came after the last one that is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: dict[int, Count] = Field(default_factory=dict)
    failed: tuple[Try, ...] = ()
    more: int = Field(default=0, ge=0)

    def refuse_early(self, user_id: int, now: datetime) -> None:
        """Raise DeskError("locked_out") while this user has to wait; a time beyond the longest delay is a clock set back."""
        count = self.counts.get(user_id)
        if count is not None and count.until is not None and now < count.until <= now + LONGEST_DELAY:
            raise locked_out(count.until)

    def failed_by(self, user_id: int, now: datetime) -> Tries:
        """Return the same with one more wrong password of this user; 0 for an unknown name, which never has to wait."""
        told = self._told(Try(at=now, user_id=user_id))
        if not user_id:
            return told
        before = self.counts.get(user_id)
        failed = 1 if before is None else before.failed + 1
        wait = delay_after(failed)
        count = Count(failed=failed, until=now + wait if wait else None)
        return told.model_copy(update={"counts": {**self.counts, user_id: count}})

    def failed_sheet(self, now: datetime) -> Tries:
        """Return the same with a recovery code that opened nothing."""
        return self._told(Try(at=now, sheet=True))

    def forgiven(self, user_id: int) -> Tries:
        """Return the same without this user's count: the password was right."""
        left = {other: count for other, count in self.counts.items() if other != user_id}
        return self.model_copy(update={"counts": left})

    def refusal(self, user_id: int) -> DeskError:
        """Return what a wrong password is told."""
        count = self.counts.get(user_id)
        return DeskError("sign_in", WRONG) if count is None or count.until is None else locked_out(count.until)

    def _told(self, one: Try) -> Tries:
        if len(self.failed) >= MOST:
            return self.model_copy(update={"more": self.more + 1})
        return self.model_copy(update={"failed": (*self.failed, one)})


def load(folder: Path) -> Tries:
    """Return the tries noted in a data folder; a note that cannot be read counts as none."""
    file = folder / TRIES_NAME
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            return Tries()
        return Tries.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        _LOG.warning("tries not read: %s", type(error).__name__)
        return Tries()


def save(folder: Path, tries: Tries) -> None:
    """Write the note, or remove it where nothing is left to note. Raises EnvironmentProblem."""
    file = folder / TRIES_NAME
    try:
        if tries == Tries():
            file.unlink(missing_ok=True)
        else:
            write_durably(file, tries.model_dump_json(indent=1).encode())
    except OSError as error:
        raise disk_problem(error, folder) from error


def report(session: Session, tries: Tries) -> None:
    """Put the tries on the trail, each with its time, and let the users wait on who had to wait."""
    for one in tries.failed:
        action, subject = "users:sign_in_failed", f"users:{one.user_id}"
        if one.sheet:
            action, subject = "encryption:sheet_refused", "encryption:0"
        record(session, action, subject, after={"happened_at": one.at})
    if tries.more:
        record(session, "users:sign_in_failed", "users:0", after={"tries": tries.more})
    for user_id, count in tries.counts.items():
        secret = session.get(UserSecret, user_id)
        if secret is not None and secret.failed_tries < count.failed:
            secret.failed_tries, secret.locked_until = count.failed, count.until
