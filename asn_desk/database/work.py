"""What one unit of work carries besides its SQLAlchemy session: who acts, when, what was touched, what goes on the trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from asn_desk.errors import StaleRecord
from asn_desk.topics import Topic

if TYPE_CHECKING:
    from asn_desk.database.base import Versioned
    from asn_desk.database.file_store import FileStore

_KEY = "asn_desk.work"


@dataclass(frozen=True)
class NewPassword:
    """A password that a unit of work gives a user; an encrypted office's key is wrapped by it before the commit."""

    user_id: int
    name: str
    password: str = field(repr=False)


@dataclass
class Work:
    """The unit of work of one `Desk.read` or `Desk.write`.

    `today` is the office's day (simulated in practice mode), `now` the moment of recording, always with a zone.
    `rights` are those of the signed-in user `user_id`; None in an office without accounts, where everything is allowed.
    `views` are the confidential records that were handed out (`audit.viewed`).
    """

    actor: str
    now: datetime
    today: date
    practice: bool
    files: FileStore
    writing: bool
    rights: frozenset[str] | None = None
    user_id: int | None = None
    views: list[str] = field(default_factory=list)
    topics: set[Topic] = field(default_factory=set)
    trail: list[dict[str, Any]] = field(default_factory=list)
    new_files: list[str] = field(default_factory=list)
    passwords: list[NewPassword] = field(default_factory=list)


def begin(session: Session, work: Work) -> None:
    """Attach the unit of work to its session."""
    session.info[_KEY] = work


def work_of(session: Session) -> Work:
    """Return the unit of work of a session that a Desk opened."""
    work: Work = session.info[_KEY]
    return work


def today(session: Session) -> date:
    """Return the office's day of this unit of work."""
    return work_of(session).today


def touched(session: Session, *topics: Topic) -> None:
    """Tell which topics a bulk statement changed; single rows report by themselves."""
    work_of(session).topics.update(topics)


def check_version(record: Versioned, seen: int, what: str) -> None:
    """Raise StaleRecord when the clerk's form was filled from an older version of the record. `what` starts the sentence."""
    if record.version != seen:
        raise StaleRecord(what)
