"""Publishing a circular and its later versions: the audience frozen, the text bound by the hash of its issued file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import audience, rules, wordings
from asn_desk.circulars.model import Circular, CircularVersion, Recipient
from asn_desk.circulars.rules import Audience
from asn_desk.circulars.terms import Companion
from asn_desk.database.bulk import uncollected
from asn_desk.database.work import check_version, today, work_of
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds_desk import CIRCULARS
from asn_desk.letters.model import Letter
from asn_desk.letters.terms import LetterStatus
from asn_desk.wording import long_date

if TYPE_CHECKING:
    from asn_desk.letters.service import IssueLetter
    from asn_desk.regulations.calendar import WorkCalendar

MOST_DUE_DAYS = 250


@dataclass(frozen=True)
class PublishCircular:
    """A circular to publish. `letter_id` is the issued surat edaran; `publish_with_letter` fills it in itself.

    The slips are due back on `due_on`, or `due_days` working days after the letter. `reminder_plan` as `Circular` says.
    """

    subject: str
    election_id: str = ""
    letter_id: int | None = None
    due_on: date | None = None
    audience: Audience = field(default_factory=Audience)
    due_days: int | None = None
    companion: Companion = Companion.PLAIN
    reminder_plan: str = "-3,1,5"


@dataclass(frozen=True)
class ReviseCircular:
    """A new text for a circular. `version` is the circular's edit version that the clerk saw.

    A material revision reopens everyone: its audience is drawn anew by the old rule, or by `audience`. An editorial one
    reopens nobody. `due_on` or `due_days` give a material revision its new day, which it needs once the old one has passed.
    """

    circular_id: int
    version: int
    material: bool
    reason: str
    letter_id: int | None = None
    audience: Audience | None = None
    due_on: date | None = None
    due_days: int | None = None


@dataclass(frozen=True)
class Published:
    """What publishing made: the circular, its version, and how many people it is for."""

    circular_id: int
    version_id: int
    recipients: int


def publish(session: Session, command: PublishCircular, *, rng: Random | None = None) -> Published:
    """Publish a circular: freeze its audience as one row per person, as of today and with a code for the slip.

    `rng` is given only where codes must come out the same each time (tests, the practice office).
    Raises DeskError("subject_missing" | "letter_missing" | "letter_kind" | "letter_used" | "basis_expired" | "due" | "audience_empty" |
    "reminder_plan" | "not_allowed").
    """
    require(session, Action.PUBLISH_CIRCULARS)
    rules.check_audience(command.audience)
    rules.reminder_offsets(command.reminder_plan)
    if not command.subject.strip():
        sentence = "Isi perihal surat edaran."
        raise DeskError("subject_missing", sentence, fields={"subject": sentence})
    letter = _letter(session, command.letter_id)
    due_on = _due(session, letter, command.due_on, command.due_days, command.election_id)
    circular = Circular(
        subject=command.subject.strip(), election_id=command.election_id, due_on=due_on, closed_on=None,
        due_days=command.due_days, reminder_plan=command.reminder_plan,
    )  # fmt: skip
    session.add(circular)
    session.flush()
    version = CircularVersion(circular_id=circular.id, ordinal=1, companion=command.companion)
    return _freeze(session, version, letter, command.audience, rng)


def publish_with_letter(
    session: Session, command: PublishCircular, letter: IssueLetter, *, rng: Random | None = None
) -> Published:
    """Issue the surat edaran and publish it in one transaction: either both exist or neither."""
    require(session, Action.PUBLISH_CIRCULARS)
    from asn_desk.letters.service import issue

    return publish(session, replace(command, letter_id=issue(session, letter).id), rng=rng)


def revise(session: Session, command: ReviseCircular, *, rng: Random | None = None) -> Published:
    """Give a circular a new text, with a reason; what people gave to earlier texts stays as it is.

    Editorial: the same people, marks and slips count on. Material: everyone is asked again, with new codes.
    Raises StaleRecord, DeskError("circular_unknown" | "closed" | "reason_missing" | "letter_..." | "same_text" | "due" |
    "audience_empty" | "not_allowed").
    """
    require(session, Action.PUBLISH_CIRCULARS)
    circular = open_circular(session, command.circular_id, command.version)
    if not command.reason.strip():
        sentence = "Tulis alasan perubahan edaran."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    letter = _letter(session, command.letter_id)
    earlier = texts(session, circular.id)
    if letter.pdf_sha256 in {text.text_sha256 for text in earlier}:
        raise DeskError("same_text", "Naskah ini sama dengan versi yang sudah diedarkan. Ubah naskahnya dahulu.")
    reason = command.reason.strip()
    if not command.material:
        return _editorial(session, circular, earlier, letter, reason)
    return _material(session, circular, earlier, letter, command, rng)


def revise_with_letter(
    session: Session, command: ReviseCircular, letter: IssueLetter, *, rng: Random | None = None
) -> Published:
    """Issue the new text and revise the circular in one transaction: either both or neither."""
    require(session, Action.PUBLISH_CIRCULARS)
    from asn_desk.letters.service import issue

    return revise(session, replace(command, letter_id=issue(session, letter).id), rng=rng)


def _editorial(
    session: Session, circular: Circular, earlier: Sequence[CircularVersion], letter: Letter, reason: str
) -> Published:
    last = earlier[-1]
    owner = last.collects_id or last.id
    version = CircularVersion(
        circular_id=circular.id, ordinal=last.ordinal + 1, audience=last.audience, companion=last.companion,
        reason=reason, collects_id=owner,
    )  # fmt: skip
    _add_version(session, letter, version)
    count = session.scalar(select(func.count()).where(Recipient.version_id == owner)) or 0
    return Published(circular.id, version.id, count)


def _material(
    session: Session,
    circular: Circular,
    earlier: Sequence[CircularVersion],
    letter: Letter,
    command: ReviseCircular,
    rng: Random | None,
) -> Published:
    last = earlier[-1]
    chosen = command.audience or kept_audience(session, last)
    rules.check_audience(chosen)
    if command.due_on is not None or command.due_days is not None:
        circular.due_on = _due(session, letter, command.due_on, command.due_days, circular.election_id)
        circular.due_days = command.due_days
    elif circular.due_on is not None and circular.due_on < today(session):
        sentence = f"Batas pengembalian yang lama ({long_date(circular.due_on)}) sudah lewat. Isi batas yang baru."
        raise DeskError("due", sentence, fields={"due_on": sentence})
    new = CircularVersion(
        circular_id=circular.id, ordinal=last.ordinal + 1, companion=last.companion, reason=command.reason.strip()
    )
    return _freeze(session, new, letter, chosen, rng)


def _freeze(
    session: Session, version: CircularVersion, letter: Letter, rule: Audience, rng: Random | None
) -> Published:
    """Store a version with people of its own: both or neither."""
    source = rng or SystemRandom()
    with uncollected():
        drawn = audience.draw(session, rule, source)
        _add_version(session, letter, version)
        stored = audience.freeze(session, version.id, drawn, source)
    version.audience = rules.audience_text(rule, len(stored.rows), stored.fingerprint)
    session.flush()
    return Published(version.circular_id, version.id, len(stored.rows))


def kept_audience(session: Session, version: CircularVersion) -> Audience:
    """Return a version's rule, with the people taken in or put out by name since it was published."""
    owner = session.get_one(CircularVersion, version.collects_id) if version.collects_id else version
    return rules.audience_from(owner.audience)


