"""What a clerk does with circulars: publish to a frozen audience, mark who acknowledged, undo a wrong mark, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from asn_desk.circulars import audience, codes, rules
from asn_desk.circulars.model import Acknowledgement, Circular, CircularVersion, Recipient
from asn_desk.circulars.recipients import AnyRow
from asn_desk.circulars.rules import Audience
from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.database.work import check_version, today, work_of
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter
from asn_desk.letters.terms import LetterStatus
from asn_desk.office.model import Unit
from asn_desk.wording import long_date, readable_name, titled_name

if TYPE_CHECKING:
    from asn_desk.letters.service import IssueLetter


_opd, _unit = aliased(Unit), aliased(Unit)
_FOUND = (  # built once: a scanner asks this a thousand times in an hour
    select(
        Recipient, Employee, CircularVersion, Circular, Letter.dated, _unit.name.label("unit"), _opd.name.label("opd")
    )
    .join(Employee, Employee.id == Recipient.employee_id)
    .join(CircularVersion, CircularVersion.id == Recipient.version_id)
    .join(Circular, Circular.id == CircularVersion.circular_id)
    .join(Letter, Letter.id == CircularVersion.letter_id)
    .outerjoin(_unit, _unit.id == Recipient.unit_id)
    .outerjoin(_opd, _opd.id == Recipient.opd_id)
)


@dataclass(frozen=True)
class PublishCircular:
    """A circular to publish. `letter_id` is the issued surat edaran; `publish_with_letter` fills it in itself."""

    subject: str
    election_id: str = ""
    letter_id: int | None = None
    due_on: date | None = None
    audience: Audience = field(default_factory=Audience)


@dataclass(frozen=True)
class Published:
    """What publishing made: the circular, its version, and how many people it is for."""

    circular_id: int
    version_id: int
    recipients: int


@dataclass(frozen=True)
class Acknowledge:
    """One mark set by hand. `version` is the recipient's version the clerk saw."""

    recipient_id: int
    status: AckStatus
    on: date
    version: int
    note: str = ""


