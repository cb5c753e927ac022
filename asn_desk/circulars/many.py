"""Marks for many people at once: a scanned pile, a print run, a hand-over. A few bulk statements, one entry on the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import marking, rules
from asn_desk.circulars.marking import FOUND, Evidence, Mark, MarkResult, NewMark
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.recipients import AnyRow, RecipientFilter, recipient_ids
from asn_desk.circulars.rules import MarkNotes, Standing
from asn_desk.circulars.terms import AckMethod, AckStatus, Signature
from asn_desk.database.trail import audit, written
from asn_desk.database.trail.written import Part
from asn_desk.database.work import today, touched, work_of
from asn_desk.topics import Topic

_READ_AT_ONCE = 500
_STAND = (
    update(Recipient)
    .where(Recipient.id == bindparam("key"))
    .values(
        status=bindparam("put"), acknowledged_on=bindparam("signed"), postponed_until=bindparam("later"),
        version=Recipient.version + 1,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Signed:
    """One person who signed on a paper that was read. `on` is the day of the signature (today when not given)."""

    recipient_id: int
    on: date | None = None
    method: AckMethod = AckMethod.SCAN
    signature: Signature = Signature.WET
    evidence: Evidence | None = None
    note: str = ""


def sign_many(session: Session, signed: Sequence[Signed]) -> list[Mark]:
    """Mark people as signed and return what became of each, in order; who signed before keeps the first mark.

    Raises DeskError("day"); unknown ids are answered with UNKNOWN.
    """
    require(session, Action.ACKNOWLEDGE)
    found = _found(session, [one.recipient_id for one in signed])
    fresh: dict[int, NewMark] = {}
    answers: list[Mark | None] = []
    for one in signed:
        row = found.get(one.recipient_id)
        answer = None if one.recipient_id in fresh else _answer(session, row, one)
        if answer is None and row is not None and one.recipient_id not in fresh:
            fresh[one.recipient_id] = _checked(session, row, one)
            answers.append(None)
        else:
            answers.append(answer or _twice(row, one))
    ids = dict(zip(fresh, _store(session, fresh, found), strict=True))
    return [
        answer if answer is not None else _accepted(found[one.recipient_id], fresh[one.recipient_id], session, ids)
        for answer, one in zip(answers, signed, strict=True)
    ]


def _answer(session: Session, row: AnyRow | None, one: Signed) -> Mark | None:
    """Return the answer for who cannot be marked now, None for who can."""
    if row is None:
        return Mark(MarkResult.UNKNOWN, "Orang ini bukan penerima edaran. Muat ulang daftar penerima.")
    if row.Recipient.status is AckStatus.SIGNED:
        return marking.already(session, row, one.evidence)
    return marking.closed(row) if row.Circular.closed_on is not None else None


def _twice(row: AnyRow | None, one: Signed) -> Mark:
    assert row is not None, "only a known person is marked twice in one pile"
    shown = marking.mark_of(MarkResult.ALREADY, "Lembar orang ini ada dua kali dalam tumpukan yang sama.", row)
    return replace(shown, since=one.on)


def _checked(session: Session, row: AnyRow, one: Signed) -> NewMark:
    day = one.on or today(session)
    made = NewMark(AckStatus.SIGNED, one.method, day, MarkNotes(one.note), one.signature, one.evidence)
    marking.check_new(session, row, made)
    return made


def _accepted(row: AnyRow, made: NewMark, session: Session, ids: dict[int, int]) -> Mark:
    actor = work_of(session).actor
    return marking.accepted(row, made.on, actor, ids[row.Recipient.id])


def mark_printed(session: Session, wanted: RecipientFilter, on: date | None = None) -> int:
    """Say that the slips of these people were printed, and return how many were still waiting for that."""
    require(session, Action.ACKNOWLEDGE)
    return _move(
        session, wanted, (AckStatus.WAITING,), NewMark(AckStatus.PRINTED, AckMethod.BY_HAND, _day(session, on))
    )


def hand_over(session: Session, wanted: RecipientFilter, how: str, party: str, on: date | None = None) -> int:
    """Say how and by whom the slips of these people were handed over; return how many had no answer yet.

    Raises DeskError("note_missing" | "day" | "closed").
    """
    require(session, Action.ACKNOWLEDGE)
    before = tuple(status for status in AckStatus if AckStatus.HANDED in rules.allowed(status))
    made = NewMark(AckStatus.HANDED, AckMethod.BY_HAND, _day(session, on), MarkNotes(how, party))
    return _move(session, wanted, before, made)


def _day(session: Session, on: date | None) -> date:
    return on or today(session)


def _move(session: Session, wanted: RecipientFilter, before: tuple[AckStatus, ...], made: NewMark) -> int:
    statuses = tuple(status for status in before if not wanted.statuses or status in wanted.statuses)
    if not statuses:
        return 0
    return mark_all(session, recipient_ids(session, replace(wanted, statuses=statuses)), lambda _row: made)


def mark_all(session: Session, ids: Iterable[int], made: Callable[[AnyRow], NewMark]) -> int:
    """Set the mark that `made` gives for each of these people; return how many. Raises as `marking.check_new`, "closed"."""
    require(session, Action.ACKNOWLEDGE)
    found = _found(session, ids)
    fresh = {key: made(row) for key, row in found.items()}
    for key, mark in fresh.items():
        marking.refuse_closed(found[key].Circular)
        marking.check_new(session, found[key], mark)
    return len(_store(session, fresh, found))


def _found(session: Session, ids: Iterable[int]) -> dict[int, AnyRow]:
    listed = list(dict.fromkeys(ids))
    found: dict[int, AnyRow] = {}
    for start in range(0, len(listed), _READ_AT_ONCE):
        part = listed[start : start + _READ_AT_ONCE]
        found.update({row.Recipient.id: row for row in session.execute(FOUND.where(Recipient.id.in_(part)))})
    return {key: found[key] for key in listed if key in found}


def _store(session: Session, fresh: dict[int, NewMark], found: dict[int, AnyRow]) -> list[int]:
    """Write the marks down, put the people where they say, and note it on the trail; return the marks' ids in order."""
    if not fresh:
        return []
    session.flush()
    rows = [marking.mark_values(session, key, made) for key, made in fresh.items()]
    inserted = insert(Acknowledgement).returning(Acknowledgement.id, sort_by_parameter_order=True)
    ids = list(session.scalars(inserted, rows, execution_options={"recorded": True}))
    standings = {key: rules.standing([(made.status, made.on, made.notes.until)]) for key, made in fresh.items()}
    session.connection().execute(_STAND, [_parameters(key, stands) for key, stands in standings.items()])
    for key, stands in standings.items():
        _remember(found[key].Recipient, stands)
    touched(session, Topic.CIRCULARS)
    _record(session, fresh, found, dict(zip(fresh, zip(ids, rows, strict=True), strict=True)), standings)
    return ids


