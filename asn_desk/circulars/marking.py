"""Marks: one scanned slip, one person by hand, a pile at once; a wrong mark is taken back with its reason, never erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import codes, rules
from asn_desk.circulars.model import Acknowledgement, Circular, CircularVersion, CollectiveSheet, Recipient
from asn_desk.circulars.recipients import AnyRow
from asn_desk.circulars.rules import MarkNotes
from asn_desk.circulars.terms import AckMethod, AckStatus, Signature
from asn_desk.database.work import check_version, today, work_of
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter
from asn_desk.office.model import Unit
from asn_desk.wording import long_date, readable_name, titled_name

_LOOKED_UP_AT_ONCE = 500
_opd, _unit, _later = aliased(Unit), aliased(Unit), aliased(CircularVersion)
_SUPERSEDED = (
    exists()
    .where(
        _later.circular_id == CircularVersion.circular_id,
        _later.collects_id.is_(None),
        _later.ordinal > CircularVersion.ordinal,
    )
    .label("superseded")
)
FOUND = (  # built once: a scanner asks this a thousand times in an hour
    select(
        Recipient, CircularVersion, Circular, Letter.dated, _unit.name.label("unit"), _opd.name.label("opd"), _SUPERSEDED
    )
    .join(CircularVersion, CircularVersion.id == Recipient.version_id)
    .join(Circular, Circular.id == CircularVersion.circular_id)
    .join(Letter, Letter.id == CircularVersion.letter_id)
    .outerjoin(_unit, _unit.id == Recipient.at_unit_id)
    .outerjoin(_opd, _opd.id == Recipient.at_opd_id)
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """A stored picture of the paper: `sha256` from `files.store`, and which page of the scanned file it is."""

    sha256: str
    page: int = 1


@dataclass(frozen=True)
class Acknowledge:
    """One mark set by hand. `version` is the recipient's version the clerk saw (None: not looked at).

    `note` and `party` are asked for as `rules.check_mark` says; `until` is for what is put off.
    """

    recipient_id: int
    status: AckStatus
    on: date
    version: int | None
    note: str = ""
    party: str = ""
    until: date | None = None
    signature: Signature | None = None
    evidence: Evidence | None = None


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

    `acknowledgement_id` is what `undo` takes; it is set for ACCEPTED and ALREADY. `superseded`: the slip belongs to a
    version that a material revision has replaced; it counts for that version. `evidence_added`: the picture went to the
    mark that was there already.
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
    superseded: bool = False
    evidence_added: bool = False


@dataclass(frozen=True)
class Coded:
    """What a code stands for: a person's slip (`recipient_id`) or a collective list (`sheet_id`).

    `begun`: the first day on which it can have been signed.
    """

    code: str
    circular_id: int
    version_id: int
    closed: bool
    begun: date
    recipient_id: int | None = None
    sheet_id: int | None = None
    status: AckStatus | None = None
    person: str = ""
    opd: str = ""


@dataclass(frozen=True)
class NewMark:
    """What is written down about one mark, however it was made."""

    status: AckStatus
    method: AckMethod
    on: date
    notes: MarkNotes = field(default_factory=MarkNotes)
    signature: Signature | None = None
    evidence: Evidence | None = None


def acknowledge_code(
    session: Session,
    text: str,
    on: date | None = None,
    *,
    method: AckMethod = AckMethod.CODE,
    signature: Signature = Signature.WET,
    evidence: Evidence | None = None,
) -> Mark:
    """Mark the person whose slip carries this code as signed, or say why not; only a whole, known code marks anybody.

    `on` is the day of the signature (today when not given). Raises DeskError("day" | "not_allowed").
    """
    require(session, Action.ACKNOWLEDGE)
    try:
        code = codes.parse(text)
    except DeskError as error:
        result = MarkResult.DAMAGED if error.code == "damaged" else MarkResult.UNKNOWN
        return Mark(result, error.sentence)
    found = session.execute(FOUND.where(Recipient.code == code)).one_or_none()
    if found is None:
        return Mark(MarkResult.UNKNOWN, _stranger(code))
    if found.Recipient.status is AckStatus.SIGNED:
        return already(session, found, evidence)
    if found.Circular.closed_on is not None:
        return closed(found)
    day = on or today(session)
    made = add_mark(session, found, NewMark(AckStatus.SIGNED, method, day, signature=signature, evidence=evidence))
    return accepted(found, day, made.recorded_by, made.id)


def _stranger(code: str) -> str:
    if codes.is_sheet(code):
        return (
            "Ini kode daftar tanda tangan kolektif, bukan lembar satu orang. Pindai halamannya lewat folder pindaian."
        )
    return "Kode ini tidak ada dalam data kantor ini. Periksa apakah lembar ini dari kantor atau data latihan lain."


def accepted(found: AnyRow, day: date, recorded_by: str, acknowledgement_id: int) -> Mark:
    """Return the answer for a signature that was recorded."""
    sentence = "Tanda terima dicatat."
    if found.superseded:
        sentence = (
            f"Tanda terima dicatat untuk versi {found.CircularVersion.ordinal}. Edaran ini sudah diganti versi yang "
            "lebih baru; tanda terima untuk versi baru masih ditunggu."
        )
    shown = mark_of(MarkResult.ACCEPTED, sentence, found)
    return replace(shown, since=day, recorded_by=recorded_by, acknowledgement_id=acknowledgement_id)


def closed(found: AnyRow) -> Mark:
    """Return the answer for a slip of a closed circular."""
    sentence = f"Edaran ini sudah ditutup pada {long_date(found.Circular.closed_on)}. Buka kembali untuk mencatat."
    return mark_of(MarkResult.CLOSED, sentence, found)


def already(session: Session, found: AnyRow, evidence: Evidence | None) -> Mark:
    """Return the answer for who signed before; a picture goes to that mark when it has none."""
    last = valid_marks(session, found.Recipient.id)[-1]
    sentence = f"Sudah dicatat: ditandatangani {long_date(last.happened_on)}, oleh {last.recorded_by}."
    added = evidence is not None and not last.evidence_sha256
    if evidence is not None and added:
        last.evidence_sha256, last.evidence_page = evidence.sha256, evidence.page
        session.flush()
    return replace(
        mark_of(MarkResult.ALREADY, sentence, found),
        since=last.happened_on,
        recorded_by=last.recorded_by,
        acknowledgement_id=last.id,
        evidence_added=added,
    )


def mark_of(result: MarkResult, sentence: str, found: AnyRow) -> Mark:
    """Return an answer about a found person."""
    person: Recipient = found.Recipient
    return Mark(
        result,
        sentence,
        person=shown_name(person),
        number=person.person_number,
        unit=found.opd or found.unit or "",
        circular=found.Circular.subject,
        version_id=found.CircularVersion.id,
        recipient_id=person.id,
        superseded=found.superseded,
    )


def shown_name(person: Recipient) -> str:
    """Return the name of the publishing day with its titles."""
    return titled_name(readable_name(person.person_name), person.title_front, person.title_back)


def acknowledge(session: Session, command: Acknowledge) -> int:
    """Set one mark by hand and return its id.

    Raises StaleRecord, DeskError("recipient_unknown" | "closed" | "not_allowed" | "note_missing" | "day").
    """
    require(session, Action.ACKNOWLEDGE)
    found = recipient_with(session, Recipient.id == command.recipient_id)
    if command.version is not None:
        check_version(found.Recipient, command.version, "Catatan penerima ini")
    refuse_closed(found.Circular)
    if command.status is AckStatus.SIGNED and command.signature is None:
        sentence = "Pilih bentuk tanda tangan: basah, kolektif, atau elektronik."
        raise DeskError("note_missing", sentence, fields={"signature": sentence})
    made = NewMark(
        AckStatus(command.status), AckMethod.BY_HAND, command.on, MarkNotes(command.note, command.party, command.until),
        command.signature, command.evidence,
    )  # fmt: skip
    return add_mark(session, found, made).id


def acknowledge_many(session: Session, commands: Sequence[Acknowledge]) -> list[int]:
    """Set marks by hand for many people, all or none, and return their ids in order. Raises as `acknowledge`."""
    require(session, Action.ACKNOWLEDGE)
    return [acknowledge(session, command) for command in commands]


def recipient_with(session: Session, condition: ColumnElement[bool]) -> AnyRow:
    """Return a person with circular and place. Raises DeskError("recipient_unknown")."""
    found = session.execute(FOUND.where(condition)).one_or_none()
    if found is None:
        raise DeskError("recipient_unknown", "Orang ini bukan penerima edaran. Muat ulang daftar penerima.")
    return found


def refuse_closed(circular: Circular) -> None:
    """Raise DeskError("closed") when the circular takes no marks any more."""
    if circular.closed_on is not None:
        raise DeskError(
            "closed",
            f"Edaran ini sudah ditutup pada {long_date(circular.closed_on)}. Buka kembali untuk mengubah catatan.",
        )


def check_new(session: Session, found: AnyRow, made: NewMark) -> None:
    """Raise DeskError("not_allowed" | "note_missing" | "day") when this mark cannot be set on that person."""
    rules.check_mark(found.Recipient.status, made.status, made.notes, made.on)
    rules.check_day(made.on, rules.begun(found.dated, found.CircularVersion.published_on), today(session))


def add_mark(session: Session, found: AnyRow, made: NewMark) -> Acknowledgement:
    """Write one mark down and put the person where it says. Raises as `check_new`."""
    recipient: Recipient = found.Recipient
    check_new(session, found, made)
    mark = Acknowledgement(**mark_values(session, recipient.id, made))
    session.add(mark)
    _stand(recipient, rules.standing([(made.status, made.on, made.notes.until)]))
    session.flush()
    return mark


def mark_values(session: Session, recipient_id: int, made: NewMark) -> dict[str, object]:
    """Return the columns of an acknowledgement."""
    work = work_of(session)
    return {
        "recipient_id": recipient_id, "status": made.status, "method": made.method, "happened_on": made.on,
        "note": made.notes.note.strip(), "party": " ".join(made.notes.party.split())[:200],
        "until": made.notes.until if made.status is AckStatus.POSTPONED else None,
        "signature": made.signature if made.status in rules.DONE else None, "recorded_at": work.now,
        "recorded_by": work.actor, "undo_reason": "", "evidence_sha256": made.evidence.sha256 if made.evidence else "",
        "evidence_page": made.evidence.page if made.evidence else None,
    }  # fmt: skip


def _stand(recipient: Recipient, standing: rules.Standing) -> None:
    recipient.status = standing.status
    recipient.acknowledged_on = standing.acknowledged_on
    recipient.postponed_until = standing.postponed_until


def undo(session: Session, acknowledgement_id: int, reason: str) -> None:
    """Take a wrong mark back; it stays on record with the reason, and the person stands where the other marks put them.

    Raises DeskError("mark_unknown" | "already_undone" | "reason_missing" | "closed").
    """
    require(session, Action.ACKNOWLEDGE)
    mark = session.get(Acknowledgement, acknowledgement_id)
    if mark is None:
        raise DeskError("mark_unknown", "Catatan ini tidak ada. Muat ulang daftar.")
    if mark.undone_at is not None:
        raise DeskError("already_undone", "Catatan ini sudah dibatalkan sebelumnya.")
    if not reason.strip():
        sentence = "Tulis alasan pembatalan."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    found = recipient_with(session, Recipient.id == mark.recipient_id)
    refuse_closed(found.Circular)
    mark.undone_at = work_of(session).now
    mark.undo_reason = reason.strip()
    session.flush()
    left = ((kept.status, kept.happened_on, kept.until) for kept in valid_marks(session, mark.recipient_id))
    _stand(found.Recipient, rules.standing(left))
    if mark.status is AckStatus.LEFT:
        _take_in_again(found)
    session.flush()


def _take_in_again(found: AnyRow) -> None:
    """Let the rule reach again whom a mark now taken back had put out by name: the next version asks them too."""
    version: CircularVersion = found.CircularVersion
    rule = rules.audience_from(version.audience)
    if found.Recipient.employee_id in rule.without:
        kept_out = tuple(one for one in rule.without if one != found.Recipient.employee_id)
        version.audience = rules.with_rule(version.audience, replace(rule, without=kept_out))


def valid_marks(session: Session, recipient_id: int) -> Sequence[Acknowledgement]:
    """Return the marks not undone, oldest first."""
    return session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.recipient_id == recipient_id, Acknowledgement.undone_at.is_(None))
        .order_by(Acknowledgement.id)
    ).all()


def find_codes(session: Session, wanted: Iterable[str]) -> dict[str, Coded]:
    """Return what each parsed code stands for; codes of no paper of this office are left out."""
    require(session, Action.SEE_CIRCULARS)
    listed = list(dict.fromkeys(wanted))
    found: dict[str, Coded] = {}
    for start in range(0, len(listed), _LOOKED_UP_AT_ONCE):
        part = listed[start : start + _LOOKED_UP_AT_ONCE]
        found.update(_slips(session, [code for code in part if not codes.is_sheet(code)]))
        found.update(_sheets(session, [code for code in part if codes.is_sheet(code)]))
    return found


def _slips(session: Session, wanted: Sequence[str]) -> dict[str, Coded]:
    rows = session.execute(FOUND.where(Recipient.code.in_(wanted))).all() if wanted else []
    return {
        row.Recipient.code: Coded(
            row.Recipient.code, row.Circular.id, row.CircularVersion.id, row.Circular.closed_on is not None,
            rules.begun(row.dated, row.CircularVersion.published_on), recipient_id=row.Recipient.id,
            status=row.Recipient.status, person=shown_name(row.Recipient),
            opd=row.opd or "",
        )
        for row in rows
    }  # fmt: skip


def _sheets(session: Session, wanted: Sequence[str]) -> dict[str, Coded]:
    if not wanted:
        return {}
    query = (
        select(CollectiveSheet, CircularVersion, Circular.closed_on, Letter.dated, Unit.name)
        .join(CircularVersion, CircularVersion.id == CollectiveSheet.version_id)
        .join(Letter, Letter.id == CircularVersion.letter_id)
        .join(Circular, Circular.id == CircularVersion.circular_id)
        .outerjoin(Unit, Unit.id == CollectiveSheet.opd_id)
        .where(CollectiveSheet.code.in_(wanted))
    )
    return {
        sheet.code: Coded(
            sheet.code, version.circular_id, version.id, closed_on is not None, rules.begun(dated, version.published_on),
            sheet_id=sheet.id, opd=opd or "",
        )
        for sheet, version, closed_on, dated, opd in session.execute(query)
    }  # fmt: skip