class MarkResult(StrEnum):
    """What became of a scanned code."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    CLOSED = "closed"


@dataclass(frozen=True)
class Mark:
    """The answer to one scan, ready to be shown. `since` is the day of the signature (now or earlier), `recorded_by` its clerk.

    `acknowledgement_id` is what `undo` takes; it is set for ACCEPTED and ALREADY.
    """

    result: MarkResult
    sentence: str
    person: str = ""
    number: str = ""
    unit: str = ""
    circular: str = ""
    since: date | None = None
    recorded_by: str = ""
    version_id: int | None = None
    recipient_id: int | None = None
    acknowledgement_id: int | None = None


def publish(session: Session, command: PublishCircular, *, rng: Random | None = None) -> Published:
    """Publish a circular: freeze its audience as one row per person, with unit and post of today and a code for the slip.

    `rng` is given only where codes must come out the same each time (tests, the practice office).
    Raises DeskError("subject_missing" | "letter_missing" | "letter_used" | "due" | "audience_empty").
    """
    _check(session, command)
    rows = audience.draw(session, command.audience, rng or SystemRandom())
    now = work_of(session).now
    fingerprint = rules.audience_hash(audience.identity(row) for row in rows)
    circular = Circular(
        subject=command.subject.strip(), election_id=command.election_id, due_on=command.due_on, closed_on=None
    )
    session.add(circular)
    session.flush()
    version = CircularVersion(
        circular_id=circular.id,
        ordinal=1,
        letter_id=command.letter_id,
        published_on=today(session),
        published_at=now,
        published_by=work_of(session).actor,
        audience=rules.audience_text(command.audience, len(rows), fingerprint),
    )
    session.add(version)
    session.flush()
    audience.freeze(session, version.id, rows, fingerprint)
    return Published(circular.id, version.id, len(rows))


def publish_with_letter(
    session: Session, command: PublishCircular, letter: IssueLetter, *, rng: Random | None = None
) -> Published:
    """Issue the surat edaran and publish it in one transaction: either both exist or neither."""
    from asn_desk.letters.service import issue

    return publish(session, replace(command, letter_id=issue(session, letter).id), rng=rng)


def _check(session: Session, command: PublishCircular) -> None:
    rules.check_audience(command.audience)
    if not command.subject.strip():
        sentence = "Isi perihal surat edaran."
        raise DeskError("subject_missing", sentence, fields={"subject": sentence})
    if command.due_on is not None and command.due_on < today(session):
        sentence = (
            f"Batas pengembalian {long_date(command.due_on)} sudah lewat. Pilih tanggal hari ini atau sesudahnya."
        )
        raise DeskError("due", sentence, fields={"due_on": sentence})
    letter = None if command.letter_id is None else session.get(Letter, command.letter_id)
    if letter is None or letter.status is LetterStatus.VOID:
        raise DeskError(
            "letter_missing", "Surat edarannya belum diterbitkan atau sudah batal. Terbitkan dulu suratnya."
        )
    if session.scalar(select(CircularVersion.id).where(CircularVersion.letter_id == letter.id)) is not None:
        raise DeskError("letter_used", "Surat ini sudah diedarkan. Buka edarannya pada halaman Edaran.")


def acknowledge_code(
    session: Session, text: str, on: date | None = None, *, method: AckMethod = AckMethod.CODE
) -> Mark:
    """Mark the person whose slip carries this code as signed, or say why not; only a whole, known code marks anybody.

    `on` is the day of the signature (today when not given). Raises DeskError("day").
    """
    try:
        code = codes.parse(text)
    except DeskError as error:
        result = MarkResult.DAMAGED if error.code == "damaged" else MarkResult.UNKNOWN
        return Mark(result, error.sentence)
    found = _recipient_with(session, Recipient.code == code)
    if found is None:
        return Mark(
            MarkResult.UNKNOWN,
            "Kode ini tidak ada dalam data kantor ini. Periksa apakah lembar ini dari kantor atau data latihan lain.",
        )
    if found.Recipient.status is AckStatus.SIGNED:
        return _already(session, found)
    if found.Circular.closed_on is not None:
        sentence = f"Edaran ini sudah ditutup pada {long_date(found.Circular.closed_on)}. Buka kembali untuk mencatat."
        return _mark(MarkResult.CLOSED, sentence, found)
    day = on or today(session)
    made = _add_mark(session, found, AckStatus.SIGNED, method, day, "")
    return replace(
        _mark(MarkResult.ACCEPTED, "Tanda terima dicatat.", found),
        since=day,
        recorded_by=made.recorded_by,
        acknowledgement_id=made.id,
    )


def _recipient_with(session: Session, condition: ColumnElement[bool]) -> AnyRow | None:
    return session.execute(_FOUND.where(condition)).one_or_none()


def _mark(result: MarkResult, sentence: str, found: AnyRow) -> Mark:
    person: Employee = found.Employee
    return Mark(
        result,
        sentence,
        person=titled_name(readable_name(person.name), person.title_front, person.title_back),
        number=person.nip or person.local_number or "",
        unit=found.opd or found.unit or "",
        circular=found.Circular.subject,
        version_id=found.CircularVersion.id,
        recipient_id=found.Recipient.id,
    )


def _already(session: Session, found: AnyRow) -> Mark:
    last = _valid_marks(session, found.Recipient.id)[-1]
    sentence = f"Sudah dicatat: ditandatangani {long_date(last.happened_on)}, oleh {last.recorded_by}."
    return replace(
        _mark(MarkResult.ALREADY, sentence, found),
        since=last.happened_on,
        recorded_by=last.recorded_by,
        acknowledgement_id=last.id,
    )


def acknowledge(session: Session, command: Acknowledge) -> int:
    """Set one mark by hand and return its id.

    Raises StaleRecord, DeskError("recipient_unknown" | "closed" | "not_allowed" | "note_missing" | "day").
    """
    found = _recipient_with(session, Recipient.id == command.recipient_id)
    if found is None:
        raise DeskError("recipient_unknown", "Orang ini bukan penerima edaran. Muat ulang daftar penerima.")
    check_version(found.Recipient, command.version, "Catatan penerima ini")
    _refuse_closed(found.Circular)
    return _add_mark(session, found, AckStatus(command.status), AckMethod.BY_HAND, command.on, command.note).id


def _refuse_closed(circular: Circular) -> None:
    if circular.closed_on is not None:
        raise DeskError(
            "closed",
            f"Edaran ini sudah ditutup pada {long_date(circular.closed_on)}. Buka kembali untuk mengubah catatan.",
        )


def _add_mark(
    session: Session, found: AnyRow, status: AckStatus, method: AckMethod, on: date, note: str
) -> Acknowledgement:
    recipient: Recipient = found.Recipient
    rules.check_mark(recipient.status, status, note)
    rules.check_day(on, min(found.dated, found.CircularVersion.published_on), today(session))
    work = work_of(session)
    made = Acknowledgement(
        recipient_id=recipient.id,
        status=status,
        method=method,
        happened_on=on,
        note=note.strip(),
        recorded_at=work.now,
        recorded_by=work.actor,
    )
    session.add(made)
    recipient.status = status
    recipient.acknowledged_on = on if status is AckStatus.SIGNED else None
    session.flush()
    return made


def undo(session: Session, acknowledgement_id: int, reason: str) -> None:
    """Take a wrong mark back; it stays on record with the reason, and the person stands where the other marks put them.

    Raises DeskError("mark_unknown" | "already_undone" | "reason_missing" | "closed").
    """
    mark = session.get(Acknowledgement, acknowledgement_id)
    if mark is None:
        raise DeskError("mark_unknown", "Catatan ini tidak ada. Muat ulang daftar.")
    if mark.undone_at is not None:
        raise DeskError("already_undone", "Catatan ini sudah dibatalkan sebelumnya.")
    if not reason.strip():
        sentence = "Tulis alasan pembatalan."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    found = _recipient_with(session, Recipient.id == mark.recipient_id)
    assert found is not None, "a mark always has its recipient"
    _refuse_closed(found.Circular)
    mark.undone_at = work_of(session).now
    mark.undo_reason = reason.strip()
    session.flush()
    recipient: Recipient = found.Recipient
    left = ((kept.status, kept.happened_on) for kept in _valid_marks(session, recipient.id))
    recipient.status, recipient.acknowledged_on = rules.standing(left)
    session.flush()


def _valid_marks(session: Session, recipient_id: int) -> Sequence[Acknowledgement]:
    """Return the marks not undone, oldest first."""
    return session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.recipient_id == recipient_id, Acknowledgement.undone_at.is_(None))
        .order_by(Acknowledgement.id)
    ).all()


def close(session: Session, circular_id: int, version: int) -> None:
    """End the collecting: from now on no mark is taken or undone. Raises StaleRecord, DeskError("circular_unknown")."""
    circular = _circular(session, circular_id, version)
    circular.closed_on = circular.closed_on or today(session)


def reopen(session: Session, circular_id: int, version: int) -> None:
    """Collect again after a close. Raises StaleRecord, DeskError("circular_unknown")."""
    _circular(session, circular_id, version).closed_on = None


def _circular(session: Session, circular_id: int, version: int) -> Circular:
    circular = session.get(Circular, circular_id)
    if circular is None:
        raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftar edaran.")
    check_version(circular, version, "Edaran ini")
    return circular