def _parameters(key: int, stands: Standing) -> dict[str, Any]:
    return {"key": key, "put": stands.status, "signed": stands.acknowledged_on, "later": stands.postponed_until}


def _remember(recipient: Recipient, stands: Standing) -> None:
    """Let the session's own copy say what the bulk statement wrote; reading each again would cost a query per person."""
    for name, value in vars(stands).items():
        set_committed_value(recipient, name, value)
    set_committed_value(recipient, "version", recipient.version + 1)


def _record(
    session: Session,
    fresh: dict[int, NewMark],
    found: dict[int, AnyRow],
    rows: dict[int, tuple[int, dict[str, object]]],
    standings: dict[int, Standing],
) -> None:
    """Put one entry per version on the trail: who, the marks as written, and where they put the people."""
    by_version: dict[int, list[int]] = {}
    for key in fresh:
        by_version.setdefault(found[key].CircularVersion.id, []).append(key)
    for version_id, people in by_version.items():
        made = [rows[key] for key in people]
        audit.record(
            session,
            "acknowledgements:recorded",
            f"circular_versions:{version_id}",
            after={
                "count": len(people), "status": sorted({str(row["status"]) for _, row in made}), "recipients": people,
                written.MADE: [_marks(made)], written.SET: [_stood(people, standings)],
            },
        )  # fmt: skip


def _marks(made: list[tuple[int, dict[str, object]]]) -> Part:
    columns = (*made[0][1], "undone_at")
    values = [(*row.values(), None) for _, row in made]
    return written.rows(Acknowledgement.__tablename__, columns, [one for one, _ in made], values)


def _stood(people: list[int], standings: dict[int, Standing]) -> Part:
    values = [tuple(vars(standings[key]).values()) for key in people]
    return written.rows(Recipient.__tablename__, tuple(vars(standings[people[0]])), people, values)