def texts(session: Session, circular_id: int) -> Sequence[CircularVersion]:
    """Return all versions of a circular, the oldest first."""
    query = select(CircularVersion).where(CircularVersion.circular_id == circular_id)
    return session.scalars(query.order_by(CircularVersion.ordinal)).all()


def open_circular(session: Session, circular_id: int, version: int | None) -> Circular:
    """Return a circular that still collects. Raises StaleRecord, DeskError("circular_unknown" | "closed")."""
    circular = _circular(session, circular_id, version)
    if circular.closed_on is not None:
        raise DeskError(
            "closed", f"Edaran ini sudah ditutup pada {long_date(circular.closed_on)}. Buka kembali untuk mengubahnya."
        )
    return circular


def _add_version(session: Session, letter: Letter, version: CircularVersion) -> None:
    """Store a version of today; the hash of the issued file is its identity."""
    version.letter_id, version.text_sha256 = letter.id, letter.pdf_sha256
    version.published_on, version.published_at = today(session), work_of(session).now
    version.published_by = work_of(session).actor
    version.audience = version.audience or "{}"
    session.add(version)
    session.flush()


def _letter(session: Session, letter_id: int | None) -> Letter:
    letter = None if letter_id is None else session.get(Letter, letter_id)
    if letter is None or letter.status is LetterStatus.VOID:
        raise DeskError(
            "letter_missing", "Surat edarannya belum diterbitkan atau sudah batal. Terbitkan dulu suratnya."
        )
    if letter.kind not in CIRCULARS:
        raise DeskError("letter_kind", "Surat ini bukan surat edaran. Pilih surat edaran yang sudah terbit.")
    if session.scalar(select(CircularVersion.id).where(CircularVersion.letter_id == letter.id)) is not None:
        raise DeskError("letter_used", "Surat ini sudah diedarkan. Buka edarannya pada halaman Edaran.")
    wordings.check_bases(letter.dated, json.loads(letter.data))
    return letter


def _due(session: Session, letter: Letter, due_on: date | None, due_days: int | None, election_id: str) -> date | None:
    if due_days is not None:
        if not 1 <= due_days <= MOST_DUE_DAYS:
            sentence = f"Batas pengembalian dihitung 1 sampai {MOST_DUE_DAYS} hari kerja."
            raise DeskError("due", sentence, fields={"due_days": sentence})
        due_on = due_after(max(letter.dated, today(session)), due_days, election_id)
    if due_on is not None and due_on < today(session):
        sentence = f"Batas pengembalian {long_date(due_on)} sudah lewat. Pilih tanggal hari ini atau sesudahnya."
        raise DeskError("due", sentence, fields={"due_on": sentence})
    return due_on


def due_after(start: date, days: int, election_id: str = "") -> date:
    """Return the day that many working days after `start` (before, when negative), holidays and cuti bersama left out."""
    from asn_desk.regulations.calendar import add_working_days

    return add_working_days(start, days, work_calendar(election_id))[0]


def work_calendar(election_id: str) -> WorkCalendar:
    """Return the working days, with the corrections of the election's rule packs where it has some."""
    from asn_desk.regulations.calendar import WorkCalendar
    from asn_desk.regulations.packs import shipped_library

    library = shipped_library()
    return library.book(election_id).work if election_id in library.calendars else WorkCalendar()


def close(session: Session, circular_id: int, version: int) -> None:
    """End the collecting: from now on no mark is taken or undone. Raises StaleRecord, DeskError("circular_unknown")."""
    require(session, Action.PUBLISH_CIRCULARS)
    circular = _circular(session, circular_id, version)
    circular.closed_on = circular.closed_on or today(session)


def reopen(session: Session, circular_id: int, version: int) -> None:
    """Collect again after a close. Raises StaleRecord, DeskError("circular_unknown")."""
    require(session, Action.PUBLISH_CIRCULARS)
    _circular(session, circular_id, version).closed_on = None


def _circular(session: Session, circular_id: int, version: int | None) -> Circular:
    circular = session.get(Circular, circular_id)
    if circular is None:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    if version is not None:
        check_version(circular, version, "Edaran ini")
    return circular
